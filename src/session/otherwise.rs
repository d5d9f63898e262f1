//! Otherwise: the smallest change of one figure that would have decided otherwise, found by doing it again.

mod merging;
mod outcome;
mod search;
mod starting;

pub use merging::{MergeChange, MergeFigure};
pub use outcome::WithoutSteps;
pub use search::{Found, Search, Sought};
pub use starting::{StartChange, StartFigure};

use super::Session;
use crate::mechanism::domain::Contribution;
use crate::mechanism::domain::Work;
use crate::model::id::TaskIx;

/// A subtask of a task, who holds it, and its accepted work.
struct Part<'a> {
    subtask: &'a str,
    role: &'a str,
    agent: &'a str,
    work: Option<Work>,
}

/// Returns a task's parts in its plan's order, as its coordinator and the environment see them; the
/// work is a copy, so that a figure of it can be changed.
fn parts(session: &Session, ix: TaskIx) -> Option<Vec<Part<'_>>> {
    let world = session.world();
    let task = world.tasks.get(ix.at())?;
    let part = |subtask: crate::model::id::SubtaskIx| {
        let state = world.subtasks.get(subtask.at())?;
        let planned = world.planned(subtask)?;
        let work = state.work.and_then(|work| session.store().work(work));
        Some(Part {
            subtask: &planned.name,
            role: &planned.role,
            agent: state.holder.map_or("", |holder| world.agent_id(holder)),
            work: work.map(|work| Work::clone(work)),
        })
    };
    Some(task.subtasks().filter_map(part).collect())
}

fn contributions<'a>(parts: &'a [Part<'a>]) -> Vec<Contribution<'a>> {
    let one = |part: &'a Part<'a>| Contribution {
        subtask: part.subtask,
        role: part.role,
        agent: part.agent,
        work: part.work.as_ref(),
    };
    parts.iter().map(one).collect()
}

#[cfg(test)]
mod tests;
