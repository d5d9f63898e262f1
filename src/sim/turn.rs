//! Turns: what each actor decides when it acts.

pub mod agent;
pub mod coordinator;
pub mod environment;
pub mod mind;
pub mod orchestrator;
pub mod user;
pub mod worker;

use mind::Mind;

use super::effects::{Effects, FollowUp};
use super::event::Purpose;
use super::log::Log;
use super::scenario::Scenario;
use super::world::World;
use super::world::environment::bus::Inbound;
use super::world::task::TaskState;
use crate::mechanism::domain::Domain;
use crate::model::id::{Actor, EventId};

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
        FollowUp::Proceed(task, auction) => orchestrator::proceed(scene, fx, cause, task, auction),
        FollowUp::Advance(task, scope) => {
            let lead = scene.world.tasks.get(task.at()).and_then(TaskState::coordinator);
            let Some(mind) = lead.and_then(|lead| Mind::of(scene, lead)) else {
                return;
            };
            if mind.own.silent {
                fx.mute();
            }
            coordinator::advance(&mind, fx, cause, task, scope);
        }
    }
}
