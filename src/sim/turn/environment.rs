//! The environment: lets faults strike, and shows how answers turn out.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Scene;
use crate::kernel::fixed::Ppm;
use crate::mechanism::domain::{Contribution, Luck, Outcome, Trial, Work};
use crate::mechanism::learning::Learning;
use crate::mechanism::learning::moving_average::MovingAverage;
use crate::model::id::{Actor, AgentIx, EventId, TaskIx};
use crate::sim::effects::Effects;
use crate::sim::event::{AgentFault, EventKind, Purpose};

/// Reacts to a timer.
pub fn on_timer(scene: &Scene<'_>, fx: &mut Effects<'_>, fired: EventId, purpose: Purpose) {
    match purpose {
        Purpose::FaultStrikes(n) => {
            let Some(planned) = scene.scenario.environment.faults.get(n as usize) else {
                return;
            };
            if let Some(&agent) = scene.world.agent_ids.get(&planned.agent) {
                strike(scene, fx, fired, agent, planned.fault);
            }
        }
        Purpose::OutcomeShows(task) => show_outcome(scene, fx, fired, task),
        _ => {}
    }
}

/// Lets something happen to an agent. A crash takes its timers and frees its slots.
pub fn strike(
    scene: &Scene<'_>,
    fx: &mut Effects<'_>,
    cause: EventId,
    agent: AgentIx,
    fault: AgentFault,
) {
    let injected = fx.emit(cause, EventKind::FaultInjected { agent, fault });
    if fault == AgentFault::Crash {
        let_go(scene, fx, injected, agent);
    }
}

/// Calls off all timers of an agent that is gone and frees its slots.
pub fn let_go(scene: &Scene<'_>, fx: &mut Effects<'_>, cause: EventId, agent: AgentIx) {
    let mine = scene.world.timers.iter().filter(|(_, timer)| timer.owner == Actor::Agent(agent));
    for (timer, _) in mine {
        fx.cancel_timer(cause, Some(timer));
    }
    for &auction in scene.world.agent(agent).into_iter().flat_map(|state| &state.slots) {
        fx.emit(cause, EventKind::SlotReleased { agent, auction });
    }
}

/// Shows how an answer turned out, and lets the agents' scores follow.
fn show_outcome(scene: &Scene<'_>, fx: &mut Effects<'_>, fired: EventId, ix: TaskIx) {
    let world = scene.world;
    let Some(task) = world.tasks.get(ix.at()) else {
        return;
    };
    let Some(answer) = task.answer.and_then(|answer| fx.store().answer(answer).cloned()) else {
        return;
    };
    let works: Vec<(usize, AgentIx, Option<Arc<Work>>)> = task
        .subtasks()
        .filter_map(|subtask| world.subtasks.get(subtask.at()))
        .filter_map(|state| {
            let work = state.work.and_then(|work| fx.store().work(work).cloned());
            Some((state.position, state.holder?, work))
        })
        .collect();
    let contributions: Vec<Contribution<'_>> = works
        .iter()
        .filter_map(|(position, agent, work)| {
            let planned = task.planned.plan.get(*position)?;
            let agent = world.agent_id(*agent);
            Some(Contribution {
                subtask: &planned.name,
                role: &planned.role,
                agent,
                work: work.as_deref(),
            })
        })
        .collect();
    let request = &task.planned.request;
    let outcome = scene.domain.outcome(&Trial {
        luck: Luck { seed: world.seed, names: [&request.name, "", ""], attempt: 0 },
        task_type: &request.task_type,
        input: &request.input,
        outcome: &world.environment.outcome,
        marketplace: &world.environment.job_marketplace,
        answer: &answer,
        contributions: &contributions,
    });
    let quality = Ppm::from_f64(outcome.quality).clamped();
    let updates = updates(scene, &outcome, &works, &task.planned.plan);
    let artifact = fx.store().put_outcome(outcome);
    let observed =
        fx.emit(fired, EventKind::OutcomeObserved { task: ix, outcome: artifact, quality });
    for (agent, quality) in updates {
        let Some(state) = world.agent(agent) else {
            continue;
        };
        let from = state.performance;
        let to = MovingAverage { step: world.policies.learning_step }.updated(from, quality);
        fx.emit(observed, EventKind::PerformanceUpdated { agent, task: ix, from, to });
    }
}

/// Returns the mean quality of what each agent contributed, in order of agents.
fn updates(
    scene: &Scene<'_>,
    outcome: &Outcome,
    works: &[(usize, AgentIx, Option<Arc<Work>>)],
    plan: &[crate::mechanism::domain::PlannedSubtask],
) -> Vec<(AgentIx, Ppm)> {
    let mut parts: BTreeMap<&str, (AgentIx, Vec<f64>)> = BTreeMap::new();
    for (position, agent, work) in works {
        let Some(planned) = plan.get(*position).filter(|_| work.is_some()) else {
            continue;
        };
        let quality = outcome.by_subtask.get(&planned.name).copied().unwrap_or(outcome.quality);
        parts.entry(scene.world.agent_id(*agent)).or_insert((*agent, Vec::new())).1.push(quality);
    }
    let mean = |parts: &[f64]| parts.iter().sum::<f64>() / parts.len().max(1) as f64;
    parts
        .into_values()
        .map(|(agent, parts)| (agent, Ppm::from_f64(mean(&parts)).clamped()))
        .collect()
}
