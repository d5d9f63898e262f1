//! What responses carry: types shared by several routes, from which the API's description is made.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value};

use crate::kernel::fixed::rounded;
use crate::model::figure::{Origin, Provenance, Tag};
use crate::model::id::TurnIx;
use crate::model::schema::escaped;
use crate::model::task::{TaskPriority, TaskStatus};
use crate::session::Session;
use crate::session::metrics::{Indicator, Mean};

/// Something of a request that was left aside.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Warning {
    /// JSON pointer (RFC 6901) into the body; empty for what is not in it.
    pub pointer: String,
    /// The query parameter, where it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameter: Option<String>,
    /// What was left aside, and why.
    pub detail: String,
}

impl Warning {
    /// Makes a warning about a place of the body.
    pub fn new(pointer: impl Into<String>, detail: impl Into<String>) -> Warning {
        Warning { pointer: pointer.into(), parameter: None, detail: detail.into() }
    }
}

/// Turns, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Turns {
    /// The first.
    pub from: u32,
    /// The last.
    pub to: u32,
}

/// Where a task stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum TaskStage {
    /// Created, not yet announced.
    Pending,
    /// Its auctions run.
    Bidding,
    /// Its subtasks are being worked on.
    InProgress,
    /// Ended: every subtask's result was accepted.
    Success,
    /// Ended: some are missing.
    Partial,
    /// Ended: nothing came of it.
    Failed,
}

impl From<TaskStatus> for TaskStage {
    fn from(status: TaskStatus) -> Self {
        match status {
            TaskStatus::Success => TaskStage::Success,
            TaskStatus::Partial => TaskStage::Partial,
            TaskStatus::Failed => TaskStage::Failed,
        }
    }
}

/// How a task ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// Every subtask's result was accepted.
    Success,
    /// Some are missing.
    Partial,
    /// Nothing came of it.
    Failed,
}

impl From<TaskStatus> for Ending {
    fn from(status: TaskStatus) -> Self {
        match status {
            TaskStatus::Success => Ending::Success,
            TaskStatus::Partial => Ending::Partial,
            TaskStatus::Failed => Ending::Failed,
        }
    }
}

/// Origins of a response's figures, by JSON pointer into it; what has none of its own has that of the
/// nearest place above it.
pub type Origins = BTreeMap<String, Origin>;

/// Returns origins, their pointers put behind a prefix.
pub fn origins(prefix: &str, provenance: &Provenance) -> Origins {
    let entries = provenance.0.iter();
    entries.map(|(at, origin)| (format!("{prefix}{at}"), origin.clone())).collect()
}

/// A field's name, and the tag and source of its figures.
type Usual = (&'static str, Tag, &'static str);

/// Fields whose figures have one origin wherever they stand.
const USUAL_ORIGINS: [Usual; 11] = [
    ("month", Tag::Derived, "its place in the order"),
    ("phase", Tag::Derived, "its place in the order"),
    ("order", Tag::Derived, "its place in the order"),
    ("rank", Tag::Derived, "its place in the order"),
    ("step", Tag::Derived, "its place in the order"),
    ("round", Tag::Derived, "its place in the order"),
    ("from_week", Tag::Assumed, "the hours of the advice that is kept"),
    ("to_week", Tag::Assumed, "the hours of the advice that is kept"),
    ("by_month", Tag::Assumed, "the hours of the advice that is kept"),
    ("hours", Tag::Assumed, "the hours of the advice that is kept"),
    ("years", Tag::Given, "the profile"),
];

/// Notes the origins of figures that have one wherever they stand, where nothing above them has one.
pub fn note_usual(body: &Value, origins: &mut Map<String, Value>) {
    let mut found = Vec::new();
    gather_usual(body, String::new(), origins, &mut found);
    for (place, (_, tag, source)) in found {
        let origin = Origin { tag, source: Some(source.to_owned()) };
        origins.insert(place, serde_json::to_value(origin).unwrap_or(Value::Null));
    }
}

fn gather_usual(
    value: &Value,
    at: String,
    origins: &Map<String, Value>,
    found: &mut Vec<(String, Usual)>,
) {
    if origins.contains_key(&at) {
        return;
    }
    match value {
        Value::Array(list) => {
            for (n, one) in list.iter().enumerate() {
                gather_usual(one, format!("{at}/{n}"), origins, found);
            }
        }
        Value::Object(fields) => {
            for (name, one) in fields {
                let place = format!("{at}/{}", escaped(name));
                let usual =
                    USUAL_ORIGINS.iter().find(|(usual, ..)| one.is_number() && usual == name);
                if let Some(usual) = usual.filter(|_| !origins.contains_key(&place)) {
                    found.push((place, *usual));
                } else {
                    gather_usual(one, place, origins, found);
                }
            }
        }
        _ => {}
    }
}

