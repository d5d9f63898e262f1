//! Work that has not begun: when it can be expected to start and end, and how much later it could.

use crate::kernel::time::Micros;
use crate::sim::world::task::{SubtaskStage, TaskState};
use crate::text::units;
use crate::view::focus::Name;
use crate::view::lens::Lens;
use crate::view::mark::Mark;
use crate::view::plan::{CriticalPath, NodeState, node_state};

/// A subtask that has not begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coming {
    /// The subtask.
    pub subtask_id: String,
    /// Its name in words.
    pub title: String,
    /// Its role's mark.
    pub mark: Mark,
    /// Where it stands.
    pub state: NodeState,
    /// When it is expected to start [µs].
    pub start_us: u64,
    /// When it is expected to end [µs].
    pub end_us: u64,
    /// When it could end without delaying the whole [µs].
    pub latest_us: u64,
    /// The same in words.
    pub words: String,
    /// Whether it lies on the critical path.
    pub critical: bool,
    /// The event that last concerned it.
    pub event: Option<u64>,
    /// Whether the narration names it.
    pub named: bool,
}

/// Lists the subtasks of an open task that have not begun, by their expected starts.
pub fn coming(lens: &Lens<'_>, task: &TaskState, path: &CriticalPath, now: Micros) -> Vec<Coming> {
    if task.ended.is_some() {
        return Vec::new();
    }
    let count = task.planned.plan.len();
    let order = &task.planned.order;
    let mut ends = vec![now; count];
    let mut found = Vec::new();
    for &at in order.sequence.iter().filter(|at| **at < count) {
        let Some(subtask) = task.subtasks().nth(at) else { continue };
        let Some(state) = lens.world().subtasks.get(subtask.at()) else { continue };
        let length = path.length_of(at);
        ends[at] = match (state.stage, state.started_at) {
            (SubtaskStage::Planned | SubtaskStage::Assigned, _) | (_, None) => {
                let before = order.depends_on.get(at).into_iter().flatten();
                let start = before.filter_map(|at| ends.get(*at)).fold(now, |a, b| a.max(*b));
                let end = start.after(length);
                let state_now = node_state(lens, task, subtask, state);
                if state_now != NodeState::Failed {
                    let slack = path.slack(at);
                    let last = lens.history.subtask(subtask).and_then(|trace| trace.last);
                    let title = lens.subtask_title(subtask);
                    let spare = if slack == Micros::ZERO {
                        "no slack".to_owned()
                    } else {
                        format!("{} of slack", units::time(slack))
                    };
                    found.push(Coming {
                        subtask_id: lens.world().subtask_text(subtask),
                        words: format!(
                            "{title}: expected {} to {}, {}, {spare}",
                            units::time(start),
                            units::time(end),
                            state_now.name()
                        ),
                        title,
                        mark: lens.mark_of_role(state.role),
                        state: state_now,
                        start_us: start.0,
                        end_us: end.0,
                        latest_us: end.after(slack).0,
                        critical: path.holds(at),
                        event: last.map(|event| u64::from(event.0)),
                        named: lens.named(Name::Subtask(subtask)),
                    });
                }
                end
            }
            (SubtaskStage::Running, Some(start)) => start.after(length).max(now),
            _ => state.finished_at.unwrap_or(now),
        };
    }
    found.sort_by_key(|coming| coming.start_us);
    found
}

#[cfg(test)]
mod tests {
    use super::super::schedule;
    use crate::view::lens::tests::at_every_turn;
    use std::collections::BTreeSet;

    #[test]
    fn what_has_not_begun_is_expected_after_now_and_everything_has_a_row() {
        let mut expected = 0;
        at_every_turn("generic-team", |lens| {
            let shown = schedule(lens);
            let Some(task) = lens.task_state() else { return };
            for coming in &shown.coming {
                assert!(coming.start_us >= shown.now_us && coming.start_us <= coming.end_us);
                assert!(coming.end_us <= shown.to_us && coming.end_us <= coming.latest_us);
            }
            let begun = shown.bars.iter().map(|bar| bar.subtask_id.clone());
            let rows: BTreeSet<String> =
                begun.chain(shown.coming.iter().map(|coming| coming.subtask_id.clone())).collect();
            if task.ended.is_none() {
                assert_eq!(rows.len(), task.planned.plan.len());
            }
            expected += shown.coming.len();
        });
        assert!(expected > 0);
    }
}
