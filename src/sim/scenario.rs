//! Scenarios: a run's whole truth beside its seed and commands, legal by construction.

pub mod check;
pub mod draft;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::kernel::date::Date;
use crate::kernel::fixed::Ppm;
use crate::kernel::time::Micros;
use crate::mechanism::domain::PlannedSubtask;
use crate::mechanism::planning::Order;
use crate::mechanism::recovery::reannounce::OnNoBid;
use crate::model::agent::AgentSpec;
use crate::model::bid::Weights;
use crate::model::task::TaskRequest;
use crate::sim::event::AgentFault;
use crate::sim::store::Artifact;
use crate::sim::world::task::PlannedTask;

/// A legal scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// The short name it is called by.
    pub name: String,
    /// The name people read.
    pub title: String,
    /// What it shows, in a sentence or two.
    pub summary: String,
    /// The seed it runs with unless told otherwise.
    pub seed: u64,
    /// Its "today".
    pub as_of: Date,
    /// The team at the start.
    pub agents: Vec<AgentSpec>,
    /// The links between actors.
    pub links: Links,
    /// The rules.
    pub policies: Policies,
    /// The world around the team.
    pub environment: Environment,
    /// The tasks and when each arrives, in order of time.
    pub tasks: Vec<Arrival>,
    /// The document it was read from, with what was left out filled in; its bytes open the digest.
    pub source: Value,
}

/// A task that arrives.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrival {
    /// When.
    pub at: Micros,
    /// What it asks, and how it is to be done.
    pub planned: Arc<PlannedTask>,
    /// The content hash of what it asks and its plan, found once.
    pub hash: u64,
}

impl Arrival {
    /// Makes an arrival: its plan is ordered here, once for all runs.
    pub fn new(at: Micros, request: TaskRequest, plan: Vec<PlannedSubtask>) -> Arrival {
        let order = Order::of(&plan).unwrap_or_default();
        let planned = Arc::new(PlannedTask { request, plan, order });
        let hash = Artifact::Task(Arc::clone(&planned)).content_hash();
        Arrival { at, planned, hash }
    }
}

/// A span of latencies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Latency {
    /// Least [µs].
    pub min_us: u64,
    /// Most [µs].
    pub max_us: u64,
}

/// What is special about some links; the first rule that fits a link counts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LinkRule {
    /// The sender: an agent's id, `orchestrator`, or `*` for any.
    #[serde(default = "any")]
    pub from: String,
    /// The recipient, likewise.
    #[serde(default = "any")]
    pub to: String,
    /// Actors of one side: the rule then holds only between one of them and one that is not among
    /// them. With a loss of 1 that cuts the group off.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub group: Vec<String>,
    /// Its latency, where it differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latency: Option<Latency>,
    /// The chance that a message is lost.
    #[serde(default)]
    pub loss: Ppm,
    /// The chance that a message arrives twice.
    #[serde(default)]
    pub duplication: Ppm,
}

impl LinkRule {
    /// Says whether the rule is about messages from one actor to another, by name.
    pub fn fits(&self, from: &str, to: &str) -> bool {
        let is = |rule: &str, name: &str| rule == "*" || rule == name;
        let within = |name: &str| self.group.iter().any(|member| member == name);
        is(&self.from, from)
            && is(&self.to, to)
            && (self.group.is_empty() || within(from) != within(to))
    }

    /// Returns the names the rule speaks of, each with its place in the rule.
    pub fn names(&self) -> impl Iterator<Item = (String, &str)> {
        let ends = [("/from".to_owned(), self.from.as_str()), ("/to".to_owned(), self.to.as_str())];
        let group = self.group.iter().enumerate();
        ends.into_iter().chain(group.map(|(at, name)| (format!("/group/{at}"), name.as_str())))
    }
}

fn any() -> String {
    "*".into()
}

/// The links: a latency for all, and rules for some.
#[derive(Clone, Debug, PartialEq)]
pub struct Links {
    /// What holds where no rule does.
    pub latency: Latency,
    /// The rules, first come first.
    pub rules: Vec<LinkRule>,
}

