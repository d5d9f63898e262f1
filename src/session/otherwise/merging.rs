//! What would have changed the fate of a piece of advice: one figure, and the merging done again.

use std::mem::discriminant;

use serde_json::Value;

use super::super::Session;
use super::super::advice::{answer, changed};
use super::search::{Meter, least};
use super::{Part, contributions, parts};
use crate::mechanism::domain::{Aggregation, Merge, Remedy};
use crate::model::id::TaskIx;
use crate::model::recommendation::{Recommendation, RecommendationRef};

/// Most changes that are told.
const CHANGES_MAX: usize = 2;

/// A change of at most this share of a figure's range counts as small.
const SMALL: f64 = 0.4;

/// What one merging costs [turns].
const COST: u64 = 100;

/// A figure that the merging weighs.
#[derive(Clone, Debug, PartialEq)]
pub enum MergeFigure {
    /// The chance that the advice does harm, 0 to 1.
    Risk,
    /// The hours it takes.
    Effort,
    /// A figure of a subtask's result.
    Result {
        /// The subtask's name in the plan.
        subtask: String,
        /// The field.
        field: String,
    },
}

/// The smallest change of one figure after which other comes of the advice.
#[derive(Clone, Debug, PartialEq)]
pub struct MergeChange {
    /// Which figure.
    pub figure: MergeFigure,
    /// What it was.
    pub from: f64,
    /// What it would have been.
    pub to: f64,
    /// What would have been done to the advice; none where it would have stood.
    pub remedy: Option<Remedy>,
}

/// Returns the smallest changes of the figures that a task's merging weighed, each of which would have
/// changed what became of a piece of advice; the smallest first, by the share of the figure's range.
/// Nothing where the merging done again without a change is not the one that was done.
pub(super) async fn changes(
    session: &Session,
    task: TaskIx,
    what: &RecommendationRef,
    meter: &Meter,
) -> Vec<MergeChange> {
    tried(session, task, what, meter).await.unwrap_or_default()
}

async fn tried(
    session: &Session,
    ix: TaskIx,
    what: &RecommendationRef,
    meter: &Meter,
) -> Option<Vec<MergeChange>> {
    let parts = parts(session, ix)?;
    meter.spend(COST).await;
    let done = merged(session, ix, &parts)?;
    if done != **answer(session, ix)? {
        return None;
    }
    let fate = fate(&done, what);
    let mut found = Vec::new();
    for (figure, from) in figures(&parts, what) {
        let spread = Spread::of(&figure, from);
        for up in [false, true] {
            let tried = async |steps: u64| {
                meter.spend(COST).await;
                let to = spread.at(up, steps);
                let parts = with(session, ix, what, &figure, to)?;
                let other = merged(session, ix, &parts)?;
                let other = self::fate(&other, what).cloned();
                (other.as_ref().map(discriminant) != fate.map(discriminant)).then_some(other)
            };
            let flips = async |steps| tried(steps).await.is_some();
            let Some(steps) = least(spread.steps(up), flips).await else { continue };
            let Some(remedy) = tried(steps).await else { continue };
            let to = spread.at(up, steps);
            found.push((
                (to - from).abs() / spread.range(),
                MergeChange { figure: figure.clone(), from, to, remedy },
            ));
        }
    }
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    // Beside a small change a huge one says nothing.
    if found.first().is_some_and(|(share, _)| *share <= SMALL) {
        found.retain(|(share, _)| *share <= SMALL);
    }
    Some(found.into_iter().map(|(_, change)| change).take(CHANGES_MAX).collect())
}

/// Returns what is done to a piece of advice; none where it stands as it is.
fn fate<'a>(answer: &'a Aggregation, what: &RecommendationRef) -> Option<&'a Remedy> {
    answer.resolutions.iter().find_map(|resolution| {
        let chosen = &resolution.alternatives.get(resolution.chosen)?.remedy;
        (changed(chosen) == Some(what)).then_some(chosen)
    })
}

