//! The page: one session, its panels as memos over one revision, its commands as callbacks.

use leptos::prelude::*;

use super::agents::{AgentList, AgentsPanel};
use super::api::ApiPanel;
use super::api::docs::ApiDocs;
use super::auction::AuctionPanel;
use super::bench::BenchFace;
use super::blackboard::BlackboardPanel;
use super::branches::{BranchAct, BranchList};
use super::classroom::{Classroom, Embed};
use super::compare::ComparePanel;
use super::desk::Desk;
use super::help::Help;
use super::intelligence::IntelligencePanel;
use super::keys::{self, Action};
use super::messages::{MessagesPanel, TalkPanel};
use super::narration::NarrationLine;
use super::notice::NoticeLine;
use super::opening::OpeningBench;
use super::own::{OwnDialog, drop};
use super::panel::{Tab, Tabs};
use super::phases::PhaseList;
use super::plan::PlanPanel;
use super::playback::{BY_FRAMES_FROM, Playback};
use super::result::ResultPanel;
use super::route::{self, Face};
use super::selected::SelectedPane;
use super::settings::{self, Settings};
use super::story::{Scenes, StoryFace};
use super::task_line::TaskBar;
use super::terms::Meaning;
use super::top::TopBar;
use super::transport::Transport;
use super::travel::{Travel, TravelActs, TravelSheets};
use crate::view::own::kind::kind_of;
use crate::view::phases::Lead;
use crate::web::rest;

/// The greatest speed at which playing tells the story, stops at its questions and stays at what is
/// revealed [turns per second]; who plays faster wants to get through.
const TOLD_SPEED_MAX: f64 = 5.0;

/// The whole page.
#[component]
pub fn App() -> impl IntoView {
    let face = route::face();
    let desk = Desk::open(face.get_untracked());
    let settings = Settings::load();
    let embed = Embed::of_page();
    let class = Classroom::of_page();
    let tab = desk.keeping.tab;
    tab.set(embed.and_then(Embed::tab).unwrap_or_default());
    rest::when_loaded(move || desk.arrive());
    let help = RwSignal::new(false);
    // Sheets are closed at first and there is one branch: both come with the second half of the code.
    let all_here = RwSignal::new(false);
    rest::when_loaded(move || all_here.set(true));
    let playback = Playback::new(Callback::new(move |(turns, speed)| {
        let told = face.get_untracked() == Face::Story && speed <= TOLD_SPEED_MAX;
        match speed {
            _ if told && settings.stops.get_untracked() => desk.tell(speed),
            BY_FRAMES_FROM.. => desk.play(turns),
            _ => desk.step(turns),
        }
    }));
    // Motions take their time from the speed at which the run plays.
    Effect::new(move |_| settings::set_beat(playback.beat()));
    Effect::new(move |_| settings::set_hurried(playback.hurried()));
    let travel = Travel::new(desk, playback, tab);
    let act = Callback::new(move |action: Action| match action {
        Action::PlayPause => playback.toggle(),
        Action::Intervene => travel.switch_forms(),
        Action::Search => travel.open_search(),
        Action::Help => help.update(|open| *open = !*open),
        Action::Digit(digit) if face.get_untracked() == Face::Story => {
            desk.answer(digit - 1);
        }
        Action::Digit(digit) => {
            if let Some(chosen) = Tab::ALL.get(digit - 1) {
                tab.set(*chosen);
            }
        }
        // On the workbench a moment is a turn like any other.
        Action::NextMoment if face.get_untracked() != Face::Story => {}
        other => {
            playback.pause();
            desk.act(other);
        }
    });
    let own = RwSignal::new(false);
    let dropped = RwSignal::new(None);
    let over = drop::listen(Callback::new(move |text: String| {
        dropped.set(Some((kind_of(&text), text)));
        own.set(true);
    }));
    let watch = Callback::new(move |()| {
        own.set(false);
        playback.pause();
        desk.act(Action::Start);
        route::open(Face::Story);
    });
    let seek = Callback::new(move |turn: u64| {
        playback.pause();
        desk.seek(turn);
    });
    keys::listen(settings.keys.into(), act);
    let on_own = Callback::new(move |()| own.set(true));
    let body = move || match face.get() {
        Face::Story => {
            view! { <Story desk=desk act=act seek=seek on_own=on_own stops=settings.stops /> }
                .into_any()
        }
        Face::Workbench => view! { <Workbench desk=desk tab=tab seek=seek act=act /> }.into_any(),
        Face::Bench => view! { <BenchFace desk=desk /> }.into_any(),
        Face::Docs => view! { <ApiDocs line=desk.line(seek) /> }.into_any(),
    };
    view! {
        <TopBar
            face=face
            scenarios=desk.scenarios
            current=desk.scenario
            seed=desk.seed
            digest=Signal::derive(move || desk.clock.with(|clock| clock.digest.clone()))
            on_scenario=Callback::new(move |name: String| desk.load(&name))
            on_own=on_own
            on_seed=Callback::new(move |seed| desk.sow(seed))
            on_fresh_seed=Callback::new(move |()| desk.sow_fresh())
            on_reset=Callback::new(move |()| desk.reset())
            on_theme=Callback::new(move |()| settings.switch_theme())
            on_help=Callback::new(move |()| help.set(true))
        >
            <TravelActs travel=travel />
        </TopBar>
        <TaskBar model=desk.task on_choose=Callback::new(move |task: String| desk.show_task(task)) />
        {body}
        <Transport
            clock=desk.clock
            strip=desk.strip
            scale=Signal::derive(move || {
                if all_here.get() { desk.branches.with(|branches| branches.scale) } else { 0 }
            })
            playing=playback.playing
            speed=playback.speed
            future_hidden=class.future_hidden
            on_act=act
            on_seek=seek
            on_speed=Callback::new(move |speed| playback.speed.set(speed))
        >
            <NoticeLine notice=desk.notice />
            <Show when=move || all_here.get() fallback=|| view! { <div class="branches-coming"></div> }>
                <BranchList
                    model=desk.branches
                    turn=Signal::derive(move || desk.clock.with(|clock| clock.turn))
                    on_branch=Callback::new(move |act: BranchAct| travel.branch(act))
                />
            </Show>
        </Transport>
        <Show when=move || all_here.get()>
            <TravelSheets travel=travel />
            <OwnDialog
                open=own
                host=desk.own_host()
                scenarios=desk.scenarios
                dropped=dropped
                on_watch=watch
            />
            <Help open=help keys=settings.keys class=class />
            <Meaning />
        </Show>
        <p class="drop-here" class:is-over=over aria-hidden="true">"Drop it: a profile, jobs, a scenario or a trace"</p>
    }
}

