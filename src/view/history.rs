//! What the log tells and no world keeps: when things happened, who read what, what came last.

mod fold;

use crate::kernel::fixed::Ppm;
use crate::kernel::shelf::Shelf;
use crate::kernel::time::Micros;
use crate::model::content::Content;
use crate::model::id::{
    Actor, AgentIx, AuctionIx, EventId, KnowledgeIx, MessageIx, Recipient, SubtaskIx, TaskIx,
    TimerIx, TurnIx,
};
use crate::model::message::MessageType;
use crate::session::Session;
use crate::session::chronicle::Fold;
use crate::sim::event::LossReason;
use crate::sim::log::Record;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A list that copies share as far as it is full.
pub type List<T> = Shelf<T, 64>;

/// How many phases a task goes through.
pub const PHASES: usize = 6;

/// What became of a message at one recipient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fate {
    /// The recipient.
    pub to: Actor,
    /// The event that read or lost it.
    pub event: EventId,
    /// When.
    pub at: Micros,
    /// Why it was lost; none where it was read.
    pub lost: Option<LossReason>,
}

/// A message.
#[derive(Clone, Debug, PartialEq)]
pub struct MessageTrace {
    /// The event that sent it.
    pub sent: EventId,
    /// When.
    pub at: Micros,
    /// Who sent it.
    pub from: Actor,
    /// Whom it goes to.
    pub to: Recipient,
    /// Its type.
    pub kind: MessageType,
    /// What it carries.
    pub payload: Content,
    /// When it is delivered, the earliest for a broadcast.
    pub deliver_at: Micros,
    /// Whether a fault made it.
    pub duplicate: bool,
    /// The task it belongs to.
    pub task: Option<TaskIx>,
    /// What became of it so far.
    pub fates: Vec<Fate>,
}

/// A reading of the blackboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Who read.
    pub by: Actor,
    /// For which subtask.
    pub subtask: SubtaskIx,
    /// The event.
    pub event: EventId,
    /// Its turn.
    pub turn: TurnIx,
}

/// A row of a task's talk, in the order of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Talk {
    /// A message.
    Message(MessageIx),
    /// An entry is written.
    Write(KnowledgeIx, EventId),
    /// An entry is read.
    Read(KnowledgeIx, EventId),
}

/// A task.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TaskTrace {
    /// First and last turn of each phase, in the protocol's order.
    pub phases: [Option<(TurnIx, TurnIx)>; PHASES],
    /// What was said and written.
    pub talk: List<Talk>,
    /// Who took part in it.
    pub cast: BTreeSet<Actor>,
    /// Whether the blackboard was written or read.
    pub board: bool,
    /// Messages sent, read, lost; a broadcast counts once as sent, and for each who read or lost it.
    pub counts: [usize; 3],
    /// The events that found its synergies, in order.
    pub synergies: Vec<EventId>,
    /// The events that resolved its conflicts, in order.
    pub conflicts: Vec<EventId>,
    /// The event that ended it.
    pub completed: Option<EventId>,
    /// The last event that changed its standing.
    pub last: Option<EventId>,
}

impl TaskTrace {
    /// Makes the trace of a task of which nothing is known.
    pub const fn empty() -> TaskTrace {
        TaskTrace {
            phases: [None; PHASES],
            talk: List::new(),
            cast: BTreeSet::new(),
            board: false,
            counts: [0; 3],
            synergies: Vec::new(),
            conflicts: Vec::new(),
            completed: None,
            last: None,
        }
    }
}

/// A stretch of work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WorkSpan {
    /// Who worked.
    pub agent: AgentIx,
    /// On what.
    pub subtask: SubtaskIx,
    /// From when.
    pub start: Micros,
    /// Until when; none while it goes on.
    pub end: Option<Micros>,
    /// The event that began it.
    pub event: EventId,
    /// Whether it revises an earlier result.
    pub revision: bool,
}

/// A subtask.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SubtaskTrace {
    /// Its task.
    pub task: Option<TaskIx>,
    /// The event that planned it.
    pub planned: Option<EventId>,
    /// The last event that concerned it.
    pub last: Option<EventId>,
    /// The confidence of its accepted result.
    pub confidence: Option<Ppm>,
}

/// An answer to a call for proposals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AnswerTrace {
    /// Who answered.
    pub agent: AgentIx,
    /// The event that sent it.
    pub event: EventId,
    /// What it carries.
    pub payload: Content,
}

/// An auction.
#[derive(Clone, Debug, PartialEq)]
pub struct AuctionTrace {
    /// Its task.
    pub task: TaskIx,
    /// Bids sent.
    pub bids: Vec<AnswerTrace>,
    /// Refusals sent.
    pub refusals: Vec<AnswerTrace>,
    /// All that was said in it, in order; no copies.
    pub talk: Vec<MessageIx>,
    /// The last award: whom to, and whether a tie was decided by id.
    pub award: Option<(AgentIx, bool, EventId)>,
}

