//! The specification's auction: a weighted sum of four terms, the highest wins, ties by id.

use super::{Auction, Best};
use crate::kernel::fixed::Hundredths;
use crate::model::bid::{BidTerms, Weights};

/// First price on a weighted score.
#[derive(Clone, Copy, Debug, Default)]
pub struct WeightedScore;

impl Auction for WeightedScore {
    fn score(&self, terms: &BidTerms, weights: &Weights) -> Hundredths {
        terms.score(weights)
    }

    fn best<'a>(
        &self,
        scores: impl Iterator<Item = Hundredths>,
        id: &dyn Fn(usize) -> &'a str,
    ) -> Option<Best> {
        let mut best: Option<(Hundredths, Best)> = None;
        for (at, score) in scores.enumerate() {
            best = match best {
                Some((most, best)) if score < most => Some((most, best)),
                // Ids are looked at only where scores are level.
                Some((most, best)) if score == most => {
                    let at = if id(at) < id(best.at) { at } else { best.at };
                    Some((most, Best { at, tied: true }))
                }
                _ => Some((score, Best { at, tied: false })),
            };
        }
        best.map(|(_, best)| best)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_wins_and_ties_go_to_the_first_id_as_text() {
        let best = |offers: &[(&'static str, u32)]| {
            let scores = offers.iter().map(|&(_, score)| Hundredths(score));
            WeightedScore.best(scores, &|at| offers[at].0)
        };
        assert_eq!(best(&[]), None);
        assert_eq!(best(&[("b", 8700), ("a", 8699)]), Some(Best { at: 0, tied: false }));
        assert_eq!(best(&[("b", 8699), ("a", 8700)]), Some(Best { at: 1, tied: false }));
        assert_eq!(best(&[("b_10", 8700), ("b_9", 8700)]), Some(Best { at: 0, tied: true }));
        let three = [("c", 1), ("b", 8700), ("a", 8700), ("d", 9000)];
        assert_eq!(best(&three[..3]), Some(Best { at: 2, tied: true }));
        assert_eq!(best(&three), Some(Best { at: 3, tied: false }));
    }
}
