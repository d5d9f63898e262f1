//! Messages: their types, the speech acts they perform, and what they carry.

use serde::{Deserialize, Serialize};

use super::bid::{BidTerms, Weights};
use super::id::{AgentIx, ArtifactIx, AuctionIx, KnowledgeIx, RoleIx, SubtaskIx, TaskIx};
use super::task::TaskStatus;
use crate::kernel::fixed::{Hundredths, Ppm};
use crate::kernel::time::Micros;

/// The types of messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum MessageType {
    /// Asks for bids.
    CallForProposals,
    /// Offers to do it.
    Bid,
    /// Will not bid.
    Refusal,
    /// Gives the work.
    Award,
    /// Gives it to another.
    Rejection,
    /// Cannot take what was awarded.
    Decline,
    /// Says who does what.
    TaskAssignment,
    /// Says how it goes.
    StatusUpdate,
    /// Hands a result in.
    SubtaskCompleted,
    /// Says that it went wrong.
    SubtaskFailed,
    /// Hands a finding to one who can use it.
    DataShare,
    /// Tells everyone.
    Broadcast,
    /// Hands a revised result in.
    Revision,
    /// Hands the collective answer in.
    TaskCompleted,
    /// Accepts a result.
    ResultAccepted,
}

impl MessageType {
    /// All types, in the contract's order.
    pub const ALL: [MessageType; 15] = [
        MessageType::CallForProposals,
        MessageType::Bid,
        MessageType::Refusal,
        MessageType::Award,
        MessageType::Rejection,
        MessageType::Decline,
        MessageType::TaskAssignment,
        MessageType::StatusUpdate,
        MessageType::SubtaskCompleted,
        MessageType::SubtaskFailed,
        MessageType::DataShare,
        MessageType::Broadcast,
        MessageType::Revision,
        MessageType::TaskCompleted,
        MessageType::ResultAccepted,
    ];

    /// Returns the contract's name.
    pub fn name(self) -> &'static str {
        match self {
            MessageType::CallForProposals => "call_for_proposals",
            MessageType::Bid => "bid",
            MessageType::Refusal => "refusal",
            MessageType::Award => "award",
            MessageType::Rejection => "rejection",
            MessageType::Decline => "decline",
            MessageType::TaskAssignment => "task_assignment",
            MessageType::StatusUpdate => "status_update",
            MessageType::SubtaskCompleted => "subtask_completed",
            MessageType::SubtaskFailed => "subtask_failed",
            MessageType::DataShare => "data_share",
            MessageType::Broadcast => "broadcast",
            MessageType::Revision => "revision",
            MessageType::TaskCompleted => "task_completed",
            MessageType::ResultAccepted => "result_accepted",
        }
    }

    /// Returns the communicative act (FIPA SC00037J) it performs.
    pub fn performative(self) -> &'static str {
        match self {
            MessageType::CallForProposals => "cfp",
            MessageType::Bid => "propose",
            MessageType::Refusal => "refuse",
            MessageType::Award => "accept-proposal",
            MessageType::Rejection => "reject-proposal",
            MessageType::Decline | MessageType::SubtaskFailed => "failure",
            MessageType::TaskAssignment => "request",
            MessageType::ResultAccepted => "confirm",
            MessageType::StatusUpdate
            | MessageType::SubtaskCompleted
            | MessageType::DataShare
            | MessageType::Broadcast
            | MessageType::Revision
            | MessageType::TaskCompleted => "inform",
        }
    }
}

/// What a message belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Conversation {
    /// An auction, from call to award.
    Auction(AuctionIx),
    /// A task, from assignment to answer.
    Task(TaskIx),
    /// Nothing: a message by hand.
    None,
}

/// Why an agent does not bid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum RefusalReason {
    /// It covers too little of what is asked.
    NotCapable,
    /// All its slots are held.
    AtCapacity,
    /// It is away.
    NotAvailable,
}

impl RefusalReason {
    /// Returns the contract's name.
    pub fn name(self) -> &'static str {
        match self {
            RefusalReason::NotCapable => "not_capable",
            RefusalReason::AtCapacity => "at_capacity",
            RefusalReason::NotAvailable => "not_available",
        }
    }
}

/// Why a bid was rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum RejectionReason {
    /// Another scored more.
    Outscored,
    /// It came after the deadline or the award.
    Late,
}

impl RejectionReason {
    /// Returns the contract's name.
    pub fn name(self) -> &'static str {
        match self {
            RejectionReason::Outscored => "outscored",
            RejectionReason::Late => "late",
        }
    }
}

