//! Applies events: the only code that changes the world.

mod mail;
mod reading;
mod task;
mod timer;
mod waves;

use std::sync::Arc;

use super::agent::{AgentState, Coordination};
use super::auction::{AuctionStage, AuctionState};
use super::environment::Entry;
use super::task::{Ended, SubtaskState, TaskState};
use super::{Activation, Timer, World, is_stale};
use crate::kernel::fixed::Ppm;
use crate::kernel::flat::Flat;
use crate::kernel::time::Micros;
use crate::model::id::{Actor, AgentIx, ArtifactIx, EventId, SubtaskIx, TaskIx};
use crate::sim::event::{AgentFault, Event, EventKind};
use crate::sim::scenario::Protocol;
use crate::sim::store::{Artifact, Store};

use mail::Parcel;

impl World {
    /// Opens a turn: time moves on, and the turn's entry leaves the agenda.
    ///
    /// A sequence that the agenda has not given out yet is a command's, which takes that number.
    #[inline(always)]
    pub fn open_turn(&mut self, time: Micros, activation: u64) {
        // What is performed is of use, so where it is first there is nothing to settle.
        if !self.agenda.take_first(activation) {
            self.take_activation(time, activation);
        }
        self.now = time;
    }

    #[inline(never)]
    fn take_activation(&mut self, time: Micros, activation: u64) {
        if activation == self.agenda.next_sequence() {
            self.agenda.put(time, Activation::Command);
        } else {
            self.settle();
        }
        self.agenda.take(activation);
    }

    /// Drops what is stale from the agenda's front, and moves it on to what comes next.
    #[inline]
    pub fn settle(&mut self) {
        let (bus, timers) = (&self.environment.message_bus, &self.timers);
        self.agenda.settle(|entry| is_stale(bus, timers, entry));
    }

    /// Changes the world by one event.
    // Where the kind is known, no more than what it changes is left of this.
    #[inline(always)]
    pub fn apply(&mut self, id: EventId, actor: Actor, event: &Event, store: &Store) {
        match event.kind {
            EventKind::MessageSent { to, kind, conversation, payload, deliver_at } => {
                self.send(id, actor, to, Parcel { kind, conversation, payload, deliver_at })
            }
            EventKind::MessageRead { message } => self.read(id, actor, message, store),
            _ => self.apply_other(id, actor, event, store),
        }
    }

    /// Changes the world by an event that is neither the sending nor the reading of a message.
    #[inline(never)]
    fn apply_other(&mut self, id: EventId, actor: Actor, event: &Event, store: &Store) {
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
                let binding = self.policies.protocol == Protocol::Bare;
                self.with_auction(auction.at(), |auction| {
                    auction.stage = match binding {
                        true => AuctionStage::Settled(agent),
                        false => AuctionStage::Awarded(agent),
                    }
                });
            }
            EventKind::AuctionUnfilled { auction, reason } => self.leave_unfilled(auction, reason),
            EventKind::SlotHeld { agent, auction } => {
                self.with_agent(agent, |agent| agent.slots.push(auction))
            }
            EventKind::SlotReleased { agent, auction } => {
                self.with_agent(agent, |agent| agent.slots.retain(|&held| held != auction));
            }

            EventKind::SubtaskAssigned { subtask, agent, .. } => self.assign(subtask, agent),
            EventKind::CoordinatorSelected { task, agent } => self.select_coordinator(task, agent),
            EventKind::SubtaskStarted { subtask, agent, .. } => self.start(subtask, agent),
            EventKind::WorkFinished { subtask, agent, work, .. } => {
                self.finish(id, subtask, agent, work, store)
            }
            EventKind::SubtaskCompleted { task, subtask, agent, .. } => {
                self.complete(task, subtask, agent)
            }
            EventKind::ResultRevised { subtask, agent, work, .. } => {
                self.revise(id, subtask, agent, work)
            }
            EventKind::SubtaskFailed { subtask, agent, reason, .. } => {
                self.fail(actor, subtask, agent, reason)
            }
            EventKind::SubtaskMissing { task, subtask, reason } => {
                self.go_without(task, subtask, reason)
            }

