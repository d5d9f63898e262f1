//! One pass over the log up to the cursor: who said what to whom, what came of it, who answered changes.

use std::collections::BTreeMap;

use super::{Communication, Contribution};
use crate::kernel::time::Micros;
use crate::model::content::Content;
use crate::model::id::{Actor, EventId, KnowledgeIx, SubtaskIx, TaskIx};
use crate::model::message::{MessageType, Payload, RejectionReason};
use crate::session::Session;
use crate::sim::event::EventKind;
use crate::sim::log::Record;

/// What the log says beyond the world.
#[derive(Clone, Debug, Default)]
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
}

/// What is remembered on the way.
#[derive(Default)]
struct Memory {
    /// Whether each event triggered another.
    triggered: Vec<bool>,
    /// Whether each event's content was used by another.
    used: Vec<bool>,
    failed_at: BTreeMap<SubtaskIx, Micros>,
    entries_used: BTreeMap<KnowledgeIx, ()>,
}

impl Fold {
    /// Folds the log of a session up to its cursor.
    pub fn of(session: &Session) -> Fold {
        let log = session.log();
        let horizon = session.horizon().at();
        let mut memory = Memory {
            triggered: vec![false; horizon],
            used: vec![false; horizon],
            ..Memory::default()
        };
        for record in log.records(0..horizon) {
            if let Some(cause) = record.cause {
                mark(&mut memory.triggered, cause);
            }
            for read in record.reads.iter() {
                mark(&mut memory.used, read);
            }
        }
        let mut fold = Fold::default();
        for record in log.records(0..horizon) {
            fold.take(session, &mut memory, &record);
        }
        fold
    }

    fn take(&mut self, session: &Session, memory: &mut Memory, record: &Record<'_>) {
        match record.kind {
            EventKind::MessageSent { kind, payload, to, .. } => {
                self.speaker(record.actor).sent += 1;
                if kind == MessageType::Rejection {
                    self.note_late(session, payload, to);
                }
            }
            EventKind::MessageRead { message } => self.read(session, memory, record, message),
            EventKind::MessageLost { message, .. } => {
                let sender =
                    session.log().sent_by(message).and_then(|sent| session.log().record(sent));
                if let Some(sent) = sender {
                    self.speaker(sent.actor).lost += 1;
                }
            }
            EventKind::ResultDiscarded { agent, .. } => {
                self.speaker(Actor::Agent(agent)).belated += 1;
            }
            EventKind::KnowledgeAdded { .. } => {
                self.knowledge.entry(record.actor).or_default().written += 1;
            }
            EventKind::KnowledgeRead { knowledge, subtask } => {
                self.knowledge_read(session, memory, record.actor, knowledge, subtask);
            }
            EventKind::SubtaskFailed { subtask, .. } => {
                memory.failed_at.insert(subtask, record.time);
            }
            EventKind::SubtaskAssigned { subtask, .. } => {
                if let Some(failed) = memory.failed_at.remove(&subtask) {
                    self.reassigned += 1;
                    self.adaptations.push(record.time.since(failed).0 as f64);
                }
            }
            EventKind::ResultRevised { task, .. } => self.revised(session, record, task),
            _ => {}
        }
    }

    fn speaker(&mut self, actor: Actor) -> &mut Communication {
        self.communication.entry(actor).or_default()
    }

    fn note_late(&mut self, session: &Session, payload: Content, to: crate::model::id::Recipient) {
        let late = session.store().payload(payload).is_some_and(|payload| {
            matches!(*payload, Payload::Rejection { reason: RejectionReason::Late, .. })
        });
        if let (true, crate::model::id::Recipient::One(to)) = (late, to) {
            self.speaker(to).belated += 1;
        }
    }

    fn read(
        &mut self,
        session: &Session,
        memory: &Memory,
        record: &Record<'_>,
        message: crate::model::id::MessageIx,
    ) {
        self.speaker(record.actor).read += 1;
        let Some(sent) = session.log().sent_by(message).and_then(|sent| session.log().record(sent))
        else {
            return;
        };
        let was = |list: &[bool], id: EventId| list.get(id.at()).copied().unwrap_or(false);
        let effective = was(&memory.triggered, record.id)
            || was(&memory.used, record.id)
            || was(&memory.used, sent.id);
        let delay = record.time.since(sent.time).0 as f64;
        let sender = self.speaker(sent.actor);
        sender.delivered += 1;
        sender.effective += u64::from(effective);
        sender.mean_delay_us = Some(sender.mean_delay_us.unwrap_or(0.0) + delay);
    }

    fn knowledge_read(
        &mut self,
        session: &Session,
        memory: &mut Memory,
        reader: Actor,
        knowledge: KnowledgeIx,
        subtask: SubtaskIx,
    ) {
        let world = session.world();
        if let Some(state) = world.subtasks.get(subtask.at()) {
            *self.reads_by_task.entry(state.task).or_default() += 1;
        }
        let Some(entry) = world.environment.knowledge_base.get(knowledge) else {
            return;
        };
        if entry.by == reader {
            return;
        }
        let own = self.knowledge.entry(entry.by).or_default();
        own.reads_by_others += 1;
        if memory.entries_used.insert(knowledge, ()).is_none() {
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

fn mark(list: &mut [bool], id: EventId) {
    if let Some(place) = list.get_mut(id.at()) {
        *place = true;
    }
}
