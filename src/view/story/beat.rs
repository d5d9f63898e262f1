//! The moments worth stopping at: a question, a decision, the beginning of a chapter.

use super::{Decision, decision};
use crate::model::id::{SubtaskIx, TaskIx, TurnIx};
use crate::session::Session;
use crate::view::history::History;
use crate::view::transport::decides;

/// Returns the next moment of a task worth stopping at; the last turn that is known without one.
///
/// `whole` is the history of all turns that are known.
pub fn next_beat(session: &Session, whole: &History, task: TaskIx, after: TurnIx) -> TurnIx {
    let last = session.turns();
    let mut turn = TurnIx(after.0.saturating_add(1));
    while turn < last {
        let asked = |turn: TurnIx| is_asked(session, whole, task, turn);
        // What was asked about is told; before what will be asked about there is a stop.
        let before_or_after = asked(turn) || asked(TurnIx(turn.0 + 1));
        if before_or_after || decides(session, turn) || begins(whole, task, turn) {
            return turn;
        }
        turn = TurnIx(turn.0 + 1);
    }
    last
}

/// Says whether a turn decides something that is asked about beforehand.
fn is_asked(session: &Session, whole: &History, task: TaskIx, turn: TurnIx) -> bool {
    match decision(session, task, turn) {
        None => false,
        Some(Decision::Start(started)) => {
            started.iter().any(|subtask| waited_or_first(session, whole, task, *subtask))
        }
        Some(_) => true,
    }
}

fn waited_or_first(session: &Session, whole: &History, task: TaskIx, subtask: SubtaskIx) -> bool {
    let Some(state) = session.head().tasks.get(task.at()) else { return false };
    let first = whole.work.iter().find(|span| whole.task_of_subtask(span.subtask) == Some(task));
    state.dependencies(subtask).next().is_some()
        || first.is_some_and(|span| span.subtask == subtask)
}

/// Says whether a phase of the task begins.
fn begins(whole: &History, task: TaskIx, turn: TurnIx) -> bool {
    let phases = whole.task(task).map(|trace| trace.phases);
    phases.is_some_and(|phases| phases.iter().flatten().any(|(from, _)| *from == turn))
}

/// Returns the turn before a run's first award; turn 0 of a run that awards nothing so soon.
pub fn before_first_award(session: &mut Session, turns_max: u32) -> TurnIx {
    let awards = |session: &Session, turn: TurnIx| {
        super::events(session, turn)
            .any(|(_, kind)| matches!(kind, crate::sim::event::EventKind::Awarded { .. }))
    };
    for turn in 1..=turns_max {
        if TurnIx(turn) > session.turns() && session.extend(1) == 0 {
            break;
        }
        if awards(session, TurnIx(turn)) {
            return TurnIx(turn - 1);
        }
    }
    TurnIx(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::catalog;

    #[test]
    fn every_run_is_told_in_few_moments_and_to_its_end() {
        for built_in in catalog::BUILT_IN {
            let setup = catalog::setup(built_in.name, None).expect("a built-in scenario is legal");
            let mut session = Session::new(setup);
            session.extend(u32::MAX);
            let mut whole = History::default();
            whole.read_all(&session);
            let mut turn = TurnIx(0);
            let mut beats = 0;
            while turn < session.turns() {
                let next = next_beat(&session, &whole, TaskIx(0), turn);
                assert!(next > turn, "{}", built_in.name);
                turn = next;
                beats += 1;
            }
            assert!(beats > 5 && beats <= session.turns().0, "{}: {beats}", built_in.name);
        }
    }

    #[test]
    fn the_first_award_of_the_competition_comes_next() {
        let setup = catalog::setup("competition", None).expect("a built-in scenario is legal");
        let mut session = Session::new(setup);
        let turn = before_first_award(&mut session, 400);
        assert!(turn > TurnIx(0));
        let next = decision(&session, TaskIx(0), TurnIx(turn.0 + 1));
        assert!(matches!(next, Some(Decision::Award(_))), "{next:?}");
    }
}
