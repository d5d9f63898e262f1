//! Pairs of roles that worked together, and how it turned out.

use std::collections::BTreeMap;

use super::{Mean, TaskMetrics};
use crate::model::task::TaskStatus;

/// What is known of two roles that worked together.
#[derive(Clone, Debug, PartialEq)]
pub struct PairMetrics {
    /// The two roles, in the domain's order.
    pub roles: [String; 2],
    /// Tasks that had an accepted result of both.
    pub tasks: u64,
    /// Of those, ended with success.
    pub successes: u64,
    /// Mean outcome quality of those tasks, 0 to 1; simulated by the environment.
    pub quality: Option<Mean>,
}

/// Returns every pair with a success, the most successes first, then the better outcome, then by name.
pub fn all(tasks: &[TaskMetrics]) -> Vec<PairMetrics> {
    let mut pairs: BTreeMap<[&str; 2], (u64, u64, Vec<f64>)> = BTreeMap::new();
    for task in tasks.iter().filter(|task| task.status.is_some()) {
        for (at, one) in task.roles.iter().enumerate() {
            for other in &task.roles[at + 1..] {
                let pair = pairs.entry([one.as_str(), other.as_str()]).or_default();
                pair.0 += 1;
                pair.1 += u64::from(task.status == Some(TaskStatus::Success));
                pair.2.extend(task.quality);
            }
        }
    }
    let mut pairs: Vec<PairMetrics> = pairs
        .into_iter()
        .filter(|(_, (_, successes, _))| *successes > 0)
        .map(|(roles, (tasks, successes, qualities))| PairMetrics {
            roles: roles.map(str::to_owned),
            tasks,
            successes,
            quality: Mean::of(&qualities),
        })
        .collect();
    let quality = |pair: &PairMetrics| pair.quality.map_or(-1.0, |mean| mean.value);
    pairs.sort_by(|a, b| {
        b.successes
            .cmp(&a.successes)
            .then_with(|| quality(b).total_cmp(&quality(a)))
            .then_with(|| a.roles.cmp(&b.roles))
    });
    pairs
}
