//! What started, and the smallest change of how long work or word takes that would have let another start first.

use super::{OTHERWISE_ONE, OTHERWISE_SEVERAL, Reveal};
use crate::model::id::SubtaskIx;
use crate::session::otherwise::{StartChange, StartFigure, start_changes};
use crate::text::{names, units};
use crate::view::lens::Lens;
use crate::view::story::ask::{AskKind, start_is_telling};

/// Tells of a start.
pub(super) fn start(lens: &Lens<'_>, started: &[SubtaskIx]) -> Option<Reveal> {
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
    let found = start_changes(lens.session, lens.task?);
    let changes: Vec<String> = found.iter().map(|change| words(lens, change)).collect();
    let waits = task.subtasks().any(|subtask| {
        let state = lens.world().subtasks.get(subtask.at());
        state.is_some_and(|state| state.started_at.is_none()) && !started.contains(&subtask)
    });
    let otherwise = match changes.len() {
        0 if waits => {
            "No other could have started first, however long any one piece of work or word takes."
        }
        0 => "",
        1 => OTHERWISE_ONE,
        _ => OTHERWISE_SEVERAL,
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
        otherwise: otherwise.to_owned(),
        changes,
        weighed: Vec::new(),
    })
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
