//! The world: all state of a run at one turn, changed by `apply` alone.

pub mod agent;
pub mod apply;
pub mod auction;
pub mod environment;
pub mod lean;
pub mod link;
pub mod task;
pub mod timers;

use std::collections::BTreeMap;
use std::sync::Arc;

use self::agent::AgentState;
use self::auction::AuctionState;
use self::environment::SharedEnvironment;
use self::environment::bus::MessageBus;
use self::link::LinkState;
use self::task::{SubtaskState, TaskState};
use self::timers::Timers;
use super::event::Purpose;
use super::scenario::{Links, Policies, Scenario};
use crate::kernel::agenda::{Agenda, Entry};
use crate::kernel::date::Date;
use crate::kernel::shelf::Shelf;
use crate::kernel::time::Micros;
use crate::mechanism::domain::Domain;
use crate::model::id::{Actor, AgentIx, EventId, MessageIx, RoleIx, SubtaskIx, TimerIx};

/// What the agenda holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Activation {
    /// An actor has mail.
    Wake(Actor),
    /// A timer is due.
    Timer(TimerIx),
    /// The link drops a message on its way to an actor.
    Drop(MessageIx, Actor),
    /// The link delivers a message to an actor once more.
    Copy(MessageIx, Actor),
    /// A user's command, put in from outside.
    Command,
}

/// A timer that is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timer {
    /// Who set it.
    pub owner: Actor,
    /// What for.
    pub purpose: Purpose,
    /// When it is due.
    pub at: Micros,
    /// The event that set it.
    pub set_by: EventId,
}

/// The state of a run.
#[derive(Clone, Debug)]
pub struct World {
    /// The run's seed.
    pub seed: u64,
    /// The run's "today".
    pub as_of: Date,
    /// Virtual time.
    pub now: Micros,
    /// The rules in force.
    pub policies: Arc<Policies>,
    /// The links in force.
    pub links: Arc<Links>,
    /// The blackboard and the bus.
    pub environment: SharedEnvironment,
    /// Every agent that ever joined.
    pub agents: Vec<AgentState>,
    /// Agents by id.
    pub agent_ids: BTreeMap<String, AgentIx>,
    /// Who holds each role, in order of arrival, those that have left among them.
    pub by_role: Arc<Vec<Vec<AgentIx>>>,
    /// What was last required of each role, and its number.
    pub requirements: Arc<Vec<(u32, Vec<String>)>>,
    /// The names of the domain's roles, by index.
    pub roles: Arc<Vec<String>>,
    /// Every task.
    pub tasks: Shelf<TaskState, 64>,
    /// Every subtask.
    pub subtasks: Shelf<SubtaskState, 256>,
    /// Timers that are set.
    pub timers: Timers,
    /// How many timers were ever set.
    pub timer_count: u32,
    /// What comes next.
    pub agenda: Agenda<Activation>,
    /// How many messages each link has carried, and when the last of them arrives.
    pub link_states: BTreeMap<(Actor, Actor), LinkState>,
}

impl World {
    /// Makes the world before anything happened in it.
    pub fn new(scenario: &Scenario, seed: u64, domain: &dyn Domain) -> World {
        World {
            seed,
            as_of: scenario.as_of,
            now: Micros::ZERO,
            policies: Arc::new(scenario.policies.clone()),
            links: Arc::new(scenario.links.clone()),
            environment: SharedEnvironment::new(&scenario.environment),
            agents: Vec::new(),
            agent_ids: BTreeMap::new(),
            by_role: Arc::default(),
            requirements: Arc::default(),
            roles: Arc::new(domain.roles().iter().map(|role| role.name.clone()).collect()),
            tasks: Shelf::default(),
            subtasks: Shelf::default(),
            timers: Timers::default(),
            timer_count: 0,
            agenda: Agenda::default(),
            link_states: BTreeMap::new(),
        }
    }

    /// Returns an agent's state.
    pub fn agent(&self, agent: AgentIx) -> Option<&AgentState> {
        self.agents.get(agent.at())
    }

    /// Returns an agent's id; empty for one that never joined.
    pub fn agent_id(&self, agent: AgentIx) -> &str {
        self.agent(agent).map_or("", |agent| agent.spec.id.as_str())
    }

    /// Returns an actor's name in the contract.
    pub fn actor_name(&self, actor: Actor) -> &str {
        match actor {
            Actor::Orchestrator => "orchestrator",
            Actor::Environment => "environment",
            Actor::User => "user",
            Actor::Agent(agent) => self.agent_id(agent),
        }
    }

