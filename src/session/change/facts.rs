//! A world laid flat: the properties of the things in it, by name.

use std::collections::BTreeMap;

use super::Subject;
use crate::model::id::{Actor, AgentIx, AuctionIx, KnowledgeIx, MessageIx, SubtaskIx, TaskIx};
use crate::sim::world::World;
use crate::sim::world::agent::{AgentState, Stage};
use crate::sim::world::auction::{AuctionStage, AuctionState};
use crate::sim::world::task::SubtaskStage;

/// Properties by what they are of.
pub(super) type Facts = BTreeMap<(Subject, &'static str), String>;

/// Lays a world flat, without what another plainly has too: what both share in memory is left out, so
/// that two worlds of a long run are told apart by what lies between them.
pub(super) fn facts(world: &World, other: &World) -> Facts {
    let mut facts = Facts::new();
    run(world, &mut facts);
    tasks(world, other, &mut facts);
    let auctions = &world.environment.agent_proposals;
    for (at, auction) in auctions.differing(&other.environment.agent_proposals) {
        self::auction(world, AuctionIx::from(at), auction, &mut facts);
    }
    for (at, agent) in world.agents.iter().enumerate() {
        self::agent(world, AgentIx::from(at), agent, &mut facts);
    }
    mail(world, &mut facts);
    let entries = &world.environment.knowledge_base.entries;
    for (at, entry) in entries.differing(&other.environment.knowledge_base.entries) {
        let subject = Subject::Knowledge(KnowledgeIx::from(at));
        facts.insert((subject, "key"), entry.finding.key.clone());
        facts.insert((subject, "by"), world.actor_name(entry.by).to_owned());
    }
    for (at, timer) in world.timers.iter() {
        if other.timers.get(at) == Some(timer) {
            continue;
        }
        let text =
            format!("{} {} at {}", world.actor_name(timer.owner), timer.purpose.name(), timer.at.0);
        facts.insert((Subject::Timer(at), "set"), text);
    }
    facts
}

fn run(world: &World, facts: &mut Facts) {
    let environment = &world.environment;
    let mut put = |field, value: String| {
        facts.insert((Subject::Run, field), value);
    };
    put("rules", serde_json::to_string(&*world.policies).unwrap_or_default());
    put("links", serde_json::to_string(&world.links.rules).unwrap_or_default());
    put("market", environment.market_data.to_string());
    put("open_tasks", environment.global_state.open_tasks.to_string());
    put("ended_tasks", environment.global_state.ended_tasks.to_string());
    put("messages_sent", environment.metrics.sent.iter().sum::<u64>().to_string());
    put("messages_read", environment.metrics.read.to_string());
    put("messages_lost", environment.metrics.lost.to_string());
    put("knowledge_read", environment.metrics.knowledge_read.to_string());
}

fn tasks(world: &World, other: &World, facts: &mut Facts) {
    for (at, task) in world.tasks.differing(&other.tasks) {
        let subject = Subject::Task(TaskIx::from(at));
        let mut put = |field, value: String| {
            facts.insert((subject, field), value);
        };
        put("state", task.ended.map_or("open", |ended| ended.status.name()).to_owned());
        put("priority", format!("{:?}", task.priority).to_uppercase());
        put("heard_at_us", task.heard_at.0.to_string());
        if let Some(coordinator) = task.coordinator() {
            put("coordinator", world.agent_id(coordinator).to_owned());
        }
        if let Some(ended) = task.ended {
            put("confidence", ended.confidence.to_f64().to_string());
        }
        if task.answer.is_some() {
            put("answer", "made".to_owned());
        }
        if task.outcome.is_some() {
            put("outcome", "observed".to_owned());
        }
    }
    for (at, subtask) in world.subtasks.differing(&other.subtasks) {
        let subject = Subject::Subtask(SubtaskIx::from(at));
        let mut put = |field, value: String| {
            facts.insert((subject, field), value);
        };
        put("stage", stage_name(subtask.stage).to_owned());
        put("auctions", subtask.auctions.to_string());
        if let Some(holder) = subtask.holder {
            put("holder", world.agent_id(holder).to_owned());
        }
        if let Some(at) = subtask.started_at {
            put("started_at_us", at.0.to_string());
        }
        if let Some(at) = subtask.finished_at {
            put("finished_at_us", at.0.to_string());
        }
        if let Some(work) = subtask.work {
            put("work", format!("artifact {}", work.0));
        }
        if !subtask.failed_holders.is_empty() {
            put("failed_holders", names(world, &subtask.failed_holders));
        }
    }
}

fn names(world: &World, agents: &[AgentIx]) -> String {
    let names: Vec<&str> = agents.iter().map(|agent| world.agent_id(*agent)).collect();
    names.join(", ")
}

fn auction(world: &World, ix: AuctionIx, auction: &AuctionState, facts: &mut Facts) {
    let stage = match auction.stage {
        AuctionStage::Open => "open".to_owned(),
        AuctionStage::Awarded(agent) => format!("awarded to {}", world.agent_id(agent)),
        AuctionStage::Settled(agent) => format!("taken by {}", world.agent_id(agent)),
        AuctionStage::Unfilled(reason) => format!("unfilled: {}", reason.name()),
    };
    facts.insert((Subject::Auction(ix), "stage"), stage);
    facts.insert((Subject::Auction(ix), "asked"), names(world, &auction.asked));
    for bid in &auction.bids {
        let subject = Subject::Bid(ix, bid.agent);
        facts.insert((subject, "score"), bid.score.to_string());
        if bid.out {
            facts.insert((subject, "award"), "given up".to_owned());
        }
    }
    for (agent, reason) in &auction.refusals {
        facts.insert((Subject::Bid(ix, *agent), "refusal"), reason.name().to_owned());
    }
    for agent in &auction.late {
        facts.insert((Subject::Bid(ix, *agent), "late"), "yes".to_owned());
    }
}

fn agent(world: &World, ix: AgentIx, agent: &AgentState, facts: &mut Facts) {
    let subject = Subject::Agent(ix);
    let state = match agent {
        AgentState { removed: true, .. } => "removed",
        AgentState { crashed: true, .. } => "crashed",
        AgentState { silent: true, .. } => "silent",
        _ => "up",
    };
    let mut put = |field, value: String| {
        facts.insert((subject, field), value);
    };
    put("state", state.to_owned());
    put("performance", agent.performance.to_string());
    put("pace", agent.pace_share.to_f64().to_string());
    put("workload", agent.workload().to_string());
    put("completed_tasks", agent.completed_tasks.to_string());
    put("milli_units", agent.milli_units.to_string());
    put("tokens", agent.tokens.to_string());
    put("busy_us", agent.busy.0.to_string());
    for (subtask, holding) in agent.holdings.iter() {
        let subject = Subject::Holding(ix, *subtask);
        let stage = match &holding.stage {
            Stage::Waiting => "waiting".to_owned(),
            Stage::Running => "running".to_owned(),
            Stage::Done(produced) if produced.revising => "revising".to_owned(),
            Stage::Done(produced) => format!("done: artifact {}", produced.work.0),
        };
        facts.insert((subject, "stage"), stage);
        facts.insert((subject, "coordinator"), world.agent_id(holding.coordinator).to_owned());
        facts.insert((subject, "accepted"), holding.accepted.to_string());
        let cites: Vec<String> = holding.cites.iter().map(|cite| cite.text()).collect();
        facts.insert((subject, "cites"), cites.join(", "));
    }
    for (task, lead) in agent.coordinating.iter() {
        let subject = Subject::Lead(ix, *task);
        let mut put = |field, value: String| {
            facts.insert((subject, field), value);
        };
        put("bindings", lead.bindings.len().to_string());
        put("released", lead.released.len().to_string());
        let results = lead.results.iter();
        let results: Vec<String> = results
            .map(|(subtask, got)| format!("{} {}", world.subtask_text(*subtask), got.work.0))
            .collect();
        put("results", results.join(", "));
        put("missing", lead.missing.len().to_string());
        put("merging", lead.merging.to_string());
        put("impatient", lead.impatient.to_string());
    }
}

fn mail(world: &World, facts: &mut Facts) {
    let bus = &world.environment.message_bus;
    let agents = (0..world.agents.len()).map(|at| Actor::Agent(AgentIx::from(at)));
    let mut waiting: BTreeMap<MessageIx, Vec<&str>> = BTreeMap::new();
    for actor in std::iter::once(Actor::Orchestrator).chain(agents) {
        for inbound in bus.inbox(actor) {
            waiting.entry(inbound.message).or_default().push(world.actor_name(actor));
        }
    }
    for (message, to) in waiting {
        facts.insert((Subject::Message(message), "waits_for"), to.join(", "));
    }
    for ((message, to), doomed) in &bus.doomed {
        let field = if doomed.lost { "will_be_lost" } else { "will_come_twice" };
        facts.insert((Subject::Message(*message), field), world.actor_name(*to).to_owned());
    }
}

fn stage_name(stage: SubtaskStage) -> &'static str {
    match stage {
        SubtaskStage::Planned => "planned",
        SubtaskStage::Assigned => "assigned",
        SubtaskStage::Running => "running",
        SubtaskStage::Finished => "finished",
        SubtaskStage::Done => "done",
        SubtaskStage::Failed(_) => "failed",
        SubtaskStage::Missing(_) => "missing",
    }
}
