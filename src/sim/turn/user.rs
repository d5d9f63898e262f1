//! The user: tasks that arrive, and commands.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Scene, environment};
use crate::model::agent::AgentSpec;
use crate::model::fault::Fault;
use crate::model::id::{Actor, AgentIx, EventId, Recipient, SubtaskIx, TaskIx};
use crate::model::message::{Conversation, MessageType, Payload};
use crate::model::task::TaskPriority;
use crate::sim::command::Command;
use crate::sim::effects::{Effects, Mail};
use crate::sim::event::{AgentFault, EventKind, Purpose};
use crate::sim::scenario::check::{agent_of, fault_of, is_actor, task_of};
use crate::sim::scenario::{Arrival, LinkRule, Policies};
use crate::sim::store::Artifact;

/// A command that was found to be possible.
pub enum Intent {
    /// A task arrives.
    Task(Box<Arrival>),
    /// An agent joins.
    Join(Box<AgentSpec>),
    /// An agent leaves.
    Leave(AgentIx),
    /// Something happens to an agent.
    Strike(AgentIx, AgentFault),
    /// The rules change.
    Policies(Box<Policies>),
    /// A link changes.
    Link(LinkRule),
    /// Market data change.
    Market(serde_json::Value),
    /// A message by hand.
    Message(Recipient, MessageType, String),
    /// A task's urgency changes.
    Priority(TaskIx, TaskPriority),
}

/// Reacts to a timer: a task of the scenario arrives.
pub fn on_timer(scene: &Scene<'_>, fx: &mut Effects<'_>, fired: EventId, purpose: Purpose) {
    if let Purpose::TaskArrives(n) = purpose
        && let Some(arrival) = scene.scenario.tasks.get(n as usize)
    {
        create(scene, fx, fired, arrival);
    }
}

/// Creates a task and asks the orchestrator to announce it.
fn create(scene: &Scene<'_>, fx: &mut Effects<'_>, cause: EventId, arrival: &Arrival) {
    let count = arrival.planned.plan.len();
    let task = TaskIx::from(scene.world.tasks.len());
    let plan = fx.store().put_hashed(Artifact::Task(Arc::clone(&arrival.planned)), arrival.hash);
    let created = fx.emit(cause, EventKind::TaskCreated { task, plan });
    for position in 0..count {
        let subtask = SubtaskIx::from(scene.world.subtasks.len() + position);
        fx.emit(created, EventKind::SubtaskPlanned { task, subtask, position: position as u32 });
    }
    fx.set_timer(created, Actor::Orchestrator, Purpose::Announce(task), scene.world.now);
}

/// Checks a command against the world.
pub fn check(scene: &Scene<'_>, command: &Command) -> Result<Intent, Vec<Fault>> {
    let world = scene.world;
    let agent = |id: &str| {
        world
            .agent_ids
            .get(id)
            .copied()
            .filter(|&agent| world.agent(agent).is_some_and(|agent| !agent.removed))
            .ok_or_else(|| {
                vec![Fault::new("/agent_id", format!("no agent of the team has the id {id:?}"))]
            })
    };
    match command {
        Command::CreateTask { task } => {
            let taken: BTreeSet<&str> =
                world.tasks.iter().map(|task| task.planned.request.name.as_str()).collect();
            let name = task.name.clone().unwrap_or_else(|| free_name(&task.task_type, &taken));
            if taken.contains(name.as_str()) {
                return Err(vec![Fault::new(
                    "/task/name",
                    format!("a task is named {name:?} already"),
                )]);
            }
            let arrival = task_of(task, name, &BTreeMap::new(), scene.domain)
                .map_err(|faults| below("/task", faults))?;
            Ok(Intent::Task(Box::new(arrival)))
        }
        Command::AddAgent { agent } => {
            let taken = world.agent_ids.keys().cloned().collect();
            let spec =
                agent_of(agent, &taken, scene.domain).map_err(|faults| below("/agent", faults))?;
            Ok(Intent::Join(Box::new(spec)))
        }
        Command::RemoveAgent { agent_id } => Ok(Intent::Leave(agent(agent_id)?)),
        Command::InjectFault { agent_id, fault, pace } => {
            let fault = fault_of(*fault, *pace).map_err(|fault| vec![fault])?;
            Ok(Intent::Strike(agent(agent_id)?, fault))
        }
        Command::SetWeights { weights } => {
            let sum = weights.capability.0
                + weights.workload.0
                + weights.performance.0
                + weights.priority.0;
            if sum.abs_diff(1_000_000) > 1 {
                return Err(vec![Fault::new("/weights", "the four weights must add up to 1")]);
            }
            Ok(Intent::Policies(Box::new(Policies {
                weights: *weights,
                ..(*world.policies).clone()
            })))
        }
        Command::SetLink { link } => link_faults(scene, link).map(|()| Intent::Link(link.clone())),
        Command::UpdateMarketData { rows } => {
            Ok(Intent::Market(serde_json::Value::Object(rows.clone())))
        }
        Command::SendMessage { to, message_type, text } => {
            let to = match to.as_str() {
                "*" => Recipient::All,
                "orchestrator" => Recipient::One(Actor::Orchestrator),
                id => Recipient::One(Actor::Agent(agent(id).map_err(|_| {
                    vec![Fault::new(
                        "/to",
                        format!("{id:?} is no agent of the team, nor \"orchestrator\" or \"*\""),
                    )]
                })?)),
            };
            Ok(Intent::Message(to, *message_type, text.clone()))
        }
        Command::SetPriority { task_id, priority } => {
            let open =
                |&(_, task): &(usize, &crate::sim::world::task::TaskState)| task.ended.is_none();
            let found = world
                .tasks
                .iter()
                .enumerate()
                .filter(open)
                .find(|(at, _)| TaskIx::from(*at).text() == *task_id);
            let (at, _) = found.ok_or_else(|| {
                vec![Fault::new("/task_id", format!("no open task has the id {task_id:?}"))]
            })?;
            Ok(Intent::Priority(TaskIx::from(at), *priority))
        }
    }
}

