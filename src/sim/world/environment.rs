//! The shared environment: the blackboard, the market, the marketplace and the message bus.

pub mod operation;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use serde_json::Value;

use super::auction::AuctionState;
use crate::kernel::time::Micros;
use crate::mechanism::domain::{Finding, Scope};
use crate::model::id::{
    Actor, AuctionIx, EventId, KnowledgeIx, MessageIx, RoleIx, SubtaskIx, TaskIx,
};
use crate::model::message::{Content, Conversation, MessageType};
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
    pub agent_proposals: Vec<AuctionState>,
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
    pub entries: Vec<Entry>,
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

/// A message on its way to one recipient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Inbound {
    /// When it arrives.
    pub at: Micros,
    /// The message.
    pub message: MessageIx,
    /// Who sent it.
    pub from: Actor,
    /// Its type.
    pub kind: MessageType,
    /// What it belongs to.
    pub conversation: Conversation,
    /// What it carries.
    pub payload: Content,
    /// The event that sent it.
    pub sent: EventId,
    /// Whether a link made it of a message that came before; its reader knows that, and does nothing.
    pub duplicate: bool,
}

/// A message that a link will drop, or deliver once more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Doomed {
    /// The message.
    pub inbound: Inbound,
    /// Whether it is dropped; else it comes again.
    pub lost: bool,
}

/// Messages on their way, by recipient in order of arrival.
#[derive(Clone, Debug, Default)]
pub struct MessageBus {
    orchestrator: VecDeque<Inbound>,
    agents: Vec<VecDeque<Inbound>>,
    /// How many messages were ever sent.
    pub count: u32,
    /// Messages that a link will drop or deliver again, with their recipient.
    pub doomed: BTreeMap<(MessageIx, Actor), Doomed>,
}

impl MessageBus {
    /// Returns an actor's inbox, those still on their way included.
    pub fn inbox(&self, actor: Actor) -> Option<&VecDeque<Inbound>> {
        match actor {
            Actor::Orchestrator => Some(&self.orchestrator),
            Actor::Agent(agent) => self.agents.get(agent.at()),
            Actor::Environment | Actor::User => None,
        }
    }

    fn inbox_mut(&mut self, actor: Actor) -> Option<&mut VecDeque<Inbound>> {
        match actor {
            Actor::Orchestrator => Some(&mut self.orchestrator),
            Actor::Agent(agent) => {
                if self.agents.len() <= agent.at() {
                    self.agents.resize_with(agent.at() + 1, VecDeque::new);
                }
                self.agents.get_mut(agent.at())
            }
            Actor::Environment | Actor::User => None,
        }
    }

    /// Puts a message on its way, behind those that arrive no later.
    pub fn deliver(&mut self, to: Actor, inbound: Inbound) {
        let Some(inbox) = self.inbox_mut(to) else {
            return;
        };
        let at = inbox.partition_point(|other| other.at <= inbound.at);
        inbox.insert(at, inbound);
    }

    /// Takes a message out of an actor's inbox.
    pub fn take(&mut self, actor: Actor, message: MessageIx) -> Option<Inbound> {
        let inbox = self.inbox_mut(actor)?;
        if inbox.front().is_some_and(|first| first.message == message) {
            return inbox.pop_front();
        }
        let at = inbox.iter().position(|inbound| inbound.message == message)?;
        inbox.remove(at)
    }

    /// Puts another payload into an unread message, for a run that asks what would have been; says
    /// whether it was there.
    pub fn swap_payload(&mut self, actor: Actor, message: MessageIx, payload: Content) -> bool {
        let inbox = self.inbox_mut(actor).map(|inbox| inbox.iter_mut());
        let found = inbox.into_iter().flatten().find(|inbound| inbound.message == message);
        found.map(|inbound| inbound.payload = payload).is_some()
    }

    /// Returns the first message for an actor, arrived or not.
    pub fn next_for(&self, actor: Actor) -> Option<&Inbound> {
        self.inbox(actor).and_then(VecDeque::front)
    }

    /// Returns how many messages are on their way or unread; a copy that a link has yet to make is none.
    pub fn waiting(&self) -> usize {
        let unread = self.orchestrator.len() + self.agents.iter().map(VecDeque::len).sum::<usize>();
        unread + self.doomed.values().filter(|doomed| doomed.lost).count()
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
            agent_proposals: Vec::new(),
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
