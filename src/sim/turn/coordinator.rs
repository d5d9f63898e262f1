//! A coordinator: tells the team who does what, takes results, notices failures, merges the answer.

use std::sync::Arc;

use super::{Mind, worker};
use crate::kernel::fixed::Ppm;
use crate::kernel::time::Micros;
use crate::mechanism::domain::{Contribution, Merge, Work};
use crate::model::id::{Actor, AgentIx, EventId, Recipient, SubtaskIx, TaskIx};
use crate::model::message::{Conversation, FailureReason, MessageType, Payload, StatusNote};
use crate::model::task::TaskStatus;
use crate::sim::effects::{Effects, FollowUp, Mail, Scope};
use crate::sim::event::{DiscardReason, EventKind, Purpose};
use crate::sim::scenario::{Allocation, Protocol};
use crate::sim::world::agent::{Coordination, Received};
use crate::sim::world::environment::bus::Inbound;
use crate::sim::world::task::SubtaskStage;

fn tell(
    mind: &Mind<'_>,
    fx: &mut Effects<'_>,
    cause: EventId,
    to: Actor,
    task: TaskIx,
    mail: Mail,
) {
    mind.environment().publish_message(
        fx,
        cause,
        Recipient::One(to),
        Conversation::Task(task),
        mail,
    );
}

/// Takes the lead of a task, or a later binding of it.
pub fn lead(
    mind: &Mind<'_>,
    fx: &mut Effects<'_>,
    cause: EventId,
    ix: TaskIx,
    bindings: &[(SubtaskIx, AgentIx)],
) {
    if mind.task(ix).is_none_or(|task| task.ended.is_some()) {
        return;
    }
    let released =
        || mind.own.coordinating.get(&ix).map(|state| state.released.clone()).unwrap_or_default();
    if mind.policies().protocol == Protocol::Bare {
        for subtask in released() {
            let open = mind.subtask(subtask).is_some_and(|state| state.work.is_none());
            if open && mind.timer_for(Purpose::ResultDue(subtask)).is_none() {
                await_result(mind, fx, cause, subtask);
            }
        }
    } else if mind.timer_for(Purpose::Heartbeat(ix)).is_none() {
        let payload =
            Payload::Assignment { task: ix, coordinator: mind.me, bindings: bindings.to_vec() };
        let mail = Mail { kind: MessageType::TaskAssignment, payload };
        mind.environment().publish_message(fx, cause, Recipient::All, Conversation::Task(ix), mail);
        let beat = mind.now().after(Micros(mind.policies().deadlines.heartbeat_us));
        fx.set_timer(cause, mind.actor(), Purpose::Heartbeat(ix), beat);
        for subtask in released() {
            await_result(mind, fx, cause, subtask);
        }
    }
    if mind.timer_for(Purpose::Heartbeat(ix)).is_none() {
        fx.follow(cause, FollowUp::Advance(ix, Scope::All));
        return;
    }
    for &(subtask, _) in bindings {
        fx.follow(cause, FollowUp::Advance(ix, Scope::One(subtask)));
    }
}

/// Sets the deadline of a subtask's result.
fn await_result(mind: &Mind<'_>, fx: &mut Effects<'_>, cause: EventId, subtask: SubtaskIx) {
    let deadlines = &mind.policies().deadlines;
    let usual = worker::usual_duration(mind, subtask).0;
    let patience = usual
        .saturating_mul(u64::from(deadlines.result_factor))
        .saturating_add(deadlines.result_slack_us);
    let due = mind.now().after(Micros(patience));
    fx.cancel_timer(cause, mind.timer_for(Purpose::ResultDue(subtask)));
    fx.set_timer(cause, mind.actor(), Purpose::ResultDue(subtask), due);
}

