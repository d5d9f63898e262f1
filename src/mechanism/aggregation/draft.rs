//! The plan while it is being settled: every piece of advice, how much of it is done, and behind what.

use super::TeamBeliefs;
use crate::mechanism::domain::Contribution;
use crate::model::recommendation::{Recommendation, RecommendationRef};

/// The chance of harm above which a step is risky: it is not left to the order of the plan alone that
/// what it needs comes first, but settled as a conflict. One in ten is what a careful person accepts.
pub const RISKY_ABOVE: f64 = 0.1;

/// The share of its effect that a step has before what it needs: it works, but without its footing.
pub const EXPOSED_EFFECT: f64 = 0.5;

/// One piece of advice on its way into the plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Step<'a> {
    /// Its name within the task.
    pub what: RecommendationRef,
    /// The advice.
    pub advice: &'a Recommendation,
    /// The share of it that is done, 0 to 1; zero once dropped.
    pub share: f64,
    /// The step it was put behind, by place.
    pub behind: Option<usize>,
}

impl Step<'_> {
    /// Says whether any of it is left.
    pub fn is_planned(&self) -> bool {
        self.share > 0.0
    }

    /// Says whether it is risky and put behind nothing, so that it would not wait for what it needs.
    pub fn is_impatient(&self) -> bool {
        self.advice.risk > RISKY_ABOVE && self.behind.is_none()
    }

    /// Returns the hours it takes at its share.
    pub fn hours(&self) -> f64 {
        self.advice.effort_hours.max(0.0) * self.share
    }
}

/// All advice of a task in the order of the contributions.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft<'a> {
    /// The steps.
    pub steps: Vec<Step<'a>>,
}

impl<'a> Draft<'a> {
    /// Gathers the advice; what several give under one id is done once, as the surest of them says it.
    pub fn of(contributions: &[Contribution<'a>]) -> Draft<'a> {
        let mut steps: Vec<Step<'a>> = Vec::new();
        for contribution in contributions {
            for advice in contribution.work.iter().flat_map(|work| &work.recommendations) {
                let what = RecommendationRef {
                    subtask: contribution.subtask.to_owned(),
                    id: advice.id.clone(),
                };
                let step = Step { what, advice, share: 1.0, behind: None };
                match steps.iter_mut().find(|known| known.advice.id == advice.id) {
                    Some(known) if advice.confidence > known.advice.confidence => *known = step,
                    Some(_) => {}
                    None => steps.push(step),
                }
            }
        }
        Draft { steps }
    }

    /// Returns the places of the steps still planned.
    pub fn planned(&self) -> impl Iterator<Item = usize> + '_ {
        self.steps.iter().enumerate().filter(|(_, step)| step.is_planned()).map(|(place, _)| place)
    }

    /// Returns the place of the first planned step that provides a condition, other than the one that needs it.
    pub fn provider(&self, condition: &str, needer: usize) -> Option<usize> {
        self.steps.iter().enumerate().position(|(place, step)| {
            place != needer
                && step.is_planned()
                && step.advice.provides.iter().any(|given| given == condition)
        })
    }

    /// Returns the needs of a step that do not hold now.
    pub fn open_needs(&self, place: usize, beliefs: &dyn TeamBeliefs) -> Vec<&'a str> {
        let needs =
            self.steps.get(place).map(|step| step.advice.needs.as_slice()).unwrap_or_default();
        needs.iter().map(String::as_str).filter(|need| !beliefs.holds(need)).collect()
    }

    /// Returns the hours the planned steps take together.
    pub fn hours(&self) -> f64 {
        self.steps.iter().map(Step::hours).sum()
    }

    /// Returns the predicted gain of the plan; a deferred step counts for the time that is left to it,
    /// an exposed one for `EXPOSED_EFFECT` with each need it stands before.
    pub fn predicted_gain(&self, beliefs: &dyn TeamBeliefs) -> f64 {
        let counted = |place: usize| {
            let step = self.steps.get(place)?;
            let mut effect = self.time_left(step, beliefs);
            for _ in 0..self.unmet(place, beliefs) {
                effect *= EXPOSED_EFFECT;
            }
            Some((step.advice, step.share * effect))
        };
        let steps: Vec<(&Recommendation, f64)> = self.planned().filter_map(counted).collect();
        beliefs.predict(&steps)
    }

    /// Returns the chance that the plan does harm: that of any risky step, taken as independent. The
    /// small risks of the others are those of doing anything, and would only count how many they are.
    pub fn risk(&self, beliefs: &dyn TeamBeliefs) -> f64 {
        let is_risky = |place: &usize| {
            self.steps.get(*place).is_some_and(|step| step.advice.risk > RISKY_ABOVE)
        };
        1.0 - self
            .planned()
            .filter(is_risky)
            .map(|place| 1.0 - self.step_risk(place, beliefs))
            .product::<f64>()
    }

    /// Counts the needs a step stands before: those that no planned step provides, and, where the step is
    /// risky, those that are provided but not waited for. One that is carried stands before none.
    pub fn unmet(&self, place: usize, beliefs: &dyn TeamBeliefs) -> usize {
        let Some(step) = self.steps.get(place).filter(|step| !beliefs.carries(step.advice)) else {
            return 0;
        };
        let needs = self.open_needs(place, beliefs).into_iter();
        needs.filter(|need| step.is_impatient() || self.provider(need, place).is_none()).count()
    }

    /// Returns the chance that one step does harm. It shrinks with its share; an exposed step runs its
    /// risk once more with each need it stands before.
    fn step_risk(&self, place: usize, beliefs: &dyn TeamBeliefs) -> f64 {
        let Some(step) = self.steps.get(place) else { return 0.0 };
        let safe = 1.0 - step.advice.risk.clamp(0.0, 1.0) * step.share;
        let mut all_safe = safe;
        for _ in 0..self.unmet(place, beliefs) {
            all_safe *= safe;
        }
        1.0 - all_safe
    }

    /// Returns the share of the plan's weeks that is left once what a step waits for is done.
    fn time_left(&self, step: &Step<'_>, beliefs: &dyn TeamBeliefs) -> f64 {
        let Some(before) = step.behind.and_then(|place| self.steps.get(place)) else { return 1.0 };
        let hours = beliefs.hours_per_week() * beliefs.weeks();
        if hours <= 0.0 { 0.0 } else { 1.0 - (before.hours() / hours).min(1.0) }
    }
}
