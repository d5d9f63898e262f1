//! A finished run in one JSON object.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::kernel::fixed::Ppm;
use crate::kernel::time::Micros;
use crate::mechanism::domain::Domain;
use crate::model::id::{SubtaskIx, TaskIx};
use crate::model::message::MessageType;
use crate::model::task::TaskStatus;
use crate::sim::log::Log;
use crate::sim::world::World;
use crate::sim::world::task::TaskState;

/// A run's figures.
#[derive(Clone, Debug, Serialize)]
pub struct Summary {
    /// The scenario's name.
    pub scenario: String,
    /// The seed.
    pub seed: u64,
    /// The last turn.
    pub turns: u32,
    /// Virtual time at that turn.
    pub virtual_time_us: Micros,
    /// The digest after it.
    pub digest: String,
    /// Messages sent, by type.
    pub messages: BTreeMap<&'static str, u64>,
    /// The tasks.
    pub tasks: Vec<TaskSummary>,
    /// Invariants that did not hold.
    pub violations: Vec<String>,
}

/// A task's figures.
#[derive(Clone, Debug, Serialize)]
pub struct TaskSummary {
    /// The task.
    pub task_id: String,
    /// How it ended; none while it is open.
    pub status: Option<TaskStatus>,
    /// Who led it at the end.
    pub coordinator_agent: Option<String>,
    /// How sure the team was.
    pub confidence: Option<Ppm>,
    /// Who did which subtask; null where it is missing.
    pub assignments: BTreeMap<String, Option<String>>,
    /// From the first start to the last finish of its subtasks [µs].
    pub makespan_us: Micros,
    /// What no schedule could beat: the longer of the critical path and of the work over its agents [µs].
    pub lower_bound_us: Micros,
}

/// Sums a run up.
pub fn summary(
    name: &str,
    world: &World,
    log: &Log,
    domain: &dyn Domain,
    violations: Vec<String>,
) -> Summary {
    let sent = world.environment.metrics.sent;
    let messages = MessageType::ALL
        .iter()
        .map(|kind| (kind.name(), sent[*kind as usize]))
        .filter(|(_, n)| *n > 0);
    Summary {
        scenario: name.to_string(),
        seed: world.seed,
        turns: log.last_turn().0,
        virtual_time_us: world.now,
        digest: log.digest().to_string(),
        messages: messages.collect(),
        tasks: (0..world.tasks.len()).map(|at| task(world, TaskIx::from(at), domain)).collect(),
        violations,
    }
}

fn task(world: &World, ix: TaskIx, domain: &dyn Domain) -> TaskSummary {
    let state = &world.tasks[ix.at()];
    let assignments = state.subtasks().filter_map(|subtask| {
        let holder = world.subtasks.get(subtask.at())?.holder;
        Some((world.subtask_text(subtask), holder.map(|holder| world.agent_id(holder).to_string())))
    });
    TaskSummary {
        task_id: ix.text(),
        status: state.ended.map(|ended| ended.status),
        coordinator_agent: state.coordinator().map(|lead| world.agent_id(lead).to_string()),
        confidence: state.ended.map(|ended| ended.confidence),
        assignments: assignments.collect(),
        makespan_us: makespan(world, state),
        lower_bound_us: lower_bound(world, state, domain),
    }
}

/// Returns the time from the first start to the last finish of a task's subtasks.
pub fn makespan(world: &World, task: &TaskState) -> Micros {
    let states = || task.subtasks().filter_map(|subtask| world.subtasks.get(subtask.at()));
    let first = states().filter_map(|state| state.started_at).min();
    let last = states().filter_map(|state| state.finished_at).max();
    last.unwrap_or_default().since(first.unwrap_or_default())
}

/// Returns what no schedule on the same holders could beat.
pub fn lower_bound(world: &World, task: &TaskState, domain: &dyn Domain) -> Micros {
    let first = task.first_subtask.at();
    let takes = |position: usize| {
        let state = world.subtasks.get(SubtaskIx::from(first + position).at());
        let usual = task.planned.plan.get(position).map_or(Micros::ZERO, |planned| {
            planned
                .duration
                .unwrap_or_else(|| domain.duration(planned, &task.planned.request.input))
        });
        match state.and_then(|state| state.holder).and_then(|holder| world.agent(holder)) {
            Some(holder) => holder.time_for(usual),
            None => Micros::ZERO,
        }
    };
    let mut holders: Vec<_> =
        task.subtasks().filter_map(|subtask| world.subtasks.get(subtask.at())?.holder).collect();
    holders.sort_unstable();
    holders.dedup();
    let slots: u64 = holders
        .iter()
        .filter_map(|&holder| world.agent(holder))
        .map(|agent| u64::from(agent.spec.capacity))
        .sum();
    let work: u64 = (0..task.planned.plan.len()).map(|position| takes(position).0).sum();
    task.planned.order.critical_path(takes).max(Micros(work / slots.max(1)))
}
