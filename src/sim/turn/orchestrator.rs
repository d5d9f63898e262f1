//! The orchestrator: announces auctions, collects bids, awards, binds, and sees that every task ends.

mod auctioneer;
mod binding;
mod waiting;

use std::collections::BTreeSet;

use super::Scene;
use crate::kernel::fixed::Ppm;
use crate::kernel::time::Micros;
use crate::mechanism::recovery::{Answer, Lack, Recovery};
use crate::model::content::Content;
use crate::model::id::{Actor, AgentIx, EventId, Recipient, RoleIx, SubtaskIx, TaskIx};
use crate::model::message::{Conversation, FailureReason, MessageType, Payload, StatusNote};
use crate::model::task::TaskStatus;
use crate::sim::effects::{Effects, FollowUp, Mail};
use crate::sim::event::{EventKind, Purpose};
use crate::sim::scenario::{Allocation, Protocol};
use crate::sim::world::auction::AuctionStage;
use crate::sim::world::environment::bus::Inbound;
use crate::sim::world::task::{SubtaskStage, TaskState};
use auctioneer::{
    Lot, answered, award_next, award_unanswered, candidates, close, concerned, open,
    open_for_subtask, recovery,
};
pub use binding::proceed;
use binding::{assign, pick};
use waiting::{call_again, call_waiting};

const ME: Actor = Actor::Orchestrator;

/// A coordinator that stayed silent for this many heartbeats is taken to have failed.
const HEARTBEATS_MISSED: u64 = 3;

/// Reacts to a message.
#[inline]
pub fn on_message(scene: &Scene<'_>, fx: &mut Effects<'_>, read: EventId, inbound: &Inbound) {
    let Actor::Agent(from) = inbound.from else {
        return;
    };
    if let Content::Bid { auction, .. } = inbound.payload {
        return answered(scene, fx, read, auction, from);
    }
    on_other(scene, fx, read, inbound, from);
}

/// Reacts to a message that is not a bid as most are.
fn on_other(
    scene: &Scene<'_>,
    fx: &mut Effects<'_>,
    read: EventId,
    inbound: &Inbound,
    from: AgentIx,
) {
    let Some(payload) = fx.store().kept_payload(inbound.payload) else {
        return;
    };
    match *payload {
        Payload::Bid { auction, .. } | Payload::Refusal { auction, .. } => {
            answered(scene, fx, read, auction, from)
        }
        Payload::Decline { auction, .. } => {
            let awarded = scene.world.environment.auction(auction).map(|state| state.stage);
            if awarded == Some(AuctionStage::Awarded(from)) {
                award_next(scene, fx, read, auction);
            }
        }
        Payload::Status { task, auction: Some(auction), note: StatusNote::Accepted, .. } => {
            fx.cancel_timer(read, scene.world.timer_for(ME, Purpose::AwardAnswer(auction)));
            fx.follow(read, FollowUp::Proceed(task, Some(auction)));
        }
        Payload::Status { note: StatusNote::Free, .. } => {
            if let Some(agent) = scene.world.agent(from) {
                call_waiting(scene, fx, read, agent.role, 1);
            }
        }
        Payload::Status { task, subtask: Some(subtask), note: StatusNote::Ready, .. } => {
            open_for_subtask(scene, fx, read, task, subtask, false);
        }
        Payload::Failure { subtask, reason } => holder_failed(scene, fx, read, subtask, reason),
        Payload::Answer { task, status, confidence, .. } => {
            end(scene, fx, read, task, status, confidence)
        }
        _ => {}
    }
}

/// Reacts to a timer.
pub fn on_timer(scene: &Scene<'_>, fx: &mut Effects<'_>, fired: EventId, purpose: Purpose) {
    match purpose {
        Purpose::Announce(task) => announce(scene, fx, fired, task),
        Purpose::AuctionCloses(auction) => close(scene, fx, fired, auction),
        Purpose::AwardAnswer(auction) => award_unanswered(scene, fx, fired, auction),
        Purpose::CoordinatorWatch(task) => watch(scene, fx, fired, task),
        Purpose::CallAgain(role) => call_again(scene, fx, fired, role),
        Purpose::TaskBound(task) => end(scene, fx, fired, task, TaskStatus::Failed, Ppm::ZERO),
        _ => {}
    }
}

/// Opens the first auctions of a task.
fn announce(scene: &Scene<'_>, fx: &mut Effects<'_>, cause: EventId, ix: TaskIx) {
    let Some(task) = scene.world.tasks.get(ix.at()) else {
        return;
    };
    let bound = task.created_at.after(Micros(scene.world.policies.deadlines.task_us));
    fx.set_timer(cause, ME, Purpose::TaskBound(ix), bound);
    match scene.world.policies.allocation {
        Allocation::PerRole => {
            for role in roles_of(scene, task) {
                open(scene, fx, cause, &Lot { task: ix, role, subtask: None, relaxed: false });
            }
        }
        Allocation::PerSubtask => {
            for subtask in
                task.subtasks().filter(|&subtask| task.dependencies(subtask).next().is_none())
            {
                open_for_subtask(scene, fx, cause, ix, subtask, false);
            }
        }
    }
    // Auctions that nobody could be asked for are over already.
    fx.follow(cause, FollowUp::Proceed(ix, None));
}

/// Returns the roles a task needs, in plan order.
fn roles_of(scene: &Scene<'_>, task: &TaskState) -> Vec<RoleIx> {
    let mut roles = Vec::new();
    for subtask in task.subtasks().filter_map(|subtask| scene.world.subtasks.get(subtask.at())) {
        if !roles.contains(&subtask.role) {
            roles.push(subtask.role);
        }
    }
    roles
}

