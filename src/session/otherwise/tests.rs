//! Tests of the smallest changes: they flip what was decided, and a step less does not.

use super::super::catalog;
use super::search::least;
use super::search::tests::at_once;
use super::*;
use crate::sim::event::EventKind;

#[test]
fn the_least_number_is_found_wherever_it_lies() {
    let found = |most, wanted: u64| at_once(async |_| least(most, async |n| n >= wanted).await);
    for wanted in 1..=40 {
        assert_eq!(found(40, wanted), Some(wanted));
    }
    assert_eq!(found(40, 41), None);
    assert_eq!(found(0, 0), None);
}

/// Says what could be looked for at a session's cursor.
fn sought(session: &Session) -> Vec<(TaskIx, Sought)> {
    let span = session.log().span(session.turn());
    let of = |kind: EventKind| match kind {
        EventKind::SubtaskStarted { task, .. } => Some((task, Sought::Start)),
        EventKind::OutcomeObserved { task, .. } => Some((task, Sought::Outcome)),
        EventKind::AnswerMade { task, .. } => {
            let answer = super::super::advice::answer(session, task)?;
            let step = answer.phases.iter().flat_map(|phase| &phase.steps).next()?;
            Some((task, Sought::Merge(step.what.clone())))
        }
        _ => None,
    };
    session.log().records(span).filter_map(|record| of(record.kind)).collect()
}

#[test]
fn a_search_in_pieces_of_any_size_finds_what_it_finds_at_once() {
    let (mut asked, mut pauses) = (0, 0);
    // Other sizes for every search and piece.
    let mut size = 1;
    at_every_turn(|name, session| {
        for (task, sought) in sought(session) {
            let whole = Search::whole(session, task, sought.clone());
            let mut search = Search::new(session, task, sought);
            let found = loop {
                size = size * 7 % 101;
                if let Some(found) = search.go_on(size) {
                    break found.clone();
                }
                pauses += 1;
            };
            assert_eq!(found, whole, "{name}, turn {}", session.turn().0);
            assert_eq!(search.go_on(0), Some(&whole));
            asked += 1;
        }
    });
    assert!(asked > 40 && pauses > 500, "{asked}, {pauses}");
}

#[test]
fn a_search_does_no_more_than_its_budget_and_looks_at_its_own_turn() {
    let setup = catalog::setup("career-growth", None).expect("a built-in scenario is legal");
    let mut session = Session::new(setup);
    while sought(&session).is_empty() {
        assert!(session.step());
    }
    let (task, sought) = sought(&session).remove(0);
    let whole = Search::whole(&session, task, sought.clone());
    let mut search = Search::new(&session, task, sought);
    assert_eq!(search.go_on(0), None);
    // The session goes on meanwhile, and back.
    session.extend(u32::MAX);
    session.seek(crate::model::id::TurnIx(0));
    let mut steps = 0;
    while search.go_on(1).is_none() {
        steps += 1;
    }
    assert_eq!(search.go_on(1), Some(&whole));
    assert!(steps > 100, "{steps}");
}

/// Runs every built-in scenario to its end and calls back at every turn.
fn at_every_turn(mut check: impl FnMut(&str, &Session)) {
    for built_in in catalog::BUILT_IN {
        let setup = catalog::setup(built_in.name, None).expect("a built-in scenario is legal");
        let mut session = Session::new(setup);
        while session.step() {
            check(built_in.name, &session);
        }
    }
}

#[test]
fn mergings_and_outcomes_done_again_are_those_that_were_done() {
    let mut asked = 0;
    at_every_turn(|name, session| {
        for (at, task) in session.world().tasks.iter().enumerate() {
            if task.outcome.is_none() || session.turn() < session.turns() {
                continue;
            }
            let ix = TaskIx::from(at);
            let steps =
                super::super::advice::answer(session, ix).map_or(0, |answer| answer.phases.len());
            let found = Search::whole(session, ix, Sought::Outcome);
            let is_empty = matches!(&found, Found::Outcome(found) if found.is_empty());
            assert!(steps == 0 || !is_empty, "{name}");
            asked += 1;
        }
    });
    assert!(asked > 0);
}
