//! The orchestrator: announces auctions, collects bids, awards, binds, and sees that every task ends.

use std::collections::BTreeSet;

use super::Scene;
use crate::kernel::fixed::Ppm;
use crate::kernel::time::Micros;
use crate::mechanism::auction::weighted::WeightedScore;
use crate::mechanism::auction::{Auction, Offer};
use crate::mechanism::coordination::best_performer::BestPerformer;
use crate::mechanism::coordination::{Candidate, Coordination};
use crate::mechanism::recovery::reannounce::Reannounce;
use crate::mechanism::recovery::{Answer, Lack, Recovery};
use crate::model::id::{Actor, AgentIx, AuctionIx, EventId, Recipient, RoleIx, SubtaskIx, TaskIx};
use crate::model::message::{
    Conversation, FailureReason, MessageType, Payload, RejectionReason, StatusNote,
};
use crate::model::task::TaskStatus;
use crate::sim::effects::{Effects, FollowUp, Mail};
use crate::sim::event::{EventKind, Purpose};
use crate::sim::scenario::Allocation;
use crate::sim::world::auction::{AuctionStage, AuctionState};
use crate::sim::world::environment::Inbound;
use crate::sim::world::task::{SubtaskStage, TaskState};

const ME: Actor = Actor::Orchestrator;

/// A coordinator that stayed silent for this many heartbeats is taken to have failed.
const HEARTBEATS_MISSED: u64 = 3;

