//! The agents: shown, added, removed.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value};

use super::answer::{MeanFigure, Turns, Warning, figure};
use super::body::{AddAgent, Capabilities};
use super::problem::Problem;
use super::{Response, check};
use crate::kernel::fixed::{Hundredths, Ppm};
use crate::model::fault::Fault;
use crate::model::id::AgentIx;
use crate::session::Session;
use crate::session::metrics::{self, AgentMetrics};
use crate::sim::command::Command;
use crate::sim::scenario::draft::AgentDraft;

/// Proficiency of an agent in what it can do, where nothing is said.
const PROFICIENCY: Ppm = Ppm(800_000);

/// The agents.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct AgentStatus {
    /// Agents in the team.
    pub total_agents: usize,
    /// Of those, running.
    pub active_agents: usize,
    /// Each of them.
    pub agents: Vec<AgentView>,
}

/// One agent.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct AgentView {
    /// Its id.
    pub agent_id: String,
    /// Its role.
    pub role: String,
    /// Individual score: 0 to 100, moved by the outcomes of its tasks.
    pub performance_score: f64,
    /// Tasks it took part in that ended with a result of its own.
    pub completed_tasks_count: u32,
    /// `idle`, `busy`, `silent`, `crashed` or `removed`.
    pub state: &'static str,
    /// Slots it holds.
    pub workload: u32,
    /// Slots it can hold.
    pub capacity: u32,
    /// Proficiency in each of its capabilities, 0 to 1.
    pub capabilities: BTreeMap<String, f64>,
    /// Collaboration quality: mean outcome quality of its part in tasks done with others, 0 to 1;
    /// simulated, null without history.
    pub collaboration_quality: Option<MeanFigure>,
    /// Communication efficiency: how its messages fared.
    pub communication_efficiency: Communication,
    /// Knowledge contribution: what it wrote, and who used it.
    pub knowledge_contribution: Contribution,
    /// Share of its slots' virtual time spent working, 0 to 1; null at time 0.
    pub utilization: Option<f64>,
    /// Virtual time spent working [ms].
    pub busy_ms: f64,
    /// What its work has cost, in units.
    pub cost_units: f64,
    /// Tokens its work has taken.
    pub tokens: u64,
}

/// How an agent's messages fared.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Communication {
    /// Messages that made their reader do something, or had their content used, over all that were
    /// read or lost, 0 to 1; null without any.
    pub value: Option<f64>,
    /// Messages sent.
    pub sent: u64,
    /// Messages read.
    pub read: u64,
    /// Its messages read by others.
    pub delivered: u64,
    /// Its messages lost.
    pub lost: u64,
    /// Its bids that came late and its results that were discarded.
    pub belated: u64,
    /// Mean virtual time from sending to reading [ms]; null where nothing was read.
    pub mean_delay_ms: Option<f64>,
}

/// What an agent gave the blackboard.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Contribution {
    /// Its share of all readings of others' entries, 0 to 1; null where nobody read another's.
    pub value: Option<f64>,
    /// Entries it wrote.
    pub written: u64,
    /// How many of them another agent read.
    pub used: u64,
    /// Readings of its entries by others.
    pub reads_by_others: u64,
}

/// An agent that was added or removed.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct AgentChange {
    /// Whether it is in the team now.
    pub in_team: bool,
    /// The agent.
    #[serde(flatten)]
    pub agent: AgentView,
    /// Agents in the team now.
    pub total_agents: usize,
    /// The turn in which that happened.
    pub turns: Turns,
    /// What of the request was left aside.
    pub warnings: Vec<Warning>,
}

/// Shows the agents at the cursor.
pub fn status(session: &Session) -> AgentStatus {
    let metrics = metrics::of(session);
    let world = session.world();
    let in_team = |one: &&AgentMetrics| world.agent(one.agent).is_some_and(|agent| !agent.removed);
    let agents: Vec<AgentView> =
        metrics.agents.iter().filter(in_team).filter_map(|one| view(session, one)).collect();
    let active = metrics.agents.iter().filter(in_team).filter(|one| one.active).count();
    AgentStatus { total_agents: agents.len(), active_agents: active, agents }
}

fn view(session: &Session, one: &AgentMetrics) -> Option<AgentView> {
    let state = session.world().agent(one.agent)?;
    let word = if state.removed {
        "removed"
    } else if state.crashed {
        "crashed"
    } else if state.silent {
        "silent"
    } else if state.slots.is_empty() {
        "idle"
    } else {
        "busy"
    };
    let (communication, knowledge) = (one.communication, one.knowledge);
    let capabilities = state.spec.capabilities.iter();
    Some(AgentView {
        agent_id: one.agent_id.clone(),
        role: one.role.clone(),
        performance_score: figure(one.performance_score),
        completed_tasks_count: one.completed_tasks,
        state: word,
        workload: state.workload(),
        capacity: state.spec.capacity,
        capabilities: capabilities.map(|(name, share)| (name.clone(), share.to_f64())).collect(),
        collaboration_quality: one.collaboration_quality.map(|mean| MeanFigure::of(mean, 1.0)),
        communication_efficiency: Communication {
            value: communication.efficiency.map(figure),
            sent: communication.sent,
            read: communication.read,
            delivered: communication.delivered,
            lost: communication.lost,
            belated: communication.belated,
            mean_delay_ms: communication.mean_delay_us.map(|us| figure(us / 1000.0)),
        },
        knowledge_contribution: Contribution {
            value: knowledge.share.map(figure),
            written: knowledge.written,
            used: knowledge.used,
            reads_by_others: knowledge.reads_by_others,
        },
        utilization: one.utilization.map(figure),
        busy_ms: figure(one.busy_us as f64 / 1000.0),
        cost_units: figure(one.cost_units),
        tokens: one.tokens,
    })
}

