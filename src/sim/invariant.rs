//! What must hold after every turn: each invariant is a sentence with a checker of its own.

mod contest;
mod knowledge;
mod message;
mod progress;
mod work;

use super::log::Record;
use super::run::Run;
use crate::model::id::EventId;

/// A sentence that must hold, and what watches it.
trait Invariant {
    /// Returns the sentence.
    fn sentence(&self) -> &'static str;

    /// Looks at an event of a turn that has just happened; returns what is wrong, in a few words.
    fn see(&mut self, run: &Run, event: &Record<'_>) -> Option<String>;

    /// Looks at a run that has come to rest or was stopped.
    fn rest(&mut self, _run: &Run, _at_rest: bool) -> Option<String> {
        None
    }
}

/// Watches a run turn by turn and collects what does not hold.
///
/// The checkers keep books of their own from the events; where they look at the world, it is to
/// hold it against these.
pub struct Watch {
    invariants: Vec<Box<dyn Invariant>>,
    seen: usize,
    violations: Vec<String>,
}

impl Default for Watch {
    fn default() -> Self {
        Watch {
            invariants: vec![
                Box::<work::OneHolder>::default(),
                Box::<contest::TimelyAwards>::default(),
                Box::<work::DependenciesFirst>::default(),
                Box::<work::AcceptedOnce>::default(),
                Box::<message::Fate>::default(),
                Box::<message::InOrder>::default(),
                Box::<message::DuplicatesAreIdle>::default(),
                Box::<contest::SlotsWithinCapacity>::default(),
                Box::<progress::TasksEnd>::default(),
                Box::<progress::ShareOfOne>::default(),
                Box::<knowledge::OwnOrGeneral>::default(),
                Box::<progress::CausesComeBefore>::default(),
                Box::<progress::Replays>::default(),
            ],
            seen: 0,
            violations: Vec::new(),
        }
    }
}

impl Watch {
    /// Looks at all that has happened since the last look; call it after every turn.
    pub fn look(&mut self, run: &Run) {
        while let Some(event) = run.log().record(EventId::from(self.seen)) {
            self.seen += 1;
            for invariant in &mut self.invariants {
                if let Some(words) = invariant.see(run, &event) {
                    let (sentence, turn, id) = (invariant.sentence(), event.turn.0, event.id.0);
                    self.violations.push(format!("{sentence}: {words} (turn {turn}, event {id})"));
                }
            }
        }
    }

    /// Looks at the whole once more and returns what did not hold.
    pub fn finish(mut self, run: &Run) -> Vec<String> {
        self.look(run);
        let at_rest = run.enabled().is_empty();
        for invariant in &mut self.invariants {
            if let Some(words) = invariant.rest(run, at_rest) {
                self.violations.push(format!("{}: {words}", invariant.sentence()));
            }
        }
        self.violations
    }

    /// Returns what did not hold so far.
    pub fn violations(&self) -> &[String] {
        &self.violations
    }

    /// Returns the sentences that are watched.
    pub fn sentences(&self) -> Vec<&'static str> {
        self.invariants.iter().map(|invariant| invariant.sentence()).collect()
    }
}
