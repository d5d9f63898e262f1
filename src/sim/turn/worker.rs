//! An agent at work: starts, reads what others found, finishes, shares, revises.

use super::Mind;
use crate::kernel::fixed::Ppm;
use crate::kernel::time::Micros;
use crate::mechanism::domain::{Finding, Known, Luck, Work, WorkFailure, WorkOrder};
use crate::model::id::{
    Actor, AgentIx, ArtifactIx, EventId, KnowledgeIx, Recipient, SubtaskIx, TaskIx,
};
use crate::model::message::{Conversation, FailureReason, MessageType, Payload, StatusNote};
use crate::sim::effects::{Effects, Mail};
use crate::sim::event::{EventKind, Purpose};
use crate::sim::scenario::Protocol;
use crate::sim::world::agent::Stage;

/// Starts a subtask that waits in this agent's hands.
pub fn start(mind: &Mind<'_>, fx: &mut Effects<'_>, cause: EventId, subtask: SubtaskIx) {
    let Some(holding) = mind.own.holdings.get(&subtask) else {
        return;
    };
    let Some(task) = mind.subtask(subtask).map(|state| state.task) else {
        return;
    };
    match &holding.stage {
        Stage::Running => return,
        Stage::Done(_) => {
            if !holding.accepted {
                hand_in(mind, fx, cause, subtask);
            }
            return;
        }
        Stage::Waiting => {}
    }
    let started = fx.emit(cause, EventKind::SubtaskStarted { task, subtask, agent: mind.me });
    let ends = mind.now().after(duration(mind, subtask));
    fx.set_timer(started, mind.actor(), Purpose::WorkEnds(subtask), ends);
    if holding.coordinator != mind.me && mind.policies().protocol == Protocol::Confirmed {
        let payload = Payload::Status {
            task,
            subtask: Some(subtask),
            auction: None,
            note: StatusNote::Started,
        };
        tell(
            mind,
            fx,
            started,
            holding.coordinator,
            task,
            Mail { kind: MessageType::StatusUpdate, payload },
        );
    }
}

fn tell(
    mind: &Mind<'_>,
    fx: &mut Effects<'_>,
    cause: EventId,
    to: AgentIx,
    task: TaskIx,
    mail: Mail,
) {
    mind.environment().publish_message(
        fx,
        cause,
        Recipient::One(Actor::Agent(to)),
        Conversation::Task(task),
        mail,
    );
}

/// Returns how long a subtask takes this agent.
fn duration(mind: &Mind<'_>, subtask: SubtaskIx) -> Micros {
    mind.own.time_for(usual_duration(mind, subtask))
}

/// Returns how long a subtask takes an agent of pace 1.
pub fn usual_duration(mind: &Mind<'_>, subtask: SubtaskIx) -> Micros {
    let Some(state) = mind.subtask(subtask) else {
        return Micros::ZERO;
    };
    let Some(task) = mind.task(state.task) else {
        return Micros::ZERO;
    };
    let Some(planned) = task.planned.plan.get(state.position) else {
        return Micros::ZERO;
    };
    planned.duration.unwrap_or_else(|| mind.domain().duration(planned, &task.planned.request.input))
}

/// Returns the latest knowledge a subtask's work would read now, by key.
///
/// That is what its role uses, and whatever the subtasks it depends on have written.
pub fn readable(mind: &Mind<'_>, subtask: SubtaskIx) -> Vec<KnowledgeIx> {
    let Some(state) = mind.subtask(subtask) else {
        return Vec::new();
    };
    let Some(task) = mind.task(state.task) else {
        return Vec::new();
    };
    let base = &mind.environment().knowledge_base;
    let mut keys: Vec<&str> = Vec::new();
    let role = mind.domain().role(mind.role_of(state));
    keys.extend(role.into_iter().flat_map(|role| &role.uses).map(String::as_str));
    for before in task.dependencies(subtask).filter_map(|before| mind.subtask(before)) {
        let provider = mind.domain().role(mind.role_of(before));
        keys.extend(provider.into_iter().flat_map(|role| &role.provides).map(String::as_str));
    }
    let mut found: Vec<KnowledgeIx> = Vec::new();
    for key in keys {
        let Some(at) = base.latest(state.task, key) else {
            continue;
        };
        let own = base.get(at).is_some_and(|entry| entry.subtask == subtask);
        if !own && !found.contains(&at) {
            found.push(at);
        }
    }
    found
}

