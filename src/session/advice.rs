//! What became of a recommendation that could not stand: scaled, deferred or dropped, and what else was weighed.

use std::sync::Arc;

use super::Session;
use crate::mechanism::domain::{Aggregation, Alternative, Remedy};
use crate::model::id::{EventId, TaskIx};
use crate::model::recommendation::RecommendationRef;
use crate::sim::event::EventKind;

/// One change to a recommendation.
#[derive(Clone, Debug, PartialEq)]
pub struct Settled {
    /// The recommendation.
    pub what: RecommendationRef,
    /// The place of the conflict among those of the answer.
    pub conflict: usize,
    /// The event that resolved it.
    pub event: Option<EventId>,
    /// Keeping all as they were, with what it was worth.
    pub kept: Option<Alternative>,
    /// What was done.
    pub chosen: Alternative,
    /// What else could have been done, in the order in which it was weighed.
    pub others: Vec<Alternative>,
}

/// Returns what a remedy changes; none for one that keeps all.
pub fn changed(remedy: &Remedy) -> Option<&RecommendationRef> {
    match remedy {
        Remedy::Keep => None,
        Remedy::Scale { what, .. }
        | Remedy::Defer { what, .. }
        | Remedy::ScaleAndDefer { what, .. }
        | Remedy::Drop { what } => Some(what),
    }
}

/// Returns the answer of a task, where one was made up to the cursor.
pub fn answer(session: &Session, task: TaskIx) -> Option<&Arc<Aggregation>> {
    let answer = session.world().tasks.get(task.at())?.answer?;
    session.store().answer(answer)
}

/// Returns every recommendation of a task that did not stand as it was, in the order of resolution.
pub fn settled(session: &Session, task: TaskIx) -> Vec<Settled> {
    let Some(answer) = answer(session, task) else { return Vec::new() };
    let events = resolutions(session, task);
    let mut found = Vec::new();
    for (conflict, resolution) in answer.resolutions.iter().enumerate() {
        let Some(chosen) = resolution.alternatives.get(resolution.chosen) else { continue };
        let Some(what) = changed(&chosen.remedy).cloned() else { continue };
        let others = resolution.alternatives.iter().enumerate();
        let others = others.filter(|(at, _)| *at != resolution.chosen);
        let kept = resolution.alternatives.iter().find(|other| other.remedy == Remedy::Keep);
        found.push(Settled {
            what,
            conflict,
            event: events.get(conflict).copied(),
            kept: kept.cloned(),
            chosen: chosen.clone(),
            others: others.map(|(_, other)| other.clone()).collect(),
        });
    }
    found
}

/// Returns the events that resolved a task's conflicts, in order.
fn resolutions(session: &Session, ix: TaskIx) -> Vec<EventId> {
    let Some(state) = session.world().tasks.get(ix.at()) else { return Vec::new() };
    let span = state.created.at()..session.horizon().at();
    let is_it = |id: &EventId| {
        let kind = session.log().record(*id).map(|record| record.kind);
        matches!(kind, Some(EventKind::ConflictResolved { task, .. }) if task == ix)
    };
    span.map(EventId::from).filter(is_it).collect()
}
