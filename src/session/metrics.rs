//! The metrics of agents, of the system and of its collective intelligence, as they stand at the cursor.
//!
//! Each is a function of the log up to the cursor and the world there; `docs/api.md` defines them for users.
//! A metric that the history does not reach is none, never zero.

pub mod fold;
pub mod pair;
pub mod pattern;
pub mod statistic;
pub mod task;

use self::fold::Fold;
pub use self::pair::PairMetrics;
pub use self::pattern::Pattern;
pub use self::statistic::{Mean, Trend};
pub use self::task::TaskMetrics;
use super::Session;
use crate::model::id::{Actor, AgentIx};
use crate::model::task::TaskStatus;

/// All metrics at one turn.
#[derive(Clone, Debug, PartialEq)]
pub struct Metrics {
    /// Every agent that ever joined, in order of arrival.
    pub agents: Vec<AgentMetrics>,
    /// The system.
    pub system: SystemMetrics,
    /// Its collective intelligence.
    pub collective: CollectiveMetrics,
    /// Every task, in order of creation.
    pub tasks: Vec<TaskMetrics>,
    /// Pairs of roles that brought a task to success together, the most frequent first.
    pub pairs: Vec<PairMetrics>,
    /// What the history supports beyond chance.
    pub patterns: Vec<Pattern>,
}

/// One agent's metrics.
#[derive(Clone, Debug, PartialEq)]
pub struct AgentMetrics {
    /// The agent.
    pub agent: AgentIx,
    /// Its id.
    pub agent_id: String,
    /// Its role.
    pub role: String,
    /// Whether it is in the team and running.
    pub active: bool,
    /// Individual score: 0 to 100, moved by the outcomes of its tasks.
    pub performance_score: f64,
    /// Tasks it took part in that ended with a result of its own.
    pub completed_tasks: u32,
    /// Collaboration quality: mean outcome quality, 0 to 1, of its part in tasks done with others.
    pub collaboration_quality: Option<Mean>,
    /// Communication efficiency: how its messages fared.
    pub communication: Communication,
    /// Knowledge contribution: what it wrote, and who used it.
    pub knowledge: Contribution,
    /// Virtual time spent working over virtual time so far, per slot, 0 to 1; none at time 0.
    pub utilization: Option<f64>,
    /// Virtual time spent working [µs].
    pub busy_us: u64,
    /// What its work has cost, in units.
    pub cost_units: f64,
    /// Tokens its work has taken.
    pub tokens: u64,
}

/// How an agent's messages fared.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Communication {
    /// Messages it sent; a broadcast counts once.
    pub sent: u64,
    /// Messages it read.
    pub read: u64,
    /// Its messages read by others, once for each reader.
    pub delivered: u64,
    /// Its messages lost, once for each recipient.
    pub lost: u64,
    /// Of those read, how many made their reader do something, or had their content used later.
    pub effective: u64,
    /// Its bids that came late and its results that were discarded.
    pub belated: u64,
    /// Effective ones over all that were read or lost, 0 to 1; none without any.
    pub efficiency: Option<f64>,
    /// Mean time from sending to reading [µs]; none where nothing was read.
    pub mean_delay_us: Option<f64>,
}

/// What an agent gave the blackboard.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Contribution {
    /// Entries it wrote.
    pub written: u64,
    /// How many of them another agent read.
    pub used: u64,
    /// Readings of its entries by other agents.
    pub reads_by_others: u64,
    /// Its share of all readings of others' entries, 0 to 1; none where nobody read another's.
    pub share: Option<f64>,
}

/// The system's metrics.
#[derive(Clone, Debug, PartialEq)]
pub struct SystemMetrics {
    /// Tasks that ended, however they did.
    pub tasks_completed: u64,
    /// Tasks that are open.
    pub tasks_open: u64,
    /// Of those that ended: with success, partly, failed.
    pub by_status: [u64; 3],
    /// Task success rate: ended with success over ended, 0 to 1; none before the first end.
    pub success_rate: Option<f64>,
    /// Average completion time, from a task's creation to its end [µs].
    pub completion_time_us: Option<Mean>,
    /// Average makespan, from the first start to the last finish of a task's subtasks [µs].
    pub makespan_us: Option<Mean>,
    /// Collective confidence: mean confidence of the tasks that ended, 0 to 1.
    pub collective_confidence: Option<Mean>,
    /// Mean outcome quality, 0 to 1; simulated by the environment.
    pub outcome_quality: Option<Mean>,
    /// Mean distance between a task's confidence and its outcome quality, 0 to 1.
    pub calibration_error: Option<Mean>,
    /// Emergent pattern count: effects that the history supports beyond chance.
    pub emergent_patterns: u64,
    /// Agents in the team.
    pub agents: u64,
    /// Of those, running.
    pub active_agents: u64,
    /// Mean performance score of the agents in the team, 0 to 100.
    pub avg_agent_performance: Option<f64>,
    /// Messages sent.
    pub messages: u64,
}

