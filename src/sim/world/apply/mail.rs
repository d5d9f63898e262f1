//! What the sending of a message changes.

use crate::kernel::time::Micros;
use crate::model::content::Content;
use crate::model::id::{Actor, EventId, MessageIx, Recipient};
use crate::model::message::{Conversation, MessageType, StatusNote};
use crate::sim::world::environment::bus::{Doomed, Inbound};
use crate::sim::world::link::Passage;
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
    pub(super) fn send(&mut self, id: EventId, from: Actor, to: Recipient, parcel: Parcel) {
        let message = MessageIx(self.environment.message_bus.count);
        self.environment.message_bus.count += 1;
        self.environment.metrics.sent[parcel.kind as usize] += 1;
        if let (
            Conversation::Auction(auction),
            MessageType::CallForProposals,
            Recipient::One(Actor::Agent(asked)),
        ) = (parcel.conversation, parcel.kind, to)
        {
            self.with_auction(auction.at(), |auction| auction.asked.push(asked));
        }
        if let (
            Actor::Agent(coordinator),
            Content::Go { subtask, .. }
            | Content::Status { subtask: Some(subtask), note: StatusNote::Ready, .. },
        ) = (from, parcel.payload)
            && let Some(task) = self.subtasks.get(subtask.at()).map(|state| state.task)
        {
            self.with_mind(coordinator, task, |mind| {
                mind.released.insert(subtask);
            });
        }
        match to {
            Recipient::One(to) => self.dispatch(id, message, from, to, parcel),
            Recipient::All => {
                let audience: Vec<Actor> = self.audience(from).collect();
                for to in audience {
                    self.dispatch(id, message, from, to, parcel);
                }
            }
        }
    }

    pub(super) fn dispatch(
        &mut self,
        sent: EventId,
        message: MessageIx,
        from: Actor,
        to: Actor,
        parcel: Parcel,
    ) {
        // Where links are plain, the event itself says when it arrives.
        let plain = self.links_are_plain();
        let passage = match plain {
            true => Passage { at: parcel.deliver_at, lost: false, copy_at: None },
            false => self.passage(from, to),
        };
        if !plain {
            let link = self.link_states.entry((from, to)).or_default();
            link.count += 1;
            link.last_arrival = link.last_arrival.max(passage.at);
        }
        let Parcel { kind, conversation, payload, .. } = parcel;
        let inbound = Inbound {
            at: passage.at,
            message,
            from,
            kind,
            conversation,
            payload,
            sent,
            duplicate: false,
        };
        if passage.lost {
            self.environment
                .message_bus
                .doomed
                .insert((message, to), Doomed { inbound, lost: true });
            self.agenda.put(passage.at, Activation::Drop(message, to));
            return;
        }
        self.environment.message_bus.deliver(to, inbound);
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
            .deliver(to, Inbound { at: self.now, message, sent: id, duplicate: true, ..inbound });
        self.agenda.put(self.now, Activation::Wake(to));
    }
}
