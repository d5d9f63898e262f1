//! How a coordinator merges typed advice: synergies, conflicts and their resolution, a phased plan, a confidence.

pub mod confidence;
pub mod conflict;
pub mod credit;
pub mod draft;
pub mod phase;
pub mod synergy;

use std::collections::BTreeSet;

use super::domain::{ConfidenceParts, Conflict, Contribution, Phase, Resolution, Synergy};
use crate::model::recommendation::{Recommendation, RecommendationRef};
use draft::Draft;

/// What a team believes of its own advice; a domain answers for its field.
pub trait TeamBeliefs {
    /// Says whether a condition holds before anything is done.
    fn holds(&self, condition: &str) -> bool;

    /// Predicts the relative gain of steps done together, each with the share of it that is done.
    fn predict(&self, steps: &[(&Recommendation, f64)]) -> f64;

    /// Returns the hours a week there are for carrying the plan out.
    fn hours_per_week(&self) -> f64;

    /// Returns how many weeks the plan may take.
    fn weeks(&self) -> f64;

    /// Returns how much what was asked for weighs a lever; 1 where it says nothing.
    fn goal_weight(&self, lever: &str) -> f64;

    /// Returns the greatest chance of harm the whole plan may carry, 0 to 1.
    fn risk_bound(&self) -> f64;

    /// Says whether a risky step can stand now although a condition it needs does not hold yet.
    fn carries(&self, recommendation: &Recommendation) -> bool;

    /// Returns title and detail of a step of which a share is done.
    fn words(&self, recommendation: &Recommendation, share: f64) -> (String, String) {
        if share >= 1.0 {
            return (recommendation.title.clone(), recommendation.detail.clone());
        }
        let percent = crate::kernel::fixed::rounded(share * 100.0, 0);
        let title = format!("{} (to {percent} % of it)", recommendation.title);
        (title, recommendation.detail.clone())
    }
}

/// What merging typed advice gives; a domain adds its own fields to make an answer of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Merged {
    /// What helps what.
    pub synergies: Vec<Synergy>,
    /// What could not stand as it was.
    pub conflicts: Vec<Conflict>,
    /// How each conflict was resolved, in the same order.
    pub resolutions: Vec<Resolution>,
    /// The phased plan.
    pub phases: Vec<Phase>,
    /// The subtasks that are missing, by name.
    pub missing: Vec<String>,
    /// How sure.
    pub confidence: ConfidenceParts,
    /// `high`, `medium` or `low`.
    pub coordination_quality: String,
    /// Predicted relative gain of the whole plan.
    pub predicted_gain: f64,
    /// Each planned step's share of that gain; they add up to it.
    pub credits: Vec<(RecommendationRef, f64)>,
    /// Chance that the whole plan does harm, 0 to 1.
    pub risk: f64,
}

/// Merges what a team found.
///
/// 1. Conflicts are resolved in a fixed order: opposite directions, then hours, then unmet needs, so
///    that a step dropped for hours can no longer be counted on.
/// 2. Equal arguments give equal results: every choice breaks ties by place.
pub fn merge(
    contributions: &[Contribution<'_>],
    beliefs: &dyn TeamBeliefs,
    calibration_error: Option<f64>,
) -> Merged {
    let mut draft = Draft::of(contributions);
    let synergies = synergy::find(&draft, beliefs);
    let (conflicts, resolutions) = conflict::settle(&mut draft, beliefs);
    let confidence = confidence::of(contributions, calibration_error);
    let missing: Vec<String> = contributions
        .iter()
        .filter(|contribution| contribution.work.is_none())
        .map(|contribution| contribution.subtask.to_owned())
        .collect();
    let credits = credit::shares(&draft, beliefs);
    let quality = confidence::quality(&confidence, contributions, &resolutions);
    Merged {
        synergies: still_planned(synergies, &draft),
        phases: phase::plan(&draft, beliefs, &credits),
        missing,
        coordination_quality: quality.to_owned(),
        predicted_gain: draft.predicted_gain(beliefs),
        risk: draft.risk(beliefs),
        credits: named(credits, &draft),
        conflicts,
        resolutions,
        confidence,
    }
}

/// Names the steps that shares belong to; what is not planned has none.
fn named(credits: Vec<f64>, draft: &Draft<'_>) -> Vec<(RecommendationRef, f64)> {
    let steps = draft.steps.iter().zip(credits).filter(|(step, _)| step.is_planned());
    steps.map(|(step, credit)| (step.what.clone(), credit)).collect()
}

/// Keeps the synergies whose two sides are both still in the plan.
fn still_planned(synergies: Vec<Synergy>, draft: &Draft<'_>) -> Vec<Synergy> {
    let planned: BTreeSet<_> =
        draft.steps.iter().filter(|step| step.is_planned()).map(|step| &step.what).collect();
    synergies
        .into_iter()
        .filter(|synergy| planned.contains(&synergy.from) && planned.contains(&synergy.to))
        .collect()
}

#[cfg(test)]
mod tests;
