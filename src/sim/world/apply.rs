//! Applies events: the only code that changes the world.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::agent::{AgentState, Coordination, Holding, Produced, Received, Stage};
use super::auction::{AuctionStage, AuctionState, BidState};
use super::environment::{Entry, Inbound};
use super::link::LinkState;
use super::task::{Ended, SubtaskStage, SubtaskState, TaskState};
use super::{Activation, Timer, World};
use crate::kernel::fixed::Ppm;
use crate::kernel::time::Micros;
use crate::model::id::{
    Actor, AgentIx, ArtifactIx, EventId, MessageIx, Recipient, SubtaskIx, TaskIx, TimerIx,
};
use crate::model::message::{Conversation, MessageType, Payload, StatusNote};
use crate::sim::event::{AgentFault, Event, EventKind, Purpose};
use crate::sim::store::{Artifact, Store};

impl World {
    /// Opens a turn: time moves on, and the turn's entry leaves the agenda.
    ///
    /// A sequence that the agenda has not given out yet is a command's, which takes that number.
    pub fn open_turn(&mut self, time: Micros, activation: u64) {
        if activation == self.agenda.next_sequence() {
            self.agenda.put(time, Activation::Command);
        } else {
            self.settle();
        }
        self.agenda.take(activation);
        self.now = time;
    }

    /// Drops what is stale from the agenda's front, and moves it on to what comes next.
    pub fn settle(&mut self) {
        let mut agenda = std::mem::take(&mut self.agenda);
        agenda.settle(|entry| self.is_stale(entry));
        self.agenda = agenda;
    }

