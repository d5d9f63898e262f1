//! One pass over the log: who said what to whom, what came of it, who answered changes.

use std::collections::BTreeMap;

use super::{Communication, Contribution};
use crate::kernel::shelf::Shelf;
use crate::kernel::time::Micros;
use crate::model::content::Content;
use crate::model::id::{Actor, EventId, KnowledgeIx, MessageIx, Recipient, SubtaskIx, TaskIx};
use crate::model::message::{MessageType, Payload, RejectionReason};
use crate::session::Session;
use crate::session::chronicle;
use crate::sim::event::EventKind;
use crate::sim::log::Record;

/// What the log says beyond the world.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fold {
    /// By sender; delays are summed up in `mean_delay_us`.
    pub communication: BTreeMap<Actor, Communication>,
    /// By writer.
    pub knowledge: BTreeMap<Actor, Contribution>,
    /// Times from a change to the answer to it, in order of the answers [µs].
    pub adaptations: Vec<f64>,
    /// Failed subtasks that were given to another.
    pub reassigned: u64,
    /// Results that were revised.
    pub revised: u64,
    /// Knowledge entries read, by task.
    pub reads_by_task: BTreeMap<TaskIx, u64>,
    /// Results revised, by task.
    pub revisions_by_task: BTreeMap<TaskIx, u32>,
    memory: Memory,
}

/// What is remembered on the way.
#[derive(Clone, Debug, Default, PartialEq)]
struct Memory {
    /// By event: what it did with a message.
    events: Shelf<Met, 128>,
    /// By message.
    sent: Shelf<Sent, 128>,
    failed_at: BTreeMap<SubtaskIx, Micros>,
    /// By entry: whether another than its writer has read it.
    entries_used: Shelf<bool, 256>,
}

/// What an event did with a message.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Met {
    /// Nothing.
    Nothing,
    /// It sent it.
    Sent(MessageIx),
    /// It read it; the reading before, and whether it had an effect.
    Read { message: MessageIx, before: Option<EventId>, effective: bool },
}

/// A message that was sent.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Sent {
    by: Actor,
    at: Micros,
    /// Whether its content was used later.
    used: bool,
    /// The last event that read it.
    read: Option<EventId>,
}

impl chronicle::Fold for Fold {
    fn take(&mut self, session: &Session, record: &Record<'_>) {
        self.add(session, record);
    }

    fn weight(&self) -> usize {
        let speakers = self.communication.len() * size_of::<(Actor, Communication)>();
        (16 << 10) + 2 * speakers + self.memory.events.len() / 32
    }
}

impl Fold {
    /// Folds the log of a session up to its cursor.
    pub fn of(session: &Session) -> Fold {
        let mut fold = Fold::default();
        for record in session.log().records(0..session.horizon().at()) {
            fold.add(session, &record);
        }
        fold
    }

    fn add(&mut self, session: &Session, record: &Record<'_>) {
        if let Some(cause) = record.cause {
            self.has_effect(cause);
        }
        for read in record.reads.iter() {
            self.is_used(read);
        }
        let mut met = Met::Nothing;
        match record.kind {
            EventKind::MessageSent { kind, payload, to, .. } => {
                self.speaker(record.actor).sent += 1;
                met = self.sent(record);
                if kind == MessageType::Rejection {
                    self.note_late(session, payload, to);
                }
            }
            EventKind::MessageDuplicated { .. } => met = self.sent(record),
            EventKind::MessageRead { message } => met = self.read(record, message),
            EventKind::MessageLost { message, .. } => {
                if let Some(sent) = self.memory.sent.get(message.at()).copied() {
                    self.speaker(sent.by).lost += 1;
                }
            }
            EventKind::ResultDiscarded { agent, .. } => {
                self.speaker(Actor::Agent(agent)).belated += 1;
            }
            EventKind::KnowledgeAdded { .. } => {
                self.knowledge.entry(record.actor).or_default().written += 1;
                self.memory.entries_used.push(false);
            }
            EventKind::KnowledgeRead { knowledge, subtask } => {
                self.knowledge_read(session, record.actor, knowledge, subtask);
            }
            EventKind::SubtaskFailed { subtask, .. } => {
                self.memory.failed_at.insert(subtask, record.time);
            }
            EventKind::SubtaskAssigned { subtask, .. } => {
                if let Some(failed) = self.memory.failed_at.remove(&subtask) {
                    self.reassigned += 1;
                    self.adaptations.push(record.time.since(failed).0 as f64);
                }
            }
            EventKind::ResultRevised { task, .. } => self.revised(session, record, task),
            _ => {}
        }
        self.memory.events.push(met);
    }

