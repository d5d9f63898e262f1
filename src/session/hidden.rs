//! Hidden dependencies: reads that no dependency orders, and what the other order would have brought.

use super::Session;
use super::counterfactual::run_at;
use crate::kernel::time::Micros;
use crate::model::id::{Actor, AgentIx, EventId, KnowledgeIx, SubtaskIx, TaskIx, TurnIx};
use crate::sim::event::{EventKind, Purpose};
use crate::sim::run::Run;

/// Turns after which a run that is tried again counts as one that does not end.
const TURNS_MAX: u32 = 200_000;

/// A read between two subtasks of a task that its plan does not order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HiddenRead {
    /// Who wrote.
    pub writer: SubtaskIx,
    /// Who read.
    pub reader: SubtaskIx,
    /// What was read: the first entry that passed between the two.
    pub knowledge: KnowledgeIx,
    /// The event that read it.
    pub event: EventId,
    /// Whether the reader had finished before and read it for a revision.
    pub in_revision: bool,
}

/// What the other order would have brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OtherOrder {
    /// The same answer.
    SameAnswer,
    /// Another answer.
    OtherAnswer,
    /// It could not be tried: one of the two never finished, or the task has no answer yet.
    NotTried,
}

/// Returns the hidden reads of a task up to the cursor, each pair of subtasks once, in order of reading.
pub fn hidden_reads(session: &Session, ix: TaskIx) -> Vec<HiddenRead> {
    let world = session.world();
    let Some(task) = world.tasks.get(ix.at()) else { return Vec::new() };
    let log = session.log();
    let place = |subtask: SubtaskIx| {
        let place = subtask.at().checked_sub(task.first_subtask.at())?;
        (place < task.planned.plan.len()).then_some(place)
    };
    let mut found: Vec<HiddenRead> = Vec::new();
    let mut finished: Vec<SubtaskIx> = Vec::new();
    for record in log.records(task.created.at()..session.horizon().at()) {
        if let EventKind::WorkFinished { subtask, .. } = record.kind {
            finished.push(subtask);
        }
        let EventKind::KnowledgeRead { knowledge, subtask: reader } = record.kind else { continue };
        let Some(entry) = world.environment.knowledge_base.get(knowledge) else { continue };
        let writer = entry.subtask;
        let (Some(from), Some(to)) = (place(writer), place(reader)) else { continue };
        let known = found.iter().any(|read| (read.writer, read.reader) == (writer, reader));
        if from == to || known || task.planned.order.ancestors(to).contains(&from) {
            continue;
        }
        let in_revision = finished.contains(&reader);
        found.push(HiddenRead { writer, reader, knowledge, event: record.id, in_revision });
    }
    found
}

/// Replays a task with the order of a hidden read turned round: the reader ends its work just before
/// the writer where it ended after it, just after it where it ended before.
pub fn other_order(session: &Session, task: TaskIx, read: &HiddenRead) -> OtherOrder {
    tried(session, task, read).unwrap_or(OtherOrder::NotTried)
}

/// The stretch of a subtask's work that ended in its first result.
struct Stretch {
    agent: AgentIx,
    started: TurnIx,
    ended: Micros,
}

fn tried(session: &Session, task: TaskIx, read: &HiddenRead) -> Option<OtherOrder> {
    let answer = session.world().tasks.get(task.at())?.answer?;
    let (writer, reader) = (stretch(session, read.writer)?, stretch(session, read.reader)?);
    let log = session.log();
    let began = log.turn(reader.started)?.time;
    let (subtask, moved, at) = if reader.ended >= writer.ended && !read.in_revision {
        match writer.ended.0.checked_sub(1) {
            Some(before) if Micros(before) >= began => (read.reader, &reader, Micros(before)),
            // The reader began too late for that, so the writer ends after it.
            _ => (read.writer, &writer, reader.ended.after(Micros(1))),
        }
    } else {
        (read.reader, &reader, writer.ended.after(Micros(1)))
    };
    let mut run = run_at(session, moved.started);
    if !run.retime(Actor::Agent(moved.agent), Purpose::WorkEnds(subtask), at) {
        return None;
    }
    let other = answer_of(run, task)?;
    let same = session.store().answer(answer)? == &other;
    Some(if same { OtherOrder::SameAnswer } else { OtherOrder::OtherAnswer })
}

fn stretch(session: &Session, ix: SubtaskIx) -> Option<Stretch> {
    let log = session.log();
    let state = session.world().subtasks.get(ix.at())?;
    let created = session.world().tasks.get(state.task.at())?.created;
    let mut started = None;
    for record in log.records(created.at()..session.horizon().at()) {
        match record.kind {
            EventKind::SubtaskStarted { subtask, agent, .. } if subtask == ix => {
                started = Some((agent, record.turn));
            }
            EventKind::WorkFinished { subtask, agent, .. } if subtask == ix => {
                let (by, turn) = started?;
                return (by == agent).then_some(Stretch {
                    agent,
                    started: turn,
                    ended: record.time,
                });
            }
            _ => {}
        }
    }
    None
}

type Answer = std::sync::Arc<crate::mechanism::domain::Aggregation>;

/// Lets a run go on until a task ends, and returns its answer.
fn answer_of(mut run: Run, task: TaskIx) -> Option<Answer> {
    let has_ended =
        |run: &Run| run.world().tasks.get(task.at()).is_some_and(|task| task.ended.is_some());
    let until = run.turn().0.saturating_add(TURNS_MAX);
    while !has_ended(&run) && run.turn().0 < until && run.advance() {}
    let answer = run.world().tasks.get(task.at())?.answer?;
    run.store().answer(answer).cloned()
}