/// The indicators of collective intelligence.
#[derive(Clone, Debug, PartialEq)]
pub struct CollectiveMetrics {
    /// Knowledge base growth.
    pub knowledge: KnowledgeGrowth,
    /// Collaboration efficiency: work over makespan of a task, and how it changes from task to task.
    pub collaboration: Indicator,
    /// Share of a task's virtual working time that doing things at once saved, 0 to 1.
    pub time_saved: Option<Mean>,
    /// Conflict resolution: share of conflicts settled within the risk bound, 0 to 1, by task.
    pub conflict_resolution: Indicator,
    /// Conflicts found, and those settled within the risk bound.
    pub conflicts: [u64; 2],
    /// Synergies found.
    pub synergies: u64,
    /// Adaptation speed: time from a change to the answer to it [µs].
    pub adaptation: Indicator,
    /// Answers to changes: subtasks given to another, results revised.
    pub adaptations: [u64; 2],
}

/// How the blackboard grew.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct KnowledgeGrowth {
    /// Entries, new versions of earlier ones included.
    pub entries: u64,
    /// Entries that were the first of their key in their task: new insights.
    pub insights: u64,
    /// Readings.
    pub reads: u64,
    /// New insights for each task that ended; none before the first end.
    pub insights_per_task: Option<f64>,
    /// New insights for each virtual second; none at time 0.
    pub insights_per_second: Option<f64>,
}

/// A mean with how it changes over the history.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Indicator {
    /// The mean; none without history.
    pub mean: Option<Mean>,
    /// Change from one to the next; none below `statistic::TREND_FROM` values.
    pub trend: Option<Trend>,
}

impl Indicator {
    fn of(values: &[f64]) -> Indicator {
        Indicator { mean: Mean::of(values), trend: Trend::of(values) }
    }
}

/// Computes all metrics at the cursor.
pub fn of(session: &Session) -> Metrics {
    with(session, &Fold::of(session))
}

/// Computes all metrics at the cursor, with the log up to there folded already.
pub fn with(session: &Session, fold: &Fold) -> Metrics {
    let tasks = task::all(session, fold);
    let pairs = pair::all(&tasks);
    let patterns = pattern::all(&tasks);
    Metrics {
        agents: agents(session, fold, &tasks),
        system: system(session, &tasks, patterns.len()),
        collective: collective(session, fold, &tasks),
        tasks,
        pairs,
        patterns,
    }
}

fn agents(session: &Session, fold: &Fold, tasks: &[TaskMetrics]) -> Vec<AgentMetrics> {
    let world = session.world();
    let used: u64 = fold.knowledge.values().map(|own| own.reads_by_others).sum();
    let one = |(at, state): (usize, &crate::sim::world::agent::AgentState)| {
        let agent = AgentIx::from(at);
        let actor = Actor::Agent(agent);
        let mut knowledge = fold.knowledge.get(&actor).copied().unwrap_or_default();
        knowledge.share = (used > 0).then(|| knowledge.reads_by_others as f64 / used as f64);
        let qualities: Vec<f64> = tasks
            .iter()
            .filter(|task| task.agents.len() > 1 && task.agents.contains(&agent))
            .filter_map(|task| task.quality_of(agent))
            .collect();
        let slots = world.now.0 as f64 * f64::from(state.spec.capacity);
        AgentMetrics {
            agent,
            agent_id: state.spec.id.clone(),
            role: state.spec.role.clone(),
            active: state.is_up(),
            performance_score: state.performance.to_f64(),
            completed_tasks: state.completed_tasks,
            collaboration_quality: Mean::of(&qualities),
            communication: fold.communication.get(&actor).copied().unwrap_or_default().finished(),
            knowledge,
            utilization: (slots > 0.0).then(|| (state.busy.0 as f64 / slots).min(1.0)),
            busy_us: state.busy.0,
            cost_units: state.milli_units as f64 / 1000.0,
            tokens: state.tokens,
        }
    };
    world.agents.iter().enumerate().map(one).collect()
}

