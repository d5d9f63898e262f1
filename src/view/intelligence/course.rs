//! The course of a measure over the run, as points of a chart and rows of its table.

use crate::kernel::time::Micros;
use crate::model::id::EventId;
use crate::model::task::TaskStatus;
use crate::session::metrics::{Metrics, TaskMetrics};
use crate::sim::event::EventKind;
use crate::text::units;
use crate::view::lens::Lens;

/// One point of a chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// How far along the run, in thousandths.
    pub x: u32,
    /// How high, in thousandths of the scale.
    pub y: u32,
    /// When, such as `turn 12` or a task's id.
    pub when: String,
    /// The value in words.
    pub value: String,
    /// The event that brought it there.
    pub event: Option<u64>,
}

/// A value of a course.
#[derive(Clone)]
struct Value {
    when: String,
    value: f64,
    event: Option<EventId>,
}

/// A measure over the run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    /// What people call it.
    pub title: &'static str,
    /// What it means.
    pub meaning: &'static str,
    /// Its highest value on the scale, in words.
    pub top: String,
    /// Its values in order.
    pub points: Vec<Point>,
    /// The last value, in words.
    pub last: String,
}

/// Points a chart has at most.
const POINTS_MAX: usize = 60;

/// Draws the courses that have a value.
pub(super) fn courses(lens: &Lens<'_>, metrics: &Metrics) -> Vec<Course> {
    let by_task = |value: &dyn Fn(&TaskMetrics) -> Option<f64>| {
        let one = |task: &TaskMetrics| {
            Some(Value { when: task.task.text(), value: value(task)?, event: ended(lens, task) })
        };
        metrics.tasks.iter().filter_map(one).collect::<Vec<Value>>()
    };
    let mut succeeded = 0.0;
    let rates: Vec<Value> = metrics
        .tasks
        .iter()
        .filter_map(|task| Some((task, task.status?)))
        .enumerate()
        .map(|(place, (task, status))| {
            succeeded += f64::from(u8::from(status == TaskStatus::Success));
            let value = succeeded / (place as f64 + 1.0);
            Value { when: task.task.text(), value, event: ended(lens, task) }
        })
        .collect();
    let plain = |value: f64| units::number(value, 2);
    let time = |us: f64| units::time(Micros(if us > 0.0 { us as u64 } else { 0 }));
    let all = [
        course("Messages", "Messages sent so far, over turns.", sent(lens), None, &|value| {
            units::number(value, 0)
        }),
        course(
            "Mean performance score",
            "Mean of the agents' performance scores whenever one changed.",
            performance(lens),
            Some(100.0),
            &plain,
        ),
        course(
            "Outcome quality",
            "How each task's answer turned out in the simulation.",
            by_task(&|task| task.quality),
            Some(1.0),
            &plain,
        ),
        course(
            "Confidence",
            "How sure the team was, task by task.",
            by_task(&|task| task.confidence),
            Some(1.0),
            &plain,
        ),
        course(
            "Success rate",
            "Tasks that ended with success, of all that had ended by then.",
            rates,
            Some(1.0),
            &plain,
        ),
        course(
            "Completion time",
            "Virtual time from each task's creation to its end.",
            by_task(&|task| task.completion_us.map(|us| us as f64)),
            None,
            &time,
        ),
    ];
    all.into_iter().flatten().collect()
}

/// Returns the event that ended a task.
fn ended(lens: &Lens<'_>, task: &TaskMetrics) -> Option<EventId> {
    lens.history.task(task.task)?.completed
}

fn course(
    title: &'static str,
    meaning: &'static str,
    values: Vec<Value>,
    top: Option<f64>,
    show: &dyn Fn(f64) -> String,
) -> Option<Course> {
    let last = show(values.last()?.value);
    let highest = values.iter().map(|at| at.value).fold(0.0, f64::max);
    let top = top.unwrap_or(highest).max(highest);
    let kept = thinned(values);
    let steps = kept.len().saturating_sub(1).max(1) as f64;
    let points = kept.iter().enumerate().map(|(place, Value { when, value, event })| Point {
        x: (place as f64 / steps * 1000.0) as u32,
        y: if top > 0.0 { (value / top * 1000.0).clamp(0.0, 1000.0) as u32 } else { 0 },
        when: when.clone(),
        value: show(*value),
        event: event.map(|event| u64::from(event.0)),
    });
    Some(Course { title, meaning, top: show(top), points: points.collect(), last })
}

/// Keeps evenly spread values, the first and the last among them.
fn thinned(values: Vec<Value>) -> Vec<Value> {
    let count = values.len();
    if count <= POINTS_MAX {
        return values;
    }
    (0..POINTS_MAX).map(|place| values[place * (count - 1) / (POINTS_MAX - 1)].clone()).collect()
}

/// Counts the messages sent up to evenly spread turns.
fn sent(lens: &Lens<'_>) -> Vec<Value> {
    let log = lens.session.log();
    let last = lens.session.turn().0;
    let steps = last.min(POINTS_MAX as u32 - 1).max(1);
    let sent_by = |turn| {
        let end = log.end_of(crate::model::id::TurnIx(turn));
        lens.history.messages.partition_point(|message| message.sent < end)
    };
    (0..=steps)
        .map(|step| {
            let turn =
                u32::try_from(u64::from(last) * u64::from(step) / u64::from(steps)).unwrap_or(last);
            let count = sent_by(turn);
            let last = count.checked_sub(1).and_then(|last| lens.history.messages.get(last));
            let (when, event) = (format!("turn {turn}"), last.map(|message| message.sent));
            Value { when, value: count as f64, event }
        })
        .collect()
}

/// Follows the mean performance score, from its beginning over every change.
fn performance(lens: &Lens<'_>) -> Vec<Value> {
    let agents = &lens.world().agents;
    let mut scores: Vec<f64> = agents.iter().map(|agent| agent.spec.performance.to_f64()).collect();
    let mean = |scores: &[f64]| scores.iter().sum::<f64>() / scores.len().max(1) as f64;
    if scores.is_empty() {
        return Vec::new();
    }
    let (when, value) = ("at the start".to_owned(), mean(&scores));
    let mut values = vec![Value { when, value, event: None }];
    let changes = lens.history.performance.iter().filter_map(|event: &EventId| {
        let record = lens.session.log().record(*event)?;
        match record.kind {
            EventKind::PerformanceUpdated { agent, to, .. } => Some((record, agent, to)),
            _ => None,
        }
    });
    for (record, agent, to) in changes {
        if let Some(score) = scores.get_mut(agent.at()) {
            *score = to.to_f64();
        }
        let (when, value) = (format!("turn {}", record.turn.0), mean(&scores));
        values.push(Value { when, value, event: Some(record.id) });
    }
    values
}
