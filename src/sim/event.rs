//! Events: plain data that says what happened; all else is made of them.

use crate::kernel::fixed::{Hundredths, Ppm};
use crate::kernel::time::Micros;
use crate::model::content::Content;
use crate::model::id::{
    Actor, AgentIx, ArtifactIx, AuctionIx, EventId, KnowledgeIx, MessageIx, Recipient, RoleIx,
    SubtaskIx, TaskIx, TimerIx,
};
use crate::model::message::{Conversation, FailureReason, MessageType};
use crate::model::task::TaskStatus;

/// One event as it lies in the log; its turn, time and actor are its turn's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event {
    /// The event that triggered this one; none for turn 0 and commands.
    pub cause: Option<EventId>,
    /// What happened.
    pub kind: EventKind,
}

/// Why a message was lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LossReason {
    /// The recipient had crashed.
    Crashed,
    /// The recipient had been removed.
    Removed,
    /// The link dropped it.
    Link,
}

impl LossReason {
    /// Returns the contract's name.
    pub fn name(self) -> &'static str {
        match self {
            LossReason::Crashed => "crashed",
            LossReason::Removed => "removed",
            LossReason::Link => "link",
        }
    }
}

/// Why a result was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DiscardReason {
    /// Its subtask was given to another.
    Reassigned,
    /// One was accepted before.
    Repeated,
    /// The task had ended, or its answer was already being made.
    TooLate,
}

impl DiscardReason {
    /// Returns the contract's name.
    pub fn name(self) -> &'static str {
        match self {
            DiscardReason::Reassigned => "reassigned",
            DiscardReason::Repeated => "repeated",
            DiscardReason::TooLate => "too_late",
        }
    }
}

/// What a timer is for, which also says whose it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Purpose {
    /// A task of the scenario arrives (user).
    TaskArrives(u32),
    /// A fault of the scenario strikes (environment).
    FaultStrikes(u32),
    /// A task is announced (orchestrator).
    Announce(TaskIx),
    /// An auction closes (orchestrator).
    AuctionCloses(AuctionIx),
    /// A winner should have answered its award (orchestrator).
    AwardAnswer(AuctionIx),
    /// A coordinator should have been heard of (orchestrator).
    CoordinatorWatch(TaskIx),
    /// A task must end (orchestrator).
    TaskBound(TaskIx),
    /// Work ends (its holder).
    WorkEnds(SubtaskIx),
    /// A revision ends (its holder).
    RevisionEnds(SubtaskIx),
    /// A result should have come (coordinator).
    ResultDue(SubtaskIx),
    /// The coordinator reports that it is at it (coordinator).
    Heartbeat(TaskIx),
    /// Revisions should have come (coordinator).
    RevisionsDue(TaskIx),
    /// The merging ends (coordinator).
    MergeEnds(TaskIx),
    /// A slot must be free again, whatever messages were lost (its holder).
    SlotExpires(AuctionIx),
    /// The outcome shows (environment).
    OutcomeShows(TaskIx),
    /// Subtasks of a role that wait for a free slot are called again, whatever messages were lost (orchestrator).
    CallAgain(RoleIx),
}

impl Purpose {
    /// Returns the name that events show.
    pub fn name(self) -> &'static str {
        match self {
            Purpose::TaskArrives(_) => "task_arrives",
            Purpose::FaultStrikes(_) => "fault_strikes",
            Purpose::Announce(_) => "announce",
            Purpose::AuctionCloses(_) => "auction_closes",
            Purpose::AwardAnswer(_) => "award_answer",
            Purpose::CoordinatorWatch(_) => "coordinator_watch",
            Purpose::TaskBound(_) => "task_bound",
            Purpose::WorkEnds(_) => "work_ends",
            Purpose::RevisionEnds(_) => "revision_ends",
            Purpose::ResultDue(_) => "result_due",
            Purpose::Heartbeat(_) => "heartbeat",
            Purpose::RevisionsDue(_) => "revisions_due",
            Purpose::MergeEnds(_) => "merge_ends",
            Purpose::SlotExpires(_) => "slot_expires",
            Purpose::OutcomeShows(_) => "outcome_shows",
            Purpose::CallAgain(_) => "call_again",
        }
    }
}

/// What happens to an agent, by the scenario's faults or by command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AgentFault {
    /// It stops; what it was doing is lost.
    Crash,
    /// It comes back, idle, heard and answering, at its usual pace.
    Recover,
    /// It reads and does not answer.
    Silence,
    /// Its pace becomes this share of its usual one.
    Slow(Ppm),
}

