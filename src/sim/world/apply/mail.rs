//! What the sending of a message changes.

use crate::kernel::time::Micros;
use crate::model::content::Content;
use crate::model::id::{Actor, AgentIx, EventId, MessageIx, Recipient, SubtaskIx};
use crate::model::message::{Conversation, MessageType, StatusNote};
use crate::sim::event::{Event, EventKind};
use crate::sim::world::environment::bus::{Doomed, Inbound};
use crate::sim::world::{Activation, World};

/// What is on its way.
#[derive(Clone, Copy)]
pub(super) struct Parcel {
    pub kind: MessageType,
    pub conversation: Conversation,
    pub payload: Content,
    pub deliver_at: Micros,
}

impl World {
    #[inline(always)]
    pub(super) fn send(&mut self, id: EventId, from: Actor, to: Recipient, parcel: Parcel) {
        let message = MessageIx(self.environment.message_bus.count);
        self.environment.message_bus.count += 1;
        self.environment.metrics.sent[parcel.kind as usize] += 1;
        match (parcel.payload, from) {
            (
                Content::Go { subtask, .. }
                | Content::Status { subtask: Some(subtask), note: StatusNote::Ready, .. },
                Actor::Agent(coordinator),
            ) => self.release(coordinator, subtask),
            _ if parcel.kind == MessageType::CallForProposals => {
                if let (Conversation::Auction(auction), Recipient::One(Actor::Agent(asked))) =
                    (parcel.conversation, to)
                {
                    self.with_auction(auction.at(), |auction| auction.asked.push(asked));
                }
            }
            _ => {}
        }
        match to {
            Recipient::One(to) => self.dispatch(id, message, from, to, parcel),
            Recipient::All => self.dispatch_to_all(id, message, from, parcel),
        }
    }

    #[inline(never)]
    fn dispatch_to_all(&mut self, id: EventId, message: MessageIx, from: Actor, parcel: Parcel) {
        let audience: Vec<Actor> = self.audience(from).collect();
        for to in audience {
            self.dispatch(id, message, from, to, parcel);
        }
    }

    /// Changes the world as the events would, one after the other, by which a message goes to each of
    /// some agents; links are plain.
    pub(in crate::sim) fn apply_each(
        &mut self,
        first: EventId,
        from: Actor,
        event: &Event,
        recipients: &[AgentIx],
    ) {
        let EventKind::MessageSent { kind, conversation, payload, deliver_at: at, .. } = event.kind
        else {
            return;
        };
        let parcel = Parcel { kind, conversation, payload, deliver_at: at };
        if matches!(payload, Content::Go { .. } | Content::Status { .. }) {
            // What these change may depend on what the one before has changed.
            for (&agent, id) in recipients.iter().zip(first.0..) {
                self.send(EventId(id), from, Recipient::One(Actor::Agent(agent)), parcel);
            }
            return;
        }
        let count = recipients.len();
        let bus = &mut self.environment.message_bus;
        let message = MessageIx(bus.count);
        bus.count += count as u32;
        self.environment.metrics.sent[kind as usize] += count as u64;
        let mut inbound = Inbound {
            at,
            message,
            from,
            kind,
            conversation,
            payload,
            sent: first,
            duplicate: false,
        };
        for &agent in recipients {
            let to = Actor::Agent(agent);
            bus.deliver(to, &inbound);
            self.agenda.put(at, Activation::Wake(to));
            inbound.message.0 += 1;
            inbound.sent.0 += 1;
        }
        if let (Conversation::Auction(auction), MessageType::CallForProposals) =
            (conversation, kind)
        {
            self.with_auction(auction.at(), |auction| auction.asked.extend_from_slice(recipients));
        }
    }

    /// Notes that a coordinator has told a subtask's holder to start, or asked for one.
    fn release(&mut self, coordinator: AgentIx, subtask: SubtaskIx) {
        if let Some(task) = self.subtasks.get(subtask.at()).map(|state| state.task) {
            self.with_mind(coordinator, task, |mind| {
                mind.released.insert(subtask);
            });
        }
    }

    #[inline(always)]
    fn dispatch(
        &mut self,
        sent: EventId,
        message: MessageIx,
        from: Actor,
        to: Actor,
        parcel: Parcel,
    ) {
        let Parcel { kind, conversation, payload, deliver_at: at } = parcel;
        let inbound =
            Inbound { at, message, from, kind, conversation, payload, sent, duplicate: false };
        // Where links are plain, the event itself says when it arrives.
        if self.links_are_plain() {
            self.environment.message_bus.deliver(to, &inbound);
            self.agenda.put(at, Activation::Wake(to));
        } else {
            self.carry(to, inbound);
        }
    }

    /// Lets a link carry a message that may be late, lost or copied.
    fn carry(&mut self, to: Actor, inbound: Inbound) {
        let Inbound { from, message, .. } = inbound;
        let passage = self.passage(from, to);
        let link = self.link_states.entry((from, to)).or_default();
        link.count += 1;
        link.last_arrival = link.last_arrival.max(passage.at);
        let inbound = Inbound { at: passage.at, ..inbound };
        if passage.lost {
            self.environment
                .message_bus
                .doomed
                .insert((message, to), Doomed { inbound, lost: true });
            self.agenda.put(passage.at, Activation::Drop(message, to));
            return;
        }
        self.environment.message_bus.deliver(to, &inbound);
        self.agenda.put(passage.at, Activation::Wake(to));
        if let Some(at) = passage.copy_at {
            let inbound = Inbound { at, ..inbound };
            self.environment
                .message_bus
                .doomed
                .insert((message, to), Doomed { inbound, lost: false });
            self.agenda.put(at, Activation::Copy(message, to));
        }
    }

    pub(super) fn duplicate(&mut self, id: EventId, original: MessageIx, to: Actor) {
        let Some(Doomed { inbound, .. }) =
            self.environment.message_bus.doomed.remove(&(original, to))
        else {
            return;
        };
        let message = MessageIx(self.environment.message_bus.count);
        self.environment.message_bus.count += 1;
        self.environment.metrics.sent[inbound.kind as usize] += 1;
        self.environment
            .message_bus
            .deliver(to, &Inbound { at: self.now, message, sent: id, duplicate: true, ..inbound });
        self.agenda.put(self.now, Activation::Wake(to));
    }
}