    /// Returns the index of a role's name.
    pub fn role_ix(&self, role: &str) -> Option<RoleIx> {
        self.roles.iter().position(|name| name == role).map(RoleIx::from)
    }

    /// Returns the name of a role.
    pub fn role_name(&self, role: RoleIx) -> &str {
        self.roles.get(role.at()).map_or("", String::as_str)
    }

    /// Returns a subtask's id in the contract: its task's id and its name in the plan.
    pub fn subtask_text(&self, subtask: SubtaskIx) -> String {
        let Some(state) = self.subtasks.get(subtask.at()) else {
            return String::new();
        };
        let name = self.planned(subtask).map_or("", |planned| planned.name.as_str());
        format!("{}.{name}", state.task.text())
    }

    /// Returns a subtask as it was planned.
    pub fn planned(&self, subtask: SubtaskIx) -> Option<&crate::mechanism::domain::PlannedSubtask> {
        let state = self.subtasks.get(subtask.at())?;
        self.tasks.get(state.task.at())?.planned.plan.get(state.position)
    }

    /// Returns the agents that hold a role and have not left, in order of arrival.
    pub fn holders_of(&self, role: RoleIx) -> impl Iterator<Item = AgentIx> + '_ {
        let holders = self.by_role.get(role.at()).map(Vec::as_slice).unwrap_or_default();
        let present = |agent: &AgentIx| self.agent(*agent).is_some_and(|agent| !agent.removed);
        holders.iter().copied().filter(present)
    }

    /// Returns the timer an actor has set for a purpose.
    pub fn timer_for(&self, owner: Actor, purpose: Purpose) -> Option<TimerIx> {
        self.timers.of(owner, purpose)
    }

    /// Says whether an agenda entry has nothing left to do.
    pub fn is_stale(&self, entry: &Entry<Activation>) -> bool {
        is_stale(&self.environment.message_bus, &self.timers, entry)
    }

    /// Returns the memory it takes, in bytes, about; what copies share counts in full.
    pub fn bytes(&self) -> usize {
        let auctions: usize =
            self.environment.agent_proposals.iter().map(AuctionState::bytes).sum();
        let agents: usize = self.agents.iter().map(AgentState::bytes).sum();
        let own = size_of::<World>()
            + self.environment.knowledge_base.entries.bytes()
            + self.environment.message_bus.bytes()
            + self.agenda.len() * size_of::<Entry<Activation>>()
            + self.timers.len() * size_of::<(TimerIx, Timer, u128, TimerIx)>()
            + self.link_states.len() * size_of::<((Actor, Actor), LinkState)>();
        // A task has a list of auctions and one of coordinators beside itself.
        own + auctions + agents + self.tasks.bytes() + self.tasks.len() * 64 + self.subtasks.bytes()
    }

    /// Returns the memory it takes beside an earlier world of the same run, in bytes, about: what the
    /// two share does not count.
    pub fn bytes_beside(&self, earlier: &World) -> usize {
        let (environment, before) = (&self.environment, &earlier.environment);
        let auctions = environment.agent_proposals.apart(&before.agent_proposals);
        let entries = environment.knowledge_base.entries.apart(&before.knowledge_base.entries);
        let agents: usize = self.agents.iter().map(AgentState::bytes).sum();
        size_of::<World>()
            + auctions.map(AuctionState::bytes).sum::<usize>()
            + entries.map(size_of_val).sum::<usize>()
            + self.tasks.apart(&earlier.tasks).map(|task| size_of_val(task) + 64).sum::<usize>()
            + self.subtasks.apart(&earlier.subtasks).map(size_of_val).sum::<usize>()
            + agents
            + environment.message_bus.bytes()
            + self.agenda.len() * size_of::<Entry<Activation>>()
            + self.timers.len() * size_of::<(TimerIx, Timer, u128, TimerIx)>()
            + self.link_states.len() * size_of::<((Actor, Actor), LinkState)>()
    }
}

/// Says whether an agenda entry has nothing left to do.
#[inline]
fn is_stale(bus: &MessageBus, timers: &Timers, entry: &Entry<Activation>) -> bool {
    match entry.item {
        Activation::Wake(actor) => bus.next_arrival(actor).is_none_or(|at| at > entry.time),
        Activation::Timer(timer) => timers.get(timer).is_none(),
        Activation::Drop(..) | Activation::Copy(..) | Activation::Command => false,
    }
}
