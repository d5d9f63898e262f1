//! The specification's rule: the winner with the highest performance score coordinates, ties by id.

use super::{Candidate, Coordination};

/// Picks the best performer.
#[derive(Clone, Copy, Debug, Default)]
pub struct BestPerformer;

impl Coordination for BestPerformer {
    fn pick(&self, candidates: &[Candidate<'_>]) -> Option<usize> {
        let order = |a: &Candidate<'_>, b: &Candidate<'_>| {
            a.performance.cmp(&b.performance).then_with(|| b.agent.cmp(a.agent))
        };
        candidates.iter().enumerate().max_by(|(_, a), (_, b)| order(a, b)).map(|(at, _)| at)
    }
}
