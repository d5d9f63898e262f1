//! What events of tasks, auctions and work change.

use std::sync::Arc;

use crate::model::id::{Actor, AgentIx, ArtifactIx, AuctionIx, EventId, RoleIx, SubtaskIx, TaskIx};
use crate::model::message::{FailureReason, Payload};
use crate::sim::event::{Event, EventKind};
use crate::sim::scenario::Protocol;
use crate::sim::store::Store;
use crate::sim::world::World;
use crate::sim::world::agent::{Holding, Produced, Stage};
use crate::sim::world::auction::{Agents, AuctionStage, AuctionState};
use crate::sim::world::task::{Ended, SubtaskStage, SubtaskState, TaskState};

impl World {
    pub(super) fn create_task(&mut self, id: EventId, plan: ArtifactIx, store: &Store) {
        let Some(planned) = store.task(plan) else {
            return;
        };
        let task = TaskIx::from(self.tasks.len());
        self.environment.active_profiles.insert(task, Arc::clone(planned));
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

    pub(super) fn plan_subtask(&mut self, task: TaskIx, position: u32) {
        let position = position as usize;
        let planned = self.tasks.get(task.at()).and_then(|task| task.planned.plan.get(position));
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

    pub(super) fn open_auction(&mut self, id: EventId, event: &Event, store: &Store) {
        let EventKind::AuctionOpened { auction, task, role, subtask, call } = event.kind else {
            return;
        };
        let call_of = store.payload(call);
        let Some(Payload::Call { reply_by, required, .. }) = call_of.as_deref() else {
            return;
        };
        let reply_by = *reply_by;
        let requirement = self.number_of(role, required);
        let asked = self.by_role.get(role.at()).map_or(0, Vec::len);
        self.with_task(task, |task| task.auctions.push(auction));
        if let Some(subtask) = subtask {
            self.environment.lots_waiting.remove(&(role, subtask));
        }
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
            reply_by,
            asked: Vec::with_capacity(if subtask.is_none() { asked } else { 0 }),
            bids: Vec::with_capacity(if subtask.is_none() { asked } else { 0 }),
            refusals: Vec::new(),
            declined: 0,
            late: Vec::new(),
            heard: Agents::with_room_for(if subtask.is_none() { self.agents.len() } else { 0 }),
            requirement,
            stage: AuctionStage::Open,
        });
    }

    /// Returns the number of what is required of a role; where it differs from what was required
    /// last, its holders weigh it anew.
    fn number_of(&mut self, role: RoleIx, required: &[String]) -> u32 {
        let known = self.requirements.get(role.at());
        if let Some((number, _)) = known.filter(|(number, last)| *number > 0 && last == required) {
            return *number;
        }
        let Some(holders) = self.by_role.get(role.at()) else {
            return 0;
        };
        let requirements = Arc::make_mut(&mut self.requirements);
        requirements.resize(requirements.len().max(role.at() + 1), (0, Vec::new()));
        let number = requirements.iter().map(|(number, _)| number + 1).max().unwrap_or(1);
        requirements[role.at()] = (number, required.to_vec());
        for holder in holders {
            if let Some(agent) = self.agents.get_mut(holder.at()) {
                agent.weighed = (number, agent.spec.capability(required));
            }
        }
        number
    }

    /// Ends an auction that nobody won; where all are busy its subtask waits, and that call does not count.
    pub(super) fn leave_unfilled(&mut self, auction: AuctionIx, reason: FailureReason) {
        self.with_auction(auction.at(), |auction| auction.stage = AuctionStage::Unfilled(reason));
        let lot = self.environment.auction(auction).map(|auction| (auction.role, auction.subtask));
        if let (FailureReason::Busy, Some((role, Some(subtask)))) = (reason, lot) {
            self.environment.lots_waiting.insert((role, subtask));
            self.with_subtask(subtask, |state| state.auctions = state.auctions.saturating_sub(1));
        }
    }

    pub(super) fn assign(&mut self, subtask: SubtaskIx, agent: AgentIx) {
        self.with_subtask(subtask, |state| {
            state.holder = Some(agent);
            state.stage = SubtaskStage::Assigned;
            state.started_at = None;
            state.finished_at = None;
        });
        let task = self.subtasks.get(subtask.at()).map(|state| state.task);
        self.environment.task_queue.retain(|&waiting| Some(waiting) != task);
    }

