//! The session behind the page: panels as memos over one revision, commands as methods.

mod ahead;
mod choices;
mod drawn;
mod given;
pub mod host;
pub mod journey;
pub mod keeping;
mod line;
mod seeking;
mod telling;

use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;

use super::branches::BranchAct;
use super::classroom::Embed;
use super::compare::Pair;
use super::keys::Action;
use super::notice::Notice;
use super::own::Taken;
use super::pick::Pick;
use super::route::Face;
use super::story::Guesses;
use super::top::ScenarioChoice;
use crate::model::id::{EventId, TaskIx, TurnIx};
use crate::session::{Session, catalog};
use crate::view;
use crate::view::agents::Agents;
use crate::view::agents::mind::Mind;
use crate::view::auction::Auctions;
use crate::view::blackboard::Blackboard;
use crate::view::branches::Branches;
use crate::view::compare::Comparison;
use crate::view::glance::Glance;
use crate::view::intelligence::Intelligence;
use crate::view::lens::Lens;
use crate::view::messages::Messages;
use crate::view::messages::build::{Extent, messages};
use crate::view::messages::past::Past;
use crate::view::messages::query::{self, Sieve};
use crate::view::narration::Narration;
use crate::view::opening::Opening;
use crate::view::order::forms::Form;
use crate::view::phases::Phases;
use crate::view::plan::Plan;
use crate::view::result::ResultModel;
use crate::view::schedule::Schedule;
use crate::view::search::Found;
use crate::view::selected::Selected;
use crate::view::story::Story;
use crate::view::task::TaskLine;
use crate::view::transport::{Clock, Strip};
use crate::web::agora::Agora;
use crate::web::entropy;
use ahead::Pace;
use choices::Choices;
use drawn::{Drawn, Part};
use host::Host;
use keeping::Keeping;
use seeking::Seeking;

/// Rows of talk that are held against the filters before the page may listen again.
const SIFTED_AT_ONCE: usize = 8_000;
/// Rows of talk beside another panel.
const ROWS_BESIDE: usize = 8;
/// Rows of talk in the large place of the overview.
const ROWS_LEADING: usize = 22;
/// The page's session. Copies are handles to the same one.
#[derive(Clone, Copy)]
pub struct Desk {
    host: StoredValue<Host, LocalStorage>,
    /// Raised whenever the cursor moves, turns become known, or another task is shown.
    revision: RwSignal<u64>,
    /// The same for panels, which in a long run wait for the scrubber to be let be, and take turns while
    /// a run plays fast.
    drawn: Drawn,
    /// The same for what costs much, which waits until the cursor rests where the run is long or plays fast.
    resting: RwSignal<u64>,
    selected: RwSignal<Option<u64>>,
    /// The scenarios to choose from.
    pub scenarios: Signal<Vec<ScenarioChoice>>,
    /// The name of the one that is loaded.
    pub scenario: Signal<String>,
    /// The seed.
    pub seed: Signal<u64>,
    /// What came of the last input of the user's own.
    pub taken: RwSignal<Taken>,
    /// The selection.
    pub pick: Pick,
    /// What the user looks at within panels.
    pub choices: Choices,
    /// Where the cursor stands.
    pub clock: Memo<Clock>,
    /// What lies along the run.
    pub strip: Memo<Strip>,
    /// What the shown task is about.
    pub task: Memo<TaskLine>,
    /// What the turn did.
    pub narration: Memo<Narration>,
    /// What there is before the first task.
    pub opening: Memo<Option<Opening>>,
    /// The phases.
    pub phases: Memo<Phases>,
    /// The agents.
    pub agents: Memo<Agents>,
    /// The auctions.
    pub auctions: Memo<Auctions>,
    /// The plan.
    pub plan: Memo<Plan>,
    /// The schedule.
    pub schedule: Memo<Schedule>,
    /// What happened before the selected event.
    pub past: Memo<Option<Arc<Past>>>,
    /// The talk, for a panel of its own.
    pub messages: Memo<Messages>,
    /// Its last rows, for the large place of the overview.
    pub leading_messages: Memo<Messages>,
    /// Its last rows, for a small place.
    pub last_messages: Memo<Messages>,
    /// The blackboard.
    pub blackboard: Memo<Blackboard>,
    /// The blackboard with an entry in full.
    pub board: Memo<Blackboard>,
    /// The mind of an agent.
    pub mind: Memo<Option<Mind>>,
    /// The measures of the whole.
    pub intelligence: Memo<Intelligence>,
    /// The result.
    pub result: Memo<ResultModel>,
    /// The selected event.
    pub shown: Memo<Selected>,
    /// The branches.
    pub branches: Memo<Branches>,
    /// The branches that are compared.
    pub pair: Pair,
    /// What they differ in.
    pub comparison: Memo<Option<Comparison>>,
    /// Both at the moment of the cursor.
    pub glances: Memo<Vec<Glance>>,
    /// What can be done to the run at the cursor.
    pub forms: Memo<Vec<Form>>,
    /// Where that would be done.
    pub place: Signal<String>,
    /// What the session is called until someone names it.
    pub title: Signal<String>,
    /// What is searched for.
    pub search_text: RwSignal<String>,
    /// What was found.
    pub found: Memo<Found>,
    /// What the page has to say.
    pub notice: RwSignal<Option<Notice>>,
    /// The session as it is kept and shared.
    pub keeping: Keeping,
    /// Counts the loops that bring runs to their end, so that only the latest goes on.
    ahead: StoredValue<u64>,
    /// The turn whose reveal is being played, and for how many ticks it has stayed.
    stayed: StoredValue<(u64, u32)>,
    seeking: Seeking,
    /// The story.
    pub story: Memo<Story>,
    /// What people answered to its questions, in this run.
    pub guesses: RwSignal<Guesses>,
}

