//! The log: every event of a branch in order, by turns, with what it read and the digest after it.

use super::event::{Event, EventKind};
use super::store::Store;
use crate::kernel::digest::Digest;
use crate::kernel::time::Micros;
use crate::model::id::{Actor, ArtifactIx, EventId, KnowledgeIx, MessageIx, TurnIx};

/// One turn: who acted, when, and where its events begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn {
    /// Virtual time.
    pub time: Micros,
    /// Who acted.
    pub actor: Actor,
    /// The agenda entry that was performed, by its sequence.
    pub activation: u64,
    /// Its first event.
    pub first: EventId,
    /// The digest after it.
    pub digest: Digest,
}

/// An event with all that is known of it.
#[derive(Clone, Copy, Debug)]
pub struct Record<'a> {
    /// Its id.
    pub id: EventId,
    /// Its turn.
    pub turn: TurnIx,
    /// Its time.
    pub time: Micros,
    /// Who did it.
    pub actor: Actor,
    /// What triggered it.
    pub cause: Option<EventId>,
    /// Whose content it used.
    pub reads: Reads<'a>,
    /// What happened.
    pub kind: EventKind,
}

/// The events whose content an event used.
#[derive(Clone, Copy, Debug, Default)]
pub struct Reads<'a>(&'a [EventId]);

impl Reads<'_> {
    /// Returns them in the order of reading.
    pub fn iter(&self) -> impl Iterator<Item = EventId> + '_ {
        self.0.iter().copied()
    }

    /// Says whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The events of one branch.
#[derive(Clone, Debug, Default)]
pub struct Log {
    turns: Vec<Turn>,
    events: Vec<Event>,
    /// Where each event's reads end in `reads`, noted only for events that have any.
    read_spans: Vec<(EventId, u32)>,
    reads: Vec<EventId>,
    /// The event that sent each message.
    messages: Vec<EventId>,
    /// The event that wrote each knowledge entry.
    knowledge: Vec<EventId>,
    digest: Digest,
}

impl Log {
    /// Starts a log whose digest begins with that of what the run is made of.
    pub fn new(origin: Digest) -> Log {
        Log { digest: origin, ..Log::default() }
    }

    /// Opens a turn.
    pub fn open_turn(&mut self, time: Micros, actor: Actor, activation: u64) {
        let first = EventId::from(self.events.len());
        self.turns.push(Turn { time, actor, activation, first, digest: self.digest });
        self.digest.fold(time.0);
        std::hash::Hash::hash(&actor, &mut self.digest);
    }

    /// Appends an event to the open turn, folding its words and its artifact into the digest.
    pub fn append(&mut self, event: Event, reads: &[EventId], store: &Store) -> EventId {
        let id = EventId::from(self.events.len());
        self.digest.fold(event.cause.map_or(u64::MAX, |cause| u64::from(cause.0)));
        std::hash::Hash::hash(&event.kind, &mut self.digest);
        if let Some(artifact) = event.kind.artifact() {
            self.digest.fold(store.hash(artifact));
        }
        for read in reads {
            self.digest.fold(u64::from(read.0));
        }
        match event.kind {
            EventKind::MessageSent { .. } | EventKind::MessageDuplicated { .. } => {
                self.messages.push(id)
            }
            EventKind::KnowledgeAdded { .. } => self.knowledge.push(id),
            _ => {}
        }
        if !reads.is_empty() {
            self.reads.extend_from_slice(reads);
            self.read_spans.push((id, self.reads.len() as u32));
        }
        self.events.push(event);
        if let Some(turn) = self.turns.last_mut() {
            turn.digest = self.digest;
        }
        id
    }

    /// Returns how many events there are.
    pub fn len(&self) -> usize {
        self.events.len()
    }

    /// Says whether nothing happened yet.
    pub fn is_empty(&self) -> bool {
        self.events.is_empty()
    }

    /// Returns the last turn's number; 0 before the first.
    pub fn last_turn(&self) -> TurnIx {
        TurnIx::from(self.turns.len().saturating_sub(1))
    }

    /// Returns a turn.
    pub fn turn(&self, turn: TurnIx) -> Option<Turn> {
        self.turns.get(turn.at()).copied()
    }

