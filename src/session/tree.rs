//! The tree of branches: who left whom, and what a removal leaves behind.

use std::collections::BTreeMap;

use super::branch::{Branch, BranchId, Fork};
use crate::model::id::TurnIx;

/// All branches of a session, one of them current.
#[derive(Clone)]
pub(super) struct Tree {
    /// The current branch.
    pub here: Branch,
    others: BTreeMap<BranchId, Branch>,
    next: u32,
}

impl Tree {
    /// Makes a tree of its first branch.
    pub fn of(first: Branch) -> Tree {
        Tree { next: first.id.0 + 1, here: first, others: BTreeMap::new() }
    }

    /// Returns the id that the next branch gets.
    pub fn next(&self) -> BranchId {
        BranchId(self.next)
    }

    /// Returns a branch.
    pub fn get(&self, id: BranchId) -> Option<&Branch> {
        if self.here.id == id { Some(&self.here) } else { self.others.get(&id) }
    }

    fn get_mut(&mut self, id: BranchId) -> Option<&mut Branch> {
        if self.here.id == id { Some(&mut self.here) } else { self.others.get_mut(&id) }
    }

    /// Returns all branches in order of their making.
    pub fn all(&self) -> Vec<&Branch> {
        let mut all: Vec<&Branch> = self.others.values().chain([&self.here]).collect();
        all.sort_by_key(|branch| branch.id);
        all
    }

    /// Takes every branch as looked at to its end.
    pub fn all_seen(&mut self) {
        for branch in self.others.values_mut().chain([&mut self.here]) {
            branch.seen = branch.turns();
        }
    }

    /// Adds a branch and makes it current.
    pub fn add(&mut self, branch: Branch) {
        self.next = self.next.max(branch.id.0.saturating_add(1));
        let left = std::mem::replace(&mut self.here, branch);
        self.others.insert(left.id, left);
    }

    /// Makes another branch current; says whether there is one of that id.
    pub fn switch(&mut self, id: BranchId) -> bool {
        if self.here.id == id {
            return true;
        }
        let Some(branch) = self.others.remove(&id) else { return false };
        self.add(branch);
        true
    }

    /// Gives a branch a name; says whether there is one of that id.
    pub fn rename(&mut self, id: BranchId, name: String) -> bool {
        self.get_mut(id).map(|branch| branch.name = name).is_some()
    }

    /// Returns the branches from one up to the one that begins at turn 0.
    fn line(&self, id: BranchId) -> Vec<(BranchId, TurnIx)> {
        let mut line = Vec::new();
        let mut at = self.get(id);
        let mut until = at.map_or(TurnIx(0), Branch::turns);
        while let Some(branch) = at {
            line.push((branch.id, until));
            // Branches hang on earlier ones only, so this ends.
            let up = branch.fork.filter(|fork| fork.parent < branch.id);
            until = up.map_or(until, |fork| until.min(fork.turn));
            at = up.and_then(|fork| self.get(fork.parent));
        }
        line
    }

    /// Returns the last turn that two branches have in common.
    pub fn common(&self, a: BranchId, b: BranchId) -> TurnIx {
        let (a, b) = (self.line(a), self.line(b));
        let shared = a.iter().find_map(|(id, turn)| {
            b.iter().find(|(other, _)| other == id).map(|(_, other)| *turn.min(other))
        });
        shared.unwrap_or(TurnIx(0))
    }

    /// Takes a branch that is not current out. Its children stay: they hang on its parent, at the
    /// last turn they have in common with it; without a parent, on the first of them.
    pub fn remove(&mut self, id: BranchId) -> bool {
        let Some(gone) = self.others.remove(&id) else { return false };
        let children: Vec<BranchId> =
            self.all().iter().filter_map(|branch| child_of(branch, id)).collect();
        let first = children.first().copied();
        let first_left = first.and_then(|first| self.get(first)).and_then(|first| first.fork);
        for child in children {
            let Some(branch) = self.get_mut(child) else { continue };
            let Some(left) = branch.fork else { continue };
            branch.fork = match (gone.fork, first_left, first) {
                (Some(above), ..) => Some(Fork { turn: above.turn.min(left.turn), ..above }),
                (None, Some(first_left), Some(first)) if first != child => {
                    Some(Fork { parent: first, turn: left.turn.min(first_left.turn) })
                }
                _ => None,
            };
        }
        true
    }
}

fn child_of(branch: &Branch, parent: BranchId) -> Option<BranchId> {
    branch.fork.filter(|fork| fork.parent == parent).map(|_| branch.id)
}
