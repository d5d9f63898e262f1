//! Two branches side by side: the first turn that differs, and what differs since.

use std::collections::BTreeMap;

use super::branch::{Branch, BranchId};
use super::{Session, metrics};
use crate::kernel::fixed::{Hundredths, Ppm};
use crate::kernel::time::Micros;
use crate::model::id::{EventId, TurnIx};
use crate::model::message::MessageType;
use crate::sim::event::EventKind;
use crate::sim::world::World;
use crate::sim::world::task::SubtaskStage;

/// The same thing in two branches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pair<T> {
    /// In the first.
    pub a: T,
    /// In the second.
    pub b: T,
}

/// Names an auction alike in both branches: what it is for, and the how-manieth for it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Lot {
    /// The task's name.
    pub task: String,
    /// The role.
    pub role: String,
    /// The subtask's name; empty for an auction for all of a role's.
    pub subtask: String,
    /// From 1.
    pub attempt: usize,
}

/// Who took an award, with what score.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Winner {
    /// The agent's id.
    pub agent_id: String,
    /// The score.
    pub score: Hundredths,
}

/// What came of a subtask or, without a subtask's name, of a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Who holds it, or coordinates it; empty for nobody.
    pub agent_id: String,
    /// Where it stands.
    pub state: &'static str,
    /// How sure its author is, once there is a result.
    pub confidence: Option<Ppm>,
    /// When it ended.
    pub at: Option<Micros>,
    /// The content hash of the work or answer.
    pub content: Option<u64>,
}

/// What a branch has cost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cost {
    /// In thousandths of a unit.
    pub milli_units: u64,
    /// Tokens.
    pub tokens: u64,
    /// Virtual time spent working, over all agents.
    pub busy: Micros,
}

/// Two branches at their last turns that are known.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// The branches.
    pub branches: Pair<BranchId>,
    /// Their last turns.
    pub turns: Pair<TurnIx>,
    /// Their virtual times.
    pub now: Pair<Micros>,
    /// The first turn that both have and that differs; none where neither has gone where the other has not.
    pub first_difference: Option<TurnIx>,
    /// Auctions with different winners.
    pub awards: Vec<(Lot, Pair<Option<Winner>>)>,
    /// Messages sent since they parted, by type; types with none in both are left out.
    pub messages: Vec<(MessageType, Pair<usize>)>,
    /// Tasks and subtasks, by the names of both, that stand differently.
    pub results: Vec<([String; 2], Pair<Option<Standing>>)>,
    /// What each cost.
    pub cost: Pair<Cost>,
    /// The system's metrics, by the contract's names; all of them, whether they differ or not.
    pub metrics: Vec<(&'static str, Pair<Option<f64>>)>,
}

/// Compares two branches; none where one is not there.
pub fn compare(session: &Session, a: BranchId, b: BranchId) -> Option<Comparison> {
    let both = Pair { a: session.branch(a)?, b: session.branch(b)? };
    let heads = both.map(Branch::head);
    let first_difference = first_difference(both.a, both.b);
    let common = match first_difference {
        Some(turn) => TurnIx(turn.0.saturating_sub(1)),
        None => both.a.turns().min(both.b.turns()),
    };
    Some(Comparison {
        branches: Pair { a, b },
        turns: both.map(Branch::turns),
        now: heads.map(|world| world.now),
        first_difference,
        awards: differing(heads.map(awards)),
        messages: messages(both.map(|branch| sent_since(branch, common))),
        results: differing(both.map(standings)),
        cost: heads.map(cost),
        metrics: figures(session, both)?,
    })
}

impl<T: Copy> Pair<T> {
    fn map<U>(self, each: impl Fn(T) -> U) -> Pair<U> {
        Pair { a: each(self.a), b: each(self.b) }
    }
}

/// Returns the first turn that two branches both have and that differs, by halving: digests are
/// chained, so that they differ from there on.
pub fn first_difference(a: &Branch, b: &Branch) -> Option<TurnIx> {
    let differs = |turn: u32| a.digest_at(TurnIx(turn)) != b.digest_at(TurnIx(turn));
    let last = a.turns().min(b.turns()).0;
    if !differs(last) {
        return None;
    }
    let (mut low, mut high) = (0, last);
    while low < high {
        let middle = low + (high - low) / 2;
        (low, high) = if differs(middle) { (low, middle) } else { (middle + 1, high) };
    }
    Some(TurnIx(low))
}

/// Returns what is not the same on both sides, by key.
fn differing<K: Ord + Clone, V: PartialEq>(
    sides: Pair<BTreeMap<K, V>>,
) -> Vec<(K, Pair<Option<V>>)> {
    let Pair { mut a, mut b } = sides;
    let keys: std::collections::BTreeSet<K> = a.keys().chain(b.keys()).cloned().collect();
    let pairs = keys.into_iter().map(|key| {
        let pair = Pair { a: a.remove(&key), b: b.remove(&key) };
        (key, pair)
    });
    pairs.filter(|(_, pair)| pair.a != pair.b).collect()
}

