//! Turns and events as the log hands them out.

use super::{Log, Reads};
use crate::kernel::digest::Digest;
use crate::kernel::time::Micros;
use crate::model::id::{Actor, AgentIx, EventId, TurnIx};
use crate::sim::event::EventKind;

/// One turn: who acted, when, and where its events begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn {
    /// Virtual time.
    pub time: Micros,
    /// Who acted.
    pub actor: Actor,
    /// The agenda entry that was performed, by its sequence.
    pub activation: u64,
    /// Its first event.
    pub first: EventId,
    /// The digest after it.
    pub digest: Digest,
}

/// A turn as the log keeps it, its actor in four bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Head {
    time: Micros,
    activation: u64,
    pub digest: Digest,
    pub first: EventId,
    actor: u32,
}

/// Actors that are no agents have the last numbers.
const OTHERS: [Actor; 3] = [Actor::Orchestrator, Actor::Environment, Actor::User];

/// Returns an actor's number in a turn.
pub(super) fn number_of(actor: Actor) -> u64 {
    u64::from(match actor {
        Actor::Agent(agent) => agent.0,
        Actor::Orchestrator => u32::MAX,
        Actor::Environment => u32::MAX - 1,
        Actor::User => u32::MAX - 2,
    })
}

impl Head {
    pub fn new(
        time: Micros,
        actor: Actor,
        activation: u64,
        first: EventId,
        digest: Digest,
    ) -> Head {
        Head { time, activation, digest, first, actor: number_of(actor) as u32 }
    }

    pub fn turn(&self) -> Turn {
        let other = OTHERS.get((u32::MAX - self.actor) as usize).copied();
        let actor = other.unwrap_or(Actor::Agent(AgentIx(self.actor)));
        let Head { time, activation, digest, first, .. } = *self;
        Turn { time, actor, activation, first, digest }
    }
}

/// An event with all that is known of it.
#[derive(Clone, Copy, Debug)]
pub struct Record<'a> {
    /// Its id.
    pub id: EventId,
    /// Its turn.
    pub turn: TurnIx,
    /// Its time.
    pub time: Micros,
    /// Who did it.
    pub actor: Actor,
    /// What triggered it.
    pub cause: Option<EventId>,
    /// Whose content it used.
    pub reads: Reads<'a>,
    /// What happened.
    pub kind: EventKind,
}

/// The events of a range, read one after the other.
pub struct Records<'a> {
    log: &'a Log,
    next: usize,
    end: usize,
    /// Where the next one lies.
    at: usize,
    turn: TurnIx,
    opened: Option<Turn>,
    /// The first event of the next turn.
    turn_end: usize,
}

impl<'a> Records<'a> {
    pub(super) fn new(log: &'a Log, ids: std::ops::Range<usize>) -> Records<'a> {
        let first = EventId::from(ids.start);
        let turn = log.turn_of(first);
        Records {
            log,
            next: ids.start,
            end: ids.end.min(log.len()),
            at: log.place(first).unwrap_or_default(),
            turn,
            opened: log.turn(turn),
            turn_end: log.span(turn).end,
        }
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        if self.next >= self.end {
            return None;
        }
        // A turn may be empty of events.
        while self.next >= self.turn_end && self.turn < self.log.last_turn() {
            self.turn = TurnIx(self.turn.0 + 1);
            self.opened = self.log.turn(self.turn);
            self.turn_end = self.log.span(self.turn).end;
        }
        let Turn { time, actor, .. } = self.opened?;
        let id = EventId::from(self.next);
        let (event, reads) = self.log.read_at(self.at, id, time)?;
        self.next += 1;
        self.at = self.log.next_place(self.at);
        let (cause, kind) = (event.cause, event.kind);
        Some(Record { id, turn: self.turn, time, actor, cause, reads, kind })
    }
}