/// Takes a result once; another's, a repeated or a belated one is discarded, visibly.
pub fn on_result(
    mind: &Mind<'_>,
    fx: &mut Effects<'_>,
    read: EventId,
    inbound: &Inbound,
    subtask: SubtaskIx,
) {
    let Some(state) = mind.subtask(subtask) else {
        return;
    };
    let Actor::Agent(from) = inbound.from else {
        return;
    };
    let task = state.task;
    let Some(lead) = mind.own.coordinating.get(&task) else {
        return;
    };
    let ended = mind.task(task).is_some_and(|task| task.ended.is_some());
    let discard = if ended || lead.merging {
        Some(DiscardReason::TooLate)
    } else if state.holder != Some(from) {
        Some(DiscardReason::Reassigned)
    } else if state.stage == SubtaskStage::Done && inbound.kind != MessageType::Revision {
        Some(DiscardReason::Repeated)
    } else {
        None
    };
    if let Some(reason) = discard {
        fx.emit(read, EventKind::ResultDiscarded { task, subtask, agent: from, reason });
        return;
    }
    let Some(received) = lead.results.get(&subtask) else {
        return;
    };
    if state.stage != SubtaskStage::Done {
        let confidence = received.confidence;
        let kind = EventKind::SubtaskCompleted { task, subtask, agent: from, confidence };
        let completed = fx.emit(read, kind);
        fx.cancel_timer(completed, mind.timer_for(Purpose::ResultDue(subtask)));
        if mind.policies().protocol == Protocol::Confirmed {
            let mail =
                Mail { kind: MessageType::ResultAccepted, payload: Payload::Accepted { subtask } };
            tell(mind, fx, completed, inbound.from, task, mail);
        }
    }
    fx.follow(read, FollowUp::Advance(task, Scope::After(subtask)));
}

/// A result did not come in time.
pub fn result_overdue(mind: &Mind<'_>, fx: &mut Effects<'_>, fired: EventId, subtask: SubtaskIx) {
    let leads = mind.subtask(subtask).is_some_and(|state| {
        mind.own.coordinating.contains_key(&state.task) && state.stage != SubtaskStage::Done
    });
    if leads {
        fail(mind, fx, fired, subtask, FailureReason::Deadline);
    }
}

/// Takes a subtask from its holder, who could not do it or did not in time, and asks the
/// orchestrator for another.
pub fn fail(
    mind: &Mind<'_>,
    fx: &mut Effects<'_>,
    cause: EventId,
    subtask: SubtaskIx,
    reason: FailureReason,
) {
    let Some(state) = mind.subtask(subtask) else {
        return;
    };
    let (task, agent) = (state.task, state.holder);
    let failed = fx.emit(cause, EventKind::SubtaskFailed { task, subtask, agent, reason });
    fx.cancel_timer(failed, mind.timer_for(Purpose::ResultDue(subtask)));
    let notice =
        || Mail { kind: MessageType::SubtaskFailed, payload: Payload::Failure { subtask, reason } };
    if let Some(agent) = agent {
        tell(mind, fx, failed, Actor::Agent(agent), task, notice());
    }
    tell(mind, fx, failed, Actor::Orchestrator, task, notice());
}

/// The orchestrator says that nobody else will do it.
pub fn give_up(
    mind: &Mind<'_>,
    fx: &mut Effects<'_>,
    read: EventId,
    subtask: SubtaskIx,
    reason: FailureReason,
) {
    let Some(state) = mind.subtask(subtask) else {
        return;
    };
    let lacks = !matches!(state.stage, SubtaskStage::Done | SubtaskStage::Missing(_));
    if lacks && mind.own.coordinating.contains_key(&state.task) {
        fx.emit(read, EventKind::SubtaskMissing { task: state.task, subtask, reason });
        fx.follow(read, FollowUp::Advance(state.task, Scope::All));
    }
}

