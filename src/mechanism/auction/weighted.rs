//! The specification's auction: a weighted sum of four terms, the highest wins, ties by id.

use super::{Auction, Best, Offer};
use crate::kernel::fixed::Hundredths;
use crate::model::bid::{BidTerms, Weights};

/// First price on a weighted score.
#[derive(Clone, Copy, Debug, Default)]
pub struct WeightedScore;

impl Auction for WeightedScore {
    fn score(&self, terms: &BidTerms, weights: &Weights) -> Hundredths {
        terms.score(weights)
    }

    fn best(&self, offers: &[Offer<'_>]) -> Option<Best> {
        let beats = |a: &Offer<'_>, b: &Offer<'_>| {
            a.score > b.score || (a.score == b.score && a.agent < b.agent)
        };
        let mut at = 0;
        for (position, offer) in offers.iter().enumerate().skip(1) {
            if beats(offer, &offers[at]) {
                at = position;
            }
        }
        let best = offers.get(at)?;
        let level = offers.iter().filter(|offer| offer.score == best.score).count();
        Some(Best { at, tied: level > 1 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_wins_and_ties_go_to_the_first_id_as_text() {
        let offer = |agent, score| Offer { agent, score: Hundredths(score) };
        let best = |offers: &[Offer<'_>]| WeightedScore.best(offers);
        assert_eq!(best(&[]), None);
        assert_eq!(best(&[offer("b", 8700), offer("a", 8699)]), Some(Best { at: 0, tied: false }));
        assert_eq!(
            best(&[offer("b_10", 8700), offer("b_9", 8700)]),
            Some(Best { at: 0, tied: true })
        );
    }
}