    /// Changes the world by one event.
    pub fn apply(&mut self, id: EventId, actor: Actor, event: &Event, store: &Store) {
        match event.kind {
            EventKind::AgentAdded { spec, .. } => self.add_agent(spec, store),
            EventKind::AgentRemoved { agent } => {
                self.with_agent(agent, |agent| agent.removed = true)
            }
            EventKind::FaultInjected { agent, fault } => {
                self.with_agent(agent, |agent| strike(agent, fault))
            }
            EventKind::PoliciesChanged { policies } => {
                if let Some(policies) = store.policies(policies) {
                    self.policies = Arc::clone(policies);
                }
            }
            EventKind::LinkChanged { link } => self.change_link(link, store),
            EventKind::PriorityChanged { task, priority } => {
                self.with_task(task, |task| task.priority = priority)
            }
            EventKind::MarketUpdated { data } => self.update_market(data, store),

            EventKind::TaskCreated { plan, .. } => self.create_task(id, plan, store),
            EventKind::SubtaskPlanned { task, position, .. } => self.plan_subtask(task, position),
            EventKind::AuctionOpened { .. } => self.open_auction(id, event, store),
            EventKind::Awarded { auction, agent, .. } => {
                self.with_auction(auction.at(), |auction| {
                    auction.stage = AuctionStage::Awarded(agent)
                });
            }
            EventKind::AuctionUnfilled { auction, reason } => {
                self.with_auction(auction.at(), |auction| {
                    auction.stage = AuctionStage::Unfilled(reason)
                });
            }
            EventKind::SlotHeld { agent, auction } => {
                self.with_agent(agent, |agent| agent.slots.push(auction))
            }
            EventKind::SlotReleased { agent, auction } => {
                self.with_agent(agent, |agent| agent.slots.retain(|&held| held != auction));
            }

            EventKind::SubtaskAssigned { subtask, agent, .. } => self.assign(subtask, agent),
            EventKind::CoordinatorSelected { task, agent } => self.select_coordinator(task, agent),
            EventKind::SubtaskStarted { subtask, agent, .. } => self.start(subtask, agent),
            EventKind::WorkFinished {
                subtask,
                agent,
                work,
                ..
            } => self.finish(id, subtask, agent, work, store),
            EventKind::SubtaskCompleted {
                task,
                subtask,
                agent,
                ..
            } => self.complete(task, subtask, agent),
            EventKind::ResultRevised {
                subtask,
                agent,
                work,
                ..
            } => self.revise(id, subtask, agent, work),
            EventKind::SubtaskFailed {
                subtask,
                agent,
                reason,
                ..
            } => self.fail(actor, subtask, agent, reason),
            EventKind::SubtaskMissing {
                task,
                subtask,
                reason,
            } => self.go_without(task, subtask, reason),

            EventKind::MessageSent {
                to,
                kind,
                conversation,
                payload,
                ..
            } => {
                self.send(
                    id,
                    actor,
                    to,
                    Parcel {
                        kind,
                        conversation,
                        payload,
                    },
                    store,
                );
            }
            EventKind::MessageDuplicated { original, to, .. } => self.duplicate(id, original, to),
            EventKind::MessageRead { message } => self.read(id, actor, message, store),
            EventKind::MessageLost { message, to, .. } => {
                self.environment.metrics.lost += 1;
                self.environment.message_bus.take(to, message);
                self.environment.message_bus.doomed.remove(&(message, to));
            }
            EventKind::KnowledgeAdded {
                task,
                subtask,
                finding,
                ..
            } => {
                self.learn(id, actor, task, subtask, finding, store);
            }
            EventKind::KnowledgeRead { knowledge, subtask } => {
                self.environment.metrics.knowledge_read += 1;
                if let Actor::Agent(reader) = actor {
                    self.with_agent(reader, |agent| {
                        if let Some(holding) = agent.holdings.get_mut(&subtask) {
                            holding.cites.push(knowledge);
                        }
                    });
                }
            }

            EventKind::AnswerMade { task, answer } => {
                self.with_task(task, |task| task.answer = Some(answer))
            }
            EventKind::TaskCompleted {
                task,
                status,
                confidence,
                ..
            } => {
                let at = self.now;
                self.end_task(
                    task,
                    Ended {
                        status,
                        confidence,
                        at,
                    },
                );
            }
            EventKind::OutcomeObserved { task, outcome, .. } => {
                self.with_task(task, |task| task.outcome = Some(outcome));
            }
            EventKind::PerformanceUpdated { agent, to, .. } => self.with_agent(agent, |agent| {
                agent.performance = to;
                agent.completed_tasks += 1;
            }),
            EventKind::TimerSet {
                timer,
                owner,
                purpose,
                at,
            } => {
                self.set_timer(
                    timer,
                    Timer {
                        owner,
                        purpose,
                        at,
                        set_by: id,
                    },
                );
            }
            EventKind::TimerFired { timer } => self.fire_timer(timer),
            EventKind::TimerCancelled { timer } => {
                self.clear_timer(timer);
            }
            EventKind::CommandApplied { .. }
            | EventKind::ResultDiscarded { .. }
            | EventKind::SynergyFound { .. }
            | EventKind::ConflictFound { .. }
            | EventKind::ConflictResolved { .. } => {}
        }
    }

    fn with_agent(&mut self, agent: AgentIx, change: impl FnOnce(&mut AgentState)) {
        if let Some(state) = self.agents.get_mut(agent.at()) {
            change(state);
        }
    }

    fn with_task(&mut self, task: TaskIx, change: impl FnOnce(&mut TaskState)) {
        if let Some(state) = self.tasks.get_mut(task.at()) {
            change(state);
        }
    }

    fn with_subtask(&mut self, subtask: SubtaskIx, change: impl FnOnce(&mut SubtaskState)) {
        if let Some(state) = self.subtasks.get_mut(subtask.at()) {
            change(state);
        }
    }

    fn with_auction(&mut self, auction: usize, change: impl FnOnce(&mut AuctionState)) {
        if let Some(state) = self.environment.agent_proposals.get_mut(auction) {
            change(state);
        }
    }