    fn speaker(&mut self, actor: Actor) -> &mut Communication {
        self.communication.entry(actor).or_default()
    }

    fn sent(&mut self, record: &Record<'_>) -> Met {
        let message = MessageIx::from(self.memory.sent.len());
        let sent = Sent { by: record.actor, at: record.time, used: false, read: None };
        self.memory.sent.push(sent);
        Met::Sent(message)
    }

    fn note_late(&mut self, session: &Session, payload: Content, to: Recipient) {
        let late = session.store().payload(payload).is_some_and(|payload| {
            matches!(*payload, Payload::Rejection { reason: RejectionReason::Late, .. })
        });
        if let (true, Recipient::One(to)) = (late, to) {
            self.speaker(to).belated += 1;
        }
    }

    fn read(&mut self, record: &Record<'_>, message: MessageIx) -> Met {
        self.speaker(record.actor).read += 1;
        let Some(sent) = self.memory.sent.get_mut(message.at()) else { return Met::Nothing };
        let before = sent.read.replace(record.id);
        let Sent { by, at, used, .. } = *sent;
        let delay = record.time.since(at).0 as f64;
        let sender = self.speaker(by);
        sender.delivered += 1;
        sender.effective += u64::from(used);
        sender.mean_delay_us = Some(sender.mean_delay_us.unwrap_or(0.0) + delay);
        Met::Read { message, before, effective: used }
    }

    /// Notes that an event triggered or served another; counts a reading once.
    fn has_effect(&mut self, event: EventId) {
        let by_now = self.memory.events.get(event.at()).copied();
        let Some(Met::Read { message, before, effective: false }) = by_now else { return };
        if let Some(met) = self.memory.events.get_mut(event.at()) {
            *met = Met::Read { message, before, effective: true };
        }
        if let Some(sent) = self.memory.sent.get(message.at()).copied() {
            self.speaker(sent.by).effective += 1;
        }
    }

    /// Notes that an event's content was used: a reading's, or a message's by all who have read it.
    fn is_used(&mut self, event: EventId) {
        let Some(Met::Sent(message)) = self.memory.events.get(event.at()).copied() else {
            self.has_effect(event);
            return;
        };
        let Some(sent) = self.memory.sent.get(message.at()).copied().filter(|sent| !sent.used)
        else {
            return;
        };
        if let Some(sent) = self.memory.sent.get_mut(message.at()) {
            sent.used = true;
        }
        let mut reading = sent.read;
        while let Some(event) = reading {
            self.has_effect(event);
            reading = match self.memory.events.get(event.at()) {
                Some(Met::Read { before, .. }) => *before,
                _ => None,
            };
        }
    }

    fn knowledge_read(
        &mut self,
        session: &Session,
        reader: Actor,
        knowledge: KnowledgeIx,
        subtask: SubtaskIx,
    ) {
        // Whose a subtask and an entry are never changes, so that the world at the end may be asked.
        let world = session.head();
        if let Some(state) = world.subtasks.get(subtask.at()) {
            *self.reads_by_task.entry(state.task).or_default() += 1;
        }
        let Some(entry) = world.environment.knowledge_base.get(knowledge) else {
            return;
        };
        if entry.by == reader {
            return;
        }
        let is_first = self.memory.entries_used.get(knowledge.at()) == Some(&false);
        let own = self.knowledge.entry(entry.by).or_default();
        own.reads_by_others += 1;
        if let (true, Some(used)) = (is_first, self.memory.entries_used.get_mut(knowledge.at())) {
            *used = true;
            own.used += 1;
        }
    }

    /// A revision answers the latest of what it read: the change that made it necessary.
    fn revised(&mut self, session: &Session, record: &Record<'_>, task: TaskIx) {
        self.revised += 1;
        *self.revisions_by_task.entry(task).or_default() += 1;
        let changes = record.reads.iter().filter_map(|read| session.log().record(read));
        if let Some(changed) = changes.map(|read| read.time).max() {
            self.adaptations.push(record.time.since(changed).0 as f64);
        }
    }
}
