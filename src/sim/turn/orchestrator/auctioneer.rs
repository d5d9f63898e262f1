//! The orchestrator as auctioneer: opens, collects, awards, announces again.

use super::{ME, waiting};
use crate::kernel::fixed::Ppm;
use crate::kernel::time::Micros;
use crate::mechanism::auction::Auction;
use crate::mechanism::auction::weighted::WeightedScore;
use crate::mechanism::recovery::reannounce::Reannounce;
use crate::mechanism::recovery::{Answer, Lack, Recovery};
use crate::model::content::Content;
use crate::model::id::{Actor, AgentIx, AuctionIx, EventId, Recipient, RoleIx, SubtaskIx, TaskIx};
use crate::model::message::{Conversation, FailureReason, MessageType, Payload, RejectionReason};
use crate::sim::effects::{Effects, FollowUp, Mail};
use crate::sim::event::{EventKind, Purpose};
use crate::sim::scenario::Protocol;
use crate::sim::turn::Scene;
use crate::sim::world::auction::{AuctionStage, AuctionState, BidState};
use crate::sim::world::task::TaskState;

/// What is put up for auction.
pub(super) struct Lot {
    pub task: TaskIx,
    pub role: RoleIx,
    pub subtask: Option<SubtaskIx>,
    pub relaxed: bool,
}

pub(super) fn open_for_subtask(
    scene: &Scene<'_>,
    fx: &mut Effects<'_>,
    cause: EventId,
    task: TaskIx,
    subtask: SubtaskIx,
    relaxed: bool,
) {
    let Some(state) = scene.world.subtasks.get(subtask.at()) else {
        return;
    };
    let waits = scene.world.environment.lots_waiting.contains(&(state.role, subtask));
    if task == state.task && !waits {
        open(scene, fx, cause, &Lot { task, role: state.role, subtask: Some(subtask), relaxed });
    }
}

/// Opens an auction: a call to every agent of the role that has not failed at it.
pub(super) fn open(scene: &Scene<'_>, fx: &mut Effects<'_>, cause: EventId, lot: &Lot) {
    let Some(task) = scene.world.tasks.get(lot.task.at()) else {
        return;
    };
    let policies = &scene.world.policies;
    let auction = fx.next_auction();
    let reply_by = scene.world.now.after(Micros(policies.deadlines.bid_us));
    let call = Payload::Call {
        auction,
        task: lot.task,
        role: lot.role,
        subtask: lot.subtask,
        required: required(scene, task, lot),
        min_capability: if lot.relaxed { Ppm::ZERO } else { policies.min_capability },
        urgency: task.priority.urgency(),
        weights: policies.weights,
        reply_by,
    };
    let conversation = Conversation::Auction(auction);
    let content = fx.store().put_payload(call, conversation);
    let Some(artifact) = content.artifact() else {
        return;
    };
    let (role, subtask) = (lot.role, lot.subtask);
    let opened = fx.emit(
        cause,
        EventKind::AuctionOpened { auction, task: lot.task, role, subtask, call: artifact },
    );
    let mut candidates = candidates(scene, lot).peekable();
    if candidates.peek().is_none() {
        fx.emit(opened, EventKind::AuctionUnfilled { auction, reason: FailureReason::NoAgent });
        if task.coordinator().is_some() {
            fx.follow(opened, FollowUp::Proceed(lot.task, Some(auction)));
        }
        return;
    }
    scene.world.environment.publish_to_each(
        fx,
        opened,
        candidates,
        conversation,
        (MessageType::CallForProposals, content),
    );
    fx.set_timer(opened, ME, Purpose::AuctionCloses(auction), reply_by);
}

/// Returns the capabilities asked for: those of the lot's subtasks, each once, in plan order.
fn required(scene: &Scene<'_>, task: &TaskState, lot: &Lot) -> Vec<String> {
    let mut required: Vec<String> = Vec::new();
    for ix in concerned(scene, task, lot.role, lot.subtask) {
        for capability in
            scene.world.planned(ix).into_iter().flat_map(|planned| &planned.capabilities)
        {
            if !required.contains(capability) {
                required.push(capability.clone());
            }
        }
    }
    required
}

