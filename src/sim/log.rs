//! The log: every event of a branch in order, by turns, with what it read and the digest after it.

mod append;
mod form;
mod reads;
mod record;
mod waves;

use self::form::Parts;
use super::event::{Event, EventKind};
use crate::kernel::digest::Digest;
use crate::kernel::shelf::Shelf;
use crate::kernel::time::Micros;
use crate::model::id::{Actor, ArtifactIx, EventId, KnowledgeIx, MessageIx, TurnIx};

pub use self::reads::Reads;
pub use self::record::{Record, Turn};

/// Every so many events the log notes where the next one lies.
const MARK_EVERY: usize = 8;
/// Words of records in one chunk.
const WORDS: usize = 8192;

/// The events of one branch, packed as `log/form.rs` says; branches share what they have in common.
#[derive(Clone, Debug, Default)]
pub struct Log {
    turns: Shelf<record::Head, 1024>,
    words: Shelf<u64, WORDS>,
    /// Where every eighth event's record lies.
    marks: Shelf<u32, 1024>,
    count: usize,
    /// The event that sent each message.
    messages: Shelf<EventId, 4096>,
    /// The event that wrote each knowledge entry.
    knowledge: Shelf<EventId, 256>,
    /// What was read by events that read too much for their record.
    long_reads: reads::Long,
    digest: Digest,
    /// The open turn's time.
    now: Micros,
    /// Who acts in the open turn.
    actor: Option<Actor>,
    /// The record that is being put together; empty between events.
    scratch: Vec<u64>,
}

impl Log {
    /// Starts a log whose digest begins with that of what the run is made of.
    pub fn new(origin: Digest) -> Log {
        Log { digest: origin, ..Log::default() }
    }

    /// Empties the log for another run and keeps its buffers.
    pub fn restart(&mut self, origin: Digest) {
        self.turns.clear();
        self.words.clear();
        self.marks.clear();
        self.messages.clear();
        self.knowledge.clear();
        self.long_reads = reads::Long::default();
        (self.count, self.digest) = (0, origin);
    }

    /// Opens a turn.
    #[inline]
    pub fn open_turn(&mut self, time: Micros, actor: Actor, activation: u64) {
        // A turn's digest is the log's until the next is opened.
        if let Some(turn) = self.turns.last_mut() {
            turn.digest = self.digest;
        }
        self.digest.fold(time.0);
        self.digest.fold(record::number_of(actor));
        let first = EventId::from(self.count);
        self.turns.push(record::Head::new(time, actor, activation, first, self.digest));
        (self.now, self.actor) = (time, Some(actor));
    }

    /// Returns who acts in the open turn.
    pub fn actor(&self) -> Option<Actor> {
        self.actor
    }

    /// Returns the id that the next event gets.
    #[inline]
    pub fn next_id(&self) -> EventId {
        EventId(self.count as u32)
    }

    /// Returns the cause that goes without saying: a message is read because it was sent.
    #[inline]
    fn obvious_cause(&self, kind: &EventKind) -> Option<EventId> {
        match *kind {
            EventKind::MessageRead { message } => self.sent_by(message),
            _ => None,
        }
    }

    /// Returns how many events there are.
    #[inline]
    pub fn len(&self) -> usize {
        self.count
    }

    /// Says whether nothing happened yet.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Returns the memory it takes, in bytes, shared parts included.
    pub fn bytes(&self) -> usize {
        self.turns.bytes()
            + self.words.bytes()
            + self.marks.bytes()
            + self.messages.bytes()
            + self.knowledge.bytes()
            + self.long_reads.bytes()
    }

    /// Returns the last turn's number; 0 before the first.
    pub fn last_turn(&self) -> TurnIx {
        TurnIx::from(self.turns.len().saturating_sub(1))
    }

    /// Returns a turn.
    pub fn turn(&self, turn: TurnIx) -> Option<Turn> {
        self.turns.get(turn.at()).map(|head| self.told(turn.at(), head))
    }

    /// Returns the turn of a head; the last one's digest is the log's.
    fn told(&self, at: usize, head: &record::Head) -> Turn {
        let turn = head.turn();
        let digest = if at + 1 == self.turns.len() { self.digest } else { turn.digest };
        Turn { digest, ..turn }
    }