    fn add_agent(&mut self, spec: ArtifactIx, store: &Store) {
        let Some(spec) = store.agent(spec) else {
            return;
        };
        let at = AgentIx::from(self.agents.len());
        self.agent_ids.insert(spec.id.clone(), at);
        self.agents.push(AgentState {
            role: self
                .role_ix(&spec.role)
                .unwrap_or(crate::model::id::RoleIx(u32::MAX)),
            performance: spec.performance,
            spec: Arc::clone(spec),
            removed: false,
            crashed: false,
            silent: false,
            pace_share: Ppm::ONE,
            slots: Vec::new(),
            holdings: BTreeMap::new(),
            coordinating: BTreeMap::new(),
            completed_tasks: 0,
            milli_units: 0,
            tokens: 0,
            busy: Micros::ZERO,
        });
    }

    fn change_link(&mut self, link: ArtifactIx, store: &Store) {
        let Some(Artifact::Value(value)) = store.get(link) else {
            return;
        };
        if let Ok(rule) = serde_json::from_value((**value).clone()) {
            Arc::make_mut(&mut self.links).rules.insert(0, rule);
        }
    }

    fn update_market(&mut self, data: ArtifactIx, store: &Store) {
        let Some(rows) = store.value(data).and_then(|value| value.as_object()) else {
            return;
        };
        let market = Arc::make_mut(&mut self.environment.market_data);
        if !market.is_object() {
            *market = serde_json::Value::Object(serde_json::Map::new());
        }
        if let Some(market) = market.as_object_mut() {
            market.extend(rows.iter().map(|(name, row)| (name.clone(), row.clone())));
        }
    }

    fn create_task(&mut self, id: EventId, plan: ArtifactIx, store: &Store) {
        let Some(planned) = store.task(plan) else {
            return;
        };
        let task = TaskIx::from(self.tasks.len());
        self.environment
            .active_profiles
            .insert(task, Arc::clone(planned));
        self.environment.task_queue.push(task);
        self.environment.global_state.open_tasks += 1;
        self.tasks.push(TaskState {
            planned: Arc::clone(planned),
            created: id,
            created_at: self.now,
            priority: planned.request.priority,
            first_subtask: SubtaskIx::from(self.subtasks.len()),
            auctions: Vec::new(),
            coordinators: Vec::new(),
            heard_at: self.now,
            ended: None,
            answer: None,
            outcome: None,
        });
    }

    fn plan_subtask(&mut self, task: TaskIx, position: u32) {
        let position = position as usize;
        let planned = self
            .tasks
            .get(task.at())
            .and_then(|task| task.planned.plan.get(position));
        let role = planned.and_then(|planned| self.role_ix(&planned.role));
        self.subtasks.push(SubtaskState {
            task,
            position,
            role: role.unwrap_or(crate::model::id::RoleIx(u32::MAX)),
            holder: None,
            failed_holders: Vec::new(),
            auctions: 0,
            stage: SubtaskStage::Planned,
            started_at: None,
            finished_at: None,
            work: None,
        });
    }

    fn open_auction(&mut self, id: EventId, event: &Event, store: &Store) {
        let EventKind::AuctionOpened {
            auction,
            task,
            role,
            subtask,
            call,
        } = event.kind
        else {
            return;
        };
        let Some(Payload::Call { reply_by, .. }) = store.payload(call).map(|payload| &**payload)
        else {
            return;
        };
        self.with_task(task, |task| task.auctions.push(auction));
        let concerned: Vec<SubtaskIx> = match (subtask, self.tasks.get(task.at())) {
            (Some(one), _) => vec![one],
            (None, Some(task)) => task
                .subtasks()
                .filter(|s| self.subtasks.get(s.at()).is_some_and(|s| s.role == role))
                .collect(),
            (None, None) => Vec::new(),
        };
        for subtask in concerned {
            self.with_subtask(subtask, |subtask| subtask.auctions += 1);
        }
        self.environment.agent_proposals.push(AuctionState {
            task,
            role,
            subtask,
            call,
            opened: id,
            reply_by: *reply_by,
            asked: Vec::new(),
            bids: Vec::new(),
            refusals: Vec::new(),
            late: Vec::new(),
            stage: AuctionStage::Open,
        });
    }

