//! A session with what panels need beside it: its history, the turn's focus, the task that is shown.

pub mod branching;

use std::cell::RefCell;
use std::rc::Rc;

use super::task_by_id;
use crate::api::problem::RequestFault;
use crate::api::{self, Request};
use crate::model::id::{TaskIx, TurnIx};
use crate::session::chronicle::Chronicle;
use crate::session::metrics::fold::Fold;
use crate::session::{Session, catalog};
use crate::sim::run::Setup;
use crate::ui::api::Sent;
use crate::ui::top::ScenarioChoice;
use crate::view::focus::Focus;
use crate::view::history::{History, TaskTrace};
use crate::view::lens::Lens;
use crate::view::story::beat;
use crate::view::transport::{self, Clock, Strip};
use crate::web::agora::Shared;

/// How far ahead a decision or an end is looked for before the page is drawn again.
const LOOK_AHEAD_MAX: u32 = 200_000;

/// Turns that must be known ahead of the cursor before the next moment is looked for.
const BEAT_AHEAD: u32 = 400;
/// How far ahead the first award is looked for as the page opens.
const FIRST_AWARD_MAX: u32 = 400;

/// The trace of a task that is not known yet.
static NOTHING: TaskTrace = TaskTrace::empty();

/// The session and what goes with it.
pub struct Host {
    /// Shared with `window.agora`; another run is put into the same place.
    session: Shared,
    /// What the log tells up to the cursor, and up to the last turn that is known.
    history: Chronicle<History>,
    /// What it tells of how well all goes; followed only where that is looked at.
    measured: RefCell<Chronicle<Fold>>,
    /// What the logs of two branches tell that are looked at side by side.
    aside: RefCell<[Chronicle<History>; 2]>,
    focus: Focus,
    strip: Strip,
    /// What the strip's bins were drawn for: the session's generation and the last turn that is known.
    strip_of: Option<(u64, TurnIx)>,
    /// The task that the user chose; else the latest that has arrived.
    chosen: Option<TaskIx>,
    /// The title of a scenario of the user's own.
    own: Option<String>,
}

impl Host {
    /// Opens the first built-in scenario.
    pub fn open() -> Host {
        let first = catalog::BUILT_IN.first().map_or("", |first| first.name);
        // The built-in scenarios are legal, which a test makes sure of.
        let setup = catalog::setup(first, None).expect("the first built-in scenario is legal");
        let mut host = Host {
            session: Rc::new(RefCell::new(Session::new(setup))),
            history: Chronicle::default(),
            measured: RefCell::default(),
            aside: RefCell::default(),
            focus: Focus::default(),
            strip: Strip { bins: Vec::new(), bands: Vec::new() },
            strip_of: None,
            chosen: None,
            own: None,
        };
        host.settle();
        host
    }

    /// Returns the session for whoever else looks at it.
    pub fn shared(&self) -> Shared {
        Rc::clone(&self.session)
    }

    /// Brings history and focus to the cursor, after whatever changed.
    pub fn settle(&mut self) {
        let session = self.session.borrow();
        // The end first: what is kept on the way there brings the cursor near at once.
        self.history.follow_end(&session);
        self.history.follow(&session);
        self.focus = Focus::of_turn(&session, session.turn());
        let drawn = (session.generation(), session.turns());
        if self.strip_of != Some(drawn) {
            self.strip.bins = transport::bins(&session);
            self.strip_of = Some(drawn);
        }
        self.strip.bands =
            transport::bands(self.whole_trace(&session), u64::from(session.turns().0));
    }

