//! Branches as plain data, for JavaScript and whoever else reads by machine.

use serde::Serialize;

use crate::session::branch::Branch;

/// A branch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[cfg_attr(not(target_arch = "wasm32"), schemars(rename = "Branch"))]
pub struct BranchView {
    /// Its id, which stays the same for good.
    pub branch_id: String,
    /// Its name.
    pub name: String,
    /// The branch it left; null for the first.
    pub parent: Option<String>,
    /// The turn at which it left it; null for the first.
    pub fork_turn: Option<u32>,
    /// The last turn that is known of it.
    pub turns: u32,
    /// The digest after that turn.
    pub digest: String,
}

impl BranchView {
    /// Returns a branch as data.
    pub fn of(branch: &Branch) -> BranchView {
        BranchView {
            branch_id: branch.id().text(),
            name: branch.name().to_owned(),
            parent: branch.fork().map(|fork| fork.parent.text()),
            fork_turn: branch.fork().map(|fork| fork.turn.0),
            turns: branch.turns().0,
            digest: branch.digest().to_string(),
        }
    }
}
