//! What a message carries as the log keeps it: what is small in place, what is big as an artifact.

use super::bid::BidTerms;
use super::id::{AgentIx, ArtifactIx, AuctionIx, SubtaskIx, TaskIx};
use super::message::{
    Conversation, FailureReason, Payload, RefusalReason, RejectionReason, StatusNote,
};
use crate::kernel::fixed::Hundredths;

/// What a message carries, as small as an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// An artifact holds it.
    Artifact(ArtifactIx),
    /// A bid in its conversation's auction.
    Bid {
        /// The auction.
        auction: AuctionIx,
        /// Its terms.
        terms: BidTerms,
        /// The score they make.
        score: Hundredths,
    },
    /// A refusal in its conversation's auction.
    Refusal {
        /// The auction.
        auction: AuctionIx,
        /// Why.
        reason: RefusalReason,
    },
    /// An award in its conversation's auction.
    Award {
        /// The auction.
        auction: AuctionIx,
        /// The score that won.
        score: Hundredths,
    },
    /// A rejection in its conversation's auction.
    Rejection {
        /// The auction.
        auction: AuctionIx,
        /// Why.
        reason: RejectionReason,
    },
    /// A decline in its conversation's auction.
    Decline {
        /// The auction.
        auction: AuctionIx,
        /// Why.
        reason: RefusalReason,
    },
    /// A subtask may start.
    Go {
        /// The subtask.
        subtask: SubtaskIx,
        /// Who coordinates.
        coordinator: AgentIx,
    },
    /// How things stand.
    Status {
        /// The task.
        task: TaskIx,
        /// The subtask, if it is about one.
        subtask: Option<SubtaskIx>,
        /// The auction, if it is about one.
        auction: Option<AuctionIx>,
        /// What is so.
        note: StatusNote,
    },
    /// A failure.
    Failure {
        /// The subtask.
        subtask: SubtaskIx,
        /// Why.
        reason: FailureReason,
    },
    /// A result is taken.
    Accepted {
        /// The subtask.
        subtask: SubtaskIx,
    },
}

impl Content {
    /// Returns a payload as it is kept in place; none for one that needs an artifact.
    pub fn in_place(payload: &Payload, conversation: Conversation) -> Option<Content> {
        let here = |auction: AuctionIx| conversation == Conversation::Auction(auction);
        match *payload {
            Payload::Bid { auction, terms, score } if here(auction) => {
                Content::of_bid(auction, terms, score)
            }
            Payload::Refusal { auction, reason } if here(auction) => {
                Some(Content::Refusal { auction, reason })
            }
            Payload::Award { auction, score } if here(auction) => {
                Some(Content::Award { auction, score })
            }
            Payload::Rejection { auction, reason } if here(auction) => {
                Some(Content::Rejection { auction, reason })
            }
            Payload::Decline { auction, reason } if here(auction) => {
                Some(Content::Decline { auction, reason })
            }
            Payload::Go { subtask, coordinator } => Some(Content::Go { subtask, coordinator }),
            Payload::Status { task, subtask, auction, note } => {
                Some(Content::Status { task, subtask, auction, note })
            }
            Payload::Failure { subtask, reason } => Some(Content::Failure { subtask, reason }),
            Payload::Accepted { subtask } => Some(Content::Accepted { subtask }),
            _ => None,
        }
    }

    /// Returns a bid in its auction's conversation as it is kept in place; none if a term is too large.
    #[inline]
    pub fn of_bid(auction: AuctionIx, terms: BidTerms, score: Hundredths) -> Option<Content> {
        terms.fit().then_some(Content::Bid { auction, terms, score })
    }

    /// Returns the artifact that holds it, if one does.
    #[inline]
    pub fn artifact(self) -> Option<ArtifactIx> {
        match self {
            Content::Artifact(artifact) => Some(artifact),
            _ => None,
        }
    }

    /// Returns what is kept in place; none where an artifact holds it.
    pub fn payload(self) -> Option<Payload> {
        Some(match self {
            Content::Artifact(_) => return None,
            Content::Bid { auction, terms, score } => Payload::Bid { auction, terms, score },
            Content::Refusal { auction, reason } => Payload::Refusal { auction, reason },
            Content::Award { auction, score } => Payload::Award { auction, score },
            Content::Rejection { auction, reason } => Payload::Rejection { auction, reason },
            Content::Decline { auction, reason } => Payload::Decline { auction, reason },
            Content::Go { subtask, coordinator } => Payload::Go { subtask, coordinator },
            Content::Status { task, subtask, auction, note } => {
                Payload::Status { task, subtask, auction, note }
            }
            Content::Failure { subtask, reason } => Payload::Failure { subtask, reason },
            Content::Accepted { subtask } => Payload::Accepted { subtask },
        })
    }
}

impl From<ArtifactIx> for Content {
    fn from(artifact: ArtifactIx) -> Content {
        Content::Artifact(artifact)
    }
}
