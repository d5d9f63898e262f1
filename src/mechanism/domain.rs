//! What a domain offers the engine: roles, plans, work, the merging of results, outcomes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::kernel::date::Date;
use crate::kernel::draw::{Draw, Key};
use crate::kernel::fixed::Ppm;
use crate::kernel::time::Micros;
use crate::model::fault::Fault;
use crate::model::figure::Provenance;
use crate::model::recommendation::{Evidence, Recommendation, RecommendationRef};

/// A kind of specialist.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RoleSpec {
    /// The role's name in lower case with underscores, such as `pricing_strategist`.
    pub name: String,
    /// The name people read, such as `Pricing strategist`.
    pub title: String,
    /// Capabilities its subtasks ask for unless they say otherwise, by name.
    pub capabilities: Vec<String>,
    /// Knowledge keys its results contribute.
    pub provides: Vec<String>,
    /// Knowledge keys it reads when they are there; acyclic over all roles.
    pub uses: Vec<String>,
}

/// One step of a plan, before anyone is bound to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlannedSubtask {
    /// Unique within the plan and stable, such as `pricing`.
    pub name: String,
    /// The role that does it.
    pub role: String,
    /// What is to be done, a few words, imperative.
    pub description: String,
    /// Names of the subtasks that must be done before.
    pub depends_on: Vec<String>,
    /// Capabilities required, by name.
    pub capabilities: Vec<String>,
    /// How long it takes an agent of pace 1, where the plan knows better than the domain.
    pub duration: Option<Micros>,
}

/// A piece of knowledge as a worker reads it from the blackboard.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// Its key, such as `profile.strength`.
    pub key: &'a str,
    /// Its value.
    pub value: &'a Value,
    /// The role that wrote it.
    pub by_role: &'a str,
}

/// All that a worker may look at when its work ends.
pub struct WorkOrder<'a> {
    /// The run's seed and the stable names for draws.
    pub luck: Luck<'a>,
    /// The run's "today".
    pub as_of: Date,
    /// The kind of task.
    pub task_type: &'a str,
    /// The subtask.
    pub subtask: &'a PlannedSubtask,
    /// The task's input, as given.
    pub input: &'a Value,
    /// What the client wants most, such as `increase_visibility`; may be empty.
    pub goals: &'a [String],
    /// The environment's market data, an object; rows in it override the built-in table.
    pub market: &'a Value,
    /// The job marketplace, for tasks that bring no jobs of their own.
    pub marketplace: &'a [Value],
    /// What the blackboard held of the keys this role uses and of the results it depends on.
    pub known: &'a [Known<'a>],
    /// How well the worker fits the subtask, 0 to 1: its proficiencies over what is required.
    pub fit: Ppm,
}

impl<'a> WorkOrder<'a> {
    /// Returns the value known under a key.
    pub fn known(&self, key: &str) -> Option<&'a Value> {
        self.known.iter().find(|entry| entry.key == key).map(|entry| entry.value)
    }
}

/// Keyed randomness for one piece of work.
#[derive(Clone, Copy)]
pub struct Luck<'a> {
    /// The run's seed.
    pub seed: u64,
    /// Stable names: task, subtask, agent.
    pub names: [&'a str; 3],
    /// Which attempt this is, from 0.
    pub attempt: u64,
}

impl Luck<'_> {
    /// Opens the stream of a purpose.
    pub fn draw(&self, purpose: &str) -> Draw {
        let [task, subtask, agent] = self.names;
        let key = [Key::Name(task), Key::Name(subtask), Key::Name(agent), Key::Count(self.attempt)];
        Draw::new(self.seed, purpose, &key)
    }
}

/// Who may read a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Only the task it came from.
    Task,
    /// Every task: it holds nothing of the client.
    General,
}

/// Something a worker writes to the blackboard.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// Its key, one of the role's `provides`.
    pub key: String,
    /// Its category, such as `pricing`.
    pub category: String,
    /// Its value.
    pub value: Value,
    /// Who may read it.
    pub scope: Scope,
}

/// What a worker spent beside time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cost {
    /// Abstract units, thousandths.
    pub milli_units: u64,
    /// Tokens, where the worker is a language model; else 0.
    pub tokens: u64,
}

/// A finished piece of work.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Work {
    /// The result, a JSON object.
    pub result: Value,
    /// Where the result's figures come from.
    pub provenance: Provenance,
    /// How sure the worker is, from its evidence, 0 to 1.
    pub confidence: f64,
    /// What the result rests on.
    pub evidence: Vec<Evidence>,
    /// Typed advice.
    pub recommendations: Vec<Recommendation>,
    /// What goes to the blackboard.
    pub findings: Vec<Finding>,
    /// News for everyone, such as a market trend; may be empty.
    pub broadcasts: Vec<Value>,
    /// What it took.
    pub cost: Cost,
}

