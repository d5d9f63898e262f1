//! Conflicts between pieces of advice, the ways out of each, and the choice among them.

use std::collections::BTreeSet;

use super::TeamBeliefs;
use super::credit;
use super::draft::Draft;
use crate::mechanism::domain::{Alternative, Conflict, ConflictKind, Remedy, Resolution};
use crate::model::recommendation::{Direction, RecommendationRef};

/// The share kept where a step is scaled: half is the smallest change that is still the same advice.
pub const SCALED_SHARE: f64 = 0.5;

/// Hours that may be asked for beyond those available, for the rounding of sums.
const HOURS_SLACK: f64 = 1e-9;

/// Finds the conflicts of a draft and resolves each in turn, changing the draft.
pub fn settle(
    draft: &mut Draft<'_>,
    beliefs: &dyn TeamBeliefs,
) -> (Vec<Conflict>, Vec<Resolution>) {
    let mut record = Record::default();
    settle_opposites(draft, beliefs, &mut record);
    settle_hours(draft, beliefs, &mut record);
    settle_needs(draft, beliefs, &mut record);
    (record.conflicts, record.resolutions)
}

/// What was found and decided so far.
#[derive(Default)]
struct Record {
    conflicts: Vec<Conflict>,
    resolutions: Vec<Resolution>,
}

impl Record {
    /// Notes a conflict with its resolution; a name used before gets a number.
    fn note(
        &mut self,
        name: String,
        between: Vec<RecommendationRef>,
        kind: ConflictKind,
        found: WayOut,
    ) {
        let numbered = format!("{name}#");
        let same = |conflict: &&Conflict| conflict.id == name || conflict.id.starts_with(&numbered);
        let id = match self.conflicts.iter().filter(same).count() {
            0 => name,
            before => format!("{numbered}{}", before + 1),
        };
        let WayOut { alternatives, chosen } = found;
        self.resolutions.push(Resolution { conflict: id.clone(), chosen, alternatives });
        self.conflicts.push(Conflict { id, between, kind });
    }
}

/// A change to one step: the share of it that is left, and the step it is put behind.
#[derive(Clone, Copy)]
struct Change {
    place: usize,
    share: f64,
    behind: Option<usize>,
}

impl Change {
    fn apply(self, draft: &mut Draft<'_>) {
        if let Some(step) = draft.steps.get_mut(self.place) {
            step.share *= self.share;
            step.behind = self.behind.or(step.behind);
        }
    }

    fn remedy(self, draft: &Draft<'_>) -> Remedy {
        let named = |place: usize| draft.steps.get(place).map(|step| step.what.clone());
        let Some(what) = named(self.place) else { return Remedy::Keep };
        let factor = self.share;
        match self.behind.and_then(named) {
            _ if factor <= 0.0 => Remedy::Drop { what },
            Some(behind) if factor < 1.0 => Remedy::ScaleAndDefer { what, factor, behind },
            Some(behind) => Remedy::Defer { what, behind },
            None if factor < 1.0 => Remedy::Scale { what, factor },
            None => Remedy::Keep,
        }
    }
}

/// The alternatives of one conflict and which was taken.
struct WayOut {
    alternatives: Vec<Alternative>,
    chosen: usize,
}

/// What a choice among changes goes by.
struct Choice<'a> {
    /// Whether keeping everything is a way out.
    may_keep: bool,
    /// Risk of the plan that is not the conflict's to mend.
    risk_apart: f64,
    /// What each change costs, before goals are weighed; else the predicted gain it loses.
    costs: Option<&'a [f64]>,
}

/// Weighs keeping everything and each change, takes the best, and changes the draft.
///
/// The best is the admissible one that costs least, as the goals weigh the lever it changes; ties go to
/// the lesser risk, then to the first. A way out is admissible if its risk is within the bound, or no
/// greater than what the conflict could not mend anyway. With none admissible, the least risk is taken.
fn take_best(
    draft: &mut Draft<'_>,
    beliefs: &dyn TeamBeliefs,
    choice: &Choice<'_>,
    changes: &[Change],
) -> WayOut {
    let kept_gain = draft.predicted_gain(beliefs);
    let kept_risk = draft.risk(beliefs);
    let bound = beliefs.risk_bound().max(choice.risk_apart);
    let mut alternatives = vec![Alternative {
        remedy: Remedy::Keep,
        predicted_gain: kept_gain,
        risk: kept_risk,
        admissible: choice.may_keep && kept_risk <= bound,
    }];
    let mut losses = vec![0.0];
    for (at, change) in changes.iter().enumerate() {
        let mut tried = draft.clone();
        change.apply(&mut tried);
        let (predicted_gain, risk) = (tried.predicted_gain(beliefs), tried.risk(beliefs));
        let remedy = change.remedy(draft);
        alternatives.push(Alternative { remedy, predicted_gain, risk, admissible: risk <= bound });
        let lever = draft.steps.get(change.place).map_or("", |step| step.advice.lever.as_str());
        let cost = choice.costs.and_then(|costs| costs.get(at)).copied();
        losses.push(cost.unwrap_or(kept_gain - predicted_gain) * beliefs.goal_weight(lever));
    }
    let chosen = choose(&alternatives, &losses, choice.may_keep);
    if let Some(change) = chosen.checked_sub(1).and_then(|at| changes.get(at)) {
        change.apply(draft);
    }
    WayOut { alternatives, chosen }
}

