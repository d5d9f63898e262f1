//! The six phases of the selected task, with the turns they took.

use super::history::TaskTrace;
use super::lens::Lens;
use crate::model::id::TurnIx;
/// Where a phase stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhaseState {
    /// Not begun.
    Waiting,
    /// Under way.
    Active,
    /// Over.
    Done,
}

impl PhaseState {
    /// Returns the name that scripts look for.
    pub fn name(self) -> &'static str {
        match self {
            PhaseState::Waiting => "waiting",
            PhaseState::Active => "active",
            PhaseState::Done => "done",
        }
    }
}

/// The panels that the overview can put first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lead {
    /// The auctions.
    Auction,
    /// The plan and its schedule.
    Plan,
    /// The messages.
    Messages,
    /// The collective result.
    Result,
}

/// One phase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhaseRow {
    /// The name that scripts look for, such as `bidding`.
    pub name: &'static str,
    /// The name people read.
    pub title: &'static str,
    /// What happens in it, one line.
    pub what: &'static str,
    /// Where it stands.
    pub state: PhaseState,
    /// Its turns, such as `2–11`; empty where it has not begun.
    pub turns: String,
    /// Its first turn, to go to.
    pub from: Option<u64>,
}

/// The six phases, and the panel that the latest of them puts first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phases {
    /// In the protocol's order.
    pub rows: Vec<PhaseRow>,
    /// What the overview shows large.
    pub lead: Lead,
}

/// The phases' names, titles and what happens in them, in the protocol's order.
const ALL: [(&str, &str, &str); 6] = [
    ("creation", "Creation", "A task arrives, and its plan is made"),
    ("bidding", "Bidding", "Agents bid in one auction for each role, or refuse"),
    (
        "decomposition",
        "Decomposition",
        "Subtasks are given to the winners, and a coordinator is chosen",
    ),
    ("execution", "Execution", "The agents work on what is ready"),
    ("communication", "Communication", "The agents read, write, share and revise"),
    ("aggregation", "Aggregation", "The coordinator merges the results into one answer"),
];

/// What happens in the phases, one line each, in order.
pub const WHATS: [&str; 6] = [ALL[0].2, ALL[1].2, ALL[2].2, ALL[3].2, ALL[4].2, ALL[5].2];

/// The phases' titles, in order.
pub const TITLES: [&str; 6] = [ALL[0].1, ALL[1].1, ALL[2].1, ALL[3].1, ALL[4].1, ALL[5].1];

/// Lists the phases of the selected task.
pub fn phases(lens: &Lens<'_>) -> Phases {
    let nothing = TaskTrace::default();
    let trace = lens.task.and_then(|task| lens.history.task(task)).unwrap_or(&nothing);
    let begun = |phase: usize| trace.phases.get(phase).copied().flatten();
    let rows = ALL.iter().enumerate().map(|(place, (name, title, what))| {
        let state = state(lens, trace, place);
        let turns = begun(place).map_or_else(String::new, |(from, to)| turns(state, from, to));
        let from = begun(place).map(|(from, _)| u64::from(from.0));
        PhaseRow { name, title, what, state, turns, from }
    });
    let latest = (0..ALL.len()).filter_map(|phase| Some((begun(phase)?.0, phase))).max();
    let lead = match latest {
        Some((_, 1)) => Lead::Auction,
        Some((_, 4)) => Lead::Messages,
        Some((_, 5)) => Lead::Result,
        _ => Lead::Plan,
    };
    Phases { rows: rows.collect(), lead }
}

fn state(lens: &Lens<'_>, trace: &TaskTrace, phase: usize) -> PhaseState {
    let begun = |phase: usize| trace.phases.get(phase).is_some_and(Option::is_some);
    if !begun(phase) {
        return PhaseState::Waiting;
    }
    let over = match phase {
        0 => begun(1),
        1 => begun(2) && !bids_awaited(lens),
        2 => begun(3),
        3 | 4 => begun(5),
        _ => false,
    };
    if over || trace.completed.is_some() { PhaseState::Done } else { PhaseState::Active }
}

/// Says whether an auction of the selected task still waits for bids or for an answer to its award.
fn bids_awaited(lens: &Lens<'_>) -> bool {
    let auctions = lens.task_state().into_iter().flat_map(|task| &task.auctions);
    let mut states = auctions.filter_map(|auction| lens.world().environment.auction(*auction));
    states.any(|auction| !auction.is_over())
}

fn turns(state: PhaseState, from: TurnIx, to: TurnIx) -> String {
    match state {
        PhaseState::Waiting => String::new(),
        PhaseState::Active => format!("{}–", from.0),
        PhaseState::Done if from == to => from.0.to_string(),
        PhaseState::Done => format!("{}–{}", from.0, to.0),
    }
}

/// Returns the title of the phase that a turn belongs to, by the spans of a whole run.
pub fn phase_at(trace: &TaskTrace, turn: TurnIx) -> &'static str {
    let begun =
        trace.phases.iter().enumerate().filter_map(|(place, span)| Some((span.as_ref()?.0, place)));
    let latest = begun.filter(|(from, _)| *from <= turn).max();
    latest.and_then(|(_, place)| ALL.get(place)).map_or("before the task", |(_, title, _)| title)
}

/// Returns the titles of the phases with their first turns, in order of those.
pub fn starts(trace: &TaskTrace) -> Vec<(TurnIx, &'static str)> {
    let spans = trace.phases.iter().zip(ALL);
    let mut starts: Vec<(TurnIx, &'static str)> =
        spans.filter_map(|(span, (_, title, _))| Some((span.as_ref()?.0, title))).collect();
    starts.sort_by_key(|(from, _)| *from);
    starts
}

#[cfg(test)]
mod tests {
    use super::super::lens::tests::at_every_turn;
    use super::*;

    #[test]
    fn phases_begin_in_order_and_end() {
        let mut last = None;
        at_every_turn("generic-team", |lens| {
            let shown = phases(lens);
            assert_eq!(shown.rows.len(), 6);
            let begun: Vec<u64> = shown.rows.iter().filter_map(|row| row.from).collect();
            assert!(begun.is_sorted(), "turn {}: {begun:?}", lens.session.turn().0);
            last = Some(shown);
        });
        let last = last.expect("a run has turns");
        assert!(last.rows.iter().all(|row| row.state == PhaseState::Done), "{last:?}");
        assert_eq!(last.lead, Lead::Result);
    }
}
