//! Commands and branches: what changes a run, and where.

use super::Desk;
use super::host::Host;
use super::host::branching::Reached;
use crate::model::fault::Fault;
use crate::session::branch::BranchId;
use crate::ui::branches::BranchAct;
use crate::ui::notice::Notice;
use crate::view::order::Order;
use crate::view::reasons;
use crate::view::search::Stop;

use leptos::prelude::*;

/// What came of an order.
pub enum Given {
    /// It was carried out on the branch, in these words.
    Done(String),
    /// It was not; what was wrong, with its place.
    Refused(Vec<Fault>),
}

impl Desk {
    /// Carries an order out where the cursor stands; in the past that begins a new branch, which is named after it.
    pub fn give(self, order: &Order) -> Given {
        let command = match order.command() {
            Ok(command) => command,
            Err(faults) => return Given::Refused(faults),
        };
        let name = order.name();
        self.before_command(&command);
        let done = self.change(|host| host.command(&command, &name));
        self.after_command();
        self.run_ahead();
        match done {
            Some(Ok(words)) => {
                self.notice.set(Some(Notice::Done(words.clone())));
                Given::Done(words)
            }
            Some(Err(faults)) => Given::Refused(faults),
            None => Given::Refused(Vec::new()),
        }
    }

    /// Does something with a branch.
    pub fn branch(self, act: BranchAct) {
        let words = self.change(|host| match act {
            BranchAct::Show(id, turn) => {
                let id = BranchId::parse(&id)?;
                host.show_branch(id, turn);
                None
            }
            BranchAct::Rename(id, name) => {
                host.rename_branch(BranchId::parse(&id)?, &name);
                None
            }
            BranchAct::Delete(id) => host.delete_branch(BranchId::parse(&id)?),
            BranchAct::Fork => Some(host.fork()),
            BranchAct::Compare(_) => None,
        });
        if let Some(Some(notice)) = words {
            self.notice.set(Some(notice));
        }
        self.run_ahead();
    }

    /// Puts the current branch beside another: the one named, else the one it left, else any.
    pub fn compare(self, with: Option<String>) {
        let rows = self.branches.get_untracked().rows;
        let Some(here) = rows.iter().find(|row| row.current) else { return };
        let other = with
            .or_else(|| rows.iter().find(|row| row.name == here.parent).map(|row| row.id.clone()))
            .or_else(|| rows.iter().find(|row| !row.current).map(|row| row.id.clone()));
        let ids = other.map(|other| (other, here.id.clone()));
        self.pair.ids.set(ids);
    }

    /// Runs on until something happens, and selects the event it waited for.
    pub fn run_until(self, stop: &Stop) {
        let found = self.change(|host| host.run_until(stop)).flatten();
        match found {
            Some(Reached::Event(event)) => self.selected.set(event),
            Some(Reached::Nothing(words)) => {
                self.notice.set(Some(Notice::Problem(words.to_owned(), Vec::new())));
            }
            None => {}
        }
        self.run_ahead();
    }

    /// Replays a hidden read the other way round; says what came of it.
    pub fn other_order(self, event: u64) -> String {
        let verdict = |host: &Host| host.look(|lens| reasons::other_order(lens, event));
        self.host.with_value(verdict).unwrap_or_default().to_owned()
    }

    /// Goes to the branch drawn before or after the current one.
    pub fn next_branch(self, by: i64) {
        let rows = self.branches.get_untracked().rows;
        let here = rows.iter().position(|row| row.current).unwrap_or(0);
        let there = i64::try_from(here).unwrap_or(0).saturating_add(by);
        if let Some(row) = usize::try_from(there).ok().and_then(|there| rows.get(there)) {
            self.branch(BranchAct::Show(row.id.clone(), None));
        }
    }
}
