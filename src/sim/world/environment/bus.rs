//! The message bus: messages on their way, by recipient in order of arrival, in one list of places.

use std::collections::BTreeMap;
use std::fmt;

use crate::kernel::time::Micros;
use crate::model::content::Content;
use crate::model::id::{Actor, EventId, MessageIx};
use crate::model::message::{Conversation, MessageType};

/// A message on its way to one recipient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Inbound {
    /// When it arrives.
    pub at: Micros,
    /// The message.
    pub message: MessageIx,
    /// Who sent it.
    pub from: Actor,
    /// Its type.
    pub kind: MessageType,
    /// What it belongs to.
    pub conversation: Conversation,
    /// What it carries.
    pub payload: Content,
    /// The event that sent it.
    pub sent: EventId,
    /// Whether a link made it of a message that came before; its reader knows that, and does nothing.
    pub duplicate: bool,
}

/// A message that a link will drop, or deliver once more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Doomed {
    /// The message.
    pub inbound: Inbound,
    /// Whether it is dropped; else it comes again.
    pub lost: bool,
}

/// No place.
const NONE: u32 = u32::MAX;

/// A message and the place of the next for the same recipient.
#[derive(Clone, Copy, Debug)]
struct Place {
    inbound: Inbound,
    next: u32,
}

/// The places of a recipient's first and last message, and when the first arrives, if there is one.
#[derive(Clone, Copy, Debug)]
struct Inbox {
    first: u32,
    last: u32,
    at: Micros,
}

impl Default for Inbox {
    fn default() -> Self {
        Inbox { first: NONE, last: NONE, at: Micros::ZERO }
    }
}

/// Messages on their way, by recipient in order of arrival.
///
/// Places are used again as soon as they are free, so what is on its way stays close together.
#[derive(Clone)]
pub struct MessageBus {
    /// The orchestrator's, then the agents'.
    inboxes: Vec<Inbox>,
    places: Vec<Place>,
    free: u32,
    waiting: usize,
    /// How many messages were ever sent.
    pub count: u32,
    /// Messages that a link will drop or deliver again, with their recipient.
    pub doomed: BTreeMap<(MessageIx, Actor), Doomed>,
}

impl Default for MessageBus {
    fn default() -> Self {
        MessageBus {
            inboxes: Vec::new(),
            places: Vec::new(),
            free: NONE,
            waiting: 0,
            count: 0,
            doomed: BTreeMap::new(),
        }
    }
}

/// Which places messages lie in is no part of what can be told apart.
impl fmt::Debug for MessageBus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let from = |inbox: &Inbox| self.from(inbox.first).collect::<Vec<_>>();
        f.debug_struct("MessageBus")
            .field("inboxes", &self.inboxes.iter().map(from).collect::<Vec<_>>())
            .field("waiting", &self.waiting)
            .field("count", &self.count)
            .field("doomed", &self.doomed)
            .finish()
    }
}

/// Returns the place of an actor's inbox; beyond all for those who have none.
#[inline]
fn inbox_at(actor: Actor) -> usize {
    match actor {
        Actor::Orchestrator => 0,
        Actor::Agent(agent) => agent.at().saturating_add(1),
        Actor::Environment | Actor::User => usize::MAX,
    }
}

impl MessageBus {
    #[inline]
    fn place(&self, at: u32) -> Option<&Place> {
        self.places.get(at as usize)
    }

    #[inline]
    fn inbox_of(&self, actor: Actor) -> Inbox {
        self.inboxes.get(inbox_at(actor)).copied().unwrap_or_default()
    }

    /// Returns an actor's inbox to put something in; makes it if there is none yet.
    #[inline]
    fn inbox_mut(&mut self, actor: Actor) -> Option<&mut Inbox> {
        let at = inbox_at(actor);
        if at >= self.inboxes.len() {
            self.make_inbox(at);
        }
        self.inboxes.get_mut(at)
    }

    #[cold]
    fn make_inbox(&mut self, at: usize) {
        if at < usize::MAX {
            self.inboxes.resize_with(at + 1, Inbox::default);
        }
    }

    #[inline]
    fn link(&mut self, before: u32, next: u32) {
        if let Some(place) = self.places.get_mut(before as usize) {
            place.next = next;
        }
    }

    /// Returns an actor's messages, those still on their way included, in order of arrival.
    pub fn inbox(&self, actor: Actor) -> impl Iterator<Item = &Inbound> {
        self.from(self.inbox_of(actor).first)
    }

