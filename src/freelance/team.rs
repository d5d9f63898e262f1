//! The eight specialists as a domain.

use super::workflow;
use crate::kernel::time::Micros;
use crate::mechanism::domain::{
    Aggregation, Domain, Merge, Outcome, PlannedSubtask, RoleSpec, Trial, Work, WorkFailure, WorkOrder,
};
use crate::model::fault::Fault;

/// The freelance domain.
pub struct Freelance {
    roles: Vec<RoleSpec>,
}

impl Default for Freelance {
    fn default() -> Self {
        Freelance { roles: workflow::roles() }
    }
}

impl Domain for Freelance {
    fn name(&self) -> &str {
        "freelance"
    }
    fn roles(&self) -> &[RoleSpec] {
        &self.roles
    }
    fn plan(&self, task_type: &str, required_roles: &[String]) -> Option<Vec<PlannedSubtask>> {
        workflow::plan(task_type, required_roles)
    }
    fn task_types(&self) -> Vec<&str> {
        workflow::task_types()
    }
    fn input_faults(&self, _: &serde_json::Value) -> Vec<Fault> {
        Vec::new()
    }
    fn duration(&self, subtask: &PlannedSubtask, input: &serde_json::Value) -> Micros {
        workflow::duration(subtask, input)
    }
    fn work(&self, order: &WorkOrder<'_>) -> Result<Work, WorkFailure> {
        match order.subtask.role.as_str() {
            _ => Err(WorkFailure { reason: "not yet".into() }),
        }
    }
    fn aggregate(&self, merge: &Merge<'_>) -> Aggregation {
        crate::generic::Generic::new(Vec::new(), Default::default()).aggregate(merge)
    }
    fn outcome(&self, trial: &Trial<'_>) -> Outcome {
        crate::generic::Generic::new(Vec::new(), Default::default()).outcome(trial)
    }
}
