//! Recommendations, conflicts and their ways out, in words.

use crate::kernel::fixed::Ppm;
use crate::mechanism::domain::{Aggregation, Conflict, ConflictKind, Remedy, Synergy};
use crate::model::id::TaskIx;
use crate::model::recommendation::{Recommendation, RecommendationRef};
use crate::sim::store::Store;
use crate::sim::world::World;

use super::units;

/// Finds the recommendations that a task's answer speaks of.
pub struct Advice<'a> {
    found: Vec<(String, &'a Recommendation)>,
}

impl<'a> Advice<'a> {
    /// Gathers the recommendations of a task's accepted results.
    pub fn of_task(world: &World, store: &'a Store, task: TaskIx) -> Advice<'a> {
        let mut found = Vec::new();
        for subtask in world.tasks.get(task.at()).into_iter().flat_map(|task| task.subtasks()) {
            let work = world.subtasks.get(subtask.at()).and_then(|state| state.work);
            let Some(work) = work.and_then(|work| store.work(work)) else { continue };
            let name = world.planned(subtask).map_or("", |planned| planned.name.as_str());
            found.extend(work.recommendations.iter().map(|advice| (name.to_owned(), advice)));
        }
        Advice { found }
    }

    /// Returns a recommendation's title; its id in words where it is not there.
    pub fn title(&self, what: &RecommendationRef) -> String {
        let found = self
            .found
            .iter()
            .find(|(subtask, advice)| *subtask == what.subtask && advice.id == what.id);
        found.map_or_else(|| units::title(&what.id), |(_, advice)| advice.title.clone())
    }
}

/// Writes a share of income as a signed percentage, such as `+2.4 %`.
pub fn gain(share: f64) -> String {
    let percent = units::number(share * 100.0, 1);
    if share > 0.0 { format!("+{percent} %") } else { format!("{percent} %") }
}

/// Says what passes between the two of a synergy.
pub fn synergy(synergy: &Synergy) -> String {
    match &synergy.condition {
        Some(condition) => {
            format!("it provides {}, which the other needs", units::phrase(condition))
        }
        None => "their effects multiply".to_owned(),
    }
}

/// Says what a conflict is about.
pub fn conflict(conflict: &Conflict) -> String {
    match &conflict.kind {
        ConflictKind::Opposite { lever } => {
            format!("they move {} in opposite directions", units::phrase(lever))
        }
        ConflictKind::UnmetNeed { condition } => {
            format!("it needs {}, which nothing provides soon enough", units::phrase(condition))
        }
        ConflictKind::OverBudget { hours, available } => format!(
            "together they take {} hours, and {} are available",
            units::number(*hours, 1),
            units::number(*available, 1)
        ),
    }
}

/// Says what a remedy does.
pub fn remedy(advice: &Advice<'_>, remedy: &Remedy) -> String {
    let title = |what: &RecommendationRef| format!("“{}”", advice.title(what));
    let share = |factor: f64| units::percent(Ppm::from_f64(factor));
    match remedy {
        Remedy::Keep => "keep all as they are".to_owned(),
        Remedy::Scale { what, factor } => format!("scale {} to {}", title(what), share(*factor)),
        Remedy::Defer { what, behind } => format!("defer {} behind {}", title(what), title(behind)),
        Remedy::ScaleAndDefer { what, factor, behind } => {
            format!(
                "scale {} to {} and defer it behind {}",
                title(what),
                share(*factor),
                title(behind)
            )
        }
        Remedy::Drop { what } => format!("drop {}", title(what)),
    }
}

/// Says how the n-th conflict of an answer was resolved; none where it was not.
pub fn resolution(advice: &Advice<'_>, answer: &Aggregation, index: usize) -> Option<String> {
    let resolution = answer.resolutions.get(index)?;
    let chosen = resolution.alternatives.get(resolution.chosen)?;
    Some(remedy(advice, &chosen.remedy))
}
