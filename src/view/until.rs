//! Breakpoints: a session goes on until something happens.

use super::history::{History, PHASES};
use crate::model::id::{EventId, TaskIx, TurnIx};
use crate::session::metrics::fold::Fold;
use crate::session::{Session, metrics};
use crate::text::search::Query;

/// A metric that can be waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Metric {
    /// Tasks that ended.
    TasksCompleted,
    /// The share of them that ended well.
    SuccessRate,
    /// The mean of the agents' performance scores, 0 to 100.
    Performance,
    /// The mean of the answers' confidences, 0 to 1.
    Confidence,
    /// Messages sent.
    Messages,
    /// Agents that are up.
    ActiveAgents,
}

/// What is waited for.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// An event that fits.
    Event(Query),
    /// The beginning of a phase of a task, in the protocol's order from 0.
    Phase(TaskIx, usize),
    /// A metric that reaches a value from below, or falls to it from above.
    Crossing(Metric, f64),
}

/// Where a session stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stop {
    /// The turn, which is at the cursor now.
    pub turn: TurnIx,
    /// The event that was waited for; none for a phase or a metric.
    pub event: Option<EventId>,
}

impl Metric {
    /// Returns its value at the cursor; none where the history does not reach.
    pub fn of(self, session: &Session) -> Option<f64> {
        // None of these rests on the log, so nothing need be folded for them.
        let system = metrics::with(session, &Fold::default()).system;
        match self {
            Metric::TasksCompleted => Some(system.tasks_completed as f64),
            Metric::SuccessRate => system.success_rate,
            Metric::Performance => system.avg_agent_performance,
            Metric::Confidence => system.collective_confidence.map(|mean| mean.value),
            Metric::Messages => Some(system.messages as f64),
            Metric::ActiveAgents => Some(system.active_agents as f64),
        }
    }
}

/// Goes on turn by turn, letting turns happen where they have not, until a condition holds or so many
/// turns are done; none where it never held. The cursor stays where the session stopped.
pub fn run_until(session: &mut Session, condition: &Condition, turns_max: u32) -> Option<Stop> {
    let mut history = History::default();
    let mut before = match condition {
        Condition::Crossing(metric, _) => metric.of(session),
        _ => None,
    };
    for _ in 0..turns_max {
        if !session.step() {
            return None;
        }
        let turn = session.turn();
        let stop = Stop { turn, event: None };
        match condition {
            Condition::Event(query) => {
                let mut records = session.log().records(session.log().span(turn));
                if let Some(record) = records.find(|record| query.fits(session, record)) {
                    return Some(Stop { event: Some(record.id), ..stop });
                }
            }
            Condition::Phase(task, phase) => {
                history.follow(session);
                let span = history.task(*task).and_then(|trace| {
                    trace.phases.get(*phase.min(&(PHASES - 1))).copied().flatten()
                });
                if span.is_some_and(|(from, _)| from == turn) {
                    return Some(stop);
                }
            }
            Condition::Crossing(metric, value) => {
                let now = metric.of(session);
                if crosses(before, now, *value) {
                    return Some(stop);
                }
                before = now.or(before);
            }
        }
    }
    None
}

fn crosses(before: Option<f64>, now: Option<f64>, value: f64) -> bool {
    match (before, now) {
        (Some(before), Some(now)) => {
            (before < value && now >= value) || (before > value && now <= value)
        }
        (None, Some(now)) => now >= value,
        _ => false,
    }
}
