//! The six phases of the selected task, with the turns they took.

/// Where a phase stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhaseState {
    /// Not begun.
    Waiting,
    /// Under way.
    Active,
    /// Over.
    Done,
}

impl PhaseState {
    /// Returns the name that scripts look for.
    pub fn name(self) -> &'static str {
        match self {
            PhaseState::Waiting => "waiting",
            PhaseState::Active => "active",
            PhaseState::Done => "done",
        }
    }
}

/// The panels that the overview can put first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lead {
    /// The auctions.
    Auction,
    /// The plan and its schedule.
    Plan,
    /// The messages.
    Messages,
    /// The collective result.
    Result,
}

/// One phase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhaseRow {
    /// The name that scripts look for, such as `bidding`.
    pub name: &'static str,
    /// The name people read.
    pub title: &'static str,
    /// What happens in it, one line.
    pub what: &'static str,
    /// Where it stands.
    pub state: PhaseState,
    /// Its turns, such as `2–11`; empty where it has not begun.
    pub turns: String,
    /// Its first turn, to go to.
    pub from: Option<u64>,
}

/// The six phases, and the panel that the latest of them puts first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phases {
    /// In the protocol's order.
    pub rows: Vec<PhaseRow>,
    /// What the overview shows large.
    pub lead: Lead,
}
