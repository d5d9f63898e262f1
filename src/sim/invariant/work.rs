//! Invariants of work: who holds it, when it starts, how often it is taken.

use std::collections::{BTreeMap, BTreeSet};

use super::Invariant;
use crate::model::id::{AgentIx, SubtaskIx};
use crate::sim::event::EventKind;
use crate::sim::log::Record;
use crate::sim::run::Run;

/// Watches assignments.
#[derive(Default)]
pub struct OneHolder {
    holders: BTreeMap<SubtaskIx, AgentIx>,
}

impl Invariant for OneHolder {
    fn sentence(&self) -> &'static str {
        "a subtask has at most one holder at a time"
    }

    fn see(&mut self, run: &Run, event: &Record<'_>) -> Option<String> {
        match event.kind {
            EventKind::SubtaskAssigned { subtask, agent, .. } => {
                let before = self.holders.insert(subtask, agent)?;
                let name = run.world().subtask_text(subtask);
                Some(format!("{name} was still held by {}", run.world().agent_id(before)))
            }
            EventKind::SubtaskFailed { subtask, .. }
            | EventKind::SubtaskMissing { subtask, .. } => {
                self.holders.remove(&subtask);
                None
            }
            EventKind::SubtaskStarted { subtask, agent, .. }
                if self.holders.get(&subtask) != Some(&agent) =>
            {
                Some(format!(
                    "{} started {} without holding it",
                    run.world().agent_id(agent),
                    run.world().subtask_text(subtask)
                ))
            }
            _ => None,
        }
    }
}

/// Watches starts.
#[derive(Default)]
pub struct DependenciesFirst {
    done: BTreeSet<SubtaskIx>,
}

impl Invariant for DependenciesFirst {
    fn sentence(&self) -> &'static str {
        "no subtask starts before its dependencies are done"
    }

    fn see(&mut self, run: &Run, event: &Record<'_>) -> Option<String> {
        match event.kind {
            EventKind::SubtaskCompleted { subtask, .. } => {
                self.done.insert(subtask);
                None
            }
            EventKind::SubtaskStarted { task, subtask, .. } => {
                let task = run.world().tasks.get(task.at())?;
                let early =
                    task.dependencies(subtask).find(|before| !self.done.contains(before))?;
                Some(format!("{} was not done", run.world().subtask_text(early)))
            }
            _ => None,
        }
    }
}

/// Watches acceptances.
#[derive(Default)]
pub struct AcceptedOnce {
    accepted: BTreeSet<SubtaskIx>,
}

impl Invariant for AcceptedOnce {
    fn sentence(&self) -> &'static str {
        "a result is accepted once"
    }

    fn see(&mut self, run: &Run, event: &Record<'_>) -> Option<String> {
        let EventKind::SubtaskCompleted { subtask, .. } = event.kind else { return None };
        let again = !self.accepted.insert(subtask);
        again.then(|| format!("that of {} was accepted again", run.world().subtask_text(subtask)))
    }
}