/// Returns the subtasks an auction is about.
pub(super) fn concerned<'a>(
    scene: &Scene<'a>,
    task: &TaskState,
    role: RoleIx,
    subtask: Option<SubtaskIx>,
) -> impl Iterator<Item = SubtaskIx> + use<'a> {
    let world = scene.world;
    let of_role = move |&subtask: &SubtaskIx| {
        world.subtasks.get(subtask.at()).is_some_and(|state| state.role == role)
    };
    let all = task.subtasks().take(if subtask.is_none() { usize::MAX } else { 0 });
    subtask.into_iter().chain(all.filter(of_role))
}

/// Returns the agents that may be asked: holders of the role that have not failed at the subtask.
pub(super) fn candidates<'a>(
    scene: &Scene<'a>,
    lot: &Lot,
) -> impl Iterator<Item = AgentIx> + use<'a> {
    let state = lot.subtask.and_then(|subtask| scene.world.subtasks.get(subtask.at()));
    let failed = state.map_or(&[][..], |state| &state.failed_holders);
    scene.world.holders_of(lot.role).filter(move |agent| !failed.contains(agent))
}

/// An answer has come in: a late bid is told so, and the last answer closes the auction.
pub(super) fn answered(
    scene: &Scene<'_>,
    fx: &mut Effects<'_>,
    read: EventId,
    ix: AuctionIx,
    from: AgentIx,
) {
    let Some(auction) = scene.world.environment.auction(ix) else {
        return;
    };
    if !auction.late.is_empty() && auction.late.contains(&from) {
        reject(scene, fx, read, ix, from, RejectionReason::Late);
    }
    if auction.stage == AuctionStage::Open && auction.is_complete() {
        close(scene, fx, read, ix);
    }
}

fn reject(
    scene: &Scene<'_>,
    fx: &mut Effects<'_>,
    cause: EventId,
    auction: AuctionIx,
    to: AgentIx,
    reason: RejectionReason,
) {
    scene.world.environment.publish_content(
        fx,
        cause,
        Recipient::One(Actor::Agent(to)),
        Conversation::Auction(auction),
        rejection(auction, reason),
    );
}

fn rejection(auction: AuctionIx, reason: RejectionReason) -> (MessageType, Content) {
    (MessageType::Rejection, Content::Rejection { auction, reason })
}

/// Closes an auction: the best timely bid is awarded, every other is rejected, at once.
pub(super) fn close(scene: &Scene<'_>, fx: &mut Effects<'_>, cause: EventId, ix: AuctionIx) {
    let Some(auction) = scene.world.environment.auction(ix) else {
        return;
    };
    if auction.stage != AuctionStage::Open {
        return;
    }
    fx.cancel_timer(cause, scene.world.timer_for(ME, Purpose::AuctionCloses(ix)));
    let Some(winner) = award(scene, fx, cause, ix, auction) else {
        return;
    };
    let others = auction.bids.iter().map(|bid| bid.agent).filter(|&agent| agent != winner);
    scene.world.environment.publish_to_each(
        fx,
        cause,
        others,
        Conversation::Auction(ix),
        rejection(ix, RejectionReason::Outscored),
    );
}

/// An award was not answered in time: its winner is told that it came too late, and the next best is awarded.
pub(super) fn award_unanswered(
    scene: &Scene<'_>,
    fx: &mut Effects<'_>,
    fired: EventId,
    ix: AuctionIx,
) {
    if let Some(AuctionStage::Awarded(silent)) =
        scene.world.environment.auction(ix).map(|state| state.stage)
    {
        reject(scene, fx, fired, ix, silent, RejectionReason::Late);
    }
    award_next(scene, fx, fired, ix);
}