/// Why a worker could not do its work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkFailure {
    /// The reason, lower case, no full stop.
    pub reason: String,
}

/// One subtask's contribution to the merging.
#[derive(Clone, Debug)]
pub struct Contribution<'a> {
    /// The subtask's name in the plan.
    pub subtask: &'a str,
    /// The role that did it.
    pub role: &'a str,
    /// The agent that did it.
    pub agent: &'a str,
    /// Its work; none where the subtask is missing.
    pub work: Option<&'a Work>,
}

/// All that a coordinator merges.
pub struct Merge<'a> {
    /// The run's "today".
    pub as_of: Date,
    /// The kind of task.
    pub task_type: &'a str,
    /// The task's input.
    pub input: &'a Value,
    /// What the client wants most.
    pub goals: &'a [String],
    /// The environment's market data.
    pub market: &'a Value,
    /// The job marketplace.
    pub marketplace: &'a [Value],
    /// The plan's subtasks in its order, with what came of each.
    pub contributions: &'a [Contribution<'a>],
    /// Mean absolute distance between past collective confidences and outcomes; none without history.
    pub calibration_error: Option<f64>,
}

/// Two recommendations that help each other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Synergy {
    /// The one that provides.
    pub from: RecommendationRef,
    /// The one that gains.
    pub to: RecommendationRef,
    /// The condition provided and needed; none where their effects multiply.
    pub condition: Option<String>,
    /// Predicted gain beyond the two alone; 0.02 is two percent of income.
    pub gain: f64,
}

/// Why recommendations cannot all stand as they are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ConflictKind {
    /// They move one lever in opposite directions.
    Opposite {
        /// The lever.
        lever: String,
    },
    /// A condition is needed that nothing provides soon enough.
    UnmetNeed {
        /// The condition.
        condition: String,
    },
    /// Together they take more hours than there are.
    OverBudget {
        /// Hours asked for.
        hours: f64,
        /// Hours available.
        available: f64,
    },
}

/// A conflict between recommendations.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Conflict {
    /// Unique within the aggregation, such as `raise_rate:portfolio_proof`.
    pub id: String,
    /// Those involved.
    pub between: Vec<RecommendationRef>,
    /// What it is about.
    #[serde(flatten)]
    pub kind: ConflictKind,
}

/// What can be done about a recommendation that cannot stand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(tag = "remedy", rename_all = "snake_case")]
pub enum Remedy {
    /// Keeps it as it is.
    Keep,
    /// Does less of it.
    Scale {
        /// Which.
        what: RecommendationRef,
        /// The share kept, 0 to 1.
        factor: f64,
    },
    /// Does it later, after another.
    Defer {
        /// Which.
        what: RecommendationRef,
        /// Behind which.
        behind: RecommendationRef,
    },
    /// Does less of it, and later.
    ScaleAndDefer {
        /// Which.
        what: RecommendationRef,
        /// The share kept, 0 to 1.
        factor: f64,
        /// Behind which.
        behind: RecommendationRef,
    },
    /// Leaves it out.
    Drop {
        /// Which.
        what: RecommendationRef,
    },
}

/// One way out of a conflict, with what it is worth.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Alternative {
    /// What would be done.
    #[serde(flatten)]
    pub remedy: Remedy,
    /// Predicted relative gain of the whole plan under it.
    pub predicted_gain: f64,
    /// Risk of the whole plan under it, 0 to 1.
    pub risk: f64,
    /// Whether that risk is within the bound.
    pub admissible: bool,
}

/// How a conflict was resolved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Resolution {
    /// The conflict's id.
    pub conflict: String,
    /// Index of the alternative that was taken.
    pub chosen: usize,
    /// All that were weighed.
    pub alternatives: Vec<Alternative>,
}

/// One step of the unified plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct PlanStep {
    /// The recommendation it carries out.
    pub what: RecommendationRef,
    /// The share of it that is done, 0 to 1.
    pub factor: f64,
    /// The advice in words, after resolution.
    pub title: String,
    /// Its detail, after resolution.
    pub detail: String,
    /// Hours it takes.
    pub effort_hours: f64,
    /// How to try it safely.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub safety: Option<crate::model::recommendation::SafetyNet>,
}

/// Steps that can be done together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Phase {
    /// From 1.
    pub number: usize,
    /// What it is about, a few words.
    pub title: String,
    /// First week, from 1.
    pub from_week: f64,
    /// Last week.
    pub to_week: f64,
    /// What to do.
    pub steps: Vec<PlanStep>,
}

