//! Tasks and subtasks as the board shows them to everyone.

use std::sync::Arc;

use serde::Serialize;

use crate::kernel::fixed::Ppm;
use crate::kernel::time::Micros;
use crate::mechanism::domain::PlannedSubtask;
use crate::mechanism::planning::Order;
use crate::model::id::{AgentIx, ArtifactIx, AuctionIx, EventId, RoleIx, SubtaskIx, TaskIx};
use crate::model::message::FailureReason;
use crate::model::task::{TaskPriority, TaskRequest, TaskStatus};

/// A task with its plan.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlannedTask {
    /// What it asks.
    pub request: TaskRequest,
    /// Its subtasks.
    pub plan: Vec<PlannedSubtask>,
    /// Their order, by position.
    #[serde(skip)]
    pub order: Order,
}

/// A task's state.
#[derive(Clone, Debug)]
pub struct TaskState {
    /// What it asks, and its plan.
    pub planned: Arc<PlannedTask>,
    /// The event that created it.
    pub created: EventId,
    /// When that was.
    pub created_at: Micros,
    /// Its urgency now.
    pub priority: TaskPriority,
    /// Its first subtask; the others follow in plan order.
    pub first_subtask: SubtaskIx,
    /// Its auctions so far.
    pub auctions: Vec<AuctionIx>,
    /// Who leads it, and who did before.
    pub coordinators: Vec<AgentIx>,
    /// When the orchestrator last heard of the coordinator.
    pub heard_at: Micros,
    /// How it ended.
    pub ended: Option<Ended>,
    /// The collective answer, once made.
    pub answer: Option<ArtifactIx>,
    /// How it turned out.
    pub outcome: Option<ArtifactIx>,
}

/// How a task ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ended {
    /// Success, partial or failed.
    pub status: TaskStatus,
    /// How sure the team is.
    pub confidence: Ppm,
    /// When.
    pub at: Micros,
}

impl TaskState {
    /// Returns the task's subtasks.
    pub fn subtasks(&self) -> impl Iterator<Item = SubtaskIx> + use<> {
        let first = self.first_subtask.at();
        (first..first + self.planned.plan.len()).map(SubtaskIx::from)
    }

    /// Returns the subtasks on which one depends.
    pub fn dependencies(&self, subtask: SubtaskIx) -> impl Iterator<Item = SubtaskIx> + '_ {
        let first = self.first_subtask.at();
        let before = self.planned.order.depends_on.get(subtask.at().wrapping_sub(first));
        before.into_iter().flatten().map(move |&position| SubtaskIx::from(first + position))
    }

    /// Returns the subtasks that depend on one.
    pub fn dependents(&self, subtask: SubtaskIx) -> impl Iterator<Item = SubtaskIx> + '_ {
        let first = self.first_subtask.at();
        let after = self.planned.order.dependents.get(subtask.at().wrapping_sub(first));
        after.into_iter().flatten().map(move |&position| SubtaskIx::from(first + position))
    }

    /// Returns the coordinator.
    pub fn coordinator(&self) -> Option<AgentIx> {
        self.coordinators.last().copied()
    }
}

/// A subtask's state.
#[derive(Clone, Debug)]
pub struct SubtaskState {
    /// Its task.
    pub task: TaskIx,
    /// Its place in the plan.
    pub position: usize,
    /// Its role.
    pub role: RoleIx,
    /// Who holds it.
    ///
    // Invariant: one at a time; a new holder replaces the old one.
    pub holder: Option<AgentIx>,
    /// Who held it and failed.
    pub failed_holders: Vec<AgentIx>,
    /// Auctions it was part of.
    pub auctions: u32,
    /// Where it stands.
    pub stage: SubtaskStage,
    /// When its holder started.
    pub started_at: Option<Micros>,
    /// When its work ended.
    pub finished_at: Option<Micros>,
    /// The work, once its result was accepted; the latest revision.
    pub work: Option<ArtifactIx>,
}

/// Where a subtask stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SubtaskStage {
    /// Nobody holds it yet.
    Planned,
    /// Bound to an agent.
    Assigned,
    /// Being worked on.
    Running,
    /// Worked out; the coordinator has not taken it yet.
    Finished,
    /// Its result was accepted.
    Done,
    /// It went wrong with its holder.
    Failed(FailureReason),
    /// It stays without a result.
    Missing(FailureReason),
}
