//! What a wave of turns that are alike is made of, between deciding, writing down and applying it.

use super::event::EventKind;
use crate::kernel::fixed::Hundredths;
use crate::model::bid::BidTerms;
use crate::model::content::Content;
use crate::model::id::{AgentIx, AuctionIx, MessageIx};

/// A turn of an agent's in which it reads one message.
#[derive(Clone, Copy, Debug)]
pub struct Taken {
    /// The agenda entry that is performed, by its sequence.
    pub sequence: u64,
    /// The agent.
    pub agent: AgentIx,
    /// The message.
    pub message: MessageIx,
}

/// A bid.
#[derive(Clone, Copy, Debug)]
pub struct Offer {
    /// Its terms.
    pub terms: BidTerms,
    /// The score they make.
    pub score: Hundredths,
}

impl Offer {
    /// Returns the bid as a message of its auction carries it.
    #[inline]
    pub fn content(&self, auction: AuctionIx) -> Content {
        Content::Bid { auction, terms: self.terms, score: self.score }
    }

    /// Returns the sending of this bid, like that of another of its auction.
    pub fn of(&self, other: &EventKind) -> EventKind {
        match *other {
            EventKind::MessageSent {
                to,
                kind,
                conversation,
                payload: Content::Bid { auction, .. },
                deliver_at,
            } => {
                let payload = self.content(auction);
                EventKind::MessageSent { to, kind, conversation, payload, deliver_at }
            }
            other => other,
        }
    }
}