/// Makes a memo of a panel; it is computed only while something reads it.
fn panel<T>(
    host: StoredValue<Host, LocalStorage>,
    track: impl Fn() + Send + Sync + 'static,
    build: impl Fn(&Lens<'_>) -> T + Send + Sync + 'static,
) -> Memo<T>
where
    T: PartialEq + Send + Sync + 'static,
{
    Memo::new(move |_| {
        track();
        host.with_value(|host| host.look(&build))
    })
}

impl Desk {
    /// Opens the built-in scenario that comes first; for the story, and in another page,
    /// where its first award comes next.
    pub fn open(face: Face) -> Desk {
        let mut host = Host::open();
        // One panel in another page shows something from the start.
        let embedded = Embed::of_page().is_some();
        if embedded || matches!(face, Face::Story | Face::Docs) {
            host.before_first_award();
        }
        let host = StoredValue::new_local(host);
        let [revision, resting] = [0; 2].map(RwSignal::new);
        let drawn = Drawn::new();
        let now = move || revision.track();
        let rested = move || resting.track();
        let part = move |part: Part| move || drawn.track(part);
        let selected = RwSignal::new(None);
        let pick = Pick {
            selected: selected.into(),
            select: Callback::new(move |event| selected.set(Some(event))),
        };
        let pair = Pair::none();
        let search_text = RwSignal::new(String::new());
        let choices = Choices::none();
        let (sieve, sifting) = (StoredValue::new(Sieve::default()), RwSignal::new(0_u32));
        let seeking = Seeking::nothing();
        let past = panel(host, rested, move |lens| {
            let event = selected.get().and_then(|event| u32::try_from(event).ok()).map(EventId)?;
            Some(Arc::new(Past::of(lens.session.log(), event)))
        });
        let of_host = move |read: fn(&Host) -> String| -> Signal<String> {
            Memo::new(move |_| {
                revision.track();
                host.with_value(read)
            })
            .into()
        };
        let desk = Desk {
            host,
            revision,
            drawn,
            resting,
            selected,
            scenarios: Memo::new(move |_| {
                revision.track();
                host.with_value(Host::choices)
            })
            .into(),
            scenario: of_host(Host::name),
            seed: Memo::new(move |_| {
                revision.track();
                host.with_value(Host::seed)
            })
            .into(),
            taken: RwSignal::new(Taken::Nothing),
            pick,
            choices,
            clock: Memo::new(move |_| {
                revision.track();
                host.with_value(Host::clock)
            }),
            strip: Memo::new(move |_| {
                revision.track();
                host.with_value(Host::strip)
            }),
            task: panel(host, part(Part::Rest), view::task::task_line),
            narration: panel(host, now, view::narration::narration),
            opening: panel(host, part(Part::Rest), view::opening::opening),
            phases: panel(host, part(Part::Rest), view::phases::phases),
            agents: panel(host, part(Part::Agents), view::agents::agents),
            auctions: panel(host, part(Part::Auctions), move |lens| {
                choices.auction.with(|chosen| view::auction::auctions_with(lens, chosen.as_deref()))
            }),
            plan: panel(host, part(Part::Plan), view::plan::plan),
            schedule: panel(host, part(Part::Plan), view::schedule::schedule),
            past,
            messages: panel(host, part(Part::Talk), move |lens| {
                sifting.track();
                let follow = |sieve: &mut Sieve| {
                    choices.talk.filter.with(|filter| sieve.follow(lens, filter, SIFTED_AT_ONCE))
                };
                if sieve.try_update_value(follow) == Some(false) {
                    let go_on = move || sifting.try_update(|turn| *turn += 1).unwrap_or_default();
                    set_timeout(go_on, Duration::ZERO);
                }
                let past = past.get();
                let draw = |sieve: &mut Sieve| {
                    choices
                        .talk
                        .part
                        .with(|wanted| query::part(lens, sieve, wanted, past.as_deref()))
                };
                // The sieve is there as long as the desk is.
                sieve
                    .try_update_value(draw)
                    .unwrap_or_else(|| messages(lens, Extent { rows_max: 0, everyone: false }))
            }),
            leading_messages: panel(host, part(Part::Talk), |lens| {
                messages(lens, Extent { rows_max: ROWS_LEADING, everyone: false })
            }),
            last_messages: panel(host, part(Part::Talk), |lens| {
                messages(lens, Extent { rows_max: ROWS_BESIDE, everyone: false })
            }),
            blackboard: panel(host, part(Part::Rest), view::blackboard::blackboard),
            board: panel(host, part(Part::Rest), move |lens| {
                choices
                    .entry
                    .with(|entry| view::blackboard::blackboard_with(lens, entry.as_deref()))
            }),
            mind: panel(host, part(Part::Agents), move |lens| {
                choices.agent.with(|agent| view::agents::mind::mind(lens, agent.as_deref()))
            }),
            intelligence: Memo::new(move |_| {
                resting.track();
                host.with_value(|host| host.measure(view::intelligence::intelligence))
            }),
            result: panel(host, part(Part::Rest), view::result::result),
            shown: panel(host, rested, move |lens| view::selected::selected(lens, selected.get())),
            branches: Memo::new(move |_| {
                drawn.track(Part::Rest);
                host.with_value(Host::branches)
            }),
            pair,
            comparison: Memo::new(move |_| {
                drawn.track(Part::Rest);
                let (ids, now) = (pair.ids.get()?, pair.now.get());
                host.with_value(|host| host.compare(&ids, now))
            }),
            glances: Memo::new(move |_| {
                drawn.track(Part::Rest);
                let ids = pair.ids.get();
                ids.map_or_else(Vec::new, |ids| host.with_value(|host| host.glances(&ids)))
            }),
            forms: panel(host, part(Part::Rest), view::order::forms::forms),
            place: of_host(Host::place),
            title: of_host(Host::title),
            search_text,
            found: panel(host, part(Part::Rest), move |lens| {
                search_text.with(|text| view::search::find(lens, text))
            }),
            notice: RwSignal::new(None),
            keeping: Keeping::nothing(),
            ahead: StoredValue::new(0),
            story: panel(host, part(Part::Rest), move |lens| seeking.story(lens)),
            seeking,
            guesses: RwSignal::new(Guesses::new()),
            stayed: StoredValue::new((0, 0)),
        };
        let hear = move || {
            desk.change(|_| ());
            desk.run_ahead();
        };
        let object = Agora::shared(host.with_value(Host::shared), Rc::new(hear));
        // A page that cannot show itself to scripts is still a page: there is nothing to do about a refusal.
        let _ = js_sys::Reflect::set(&window(), &"agora".into(), &object.into());
        desk.run_ahead();
        desk
    }

    /// Changes the host and lets the panels look again.
    fn change<T>(self, change: impl FnOnce(&mut Host) -> T) -> Option<T> {
        self.change_by(Pace::Step, change)
    }

    fn change_by<T>(self, pace: Pace, change: impl FnOnce(&mut Host) -> T) -> Option<T> {
        let done = self.host.try_update_value(|host| {
            let done = change(host);
            host.settle();
            done
        });
        self.moved(pace);
        self.keep_soon();
        done
    }

    /// Goes so many turns on as a run plays fast; says whether there are more.
    pub fn play(self, by: u32) -> bool {
        let more = self.change_by(Pace::Play, |host| host.step(by)).unwrap_or(false);
        if !more {
            self.settle(self.revision.get_untracked());
        }
        more
    }

    /// Goes so many turns on; says whether there are more.
    pub fn step(self, by: u32) -> bool {
        self.change(|host| host.step(by)).unwrap_or(false)
    }

    /// Goes to a turn.
    pub fn seek(self, turn: u64) {
        let turn = TurnIx(u32::try_from(turn).unwrap_or(u32::MAX));
        self.change_by(Pace::Seek, |host| host.seek(turn));
    }

    /// Does what a key or a button asks for.
    pub fn act(self, action: Action) {
        match action {
            Action::Fork => return self.branch(BranchAct::Fork),
            Action::Branch(by) => return self.next_branch(by),
            _ => {}
        }
        self.change(|host| match action {
            Action::Step(by) if by >= 0 => {
                host.step(u32::try_from(by).unwrap_or(u32::MAX));
            }
            Action::Step(by) => host.back(u32::try_from(by.unsigned_abs()).unwrap_or(u32::MAX)),
            Action::Phase(by) => host.phase(by > 0),
            Action::NextDecision => host.decision(true),
            Action::LastDecision => host.decision(false),
            Action::Start => host.seek(TurnIx(0)),
            Action::End => host.end(),
            Action::NextMoment => host.next_beat(),
            Action::Fork | Action::Branch(_) | Action::Intervene | Action::Search => {}
            Action::PlayPause | Action::Help | Action::Digit(_) => {}
        });
    }

    /// Goes to the next moment of the story worth stopping at.
    pub fn next_beat(self) {
        self.change(Host::next_beat);
    }

    /// Starts another run; the selection belonged to the one before.
    fn begin(self, change: impl FnOnce(&mut Host)) {
        self.selected.set(None);
        self.choices.forget();
        self.guesses.set(Guesses::new());
        self.change(change);
        self.run_ahead();
    }

    /// Starts a run that is kept by itself, not in place of the one before.
    fn begin_another(self, change: impl FnOnce(&mut Host)) {
        self.forget_kept();
        self.begin(change);
    }

    /// Loads a built-in scenario.
    pub fn load(self, name: &str) {
        if let Ok(setup) = catalog::setup(name, None) {
            self.taken.set(Taken::Nothing);
            self.begin_another(|host| host.load(setup, None));
        }
    }

    /// Shows a run that was made elsewhere on the page.
    pub fn open_run(self, session: Session) {
        self.taken.set(Taken::Nothing);
        self.begin_another(|host| host.put(session));
    }

    /// Runs the same scenario on another seed.
    pub fn sow(self, seed: u64) {
        self.begin_another(|host| host.sow(seed));
    }

    /// Runs the same scenario on a seed that nobody chose, where the browser has entropy to draw one from.
    pub fn sow_fresh(self) {
        if let Some(seed) = entropy::fresh_seed() {
            self.sow(seed);
        }
    }

    /// Begins the same run again, at turn 0.
    pub fn reset(self) {
        self.begin_another(Host::reset);
    }

    /// Shows another task.
    pub fn show_task(self, task_id: String) {
        self.selected.set(None);
        self.change(|host| host.show_task(&task_id));
    }

    /// Lets the pane follow the narration.
    pub fn follow(self) {
        self.selected.set(None);
    }
}

/// Returns the place of a task by its id.
fn task_by_id(tasks: usize, task_id: &str) -> Option<TaskIx> {
    (0..tasks).map(TaskIx::from).find(|task| task.text() == task_id)
}