/// The task as a story.
#[component]
fn Story(
    desk: Desk,
    act: Callback<Action>,
    seek: Callback<u64>,
    on_own: Callback<()>,
    /// Whether playing stops at questions.
    stops: RwSignal<bool>,
) -> impl IntoView {
    desk.seek_otherwise();
    let scenes = Scenes {
        opening: desk.opening,
        plan: desk.plan,
        schedule: desk.schedule,
        messages: desk.last_messages,
        result: desk.result,
    };
    view! {
        <StoryFace
            model=desk.story
            narration=desk.narration
            scenes=scenes
            pick=desk.pick
            guesses=desk.guesses
            stops=stops
            on_seek=seek
            on_answer=Callback::new(move |place| {
                desk.answer(place);
            })
            on_next=Callback::new(move |()| act.run(Action::NextMoment))
            on_own=on_own
        />
    }
}

/// The instrument: phases and agents, the canvas under the narration, the selected event.
#[component]
fn Workbench(
    desk: Desk,
    tab: RwSignal<Tab>,
    seek: Callback<u64>,
    act: Callback<Action>,
) -> impl IntoView {
    let pick = desk.pick;
    let visit = Callback::new(move |(turn, event): (u64, u64)| {
        seek.run(turn);
        pick.select.run(event);
    });
    view! {
        <div class="workbench">
            <div class="side side-left">
                <PhaseList model=desk.phases on_seek=seek />
                <AgentList model=desk.agents pick=pick />
            </div>
            <main class="middle">
                <NarrationLine model=desk.narration />
                <Tabs current=tab on_open=Callback::new(move |chosen| tab.set(chosen)) />
                <Canvas desk=desk tab=tab seek=seek act=act />
            </main>
            <SelectedPane
                model=desk.shown
                pick=pick
                on_follow=Callback::new(move |()| desk.follow())
                on_visit=visit
                on_other_order=Callback::new(move |event| desk.other_order(event))
            />
        </div>
    }
}

/// One panel in full, or the overview.
#[component]
fn Canvas(
    desk: Desk,
    tab: RwSignal<Tab>,
    seek: Callback<u64>,
    act: Callback<Action>,
) -> impl IntoView {
    let body = move || {
        match tab.get() {
        Tab::Overview => view! { <Overview desk=desk tab=tab act=act /> }.into_any(),
        Tab::Agents => view! { <AgentsPanel model=desk.agents mind=desk.mind chosen=desk.choices.agent pick=desk.pick /> }.into_any(),
        Tab::Auction => view! { <Seat desk=desk tab=tab shows=Lead::Auction place=Place::Alone /> }.into_any(),
        Tab::Plan => view! { <Seat desk=desk tab=tab shows=Lead::Plan place=Place::Alone /> }.into_any(),
        Tab::Messages => view! { <Seat desk=desk tab=tab shows=Lead::Messages place=Place::Alone /> }.into_any(),
        Tab::Result => view! { <Seat desk=desk tab=tab shows=Lead::Result place=Place::Alone /> }.into_any(),
        Tab::Compare => view! { <Compared desk=desk /> }.into_any(),
        Tab::Intelligence => view! { <IntelligencePanel model=desk.intelligence pick=desk.pick /> }.into_any(),
        Tab::Api => view! { <ApiPanel line=desk.line(seek) /> }.into_any(),
        Tab::Blackboard => {
            view! { <BlackboardPanel model=desk.board chosen=desk.choices.entry pick=desk.pick large=true on_open=None /> }.into_any()
        }
    }
    };
    view! { <div class="canvas">{body}</div> }
}

