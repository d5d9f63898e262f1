//! Plans cut down to the roles asked for, with the order among what is left kept.

use std::collections::{BTreeMap, BTreeSet};

use super::domain::PlannedSubtask;

/// Cuts a plan to the roles required, all of it if none are named.
///
/// 1. What is left keeps its order; a dependency on a subtask left out becomes dependencies on what
///    that subtask depended on, so nothing starts earlier than before relative to what is left.
/// 2. A role the plan does not hold is added behind, without dependencies, as `extra` makes it.
///    Roles no domain knows go the same way, so that whoever checks the plan can name them.
pub fn cut(
    plan: Vec<PlannedSubtask>,
    required_roles: &[String],
    extra: impl Fn(&str) -> PlannedSubtask,
) -> Vec<PlannedSubtask> {
    if required_roles.is_empty() {
        return plan;
    }
    let wanted: BTreeSet<&str> = required_roles.iter().map(String::as_str).collect();
    let held: BTreeSet<String> = plan.iter().map(|subtask| subtask.role.clone()).collect();
    let needs: BTreeMap<String, Vec<String>> =
        plan.iter().map(|subtask| (subtask.name.clone(), subtask.depends_on.clone())).collect();
    let kept: BTreeSet<String> = plan
        .iter()
        .filter(|subtask| wanted.contains(subtask.role.as_str()))
        .map(|subtask| subtask.name.clone())
        .collect();
    let mut cut: Vec<PlannedSubtask> = plan
        .into_iter()
        .filter(|subtask| kept.contains(&subtask.name))
        .map(|subtask| PlannedSubtask {
            depends_on: joined(&subtask.depends_on, &needs, &kept),
            ..subtask
        })
        .collect();
    let mut added = BTreeSet::new();
    for role in required_roles {
        if !held.contains(role) && added.insert(role) {
            cut.push(extra(role));
        }
    }
    cut
}

/// Follows dependencies through what is left out to what is kept, each once, in the order met.
fn joined(
    direct: &[String],
    needs: &BTreeMap<String, Vec<String>>,
    kept: &BTreeSet<String>,
) -> Vec<String> {
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    let mut open: Vec<&String> = direct.iter().rev().collect();
    while let Some(name) = open.pop() {
        if !seen.insert(name) {
            continue;
        }
        if kept.contains(name) {
            found.push(name.clone());
        } else if let Some(behind) = needs.get(name) {
            open.extend(behind.iter().rev());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(name: &str, depends_on: &[&str]) -> PlannedSubtask {
        PlannedSubtask {
            name: name.into(),
            role: format!("{name}_role"),
            description: String::new(),
            depends_on: depends_on.iter().map(|name| (*name).into()).collect(),
            capabilities: Vec::new(),
            duration: None,
        }
    }

    fn cut_to(plan: Vec<PlannedSubtask>, roles: &[&str]) -> Vec<(String, Vec<String>)> {
        let roles: Vec<String> = roles.iter().map(|role| (*role).into()).collect();
        cut(plan, &roles, |role| PlannedSubtask { role: role.into(), ..step(role, &[]) })
            .into_iter()
            .map(|subtask| (subtask.name, subtask.depends_on))
            .collect()
    }

    #[test]
    fn dependencies_are_joined_through_what_is_left_out() {
        let plan =
            vec![step("a", &[]), step("b", &["a"]), step("c", &["a", "b"]), step("d", &["b", "c"])];
        let left = cut_to(plan, &["a_role", "d_role"]);
        assert_eq!(left, vec![("a".into(), vec![]), ("d".into(), vec!["a".to_string()])]);
    }

    #[test]
    fn a_role_outside_the_plan_is_added_once_without_dependencies() {
        let left = cut_to(vec![step("a", &[])], &["other", "a_role", "other"]);
        assert_eq!(left, vec![("a".into(), vec![]), ("other".into(), vec![])]);
    }

    #[test]
    fn a_cycle_does_not_hang() {
        let left =
            cut_to(vec![step("a", &["b"]), step("b", &["a"]), step("c", &["a"])], &["c_role"]);
        assert_eq!(left, vec![("c".into(), vec![])]);
    }
}