/// Reads the blackboard and does the work on it.
fn work(
    mind: &Mind<'_>,
    fx: &mut Effects<'_>,
    cause: EventId,
    subtask: SubtaskIx,
) -> Result<Done, WorkFailure> {
    let gone = || WorkFailure { reason: "the subtask is gone".into() };
    let state = mind.subtask(subtask).ok_or_else(gone)?;
    let task = mind.task(state.task).ok_or_else(gone)?;
    let planned = task.planned.plan.get(state.position).ok_or_else(gone)?;
    let base = &mind.environment().knowledge_base;
    let cites = readable(mind, subtask);
    let reads = mind.environment().query_knowledge_base(fx, cause, subtask, &cites);
    let known: Vec<Known<'_>> = cites
        .iter()
        .filter_map(|&at| base.get(at))
        .map(|entry| Known {
            key: &entry.finding.key,
            value: &entry.finding.value,
            by_role: mind.subtask(entry.subtask).map_or("", |writer| mind.role_of(writer)),
        })
        .collect();
    let request = &task.planned.request;
    let work = mind.domain().work(&WorkOrder {
        luck: Luck {
            seed: mind.seed(),
            names: [&request.name, &planned.name, &mind.own.spec.id],
            attempt: 0,
        },
        as_of: mind.as_of(),
        task_type: &request.task_type,
        subtask: planned,
        input: &request.input,
        goals: &request.goals,
        market: &mind.environment().market_data,
        marketplace: &mind.environment().job_marketplace,
        known: &known,
        fit: mind.own.spec.capability(&planned.capabilities),
    })?;
    Ok(Done { work, cites, reads })
}

/// A piece of work with what it read.
struct Done {
    work: Work,
    cites: Vec<KnowledgeIx>,
    reads: Vec<EventId>,
}

/// Ends the work on a subtask: writes down what was found, tells everyone concerned, hands it in.
pub fn finish(mind: &Mind<'_>, fx: &mut Effects<'_>, cause: EventId, subtask: SubtaskIx) {
    let Some(holding) =
        mind.own.holdings.get(&subtask).filter(|holding| holding.stage == Stage::Running)
    else {
        return;
    };
    let Some(task) = mind.subtask(subtask).map(|state| state.task) else {
        return;
    };
    let done = match work(mind, fx, cause, subtask) {
        Ok(done) => done,
        Err(_) => {
            turn_down(mind, fx, cause, subtask, holding.coordinator);
            return;
        }
    };
    let artifact = fx.store().put_work(done.work.clone());
    let kind = EventKind::WorkFinished { task, subtask, agent: mind.me, work: artifact };
    let finished = fx.emit_reading(Some(cause), &done.reads, kind);
    publish(mind, fx, finished, subtask, done.work.findings.iter());
    for news in &done.work.broadcasts {
        let value = fx.store().put_value(news.clone());
        let value_hash = fx.store().hash(value);
        let mail = Mail {
            kind: MessageType::Broadcast,
            payload: Payload::News { task, value, value_hash },
        };
        mind.environment().publish_message(
            fx,
            finished,
            Recipient::All,
            Conversation::Task(task),
            mail,
        );
    }
    let result =
        Handed { subtask, work: artifact, confidence: done.work.confidence, cites: done.cites };
    hand(mind, fx, finished, holding.coordinator, task, MessageType::SubtaskCompleted, result);
    if mind.policies().protocol == Protocol::Bare {
        super::agent::release(mind, fx, finished, subtask);
    }
}

/// Tells the coordinator that a subtask cannot be done here.
pub fn turn_down(
    mind: &Mind<'_>,
    fx: &mut Effects<'_>,
    cause: EventId,
    subtask: SubtaskIx,
    coordinator: AgentIx,
) {
    let Some(task) = mind.subtask(subtask).map(|state| state.task) else {
        return;
    };
    let payload = Payload::Failure { subtask, reason: FailureReason::Work };
    tell(mind, fx, cause, coordinator, task, Mail { kind: MessageType::SubtaskFailed, payload });
}

