//! An agent: answers calls, takes or declines awards, starts work, and hears its coordinator out.

use super::{Mind, coordinator, worker};
use crate::kernel::fixed::Ppm;
use crate::kernel::time::Micros;
use crate::mechanism::auction::Auction;
use crate::mechanism::auction::weighted::WeightedScore;
use crate::model::bid::{BidTerms, Weights};
use crate::model::id::{Actor, AuctionIx, EventId, Recipient, SubtaskIx, TaskIx};
use crate::model::message::{Conversation, MessageType, Payload, RefusalReason, StatusNote};
use crate::sim::effects::{Effects, Mail, Scope};
use crate::sim::event::{EventKind, Purpose};
use crate::sim::scenario::Allocation;
use crate::sim::world::agent::Stage;
use crate::sim::world::environment::Inbound;

/// Reacts to a message.
pub fn on_message(mind: &Mind<'_>, fx: &mut Effects<'_>, read: EventId, inbound: &Inbound) {
    let Some(payload) = fx.store().payload(inbound.payload) else {
        return;
    };
    match &*payload {
        Payload::Call { .. } => answer_call(mind, fx, read, &payload),
        // Our answer to an award did not come in time: the slot was given to another.
        Payload::Rejection { auction, .. } if mind.own.slots.contains(auction) => {
            free(mind, fx, read, *auction);
        }
        Payload::Award { auction, .. } => answer_award(mind, fx, read, *auction),
        Payload::Assignment { task, coordinator, bindings } => {
            if inbound.from == Actor::Orchestrator && *coordinator == mind.me {
                coordinator::lead(mind, fx, read, *task, bindings);
            }
            take_up(
                mind,
                fx,
                read,
                bindings.iter().filter(|(_, agent)| *agent == mind.me).map(|&(subtask, _)| subtask),
            );
        }
        Payload::Go { subtask, .. } => worker::start(mind, fx, read, *subtask),
        Payload::Share { task, .. } => worker::reconsider(mind, fx, read, *task),
        Payload::Result { subtask, .. } => {
            coordinator::on_result(mind, fx, read, inbound, *subtask)
        }
        Payload::Failure { subtask, reason } if inbound.from == Actor::Orchestrator => {
            coordinator::give_up(mind, fx, read, *subtask, *reason);
        }
        Payload::Failure { subtask, reason } => {
            let reports = mind.subtask(*subtask).and_then(|state| state.holder).map(Actor::Agent)
                == Some(inbound.from);
            if reports && leads(mind, *subtask) {
                coordinator::fail(mind, fx, read, *subtask, *reason);
            } else {
                release(mind, fx, read, *subtask);
            }
        }
        Payload::Accepted { subtask } => release(mind, fx, read, *subtask),
        Payload::Answer { task, .. } => leave(mind, fx, read, *task),
        _ => {}
    }
}

/// Reacts to a timer.
pub fn on_timer(mind: &Mind<'_>, fx: &mut Effects<'_>, fired: EventId, purpose: Purpose) {
    match purpose {
        Purpose::WorkEnds(subtask) => worker::finish(mind, fx, fired, subtask),
        Purpose::RevisionEnds(subtask) => worker::revise(mind, fx, fired, subtask),
        Purpose::SlotExpires(auction) if mind.own.slots.contains(&auction) => {
            free(mind, fx, fired, auction)
        }
        Purpose::ResultDue(subtask) => coordinator::result_overdue(mind, fx, fired, subtask),
        Purpose::Heartbeat(task) => coordinator::beat(mind, fx, fired, task),
        Purpose::RevisionsDue(task) => coordinator::advance(mind, fx, fired, task, Scope::All),
        Purpose::MergeEnds(task) => coordinator::merge(mind, fx, fired, task),
        _ => {}
    }
}

fn leads(mind: &Mind<'_>, subtask: SubtaskIx) -> bool {
    mind.subtask(subtask).is_some_and(|state| mind.own.coordinating.contains_key(&state.task))
}

/// Bids, or refuses with the reason.
fn answer_call(mind: &Mind<'_>, fx: &mut Effects<'_>, read: EventId, call: &Payload) {
    let Payload::Call { auction, required, min_capability, urgency, weights, .. } = call else {
        return;
    };
    let auction = *auction;
    let answer = match bid(mind, required, *min_capability, *urgency, weights) {
        Ok((terms, score)) => {
            Mail { kind: MessageType::Bid, payload: Payload::Bid { auction, terms, score } }
        }
        Err(reason) => {
            Mail { kind: MessageType::Refusal, payload: Payload::Refusal { auction, reason } }
        }
    };
    mind.environment.publish_message(
        fx,
        read,
        Recipient::One(Actor::Orchestrator),
        Conversation::Auction(auction),
        answer,
    );
}

fn bid(
    mind: &Mind<'_>,
    required: &[String],
    min_capability: Ppm,
    urgency: Ppm,
    weights: &Weights,
) -> Result<(BidTerms, crate::kernel::fixed::Hundredths), RefusalReason> {
    let capability = mind.own.spec.capability(required);
    if mind.now < mind.own.spec.available_from {
        return Err(RefusalReason::NotAvailable);
    }
    if capability < min_capability || capability == Ppm::ZERO {
        return Err(RefusalReason::NotCapable);
    }
    if mind.own.workload() >= mind.own.spec.capacity {
        return Err(RefusalReason::AtCapacity);
    }
    let terms = BidTerms {
        capability,
        workload_penalty: mind.own.workload_penalty(),
        performance: Ppm(mind.own.performance.0.saturating_mul(100)).clamped(),
        priority: urgency.distance(mind.own.spec.tempo).rest(),
    };
    Ok((terms, WeightedScore.score(&terms, weights)))
}