/// Why work went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum FailureReason {
    /// No result came in time.
    Deadline,
    /// The worker could not do it.
    Work,
    /// Nobody bid, or everyone declined.
    NoBidder,
    /// No agent holds the role.
    NoAgent,
    /// What it depends on is missing.
    Dependency,
    /// Everyone who could do it has no free slot; it waits for one.
    Busy,
}

impl FailureReason {
    /// Returns the contract's name.
    pub fn name(self) -> &'static str {
        match self {
            FailureReason::Deadline => "deadline",
            FailureReason::Work => "work",
            FailureReason::NoBidder => "no_bidder",
            FailureReason::NoAgent => "no_agent",
            FailureReason::Dependency => "dependency",
            FailureReason::Busy => "busy",
        }
    }
}

/// How things stand, in a status update.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum StatusNote {
    /// The award is taken.
    Accepted,
    /// The work has begun.
    Started,
    /// A subtask can be given out.
    Ready,
    /// The coordinator is at it.
    Progress,
    /// A slot is free again.
    Free,
}

impl StatusNote {
    /// Returns the contract's name.
    pub fn name(self) -> &'static str {
        match self {
            StatusNote::Accepted => "accepted",
            StatusNote::Started => "started",
            StatusNote::Ready => "ready",
            StatusNote::Progress => "progress",
            StatusNote::Free => "free",
        }
    }
}

/// What a message carries.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Payload {
    /// An auction's terms.
    Call {
        /// The auction.
        auction: AuctionIx,
        /// The task it is for.
        task: TaskIx,
        /// The role asked for.
        role: RoleIx,
        /// The one subtask it is for; none for all of the role's.
        subtask: Option<SubtaskIx>,
        /// The capabilities required.
        required: Vec<String>,
        /// Coverage below which an agent should refuse.
        min_capability: Ppm,
        /// The task's urgency.
        urgency: Ppm,
        /// What the terms weigh.
        weights: Weights,
        /// When bids must be there.
        reply_by: Micros,
    },
    /// A bid.
    Bid {
        /// The auction.
        auction: AuctionIx,
        /// Its terms.
        terms: BidTerms,
        /// The score they make.
        score: Hundredths,
    },
    /// A refusal.
    Refusal {
        /// The auction.
        auction: AuctionIx,
        /// Why.
        reason: RefusalReason,
    },
    /// An award.
    Award {
        /// The auction.
        auction: AuctionIx,
        /// The score that won.
        score: Hundredths,
    },
    /// A rejection.
    Rejection {
        /// The auction.
        auction: AuctionIx,
        /// Why.
        reason: RejectionReason,
    },
    /// A decline of an award.
    Decline {
        /// The auction.
        auction: AuctionIx,
        /// Why.
        reason: RefusalReason,
    },
    /// Who does what.
    Assignment {
        /// The task.
        task: TaskIx,
        /// Who coordinates.
        coordinator: AgentIx,
        /// Subtasks and their holders.
        bindings: Vec<(SubtaskIx, AgentIx)>,
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
    /// A result, first or revised.
    Result {
        /// The subtask.
        subtask: SubtaskIx,
        /// The work.
        work: ArtifactIx,
        /// The work's content hash, which is what makes the message's own.
        work_hash: u64,
        /// How sure the worker is.
        confidence: Ppm,
        /// The knowledge it read.
        cites: Vec<KnowledgeIx>,
    },
    /// A failure.
    Failure {
        /// The subtask.
        subtask: SubtaskIx,
        /// Why.
        reason: FailureReason,
    },
    /// Findings for one who can use them.
    Share {
        /// The task.
        task: TaskIx,
        /// The entries.
        entries: Vec<KnowledgeIx>,
    },
    /// News for everyone.
    News {
        /// The task it came up in.
        task: TaskIx,
        /// What it is.
        value: ArtifactIx,
        /// Its content hash.
        value_hash: u64,
    },
    /// The collective answer.
    Answer {
        /// The task.
        task: TaskIx,
        /// How it ended.
        status: TaskStatus,
        /// How sure the team is.
        confidence: Ppm,
        /// The answer, where one was made.
        answer: Option<ArtifactIx>,
        /// Its content hash, else 0.
        answer_hash: u64,
    },
    /// A result is taken.
    Accepted {
        /// The subtask.
        subtask: SubtaskIx,
    },
    /// Words by hand.
    Note {
        /// The words.
        text: String,
    },
}
