//! Subtasks that wait: everyone who could do them is busy, and they are called again when a slot is free.
//!
//! Only auctions per subtask wait. An agent says when it has a free slot; a timer calls again as
//! well, so that no lost message can leave a subtask waiting.

use super::ME;
use super::auctioneer::{Lot, open};
use crate::kernel::time::Micros;
use crate::model::id::{AuctionIx, EventId, RoleIx, SubtaskIx, TaskIx};
use crate::model::message::{FailureReason, RefusalReason};
use crate::sim::effects::Effects;
use crate::sim::event::{EventKind, Purpose};
use crate::sim::scenario::Allocation;
use crate::sim::turn::Scene;
use crate::sim::world::auction::AuctionState;
use crate::sim::world::task::{SubtaskStage, SubtaskState};

/// Says whether an auction brought no taker only because all are busy or away, and will not stay so:
/// someone is away until a time, or works on what was given out.
pub(super) fn is_worth_it(scene: &Scene<'_>, auction: &AuctionState) -> bool {
    let per_subtask = scene.world.policies.allocation == Allocation::PerSubtask;
    let refused =
        |reason: RefusalReason| auction.refusals.iter().any(|&(_, given)| given == reason);
    let busy = auction.declined > 0 || refused(RefusalReason::AtCapacity);
    let away = refused(RefusalReason::NotAvailable);
    let given = |state: &SubtaskState| state.role == auction.role && holds_a_slot(scene, state);
    per_subtask
        && auction.subtask.is_some()
        && (away || (busy && scene.world.subtasks.iter().any(given)))
}

/// Says whether a subtask takes a slot, or did a moment ago, so that word of it may be on its way.
fn holds_a_slot(scene: &Scene<'_>, state: &SubtaskState) -> bool {
    let deadlines = &scene.world.policies.deadlines;
    let moment = Micros(deadlines.bid_us.saturating_add(deadlines.award_us));
    match state.stage {
        SubtaskStage::Assigned | SubtaskStage::Running | SubtaskStage::Finished => true,
        SubtaskStage::Done => {
            state.finished_at.is_some_and(|at| scene.world.now.since(at) <= moment)
        }
        _ => false,
    }
}

/// Lets an auction's subtask wait.
pub(super) fn wait(
    scene: &Scene<'_>,
    fx: &mut Effects<'_>,
    cause: EventId,
    ix: AuctionIx,
    auction: &AuctionState,
) {
    let reason = FailureReason::Busy;
    let unfilled = fx.emit(cause, EventKind::AuctionUnfilled { auction: ix, reason });
    let again = Purpose::CallAgain(auction.role);
    if scene.world.timer_for(ME, again).is_none() {
        let due = scene.world.now.after(Micros(scene.world.policies.deadlines.heartbeat_us));
        fx.set_timer(unfilled, ME, again, due);
    }
    // Someone has a free slot but is not capable of this one: perhaps of another.
    let unfit = auction.refusals.iter().any(|&(_, reason)| reason == RefusalReason::NotCapable);
    if let Some(subtask) = auction.subtask.filter(|_| unfit) {
        let next = SubtaskIx::from(subtask.at() + 1);
        call(scene, fx, unfilled, auction.role, next, 1);
    }
}

/// Calls so many of a role's waiting subtasks again, those that come first in the plan first.
pub(super) fn call_waiting(
    scene: &Scene<'_>,
    fx: &mut Effects<'_>,
    cause: EventId,
    role: RoleIx,
    count: usize,
) {
    call(scene, fx, cause, role, SubtaskIx(0), count);
}

/// Calls again after a while, as many as there are agents who might have a slot by now.
pub(super) fn call_again(scene: &Scene<'_>, fx: &mut Effects<'_>, fired: EventId, role: RoleIx) {
    let count = scene.world.holders_of(role).count().max(1);
    call_waiting(scene, fx, fired, role, count);
}

fn call(
    scene: &Scene<'_>,
    fx: &mut Effects<'_>,
    cause: EventId,
    role: RoleIx,
    from: SubtaskIx,
    count: usize,
) {
    let waiting = &scene.world.environment.lots_waiting;
    let called: Vec<SubtaskIx> = waiting
        .range((role, from)..=(role, SubtaskIx(u32::MAX)))
        .take(count)
        .map(|&(_, subtask)| subtask)
        .collect();
    let left = waiting.range((role, SubtaskIx(0))..=(role, SubtaskIx(u32::MAX)));
    if !called.is_empty() && left.take(called.len() + 1).count() == called.len() {
        fx.cancel_timer(cause, scene.world.timer_for(ME, Purpose::CallAgain(role)));
    }
    for subtask in called {
        let Some(task) = scene.world.subtasks.get(subtask.at()).map(|state| state.task) else {
            continue;
        };
        open(scene, fx, cause, &Lot { task, role, subtask: Some(subtask), relaxed: false });
    }
}

/// Says whether something of a task waits.
pub(super) fn waits(scene: &Scene<'_>, ix: TaskIx) -> bool {
    let of_task = |&(_, subtask): &(RoleIx, SubtaskIx)| {
        scene.world.subtasks.get(subtask.at()).is_some_and(|state| state.task == ix)
    };
    scene.world.environment.lots_waiting.iter().any(of_task)
}
