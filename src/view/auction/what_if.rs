//! Who would have won under other weights: the same bids, scored anew.

use super::{AuctionView, BidOutcome};
use crate::kernel::fixed::{Hundredths, Ppm};
use crate::model::bid::{BidTerms, Weights};

/// What an auction would have come to under other weights.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// The auction.
    pub auction_id: String,
    /// Who would win; empty where nobody bid in time.
    pub winner: String,
    /// Its score, two decimals.
    pub score: String,
    /// The result in a sentence.
    pub words: String,
    /// Whether that is another than the one who really won.
    pub differs: bool,
    /// Every timely bidder with its score under these weights, best first.
    pub ranking: Vec<(String, String)>,
}

/// Turns four shares of any size into weights that add up to 1; shares that are all 0 count alike.
///
/// What rounding down leaves over goes to the largest remainders, first term first among equals.
pub fn weights(shares: [u32; 4]) -> Weights {
    let shares = if shares == [0; 4] { [1; 4] } else { shares };
    let [capability, workload, performance, priority] =
        super::points(shares.map(u64::from), 1_000_000).map(Ppm);
    Weights { capability, workload, performance, priority }
}

/// Scores the timely bids of an auction under other weights; ties go to the id that sorts first.
///
/// A bidder that declined its award would decline it again, so it is left out.
pub fn preview(auction: &AuctionView, shares: [u32; 4]) -> Preview {
    let weights = weights(shares);
    let real = auction.bids.iter().find(|bid| bid.outcome == BidOutcome::Won);
    // Once it is decided, a bid that is still pending was under way and not in the running.
    let timely = auction.bids.iter().filter(|bid| match bid.outcome {
        BidOutcome::Won | BidOutcome::Outscored => true,
        BidOutcome::Pending => real.is_none(),
        BidOutcome::Late | BidOutcome::Declined => false,
    });
    let mut scored: Vec<(Hundredths, &str)> = timely
        .map(|bid| {
            let [capability, free, performance, priority] = bid.values.map(Ppm);
            let terms =
                BidTerms { capability, workload_penalty: free.rest(), performance, priority };
            (terms.score(&weights), bid.agent_id.as_str())
        })
        .collect();
    scored.sort_by(|(a, x), (b, y)| b.cmp(a).then_with(|| x.cmp(y)));
    let real = real.map(|bid| bid.agent_id.as_str());
    let ranking =
        scored.iter().map(|(score, agent)| ((*agent).to_owned(), score.to_string())).collect();
    let Some(&(score, winner)) = scored.first() else {
        return Preview {
            auction_id: auction.auction_id.clone(),
            winner: String::new(),
            score: String::new(),
            words: "Nobody bid in time.".to_owned(),
            differs: false,
            ranking,
        };
    };
    let lead = match scored.get(1) {
        None => "unopposed".to_owned(),
        Some((next, other)) if *next == score => format!("on a tie with {other}, by id"),
        Some((next, other)) => {
            format!("{} points before {other}", Hundredths(score.0.saturating_sub(next.0)))
        }
    };
    let differs = real.is_some_and(|real| real != winner);
    let words = match real {
        Some(real) if differs => format!("{winner} would win instead of {real}, {lead}."),
        Some(_) => format!("{winner} would still win, {lead}."),
        None => format!("{winner} would lead, {lead}."),
    };
    Preview {
        auction_id: auction.auction_id.clone(),
        winner: winner.to_owned(),
        score: score.to_string(),
        words,
        differs,
        ranking,
    }
}

#[cfg(test)]
mod tests {
    use super::super::auctions;
    use super::*;
    use crate::view::lens::tests::at_every_turn;

    #[test]
    fn the_real_weights_give_the_real_winner_and_scores() {
        let mut decided = 0;
        at_every_turn("competition", |lens| {
            for auction in auctions(lens).auctions {
                let shown = preview(&auction, [40, 30, 20, 10]);
                for (agent, score) in &shown.ranking {
                    let bid = auction.bids.iter().find(|bid| bid.agent_id == *agent);
                    assert_eq!(bid.map(|bid| &bid.score), Some(score));
                }
                if let Some(won) = auction.bids.iter().find(|bid| bid.outcome == BidOutcome::Won) {
                    assert_eq!(
                        (shown.winner.as_str(), shown.differs),
                        (won.agent_id.as_str(), false)
                    );
                    decided += 1;
                }
            }
        });
        assert!(decided > 0);
    }

    #[test]
    fn other_weights_can_change_the_winner() {
        let mut changed = false;
        at_every_turn("competition", |lens| {
            for auction in auctions(lens).auctions {
                for alone in [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]] {
                    changed |= preview(&auction, alone).differs;
                }
            }
        });
        assert!(changed, "no single term decides any auction otherwise");
    }

    #[test]
    fn shares_of_any_size_add_up_to_one() {
        for shares in [[40, 30, 20, 10], [1, 1, 1, 0], [0, 0, 0, 0], [7, 100, 3, 9]] {
            let made = weights(shares);
            let sum = made.capability.0 + made.workload.0 + made.performance.0 + made.priority.0;
            assert_eq!(sum, 1_000_000, "{shares:?}");
        }
    }
}
