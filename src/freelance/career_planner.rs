//! The career planner: what the jobs near a profile ask beyond it, learned in an order, in the hours there are.

mod advice;
pub mod choice;
pub mod facts;
pub mod gap;
pub mod goals;
pub mod rates;
pub mod schedule;

mod report;
pub mod risk;

use std::collections::BTreeSet;

use serde_json::Value;

use super::blackboard::{self, KnownCompetition, KnownRate, KnownTrend};
use super::input::{Node, Notes};
use super::job::{Job, read_jobs};
use super::market::PayRow;
use super::profile::Profile;
use super::skill::Skill;
use super::standing;
use crate::mechanism::domain::{Work, WorkFailure, WorkOrder};
use crate::model::fault::Fault;
use crate::model::figure::Tag;
use choice::{Choice, SKILLS_MAX, Step, choose};
use gap::Demand;
use goals::{Goals, Theme};
use rates::Path;

/// Months planned where nobody said; assumed: a year is what people plan for.
pub const MONTHS_UNKNOWN: u32 = 12;

/// Months planned at most: what jobs ask in five years is not in today's postings.
pub const MONTHS_MAX: u32 = 60;

/// Share of the hours for sale that goes into learning; assumed: a day a week.
pub const LEARNING_SHARE: f64 = 0.2;

/// Hours a week for learning where the hours for sale are unknown; assumed.
pub const LEARNING_HOURS_UNKNOWN: f64 = 5.0;

/// Share of the timeframe in which learning is to be done; assumed: the rest is for winning work with it.
pub const LEARNING_TIME_SHARE: f64 = 0.75;

/// Level below which a held skill is practiced before it is counted on: less than intermediate.
pub const LOW_LEVEL: f64 = 0.4;

/// Share of a skill's hours that practicing it takes for someone who began with it; assumed.
pub const PRACTICE_SHARE: f64 = 0.4;

/// Held skills practiced at most.
const PRACTICE_MAX: usize = 2;

/// Weeks in a month.
const WEEKS_PER_MONTH: f64 = 52.0 / 12.0;

/// The time there is.
#[derive(Clone, Debug, PartialEq)]
struct Time {
    months: u32,
    months_given: bool,
    /// Hours a week for learning.
    hours_per_week: f64,
    /// Where the hours come from: tag, and field or words.
    hours_tag: Tag,
    hours_basis: String,
}

/// A held skill to be practiced.
#[derive(Clone, Debug, PartialEq)]
struct Practice {
    skill: Skill,
    pointer: String,
    hours: f64,
}

/// All that a plan is made from.
struct Plan<'a> {
    profile: &'a Profile,
    jobs: &'a [Job],
    goals: &'a Goals,
    /// Whether the role among the goals is one that given jobs are of.
    role_found: bool,
    demand: Demand,
    time: Time,
    practice: Vec<Practice>,
    choice: Choice,
    path: Option<Path>,
    pay: Option<PayRow>,
    strength: Option<f64>,
    rate: Option<KnownRate>,
    competition: Option<KnownCompetition>,
    trends: Vec<KnownTrend>,
}

/// Plans the career steps of an order.
pub fn work(order: &WorkOrder<'_>) -> Result<Work, WorkFailure> {
    let profile = Profile::read(order.input, order.as_of);
    let jobs = read_jobs(order.input, order.marketplace);
    let goals = Goals::read(order.input, order.goals);
    let strength = blackboard::strength(order);
    let rate = blackboard::rate(order);
    let (demand, role_found) = demand(&profile, &jobs, &goals, strength);
    let time = Time::read(order.input, &profile, &goals);
    let practice = practice(&profile, &demand, &goals, time.learning_hours());
    let practiced: f64 = practice.iter().map(|one| one.hours).sum();
    let choice = choose(&demand, &goals, SKILLS_MAX, time.learning_hours() - practiced);
    let mut plan = Plan {
        profile: &profile,
        jobs: &jobs,
        goals: &goals,
        role_found,
        demand,
        time,
        practice,
        choice,
        path: None,
        pay: standing::pay_of(&standing::market_of(order.input, order.market), &profile),
        strength,
        rate,
        competition: blackboard::competition(order),
        trends: blackboard::trends(order),
    };
    let aim = rates::aim(&profile, &goals, plan.rate.as_ref());
    let skills_month = schedule::first_skill_month(&plan);
    plan.path = aim.and_then(|aim| {
        rates::path(&profile, aim, plan.rate.as_ref(), skills_month, plan.time.months)
    });
    Ok(report::write(&plan, &schedule::milestones(&plan)))
}

/// Returns what is plainly wrong with the timeframe and the hours for learning in a task's input.
pub fn input_faults(input: &Value) -> Vec<Fault> {
    let mut notes = Notes::default();
    let bounds =
        [("timeframe_months", 1.0, f64::from(MONTHS_MAX)), ("learning_hours_per_week", 0.0, 100.0)];
    for (field, low, high) in bounds {
        if let Some(node) = Node::root(input).get(field) {
            node.number(low, high, &mut notes);
        }
    }
    notes.wrong
}