/// Takes an award where a slot is free, else declines it. Bidding reserved nothing.
fn answer_award(mind: &Mind<'_>, fx: &mut Effects<'_>, read: EventId, auction: AuctionIx) {
    if mind.own.slots.contains(&auction) {
        return;
    }
    let Some(task) = mind.environment.auction(auction).map(|state| state.task) else {
        return;
    };
    let mail = if mind.own.workload() < mind.own.spec.capacity {
        let held = fx.emit(read, EventKind::SlotHeld { agent: mind.me, auction });
        let bound = mind.task(task).map_or(mind.now, |task| task.created_at);
        let expires = bound.after(Micros(mind.policies.deadlines.task_us)).max(mind.now);
        fx.set_timer(held, mind.actor(), Purpose::SlotExpires(auction), expires);
        let note = StatusNote::Accepted;
        let payload = Payload::Status { task, subtask: None, auction: Some(auction), note };
        Mail { kind: MessageType::StatusUpdate, payload }
    } else {
        let payload = Payload::Decline { auction, reason: RefusalReason::AtCapacity };
        Mail { kind: MessageType::Decline, payload }
    };
    mind.environment.publish_message(
        fx,
        read,
        Recipient::One(Actor::Orchestrator),
        Conversation::Auction(auction),
        mail,
    );
}

/// Starts what can start, and hands in again what a new coordinator has not seen.
fn take_up(
    mind: &Mind<'_>,
    fx: &mut Effects<'_>,
    read: EventId,
    mine: impl Iterator<Item = SubtaskIx>,
) {
    for subtask in mine {
        let Some(holding) = mind.own.holdings.get(&subtask) else {
            continue;
        };
        let free = mind
            .subtask(subtask)
            .and_then(|state| mind.task(state.task))
            .is_some_and(|task| task.dependencies(subtask).next().is_none());
        match &holding.stage {
            Stage::Waiting if free => worker::start(mind, fx, read, subtask),
            Stage::Done(_) if !holding.accepted => worker::hand_in(mind, fx, read, subtask),
            _ => {}
        }
    }
}

/// Returns the slots of a task that hold nothing unfinished any more, one subtask aside.
fn idle_slots(mind: &Mind<'_>, task: TaskIx, done: Option<SubtaskIx>) -> Vec<AuctionIx> {
    let unfinished = |subtask: SubtaskIx| {
        Some(subtask) != done
            && mind.own.holdings.get(&subtask).is_some_and(|holding| !holding.accepted)
    };
    let of_task = |&&auction: &&AuctionIx| {
        let Some(state) = mind.environment.auction(auction).filter(|state| state.task == task)
        else {
            return false;
        };
        let Some(task) = mind.task(task) else {
            return false;
        };
        match state.subtask {
            Some(one) => !unfinished(one),
            None => !task.subtasks().any(|subtask| {
                mind.subtask(subtask).is_some_and(|other| other.role == state.role)
                    && unfinished(subtask)
            }),
        }
    };
    mind.own.slots.iter().filter(of_task).copied().collect()
}

/// Frees the slot of a subtask that is accepted or taken away, once nothing else hangs on it.
fn release(mind: &Mind<'_>, fx: &mut Effects<'_>, cause: EventId, subtask: SubtaskIx) {
    let Some(task) = mind.subtask(subtask).map(|state| state.task) else {
        return;
    };
    if !mind.own.holdings.contains_key(&subtask) {
        for purpose in [Purpose::WorkEnds(subtask), Purpose::RevisionEnds(subtask)] {
            fx.cancel_timer(cause, mind.timer_for(purpose));
        }
    }
    for auction in idle_slots(mind, task, Some(subtask)) {
        free(mind, fx, cause, auction);
    }
}

/// Frees a slot; where each subtask has an auction of its own, the orchestrator is told, since some may wait.
fn free(mind: &Mind<'_>, fx: &mut Effects<'_>, cause: EventId, auction: AuctionIx) {
    let released = fx.emit(cause, EventKind::SlotReleased { agent: mind.me, auction });
    fx.cancel_timer(cause, mind.timer_for(Purpose::SlotExpires(auction)));
    if mind.policies.allocation != Allocation::PerSubtask {
        return;
    }
    let Some(state) = mind.environment.auction(auction) else {
        return;
    };
    let payload = Payload::Status {
        task: state.task,
        subtask: state.subtask,
        auction: None,
        note: StatusNote::Free,
    };
    mind.environment.publish_message(
        fx,
        released,
        Recipient::One(Actor::Orchestrator),
        Conversation::Task(state.task),
        Mail { kind: MessageType::StatusUpdate, payload },
    );
}

/// Lets go of everything of a task that has ended.
fn leave(mind: &Mind<'_>, fx: &mut Effects<'_>, cause: EventId, ix: TaskIx) {
    let Some(task) = mind.task(ix) else { return };
    let mut purposes =
        vec![Purpose::Heartbeat(ix), Purpose::RevisionsDue(ix), Purpose::MergeEnds(ix)];
    for subtask in task.subtasks() {
        purposes.extend([
            Purpose::WorkEnds(subtask),
            Purpose::RevisionEnds(subtask),
            Purpose::ResultDue(subtask),
        ]);
    }
    for purpose in purposes {
        fx.cancel_timer(cause, mind.timer_for(purpose));
    }
    for auction in idle_slots(mind, ix, None) {
        free(mind, fx, cause, auction);
    }
}
