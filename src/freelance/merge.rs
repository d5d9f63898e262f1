//! Merges what the eight specialists found into one answer for each kind of task.

pub mod answer;
pub mod career;
pub mod goals;
pub mod impact;
pub mod pricing;
pub mod team;

use crate::mechanism::aggregation;
use crate::mechanism::domain::{Aggregation, Merge};

/// Merges the contributions of a task: conflicts and plan by the team's beliefs, then the answer in the
/// task's own fields.
pub fn aggregate(merge: &Merge<'_>) -> Aggregation {
    let team = team::Team::of(merge);
    let merged = aggregation::merge(merge.contributions, &team, merge.calibration_error);
    let (recommendation, provenance) = answer::write(merge, &team, &merged);
    Aggregation {
        synergies: merged.synergies,
        conflicts: merged.conflicts,
        resolutions: merged.resolutions,
        phases: merged.phases,
        missing: merged.missing,
        confidence: merged.confidence,
        recommendation,
        provenance,
        coordination_quality: merged.coordination_quality,
    }
}

#[cfg(test)]
mod tests;
