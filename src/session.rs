//! A session: a tree of branches and a cursor that reaches any of their turns by applying events, never by deciding again.
#![deny(clippy::disallowed_types, clippy::disallowed_methods, clippy::iter_over_hash_type)]

pub mod advice;
pub mod branch;
pub mod catalog;
pub mod change;
mod checkpoint;
pub mod chronicle;
pub mod compare;
pub mod contract_net;
pub mod counterfactual;
pub mod hidden;
pub mod link;
pub mod margin;
pub mod metrics;
pub mod otherwise;
pub mod own;
pub mod random;
pub mod saved;
pub mod team;
mod tree;
pub mod waiting;
pub mod wfformat;
pub mod why;
pub mod why_not;
pub mod wiring;
pub mod yardstick;

use self::branch::{Branch, BranchId};
use self::tree::Tree;
use crate::kernel::digest::Digest;
use crate::model::fault::Fault;
use crate::model::id::{EventId, TurnIx};
use crate::sim::command::Command;
use crate::sim::log::Log;
use crate::sim::run::{Run, Setup};
use crate::sim::store::Store;
use crate::sim::world::World;

/// Branches, the current one of them, the turn of it that is looked at, and the world at that turn.
///
/// 1. `log`, `store`, `head`, `turns`, `horizon` and `digest` speak of the current branch.
/// 2. A command is carried out at the cursor: at the head the branch goes on, in the past it forks. On
///    a branch that left another the past reaches as far as the cursor has been: what was only let
///    happen behind that gives way, so that one command after the other stays on one branch.
/// 3. `generation` is another number whenever the log behind those methods is another branch's.
#[derive(Clone)]
pub struct Session {
    tree: Tree,
    cursor: TurnIx,
    /// The world at the cursor; none while the cursor is at the last turn, whose world the run has.
    past: Option<World>,
    generation: u64,
}

/// Reading: what the current branch is at the cursor.
impl Session {
    /// Opens a session at turn 0.
    pub fn new(setup: Setup) -> Session {
        Session::of(Tree::of(Branch::first(setup)))
    }

    /// Makes a session of a run that has gone as far as it has, at its last turn.
    pub fn of_run(run: Run) -> Session {
        Session::of(Tree::of(Branch::of_run(run)))
    }

    /// Makes a session of a tree, at the last turn of its current branch.
    fn of(mut tree: Tree) -> Session {
        tree.all_seen();
        Session { cursor: tree.here.turns(), tree, past: None, generation: 0 }
    }

    /// Returns what the run is made of.
    pub fn setup(&self) -> &Setup {
        self.tree.here.run().setup()
    }

    /// Returns the log, up to the last turn that is known.
    pub fn log(&self) -> &Log {
        self.tree.here.log()
    }

    /// Returns the artifacts.
    pub fn store(&self) -> &Store {
        self.tree.here.store()
    }

    /// Returns the world at the cursor.
    pub fn world(&self) -> &World {
        self.past.as_ref().unwrap_or_else(|| self.head())
    }

    /// Returns the world at the last turn that is known.
    pub fn head(&self) -> &World {
        self.tree.here.head()
    }

    /// Returns the turn at the cursor.
    pub fn turn(&self) -> TurnIx {
        self.cursor
    }

    /// Returns the last turn that is known.
    pub fn turns(&self) -> TurnIx {
        self.tree.here.turns()
    }

    /// Returns how many events there are up to the cursor: the id of the first that is yet to come.
    pub fn horizon(&self) -> EventId {
        self.log().end_of(self.cursor)
    }

    /// Returns the digest after the turn at the cursor.
    pub fn digest(&self) -> Digest {
        self.log().turn(self.cursor).map_or(self.log().digest(), |turn| turn.digest)
    }
}

/// Going on, going back.
impl Session {
    /// Lets up to so many turns happen behind the last that is known; returns how many did.
    pub fn extend(&mut self, turns_max: u32) -> u32 {
        // The cursor stays where it is: if it was at the end, the world there is kept aside.
        let aside = (self.past.is_none() && turns_max > 0).then(|| self.head().clone());
        let done = self.tree.here.advance_by(turns_max);
        if done > 0 {
            self.past = self.past.take().or(aside);
        }
        done
    }

    /// Moves the cursor on by one turn, letting it happen if it has not; says whether there was one.
    pub fn step(&mut self) -> bool {
        if self.cursor < self.turns() {
            self.seek(TurnIx(self.cursor.0 + 1));
            return true;
        }
        let advanced = self.tree.here.advance();
        self.stand(self.turns());
        advanced
    }

    /// Puts the cursor at a turn.
    fn stand(&mut self, turn: TurnIx) {
        self.cursor = turn;
        self.tree.here.seen = self.tree.here.seen.max(turn);
    }

