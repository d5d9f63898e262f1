//! The system's collective intelligence, and who works well with whom.

use serde::Serialize;

use super::answer::{IndicatorFigure, MeanFigure, figure};
use crate::session::Session;
use crate::session::metrics::{self, Metrics, PairMetrics};
use crate::text;

/// The system's collective intelligence; null is what the history does not reach.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Intelligence {
    /// Tasks that ended, however they did.
    pub total_tasks_completed: u64,
    /// Share of them that ended with success, 0 to 1.
    pub success_rate: Option<f64>,
    /// Agents in the team and running.
    pub active_agents: u64,
    /// Mean performance score of the agents in the team, 0 to 100.
    pub avg_agent_performance: Option<f64>,
    /// Pairs of roles and how many tasks they brought to success together, the most first.
    pub most_effective_collaborations: Vec<(String, u64)>,
    /// What the history supports beyond chance, in words with counts and intervals.
    pub emergent_patterns: Vec<String>,
    /// How tasks ended.
    pub tasks_by_status: ByStatus,
    /// Tasks that are open.
    pub open_tasks: u64,
    /// Average completion time: from a task's creation to its end, in virtual time [ms].
    pub average_completion_time_ms: Option<MeanFigure>,
    /// From the first start to the last finish of a task's subtasks, in virtual time [ms].
    pub average_makespan_ms: Option<MeanFigure>,
    /// Collective confidence: mean over the tasks that ended, 0 to 1.
    pub collective_confidence: Option<MeanFigure>,
    /// Mean outcome quality, 0 to 1; simulated.
    pub outcome_quality: Option<MeanFigure>,
    /// Mean distance between a task's confidence and its outcome quality, 0 to 1; simulated.
    pub calibration_error: Option<MeanFigure>,
    /// How many effects the history supports beyond chance.
    pub emergent_pattern_count: u64,
    /// Knowledge base growth.
    pub knowledge_base_growth: KnowledgeGrowth,
    /// Collaboration efficiency: working time over makespan of a task; 1 is one after the other.
    pub collaboration_efficiency: IndicatorFigure,
    /// Share of the working time that doing things at once saved, 0 to 1.
    pub parallel_time_saved: Option<MeanFigure>,
    /// Conflict resolution: share of a task's conflicts settled within the risk bound, 0 to 1.
    pub conflict_resolution: ConflictResolution,
    /// Adaptation speed: time from a change to the answer to it, in virtual time [ms].
    pub adaptation_speed: Adaptation,
    /// Messages sent.
    pub total_messages: u64,
}

/// How tasks ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct ByStatus {
    /// With every result.
    pub success: u64,
    /// With some missing.
    pub partial: u64,
    /// With nothing.
    pub failed: u64,
}

/// How the blackboard grew.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct KnowledgeGrowth {
    /// Entries, new versions of earlier ones included.
    pub entries: u64,
    /// Entries that were the first of their key in their task.
    pub insights: u64,
    /// Readings.
    pub reads: u64,
    /// New insights for each task that ended.
    pub insights_per_task: Option<f64>,
    /// New insights for each second of virtual time.
    pub insights_per_second: Option<f64>,
}

/// How conflicts were resolved.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct ConflictResolution {
    /// The share settled, by task.
    #[serde(flatten)]
    pub share: IndicatorFigure,
    /// Conflicts found.
    pub found: u64,
    /// Conflicts settled within the risk bound.
    pub settled: u64,
}

/// How fast changes were answered.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Adaptation {
    /// The time it took.
    #[serde(flatten)]
    pub time: IndicatorFigure,
    /// Failed subtasks that were given to another.
    pub reassigned: u64,
    /// Results that were revised because what they rested on had changed.
    pub revised: u64,
}

/// Who works well with whom.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Patterns {
    /// Pairs of roles and how many tasks they brought to success together, the most first.
    pub most_effective_collaborations: Vec<(String, u64)>,
    /// Share of the tasks that ended with success, 0 to 1; null before the first end.
    pub success_rate: Option<f64>,
    /// What the history supports, in words with counts and intervals.
    pub insights: Vec<String>,
    /// The pairs with their figures.
    pub collaborations: Vec<Collaboration>,
    /// What the history supports beyond chance, with its figures.
    pub patterns: Vec<PatternFigure>,
}

