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

use crate::kernel::fixed::Hundredths;
use crate::kernel::time::Micros;
use crate::model::bid::BidTerms;
use crate::model::id::{Actor, AgentIx, ArtifactIx, EventId, MessageIx};
use crate::sim::event::EventKind;

pub(super) use kinds::{form, message_form};

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

/// The most words of a record whose event read nothing: head, second, three of its kind, artifact.
/// A power of two, so that a place in it needs no check.
pub(super) const BRIEF_MAX: usize = 8;

/// An event's own fields, laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Form {
    /// Tag, small fields of its kind and the first field, where a head has them.
    pub head: u64,
    /// The second field.
    pub second: u32,
    /// Room for head and second, and behind them further words.
    pub record: [u64; BRIEF_MAX],
    /// How many words there are, head and second among them.
    pub length: usize,
}

impl Form {
    #[inline]
    fn new(tag: u8, first: u32, second: u32) -> Form {
        let head = u64::from(tag) | u64::from(first) << 32;
        Form { head, second, record: [0; BRIEF_MAX], length: 2 }
    }

    #[inline]
    fn small(mut self, small: u32) -> Form {
        debug_assert!(small < 1 << SMALL_BITS);
        self.head |= u64::from(small) << SMALL_AT;
        self
    }

    #[inline]
    fn word(mut self, word: u64) -> Form {
        self.push(word);
        self
    }

    /// Puts the cause and the second field in; returns how many words are canonical.
    #[inline]
    pub fn put_cause(&mut self, cause: Option<EventId>) -> usize {
        let cause = cause.map_or(u32::MAX, |cause| cause.0);
        self.record[1] = both(cause, self.second);
        self.length
    }

    /// Names an artifact.
    #[inline]
    pub fn put_artifact(&mut self, artifact: ArtifactIx) {
        self.head |= ARTIFACT;
        self.push(u64::from(artifact.0));
    }

    /// Puts a bid's words where it has those of another.
    #[inline]
    pub fn put_bid(&mut self, terms: &BidTerms, score: Hundredths) {
        let [one, other] = message::of_bid(terms, score);
        let last = self.length.wrapping_sub(1);
        self.record[last.wrapping_sub(1) % BRIEF_MAX] = one;
        self.record[last % BRIEF_MAX] = other;
    }

    #[inline]
    pub fn push(&mut self, word: u64) {
        debug_assert!(self.length < BRIEF_MAX);
        self.record[self.length % BRIEF_MAX] = word;
        self.length += 1;
    }
}

/// Returns the head of a record that says no more than that a message was read.
#[inline]
pub(super) fn read_head(message: MessageIx) -> u64 {
    u64::from(kinds::MESSAGE_READ) | u64::from(message.0) << 32 | NO_SECOND
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

/// Returns a first field where a head has it.
#[inline]
pub(super) fn first_field(first: u32) -> u64 {
    u64::from(first) << 32
}

#[inline]
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
#[inline]
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