    /// Returns the message at a place and those behind it in its inbox.
    fn from(&self, mut at: u32) -> impl Iterator<Item = &Inbound> {
        std::iter::from_fn(move || {
            let place = self.place(at)?;
            at = place.next;
            Some(&place.inbound)
        })
    }

    /// Puts a message on its way, behind those that arrive no later.
    #[inline(always)]
    pub fn deliver(&mut self, to: Actor, inbound: &Inbound) {
        if inbox_at(to) >= self.inboxes.len() {
            self.make_inbox(inbox_at(to));
        }
        let at = if (self.free as usize) < self.places.len() {
            self.free
        } else {
            self.places.len() as u32
        };
        let Some(inbox) = self.inboxes.get_mut(inbox_at(to)) else { return };
        match self.places.get_mut(inbox.last as usize) {
            Some(last) if last.inbound.at > inbound.at => return self.deliver_between(to, inbound),
            Some(last) => last.next = at,
            None => (inbox.first, inbox.at) = (at, inbound.at),
        }
        inbox.last = at;
        self.take_place(inbound, NONE);
    }

    /// Puts a message on its way before some that arrive later.
    #[inline(never)]
    fn deliver_between(&mut self, to: Actor, inbound: &Inbound) {
        let inbox = self.inbox_of(to);
        let before = self.last_no_later(inbox, inbound.at);
        let next = self.place(before).map_or(inbox.first, |before| before.next);
        let at = self.take_place(inbound, next);
        self.link(before, at);
        if before == NONE
            && let Some(inbox) = self.inbox_mut(to)
        {
            (inbox.first, inbox.at) = (at, inbound.at);
        }
    }

    /// Returns the place of the last message that arrives no later than a time.
    fn last_no_later(&self, inbox: Inbox, time: Micros) -> u32 {
        let (mut before, mut at) = (NONE, inbox.first);
        while let Some(place) = self.place(at).filter(|place| place.inbound.at <= time) {
            (before, at) = (at, place.next);
        }
        before
    }

    #[inline(always)]
    fn take_place(&mut self, inbound: &Inbound, next: u32) -> u32 {
        self.waiting += 1;
        let at = self.free;
        if let Some(free) = self.places.get_mut(at as usize) {
            self.free = free.next;
            (free.inbound, free.next) = (*inbound, next);
            return at;
        }
        let at = self.places.len() as u32;
        self.places.push(Place { inbound: *inbound, next });
        at
    }

    /// Takes out the one message that has reached an actor by now, if there is just one and it is
    /// wanted; returns which it is.
    #[inline(always)]
    pub fn take_sole(
        &mut self,
        actor: Actor,
        now: Micros,
        wanted: impl FnOnce(&Inbound) -> bool,
    ) -> Option<MessageIx> {
        let MessageBus { inboxes, places, free, waiting, .. } = self;
        let inbox = inboxes.get_mut(inbox_at(actor))?;
        let at = inbox.first;
        let next = places.get(at as usize)?.next;
        let next_at = places.get(next as usize).map(|next| next.inbound.at);
        let place = places.get_mut(at as usize)?;
        let is_sole = inbox.at <= now && next_at.is_none_or(|at| at > now);
        if !is_sole || !wanted(&place.inbound) {
            return None;
        }
        place.next = std::mem::replace(free, at);
        *waiting -= 1;
        inbox.first = next;
        match next_at {
            Some(arrives) => inbox.at = arrives,
            None => inbox.last = NONE,
        }
        Some(place.inbound.message)
    }

    /// Takes messages out of an actor's inbox from the first on, for as long as they are wanted.
    #[inline(always)]
    pub fn take_while(&mut self, actor: Actor, mut wanted: impl FnMut(&Inbound) -> bool) {
        let MessageBus { inboxes, places, free, waiting, .. } = self;
        let Some(inbox) = inboxes.get_mut(inbox_at(actor)) else { return };
        while let Some(place) = places.get_mut(inbox.first as usize)
            && wanted(&place.inbound)
        {
            let at = std::mem::replace(&mut inbox.first, place.next);
            place.next = std::mem::replace(free, at);
            *waiting -= 1;
        }
        match places.get(inbox.first as usize) {
            Some(next) => inbox.at = next.inbound.at,
            None => inbox.last = NONE,
        }
    }

