//! What happened with vector clocks, as a log that ShiViz draws (bestchai.bitbucket.io/shiviz).
//!
//! Two lines an event: the host with its clock as a JSON object, and what happened. A host's clock
//! counts its own events; what an event was caused by, or read, it has seen (Fidge, 1988; Mattern,
//! 1989).

use std::collections::{BTreeMap, BTreeSet};

use crate::model::id::{Actor, EventId};
use crate::session::Session;
use crate::sim::event::EventKind;
use crate::sim::log::Record;
use crate::text::event;

/// The expression that ShiViz needs to read these logs; it is the one it starts with.
pub const EXPRESSION: &str = r"(?<host>\S*) (?<clock>{.*})\n(?<event>.*)";

/// How many events of each host are known.
type Clock = BTreeMap<Actor, u32>;

/// Writes the events up to the cursor that others know of, or that more than one host has part in.
pub fn log(session: &Session) -> String {
    let log = session.log();
    let end = session.horizon().at();
    let foreign = foreign_causes(session, end);
    let mut clocks: BTreeMap<Actor, Clock> = BTreeMap::new();
    // The clock behind each event that another host will look back at.
    let mut seen: BTreeMap<EventId, Clock> = BTreeMap::new();
    let mut text = String::new();
    for record in log.records(0..end) {
        let clock = clocks.entry(record.actor).or_default();
        let mut from_elsewhere = false;
        for before in record.cause.into_iter().chain(record.reads.iter()) {
            for (host, count) in seen.get(&before).into_iter().flatten() {
                let known = clock.entry(*host).or_default();
                if *host != record.actor && *known < *count {
                    *known = *count;
                    from_elsewhere = true;
                }
            }
        }
        let looked_at = foreign.contains(&record.id);
        if from_elsewhere || looked_at || tells(&record) {
            *clock.entry(record.actor).or_default() += 1;
            text += &lines(session, &record, clock);
        }
        if looked_at {
            seen.insert(record.id, clock.clone());
        }
    }
    text
}

/// Returns the events that other hosts are caused by or read.
fn foreign_causes(session: &Session, end: usize) -> BTreeSet<EventId> {
    let log = session.log();
    let mut foreign = BTreeSet::new();
    for record in log.records(0..end) {
        for before in record.cause.into_iter().chain(record.reads.iter()) {
            if log.record(before).is_some_and(|other| other.actor != record.actor) {
                foreign.insert(before);
            }
        }
    }
    foreign
}

/// Says whether an event is worth its lines even where nobody else has part in it.
fn tells(record: &Record<'_>) -> bool {
    !matches!(
        record.kind,
        EventKind::TimerSet { .. }
            | EventKind::TimerFired { .. }
            | EventKind::TimerCancelled { .. }
            | EventKind::SlotHeld { .. }
            | EventKind::SlotReleased { .. }
            | EventKind::KnowledgeRead { .. }
            | EventKind::SubtaskPlanned { .. }
            | EventKind::AgentAdded { .. }
    )
}

fn lines(session: &Session, record: &Record<'_>, clock: &Clock) -> String {
    let head = session.head();
    let clock: BTreeMap<&str, u32> =
        clock.iter().filter(|(_, n)| **n > 0).map(|(a, n)| (head.actor_name(*a), *n)).collect();
    let clock = serde_json::to_string(&clock).unwrap_or_default();
    let words = event::sentence(session, record.id);
    let words: String = words.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    format!("{} {clock}\n{words}\n", head.actor_name(record.actor))
}
