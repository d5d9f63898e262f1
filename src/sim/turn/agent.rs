//! An agent: answers calls, takes or declines awards, starts work, and hears its coordinator out.

use super::{Mind, coordinator, worker};
use crate::kernel::fixed::{Hundredths, Ppm};
use crate::kernel::time::Micros;
use crate::mechanism::auction::Auction;
use crate::mechanism::auction::weighted::WeightedScore;
use crate::model::bid::{BidTerms, Weights};
use crate::model::content::Content;
use crate::model::id::{Actor, AuctionIx, EventId, Recipient, SubtaskIx, TaskIx};
use crate::model::message::{Conversation, MessageType, Payload, RefusalReason, StatusNote};
use crate::sim::effects::{Effects, Mail, Scope};
use crate::sim::event::{EventKind, Purpose};
use crate::sim::scenario::{Allocation, Policies, Protocol};
use crate::sim::world::agent::{AgentState, Stage};
use crate::sim::world::environment::SharedEnvironment;
use crate::sim::world::environment::bus::Inbound;

/// Reacts to a message.
#[inline]
pub fn on_message(mind: &Mind<'_>, fx: &mut Effects<'_>, read: EventId, inbound: &Inbound) {
    // Calls, and what was lost by, are most of the mail.
    match inbound.payload {
        _ if inbound.kind == MessageType::CallForProposals => {
            return answer_call(mind, fx, read, inbound.payload);
        }
        Content::Rejection { auction, .. } if !mind.own.slots.contains(&auction) => return,
        _ => {}
    }
    on_other(mind, fx, read, inbound);
}

/// Reacts to a message that is neither a call nor the loss of an auction.
fn on_other(mind: &Mind<'_>, fx: &mut Effects<'_>, read: EventId, inbound: &Inbound) {
    let Some(payload) = fx.store().kept_payload(inbound.payload) else {
        return;
    };
    match &*payload {
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
fn answer_call(mind: &Mind<'_>, fx: &mut Effects<'_>, read: EventId, call: Content) {
    let (auction, answer) = {
        let call = fx.store().payload(call);
        let asked =
            call.as_deref().and_then(|call| Asked::of(call, mind.environment(), mind.policies()));
        let Some(asked) = asked else {
            return;
        };
        (asked.auction, asked.answer(mind.own, mind.now()))
    };
    let conversation = Conversation::Auction(auction);
    let (kind, payload) = match answer {
        Ok((terms, score)) => {
            if let Some(bid) = Content::of_bid(auction, terms, score) {
                let to = Recipient::One(Actor::Orchestrator);
                let mail = (MessageType::Bid, bid);
                return mind.environment().publish_content(fx, read, to, conversation, mail);
            }
            (MessageType::Bid, Payload::Bid { auction, terms, score })
        }
        Err(reason) => (MessageType::Refusal, Payload::Refusal { auction, reason }),
    };
    mind.environment().publish_message(
        fx,
        read,
        Recipient::One(Actor::Orchestrator),
        conversation,
        Mail { kind, payload },
    );
}

/// A call as those who are asked weigh it; the same for all of them.
pub(in crate::sim) struct Asked<'a> {
    /// The auction.
    pub auction: AuctionIx,
    required: &'a [String],
    /// The number of what is required.
    requirement: u32,
    min_capability: Ppm,
    urgency: Ppm,
    weights: &'a Weights,
    protocol: Protocol,
}

impl<'a> Asked<'a> {
    /// Returns what a call asks; none of a payload that is no call.
    pub fn of(
        call: &'a Payload,
        environment: &SharedEnvironment,
        policies: &Policies,
    ) -> Option<Asked<'a>> {
        let &Payload::Call { auction, ref required, min_capability, urgency, ref weights, .. } =
            call
        else {
            return None;
        };
        let requirement = environment.auction(auction).map_or(0, |state| state.requirement);
        let protocol = policies.protocol;
        let asked =
            Asked { auction, required, requirement, min_capability, urgency, weights, protocol };
        Some(asked)
    }

    /// Returns what an agent answers: its terms and their score, or why it refuses.
    #[inline(always)]
    pub fn answer(
        &self,
        own: &AgentState,
        now: Micros,
    ) -> Result<(BidTerms, Hundredths), RefusalReason> {
        let capability = own.covers(self.requirement, self.required);
        if now < own.spec.available_from {
            return Err(RefusalReason::NotAvailable);
        }
        let lacks_all = capability == Ppm::ZERO && self.protocol == Protocol::Confirmed;
        if capability < self.min_capability || lacks_all {
            return Err(RefusalReason::NotCapable);
        }
        if own.workload() >= own.spec.capacity {
            return Err(RefusalReason::AtCapacity);
        }
        let terms = BidTerms {
            capability,
            workload_penalty: own.workload_penalty(),
            performance: Ppm(own.performance.0.saturating_mul(100)).clamped(),
            priority: self.urgency.distance(own.spec.tempo).rest(),
        };
        Ok((terms, WeightedScore.score(&terms, self.weights)))
    }
}

