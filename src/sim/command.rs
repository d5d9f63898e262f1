//! Commands: what a user does to a run, at any turn.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::scenario::LinkRule;
use super::scenario::draft::{AgentDraft, FaultKind, TaskDraft};
use crate::kernel::fixed::Ppm;
use crate::model::bid::Weights;
use crate::model::message::MessageType;
use crate::model::task::TaskPriority;

/// What a user does to a run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Command {
    /// Creates a task; it arrives now, whatever its `at_us` says.
    CreateTask {
        /// The task.
        task: Box<TaskDraft>,
    },
    /// Adds an agent to the team.
    AddAgent {
        /// The agent.
        agent: AgentDraft,
    },
    /// Removes an agent from the team.
    RemoveAgent {
        /// Its id.
        agent_id: String,
    },
    /// Lets something happen to an agent: crash, recover, silence, slow.
    InjectFault {
        /// Its id.
        agent_id: String,
        /// What happens.
        fault: FaultKind,
        /// The share of its usual pace that is left, for `slow`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pace: Option<Ppm>,
    },
    /// Changes what the terms of later bids weigh.
    SetWeights {
        /// The new weights; they add up to 1.
        weights: Weights,
    },
    /// Puts a rule for links before all others.
    SetLink {
        /// The rule.
        link: LinkRule,
    },
    /// Overrides rows of the market data.
    UpdateMarketData {
        /// The rows.
        rows: Map<String, Value>,
    },
    /// Sends a message by hand.
    SendMessage {
        /// To an agent's id, or `*` for all.
        to: String,
        /// What kind it claims to be: `status_update`, `data_share` or `broadcast`.
        message_type: MessageType,
        /// Its words.
        text: String,
    },
    /// Changes how urgent a task is, for auctions to come.
    SetPriority {
        /// The task's id.
        task_id: String,
        /// The new priority.
        priority: TaskPriority,
    },
}