fn choose(alternatives: &[Alternative], losses: &[f64], may_keep: bool) -> usize {
    let places = || (if may_keep { 0 } else { 1 })..alternatives.len();
    let risk = |at: &usize| alternatives.get(*at).map_or(1.0, |alternative| alternative.risk);
    let loss = |at: &usize| losses.get(*at).copied().unwrap_or(f64::INFINITY);
    let is_admissible =
        |at: &usize| alternatives.get(*at).is_some_and(|alternative| alternative.admissible);
    places()
        .filter(is_admissible)
        .min_by(|a, b| loss(a).total_cmp(&loss(b)).then(risk(a).total_cmp(&risk(b))))
        .or_else(|| {
            places().min_by(|a, b| risk(a).total_cmp(&risk(b)).then(loss(a).total_cmp(&loss(b))))
        })
        .unwrap_or(0)
}

/// Resolves each pair that moves one lever up and down: one goes, or comes after the other.
fn settle_opposites(draft: &mut Draft<'_>, beliefs: &dyn TeamBeliefs, record: &mut Record) {
    for first in 0..draft.steps.len() {
        for second in first + 1..draft.steps.len() {
            let (Some(a), Some(b)) = (draft.steps.get(first), draft.steps.get(second)) else {
                continue;
            };
            let directions = (a.advice.direction, b.advice.direction);
            let opposed = matches!(
                directions,
                (Direction::Up, Direction::Down) | (Direction::Down, Direction::Up)
            );
            if !opposed || a.advice.lever != b.advice.lever || !a.is_planned() || !b.is_planned() {
                continue;
            }
            let lever = a.advice.lever.clone();
            let name = format!("{}:{}:{lever}", a.advice.id, b.advice.id);
            let between = vec![a.what.clone(), b.what.clone()];
            let changes = [
                Change { place: first, share: 0.0, behind: None },
                Change { place: second, share: 0.0, behind: None },
                Change { place: first, share: 1.0, behind: Some(second) },
                Change { place: second, share: 1.0, behind: Some(first) },
            ];
            let choice = Choice { may_keep: false, risk_apart: draft.risk(beliefs), costs: None };
            let found = take_best(draft, beliefs, &choice, &changes);
            record.note(name, between, ConflictKind::Opposite { lever }, found);
        }
    }
}

/// Brings the joint effort within the hours: the step whose share of the predicted gain is least for
/// each hour it frees is scaled until all fits, or dropped where less than `SCALED_SHARE` of it would be
/// left (Dantzig 1957, the greedy rule for the fractional knapsack).
fn settle_hours(draft: &mut Draft<'_>, beliefs: &dyn TeamBeliefs, record: &mut Record) {
    let available = beliefs.hours_per_week() * beliefs.weeks();
    loop {
        let hours = draft.hours();
        let excess = hours - available;
        let mut cuts = cuts(draft, beliefs, excess);
        if excess <= HOURS_SLACK || cuts.is_empty() {
            return;
        }
        // Of steps that gain nothing the longest goes first, so that few have to.
        cuts.sort_by(|a, b| b.freed.total_cmp(&a.freed).then(a.change.place.cmp(&b.change.place)));
        let named = |cut: &Cut| draft.steps.get(cut.change.place).map(|step| step.what.clone());
        let between = cuts.iter().filter_map(named).collect();
        let changes: Vec<Change> = cuts.iter().map(|cut| cut.change).collect();
        let costs: Vec<f64> = cuts.iter().map(|cut| cut.lost / cut.freed).collect();
        let risk_apart = draft.risk(beliefs);
        let choice = Choice { may_keep: false, risk_apart, costs: Some(&costs) };
        let found = take_best(draft, beliefs, &choice, &changes);
        record.note(
            "hours".to_owned(),
            between,
            ConflictKind::OverBudget { hours, available },
            found,
        );
    }
}

