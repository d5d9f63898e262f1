//! Patterns that the history supports beyond chance: differences in outcome, with count, size and interval.
//!
//! Tasks are compared within their own kind only, since kinds differ in what they can reach. What is
//! tested is decided before looking: every pair of roles, and whether knowledge was read. Each is a
//! two-sided z test of the mean differences of the kinds, weighted by precision; all tests of a history
//! share one false-discovery bound (Benjamini and Hochberg 1995). Parallel time saved is measured, not
//! tested against chance, and told with its interval.

use std::collections::{BTreeMap, BTreeSet};

use super::{Mean, TaskMetrics};

/// Share of false discoveries that is borne among what is told.
pub const FALSE_DISCOVERY_MAX: f64 = 0.05;

/// Tasks with and tasks without, each, that a kind needs to be compared.
pub const SIDE_MIN: usize = 8;

/// Tasks that the time saved is told from.
pub const MEASURED_FROM: usize = 5;

/// What a pattern is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// Two roles took part together.
    Pair([String; 2]),
    /// Knowledge was read from the blackboard.
    KnowledgeRead,
    /// Subtasks ran at once: the share of working time saved.
    Parallel,
}

/// One pattern.
#[derive(Clone, Debug, PartialEq)]
pub struct Pattern {
    /// What it is about.
    pub subject: Subject,
    /// Difference of outcome quality, or the share of time saved.
    pub effect: f64,
    /// Lower end of its 95 % interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Tasks with it.
    pub with: usize,
    /// Tasks without it, of the same kinds.
    pub without: usize,
    /// Probability of so large a difference by chance alone; none for what is measured.
    pub p_value: Option<f64>,
}

/// Returns the patterns, measured ones first, then the largest effects.
pub fn all(tasks: &[TaskMetrics]) -> Vec<Pattern> {
    let ended: Vec<&TaskMetrics> = tasks.iter().filter(|task| task.status.is_some()).collect();
    let mut found: Vec<Pattern> = time_saved(&ended).into_iter().collect();
    let mut tested: Vec<Pattern> =
        subjects(&ended).into_iter().filter_map(|subject| compared(&ended, subject)).collect();
    tested.sort_by(|a, b| p_of(a).total_cmp(&p_of(b)).then_with(|| a.subject.cmp(&b.subject)));
    let count = tested.len() as f64;
    let passed = (1..=tested.len())
        .rev()
        .find(|&rank| p_of(&tested[rank - 1]) <= FALSE_DISCOVERY_MAX * rank as f64 / count)
        .unwrap_or(0);
    tested.truncate(passed);
    tested.sort_by(|a, b| {
        b.effect.abs().total_cmp(&a.effect.abs()).then_with(|| a.subject.cmp(&b.subject))
    });
    found.extend(tested);
    found
}

fn p_of(pattern: &Pattern) -> f64 {
    pattern.p_value.unwrap_or(0.0)
}

fn time_saved(ended: &[&TaskMetrics]) -> Option<Pattern> {
    let saved: Vec<f64> = ended
        .iter()
        .filter(|task| task.agents.len() > 1)
        .filter_map(|task| task.time_saved())
        .collect();
    let mean = Mean::of(&saved).filter(|mean| mean.count >= MEASURED_FROM)?;
    let half = mean.half_width?;
    (mean.value - half > 0.0).then(|| Pattern {
        subject: Subject::Parallel,
        effect: mean.value,
        low: mean.value - half,
        high: (mean.value + half).min(1.0),
        with: mean.count,
        without: 0,
        p_value: None,
    })
}

fn subjects(ended: &[&TaskMetrics]) -> BTreeSet<Subject> {
    let mut subjects = BTreeSet::from([Subject::KnowledgeRead]);
    for task in ended {
        for (at, one) in task.roles.iter().enumerate() {
            for other in &task.roles[at + 1..] {
                subjects.insert(Subject::Pair([one.clone(), other.clone()]));
            }
        }
    }
    subjects
}

fn has(task: &TaskMetrics, subject: &Subject) -> bool {
    match subject {
        Subject::Pair(pair) => pair.iter().all(|role| task.roles.contains(role)),
        Subject::KnowledgeRead => task.knowledge_reads > 0,
        Subject::Parallel => task.time_saved().is_some_and(|saved| saved > 0.0),
    }
}

/// Compares the outcomes of tasks with and without, within each kind that has enough of both.
fn compared(ended: &[&TaskMetrics], subject: Subject) -> Option<Pattern> {
    let mut kinds: BTreeMap<&str, [Vec<f64>; 2]> = BTreeMap::new();
    for task in ended {
        if let Some(quality) = task.quality {
            let side = usize::from(has(task, &subject));
            kinds.entry(&task.task_type).or_default()[side].push(quality);
        }
    }
    let (mut weights, mut sum, mut with, mut without) = (0.0, 0.0, 0, 0);
    for [lacking, having] in
        kinds.values().filter(|sides| sides.iter().all(|side| side.len() >= SIDE_MIN))
    {
        let (Some(low), Some(high)) = (Mean::of(lacking), Mean::of(having)) else { continue };
        let error = |mean: &Mean| mean.half_width.unwrap_or(0.0) / 1.96;
        // A side without any spread would weigh endlessly: it is given the least that two decimals show.
        let variance = (error(&low) * error(&low) + error(&high) * error(&high)).max(1e-6);
        weights += 1.0 / variance;
        sum += (high.value - low.value) / variance;
        with += having.len();
        without += lacking.len();
    }
    if weights <= 0.0 {
        return None;
    }
    let (effect, error) = (sum / weights, (1.0 / weights).sqrt());
    let p_value = libm::erfc((effect / error).abs() / core::f64::consts::SQRT_2);
    Some(Pattern {
        subject,
        effect,
        low: effect - 1.96 * error,
        high: effect + 1.96 * error,
        with,
        without,
        p_value: Some(p_value),
    })
}
