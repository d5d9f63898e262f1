//! What an agent has to decide with. The world is out of reach: it is private to this file.

use super::Scene;
use crate::kernel::date::Date;
use crate::kernel::time::Micros;
use crate::mechanism::domain::Domain;
use crate::model::id::{Actor, AgentIx, SubtaskIx, TaskIx, TimerIx};
use crate::sim::event::Purpose;
use crate::sim::scenario::Policies;
use crate::sim::world::World;
use crate::sim::world::agent::AgentState;
use crate::sim::world::environment::SharedEnvironment;
use crate::sim::world::task::{SubtaskState, TaskState};

/// What an agent has to decide with: its own state, the blackboard, the rules; no other agent's state.
pub struct Mind<'a> {
    /// Itself.
    pub me: AgentIx,
    /// Its state.
    pub own: &'a AgentState,
    domain: &'a dyn Domain,
    world: &'a World,
}

impl<'a> Mind<'a> {
    #[inline]
    pub(super) fn of(scene: &Scene<'a>, me: AgentIx) -> Option<Mind<'a>> {
        let Scene { world, domain, .. } = *scene;
        Some(Mind { me, own: world.agent(me)?, domain, world })
    }

    /// Returns the blackboard; an agent reads its mail from the bus through its turn alone.
    #[inline]
    pub fn environment(&self) -> &'a SharedEnvironment {
        &self.world.environment
    }

    /// Returns the rules.
    #[inline]
    pub fn policies(&self) -> &'a Policies {
        &self.world.policies
    }

    /// Returns the virtual time.
    #[inline]
    pub fn now(&self) -> Micros {
        self.world.now
    }

    /// Returns the run's seed.
    pub fn seed(&self) -> u64 {
        self.world.seed
    }

    /// Returns the run's "today".
    pub fn as_of(&self) -> Date {
        self.world.as_of
    }

    /// Returns its field of work.
    pub fn domain(&self) -> &'a dyn Domain {
        self.domain
    }

    /// Returns the actor that this agent is.
    pub fn actor(&self) -> Actor {
        Actor::Agent(self.me)
    }

    /// Returns a task of the board: what was asked, planned, bound and accepted.
    pub fn task(&self, task: TaskIx) -> Option<&'a TaskState> {
        self.world.tasks.get(task.at())
    }

    /// Returns a subtask of the board.
    pub fn subtask(&self, subtask: SubtaskIx) -> Option<&'a SubtaskState> {
        self.world.subtasks.get(subtask.at())
    }

    /// Returns an agent's id from the directory.
    pub fn name_of(&self, agent: AgentIx) -> &'a str {
        self.world.agent_id(agent)
    }

    /// Returns the role of an agent from the directory.
    pub fn role_of(&self, subtask: &SubtaskState) -> &'a str {
        self.world.role_name(subtask.role)
    }

    /// Returns the timer this agent has set for a purpose.
    pub fn timer_for(&self, purpose: Purpose) -> Option<TimerIx> {
        self.world.timer_for(self.actor(), purpose)
    }
}
