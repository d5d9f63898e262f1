//! The message bus: messages on their way, by recipient in order of arrival, in one list of places.

use std::collections::BTreeMap;

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

/// The places of a recipient's first and last message.
#[derive(Clone, Copy, Debug)]
struct Inbox {
    first: u32,
    last: u32,
}

impl Default for Inbox {
    fn default() -> Self {
        Inbox { first: NONE, last: NONE }
    }
}

/// Messages on their way, by recipient in order of arrival.
///
/// Places are used again as soon as they are free, so what is on its way stays close together.
#[derive(Clone, Debug)]
pub struct MessageBus {
    orchestrator: Inbox,
    agents: Vec<Inbox>,
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
            orchestrator: Inbox::default(),
            agents: Vec::new(),
            places: Vec::new(),
            free: NONE,
            waiting: 0,
            count: 0,
            doomed: BTreeMap::new(),
        }
    }
}

impl MessageBus {
    fn place(&self, at: u32) -> Option<&Place> {
        self.places.get(at as usize)
    }

    fn inbox_of(&self, actor: Actor) -> Inbox {
        match actor {
            Actor::Orchestrator => self.orchestrator,
            Actor::Agent(agent) => self.agents.get(agent.at()).copied().unwrap_or_default(),
            Actor::Environment | Actor::User => Inbox::default(),
        }
    }

    fn inbox_mut(&mut self, actor: Actor) -> Option<&mut Inbox> {
        match actor {
            Actor::Orchestrator => Some(&mut self.orchestrator),
            Actor::Agent(agent) => {
                if self.agents.len() <= agent.at() {
                    self.agents.resize_with(agent.at() + 1, Inbox::default);
                }
                self.agents.get_mut(agent.at())
            }
            Actor::Environment | Actor::User => None,
        }
    }

    fn link(&mut self, before: u32, next: u32) {
        if let Some(place) = self.places.get_mut(before as usize) {
            place.next = next;
        }
    }

    /// Returns an actor's messages, those still on their way included, in order of arrival.
    pub fn inbox(&self, actor: Actor) -> impl Iterator<Item = &Inbound> {
        let mut at = self.inbox_of(actor).first;
        std::iter::from_fn(move || {
            let place = self.place(at)?;
            at = place.next;
            Some(&place.inbound)
        })
    }

    /// Puts a message on its way, behind those that arrive no later.
    pub fn deliver(&mut self, to: Actor, inbound: Inbound) {
        if !matches!(to, Actor::Orchestrator | Actor::Agent(_)) {
            return;
        }
        let inbox = self.inbox_of(to);
        let last = self.place(inbox.last);
        let before = match last {
            None => NONE,
            Some(last) if last.inbound.at <= inbound.at => inbox.last,
            Some(_) => self.last_no_later(inbox, inbound.at),
        };
        let next = self.place(before).map_or(inbox.first, |before| before.next);
        let at = self.take_place(Place { inbound, next });
        self.link(before, at);
        self.waiting += 1;
        if let Some(inbox) = self.inbox_mut(to) {
            if before == NONE {
                inbox.first = at;
            }
            if next == NONE {
                inbox.last = at;
            }
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

    fn take_place(&mut self, place: Place) -> u32 {
        let at = self.free;
        if let Some(free) = self.places.get_mut(at as usize) {
            self.free = std::mem::replace(free, place).next;
            return at;
        }
        self.places.push(place);
        (self.places.len() - 1) as u32
    }

    /// Takes a message out of an actor's inbox.
    pub fn take(&mut self, actor: Actor, message: MessageIx) -> Option<Inbound> {
        let inbox = self.inbox_of(actor);
        let (mut before, mut at) = (NONE, inbox.first);
        let found = loop {
            let place = *self.place(at)?;
            if place.inbound.message == message {
                break place;
            }
            (before, at) = (at, place.next);
        };
        self.link(before, found.next);
        if let Some(inbox) = self.inbox_mut(actor) {
            if before == NONE {
                inbox.first = found.next;
            }
            if found.next == NONE {
                inbox.last = before;
            }
        }
        let free = self.free;
        self.link(at, free);
        self.free = at;
        self.waiting -= 1;
        Some(found.inbound)
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

    /// Returns how many messages are on their way or unread; a copy that a link has yet to make is none.
    pub fn waiting(&self) -> usize {
        self.waiting + self.doomed.values().filter(|doomed| doomed.lost).count()
    }

    /// Returns the memory it takes, in bytes, about.
    pub fn bytes(&self) -> usize {
        self.places.len() * size_of::<Place>()
            + self.agents.len() * size_of::<Inbox>()
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
            bus.deliver(one, inbound(message, at));
            bus.deliver(other, inbound(message + 10, at));
        }
        let order = |bus: &MessageBus, actor| {
            bus.inbox(actor).map(|inbound| inbound.message.0).collect::<Vec<_>>()
        };
        assert_eq!(order(&bus, one), [2, 4, 0, 1, 3]);
        assert_eq!(bus.take(one, MessageIx(0)).map(|inbound| inbound.at), Some(Micros(5)));
        assert_eq!(bus.take(one, MessageIx(3)).map(|inbound| inbound.sent), Some(EventId(3)));
        assert_eq!(bus.take(one, MessageIx(3)), None);
        bus.deliver(one, inbound(5, 6));
        bus.deliver(one, inbound(6, 1));
        assert_eq!(order(&bus, one), [6, 2, 4, 1, 5]);
        assert_eq!(order(&bus, other), [12, 14, 10, 11, 13]);
        assert_eq!((bus.waiting(), bus.places.len()), (10, 10));
    }
}
