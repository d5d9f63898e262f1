//! The smallest change of one term that would have won an auction, in whole parts of the score.

use crate::kernel::fixed::{Hundredths, Ppm};
use crate::model::bid::{BidTerms, Weights};

/// Parts of a score that make a hundredth of a point.
const HUNDREDTH: u64 = 100_000_000;

/// Returns the four terms as shares of what counts: free capacity stands for the workload.
pub fn shares(terms: &BidTerms) -> [Ppm; 4] {
    [
        terms.capability.clamped(),
        terms.workload_penalty.clamped().rest(),
        terms.performance.clamped(),
        terms.priority.clamped(),
    ]
}

/// Returns terms with one of their shares replaced.
pub fn with_share(terms: &BidTerms, term: usize, share: Ppm) -> BidTerms {
    let mut changed = *terms;
    match term {
        0 => changed.capability = share,
        1 => changed.workload_penalty = share.rest(),
        2 => changed.performance = share,
        _ => changed.priority = share,
    }
    changed
}

/// Returns the score that beats a winner: its own where the rival's id sorts first, else a hundredth more.
pub fn needed(winner: (&str, Hundredths), rival: &str) -> Hundredths {
    if rival < winner.0 { winner.1 } else { Hundredths(winner.1.0 + 1) }
}

/// Returns the least share of one term with which a bid scores what is needed; none where the whole
/// would not do, or where the bid scores it already.
pub fn least_share(
    terms: &BidTerms,
    weights: &Weights,
    term: usize,
    needed: Hundredths,
) -> Option<Ppm> {
    let weight = [weights.capability, weights.workload, weights.performance, weights.priority];
    let weight = u64::from(weight.get(term)?.0);
    let parts: u64 = terms.parts(weights).iter().sum();
    // A score is rounded half up: half a hundredth below is enough.
    let goal = (u64::from(needed.0) * HUNDREDTH).saturating_sub(HUNDREDTH / 2);
    let missing = goal.checked_sub(parts).filter(|missing| *missing > 0)?;
    if weight == 0 {
        return None;
    }
    let share = u64::from(shares(terms).get(term)?.0) + missing.div_ceil(weight);
    let share = Ppm(u32::try_from(share).ok()?);
    (share <= Ppm::ONE).then_some(share)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_least_share_wins_and_one_part_less_does_not(
            values in proptest::array::uniform4(0_u32..=1_000_000),
            term in 0_usize..4,
            need in 0_u32..=10_000,
        ) {
            let [capability, workload_penalty, performance, priority] = values.map(Ppm);
            let terms = BidTerms { capability, workload_penalty, performance, priority };
            let weights = Weights::default();
            let needed = Hundredths(need);
            match least_share(&terms, &weights, term, needed) {
                Some(share) => {
                    prop_assert!(with_share(&terms, term, share).score(&weights) >= needed);
                    let less = with_share(&terms, term, Ppm(share.0 - 1));
                    prop_assert!(less.score(&weights) < needed);
                }
                None => {
                    let whole = with_share(&terms, term, Ppm::ONE);
                    let enough = terms.score(&weights) >= needed;
                    prop_assert!(enough || whole.score(&weights) < needed);
                }
            }
        }
    }

    #[test]
    fn a_tie_is_enough_for_the_id_that_sorts_first() {
        let winner = ("writer_02", Hundredths(9_000));
        assert_eq!(needed(winner, "writer_01"), Hundredths(9_000));
        assert_eq!(needed(winner, "writer_03"), Hundredths(9_001));
    }
}
