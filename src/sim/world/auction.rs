//! An auction's state: who was asked, who answered what, who won.

use crate::kernel::fixed::Hundredths;
use crate::kernel::shelf::Shelf;
use crate::kernel::time::Micros;
use crate::model::bid::BidTerms;
use crate::model::id::{AgentIx, ArtifactIx, EventId, RoleIx, SubtaskIx, TaskIx};
use crate::model::message::{FailureReason, RefusalReason};

/// An auction's state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuctionState {
    /// The task.
    pub task: TaskIx,
    /// The role asked for.
    pub role: RoleIx,
    /// The one subtask it is for; none for all of the role's.
    pub subtask: Option<SubtaskIx>,
    /// The call's payload.
    pub call: ArtifactIx,
    /// The event that opened it.
    pub opened: EventId,
    /// When bids must be there.
    pub reply_by: Micros,
    /// Who was asked.
    pub asked: Vec<AgentIx>,
    /// Bids that were read in time, in order of reading.
    pub bids: Vec<BidState>,
    /// Who refused, and why.
    pub refusals: Vec<(AgentIx, RefusalReason)>,
    /// Awards that were declined for want of a slot.
    pub declined: u32,
    /// Bids that were read after the deadline or the award.
    pub late: Vec<AgentIx>,
    /// Whose bid was read, in time or late.
    pub heard: Agents,
    /// The number of what is required, by which an agent knows whether it has weighed that before.
    pub requirement: u32,
    /// Where it stands.
    pub stage: AuctionStage,
}

/// Auctions, in order of opening; copies share those that are long past.
pub type Auctions = Shelf<AuctionState, 8>;

/// A set of agents, a bit for each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Agents(Vec<u64>);

impl Agents {
    /// Makes an empty set with room for so many agents.
    pub fn with_room_for(agents: usize) -> Agents {
        Agents(Vec::with_capacity(agents.div_ceil(64)))
    }

    /// Puts an agent in; says whether it was not there.
    pub fn insert(&mut self, agent: AgentIx) -> bool {
        let (word, bit) = (agent.at() / 64, 1 << (agent.at() % 64));
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        self.0.get_mut(word).is_some_and(|word| {
            let fresh = *word & bit == 0;
            *word |= bit;
            fresh
        })
    }
}

/// A bid that was read in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BidState {
    /// Who bid.
    pub agent: AgentIx,
    /// Its terms.
    pub terms: BidTerms,
    /// Their score.
    pub score: Hundredths,
    /// The reading of the bid.
    pub read: EventId,
    /// Whether its award was declined or not answered.
    pub out: bool,
}

/// Where an auction stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuctionStage {
    /// Bids are awaited.
    Open,
    /// Awarded; the answer is awaited.
    Awarded(AgentIx),
    /// The winner took it.
    Settled(AgentIx),
    /// Nobody took it.
    Unfilled(FailureReason),
}

impl AuctionState {
    /// Returns the memory it takes, in bytes, about.
    pub fn bytes(&self) -> usize {
        size_of::<AuctionState>()
            + self.asked.len() * size_of::<AgentIx>()
            + self.bids.len() * size_of::<BidState>()
            + self.heard.0.len() * 8
    }

    /// Says whether all who were asked have answered.
    pub fn is_complete(&self) -> bool {
        self.answers() >= self.asked.len()
    }

    /// Returns how many answers to its call have been read.
    pub fn answers(&self) -> usize {
        self.bids.len() + self.refusals.len() + self.late.len()
    }

    /// Says whether nothing more is awaited.
    pub fn is_over(&self) -> bool {
        matches!(self.stage, AuctionStage::Settled(_) | AuctionStage::Unfilled(_))
    }

    /// Returns the winner that took it.
    pub fn winner(&self) -> Option<AgentIx> {
        match self.stage {
            AuctionStage::Settled(agent) => Some(agent),
            _ => None,
        }
    }
}
