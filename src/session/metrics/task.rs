//! One task's metrics: how long it took, who took part, how sure the team was, how it turned out.

use super::fold::Fold;
use crate::mechanism::domain::Aggregation;
use crate::model::id::{AgentIx, RoleIx, TaskIx};
use crate::model::task::TaskStatus;
use crate::session::Session;
use crate::sim::world::task::{SubtaskStage, TaskState};

/// One task's metrics.
#[derive(Clone, Debug, PartialEq)]
pub struct TaskMetrics {
    /// The task.
    pub task: TaskIx,
    /// Its kind.
    pub task_type: String,
    /// How it ended; none while it is open.
    pub status: Option<TaskStatus>,
    /// From its creation to its end [µs]; none while it is open.
    pub completion_us: Option<u64>,
    /// From the first start to the last finish of its subtasks [µs]; none before a finish.
    pub makespan_us: Option<u64>,
    /// Virtual time its subtasks took, added up [µs].
    pub work_us: u64,
    /// Agents whose results were accepted, in order of arrival.
    pub agents: Vec<AgentIx>,
    /// Roles whose results were accepted, in the domain's order, each once.
    pub roles: Vec<String>,
    /// How sure the team was, 0 to 1.
    pub confidence: Option<f64>,
    /// Quality of its outcome, 0 to 1; simulated by the environment.
    pub quality: Option<f64>,
    /// Quality of each agent's part, 0 to 1.
    pub parts: Vec<(AgentIx, f64)>,
    /// Conflicts found.
    pub conflicts: u32,
    /// Conflicts settled within the risk bound.
    pub settled: u32,
    /// Synergies found.
    pub synergies: u32,
    /// Blackboard entries read for it.
    pub knowledge_reads: u64,
    /// Results revised in it.
    pub revisions: u32,
}

impl TaskMetrics {
    /// Returns the working time over the makespan: 1 is one after the other.
    pub fn speedup(&self) -> Option<f64> {
        self.makespan_us.filter(|&span| span > 0).map(|span| self.work_us as f64 / span as f64)
    }

    /// Returns the share of the working time that doing things at once saved.
    pub fn time_saved(&self) -> Option<f64> {
        let span = self.makespan_us.filter(|_| self.work_us > 0)?;
        Some((1.0 - span as f64 / self.work_us as f64).max(0.0))
    }

    /// Returns the quality of an agent's part.
    pub fn quality_of(&self, agent: AgentIx) -> Option<f64> {
        self.parts.iter().find(|(one, _)| *one == agent).map(|(_, quality)| *quality)
    }
}

/// Returns every task's metrics.
pub fn all(session: &Session, fold: &Fold) -> Vec<TaskMetrics> {
    let tasks = session.world().tasks.iter().enumerate();
    tasks.map(|(at, state)| one(session, fold, TaskIx::from(at), state)).collect()
}

fn one(session: &Session, fold: &Fold, task: TaskIx, state: &TaskState) -> TaskMetrics {
    let world = session.world();
    let subtasks: Vec<_> =
        state.subtasks().filter_map(|subtask| world.subtasks.get(subtask.at())).collect();
    let done = || subtasks.iter().filter(|subtask| subtask.stage == SubtaskStage::Done);
    let first = subtasks.iter().filter_map(|subtask| subtask.started_at).min();
    let last = subtasks.iter().filter_map(|subtask| subtask.finished_at).max();
    let work = subtasks
        .iter()
        .filter_map(|subtask| Some(subtask.finished_at?.since(subtask.started_at?).0));
    let mut agents: Vec<AgentIx> = done().filter_map(|subtask| subtask.holder).collect();
    agents.sort_unstable();
    agents.dedup();
    let mut roles: Vec<RoleIx> = done().map(|subtask| subtask.role).collect();
    roles.sort_unstable();
    roles.dedup();
    let answer = state.answer.and_then(|answer| session.store().answer(answer));
    let outcome = state.outcome.and_then(|outcome| session.store().outcome(outcome));
    let mut parts: Vec<(AgentIx, Vec<f64>)> = Vec::new();
    for subtask in done() {
        let planned = state.planned.plan.get(subtask.position);
        let quality =
            planned.and_then(|planned| outcome.as_ref()?.by_subtask.get(&planned.name)).copied();
        let (Some(quality), Some(holder)) = (quality, subtask.holder) else { continue };
        match parts.iter_mut().find(|(agent, _)| *agent == holder) {
            Some((_, own)) => own.push(quality),
            None => parts.push((holder, vec![quality])),
        }
    }
    let mean = |own: &[f64]| own.iter().sum::<f64>() / own.len() as f64;
    TaskMetrics {
        task,
        task_type: state.planned.request.task_type.clone(),
        status: state.ended.map(|ended| ended.status),
        completion_us: state.ended.map(|ended| ended.at.since(state.created_at).0),
        makespan_us: first.zip(last).map(|(first, last)| last.since(first).0),
        work_us: work.sum(),
        agents,
        roles: roles.into_iter().map(|role| world.role_name(role).to_owned()).collect(),
        confidence: state.ended.map(|ended| ended.confidence.to_f64()),
        quality: outcome.map(|outcome| outcome.quality),
        parts: parts.iter().map(|(agent, own)| (*agent, mean(own))).collect(),
        conflicts: answer.map_or(0, |answer| answer.conflicts.len() as u32),
        settled: answer.map_or(0, |answer| settled(answer)),
        synergies: answer.map_or(0, |answer| answer.synergies.len() as u32),
        knowledge_reads: fold.reads_by_task.get(&task).copied().unwrap_or(0),
        revisions: fold.revisions_by_task.get(&task).copied().unwrap_or(0),
    }
}

fn settled(answer: &Aggregation) -> u32 {
    let within = |one: &&crate::mechanism::domain::Resolution| {
        one.alternatives.get(one.chosen).is_some_and(|taken| taken.admissible)
    };
    answer.resolutions.iter().filter(within).count() as u32
}
