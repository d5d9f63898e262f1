//! What the history supports, in words: always with counts, size and interval.

use super::units::{number, phrase};
use crate::session::metrics::pattern::{Pattern, Subject};
use crate::session::metrics::{Mean, PairMetrics};

/// Returns what a pattern says.
pub fn sentence(pattern: &Pattern) -> String {
    let points = |value: f64| number(value * 100.0, 1);
    match &pattern.subject {
        Subject::Parallel => format!(
            "Working at once saved {} % of the working time (95 % interval {} to {}), measured over {} tasks with several agents",
            points(pattern.effect),
            points(pattern.low),
            points(pattern.high),
            pattern.with
        ),
        Subject::Pair([one, other]) => {
            compared(pattern, &format!("{} and {} together", phrase(one), phrase(other)))
        }
        Subject::KnowledgeRead => compared(pattern, "reading the blackboard"),
    }
}

fn compared(pattern: &Pattern, what: &str) -> String {
    let points = |value: f64| number((value * 100.0).abs(), 1);
    let (better, low, high) = if pattern.effect >= 0.0 {
        ("better", pattern.low, pattern.high)
    } else {
        ("worse", pattern.high, pattern.low)
    };
    format!(
        "With {what}, simulated outcomes were {} points {better} (95 % interval {} to {}): {} tasks with, {} without, of the same kinds",
        points(pattern.effect),
        points(low),
        points(high),
        pattern.with,
        pattern.without
    )
}

/// Returns what is known of two roles that worked together; none where too few tasks show it.
pub fn of_pair(pair: &PairMetrics) -> Option<String> {
    let Mean { value, half_width: Some(half), count } = pair.quality? else {
        return None;
    };
    let [one, other] = &pair.roles;
    Some(format!(
        "{} and {}: {} of {} tasks together ended with success; mean simulated outcome quality {} ± {} over {count}",
        super::names::capital(&phrase(one)),
        phrase(other),
        pair.successes,
        pair.tasks,
        number(value, 2),
        number(half, 2),
    ))
}