    fn assign(&mut self, subtask: SubtaskIx, agent: AgentIx) {
        self.with_subtask(subtask, |state| {
            state.holder = Some(agent);
            state.stage = SubtaskStage::Assigned;
            state.started_at = None;
            state.finished_at = None;
        });
        let task = self.subtasks.get(subtask.at()).map(|state| state.task);
        self.environment
            .task_queue
            .retain(|&waiting| Some(waiting) != task);
    }

    fn select_coordinator(&mut self, task: TaskIx, agent: AgentIx) {
        let now = self.now;
        self.with_task(task, |state| {
            state.coordinators.push(agent);
            state.heard_at = now;
        });
    }

    fn start(&mut self, subtask: SubtaskIx, agent: AgentIx) {
        let now = self.now;
        self.with_agent(agent, |agent| {
            if let Some(holding) = agent.holdings.get_mut(&subtask) {
                holding.stage = Stage::Running;
            }
        });
        self.with_subtask(subtask, |state| {
            if state.holder == Some(agent) {
                state.stage = SubtaskStage::Running;
                state.started_at = Some(now);
            }
        });
    }

    fn finish(
        &mut self,
        id: EventId,
        subtask: SubtaskIx,
        agent: AgentIx,
        work: ArtifactIx,
        store: &Store,
    ) {
        let now = self.now;
        let cost = store.work(work).map(|work| work.cost).unwrap_or_default();
        let started = self
            .subtasks
            .get(subtask.at())
            .and_then(|state| state.started_at)
            .unwrap_or(now);
        self.with_agent(agent, |agent| {
            agent.milli_units += cost.milli_units;
            agent.tokens += cost.tokens;
            agent.busy = agent.busy.after(now.since(started));
            if let Some(holding) = agent.holdings.get_mut(&subtask) {
                let produced = Produced {
                    work,
                    event: id,
                    revising: false,
                };
                holding.stage = Stage::Done(produced);
            }
        });
        self.with_subtask(subtask, |state| {
            if state.holder == Some(agent) && state.stage == SubtaskStage::Running {
                state.stage = SubtaskStage::Finished;
                state.finished_at = Some(now);
            }
        });
    }

    fn complete(&mut self, task: TaskIx, subtask: SubtaskIx, agent: AgentIx) {
        let coordinator = self.tasks.get(task.at()).and_then(TaskState::coordinator);
        let received = coordinator
            .and_then(|coordinator| self.agent(coordinator))
            .and_then(|coordinator| coordinator.coordinating.get(&task))
            .and_then(|mind| mind.results.get(&subtask))
            .map(|received| received.work);
        self.with_subtask(subtask, |state| {
            state.stage = SubtaskStage::Done;
            state.holder = Some(agent);
            state.work = received;
        });
    }

    fn revise(&mut self, id: EventId, subtask: SubtaskIx, agent: AgentIx, work: ArtifactIx) {
        self.with_agent(agent, |agent| {
            if let Some(Holding {
                stage: Stage::Done(produced),
                ..
            }) = agent.holdings.get_mut(&subtask)
            {
                produced.work = work;
                produced.event = id;
            }
        });
    }

    fn fail(
        &mut self,
        actor: Actor,
        subtask: SubtaskIx,
        agent: Option<AgentIx>,
        reason: crate::model::message::FailureReason,
    ) {
        self.with_subtask(subtask, |state| {
            state.failed_holders.extend(agent);
            state.holder = None;
            state.stage = SubtaskStage::Failed(reason);
        });
        let task = self.subtasks.get(subtask.at()).map(|state| state.task);
        if let (Actor::Agent(coordinator), Some(task)) = (actor, task) {
            self.with_mind(coordinator, task, |mind| {
                mind.bindings.remove(&subtask);
                mind.released.remove(&subtask);
            });
        }
    }

