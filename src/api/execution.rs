//! Lets the run go on until a task ends, and says how it ended.
//!
//! The answer is a function of the log, so that a finished task gets the same one again.

use serde::Serialize;
use serde_json::Value;

use super::Response;
use super::answer::{Ending, Origins, Turns, digest_at, figure, origins};
use super::problem::Problem;
use super::task::find;
use crate::mechanism::domain::Aggregation;
use crate::model::figure::{Origin, Tag};
use crate::model::id::{TaskIx, TurnIx};
use crate::session::Session;
use crate::sim::event::EventKind;
use crate::sim::world::World;
use crate::sim::world::task::{SubtaskStage, TaskState};

/// Turns after which a task that does not end is given up: far more than its bound allows.
const TURNS_MAX: u32 = 1_000_000;

/// How a task ended.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Execution {
    /// How it ended.
    pub status: Ending,
    /// The task.
    pub task_id: String,
    /// Agents whose results were accepted.
    pub agents_involved: Vec<String>,
    /// The answer; null where none was made.
    pub collective_recommendation: Option<Value>,
    /// How sure the team is: the mean of the agents' confidences, a missing subtask counting zero.
    pub confidence: f64,
    /// What that is made of; null where no answer was made.
    pub confidence_parts: Option<Confidence>,
    /// Who led it at the end; null where nobody did.
    pub coordinator_agent: Option<String>,
    /// `high`, `medium` or `low`; null where no answer was made.
    pub coordination_quality: Option<String>,
    /// From the turn of its creation to that of its end.
    pub turns: Turns,
    /// From the first start to the last finish of its subtasks, in virtual time [ms].
    pub makespan_ms: f64,
    /// The digest after its last turn.
    pub digest: String,
    /// Subtasks that are missing, by name.
    pub missing: Vec<String>,
    /// What helps what.
    #[cfg_attr(
        not(target_arch = "wasm32"),
        schemars(with = "Vec<crate::mechanism::domain::Synergy>")
    )]
    pub synergies: Vec<Value>,
    /// What could not stand as it was, and how that was resolved.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Vec<super::part::SettledConflict>"))]
    pub conflicts: Vec<Value>,
    /// The plan in phases.
    #[cfg_attr(
        not(target_arch = "wasm32"),
        schemars(with = "Vec<crate::mechanism::domain::Phase>")
    )]
    pub phases: Vec<Value>,
    /// Where the figures come from, by JSON pointer.
    pub provenance: Origins,
}

/// What a confidence is made of.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Confidence {
    /// Standard deviation of the agents' confidences.
    pub spread: f64,
    /// Each agent's.
    pub by_agent: std::collections::BTreeMap<String, f64>,
    /// Mean distance between past confidences and outcomes; null without history.
    pub calibration_error: Option<f64>,
}

/// A task that has ended, with what came of it.
pub struct Finished<'a> {
    /// The task.
    pub task: TaskIx,
    /// Its state.
    pub state: &'a TaskState,
    /// The answer.
    pub answer: Option<&'a Aggregation>,
    /// From creation to end.
    pub turns: Turns,
    /// Agents whose results were accepted, in plan order.
    pub agents: Vec<String>,
}

/// Lets the run go on until a task ends.
///
/// # Errors
/// 404 for a task that is not there; 409 if it cannot end.
pub fn execute(session: &mut Session, id: &str) -> Result<Response, Problem> {
    let (task, _) = find(session, id)?;
    run(session, task)?;
    finished(session, task)
        .map(|finished| Response::new(200, &execution(session, &finished)))
        .ok_or_else(|| not_ending(&task.text()))
}

fn not_ending(id: &str) -> Problem {
    Problem::conflict(
        format!("{id} has not ended, and nothing is left that could end it"),
        Vec::new(),
    )
}

/// Lets the run go on until a task ends, on the branch at the cursor: through what is known of it
/// first, then on from there.
///
/// # Errors
/// 409 if the run comes to rest before.
pub fn run(session: &mut Session, task: TaskIx) -> Result<(), Problem> {
    let has_ended =
        |world: &World| world.tasks.get(task.at()).is_some_and(|task| task.ended.is_some());
    if has_ended(session.world()) {
        return Ok(());
    }
    if has_ended(session.head()) {
        if let Some(turn) = end_of(session, task) {
            session.seek(turn);
        }
        return Ok(());
    }
    for _ in 0..TURNS_MAX {
        if !session.step() {
            break;
        }
        if has_ended(session.world()) {
            return Ok(());
        }
    }
    Err(not_ending(&task.text()))
}

/// Returns the turn in which a task ended.
fn end_of(session: &Session, task: TaskIx) -> Option<TurnIx> {
    let log = session.log();
    let created = session.head().tasks.get(task.at())?.created.at();
    let ends = |record: &crate::sim::log::Record<'_>| matches!(record.kind, EventKind::TaskCompleted { task: own, .. } if own == task);
    log.records(created..log.len()).find(ends).map(|record| record.turn)
}