/// Two roles that worked together.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Collaboration {
    /// The two roles.
    pub roles: [String; 2],
    /// Tasks with an accepted result of both.
    pub tasks: u64,
    /// Of those, ended with success.
    pub successes: u64,
    /// Mean outcome quality of those tasks, 0 to 1; simulated.
    pub outcome_quality: Option<MeanFigure>,
}

/// A pattern's figures.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct PatternFigure {
    /// What it says.
    pub sentence: String,
    /// Its size: a difference of outcome quality, or a share of time.
    pub effect: f64,
    /// Lower end of its 95 % interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Tasks with it.
    pub tasks_with: usize,
    /// Tasks without it, of the same kinds.
    pub tasks_without: usize,
    /// Probability of so large an effect by chance alone; null for what is measured and not tested.
    pub p_value: Option<f64>,
}

fn pairs(metrics: &Metrics) -> Vec<(String, u64)> {
    metrics.pairs.iter().map(|pair| (pair.roles.join("-"), pair.successes)).collect()
}

/// Shows the system's collective intelligence at the cursor.
pub fn intelligence(session: &Session) -> Intelligence {
    let metrics = metrics::of(session);
    let (system, collective) = (&metrics.system, &metrics.collective);
    let mean =
        |mean: Option<metrics::Mean>, scale: f64| mean.map(|mean| MeanFigure::of(mean, scale));
    let [success, partial, failed] = system.by_status;
    let knowledge = &collective.knowledge;
    Intelligence {
        total_tasks_completed: system.tasks_completed,
        success_rate: system.success_rate.map(figure),
        active_agents: system.active_agents,
        avg_agent_performance: system.avg_agent_performance.map(figure),
        most_effective_collaborations: pairs(&metrics),
        emergent_patterns: metrics.patterns.iter().map(text::pattern::sentence).collect(),
        tasks_by_status: ByStatus { success, partial, failed },
        open_tasks: system.tasks_open,
        average_completion_time_ms: mean(system.completion_time_us, 0.001),
        average_makespan_ms: mean(system.makespan_us, 0.001),
        collective_confidence: mean(system.collective_confidence, 1.0),
        outcome_quality: mean(system.outcome_quality, 1.0),
        calibration_error: mean(system.calibration_error, 1.0),
        emergent_pattern_count: system.emergent_patterns,
        knowledge_base_growth: KnowledgeGrowth {
            entries: knowledge.entries,
            insights: knowledge.insights,
            reads: knowledge.reads,
            insights_per_task: knowledge.insights_per_task.map(figure),
            insights_per_second: knowledge.insights_per_second.map(figure),
        },
        collaboration_efficiency: IndicatorFigure::of(&collective.collaboration, 1.0, "times"),
        parallel_time_saved: mean(collective.time_saved, 1.0),
        conflict_resolution: ConflictResolution {
            share: IndicatorFigure::of(&collective.conflict_resolution, 1.0, "share"),
            found: collective.conflicts[0],
            settled: collective.conflicts[1],
        },
        adaptation_speed: Adaptation {
            time: IndicatorFigure::of(&collective.adaptation, 0.001, "ms"),
            reassigned: collective.adaptations[0],
            revised: collective.adaptations[1],
        },
        total_messages: system.messages,
    }
}

/// Shows who works well with whom, at the cursor.
pub fn patterns(session: &Session) -> Patterns {
    let metrics = metrics::of(session);
    let told = metrics.patterns.iter().map(text::pattern::sentence);
    let insights = told.chain(metrics.pairs.iter().filter_map(text::pattern::of_pair)).collect();
    Patterns {
        most_effective_collaborations: pairs(&metrics),
        success_rate: metrics.system.success_rate.map(figure),
        insights,
        collaborations: metrics.pairs.iter().map(collaboration).collect(),
        patterns: metrics.patterns.iter().map(pattern).collect(),
    }
}

fn collaboration(pair: &PairMetrics) -> Collaboration {
    Collaboration {
        roles: pair.roles.clone(),
        tasks: pair.tasks,
        successes: pair.successes,
        outcome_quality: pair.quality.map(|mean| MeanFigure::of(mean, 1.0)),
    }
}

fn pattern(pattern: &metrics::Pattern) -> PatternFigure {
    PatternFigure {
        sentence: text::pattern::sentence(pattern),
        effect: figure(pattern.effect),
        low: figure(pattern.low),
        high: figure(pattern.high),
        tasks_with: pattern.with,
        tasks_without: pattern.without,
        p_value: pattern.p_value,
    }
}