    fn go_without(
        &mut self,
        task: TaskIx,
        subtask: SubtaskIx,
        reason: crate::model::message::FailureReason,
    ) {
        self.with_subtask(subtask, |state| {
            state.holder = None;
            state.stage = SubtaskStage::Missing(reason);
        });
        let coordinator = self.tasks.get(task.at()).and_then(TaskState::coordinator);
        if let Some(coordinator) = coordinator {
            self.with_mind(coordinator, task, |mind| {
                mind.missing.insert(subtask);
            });
        }
    }

    fn end_task(&mut self, task: TaskIx, ended: Ended) {
        self.environment.global_state.open_tasks =
            self.environment.global_state.open_tasks.saturating_sub(1);
        self.environment.global_state.ended_tasks += 1;
        self.environment.metrics.tasks[ended.status as usize] += 1;
        self.environment
            .task_queue
            .retain(|&waiting| waiting != task);
        self.environment.active_profiles.remove(&task);
        self.with_task(task, |task| task.ended = Some(ended));
    }

    fn learn(
        &mut self,
        id: EventId,
        actor: Actor,
        task: TaskIx,
        subtask: SubtaskIx,
        finding: ArtifactIx,
        store: &Store,
    ) {
        let Some(finding) = store.finding(finding) else {
            return;
        };
        self.environment.metrics.knowledge_added += 1;
        let entry = Entry {
            task,
            subtask,
            by: actor,
            finding: Arc::clone(finding),
            version: 0,
            at: self.now,
            event: id,
        };
        self.environment.knowledge_base.insert(entry);
    }

    fn set_timer(&mut self, timer: TimerIx, state: Timer) {
        self.timer_count = self.timer_count.max(timer.0 + 1);
        self.timers.insert(timer, state);
        self.timers_by_purpose
            .insert((state.owner, state.purpose), timer);
        self.agenda.put(state.at, Activation::Timer(timer));
        let Actor::Agent(owner) = state.owner else {
            return;
        };
        match state.purpose {
            Purpose::RevisionEnds(subtask) => {
                self.with_agent(owner, |agent| mark_revising(agent, subtask, true))
            }
            Purpose::MergeEnds(task) => self.with_mind(owner, task, |mind| mind.merging = true),
            _ => {}
        }
    }

    fn clear_timer(&mut self, timer: TimerIx) -> Option<Timer> {
        let state = self.timers.remove(&timer)?;
        self.timers_by_purpose.remove(&(state.owner, state.purpose));
        if let (Actor::Agent(owner), Purpose::RevisionEnds(subtask)) = (state.owner, state.purpose)
        {
            self.with_agent(owner, |agent| mark_revising(agent, subtask, false));
        }
        Some(state)
    }

    fn fire_timer(&mut self, timer: TimerIx) {
        let Some(state) = self.clear_timer(timer) else {
            return;
        };
        match (state.owner, state.purpose) {
            (Actor::Agent(owner), Purpose::WorkEnds(subtask) | Purpose::RevisionEnds(subtask)) => {
                // What is produced now rests on what is read now.
                self.with_agent(owner, |agent| {
                    if let Some(holding) = agent.holdings.get_mut(&subtask) {
                        holding.cites.clear();
                    }
                });
            }
            (Actor::Agent(owner), Purpose::RevisionsDue(task)) => {
                self.with_mind(owner, task, |mind| mind.impatient = true);
            }
            (_, Purpose::AwardAnswer(auction)) => self.with_auction(auction.at(), |auction| {
                if let AuctionStage::Awarded(agent) = auction.stage {
                    rule_out(auction, agent);
                }
            }),
            _ => {}
        }
    }

    fn with_mind(&mut self, agent: AgentIx, task: TaskIx, change: impl FnOnce(&mut Coordination)) {
        self.with_agent(agent, |agent| {
            if let Some(mind) = agent.coordinating.get_mut(&task) {
                change(mind);
            }
        });
    }
}