/// How work is given out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Allocation {
    /// One auction for each role, at the start.
    PerRole,
    /// One auction for each subtask, when it becomes ready.
    PerSubtask,
}

/// Which messages there are beside calls, bids and awards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Protocol {
    /// Winners answer their awards, coordinators tell the team and report, results are confirmed,
    /// and outcomes are learned from.
    Confirmed,
    /// The textbook's contract net: an award binds at once, the orchestrator tells the winners, and
    /// nobody reports, confirms or learns. A slot is free again once the work is handed in.
    Bare,
}

/// The rules of a run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Policies {
    /// What a bid's terms weigh; they add up to 1.
    pub weights: Weights,
    /// Which messages there are beside calls, bids and awards.
    pub protocol: Protocol,
    /// How work is given out.
    pub allocation: Allocation,
    /// Whether answers are revised when what they used changes.
    pub revisions: bool,
    /// The share of a work's duration that its revision takes.
    pub revision_share: Ppm,
    /// Coverage below which an agent refuses.
    pub min_capability: Ppm,
    /// What happens when things go wrong.
    pub recovery: RecoveryPolicy,
    /// How long is waited for what.
    pub deadlines: Deadlines,
    /// How far one outcome moves a performance score.
    pub learning_step: Ppm,
}

impl Default for Policies {
    fn default() -> Self {
        Policies {
            weights: Weights::default(),
            protocol: Protocol::Confirmed,
            allocation: Allocation::PerRole,
            revisions: true,
            revision_share: Ppm(250_000),
            min_capability: Ppm(250_000),
            recovery: RecoveryPolicy::default(),
            deadlines: Deadlines::default(),
            learning_step: Ppm(100_000),
        }
    }
}

/// What happens when nobody bids or a holder fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct RecoveryPolicy {
    /// What is tried when an auction brings no taker.
    pub on_no_bid: OnNoBid,
    /// Auctions beyond the first that a role or subtask may have.
    pub attempts_max: u32,
}

impl Default for RecoveryPolicy {
    fn default() -> Self {
        RecoveryPolicy { on_no_bid: OnNoBid::Relax, attempts_max: 2 }
    }
}

/// How long is waited for what [µs].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Deadlines {
    /// From a call to the end of bidding.
    pub bid_us: u64,
    /// From an award to its answer.
    pub award_us: u64,
    /// A result is due this many times the work's usual duration after it could start.
    pub result_factor: u32,
    /// And this much on top.
    pub result_slack_us: u64,
    /// Between two reports of a coordinator; silence for three of these means it failed.
    pub heartbeat_us: u64,
    /// The merging of results.
    pub merge_us: u64,
    /// How long revisions are waited for.
    pub revisions_us: u64,
    /// From an answer to its outcome.
    pub outcome_us: u64,
    /// From a task's arrival to its end at the latest.
    pub task_us: u64,
}

impl Default for Deadlines {
    fn default() -> Self {
        Deadlines {
            bid_us: 150_000,
            award_us: 150_000,
            result_factor: 4,
            result_slack_us: 500_000,
            heartbeat_us: 5_000_000,
            merge_us: 120_000,
            revisions_us: 3_000_000,
            outcome_us: 200_000,
            task_us: 120_000_000,
        }
    }
}

/// The world around the team.
#[derive(Clone, Debug, PartialEq)]
pub struct Environment {
    /// Market data; rows in it override the domain's table.
    pub market: Value,
    /// Parameters of the outcome model.
    pub outcome: Value,
    /// Jobs for tasks that bring none.
    pub job_marketplace: Vec<Value>,
    /// What goes wrong, in order of time.
    pub faults: Vec<PlannedFault>,
}

/// A fault that a scenario plans.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedFault {
    /// When it strikes.
    pub at: Micros,
    /// Whom: an agent's id.
    pub agent: String,
    /// What happens.
    pub fault: AgentFault,
}

/// The values a scenario's tasks may refer to by name.
pub type Inputs = BTreeMap<String, Value>;
