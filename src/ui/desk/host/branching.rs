//! What the host does with branches.

use super::Host;
use crate::model::fault::Fault;
use crate::model::id::TurnIx;
use crate::session::Session;
use crate::session::branch::BranchId;
use crate::session::chronicle::Chronicle;
use crate::sim::command::Command;
use crate::ui::notice::Notice;
use crate::view::branches::{self, Branches};
use crate::view::compare::{Comparison, compare};
use crate::view::focus::Focus;
use crate::view::glance::{Glance, glance};
use crate::view::history::History;
use crate::view::lens::Lens;
use crate::view::search::Stop;
use crate::view::until::run_until;

/// Where running on came to.
pub enum Reached {
    /// What was waited for happened; its event, where it is one.
    Event(Option<u64>),
    /// It did not, for this reason.
    Nothing(&'static str),
}

/// How far a run goes on in search of what it waits for.
const UNTIL_MAX: u32 = 50_000;

impl Host {
    /// Runs on until something happens; where it does not, the cursor stays.
    pub fn run_until(&mut self, stop: &Stop) -> Option<Reached> {
        let task = self.look(|lens| lens.task);
        let mut session = self.session.borrow_mut();
        let here = session.turn();
        let Some(condition) = stop.condition(task) else {
            return Some(Reached::Nothing("Say what to wait for: words, or a number."));
        };
        match run_until(&mut session, &condition, UNTIL_MAX) {
            Some(stop) => Some(Reached::Event(stop.event.map(|event| u64::from(event.0)))),
            None => {
                session.seek(here);
                Some(Reached::Nothing(
                    "The run ends before that happens; you stand where you stood.",
                ))
            }
        }
    }

    /// Lets something look at the session.
    pub fn with_session<T>(&self, look: impl FnOnce(&Session) -> T) -> T {
        look(&self.session.borrow())
    }

    /// Returns what the session is called until someone names it.
    pub fn title(&self) -> String {
        let setup = self.setup();
        format!("{}, seed {}", setup.scenario.title, setup.seed)
    }

    /// Says whether there is anything in the session that opening its scenario again would not bring back.
    pub fn has_own_changes(&self) -> bool {
        let session = self.session.borrow();
        let branches = session.branches();
        self.own.is_some()
            || branches.len() > 1
            || branches.iter().any(|branch| !branch.commands().is_empty())
    }

    /// Returns the tree of branches as it is drawn.
    pub fn branches(&self) -> Branches {
        branches::branches(&self.session.borrow())
    }

    /// Returns sessions that look at two branches, each at the cursor's virtual time or at its end.
    fn two(&self, ids: &(String, String), now: bool) -> Option<[Session; 2]> {
        let session = self.session.borrow();
        let time = session.world().now;
        let look = |id: &str| {
            let id = BranchId::parse(id)?;
            let branch = session.branch(id)?;
            let current = id == session.current().id();
            let turn = match now {
                true if current => session.turn(),
                true => branch.turn_at(time),
                false => branch.turns(),
            };
            session.beside(id, turn)
        };
        Some([look(&ids.0)?, look(&ids.1)?])
    }

    /// Compares two branches.
    pub fn compare(&self, ids: &(String, String), now: bool) -> Option<Comparison> {
        let [a, b] = self.two(ids, now)?;
        Some(compare(&a, &b))
    }

    /// Looks at two branches at the cursor's virtual time.
    pub fn glances(&self, ids: &(String, String)) -> Vec<Glance> {
        let mut aside = self.aside.borrow_mut();
        let look = |(session, told): (&Session, &mut Chronicle<History>)| {
            let history = told.follow(session);
            let focus = Focus::of_turn(session, session.turn());
            let task = self.task(session);
            glance(&Lens { session, history, focus: &focus, task })
        };
        let sides = self.two(ids, true);
        sides.map_or_else(Vec::new, |two| two.iter().zip(aside.iter_mut()).map(look).collect())
    }

    /// Says where a command given now would be carried out.
    pub fn place(&self) -> String {
        let session = self.session.borrow();
        let (turn, turns) = (session.turn().0, session.turns().0);
        let name = session.current().name().to_owned();
        if turn == turns {
            format!("At turn {turn}, the last of “{name}”: the branch goes on with it.")
        } else if session.goes_on() {
            format!(
                "At turn {turn} of “{name}”, which you have followed to here: the branch goes on with it."
            )
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
            return Ok(format!("Done at turn {} of “{left_name}”: {name}.", session.turn().0));
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
