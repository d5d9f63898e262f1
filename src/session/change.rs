//! The state diff of a turn: what it changed in the world, thing by thing.

mod facts;

use super::Session;
use crate::model::id::{
    AgentIx, AuctionIx, KnowledgeIx, MessageIx, SubtaskIx, TaskIx, TimerIx, TurnIx,
};
use crate::sim::world::World;
use facts::facts;

/// What a change is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// The run as a whole: its rules, links, market and counts.
    Run,
    /// A task.
    Task(TaskIx),
    /// A subtask.
    Subtask(SubtaskIx),
    /// An auction.
    Auction(AuctionIx),
    /// An agent's answer in an auction.
    Bid(AuctionIx, AgentIx),
    /// An agent.
    Agent(AgentIx),
    /// A subtask in an agent's hands.
    Holding(AgentIx, SubtaskIx),
    /// A task that an agent leads.
    Lead(AgentIx, TaskIx),
    /// A message.
    Message(MessageIx),
    /// A knowledge entry.
    Knowledge(KnowledgeIx),
    /// A timer.
    Timer(TimerIx),
}

/// One thing that a turn changed. Values are the contract's names, ids and plain numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What it is about.
    pub subject: Subject,
    /// Which of its properties, such as `stage`.
    pub field: &'static str,
    /// Its value before; none where it was not there.
    pub from: Option<String>,
    /// Its value after; none where it is gone.
    pub to: Option<String>,
}

/// Returns what a turn of the current branch changed, in order of what it is about. Virtual time and
/// the order of what comes next are not counted: every turn changes those.
pub fn changes(session: &Session, turn: TurnIx) -> Vec<Change> {
    let branch = session.current();
    let turn = turn.min(branch.turns());
    let Some(before) = turn.0.checked_sub(1).map(TurnIx) else {
        let setup = session.setup();
        let nothing = World::new(&setup.scenario, setup.seed, &*setup.domain);
        let loaded = facts(&branch.world_at(turn, None), &nothing).into_iter();
        return loaded
            .map(|((subject, field), to)| Change { subject, field, from: None, to: Some(to) })
            .collect();
    };
    let earlier = branch.world_at(before, None);
    let later = branch.world_at(turn, Some((before, earlier.clone())));
    let mut old = facts(&earlier, &later);
    let mut changes = Vec::new();
    for ((subject, field), to) in facts(&later, &earlier) {
        let from = old.remove(&(subject, field));
        if from.as_ref() != Some(&to) {
            changes.push(Change { subject, field, from, to: Some(to) });
        }
    }
    let gone = old.into_iter();
    changes.extend(gone.map(|((subject, field), from)| Change {
        subject,
        field,
        from: Some(from),
        to: None,
    }));
    changes.sort_by_key(|change| (change.subject, change.field));
    changes
}
