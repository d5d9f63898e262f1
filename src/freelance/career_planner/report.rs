//! The career planner's answer: result, provenance, confidence, evidence and advice from a plan.

use serde_json::{Map, Value, json};

use super::Plan;
use super::advice::recommendations;
use super::choice::Step;
use super::risk::{self};
use super::schedule::{Milestone, learn_id};
use crate::freelance::beliefs::Beliefs;
use crate::freelance::money::{amount, counted, listed, percent};
use crate::kernel::fixed::rounded;
use crate::mechanism::domain::{Cost, Finding, Scope, Work};
use crate::model::figure::{Provenance, Tag};
use crate::model::recommendation::{Evidence, EvidenceKind};

/// The surest this method can be: nobody knows next year's postings.
const CONFIDENCE_MAX: f64 = 0.85;
/// Near jobs after which half of what counting can tell is told.
const NEAR_HALF: f64 = 5.0;
/// Share of the confidence left to a plan in which nothing is to be done.
const EMPTY_SHARE: f64 = 0.4;
/// Share of the confidence that steps outside the table cost.
const UNTABLED_COST: f64 = 0.2;
/// Years of work after which a foundation may be held without being named.
const EXPERIENCED_YEARS: f64 = 4.0;
/// Cost of a plan and of each job read [milli-units].
const COST: (u64, u64) = (900, 15);
/// Ids of jobs named as evidence for one skill.
pub(super) const JOBS_NAMED: usize = 20;

/// Writes the answer.
pub fn write(plan: &Plan<'_>, milestones: &[Milestone]) -> Work {
    let confidence = confidence(plan);
    let skills: Vec<Value> =
        plan.choice.steps.iter().map(|step| skill(plan, step, milestones)).collect();
    let result = json!({
        "summary": summary(plan, milestones),
        "career_milestones": milestones,
        "skill_plan": skills,
        "to_deepen": to_deepen(plan, milestones),
        "risk_factors": risk::risks(plan),
        "success_indicators": indicators(plan, milestones),
        "in_the_simulation": simulated(plan),
        "unknown": unknown(plan),
        "confidence": confidence,
    });
    let value = json!({
        "milestones": milestones,
        "skills": plan.choice.steps.iter().map(|step| step.skill.name.as_str()).collect::<Vec<_>>(),
        "months": plan.time.months,
    });
    Work {
        provenance: provenance(plan, &result, milestones),
        confidence,
        evidence: evidence(plan),
        recommendations: recommendations(plan, milestones, confidence),
        findings: vec![Finding {
            key: "career.milestones".into(),
            category: "career_planning".into(),
            value,
            scope: Scope::Task,
        }],
        broadcasts: Vec::new(),
        cost: Cost { milli_units: COST.0 + COST.1 * plan.jobs.len() as u64, tokens: 0 },
        result,
    }
}

fn summary(plan: &Plan<'_>, milestones: &[Milestone]) -> String {
    let names: Vec<String> = plan
        .choice
        .steps
        .iter()
        .filter(|step| step.foundation_of.is_none())
        .map(|step| step.skill.name.clone())
        .collect();
    let near = plan.demand.near();
    let months = counted(plan.time.months as usize, "month");
    if !names.is_empty() {
        let reach = plan.demand.within_reach(&plan.choice.learned);
        let now = plan.demand.within_reach(&Default::default());
        let effect = match near {
            0 => "as the goals ask".to_owned(),
            _ if reach == now => format!(
                "which raises the mean fit of {} from {} to {}",
                counted(near, "near job"),
                percent(plan.demand.mean_fit(&Default::default())),
                percent(plan.demand.mean_fit(&plan.choice.learned))
            ),
            _ => format!(
                "which brings {reach} of {} within reach, now {now}",
                counted(near, "near job")
            ),
        };
        return format!("Learn {} in {months}, {effect}.", listed(&names));
    }
    match (plan.jobs.len(), near) {
        (0, _) => "No jobs were given, so what to learn for them is unknown.".into(),
        (given, 0) => format!(
            "None of the {} given is near what the profile names, so they show no way on.",
            counted(given, "job")
        ),
        _ if milestones.is_empty() => {
            "The near jobs ask for nothing worth learning that is not held already.".into()
        }
        _ => format!(
            "Nothing new is worth learning for the near jobs; the {months} go into practice and rate."
        ),
    }
}