/// Merges the parts of a task as its coordinator did at the cursor.
fn merged(session: &Session, ix: TaskIx, parts: &[Part<'_>]) -> Option<Aggregation> {
    let request = &session.world().tasks.get(ix.at())?.planned.request;
    let environment = &session.world().environment;
    Some(session.setup().domain.aggregate(&Merge {
        as_of: session.setup().scenario.as_of,
        task_type: &request.task_type,
        input: &request.input,
        goals: &request.goals,
        market: &environment.market_data,
        marketplace: &environment.job_marketplace,
        contributions: &contributions(parts),
        calibration_error: None,
    }))
}

/// Lists the figures that could matter: the advice's own, then the numbers of all results.
fn figures(parts: &[Part<'_>], what: &RecommendationRef) -> Vec<(MergeFigure, f64)> {
    let mut found = Vec::new();
    let works = parts.iter().filter_map(|part| Some((part.subtask, part.work.as_ref()?)));
    for (subtask, work) in works {
        let own = work.recommendations.iter().find(|advice| advice.id == what.id);
        if let Some(advice) = own.filter(|_| subtask == what.subtask) {
            found.push((MergeFigure::Risk, advice.risk));
            found.push((MergeFigure::Effort, advice.effort_hours));
        }
        for (field, value) in work.result.as_object().into_iter().flatten() {
            let Value::Number(number) = value else { continue };
            let figure =
                MergeFigure::Result { subtask: subtask.to_owned(), field: field.to_owned() };
            found.extend(number.as_f64().filter(|from| *from >= 0.0).map(|from| (figure, from)));
        }
    }
    found
}

/// Returns a task's parts with one figure changed.
fn with<'a>(
    session: &'a Session,
    ix: TaskIx,
    what: &RecommendationRef,
    figure: &MergeFigure,
    to: f64,
) -> Option<Vec<Part<'a>>> {
    let mut parts = parts(session, ix)?;
    let subtask = match figure {
        MergeFigure::Result { subtask, .. } => subtask,
        _ => &what.subtask,
    };
    let work = parts.iter_mut().find(|part| part.subtask == subtask)?.work.as_mut()?;
    let advice = |work: &'_ mut crate::mechanism::domain::Work,
                  set: &dyn Fn(&mut Recommendation)| {
        work.recommendations.iter_mut().filter(|advice| advice.id == what.id).for_each(set);
    };
    match figure {
        MergeFigure::Risk => advice(work, &|advice| advice.risk = to),
        MergeFigure::Effort => advice(work, &|advice| advice.effort_hours = to),
        MergeFigure::Result { field, .. } => {
            *work.result.get_mut(field)? = serde_json::Number::from_f64(to)?.into();
        }
    }
    Some(parts)
}

/// How far a figure can go, and in what steps.
struct Spread {
    from: f64,
    most: f64,
    step: f64,
}

impl Spread {
    /// Shares go to 1 by hundredths, scores to 100 by ones, what is greater to twice as much.
    fn of(figure: &MergeFigure, from: f64) -> Spread {
        let is_share = matches!(figure, MergeFigure::Risk) || from < 1.0;
        match from {
            _ if is_share => Spread { from, most: 1.0, step: 0.01 },
            _ if from <= 100.0 => Spread { from, most: 100.0, step: 1.0 },
            _ => Spread { from, most: from * 2.0, step: libm::ceil(from / 100.0) },
        }
    }

    fn range(&self) -> f64 {
        self.most
    }

    /// Returns how many steps there are one way.
    fn steps(&self, up: bool) -> u64 {
        let far = if up { self.most - self.from } else { self.from };
        libm::ceil((far / self.step).clamp(0.0, 1_000.0)) as u64
    }

    /// Returns the figure so many steps away, on the steps' grid and within its range.
    fn at(&self, up: bool, steps: u64) -> f64 {
        let steps = steps as f64;
        let to = if up {
            libm::floor(self.from / self.step + 1e-9) + steps
        } else {
            libm::ceil(self.from / self.step - 1e-9) - steps
        };
        (to * self.step).clamp(0.0, self.most)
    }
}