/// Sees what can go on: lets ready subtasks start, and merges once all is in.
pub fn advance(mind: &Mind<'_>, fx: &mut Effects<'_>, cause: EventId, ix: TaskIx, scope: Scope) {
    let Some(task) = mind.task(ix).filter(|task| task.ended.is_none()) else {
        return;
    };
    let Some(lead) = mind.own.coordinating.get(&ix).filter(|lead| !lead.merging) else {
        return;
    };
    let settled =
        |subtask: &SubtaskIx| lead.results.contains_key(subtask) || lead.missing.contains(subtask);
    let looked_at: Vec<SubtaskIx> = match scope {
        Scope::All => task.subtasks().collect(),
        Scope::One(subtask) => vec![subtask],
        Scope::After(subtask) => task.dependents(subtask).collect(),
    };
    for subtask in looked_at.into_iter().filter(|subtask| !settled(subtask)) {
        if task.dependencies(subtask).any(|before| lead.missing.contains(&before)) {
            let kind =
                EventKind::SubtaskMissing { task: ix, subtask, reason: FailureReason::Dependency };
            fx.emit(cause, kind);
            // Once that is applied, what depends on this one is looked at in turn.
            fx.follow(cause, FollowUp::Advance(ix, Scope::All));
            return;
        }
        if task.dependencies(subtask).all(|before| lead.results.contains_key(&before))
            && !lead.released.contains(&subtask)
        {
            let_go(mind, fx, cause, ix, lead, subtask);
        }
    }
    let without = lead.missing.iter().filter(|subtask| !lead.results.contains_key(subtask));
    if lead.results.len() + without.count() >= task.planned.plan.len() {
        conclude(mind, fx, cause, ix, lead);
    }
}

/// Lets a ready subtask start, or asks for someone to do it.
fn let_go(
    mind: &Mind<'_>,
    fx: &mut Effects<'_>,
    cause: EventId,
    ix: TaskIx,
    lead: &Coordination,
    subtask: SubtaskIx,
) {
    if let Some(&holder) = lead.bindings.get(&subtask) {
        let payload = Payload::Go { subtask, coordinator: mind.me };
        tell(
            mind,
            fx,
            cause,
            Actor::Agent(holder),
            ix,
            Mail { kind: MessageType::TaskAssignment, payload },
        );
        await_result(mind, fx, cause, subtask);
    } else if mind.policies().allocation == Allocation::PerSubtask
        && mind.subtask(subtask).is_some_and(|state| state.auctions == 0)
    {
        let payload = Payload::Status {
            task: ix,
            subtask: Some(subtask),
            auction: None,
            note: StatusNote::Ready,
        };
        tell(
            mind,
            fx,
            cause,
            Actor::Orchestrator,
            ix,
            Mail { kind: MessageType::StatusUpdate, payload },
        );
    }
}

/// All results are in: merges, or waits for revisions of those that rest on old knowledge.
fn conclude(
    mind: &Mind<'_>,
    fx: &mut Effects<'_>,
    cause: EventId,
    ix: TaskIx,
    lead: &Coordination,
) {
    let waits = mind.policies().revisions
        && !lead.impatient
        && lead.results.iter().any(|(&subtask, received)| is_stale(mind, ix, subtask, received));
    let deadlines = &mind.policies().deadlines;
    if !waits {
        let merged = mind.now().after(Micros(deadlines.merge_us));
        fx.cancel_timer(cause, mind.timer_for(Purpose::RevisionsDue(ix)));
        fx.set_timer(cause, mind.actor(), Purpose::MergeEnds(ix), merged);
    } else if mind.timer_for(Purpose::RevisionsDue(ix)).is_none() {
        let due = mind.now().after(Micros(deadlines.revisions_us));
        fx.set_timer(cause, mind.actor(), Purpose::RevisionsDue(ix), due);
    }
}

/// Says whether a result rests on knowledge of this task that has a later version.
fn is_stale(mind: &Mind<'_>, ix: TaskIx, subtask: SubtaskIx, received: &Received) -> bool {
    let base = &mind.environment().knowledge_base;
    // A result accepted by an earlier coordinator is taken as it stands.
    let known = received.read != EventId(u32::MAX);
    let of_task = |at: &_| base.get(*at).is_some_and(|entry| entry.task == ix);
    known
        && worker::readable(mind, subtask)
            .iter()
            .filter(|at| of_task(at))
            .any(|at| !received.cites.contains(at))
}

