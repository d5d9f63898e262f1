//! Every sentence: what happened and what a turn did, from events and numbers alone.
#![deny(clippy::disallowed_types, clippy::disallowed_methods, clippy::iter_over_hash_type)]

pub mod change;
pub mod divergence;
pub mod event;
pub mod kind;
pub mod message;
pub mod names;
pub mod narration;
pub mod pattern;
pub mod remedy;
pub mod search;
pub mod units;
pub mod value;
pub mod why;

use crate::model::id::{EventId, TurnIx};
use crate::session::Session;

/// Returns what a turn did, in one or two sentences.
pub fn narration(session: &Session, turn: TurnIx) -> String {
    narration::of_turn(session, turn)
}

/// Returns the event that a turn is about; none for a turn without events.
pub fn subject(session: &Session, turn: TurnIx) -> Option<EventId> {
    narration::subject(session, turn)
}

/// Returns what happened in an event, as the rest of a sentence that has begun.
pub fn clause(session: &Session, event: EventId) -> String {
    event::clause_of(session, event)
}

/// Returns what happened in an event, as a sentence without its full stop.
pub fn sentence(session: &Session, event: EventId) -> String {
    event::sentence(session, event)
}
