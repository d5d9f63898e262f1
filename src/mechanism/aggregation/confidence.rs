//! How sure a team is, and how well its work came together.

use std::collections::BTreeMap;

use crate::mechanism::domain::{ConfidenceParts, Contribution, Resolution};

/// Mean confidence from which coordination is of high quality, nothing missing and all conflicts settled.
pub const HIGH_FROM: f64 = 0.75;

/// Mean confidence below which coordination is of low quality.
pub const LOW_BELOW: f64 = 0.5;

/// Share of missing subtasks above which coordination is of low quality.
pub const MISSING_SHARE_MAX: f64 = 1.0 / 3.0;

/// Returns the mean of the confidences, a missing subtask counting zero, with its parts.
pub fn of(contributions: &[Contribution<'_>], calibration_error: Option<f64>) -> ConfidenceParts {
    let confidences: Vec<f64> = contributions.iter().map(sureness).collect();
    let mean = mean(&confidences);
    let squares: Vec<f64> = confidences.iter().map(|c| (c - mean) * (c - mean)).collect();
    let mut agents: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for contribution in contributions.iter().filter(|contribution| !contribution.agent.is_empty()) {
        agents.entry(contribution.agent).or_default().push(sureness(contribution));
    }
    ConfidenceParts {
        mean,
        spread: self::mean(&squares).sqrt(),
        by_agent: agents
            .into_iter()
            .map(|(agent, own)| (agent.to_owned(), self::mean(&own)))
            .collect(),
        calibration_error,
    }
}

/// Grades the coordination: `high` where nothing is missing, every conflict found a way out within the
/// risk bound and the mean confidence reaches `HIGH_FROM`; `low` where more than `MISSING_SHARE_MAX` is
/// missing, a conflict found none, or the mean is below `LOW_BELOW`; else `medium`.
pub fn quality(
    confidence: &ConfidenceParts,
    contributions: &[Contribution<'_>],
    resolutions: &[Resolution],
) -> &'static str {
    let missing = contributions.iter().filter(|contribution| contribution.work.is_none()).count();
    let missing_share = missing as f64 / contributions.len().max(1) as f64;
    let all_settled = resolutions.iter().all(|resolution| {
        resolution
            .alternatives
            .get(resolution.chosen)
            .is_some_and(|alternative| alternative.admissible)
    });
    if missing_share > MISSING_SHARE_MAX || !all_settled || confidence.mean < LOW_BELOW {
        "low"
    } else if missing == 0 && confidence.mean >= HIGH_FROM {
        "high"
    } else {
        "medium"
    }
}

fn sureness(contribution: &Contribution<'_>) -> f64 {
    contribution.work.map_or(0.0, |work| work.confidence.clamp(0.0, 1.0))
}

fn mean(values: &[f64]) -> f64 {
    if values.is_empty() { 0.0 } else { values.iter().sum::<f64>() / values.len() as f64 }
}
