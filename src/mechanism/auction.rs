//! How an auction ranks its bids.

pub mod weighted;

use crate::kernel::fixed::Hundredths;
use crate::model::bid::{BidTerms, Weights};

/// A bid as the auctioneer compares it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offer<'a> {
    /// Who bids, by id.
    pub agent: &'a str,
    /// The score.
    pub score: Hundredths,
}

/// A rule that says what a bid is worth and which is best.
pub trait Auction {
    /// Returns the score of a bid.
    fn score(&self, terms: &BidTerms, weights: &Weights) -> Hundredths;

    /// Returns the position of the best offer and whether another was level with it; none of none.
    fn best(&self, offers: &[Offer<'_>]) -> Option<Best>;
}

/// The best of several offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Best {
    /// Its position among the offers.
    pub at: usize,
    /// Whether another offer scored the same, so that the order of ids decided.
    pub tied: bool,
}
