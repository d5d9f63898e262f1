//! A role as a scenario defines it, and what can be wrong with a list of them.

use std::collections::{BTreeMap, BTreeSet};

use crate::kernel::time::Micros;
use crate::mechanism::domain::{RoleDraft, RoleSpec};
use crate::model::fault::Fault;

/// A kind of worker whose work is described by how long it takes and how good it is.
#[derive(Clone, Debug, PartialEq)]
pub struct GenericRole {
    /// The role's name in lower case with underscores, such as `welder`.
    pub name: String,
    /// The name people read, such as `Welder`.
    pub title: String,
    /// Capabilities its subtasks ask for unless they say otherwise, by name.
    pub capabilities: Vec<String>,
    /// Knowledge keys its results contribute.
    pub provides: Vec<String>,
    /// Knowledge keys it reads when they are there; acyclic over all roles.
    pub uses: Vec<String>,
    /// How long a subtask takes an agent of pace 1.
    pub duration: Micros,
    /// Mean quality of its work where the worker fits and everything it uses is there, 0 to 1.
    pub quality: f64,
    /// What a subtask costs in abstract units, thousandths.
    pub cost_milli_units: u64,
    /// Tokens a subtask takes, where the worker is a language model.
    pub tokens: u64,
}

impl From<RoleDraft> for GenericRole {
    fn from(draft: RoleDraft) -> GenericRole {
        let title = if draft.title.is_empty() { title_of(&draft.name) } else { draft.title };
        GenericRole {
            title,
            name: draft.name,
            capabilities: draft.capabilities,
            provides: draft.provides,
            uses: draft.uses,
            duration: Micros(draft.duration_us),
            quality: draft.quality.clamped().to_f64(),
            // The cast saturates and sends what is no number to zero.
            cost_milli_units: (draft.cost_units * 1000.0 + 0.5) as u64,
            tokens: draft.tokens,
        }
    }
}

/// Makes `Ground crew` of `ground_crew`.
fn title_of(name: &str) -> String {
    let words = name.replace('_', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

impl GenericRole {
    /// Returns what the engine needs to know of the role.
    pub fn spec(&self) -> RoleSpec {
        RoleSpec {
            name: self.name.clone(),
            title: self.title.clone(),
            capabilities: self.capabilities.clone(),
            provides: self.provides.clone(),
            uses: self.uses.clone(),
        }
    }
}

/// Returns what is wrong with a list of roles, with pointers into it: names given twice, qualities
/// that are no share, and roles that use in a circle what they provide.
pub fn role_faults(roles: &[GenericRole]) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut names = BTreeSet::new();
    for (at, role) in roles.iter().enumerate() {
        if role.name.is_empty() {
            faults.push(Fault::new(format!("/{at}/name"), "a role needs a name"));
        }
        if !names.insert(role.name.as_str()) {
            let detail = format!("two roles are named {:?}", role.name);
            faults.push(Fault::new(format!("/{at}/name"), detail));
        }
        if !(0.0..=1.0).contains(&role.quality) {
            let detail = format!("{} is no share from 0 to 1", role.quality);
            faults.push(Fault::new(format!("/{at}/quality"), detail));
        }
    }
    faults.extend(circles(roles));
    faults
}

/// Names the roles that use, directly or through others, what they provide themselves.
fn circles(roles: &[GenericRole]) -> Vec<Fault> {
    let mut authors: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, role) in roles.iter().enumerate() {
        for key in &role.provides {
            authors.entry(key).or_default().push(at);
        }
    }
    let behind = |role: &GenericRole| -> Vec<usize> {
        role.uses.iter().filter_map(|key| authors.get(key.as_str())).flatten().copied().collect()
    };
    let waits_for_itself = |at: usize, role: &GenericRole| {
        let mut seen = BTreeSet::new();
        let mut open = behind(role);
        while let Some(next) = open.pop() {
            if seen.insert(next) {
                open.extend(roles.get(next).map(behind).unwrap_or_default());
            }
        }
        seen.contains(&at)
    };
    let circle = |(at, role): (usize, &GenericRole)| {
        let detail = format!("{} uses, directly or through others, what it provides", role.name);
        waits_for_itself(at, role).then(|| Fault::new(format!("/{at}/uses"), detail))
    };
    roles.iter().enumerate().filter_map(circle).collect()
}
