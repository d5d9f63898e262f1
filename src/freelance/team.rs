//! The eight specialists as a domain.

use serde_json::Value;

use super::job::job_faults;
use super::market::market_faults;
use super::profile::profile_faults;
use super::{
    career_planner, competition_analyzer, job_matcher, market_analyst, merge, negotiation_advisor,
    outcome, pricing_strategist, profile_optimizer, proposal_writer, workflow,
};
use crate::kernel::time::Micros;
use crate::mechanism::domain::{
    Aggregation, Domain, Merge, Outcome, PlannedSubtask, RoleSpec, Trial, Work, WorkFailure,
    WorkOrder,
};
use crate::model::fault::Fault;

/// The freelance domain.
#[derive(Clone, Debug)]
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

    fn input_faults(&self, input: &Value) -> Vec<Fault> {
        // A task may come without any input: what is merely missing is no fault.
        if input.is_null() {
            return Vec::new();
        }
        let mut faults = profile_faults(input);
        faults.extend(job_faults(input));
        faults.extend(career_planner::input_faults(input));
        faults.extend(negotiation_advisor::offer::offer_faults(input));
        if let Some(overrides) = input.get("market_data") {
            faults.extend(
                market_faults(overrides).into_iter().map(|fault| Fault {
                    pointer: format!("/market_data{}", fault.pointer),
                    ..fault
                }),
            );
        }
        faults
    }

    fn duration(&self, subtask: &PlannedSubtask, input: &Value) -> Micros {
        workflow::duration(subtask, input)
    }

    fn work(&self, order: &WorkOrder<'_>) -> Result<Work, WorkFailure> {
        match order.subtask.role.as_str() {
            "profile_optimizer" => profile_optimizer::work(order),
            "job_matcher" => job_matcher::work(order),
            "pricing_strategist" => pricing_strategist::work(order),
            "proposal_writer" => proposal_writer::work(order),
            "market_analyst" => market_analyst::work(order),
            "career_planner" => career_planner::work(order),
            "competition_analyzer" => competition_analyzer::work(order),
            "negotiation_advisor" => negotiation_advisor::work(order),
            other => Err(WorkFailure { reason: format!("no specialist is a {other}") }),
        }
    }

    fn aggregate(&self, merge: &Merge<'_>) -> Aggregation {
        merge::aggregate(merge)
    }

    fn outcome(&self, trial: &Trial<'_>) -> Outcome {
        outcome::outcome(trial)
    }
}