fn skill(plan: &Plan<'_>, step: &Step, milestones: &[Milestone]) -> Value {
    let (all, near) = plan.demand.counts(&step.skill.key);
    let name_of = |key: &String| {
        let learned = plan.choice.steps.iter().find(|one| one.skill.key == *key);
        learned.map_or_else(|| key.clone(), |one| one.skill.name.clone())
    };
    json!({
        "skill": step.skill.name,
        "action": "learn",
        "jobs_asking": all,
        "jobs_given": plan.demand.given,
        "near_jobs_asking": near,
        "near_jobs": plan.demand.near(),
        "hours": rounded(step.hours, 1),
        "month": month_of(milestones, &learn_id(&step.skill.key)),
        "after": step.needs.iter().map(name_of).collect::<Vec<_>>(),
        "within_reach_after": step.within_reach,
        "expected_wins_gain": rounded(step.gain, 4),
        "because": because(plan, step),
    })
}

/// Says in one sentence, from the counts, why a skill is in the plan.
pub(super) fn because(plan: &Plan<'_>, step: &Step) -> String {
    let (all, near) = plan.demand.counts(&step.skill.key);
    let mut facts = Vec::new();
    if step.wanted {
        facts.push("a goal names it".to_owned());
    }
    if let Some(target) = &step.foundation_of {
        facts.push(format!("{} builds on it", target.name));
    }
    if all > 0 {
        let nearby = format!("{near} of the {} near", plan.demand.near());
        facts.push(format!(
            "{all} of the {} given ask for it, {nearby}",
            counted(plan.demand.given, "job")
        ));
    } else if step.foundation_of.is_none() {
        facts.push("none of the given jobs asks for it".to_owned());
    }
    if let Some(kin) = &step.kin {
        facts.push(format!("knowing {} makes it quicker", kin.name));
    }
    let text = facts.join("; ");
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

pub(super) fn month_of(milestones: &[Milestone], id: &str) -> Option<u32> {
    milestones.iter().find(|milestone| milestone.id == id).map(|milestone| milestone.month)
}

fn to_deepen(plan: &Plan<'_>, milestones: &[Milestone]) -> Vec<Value> {
    let entry = |one: &super::Practice| {
        let (all, near) = plan.demand.counts(&one.skill.key);
        let id = format!("practice_{}", one.skill.key.replace(' ', "_"));
        json!({
            "skill": one.skill.name,
            "jobs_asking": all,
            "near_jobs_asking": near,
            "hours": rounded(one.hours, 1),
            "month": month_of(milestones, &id),
        })
    };
    plan.practice.iter().map(entry).collect()
}

/// Gives each indicator as it stands now and as it is to stand at the end.
fn indicators(plan: &Plan<'_>, milestones: &[Milestone]) -> Value {
    let mut all = Map::new();
    let (now, then) = (Default::default(), plan.choice.learned.clone());
    if plan.demand.near() > 0 {
        let reach = json!({
            "now": plan.demand.within_reach(&now),
            "target": plan.demand.within_reach(&then),
            "of": plan.demand.near(),
            "fit_from": Beliefs::default().rival.fit,
        });
        all.insert("near_jobs_within_reach".into(), reach);
        let fit = json!({
            "now": rounded(plan.demand.mean_fit(&now), 4),
            "target": rounded(plan.demand.mean_fit(&then), 4),
        });
        all.insert("mean_fit".into(), fit);
    }
    if plan.hours() > 0.0 {
        let hours = json!({
            "per_week": rounded(plan.time.hours_per_week, 1),
            "planned": rounded(plan.hours(), 1),
            "available": rounded(plan.time.learning_hours(), 1),
        });
        all.insert("learning_hours".into(), hours);
    }
    if let Some(won) = milestones.iter().find(|milestone| milestone.kind == "win") {
        all.insert("first_job_with_new_skill".into(), json!({ "by_month": won.month }));
    }
    if let Some(path) = &plan.path {
        let rate = json!({
            "now": path.current,
            "target": rounded(path.reached(), 2),
            "goal": path.aim.rate,
            "currency": path.currency,
        });
        all.insert("hourly_rate".into(), rate);
    }
    Value::Object(all)
}

/// Quotes the simulated market on the skills of the plan; it carries no advice.
fn simulated(plan: &Plan<'_>) -> Vec<String> {
    let names = |name: &str| {
        let skill = crate::freelance::skill::Skill::new(name);
        plan.choice.steps.iter().any(|step| step.skill.key == skill.key)
    };
    let sentence = |trend: &crate::freelance::blackboard::KnownTrend| {
        let growth = trend.growth?;
        let way = if growth < 0.0 { "fell" } else { "grew" };
        Some(format!(
            "In the simulation, demand for {} {way} by {}.",
            trend.name,
            percent(growth.abs())
        ))
    };
    plan.trends.iter().filter(|trend| names(&trend.name)).filter_map(sentence).collect()
}

/// Says what is not known and what would let it be.
fn unknown(plan: &Plan<'_>) -> Vec<String> {
    let mut unknown = Vec::new();
    let mut note = |text: String| unknown.push(text);
    if plan.profile.skills.is_empty() {
        note("which skills are held: name them in the profile".into());
    }
    if plan.jobs.is_empty() {
        note("what your field asks for: give jobs, demand is counted in them".into());
    } else if plan.demand.near() == 0 && !plan.profile.skills.is_empty() {
        note(format!(
            "what your field asks for: the nearest of the {} given covers {} of its skills; give jobs of your own field",
            counted(plan.jobs.len(), "job"),
            percent(plan.demand.best_fit)
        ));
    }
    if let Some(role) = plan.goals.role.as_ref().filter(|_| !plan.role_found) {
        note(format!(
            "what {} takes: none of the given jobs is of that kind; give some",
            role.value
        ));
    }
    if plan.profile.availability_hours.is_none() && plan.goals.learning_hours.is_none() {
        note(format!(
            "hours for learning: {} a week are assumed; give availability_hours or learning_hours_per_week",
            amount(plan.time.hours_per_week, 1)
        ));
    }
    if !plan.time.months_given {
        note(format!(
            "the timeframe: {} months are assumed; give timeframe_months",
            plan.time.months
        ));
    }
    if plan.profile.hourly_rate.is_none() {
        note("the way to a higher rate: give hourly_rate with its currency".into());
    } else if plan.path.is_none() {
        note("which rate to aim at: give a target_rate among the goals, or consult pricing".into());
    }
    if plan.goals.income.is_some()
        && plan.profile.availability_hours.is_none()
        && plan.goals.rate.is_none()
    {
        note("the rate an income takes: give availability_hours".into());
    }
    let years = plan.profile.experience_years.as_ref().map_or(0.0, |years| years.value);
    let basics: Vec<String> = plan
        .choice
        .steps
        .iter()
        .filter(|step| step.foundation_of.is_some() && years >= EXPERIENCED_YEARS)
        .map(|step| step.skill.name.clone())
        .collect();
    if !basics.is_empty() {
        note(format!(
            "knowledge of {}, which {} years of work may have brought: the profile does not name it; name it and the plan gets shorter",
            listed(&basics),
            amount(years, 0)
        ));
    }
    for goal in &plan.goals.unread {
        note(format!("the goal {:?}: say it as a rate, an income, a skill or a role", goal.value));
    }
    unknown
}

/// Returns how sure the plan can be: the share of what it rests on that was there, less a part for
/// steps outside the table; a plan with nothing to do keeps `EMPTY_SHARE` of it.
///
/// Weights: near jobs 0.35 (half of it at five jobs), skills 0.2, hours 0.1, timeframe 0.05, goals
/// understood 0.1, the rate recommended 0.1, profile strength 0.05, competition 0.05.
fn confidence(plan: &Plan<'_>) -> f64 {
    let there = |is_there: bool, weight: f64| if is_there { weight } else { 0.0 };
    let near = plan.demand.near() as f64;
    let (read, unread) = (plan.goals.understood() as f64, plan.goals.unread.len() as f64);
    let goals = if read > 0.0 { read / (read + unread) } else { 0.0 };
    let present = 0.35 * near / (near + NEAR_HALF)
        + there(!plan.profile.skills.is_empty(), 0.2)
        + there(
            plan.time.hours_tag == Tag::Given || plan.profile.availability_hours.is_some(),
            0.1,
        )
        + there(plan.time.months_given, 0.05)
        + 0.1 * goals
        + there(plan.rate.is_some(), 0.1)
        + there(plan.strength.is_some(), 0.05)
        + there(plan.competition.is_some(), 0.05);
    let untabled: f64 =
        plan.choice.steps.iter().filter(|step| !step.tabled).map(|step| step.hours).sum();
    let solid = 1.0 - UNTABLED_COST * untabled / plan.hours().max(1.0);
    let empty = plan.choice.steps.is_empty() && plan.practice.is_empty() && plan.demand.near() == 0;
    let share = if empty { EMPTY_SHARE } else { 1.0 };
    rounded(CONFIDENCE_MAX * present * solid * share, 4)
}

/// Tags the figures by where they come from.
fn provenance(plan: &Plan<'_>, result: &Value, milestones: &[Milestone]) -> Provenance {
    let mut origin = Provenance::default();
    for (at, milestone) in milestones.iter().enumerate() {
        let base = format!("/career_milestones/{at}");
        origin.note(
            format!("{base}/month"),
            Tag::Assumed,
            "assumed hours over the hours for learning",
        );
        if milestone.hours > 0.0 {
            origin.note(format!("{base}/hours"), Tag::Assumed, "learning hours by skill");
        }
    }
    for list in ["skill_plan", "to_deepen"] {
        let count = result.get(list).and_then(Value::as_array).map_or(0, Vec::len);
        for at in 0..count {
            let base = format!("/{list}/{at}");
            for field in ["jobs_asking", "near_jobs_asking"] {
                origin.note(format!("{base}/{field}"), Tag::Derived, "counted in the given jobs");
            }
            for field in ["hours", "month"] {
                origin.note(format!("{base}/{field}"), Tag::Assumed, "learning hours by skill");
            }
            if list == "skill_plan" {
                origin.note(
                    format!("{base}/jobs_given"),
                    Tag::Derived,
                    "counted in the given jobs",
                );
                origin.note(
                    format!("{base}/near_jobs"),
                    Tag::Assumed,
                    "jobs of which enough is held or builds on what is",
                );
                origin.note(
                    format!("{base}/within_reach_after"),
                    Tag::Assumed,
                    "fit of the usual rival or better",
                );
                origin.note(
                    format!("{base}/expected_wins_gain"),
                    Tag::Assumed,
                    "the team's beliefs",
                );
            }
        }
    }
    let indicators = "/success_indicators";
    origin.note(
        format!("{indicators}/near_jobs_within_reach"),
        Tag::Assumed,
        "fit of the usual rival or better",
    );
    origin.note(
        format!("{indicators}/mean_fit"),
        Tag::Derived,
        "skills held of those asked in near jobs",
    );
    origin.note(
        format!("{indicators}/learning_hours"),
        plan.time.hours_tag.max(Tag::Assumed),
        plan.time.hours_basis.clone(),
    );
    if let Some(path) = &plan.path {
        let now =
            plan.profile.hourly_rate.as_ref().map(|at| at.pointer.clone()).unwrap_or_default();
        origin.note(format!("{indicators}/hourly_rate/now"), Tag::Given, now);
        origin.note(
            format!("{indicators}/hourly_rate/target"),
            Tag::Assumed,
            "raises of at most 15 %",
        );
        origin.note(
            format!("{indicators}/hourly_rate/goal"),
            path.aim.tag,
            path.aim.source.clone(),
        );
    }
    origin.note("/risk_factors", Tag::Assumed, "the figures of the plan against documented bounds");
    if !simulated(plan).is_empty() {
        origin.note("/in_the_simulation", Tag::Simulated, "market.trend");
    }
    origin.note("/confidence", Tag::Assumed, "weights of what was there");
    origin
}

fn evidence(plan: &Plan<'_>) -> Vec<Evidence> {
    let of = |kind, at: &str, tag| Evidence { kind, at: at.to_owned(), tag };
    let mut all: Vec<Evidence> = Vec::new();
    let skills = plan.profile.skills.iter().map(|held| held.pointer.as_str());
    let goals = plan.goals.wanted.iter().map(|at| at.pointer.as_str());
    let figures = [&plan.goals.rate, &plan.goals.income, &plan.goals.learning_hours];
    let figures = figures.into_iter().flatten().map(|at| at.pointer.as_str());
    let months = plan.time.months_given.then_some("/timeframe_months");
    for at in skills.chain(goals).chain(figures).chain(months) {
        all.push(of(EvidenceKind::Field, at, Tag::Given));
    }
    for step in &plan.choice.steps {
        let asked = plan.demand.asked.get(&step.skill.key).map(|asked| asked.jobs.as_slice());
        for job in asked.unwrap_or_default().iter().take(JOBS_NAMED) {
            all.push(of(EvidenceKind::Job, job, Tag::Given));
        }
    }
    let known = [
        (plan.rate.is_some(), "pricing.rate", Tag::Assumed),
        (plan.strength.is_some(), "profile.strength", Tag::Assumed),
        (plan.competition.is_some(), "competition.level", Tag::Assumed),
        (!simulated(plan).is_empty(), "market.trend", Tag::Simulated),
    ];
    all.extend(
        known
            .iter()
            .filter(|(there, ..)| *there)
            .map(|(_, key, tag)| of(EvidenceKind::Knowledge, key, *tag)),
    );
    if plan.goals.rate.is_some() {
        all.extend(plan.pay.iter().map(|row| of(EvidenceKind::Market, &row.name, row.tag)));
    }
    let mut seen: Vec<Evidence> = Vec::new();
    all.retain(|one| {
        let new = !seen.contains(one);
        seen.extend(new.then(|| one.clone()));
        new
    });
    all
}
