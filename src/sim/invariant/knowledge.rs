//! Invariants of knowledge: no client's data informs another's answer.

use super::Invariant;
use crate::mechanism::domain::Scope;
use crate::sim::event::EventKind;
use crate::sim::log::Record;
use crate::sim::run::Run;

/// Watches what is read for which subtask.
#[derive(Default)]
pub struct OwnOrGeneral;

impl Invariant for OwnOrGeneral {
    fn sentence(&self) -> &'static str {
        "what a result cites exists and belongs to its task or is general"
    }

    fn see(&mut self, run: &Run, event: &Record<'_>) -> Option<String> {
        let EventKind::KnowledgeRead { knowledge, subtask } = event.kind else { return None };
        let Some(written) = run.log().written_by(knowledge).filter(|&written| written < event.id)
        else {
            return Some(format!("{} was not written yet", knowledge.text()));
        };
        let Some(EventKind::KnowledgeAdded { task, finding, .. }) = run.log().kind(written) else {
            return Some(format!("{} is no entry", knowledge.text()));
        };
        let own = run.world().subtasks.get(subtask.at()).is_some_and(|state| state.task == task);
        let general =
            run.store().finding(finding).is_some_and(|finding| finding.scope == Scope::General);
        (!own && !general).then(|| format!("{} belongs to {}", knowledge.text(), task.text()))
    }
}