/// What is on its way.
#[derive(Clone, Copy)]
struct Parcel {
    kind: MessageType,
    conversation: Conversation,
    payload: ArtifactIx,
}

impl World {
    fn send(&mut self, id: EventId, from: Actor, to: Recipient, parcel: Parcel, store: &Store) {
        let message = MessageIx(self.environment.message_bus.count);
        self.environment.message_bus.count += 1;
        self.environment.metrics.sent[parcel.kind as usize] += 1;
        if let (
            Conversation::Auction(auction),
            MessageType::CallForProposals,
            Recipient::One(Actor::Agent(asked)),
        ) = (parcel.conversation, parcel.kind, to)
        {
            self.with_auction(auction.at(), |auction| auction.asked.push(asked));
        }
        if let (Actor::Agent(coordinator), Some(payload)) = (from, store.payload(parcel.payload)) {
            match **payload {
                Payload::Go { subtask, .. }
                | Payload::Status {
                    subtask: Some(subtask),
                    note: StatusNote::Ready,
                    ..
                } => {
                    if let Some(task) = self.subtasks.get(subtask.at()).map(|state| state.task) {
                        self.with_mind(coordinator, task, |mind| {
                            mind.released.insert(subtask);
                        });
                    }
                }
                _ => {}
            }
        }
        match to {
            Recipient::One(to) => self.dispatch(id, message, from, to, parcel),
            Recipient::All => {
                let audience: Vec<Actor> = self.audience(from).collect();
                for to in audience {
                    self.dispatch(id, message, from, to, parcel);
                }
            }
        }
    }

    fn dispatch(
        &mut self,
        sent: EventId,
        message: MessageIx,
        from: Actor,
        to: Actor,
        parcel: Parcel,
    ) {
        let passage = self.passage(from, to);
        if !self.links_are_plain() {
            let link = self
                .link_states
                .entry((from, to))
                .or_insert_with(LinkState::default);
            link.count += 1;
            link.last_arrival = link.last_arrival.max(passage.at);
        }
        let Parcel {
            kind,
            conversation,
            payload,
        } = parcel;
        let inbound = Inbound {
            at: passage.at,
            message,
            from,
            kind,
            conversation,
            payload,
            sent,
        };
        if passage.lost {
            self.environment
                .message_bus
                .doomed
                .insert((message, to), inbound);
            self.agenda.put(passage.at, Activation::Drop(message, to));
            return;
        }
        self.environment.message_bus.deliver(to, inbound);
        self.agenda.put(passage.at, Activation::Wake(to));
        if let Some(at) = passage.copy_at {
            self.environment
                .message_bus
                .doomed
                .insert((message, to), Inbound { at, ..inbound });
            self.agenda.put(at, Activation::Copy(message, to));
        }
    }

    fn duplicate(&mut self, id: EventId, original: MessageIx, to: Actor) {
        let Some(inbound) = self.environment.message_bus.doomed.remove(&(original, to)) else {
            return;
        };
        let message = MessageIx(self.environment.message_bus.count);
        self.environment.message_bus.count += 1;
        self.environment.metrics.sent[inbound.kind as usize] += 1;
        self.environment.message_bus.deliver(
            to,
            Inbound {
                at: self.now,
                message,
                sent: id,
                ..inbound
            },
        );
        self.agenda.put(self.now, Activation::Wake(to));
    }

    /// Takes a message in: what its reader now knows.
    fn read(&mut self, id: EventId, actor: Actor, message: MessageIx, store: &Store) {
        let Some(inbound) = self.environment.message_bus.take(actor, message) else {
            return;
        };
        self.environment.metrics.read += 1;
        let Some(payload) = store.payload(inbound.payload) else {
            return;
        };
        match actor {
            Actor::Orchestrator => self.orchestrator_reads(id, inbound, payload),
            Actor::Agent(reader) => self.agent_reads(id, reader, inbound, payload),
            Actor::Environment | Actor::User => {}
        }
    }