impl Communication {
    fn finished(mut self) -> Communication {
        let decided = self.delivered + self.lost;
        self.efficiency = (decided > 0).then(|| self.effective as f64 / decided as f64);
        // The fold adds delays up; here they become their mean.
        self.mean_delay_us = self
            .mean_delay_us
            .filter(|_| self.delivered > 0)
            .map(|sum| sum / self.delivered as f64);
        self
    }
}

fn system(session: &Session, tasks: &[TaskMetrics], patterns: usize) -> SystemMetrics {
    let world = session.world();
    let ended: Vec<&TaskMetrics> = tasks.iter().filter(|task| task.status.is_some()).collect();
    let count =
        |status: TaskStatus| ended.iter().filter(|task| task.status == Some(status)).count() as u64;
    let by_status = [TaskStatus::Success, TaskStatus::Partial, TaskStatus::Failed].map(count);
    let mean = |value: &dyn Fn(&TaskMetrics) -> Option<f64>| {
        Mean::of(&ended.iter().filter_map(|task| value(task)).collect::<Vec<f64>>())
    };
    let team: Vec<_> = world.agents.iter().filter(|agent| !agent.removed).collect();
    let scores: Vec<f64> = team.iter().map(|agent| agent.performance.to_f64()).collect();
    SystemMetrics {
        tasks_completed: ended.len() as u64,
        tasks_open: (tasks.len() - ended.len()) as u64,
        by_status,
        success_rate: (!ended.is_empty()).then(|| by_status[0] as f64 / ended.len() as f64),
        completion_time_us: mean(&|task| task.completion_us.map(|time| time as f64)),
        makespan_us: mean(&|task| task.makespan_us.map(|time| time as f64)),
        collective_confidence: mean(&|task| task.confidence),
        outcome_quality: mean(&|task| task.quality),
        calibration_error: mean(&|task| Some((task.confidence? - task.quality?).abs())),
        emergent_patterns: patterns as u64,
        agents: team.len() as u64,
        active_agents: team.iter().filter(|agent| agent.is_up()).count() as u64,
        avg_agent_performance: Mean::of(&scores).map(|mean| mean.value),
        messages: u64::from(world.environment.message_bus.count),
    }
}

fn collective(session: &Session, fold: &Fold, tasks: &[TaskMetrics]) -> CollectiveMetrics {
    let world = session.world();
    let entries = &world.environment.knowledge_base.entries;
    let insights = entries.iter().filter(|entry| entry.version == 1).count() as u64;
    let ended: Vec<&TaskMetrics> = tasks.iter().filter(|task| task.status.is_some()).collect();
    let seconds = world.now.0 as f64 / 1e6;
    let of_tasks = |value: &dyn Fn(&TaskMetrics) -> Option<f64>| {
        ended.iter().filter_map(|task| value(task)).collect::<Vec<f64>>()
    };
    CollectiveMetrics {
        knowledge: KnowledgeGrowth {
            entries: entries.len() as u64,
            insights,
            reads: world.environment.metrics.knowledge_read,
            insights_per_task: (!ended.is_empty()).then(|| insights as f64 / ended.len() as f64),
            insights_per_second: (seconds > 0.0).then(|| insights as f64 / seconds),
        },
        collaboration: Indicator::of(&of_tasks(&TaskMetrics::speedup)),
        time_saved: Mean::of(&of_tasks(&TaskMetrics::time_saved)),
        conflict_resolution: Indicator::of(&of_tasks(&|task| {
            (task.conflicts > 0).then(|| f64::from(task.settled) / f64::from(task.conflicts))
        })),
        conflicts: [
            tasks.iter().map(|task| u64::from(task.conflicts)).sum(),
            tasks.iter().map(|task| u64::from(task.settled)).sum(),
        ],
        synergies: tasks.iter().map(|task| u64::from(task.synergies)).sum(),
        adaptation: Indicator::of(&fold.adaptations),
        adaptations: [fold.reassigned, fold.revised],
    }
}

#[cfg(test)]
mod tests;
