//! What an agent has to decide with. The world is out of reach: it is private to this file.

use super::Scene;
use crate::kernel::date::Date;
use crate::kernel::shelf::Shelf;
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
    /// The blackboard; it reads its mail from the bus through its turn alone.
    pub environment: &'a SharedEnvironment,
    /// The board of tasks: what was asked, planned, bound and accepted.
    pub tasks: &'a Shelf<TaskState, 64>,
    /// The board of subtasks.
    pub subtasks: &'a Shelf<SubtaskState, 256>,
    /// The rules.
    pub policies: &'a Policies,
    /// Virtual time.
    pub now: Micros,
    /// The run's seed.
    pub seed: u64,
    /// The run's "today".
    pub as_of: Date,
    /// Its field of work.
    pub domain: &'a dyn Domain,
    world: &'a World,
}

impl<'a> Mind<'a> {
    pub(super) fn of(scene: &Scene<'a>, me: AgentIx) -> Option<Mind<'a>> {
        let world = scene.world;
        Some(Mind {
            me,
            own: world.agent(me)?,
            environment: &world.environment,
            tasks: &world.tasks,
            subtasks: &world.subtasks,
            policies: &world.policies,
            now: world.now,
            seed: world.seed,
            as_of: world.as_of,
            domain: scene.domain,
            world,
        })
    }

    /// Returns the actor that this agent is.
    pub fn actor(&self) -> Actor {
        Actor::Agent(self.me)
    }

    /// Returns a task of the board.
    pub fn task(&self, task: TaskIx) -> Option<&'a TaskState> {
        self.tasks.get(task.at())
    }

    /// Returns a subtask of the board.
    pub fn subtask(&self, subtask: SubtaskIx) -> Option<&'a SubtaskState> {
        self.subtasks.get(subtask.at())
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
