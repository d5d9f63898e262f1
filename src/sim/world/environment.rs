//! The shared environment: the blackboard, the market, the marketplace and the message bus.

pub mod bus;
pub mod operation;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::Value;

use self::bus::MessageBus;
use super::auction::{AuctionState, Auctions};
use crate::kernel::shelf::Shelf;
use crate::kernel::time::Micros;
use crate::mechanism::domain::{Finding, Scope};
use crate::model::id::{Actor, AuctionIx, EventId, KnowledgeIx, RoleIx, SubtaskIx, TaskIx};
use crate::sim::scenario::Environment;

/// The common workspace. Everyone may read it; it changes by events alone.
#[derive(Clone, Debug)]
pub struct SharedEnvironment {
    /// State of the whole: how many tasks are open.
    pub global_state: GlobalState,
    /// Market data that overrides the domain's table.
    pub market_data: Arc<Value>,
    /// Parameters of the outcome model; no agent reads them.
    pub outcome: Arc<Value>,
    /// Clients' inputs that are being worked on, by task.
    pub active_profiles: BTreeMap<TaskIx, Arc<super::task::PlannedTask>>,
    /// Jobs for tasks that bring none.
    pub job_marketplace: Arc<Vec<Value>>,
    /// Auctions and the bids in them.
    pub agent_proposals: Auctions,
    /// What the team knows.
    pub knowledge_base: KnowledgeBase,
    /// Messages on their way.
    pub message_bus: MessageBus,
    /// Tasks that were created and not yet given out.
    pub task_queue: Vec<TaskIx>,
    /// Subtasks that wait for a free slot, by role and age.
    pub lots_waiting: BTreeSet<(RoleIx, SubtaskIx)>,
    /// Counts of what happened.
    pub metrics: Metrics,
}

/// State of the whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GlobalState {
    /// Tasks that have not ended.
    pub open_tasks: u32,
    /// Tasks that have.
    pub ended_tasks: u32,
}

/// Counts of what happened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Metrics {
    /// Messages sent, by type in the contract's order.
    pub sent: [u64; 15],
    /// Messages read; a broadcast counts for each reader.
    pub read: u64,
    /// Messages lost.
    pub lost: u64,
    /// Knowledge entries written.
    pub knowledge_added: u64,
    /// Knowledge entries read.
    pub knowledge_read: u64,
    /// Tasks that ended with success, partly, and failed.
    pub tasks: [u64; 3],
}

/// What the team knows.
#[derive(Clone, Debug, Default)]
pub struct KnowledgeBase {
    /// Every entry, in order of writing.
    pub entries: Shelf<Entry, 64>,
    by_key: BTreeMap<(Option<TaskIx>, String), Vec<KnowledgeIx>>,
}

/// An entry of the blackboard.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The task it came from.
    pub task: TaskIx,
    /// The subtask it came from.
    pub subtask: SubtaskIx,
    /// Who wrote it.
    pub by: Actor,
    /// What it says.
    pub finding: Arc<Finding>,
    /// Which version of its key it is within its task, from 1.
    pub version: u32,
    /// When it was written.
    pub at: Micros,
    /// The event that wrote it.
    pub event: EventId,
}

impl KnowledgeBase {
    /// Puts an entry in.
    pub fn insert(&mut self, mut entry: Entry) {
        let at = KnowledgeIx::from(self.entries.len());
        let key = entry.finding.key.clone();
        let versions = self.by_key.entry((Some(entry.task), key.clone())).or_default();
        versions.push(at);
        entry.version = versions.len() as u32;
        if entry.finding.scope == Scope::General {
            self.by_key.entry((None, key)).or_default().push(at);
        }
        self.entries.push(entry);
    }

    /// Returns the latest entry under a key that a task may read: its own, else a general one.
    pub fn latest(&self, task: TaskIx, key: &str) -> Option<KnowledgeIx> {
        let of = |scope| {
            self.by_key.get(&(scope, key.to_string())).and_then(|versions| versions.last()).copied()
        };
        of(Some(task)).or_else(|| of(None))
    }

    /// Returns an entry.
    pub fn get(&self, at: KnowledgeIx) -> Option<&Entry> {
        self.entries.get(at.at())
    }
}

impl SharedEnvironment {
    /// Makes the environment of a scenario.
    pub fn new(scenario: &Environment) -> SharedEnvironment {
        SharedEnvironment {
            global_state: GlobalState::default(),
            market_data: Arc::new(scenario.market.clone()),
            outcome: Arc::new(scenario.outcome.clone()),
            active_profiles: BTreeMap::new(),
            job_marketplace: Arc::new(scenario.job_marketplace.clone()),
            agent_proposals: Auctions::default(),
            knowledge_base: KnowledgeBase::default(),
            message_bus: MessageBus::default(),
            task_queue: Vec::new(),
            lots_waiting: BTreeSet::new(),
            metrics: Metrics::default(),
        }
    }

    /// Returns an auction's state.
    pub fn auction(&self, auction: AuctionIx) -> Option<&AuctionState> {
        self.agent_proposals.get(auction.at())
    }
}
