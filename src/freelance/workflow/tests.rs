//! The plans and roles hold together: acyclic, complete, and as the documentation names them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use super::*;

/// Says whether every name can be put behind what it needs.
fn acyclic(needs: &BTreeMap<String, Vec<String>>) -> bool {
    let mut placed: BTreeSet<&str> = BTreeSet::new();
    loop {
        let ready: Vec<&str> = needs
            .iter()
            .filter(|(name, _)| !placed.contains(name.as_str()))
            .filter(|(_, needed)| needed.iter().all(|one| placed.contains(one.as_str())))
            .map(|(name, _)| name.as_str())
            .collect();
        if ready.is_empty() {
            return placed.len() == needs.len();
        }
        placed.extend(ready);
    }
}

fn names(roles: &[&str]) -> Vec<String> {
    roles.iter().map(|role| (*role).to_string()).collect()
}

#[test]
fn uses_is_acyclic_and_everything_used_is_provided_by_one_role() {
    let roles = roles();
    let mut author: BTreeMap<String, String> = BTreeMap::new();
    for role in &roles {
        for key in &role.provides {
            let before = author.insert(key.clone(), role.name.clone());
            assert_eq!(before, None, "{key} is provided twice");
        }
    }
    let needs: BTreeMap<String, Vec<String>> = roles
        .iter()
        .map(|role| (role.name.clone(), role.uses.iter().map(|key| author[key].clone()).collect()))
        .collect();
    assert!(acyclic(&needs), "a cycle in {needs:?}");
}

#[test]
fn every_plan_is_acyclic_and_names_only_its_own_steps() {
    for task_type in task_types() {
        let plan = plan(task_type, &[]).unwrap();
        let needs: BTreeMap<String, Vec<String>> =
            plan.iter().map(|subtask| (subtask.name.clone(), subtask.depends_on.clone())).collect();
        assert_eq!(needs.len(), plan.len(), "{task_type} names a step twice");
        assert!(acyclic(&needs), "{task_type}: {needs:?}");
        for subtask in &plan {
            assert!((3..=5).contains(&subtask.capabilities.len()), "{subtask:?}");
        }
    }
    assert_eq!(plan("launch_freelancer", &[]).unwrap().len(), 8);
    assert_eq!(plan("paint_a_fence", &names(&["job_matcher"])), None);
}

#[test]
fn roles_left_out_are_joined_and_roles_from_elsewhere_run_in_parallel() {
    let roles = names(&["job_matcher", "proposal_writer", "market_analyst"]);
    let plan = plan("find_and_apply_jobs", &roles).unwrap();
    let shape: Vec<(&str, Vec<&str>)> = plan
        .iter()
        .map(|subtask| {
            (subtask.name.as_str(), subtask.depends_on.iter().map(String::as_str).collect())
        })
        .collect();
    assert_eq!(shape, vec![("jobs", vec![]), ("proposals", vec!["jobs"]), ("market", vec![])]);
}

#[test]
fn an_unknown_role_stays_in_the_plan_to_be_refused_by_name() {
    let plan = plan("find_and_apply_jobs", &names(&["astrologer"])).unwrap();
    assert_eq!(plan.len(), 1);
    assert_eq!(plan[0].role, "astrologer");
}

#[test]
fn work_takes_longer_with_more_jobs_and_skills() {
    let jobs = plan("find_and_apply_jobs", &[]).unwrap().remove(0);
    let small = duration(&jobs, &json!({}));
    let large = duration(
        &jobs,
        &json!({"jobs": [{}, {}], "profile_data": {"skills": [{"name": "Web", "keywords": ["a", "b"]}, "c"]}}),
    );
    assert_eq!(small, Micros(250_000));
    assert_eq!(large, Micros(250_000 + 2 * 9_000 + 3 * 2_000));
    let fixed = PlannedSubtask { duration: Some(Micros(7)), ..jobs };
    assert_eq!(duration(&fixed, &json!({})), Micros(7));
}
