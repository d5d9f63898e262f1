//! The team of a workflow: an agent for each core of the trace's machines, as far as that is sensible.

use std::collections::{BTreeMap, BTreeSet};

use super::trace::Trace;
use crate::kernel::fixed::{Hundredths, Ppm};
use crate::sim::scenario::draft::AgentDraft;

/// Most agents of a team, unless the trace has more machines; more cores only add bids to read.
const AGENTS_MAX: usize = 8;

/// Most machines that become agents.
const MACHINES_MAX: usize = 64;

/// Agents of a team whose trace names no machine.
const DEFAULT_TEAM: u32 = 4;

/// Proficiency in what the trace shows a machine doing; and in what it does not.
const SHOWN: Ppm = Ppm(1_000_000);
const NOT_SHOWN: Ppm = Ppm(900_000);

/// Makes the agents: cores of all machines in turn, each with one slot.
pub(super) fn agents(trace: &Trace, role: &str) -> Vec<AgentDraft> {
    let unnamed = [("worker".to_owned(), DEFAULT_TEAM)];
    let named: Vec<(String, u32)> =
        trace.machines.iter().map(|machine| (machine.name.clone(), machine.cores)).collect();
    let machines: &[(String, u32)] = if named.is_empty() { &unnamed } else { &named };
    let machines: Vec<&(String, u32)> = machines.iter().take(MACHINES_MAX).collect();
    let most = AGENTS_MAX.max(machines.len());
    let mut taken = BTreeSet::new();
    let prefixes: Vec<String> = machines.iter().map(|(name, _)| prefix(name, &mut taken)).collect();
    let done = done_by(trace);
    let mut agents = Vec::new();
    for core in 1.. {
        let mut any = false;
        for ((name, cores), prefix) in machines.iter().zip(&prefixes) {
            if core <= *cores && agents.len() < most {
                any = true;
                agents.push(agent(role, format!("{prefix}_{core:02}"), done.get(name)));
            }
        }
        if !any {
            break;
        }
    }
    agents
}

fn agent(role: &str, id: String, done: Option<&BTreeSet<String>>) -> AgentDraft {
    let shown = done.into_iter().flatten().map(|category| (category.clone(), SHOWN));
    AgentDraft {
        id: Some(id),
        role: role.into(),
        proficiency: NOT_SHOWN,
        capabilities: shown.collect(),
        performance_score: Hundredths(8000),
        capacity: 1,
        busy_slots: 0,
        tempo: Ppm(500_000),
        pace: 1.0,
        available_from_us: 0,
    }
}

/// Returns which categories each machine worked on in the trace.
fn done_by(trace: &Trace) -> BTreeMap<String, BTreeSet<String>> {
    let mut done: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for task in &trace.tasks {
        for machine in &task.machines {
            done.entry(machine.clone()).or_default().insert(task.category.clone());
        }
    }
    done
}

/// Makes a machine's name fit for ids: lower case letters, digits, underscores; each once.
fn prefix(name: &str, taken: &mut BTreeSet<String>) -> String {
    let letters = name.chars().map(|letter| {
        if letter.is_ascii_alphanumeric() { letter.to_ascii_lowercase() } else { '_' }
    });
    let name: String = letters.take(48).collect();
    let name = name.trim_matches('_');
    let base = match name {
        "" | "orchestrator" | "environment" | "user" => format!("machine_{name}"),
        name => name.to_owned(),
    };
    let base = base.trim_matches('_').to_owned();
    let free = (1_u32..)
        .map(|n| if n == 1 { base.clone() } else { format!("{base}_{n}") })
        .find(|name| !taken.contains(name))
        .unwrap_or_default();
    taken.insert(free.clone());
    free
}
