//! The plan as a graph: who does what after what, what is on the critical path, what was read unasked.

pub mod critical;
pub mod map;

use std::collections::{BTreeMap, BTreeSet};

pub use self::critical::CriticalPath;
use super::focus::Name;
use super::lens::Lens;
use super::mark::Mark;
use crate::kernel::time::Micros;
use crate::model::id::{Actor, EventId, SubtaskIx, TurnIx};
use crate::sim::event::Purpose;
use crate::sim::world::task::{SubtaskStage, SubtaskState, TaskState};
use crate::text::{names, units};

/// Where a subtask stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NodeState {
    /// Nobody is bound to it.
    Planned,
    /// Bound, and waiting for what it depends on.
    Waiting,
    /// Could start.
    Ready,
    /// Being worked on.
    Running,
    /// Its result was accepted.
    Done,
    /// Given up.
    Failed,
}

impl NodeState {
    /// Returns the name that scripts look for, which is also the word people read.
    pub fn name(self) -> &'static str {
        match self {
            NodeState::Planned => "planned",
            NodeState::Waiting => "waiting",
            NodeState::Ready => "ready",
            NodeState::Running => "running",
            NodeState::Done => "done",
            NodeState::Failed => "failed",
        }
    }
}

/// One subtask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanNode {
    /// The subtask.
    pub subtask_id: String,
    /// Its name in words.
    pub title: String,
    /// What is to be done.
    pub description: String,
    /// Its role, as people read it.
    pub role_title: String,
    /// Its role's mark.
    pub mark: Mark,
    /// Who is bound to it; empty while nobody is.
    pub agent_id: String,
    /// Where it stands.
    pub state: NodeState,
    /// The same with its time, such as `running 0.40 s`.
    pub state_text: String,
    /// How far the work on it is before this turn and after it, in percent of the time it takes.
    pub fill: (u32, u32),
    /// Whether it lies on the critical path.
    pub critical: bool,
    /// Its level, from 1: one more than the highest of those it depends on.
    pub level: usize,
    /// How much later it could end without delaying the whole, such as `0.20 s of slack`.
    pub slack: String,
    /// The event that last concerned it.
    pub event: u64,
    /// Whether the narration names it.
    pub named: bool,
    /// Whether this turn changed it.
    pub fresh: bool,
}

impl PlanNode {
    /// Says all of it in one line, for those who listen.
    pub fn spoken(&self) -> String {
        let agent = if self.agent_id.is_empty() { "nobody yet" } else { &self.agent_id };
        format!(
            "{}: {}, {agent}, level {}, {}",
            self.title, self.state_text, self.level, self.slack
        )
    }
}

/// Why one subtask comes before another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EdgeKind {
    /// The plan says so.
    Dependency,
    /// It read what the other wrote though no dependency orders the two: a race.
    Hidden,
}

impl EdgeKind {
    /// Returns the name that scripts and style sheets look for.
    pub fn name(self) -> &'static str {
        match self {
            EdgeKind::Dependency => "dependency",
            EdgeKind::Hidden => "hidden",
        }
    }
}

/// One edge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanEdge {
    /// Place of the subtask before, among the nodes.
    pub from: usize,
    /// Place of the subtask after.
    pub to: usize,
    /// Why.
    pub kind: EdgeKind,
    /// What passes along it: the knowledge keys read, for a hidden edge.
    pub label: String,
    /// Whether it lies on the critical path.
    pub critical: bool,
    /// The event that made it: the later subtask was planned behind the earlier, or read what it wrote.
    pub event: Option<u64>,
}

/// The selected task's plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// How many run at once, how long the critical path is.
    pub summary: String,
    /// In the plan's order.
    pub nodes: Vec<PlanNode>,
    /// Dependencies first, then hidden ones.
    pub edges: Vec<PlanEdge>,
}

/// Shows the plan of the selected task.
pub fn plan(lens: &Lens<'_>) -> Plan {
    let Some(task) = lens.task_state() else {
        return Plan { summary: String::new(), nodes: Vec::new(), edges: Vec::new() };
    };
    let path = CriticalPath::of(lens, task);
    let nodes: Vec<PlanNode> =
        task.subtasks().filter_map(|subtask| node(lens, task, &path, subtask)).collect();
    let running = nodes.iter().filter(|node| node.state == NodeState::Running).count();
    let count = units::count(nodes.len(), "subtask", "subtasks");
    let now = if running > 0 { format!(", {running} running") } else { String::new() };
    let levels = units::count(path.levels(), "level", "levels");
    let summary = format!("{count} on {levels}{now}, critical path {}", units::time(path.length));
    Plan { summary, nodes, edges: edges(lens, task, &path) }
}

