//! The auctions of the selected task: every bid with the four terms of its score.

use super::mark::Mark;

/// The four terms' names as scripts look for them, in the order of the score's formula.
pub const TERMS: [&str; 4] = ["capability", "workload", "performance", "priority"];

/// What became of a bid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BidOutcome {
    /// Not decided.
    Pending,
    /// Awarded, and the award not declined.
    Won,
    /// Another scored higher.
    Outscored,
    /// It came after the award or the deadline.
    Late,
    /// Awarded, and declined by the bidder.
    Declined,
}

impl BidOutcome {
    /// Returns the name that scripts look for, which is also the word people read.
    pub fn name(self) -> &'static str {
        match self {
            BidOutcome::Pending => "pending",
            BidOutcome::Won => "won",
            BidOutcome::Outscored => "outscored",
            BidOutcome::Late => "late",
            BidOutcome::Declined => "declined",
        }
    }
}

/// One term of a bid's score.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// The name that scripts look for, one of [`TERMS`].
    pub name: &'static str,
    /// The value that counts, 0 to 1, two decimals.
    pub value: String,
    /// The points it brings, two decimals; the four add up to the score.
    pub points: String,
    /// The points in hundredths, for a bar.
    pub hundredths: u32,
}

/// What a term of the score means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermKey {
    /// The name that scripts look for.
    pub name: &'static str,
    /// The name people read, such as `free capacity`.
    pub title: &'static str,
    /// The most points it can bring, such as `30`.
    pub most: String,
}

/// One bid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BidRow {
    /// The bidder.
    pub agent_id: String,
    /// The score, two decimals.
    pub score: String,
    /// The score in hundredths, for a bar.
    pub hundredths: u32,
    /// Its four terms.
    pub terms: Vec<Term>,
    /// What became of it.
    pub outcome: BidOutcome,
    /// The event that sent it.
    pub event: u64,
    /// Whether the narration names it.
    pub named: bool,
    /// Whether this turn changed it.
    pub fresh: bool,
}

/// An agent that was called and sent no bid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AbsentRow {
    /// The agent.
    pub agent_id: String,
    /// What it did instead, such as `refused: at capacity, 4 of 4 slots held`.
    pub what: String,
    /// The event that says so.
    pub event: Option<u64>,
    /// Whether the narration names it.
    pub named: bool,
    /// Whether this turn changed it.
    pub fresh: bool,
}

/// One auction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuctionView {
    /// The auction.
    pub auction_id: String,
    /// The role it fills, as scripts look for it.
    pub role: String,
    /// The role as people read it.
    pub role_title: String,
    /// The role's mark.
    pub mark: Mark,
    /// Where it stands, such as `open, answers due by 0.12 s`.
    pub standing: String,
    /// Who won by how much, or that a tie was decided by id; empty while open.
    pub verdict: String,
    /// The bids, best first.
    pub bids: Vec<BidRow>,
    /// Those called who sent none.
    pub absent: Vec<AbsentRow>,
    /// The event that opened it.
    pub event: u64,
    /// Whether this turn belongs to it.
    pub fresh: bool,
}

/// All auctions of the selected task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Auctions {
    /// How many, and how many are open.
    pub summary: String,
    /// What the terms mean and weigh.
    pub legend: Vec<TermKey>,
    /// In the order they were opened.
    pub auctions: Vec<AuctionView>,
}

/// Splits a score into its terms' points so that they add up to it.
///
/// The shares are the exact weighted terms; what rounding down leaves over goes to the largest
/// remainders (Hamilton's method), first term first where they are equal.
pub fn points(shares: [u64; 4], score: u32) -> [u32; 4] {
    let whole: u64 = shares.iter().sum();
    if whole == 0 {
        return [score, 0, 0, 0];
    }
    let exact = shares.map(|share| u128::from(share) * u128::from(score));
    let whole = u128::from(whole);
    let mut points = exact.map(|part| u32::try_from(part / whole).unwrap_or(0));
    let mut order = [0, 1, 2, 3];
    order.sort_by_key(|&term| (std::cmp::Reverse(exact[term] % whole), term));
    let left = score.saturating_sub(points.iter().sum());
    for &term in order.iter().take(left as usize) {
        points[term] += 1;
    }
    points
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_add_up_to_the_score() {
        for score in [0, 1, 7_825, 8_333, 10_000] {
            for shares in [
                [340, 300, 185, 95],
                [1, 1, 1, 0],
                [0, 0, 0, 0],
                [333_333, 333_333, 7, 1],
            ] {
                assert_eq!(points(shares, score).iter().sum::<u32>(), score);
            }
        }
        assert_eq!(
            points([340, 300, 185, 95], 9_200),
            [3_400, 3_000, 1_850, 950]
        );
    }
}