fn awards(world: &World) -> BTreeMap<Lot, Winner> {
    let mut awards = BTreeMap::new();
    for auction in world.environment.agent_proposals.iter() {
        let planned = auction.subtask.and_then(|subtask| world.planned(subtask));
        let mut lot = Lot {
            task: task_name(world, auction.task.at()),
            role: world.role_name(auction.role).to_owned(),
            subtask: planned.map_or_else(String::new, |planned| planned.name.clone()),
            attempt: 1,
        };
        let Some(winner) = auction.winner() else { continue };
        while awards.contains_key(&lot) {
            lot.attempt += 1;
        }
        let bid = auction.bids.iter().find(|bid| bid.agent == winner);
        let score = bid.map_or(Hundredths(0), |bid| bid.score);
        awards.insert(lot, Winner { agent_id: world.agent_id(winner).to_owned(), score });
    }
    awards
}

fn task_name(world: &World, task: usize) -> String {
    world.tasks.get(task).map_or_else(String::new, |task| task.planned.request.name.clone())
}

/// Counts the messages sent behind a turn, by type.
fn sent_since(branch: &Branch, turn: TurnIx) -> BTreeMap<MessageType, usize> {
    let mut sent = BTreeMap::new();
    let log = branch.log();
    for id in (log.end_of(turn).at()..log.len()).map(EventId::from) {
        if let Some(EventKind::MessageSent { kind, .. }) = log.kind(id) {
            *sent.entry(kind).or_default() += 1;
        }
    }
    sent
}

fn messages(sent: Pair<BTreeMap<MessageType, usize>>) -> Vec<(MessageType, Pair<usize>)> {
    let of = |side: &BTreeMap<MessageType, usize>, kind| side.get(&kind).copied().unwrap_or(0);
    let pairs =
        MessageType::ALL.map(|kind| (kind, Pair { a: of(&sent.a, kind), b: of(&sent.b, kind) }));
    pairs.into_iter().filter(|(_, pair)| pair.a + pair.b > 0).collect()
}

/// Returns where every task and subtask stands, by the names of both.
fn standings(branch: &Branch) -> BTreeMap<[String; 2], Standing> {
    let (world, store) = (branch.head(), branch.store());
    let agent =
        |agent: Option<_>| agent.map_or_else(String::new, |agent| world.agent_id(agent).to_owned());
    let mut standings = BTreeMap::new();
    for task in world.tasks.iter() {
        let name = &task.planned.request.name;
        let standing = Standing {
            agent_id: agent(task.coordinator()),
            state: task.ended.map_or("open", |ended| ended.status.name()),
            confidence: task.ended.map(|ended| ended.confidence),
            at: task.ended.map(|ended| ended.at),
            content: task.answer.map(|answer| store.hash(answer)),
        };
        standings.insert([name.clone(), String::new()], standing);
        for state in task.subtasks().filter_map(|subtask| world.subtasks.get(subtask.at())) {
            let Some(planned) = task.planned.plan.get(state.position) else { continue };
            let work = state.work.and_then(|work| store.work(work));
            let standing = Standing {
                agent_id: agent(state.holder),
                state: stage_name(state.stage),
                confidence: work.map(|work| Ppm::from_f64(work.confidence).clamped()),
                at: state.finished_at,
                content: state.work.map(|work| store.hash(work)),
            };
            standings.insert([name.clone(), planned.name.clone()], standing);
        }
    }
    standings
}

/// Returns the name of a subtask's stage.
pub fn stage_name(stage: SubtaskStage) -> &'static str {
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

fn cost(world: &World) -> Cost {
    let mut cost = Cost::default();
    for agent in &world.agents {
        cost.milli_units += agent.milli_units;
        cost.tokens += agent.tokens;
        cost.busy = cost.busy.after(agent.busy);
    }
    cost
}

/// Metrics by the contract's names.
type Figures = Vec<(&'static str, Pair<Option<f64>>)>;

fn figures(session: &Session, both: Pair<&Branch>) -> Option<Figures> {
    let at_head = |branch: &Branch| {
        session.beside(branch.id(), branch.turns()).map(|beside| metrics::of(&beside).system)
    };
    let (a, b) = (at_head(both.a)?, at_head(both.b)?);
    let pair = |of: fn(&metrics::SystemMetrics) -> Option<f64>| Pair { a: of(&a), b: of(&b) };
    Some(vec![
        ("total_tasks_completed", pair(|system| Some(system.tasks_completed as f64))),
        ("success_rate", pair(|system| system.success_rate)),
        ("makespan_us", pair(|system| system.makespan_us.map(|mean| mean.value))),
        (
            "collective_confidence",
            pair(|system| system.collective_confidence.map(|mean| mean.value)),
        ),
        ("outcome_quality", pair(|system| system.outcome_quality.map(|mean| mean.value))),
        ("avg_agent_performance", pair(|system| system.avg_agent_performance)),
        ("active_agents", pair(|system| Some(system.active_agents as f64))),
        ("total_messages", pair(|system| Some(system.messages as f64))),
    ])
}