/// Tells the orchestrator that it is at it.
pub fn beat(mind: &Mind<'_>, fx: &mut Effects<'_>, fired: EventId, ix: TaskIx) {
    let leads = mind.task(ix).is_some_and(|task| task.ended.is_none())
        && mind.own.coordinating.contains_key(&ix);
    if !leads {
        return;
    }
    let payload =
        Payload::Status { task: ix, subtask: None, auction: None, note: StatusNote::Progress };
    tell(
        mind,
        fx,
        fired,
        Actor::Orchestrator,
        ix,
        Mail { kind: MessageType::StatusUpdate, payload },
    );
    let next = mind.now().after(Micros(mind.policies().deadlines.heartbeat_us));
    fx.set_timer(fired, mind.actor(), Purpose::Heartbeat(ix), next);
}

/// Ends the merging: one answer from all results, handed to the orchestrator.
pub fn merge(mind: &Mind<'_>, fx: &mut Effects<'_>, fired: EventId, ix: TaskIx) {
    let Some(task) = mind.task(ix).filter(|task| task.ended.is_none()) else {
        return;
    };
    let Some(lead) = mind.own.coordinating.get(&ix) else {
        return;
    };
    let request = &task.planned.request;
    let works: Vec<(SubtaskIx, Option<Arc<Work>>)> = task
        .subtasks()
        .map(|subtask| {
            (subtask, lead.results.get(&subtask).and_then(|got| fx.store().work(got.work).cloned()))
        })
        .collect();
    let contributions: Vec<Contribution<'_>> = works
        .iter()
        .filter_map(|(subtask, work)| {
            let state = mind.subtask(*subtask)?;
            let planned = task.planned.plan.get(state.position)?;
            let agent = state.holder.map_or("", |holder| mind.name_of(holder));
            Some(Contribution {
                subtask: &planned.name,
                role: &planned.role,
                agent,
                work: work.as_deref(),
            })
        })
        .collect();
    let answer = mind.domain().aggregate(&Merge {
        as_of: mind.as_of(),
        task_type: &request.task_type,
        input: &request.input,
        goals: &request.goals,
        market: &mind.environment().market_data,
        marketplace: &mind.environment().job_marketplace,
        contributions: &contributions,
        calibration_error: None,
    });
    let done = contributions.iter().filter(|contribution| contribution.work.is_some()).count();
    let status = match done {
        0 => TaskStatus::Failed,
        done if done == contributions.len() => TaskStatus::Success,
        _ => TaskStatus::Partial,
    };
    let reads: Vec<EventId> =
        lead.results.values().map(|got| got.read).filter(|&id| id != EventId(u32::MAX)).collect();
    let confidence = Ppm::from_f64(answer.confidence.mean).clamped();
    let (synergies, conflicts) = (answer.synergies.len() as u32, answer.conflicts.len() as u32);
    let resolutions = answer.resolutions.len() as u32;
    let artifact = fx.store().put_answer(answer);
    let made =
        fx.emit_reading(Some(fired), &reads, EventKind::AnswerMade { task: ix, answer: artifact });
    for index in 0..synergies {
        fx.emit(made, EventKind::SynergyFound { task: ix, answer: artifact, index });
    }
    for index in 0..conflicts {
        let found = fx.emit(made, EventKind::ConflictFound { task: ix, answer: artifact, index });
        if index < resolutions {
            fx.emit(found, EventKind::ConflictResolved { task: ix, answer: artifact, index });
        }
    }
    let answer_hash = fx.store().hash(artifact);
    let payload =
        Payload::Answer { task: ix, status, confidence, answer: Some(artifact), answer_hash };
    tell(
        mind,
        fx,
        made,
        Actor::Orchestrator,
        ix,
        Mail { kind: MessageType::TaskCompleted, payload },
    );
    for purpose in [Purpose::Heartbeat(ix), Purpose::RevisionsDue(ix)] {
        fx.cancel_timer(made, mind.timer_for(purpose));
    }
}
