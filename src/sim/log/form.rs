//! An event's form in the log: a head, a cause, and words for what does not fit into them.
//!
//! ```text
//! head   | tag 6 | length 8 | small 15 | marks 3 | first field 32 |
//! second | cause 32 | second field 32 |       left out where the cause goes without saying
//! words  | 0 to 3, by kind |
//! then   | artifact |                          where the event names one
//! then   | first 32 | count 32 | ...           runs of events that were read
//! ```
//!
//! The same words, without length and artifact, are the event's canonical words in the digest.

mod kinds;
mod message;
mod purpose;

use crate::kernel::time::Micros;
use crate::model::id::{Actor, AgentIx, ArtifactIx};
use crate::sim::event::EventKind;

pub(super) use kinds::form;

const LENGTH_AT: u32 = 6;
const SMALL_AT: u32 = 14;
const SMALL_BITS: u32 = 15;
/// The second word is left out.
pub(super) const NO_SECOND: u64 = 1 << 29;
/// An artifact is named.
pub(super) const ARTIFACT: u64 = 1 << 30;
/// Others' content was used.
pub(super) const READS: u64 = 1 << 31;

/// The most words a record has.
pub(super) const LENGTH_MAX: usize = 255;

/// An event's own fields, laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Form {
    /// Its kind's number, from 1.
    pub tag: u8,
    /// Small fields of its kind, 15 bits.
    pub small: u32,
    /// The first field.
    pub first: u32,
    /// The second field.
    pub second: u32,
    /// Further words.
    pub words: [u64; 3],
    /// How many of them.
    pub count: usize,
}

impl Form {
    fn new(tag: u8, first: u32, second: u32) -> Form {
        Form { tag, first, second, ..Form::default() }
    }

    fn small(mut self, small: u32) -> Form {
        debug_assert!(small < 1 << SMALL_BITS);
        self.small = small;
        self
    }

    fn word(mut self, word: u64) -> Form {
        if let Some(place) = self.words.get_mut(self.count) {
            *place = word;
            self.count += 1;
        }
        self
    }

    /// Returns the head, without length and marks.
    pub fn head(&self) -> u64 {
        u64::from(self.tag) | u64::from(self.small) << SMALL_AT | u64::from(self.first) << 32
    }
}

/// What a record is read back from.
#[derive(Clone, Copy)]
pub(super) struct Parts<'a> {
    /// Small fields of its kind.
    pub small: u32,
    /// The first field.
    pub first: u32,
    /// The second field.
    pub second: u32,
    /// Further words.
    pub words: &'a [u64],
    /// The artifact.
    pub artifact: ArtifactIx,
    /// The turn's time.
    pub now: Micros,
}

impl Parts<'_> {
    fn word(&self, at: usize) -> u64 {
        self.words.get(at).copied().unwrap_or_default()
    }
}

pub(super) fn with_length(head: u64, length: usize) -> u64 {
    head | (length as u64) << LENGTH_AT
}

pub(super) fn length(head: u64) -> usize {
    (head >> LENGTH_AT) as usize & LENGTH_MAX
}

pub(super) fn tag(head: u64) -> u8 {
    (head & 63) as u8
}

pub(super) fn small(head: u64) -> u32 {
    (head >> SMALL_AT) as u32 & ((1 << SMALL_BITS) - 1)
}

/// Puts two numbers into one word.
fn both(low: u32, high: u32) -> u64 {
    u64::from(low) | u64::from(high) << 32
}

fn low(word: u64) -> u32 {
    word as u32
}

fn high(word: u64) -> u32 {
    (word >> 32) as u32
}

/// Returns an actor's number, 2 bits, and its agent.
pub(super) fn of_actor(actor: Actor) -> (u32, u32) {
    match actor {
        Actor::Orchestrator => (0, 0),
        Actor::Environment => (1, 0),
        Actor::User => (2, 0),
        Actor::Agent(agent) => (3, agent.0),
    }
}

pub(super) fn actor(number: u32, agent: u32) -> Actor {
    match number {
        0 => Actor::Orchestrator,
        1 => Actor::Environment,
        2 => Actor::User,
        _ => Actor::Agent(AgentIx(agent)),
    }
}

/// Returns the entry of a list of all of a kind's values.
fn nth<T: Copy>(all: &[T], number: u32) -> Option<T> {
    all.get(number as usize).copied()
}

/// Returns how many words of its own a kind has behind its second.
pub(super) fn own_words(head: u64) -> usize {
    kinds::own_words(tag(head), small(head))
}

/// Says whether a kind needs its turn's time to be read back.
pub(super) fn needs_time(head: u64) -> bool {
    tag(head) == kinds::MESSAGE_SENT
}

/// Reads an event back from its record.
pub(super) fn read_back(head: u64, parts: &Parts<'_>) -> Option<EventKind> {
    kinds::kind(tag(head), head & ARTIFACT != 0, parts)
}
