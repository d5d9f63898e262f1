//! The eight specialists without a task, for sessions that get theirs from outside.

use serde_json::{Value, json};

use super::{catalog, wiring};
use crate::model::fault::Fault;
use crate::sim::run::Setup;

/// Makes a setup of the example's eight agents, one a role, with no task.
///
/// # Errors
/// What is wrong with it, which its tests rule out.
pub fn setup(seed: Option<u64>) -> Result<Setup, Vec<Fault>> {
    let example: Value = catalog::find("walkthrough")
        .and_then(|built_in| serde_json::from_str(built_in.text()).ok())
        .unwrap_or_default();
    // The example teaches with revisions off; a session that is asked for answers has them on.
    let document = json!({
        "name": "team",
        "title": "Eight specialists, one a role",
        "summary": "Nothing is planned: tasks come in as they are asked for.",
        "seed": example.get("seed"),
        "as_of": example.get("as_of"),
        "domain": "freelance",
        "agents": example.get("agents"),
    });
    wiring::document(document, seed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_eight_agents_and_no_task() {
        let setup = setup(Some(7)).expect("the team is legal");
        assert_eq!(
            (setup.scenario.agents.len(), setup.scenario.tasks.len(), setup.seed),
            (8, 0, 7)
        );
        assert!(setup.scenario.policies.revisions);
    }
}