fn node(
    lens: &Lens<'_>,
    task: &TaskState,
    path: &CriticalPath,
    subtask: SubtaskIx,
) -> Option<PlanNode> {
    let state = lens.world().subtasks.get(subtask.at())?;
    let planned = task.planned.plan.get(state.position)?;
    let last = lens.history.subtask(subtask).and_then(|trace| trace.last);
    Some(PlanNode {
        subtask_id: lens.world().subtask_text(subtask),
        title: units::title(&planned.name),
        description: planned.description.clone(),
        role_title: lens.role_title(state.role),
        mark: lens.mark_of_role(state.role),
        agent_id: state.holder.map(|agent| lens.agent_id(agent)).unwrap_or_default(),
        state: node_state(lens, task, subtask, state),
        state_text: state_text(lens, task, subtask, state),
        fill: fill(lens, subtask, state),
        critical: path.holds(state.position),
        level: path.level(state.position) + 1,
        slack: match path.slack(state.position) {
            Micros::ZERO if path.holds(state.position) => "on the critical path".to_owned(),
            Micros::ZERO => "no slack".to_owned(),
            slack => format!("{} of slack", units::time(slack)),
        },
        event: u64::from(last.unwrap_or(task.created).0),
        named: lens.named(Name::Subtask(subtask)),
        fresh: lens.fresh(Name::Subtask(subtask)),
    })
}

/// Returns how far the work is before this turn and after it [percent]; its holder knows when it ends.
fn fill(lens: &Lens<'_>, subtask: SubtaskIx, state: &SubtaskState) -> (u32, u32) {
    let Some(start) = state.started_at else { return (0, 0) };
    let ends = || {
        let holder = Actor::Agent(state.holder?);
        let timer = lens.world().timer_for(holder, Purpose::WorkEnds(subtask))?;
        Some(lens.world().timers.get(timer)?.at)
    };
    let end = match state.stage {
        SubtaskStage::Running => ends(),
        SubtaskStage::Finished => state.finished_at,
        _ => return (100, 100),
    };
    let Some(end) = end else { return (0, 0) };
    let whole = end.since(start).0.max(1);
    let share = |at: Micros| {
        let passed = at.since(start).0.min(whole);
        u32::try_from(u128::from(passed) * 100 / u128::from(whole)).unwrap_or(100)
    };
    let before = TurnIx(lens.session.turn().0.saturating_sub(1));
    let before = lens.session.log().turn(before).map_or(start, |turn| turn.time);
    (share(before), share(lens.world().now))
}

/// Returns the subtasks on which one depends that are not done.
fn awaited(lens: &Lens<'_>, task: &TaskState, subtask: SubtaskIx) -> Vec<SubtaskIx> {
    let done = |before: &SubtaskIx| {
        lens.world()
            .subtasks
            .get(before.at())
            .is_some_and(|state| state.stage == SubtaskStage::Done)
    };
    task.dependencies(subtask).filter(|before| !done(before)).collect()
}

/// Returns where a subtask stands.
pub fn node_state(
    lens: &Lens<'_>,
    task: &TaskState,
    subtask: SubtaskIx,
    state: &SubtaskState,
) -> NodeState {
    match state.stage {
        SubtaskStage::Planned => NodeState::Planned,
        SubtaskStage::Assigned if awaited(lens, task, subtask).is_empty() => NodeState::Ready,
        SubtaskStage::Assigned => NodeState::Waiting,
        SubtaskStage::Running | SubtaskStage::Finished => NodeState::Running,
        SubtaskStage::Done => NodeState::Done,
        SubtaskStage::Failed(_) | SubtaskStage::Missing(_) => NodeState::Failed,
    }
}