/// Takes an award where a slot is free, else declines it. Bidding reserved nothing.
fn answer_award(mind: &Mind<'_>, fx: &mut Effects<'_>, read: EventId, auction: AuctionIx) {
    if mind.own.slots.contains(&auction) {
        return;
    }
    let Some(task) = mind.environment().auction(auction).map(|state| state.task) else {
        return;
    };
    let bare = mind.policies().protocol == Protocol::Bare;
    let free = mind.own.workload() < mind.own.spec.capacity;
    let mail = if free {
        let held = fx.emit(read, EventKind::SlotHeld { agent: mind.me, auction });
        let bound = mind.task(task).map_or(mind.now(), |task| task.created_at);
        let expires = bound.after(Micros(mind.policies().deadlines.task_us)).max(mind.now());
        fx.set_timer(held, mind.actor(), Purpose::SlotExpires(auction), expires);
        if bare {
            return;
        }
        let note = StatusNote::Accepted;
        let payload = Payload::Status { task, subtask: None, auction: Some(auction), note };
        Mail { kind: MessageType::StatusUpdate, payload }
    } else if bare {
        // Its coordinator hears of it when the work is given out.
        return;
    } else {
        let payload = Payload::Decline { auction, reason: RefusalReason::AtCapacity };
        Mail { kind: MessageType::Decline, payload }
    };
    mind.environment().publish_message(
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
            Stage::Waiting if !has_slot(mind, subtask) => {
                worker::turn_down(mind, fx, read, subtask, holding.coordinator)
            }
            Stage::Waiting if free => worker::start(mind, fx, read, subtask),
            Stage::Done(_) if !holding.accepted => worker::hand_in(mind, fx, read, subtask),
            _ => {}
        }
    }
}

/// Says whether a slot is held for a subtask; only in the bare protocol may it not be.
fn has_slot(mind: &Mind<'_>, subtask: SubtaskIx) -> bool {
    let Some(state) = mind.subtask(subtask) else {
        return false;
    };
    let of_it = |&auction: &AuctionIx| {
        mind.environment().auction(auction).is_some_and(|auction| {
            auction.task == state.task
                && auction.subtask.map_or(auction.role == state.role, |one| one == subtask)
        })
    };
    mind.policies().protocol == Protocol::Confirmed || mind.own.slots.iter().any(of_it)
}

/// Returns the slots of a task that hold nothing unfinished any more, one subtask aside.
fn idle_slots(mind: &Mind<'_>, task: TaskIx, done: Option<SubtaskIx>) -> Vec<AuctionIx> {
    let unfinished = |subtask: SubtaskIx| {
        Some(subtask) != done
            && mind.own.holdings.get(&subtask).is_some_and(|holding| !holding.accepted)
    };
    let of_task = |&&auction: &&AuctionIx| {
        let Some(state) = mind.environment().auction(auction).filter(|state| state.task == task)
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

/// Frees the slot of a subtask that is accepted, handed in where nobody accepts, or taken away, once nothing else hangs on it.
pub(super) fn release(mind: &Mind<'_>, fx: &mut Effects<'_>, cause: EventId, subtask: SubtaskIx) {
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
    if mind.policies().allocation != Allocation::PerSubtask {
        return;
    }
    let Some(state) = mind.environment().auction(auction) else {
        return;
    };
    let payload = Payload::Status {
        task: state.task,
        subtask: state.subtask,
        auction: None,
        note: StatusNote::Free,
    };
    mind.environment().publish_message(
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
