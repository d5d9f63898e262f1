//! Search over events: by kind, agent, message type, task and words.

use super::{kind, names};
use crate::model::id::{Actor, AgentIx, EventId, Recipient, TurnIx};
use crate::session::Session;
use crate::sim::event::EventKind;
use crate::sim::log::Record;

/// What is looked for; every part must fit. Read from text such as `kind:awarded agent:pricing rate`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// The beginning of a kind's name, such as `awarded`.
    pub kind: Option<String>,
    /// Part of the id of the actor, the recipient, or an agent the event is about.
    pub agent: Option<String>,
    /// The beginning of a message type's name, such as `bid`.
    pub message_type: Option<String>,
    /// Words that the event's sentence holds, in any order.
    pub words: Vec<String>,
}

/// An event that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The event.
    pub event: EventId,
    /// Its turn.
    pub turn: TurnIx,
    /// What happened.
    pub sentence: String,
}

/// What a stretch of search found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The events, in order.
    pub hits: Vec<Hit>,
    /// Where to go on; none once all is searched.
    pub next: Option<EventId>,
}

impl Query {
    /// Reads a query: `kind:`, `agent:` and `type:` before a name, the rest are words.
    pub fn parse(text: &str) -> Query {
        let mut query = Query::default();
        for word in text.split_whitespace() {
            let word = word.to_lowercase();
            match word.split_once(':') {
                Some(("kind", name)) if !name.is_empty() => query.kind = Some(plain(name)),
                Some(("agent", name)) if !name.is_empty() => query.agent = Some(plain(name)),
                Some(("type", name)) if !name.is_empty() => query.message_type = Some(plain(name)),
                _ => query.words.push(word),
            }
        }
        query
    }

    /// Says whether nothing is asked.
    pub fn is_empty(&self) -> bool {
        *self == Query::default()
    }

    /// Says whether an event fits.
    pub fn fits(&self, session: &Session, record: &Record<'_>) -> bool {
        self.fits_kind(record)
            && self.fits_agent(session, record)
            && self.fits_words(session, record)
    }

    fn fits_kind(&self, record: &Record<'_>) -> bool {
        let of_kind =
            |wanted: &String| plain(&kind::words(&record.kind)).starts_with(wanted.as_str());
        let of_type = |wanted: &String| match record.kind {
            EventKind::MessageSent { kind, .. } => plain(kind.name()).starts_with(wanted.as_str()),
            _ => false,
        };
        self.kind.as_ref().is_none_or(of_kind) && self.message_type.as_ref().is_none_or(of_type)
    }

    fn fits_agent(&self, session: &Session, record: &Record<'_>) -> bool {
        let Some(wanted) = &self.agent else { return true };
        let holds = |name: &str| plain(name).contains(wanted.as_str());
        let about = match record.kind {
            EventKind::MessageSent { to: Recipient::One(to), .. }
            | EventKind::MessageLost { to, .. } => Some(to),
            kind => concerned(kind).map(Actor::Agent),
        };
        let head = session.head();
        holds(head.actor_name(record.actor))
            || about.is_some_and(|about| holds(head.actor_name(about)))
    }

    fn fits_words(&self, session: &Session, record: &Record<'_>) -> bool {
        if self.words.is_empty() {
            return true;
        }
        let sentence = super::sentence(session, record.id).to_lowercase();
        let actor = names::actor(session, record.actor).to_lowercase();
        self.words
            .iter()
            .all(|word| sentence.contains(word.as_str()) || actor.contains(word.as_str()))
    }
}

/// Returns the agent an event is about.
fn concerned(kind: EventKind) -> Option<AgentIx> {
    match kind {
        EventKind::AgentAdded { agent, .. }
        | EventKind::AgentRemoved { agent }
        | EventKind::FaultInjected { agent, .. }
        | EventKind::Awarded { agent, .. }
        | EventKind::SlotHeld { agent, .. }
        | EventKind::SlotReleased { agent, .. }
        | EventKind::SubtaskAssigned { agent, .. }
        | EventKind::CoordinatorSelected { agent, .. }
        | EventKind::SubtaskStarted { agent, .. }
        | EventKind::WorkFinished { agent, .. }
        | EventKind::SubtaskCompleted { agent, .. }
        | EventKind::ResultRevised { agent, .. }
        | EventKind::ResultDiscarded { agent, .. }
        | EventKind::PerformanceUpdated { agent, .. } => Some(agent),
        EventKind::SubtaskFailed { agent, .. } => agent,
        _ => None,
    }
}

/// Makes names alike however they are written.
fn plain(name: &str) -> String {
    name.to_lowercase().replace([' ', '-'], "_")
}

/// Searches the current branch from an event on: until so many are found or so many were looked at.
pub fn search(
    session: &Session,
    query: &Query,
    from: EventId,
    hits_max: usize,
    looks_max: usize,
) -> Found {
    let log = session.log();
    let end = log.len().min(from.at().saturating_add(looks_max));
    let mut found = Found::default();
    for record in log.records(from.at()..end) {
        if !query.fits(session, &record) {
            continue;
        }
        if found.hits.len() >= hits_max {
            found.next = Some(record.id);
            return found;
        }
        let sentence = super::sentence(session, record.id);
        found.hits.push(Hit { event: record.id, turn: record.turn, sentence });
    }
    found.next = (end < log.len()).then(|| EventId::from(end));
    found
}
