//! Tasks: what is asked, how urgent it is, how it can end.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::kernel::fixed::Ppm;

/// How urgent a task is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "UPPERCASE")]
pub enum TaskPriority {
    /// At once.
    Critical,
    /// Soon.
    High,
    /// In its turn.
    Medium,
    /// When there is time.
    Low,
}

impl TaskPriority {
    /// Returns the urgency: 1, 0.75, 0.5, 0.25 from critical to low.
    pub fn urgency(self) -> Ppm {
        Ppm(match self {
            TaskPriority::Critical => 1_000_000,
            TaskPriority::High => 750_000,
            TaskPriority::Medium => 500_000,
            TaskPriority::Low => 250_000,
        })
    }

    /// Returns the contract's name.
    pub fn name(self) -> &'static str {
        match self {
            TaskPriority::Critical => "CRITICAL",
            TaskPriority::High => "HIGH",
            TaskPriority::Medium => "MEDIUM",
            TaskPriority::Low => "LOW",
        }
    }
}

/// How a task ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum TaskStatus {
    /// Every subtask's result was accepted.
    Success,
    /// Some are missing.
    Partial,
    /// Nothing came of it.
    Failed,
}

impl TaskStatus {
    /// Returns the contract's name.
    pub fn name(self) -> &'static str {
        match self {
            TaskStatus::Success => "success",
            TaskStatus::Partial => "partial",
            TaskStatus::Failed => "failed",
        }
    }
}

/// What a task asks for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TaskRequest {
    /// Stable over forks: draws are keyed by it.
    pub name: String,
    /// The kind of task.
    pub task_type: String,
    /// What is asked, in the client's words.
    pub description: String,
    /// Whose task it is; may be empty.
    pub client: String,
    /// How urgent.
    pub priority: TaskPriority,
    /// What the client wants most.
    pub goals: Vec<String>,
    /// The input.
    pub input: Value,
}
