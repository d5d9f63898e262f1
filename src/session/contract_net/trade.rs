//! A trade: a domain whose work is nothing but the time it takes.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::kernel::time::Micros;
use crate::mechanism::domain::{
    Aggregation, ConfidenceParts, Cost, Domain, Merge, Outcome, PlannedSubtask, RoleSpec, Trial,
    Work, WorkFailure, WorkOrder,
};
use crate::model::fault::Fault;
use crate::model::figure::Provenance;

/// The domain's name.
pub(super) const NAME: &str = "trade";

/// A domain of roles whose work finds nothing and whose answers say only that it was done.
#[derive(Clone, Debug)]
pub(super) struct Trade {
    roles: Vec<RoleSpec>,
}

impl Trade {
    pub fn new(names: impl Iterator<Item = String>) -> Trade {
        let role = |name: String| RoleSpec {
            title: name.clone(),
            name,
            capabilities: vec!["skill".into()],
            provides: Vec::new(),
            uses: Vec::new(),
        };
        Trade { roles: names.map(role).collect() }
    }
}

impl Domain for Trade {
    fn name(&self) -> &str {
        NAME
    }

    fn roles(&self) -> &[RoleSpec] {
        &self.roles
    }

    fn plan(&self, _: &str, _: &[String]) -> Option<Vec<PlannedSubtask>> {
        None
    }

    fn task_types(&self) -> Vec<&str> {
        Vec::new()
    }

    fn input_faults(&self, _: &Value) -> Vec<Fault> {
        Vec::new()
    }

    fn duration(&self, subtask: &PlannedSubtask, _: &Value) -> Micros {
        subtask.duration.unwrap_or_default()
    }

    fn work(&self, _: &WorkOrder<'_>) -> Result<Work, WorkFailure> {
        Ok(Work {
            result: Value::Null,
            provenance: Provenance::default(),
            confidence: 1.0,
            evidence: Vec::new(),
            recommendations: Vec::new(),
            findings: Vec::new(),
            broadcasts: Vec::new(),
            cost: Cost::default(),
        })
    }

    fn aggregate(&self, merge: &Merge<'_>) -> Aggregation {
        let done = merge.contributions.iter().filter(|one| one.work.is_some()).count();
        let missing = merge.contributions.iter().filter(|one| one.work.is_none());
        Aggregation {
            synergies: Vec::new(),
            conflicts: Vec::new(),
            resolutions: Vec::new(),
            phases: Vec::new(),
            missing: missing.map(|one| one.subtask.to_string()).collect(),
            confidence: ConfidenceParts {
                mean: done as f64 / merge.contributions.len().max(1) as f64,
                spread: 0.0,
                by_agent: BTreeMap::new(),
                calibration_error: None,
            },
            recommendation: json!({ "done": done }),
            provenance: Provenance::default(),
            coordination_quality: "high".into(),
        }
    }

    fn outcome(&self, _: &Trial<'_>) -> Outcome {
        Outcome {
            quality: 1.0,
            by_subtask: BTreeMap::new(),
            with_plan: 0.0,
            without_plan: 0.0,
            unit: "none".into(),
        }
    }
}
