//! The orchestrator binds what was won and hands the task to its coordinator.

use std::collections::BTreeSet;

use super::{HEARTBEATS_MISSED, ME, end, roles_of, tell_missing, waiting};
use crate::kernel::fixed::Ppm;
use crate::kernel::time::Micros;
use crate::mechanism::coordination::best_performer::BestPerformer;
use crate::mechanism::coordination::{Candidate, Coordination};
use crate::model::id::{Actor, AgentIx, AuctionIx, EventId, Recipient, RoleIx, SubtaskIx, TaskIx};
use crate::model::message::{Conversation, FailureReason, MessageType, Payload};
use crate::model::task::TaskStatus;
use crate::sim::effects::{Effects, Mail};
use crate::sim::event::{EventKind, Purpose};
use crate::sim::scenario::{Allocation, Protocol};
use crate::sim::turn::Scene;
use crate::sim::world::auction::{AuctionStage, AuctionState};
use crate::sim::world::task::{SubtaskStage, SubtaskState, TaskState};

/// Looks how far a task's auctions are: binds what was won, and hands the task to its coordinator.
///
/// Once it has a coordinator, only the auction that has just ended is looked at, if one is named.
pub fn proceed(
    scene: &Scene<'_>,
    fx: &mut Effects<'_>,
    cause: EventId,
    ix: TaskIx,
    auction: Option<AuctionIx>,
) {
    let Some(task) = scene.world.tasks.get(ix.at()) else {
        return;
    };
    if task.ended.is_some() {
        return;
    }
    match (task.coordinator(), scene.world.policies.allocation) {
        (Some(lead), _) => {
            let ended = auction.and_then(|at| scene.world.environment.auction(at));
            match ended.and_then(|ended| Some((ended, ended.subtask?))) {
                Some((ended, subtask)) => bind_one(scene, fx, cause, lead, subtask, ended),
                None => bind_later(scene, fx, cause, task, lead),
            }
        }
        (None, Allocation::PerRole) => bind_roles(scene, fx, cause, ix, task),
        (None, Allocation::PerSubtask) => bind_first(scene, fx, cause, ix, task),
    }
}

/// Returns the latest auction of a role or subtask.
fn latest<'a>(
    scene: &Scene<'a>,
    task: &TaskState,
    role: RoleIx,
    subtask: Option<SubtaskIx>,
) -> Option<&'a AuctionState> {
    let same = |auction: &&AuctionState| auction.role == role && auction.subtask == subtask;
    task.auctions.iter().rev().filter_map(|&at| scene.world.environment.auction(at)).find(same)
}

/// Binds all roles once every role's auction is over.
fn bind_roles(
    scene: &Scene<'_>,
    fx: &mut Effects<'_>,
    cause: EventId,
    ix: TaskIx,
    task: &TaskState,
) {
    let roles = roles_of(scene, task);
    let auctions: Vec<&AuctionState> =
        roles.iter().filter_map(|&role| latest(scene, task, role, None)).collect();
    if auctions.len() < roles.len() || !auctions.iter().all(|auction| auction.is_over()) {
        return;
    }
    let mut bindings = Vec::new();
    for subtask in task.subtasks() {
        let Some(state) = scene.world.subtasks.get(subtask.at()) else {
            continue;
        };
        let Some(auction) = auctions.iter().find(|auction| auction.role == state.role) else {
            continue;
        };
        match auction.stage {
            AuctionStage::Settled(agent) => {
                fx.emit(cause, EventKind::SubtaskAssigned { task: ix, subtask, agent });
                bindings.push((subtask, agent));
            }
            AuctionStage::Unfilled(reason) => {
                fx.emit(cause, EventKind::SubtaskMissing { task: ix, subtask, reason });
            }
            AuctionStage::Open | AuctionStage::Awarded(_) => {}
        }
    }
    hand_over(scene, fx, cause, ix, bindings);
}

/// In an auction per subtask, the first winner coordinates.
fn bind_first(
    scene: &Scene<'_>,
    fx: &mut Effects<'_>,
    cause: EventId,
    ix: TaskIx,
    task: &TaskState,
) {
    let auctions: Vec<&AuctionState> =
        task.auctions.iter().filter_map(|&at| scene.world.environment.auction(at)).collect();
    let won = auctions.iter().find_map(|auction| Some((auction.subtask?, auction.winner()?)));
    if let Some((subtask, agent)) = won {
        fx.emit(cause, EventKind::SubtaskAssigned { task: ix, subtask, agent });
        hand_over(scene, fx, cause, ix, vec![(subtask, agent)]);
    } else if auctions.iter().all(|auction| auction.is_over()) && !waiting::waits(scene, ix) {
        end(scene, fx, cause, ix, TaskStatus::Failed, Ppm::ZERO);
    }
}

