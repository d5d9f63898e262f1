//! An agent's own state: what it holds, what it works on, what it coordinates.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::kernel::fixed::{Hundredths, Ppm};
use crate::kernel::flat::Flat;
use crate::kernel::time::Micros;
use crate::model::agent::AgentSpec;
use crate::model::id::{
    AgentIx, ArtifactIx, AuctionIx, EventId, KnowledgeIx, RoleIx, SubtaskIx, TaskIx,
};

/// An agent's state.
#[derive(Clone, Debug)]
pub struct AgentState {
    /// What it was when it joined.
    pub spec: Arc<AgentSpec>,
    /// Its role.
    pub role: RoleIx,
    /// The number of what was last required of its role, and how much of that it covers.
    pub weighed: (u32, Ppm),
    /// Its performance score now.
    pub performance: Hundredths,
    /// Whether it has left.
    pub removed: bool,
    /// Whether it has stopped.
    pub crashed: bool,
    /// Whether it reads without answering.
    pub silent: bool,
    /// The share of its usual pace that it has now.
    pub pace_share: Ppm,
    /// Slots it holds, each from one auction it won.
    ///
    // Invariant: with `busy_slots` never more than the capacity.
    pub slots: Vec<AuctionIx>,
    /// Subtasks that were given to it.
    pub holdings: Flat<SubtaskIx, Holding>,
    /// Tasks it leads.
    pub coordinating: Flat<TaskIx, Coordination>,
    /// Tasks it took part in that ended with a result of its own.
    pub completed_tasks: u32,
    /// What its work has cost so far, in thousandths of a unit.
    pub milli_units: u64,
    /// Tokens its work has taken so far.
    pub tokens: u64,
    /// Virtual time spent working.
    pub busy: Micros,
}

impl AgentState {
    /// Returns how many slots are held, by this run and by work outside it.
    pub fn workload(&self) -> u32 {
        self.spec.busy_slots + self.slots.len() as u32
    }

    /// Returns slots held over capacity.
    pub fn workload_penalty(&self) -> Ppm {
        Ppm::ratio(u64::from(self.workload()), u64::from(self.spec.capacity)).clamped()
    }

    /// Returns how much of an auction's requirement it covers, from memory where it has weighed
    /// that before.
    pub fn covers(&self, requirement: u32, required: &[String]) -> Ppm {
        let (number, share) = self.weighed;
        if number == requirement && number > 0 { share } else { self.spec.capability(required) }
    }

    /// Returns the memory it takes, in bytes, about.
    pub fn bytes(&self) -> usize {
        size_of::<AgentState>()
            + self.slots.len() * size_of::<AuctionIx>()
            + self.holdings.len() * 2 * size_of::<Holding>()
            + self.coordinating.len() * 8 * size_of::<Coordination>()
    }

    /// Says whether it is there and running.
    pub fn is_up(&self) -> bool {
        !self.removed && !self.crashed
    }

    /// Returns how long work takes it that takes an agent of pace 1 this long.
    pub fn time_for(&self, usual: Micros) -> Micros {
        let pace = u128::from(self.spec.pace.0) * u128::from(self.pace_share.0) / 1_000_000;
        let time = u128::from(usual.0) * 1_000_000 / pace.max(1);
        Micros(u64::try_from(time).unwrap_or(u64::MAX))
    }
}

/// A subtask in an agent's hands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holding {
    /// Who leads its task, as far as the agent knows.
    pub coordinator: AgentIx,
    /// How far it is.
    pub stage: Stage,
    /// Whether the coordinator took the result.
    pub accepted: bool,
    /// The knowledge that went into what it produced, or goes into what it produces now.
    pub cites: Vec<KnowledgeIx>,
}

/// How far a holder is with a subtask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Waits for what it depends on.
    Waiting,
    /// Being worked on.
    Running,
    /// Done, and perhaps being revised.
    Done(Produced),
}

/// What a holder produced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Produced {
    /// The work.
    pub work: ArtifactIx,
    /// The event that finished or last revised it.
    pub event: EventId,
    /// Whether a revision is under way.
    pub revising: bool,
}

/// What a coordinator keeps in mind of a task.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coordination {
    /// Who holds what, as the orchestrator said.
    pub bindings: Flat<SubtaskIx, AgentIx>,
    /// Subtasks whose holders were told to start, or that were asked to be put up for auction.
    pub released: BTreeSet<SubtaskIx>,
    /// The latest result of each subtask it took.
    pub results: Flat<SubtaskIx, Received>,
    /// Subtasks that stay without a result.
    pub missing: BTreeSet<SubtaskIx>,
    /// Whether the answer is being made or was made.
    pub merging: bool,
    /// Whether revisions are no longer waited for.
    pub impatient: bool,
}

/// A result as a coordinator has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// The work.
    pub work: ArtifactIx,
    /// How sure its author is.
    pub confidence: Ppm,
    /// The knowledge it read.
    pub cites: Vec<KnowledgeIx>,
    /// The message's reading.
    pub read: EventId,
}