/// Writes findings to the blackboard and shares them with the holders of subtasks that use them.
fn publish<'a>(
    mind: &Mind<'_>,
    fx: &mut Effects<'_>,
    cause: EventId,
    subtask: SubtaskIx,
    findings: impl Iterator<Item = &'a Finding>,
) {
    let Some(state) = mind.subtask(subtask) else {
        return;
    };
    let Some(task) = mind.task(state.task) else {
        return;
    };
    let mut written: Vec<(String, KnowledgeIx)> = Vec::new();
    for finding in findings {
        let at = mind.environment().add_to_knowledge_base(
            fx,
            cause,
            state.task,
            subtask,
            finding.clone(),
        );
        written.push((finding.key.clone(), at));
    }
    if written.is_empty() {
        return;
    }
    let mut told: Vec<AgentIx> = Vec::new();
    for other in task.subtasks() {
        let Some(user) = mind.subtask(other) else {
            continue;
        };
        let Some(holder) =
            user.holder.filter(|&holder| holder != mind.me && !told.contains(&holder))
        else {
            continue;
        };
        let Some(role) = mind.domain().role(mind.role_of(user)) else {
            continue;
        };
        let entries: Vec<KnowledgeIx> =
            written.iter().filter(|(key, _)| role.uses.contains(key)).map(|&(_, at)| at).collect();
        if entries.is_empty() {
            continue;
        }
        told.push(holder);
        let payload = Payload::Share { task: state.task, entries };
        tell(mind, fx, cause, holder, state.task, Mail { kind: MessageType::DataShare, payload });
    }
}

/// A result on its way to the coordinator.
struct Handed {
    subtask: SubtaskIx,
    work: ArtifactIx,
    confidence: f64,
    cites: Vec<KnowledgeIx>,
}

fn hand(
    mind: &Mind<'_>,
    fx: &mut Effects<'_>,
    cause: EventId,
    to: AgentIx,
    task: TaskIx,
    kind: MessageType,
    result: Handed,
) {
    let work_hash = fx.store().hash(result.work);
    let confidence = Ppm::from_f64(result.confidence).clamped();
    let Handed { subtask, work, cites, .. } = result;
    let payload = Payload::Result { subtask, work, work_hash, confidence, cites };
    tell(mind, fx, cause, to, task, Mail { kind, payload });
}

/// Hands a result in that was produced before.
pub fn hand_in(mind: &Mind<'_>, fx: &mut Effects<'_>, cause: EventId, subtask: SubtaskIx) {
    let Some(holding) = mind.own.holdings.get(&subtask) else {
        return;
    };
    let Stage::Done(produced) = &holding.stage else {
        return;
    };
    let Some(task) = mind.subtask(subtask).map(|state| state.task) else {
        return;
    };
    let confidence = fx.store().work(produced.work).map_or(0.0, |work| work.confidence);
    let cites = holding.cites.clone();
    let result = Handed { subtask, work: produced.work, confidence, cites };
    hand(mind, fx, cause, holding.coordinator, task, MessageType::SubtaskCompleted, result);
}

/// Revises what rests on knowledge that has changed since, where the rules ask for it.
pub fn reconsider(mind: &Mind<'_>, fx: &mut Effects<'_>, cause: EventId, task: TaskIx) {
    if !mind.policies().revisions {
        return;
    }
    for (&subtask, holding) in mind.own.holdings.iter() {
        let Stage::Done(produced) = &holding.stage else {
            continue;
        };
        let of_task = mind.subtask(subtask).is_some_and(|state| state.task == task);
        if !of_task || produced.revising || readable(mind, subtask) == holding.cites {
            continue;
        }
        let takes = duration(mind, subtask).scaled(mind.policies().revision_share);
        fx.set_timer(cause, mind.actor(), Purpose::RevisionEnds(subtask), mind.now().after(takes));
    }
}

/// Ends a revision: what has changed is written down and shared, and the coordinator hears of it
/// either way, since it waits.
pub fn revise(mind: &Mind<'_>, fx: &mut Effects<'_>, cause: EventId, subtask: SubtaskIx) {
    let Some(holding) = mind.own.holdings.get(&subtask) else {
        return;
    };
    let Stage::Done(produced) = &holding.stage else {
        return;
    };
    let Some(task) = mind.subtask(subtask).map(|state| state.task) else {
        return;
    };
    let Ok(done) = work(mind, fx, cause, subtask) else {
        return;
    };
    let before = fx.store().work(produced.work).cloned();
    let confidence = done.work.confidence;
    let artifact = fx.store().put_work(done.work.clone());
    let mut told_by = cause;
    if artifact != produced.work {
        let kind = EventKind::ResultRevised { task, subtask, agent: mind.me, work: artifact };
        told_by = fx.emit_reading(Some(cause), &done.reads, kind);
        let old = before.as_ref().map(|work| work.findings.as_slice()).unwrap_or_default();
        publish(
            mind,
            fx,
            told_by,
            subtask,
            done.work.findings.iter().filter(|finding| !old.contains(finding)),
        );
    }
    let result = Handed { subtask, work: artifact, confidence, cites: done.cites };
    hand(mind, fx, told_by, holding.coordinator, task, MessageType::Revision, result);
}
