//! Invariants of the whole: tasks end, shares are shares, causes come first, runs replay.

use super::Invariant;
use crate::kernel::fixed::Ppm;
use crate::kernel::time::Micros;
use crate::model::id::{EventId, TaskIx};
use crate::sim::event::EventKind;
use crate::sim::log::Record;
use crate::sim::run::Run;

/// Watches that every task ends within its bound.
#[derive(Default)]
pub struct TasksEnd;

impl Invariant for TasksEnd {
    fn sentence(&self) -> &'static str {
        "every task ends, success, partial or failed, within its bound"
    }

    fn see(&mut self, run: &Run, event: &Record<'_>) -> Option<String> {
        let EventKind::TaskCompleted { task, .. } = event.kind else { return None };
        let state = run.world().tasks.get(task.at())?;
        let bound = state.created_at.after(Micros(run.world().policies.deadlines.task_us));
        (event.time > bound).then(|| {
            format!("{} ended at {} µs, bound to by {}", task.text(), event.time.0, bound.0)
        })
    }

    fn rest(&mut self, run: &Run, at_rest: bool) -> Option<String> {
        let open =
            run.world().tasks.iter().position(|task| task.ended.is_none()).filter(|_| at_rest)?;
        Some(format!("{} is open when nothing is left to do", TaskIx::from(open).text()))
    }
}

/// Watches confidences.
#[derive(Default)]
pub struct ShareOfOne;

impl Invariant for ShareOfOne {
    fn sentence(&self) -> &'static str {
        "confidence lies in [0, 1]"
    }

    fn see(&mut self, run: &Run, event: &Record<'_>) -> Option<String> {
        let confidence = match event.kind {
            EventKind::SubtaskCompleted { confidence, .. }
            | EventKind::TaskCompleted { confidence, .. } => {
                return (confidence > Ppm::ONE).then(|| format!("it is {}", confidence.to_f64()));
            }
            EventKind::WorkFinished { work, .. } | EventKind::ResultRevised { work, .. } => {
                run.store().work(work)?.confidence
            }
            EventKind::AnswerMade { answer, .. } => run.store().answer(answer)?.confidence.mean,
            _ => return None,
        };
        (!(0.0..=1.0).contains(&confidence)).then(|| format!("it is {confidence}"))
    }
}

/// Watches the order of causes and of time.
#[derive(Default)]
pub struct CausesComeBefore {
    time: Micros,
}

impl Invariant for CausesComeBefore {
    fn sentence(&self) -> &'static str {
        "causes and reads come before their effects, and time never goes back"
    }

    fn see(&mut self, _: &Run, event: &Record<'_>) -> Option<String> {
        let back = event.time < self.time;
        self.time = event.time;
        let early = |other: EventId| other >= event.id;
        if back {
            return Some("time went back".to_string());
        }
        let rootless = event.cause.is_none()
            && event.turn.0 > 0
            && !matches!(event.kind, EventKind::CommandApplied { .. });
        if rootless {
            return Some("it has no cause and is no command".to_string());
        }
        (event.cause.is_some_and(early) || event.reads.iter().any(early))
            .then(|| "it came before what it rests on".into())
    }
}

/// Runs everything a second time, at rest.
#[derive(Default)]
pub struct Replays;

impl Invariant for Replays {
    fn sentence(&self) -> &'static str {
        "replaying the journal gives the same digest"
    }

    fn see(&mut self, _: &Run, _: &Record<'_>) -> Option<String> {
        None
    }

    fn rest(&mut self, run: &Run, _: bool) -> Option<String> {
        let again = match run.again() {
            Ok(again) => again,
            Err(turn) => return Some(format!("it could not be replayed beyond turn {}", turn.0)),
        };
        let differs =
            run.log().turns().zip(again.log().turns()).position(|(a, b)| a.digest != b.digest);
        if let Some(turn) = differs {
            return Some(format!("the first difference is in turn {turn}"));
        }
        (run.log().len() != again.log().len()).then(|| "it has another length".to_string())
    }
}
