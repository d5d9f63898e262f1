//! Writing down and applying what was decided.

use super::Run;
use crate::kernel::time::Micros;
use crate::model::id::{Actor, AgentIx, EventId, Recipient};
use crate::sim::event::{Event, EventKind};
use crate::sim::log::Log;
use crate::sim::store::Store;
use crate::sim::world::World;
use crate::sim::world::environment::bus::Inbound;

impl Run {
    /// Writes down and applies what was decided.
    pub(super) fn commit(&mut self) {
        let Run { world, log, store, drafted, .. } = self;
        let actor = log.actor().unwrap_or(Actor::Environment);
        let (mut reads, mut recipients) = (drafted.reads.as_slice(), drafted.recipients.as_slice());
        for draft in &mut drafted.events {
            if draft.recipients > 0 {
                let each = taken(&mut recipients, draft.recipients);
                append_each(world, log, store, actor, &mut draft.event, each);
            } else {
                let reads = taken(&mut reads, draft.reads);
                append(world, log, store, actor, &mut draft.event, reads);
            }
        }
        drafted.events.clear();
        drafted.reads.clear();
        drafted.recipients.clear();
    }
}

/// Takes the first so many off a list.
#[inline]
fn taken<'a, T>(list: &mut &'a [T], count: u32) -> &'a [T] {
    let (first, rest) = list.split_at_checked(count as usize).unwrap_or((list, &[]));
    *list = rest;
    first
}

/// Writes down and applies the sending of a message to each of some agents.
fn append_each(
    world: &mut World,
    log: &mut Log,
    store: &Store,
    actor: Actor,
    event: &mut Event,
    recipients: &[AgentIx],
) {
    // Where links are plain, what goes to others all arrives at once.
    let is_own = |&agent: &AgentIx| Actor::Agent(agent) == actor;
    if world.links_are_plain() && !recipients.iter().any(is_own) {
        if let EventKind::MessageSent { deliver_at, .. } = &mut event.kind {
            let one = recipients.first().map_or(actor, |&agent| Actor::Agent(agent));
            *deliver_at = world.passage(actor, one).at;
        }
        let first = log.append_each(event, recipients, store);
        return world.apply_each(first, actor, event, recipients);
    }
    for &agent in recipients {
        if let EventKind::MessageSent { to, .. } = &mut event.kind {
            *to = Recipient::One(Actor::Agent(agent));
        }
        append_one(world, log, store, actor, event, &[]);
    }
}

#[inline(never)]
pub(super) fn append_one(
    world: &mut World,
    log: &mut Log,
    store: &Store,
    actor: Actor,
    event: &mut Event,
    reads: &[EventId],
) -> EventId {
    append(world, log, store, actor, event, reads)
}

/// Writes an event down and applies it; the bus says here when a message arrives.
#[inline(always)]
fn append(
    world: &mut World,
    log: &mut Log,
    store: &Store,
    actor: Actor,
    event: &mut Event,
    reads: &[EventId],
) -> EventId {
    if let EventKind::MessageSent { to, deliver_at, .. } = &mut event.kind {
        *deliver_at = arrival(world, actor, *to);
    }
    let id = log.append(event, reads, store);
    world.apply(id, actor, event, store);
    id
}

/// Writes down and applies that an actor read a message.
#[inline(always)]
pub(super) fn read(
    world: &mut World,
    log: &mut Log,
    store: &Store,
    actor: Actor,
    &Inbound { message, sent, .. }: &Inbound,
) -> EventId {
    debug_assert_eq!(log.sent_by(message), Some(sent));
    let id = log.append_read(message);
    let event = Event { cause: Some(sent), kind: EventKind::MessageRead { message } };
    world.apply(id, actor, &event, store);
    id
}

/// Returns when a message arrives, the earliest for a broadcast.
#[inline]
fn arrival(world: &World, from: Actor, to: Recipient) -> Micros {
    match to {
        Recipient::One(to) => world.passage(from, to).at,
        Recipient::All => {
            world.audience(from).map(|to| world.passage(from, to).at).min().unwrap_or(world.now)
        }
    }
}
