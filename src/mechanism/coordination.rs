//! Who coordinates a task, and who succeeds a coordinator that failed.

pub mod best_performer;

use crate::kernel::fixed::Hundredths;

/// A winner that could coordinate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate<'a> {
    /// Its id.
    pub agent: &'a str,
    /// Its performance score.
    pub performance: Hundredths,
}

/// A rule that picks the coordinator.
pub trait Coordination {
    /// Returns the position of the coordinator among the candidates; none of none.
    fn pick(&self, candidates: &[Candidate<'_>]) -> Option<usize>;
}