/// Checks that a rule speaks of actors that there are.
fn link_faults(scene: &Scene<'_>, link: &LinkRule) -> Result<(), Vec<Fault>> {
    let ids = &scene.world.agent_ids;
    let mut faults: Vec<Fault> = link
        .names()
        .filter(|(_, name)| !is_actor(name, |id| ids.contains_key(id)))
        .map(|(place, name)| {
            Fault::new(format!("/link{place}"), format!("no agent has the id {name:?}"))
        })
        .collect();
    if link.latency.is_some_and(|latency| latency.min_us > latency.max_us) {
        faults.push(Fault::new("/link/latency", "min_us is more than max_us"));
    }
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}

fn below(prefix: &str, faults: Vec<Fault>) -> Vec<Fault> {
    faults
        .into_iter()
        .map(|fault| Fault::new(format!("{prefix}{}", fault.pointer), fault.detail))
        .collect()
}

fn free_name(task_type: &str, taken: &BTreeSet<&str>) -> String {
    (1_u32..)
        .map(|n| format!("{task_type}#{n}"))
        .find(|name| !taken.contains(name.as_str()))
        .unwrap_or_default()
}

/// Carries a command out.
pub fn carry_out(scene: &Scene<'_>, fx: &mut Effects<'_>, applied: EventId, intent: Intent) {
    match intent {
        Intent::Task(arrival) => create(scene, fx, applied, &arrival),
        Intent::Join(spec) => {
            let agent = AgentIx::from(scene.world.agents.len());
            let spec = fx.store().put_agent(*spec);
            fx.emit(applied, EventKind::AgentAdded { agent, spec });
        }
        Intent::Leave(agent) => {
            let removed = fx.emit(applied, EventKind::AgentRemoved { agent });
            environment::let_go(scene, fx, removed, agent);
        }
        Intent::Strike(agent, fault) => environment::strike(scene, fx, applied, agent, fault),
        Intent::Policies(policies) => {
            let policies = fx.store().put_policies(*policies);
            fx.emit(applied, EventKind::PoliciesChanged { policies });
        }
        Intent::Link(rule) => {
            let value = serde_json::to_value(rule).unwrap_or_default();
            let link = fx.store().put_value(value);
            fx.emit(applied, EventKind::LinkChanged { link });
        }
        Intent::Market(rows) => scene.world.environment.update_market_data(fx, applied, rows),
        Intent::Message(to, kind, text) => {
            let mail = Mail { kind, payload: Payload::Note { text } };
            scene.world.environment.publish_message(fx, applied, to, Conversation::None, mail);
        }
        Intent::Priority(task, priority) => {
            fx.emit(applied, EventKind::PriorityChanged { task, priority });
        }
    }
}
