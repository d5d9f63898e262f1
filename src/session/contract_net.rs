//! A contract net of any size: one fixed piece of work by which the engine's speed can be compared.
//!
//! Agents of eight roles bid for tasks of three roles each. It is a scenario like any other, with the
//! bare protocol, no latency and work that takes ten ticks of a millisecond; what it gives is known
//! beforehand, and any other program that does the same work gives the same sums.

mod trade;

use std::sync::Arc;

use serde_json::{Value, json};

use self::trade::Trade;
use super::Session;
use crate::kernel::digest::Digest;
use crate::model::fault::Fault;
use crate::model::id::TaskIx;
use crate::model::message::MessageType;
use crate::sim::run::{Run, Setup};
use crate::sim::scenario::check::scenario_of;

/// Roles there are; agent i has role i mod 8.
const ROLES: usize = 8;
/// Roles a task needs, from role j mod 8 on.
const ROLES_OF_A_TASK: usize = 3;
/// A tick [µs].
const TICK: u64 = 1_000;
/// Ticks between two tasks.
const TICKS_BETWEEN: u64 = 2;
/// How long a subtask takes [µs]: ten ticks less one microsecond, so that in each tick what is due
/// is over before a task is announced.
const WORK: u64 = 10 * TICK - 1;

/// The most agents, and the most tasks, a contract net may have.
pub const COUNT_MAX: u32 = 1_000_000;

/// Messages after which a run stops unless told otherwise, so that no machine runs out of memory.
pub const MESSAGES_MAX: u64 = 20_000_000;

/// Turns between two looks at how many messages there are.
const TURNS_AT_ONCE: u32 = 64;

/// Makes a contract net of so many agents and tasks.
///
/// # Errors
/// A size of nothing or beyond what is allowed, or a role that nobody would hold.
pub fn setup(agents: u32, tasks: u32) -> Result<Setup, Vec<Fault>> {
    let mut faults = Vec::new();
    if !(ROLES as u32..=COUNT_MAX).contains(&agents) {
        let detail = format!("must be {ROLES} to {COUNT_MAX}, so that every role is held");
        faults.push(Fault::new("/agents", detail));
    }
    if !(1..=COUNT_MAX).contains(&tasks) {
        faults.push(Fault::new("/tasks", format!("must be 1 to {COUNT_MAX}")));
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let draft = serde_json::from_value(document(agents, tasks))
        .map_err(|error| vec![Fault::new("", error.to_string())])?;
    let domain = Trade::new((0..ROLES).map(role_name));
    let scenario = scenario_of(draft, &domain)?;
    Ok(Setup { seed: scenario.seed, scenario: Arc::new(scenario), domain: Arc::new(domain) })
}

/// What the name of a contract net begins with; the numbers of agents and tasks follow.
const NAME: &str = "contract-net-";

/// The most agents, and the most tasks, that a name may ask for: links carry names.
const NAMED_MAX: [u32; 2] = [8_000, 30_000];

/// Makes the contract net of a name such as `contract-net-200-25000`; none where it is not one's name.
pub fn named(name: &str) -> Option<Result<Setup, Vec<Fault>>> {
    let (agents, tasks) = size_of_name(name)?;
    Some(setup(agents, tasks))
}

/// Makes a contract net of 200 agents that goes on for about so many events and more: what seeking is
/// measured on.
///
/// # Errors
/// More events than a run may have.
pub fn long(events: usize) -> Result<Setup, Vec<Fault>> {
    // Each task makes more than a hundred events with these agents.
    let tasks = u32::try_from(events / 40).unwrap_or(COUNT_MAX);
    setup(200, tasks.clamp(1, NAMED_MAX[1]))
}

/// Runs a long contract net to so many events.
///
/// # Errors
/// More events than a run may have.
pub fn long_session(events: usize) -> Result<Session, Vec<Fault>> {
    let mut session = Session::new(long(events)?);
    while session.log().len() < events && session.extend(1_000) > 0 {}
    Ok(session)
}

/// Says whether a setup is a contract net that its name alone makes again.
pub fn is_named(setup: &Setup) -> bool {
    // Nothing else is of this domain.
    setup.domain.name() == trade::NAME && size_of_name(&setup.scenario.name).is_some()
}

fn name_of(agents: u32, tasks: u32) -> String {
    format!("{NAME}{agents}-{tasks}")
}

fn size_of_name(name: &str) -> Option<(u32, u32)> {
    let (agents, tasks) = name.strip_prefix(NAME)?.split_once('-')?;
    let (agents, tasks) = (agents.parse().ok()?, tasks.parse().ok()?);
    let fits = agents <= NAMED_MAX[0] && tasks <= NAMED_MAX[1];
    (fits && name == name_of(agents, tasks)).then_some((agents, tasks))
}

fn role_name(n: usize) -> String {
    format!("role_{}", n % ROLES)
}

/// Returns the scenario as a document.
fn document(agents: u32, tasks: u32) -> Value {
    let digits = (agents - 1).max(1).to_string().len();
    let team: Vec<Value> = (0..u64::from(agents))
        .map(|n| {
            json!({
                // Padded with zeros, so that ids sort as numbers do.
                "id": format!("agent_{n:0digits$}"),
                "role": role_name(n as usize),
                "proficiency": (n * 7919 % 1000) as f64 / 1000.0,
                "performance_score": (n * 104_729 % 1000) as f64 / 10.0,
                "capacity": 4,
                // At this tempo the fit is the urgency itself, the same for every bidder.
                "tempo": 1.0,
            })
        })
        .collect();
    let priorities = ["CRITICAL", "HIGH", "MEDIUM", "LOW"];
    let arrivals: Vec<Value> = (0..u64::from(tasks))
        .map(|n| {
            let roles = (0..ROLES_OF_A_TASK).map(|k| role_name(n as usize + k));
            json!({
                "task_type": "contract",
                "priority": priorities[n as usize % priorities.len()],
                "at_us": n * TICKS_BETWEEN * TICK,
                "subtasks": roles
                    .map(|role| json!({"name": role, "role": role, "duration_us": WORK}))
                    .collect::<Vec<_>>(),
            })
        })
        .collect();
    json!({
        "name": name_of(agents, tasks),
        "title": format!("Contract net of {agents} agents and {tasks} tasks"),
        "seed": 0,
        "as_of": "2026-01-01",
        "domain": "generic",
        "roles": (0..ROLES)
            .map(|n| json!({"name": role_name(n), "capabilities": ["skill"], "duration_us": WORK}))
            .collect::<Vec<_>>(),
        "agents": team,
        "links": {"latency": {"min_us": 0, "max_us": 0}},
        "policies": {
            "protocol": "bare",
            "revisions": false,
            "min_capability": 0,
            "deadlines": {"merge_us": 0, "bid_us": TICK, "task_us": 100 * TICK},
        },
        "tasks": arrivals,
    })
}

/// What came of a contract net.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// Messages sent.
    pub messages: u64,
    /// Messages sent, by type in the contract's order.
    pub by_type: [u64; MessageType::ALL.len()],
    /// Events.
    pub events: u64,
    /// What an event takes in the log on average, in thousandths of a byte: its record, its cause, what
    /// it read, its part of the turns and of the indexes.
    pub millibytes_per_event: u64,
    /// The sum over tasks of (sum of the winners' numbers)·(task's number from 1), modulo 2^32.
    pub checksum: u32,
    /// The same with the coordinator's number.
    pub coordinator_sum: u32,
    /// The digest after the last turn.
    pub digest: Digest,
}

