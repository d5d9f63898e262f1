//! What requests carry: the bodies' types, from which the API's description is made.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::kernel::fixed::{Hundredths, Ppm};
use crate::model::task::TaskPriority;

/// A task to be created.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct CreateTask {
    /// The kind of task: one with a plan of its own, such as `optimize_freelancer_profile`, or any
    /// with `subtasks`.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(length(min = 1, max = 200)))]
    pub task_type: String,
    /// What is asked, in the client's words.
    #[serde(default)]
    pub description: Option<String>,
    /// The roles asked for; else all of the plan's.
    #[serde(default)]
    pub required_agents: Option<Vec<String>>,
    /// The input: a profile, jobs, goals.
    #[serde(default)]
    pub input_data: Option<Map<String, Value>>,
    /// How urgent it is; `MEDIUM` where nothing is said.
    #[serde(default)]
    pub priority: Option<TaskPriority>,
    /// A plan of its own.
    #[serde(default)]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(length(max = 20_000)))]
    pub subtasks: Option<Vec<SubtaskBody>>,
    /// What the client wants most.
    #[serde(default)]
    pub goals: Option<Vec<String>>,
    /// Whose task it is.
    #[serde(default)]
    pub client: Option<String>,
    /// A name that stays when the history before it changes; unique within the run.
    #[serde(default)]
    pub name: Option<String>,
}

/// A subtask of a plan of one's own.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct SubtaskBody {
    /// Unique within the plan.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(length(min = 1, max = 200)))]
    pub name: String,
    /// The role that does it.
    pub role: String,
    /// What is to be done.
    #[serde(default)]
    pub description: Option<String>,
    /// Names of the subtasks that must be done before.
    #[serde(default)]
    pub depends_on: Option<Vec<String>>,
    /// Capabilities required; else the role's.
    #[serde(default)]
    pub capabilities: Option<Vec<String>>,
    /// How long it takes an agent of pace 1 [µs]; else as long as the role's work takes.
    #[serde(default)]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(range(max = 1_000_000_000_000_u64)))]
    pub duration_us: Option<u64>,
}

/// A freelancer's id in whatever system it comes from; it is kept and not used.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum FreelancerId {
    /// A number.
    Number(f64),
    /// A text.
    Text(String),
}

/// A profile to be optimized.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct OptimizeFreelancer {
    /// The freelancer's id.
    #[serde(default)]
    pub freelancer_id: Option<FreelancerId>,
    /// The profile: `title`, `bio`, `skills`, `hourly_rate`, `currency`, `country`,
    /// `experience_years`, `portfolio`, `reviews`, `availability_hours`, `languages`, or a JSON Resume.
    #[serde(default)]
    pub profile_data: Option<Map<String, Value>>,
    /// What the freelancer wants most, such as `increase_visibility`.
    #[serde(default)]
    pub optimization_goals: Option<Vec<String>>,
    /// Jobs that the profile is held against: Agora's own shape, or schema.org `JobPosting`.
    #[serde(default)]
    pub jobs: Option<Vec<Map<String, Value>>>,
    /// Market rows that override the built-in table.
    #[serde(default)]
    pub market_data: Option<Map<String, Value>>,
    /// How urgent it is; `MEDIUM` where nothing is said.
    #[serde(default)]
    pub priority: Option<TaskPriority>,
}

/// Jobs to be found and applied to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct FindAndApply {
    /// The freelancer's id.
    #[serde(default)]
    pub freelancer_id: Option<FreelancerId>,
    /// The profile, as Agora's own shape or a JSON Resume.
    #[serde(default)]
    pub freelancer_profile: Option<Map<String, Value>>,
    /// Categories to look in, such as `web_development`; else all.
    #[serde(default)]
    pub target_categories: Option<Vec<String>>,
    /// How many jobs to recommend at most.
    #[serde(default)]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(range(min = 1, max = 100)))]
    pub max_jobs: Option<u32>,
    /// The jobs to choose from; else the environment's marketplace.
    #[serde(default)]
    pub jobs: Option<Vec<Map<String, Value>>>,
    /// Market rows that override the built-in table.
    #[serde(default)]
    pub market_data: Option<Map<String, Value>>,
    /// How urgent it is; `MEDIUM` where nothing is said.
    #[serde(default)]
    pub priority: Option<TaskPriority>,
}

/// A career to be planned.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct CareerGrowth {
    /// The freelancer's id.
    #[serde(default)]
    pub freelancer_id: Option<FreelancerId>,
    /// Where the freelancer stands: a profile, as Agora's own shape or a JSON Resume.
    #[serde(default)]
    pub current_stats: Option<Map<String, Value>>,
    /// What is wanted: an object such as `{"target_rate": 90, "target_skills": ["Rust"]}`.
    #[serde(default)]
    pub goals: Option<Map<String, Value>>,
    /// How far ahead to plan [months].
    #[serde(default)]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(range(min = 1, max = 60)))]
    pub timeframe_months: Option<f64>,
    /// Hours a week that can go into learning.
    #[serde(default)]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(range(min = 0, max = 100)))]
    pub learning_hours_per_week: Option<f64>,
    /// Jobs that show what is asked for; else the environment's marketplace.
    #[serde(default)]
    pub jobs: Option<Vec<Map<String, Value>>>,
    /// Market rows that override the built-in table.
    #[serde(default)]
    pub market_data: Option<Map<String, Value>>,
    /// How urgent it is; `MEDIUM` where nothing is said.
    #[serde(default)]
    pub priority: Option<TaskPriority>,
}

/// An agent to be added.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct AddAgent {
    /// Its role.
    pub role: String,
    /// Its id: lower case letters, digits, underscores; else its role and the next free number.
    #[serde(default)]
    #[cfg_attr(
        not(target_arch = "wasm32"),
        schemars(length(min = 1, max = 64), regex(pattern = r"^[a-z0-9_]+$"))
    )]
    pub agent_id: Option<String>,
    /// What it can do; else all that its role asks for.
    #[serde(default)]
    pub capabilities: Option<Capabilities>,
    /// Past performance; 80 where nothing is said.
    #[serde(default)]
    pub performance_score: Option<Hundredths>,
    /// Slots it can hold at once; 4 where nothing is said.
    #[serde(default)]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(range(min = 1, max = 1000)))]
    pub capacity: Option<u32>,
    /// The urgency it likes best; 0.5 where nothing is said.
    #[serde(default)]
    pub tempo: Option<Ppm>,
}

/// What an agent can do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Capabilities {
    /// Names, each at a proficiency of 0.8; what is not named it cannot do.
    Names(Vec<String>),
    /// Proficiency by name, where it differs from 0.8.
    Proficiencies(BTreeMap<String, Ppm>),
}