/// Returns a task that has ended, with what came of it.
pub fn finished(session: &Session, task: TaskIx) -> Option<Finished<'_>> {
    let world = session.world();
    let state = world.tasks.get(task.at()).filter(|state| state.ended.is_some())?;
    let from = session.log().turn_of(state.created);
    let to = end_of(session, task)?;
    let mut agents: Vec<String> = Vec::new();
    for subtask in state.subtasks().filter_map(|at| world.subtasks.get(at.at())) {
        let id = subtask.holder.map(|holder| world.agent_id(holder).to_owned());
        if let (SubtaskStage::Done, Some(id)) = (subtask.stage, id)
            && !agents.contains(&id)
        {
            agents.push(id);
        }
    }
    let answer =
        state.answer.and_then(|answer| session.store().answer(answer)).map(|answer| &**answer);
    Some(Finished { task, state, answer, turns: Turns { from: from.0, to: to.0 }, agents })
}

/// Says how a task ended.
pub fn execution(session: &Session, finished: &Finished<'_>) -> Execution {
    let answer = finished.answer;
    let ended = finished.state.ended;
    Execution {
        status: ended.map_or(Ending::Failed, |ended| ended.status.into()),
        task_id: finished.task.text(),
        agents_involved: finished.agents.clone(),
        collective_recommendation: answer.map(|answer| answer.recommendation.clone()),
        confidence: confidence(finished),
        confidence_parts: answer.map(parts),
        coordinator_agent: coordinator(session, finished),
        coordination_quality: answer.map(|answer| answer.coordination_quality.clone()),
        turns: finished.turns,
        makespan_ms: makespan_ms(session, finished),
        digest: digest_at(session, TurnIx(finished.turns.to)),
        missing: answer.map(|answer| answer.missing.clone()).unwrap_or_default(),
        synergies: answer.map(|answer| values(&answer.synergies)).unwrap_or_default(),
        conflicts: answer.map(conflicts).unwrap_or_default(),
        phases: answer.map(|answer| values(&answer.phases)).unwrap_or_default(),
        provenance: provenance(finished, "/collective_recommendation"),
    }
}

/// Returns the collective confidence.
pub fn confidence(finished: &Finished<'_>) -> f64 {
    finished.state.ended.map_or(0.0, |ended| figure(ended.confidence.to_f64()))
}

/// Returns who led a task at its end.
pub fn coordinator(session: &Session, finished: &Finished<'_>) -> Option<String> {
    finished.state.coordinator().map(|lead| session.world().agent_id(lead).to_owned())
}

/// Returns a task's makespan [ms].
pub fn makespan_ms(session: &Session, finished: &Finished<'_>) -> f64 {
    figure(crate::session::yardstick::makespan(session.world(), finished.state).0 as f64 / 1000.0)
}

/// Returns what a confidence is made of.
pub fn parts(answer: &Aggregation) -> Confidence {
    let parts = &answer.confidence;
    Confidence {
        spread: figure(parts.spread),
        by_agent: parts.by_agent.iter().map(|(agent, own)| (agent.clone(), figure(*own))).collect(),
        calibration_error: parts.calibration_error.map(figure),
    }
}

/// Returns the conflicts, each with the alternatives that were weighed and the one that was taken.
pub fn conflicts(answer: &Aggregation) -> Vec<Value> {
    let mut found = values(&answer.conflicts);
    for conflict in &mut found {
        let id = conflict.get("id").and_then(Value::as_str).unwrap_or_default();
        let resolution = answer.resolutions.iter().find(|one| one.conflict == id);
        let resolution = serde_json::to_value(resolution).unwrap_or(Value::Null);
        if let Some(fields) = conflict.as_object_mut() {
            fields.insert("resolution".into(), resolution);
        }
    }
    found
}

fn values<T: Serialize>(list: &[T]) -> Vec<Value> {
    list.iter().map(|one| serde_json::to_value(one).unwrap_or(Value::Null)).collect()
}

/// Returns where the figures come from: the answer's own behind a prefix, and those of the frame.
pub fn provenance(finished: &Finished<'_>, prefix: &str) -> Origins {
    let mut all =
        finished.answer.map(|answer| origins(prefix, &answer.provenance)).unwrap_or_default();
    let mut note = |pointer: &str, tag: Tag, source: &str| {
        all.insert(pointer.to_owned(), Origin { tag, source: Some(source.to_owned()) });
    };
    note(
        "/confidence",
        Tag::Derived,
        "the mean of the agents' confidences, a missing subtask counting zero",
    );
    note("/confidence_parts", Tag::Derived, "the agents' confidences");
    note("/turns", Tag::Derived, "counted in the log");
    note("/makespan_ms", Tag::Simulated, "virtual time");
    note("/synergies", Tag::Assumed, "the team's beliefs on the whole plan");
    note("/conflicts", Tag::Assumed, "the team's beliefs on the whole plan");
    note("/phases", Tag::Assumed, "the hours of the advice that is kept");
    all
}