/// How sure the team is, and of what that is made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConfidenceParts {
    /// The average of the agents' confidences, a missing subtask counting zero; 0 to 1.
    pub mean: f64,
    /// Standard deviation of the agents' confidences.
    pub spread: f64,
    /// Each agent's.
    pub by_agent: BTreeMap<String, f64>,
    /// Mean absolute distance between past confidences and outcomes.
    pub calibration_error: Option<f64>,
}

/// The collective answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Aggregation {
    /// What helps what.
    pub synergies: Vec<Synergy>,
    /// What cannot stand as it is.
    pub conflicts: Vec<Conflict>,
    /// How each conflict was resolved, in the same order.
    pub resolutions: Vec<Resolution>,
    /// The phased plan.
    pub phases: Vec<Phase>,
    /// The subtasks that are missing, by name.
    pub missing: Vec<String>,
    /// How sure.
    pub confidence: ConfidenceParts,
    /// The collective recommendation as a JSON object, in the domain's own fields.
    pub recommendation: Value,
    /// Where the recommendation's figures come from.
    pub provenance: Provenance,
    /// `high`, `medium` or `low`.
    pub coordination_quality: String,
}

/// What the environment needs to say how a plan turned out.
pub struct Trial<'a> {
    /// The run's seed and the task's name for draws.
    pub luck: Luck<'a>,
    /// The kind of task.
    pub task_type: &'a str,
    /// The task's input.
    pub input: &'a Value,
    /// The environment's outcome parameters, an object.
    pub outcome: &'a Value,
    /// The job marketplace.
    pub marketplace: &'a [Value],
    /// The collective answer.
    pub answer: &'a Aggregation,
    /// The subtasks with what came of each.
    pub contributions: &'a [Contribution<'a>],
}

/// How a plan turned out against leaving things as they were, on the same draws.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Outcome {
    /// Quality of the whole, 0 to 1.
    pub quality: f64,
    /// Quality of each subtask's part, 0 to 1, by name.
    pub by_subtask: BTreeMap<String, f64>,
    /// What happened with the plan, such as income over the period; simulated.
    pub with_plan: f64,
    /// What would have happened without it, on the same draws; simulated.
    pub without_plan: f64,
    /// The unit of the two.
    pub unit: String,
}

/// A field of work: its roles, its plans, how its work is done and merged, and how it turns out.
///
/// Implementations are pure: the same arguments give the same bytes on every machine.
pub trait Domain: Send + Sync {
    /// Returns the domain's name, such as `freelance`.
    fn name(&self) -> &str;

    /// Returns the roles, in the order they are shown.
    fn roles(&self) -> &[RoleSpec];

    /// Returns the role of a name.
    fn role(&self, name: &str) -> Option<&RoleSpec> {
        self.roles().iter().find(|role| role.name == name)
    }

    /// Returns the plan of a kind of task for the roles asked for (all of the workflow's if empty);
    /// none for an unknown kind. Subtasks of roles left out are left out with their dependencies joined.
    fn plan(&self, task_type: &str, required_roles: &[String]) -> Option<Vec<PlannedSubtask>>;

    /// Returns the kinds of task that have a plan of their own.
    fn task_types(&self) -> Vec<&str>;

    /// Returns what is wrong with a task's input, with pointers into it.
    fn input_faults(&self, input: &Value) -> Vec<Fault>;

    /// Returns how long a subtask takes an agent of pace 1.
    fn duration(&self, subtask: &PlannedSubtask, input: &Value) -> Micros;

    /// Does a piece of work.
    fn work(&self, order: &WorkOrder<'_>) -> Result<Work, WorkFailure>;

    /// Merges what the team found into one answer.
    fn aggregate(&self, merge: &Merge<'_>) -> Aggregation;

    /// Says how an answer turned out.
    fn outcome(&self, trial: &Trial<'_>) -> Outcome;
}

/// A role of a generic team, as a scenario defines it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RoleDraft {
    /// The role's name in lower case with underscores.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(length(min = 1, max = 64)))]
    pub name: String,
    /// The name people read; else made of the name.
    #[serde(default)]
    pub title: String,
    /// Capabilities its subtasks ask for.
    #[serde(default)]
    pub capabilities: Vec<String>,
    /// Knowledge keys its results contribute.
    #[serde(default)]
    pub provides: Vec<String>,
    /// Knowledge keys it reads when they are there; acyclic over all roles.
    #[serde(default)]
    pub uses: Vec<String>,
    /// How long its work takes an agent of pace 1 [µs].
    pub duration_us: u64,
    /// How good its work is, 0 to 1.
    #[serde(default = "usual_quality")]
    pub quality: Ppm,
    /// What its work costs, in units.
    #[serde(default)]
    pub cost_units: f64,
    /// Tokens its work takes, where it is a language model.
    #[serde(default)]
    pub tokens: u64,
}

fn usual_quality() -> Ppm {
    Ppm(800_000)
}
