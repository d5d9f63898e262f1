//! The space-time diagram: a lane per participant, a row per message, slopes by real latency.

pub mod build;
pub mod cast;
pub mod past;
pub mod query;
pub mod scale;

use std::sync::Arc;

use super::mark::Mark;

/// A participant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lane {
    /// Its id.
    pub id: String,
    /// What stands at its head.
    pub title: String,
    /// The mark of its role; none for the orchestrator, the blackboard and those who share a lane.
    pub mark: Option<Mark>,
    /// Whether the narration names it.
    pub named: bool,
}

impl Lane {
    /// Says whether one participant has it alone, so that it can be moved and hidden.
    pub fn is_own(&self) -> bool {
        self.id != cast::BLACKBOARD && self.id != cast::OTHERS
    }
}

/// What a row shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RowKind {
    /// A message over the bus.
    Message,
    /// An entry written to the blackboard.
    Write,
    /// An entry read from it.
    Read,
}

/// What became of a message at one recipient.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Passage {
    /// On its way, or delivered and not read yet.
    Flying,
    /// Read.
    #[default]
    Read,
    /// Lost.
    Lost,
}

impl Passage {
    /// Returns the name that scripts look for, which is also the word people read.
    pub fn name(self) -> &'static str {
        match self {
            Passage::Flying => "flying",
            Passage::Read => "read",
            Passage::Lost => "lost",
        }
    }
}

/// Where an arrow ends.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Arrival {
    /// The recipient's lane.
    pub lane: usize,
    /// How far below its row's middle, in hundredths of a row.
    pub y: u32,
    /// How far it has got, in percent of the way; less than 100 only while flying.
    pub percent: u32,
    /// What became of it there.
    pub passage: Passage,
    /// Why it was lost; empty where it was not.
    pub reason: String,
    /// Whether its arrival belongs to what happened before the selected event.
    pub before: bool,
}

/// One row; it says the same whichever rows are drawn beside it, but for arrows that end far from them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MessageRow {
    /// The event that sent, wrote or read.
    pub event: u64,
    /// The message or the knowledge entry.
    pub id: String,
    /// What it is.
    pub kind: RowKind,
    /// The sender's id.
    pub from: String,
    /// The recipient's id, `*` for everyone.
    pub to: String,
    /// Its type, as scripts look for it.
    pub type_name: String,
    /// Its type in words, such as `call for proposals`.
    pub title: String,
    /// What it says, a few words; may be empty.
    pub content: String,
    /// When it was sent.
    pub time: String,
    /// From whom to whom and what became of it, for those who cannot see the diagram.
    pub spoken: String,
    /// The worst that became of it at any recipient while one is still to come, else the best.
    pub passage: Passage,
    /// The sender's lane.
    pub lane: usize,
    /// Where it ends, one for each recipient.
    pub arrivals: Vec<Arrival>,
    /// Whether it is a duplicate made by a fault.
    pub duplicate: bool,
    /// Whether it belongs to what happened before the selected event.
    pub before: bool,
    /// Whether the narration names it.
    pub named: bool,
    /// Whether this turn sent, read or lost it.
    pub fresh: bool,
}

/// A stretch of work on a lane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The worker's lane.
    pub lane: usize,
    /// Where it begins, in hundredths of a row; may lie above the first row shown.
    pub from: u32,
    /// Where it ends.
    pub to: u32,
    /// The worker's mark.
    pub mark: Mark,
}

/// The messages of the selected task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Messages {
    /// How many were sent, read, lost, and are in flight.
    pub summary: String,
    /// Who takes part, orchestrator first, blackboard last.
    pub lanes: Vec<Lane>,
    /// The rows in view, in the order they were sent.
    pub rows: Vec<MessageRow>,
    /// How many rows came before those.
    pub earlier: usize,
    /// How many of the first rows are out of view, with arrows that arrive in it.
    pub lead: usize,
    /// How many rows pass the filters.
    pub total: usize,
    /// How many there are.
    pub of: usize,
    /// Whether the last row is among those shown.
    pub at_end: bool,
    /// Everyone who could have a lane, by id.
    pub participants: Arc<Vec<String>>,
    /// Whether more rows are still to be looked through for what passes the filters.
    pub more: bool,
    /// Work going on meanwhile.
    pub stretches: Vec<Stretch>,
    /// The current time in words.
    pub now: String,
}
