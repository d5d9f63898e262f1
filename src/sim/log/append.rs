//! Appending to the log: an event is laid out, folded into the digest and written down in one piece.

use super::form::{self, Form};
use super::{Log, MARK_EVERY, reads};
use crate::model::id::{Actor, AgentIx, ArtifactIx, EventId, MessageIx, Recipient};
use crate::sim::event::{Event, EventKind};
use crate::sim::store::Store;

impl Log {
    /// Appends an event to the open turn, folding its words and its artifact into the digest.
    #[inline]
    pub fn append(&mut self, event: &Event, reads: &[EventId], store: &Store) -> EventId {
        match event.kind {
            EventKind::MessageSent { .. } if reads.is_empty() => self.append_sent(event, store),
            _ => self.append_any(event, reads, store),
        }
    }

    /// Appends the sending of a message that read nothing.
    // Where it is known what the message carries, no more than that is left of this.
    #[inline(always)]
    pub fn append_sent(&mut self, event: &Event, store: &Store) -> EventId {
        let laid = form::message_form(&event.kind, self.now);
        let id = self.append_brief(laid, event, event.kind.artifact(), store);
        self.messages.push(id);
        id
    }

    /// Appends that a message was read because it was sent.
    #[inline(always)]
    pub fn append_read(&mut self, message: MessageIx) -> EventId {
        let head = form::read_head(message);
        self.digest.fold(head);
        let at = self.words.push(form::with_length(head, 1));
        let id = self.note(at);
        debug_assert!(self.is_read_back(
            at,
            id,
            self.sent_by(message),
            &EventKind::MessageRead { message }
        ));
        id
    }

    #[inline(never)]
    fn append_any(&mut self, event: &Event, reads: &[EventId], store: &Store) -> EventId {
        if let EventKind::MessageRead { message } = event.kind
            && event.cause.is_some()
            && event.cause == self.sent_by(message)
        {
            return self.append_read(message);
        }
        let laid = form::form(&event.kind, self.now);
        let id = match reads {
            [] => self.append_brief(laid, event, event.kind.artifact(), store),
            _ => self.append_reading(laid, event, reads, store),
        };
        match event.kind {
            EventKind::MessageSent { .. } | EventKind::MessageDuplicated { .. } => {
                self.messages.push(id);
            }
            EventKind::KnowledgeAdded { .. } => {
                self.knowledge.push(id);
            }
            _ => {}
        }
        id
    }

    /// Appends an event that read nothing.
    #[inline(always)]
    fn append_brief(
        &mut self,
        mut laid: Form,
        event: &Event,
        artifact: Option<ArtifactIx>,
        store: &Store,
    ) -> EventId {
        let canonical = laid.put_cause(event.cause);
        if let Some(artifact) = artifact {
            laid.put_artifact(artifact);
            self.fold(&laid, canonical);
            self.digest.fold(store.hash(artifact));
        } else {
            self.fold(&laid, canonical);
        }
        laid.record[0] = form::with_length(laid.head, laid.length);
        let at = self.words.push_few(&laid.record, laid.length, 0);
        let id = self.note(at);
        debug_assert!(self.is_read_back(at, id, event.cause, &event.kind));
        id
    }

    /// Appends an event with the runs of events that were read behind its record, or beside it if they are many.
    fn append_reading(
        &mut self,
        mut laid: Form,
        event: &Event,
        reads: &[EventId],
        store: &Store,
    ) -> EventId {
        let canonical = laid.put_cause(event.cause);
        laid.head |= form::READS;
        let artifact = event.kind.artifact();
        if let Some(artifact) = artifact {
            laid.put_artifact(artifact);
        }
        self.fold(&laid, canonical);
        if let Some(artifact) = artifact {
            self.digest.fold(store.hash(artifact));
        }
        self.scratch.clear();
        self.scratch.extend(laid.record.iter().take(laid.length));
        reads::runs(reads, &mut self.scratch);
        self.scratch.iter().skip(laid.length).for_each(|&run| self.digest.fold(run));
        if self.scratch.len() > form::LENGTH_MAX {
            self.long_reads.push(self.next_id(), self.scratch.split_off(laid.length));
        }
        let length = self.scratch.len();
        if let Some(head) = self.scratch.first_mut() {
            *head = form::with_length(laid.head, length);
        }
        let at = self.words.push_together(&self.scratch, 0);
        let id = self.note(at);
        debug_assert!(self.is_read_back(at, id, event.cause, &event.kind));
        id
    }

    /// Folds a record's head and the canonical words behind it into the digest.
    #[inline(always)]
    pub(super) fn fold(&mut self, laid: &Form, canonical: usize) {
        let mut digest = self.digest;
        digest.fold(laid.head);
        digest.fold(laid.record[1]);
        // At most three words of its kind's own.
        if canonical > 2 {
            digest.fold(laid.record[2]);
            if canonical > 3 {
                digest.fold(laid.record[3]);
            }
            if canonical > 4 {
                digest.fold(laid.record[4]);
            }
        }
        self.digest = digest;
    }

    /// Appends the sending of a message to each of some agents, an event for each; returns the first's id.
    pub fn append_each(&mut self, event: &Event, recipients: &[AgentIx], store: &Store) -> EventId {
        let first = self.next_id();
        let EventKind::MessageSent { kind, conversation, payload, deliver_at, .. } = event.kind
        else {
            return first;
        };
        let to = |agent| Recipient::One(Actor::Agent(agent));
        let sent = |agent| EventKind::MessageSent {
            to: to(agent),
            kind,
            conversation,
            payload,
            deliver_at,
        };
        let mut laid = form::form(&sent(AgentIx(0)), self.now);
        let canonical = laid.put_cause(event.cause);
        let artifact = payload.artifact();
        artifact.into_iter().for_each(|artifact| laid.put_artifact(artifact));
        let hash = artifact.map(|artifact| store.hash(artifact));
        let head = laid.head;
        for &agent in recipients {
            laid.head = head | form::first_field(agent.0);
            self.fold(&laid, canonical);
            if let Some(hash) = hash {
                self.digest.fold(hash);
            }
            laid.record[0] = form::with_length(laid.head, laid.length);
            let at = self.words.push_few(&laid.record, laid.length, 0);
            let id = self.note(at);
            self.messages.push(id);
            debug_assert!(self.is_read_back(at, id, event.cause, &sent(agent)));
        }
        first
    }

    /// Counts the event whose record lies at a place.
    #[inline]
    pub(super) fn note(&mut self, at: usize) -> EventId {
        let id = self.next_id();
        if self.count.is_multiple_of(MARK_EVERY) {
            self.marks.push(at as u32);
        }
        self.count += 1;
        id
    }

    /// Says whether what is read back is what was written.
    pub(super) fn is_read_back(
        &self,
        at: usize,
        id: EventId,
        cause: Option<EventId>,
        kind: &EventKind,
    ) -> bool {
        let event = Event { cause, kind: *kind };
        self.read_at(at, id, self.now).is_some_and(|(written, _)| written == event)
    }
}
