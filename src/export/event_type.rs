//! The types of events as JSON.
//!
//! Nothing is written through them; tests hold every event against them, and JavaScript's declarations
//! are made from them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::message_type::MessageLine;
use crate::kernel::fixed::{Hundredths, Ppm};
use crate::mechanism::domain::{Conflict, Outcome, Resolution, Scope, Synergy};
use crate::model::agent::AgentSpec;
use crate::model::bid::Weights;
use crate::model::message::FailureReason;
use crate::model::task::{TaskPriority, TaskStatus};
use crate::sim::command::Command;
use crate::sim::scenario::draft::FaultKind;
use crate::sim::scenario::{LinkRule, Policies};

/// One event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "AgoraEvent")]
pub struct EventLine {
    /// Its number, consecutive from 0.
    pub id: u32,
    /// The turn it happened in.
    pub turn: u32,
    /// Virtual time [µs].
    pub time_us: u64,
    /// An agent's id, `orchestrator`, `environment` or `user`.
    pub actor: String,
    /// The event that triggered it; null for turn 0 and commands.
    pub cause: Option<u32>,
    /// The events whose content it used; left out where there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reads: Vec<u32>,
    /// What happened.
    #[serde(flatten)]
    pub kind: KindLine,
}

/// What happened, with the fields of its kind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[allow(missing_docs, reason = "the contract's fields, which say themselves what they are")]
pub enum KindLine {
    /// An agent joined.
    AgentAdded { agent_id: String, agent: AgentSpec },
    /// An agent left.
    AgentRemoved { agent_id: String },
    /// A user's command took effect.
    CommandApplied { command: Box<Command> },
    /// Something happened to an agent.
    FaultInjected { agent_id: String, fault: FaultKind },
    /// The rules changed; these are the new ones.
    PoliciesChanged { policies: Box<Policies> },
    /// A rule for links was put before the others.
    LinkChanged { link: LinkRule },
    /// A task's urgency changed.
    PriorityChanged { task_id: String, priority: TaskPriority },
    /// Market data changed; these are the new rows.
    MarketUpdated { rows: Map<String, Value> },
    /// A task was created.
    TaskCreated {
        task_id: String,
        task_type: String,
        priority: TaskPriority,
        description: String,
        name: String,
    },
    /// A subtask of its plan; `depends_on` holds subtask ids.
    SubtaskPlanned {
        task_id: String,
        subtask_id: String,
        role: String,
        description: String,
        depends_on: Vec<String>,
    },
    /// An auction was opened, for one subtask or for all of a role's.
    AuctionOpened {
        task_id: String,
        auction_id: String,
        role: String,
        subtask_id: Option<String>,
        weights: Weights,
        reply_by_us: u64,
    },
    /// A bid won.
    Awarded {
        task_id: String,
        auction_id: String,
        role: String,
        agent_id: String,
        score: Hundredths,
        tied: bool,
    },
    /// An auction brought no taker.
    AuctionUnfilled { auction_id: String, reason: FailureReason },
    /// A winner took the award.
    SlotHeld { agent_id: String, auction_id: String },
    /// A slot is free again.
    SlotReleased { agent_id: String, auction_id: String },
    /// A subtask was bound to an agent.
    SubtaskAssigned { task_id: String, subtask_id: String, agent_id: String },
    /// An agent leads the task from here on.
    CoordinatorSelected { task_id: String, agent_id: String },
    /// Work began.
    SubtaskStarted { task_id: String, subtask_id: String, agent_id: String },
    /// Work ended.
    WorkFinished {
        task_id: String,
        subtask_id: String,
        agent_id: String,
        confidence: f64,
        result: Value,
    },
    /// The coordinator took a result.
    SubtaskCompleted { task_id: String, subtask_id: String, agent_id: String, confidence: Ppm },
    /// A worker changed its result because what it had used changed.
    ResultRevised {
        task_id: String,
        subtask_id: String,
        agent_id: String,
        confidence: f64,
        result: Value,
    },
    /// A result was not taken.
    ResultDiscarded { task_id: String, subtask_id: String, agent_id: String, reason: DiscardLine },
    /// A subtask went wrong with its holder.
    SubtaskFailed {
        task_id: String,
        subtask_id: String,
        agent_id: Option<String>,
        reason: FailureReason,
    },
    /// A subtask stays without a result.
    SubtaskMissing {
        task_id: String,
        subtask_id: String,
        agent_id: Option<String>,
        reason: FailureReason,
    },
    /// A message was sent; `to` is an agent's id, `orchestrator`, or `*` for all.
    MessageSent {
        message_id: String,
        from: String,
        to: String,
        performative: String,
        conversation: Option<String>,
        deliver_at_us: u64,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        duplicate_of: Option<String>,
        #[serde(flatten)]
        message: MessageLine,
    },
    /// A message was read.
    MessageRead { message_id: String, by: String },
    /// A message did not reach a recipient.
    MessageLost { message_id: String, to: String, reason: LossLine },
    /// Somebody wrote to the blackboard.
    KnowledgeAdded {
        knowledge_id: String,
        task_id: String,
        subtask_id: String,
        category: String,
        key: String,
        value: Value,
        scope: Scope,
        by: String,
    },
    /// Somebody read from it.
    KnowledgeRead { knowledge_id: String, subtask_id: String, by: String },
    /// The coordinator merged the results.
    AnswerMade { task_id: String, collective_recommendation: Value },
    /// Two recommendations help each other.
    SynergyFound { task_id: String, synergy: Synergy },
    /// Recommendations cannot all stand.
    ConflictFound { task_id: String, conflict: Conflict },
    /// A conflict was resolved.
    ConflictResolved { task_id: String, resolution: Resolution },
    /// A task ended, however it did.
    TaskCompleted { task_id: String, status: TaskStatus, confidence: Ppm },
    /// The environment showed how it turned out; simulated.
    OutcomeObserved { task_id: String, quality: Ppm, outcome: Outcome },
    /// An agent's performance score changed.
    PerformanceUpdated { agent_id: String, task_id: String, from: Hundredths, to: Hundredths },
    /// A timer was set; `about` is the id of what it is for.
    TimerSet { timer_id: String, owner: String, purpose: String, about: Option<String>, at_us: u64 },
    /// A timer fired.
    TimerFired { timer_id: String },
    /// A timer was called off.
    TimerCancelled { timer_id: String },
}

/// Why a message was lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "LossReason")]
pub enum LossLine {
    /// The recipient had crashed.
    Crashed,
    /// The recipient had been removed.
    Removed,
    /// The link dropped it.
    Link,
}

/// Why a result was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "DiscardReason")]
pub enum DiscardLine {
    /// Its subtask was given to another.
    Reassigned,
    /// One was accepted before.
    Repeated,
    /// The task had ended, or its answer was already being made.
    TooLate,
}
