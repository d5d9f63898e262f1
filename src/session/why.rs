//! Why: the graph of what brought an event about, by causes and by reads.

use std::collections::BTreeSet;

use super::Session;
use crate::model::id::{EventId, TurnIx};
use crate::sim::log::Log;

/// Most events of a graph that are told beside the chain of causes.
const NODES_MAX: usize = 2_000;

/// Where a chain of causes begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Root {
    /// The scenario as loaded.
    Scenario,
    /// A command of the user.
    Command,
}

/// One event of a graph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The event.
    pub event: EventId,
    /// Its turn.
    pub turn: TurnIx,
    /// What triggered it.
    pub cause: Option<EventId>,
    /// Whose content it used.
    pub reads: Vec<EventId>,
}

/// What brought an event about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Why {
    /// The event, what triggered it, what triggered that, and so on to the root.
    pub chain: Vec<EventId>,
    /// Where the chain begins.
    pub root: Root,
    /// The event and all that it rests on, the latest first: each before what it rests on.
    pub graph: Vec<Reason>,
    /// Whether the graph goes on behind what is told, apart from the chain, which is always whole.
    pub is_cut: bool,
}

/// Returns what brought an event of the current branch about; none for an event that is not known.
pub fn why(session: &Session, event: EventId) -> Option<Why> {
    let log = session.log();
    let chain = chain(log, event)?;
    let last = *chain.last()?;
    let root = if log.turn_of(last) == TurnIx(0) { Root::Scenario } else { Root::Command };
    let mut open: BTreeSet<EventId> = BTreeSet::from([event]);
    let mut graph = Vec::new();
    // Causes and reads lie before what rests on them, so this ends.
    while let Some(at) = open.pop_last() {
        if graph.len() >= NODES_MAX {
            let left: Vec<EventId> = chain.iter().copied().filter(|link| *link <= at).collect();
            graph.extend(left.into_iter().filter_map(|link| reason(log, link)));
            return Some(Why { chain, root, graph, is_cut: true });
        }
        let Some(reason) = reason(log, at) else { continue };
        open.extend(reason.cause);
        open.extend(&reason.reads);
        graph.push(reason);
    }
    Some(Why { chain, root, graph, is_cut: false })
}

fn chain(log: &Log, event: EventId) -> Option<Vec<EventId>> {
    let mut chain = vec![event];
    let mut at = log.record(event)?;
    while let Some(cause) = at.cause.filter(|cause| *cause < at.id) {
        chain.push(cause);
        at = log.record(cause)?;
    }
    Some(chain)
}

fn reason(log: &Log, event: EventId) -> Option<Reason> {
    let record = log.record(event)?;
    let before = |other: &EventId| *other < event;
    Some(Reason {
        event,
        turn: record.turn,
        cause: record.cause.filter(before),
        reads: record.reads.iter().filter(before).collect(),
    })
}
