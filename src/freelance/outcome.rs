//! How a plan turns out: a seeded marketplace in which jobs arrive, rivals bid and clients choose.

pub mod marketplace;

use std::collections::BTreeMap;

use serde_json::Value;

use super::merge::team::of_role;
use crate::kernel::fixed::rounded;
use crate::mechanism::domain::{Contribution, Outcome, PlanStep, Trial};
use crate::model::recommendation::{Recommendation, RecommendationRef};
use marketplace::{Seller, Truth, jobs};

/// Relative gain over the status quo at which quality is three quarters; at none it is a half, and a
/// loss of as much leaves a quarter. Assumed: a plan that brings a sixth more is a good one.
const GOOD_GAIN: f64 = 0.15;
/// How idle hours count, in the words of the unit.
const IDLE: &str = "idle hours at their reservation value";
/// Share of a subtask's quality that is the whole's, the rest being what its own part did.
const SHARED: f64 = 0.5;

/// Runs a plan and the status quo on the same draws and says what came of it.
///
/// Quality is `1 / (1 + 3^(-gain / GOOD_GAIN))`, gain being income with the plan over income without,
/// less 1. A subtask's quality mixes that of the whole with the same measure of what the plan gained by
/// its steps (the plan against the plan without them); a missing subtask has none, and one whose
/// advice has no steps shares the whole's.
pub fn outcome(trial: &Trial<'_>) -> Outcome {
    let truth = Truth::of(trial.outcome);
    let jobs = jobs(&truth, &trial.luck);
    let seller = Seller::of(trial, &truth);
    let plan = plan(trial);
    let income = |steps: &[Planned<'_>]| marketplace::income(&truth, &seller, &jobs, steps);
    let (with_plan, without_plan) = (income(&plan), income(&[]));
    let whole = quality(gain(with_plan, without_plan));
    let by_subtask = trial.contributions.iter().map(|one| {
        let own = own_quality(one, &plan, with_plan, whole, &income);
        (one.subtask.to_owned(), rounded(own, 4))
    });
    let by_subtask: BTreeMap<String, f64> = by_subtask.collect();
    let missing = trial.contributions.iter().filter(|one| one.work.is_none()).count();
    let share_done = 1.0 - missing as f64 / trial.contributions.len().max(1) as f64;
    let (scale, unit) = money(trial, &truth);
    Outcome {
        quality: rounded(whole * share_done, 4),
        by_subtask,
        with_plan: rounded(with_plan * scale, 0),
        without_plan: rounded(without_plan * scale, 0),
        unit,
    }
}

/// A step of the plan with the week in which it is done.
#[derive(Clone, Copy)]
pub struct Planned<'a> {
    /// Its name.
    pub what: &'a RecommendationRef,
    /// The advice.
    pub advice: &'a Recommendation,
    /// The share of it that is done.
    pub share: f64,
    /// The week, from 1, at whose end it is done.
    pub week: f64,
}

fn plan<'a>(trial: &'a Trial<'_>) -> Vec<Planned<'a>> {
    let advice = |step: &PlanStep| {
        let contribution =
            trial.contributions.iter().find(|one| one.subtask == step.what.subtask)?;
        contribution.work?.recommendations.iter().find(|advice| advice.id == step.what.id)
    };
    let phases = trial.answer.phases.iter();
    phases
        .flat_map(|phase| phase.steps.iter().map(move |step| (phase.to_week, step)))
        .filter_map(|(week, step)| {
            Some(Planned { what: &step.what, advice: advice(step)?, share: step.factor, week })
        })
        .collect()
}

fn own_quality<'a>(
    one: &Contribution<'_>,
    plan: &[Planned<'a>],
    with_plan: f64,
    whole: f64,
    income: &dyn Fn(&[Planned<'a>]) -> f64,
) -> f64 {
    if one.work.is_none() {
        return 0.0;
    }
    let others: Vec<Planned<'_>> =
        plan.iter().filter(|step| step.what.subtask != one.subtask).copied().collect();
    if others.len() == plan.len() {
        return whole;
    }
    SHARED * whole + (1.0 - SHARED) * quality(gain(with_plan, income(&others)))
}

fn gain(with: f64, without: f64) -> f64 {
    match without > 0.0 {
        true => with / without - 1.0,
        false if with > 0.0 => 1.0,
        false => 0.0,
    }
}

fn quality(gain: f64) -> f64 {
    1.0 / (1.0 + libm::pow(3.0, -gain / GOOD_GAIN))
}

/// Returns what a median hourly rate is in money, and the unit of income: in the freelancer's currency
/// where the pricing strategist knew pay or rate, else in median hourly rates.
fn money(trial: &Trial<'_>, truth: &Truth) -> (f64, String) {
    let priced = of_role(trial.contributions, "pricing_strategist")
        .and_then(|one| one.work)
        .map(|work| &work.result);
    let currency = priced.and_then(|result| result.get("currency")?.as_str());
    match (median(trial), currency) {
        (Some(median), Some(currency)) => {
            (median, format!("{currency} in {} weeks, {IDLE}", truth.weeks))
        }
        _ => (1.0, format!("median hourly rates in {} weeks, {IDLE}", truth.weeks)),
    }
}

/// Returns the median pay that the team worked with, where it did.
pub fn median(trial: &Trial<'_>) -> Option<f64> {
    let result = |role: &str| {
        of_role(trial.contributions, role).and_then(|one| one.work).map(|work| &work.result)
    };
    let analyst =
        result("market_analyst").and_then(|found| found.pointer("/pay_position/quantiles/2"));
    let strategist = result("pricing_strategist").and_then(|found| found.get("market_median"));
    analyst.or(strategist).and_then(Value::as_f64).filter(|median| *median > 0.0)
}

#[cfg(test)]
mod tests;
