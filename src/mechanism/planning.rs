//! Plans as dependency graphs: what is wrong with one, its order, levels and critical path.

pub mod heft;

use std::collections::{BTreeMap, BTreeSet};

use super::domain::PlannedSubtask;
use crate::kernel::time::Micros;
use crate::model::fault::Fault;

/// A plan's order: positions of subtasks, dependencies first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Order {
    /// A topological order; among those that are free, plan order.
    pub sequence: Vec<usize>,
    /// Each subtask's level: 0 without dependencies, else one more than its deepest dependency.
    pub level: Vec<usize>,
    /// Each subtask's dependencies, by position.
    pub depends_on: Vec<Vec<usize>>,
    /// The subtasks that depend on each, by position.
    pub dependents: Vec<Vec<usize>>,
}

impl Order {
    /// Orders a plan by Kahn's algorithm (1962); a cycle or an unknown name gives the faults instead.
    pub fn of(plan: &[PlannedSubtask]) -> Result<Order, Vec<Fault>> {
        let faults = name_faults(plan);
        if !faults.is_empty() {
            return Err(faults);
        }
        let place: BTreeMap<&str, usize> =
            plan.iter().enumerate().map(|(at, subtask)| (subtask.name.as_str(), at)).collect();
        let depends_on: Vec<Vec<usize>> = plan
            .iter()
            .map(|subtask| {
                subtask
                    .depends_on
                    .iter()
                    .filter_map(|name| place.get(name.as_str()).copied())
                    .collect()
            })
            .collect();
        order(plan, depends_on)
    }

    /// Returns the longest path's length when each subtask takes this long.
    pub fn critical_path(&self, duration: impl Fn(usize) -> Micros) -> Micros {
        let mut end = vec![Micros::ZERO; self.level.len()];
        for &at in &self.sequence {
            let start =
                self.depends_on[at].iter().map(|&before| end[before]).max().unwrap_or_default();
            end[at] = start.after(duration(at));
        }
        end.into_iter().max().unwrap_or_default()
    }

    /// Returns every subtask on which one depends, directly or through others.
    pub fn ancestors(&self, at: usize) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        let mut open = self.depends_on[at].clone();
        while let Some(next) = open.pop() {
            if found.insert(next) {
                open.extend(&self.depends_on[next]);
            }
        }
        found
    }
}

/// Sorts by levels and names the members of a cycle if there is one.
fn order(plan: &[PlannedSubtask], depends_on: Vec<Vec<usize>>) -> Result<Order, Vec<Fault>> {
    let count = plan.len();
    let mut missing: Vec<usize> = depends_on.iter().map(Vec::len).collect();
    let mut dependents = vec![Vec::new(); count];
    for (at, before) in depends_on.iter().enumerate() {
        for &other in before {
            dependents[other].push(at);
        }
    }
    let mut level = vec![0; count];
    let mut sequence = Vec::with_capacity(count);
    let mut free: BTreeSet<usize> = (0..count).filter(|&at| missing[at] == 0).collect();
    while let Some(at) = free.pop_first() {
        sequence.push(at);
        for &next in &dependents[at] {
            level[next] = level[next].max(level[at] + 1);
            missing[next] -= 1;
            if missing[next] == 0 {
                free.insert(next);
            }
        }
    }
    if sequence.len() == count {
        return Ok(Order { sequence, level, depends_on, dependents });
    }
    let stuck: Vec<&str> =
        (0..count).filter(|&at| missing[at] > 0).map(|at| plan[at].name.as_str()).collect();
    let first = (0..count).find(|&at| missing[at] > 0).unwrap_or(0);
    let detail = format!(
        "depends on itself through a cycle among {}; remove one of these dependencies",
        stuck.join(", ")
    );
    Err(vec![Fault::new(format!("/{first}/depends_on"), detail)])
}

/// Finds repeated and unknown names; pointers are relative to the list of subtasks.
fn name_faults(plan: &[PlannedSubtask]) -> Vec<Fault> {
    let mut faults = Vec::new();
    if plan.is_empty() {
        faults.push(Fault::new("", "the plan is empty; give it at least one subtask"));
    }
    let mut known = BTreeSet::new();
    for (at, subtask) in plan.iter().enumerate() {
        if subtask.name.is_empty() {
            faults.push(Fault::new(format!("/{at}/name"), "the name is empty"));
        }
        if !known.insert(subtask.name.as_str()) {
            let detail = format!("the name {:?} is taken by an earlier subtask", subtask.name);
            faults.push(Fault::new(format!("/{at}/name"), detail));
        }
    }
    for (at, subtask) in plan.iter().enumerate() {
        let mut seen = BTreeSet::new();
        for (n, name) in subtask.depends_on.iter().enumerate() {
            let pointer = format!("/{at}/depends_on/{n}");
            if !known.contains(name.as_str()) {
                faults.push(Fault::new(pointer, format!("no subtask is named {name:?}")));
            } else if !seen.insert(name.as_str()) {
                faults.push(Fault::new(pointer, format!("{name:?} is named twice")));
            }
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(edges: &[(&str, &[&str])]) -> Vec<PlannedSubtask> {
        edges
            .iter()
            .map(|(name, before)| PlannedSubtask {
                name: (*name).into(),
                role: "any".into(),
                description: String::new(),
                depends_on: before.iter().map(|&name| name.into()).collect(),
                capabilities: Vec::new(),
                duration: None,
            })
            .collect()
    }

    #[test]
    fn a_diamond_has_three_levels_and_its_longest_side_is_critical() {
        let order =
            Order::of(&plan(&[("d", &["b", "c"]), ("b", &["a"]), ("c", &["a"]), ("a", &[])]))
                .unwrap();
        assert_eq!(order.sequence, [3, 1, 2, 0]);
        assert_eq!(order.level, [2, 1, 1, 0]);
        let took = [Micros(1), Micros(5), Micros(7), Micros(2)];
        assert_eq!(order.critical_path(|at| took[at]), Micros(10));
        assert_eq!(order.ancestors(0).len(), 3);
    }

    #[test]
    fn cycles_unknown_names_and_empty_plans_are_named() {
        let cycle = Order::of(&plan(&[("a", &["b"]), ("b", &["a"]), ("c", &[])])).unwrap_err();
        assert_eq!(cycle[0].pointer, "/0/depends_on");
        assert!(cycle[0].detail.contains("a, b"), "{cycle:?}");
        let unknown = Order::of(&plan(&[("a", &["x"])])).unwrap_err();
        assert_eq!(unknown[0].pointer, "/0/depends_on/0");
        assert_eq!(Order::of(&[]).unwrap_err().len(), 1);
    }
}
