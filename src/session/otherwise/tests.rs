//! Tests of the smallest changes: they flip what was decided, and a step less does not.

use super::super::catalog;
use super::*;

#[test]
fn the_least_number_is_found_wherever_it_lies() {
    for wanted in 1..=40 {
        assert_eq!(least(40, |n| n >= wanted), Some(wanted));
    }
    assert_eq!(least(40, |_| false), None);
    assert_eq!(least(0, |_| true), None);
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
            assert!(steps == 0 || !without_steps(session, ix).is_empty(), "{name}");
            asked += 1;
        }
    });
    assert!(asked > 0);
}