    /// Lets a panel look.
    pub fn look<T>(&self, build: impl FnOnce(&Lens<'_>) -> T) -> T {
        let session = self.session.borrow();
        let task = self.task(&session);
        build(&Lens { session: &session, history: self.history.here(), focus: &self.focus, task })
    }

    /// Lets a panel look that shows how well all goes.
    pub fn measure<T>(&self, build: impl FnOnce(&Lens<'_>, &Fold) -> T) -> T {
        self.look(|lens| {
            let mut measured = self.measured.borrow_mut();
            build(lens, measured.follow(lens.session))
        })
    }

    /// Returns the task that is shown: the chosen one once it has arrived, else the first that is open,
    /// else the last.
    fn task(&self, session: &Session) -> Option<TaskIx> {
        let tasks = &session.world().tasks;
        let chosen = self.chosen.filter(|task| task.at() < tasks.len());
        let open = || tasks.iter().position(|task| task.ended.is_none()).map(TaskIx::from);
        let last = || tasks.len().checked_sub(1).map(TaskIx::from);
        chosen.or_else(open).or_else(last)
    }

    /// Returns the task whose phases the strip shows: before any has arrived, the first to come.
    fn shown(&self, session: &Session) -> TaskIx {
        self.task(session).or(self.chosen).unwrap_or(TaskIx(0))
    }

    /// Returns the shown task's trace over all turns that are known.
    fn whole_trace(&self, session: &Session) -> &TaskTrace {
        self.history.end().task(self.shown(session)).unwrap_or(&NOTHING)
    }

    /// Says where the cursor stands.
    pub fn clock(&self) -> Clock {
        let session = self.session.borrow();
        transport::clock(&session, self.whole_trace(&session))
    }

    /// Returns the strip.
    pub fn strip(&self) -> Strip {
        self.strip.clone()
    }

    /// Returns the scenarios to choose from, the user's own first if there is one.
    pub fn choices(&self) -> Vec<ScenarioChoice> {
        let own = self
            .own
            .iter()
            .map(|title| ScenarioChoice { name: String::new(), title: title.clone() });
        let built_in = catalog::BUILT_IN.iter().map(|built_in| ScenarioChoice {
            name: built_in.name.to_owned(),
            title: built_in.title.to_owned(),
        });
        own.chain(built_in).collect()
    }

    /// Returns the name of the scenario that is loaded; empty for the user's own.
    pub fn name(&self) -> String {
        if self.own.is_some() { String::new() } else { self.setup().scenario.name.clone() }
    }

    /// Returns the seed.
    pub fn seed(&self) -> u64 {
        self.setup().seed
    }

    /// Returns what the run is made of.
    pub fn setup(&self) -> Setup {
        self.session.borrow().setup().clone()
    }

    /// Returns the last turn that is known.
    pub fn turns(&self) -> u32 {
        self.session.borrow().turns().0
    }

    /// Lets up to so many turns happen; returns how many did.
    pub fn extend(&mut self, turns: u32) -> u32 {
        self.session.borrow_mut().extend(turns)
    }

    /// Answers a request of the API, and says which turns it took.
    pub fn request(&mut self, request: &Request) -> Sent {
        let mut session = self.session.borrow_mut();
        let response = api::handle(&mut session, request);
        let turn = |field: &str| response.body.pointer(field).and_then(serde_json::Value::as_u64);
        let first = turn("/turns/from").and_then(|turn| u32::try_from(turn).ok());
        let last = turn("/turns/to").and_then(|turn| u32::try_from(turn).ok());
        Sent { first_turn: first, last_turn: last.unwrap_or(session.turn().0), response }
    }

    /// Says what is wrong with a request of the API without answering it.
    pub fn check(&self, request: &Request) -> Vec<RequestFault> {
        api::faults(&self.session.borrow(), request)
    }

    /// Goes so many turns on; says whether there are more.
    pub fn step(&mut self, by: u32) -> bool {
        let mut session = self.session.borrow_mut();
        let goal = session.turn().0.saturating_add(by);
        let known = session.turns().0;
        // One more than the goal, to know whether the run goes on behind it.
        session.extend(goal.saturating_add(1).saturating_sub(known).min(LOOK_AHEAD_MAX));
        session.seek(TurnIx(goal));
        session.turn() < session.turns()
    }

    /// Goes so many turns back.
    pub fn back(&mut self, by: u32) {
        let mut session = self.session.borrow_mut();
        let goal = session.turn().0.saturating_sub(by);
        session.seek(TurnIx(goal));
    }

    /// Goes to a turn.
    pub fn seek(&mut self, turn: TurnIx) {
        self.session.borrow_mut().seek(turn);
    }

    /// Goes to the run's end.
    pub fn end(&mut self) {
        let mut session = self.session.borrow_mut();
        session.extend(LOOK_AHEAD_MAX);
        let last = session.turns();
        session.seek(last);
    }

    /// Goes to the next or the previous decision; without one, to the run's end or beginning.
    pub fn decision(&mut self, next: bool) {
        let mut session = self.session.borrow_mut();
        let mut at = session.turn();
        loop {
            at = match at.0.checked_sub(1) {
                _ if next => TurnIx(at.0.saturating_add(1)),
                Some(before) => TurnIx(before),
                None => break,
            };
            if at > session.turns() && session.extend(1) == 0 {
                at = session.turns();
                break;
            }
            if transport::decides(&session, at) {
                break;
            }
        }
        session.seek(at);
    }

    /// Goes to where the next or the previous phase of the shown task begins.
    pub fn phase(&mut self, next: bool) {
        let mut session = self.session.borrow_mut();
        let here = session.turn();
        let phases = self.whole_trace(&session).phases;
        let starts = phases.iter().flatten().map(|(from, _)| *from);
        let goal = if next {
            starts.filter(|from| *from > here).min().unwrap_or(session.turns())
        } else {
            starts.filter(|from| *from < here).max().unwrap_or(TurnIx(0))
        };
        session.seek(goal);
    }

    /// Goes to where the run's first award comes next.
    pub fn before_first_award(&mut self) {
        {
            let mut session = self.session.borrow_mut();
            let turn = beat::before_first_award(&mut session, FIRST_AWARD_MAX);
            session.seek(turn);
        }
        self.settle();
    }

    /// Goes to the next moment of the story worth stopping at.
    pub fn next_beat(&mut self) {
        let (here, task) = {
            let mut session = self.session.borrow_mut();
            let known = session.turns().0;
            // What is not known cannot be told: the run goes on before it is looked through.
            if session.turn().0.saturating_add(BEAT_AHEAD) > known {
                session.extend(BEAT_AHEAD);
            }
            (session.turn(), self.shown(&session))
        };
        self.settle();
        let mut session = self.session.borrow_mut();
        let goal = beat::next_beat(&session, self.history.end(), task, here);
        session.seek(goal);
    }

    /// Loads another run.
    pub fn load(&mut self, setup: Setup, own: Option<String>) {
        self.put(Session::new(setup));
        self.own = own;
    }

    /// Puts another session in place of this one.
    pub fn put(&mut self, session: Session) {
        let name = session.setup().scenario.name.clone();
        let built_in = catalog::find(&name).and_then(|_| catalog::setup(&name, None).ok());
        let is_built_in = built_in
            .is_some_and(|built_in| built_in.scenario.source == session.setup().scenario.source);
        self.own = (!is_built_in).then(|| session.setup().scenario.title.clone());
        *self.session.borrow_mut() = session;
        self.history = Chronicle::default();
        self.measured = RefCell::default();
        self.aside = RefCell::default();
        self.strip_of = None;
        self.chosen = None;
    }

    /// Runs the same scenario on another seed.
    pub fn sow(&mut self, seed: u64) {
        let setup = Setup { seed, ..self.setup() };
        let own = self.own.take();
        self.load(setup, own);
    }

    /// Begins the same run again.
    pub fn reset(&mut self) {
        self.sow(self.seed());
    }

    /// Shows another task.
    pub fn show_task(&mut self, task_id: &str) {
        self.chosen = task_by_id(self.session.borrow().world().tasks.len(), task_id);
    }
}
