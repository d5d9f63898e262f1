//! The plan as a graph: who does what after what, what is on the critical path, what was read unasked.

use super::mark::Mark;

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
    /// The same with its time, such as `running for 0.40 s`.
    pub state_text: String,
    /// Whether it lies on the critical path.
    pub critical: bool,
    /// The event that last concerned it.
    pub event: u64,
    /// Whether the narration names it.
    pub named: bool,
    /// Whether this turn changed it.
    pub fresh: bool,
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