    pub(super) fn select_coordinator(&mut self, task: TaskIx, agent: AgentIx) {
        let now = self.now;
        self.with_task(task, |state| {
            state.coordinators.push(agent);
            state.heard_at = now;
        });
    }

    pub(super) fn start(&mut self, subtask: SubtaskIx, agent: AgentIx) {
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

    pub(super) fn finish(
        &mut self,
        id: EventId,
        subtask: SubtaskIx,
        agent: AgentIx,
        work: ArtifactIx,
        store: &Store,
    ) {
        let now = self.now;
        let cost = store.work(work).map(|work| work.cost).unwrap_or_default();
        let started =
            self.subtasks.get(subtask.at()).and_then(|state| state.started_at).unwrap_or(now);
        self.with_agent(agent, |agent| {
            agent.milli_units += cost.milli_units;
            agent.tokens += cost.tokens;
            agent.busy = agent.busy.after(now.since(started));
            if let Some(holding) = agent.holdings.get_mut(&subtask) {
                let produced = Produced { work, event: id, revising: false };
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

    pub(super) fn complete(&mut self, task: TaskIx, subtask: SubtaskIx, agent: AgentIx) {
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

    pub(super) fn revise(
        &mut self,
        id: EventId,
        subtask: SubtaskIx,
        agent: AgentIx,
        work: ArtifactIx,
    ) {
        self.with_agent(agent, |agent| {
            if let Some(Holding { stage: Stage::Done(produced), .. }) =
                agent.holdings.get_mut(&subtask)
            {
                produced.work = work;
                produced.event = id;
            }
        });
    }

    pub(super) fn fail(
        &mut self,
        actor: Actor,
        subtask: SubtaskIx,
        agent: Option<AgentIx>,
        reason: FailureReason,
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

    pub(super) fn go_without(&mut self, task: TaskIx, subtask: SubtaskIx, reason: FailureReason) {
        self.with_subtask(subtask, |state| {
            state.holder = None;
            state.stage = SubtaskStage::Missing(reason);
        });
        if let Some(role) = self.subtasks.get(subtask.at()).map(|state| state.role) {
            self.environment.lots_waiting.remove(&(role, subtask));
        }
        let coordinator = self.tasks.get(task.at()).and_then(TaskState::coordinator);
        if let Some(coordinator) = coordinator {
            self.with_mind(coordinator, task, |mind| {
                mind.missing.insert(subtask);
            });
        }
    }

    pub(super) fn end_task(&mut self, task: TaskIx, ended: Ended) {
        self.environment.global_state.open_tasks =
            self.environment.global_state.open_tasks.saturating_sub(1);
        self.environment.global_state.ended_tasks += 1;
        self.environment.metrics.tasks[ended.status as usize] += 1;
        self.environment.task_queue.retain(|&waiting| waiting != task);
        self.environment.active_profiles.remove(&task);
        if self.policies.protocol == Protocol::Bare {
            self.let_go(task);
        }
        let of_task = |subtask: SubtaskIx| {
            self.subtasks.get(subtask.at()).is_some_and(|state| state.task == task)
        };
        self.environment.lots_waiting.retain(|&(_, subtask)| !of_task(subtask));
        self.with_task(task, |task| task.ended = Some(ended));
    }

    /// Takes a task that has ended out of its team's hands: in the bare protocol nobody tells them.
    fn let_go(&mut self, task: TaskIx) {
        let Some(state) = self.tasks.get(task.at()) else {
            return;
        };
        let (subtasks, coordinators) = (state.subtasks(), state.coordinators.clone());
        for subtask in subtasks {
            let holder = self.subtasks.get(subtask.at()).and_then(|state| state.holder);
            if let Some(holder) = holder {
                self.with_agent(holder, |agent| {
                    agent.holdings.remove(&subtask);
                });
            }
        }
        for coordinator in coordinators {
            self.with_agent(coordinator, |agent| {
                agent.coordinating.remove(&task);
            });
        }
    }
}
