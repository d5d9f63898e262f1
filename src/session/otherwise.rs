//! Otherwise: the smallest change of one figure that would have decided otherwise, found by doing it again.

mod merging;
mod outcome;
mod starting;

pub use merging::{MergeChange, MergeFigure, merge_changes};
pub use outcome::{WithoutSteps, without_steps};
pub use starting::{StartChange, StartFigure, start_changes};

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

/// Returns the least whole number from 1 to `most` for which something holds, given that it holds for
/// all above the least; none where it does not hold for `most`.
fn least(most: u64, holds: impl Fn(u64) -> bool) -> Option<u64> {
    if most == 0 || !holds(most) {
        return None;
    }
    // Invariant: it does not hold for `below` (or that is 0), and holds for `found`.
    let (mut below, mut found) = (0, most);
    while found - below > 1 {
        let middle = below + (found - below) / 2;
        if holds(middle) {
            found = middle;
        } else {
            below = middle;
        }
    }
    Some(found)
}

#[cfg(test)]
mod tests;
