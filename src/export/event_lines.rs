//! Events as JSON objects with the contract's fields, one a line.

use serde_json::{Map, Value, json};

use super::payload;
use crate::model::content::Content;
use crate::model::id::{ArtifactIx, EventId, Recipient, SubtaskIx};
use crate::model::message::{Conversation, Payload};
use crate::session::Session;
use crate::sim::event::{EventKind, Purpose};
use crate::sim::log::{Log, Record};
use crate::sim::store::Store;
use crate::sim::world::World;

/// What events are written with: a world in which all their ids are known, such as the run's last.
pub struct Writer<'a> {
    /// The world that knows the names.
    pub world: &'a World,
    /// The log.
    pub log: &'a Log,
    /// The artifacts.
    pub store: &'a Store,
}

impl Writer<'_> {
    /// Returns an event as a JSON object.
    pub fn event(&self, record: &Record<'_>) -> Value {
        let (kind, fields) = self.fields(record);
        let mut line = Map::new();
        line.insert("id".into(), json!(record.id));
        line.insert("turn".into(), json!(record.turn));
        line.insert("time_us".into(), json!(record.time));
        line.insert("actor".into(), json!(self.world.actor_name(record.actor)));
        line.insert("cause".into(), json!(record.cause));
        if !record.reads.is_empty() {
            line.insert("reads".into(), json!(record.reads.iter().collect::<Vec<_>>()));
        }
        line.insert("kind".into(), json!(kind));
        if let Value::Object(fields) = fields {
            line.extend(fields);
        }
        Value::Object(line)
    }

    fn agent(&self, agent: crate::model::id::AgentIx) -> &str {
        self.world.agent_id(agent)
    }

    fn subtask(&self, subtask: SubtaskIx) -> String {
        self.world.subtask_text(subtask)
    }

    fn artifact(&self, at: ArtifactIx) -> Value {
        self.store
            .get(at)
            .map_or(Value::Null, |artifact| payload::artifact(self.world, self.store, artifact))
    }

    fn payload(&self, content: Content) -> Value {
        self.store
            .payload(content)
            .map_or(Value::Null, |payload| payload::payload(self.world, self.store, &payload))
    }

    fn fields(&self, record: &Record<'_>) -> (&'static str, Value) {
        match record.kind {
            EventKind::AgentAdded { agent, spec } => (
                "agent_added",
                json!({"agent_id": self.agent(agent), "agent": self.artifact(spec)}),
            ),
            EventKind::AgentRemoved { agent } => {
                ("agent_removed", json!({"agent_id": self.agent(agent)}))
            }
            EventKind::CommandApplied { command } => {
                ("command_applied", json!({"command": self.artifact(command)}))
            }
            EventKind::FaultInjected { agent, fault } => {
                ("fault_injected", json!({"agent_id": self.agent(agent), "fault": fault.name()}))
            }
            EventKind::PoliciesChanged { policies } => {
                ("policies_changed", json!({"policies": self.artifact(policies)}))
            }
            EventKind::LinkChanged { link } => {
                ("link_changed", json!({"link": self.artifact(link)}))
            }
            EventKind::PriorityChanged { task, priority } => {
                ("priority_changed", json!({"task_id": task.text(), "priority": priority}))
            }
            EventKind::MarketUpdated { data } => {
                ("market_updated", json!({"rows": self.artifact(data)}))
            }
            EventKind::TaskCreated { .. }
            | EventKind::SubtaskPlanned { .. }
            | EventKind::AuctionOpened { .. }
            | EventKind::Awarded { .. }
            | EventKind::AuctionUnfilled { .. }
            | EventKind::SlotHeld { .. }
            | EventKind::SlotReleased { .. }
            | EventKind::SubtaskAssigned { .. }
            | EventKind::CoordinatorSelected { .. } => self.contest(&record.kind),
            EventKind::MessageSent { .. }
            | EventKind::MessageDuplicated { .. }
            | EventKind::MessageRead { .. }
            | EventKind::MessageLost { .. } => self.message(record),
            EventKind::TimerSet { timer, owner, purpose, at } => (
                "timer_set",
                json!({
                    "timer_id": timer.text(),
                    "owner": self.world.actor_name(owner),
                    "purpose": purpose.name(),
                    "about": self.about(purpose),
                    "at_us": at,
                }),
            ),
            EventKind::TimerFired { timer } => ("timer_fired", json!({"timer_id": timer.text()})),
            EventKind::TimerCancelled { timer } => {
                ("timer_cancelled", json!({"timer_id": timer.text()}))
            }
            _ => self.work(record),
        }
    }

    /// Creation, bidding, decomposition.
    fn contest(&self, kind: &EventKind) -> (&'static str, Value) {
        match *kind {
            EventKind::TaskCreated { task, plan } => {
                let planned = self.store.task(plan);
                let request = planned.map(|planned| &planned.request);
                (
                    "task_created",
                    json!({
                        "task_id": task.text(),
                        "task_type": request.map(|request| &request.task_type),
                        "priority": request.map(|request| request.priority),
                        "description": request.map(|request| &request.description),
                        "name": request.map(|request| &request.name),
                    }),
                )
            }
            EventKind::SubtaskPlanned { task, subtask, .. } => {
                let planned = self.world.planned(subtask);
                let state = self.world.tasks.get(task.at());
                let before: Vec<String> = state
                    .map(|state| {
                        state.dependencies(subtask).map(|before| self.subtask(before)).collect()
                    })
                    .unwrap_or_default();
                (
                    "subtask_planned",
                    json!({
                        "task_id": task.text(),
                        "subtask_id": self.subtask(subtask),
                        "role": planned.map(|planned| &planned.role),
                        "description": planned.map(|planned| &planned.description),
                        "depends_on": before,
                    }),
                )
            }
            EventKind::AuctionOpened { auction, task, role, subtask, call } => {
                let (weights, reply_by) = match self.store.payload(call).as_deref() {
                    Some(Payload::Call { weights, reply_by, .. }) => {
                        (Some(*weights), Some(*reply_by))
                    }
                    _ => (None, None),
                };
                (
                    "auction_opened",
                    json!({
                        "task_id": task.text(),
                        "auction_id": auction.text(),
                        "role": self.world.role_name(role),
                        "subtask_id": subtask.map(|subtask| self.subtask(subtask)),
                        "weights": weights,
                        "reply_by_us": reply_by,
                    }),
                )
            }
            EventKind::Awarded { auction, agent, score, tied } => {
                let state = self.world.environment.auction(auction);
                (
                    "awarded",
                    json!({
                        "task_id": state.map(|state| state.task.text()),
                        "auction_id": auction.text(),
                        "role": state.map(|state| self.world.role_name(state.role)),
                        "agent_id": self.agent(agent),
                        "score": score,
                        "tied": tied,
                    }),
                )
            }
            EventKind::AuctionUnfilled { auction, reason } => {
                ("auction_unfilled", json!({"auction_id": auction.text(), "reason": reason}))
            }
            EventKind::SlotHeld { agent, auction } => {
                ("slot_held", json!({"agent_id": self.agent(agent), "auction_id": auction.text()}))
            }
            EventKind::SlotReleased { agent, auction } => (
                "slot_released",
                json!({"agent_id": self.agent(agent), "auction_id": auction.text()}),
            ),
            EventKind::SubtaskAssigned { task, subtask, agent } => (
                "subtask_assigned",
                json!({"task_id": task.text(), "subtask_id": self.subtask(subtask), "agent_id": self.agent(agent)}),
            ),
            EventKind::CoordinatorSelected { task, agent } => (
                "coordinator_selected",
                json!({"task_id": task.text(), "agent_id": self.agent(agent)}),
            ),
            _ => ("", Value::Null),
        }
    }

    fn message(&self, record: &Record<'_>) -> (&'static str, Value) {
        match record.kind {
            EventKind::MessageSent { to, kind, conversation, payload, deliver_at } => (
                "message_sent",
                json!({
                    "message_id": self.message_at(record.id),
                    "from": self.world.actor_name(record.actor),
                    "to": match to { Recipient::One(to) => self.world.actor_name(to), Recipient::All => "*" },
                    "type": kind.name(),
                    "performative": kind.performative(),
                    "conversation": conversation_id(conversation),
                    "payload": self.payload(payload),
                    "deliver_at_us": deliver_at,
                }),
            ),
            EventKind::MessageDuplicated { original, to, deliver_at } => {
                let sent = self.log.sent_by(original).and_then(|id| self.log.record(id));
                let mut fields = sent.map_or(Value::Null, |sent| self.message(&sent).1);
                if let Value::Object(fields) = &mut fields {
                    fields.insert("message_id".into(), json!(self.message_at(record.id)));
                    fields.insert("to".into(), json!(self.world.actor_name(to)));
                    fields.insert("deliver_at_us".into(), json!(deliver_at));
                    fields.insert("duplicate_of".into(), json!(original.text()));
                }
                ("message_sent", fields)
            }
            EventKind::MessageRead { message } => (
                "message_read",
                json!({"message_id": message.text(), "by": self.world.actor_name(record.actor)}),
            ),
            EventKind::MessageLost { message, to, reason } => (
                "message_lost",
                json!({"message_id": message.text(), "to": self.world.actor_name(to), "reason": reason.name()}),
            ),
            _ => ("", Value::Null),
        }
    }

    fn message_at(&self, sent: EventId) -> Option<String> {
        self.log.message_of(sent).map(|message| message.text())
    }

    /// Execution, knowledge, aggregation.
    fn work(&self, record: &Record<'_>) -> (&'static str, Value) {
        let of = |task: crate::model::id::TaskIx,
                  subtask: SubtaskIx,
                  agent: Option<crate::model::id::AgentIx>| {
            json!({
                "task_id": task.text(),
                "subtask_id": self.subtask(subtask),
                "agent_id": agent.map(|agent| self.agent(agent)),
            })
        };
        let with = |mut fields: Value, name: &str, value: Value| {
            if let Value::Object(fields) = &mut fields {
                fields.insert(name.into(), value);
            }
            fields
        };
        match record.kind {
            EventKind::SubtaskStarted { task, subtask, agent } => {
                ("subtask_started", of(task, subtask, Some(agent)))
            }
            EventKind::WorkFinished { task, subtask, agent, work } => {
                let done = self.store.work(work);
                let fields = with(
                    of(task, subtask, Some(agent)),
                    "confidence",
                    json!(done.map(|work| work.confidence)),
                );
                ("work_finished", with(fields, "result", json!(done.map(|work| &work.result))))
            }
            EventKind::SubtaskCompleted { task, subtask, agent, confidence } => (
                "subtask_completed",
                with(of(task, subtask, Some(agent)), "confidence", json!(confidence)),
            ),
            EventKind::ResultRevised { task, subtask, agent, work } => {
                let done = self.store.work(work);
                let fields = with(
                    of(task, subtask, Some(agent)),
                    "confidence",
                    json!(done.map(|work| work.confidence)),
                );
                ("result_revised", with(fields, "result", json!(done.map(|work| &work.result))))
            }
            EventKind::ResultDiscarded { task, subtask, agent, reason } => (
                "result_discarded",
                with(of(task, subtask, Some(agent)), "reason", json!(reason.name())),
            ),
            EventKind::SubtaskFailed { task, subtask, agent, reason } => {
                ("subtask_failed", with(of(task, subtask, agent), "reason", json!(reason)))
            }
            EventKind::SubtaskMissing { task, subtask, reason } => {
                ("subtask_missing", with(of(task, subtask, None), "reason", json!(reason)))
            }
            EventKind::KnowledgeAdded { knowledge, task, subtask, finding } => {
                let finding = self.store.finding(finding);
                (
                    "knowledge_added",
                    json!({
                        "knowledge_id": knowledge.text(),
                        "task_id": task.text(),
                        "subtask_id": self.subtask(subtask),
                        "category": finding.map(|finding| &finding.category),
                        "key": finding.map(|finding| &finding.key),
                        "value": finding.map(|finding| &finding.value),
                        "scope": finding.map(|finding| finding.scope),
                        "by": self.world.actor_name(record.actor),
                    }),
                )
            }
            EventKind::KnowledgeRead { knowledge, subtask } => (
                "knowledge_read",
                json!({
                    "knowledge_id": knowledge.text(),
                    "subtask_id": self.subtask(subtask),
                    "by": self.world.actor_name(record.actor),
                }),
            ),
            _ => self.aggregation(&record.kind),
        }
    }

    fn aggregation(&self, kind: &EventKind) -> (&'static str, Value) {
        let nth =
            |answer: ArtifactIx, pick: &dyn Fn(&crate::mechanism::domain::Aggregation) -> Value| {
                self.store.answer(answer).map_or(Value::Null, |answer| pick(answer))
            };
        match *kind {
            EventKind::AnswerMade { task, answer } => {
                let recommendation = nth(answer, &|answer| answer.recommendation.clone());
                (
                    "answer_made",
                    json!({"task_id": task.text(), "collective_recommendation": recommendation}),
                )
            }
            EventKind::SynergyFound { task, answer, index } => {
                let synergy = nth(answer, &|answer| json!(answer.synergies.get(index as usize)));
                ("synergy_found", json!({"task_id": task.text(), "synergy": synergy}))
            }
            EventKind::ConflictFound { task, answer, index } => {
                let conflict = nth(answer, &|answer| json!(answer.conflicts.get(index as usize)));
                ("conflict_found", json!({"task_id": task.text(), "conflict": conflict}))
            }
            EventKind::ConflictResolved { task, answer, index } => {
                let resolution =
                    nth(answer, &|answer| json!(answer.resolutions.get(index as usize)));
                ("conflict_resolved", json!({"task_id": task.text(), "resolution": resolution}))
            }
            EventKind::TaskCompleted { task, status, confidence, .. } => (
                "task_completed",
                json!({"task_id": task.text(), "status": status, "confidence": confidence}),
            ),
            EventKind::OutcomeObserved { task, outcome, quality } => (
                "outcome_observed",
                json!({"task_id": task.text(), "quality": quality, "outcome": self.artifact(outcome)}),
            ),
            EventKind::PerformanceUpdated { agent, task, from, to } => (
                "performance_updated",
                json!({"agent_id": self.agent(agent), "task_id": task.text(), "from": from, "to": to}),
            ),
            _ => ("", Value::Null),
        }
    }

    /// Returns the id of what a timer is about.
    fn about(&self, purpose: Purpose) -> Option<String> {
        match purpose {
            Purpose::TaskArrives(_) | Purpose::FaultStrikes(_) => None,
            Purpose::Announce(task)
            | Purpose::CoordinatorWatch(task)
            | Purpose::TaskBound(task)
            | Purpose::Heartbeat(task)
            | Purpose::RevisionsDue(task)
            | Purpose::MergeEnds(task)
            | Purpose::OutcomeShows(task) => Some(task.text()),
            Purpose::AuctionCloses(auction)
            | Purpose::AwardAnswer(auction)
            | Purpose::SlotExpires(auction) => Some(auction.text()),
            Purpose::WorkEnds(subtask)
            | Purpose::RevisionEnds(subtask)
            | Purpose::ResultDue(subtask) => Some(self.subtask(subtask)),
            Purpose::CallAgain(role) => Some(self.world.role_name(role).to_owned()),
        }
    }
}

/// Writes the events up to a session's cursor, one a line.
pub fn lines(session: &Session) -> String {
    let (world, log, store) = (session.head(), session.log(), session.store());
    let writer = Writer { world, log, store };
    let records = log.records(0..session.horizon().at());
    records.map(|record| writer.event(&record).to_string() + "\n").collect()
}

/// Returns the id of what a message belongs to.
pub fn conversation_id(conversation: Conversation) -> Option<String> {
    match conversation {
        Conversation::Auction(auction) => Some(auction.text()),
        Conversation::Task(task) => Some(task.text()),
        Conversation::None => None,
    }
}