/// Counts what the jobs ask; where no given job is of the wanted role, those near the profile count.
fn demand(profile: &Profile, jobs: &[Job], goals: &Goals, strength: Option<f64>) -> (Demand, bool) {
    let share = strength.map(|score| score / 100.0);
    if let Some(role) = &goals.role {
        let demand = Demand::count(profile, jobs, Some(&role.value), share);
        if demand.near() > 0 {
            return (demand, true);
        }
    }
    (Demand::count(profile, jobs, None, share), false)
}

/// Chooses the held skills that near jobs ask for and whose level is low, the most asked for first,
/// within half of the hours.
fn practice(profile: &Profile, demand: &Demand, goals: &Goals, hours_max: f64) -> Vec<Practice> {
    let minimum = demand.demand_min();
    let avoided: BTreeSet<&str> = goals.avoided.iter().map(|at| at.value.key.as_str()).collect();
    let mut low: Vec<(usize, Practice)> = profile
        .skills
        .iter()
        .filter(|held| held.level.is_some_and(|level| level < LOW_LEVEL) && !held.skill.generic)
        .filter(|held| !avoided.contains(held.skill.key.as_str()))
        .map(|held| {
            let full =
                facts::facts().get(&held.skill.key).map_or(facts::UNKNOWN_HOURS, |fact| fact.hours);
            let hours = full * PRACTICE_SHARE;
            let practice =
                Practice { skill: held.skill.clone(), pointer: held.pointer.clone(), hours };
            (demand.counts(&held.skill.key).1, practice)
        })
        .filter(|(near, _)| *near >= minimum)
        .collect();
    low.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.skill.key.cmp(&b.1.skill.key)));
    let mut hours = 0.0;
    let fitting = low.into_iter().map(|(_, practice)| practice).filter(|practice| {
        hours += practice.hours;
        hours <= hours_max / 2.0
    });
    fitting.take(PRACTICE_MAX).collect()
}

impl Time {
    /// Reads the timeframe and the hours for learning: given, else a share of the hours for sale,
    /// half of it where a goal asks for less work.
    fn read(input: &Value, profile: &Profile, goals: &Goals) -> Time {
        let given =
            input.get("timeframe_months").and_then(Value::as_f64).filter(|months| *months >= 1.0);
        let months = given.map_or(MONTHS_UNKNOWN, |months| (months as u32).min(MONTHS_MAX));
        let calm = if goals.themes.contains(&Theme::Time) { 0.5 } else { 1.0 };
        let for_sale = profile.availability_hours.as_ref();
        let (hours_per_week, hours_tag, hours_basis) = match (&goals.learning_hours, for_sale) {
            (Some(hours), _) => (hours.value, Tag::Given, hours.pointer.clone()),
            (None, Some(sale)) => {
                let percent = LEARNING_SHARE * calm * 100.0;
                let basis = format!("{percent} % of the {} h a week for sale", sale.value);
                (sale.value * LEARNING_SHARE * calm, Tag::Assumed, basis)
            }
            (None, None) => {
                let basis = "the hours for sale are not known".to_owned();
                (LEARNING_HOURS_UNKNOWN * calm, Tag::Assumed, basis)
            }
        };
        Time { months, months_given: given.is_some(), hours_per_week, hours_tag, hours_basis }
    }

    /// Returns the hours a month for learning.
    fn hours_per_month(&self) -> f64 {
        self.hours_per_week * WEEKS_PER_MONTH
    }

    /// Returns the hours for learning in the timeframe.
    fn learning_hours(&self) -> f64 {
        self.hours_per_month() * f64::from(self.months) * LEARNING_TIME_SHARE
    }
}

impl Plan<'_> {
    /// Returns the hours that practice and learning take.
    fn hours(&self) -> f64 {
        let practice: f64 = self.practice.iter().map(|one| one.hours).sum();
        practice + self.choice.steps.iter().map(|step| step.hours).sum::<f64>()
    }

    /// Returns the learned skill that near jobs gain most from, the first of equals.
    fn top_step(&self) -> Option<&Step> {
        let asked =
            self.choice.steps.iter().filter(|step| self.demand.counts(&step.skill.key).1 > 0);
        asked.fold(None, |best: Option<&Step>, step| match best {
            Some(best) if best.gain >= step.gain => Some(best),
            _ => Some(step),
        })
    }

    /// Returns the percentile from which few are paid more, where the goal's currency is the table's.
    fn pay_top(&self) -> Option<f64> {
        let [.., top] = self.pay.as_ref()?.quantiles;
        Some(top)
    }
}

#[cfg(test)]
mod tests;