    /// Moves the cursor to a turn, at most the last that is known, from the nearest checkpoint by applying.
    pub fn seek(&mut self, turn: TurnIx) {
        let turn = turn.min(self.turns());
        let near = self.past.take().map(|world| (self.cursor, world));
        self.past = (turn < self.turns()).then(|| self.tree.here.world_at(turn, near));
        self.stand(turn);
    }
}

/// Branches.
impl Session {
    /// Returns a number that changes whenever another branch becomes the current one.
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// Returns the current branch.
    pub fn current(&self) -> &Branch {
        &self.tree.here
    }

    /// Returns all branches in order of their making.
    pub fn branches(&self) -> Vec<&Branch> {
        self.tree.all()
    }

    /// Returns a branch.
    pub fn branch(&self, id: BranchId) -> Option<&Branch> {
        self.tree.get(id)
    }

    /// Returns the last turn that two branches have in common.
    pub fn common(&self, a: BranchId, b: BranchId) -> TurnIx {
        self.tree.common(a, b)
    }

    /// Says whether a command at the cursor would go on with the current branch, and not begin another.
    pub fn goes_on(&self) -> bool {
        self.tree.here.goes_on_at(self.cursor)
    }

    /// Performs a command at the cursor, and moves the cursor behind it: where the branch goes on, on
    /// it; else the branch stays as it is, and a new one that has its past becomes current.
    ///
    /// # Errors
    /// What is wrong with the command, with pointers into it; nothing has changed then.
    pub fn command(&mut self, command: &Command) -> Result<(), Vec<Fault>> {
        match self.past.clone() {
            None => self.tree.here.command(command)?,
            Some(world) if self.goes_on() => {
                let mut branch = self.tree.here.shortened(self.cursor, world);
                branch.command(command)?;
                self.tree.here = branch;
                self.generation += 1;
            }
            Some(world) => {
                let mut branch = self.tree.here.forked(self.tree.next(), self.cursor, world);
                branch.command(command)?;
                self.enter(branch);
            }
        }
        self.past = None;
        self.stand(self.turns());
        Ok(())
    }

    /// Makes a new branch that has the current one's past up to the cursor, and makes it current.
    pub fn fork(&mut self) -> BranchId {
        let world = self.past.take().unwrap_or_else(|| self.head().clone());
        let branch = self.tree.here.forked(self.tree.next(), self.cursor, world);
        let id = branch.id();
        self.enter(branch);
        id
    }

    fn enter(&mut self, branch: Branch) {
        self.tree.add(branch);
        self.generation += 1;
    }

    /// Makes another branch current. In the past that both have in common the cursor stays; else it
    /// goes to the last turn there that is not later in virtual time. Says whether there is such a branch.
    pub fn switch(&mut self, id: BranchId) -> bool {
        let (left, now) = (self.tree.here.id(), self.world().now);
        if left == id || !self.tree.switch(id) {
            return left == id;
        }
        let shared = self.cursor <= self.tree.common(left, id);
        let turn = if shared { self.cursor } else { self.tree.here.turn_at(now) };
        self.generation += 1;
        self.past = None;
        self.seek(turn);
        true
    }

    /// Gives a branch a name; says whether there is such a branch.
    pub fn rename(&mut self, id: BranchId, name: &str) -> bool {
        let name: String = name.trim().chars().take(branch::NAME_CHARS_MAX).collect();
        !name.is_empty() && self.tree.rename(id, name)
    }

    /// Deletes a branch; the branches that left it stay. Where it was the current one, the one it
    /// left becomes current, else the first there is. The last branch cannot be deleted. Says whether it was.
    pub fn delete(&mut self, id: BranchId) -> bool {
        if id == self.tree.here.id() {
            let parent = self.tree.here.fork().map(|fork| fork.parent);
            let heir = self.tree.all().into_iter().map(Branch::id).find(|other| *other != id);
            let Some(heir) = parent.or(heir) else { return false };
            self.switch(heir);
        }
        self.tree.remove(id)
    }

    /// Returns a run that goes on from the turn at the cursor as if it had never gone further.
    pub fn cut(&self) -> Run {
        self.tree.here.run().cut(self.cursor, self.world().clone())
    }

    /// Returns a copy that knows the current branch alone, at the same turn.
    pub fn alone(&self) -> Session {
        let tree = Tree::of(self.tree.here.clone());
        Session { tree, cursor: self.cursor, past: self.past.clone(), generation: self.generation }
    }

    /// Returns a session of its own that looks at one turn of a branch, for showing two side by side.
    pub fn beside(&self, id: BranchId, turn: TurnIx) -> Option<Session> {
        let mut beside = Session::of(Tree::of(self.branch(id)?.clone()));
        beside.generation = self.generation;
        beside.seek(turn);
        Some(beside)
    }
}

#[cfg(test)]
mod tests;