/// An agent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AgentTrace {
    /// The last event that concerned it.
    pub last: Option<EventId>,
    /// Messages it sent.
    pub sent: usize,
    /// Messages it read.
    pub read: usize,
    /// The messages it read that told it something, in order.
    pub told: Vec<MessageIx>,
    /// The last event it acted by; `History::acts` has those before it.
    pub last_act: Option<EventId>,
    /// How many events it acted by.
    pub acts: usize,
}

/// The last events of some kinds: what the measures of the whole rest on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Latest {
    /// A task ended.
    pub ended: Option<EventId>,
    /// An outcome showed.
    pub outcome: Option<EventId>,
    /// A message was sent.
    pub message: Option<EventId>,
    /// The blackboard was written or read.
    pub knowledge: Option<EventId>,
    /// A synergy was found.
    pub synergy: Option<EventId>,
    /// A conflict was found or settled.
    pub conflict: Option<EventId>,
    /// A result was revised, or a subtask given to another.
    pub adapted: Option<EventId>,
    /// Someone joined, left, failed or came back.
    pub team: Option<EventId>,
}

/// All that panels need of the log up to a turn; it only grows with the turns it is shown. Copies share
/// what is full, so that the page can keep many.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    seen: usize,
    /// The session's generation when the log was read: another one means another branch.
    generation: u64,
    /// By message.
    pub messages: List<MessageTrace>,
    /// By knowledge entry.
    pub readings: List<Vec<Reading>>,
    /// By task.
    pub tasks: List<Arc<TaskTrace>>,
    /// By subtask.
    pub subtasks: List<SubtaskTrace>,
    /// By auction.
    pub auctions: List<Arc<AuctionTrace>>,
    /// By agent.
    pub agents: List<AgentTrace>,
    /// Work in the order it began.
    pub work: List<WorkSpan>,
    /// The events that changed an agent's performance score.
    pub performance: List<EventId>,
    /// The last events of some kinds.
    pub latest: Latest,
    /// By event: the one that the same agent acted by before.
    acts: Shelf<Option<EventId>, 256>,
    /// Stretches of work that go on.
    open: BTreeSet<usize>,
    /// Timers that end a revision, with its stretch of work.
    revisions: BTreeMap<TimerIx, usize>,
}

/// Bytes that a copy takes for each agent and each open stretch of work, about.
const AGENT_BYTES: usize = 96;

/// Bytes that a copy takes for its open chunks and for those that change behind it, about.
const CHUNK_BYTES: usize = 64 << 10;

impl Fold for History {
    fn take(&mut self, session: &Session, record: &Record<'_>) {
        fold::fold(self, session, record);
    }

    fn weight(&self) -> usize {
        CHUNK_BYTES + self.agents.len() * AGENT_BYTES + self.messages.len() / 8
    }
}

impl History {
    /// Reads on to the turn at a session's cursor, from the beginning where the cursor went back or
    /// to another branch. What moves much is better kept as a `Chronicle`.
    pub fn follow(&mut self, session: &Session) {
        self.read_to(session, session.horizon());
    }

    /// Reads on to the last turn that is known.
    pub fn read_all(&mut self, session: &Session) {
        self.read_to(session, EventId::from(session.log().len()));
    }

    fn read_to(&mut self, session: &Session, until: EventId) {
        if until.at() < self.seen || self.generation != session.generation() {
            *self = History { generation: session.generation(), ..History::default() };
        }
        for record in session.log().records(self.seen..until.at()) {
            fold::fold(self, session, &record);
        }
        self.seen = until.at();
    }

    /// Says whether another history tells the same, however it was read.
    pub fn same_as(&self, other: &History) -> bool {
        let read = History { seen: other.seen, generation: other.generation, ..self.clone() };
        read == *other
    }

    /// Returns a task's trace.
    pub fn task(&self, task: TaskIx) -> Option<&TaskTrace> {
        self.tasks.get(task.at()).map(Arc::as_ref)
    }

    /// Returns a subtask's trace.
    pub fn subtask(&self, subtask: SubtaskIx) -> Option<&SubtaskTrace> {
        self.subtasks.get(subtask.at())
    }

    /// Returns the task of a subtask.
    pub fn task_of_subtask(&self, subtask: SubtaskIx) -> Option<TaskIx> {
        self.subtask(subtask)?.task
    }

    /// Returns an auction's trace.
    pub fn auction(&self, auction: AuctionIx) -> Option<&AuctionTrace> {
        self.auctions.get(auction.at()).map(Arc::as_ref)
    }

    /// Returns who read an entry so far.
    pub fn readings(&self, knowledge: KnowledgeIx) -> &[Reading] {
        self.readings.get(knowledge.at()).map_or(&[], Vec::as_slice)
    }

    /// Returns what an agent acted by, the last first.
    pub fn acts(&self, agent: AgentIx) -> impl Iterator<Item = EventId> {
        let last = self.agents.get(agent.at()).and_then(|trace| trace.last_act);
        std::iter::successors(last, |event| self.acts.get(event.at()).copied().flatten())
    }
}