    /// Returns all turns, from turn 0.
    pub fn turns(&self) -> impl DoubleEndedIterator<Item = Turn> + ExactSizeIterator + '_ {
        self.turns.iter().copied()
    }

    /// Returns the digest after the last event.
    pub fn digest(&self) -> Digest {
        self.digest
    }

    /// Returns the ids of a turn's events: its first, and the first of the next turn.
    pub fn span(&self, turn: TurnIx) -> std::ops::Range<usize> {
        let end = EventId::from(self.events.len());
        let first_of = |turn: usize| self.turns.get(turn).map_or(end, |turn| turn.first);
        first_of(turn.at()).at()..first_of(turn.at() + 1).at()
    }

    /// Returns how many events there are up to the end of a turn.
    pub fn end_of(&self, turn: TurnIx) -> EventId {
        EventId::from(self.span(turn).end)
    }

    /// Returns the turn of an event.
    pub fn turn_of(&self, id: EventId) -> TurnIx {
        TurnIx::from(self.turns.partition_point(|turn| turn.first <= id).saturating_sub(1))
    }

    /// Returns an event with all that is known of it.
    pub fn record(&self, id: EventId) -> Option<Record<'_>> {
        let event = self.events.get(id.at())?;
        let at = self.turn_of(id);
        let turn = self.turns.get(at.at())?;
        let (cause, kind) = (event.cause, event.kind);
        Some(Record {
            id,
            turn: at,
            time: turn.time,
            actor: turn.actor,
            cause,
            reads: self.reads_of(id),
            kind,
        })
    }

    /// Returns an event as it lies in the log.
    pub fn event(&self, id: EventId) -> Option<Event> {
        self.events.get(id.at()).copied()
    }

    /// Returns this log as it was after a turn.
    pub fn cut(&self, turn: TurnIx) -> Log {
        let end = self.end_of(turn);
        let before = |list: &[EventId]| list.partition_point(|&id| id < end);
        let spans = self.read_spans.partition_point(|&(id, _)| id < end);
        let reads = spans.checked_sub(1).map_or(0, |last| self.read_spans[last].1 as usize);
        Log {
            turns: self.turns[..(turn.at() + 1).min(self.turns.len())].to_vec(),
            events: self.events[..end.at()].to_vec(),
            read_spans: self.read_spans[..spans].to_vec(),
            reads: self.reads[..reads].to_vec(),
            messages: self.messages[..before(&self.messages)].to_vec(),
            knowledge: self.knowledge[..before(&self.knowledge)].to_vec(),
            digest: self.turn(turn).map_or(self.digest, |turn| turn.digest),
        }
    }

    /// Returns what happened in an event.
    pub fn kind(&self, id: EventId) -> Option<EventKind> {
        self.events.get(id.at()).map(|event| event.kind)
    }

    /// Returns the events a range of ids stands for, with all that is known of them.
    pub fn records(&self, ids: std::ops::Range<usize>) -> impl Iterator<Item = Record<'_>> {
        ids.filter_map(|id| self.record(EventId::from(id)))
    }

    /// Returns whose content an event used.
    pub fn reads_of(&self, id: EventId) -> Reads<'_> {
        let Ok(at) = self.read_spans.binary_search_by_key(&id, |&(id, _)| id) else {
            return Reads::default();
        };
        let start = at.checked_sub(1).map_or(0, |before| self.read_spans[before].1 as usize);
        Reads(&self.reads[start..self.read_spans[at].1 as usize])
    }

    /// Returns the event that sent a message.
    pub fn sent_by(&self, message: MessageIx) -> Option<EventId> {
        self.messages.get(message.at()).copied()
    }

    /// Returns the message that an event sent.
    pub fn message_of(&self, sent: EventId) -> Option<MessageIx> {
        self.messages.binary_search(&sent).ok().map(MessageIx::from)
    }

    /// Returns how many messages were sent.
    pub fn message_count(&self) -> usize {
        self.messages.len()
    }

    /// Returns the event that wrote a knowledge entry.
    pub fn written_by(&self, knowledge: KnowledgeIx) -> Option<EventId> {
        self.knowledge.get(knowledge.at()).copied()
    }
}

impl EventKind {
    /// Returns the artifact an event names.
    pub fn artifact(&self) -> Option<ArtifactIx> {
        match *self {
            EventKind::AgentAdded { spec: at, .. }
            | EventKind::CommandApplied { command: at }
            | EventKind::PoliciesChanged { policies: at }
            | EventKind::LinkChanged { link: at }
            | EventKind::MarketUpdated { data: at }
            | EventKind::TaskCreated { plan: at, .. }
            | EventKind::AuctionOpened { call: at, .. }
            | EventKind::WorkFinished { work: at, .. }
            | EventKind::ResultRevised { work: at, .. }
            | EventKind::KnowledgeAdded { finding: at, .. }
            | EventKind::SynergyFound { answer: at, .. }
            | EventKind::ConflictFound { answer: at, .. }
            | EventKind::ConflictResolved { answer: at, .. }
            | EventKind::AnswerMade { answer: at, .. }
            | EventKind::OutcomeObserved { outcome: at, .. } => Some(at),
            EventKind::MessageSent { payload, .. } => payload.artifact(),
            EventKind::TaskCompleted { answer, .. } => answer,
            _ => None,
        }
    }
}
