//! A session with what panels need beside it: its history, the turn's focus, the task that is shown.

use super::task_by_id;
use crate::model::id::{TaskIx, TurnIx};
use crate::session::{Session, catalog};
use crate::sim::run::Setup;
use crate::ui::top::ScenarioChoice;
use crate::view::focus::Focus;
use crate::view::history::{History, TaskTrace};
use crate::view::lens::Lens;
use crate::view::transport::{self, Clock, Strip};

/// How far ahead a decision or an end is looked for before the page is drawn again.
const LOOK_AHEAD_MAX: u32 = 200_000;

/// The session and what goes with it.
pub struct Host {
    session: Session,
    /// What the log tells up to the cursor.
    history: History,
    /// What it tells up to the last turn that is known.
    whole: History,
    focus: Focus,
    /// The task that the user chose; else the latest that has arrived.
    chosen: Option<TaskIx>,
    /// The title of a scenario of the user's own.
    own: Option<String>,
    /// Counts the runs, so that work for one is not done on the next.
    run_number: u64,
}

impl Host {
    /// Opens the first built-in scenario.
    pub fn open() -> Host {
        let first = catalog::BUILT_IN.first().map_or("", |first| first.name);
        // The built-in scenarios are legal, which a test makes sure of.
        let setup = catalog::setup(first, None).expect("the first built-in scenario is legal");
        let mut host = Host::of(setup, None, 0);
        host.settle();
        host
    }

    fn of(setup: Setup, own: Option<String>, run_number: u64) -> Host {
        Host {
            session: Session::new(setup),
            history: History::default(),
            whole: History::default(),
            focus: Focus::default(),
            chosen: None,
            own,
            run_number,
        }
    }

    /// Brings history and focus to the cursor, after whatever changed.
    pub fn settle(&mut self) {
        self.history.follow(&self.session);
        self.whole.read_all(&self.session);
        self.focus = Focus::of_turn(&self.session, self.session.turn());
    }

    /// Returns what the panels look through.
    pub fn lens(&self) -> Lens<'_> {
        Lens { session: &self.session, history: &self.history, focus: &self.focus, task: self.task() }
    }

    /// Returns the task that is shown: the chosen one once it has arrived, else the first that is open,
    /// else the last.
    fn task(&self) -> Option<TaskIx> {
        let tasks = &self.session.world().tasks;
        let chosen = self.chosen.filter(|task| task.at() < tasks.len());
        let open = || tasks.iter().position(|task| task.ended.is_none()).map(TaskIx::from);
        let last = || tasks.len().checked_sub(1).map(TaskIx::from);
        chosen.or_else(open).or_else(last)
    }

    /// Returns the shown task's trace over all turns that are known.
    fn whole_trace(&self) -> TaskTrace {
        let task = self.task().or(self.chosen).unwrap_or(TaskIx(0));
        self.whole.task(task).cloned().unwrap_or_default()
    }

    /// Says where the cursor stands.
    pub fn clock(&self) -> Clock {
        transport::clock(&self.session, &self.whole_trace())
    }

    /// Draws the strip.
    pub fn strip(&self) -> Strip {
        transport::strip(&self.session, &self.whole_trace())
    }

    /// Returns the scenarios to choose from, the user's own first if there is one.
    pub fn choices(&self) -> Vec<ScenarioChoice> {
        let own = self.own.iter().map(|title| ScenarioChoice { name: String::new(), title: title.clone() });
        let built_in = catalog::BUILT_IN.iter().map(|built_in| ScenarioChoice {
            name: built_in.name.to_owned(),
            title: title_of(built_in.text).unwrap_or_else(|| built_in.name.to_owned()),
        });
        own.chain(built_in).collect()
    }

    /// Returns the name of the scenario that is loaded; empty for the user's own.
    pub fn name(&self) -> String {
        if self.own.is_some() { String::new() } else { self.session.setup().scenario.name.clone() }
    }

    /// Returns the seed.
    pub fn seed(&self) -> u64 {
        self.session.setup().seed
    }

    /// Returns what the run is made of.
    pub fn setup(&self) -> &Setup {
        self.session.setup()
    }

    /// Returns the number of this run among those of the page.
    pub fn run_number(&self) -> u64 {
        self.run_number
    }

    /// Returns the last turn that is known.
    pub fn turns(&self) -> u32 {
        self.session.turns().0
    }

    /// Lets up to so many turns happen; returns how many did.
    pub fn extend(&mut self, turns: u32) -> u32 {
        self.session.extend(turns)
    }

    /// Goes so many turns on; says whether there are more.
    pub fn step(&mut self, by: u32) -> bool {
        let goal = self.session.turn().0.saturating_add(by);
        let known = self.session.turns().0;
        // One more than the goal, to know whether the run goes on behind it.
        self.session.extend(goal.saturating_sub(known).saturating_add(1).min(LOOK_AHEAD_MAX));
        self.session.seek(TurnIx(goal));
        self.session.turn() < self.session.turns()
    }

    /// Goes so many turns back.
    pub fn back(&mut self, by: u32) {
        self.session.seek(TurnIx(self.session.turn().0.saturating_sub(by)));
    }

    /// Goes to a turn.
    pub fn seek(&mut self, turn: TurnIx) {
        self.session.seek(turn);
    }

    /// Goes to the run's end.
    pub fn end(&mut self) {
        self.session.extend(LOOK_AHEAD_MAX);
        self.session.seek(self.session.turns());
    }

    /// Goes to the next or the previous decision; without one, to the run's end or beginning.
    pub fn decision(&mut self, next: bool) {
        let mut at = self.session.turn();
        loop {
            at = match at.0.checked_sub(1) {
                _ if next => TurnIx(at.0 + 1),
                Some(before) => TurnIx(before),
                None => break,
            };
            if at > self.session.turns() && self.session.extend(1) == 0 {
                at = self.session.turns();
                break;
            }
            if transport::decides(&self.session, at) {
                break;
            }
        }
        self.session.seek(at);
    }

    /// Goes to where the next or the previous phase of the shown task begins.
    pub fn phase(&mut self, next: bool) {
        let trace = self.whole_trace();
        let here = self.session.turn();
        let mut starts = trace.phases.iter().flatten().map(|(from, _)| *from);
        let goal = if next {
            starts.filter(|from| *from > here).min().unwrap_or(self.session.turns())
        } else {
            starts.by_ref().filter(|from| *from < here).max().unwrap_or(TurnIx(0))
        };
        self.session.seek(goal);
    }

    /// Loads another run.
    pub fn load(&mut self, setup: Setup, own: Option<String>) {
        *self = Host::of(setup, own, self.run_number + 1);
    }

    /// Runs the same scenario on another seed.
    pub fn sow(&mut self, seed: u64) {
        let setup = Setup { seed, ..self.setup().clone() };
        let own = self.own.take();
        self.load(setup, own);
    }

    /// Begins the same run again.
    pub fn reset(&mut self) {
        self.sow(self.seed());
    }

    /// Shows another task.
    pub fn show_task(&mut self, task_id: &str) {
        self.chosen = task_by_id(self.session.world().tasks.len(), task_id);
    }
}

/// Returns a scenario's title without reading the rest of it.
fn title_of(text: &str) -> Option<String> {
    #[derive(serde::Deserialize)]
    struct Titled {
        title: String,
    }
    serde_json::from_str::<Titled>(text).ok().map(|titled| titled.title)
}
