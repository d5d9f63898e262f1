//! A finished run in one JSON object.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::kernel::fixed::Ppm;
use crate::kernel::time::Micros;
use crate::mechanism::domain::Domain;
use crate::model::id::TaskIx;
use crate::model::message::MessageType;
use crate::model::task::TaskStatus;
use crate::session::yardstick::{self, Yardstick};
use crate::sim::log::Log;
use crate::sim::world::World;

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
    /// What heterogeneous earliest finish time takes on the same team [µs].
    pub heft_us: Option<Micros>,
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
    let yardstick = Yardstick::of(world, state, domain);
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
        makespan_us: yardstick::makespan(world, state),
        lower_bound_us: yardstick.lower_bound(),
        heft_us: yardstick.heft(),
    }
}
