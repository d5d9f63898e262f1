//! The types of messages' payloads as JSON, for declarations and tests; nothing is written through them.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::kernel::fixed::{Hundredths, Ppm};
use crate::model::bid::Weights;
use crate::model::message::{FailureReason, RefusalReason, RejectionReason, StatusNote};
use crate::model::task::TaskStatus;

/// What a message says, with its payload.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", content = "payload", rename_all = "snake_case")]
#[schemars(rename = "Message")]
pub enum MessageLine {
    /// Asks for bids.
    CallForProposals(Call),
    /// Offers to do it.
    Bid(Bid),
    /// Will not bid.
    Refusal(Refusal),
    /// Gives the work.
    Award(Award),
    /// Gives it to another.
    Rejection(Rejection),
    /// Cannot take what was awarded.
    Decline(Refusal),
    /// Says who does what, or that one subtask may start.
    TaskAssignment(Assigned),
    /// Says how it goes.
    StatusUpdate(StatusOrNote),
    /// Hands a result in.
    SubtaskCompleted(ResultPayload),
    /// Says that it went wrong.
    SubtaskFailed(Failure),
    /// Hands a finding to one who can use it.
    DataShare(ShareOrNote),
    /// Tells everyone.
    Broadcast(NewsOrNote),
    /// Hands a revised result in.
    Revision(ResultPayload),
    /// Hands the collective answer in.
    TaskCompleted(AnswerPayload),
    /// Accepts a result.
    ResultAccepted(Accepted),
}

/// The terms of an auction.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Call {
    /// The auction.
    pub auction_id: String,
    /// The task it is for.
    pub task_id: String,
    /// The role asked for.
    pub role: String,
    /// The one subtask it is for; null for all of the role's.
    pub subtask_id: Option<String>,
    /// The capabilities required.
    pub required_capabilities: Vec<String>,
    /// Coverage below which an agent should refuse.
    pub min_capability: Ppm,
    /// The task's urgency.
    pub urgency: Ppm,
    /// What the terms weigh.
    pub weights: Weights,
    /// When bids must be there [µs].
    pub reply_by_us: u64,
}

/// A bid: its four terms, and the score they make.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Bid {
    /// The auction.
    pub auction_id: String,
    /// How well the agent fits what is asked.
    pub capability: Ppm,
    /// Slots held over capacity.
    pub workload_penalty: Ppm,
    /// Performance score over 100.
    pub performance: Ppm,
    /// How its tempo fits the task's urgency.
    pub priority: Ppm,
    /// The score, 0 to 100.
    pub score: Hundredths,
}

/// Why an agent does not bid, or cannot take what it won.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Refusal {
    /// The auction.
    pub auction_id: String,
    /// Why.
    pub reason: RefusalReason,
}

/// An award.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Award {
    /// The auction.
    pub auction_id: String,
    /// The score that won.
    pub score: Hundredths,
}

/// A rejection.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Rejection {
    /// The auction.
    pub auction_id: String,
    /// Why.
    pub reason: RejectionReason,
}

/// Who does what, or that one subtask may start.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Assigned {
    /// Who does what.
    Assignment(Assignment),
    /// That one subtask may start.
    Go(Go),
}

/// Who does what.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Assignment {
    /// The task.
    pub task_id: String,
    /// Who coordinates.
    pub coordinator_agent: String,
    /// Agents by subtask.
    pub assignments: BTreeMap<String, String>,
}

/// That a subtask may start.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Go {
    /// The subtask.
    pub subtask_id: String,
    /// Who coordinates.
    pub coordinator_agent: String,
}

/// How things stand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Status {
    /// The task.
    pub task_id: String,
    /// The subtask it is about, if one.
    pub subtask_id: Option<String>,
    /// The auction it answers, if one.
    pub auction_id: Option<String>,
    /// How.
    pub status: StatusNote,
}

/// A message by hand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Note {
    /// Its words.
    pub text: String,
}

/// How things stand, or a message by hand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum StatusOrNote {
    /// How things stand.
    Status(Status),
    /// A message by hand.
    Note(Note),
}

/// A result that is handed in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ResultPayload {
    /// The subtask.
    pub subtask_id: String,
    /// The result.
    pub result: Value,
    /// How sure its author is.
    pub confidence: f64,
    /// The knowledge it rests on, by id.
    pub knowledge_read: Vec<String>,
}

/// Why a subtask went wrong.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Failure {
    /// The subtask.
    pub subtask_id: String,
    /// Why.
    pub reason: FailureReason,
}

/// Findings for one who can use them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Share {
    /// The task.
    pub task_id: String,
    /// The entries of the knowledge base.
    pub knowledge: Vec<String>,
    /// Their values by key.
    pub values: BTreeMap<String, Value>,
}

/// Findings, or a message by hand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum ShareOrNote {
    /// Findings.
    Share(Share),
    /// A message by hand.
    Note(Note),
}

/// News for everyone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct News {
    /// The task.
    pub task_id: String,
    /// The news.
    pub news: Value,
}

/// News, or a message by hand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum NewsOrNote {
    /// News.
    News(News),
    /// A message by hand.
    Note(Note),
}

/// The collective answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AnswerPayload {
    /// The task.
    pub task_id: String,
    /// How it ended.
    pub status: TaskStatus,
    /// How sure the team is.
    pub confidence: Ppm,
    /// The answer; null where none was made.
    pub collective_recommendation: Value,
}

/// That a result was accepted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Accepted {
    /// The subtask.
    pub subtask_id: String,
}