/// Picks the coordinator among the winners and tells it who holds what.
fn hand_over(
    scene: &Scene<'_>,
    fx: &mut Effects<'_>,
    cause: EventId,
    ix: TaskIx,
    bindings: Vec<(SubtaskIx, AgentIx)>,
) {
    let winners: BTreeSet<AgentIx> = bindings.iter().map(|&(_, agent)| agent).collect();
    let Some(lead) = pick(scene, winners) else {
        end(scene, fx, cause, ix, TaskStatus::Failed, Ppm::ZERO);
        return;
    };
    let selected = fx.emit(cause, EventKind::CoordinatorSelected { task: ix, agent: lead });
    if scene.world.policies.protocol == Protocol::Bare {
        tell_winners(scene, fx, selected, ix, lead, &bindings);
        return;
    }
    assign(scene, fx, selected, ix, lead, bindings);
    let watch =
        Micros(scene.world.policies.deadlines.heartbeat_us.saturating_mul(HEARTBEATS_MISSED));
    fx.set_timer(selected, ME, Purpose::CoordinatorWatch(ix), scene.world.now.after(watch));
}

/// Tells every winner itself who does what; the coordinator is one of them.
fn tell_winners(
    scene: &Scene<'_>,
    fx: &mut Effects<'_>,
    cause: EventId,
    task: TaskIx,
    coordinator: AgentIx,
    bindings: &[(SubtaskIx, AgentIx)],
) {
    let conversation = Conversation::Task(task);
    let payload = Payload::Assignment { task, coordinator, bindings: bindings.to_vec() };
    let content = fx.store().put_payload(payload, conversation);
    let mut told: Vec<AgentIx> = Vec::with_capacity(bindings.len());
    for &(_, winner) in bindings {
        if told.contains(&winner) {
            continue;
        }
        told.push(winner);
        scene.world.environment.publish_content(
            fx,
            cause,
            Recipient::One(Actor::Agent(winner)),
            conversation,
            (MessageType::TaskAssignment, content),
        );
    }
}

pub(super) fn pick(scene: &Scene<'_>, agents: BTreeSet<AgentIx>) -> Option<AgentIx> {
    let agents: Vec<AgentIx> = agents.into_iter().collect();
    let candidates: Vec<Candidate<'_>> = agents
        .iter()
        .filter_map(|&agent| scene.world.agent(agent))
        .map(|agent| Candidate { agent: &agent.spec.id, performance: agent.performance })
        .collect();
    BestPerformer.pick(&candidates).and_then(|at| agents.get(at).copied())
}

pub(super) fn assign(
    scene: &Scene<'_>,
    fx: &mut Effects<'_>,
    cause: EventId,
    task: TaskIx,
    lead: AgentIx,
    bindings: Vec<(SubtaskIx, AgentIx)>,
) {
    let payload = Payload::Assignment { task, coordinator: lead, bindings };
    let mail = Mail { kind: MessageType::TaskAssignment, payload };
    scene.world.environment.publish_message(
        fx,
        cause,
        Recipient::One(Actor::Agent(lead)),
        Conversation::Task(task),
        mail,
    );
}

/// Binds what was won after the task was handed over, and says what nobody took.
fn bind_later(
    scene: &Scene<'_>,
    fx: &mut Effects<'_>,
    cause: EventId,
    task: &TaskState,
    lead: AgentIx,
) {
    for subtask in task.subtasks() {
        let Some(state) = scene.world.subtasks.get(subtask.at()).filter(|state| is_open(state))
        else {
            continue;
        };
        if let Some(auction) = latest(scene, task, state.role, Some(subtask)) {
            bind_one(scene, fx, cause, lead, subtask, auction);
        }
    }
}

/// Says whether a subtask still needs someone to do it.
fn is_open(state: &SubtaskState) -> bool {
    state.holder.is_none() && matches!(state.stage, SubtaskStage::Planned | SubtaskStage::Failed(_))
}

/// Binds a subtask by its auction, or says that nobody took it; one that waits is called again.
fn bind_one(
    scene: &Scene<'_>,
    fx: &mut Effects<'_>,
    cause: EventId,
    lead: AgentIx,
    subtask: SubtaskIx,
    auction: &AuctionState,
) {
    let ix = auction.task;
    if !scene.world.subtasks.get(subtask.at()).is_some_and(is_open) {
        return;
    }
    match auction.stage {
        AuctionStage::Settled(agent) => {
            let bound = fx.emit(cause, EventKind::SubtaskAssigned { task: ix, subtask, agent });
            assign(scene, fx, bound, ix, lead, vec![(subtask, agent)]);
        }
        AuctionStage::Unfilled(FailureReason::Busy) => {}
        AuctionStage::Unfilled(reason) => tell_missing(scene, fx, cause, ix, subtask, reason),
        AuctionStage::Open | AuctionStage::Awarded(_) => {}
    }
}
