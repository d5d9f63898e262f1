//! Invariants of messages: each has one fate, order is kept, duplicates are idle.

use std::collections::{BTreeMap, BTreeSet};

use super::Invariant;
use crate::model::id::{Actor, AgentIx, EventId, MessageIx, Recipient};
use crate::sim::event::EventKind;
use crate::sim::log::Record;
use crate::sim::run::Run;

/// Watches what becomes of every message at every recipient.
#[derive(Default)]
pub struct Fate {
    in_flight: BTreeSet<(MessageIx, Actor)>,
    sent: u32,
    present: BTreeSet<AgentIx>,
}

impl Invariant for Fate {
    fn sentence(&self) -> &'static str {
        "every message is read, lost for a reason, or in flight, exactly one of the three"
    }

    fn see(&mut self, _: &Run, event: &Record<'_>) -> Option<String> {
        match event.kind {
            EventKind::AgentAdded { agent, .. } => {
                self.present.insert(agent);
                None
            }
            EventKind::AgentRemoved { agent } => {
                self.present.remove(&agent);
                None
            }
            EventKind::MessageSent { to, .. } => {
                let message = MessageIx(self.sent);
                self.sent += 1;
                match to {
                    Recipient::One(to) => {
                        self.in_flight.insert((message, to));
                    }
                    Recipient::All => {
                        let hear = self.present.iter().map(|&agent| Actor::Agent(agent));
                        self.in_flight
                            .extend(hear.filter(|&to| to != event.actor).map(|to| (message, to)));
                    }
                }
                None
            }
            EventKind::MessageDuplicated { to, .. } => {
                self.in_flight.insert((MessageIx(self.sent), to));
                self.sent += 1;
                None
            }
            EventKind::MessageRead { message } => self.settle(message, event.actor),
            EventKind::MessageLost { message, to, .. } => self.settle(message, to),
            _ => None,
        }
    }

    fn rest(&mut self, run: &Run, at_rest: bool) -> Option<String> {
        // A doomed copy is no message yet, so only inboxes and messages that a link will drop count.
        let pending = run.world().environment.message_bus.waiting();
        if pending != self.in_flight.len() {
            return Some(format!("{} are in flight, the bus has {pending}", self.in_flight.len()));
        }
        (at_rest && pending > 0)
            .then(|| format!("{pending} are in flight when nothing is left to do"))
    }
}

impl Fate {
    fn settle(&mut self, message: MessageIx, to: Actor) -> Option<String> {
        let known = self.in_flight.remove(&(message, to));
        (!known)
            .then(|| format!("{} had met its fate before, or was never sent there", message.text()))
    }
}

/// Watches the order of reading on each link.
#[derive(Default)]
pub struct InOrder {
    last: BTreeMap<(Actor, Actor), MessageIx>,
}

impl Invariant for InOrder {
    fn sentence(&self) -> &'static str {
        "messages on a link without a fault arrive in order"
    }

    fn see(&mut self, run: &Run, event: &Record<'_>) -> Option<String> {
        let EventKind::MessageRead { message } = event.kind else { return None };
        let sent = run.log().record(run.log().sent_by(message)?)?;
        if matches!(sent.kind, EventKind::MessageDuplicated { .. }) {
            return None;
        }
        let before = self.last.insert((sent.actor, event.actor), message)?;
        (before > message).then(|| format!("{} was read after {}", message.text(), before.text()))
    }
}

/// Watches what the reading of a duplicate leads to.
#[derive(Default)]
pub struct DuplicatesAreIdle {
    readings: BTreeSet<EventId>,
}

impl Invariant for DuplicatesAreIdle {
    fn sentence(&self) -> &'static str {
        "a duplicate changes nothing"
    }

    fn see(&mut self, run: &Run, event: &Record<'_>) -> Option<String> {
        if let EventKind::MessageRead { message } = event.kind {
            let sent = run.log().sent_by(message).and_then(|sent| run.log().kind(sent));
            if matches!(sent, Some(EventKind::MessageDuplicated { .. })) {
                self.readings.insert(event.id);
            }
            return None;
        }
        let caused = event.cause.is_some_and(|cause| self.readings.contains(&cause));
        let changes = matches!(
            event.kind,
            EventKind::Awarded { .. }
                | EventKind::SlotHeld { .. }
                | EventKind::SlotReleased { .. }
                | EventKind::SubtaskAssigned { .. }
                | EventKind::SubtaskStarted { .. }
                | EventKind::SubtaskCompleted { .. }
                | EventKind::SubtaskFailed { .. }
                | EventKind::AuctionOpened { .. }
                | EventKind::TaskCompleted { .. }
                | EventKind::KnowledgeAdded { .. }
        );
        (caused && changes).then(|| "reading one led to a change".to_string())
    }
}