    fn orchestrator_reads(&mut self, id: EventId, inbound: Inbound, payload: &Payload) {
        let Actor::Agent(from) = inbound.from else {
            return;
        };
        let now = self.now;
        match *payload {
            Payload::Bid {
                auction,
                terms,
                score,
            } => self.with_auction(auction.at(), |state| {
                let known =
                    state.late.contains(&from) || state.bids.iter().any(|bid| bid.agent == from);
                if known {
                } else if state.stage != AuctionStage::Open || inbound.at > state.reply_by {
                    state.late.push(from);
                } else {
                    state.bids.push(BidState {
                        agent: from,
                        terms,
                        score,
                        read: id,
                        out: false,
                    });
                }
            }),
            Payload::Refusal { auction, reason } => self.with_auction(auction.at(), |state| {
                if !state.refusals.iter().any(|&(agent, _)| agent == from) {
                    state.refusals.push((from, reason));
                }
            }),
            Payload::Decline { auction, .. } => {
                self.with_auction(auction.at(), |state| rule_out(state, from))
            }
            Payload::Status { task, auction, .. } => {
                if let Some(auction) = auction {
                    self.with_auction(auction.at(), |state| {
                        if state.stage == AuctionStage::Awarded(from) {
                            state.stage = AuctionStage::Settled(from);
                        }
                    });
                }
                self.hear(task, from, now);
            }
            Payload::Failure { subtask, .. } => {
                if let Some(task) = self.subtasks.get(subtask.at()).map(|state| state.task) {
                    self.hear(task, from, now);
                }
            }
            _ => {}
        }
    }

    fn hear(&mut self, task: TaskIx, from: AgentIx, now: Micros) {
        self.with_task(task, |task| {
            if task.coordinator() == Some(from) {
                task.heard_at = now;
            }
        });
    }

    fn agent_reads(&mut self, id: EventId, reader: AgentIx, inbound: Inbound, payload: &Payload) {
        match payload {
            Payload::Assignment {
                task,
                coordinator,
                bindings,
            } => {
                if inbound.from == Actor::Orchestrator && *coordinator == reader {
                    self.take_lead(reader, *task, bindings);
                }
                for (subtask, _) in bindings.iter().filter(|(_, agent)| *agent == reader) {
                    self.hold(reader, *subtask, *coordinator);
                }
            }
            Payload::Go {
                subtask,
                coordinator,
            } => self.hold(reader, *subtask, *coordinator),
            Payload::Result {
                subtask,
                work,
                confidence,
                cites,
                ..
            } => {
                let received = Received {
                    work: *work,
                    confidence: *confidence,
                    cites: cites.clone(),
                    read: id,
                };
                self.receive(reader, *subtask, inbound.from, received);
            }
            Payload::Accepted { subtask } => self.with_agent(reader, |agent| {
                if let Some(holding) = agent.holdings.get_mut(subtask) {
                    holding.accepted = true;
                }
            }),
            Payload::Failure { subtask, .. } if inbound.from != Actor::Orchestrator => {
                // A coordinator that gave up on us: the subtask is no longer in our hands.
                self.with_agent(reader, |agent| {
                    if agent
                        .holdings
                        .get(subtask)
                        .is_some_and(|held| Actor::Agent(held.coordinator) == inbound.from)
                    {
                        agent.holdings.remove(subtask);
                    }
                });
            }
            Payload::Answer { task, .. } => {
                let over: Vec<SubtaskIx> = self
                    .tasks
                    .get(task.at())
                    .map_or_else(Vec::new, |task| task.subtasks().collect());
                self.with_agent(reader, |agent| {
                    agent.coordinating.remove(task);
                    agent.holdings.retain(|subtask, _| !over.contains(subtask));
                });
            }
            _ => {}
        }
    }

