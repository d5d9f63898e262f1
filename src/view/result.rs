//! The collective answer: what is advised, what helps what, what clashed, and how sure the team is.

use crate::model::figure::Tag;

use super::mark::Mark;

/// One line of the recommendation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advice {
    /// What it is about.
    pub name: String,
    /// What is advised, one line or several.
    pub lines: Vec<String>,
    /// Where its figures come from, weakest first.
    pub tag: Option<Tag>,
    /// The sources, for the tooltip.
    pub source: String,
}

/// One agent's part of the confidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfidencePart {
    /// The agent, or the missing subtask.
    pub who: String,
    /// Its mark.
    pub mark: Option<Mark>,
    /// Its confidence, two decimals.
    pub value: String,
    /// The same in whole percent, for a bar.
    pub percent: u32,
}

/// How sure the team is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confidence {
    /// The mean, two decimals.
    pub mean: String,
    /// The same in whole percent, for a bar.
    pub percent: u32,
    /// Its spread, in words.
    pub spread: String,
    /// How far past confidences matched outcomes, in words.
    pub calibration: String,
    /// Each agent's.
    pub parts: Vec<ConfidencePart>,
}

/// Two pieces of advice that help each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SynergyRow {
    /// The one that provides.
    pub from: String,
    /// The one that gains.
    pub to: String,
    /// What passes between them.
    pub what: String,
    /// What it is predicted to bring.
    pub gain: String,
    /// The event that found it.
    pub event: Option<u64>,
}

/// One way out of a conflict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlternativeRow {
    /// What would be done.
    pub what: String,
    /// What the whole plan is predicted to gain under it.
    pub gain: String,
    /// The whole plan's risk under it.
    pub risk: String,
    /// Whether that risk is within the bound.
    pub admissible: bool,
    /// Whether it was taken.
    pub chosen: bool,
}

/// A conflict and how it was resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConflictRow {
    /// What clashes.
    pub what: String,
    /// Why.
    pub why: String,
    /// What was done about it.
    pub resolution: String,
    /// All that was weighed.
    pub alternatives: Vec<AlternativeRow>,
    /// The event that resolved it.
    pub event: Option<u64>,
}

/// One step of the phased plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepRow {
    /// What to do.
    pub title: String,
    /// The same in full.
    pub detail: String,
    /// Hours it takes.
    pub effort: String,
    /// How to try it safely: test, watch, step back; empty where nothing can go wrong.
    pub safety: Vec<(&'static str, String)>,
}

/// Steps that can be done together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanPhase {
    /// Its number and what it is about.
    pub title: String,
    /// Its weeks, such as `weeks 1–3`.
    pub weeks: String,
    /// What to do.
    pub steps: Vec<StepRow>,
}

/// What one subtask has brought so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartRow {
    /// The subtask, in words.
    pub title: String,
    /// Who does it.
    pub agent_id: String,
    /// Its role's mark.
    pub mark: Mark,
    /// What it found, or what it waits for.
    pub what: String,
    /// Its confidence, two decimals; empty until it is accepted.
    pub confidence: String,
    /// The event that last concerned it.
    pub event: Option<u64>,
    /// Whether it is done.
    pub done: bool,
    /// Whether this turn changed it.
    pub fresh: bool,
}

/// The merged answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// How the task ended, in words.
    pub standing: String,
    /// What is advised.
    pub advice: Vec<Advice>,
    /// How sure.
    pub confidence: Confidence,
    /// What helps what.
    pub synergies: Vec<SynergyRow>,
    /// What clashed.
    pub conflicts: Vec<ConflictRow>,
    /// The phased plan.
    pub phases: Vec<PlanPhase>,
    /// What is missing, in words; empty where nothing is.
    pub missing: String,
    /// How well the team worked together, in words.
    pub coordination: String,
    /// How the plan turned out in the simulation; empty until it did.
    pub outcome: String,
    /// The event that completed the task.
    pub event: Option<u64>,
    /// Whether this turn brought it.
    pub fresh: bool,
}

/// The result as far as it has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResultModel {
    /// What stands there in one line.
    pub summary: String,
    /// The answer; none until the team has merged its parts.
    pub answer: Option<Answer>,
    /// What each subtask brought.
    pub parts: Vec<PartRow>,
}
