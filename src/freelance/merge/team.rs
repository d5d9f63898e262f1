//! The team's beliefs about one client: what holds, what steps gain, what a raise can rest on.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::freelance::beliefs::{Beliefs, Standing};
use crate::freelance::conditions;
use crate::freelance::job::read_jobs;
use crate::freelance::money::{counted, money, percent};
use crate::freelance::pricing_strategist::advice::{RAISE_RISK, STRENGTH_RELIEF};
use crate::freelance::pricing_strategist::curve::{self, RAISE_MAX};
use crate::freelance::profile::Profile;
use crate::freelance::standing::{self, Known};
use crate::mechanism::aggregation::TeamBeliefs;
use crate::mechanism::domain::{Contribution, Merge};
use crate::model::recommendation::{Direction, Recommendation};

/// Profile strength of 100 from which a raise stands before the conditions it needs are provided; below
/// it is scaled and put behind them. Assumed: the upper third of the rubric, where what is missing no
/// longer decides a client.
pub const CARRIES_FROM: f64 = 70.0;
/// The greatest chance of harm the risky steps of a plan may carry: that of the greatest raise at the
/// strength that carries it, so that one threshold decides both.
pub const RISK_BOUND: f64 = RAISE_MAX * (RAISE_RISK - STRENGTH_RELIEF * CARRIES_FROM / 100.0);
/// Share of the hours for sale that goes into the plan; assumed: a day of a working week.
pub const IMPROVING_SHARE: f64 = 0.2;
/// Where a career planner's result says its hours.
const LEARNING_HOURS: &str = "/success_indicators/learning_hours/per_week";
/// Weeks of a plan whose timeframe nobody gave: a quarter.
pub const WEEKS_UNLESS_GIVEN: f64 = 12.0;
/// Weeks in a month of the calendar.
pub const WEEKS_A_MONTH: f64 = 52.0 / 12.0;

/// What the coordinator believes of the client's plan.
pub struct Team {
    /// The beliefs, the same as the specialists'.
    pub beliefs: Beliefs,
    /// Where the client stands.
    pub standing: Standing,
    /// Profile strength, 0 to 100, where the profile optimizer found it.
    pub strength: Option<f64>,
    /// How much each lever weighs to what was asked for.
    pub weights: BTreeMap<&'static str, f64>,
    held: BTreeSet<&'static str>,
    weeks: f64,
    /// Hours a week that the career planner planned with, where the plan is a career's.
    learning_hours: Option<f64>,
    current_rate: Option<f64>,
    currency: String,
}

impl Team {
    /// Reads the client and what the specialists found.
    pub fn of(merge: &Merge<'_>) -> Team {
        let beliefs = Beliefs::default();
        let profile = Profile::read(merge.input, merge.as_of);
        let jobs = read_jobs(merge.input, merge.marketplace);
        let strength = number(merge, "profile_optimizer", "/profile_strength_score");
        let rivals = number(merge, "competition_analyzer", "/median_rivals");
        let pay = standing::pay_of(&standing::market_of(merge.input, merge.market), &profile);
        let known = Known {
            pay: pay.as_ref(),
            strength: strength.map(|strength| strength / 100.0),
            rivals,
        };
        let months = merge
            .input
            .get("timeframe_months")
            .and_then(Value::as_f64)
            .filter(|months| *months > 0.0)
            .or_else(|| planned_months(merge));
        Team {
            standing: standing::standing(&beliefs, &profile, &jobs, &known),
            held: conditions::held(&profile, &jobs),
            weeks: months.map_or(WEEKS_UNLESS_GIVEN, |months| months * WEEKS_A_MONTH),
            learning_hours: (merge.task_type == "career_growth_plan")
                .then(|| number(merge, "career_planner", LEARNING_HOURS))
                .flatten(),
            current_rate: profile.hourly_rate.as_ref().map(|rate| rate.value),
            currency: profile
                .currency
                .as_ref()
                .map(|currency| currency.value.clone())
                .unwrap_or_default(),
            weights: super::goals::weights(merge.input, merge.goals),
            strength,
            beliefs,
        }
    }

