//! What the whole plan is predicted to gain, with its interval, and which actions come first.

use serde_json::{Value, json};

use super::team::Team;
use crate::kernel::fixed::rounded;
use crate::mechanism::aggregation::Merged;
use crate::mechanism::aggregation::draft::RISKY_ABOVE;
use crate::mechanism::domain::{Merge, Phase, PlanStep};
use crate::model::recommendation::Recommendation;

/// Predicted gain below which none is claimed.
const GAIN_CLAIMED_MIN: f64 = 0.005;
/// Actions that are named first.
const ACTIONS_MAX: usize = 5;

/// A predicted gain with its interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Impact {
    /// The lower bound; 0.1 is ten percent.
    pub low: f64,
    /// As predicted.
    pub point: f64,
    /// The upper bound.
    pub high: f64,
}

impl Impact {
    /// Bounds a prediction by the beliefs' error, the wider the less sure the team is: one standard
    /// deviation at full confidence, two at none.
    pub fn of(team: &Team, merged: &Merged) -> Impact {
        let point = merged.predicted_gain;
        let error = team.beliefs.gain_error * (2.0 - merged.confidence.mean);
        let width = error * if point < 0.0 { -point } else { point };
        Impact { low: point - width, point, high: point + width }
    }

    /// Says it in a sentence, such as `12–20 % improvement in expected income`.
    pub fn sentence(&self) -> String {
        let whole = |share: f64| rounded(share * 100.0, 0);
        if self.point < GAIN_CLAIMED_MIN {
            return "no improvement in expected income predicted".to_owned();
        }
        let (low, high) = (whole(self.low), whole(self.high));
        if low == high {
            format!("about {high} % improvement in expected income")
        } else {
            format!("{low}\u{2013}{high} % improvement in expected income")
        }
    }

    /// Returns it as figures.
    pub fn figures(&self) -> Value {
        json!({
            "low": rounded(self.low, 3),
            "point": rounded(self.point, 3),
            "high": rounded(self.high, 3),
            "of": "expected income, an unsold hour counted at its reservation value",
            "tag": "assumed",
        })
    }
}

/// Returns the plan's first actions in its order, in words and in figures; a risky one with its test.
///
/// An action's gain is its share of the whole plan's.
pub fn actions(merge: &Merge<'_>, merged: &Merged) -> (Vec<String>, Vec<Value>) {
    let steps =
        merged.phases.iter().flat_map(|phase| phase.steps.iter().map(move |step| (phase, step)));
    let credit = |step: &PlanStep| {
        merged.credits.iter().find(|(what, _)| *what == step.what).map(|(_, gain)| *gain)
    };
    steps
        .take(ACTIONS_MAX)
        .map(|(phase, step)| {
            action(phase, step, advice_of(merge, step), credit(step).unwrap_or(0.0))
        })
        .unzip()
}

fn action(
    phase: &Phase,
    step: &PlanStep,
    advice: Option<&Recommendation>,
    gain: f64,
) -> (String, Value) {
    let risk = advice.map_or(0.0, |advice| advice.risk * step.factor);
    let test =
        step.safety.as_ref().filter(|_| risk > RISKY_ABOVE).map(|safety| safety.test.as_str());
    let figures = json!({
        "action": step.title,
        "test_first": test,
        "from": step.what,
        "lever": advice.map(|advice| advice.lever.as_str()),
        "phase": phase.number,
        "hours": rounded(step.effort_hours, 1),
        "gain": rounded(gain, 3),
        "risk": rounded(risk, 3),
    });
    (test.map_or_else(|| step.title.clone(), |test| format!("{}. {test}", step.title)), figures)
}

fn advice_of<'a>(merge: &'a Merge<'_>, step: &PlanStep) -> Option<&'a Recommendation> {
    let contribution = merge.contributions.iter().find(|one| one.subtask == step.what.subtask)?;
    contribution.work?.recommendations.iter().find(|advice| advice.id == step.what.id)
}
