//! The critical path method: earliest and latest times of every subtask, the longest chain, the slack.

use crate::kernel::time::Micros;
use crate::sim::world::task::TaskState;
use crate::view::lens::Lens;

/// The chain of dependent subtasks that takes longest, and how much later the others could end.
///
/// What is done counts as long as it took, what is not as long as it usually takes its holder's role.
/// Times count from the task's first start (Kelley and Walker 1959).
pub struct CriticalPath {
    /// How long it is.
    pub length: Micros,
    start: Vec<Micros>,
    end: Vec<Micros>,
    slack: Vec<Micros>,
    level: Vec<usize>,
    before: Vec<Option<usize>>,
    on: Vec<bool>,
}

impl CriticalPath {
    /// Finds the critical path of a task; among equals, the chain that comes first in the plan.
    pub fn of(lens: &Lens<'_>, task: &TaskState) -> CriticalPath {
        let count = task.planned.plan.len();
        let lengths: Vec<Micros> = (0..count).map(|at| duration(lens, task, at)).collect();
        let order = &task.planned.order;
        let sequence: Vec<usize> =
            order.sequence.iter().copied().filter(|at| *at < count).collect();
        CriticalPath::through(&sequence, &order.depends_on, &lengths)
    }

    /// Finds it for subtasks in an order that their dependencies allow.
    fn through(sequence: &[usize], depends_on: &[Vec<usize>], lengths: &[Micros]) -> CriticalPath {
        let count = lengths.len();
        let none = Vec::new();
        let before_of = |at: usize| {
            let all = depends_on.get(at).unwrap_or(&none).iter().copied();
            all.filter(move |other| *other < count)
        };
        let mut path = CriticalPath {
            length: Micros::ZERO,
            start: vec![Micros::ZERO; count],
            end: vec![Micros::ZERO; count],
            slack: vec![Micros::ZERO; count],
            level: vec![0; count],
            before: vec![None; count],
            on: vec![false; count],
        };
        for &at in sequence {
            let mut last: Option<usize> = None;
            for other in before_of(at) {
                if last.is_none_or(|last| path.end[other] > path.end[last]) {
                    last = Some(other);
                }
                path.level[at] = path.level[at].max(path.level[other] + 1);
            }
            path.before[at] = last;
            path.start[at] = last.map_or(Micros::ZERO, |last| path.end[last]);
            path.end[at] = path.start[at].after(lengths[at]);
        }
        let mut next = (0..count).rev().max_by_key(|at| path.end[*at]);
        path.length = next.map_or(Micros::ZERO, |last| path.end[last]);
        while let Some(at) = next {
            path.on[at] = true;
            next = path.before[at];
        }
        // Backward: the latest end that delays nothing behind it.
        let mut latest = vec![path.length; count];
        for &at in sequence.iter().rev() {
            path.slack[at] = latest[at].since(path.end[at]);
            let start = Micros(latest[at].0.saturating_sub(lengths[at].0));
            for other in before_of(at) {
                latest[other] = latest[other].min(start);
            }
        }
        path
    }

    /// Says whether a subtask lies on it, by its place in the plan.
    pub fn holds(&self, position: usize) -> bool {
        self.on.get(position).copied().unwrap_or(false)
    }

    /// Says whether it goes straight from one subtask to another.
    pub fn joins(&self, from: usize, to: usize) -> bool {
        self.holds(from) && self.holds(to) && self.before.get(to) == Some(&Some(from))
    }

    /// Returns how much later a subtask could end without delaying the whole.
    pub fn slack(&self, position: usize) -> Micros {
        self.slack.get(position).copied().unwrap_or_default()
    }

    /// Returns a subtask's level: one more than the highest of those before it, from 0.
    pub fn level(&self, position: usize) -> usize {
        self.level.get(position).copied().unwrap_or(0)
    }

    /// Returns how many levels there are.
    pub fn levels(&self) -> usize {
        self.level.iter().max().map_or(0, |last| last + 1)
    }

    /// Returns how long a subtask takes or took.
    pub fn length_of(&self, position: usize) -> Micros {
        let ends = self.start.get(position).zip(self.end.get(position));
        ends.map_or(Micros::ZERO, |(start, end)| end.since(*start))
    }
}

fn duration(lens: &Lens<'_>, task: &TaskState, position: usize) -> Micros {
    let state =
        task.subtasks().nth(position).and_then(|subtask| lens.world().subtasks.get(subtask.at()));
    let measured = state.and_then(|state| Some(state.finished_at?.since(state.started_at?)));
    measured.unwrap_or_else(|| {
        let Some(planned) = task.planned.plan.get(position) else { return Micros::ZERO };
        let usual = || lens.session.setup().domain.duration(planned, &task.planned.request.input);
        planned.duration.unwrap_or_else(usual)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slack_is_what_the_longer_branch_leaves() {
        // 0 before 1 and 2, both before 3: 10, 30, 5, 10.
        let depends_on = [vec![], vec![0], vec![0], vec![1, 2]];
        let path = CriticalPath::through(&[0, 1, 2, 3], &depends_on, &[10, 30, 5, 10].map(Micros));
        assert_eq!(path.length, Micros(50));
        assert_eq!([0, 1, 2, 3].map(|at| path.slack(at).0), [0, 0, 25, 0]);
        assert_eq!([0, 1, 2, 3].map(|at| path.level(at)), [0, 1, 1, 2]);
        assert!(path.joins(0, 1) && path.joins(1, 3) && !path.joins(0, 2));
        assert!((0..4).all(|at| (path.slack(at) == Micros::ZERO) || !path.holds(at)));
    }
}
