//! Turns: what each actor decides when it acts.

pub mod agent;
pub mod coordinator;
pub mod environment;
pub mod orchestrator;
pub mod user;
pub mod worker;

use super::effects::{Effects, FollowUp};
use super::event::Purpose;
use super::log::Log;
use super::scenario::{Policies, Scenario};
use super::world::World;
use super::world::agent::AgentState;
use super::world::environment::{Inbound, SharedEnvironment};
use super::world::task::{SubtaskState, TaskState};
use crate::kernel::date::Date;
use crate::kernel::time::Micros;
use crate::mechanism::domain::Domain;
use crate::model::id::{Actor, AgentIx, EventId, SubtaskIx, TaskIx};

/// All there is to see, for the orchestrator, the environment and the user.
pub struct Scene<'a> {
    /// The world.
    pub world: &'a World,
    /// The log.
    pub log: &'a Log,
    /// The domain.
    pub domain: &'a dyn Domain,
    /// The scenario.
    pub scenario: &'a Scenario,
}

/// What an agent has to decide with: its own state, the blackboard, the rules; no other agent's state.
pub struct Mind<'a> {
    /// Itself.
    pub me: AgentIx,
    /// Its state.
    pub own: &'a AgentState,
    /// The blackboard; it reads its mail from the bus through its turn alone.
    pub environment: &'a SharedEnvironment,
    /// The board of tasks: what was asked, planned, bound and accepted.
    pub tasks: &'a [TaskState],
    /// The board of subtasks.
    pub subtasks: &'a [SubtaskState],
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
    fn of(scene: &Scene<'a>, me: AgentIx) -> Option<Mind<'a>> {
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
    pub fn timer_for(&self, purpose: Purpose) -> Option<crate::model::id::TimerIx> {
        self.world.timer_for(self.actor(), purpose)
    }
}

/// Reacts to a message that an actor has just read.
pub(super) fn on_message(
    scene: &Scene<'_>,
    fx: &mut Effects<'_>,
    actor: Actor,
    read: EventId,
    inbound: &Inbound,
) {
    match actor {
        Actor::Orchestrator => orchestrator::on_message(scene, fx, read, inbound),
        Actor::Agent(me) => {
            let Some(mind) = Mind::of(scene, me) else {
                return;
            };
            if mind.own.silent {
                fx.mute();
            }
            agent::on_message(&mind, fx, read, inbound);
        }
        Actor::Environment | Actor::User => {}
    }
}

/// Reacts to a timer that has just fired.
pub(super) fn on_timer(
    scene: &Scene<'_>,
    fx: &mut Effects<'_>,
    actor: Actor,
    fired: EventId,
    purpose: Purpose,
) {
    match actor {
        Actor::Orchestrator => orchestrator::on_timer(scene, fx, fired, purpose),
        Actor::Agent(me) => {
            let Some(mind) = Mind::of(scene, me) else {
                return;
            };
            if mind.own.silent {
                fx.mute();
            }
            agent::on_timer(&mind, fx, fired, purpose);
        }
        Actor::Environment => environment::on_timer(scene, fx, fired, purpose),
        Actor::User => user::on_timer(scene, fx, fired, purpose),
    }
}

/// Looks again at what an earlier decision of the same turn left open.
pub(super) fn on_follow_up(
    scene: &Scene<'_>,
    fx: &mut Effects<'_>,
    cause: EventId,
    follow_up: FollowUp,
) {
    match follow_up {
        FollowUp::Proceed(task) => orchestrator::proceed(scene, fx, cause, task),
        FollowUp::Advance(task) => {
            let lead = scene.world.tasks.get(task.at()).and_then(TaskState::coordinator);
            let Some(mind) = lead.and_then(|lead| Mind::of(scene, lead)) else {
                return;
            };
            if mind.own.silent {
                fx.mute();
            }
            coordinator::advance(&mind, fx, cause, task);
        }
    }
}