/// A coordinator says that a holder failed: a new auction, or the word that there will be none.
fn holder_failed(
    scene: &Scene<'_>,
    fx: &mut Effects<'_>,
    read: EventId,
    subtask: SubtaskIx,
    reason: FailureReason,
) {
    let Some(state) = scene.world.subtasks.get(subtask.at()) else {
        return;
    };
    if matches!(state.stage, SubtaskStage::Done | SubtaskStage::Missing(_)) {
        return;
    }
    let lot = Lot { task: state.task, role: state.role, subtask: Some(subtask), relaxed: false };
    let lack = Lack { attempts: state.auctions, candidates: candidates(scene, &lot).count() };
    match recovery(scene).failed_holder(lack) {
        Answer::Reannounce { .. } => open(scene, fx, read, &lot),
        Answer::GoOnWithout => tell_missing(scene, fx, read, state.task, subtask, reason),
    }
}

fn tell_missing(
    scene: &Scene<'_>,
    fx: &mut Effects<'_>,
    cause: EventId,
    task: TaskIx,
    subtask: SubtaskIx,
    reason: FailureReason,
) {
    let Some(lead) = scene.world.tasks.get(task.at()).and_then(TaskState::coordinator) else {
        return;
    };
    let mail =
        Mail { kind: MessageType::SubtaskFailed, payload: Payload::Failure { subtask, reason } };
    scene.world.environment.publish_message(
        fx,
        cause,
        Recipient::One(Actor::Agent(lead)),
        Conversation::Task(task),
        mail,
    );
}

/// Looks whether the coordinator was heard of; if not, the next best succeeds it.
fn watch(scene: &Scene<'_>, fx: &mut Effects<'_>, cause: EventId, ix: TaskIx) {
    let Some(task) = scene.world.tasks.get(ix.at()).filter(|task| task.ended.is_none()) else {
        return;
    };
    let patience =
        Micros(scene.world.policies.deadlines.heartbeat_us.saturating_mul(HEARTBEATS_MISSED));
    let due = task.heard_at.after(patience);
    if scene.world.now < due {
        fx.set_timer(cause, ME, Purpose::CoordinatorWatch(ix), due);
        return;
    }
    let mut bindings = Vec::new();
    for subtask in task.subtasks() {
        let holder = scene.world.subtasks.get(subtask.at()).and_then(|state| state.holder);
        bindings.extend(holder.map(|holder| (subtask, holder)));
    }
    let failed = &task.coordinators;
    let heirs =
        bindings.iter().map(|&(_, agent)| agent).filter(|agent| !failed.contains(agent)).collect();
    let Some(heir) = pick(scene, heirs) else {
        end(scene, fx, cause, ix, TaskStatus::Failed, Ppm::ZERO);
        return;
    };
    let selected = fx.emit(cause, EventKind::CoordinatorSelected { task: ix, agent: heir });
    assign(scene, fx, selected, ix, heir, bindings);
    fx.set_timer(selected, ME, Purpose::CoordinatorWatch(ix), scene.world.now.after(patience));
}

/// Ends a task, and frees whoever still holds something of it.
fn end(
    scene: &Scene<'_>,
    fx: &mut Effects<'_>,
    cause: EventId,
    ix: TaskIx,
    status: TaskStatus,
    confidence: Ppm,
) {
    let Some(task) = scene.world.tasks.get(ix.at()).filter(|task| task.ended.is_none()) else {
        return;
    };
    let answer = task.answer;
    let ended = fx.emit(cause, EventKind::TaskCompleted { task: ix, status, confidence, answer });
    for purpose in [Purpose::TaskBound(ix), Purpose::CoordinatorWatch(ix)] {
        fx.cancel_timer(ended, scene.world.timer_for(ME, purpose));
    }
    let mut holders = BTreeSet::new();
    for &at in &task.auctions {
        let Some(auction) = scene.world.environment.auction(at) else {
            continue;
        };
        for purpose in [Purpose::AuctionCloses(at), Purpose::AwardAnswer(at)] {
            fx.cancel_timer(ended, scene.world.timer_for(ME, purpose));
        }
        match auction.stage {
            AuctionStage::Open => {
                fx.emit(
                    ended,
                    EventKind::AuctionUnfilled { auction: at, reason: FailureReason::Deadline },
                );
            }
            AuctionStage::Awarded(agent) => {
                fx.emit(
                    ended,
                    EventKind::AuctionUnfilled { auction: at, reason: FailureReason::Deadline },
                );
                holders.insert(agent);
            }
            AuctionStage::Settled(agent) => {
                let unfinished = |subtask: SubtaskIx| {
                    scene
                        .world
                        .subtasks
                        .get(subtask.at())
                        .is_some_and(|state| state.stage != SubtaskStage::Done)
                };
                if concerned(scene, task, auction.role, auction.subtask).any(unfinished) {
                    holders.insert(agent);
                }
            }
            AuctionStage::Unfilled(_) => {}
        }
    }
    // A coordinator that was given up must not go on by itself.
    holders.extend(task.coordinators.iter().filter(|_| task.answer.is_none()));
    let answer_hash = answer.map_or(0, |answer| fx.store().hash(answer));
    for agent in holders {
        let payload = Payload::Answer { task: ix, status, confidence, answer, answer_hash };
        let mail = Mail { kind: MessageType::TaskCompleted, payload };
        scene.world.environment.publish_message(
            fx,
            ended,
            Recipient::One(Actor::Agent(agent)),
            Conversation::Task(ix),
            mail,
        );
    }
    if scene.world.policies.protocol == Protocol::Bare {
        return;
    }
    let shows = scene.world.now.after(Micros(scene.world.policies.deadlines.outcome_us));
    fx.set_timer(ended, Actor::Environment, Purpose::OutcomeShows(ix), shows);
}
