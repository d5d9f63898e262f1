//! The shared environment's five operations, under the specification's names.
//!
//! What the specification guards with a lock is here a matter of order: an operation returns events
//! like everything else, and the one place that applies them does so one after the other.

use serde_json::Value;

use super::SharedEnvironment;
use super::bus::Inbound;
use crate::kernel::time::Micros;
use crate::mechanism::domain::Finding;
use crate::model::content::Content;
use crate::model::id::{Actor, AgentIx, EventId, KnowledgeIx, Recipient, SubtaskIx, TaskIx};
use crate::model::message::{Conversation, MessageType};
use crate::sim::effects::{Effects, Mail};
use crate::sim::event::EventKind;

impl SharedEnvironment {
    /// Posts a message; the bus says when it is committed when it arrives. A silent actor posts nothing.
    pub fn publish_message(
        &self,
        fx: &mut Effects<'_>,
        cause: EventId,
        to: Recipient,
        conversation: Conversation,
        mail: Mail,
    ) {
        if fx.is_mute() {
            return;
        }
        let payload = fx.store().put_payload(mail.payload, conversation);
        self.publish_content(fx, cause, to, conversation, (mail.kind, payload));
    }

    /// Posts a message whose content is in the store already, as when one goes to many.
    #[inline]
    pub fn publish_content(
        &self,
        fx: &mut Effects<'_>,
        cause: EventId,
        to: Recipient,
        conversation: Conversation,
        (kind, payload): (MessageType, Content),
    ) {
        if fx.is_mute() {
            return;
        }
        // The bus says when, as soon as the message is sent.
        let deliver_at = Micros::ZERO;
        fx.emit(cause, EventKind::MessageSent { to, kind, conversation, payload, deliver_at });
    }

    /// Posts a message to each of some agents; each is a message of its own.
    pub fn publish_to_each(
        &self,
        fx: &mut Effects<'_>,
        cause: EventId,
        recipients: impl Iterator<Item = AgentIx>,
        conversation: Conversation,
        (kind, payload): (MessageType, Content),
    ) {
        if fx.is_mute() {
            return;
        }
        // Each recipient is put in as the message is sent.
        let to = Recipient::All;
        let deliver_at = Micros::ZERO;
        let sent = EventKind::MessageSent { to, kind, conversation, payload, deliver_at };
        fx.emit_to_each(cause, recipients, sent);
    }

    /// Returns the unread messages that have reached an actor by now, in order of arrival.
    #[inline]
    pub fn get_messages_for_agent(
        &self,
        actor: Actor,
        now: Micros,
    ) -> impl Iterator<Item = &Inbound> {
        self.message_bus.inbox(actor).take_while(move |inbound| inbound.at <= now)
    }

    /// Overrides rows of the market data.
    pub fn update_market_data(&self, fx: &mut Effects<'_>, cause: EventId, rows: Value) {
        let data = fx.store().put_value(rows);
        fx.emit(cause, EventKind::MarketUpdated { data });
    }

    /// Writes a finding down for others to read.
    pub fn add_to_knowledge_base(
        &self,
        fx: &mut Effects<'_>,
        cause: EventId,
        task: TaskIx,
        subtask: SubtaskIx,
        finding: Finding,
    ) -> KnowledgeIx {
        let knowledge = fx.next_knowledge();
        let finding = fx.store().put_finding(finding);
        fx.emit(cause, EventKind::KnowledgeAdded { knowledge, task, subtask, finding });
        knowledge
    }

    /// Reads entries for a subtask's work; returns the events that wrote them.
    pub fn query_knowledge_base(
        &self,
        fx: &mut Effects<'_>,
        cause: EventId,
        subtask: SubtaskIx,
        entries: &[KnowledgeIx],
    ) -> Vec<EventId> {
        let mut written = Vec::with_capacity(entries.len());
        for &knowledge in entries {
            let Some(entry) = self.knowledge_base.get(knowledge) else { continue };
            let read = EventKind::KnowledgeRead { knowledge, subtask };
            fx.emit_reading(Some(cause), &[entry.event], read);
            written.push(entry.event);
        }
        written
    }
}
