//! All auctions of a task on one line each: who won what by how much, and how many stayed out.

use crate::kernel::fixed::Hundredths;
use crate::model::id::AuctionIx;
use crate::sim::world::auction::{AuctionStage, AuctionState, BidState};
use crate::view::focus::Name;
use crate::view::lens::Lens;
use crate::view::mark::Mark;

/// One auction on one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuctionLine {
    /// The auction.
    pub auction_id: String,
    /// What it is for: the role, or the one subtask.
    pub title: String,
    /// The role's mark.
    pub mark: Mark,
    /// Where it stands: `open`, `awarded`, `taken` or `no winner`.
    pub standing: &'static str,
    /// Who has it; empty where nobody has.
    pub winner: String,
    /// The winner's score; empty where nobody has it.
    pub score: String,
    /// Points between the winner and the next; empty where there is no other.
    pub margin: String,
    /// The same in hundredths, for a bar.
    pub margin_hundredths: u32,
    /// Whether the two are equal, and the id decided.
    pub tied: bool,
    /// How many bid in time.
    pub bids: usize,
    /// How many refused.
    pub refused: usize,
    /// How many came too late.
    pub late: usize,
    /// How many had it and declined.
    pub declined: usize,
    /// The event that opened it.
    pub event: u64,
    /// Whether this turn belongs to it.
    pub fresh: bool,
}

/// Puts an auction on one line.
pub fn line(lens: &Lens<'_>, ix: AuctionIx, state: &AuctionState) -> AuctionLine {
    let (standing, winner) = match state.stage {
        AuctionStage::Open => ("open", None),
        AuctionStage::Awarded(agent) => ("awarded", Some(agent)),
        AuctionStage::Settled(agent) => ("taken", Some(agent)),
        AuctionStage::Unfilled(_) => ("no winner", None),
    };
    let won = winner.and_then(|agent| state.bids.iter().find(|bid| bid.agent == agent));
    let others = state.bids.iter().filter(|bid| !bid.out && Some(bid.agent) != winner);
    let next: Option<&BidState> = others.max_by_key(|bid| bid.score);
    let margin = won.zip(next).map(|(won, next)| won.score.0.saturating_sub(next.score.0));
    let title = match state.subtask {
        Some(subtask) => lens.subtask_title(subtask),
        None => lens.role_title(state.role),
    };
    AuctionLine {
        auction_id: ix.text(),
        title,
        mark: lens.mark_of_role(state.role),
        standing,
        winner: winner.map(|agent| lens.agent_id(agent)).unwrap_or_default(),
        score: won.map(|won| won.score.to_string()).unwrap_or_default(),
        margin: margin.map(|margin| Hundredths(margin).to_string()).unwrap_or_default(),
        margin_hundredths: margin.unwrap_or(0),
        tied: margin == Some(0),
        bids: state.bids.len(),
        refused: state.refusals.len(),
        late: state.late.len(),
        declined: state.bids.iter().filter(|bid| bid.out).count(),
        event: u64::from(state.opened.0),
        fresh: lens.fresh(Name::Auction(ix)),
    }
}