/// Awards to the next best after a decline, in the same conversation.
pub(super) fn award_next(scene: &Scene<'_>, fx: &mut Effects<'_>, cause: EventId, ix: AuctionIx) {
    let Some(auction) = scene.world.environment.auction(ix) else {
        return;
    };
    fx.cancel_timer(cause, scene.world.timer_for(ME, Purpose::AwardAnswer(ix)));
    award(scene, fx, cause, ix, auction);
}

/// Awards to the best bid that is still in; without one, recovery says what to do.
fn award(
    scene: &Scene<'_>,
    fx: &mut Effects<'_>,
    cause: EventId,
    ix: AuctionIx,
    auction: &AuctionState,
) -> Option<AgentIx> {
    let mut bids: Vec<&BidState> = Vec::with_capacity(auction.bids.len());
    bids.extend(auction.bids.iter().filter(|bid| !bid.out));
    let scores = bids.iter().map(|bid| bid.score);
    let id = |at: usize| bids.get(at).map_or("", |bid| scene.world.agent_id(bid.agent));
    let Some(best) = WeightedScore.best(scores, &id) else {
        no_taker(scene, fx, cause, ix, auction);
        return None;
    };
    let bid = bids.get(best.at)?;
    let (agent, score) = (bid.agent, bid.score);
    let reads: Vec<EventId> = bids.iter().map(|bid| bid.read).collect();
    let kind = EventKind::Awarded { auction: ix, agent, score, tied: best.tied };
    let awarded = fx.emit_reading(Some(cause), &reads, kind);
    let mail = Mail { kind: MessageType::Award, payload: Payload::Award { auction: ix, score } };
    scene.world.environment.publish_message(
        fx,
        awarded,
        Recipient::One(Actor::Agent(agent)),
        Conversation::Auction(ix),
        mail,
    );
    if scene.world.policies.protocol == Protocol::Bare {
        fx.follow(awarded, FollowUp::Proceed(auction.task, Some(ix)));
        return Some(agent);
    }
    let due = scene.world.now.after(Micros(scene.world.policies.deadlines.award_us));
    fx.set_timer(awarded, ME, Purpose::AwardAnswer(ix), due);
    Some(agent)
}

pub(super) fn recovery(scene: &Scene<'_>) -> Reannounce {
    let policy = scene.world.policies.recovery;
    Reannounce { on_no_bid: policy.on_no_bid, attempts_max: policy.attempts_max }
}

/// Nobody takes it: announce again or go on without.
fn no_taker(
    scene: &Scene<'_>,
    fx: &mut Effects<'_>,
    cause: EventId,
    ix: AuctionIx,
    auction: &AuctionState,
) {
    if waiting::is_worth_it(scene, auction) {
        waiting::wait(scene, fx, cause, ix, auction);
        return;
    }
    let (task, role, subtask) = (auction.task, auction.role, auction.subtask);
    let unfilled = EventKind::AuctionUnfilled { auction: ix, reason: FailureReason::NoBidder };
    let unfilled = fx.emit(cause, unfilled);
    let same = |other: &&AuctionState| {
        let waited = other.stage == AuctionStage::Unfilled(FailureReason::Busy);
        other.role == role && other.subtask == subtask && !waited
    };
    let of_task = scene.world.tasks.get(task.at()).map_or(&[][..], |task| &task.auctions);
    let auctions = of_task.iter().filter_map(|&at| scene.world.environment.auction(at));
    let attempts = auctions.filter(same).count() as u32;
    let mut lot = Lot { task, role, subtask, relaxed: false };
    let lack = Lack { attempts, candidates: candidates(scene, &lot).count() };
    if let Answer::Reannounce { relaxed } = recovery(scene).no_taker(lack) {
        lot.relaxed = relaxed;
        open(scene, fx, unfilled, &lot);
    } else {
        fx.follow(unfilled, FollowUp::Proceed(task, Some(ix)));
    }
}
