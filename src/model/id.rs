//! Identifiers: dense indexes inside, the texts of the contract outside.

use serde::{Deserialize, Serialize};

macro_rules! index {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub u32);

        impl $name {
            /// Returns the index as a position in a list.
            pub fn at(self) -> usize {
                self.0 as usize
            }
        }

        impl From<usize> for $name {
            /// Makes the index of a position; a list never holds more than 2^32 - 1 entries.
            fn from(at: usize) -> Self {
                $name(u32::try_from(at).unwrap_or(u32::MAX))
            }
        }
    };
}

index!(
    /// The place of an event in its branch, consecutive from 0.
    EventId
);
index!(
    /// A turn's number; turn 0 is the scenario as loaded.
    TurnIx
);
index!(
    /// An agent, in order of arrival.
    AgentIx
);
index!(
    /// A role, in the domain's order.
    RoleIx
);
index!(
    /// A task, in order of creation.
    TaskIx
);
index!(
    /// A subtask, in order of planning over all tasks.
    SubtaskIx
);
index!(
    /// An auction, in order of opening.
    AuctionIx
);
index!(
    /// A message, in order of sending.
    MessageIx
);
index!(
    /// A knowledge entry, in order of writing.
    KnowledgeIx
);
index!(
    /// A timer, in order of setting.
    TimerIx
);
/// A stored artifact. Its place depends on what was stored before, so it hashes to nothing: what
/// is folded into a digest is the artifact's content hash, which is noted beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ArtifactIx(pub u32);

impl std::hash::Hash for ArtifactIx {
    fn hash<H: std::hash::Hasher>(&self, _: &mut H) {}
}

impl TaskIx {
    /// Returns the contract's id, such as `task_01`.
    pub fn text(self) -> String {
        format!("task_{:02}", self.0 + 1)
    }
}

impl AuctionIx {
    /// Returns the contract's id, such as `auction_01`.
    pub fn text(self) -> String {
        format!("auction_{:02}", self.0 + 1)
    }
}

impl MessageIx {
    /// Returns the contract's id, such as `message_0001`.
    pub fn text(self) -> String {
        format!("message_{:04}", self.0 + 1)
    }
}

impl KnowledgeIx {
    /// Returns the contract's id, such as `knowledge_001`.
    pub fn text(self) -> String {
        format!("knowledge_{:03}", self.0 + 1)
    }
}

impl TimerIx {
    /// Returns the timer's id, such as `timer_001`.
    pub fn text(self) -> String {
        format!("timer_{:03}", self.0 + 1)
    }
}

/// Who acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Actor {
    /// Announces, collects, awards.
    Orchestrator,
    /// Faults, market, outcomes.
    Environment,
    /// Gives commands.
    User,
    /// One of the team.
    Agent(AgentIx),
}

/// Where a message goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Recipient {
    /// One actor.
    One(Actor),
    /// Every agent but the sender.
    All,
}
