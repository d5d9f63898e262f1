//! What a reaction decides: events to come, with their causes and reads, before they are applied.

use super::event::{Event, EventKind, Purpose};
use super::store::Store;
use super::world::World;
use crate::kernel::time::Micros;
use crate::model::id::{
    Actor, AgentIx, AuctionIx, EventId, KnowledgeIx, SubtaskIx, TaskIx, TimerIx,
};
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
    world: &'a World,
    store: &'a mut Store,
    /// The id of the event to emit next.
    next: EventId,
    drafted: &'a mut Drafted,
    auctions: usize,
    knowledge: usize,
    timers: u32,
    mute: bool,
}

/// What a reaction has decided so far; the lists are used again by the next.
#[derive(Clone, Debug, Default)]
pub struct Drafted {
    pub(super) events: Vec<Draft>,
    /// What they read, one after the other.
    pub(super) reads: Vec<EventId>,
    /// Who gets messages that go to each of many.
    pub(super) recipients: Vec<AgentIx>,
    pub(super) follow_ups: Vec<(EventId, FollowUp)>,
}

/// An event to come, how many of the reads are its own, and of the recipients, where there is an
/// event for each.
#[derive(Clone, Copy, Debug)]
pub(super) struct Draft {
    pub event: Event,
    pub reads: u32,
    pub recipients: u32,
}

impl<'a> Effects<'a> {
    /// Begins a reaction's effects behind the events that are there.
    #[inline]
    pub fn new(
        world: &'a World,
        store: &'a mut Store,
        next: EventId,
        drafted: &'a mut Drafted,
    ) -> Effects<'a> {
        let (auctions, knowledge, timers, mute) = (0, 0, 0, false);
        Effects { world, store, next, drafted, auctions, knowledge, timers, mute }
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
    #[inline]
    pub fn emit(&mut self, cause: EventId, kind: EventKind) -> EventId {
        self.draft(Draft { event: Event { cause: Some(cause), kind }, reads: 0, recipients: 0 })
    }

    #[inline]
    fn draft(&mut self, draft: Draft) -> EventId {
        let id = self.next;
        self.next = EventId(id.0.saturating_add(draft.recipients.max(1)));
        self.drafted.events.push(draft);
        id
    }

    /// Emits the sending of a message to each of some agents, an event for each in their order.
    pub fn emit_to_each(
        &mut self,
        cause: EventId,
        recipients: impl Iterator<Item = AgentIx>,
        kind: EventKind,
    ) {
        let before = self.drafted.recipients.len();
        self.drafted.recipients.extend(recipients);
        let recipients = (self.drafted.recipients.len() - before) as u32;
        if recipients > 0 {
            self.draft(Draft { event: Event { cause: Some(cause), kind }, reads: 0, recipients });
        }
    }

    /// Emits an event that used others' content.
    pub fn emit_reading(
        &mut self,
        cause: Option<EventId>,
        reads: &[EventId],
        kind: EventKind,
    ) -> EventId {
        self.drafted.reads.extend_from_slice(reads);
        let reads = reads.len() as u32;
        self.draft(Draft { event: Event { cause, kind }, reads, recipients: 0 })
    }

    /// Sets a timer.
    pub fn set_timer(
        &mut self,
        cause: EventId,
        owner: Actor,
        purpose: Purpose,
        at: Micros,
    ) -> EventId {
        let timer = TimerIx(self.world.timer_count + self.timers);
        self.timers += 1;
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
        let entries = self.world.environment.knowledge_base.entries.len();
        self.knowledge += 1;
        KnowledgeIx::from(entries + self.knowledge - 1)
    }

    /// Returns the number of the auction to open next.
    pub fn next_auction(&mut self) -> AuctionIx {
        let auctions = self.world.environment.agent_proposals.len();
        self.auctions += 1;
        AuctionIx::from(auctions + self.auctions - 1)
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
