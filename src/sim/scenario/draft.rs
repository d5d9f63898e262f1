//! Scenario files as they are written; `check` makes a legal scenario of one.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Inputs, Latency, LinkRule, Policies};
use crate::kernel::date::Date;
use crate::kernel::fixed::{Hundredths, Ppm};
use crate::mechanism::domain::RoleDraft;
use crate::model::task::TaskPriority;

/// A scenario as it is written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ScenarioDraft {
    /// The short name it is called by: lower case letters, digits, hyphens.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(length(min = 1, max = 64)))]
    pub name: String,
    /// The name people read.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(length(min = 1, max = 200)))]
    pub title: String,
    /// What it shows, in a sentence or two.
    #[serde(default)]
    pub summary: String,
    /// The seed, 0 to 2^53 - 1.
    #[serde(default)]
    #[cfg_attr(
        not(target_arch = "wasm32"),
        schemars(range(min = 0, max = 9_007_199_254_740_991_u64))
    )]
    pub seed: u64,
    /// The run's "today".
    pub as_of: Date,
    /// Whose roles and methods the team has.
    pub domain: DomainName,
    /// Roles of a generic team.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<RoleDraft>,
    /// Plans of a generic team, by task type.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub plans: BTreeMap<String, Vec<SubtaskDraft>>,
    /// The team.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(length(min = 1, max = 20_000)))]
    pub agents: Vec<AgentDraft>,
    /// The links between actors.
    #[serde(default)]
    pub links: LinksDraft,
    /// The rules.
    #[serde(default)]
    pub policies: Policies,
    /// The world around the team.
    #[serde(default)]
    pub environment: EnvironmentDraft,
    /// Inputs that tasks refer to by name.
    #[serde(default)]
    pub inputs: Inputs,
    /// The tasks.
    #[serde(default)]
    pub tasks: Vec<TaskDraft>,
}

/// The domains there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum DomainName {
    /// The eight specialists.
    Freelance,
    /// Roles of the scenario's own.
    Generic,
}

/// An agent as it is written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AgentDraft {
    /// Its id; else its role and the next free number, such as `pricing_strategist_01`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its role.
    pub role: String,
    /// Its proficiency in all of the role's capabilities, 0 to 1.
    #[serde(default = "default_proficiency")]
    pub proficiency: Ppm,
    /// Its proficiency in single capabilities, where it differs; 0 is none.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub capabilities: BTreeMap<String, Ppm>,
    /// Past performance, 0 to 100.
    #[serde(default = "default_performance")]
    pub performance_score: Hundredths,
    /// Slots it can hold at once.
    #[serde(default = "default_capacity")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(range(min = 1, max = 1000)))]
    pub capacity: u32,
    /// Slots that work outside this run holds all along.
    #[serde(default)]
    pub busy_slots: u32,
    /// The urgency it likes best, 0 to 1.
    #[serde(default = "default_tempo")]
    pub tempo: Ppm,
    /// How fast it works; 1 is usual, 2 takes half the time.
    #[serde(default = "default_pace")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(range(min = 0.01, max = 100)))]
    pub pace: f64,
    /// It refuses every call before this time [µs].
    #[serde(default)]
    pub available_from_us: u64,
}

fn default_proficiency() -> Ppm {
    Ppm(800_000)
}

fn default_performance() -> Hundredths {
    Hundredths(8000)
}

fn default_capacity() -> u32 {
    4
}

fn default_tempo() -> Ppm {
    Ppm(500_000)
}

fn default_pace() -> f64 {
    1.0
}

/// Links as they are written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct LinksDraft {
    /// The latency of every link without a rule of its own.
    pub latency: Latency,
    /// What is special about some; the first rule that fits counts.
    pub rules: Vec<LinkRule>,
}

impl Default for LinksDraft {
    fn default() -> Self {
        LinksDraft { latency: Latency { min_us: 10_000, max_us: 10_000 }, rules: Vec::new() }
    }
}

/// The world around the team as it is written.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct EnvironmentDraft {
    /// Market data; rows in it override the domain's table.
    pub market: serde_json::Map<String, Value>,
    /// Parameters of the outcome model.
    pub outcome: serde_json::Map<String, Value>,
    /// Jobs for tasks that bring none.
    pub job_marketplace: Vec<Value>,
    /// What goes wrong.
    pub faults: Vec<FaultDraft>,
}

/// A fault as it is written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FaultDraft {
    /// When it strikes [µs].
    pub at_us: u64,
    /// Whom.
    pub agent_id: String,
    /// What happens.
    pub kind: FaultKind,
    /// The share of its usual pace that is left, for `slow`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pace: Option<Ppm>,
}

/// The faults an agent can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum FaultKind {
    /// It stops; what it was doing is lost.
    Crash,
    /// It comes back, idle.
    Recover,
    /// It reads and does not answer.
    Silence,
    /// It works at a share of its usual pace.
    Slow,
}

/// A task as it is written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TaskDraft {
    /// A name that stays when the scenario changes; else its type and place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The kind of task, such as `optimize_freelancer_profile`.
    pub task_type: String,
    /// What is asked, in the client's words.
    #[serde(default)]
    pub description: String,
    /// Whose task it is.
    #[serde(default)]
    pub client: String,
    /// How urgent it is.
    #[serde(default = "default_priority")]
    pub priority: TaskPriority,
    /// When it arrives [µs].
    #[serde(default)]
    pub at_us: u64,
    /// The roles asked for; else all of the plan's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub required_agents: Vec<String>,
    /// What the client wants most.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub goals: Vec<String>,
    /// The input: an object, or the name of one of `inputs`.
    #[serde(default)]
    pub input_data: Value,
    /// A plan of its own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(length(max = 20_000)))]
    pub subtasks: Vec<SubtaskDraft>,
}

fn default_priority() -> TaskPriority {
    TaskPriority::Medium
}

/// A subtask as it is written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SubtaskDraft {
    /// Unique within the plan.
    pub name: String,
    /// The role that does it.
    pub role: String,
    /// What is to be done.
    #[serde(default)]
    pub description: String,
    /// Names of the subtasks that must be done before.
    #[serde(default)]
    pub depends_on: Vec<String>,
    /// Capabilities required; else the role's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capabilities: Option<Vec<String>>,
    /// How long it takes an agent of pace 1 [µs]; else as long as the role's work takes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration_us: Option<u64>,
}