impl Tally {
    /// Returns the messages sent, by the names of their types; those of which there were none are left out.
    pub fn by_name(&self) -> Value {
        let sent = MessageType::ALL.iter().zip(self.by_type).filter(|(_, count)| *count > 0);
        sent.map(|(kind, count)| (kind.name().to_owned(), json!(count))).collect()
    }

    /// Returns what an event takes in the log on average [bytes].
    pub fn bytes_per_event(&self) -> f64 {
        self.millibytes_per_event as f64 / 1000.0
    }
}

/// Lets a run come to rest; stops with the reason when it has sent more messages than allowed.
///
/// # Errors
/// That the limit was reached.
pub fn finish(run: &mut Run, messages_max: u64) -> Result<(), String> {
    while go_on(run, u32::MAX, messages_max)? {}
    Ok(())
}

/// Lets a run go on by so many turns; says whether there are more.
///
/// # Errors
/// That the limit was reached.
pub fn go_on(run: &mut Run, turns: u32, messages_max: u64) -> Result<bool, String> {
    let mut left = turns;
    while left > 0 {
        let some = left.min(TURNS_AT_ONCE);
        if run.advance_by(some) < some {
            return Ok(false);
        }
        left -= some;
        if run.log().message_count() as u64 > messages_max {
            return Err(format!(
                "stopped at the limit of {messages_max} messages, {} of {} tasks done; raise the limit to go on",
                run.world().environment.global_state.ended_tasks,
                run.setup().scenario.tasks.len()
            ));
        }
    }
    Ok(true)
}

/// Adds up what came of a run that is at rest.
pub fn tally(run: &Run) -> Tally {
    let (world, log) = (run.world(), run.log());
    let (mut checksum, mut coordinator_sum) = (0_u32, 0_u32);
    for (at, task) in world.tasks.iter().enumerate() {
        let place = TaskIx::from(at).0.wrapping_add(1);
        let winners = task.auctions.iter().filter_map(|&at| world.environment.auction(at));
        let sum = winners
            .filter_map(|auction| auction.winner())
            .fold(0_u32, |sum, winner| sum.wrapping_add(winner.0));
        checksum = checksum.wrapping_add(sum.wrapping_mul(place));
        let lead = task.coordinator().map_or(0, |lead| lead.0);
        coordinator_sum = coordinator_sum.wrapping_add(lead.wrapping_mul(place));
    }
    Tally {
        messages: world.environment.metrics.sent.iter().sum(),
        by_type: world.environment.metrics.sent,
        events: log.len() as u64,
        millibytes_per_event: log.bytes() as u64 * 1000 / (log.len() as u64).max(1),
        checksum,
        coordinator_sum,
        digest: log.digest(),
    }
}
