//! What a reaction decides: events to come, with their causes and reads, before they are applied.

use std::ops::Range;

use super::event::{Event, EventKind, Purpose};
use super::store::Store;
use super::world::World;
use crate::kernel::time::Micros;
use crate::model::id::{Actor, AuctionIx, EventId, KnowledgeIx, SubtaskIx, TaskIx, TimerIx};
use crate::model::message::{MessageType, Payload};

/// What is looked at again once the events so far are applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FollowUp {
    /// The orchestrator sees how far a task's auctions are: the one that has just ended, else all.
    Proceed(TaskIx, Option<AuctionIx>),
    /// A coordinator sees what can go on.
    Advance(TaskIx, Scope),
}

/// Which of a task's subtasks are looked at, so that a step of a large plan costs what it changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// All.
    All,
    /// One.
    One(SubtaskIx),
    /// Those that depend on one.
    After(SubtaskIx),
}

/// The events of one reaction, in order.
///
/// 1. The n-th event emitted gets the n-th id after the log's last.
/// 2. Nothing is changed until the run commits them.
pub struct Effects<'a> {
    store: &'a mut Store,
    base: usize,
    drafted: &'a mut Drafted,
    next_auction: usize,
    next_knowledge: usize,
    next_timer: u32,
    mute: bool,
}

/// What a reaction has decided so far; the lists are used again by the next.
#[derive(Clone, Debug, Default)]
pub struct Drafted {
    /// Events, each with where its reads lie.
    pub(super) events: Vec<(Event, Range<u32>)>,
    pub(super) reads: Vec<EventId>,
    pub(super) follow_ups: Vec<(EventId, FollowUp)>,
}

impl<'a> Effects<'a> {
    /// Begins a reaction's effects behind the events that are there.
    pub fn new(
        world: &World,
        store: &'a mut Store,
        base: usize,
        drafted: &'a mut Drafted,
    ) -> Effects<'a> {
        Effects {
            store,
            base,
            drafted,
            next_auction: world.environment.agent_proposals.len(),
            next_knowledge: world.environment.knowledge_base.entries.len(),
            next_timer: world.timer_count,
            mute: false,
        }
    }

    /// Lets nothing be sent from here on: the actor is silent.
    pub fn mute(&mut self) {
        self.mute = true;
    }

    /// Says whether the actor is silent, so that nothing it sends leaves it.
    pub fn is_mute(&self) -> bool {
        self.mute
    }

    /// Returns the artifacts.
    pub fn store(&mut self) -> &mut Store {
        self.store
    }

    /// Emits an event.
    pub fn emit(&mut self, cause: EventId, kind: EventKind) -> EventId {
        self.emit_reading(Some(cause), &[], kind)
    }

    /// Emits an event that used others' content.
    pub fn emit_reading(
        &mut self,
        cause: Option<EventId>,
        reads: &[EventId],
        kind: EventKind,
    ) -> EventId {
        let id = EventId::from(self.base + self.drafted.events.len());
        let start = self.drafted.reads.len() as u32;
        self.drafted.reads.extend_from_slice(reads);
        let end = self.drafted.reads.len() as u32;
        self.drafted.events.push((Event { cause, kind }, start..end));
        id
    }

    /// Sets a timer.
    pub fn set_timer(
        &mut self,
        cause: EventId,
        owner: Actor,
        purpose: Purpose,
        at: Micros,
    ) -> EventId {
        let timer = TimerIx(self.next_timer);
        self.next_timer += 1;
        self.emit(cause, EventKind::TimerSet { timer, owner, purpose, at })
    }

    /// Calls a timer off, if it is set.
    pub fn cancel_timer(&mut self, cause: EventId, timer: Option<TimerIx>) {
        if let Some(timer) = timer {
            self.emit(cause, EventKind::TimerCancelled { timer });
        }
    }

    /// Returns the number of the knowledge entry to write next.
    pub fn next_knowledge(&mut self) -> KnowledgeIx {
        let knowledge = KnowledgeIx::from(self.next_knowledge);
        self.next_knowledge += 1;
        knowledge
    }

    /// Returns the number of the auction to open next.
    pub fn next_auction(&mut self) -> AuctionIx {
        let auction = AuctionIx::from(self.next_auction);
        self.next_auction += 1;
        auction
    }

    /// Asks for a look at something once these events are applied.
    pub fn follow(&mut self, cause: EventId, follow_up: FollowUp) {
        self.drafted.follow_ups.push((cause, follow_up));
    }
}

/// A message's type and what it carries.
pub struct Mail {
    /// Its type.
    pub kind: MessageType,
    /// What it carries.
    pub payload: Payload,
}
