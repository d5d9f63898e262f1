//! What specialists advise, in a form that can be weighed, combined and put in order.

use serde::{Deserialize, Serialize};

use super::figure::Tag;

/// Names one recommendation of a task: the subtask that gave it and its id there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct RecommendationRef {
    /// The subtask's name in the plan.
    pub subtask: String,
    /// The recommendation's id within that subtask's result.
    pub id: String,
}

/// Which way a recommendation moves its lever.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// More of it.
    Up,
    /// Less of it.
    Down,
    /// Otherwise: no amount that could oppose another's.
    Change,
}

/// What a figure or an advice rests on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// `field`, `job`, `knowledge` or `market`.
    pub kind: EvidenceKind,
    /// The place: a JSON pointer into the input, a job's id, a knowledge key, a market row's name.
    pub at: String,
    /// Where what stands there comes from.
    pub tag: Tag,
}

/// The kinds of evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceKind {
    /// A field of the task's input.
    Field,
    /// One of the given jobs.
    Job,
    /// An entry of the blackboard, by its key.
    Knowledge,
    /// A row of the market table.
    Market,
}

/// How a risky step is made safe.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct SafetyNet {
    /// How to test it small.
    pub test: String,
    /// What to watch.
    pub watch: String,
    /// When to step back.
    pub step_back: String,
}

/// One typed piece of advice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recommendation {
    /// Unique within its result, stable across runs, such as `raise_rate`.
    pub id: String,
    /// What it moves; one of the domain's levers.
    pub lever: String,
    /// The advice in a few words, imperative.
    pub title: String,
    /// The advice in full, with its figures.
    pub detail: String,
    /// Which way it moves the lever.
    pub direction: Direction,
    /// How far, in `unit`; not negative.
    pub size: f64,
    /// The unit of `size`, such as `percent` or `items`; empty where size has no meaning.
    pub unit: String,
    /// Conditions that must hold before it works, by name.
    pub needs: Vec<String>,
    /// Ids of the same author's recommendations that come before it, in its author's order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<String>,
    /// Conditions that hold once it is done, by name.
    pub provides: Vec<String>,
    /// Work it takes [hours].
    pub effort_hours: f64,
    /// Chance that it does harm, 0 to 1.
    pub risk: f64,
    /// How sure its author is, 0 to 1.
    pub confidence: f64,
    /// Predicted relative gain in expected income on its own, by the team's beliefs; 0.1 is ten percent.
    pub gain: f64,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
    /// How to try it safely; none where nothing can go wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub safety: Option<SafetyNet>,
}