    /// Writes a change of rate of which a share is done.
    fn rate_words(&self, advice: &Recommendation, share: f64) -> Option<(String, String)> {
        let current = self.current_rate.filter(|_| advice.unit == "percent")?;
        let sign = if advice.direction == Direction::Down { -1.0 } else { 1.0 };
        let change = sign * advice.size / 100.0 * share;
        let (target, months) = scaled_steps(current, change);
        let verb = if change < 0.0 { "Lower" } else { "Raise" };
        let over = if months.len() > 1 {
            format!(" in steps over {}", counted(months.len(), "month"))
        } else {
            String::new()
        };
        let size = percent(advice.size / 100.0 * share);
        let whole = percent(advice.size / 100.0);
        let (from, to) = (money(current, ""), money(target, &self.currency));
        let title = format!("{verb} the rate by {size}, from {from} to {to} an hour{over}");
        Some((title, format!("Advised was {whole}; more can follow once this much has held.")))
    }
}

/// Returns the rate after a relative change, and the rates of the months on the way: none greater than
/// the greatest monthly step.
pub fn scaled_steps(current: f64, change: f64) -> (f64, Vec<f64>) {
    let step = curve::quote_step(current);
    let target = libm::round(current * (1.0 + change) / step) * step;
    let months = if target > current { curve::monthly(current, target) } else { vec![target] };
    (target, months)
}

impl TeamBeliefs for Team {
    fn holds(&self, condition: &str) -> bool {
        self.held.contains(condition)
    }

    fn predict(&self, steps: &[(&Recommendation, f64)]) -> f64 {
        self.beliefs.gain(&self.standing, steps)
    }

    fn hours_per_week(&self) -> f64 {
        self.learning_hours.unwrap_or(IMPROVING_SHARE * self.standing.hours.max(0.0))
    }

    fn weeks(&self) -> f64 {
        self.weeks
    }

    fn goal_weight(&self, lever: &str) -> f64 {
        self.weights.get(lever).copied().unwrap_or(1.0)
    }

    fn risk_bound(&self) -> f64 {
        RISK_BOUND
    }

    fn carries(&self, advice: &Recommendation) -> bool {
        let is_raise = advice.lever == "rate" && advice.direction == Direction::Up;
        is_raise && self.strength.is_some_and(|strength| strength >= CARRIES_FROM)
    }

    fn words(&self, advice: &Recommendation, share: f64) -> (String, String) {
        let scaled = if advice.lever == "rate" && share < 1.0 {
            self.rate_words(advice, share)
        } else {
            None
        };
        scaled.unwrap_or_else(|| match share < 1.0 {
            true => (format!("{} ({} of it)", advice.title, percent(share)), advice.detail.clone()),
            false => (advice.title.clone(), advice.detail.clone()),
        })
    }
}

/// Returns the contribution of a role, if it has work to show.
pub fn of_role<'a>(
    contributions: &'a [Contribution<'a>],
    role: &str,
) -> Option<&'a Contribution<'a>> {
    contributions
        .iter()
        .find(|contribution| contribution.role == role && contribution.work.is_some())
}

fn number(merge: &Merge<'_>, role: &str, pointer: &str) -> Option<f64> {
    of_role(merge.contributions, role)?.work?.result.pointer(pointer)?.as_f64()
}

/// Returns the months that the career planner planned for.
fn planned_months(merge: &Merge<'_>) -> Option<f64> {
    let work = of_role(merge.contributions, "career_planner")?.work?;
    let plan = work.findings.iter().find(|finding| finding.key == "career.milestones")?;
    plan.value.get("months")?.as_f64().filter(|months| *months > 0.0)
}
