//! The phased plan: steps in topological order of what they need, within the hours of each week.

use super::TeamBeliefs;
use super::draft::{Draft, RISKY_ABOVE};
use crate::mechanism::domain::{Phase, PlanStep};

/// The longest a phase runs [weeks]: a month, after which people want to see where they stand.
pub const PHASE_WEEKS_MAX: f64 = 4.0;

/// The least a step is taken to last [hours], so that worth per hour is finite.
const HOURS_MIN: f64 = 0.1;

/// Puts the planned steps into phases.
///
/// 1. A step comes in a later phase than every step it waits for.
///    Its author's own order (`after`) holds too, within a phase.
/// 2. Of the steps that wait for nothing any more the one worth most an hour is next, which makes the
///    plan's worth come soonest (Smith 1956, weighted shortest processing time); ties by place. Within a
///    phase the risky ones come last, so that they find the others done.
/// 3. Steps circularly in need of each other: the first by place starts.
pub fn plan(draft: &Draft<'_>, beliefs: &dyn TeamBeliefs, credits: &[f64]) -> Vec<Phase> {
    let per_week = beliefs.hours_per_week();
    let mut phases: Vec<Phase> = Vec::new();
    let mut hours_done = 0.0;
    for mut part in parts(draft, &order(draft, beliefs, credits), per_week * PHASE_WEEKS_MAX) {
        part.sort_by_key(|place| {
            draft.steps.get(*place).is_some_and(|step| step.advice.risk > RISKY_ABOVE)
        });
        let own = part.iter().filter_map(|place| draft.steps.get(*place));
        let hours: f64 = own.map(|step| step.hours()).sum();
        let (from_week, to_week) = weeks(hours_done, hours_done + hours, per_week);
        hours_done += hours;
        let number = phases.len() + 1;
        let title = title(draft, &part, beliefs);
        let steps = part.iter().filter_map(|place| plan_step(draft, *place, beliefs)).collect();
        phases.push(Phase { number, title, from_week, to_week, steps });
    }
    phases
}

/// Returns what an hour of a step is worth to what was asked for: its share of the plan's gain, as the
/// goals weigh its lever, times its author's confidence; a step without hours comes first.
fn worth_an_hour(
    draft: &Draft<'_>,
    beliefs: &dyn TeamBeliefs,
    credits: &[f64],
    place: usize,
) -> f64 {
    let (Some(step), Some(credit)) = (draft.steps.get(place), credits.get(place)) else {
        return 0.0;
    };
    credit * beliefs.goal_weight(&step.advice.lever) * step.advice.confidence
        / step.hours().max(HOURS_MIN)
}

/// Returns the places of the steps each step waits for.
fn waits_for(draft: &Draft<'_>, beliefs: &dyn TeamBeliefs, place: usize) -> Vec<usize> {
    let Some(step) = draft.steps.get(place) else { return Vec::new() };
    let stands = beliefs.carries(step.advice) || step.is_impatient();
    let needs = if stands { Vec::new() } else { draft.open_needs(place, beliefs) };
    let mut before: Vec<usize> =
        needs.iter().filter_map(|need| draft.provider(need, place)).collect();
    before.extend(step.behind);
    before
}

/// Returns the places of the steps that a step's author puts before it.
fn follows(draft: &Draft<'_>, place: usize) -> Vec<usize> {
    let Some(step) = draft.steps.get(place) else { return Vec::new() };
    let is_first = |other: &&usize| {
        draft.steps.get(**other).is_some_and(|other| {
            other.what.subtask == step.what.subtask && step.advice.after.contains(&other.what.id)
        })
    };
    let planned: Vec<usize> = draft.planned().collect();
    planned.iter().filter(is_first).copied().collect()
}

/// A step with those it waits for, by place.
type Waiting = (usize, Vec<usize>);

/// Orders the planned steps, each after all it waits for (Kahn 1962, with a priority).
fn order(draft: &Draft<'_>, beliefs: &dyn TeamBeliefs, credits: &[f64]) -> Vec<Waiting> {
    let mut waiting: Vec<Waiting> =
        draft.planned().map(|place| (place, waits_for(draft, beliefs, place))).collect();
    let worth = |(place, _): &Waiting| worth_an_hour(draft, beliefs, credits, *place);
    let mut ordered = Vec::new();
    while !waiting.is_empty() {
        let open: Vec<usize> = waiting.iter().map(|(place, _)| *place).collect();
        let is_free = |(place, before): &&Waiting| {
            let first = follows(draft, *place);
            before.iter().chain(&first).all(|place| !open.contains(place))
        };
        let free = waiting.iter().filter(is_free);
        let next = free.max_by(|a, b| worth(a).total_cmp(&worth(b)).then(b.0.cmp(&a.0)));
        let Some(next) = next.or(waiting.first()).cloned() else { break };
        waiting.retain(|(place, _)| *place != next.0);
        ordered.push(next);
    }
    ordered
}

/// Cuts the order where a step waits for one of its phase, or the hours pass the longest phase.
fn parts(draft: &Draft<'_>, order: &[Waiting], hours_max: f64) -> Vec<Vec<usize>> {
    let mut parts: Vec<Vec<usize>> = Vec::new();
    let mut filled = 0.0;
    for (place, before) in order {
        let hours = draft.steps.get(*place).map_or(0.0, |step| step.hours());
        let fits = |part: &&mut Vec<usize>| {
            filled + hours <= hours_max && !part.iter().any(|other| before.contains(other))
        };
        match parts.last_mut().filter(fits) {
            Some(part) => part.push(*place),
            None => {
                parts.push(vec![*place]);
                filled = 0.0;
            }
        }
        filled += hours;
    }
    parts
}

/// Returns the first and last week of a stretch of hours, counted from 1.
fn weeks(from_hours: f64, to_hours: f64, per_week: f64) -> (f64, f64) {
    if per_week <= 0.0 {
        return (1.0, 1.0);
    }
    let first = libm::floor(from_hours / per_week) + 1.0;
    (first, libm::ceil(to_hours / per_week).max(first))
}

/// Names a phase by the levers it moves, in order; one of a single step by that step.
fn title(draft: &Draft<'_>, part: &[usize], beliefs: &dyn TeamBeliefs) -> String {
    if let [only] = part
        && let Some(step) = draft.steps.get(*only)
    {
        return beliefs.words(step.advice, step.share).0;
    }
    let mut levers: Vec<&str> = Vec::new();
    for step in part.iter().filter_map(|place| draft.steps.get(*place)) {
        if !levers.contains(&step.advice.lever.as_str()) {
            levers.push(&step.advice.lever);
        }
    }
    let text = levers.join(", ").replace('_', " ");
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn plan_step(draft: &Draft<'_>, place: usize, beliefs: &dyn TeamBeliefs) -> Option<PlanStep> {
    let step = draft.steps.get(place)?;
    let (title, detail) = beliefs.words(step.advice, step.share);
    Some(PlanStep {
        what: step.what.clone(),
        factor: step.share,
        title,
        detail,
        effort_hours: step.hours(),
        safety: step.advice.safety.clone(),
    })
}
