//! What started, and the smallest change of how long work or word takes that would have let another start first.

use super::{Otherwise, Reveal};
use crate::model::id::SubtaskIx;
use crate::session::otherwise::{Found, StartChange, StartFigure};
use crate::session::waiting::{Awaited, waiting};
use crate::sim::world::task::SubtaskStage;
use crate::text::{names, units, why};
use crate::view::lens::Lens;
use crate::view::story::ask::{AskKind, start_is_telling};

/// Most of those that wait for which it is told what kept them.
const KEPT_MAX: usize = 4;

/// Tells of a start.
pub(super) fn start(
    lens: &Lens<'_>,
    started: &[SubtaskIx],
    found: Option<&Found>,
) -> Option<Reveal> {
    if !start_is_telling(lens, started) {
        return None;
    }
    let task = lens.task_state()?;
    let titles: Vec<String> = started.iter().map(|subtask| lens.subtask_title(*subtask)).collect();
    let first = *started.first()?;
    let before: Vec<String> =
        task.dependencies(first).map(|before| names::subtask(lens.session, before)).collect();
    let holder = lens.world().subtasks.get(first.at()).and_then(|state| state.holder);
    let holder = holder.map(|agent| lens.agent_id(agent)).unwrap_or_default();
    let reason = if before.is_empty() {
        format!("It depends on nothing, and word of the assignment reached {holder} first.")
    } else {
        format!("What it needs is there now: {}.", names::list(&before))
    };
    let otherwise = match found {
        Some(Found::Start(found)) if found.is_empty() => no_other(lens, started),
        Some(Found::Start(found)) => {
            Otherwise::of(found.iter().map(|change| words(lens, change)).collect(), "")
        }
        _ => Otherwise::sought(),
    };
    Some(Reveal {
        kind: AskKind::Start,
        title: format!(
            "{} {}",
            names::list(&titles),
            if titles.len() == 1 { "starts" } else { "start" }
        ),
        right: started.iter().map(|subtask| lens.world().subtask_text(*subtask)).collect(),
        reason,
        otherwise,
        weighed: Vec::new(),
    })
}

/// Says what kept the others, where no time of work or word could have let one of them start first.
fn no_other(lens: &Lens<'_>, started: &[SubtaskIx]) -> Otherwise {
    let Some(task) = lens.task else { return Otherwise::default() };
    let waiting = waiting(lens.session, task);
    let unbegun = |subtask: &SubtaskIx| {
        let state = lens.world().subtasks.get(subtask.at());
        state.is_some_and(|state| state.started_at.is_none()) && !started.contains(subtask)
    };
    let kept: Vec<String> = waiting
        .iter()
        .filter(|(subtask, _)| unbegun(subtask))
        .filter_map(|(subtask, waits)| {
            let needs: Vec<String> = waits
                .iter()
                .filter_map(|wait| match wait.on {
                    Awaited::Dependency { subtask } => Some(need(lens, subtask, started)),
                    _ => None,
                })
                .collect();
            if needs.is_empty() {
                return waits.first().map(|wait| why::wait(lens.session, *subtask, wait));
            }
            let name = names::subtask(lens.session, *subtask);
            Some(format!("{name} needs {}", names::list(&needs)))
        })
        .collect();
    if kept.is_empty() {
        return Otherwise::default();
    }
    let left = kept.len().saturating_sub(KEPT_MAX);
    let mut kept: Vec<String> = kept.into_iter().take(KEPT_MAX).collect();
    if left > 0 {
        kept.push(format!("and {}", units::count(left, "other waits", "others wait")));
    }
    let head =
        "No other could have started first, however long any one piece of work or word takes:";
    Otherwise { head: head.to_owned(), kept, ..Otherwise::default() }
}

/// Names what another subtask needs, and how far that is.
fn need(lens: &Lens<'_>, subtask: SubtaskIx, started: &[SubtaskIx]) -> String {
    let name = names::subtask(lens.session, subtask);
    let stage = lens.world().subtasks.get(subtask.at()).map(|state| state.stage);
    let far = match stage {
        _ if started.contains(&subtask) => "which only now starts",
        Some(SubtaskStage::Running) => "which is under way",
        Some(SubtaskStage::Finished) => "whose result is not accepted yet",
        Some(SubtaskStage::Failed(_) | SubtaskStage::Missing(_)) => "which has failed",
        _ => "which has not begun",
    };
    format!("{name} ({far})")
}

/// Says what would have been longer or shorter, and what it would have let start first.
fn words(lens: &Lens<'_>, change: &StartChange) -> String {
    let by = units::time(change.by);
    let first = lens.subtask_title(change.first);
    let figure = match change.figure {
        StartFigure::WorkLonger(subtask) => {
            format!("{} done {by} later", names::subtask(lens.session, subtask))
        }
        StartFigure::WorkShorter(subtask) => {
            format!("{} done {by} sooner", names::subtask(lens.session, subtask))
        }
        StartFigure::WordLater(agent) => {
            format!("word reaching {} {by} later", lens.agent_id(agent))
        }
        StartFigure::WordSooner(agent) => {
            format!("word reaching {} {by} sooner", lens.agent_id(agent))
        }
        StartFigure::Leads(agent, score) => {
            let id = lens.agent_id(agent);
            format!("{id} with a performance score of {score}, so that it leads and hears first")
        }
    };
    format!("{figure}; then {first} starts first")
}