/// A mean with its interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct MeanFigure {
    /// The mean.
    pub mean: f64,
    /// Lower end of its 95 % interval; null from fewer than five values.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// How many values it rests on.
    pub count: usize,
}

impl MeanFigure {
    /// Makes the figure of a mean, each of its values multiplied by a scale.
    pub fn of(mean: Mean, scale: f64) -> MeanFigure {
        let end =
            |sign: f64| mean.half_width.map(|half| figure((mean.value + sign * half) * scale));
        MeanFigure {
            mean: figure(mean.value * scale),
            low: end(-1.0),
            high: end(1.0),
            count: mean.count,
        }
    }
}

/// A mean with its trend.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct IndicatorFigure {
    /// The mean; null without history.
    pub value: Option<MeanFigure>,
    /// Median change from one to the next (Theil and Sen); null from fewer than five values.
    pub trend: Option<f64>,
    /// The unit of both.
    pub unit: &'static str,
}

impl IndicatorFigure {
    /// Makes the figure of an indicator, its values multiplied by a scale.
    pub fn of(indicator: &Indicator, scale: f64, unit: &'static str) -> IndicatorFigure {
        IndicatorFigure {
            value: indicator.mean.map(|mean| MeanFigure::of(mean, scale)),
            trend: indicator.trend.map(|trend| figure(trend.per_step * scale)),
            unit,
        }
    }
}

/// Rounds a figure as responses show it: to four decimals.
pub fn figure(value: f64) -> f64 {
    rounded(value, 4)
}

/// Returns a moment of virtual time as a date and time (RFC 3339), counted from the scenario's day.
pub fn timestamp(session: &Session, us: u64) -> String {
    const DAY: u64 = 86_400_000_000;
    let date = session.setup().scenario.as_of.plus_days(i64::try_from(us / DAY).unwrap_or(0));
    let rest = us % DAY;
    let (seconds, micros) = (rest / 1_000_000, rest % 1_000_000);
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
    format!("{date}T{hours:02}:{minutes:02}:{:02}.{micros:06}Z", seconds % 60)
}

/// Returns the digest after a turn.
pub fn digest_at(session: &Session, turn: TurnIx) -> String {
    let log = session.log();
    log.turn(turn).map_or(log.digest(), |turn| turn.digest).to_string()
}

/// A task that was created.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct TaskCreated {
    /// The task.
    pub task_id: String,
    /// Where it stands.
    pub status: TaskStage,
    /// Its kind.
    pub task_type: String,
    /// How urgent it is.
    pub priority: TaskPriority,
    /// The roles its plan asks for.
    pub required_agents: Vec<String>,
    /// Its plan.
    pub subtasks: Vec<SubtaskPlan>,
    /// The turn it was created in.
    pub turns: Turns,
    /// What was left aside.
    pub warnings: Vec<Warning>,
}

/// A subtask of a plan.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct SubtaskPlan {
    /// The subtask.
    pub subtask_id: String,
    /// The role that does it.
    pub role: String,
    /// What is to be done.
    pub description: String,
    /// The subtasks that must be done before, by id.
    pub depends_on: Vec<String>,
    /// Capabilities required.
    pub capabilities: Vec<String>,
}

/// A task as it stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct TaskView {
    /// The task.
    pub task_id: String,
    /// The name that stays when the history before it changes.
    pub name: String,
    /// Where it stands.
    pub status: TaskStage,
    /// Its kind.
    pub task_type: String,
    /// What is asked.
    pub description: String,
    /// How urgent it is.
    pub priority: TaskPriority,
    /// The roles its plan asks for.
    pub required_agents: Vec<String>,
    /// The input.
    pub input_data: Value,
    /// Who holds its subtasks.
    pub assigned_agents: Vec<String>,
    /// Its plan, and where each subtask stands.
    pub subtasks: Vec<SubtaskView>,
    /// Who leads it; null before that is settled.
    pub coordinator_agent: Option<String>,
    /// Accepted results, by subtask id.
    pub results: BTreeMap<String, Value>,
    /// The answer; null before it is made.
    pub collective_recommendation: Option<Value>,
    /// How sure the team is; null before the task ended.
    pub confidence: Option<f64>,
    /// When it was created.
    pub created_at: String,
    /// When it ended; null while it is open.
    pub ended_at: Option<String>,
}

/// A subtask and where it stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct SubtaskView {
    /// Its plan.
    #[serde(flatten)]
    pub plan: SubtaskPlan,
    /// Where it stands: `planned`, `assigned`, `running`, `finished`, `done`, `failed`, `missing`.
    pub state: &'static str,
    /// Why it failed or is missing.
    pub reason: Option<&'static str>,
    /// Who holds it.
    pub agent: Option<String>,
    /// How sure its author is; null before its result was accepted.
    pub confidence: Option<f64>,
    /// When it started, in virtual time [µs].
    pub started_us: Option<u64>,
    /// When its work ended, in virtual time [µs].
    pub finished_us: Option<u64>,
}
