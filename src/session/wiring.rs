//! Wires a scenario to its domain.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;

use super::wfformat;
use crate::freelance::team::Freelance;
use crate::generic::role::role_faults;
use crate::generic::{Generic, GenericRole};
use crate::mechanism::domain::{Domain, PlannedSubtask};
use crate::mechanism::planning::Order;
use crate::model::fault::Fault;
use crate::model::schema::escaped;
use crate::sim::run::Setup;
use crate::sim::scenario::check::{draft_of, planned, read_json, scenario_of, scenario_of_known};
use crate::sim::scenario::draft::{DomainName, ScenarioDraft};

/// Reads a scenario's text.
///
/// # Errors
/// Every fault, with its JSON pointer; a text that is no JSON has one, with line and column.
pub fn read(text: &str, seed: Option<u64>) -> Result<Setup, Vec<Fault>> {
    document(read_json(text)?, seed)
}

/// Makes a setup of a document, a scenario or a workflow in WfFormat; the seed is the scenario's
/// unless another is given.
///
/// # Errors
/// Every fault, with its JSON pointer.
pub fn document(document: Value, seed: Option<u64>) -> Result<Setup, Vec<Fault>> {
    let draft =
        if wfformat::is_one(&document) { wfformat::draft(&document)? } else { draft_of(document)? };
    wired(draft, seed)
}

/// Reads a text that ships with the program: a test has held it against the schema and let the domain
/// read its inputs, so that the page need not, nor load what does it, before it can show anything.
///
/// # Errors
/// What is wrong with it as far as that is seen without.
pub fn shipped(text: &str, seed: Option<u64>) -> Result<Setup, Vec<Fault>> {
    let draft: ScenarioDraft =
        serde_json::from_str(text).map_err(|error| vec![Fault::new("", error.to_string())])?;
    let domain = domain_of(&draft)?;
    let seed = seed.unwrap_or(draft.seed);
    let scenario = scenario_of_known(draft, &*domain)?;
    Ok(Setup { scenario: Arc::new(scenario), seed, domain })
}

/// Makes a setup of a draft.
///
/// # Errors
/// Every fault, with its JSON pointer.
pub fn wired(draft: ScenarioDraft, seed: Option<u64>) -> Result<Setup, Vec<Fault>> {
    let domain = domain_of(&draft)?;
    let seed = seed.unwrap_or(draft.seed);
    let scenario = scenario_of(draft, &*domain)?;
    Ok(Setup { scenario: Arc::new(scenario), seed, domain })
}

fn domain_of(draft: &ScenarioDraft) -> Result<Arc<dyn Domain>, Vec<Fault>> {
    match draft.domain {
        DomainName::Freelance if !draft.roles.is_empty() || !draft.plans.is_empty() => {
            let detail = "the freelance domain has its own roles and plans; set \"domain\" to \"generic\" to define some";
            let place = if draft.roles.is_empty() { "/plans" } else { "/roles" };
            Err(vec![Fault::new(place, detail)])
        }
        DomainName::Freelance => Ok(Arc::new(Freelance::default())),
        DomainName::Generic => generic(draft),
    }
}

/// Makes a generic domain of the scenario's roles and plans.
fn generic(draft: &ScenarioDraft) -> Result<Arc<dyn Domain>, Vec<Fault>> {
    let roles: Vec<GenericRole> = draft.roles.iter().cloned().map(GenericRole::from).collect();
    let mut faults: Vec<Fault> = role_faults(&roles)
        .into_iter()
        .map(|fault| Fault::new(format!("/roles{}", fault.pointer), fault.detail))
        .collect();
    if roles.is_empty() {
        faults.push(Fault::new("/roles", "a generic team needs at least one role"));
    }
    let mut plans: BTreeMap<String, Vec<PlannedSubtask>> = BTreeMap::new();
    for (task_type, drafts) in &draft.plans {
        let place = format!("/plans/{}", escaped(task_type));
        let mut plan = Vec::with_capacity(drafts.len());
        for (n, subtask) in drafts.iter().enumerate() {
            match roles.iter().find(|role| role.name == subtask.role) {
                Some(role) => plan.push(planned(subtask, &role.capabilities)),
                None => {
                    let detail = format!("{:?} is no role of this scenario", subtask.role);
                    faults.push(Fault::new(format!("{place}/{n}/role"), detail));
                }
            }
        }
        if let Err(found) = Order::of(&plan) {
            faults.extend(
                found
                    .into_iter()
                    .map(|fault| Fault::new(format!("{place}{}", fault.pointer), fault.detail)),
            );
        }
        plans.insert(task_type.clone(), plan);
    }
    if faults.is_empty() { Ok(Arc::new(Generic::new(roles, plans))) } else { Err(faults) }
}
