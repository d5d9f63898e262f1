//! Events that fit what was typed, and the places to stop at.

use super::lens::Lens;
use super::until::{Condition, Metric};
use crate::model::id::{EventId, TaskIx};
use crate::text::search::{Query, search};

/// Most events that are listed.
const HITS_MAX: usize = 60;
/// Most events that are looked at.
const LOOKS_MAX: usize = 400_000;

/// An event that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The event.
    pub event: u64,
    /// Its turn.
    pub turn: u64,
    /// What happened.
    pub sentence: String,
    /// When.
    pub when: String,
}

/// What a search found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The events, in order.
    pub hits: Vec<Hit>,
    /// How many there are, in words.
    pub summary: String,
}

/// Searches all events of the branch that are known.
pub fn find(lens: &Lens<'_>, text: &str) -> Found {
    let query = Query::parse(text);
    if query.is_empty() {
        return Found::default();
    }
    let found = search(lens.session, &query, EventId(0), HITS_MAX, LOOKS_MAX);
    let hit = |hit: crate::text::search::Hit| Hit {
        event: u64::from(hit.event.0),
        turn: u64::from(hit.turn.0),
        sentence: hit.sentence,
        when: lens.when(hit.turn),
    };
    let hits: Vec<Hit> = found.hits.into_iter().map(hit).collect();
    let summary = match (hits.len(), found.next) {
        (0, _) => "nothing fits".to_owned(),
        (n, None) => crate::text::units::count(n, "event", "events"),
        (n, Some(_)) => format!("the first {n} events; say more to narrow it"),
    };
    Found { hits, summary }
}

/// What can be waited for, as it is chosen and typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stop {
    /// An event that fits a search.
    Event(String),
    /// A phase of the shown task begins, by its place.
    Phase(usize),
    /// A metric crosses a value.
    Crossing(&'static str, String),
}

/// The metrics that can be waited for, by name and title.
pub const METRICS: [(&str, &str, Metric); 6] = [
    ("messages", "Messages sent", Metric::Messages),
    ("tasks_completed", "Tasks completed", Metric::TasksCompleted),
    ("success_rate", "Success rate, 0 to 1", Metric::SuccessRate),
    ("performance", "Mean performance, 0 to 100", Metric::Performance),
    ("confidence", "Mean confidence, 0 to 1", Metric::Confidence),
    ("active_agents", "Agents up", Metric::ActiveAgents),
];

impl Stop {
    /// Makes the condition; none where what was typed says nothing.
    pub fn condition(&self, task: Option<TaskIx>) -> Option<Condition> {
        match self {
            Stop::Event(text) => {
                let query = Query::parse(text);
                (!query.is_empty()).then_some(Condition::Event(query))
            }
            Stop::Phase(place) => Some(Condition::Phase(task.unwrap_or(TaskIx(0)), *place)),
            Stop::Crossing(name, value) => {
                let (_, _, metric) = METRICS.iter().find(|(other, _, _)| other == name)?;
                let value: f64 = value.trim().replace(',', ".").parse().ok()?;
                value.is_finite().then_some(Condition::Crossing(*metric, value))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::lens::tests::at_every_turn;
    use super::*;

    #[test]
    fn what_is_found_holds_what_was_typed() {
        let mut last = Found::default();
        at_every_turn("walkthrough", |lens| last = find(lens, "kind:awarded pricing"));
        assert_eq!(last.hits.len(), 1, "{last:?}");
        assert!(last.hits.iter().all(|hit| hit.sentence.contains("pricing_strategist")));
        assert!(last.hits.iter().all(|hit| hit.when.contains(&hit.turn.to_string())));
    }

    #[test]
    fn what_says_nothing_is_no_condition() {
        assert_eq!(Stop::Event("  ".to_owned()).condition(None), None);
        assert_eq!(Stop::Crossing("messages", "many".to_owned()).condition(None), None);
        assert!(Stop::Crossing("messages", "20".to_owned()).condition(None).is_some());
        assert!(Stop::Phase(2).condition(None).is_some());
    }
}