    /// Gives a coordinator what the orchestrator said and what the board shows as accepted.
    fn take_lead(&mut self, reader: AgentIx, task: TaskIx, bindings: &[(SubtaskIx, AgentIx)]) {
        let mut known: Vec<(SubtaskIx, SubtaskStage, Option<ArtifactIx>)> = Vec::new();
        let mut free = Vec::new();
        if let Some(state) = self.tasks.get(task.at()) {
            // The broadcast of the assignment is what tells the holders of these to start.
            free.extend(bindings.iter().map(|&(subtask, _)| subtask));
            free.retain(|&subtask| state.dependencies(subtask).next().is_none());
            known.extend(state.subtasks().filter_map(|subtask| {
                self.subtasks
                    .get(subtask.at())
                    .map(|state| (subtask, state.stage, state.work))
            }));
        }
        self.with_agent(reader, |agent| {
            let fresh = !agent.coordinating.contains_key(&task);
            let mind = agent
                .coordinating
                .entry(task)
                .or_insert_with(Coordination::default);
            mind.bindings.extend(bindings.iter().copied());
            if fresh {
                mind.released.extend(free);
            }
            for (subtask, stage, work) in known.into_iter().filter(|_| fresh) {
                match (stage, work) {
                    (SubtaskStage::Done, Some(work)) => {
                        let read = EventId(u32::MAX);
                        let received = Received {
                            work,
                            confidence: Ppm::ZERO,
                            cites: Vec::new(),
                            read,
                        };
                        mind.results.insert(subtask, received);
                    }
                    (SubtaskStage::Missing(_), _) => {
                        mind.missing.insert(subtask);
                    }
                    _ => {}
                }
            }
        });
    }

    fn hold(&mut self, reader: AgentIx, subtask: SubtaskIx, coordinator: AgentIx) {
        self.with_agent(reader, |agent| {
            let fresh = Holding {
                coordinator,
                stage: Stage::Waiting,
                accepted: false,
                cites: Vec::new(),
            };
            agent.holdings.entry(subtask).or_insert(fresh).coordinator = coordinator;
        });
    }

    /// Keeps a result in the coordinator's mind: a first one from the holder, or a revision of it.
    fn receive(&mut self, reader: AgentIx, subtask: SubtaskIx, from: Actor, received: Received) {
        let Some(state) = self.subtasks.get(subtask.at()) else {
            return;
        };
        let (task, holder, done) = (state.task, state.holder, state.stage == SubtaskStage::Done);
        let ended = self
            .tasks
            .get(task.at())
            .is_some_and(|task| task.ended.is_some());
        if holder.map(Actor::Agent) != Some(from) || ended {
            return;
        }
        let mut taken = None;
        self.with_agent(reader, |agent| {
            if let Some(mind) = agent
                .coordinating
                .get_mut(&task)
                .filter(|mind| !mind.merging)
            {
                taken = Some(received.work);
                mind.results.insert(subtask, received);
            }
        });
        if done && taken.is_some() {
            self.with_subtask(subtask, |state| state.work = taken);
        }
    }
}

/// Marks an awarded bidder as out and reopens the choice.
fn rule_out(auction: &mut AuctionState, agent: AgentIx) {
    if let Some(bid) = auction.bids.iter_mut().find(|bid| bid.agent == agent) {
        bid.out = true;
    }
}

fn mark_revising(agent: &mut AgentState, subtask: SubtaskIx, on: bool) {
    if let Some(Holding {
        stage: Stage::Done(produced),
        ..
    }) = agent.holdings.get_mut(&subtask)
    {
        produced.revising = on;
    }
}

fn strike(agent: &mut AgentState, fault: AgentFault) {
    match fault {
        AgentFault::Crash => {
            agent.crashed = true;
            agent.holdings.clear();
            agent.coordinating.clear();
        }
        AgentFault::Recover => {
            agent.crashed = false;
            agent.silent = false;
            agent.pace_share = Ppm::ONE;
        }
        AgentFault::Silence => agent.silent = true,
        AgentFault::Slow(share) => agent.pace_share = share,
    }
}
