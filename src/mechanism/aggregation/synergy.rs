//! What helps what: a condition one provides and another needs, or effects that multiply.

use super::TeamBeliefs;
use super::draft::{Draft, EXPOSED_EFFECT, Step};
use crate::mechanism::domain::Synergy;

/// The least joint gain beyond the two alone that is worth naming, relative: a twentieth of income is
/// about the error of a prediction.
pub const JOINT_GAIN_MIN: f64 = 0.05;

/// Finds the synergies, by place of the providing step and then of the other.
///
/// Effects that multiply are named only for steps that no chain of conditions links: else the chain
/// says it already.
pub fn find(draft: &Draft<'_>, beliefs: &dyn TeamBeliefs) -> Vec<Synergy> {
    let mut found = Vec::new();
    for (place, from) in draft.steps.iter().enumerate() {
        for (other, to) in draft.steps.iter().enumerate() {
            if place == other {
                continue;
            }
            let conditions = provided(from, to, beliefs);
            let gain = joint_gain(from, to, !conditions.is_empty(), beliefs);
            let multiply = place < other && gain >= JOINT_GAIN_MIN;
            if multiply
                && !is_linked(draft, place, other, beliefs)
                && !is_linked(draft, other, place, beliefs)
            {
                found.push(synergy(from, to, None, gain));
            }
            found.extend(
                conditions.into_iter().map(|condition| synergy(from, to, Some(condition), gain)),
            );
        }
    }
    found
}

/// Says whether a chain of provided and needed conditions leads from one step to another.
fn is_linked(draft: &Draft<'_>, from: usize, to: usize, beliefs: &dyn TeamBeliefs) -> bool {
    let mut reached = vec![from];
    let mut next = 0;
    while let Some(step) = reached.get(next).and_then(|place| draft.steps.get(*place)) {
        for (place, other) in draft.steps.iter().enumerate() {
            if !reached.contains(&place) && !provided(step, other, beliefs).is_empty() {
                reached.push(place);
            }
        }
        next += 1;
    }
    reached.contains(&to)
}

/// Returns the conditions one step provides, another needs, and nothing holds yet.
fn provided(from: &Step<'_>, to: &Step<'_>, beliefs: &dyn TeamBeliefs) -> Vec<String> {
    let given = from.advice.provides.iter();
    given
        .filter(|condition| to.advice.needs.contains(condition) && !beliefs.holds(condition))
        .cloned()
        .collect()
}

/// Returns what two steps gain together beyond what each does alone; alone, a step that waits for the
/// other's condition has only the effect of an exposed one.
fn joint_gain(a: &Step<'_>, b: &Step<'_>, waits: bool, beliefs: &dyn TeamBeliefs) -> f64 {
    let alone = if waits && !beliefs.carries(b.advice) { EXPOSED_EFFECT } else { 1.0 };
    let together = beliefs.predict(&[(a.advice, 1.0), (b.advice, 1.0)]);
    together - beliefs.predict(&[(a.advice, 1.0)]) - beliefs.predict(&[(b.advice, alone)])
}

fn synergy(from: &Step<'_>, to: &Step<'_>, condition: Option<String>, gain: f64) -> Synergy {
    Synergy { from: from.what.clone(), to: to.what.clone(), condition, gain }
}
