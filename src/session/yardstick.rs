//! What a task's makespan is held against: what no schedule could beat, and a good one on the same team.

use crate::kernel::time::Micros;
use crate::mechanism::domain::Domain;
use crate::mechanism::planning::heft::{self, Team};
use crate::model::agent::AgentSpec;
use crate::model::id::SubtaskIx;
use crate::sim::scenario::{Allocation, Latency};
use crate::sim::world::World;
use crate::sim::world::agent::AgentState;
use crate::sim::world::task::TaskState;

/// Most pairs of subtask and slot that are scheduled for comparison; beyond, no one waits for it.
const PAIRS_MAX: usize = 4_000_000;

/// Returns the time from the first start to the last finish of a task's subtasks.
pub fn makespan(world: &World, task: &TaskState) -> Micros {
    let states = || task.subtasks().filter_map(|subtask| world.subtasks.get(subtask.at()));
    let first = states().filter_map(|state| state.started_at).min();
    let last = states().filter_map(|state| state.finished_at).max();
    last.unwrap_or_default().since(first.unwrap_or_default())
}

/// A task's plan and the team that could do it.
pub struct Yardstick<'a> {
    world: &'a World,
    task: &'a TaskState,
    /// How long each subtask takes an agent of pace 1, by position.
    usual: Vec<Micros>,
    /// Everyone who is or was there, and whose role the plan asks for.
    team: Vec<&'a AgentState>,
}

impl<'a> Yardstick<'a> {
    /// Looks at a task of a world.
    pub fn of(world: &'a World, task: &'a TaskState, domain: &dyn Domain) -> Yardstick<'a> {
        let request = &task.planned.request;
        let usual = task.planned.plan.iter().map(|planned| {
            planned.duration.unwrap_or_else(|| domain.duration(planned, &request.input))
        });
        let asked = |agent: &&AgentState| {
            task.planned.plan.iter().any(|planned| planned.role == agent.spec.role)
        };
        Yardstick {
            world,
            task,
            usual: usual.collect(),
            team: world.agents.iter().filter(asked).collect(),
        }
    }

    /// Returns what no schedule could beat: the longer of the critical path, each step of it on the
    /// fastest agent of its role, and of a role's work over its agents' slots and paces.
    ///
    /// Where an auction gives a whole role away, its winner works on all it holds at once, and work
    /// over agents bounds nothing.
    pub fn lower_bound(&self) -> Micros {
        let path = self.task.planned.order.critical_path(|at| self.fastest(at));
        let roles = match self.world.policies.allocation {
            Allocation::PerRole => Micros::ZERO,
            Allocation::PerSubtask => self.work_over_agents(),
        };
        path.max(roles)
    }

    fn fastest(&self, at: usize) -> Micros {
        let (Some(planned), Some(&usual)) = (self.task.planned.plan.get(at), self.usual.get(at))
        else {
            return Micros::ZERO;
        };
        let able = self.team.iter().filter(|agent| agent.spec.role == planned.role);
        let takes = able.map(|agent| spec_time(&agent.spec, usual));
        takes.min().unwrap_or(Micros::ZERO)
    }

    fn work_over_agents(&self) -> Micros {
        let mut longest = Micros::ZERO;
        let mut roles: Vec<&str> = self.task.planned.plan.iter().map(|p| p.role.as_str()).collect();
        roles.sort_unstable();
        roles.dedup();
        for role in roles {
            let plan = self.task.planned.plan.iter().zip(&self.usual);
            let of_role = plan.filter(|(planned, _)| planned.role == role);
            let work: u128 = of_role.map(|(_, usual)| u128::from(usual.0)).sum();
            let agents = self.team.iter().filter(|agent| agent.spec.role == role);
            let pace: u128 =
                agents.map(|a| u128::from(slots(&a.spec)) * u128::from(a.spec.pace.0)).sum();
            if let Some(least) = (work * 1_000_000).checked_div(pace) {
                longest = longest.max(Micros(u64::try_from(least).unwrap_or(u64::MAX)));
            }
        }
        longest
    }

    /// Returns how long a schedule by heterogeneous earliest finish time takes on the same team: a
    /// worker for each free slot, a result one mean latency on its way to another agent.
    ///
    /// None where somebody is lacking, or the team is too large to try.
    pub fn heft(&self) -> Option<Micros> {
        let mut workers: Vec<usize> = Vec::new();
        for (at, agent) in self.team.iter().enumerate() {
            workers.extend(std::iter::repeat_n(at, slots(&agent.spec) as usize));
            if workers.len().saturating_mul(self.usual.len()) > PAIRS_MAX {
                return None;
            }
        }
        let takes = |at: usize, worker: usize| {
            let agent = self.team.get(*workers.get(worker)?)?;
            let planned = self.task.planned.plan.get(at)?;
            let able = agent.spec.role == planned.role;
            able.then(|| spec_time(&agent.spec, self.usual.get(at).copied().unwrap_or_default()))
        };
        let Latency { min_us, max_us } = self.world.links.latency;
        let mean = Micros(min_us.midpoint(max_us));
        let passes = |_: usize, _: usize| mean;
        let team = Team { homes: &workers, takes: &takes, passes: &passes };
        heft::heft(&self.task.planned.order, &team).map(|slots| heft::makespan(&slots))
    }

    /// Says whether every subtask was done, so that the makespan is that of the whole plan.
    pub fn is_done(&self) -> bool {
        let done = |subtask: SubtaskIx| {
            self.world.subtasks.get(subtask.at()).is_some_and(|state| state.finished_at.is_some())
        };
        self.task.subtasks().all(done)
    }
}

/// Returns the slots that are not taken by work outside the run.
fn slots(spec: &AgentSpec) -> u32 {
    spec.capacity.saturating_sub(spec.busy_slots)
}

/// Returns how long work takes an agent at the pace it joined with.
fn spec_time(spec: &AgentSpec, usual: Micros) -> Micros {
    let time = u128::from(usual.0) * 1_000_000 / u128::from(spec.pace.0.max(1));
    Micros(u64::try_from(time).unwrap_or(u64::MAX))
}
