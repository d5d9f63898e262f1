//! What helps what: a condition one provides and another needs, or effects that multiply.

use super::TeamBeliefs;
use super::draft::{Draft, Step};
use crate::mechanism::domain::Synergy;

/// The least joint gain beyond the two alone that is worth naming, relative: half a percent is lost
/// in the error of any prediction.
pub const JOINT_GAIN_MIN: f64 = 0.005;

/// Finds the synergies, by place of the providing step and then of the other.
pub fn find(draft: &Draft<'_>, beliefs: &dyn TeamBeliefs) -> Vec<Synergy> {
    let mut found = Vec::new();
    for (place, from) in draft.steps.iter().enumerate() {
        for (other, to) in draft.steps.iter().enumerate() {
            if place == other {
                continue;
            }
            let conditions = provided(from, to, beliefs);
            let gain = joint_gain(from, to, beliefs);
            let linked_back = !provided(to, from, beliefs).is_empty();
            if conditions.is_empty() && !linked_back && place < other && gain >= JOINT_GAIN_MIN {
                found.push(synergy(from, to, None, gain));
            }
            found.extend(conditions.into_iter().map(|condition| synergy(from, to, Some(condition), gain)));
        }
    }
    found
}

/// Returns the conditions one step provides, another needs, and nothing holds yet.
fn provided(from: &Step<'_>, to: &Step<'_>, beliefs: &dyn TeamBeliefs) -> Vec<String> {
    let given = from.advice.provides.iter();
    given.filter(|condition| to.advice.needs.contains(condition) && !beliefs.holds(condition)).cloned().collect()
}

fn joint_gain(a: &Step<'_>, b: &Step<'_>, beliefs: &dyn TeamBeliefs) -> f64 {
    let together = beliefs.predict(&[(a.advice, 1.0), (b.advice, 1.0)]);
    together - beliefs.predict(&[(a.advice, 1.0)]) - beliefs.predict(&[(b.advice, 1.0)])
}

fn synergy(from: &Step<'_>, to: &Step<'_>, condition: Option<String>, gain: f64) -> Synergy {
    Synergy { from: from.what.clone(), to: to.what.clone(), condition, gain }
}
