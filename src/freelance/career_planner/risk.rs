//! What can go wrong with a career plan, each risk with the figures that show it and what to do.

use serde::Serialize;

use super::rates::{MONTHS_BETWEEN_RAISES, RAISE_MAX};
use super::{LEARNING_TIME_SHARE, Plan};
use crate::freelance::money::{amount, counted, listed, money, percent};
use crate::model::figure::Tag;

/// Near jobs from which counts say something about a field; assumed.
pub const NEAR_ENOUGH: usize = 10;

/// Share of the learning hours from which a plan has no slack.
const FULL_SHARE: f64 = 0.8;

/// Strength below which a new skill is not seen; the profile optimizer's bound for `intermediate`.
const STRENGTH_LOW: f64 = crate::freelance::profile_optimizer::INTERMEDIATE_FROM.0;

/// Mean fit below which the work wanted is another trade for now.
const FAR_FIT: f64 = 0.4;

/// One risk.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[cfg_attr(not(target_arch = "wasm32"), schemars(rename = "RiskFactor"))]
pub struct Risk {
    /// Stable name.
    pub id: &'static str,
    /// The risk in words.
    pub risk: String,
    /// What to do about it.
    pub response: String,
}

/// Lists the risks, those of the market first, then the plan's, then the goals'.
pub(super) fn risks(plan: &Plan<'_>) -> Vec<Risk> {
    let found = [
        competition(plan),
        thin_counts(plan),
        far_field(plan),
        thin_profile(plan),
        no_slack(plan),
        own_pace(plan),
        flat_guess(plan),
        too_long(plan),
        late_goal(plan),
        above_market(plan),
    ];
    found.into_iter().flatten().collect()
}

fn some(id: &'static str, risk: String, response: String) -> Option<Risk> {
    Some(Risk { id, risk, response })
}

fn competition(plan: &Plan<'_>) -> Option<Risk> {
    let known = plan.competition.as_ref().filter(|known| known.level == "high")?;
    let assumed = if known.tag >= Tag::Assumed { " (assumed)" } else { "" };
    let rivals = known
        .median_rivals
        .map(|rivals| format!(": a median of {} rivals a job{assumed}", amount(rivals, 0)));
    some(
        "high_competition",
        format!("Competition on the given jobs is high{}", rivals.unwrap_or_default()),
        "apply only where the fit is closest; the plan adds fit before it adds range".into(),
    )
}

fn thin_counts(plan: &Plan<'_>) -> Option<Risk> {
    let near = plan.demand.near();
    let first = plan.choice.steps.iter().find(|step| step.foundation_of.is_none())?;
    (near < NEAR_ENOUGH && plan.demand.given > 0).then_some(())?;
    some(
        "thin_counts",
        format!(
            "The counts rest on {} among the {} given, so they may be chance",
            counted(near, "near job"),
            plan.demand.given
        ),
        format!("count {} in more postings of your field before learning it", first.skill.name),
    )
}

fn far_field(plan: &Plan<'_>) -> Option<Risk> {
    let role = plan.goals.role.as_ref().filter(|_| plan.role_found)?;
    let fit = plan.demand.mean_fit(&Default::default());
    (fit < FAR_FIT).then_some(())?;
    some(
        "far_field",
        format!("The profile covers {} of what jobs as {} ask", percent(fit), role.value),
        "keep the present kind of work as the income until the first job of the new kind".into(),
    )
}

fn thin_profile(plan: &Plan<'_>) -> Option<Risk> {
    let strength = plan.strength.filter(|strength| *strength < STRENGTH_LOW)?;
    some(
        "thin_profile",
        format!(
            "The profile's strength is {} of 100: a skill that nobody sees wins nothing",
            amount(strength, 0)
        ),
        "mend the profile before the first project is to be shown in it".into(),
    )
}

fn no_slack(plan: &Plan<'_>) -> Option<Risk> {
    let there = plan.time.learning_hours();
    let share = plan.hours() / there.max(1.0);
    (plan.hours() > 0.0 && share >= FULL_SHARE).then_some(())?;
    some(
        "no_slack",
        format!(
            "The plan takes {} of the {} learning hours in the first {} of the time: a lost month moves all that follows",
            amount(plan.hours(), 0),
            amount(there, 0),
            percent(LEARNING_TIME_SHARE)
        ),
        match plan.choice.steps.last() {
            Some(last) => format!("drop {} first if time runs short", last.skill.name),
            None => "move the review, not the practice".into(),
        },
    )
}

fn own_pace(plan: &Plan<'_>) -> Option<Risk> {
    let step = plan.choice.steps.first()?;
    some(
        "own_pace",
        format!(
            "The hours are assumed: {} for {} may be twice that for you",
            amount(step.hours, 0),
            step.skill.name
        ),
        "after the first skill, stretch the other months by how much longer it took".into(),
    )
}

fn flat_guess(plan: &Plan<'_>) -> Option<Risk> {
    let guessed: Vec<String> = plan
        .choice
        .steps
        .iter()
        .filter(|step| !step.tabled)
        .map(|step| step.skill.name.clone())
        .collect();
    (!guessed.is_empty()).then_some(())?;
    some(
        "flat_guess",
        format!("What {} takes, and needs before, is a flat guess", listed(&guessed)),
        "look at one course's contents before setting out".into(),
    )
}

fn too_long(plan: &Plan<'_>) -> Option<Risk> {
    let (skill, hours) = plan.choice.too_long.first()?;
    some(
        "goal_too_long",
        format!(
            "{} takes {} hours with what it needs; {} are left for learning in {}",
            skill.name,
            amount(*hours, 0),
            amount((plan.time.learning_hours() - plan.hours()).max(0.0), 0),
            counted(plan.time.months as usize, "month")
        ),
        "give it more hours a week, or a longer timeframe".into(),
    )
}

fn late_goal(plan: &Plan<'_>) -> Option<Risk> {
    let path = plan.path.as_ref()?;
    let month = path.too_late?;
    some(
        "late_rate",
        format!(
            "{} an hour ({}) takes until month {month} at raises of {} at most, {} apart",
            money(path.aim.rate, &path.currency),
            path.aim.basis,
            percent(RAISE_MAX),
            counted(MONTHS_BETWEEN_RAISES as usize, "month")
        ),
        format!("plan with {} at the end of the timeframe", money(path.reached(), &path.currency)),
    )
}

fn above_market(plan: &Plan<'_>) -> Option<Risk> {
    let (path, row) = plan.path.as_ref().zip(plan.pay.as_ref())?;
    let top = plan.pay_top()?;
    (path.aim.own_goal && path.currency == row.currency && path.aim.rate > top).then_some(())?;
    some(
        "above_market",
        format!(
            "{} an hour is above the 90th percentile of {} ({})",
            money(path.aim.rate, &path.currency),
            money(top, &row.currency),
            row.source
        ),
        "expect it from a few clients only, or from work priced by the whole".into(),
    )
}
