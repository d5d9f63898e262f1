//! What a log tells of a task's work so far: when each subtask began and ended, and who sent word of it.

use std::collections::BTreeMap;

use super::super::super::Session;
use super::super::search::Meter;
use crate::kernel::time::Micros;
use crate::model::id::{Actor, AgentIx, EventId, Recipient, SubtaskIx, TaskIx, TurnIx};
use crate::model::message::{MessageType, Payload};
use crate::sim::event::{EventKind, Purpose};

/// Records that are read in the time that one turn takes.
const RECORDS_A_TURN: usize = 64;

/// The latest work on a subtask.
pub(super) struct Worked {
    /// When it began.
    pub began: (TurnIx, Micros),
    /// When it ended; none while it goes on.
    ended: Option<Micros>,
    agent: AgentIx,
}

/// A message that assigns work.
pub(super) struct Word {
    /// The event that sent it.
    pub sent: EventId,
    /// The turn of that.
    pub turn: TurnIx,
    /// When.
    pub at: Micros,
    /// Who sent it.
    pub from: Actor,
    to: Recipient,
    /// The subtask that it says may start, where it is about one.
    go: Option<SubtaskIx>,
}

/// What has happened with a task up to a session's cursor.
#[derive(Default)]
pub(super) struct Past {
    /// What starts at the cursor.
    pub started: Vec<SubtaskIx>,
    /// What started before.
    pub before: Vec<SubtaskIx>,
    worked: BTreeMap<SubtaskIx, Worked>,
    words: Vec<Word>,
}

impl Past {
    /// Reads a task's part of the log.
    pub async fn of(session: &Session, ix: TaskIx, meter: &Meter) -> Option<Past> {
        let created = session.world().tasks.get(ix.at())?.created;
        let mut past = Past::default();
        for (at, record) in session.log().records(created.at()..session.horizon().at()).enumerate()
        {
            if at.is_multiple_of(RECORDS_A_TURN) {
                meter.spend(1).await;
            }
            match record.kind {
                EventKind::SubtaskStarted { task, subtask, agent, .. } if task == ix => {
                    let now = record.turn == session.turn();
                    let list = if now { &mut past.started } else { &mut past.before };
                    list.push(subtask);
                    let began = (record.turn, record.time);
                    past.worked.insert(subtask, Worked { began, ended: None, agent });
                }
                EventKind::WorkFinished { subtask, .. } => {
                    if let Some(worked) = past.worked.get_mut(&subtask) {
                        worked.ended.get_or_insert(record.time);
                    }
                }
                EventKind::MessageSent {
                    to, kind: MessageType::TaskAssignment, payload, ..
                } => {
                    let go = match session.store().payload(payload).as_deref() {
                        Some(Payload::Go { subtask, .. }) => Some(*subtask),
                        _ => None,
                    };
                    past.words.push(Word {
                        go,
                        sent: record.id,
                        turn: record.turn,
                        at: record.time,
                        from: record.actor,
                        to,
                    });
                }
                _ => {}
            }
        }
        Some(past)
    }

    /// Returns a subtask's latest work, and when it ended or is due to.
    pub fn work(&self, session: &Session, subtask: SubtaskIx) -> Option<(&Worked, Micros)> {
        let worked = self.worked.get(&subtask)?;
        let due = || {
            let world = session.world();
            let timer = world.timer_for(Actor::Agent(worked.agent), Purpose::WorkEnds(subtask))?;
            world.timers.get(timer).map(|timer| timer.at)
        };
        Some((worked, worked.ended.or_else(due)?))
    }

    /// Returns the first message that assigned work to an agent.
    pub fn word(&self, agent: AgentIx) -> Option<&Word> {
        let to_it = |word: &&Word| {
            word.to == Recipient::All || word.to == Recipient::One(Actor::Agent(agent))
        };
        self.words.iter().find(to_it)
    }

    /// Returns the last message that said that a subtask may start.
    pub fn go(&self, subtask: SubtaskIx) -> Option<&Word> {
        self.words.iter().rfind(|word| word.go == Some(subtask))
    }
}