/// A way to save hours.
struct Cut {
    change: Change,
    /// Hours it frees, at most those that are too many.
    freed: f64,
    /// Its part of the step's share of the predicted gain.
    lost: f64,
}

/// Returns how each planned step that takes hours could be cut to fit.
fn cuts(draft: &Draft<'_>, beliefs: &dyn TeamBeliefs, excess: f64) -> Vec<Cut> {
    let credits = if excess > HOURS_SLACK { credit::shares(draft, beliefs) } else { Vec::new() };
    let cut = |place: usize| {
        let own = draft.steps.get(place).map(|step| step.hours()).filter(|hours| *hours > 0.0)?;
        let left = 1.0 - excess / own;
        let share = if left >= SCALED_SHARE { left } else { 0.0 };
        let freed = (own * (1.0 - share)).min(excess);
        let lost = credits.get(place)? * (1.0 - share);
        Some(Cut { change: Change { place, share, behind: None }, freed, lost })
    };
    draft.planned().filter_map(cut).collect()
}

/// Resolves each open need that a risky step would not wait for, then each that nothing provides.
fn settle_needs(draft: &mut Draft<'_>, beliefs: &dyn TeamBeliefs, record: &mut Record) {
    let mut settled = BTreeSet::new();
    loop {
        // What a step was put behind may since have been dropped: then its needs are open again.
        for place in 0..draft.steps.len() {
            let waits_for = draft.steps.get(place).and_then(|step| step.behind);
            let gone = waits_for
                .is_some_and(|at| !draft.steps.get(at).is_some_and(|step| step.is_planned()));
            if let Some(step) = draft.steps.get_mut(place).filter(|_| gone) {
                step.behind = None;
                settled.retain(|(at, _)| *at != place);
            }
        }
        let open = next_open_need(draft, beliefs, &settled, true);
        let Some((place, need)) = open.or_else(|| next_open_need(draft, beliefs, &settled, false))
        else {
            return;
        };
        settled.insert((place, need));
        let Some(step) = draft.steps.get(place) else { return };
        let name = format!("{}:{need}", step.advice.id);
        let provider = draft.provider(need, place).filter(|at| !waits_on(draft, *at, place));
        let mut between = vec![step.what.clone()];
        between.extend(provider.and_then(|at| draft.steps.get(at)).map(|step| step.what.clone()));
        let mut changes = vec![Change { place, share: SCALED_SHARE, behind: None }];
        if let Some(behind) = provider {
            changes.push(Change { place, share: 1.0, behind: Some(behind) });
            changes.push(Change { place, share: SCALED_SHARE, behind: Some(behind) });
        }
        changes.push(Change { place, share: 0.0, behind: None });
        let risk_apart = risk_without(draft, place, beliefs);
        let choice = Choice { may_keep: true, risk_apart, costs: None };
        let found = take_best(draft, beliefs, &choice, &changes);
        record.note(name, between, ConflictKind::UnmetNeed { condition: need.to_owned() }, found);
    }
}

/// Returns the first step and need that are in conflict and not settled yet; of needs that a planned
/// step provides, or of the others.
fn next_open_need<'a>(
    draft: &Draft<'a>,
    beliefs: &dyn TeamBeliefs,
    settled: &BTreeSet<(usize, &'a str)>,
    is_provided: bool,
) -> Option<(usize, &'a str)> {
    draft.planned().find_map(|place| {
        let step = draft.steps.get(place)?;
        if beliefs.carries(step.advice) {
            return None;
        }
        let needs = draft.open_needs(place, beliefs);
        needs
            .into_iter()
            .filter(|need| draft.provider(need, place).is_some() == is_provided)
            .filter(|_| step.is_impatient() || !is_provided)
            .find(|need| !settled.contains(&(place, need)))
            .map(|need| (place, need))
    })
}

/// Returns the risk of a draft without one of its steps.
fn risk_without(draft: &Draft<'_>, place: usize, beliefs: &dyn TeamBeliefs) -> f64 {
    let mut without = draft.clone();
    Change { place, share: 0.0, behind: None }.apply(&mut without);
    without.risk(beliefs)
}

/// Says whether a step waits, directly or through others, for another.
fn waits_on(draft: &Draft<'_>, place: usize, other: usize) -> bool {
    let mut at = Some(place);
    for _ in 0..draft.steps.len() {
        at = at.and_then(|here| draft.steps.get(here)).and_then(|step| step.behind);
        if at == Some(other) {
            return true;
        }
    }
    false
}
