//! Conflicts between pieces of advice, the ways out of each, and the choice among them.

use std::collections::BTreeSet;

use super::TeamBeliefs;
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

/// Weighs keeping everything and each change, takes the best, and changes the draft.
///
/// The best is the admissible one that loses least predicted value, as the goals weigh the lever it
/// changes, for each unit that `freed` says it frees; ties go to the lesser risk, then to the first.
/// With none admissible, the least risk is taken.
fn take_best(
    draft: &mut Draft<'_>,
    beliefs: &dyn TeamBeliefs,
    may_keep: bool,
    changes: &[Change],
    freed: impl Fn(&Change) -> f64,
) -> WayOut {
    let kept_gain = draft.predicted_gain(beliefs);
    let kept_risk = draft.risk(beliefs);
    let bound = beliefs.risk_bound();
    let mut alternatives = vec![Alternative {
        remedy: Remedy::Keep,
        predicted_gain: kept_gain,
        risk: kept_risk,
        admissible: may_keep && kept_risk <= bound,
    }];
    let mut losses = vec![0.0];
    for change in changes {
        let mut tried = draft.clone();
        change.apply(&mut tried);
        let (predicted_gain, risk) = (tried.predicted_gain(beliefs), tried.risk(beliefs));
        let remedy = change.remedy(draft);
        alternatives.push(Alternative { remedy, predicted_gain, risk, admissible: risk <= bound });
        let lever = draft.steps.get(change.place).map_or("", |step| step.advice.lever.as_str());
        losses.push((kept_gain - predicted_gain) * beliefs.goal_weight(lever) / freed(change));
    }
    let chosen = choose(&alternatives, &losses, may_keep);
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
            let found = take_best(draft, beliefs, false, &changes, |_| 1.0);
            record.note(name, between, ConflictKind::Opposite { lever }, found);
        }
    }
}

/// Brings the joint effort within the hours: the step that loses least value per hour freed is scaled
/// until all fits, or dropped where less than `SCALED_SHARE` of it would be left (Dantzig 1957, the
/// greedy rule for the fractional knapsack).
fn settle_hours(draft: &mut Draft<'_>, beliefs: &dyn TeamBeliefs, record: &mut Record) {
    let available = beliefs.hours_per_week() * beliefs.weeks();
    loop {
        let hours = draft.hours();
        let excess = hours - available;
        if excess <= HOURS_SLACK {
            return;
        }
        let cut = |place: usize| {
            let own = draft.steps.get(place).map_or(0.0, |step| step.hours());
            let left = if own > 0.0 { 1.0 - excess / own } else { 1.0 };
            Change { place, share: if left >= SCALED_SHARE { left } else { 0.0 }, behind: None }
        };
        let own_hours: Vec<f64> = draft.steps.iter().map(|step| step.hours()).collect();
        let changes: Vec<Change> = draft
            .planned()
            .filter(|place| own_hours.get(*place).is_some_and(|own| *own > 0.0))
            .map(cut)
            .collect();
        if changes.is_empty() {
            return;
        }
        let between = changes
            .iter()
            .filter_map(|change| draft.steps.get(change.place).map(|step| step.what.clone()))
            .collect();
        let freed = |change: &Change| {
            let own = own_hours.get(change.place).copied().unwrap_or(0.0);
            (own * (1.0 - change.share)).min(excess)
        };
        let found = take_best(draft, beliefs, false, &changes, freed);
        record.note(
            "hours".to_owned(),
            between,
            ConflictKind::OverBudget { hours, available },
            found,
        );
    }
}

/// Resolves each open need that nothing provides, and each that a risky step would not wait for.
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
        let Some((place, need)) = next_open_need(draft, beliefs, &settled) else { return };
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
        let found = take_best(draft, beliefs, true, &changes, |_| 1.0);
        record.note(name, between, ConflictKind::UnmetNeed { condition: need.to_owned() }, found);
    }
}

/// Returns the first step and need that are in conflict and not settled yet.
fn next_open_need<'a>(
    draft: &Draft<'a>,
    beliefs: &dyn TeamBeliefs,
    settled: &BTreeSet<(usize, &'a str)>,
) -> Option<(usize, &'a str)> {
    draft.planned().find_map(|place| {
        let step = draft.steps.get(place)?;
        if beliefs.carries(step.advice) {
            return None;
        }
        let needs = draft.open_needs(place, beliefs);
        needs
            .into_iter()
            .filter(|need| step.is_impatient() || draft.provider(need, place).is_none())
            .find(|need| !settled.contains(&(place, need)))
            .map(|need| (place, need))
    })
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
