//! How an auction ranks its bids.

pub mod weighted;

use crate::kernel::fixed::Hundredths;
use crate::model::bid::{BidTerms, Weights};

/// A rule that says what a bid is worth and which is best.
pub trait Auction {
    /// Returns the score of a bid.
    fn score(&self, terms: &BidTerms, weights: &Weights) -> Hundredths;

    /// Returns the position of the best score and whether another was level with it; none of none.
    /// `id` names who made the offer at a position.
    fn best<'a>(
        &self,
        scores: impl Iterator<Item = Hundredths>,
        id: &dyn Fn(usize) -> &'a str,
    ) -> Option<Best>;
}

/// The best of several offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Best {
    /// Its position among the offers.
    pub at: usize,
    /// Whether another offer scored the same, so that the order of ids decided.
    pub tied: bool,
}
