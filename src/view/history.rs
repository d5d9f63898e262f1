//! What the log tells and no world keeps: when things happened, who read what, what came last.

mod fold;

use crate::kernel::fixed::Ppm;
use crate::kernel::time::Micros;
use crate::model::content::Content;
use crate::model::id::{
    Actor, AgentIx, AuctionIx, EventId, KnowledgeIx, MessageIx, Recipient, SubtaskIx, TaskIx,
    TimerIx, TurnIx,
};
use crate::model::message::MessageType;
use crate::session::Session;
use crate::sim::event::LossReason;
use std::collections::{BTreeMap, BTreeSet};

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
#[derive(Clone, Debug)]
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
#[derive(Clone, Debug, Default)]
pub struct TaskTrace {
    /// First and last turn of each phase, in the protocol's order.
    pub phases: [Option<(TurnIx, TurnIx)>; PHASES],
    /// What was said and written.
    pub talk: Vec<Talk>,
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
            talk: Vec::new(),
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
#[derive(Clone, Debug, Default)]
pub struct SubtaskTrace {
    /// Its task.
    pub task: Option<TaskIx>,
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
#[derive(Clone, Debug)]
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
#[derive(Clone, Debug, Default)]
pub struct AgentTrace {
    /// The last event that concerned it.
    pub last: Option<EventId>,
    /// Messages it sent.
    pub sent: usize,
    /// Messages it read.
    pub read: usize,
    /// The messages it read, in order.
    pub mail: Vec<MessageIx>,
    /// What it did, in order.
    pub acts: Vec<EventId>,
}

/// All that panels need of the log up to a turn; it only grows with the turns it is shown.
#[derive(Clone, Debug, Default)]
pub struct History {
    seen: usize,
    /// The session's generation when the log was read: another one means another branch.
    generation: u64,
    /// By message.
    pub messages: Vec<MessageTrace>,
    /// By knowledge entry.
    pub readings: Vec<Vec<Reading>>,
    /// By task.
    pub tasks: Vec<TaskTrace>,
    /// By subtask.
    pub subtasks: Vec<SubtaskTrace>,
    /// By auction.
    pub auctions: Vec<AuctionTrace>,
    /// By agent.
    pub agents: Vec<AgentTrace>,
    /// Work in the order it began.
    pub work: Vec<WorkSpan>,
    /// The events that changed an agent's performance score.
    pub performance: Vec<EventId>,
    /// Timers that end a revision, with its stretch of work.
    revisions: BTreeMap<TimerIx, usize>,
}

impl History {
    /// Reads on to the turn at a session's cursor, from the beginning where the cursor went back or
    /// to another branch.
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

    /// Returns a task's trace.
    pub fn task(&self, task: TaskIx) -> Option<&TaskTrace> {
        self.tasks.get(task.at())
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
        self.auctions.get(auction.at())
    }

    /// Returns who read an entry so far.
    pub fn readings(&self, knowledge: KnowledgeIx) -> &[Reading] {
        self.readings.get(knowledge.at()).map_or(&[], Vec::as_slice)
    }
}