/// Reacts to a message.
pub fn on_message(scene: &Scene<'_>, fx: &mut Effects<'_>, read: EventId, inbound: &Inbound) {
    let Some(payload) = fx.store().payload(inbound.payload).cloned() else {
        return;
    };
    let Actor::Agent(from) = inbound.from else {
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
            fx.follow(read, FollowUp::Proceed(task));
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
        Purpose::AwardAnswer(auction) => award_next(scene, fx, fired, auction),
        Purpose::CoordinatorWatch(task) => watch(scene, fx, fired, task),
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
    fx.follow(cause, FollowUp::Proceed(ix));
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

/// What is put up for auction.
struct Lot {
    task: TaskIx,
    role: RoleIx,
    subtask: Option<SubtaskIx>,
    relaxed: bool,
}

fn open_for_subtask(
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
    if task == state.task {
        open(scene, fx, cause, &Lot { task, role: state.role, subtask: Some(subtask), relaxed });
    }
}

/// Opens an auction: a call to every agent of the role that has not failed at it.
fn open(scene: &Scene<'_>, fx: &mut Effects<'_>, cause: EventId, lot: &Lot) {
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
    let artifact = fx.store().put_payload(call.clone());
    let (role, subtask) = (lot.role, lot.subtask);
    let opened = fx.emit(
        cause,
        EventKind::AuctionOpened { auction, task: lot.task, role, subtask, call: artifact },
    );
    let candidates = candidates(scene, lot);
    if candidates.is_empty() {
        fx.emit(opened, EventKind::AuctionUnfilled { auction, reason: FailureReason::NoAgent });
        return;
    }
    for agent in candidates {
        let mail = Mail { kind: MessageType::CallForProposals, payload: call.clone() };
        fx.publish_message(
            opened,
            Recipient::One(Actor::Agent(agent)),
            Conversation::Auction(auction),
            mail,
        );
    }
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
fn concerned(
    scene: &Scene<'_>,
    task: &TaskState,
    role: RoleIx,
    subtask: Option<SubtaskIx>,
) -> Vec<SubtaskIx> {
    match subtask {
        Some(one) => vec![one],
        None => task
            .subtasks()
            .filter(|subtask| {
                scene.world.subtasks.get(subtask.at()).is_some_and(|state| state.role == role)
            })
            .collect(),
    }
}

/// Returns the agents that may be asked: holders of the role that have not failed at the subtask.
fn candidates(scene: &Scene<'_>, lot: &Lot) -> Vec<AgentIx> {
    let failed: BTreeSet<AgentIx> = lot
        .subtask
        .and_then(|subtask| scene.world.subtasks.get(subtask.at()))
        .map(|state| state.failed_holders.iter().copied().collect())
        .unwrap_or_default();
    scene.world.holders_of(lot.role).filter(|agent| !failed.contains(agent)).collect()
}

/// An answer has come in: a late bid is told so, and the last answer closes the auction.
fn answered(scene: &Scene<'_>, fx: &mut Effects<'_>, read: EventId, ix: AuctionIx, from: AgentIx) {
    let Some(auction) = scene.world.environment.auction(ix) else {
        return;
    };
    if auction.late.contains(&from) {
        reject(fx, read, ix, from, RejectionReason::Late);
    }
    if auction.stage == AuctionStage::Open && auction.is_complete() {
        close(scene, fx, read, ix);
    }
}

fn reject(
    fx: &mut Effects<'_>,
    cause: EventId,
    auction: AuctionIx,
    to: AgentIx,
    reason: RejectionReason,
) {
    let mail =
        Mail { kind: MessageType::Rejection, payload: Payload::Rejection { auction, reason } };
    fx.publish_message(
        cause,
        Recipient::One(Actor::Agent(to)),
        Conversation::Auction(auction),
        mail,
    );
}

/// Closes an auction: the best timely bid is awarded, every other is rejected, at once.
fn close(scene: &Scene<'_>, fx: &mut Effects<'_>, cause: EventId, ix: AuctionIx) {
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
    for bid in auction.bids.iter().filter(|bid| bid.agent != winner) {
        reject(fx, cause, ix, bid.agent, RejectionReason::Outscored);
    }
}

/// Awards to the next best after a decline, in the same conversation.
fn award_next(scene: &Scene<'_>, fx: &mut Effects<'_>, cause: EventId, ix: AuctionIx) {
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
    let bids: Vec<_> = auction.bids.iter().filter(|bid| !bid.out).collect();
    let offers: Vec<Offer<'_>> = bids
        .iter()
        .map(|bid| Offer { agent: scene.world.agent_id(bid.agent), score: bid.score })
        .collect();
    let Some(best) = WeightedScore.best(&offers) else {
        no_taker(scene, fx, cause, ix, auction);
        return None;
    };
    let bid = bids.get(best.at)?;
    let (agent, score) = (bid.agent, bid.score);
    let reads: Vec<EventId> = bids.iter().map(|bid| bid.read).collect();
    let kind = EventKind::Awarded { auction: ix, agent, score, tied: best.tied };
    let awarded = fx.emit_reading(Some(cause), &reads, kind);
    let mail = Mail { kind: MessageType::Award, payload: Payload::Award { auction: ix, score } };
    fx.publish_message(
        awarded,
        Recipient::One(Actor::Agent(agent)),
        Conversation::Auction(ix),
        mail,
    );
    let due = scene.world.now.after(Micros(scene.world.policies.deadlines.award_us));
    fx.set_timer(awarded, ME, Purpose::AwardAnswer(ix), due);
    Some(agent)
}

fn recovery(scene: &Scene<'_>) -> Reannounce {
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
    let (task, role, subtask) = (auction.task, auction.role, auction.subtask);
    let unfilled = EventKind::AuctionUnfilled { auction: ix, reason: FailureReason::NoBidder };
    let unfilled = fx.emit(cause, unfilled);
    let same = |other: &&AuctionState| {
        other.task == task && other.role == role && other.subtask == subtask
    };
    let attempts = scene.world.environment.agent_proposals.iter().filter(same).count() as u32;
    let mut lot = Lot { task, role, subtask, relaxed: false };
    let lack = Lack { attempts, candidates: candidates(scene, &lot).len() };
    if let Answer::Reannounce { relaxed } = recovery(scene).no_taker(lack) {
        lot.relaxed = relaxed;
        open(scene, fx, unfilled, &lot);
    } else {
        fx.follow(unfilled, FollowUp::Proceed(task));
    }
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
    let lack = Lack { attempts: state.auctions, candidates: candidates(scene, &lot).len() };
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
    fx.publish_message(cause, Recipient::One(Actor::Agent(lead)), Conversation::Task(task), mail);
}

/// Looks how far a task's auctions are: binds what was won, and hands the task to its coordinator.
pub fn proceed(scene: &Scene<'_>, fx: &mut Effects<'_>, cause: EventId, ix: TaskIx) {
    let Some(task) = scene.world.tasks.get(ix.at()) else {
        return;
    };
    if task.ended.is_some() {
        return;
    }
    match (task.coordinator(), scene.world.policies.allocation) {
        (Some(lead), _) => bind_later(scene, fx, cause, ix, task, lead),
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
    } else if auctions.iter().all(|auction| auction.is_over()) {
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
    assign(fx, selected, ix, lead, bindings);
    let watch =
        Micros(scene.world.policies.deadlines.heartbeat_us.saturating_mul(HEARTBEATS_MISSED));
    fx.set_timer(selected, ME, Purpose::CoordinatorWatch(ix), scene.world.now.after(watch));
}

fn pick(scene: &Scene<'_>, agents: BTreeSet<AgentIx>) -> Option<AgentIx> {
    let agents: Vec<AgentIx> = agents.into_iter().collect();
    let candidates: Vec<Candidate<'_>> = agents
        .iter()
        .filter_map(|&agent| scene.world.agent(agent))
        .map(|agent| Candidate { agent: &agent.spec.id, performance: agent.performance })
        .collect();
    BestPerformer.pick(&candidates).and_then(|at| agents.get(at).copied())
}

fn assign(
    fx: &mut Effects<'_>,
    cause: EventId,
    task: TaskIx,
    lead: AgentIx,
    bindings: Vec<(SubtaskIx, AgentIx)>,
) {
    let payload = Payload::Assignment { task, coordinator: lead, bindings };
    let mail = Mail { kind: MessageType::TaskAssignment, payload };
    fx.publish_message(cause, Recipient::One(Actor::Agent(lead)), Conversation::Task(task), mail);
}

/// Binds what was won after the task was handed over, and says what nobody took.
fn bind_later(
    scene: &Scene<'_>,
    fx: &mut Effects<'_>,
    cause: EventId,
    ix: TaskIx,
    task: &TaskState,
    lead: AgentIx,
) {
    for subtask in task.subtasks() {
        let Some(state) = scene.world.subtasks.get(subtask.at()) else {
            continue;
        };
        let open = state.holder.is_none()
            && matches!(state.stage, SubtaskStage::Planned | SubtaskStage::Failed(_));
        let Some(auction) = latest(scene, task, state.role, Some(subtask)).filter(|_| open) else {
            continue;
        };
        match auction.stage {
            AuctionStage::Settled(agent) => {
                let bound = fx.emit(cause, EventKind::SubtaskAssigned { task: ix, subtask, agent });
                assign(fx, bound, ix, lead, vec![(subtask, agent)]);
            }
            AuctionStage::Unfilled(reason) => tell_missing(scene, fx, cause, ix, subtask, reason),
            AuctionStage::Open | AuctionStage::Awarded(_) => {}
        }
    }
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
    assign(fx, selected, ix, heir, bindings);
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
                let unfinished = |subtask: &SubtaskIx| {
                    scene
                        .world
                        .subtasks
                        .get(subtask.at())
                        .is_some_and(|state| state.stage != SubtaskStage::Done)
                };
                if concerned(scene, task, auction.role, auction.subtask).iter().any(unfinished) {
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
        fx.publish_message(
            ended,
            Recipient::One(Actor::Agent(agent)),
            Conversation::Task(ix),
            mail,
        );
    }
    let shows = scene.world.now.after(Micros(scene.world.policies.deadlines.outcome_us));
    fx.set_timer(ended, Actor::Environment, Purpose::OutcomeShows(ix), shows);
}