    /// Takes a message out of an actor's inbox.
    #[inline(always)]
    pub fn take(&mut self, actor: Actor, message: MessageIx) -> Option<&Inbound> {
        let Inbox { first: mut at, .. } = self.inbox_of(actor);
        match self.place(at) {
            Some(&Place { inbound, next }) if inbound.message == message => {
                let arrives = self.place(next).map_or(Micros::ZERO, |next| next.inbound.at);
                let inbox = self.inbox_mut(actor)?;
                (inbox.first, inbox.at) = (next, arrives);
                if next == NONE {
                    inbox.last = NONE;
                }
            }
            _ => at = self.take_later(actor, message)?,
        }
        self.waiting -= 1;
        let place = self.places.get_mut(at as usize)?;
        place.next = std::mem::replace(&mut self.free, at);
        Some(&place.inbound)
    }

    /// Takes a message out of an inbox that is not its first; returns its place.
    #[inline(never)]
    fn take_later(&mut self, actor: Actor, message: MessageIx) -> Option<u32> {
        let (mut before, mut at) = (NONE, self.inbox_of(actor).first);
        let next = loop {
            let place = self.place(at)?;
            if place.inbound.message == message {
                break place.next;
            }
            (before, at) = (at, place.next);
        };
        self.link(before, next);
        if next == NONE
            && let Some(inbox) = self.inbox_mut(actor)
        {
            inbox.last = before;
        }
        Some(at)
    }

    /// Puts another payload into an unread message, for a run that asks what would have been; says
    /// whether it was there.
    pub fn swap_payload(&mut self, actor: Actor, message: MessageIx, payload: Content) -> bool {
        let mut at = self.inbox_of(actor).first;
        while let Some(place) = self.places.get_mut(at as usize) {
            if place.inbound.message == message {
                place.inbound.payload = payload;
                return true;
            }
            at = place.next;
        }
        false
    }

    /// Returns the first message for an actor, arrived or not.
    #[inline]
    pub fn next_for(&self, actor: Actor) -> Option<&Inbound> {
        self.place(self.inbox_of(actor).first).map(|place| &place.inbound)
    }

    /// Returns when the first message for an actor arrives or has arrived.
    #[inline]
    pub fn next_arrival(&self, actor: Actor) -> Option<Micros> {
        let inbox = self.inboxes.get(inbox_at(actor)).filter(|inbox| inbox.first != NONE)?;
        Some(inbox.at)
    }

    /// Returns how many messages are on their way or unread; a copy that a link has yet to make is none.
    pub fn waiting(&self) -> usize {
        self.waiting + self.doomed.values().filter(|doomed| doomed.lost).count()
    }

    /// Returns the memory it takes, in bytes, about.
    pub fn bytes(&self) -> usize {
        self.places.len() * size_of::<Place>()
            + self.inboxes.len() * size_of::<Inbox>()
            + self.doomed.len() * size_of::<Doomed>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::id::{AgentIx, ArtifactIx};

    fn inbound(message: u32, at: u64) -> Inbound {
        Inbound {
            at: Micros(at),
            message: MessageIx(message),
            from: Actor::Orchestrator,
            kind: MessageType::Broadcast,
            conversation: Conversation::None,
            payload: ArtifactIx(0).into(),
            sent: EventId(message),
            duplicate: false,
        }
    }

    #[test]
    fn messages_come_by_arrival_and_places_are_used_again() {
        let (one, other) = (Actor::Agent(AgentIx(3)), Actor::Orchestrator);
        let mut bus = MessageBus::default();
        for (message, at) in [(0, 5), (1, 5), (2, 3), (3, 9), (4, 4)] {
            bus.deliver(one, &inbound(message, at));
            bus.deliver(other, &inbound(message + 10, at));
        }
        let order = |bus: &MessageBus, actor| {
            bus.inbox(actor).map(|inbound| inbound.message.0).collect::<Vec<_>>()
        };
        assert_eq!(order(&bus, one), [2, 4, 0, 1, 3]);
        assert_eq!(bus.take(one, MessageIx(0)).map(|inbound| inbound.at), Some(Micros(5)));
        assert_eq!(bus.take(one, MessageIx(3)).map(|inbound| inbound.sent), Some(EventId(3)));
        assert_eq!(bus.take(one, MessageIx(3)), None);
        bus.deliver(one, &inbound(5, 6));
        bus.deliver(one, &inbound(6, 1));
        assert_eq!(order(&bus, one), [6, 2, 4, 1, 5]);
        assert_eq!(order(&bus, other), [12, 14, 10, 11, 13]);
        assert_eq!((bus.waiting(), bus.places.len()), (10, 10));
    }
}
