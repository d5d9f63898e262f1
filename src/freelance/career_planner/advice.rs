//! The career planner's typed advice: a recommendation for each skill of the plan.

use super::choice::Step;
use super::report::{JOBS_NAMED, because, month_of};
use super::risk::NEAR_ENOUGH;
use super::schedule::{Milestone, learn_id, practice_id};
use super::{Plan, Practice};
use crate::freelance::beliefs::Beliefs;
use crate::freelance::conditions;
use crate::freelance::money::{amount, counted};
use crate::freelance::standing::{self, Known};
use crate::kernel::fixed::rounded;
use crate::model::figure::Tag;
use crate::model::recommendation::{Direction, Evidence, EvidenceKind, Recommendation, SafetyNet};

/// Chance that learning a skill does harm: the hours are lost where fewer clients ask by then, and
/// little else is.
const LEARNING_RISK: f64 = 0.02;
/// Hours after which it shows whether a skill suits.
const TRIAL_HOURS: f64 = 8.0;

/// Advises each skill of the plan; a skill needs the ones learned before it.
pub(super) fn recommendations(
    plan: &Plan<'_>,
    milestones: &[Milestone],
    confidence: f64,
) -> Vec<Recommendation> {
    let beliefs = Beliefs::default();
    let known = Known {
        pay: plan.pay.as_ref(),
        strength: plan.strength.map(|score| score / 100.0),
        rivals: plan.competition.as_ref().and_then(|known| known.median_rivals),
    };
    let standing = standing::standing(&beliefs, plan.profile, plan.jobs, &known);
    let top = plan.top_step().map(|step| step.skill.key.clone());
    let proof = proving_step(plan).map(|step| step.skill.key.clone());
    let advise = |step: &Step| {
        let mut advice = recommendation(plan, step, milestones, confidence);
        if proof.as_ref() == Some(&step.skill.key) {
            advice.provides.push(conditions::PORTFOLIO_PROOF.into());
        }
        if top.as_ref() == Some(&step.skill.key) {
            advice.provides.push(conditions::CURRENT_SKILLS.into());
        }
        advice.gain = rounded(beliefs.gain(&standing, &[(&advice, 1.0)]), 4);
        advice
    };
    let mut all: Vec<Recommendation> =
        plan.practice.iter().map(|one| practice(plan, one, milestones, confidence)).collect();
    all.extend(plan.choice.steps.iter().map(advise));
    all
}

/// Returns the ids of what is learned or practiced before a milestone.
fn before(milestones: &[Milestone], id: &str) -> Vec<String> {
    let skills = milestones.iter().filter(|one| matches!(one.kind, "learn" | "practice"));
    skills.take_while(|one| one.id != id).map(|one| one.id.clone()).collect()
}

/// Advises to practice a held skill; it changes no fit, which counts a skill as held at any level.
fn practice(
    plan: &Plan<'_>,
    one: &Practice,
    milestones: &[Milestone],
    confidence: f64,
) -> Recommendation {
    let name = &one.skill.name;
    let id = practice_id(&one.skill.key);
    let month = month_of(milestones, &id).unwrap_or(plan.time.months);
    let (_, near) = plan.demand.counts(&one.skill.key);
    Recommendation {
        after: before(milestones, &id),
        id,
        lever: "skills".into(),
        title: format!("Practice {name}"),
        detail: format!(
            "{near} of the {} ask for it, and the profile calls it a beginning; {} hours, by month {month}.",
            counted(plan.demand.near(), "near job"),
            amount(one.hours, 0)
        ),
        direction: Direction::Up,
        size: 0.0,
        unit: "fit".into(),
        needs: Vec::new(),
        provides: Vec::new(),
        effort_hours: rounded(one.hours, 1),
        risk: LEARNING_RISK,
        confidence,
        gain: 0.0,
        evidence: vec![Evidence {
            kind: EvidenceKind::Field,
            at: one.pointer.clone(),
            tag: Tag::Given,
        }],
        safety: None,
    }
}

fn recommendation(
    plan: &Plan<'_>,
    step: &Step,
    milestones: &[Milestone],
    confidence: f64,
) -> Recommendation {
    let name = &step.skill.name;
    let asked = plan.demand.asked.get(&step.skill.key);
    let jobs = asked.map(|asked| asked.jobs.as_slice()).unwrap_or_default();
    let job = |id: &String| Evidence { kind: EvidenceKind::Job, at: id.clone(), tag: Tag::Given };
    let month = month_of(milestones, &learn_id(&step.skill.key)).unwrap_or(plan.time.months);
    Recommendation {
        id: learn_id(&step.skill.key),
        lever: "skills".into(),
        title: format!("Learn {name}"),
        detail: format!(
            "{}; {} hours, by month {month}.",
            because(plan, step),
            amount(step.hours, 0)
        ),
        direction: Direction::Up,
        size: rounded(step.fit_gain, 4),
        unit: "fit".into(),
        needs: step.needs.iter().map(|key| skill_condition(key)).collect(),
        after: before(milestones, &learn_id(&step.skill.key)),
        provides: vec![skill_condition(&step.skill.key)],
        effort_hours: rounded(step.hours, 1),
        risk: LEARNING_RISK,
        confidence,
        gain: 0.0,
        evidence: jobs.iter().take(JOBS_NAMED).map(job).collect(),
        safety: Some(SafetyNet {
            test: format!(
                "give {name} {} hours and one small exercise first",
                amount(TRIAL_HOURS, 0)
            ),
            watch: format!("how many new postings ask for {name}"),
            step_back: format!(
                "fewer than {} of the next {} postings near you ask for it",
                plan.demand.demand_min().min(NEAR_ENOUGH),
                plan.demand.near().max(NEAR_ENOUGH)
            ),
        }),
    }
}

/// Returns the step whose project makes the portfolio a proof, counting one project a skill.
fn proving_step<'a>(plan: &'a Plan<'_>) -> Option<&'a Step> {
    let shown = plan.choice.steps.iter().filter(|step| step.foundation_of.is_none());
    let missing = conditions::PROOF_PIECES.checked_sub(plan.profile.portfolio.len())?;
    shown.into_iter().nth(missing.checked_sub(1)?)
}

/// Names the condition that a skill is there.
fn skill_condition(key: &str) -> String {
    format!("skill:{}", key.replace(' ', "_"))
}
