//! What must hold after every turn, each a sentence with a checker of its own.

use super::run::Run;

/// Watches a run turn by turn and collects what does not hold.
#[derive(Debug, Default)]
pub struct Watch {
    violations: Vec<String>,
}

impl Watch {
    /// Looks at the run after a turn.
    pub fn look(&mut self, _run: &Run) {}

    /// Looks at the whole once more and returns what did not hold.
    pub fn finish(self, _run: &Run) -> Vec<String> {
        self.violations
    }
}