/// Two branches side by side.
#[component]
fn Compared(desk: Desk) -> impl IntoView {
    let visit = Callback::new(move |(branch, turn): (String, u64)| {
        desk.branch(BranchAct::Show(branch, Some(turn)));
    });
    view! {
        <ComparePanel
            model=desk.comparison
            branches=desk.branches
            glances=desk.glances
            pair=desk.pair
            on_visit=visit
        />
    }
}

/// How much room a panel has.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    /// The whole canvas.
    Alone,
    /// The large place of the overview.
    Front,
    /// A small place beside it.
    Beside,
}

/// The panel that the phase puts first, large; the others beside it.
#[component]
fn Overview(desk: Desk, tab: RwSignal<Tab>, act: Callback<Action>) -> impl IntoView {
    let play = Callback::new(move |()| act.run(Action::PlayPause));
    let body = move || match desk.opening.get() {
        Some(opening) => view! { <OpeningBench opening=opening on_play=play /> }.into_any(),
        None => view! { <Seats desk=desk tab=tab /> }.into_any(),
    };
    view! { {body} }
}

/// The panels of the overview in their places.
#[component]
fn Seats(desk: Desk, tab: RwSignal<Tab>) -> impl IntoView {
    // A panel that keeps its place stays as it is when the lead changes.
    let seats = Memo::new(move |_| {
        let lead = desk.phases.with(|phases| phases.lead);
        // A plan is soon seen, and what is said meanwhile fits below it.
        let below = (lead == Lead::Plan).then_some(Lead::Messages);
        let has_result = desk.result.with_untracked(|result| result.answer.is_some());
        let beside = [Lead::Plan, Lead::Messages, Lead::Auction, Lead::Result]
            .into_iter()
            .filter(|other| *other != lead && Some(*other) != below)
            .filter(|other| *other != Lead::Result || has_result || lead == Lead::Messages);
        let front: Vec<Lead> = [lead].into_iter().chain(below).collect();
        (front, beside.collect::<Vec<_>>())
    });
    let front = move |shows: Lead| {
        view! { <Seat desk=desk tab=tab shows=shows place=Place::Front /> }
    };
    let beside = move |shows: Lead| {
        let place = seats.with_untracked(|(_, beside)| beside.iter().position(|at| *at == shows));
        let ready = later(place.unwrap_or(0) + 1);
        view! {
            <Show when=move || ready.get()>
                <Seat desk=desk tab=tab shows=shows place=Place::Beside />
            </Show>
        }
    };
    let open = Callback::new(move |()| tab.set(Tab::Blackboard));
    view! {
        <div class="overview">
            <div class="overview-front">
                <For each=move || seats.with(|(front, _)| front.clone()) key=|at| *at children=front />
            </div>
            <div class="overview-beside">
                <For each=move || seats.with(|(_, beside)| beside.clone()) key=|at| *at children=beside />
                <BlackboardPanel model=desk.blackboard chosen=desk.choices.entry pick=desk.pick large=false on_open=Some(open) />
            </div>
        </div>
    }
}

/// Returns what becomes true so many frames later: panels that come at once are drawn one a frame.
fn later(frames: usize) -> ReadSignal<bool> {
    let (ready, set_ready) = signal(false);
    fn wait(frames: usize, set_ready: WriteSignal<bool>) {
        request_animation_frame(move || match frames {
            0 | 1 => drop(set_ready.try_set(true)),
            more => wait(more - 1, set_ready),
        });
    }
    wait(frames, set_ready);
    ready
}

/// Puts a panel in its place.
#[component]
fn Seat(desk: Desk, tab: RwSignal<Tab>, shows: Lead, place: Place) -> impl IntoView {
    let large = place != Place::Beside;
    let goal = match shows {
        Lead::Auction => Tab::Auction,
        Lead::Plan => Tab::Plan,
        Lead::Messages => Tab::Messages,
        Lead::Result => Tab::Result,
    };
    let open = (place != Place::Alone).then(|| Callback::new(move |()| tab.set(goal)));
    let pick = desk.pick;
    match shows {
        Lead::Auction => view! {
            <AuctionPanel
                model=desk.auctions
                chosen=desk.choices.auction
                pick=pick
                large=large
                on_open=open
            />
        }
        .into_any(),
        Lead::Plan => view! {
            <PlanPanel model=desk.plan schedule=desk.schedule pick=pick large=large on_open=open />
        }
        .into_any(),
        Lead::Messages if place == Place::Alone => view! {
            <TalkPanel
                model=desk.messages
                choice=desk.choices.talk
                pick=pick
                past=Signal::derive(move || desk.past.with(Option::is_some))
            />
        }
        .into_any(),
        Lead::Messages => {
            let model = if large { desk.leading_messages } else { desk.last_messages };
            view! { <MessagesPanel model=model pick=pick large=large on_open=open /> }.into_any()
        }
        Lead::Result => {
            view! { <ResultPanel model=desk.result pick=pick large=large on_open=open /> }
                .into_any()
        }
    }
}
