//! Teams that have nothing to do with freelancing: roles with durations and qualities, as a scenario defines them.
#![deny(clippy::disallowed_types, clippy::disallowed_methods, clippy::iter_over_hash_type)]

pub mod merge;
pub mod outcome;
pub mod role;
pub mod work;

use std::collections::BTreeMap;

use serde_json::Value;

use crate::kernel::time::Micros;
use crate::mechanism::domain::{
    Aggregation, Domain, Merge, Outcome, PlannedSubtask, RoleSpec, Trial, Work, WorkFailure,
    WorkOrder,
};
use crate::mechanism::selection;
use crate::model::fault::Fault;

pub use role::GenericRole;

/// A domain made of the roles and plans of a scenario.
#[derive(Clone, Debug)]
pub struct Generic {
    roles: Vec<GenericRole>,
    specs: Vec<RoleSpec>,
    plans: BTreeMap<String, Vec<PlannedSubtask>>,
}

impl Generic {
    /// Makes a domain of its roles and of a plan for each kind of task.
    ///
    /// A subtask of a plan that names no capabilities asks for those of its role.
    pub fn new(roles: Vec<GenericRole>, plans: BTreeMap<String, Vec<PlannedSubtask>>) -> Generic {
        let specs: Vec<RoleSpec> = roles.iter().map(GenericRole::spec).collect();
        let asking = |subtask: PlannedSubtask| match find(&roles, &subtask.role) {
            Some(role) if subtask.capabilities.is_empty() => {
                PlannedSubtask { capabilities: role.capabilities.clone(), ..subtask }
            }
            _ => subtask,
        };
        let plans = plans
            .into_iter()
            .map(|(task_type, plan)| (task_type, plan.into_iter().map(asking).collect()))
            .collect();
        Generic { roles, specs, plans }
    }

    /// Returns the role of a name.
    fn generic_role(&self, name: &str) -> Option<&GenericRole> {
        find(&self.roles, name)
    }

    /// Makes the step of a role that a plan does not hold, of an unknown one too, for the plan's
    /// check to refuse by name.
    fn parallel_step(&self, role: &str) -> PlannedSubtask {
        let known = self.generic_role(role);
        PlannedSubtask {
            name: role.into(),
            role: role.into(),
            description: known.map_or_else(String::new, |role| role.title.clone()),
            depends_on: Vec::new(),
            capabilities: known.map_or_else(Vec::new, |role| role.capabilities.clone()),
            duration: None,
        }
    }
}

fn find<'a>(roles: &'a [GenericRole], name: &str) -> Option<&'a GenericRole> {
    roles.iter().find(|role| role.name == name)
}

impl Domain for Generic {
    fn name(&self) -> &str {
        "generic"
    }

    fn roles(&self) -> &[RoleSpec] {
        &self.specs
    }

    fn plan(&self, task_type: &str, required_roles: &[String]) -> Option<Vec<PlannedSubtask>> {
        let whole = self.plans.get(task_type)?.clone();
        Some(selection::cut(whole, required_roles, |role| self.parallel_step(role)))
    }

    fn task_types(&self) -> Vec<&str> {
        self.plans.keys().map(String::as_str).collect()
    }

    fn input_faults(&self, input: &Value) -> Vec<Fault> {
        work::input_faults(input)
    }

    fn duration(&self, subtask: &PlannedSubtask, _: &Value) -> Micros {
        let own = self.generic_role(&subtask.role).map(|role| role.duration);
        subtask.duration.or(own).unwrap_or(Micros::ZERO)
    }

    fn work(&self, order: &WorkOrder<'_>) -> Result<Work, WorkFailure> {
        match self.generic_role(&order.subtask.role) {
            Some(role) => Ok(work::work(role, order)),
            None => Err(WorkFailure { reason: format!("no role is named {}", order.subtask.role) }),
        }
    }

    fn aggregate(&self, merge: &Merge<'_>) -> Aggregation {
        merge::aggregate(&self.roles, merge)
    }

    fn outcome(&self, trial: &Trial<'_>) -> Outcome {
        outcome::outcome(trial)
    }
}

#[cfg(test)]
mod tests;