    /// Returns all turns, from turn 0.
    pub fn turns(&self) -> impl DoubleEndedIterator<Item = Turn> + '_ {
        (0..self.turns.len()).filter_map(|at| self.turn(TurnIx::from(at)))
    }

    /// Returns the digest after the last event.
    pub fn digest(&self) -> Digest {
        self.digest
    }

    /// Returns the ids of a turn's events: its first, and the first of the next turn.
    pub fn span(&self, turn: TurnIx) -> std::ops::Range<usize> {
        let first_of =
            |turn: usize| self.turns.get(turn).map_or(self.count, |head| head.first.at());
        first_of(turn.at())..first_of(turn.at().saturating_add(1))
    }

    /// Returns how many events there are up to the end of a turn.
    pub fn end_of(&self, turn: TurnIx) -> EventId {
        EventId::from(self.span(turn).end)
    }

    /// Returns the turn of an event.
    pub fn turn_of(&self, id: EventId) -> TurnIx {
        TurnIx::from(self.turns.partition_point(|turn| turn.first <= id).saturating_sub(1))
    }

    /// Returns where an event's record lies.
    fn place(&self, id: EventId) -> Option<usize> {
        if id.at() >= self.count {
            return None;
        }
        let mut at = *self.marks.get(id.at() / MARK_EVERY)? as usize;
        for _ in 0..id.at() % MARK_EVERY {
            at = self.next_place(at);
        }
        Some(at)
    }

    /// Returns where the record behind another lies; the rest of a chunk may be left empty.
    #[inline]
    fn next_place(&self, at: usize) -> usize {
        let next = at + self.words.get(at).map_or(1, |&head| form::length(head).max(1));
        match self.words.get(next) {
            Some(0) => next.next_multiple_of(WORDS),
            _ => next,
        }
    }

    /// Reads the record at a place: the event and the runs of events that it read.
    #[inline]
    fn read_at(&self, at: usize, id: EventId, now: Micros) -> Option<(Event, Reads<'_>)> {
        let chunk = self.words.rest_of_chunk(at);
        let head = *chunk.first()?;
        let record = chunk.get(1..form::length(head))?;
        let small = form::small(head);
        let first = (head >> 32) as u32;
        let (second, mut words) = match record.split_first() {
            Some((&second, words)) if head & form::NO_SECOND == 0 => (second, words),
            _ => (0, record),
        };
        let own = form::own_words(head).min(words.len());
        let (own, rest) = words.split_at(own);
        words = rest;
        let mut artifact = ArtifactIx(u32::MAX);
        if head & form::ARTIFACT != 0
            && let Some((&named, rest)) = words.split_first()
        {
            artifact = ArtifactIx(named as u32);
            words = rest;
        }
        let parts =
            Parts { small, first, second: (second >> 32) as u32, words: own, artifact, now };
        let kind = form::read_back(head, &parts)?;
        let cause = if head & form::NO_SECOND != 0 {
            self.obvious_cause(&kind)
        } else {
            Some(EventId(second as u32)).filter(|cause| cause.0 != u32::MAX)
        };
        let reads = match head & form::READS != 0 {
            true if words.is_empty() => self.long_reads.of(id),
            true => Reads::new(words),
            false => Reads::default(),
        };
        Some((Event { cause, kind }, reads))
    }

    /// Returns an event with all that is known of it.
    pub fn record(&self, id: EventId) -> Option<Record<'_>> {
        self.records(id.at()..id.at().saturating_add(1)).next()
    }

    /// Returns an event as it lies in the log.
    pub fn event(&self, id: EventId) -> Option<Event> {
        let at = self.place(id)?;
        let timed = self.words.get(at).is_some_and(|&head| form::needs_time(head));
        let now = if timed { self.turn(self.turn_of(id)).map(|turn| turn.time) } else { None };
        self.read_at(at, id, now.unwrap_or_default()).map(|(event, _)| event)
    }

    /// Returns what happened in an event.
    pub fn kind(&self, id: EventId) -> Option<EventKind> {
        self.event(id).map(|event| event.kind)
    }

    /// Returns this log as it was after a turn; what both hold is shared.
    pub fn cut(&self, turn: TurnIx) -> Log {
        let end = self.end_of(turn);
        let last = self.turn(turn);
        let words = self.place(end).unwrap_or(self.words.len());
        Log {
            turns: self.turns.cut(turn.at() + 1),
            words: self.words.cut(words),
            marks: self.marks.cut(end.at().div_ceil(MARK_EVERY)),
            count: end.at(),
            messages: self.messages.cut(self.messages.partition_point(|&id| id < end)),
            knowledge: self.knowledge.cut(self.knowledge.partition_point(|&id| id < end)),
            long_reads: self.long_reads.cut(end),
            digest: last.map_or(self.digest, |turn| turn.digest),
            now: last.map_or(self.now, |turn| turn.time),
            actor: last.map_or(self.actor, |turn| Some(turn.actor)),
            scratch: Vec::new(),
        }
    }

    /// Returns the events a range of ids stands for, with all that is known of them.
    pub fn records(&self, ids: std::ops::Range<usize>) -> record::Records<'_> {
        record::Records::new(self, ids)
    }

    /// Returns whose content an event used.
    pub fn reads_of(&self, id: EventId) -> Reads<'_> {
        self.record(id).map(|record| record.reads).unwrap_or_default()
    }

    /// Returns the event that sent a message.
    #[inline]
    pub fn sent_by(&self, message: MessageIx) -> Option<EventId> {
        self.messages.get(message.at()).copied()
    }

    /// Returns the message that an event sent.
    pub fn message_of(&self, sent: EventId) -> Option<MessageIx> {
        let at = self.messages.partition_point(|&id| id < sent);
        self.messages.get(at).filter(|&&id| id == sent).map(|_| MessageIx::from(at))
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
