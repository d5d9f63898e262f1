//! The pricing strategy as it stands after the team has settled its conflicts.

use serde_json::{Map, Value, json};

use super::team::{WEEKS_A_MONTH, of_role, scaled_steps};
use crate::kernel::fixed::rounded;
use crate::mechanism::aggregation::Merged;
use crate::mechanism::domain::{Contribution, Merge, PlanStep, Remedy};
use crate::model::figure::{Provenance, Tag};
use crate::model::recommendation::Direction;

/// A pricing strategy with the origins of its figures.
pub struct Settled {
    /// The strategy, an object.
    pub strategy: Map<String, Value>,
    /// Origins, with pointers into it.
    pub provenance: Provenance,
}

/// Takes the strategist's answer and changes in it what the plan changed: a scaled, deferred or dropped
/// change of rate shows in rate, strategy and roadmap, and what was advised stays beside it.
pub fn settled(merge: &Merge<'_>, merged: &Merged) -> Option<Settled> {
    let contribution = of_role(merge.contributions, "pricing_strategist")?;
    let work = contribution.work?;
    let mut strategy = work.result.as_object()?.clone();
    let mut provenance = work.provenance.clone();
    let Some(advice) = work.recommendations.iter().find(|advice| advice.lever == "rate") else {
        return Some(Settled { strategy, provenance });
    };
    let is_it =
        |step: &&PlanStep| step.what.id == advice.id && step.what.subtask == contribution.subtask;
    let planned = merged.phases.iter().find_map(|phase| {
        phase.steps.iter().find(is_it).map(|step| (phase.from_week, step.factor))
    });
    let (from_week, factor) = planned.unwrap_or((1.0, 0.0));
    let behind = deferred_behind(merge, merged, contribution, &advice.id);
    if factor >= 1.0 && behind.is_none() {
        return Some(Settled { strategy, provenance });
    }
    let current = strategy.get("current_rate").and_then(Value::as_f64)?;
    let sign = if advice.direction == Direction::Down { -1.0 } else { 1.0 };
    let (target, months) = match factor {
        factor if factor > 0.0 => scaled_steps(current, sign * advice.size / 100.0 * factor),
        _ => (current, Vec::new()),
    };
    let advised = ["recommended_rate", "strategy", "roadmap"]
        .map(|name| (name.to_owned(), strategy.get(name).cloned().unwrap_or_default()));
    let delay = libm::ceil((from_week - 1.0) / WEEKS_A_MONTH) as usize;
    let entry = |(at, rate): (usize, &f64)| json!({ "month": delay + at + 1, "rate": rate, "for": "new clients" });
    let kept = [
        ("recommended_rate", json!(rounded(target, 2))),
        ("strategy", json!(strategy_name(sign, months.len(), behind))),
        ("roadmap", months.iter().enumerate().map(entry).collect()),
        ("as_advised_alone", Value::Object(advised.into_iter().collect())),
    ];
    strategy.extend(kept.map(|(name, value)| (name.to_owned(), value)));
    note_origins(&mut provenance, months.len());
    Some(Settled { strategy, provenance })
}

/// Names what is left of a change of rate over so many months, and the lever it comes behind.
fn strategy_name(sign: f64, months: usize, behind: Option<String>) -> String {
    let name = match months {
        0 => return "hold_current_rate".to_owned(),
        1 if sign < 0.0 => "lower_for_new_clients".to_owned(),
        1 => "raise_at_once".to_owned(),
        months => format!("gradual_increase_over_{months}_months"),
    };
    behind.map_or(name.clone(), |lever| format!("{lever}_first_then_{name}"))
}

fn note_origins(provenance: &mut Provenance, months: usize) {
    let kept = "the share of the change that the plan keeps";
    provenance.0.retain(|pointer, _| !pointer.starts_with("/roadmap"));
    for at in 0..months {
        provenance.note(format!("/roadmap/{at}/rate"), Tag::Assumed, kept);
    }
    provenance.note("/recommended_rate", Tag::Assumed, kept);
    provenance.note("/as_advised_alone", Tag::Assumed, "the pricing strategist alone");
}

/// Returns the lever of the advice that the change of rate was put behind, by the resolutions taken.
fn deferred_behind(
    merge: &Merge<'_>,
    merged: &Merged,
    contribution: &Contribution<'_>,
    id: &str,
) -> Option<String> {
    let taken = merged.resolutions.iter().filter_map(|one| one.alternatives.get(one.chosen));
    let mut behind = taken.filter_map(|alternative| match &alternative.remedy {
        Remedy::Defer { what, behind } | Remedy::ScaleAndDefer { what, behind, .. }
            if what.id == id && what.subtask == contribution.subtask =>
        {
            Some(behind)
        }
        _ => None,
    });
    let behind = behind.next_back()?;
    let provider = merge.contributions.iter().find(|one| one.subtask == behind.subtask)?.work?;
    provider
        .recommendations
        .iter()
        .find(|advice| advice.id == behind.id)
        .map(|advice| advice.lever.clone())
}