/// Adds an agent.
///
/// # Errors
/// 422 with every fault of the body; 409 for an id that is taken.
pub fn add(session: &mut Session, fields: &Map<String, Value>) -> Result<Response, Problem> {
    let domain = session.setup().domain.clone();
    let checked = check::typed::<AddAgent>("AddAgent", fields, |fields| faults(&*domain, fields))?;
    let draft = draft(&*domain, checked.body);
    if let Some(id) = draft.id.as_ref().filter(|id| session.world().agent_ids.contains_key(*id)) {
        let detail = format!(
            "the id {id:?} is taken; choose another, or leave it out to get the next free one"
        );
        return Err(Problem::conflict(detail.clone(), vec![Fault::new("/agent_id", detail)]));
    }
    session.command(&Command::AddAgent { agent: draft }).map_err(|faults| {
        let renamed = faults.into_iter().map(|fault| {
            let place = fault.pointer.strip_prefix("/agent").unwrap_or(&fault.pointer);
            let place = if place == "/id" { "/agent_id" } else { place };
            Fault::new(place, fault.detail)
        });
        Problem::invalid(renamed.collect())
    })?;
    let added = AgentIx::from(session.world().agents.len().saturating_sub(1));
    change(session, added, true, checked.warnings).map(|body| Response::new(201, &body))
}

/// Returns what is wrong with a new agent beyond its shape.
pub fn faults(
    domain: &dyn crate::mechanism::domain::Domain,
    fields: &Map<String, Value>,
) -> Vec<Fault> {
    let role = fields.get("role").and_then(Value::as_str);
    let unknown = role.filter(|role| domain.role(role).is_none());
    let unknown = unknown.map(|role| Fault::new("/role", check::unknown_role(domain, role)));
    unknown.into_iter().chain(id_fault(fields)).collect()
}

/// Says what is wrong with an id; the run itself would say so only after all else is right.
fn id_fault(fields: &Map<String, Value>) -> Option<Fault> {
    let id = fields.get("agent_id")?.as_str()?;
    let legal = (1..=64).contains(&id.len())
        && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
        && !["orchestrator", "environment", "user"].contains(&id);
    (!legal).then(|| {
        let shown: String = id.chars().take(80).collect();
        let detail = format!(
            "{shown:?} is no legal id: lower case letters, digits, underscores, at most 64, and no actor's name"
        );
        Fault::new("/agent_id", detail)
    })
}

fn draft(domain: &dyn crate::mechanism::domain::Domain, body: AddAgent) -> AgentDraft {
    let of_role: Vec<String> =
        domain.role(&body.role).map(|role| role.capabilities.clone()).unwrap_or_default();
    let capabilities = match body.capabilities {
        None => BTreeMap::new(),
        Some(Capabilities::Proficiencies(own)) => own,
        Some(Capabilities::Names(names)) => {
            let mut own: BTreeMap<String, Ppm> =
                of_role.into_iter().map(|name| (name, Ppm::ZERO)).collect();
            own.extend(names.into_iter().map(|name| (name, PROFICIENCY)));
            own
        }
    };
    AgentDraft {
        id: body.agent_id,
        role: body.role,
        proficiency: PROFICIENCY,
        capabilities,
        performance_score: body.performance_score.unwrap_or(Hundredths(8000)),
        capacity: body.capacity.unwrap_or(4),
        busy_slots: 0,
        tempo: body.tempo.unwrap_or(Ppm(500_000)),
        pace: 1.0,
        available_from_us: 0,
    }
}

/// Removes an agent.
///
/// # Errors
/// 404 for an agent that is not in the team.
pub fn remove(session: &mut Session, id: &str) -> Result<Response, Problem> {
    let world = session.world();
    let found = world.agent_ids.get(id).copied();
    let here = found.filter(|&agent| world.agent(agent).is_some_and(|agent| !agent.removed));
    let agent = here.ok_or_else(|| Problem::no_agent(id, "GET /agents/status lists the team"))?;
    session
        .command(&Command::RemoveAgent { agent_id: id.to_owned() })
        .map_err(|faults| Problem::conflict("the agent cannot be removed now", faults))?;
    change(session, agent, false, Vec::new()).map(|body| Response::new(200, &body))
}

fn change(
    session: &Session,
    agent: AgentIx,
    in_team: bool,
    warnings: Vec<Warning>,
) -> Result<AgentChange, Problem> {
    let metrics = metrics::of(session);
    let view =
        metrics.agents.iter().find(|one| one.agent == agent).and_then(|one| view(session, one));
    let turn = session.turn().0;
    let total = session.world().agents.iter().filter(|agent| !agent.removed).count();
    let agent = view.ok_or_else(|| Problem::conflict("the agent did not join", Vec::new()))?;
    Ok(AgentChange {
        in_team,
        agent,
        total_agents: total,
        turns: Turns { from: turn, to: turn },
        warnings,
    })
}
