//! The agents: what each is doing, how much it holds, how well it has done.

use super::mark::Mark;

/// What an agent is seen to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AgentState {
    /// Holds no slot.
    Idle,
    /// Holds at least one slot.
    Busy,
    /// Has crashed.
    Crashed,
    /// Reads and does not answer.
    Silent,
    /// Was taken out of the team.
    Removed,
}

impl AgentState {
    /// Returns the name that scripts look for, which is also the word people read.
    pub fn name(self) -> &'static str {
        match self {
            AgentState::Idle => "idle",
            AgentState::Busy => "busy",
            AgentState::Crashed => "crashed",
            AgentState::Silent => "silent",
            AgentState::Removed => "removed",
        }
    }
}

/// One capability of an agent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proficiency {
    /// What it can do, in words.
    pub name: String,
    /// How well, 0 to 1, two decimals.
    pub value: String,
    /// The same in whole percent, for a bar.
    pub percent: u32,
}

/// One agent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgentRow {
    /// Its id.
    pub agent_id: String,
    /// Its role, as scripts look for it.
    pub role: String,
    /// Its role, as people read it.
    pub role_title: String,
    /// Its role's mark.
    pub mark: Mark,
    /// What it is seen to be.
    pub state: AgentState,
    /// What it is doing, a few words.
    pub doing: String,
    /// Whether it coordinates the selected task.
    pub coordinates: bool,
    /// Its performance score, 0 to 100, one decimal.
    pub performance: String,
    /// By how much that score has changed since the run began; empty where it has not.
    pub change: String,
    /// Slots held.
    pub held: u32,
    /// Slots there are.
    pub capacity: u32,
    /// Tasks it has taken part in that are over.
    pub completed: usize,
    /// Messages it has sent and read.
    pub messages: String,
    /// Virtual time it has spent working.
    pub worked: String,
    /// What it can do, best first.
    pub proficiencies: Vec<Proficiency>,
    /// The event that last concerned it.
    pub event: Option<u64>,
    /// Whether the narration names it.
    pub named: bool,
    /// Whether this turn changed it.
    pub fresh: bool,
}

/// All agents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agents {
    /// Those that hold a slot or are in trouble, by id.
    pub engaged: Vec<AgentRow>,
    /// Those that do nothing at the moment, by id.
    pub idle: Vec<AgentRow>,
    /// How many there are and how many work.
    pub summary: String,
}
