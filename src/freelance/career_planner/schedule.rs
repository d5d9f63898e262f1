//! Milestones: what is done in which month, within the hours there are, foundations first.

use serde::Serialize;

use super::Plan;
use super::choice::Step;
use super::rates::Raise;
use crate::freelance::money::{counted, money, percent};
use crate::kernel::fixed::rounded;

/// Months from having learned a skill to the first job won with it; assumed.
pub const MONTHS_TO_WIN: u32 = 2;

/// One milestone.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[cfg_attr(not(target_arch = "wasm32"), schemars(rename = "CareerMilestone"))]
pub struct Milestone {
    /// Unique within the plan, such as `learn_docker`.
    pub id: String,
    /// `learn`, `practice`, `win`, `rate` or `review`.
    pub kind: &'static str,
    /// The month by whose end it is reached, from 1.
    pub month: u32,
    /// What is reached.
    pub title: String,
    /// Hours it takes beside paid work.
    pub hours: f64,
    /// Ids of the milestones that come before it.
    pub needs: Vec<String>,
    /// How one sees that it is reached.
    pub indicator: String,
}

/// Makes the milestones, in order of month; within one, in the order of the plan.
pub(super) fn milestones(plan: &Plan<'_>) -> Vec<Milestone> {
    let mut all = learning(plan);
    let won = first_win(plan, &all);
    let win_id = won.as_ref().map(|milestone| milestone.id.clone());
    all.extend(won);
    all.extend(raises(plan, win_id.as_deref()));
    if !all.is_empty() {
        all.push(review(plan));
    }
    all.sort_by_key(|milestone| milestone.month);
    all
}

/// Returns the month in which the first learned skill that near jobs ask for is there.
pub(super) fn first_skill_month(plan: &Plan<'_>) -> Option<u32> {
    let asked: Vec<String> = plan
        .choice
        .steps
        .iter()
        .filter(|step| plan.demand.counts(&step.skill.key).1 > 0)
        .map(|step| learn_id(&step.skill.key))
        .collect();
    learning(plan).into_iter().find(|milestone| asked.contains(&milestone.id)).map(|one| one.month)
}

/// Names the milestone of a skill.
pub(super) fn learn_id(key: &str) -> String {
    format!("learn_{}", key.replace(' ', "_"))
}

/// Names the milestone of a skill that is practiced.
pub(super) fn practice_id(key: &str) -> String {
    format!("practice_{}", key.replace(' ', "_"))
}

/// Puts what the goals name first, then practice, then the rest, one after the other.
fn learning(plan: &Plan<'_>) -> Vec<Milestone> {
    let steps = &plan.choice.steps;
    let wanted = steps.iter().rposition(|step| step.wanted).map_or(0, |at| at + 1);
    let (first, rest) = steps.split_at(wanted.min(steps.len()));
    let mut all: Vec<Milestone> = first.iter().map(|step| learn(plan, step)).collect();
    all.extend(practice(plan));
    all.extend(rest.iter().map(|step| learn(plan, step)));
    let mut hours = 0.0;
    for milestone in &mut all {
        hours += milestone.hours;
        milestone.month = month_at(plan, hours);
    }
    all
}

/// Returns the month in which so many hours are through.
fn month_at(plan: &Plan<'_>, hours: f64) -> u32 {
    let per_month = plan.time.hours_per_month();
    let month =
        if per_month > 0.0 { libm::ceil(hours / per_month) as u32 } else { plan.time.months };
    month.clamp(1, plan.time.months)
}

fn learn(plan: &Plan<'_>, step: &Step) -> Milestone {
    let name = &step.skill.name;
    let title = match &step.foundation_of {
        Some(target) => format!("Learn {name}, which {} needs", target.name),
        None => format!("Learn {name} and show it in one project"),
    };
    let near = plan.demand.near();
    let now = plan.demand.within_reach(&Default::default());
    let indicator = match (&step.foundation_of, step.within_reach > now) {
        (Some(target), _) => {
            format!("a small exercise with {name} runs, and {} can begin", target.name)
        }
        (None, true) => format!(
            "near jobs within reach: {} of {near}, now {now}; a project with {name} is in the portfolio",
            step.within_reach,
        ),
        (None, false) => format!("a project with {name} is in the portfolio"),
    };
    Milestone {
        id: learn_id(&step.skill.key),
        kind: "learn",
        month: 0,
        title,
        hours: rounded(step.hours, 1),
        needs: step.needs.iter().map(|key| learn_id(key)).collect(),
        indicator,
    }
}

fn practice<'a>(plan: &'a Plan<'_>) -> impl Iterator<Item = Milestone> + 'a {
    plan.practice.iter().map(|one| {
        let (_, near) = plan.demand.counts(&one.skill.key);
        Milestone {
            id: practice_id(&one.skill.key),
            kind: "practice",
            month: 0,
            title: format!("Practice {} until you can call yourself intermediate", one.skill.name),
            hours: rounded(one.hours, 1),
            needs: Vec::new(),
            indicator: format!(
                "a project with {} that others can look at; {near} of the {} ask for it",
                one.skill.name,
                counted(plan.demand.near(), "near job")
            ),
        }
    })
}

/// Makes the milestone of the first job won with the skill that near jobs gain most from.
fn first_win(plan: &Plan<'_>, learning: &[Milestone]) -> Option<Milestone> {
    let step = plan.top_step()?;
    let learned = learning.iter().find(|milestone| milestone.id == learn_id(&step.skill.key))?;
    let (all, _) = plan.demand.counts(&step.skill.key);
    Some(Milestone {
        id: format!("win_{}", step.skill.key.replace(' ', "_")),
        kind: "win",
        month: (learned.month + MONTHS_TO_WIN).min(plan.time.months),
        title: format!("Win a first job that asks for {}", step.skill.name),
        hours: 0.0,
        needs: vec![learned.id.clone()],
        indicator: format!(
            "one paid job with {} in it; {all} of the {} given ask for it",
            step.skill.name,
            counted(plan.demand.given, "job")
        ),
    })
}

fn raises(plan: &Plan<'_>, win_id: Option<&str>) -> Vec<Milestone> {
    let Some(path) = &plan.path else { return Vec::new() };
    let mut before: Option<String> = None;
    let mut all = Vec::new();
    for (at, raise) in path.raises.iter().enumerate() {
        let id = format!("rate_step_{}", at + 1);
        let beyond = path.recommended.is_some_and(|recommended| raise.rate > recommended);
        let won = win_id.filter(|_| beyond).map(str::to_owned);
        let needs = before.take().into_iter().chain(won).collect();
        all.push(rate(raise, &path.currency, id.clone(), needs));
        before = Some(id);
    }
    all
}

fn rate(raise: &Raise, currency: &str, id: String, needs: Vec<String>) -> Milestone {
    Milestone {
        id,
        kind: "rate",
        month: raise.month,
        title: format!("Ask new clients for {} an hour", money(raise.rate, currency)),
        hours: 0.0,
        needs,
        indicator: format!(
            "it pays as long as the hours booked fall by less than {}",
            percent(raise.break_even_loss)
        ),
    }
}

fn review(plan: &Plan<'_>) -> Milestone {
    Milestone {
        id: "review".into(),
        kind: "review",
        month: plan.time.months,
        title: "Take stock with new postings".into(),
        hours: 0.0,
        needs: Vec::new(),
        indicator: format!(
            "the figures of the success indicators, counted again over at least {}",
            counted(plan.demand.given.max(1), "fresh job")
        ),
    }
}
