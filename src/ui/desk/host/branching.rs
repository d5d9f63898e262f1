//! What the host does with branches.

use super::Host;
use crate::model::fault::Fault;
use crate::model::id::TurnIx;
use crate::session::branch::BranchId;
use crate::sim::command::Command;
use crate::ui::notice::Notice;
use crate::view::branches::{self, Branches};

impl Host {
    /// Returns the tree of branches as it is drawn.
    pub fn branches(&self) -> Branches {
        branches::branches(&self.session.borrow())
    }

    /// Says where a command given now would be carried out.
    pub fn place(&self) -> String {
        let session = self.session.borrow();
        let (turn, turns) = (session.turn().0, session.turns().0);
        let name = session.current().name().to_owned();
        if turn == turns {
            format!("At turn {turn}, the last of “{name}”: the branch goes on with it.")
        } else {
            format!(
                "At turn {turn} of “{name}”, which is known up to turn {turns}: a new branch begins here, and “{name}” stays as it is."
            )
        }
    }

    /// Carries a command out at the cursor; says in words where. A branch that it begins gets a name.
    pub fn command(&mut self, command: &Command, name: &str) -> Result<String, Vec<Fault>> {
        let mut session = self.session.borrow_mut();
        let (left, from) = (session.current().id(), session.turn().0);
        let left_name = session.current().name().to_owned();
        session.command(command)?;
        let here = session.current().id();
        if here == left {
            return Ok(format!("Done at turn {}: {name}.", session.turn().0));
        }
        session.rename(here, name);
        Ok(format!(
            "Turn {from} lies in the past, so a new branch begins there: “{name}”. “{left_name}” stays as it was."
        ))
    }

    /// Begins another branch at the cursor; says so.
    pub fn fork(&mut self) -> Notice {
        let mut session = self.session.borrow_mut();
        let (from, left) = (session.turn().0, session.current().name().to_owned());
        let id = session.fork();
        let name = format!("from turn {from}");
        session.rename(id, &name);
        Notice::Done(format!(
            "A new branch begins at turn {from}: “{name}”. “{left}” stays as it is."
        ))
    }

    /// Shows a branch, at the same moment or at a turn of it.
    pub fn show_branch(&mut self, id: BranchId, turn: Option<u64>) {
        let mut session = self.session.borrow_mut();
        if session.switch(id)
            && let Some(turn) = turn
        {
            session.seek(TurnIx(u32::try_from(turn).unwrap_or(u32::MAX)));
        }
    }

    /// Gives a branch another name; an empty one leaves it as it is.
    pub fn rename_branch(&mut self, id: BranchId, name: &str) {
        self.session.borrow_mut().rename(id, name);
    }

    /// Deletes a branch; says what came of it.
    pub fn delete_branch(&mut self, id: BranchId) -> Option<Notice> {
        let mut session = self.session.borrow_mut();
        let name = session.branch(id)?.name().to_owned();
        Some(if session.delete(id) {
            Notice::Done(format!("“{name}” is deleted; the branches that left it stay."))
        } else {
            Notice::Problem(format!("“{name}” is the only branch, so it stays."), Vec::new())
        })
    }
}