impl AgentFault {
    /// Returns the name that events show.
    pub fn name(self) -> &'static str {
        match self {
            AgentFault::Crash => "crash",
            AgentFault::Recover => "recover",
            AgentFault::Silence => "silence",
            AgentFault::Slow(_) => "slow",
        }
    }
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventKind {
    /// An agent joined; its description is an artifact.
    AgentAdded { agent: AgentIx, spec: ArtifactIx },
    /// An agent left.
    AgentRemoved { agent: AgentIx },
    /// A user's command took effect.
    CommandApplied { command: ArtifactIx },
    /// Something happened to an agent.
    FaultInjected { agent: AgentIx, fault: AgentFault },
    /// The rules changed; the new ones are an artifact.
    PoliciesChanged { policies: ArtifactIx },
    /// A link's latency changed.
    LinkChanged { link: ArtifactIx },
    /// A task's urgency changed.
    PriorityChanged { task: TaskIx, priority: crate::model::task::TaskPriority },
    /// Market data changed; the new rows are an artifact.
    MarketUpdated { data: ArtifactIx },

    /// A task was created; what it asks and its plan are an artifact.
    TaskCreated { task: TaskIx, plan: ArtifactIx },
    /// A subtask of its plan, at this position.
    SubtaskPlanned { task: TaskIx, subtask: SubtaskIx, position: u32 },

    /// An auction was opened; its terms are the call's payload.
    AuctionOpened {
        auction: AuctionIx,
        task: TaskIx,
        role: RoleIx,
        subtask: Option<SubtaskIx>,
        call: ArtifactIx,
    },
    /// A bid won.
    Awarded { auction: AuctionIx, agent: AgentIx, score: Hundredths, tied: bool },
    /// An auction brought no taker, and the task goes on without.
    AuctionUnfilled { auction: AuctionIx, reason: FailureReason },
    /// A winner took the award: its slot is held.
    SlotHeld { agent: AgentIx, auction: AuctionIx },
    /// A slot is free again.
    SlotReleased { agent: AgentIx, auction: AuctionIx },

    /// A subtask was bound to an agent.
    SubtaskAssigned { task: TaskIx, subtask: SubtaskIx, agent: AgentIx },
    /// An agent leads the task from here on.
    CoordinatorSelected { task: TaskIx, agent: AgentIx },

    /// Work began.
    SubtaskStarted { task: TaskIx, subtask: SubtaskIx, agent: AgentIx },
    /// Work ended; it is an artifact.
    WorkFinished { task: TaskIx, subtask: SubtaskIx, agent: AgentIx, work: ArtifactIx },
    /// The coordinator took a result.
    SubtaskCompleted { task: TaskIx, subtask: SubtaskIx, agent: AgentIx, confidence: Ppm },
    /// A worker changed its result because what it had used changed.
    ResultRevised { task: TaskIx, subtask: SubtaskIx, agent: AgentIx, work: ArtifactIx },
    /// A result was not taken.
    ResultDiscarded { task: TaskIx, subtask: SubtaskIx, agent: AgentIx, reason: DiscardReason },
    /// A subtask went wrong with its holder.
    SubtaskFailed {
        task: TaskIx,
        subtask: SubtaskIx,
        agent: Option<AgentIx>,
        reason: FailureReason,
    },
    /// A subtask stays without a result.
    SubtaskMissing { task: TaskIx, subtask: SubtaskIx, reason: FailureReason },

    /// A message was sent; its id is its place among all messages.
    MessageSent {
        to: Recipient,
        kind: MessageType,
        conversation: Conversation,
        payload: Content,
        deliver_at: Micros,
    },
    /// A fault made a copy of a message.
    MessageDuplicated { original: MessageIx, to: Actor, deliver_at: Micros },
    /// The turn's actor read a message.
    MessageRead { message: MessageIx },
    /// A message did not reach a recipient.
    MessageLost { message: MessageIx, to: Actor, reason: LossReason },

    /// The turn's actor wrote to the blackboard.
    KnowledgeAdded { knowledge: KnowledgeIx, task: TaskIx, subtask: SubtaskIx, finding: ArtifactIx },
    /// The turn's actor read from it.
    KnowledgeRead { knowledge: KnowledgeIx, subtask: SubtaskIx },

    /// Two recommendations help each other: the n-th synergy of the answer.
    SynergyFound { task: TaskIx, answer: ArtifactIx, index: u32 },
    /// Recommendations cannot all stand: the n-th conflict of the answer.
    ConflictFound { task: TaskIx, answer: ArtifactIx, index: u32 },
    /// A conflict was resolved.
    ConflictResolved { task: TaskIx, answer: ArtifactIx, index: u32 },
    /// The coordinator merged the results.
    AnswerMade { task: TaskIx, answer: ArtifactIx },
    /// A task ended.
    TaskCompleted { task: TaskIx, status: TaskStatus, confidence: Ppm, answer: Option<ArtifactIx> },
    /// The environment showed how it turned out.
    OutcomeObserved { task: TaskIx, outcome: ArtifactIx, quality: Ppm },
    /// An agent's performance score changed.
    PerformanceUpdated { agent: AgentIx, task: TaskIx, from: Hundredths, to: Hundredths },

    /// A timer was set.
    TimerSet { timer: TimerIx, owner: Actor, purpose: Purpose, at: Micros },
    /// A timer fired.
    TimerFired { timer: TimerIx },
    /// A timer was called off.
    TimerCancelled { timer: TimerIx },
}