            EventKind::MessageDuplicated { original, to, .. } => self.duplicate(id, original, to),
            EventKind::MessageLost { message, to, .. } => {
                self.environment.metrics.lost += 1;
                if self.environment.message_bus.take(to, message).is_none() {
                    self.environment.message_bus.doomed.remove(&(message, to));
                }
            }
            EventKind::KnowledgeAdded { task, subtask, finding, .. } => {
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
            EventKind::TaskCompleted { task, status, confidence, .. } => {
                let at = self.now;
                self.end_task(task, Ended { status, confidence, at });
            }
            EventKind::OutcomeObserved { task, outcome, .. } => {
                self.with_task(task, |task| task.outcome = Some(outcome));
            }
            EventKind::PerformanceUpdated { agent, to, .. } => self.with_agent(agent, |agent| {
                agent.performance = to;
                agent.completed_tasks += 1;
            }),
            EventKind::TimerSet { timer, owner, purpose, at } => {
                self.set_timer(timer, Timer { owner, purpose, at, set_by: id });
            }
            EventKind::TimerFired { timer } => self.fire_timer(timer),
            EventKind::TimerCancelled { timer } => {
                self.clear_timer(timer);
            }
            EventKind::MessageSent { .. }
            | EventKind::MessageRead { .. }
            | EventKind::CommandApplied { .. }
            | EventKind::ResultDiscarded { .. }
            | EventKind::SynergyFound { .. }
            | EventKind::ConflictFound { .. }
            | EventKind::ConflictResolved { .. } => {}
        }
    }

    pub(super) fn with_agent(&mut self, agent: AgentIx, change: impl FnOnce(&mut AgentState)) {
        if let Some(state) = self.agents.get_mut(agent.at()) {
            change(state);
        }
    }

    pub(super) fn with_task(&mut self, task: TaskIx, change: impl FnOnce(&mut TaskState)) {
        if let Some(state) = self.tasks.get_mut(task.at()) {
            change(state);
        }
    }

    pub(super) fn with_subtask(
        &mut self,
        subtask: SubtaskIx,
        change: impl FnOnce(&mut SubtaskState),
    ) {
        if let Some(state) = self.subtasks.get_mut(subtask.at()) {
            change(state);
        }
    }

    pub(super) fn with_auction(&mut self, auction: usize, change: impl FnOnce(&mut AuctionState)) {
        if let Some(state) = self.environment.agent_proposals.get_mut(auction) {
            change(state);
        }
    }

    pub(super) fn with_mind(
        &mut self,
        agent: AgentIx,
        task: TaskIx,
        change: impl FnOnce(&mut Coordination),
    ) {
        self.with_agent(agent, |agent| {
            if let Some(mind) = agent.coordinating.get_mut(&task) {
                change(mind);
            }
        });
    }

    fn add_agent(&mut self, spec: ArtifactIx, store: &Store) {
        let Some(spec) = store.agent(spec) else {
            return;
        };
        let at = AgentIx::from(self.agents.len());
        let role = self.role_ix(&spec.role).unwrap_or(crate::model::id::RoleIx(u32::MAX));
        if role.at() < self.roles.len() {
            let by_role = Arc::make_mut(&mut self.by_role);
            by_role.resize(self.roles.len(), Vec::new());
            by_role[role.at()].push(at);
        }
        self.agent_ids.insert(spec.id.clone(), at);
        let required = self.requirements.get(role.at());
        let weighed = required.map(|(number, required)| (*number, spec.capability(required)));
        self.agents.push(AgentState {
            role,
            weighed: weighed.unwrap_or_default(),
            performance: spec.performance,
            spec: Arc::clone(spec),
            removed: false,
            crashed: false,
            silent: false,
            pace_share: Ppm::ONE,
            slots: Vec::new(),
            holdings: Flat::default(),
            coordinating: Flat::default(),
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