fn state_text(
    lens: &Lens<'_>,
    task: &TaskState,
    subtask: SubtaskIx,
    state: &SubtaskState,
) -> String {
    let now = lens.world().now;
    let took =
        state.started_at.map(|start| units::time(state.finished_at.unwrap_or(now).since(start)));
    let took = took.unwrap_or_default();
    match state.stage {
        SubtaskStage::Planned => "nobody yet".to_owned(),
        SubtaskStage::Assigned => {
            let awaited = awaited(lens, task, subtask);
            let names: Vec<String> =
                awaited.iter().map(|before| names::subtask_plain(lens.session, *before)).collect();
            if names.is_empty() {
                "can start".to_owned()
            } else {
                format!("waits for {}", names::list(&names))
            }
        }
        SubtaskStage::Running => format!("running {took}"),
        SubtaskStage::Finished => format!("handed in after {took}"),
        SubtaskStage::Done => format!("done in {took}"),
        SubtaskStage::Failed(reason) | SubtaskStage::Missing(reason) => {
            names::failure(reason).to_owned()
        }
    }
}

fn edges(lens: &Lens<'_>, task: &TaskState, path: &CriticalPath) -> Vec<PlanEdge> {
    let mut edges = Vec::new();
    for (to, before) in task.planned.order.depends_on.iter().enumerate() {
        for &from in before {
            let critical = path.joins(from, to);
            let later = SubtaskIx::from(task.first_subtask.at() + to);
            let planned = lens.history.subtask(later).and_then(|trace| trace.planned);
            edges.push(PlanEdge {
                event: planned.map(|event| u64::from(event.0)),
                from,
                to,
                kind: EdgeKind::Dependency,
                label: String::new(),
                critical,
            });
        }
    }
    for ((from, to), Race { keys, event }) in hidden(lens, task) {
        let label = format!("read {}", names::list(&keys.into_iter().collect::<Vec<_>>()));
        let event = event.map(|event| u64::from(event.0));
        edges.push(PlanEdge { from, to, kind: EdgeKind::Hidden, label, critical: false, event });
    }
    edges
}

/// What one subtask read of another though no dependency orders the two.
#[derive(Default)]
struct Race {
    keys: BTreeSet<String>,
    /// The last of the readings.
    event: Option<EventId>,
}

/// Finds the reads between subtasks that no dependency orders: where the reader does not come after
/// the writer by the plan, what it read depended on who was faster.
fn hidden(lens: &Lens<'_>, task: &TaskState) -> BTreeMap<(usize, usize), Race> {
    let mut found: BTreeMap<(usize, usize), Race> = BTreeMap::new();
    let place = |subtask: SubtaskIx| {
        let place = subtask.at().checked_sub(task.first_subtask.at())?;
        (place < task.planned.plan.len()).then_some(place)
    };
    let mut ancestors: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    let entries = &lens.world().environment.knowledge_base.entries;
    for (entry, readings) in entries.iter().zip(lens.history.readings.iter()) {
        let Some(from) = place(entry.subtask) else { continue };
        for reading in readings {
            let Some(to) = place(reading.subtask) else { continue };
            let before = ancestors.entry(to).or_insert_with(|| task.planned.order.ancestors(to));
            if from != to && !before.contains(&from) {
                let race = found.entry((from, to)).or_default();
                race.keys.insert(entry.finding.key.clone());
                race.event = race.event.max(Some(reading.event));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::lens::tests::at_every_turn;
    use super::*;

    #[test]
    fn a_plan_shows_every_subtask_and_runs_to_its_end() {
        let mut last = None;
        at_every_turn("generic-team", |lens| {
            let shown = plan(lens);
            if let Some(task) = lens.task_state() {
                assert_eq!(shown.nodes.len(), task.planned.plan.len());
                assert!(shown.nodes.iter().any(|node| node.critical));
                for node in &shown.nodes {
                    let (before, after) = node.fill;
                    assert!(before <= after && after <= 100, "{node:?}");
                    let full = node.state == NodeState::Done;
                    assert!(!full || after == 100, "{node:?}");
                }
                assert!(
                    shown.edges.iter().any(|edge| edge.critical),
                    "the newsroom's path has several steps"
                );
            }
            last = Some(shown);
        });
        let last = last.expect("a run has turns");
        assert!(last.nodes.iter().all(|node| node.state == NodeState::Done), "{last:?}");
        assert!(last.edges.iter().filter(|edge| edge.kind == EdgeKind::Dependency).count() == 5);
    }
}
