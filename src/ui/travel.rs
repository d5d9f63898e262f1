//! What travels through a run beside the transport: commands, branches, sharing, kept sessions, search.

use leptos::prelude::*;

use super::branches::BranchAct;
use super::desk::Desk;
use super::desk::journey::Given;
use super::icon::{Glyph, Icon};
use super::intervene::{Intervene, Intervention, Opening};
use super::notice::Notice;
use super::panel::Tab;
use super::playback::Playback;
use super::search::Search;
use super::sessions::Sessions;
use super::share::ShareBox;
use crate::view::order::{Kind, Order};
use crate::view::search::Stop;
use crate::web::exports;

/// What is open, and what it acts on. Copies are handles to the same one.
#[derive(Clone, Copy)]
pub struct Travel {
    desk: Desk,
    playback: Playback,
    tab: RwSignal<Tab>,
    opening: Opening,
    search: RwSignal<bool>,
    faults: RwSignal<Vec<(String, String)>>,
}

impl Travel {
    /// Makes it, all closed, and lets panels find it.
    pub fn new(desk: Desk, playback: Playback, tab: RwSignal<Tab>) -> Travel {
        let travel = Travel {
            desk,
            playback,
            tab,
            opening: Opening::closed(),
            search: RwSignal::new(false),
            faults: RwSignal::new(Vec::new()),
        };
        provide_context(Intervention {
            give: Callback::new(move |order: Order| travel.give(&order)),
            open: Callback::new(move |(kind, agent)| travel.intervene(kind, agent)),
        });
        travel
    }

    /// Opens the forms.
    pub fn intervene(self, kind: Kind, agent: Option<String>) {
        self.playback.pause();
        self.faults.set(Vec::new());
        self.opening.at(kind, agent);
    }

    /// Opens the search.
    pub fn open_search(self) {
        self.playback.pause();
        self.search.set(true);
    }

    /// Opens or closes the forms as they were left.
    pub fn switch_forms(self) {
        if self.opening.open.get_untracked() {
            self.opening.open.set(false);
        } else {
            self.intervene(self.opening.kind.get_untracked(), None);
        }
    }

    /// Gives an order; what is wrong with it is shown where it was given.
    fn give(self, order: &Order) {
        self.playback.pause();
        let from_forms = self.opening.open.get_untracked();
        match self.desk.give(order) {
            Given::Done(_) => self.opening.open.set(false),
            Given::Refused(faults) if from_forms => {
                let fault = |fault: crate::model::fault::Fault| (fault.pointer, fault.detail);
                self.faults.set(faults.into_iter().map(fault).collect());
            }
            Given::Refused(faults) => {
                let faults = faults.iter().map(ToString::to_string).collect();
                let words = format!("Not done, the run is as before: {}.", order.name());
                self.desk.notice.set(Some(Notice::Problem(words, faults)));
            }
        }
    }

    /// Does something with a branch.
    pub fn branch(self, act: BranchAct) {
        self.playback.pause();
        match act {
            BranchAct::Compare(with) => {
                self.desk.compare(with);
                self.tab.set(Tab::Compare);
            }
            other => self.desk.branch(other),
        }
    }
}

/// The buttons of the top bar.
#[component]
pub fn TravelActs(travel: Travel) -> impl IntoView {
    let verdict = travel.desk.keeping.verdict;
    let is_verified = move || verdict.with(|verdict| verdict == "verified");
    let verdict = move || {
        let words = verdict.get();
        (!words.is_empty()).then(|| {
            view! {
                <p class="verdict" class:is-verified=is_verified data-testid="verdict">
                    <Icon glyph=if is_verified() { Glyph::Check } else { Glyph::Cross } />
                    {words}
                </p>
            }
        })
    };
    view! {
        {verdict}
        <button
            type="button"
            class="control act"
            data-testid="intervene"
            title="Do something to the run at this turn (i)"
            on:click=move |_| travel.switch_forms()
        >
            <Icon glyph=Glyph::Bolt />
            <span>"Intervene"</span>
        </button>
        <button
            type="button"
            class="control control-icon"
            data-testid="search-open"
            aria-label="Search events, run until"
            title="Search events, run until (/)"
            on:click=move |_| travel.open_search()
        >
            <Icon glyph=Glyph::Search />
        </button>
        <button
            type="button"
            class="control act"
            data-testid="sessions"
            title="Kept sessions, files, exports"
            on:click=move |_| travel.desk.open_sessions()
        >
            <Icon glyph=Glyph::Folder />
            <span>"Sessions"</span>
        </button>
        <button
            type="button"
            class="control act"
            data-testid="share"
            title="Copy a link to this moment"
            on:click=move |_| {
                travel.playback.pause();
                travel.desk.share();
            }
        >
            <Icon glyph=Glyph::Share />
            <span>"Share"</span>
        </button>
    }
}

/// What opens over the page.
#[component]
pub fn TravelSheets(travel: Travel) -> impl IntoView {
    let desk = travel.desk;
    let keeping = desk.keeping;
    let name = Signal::derive(move || {
        let name = keeping.name.get();
        if name.is_empty() { desk.title.get() } else { name }
    });
    view! {
        <ShareBox sharing=keeping.sharing on_act=Callback::new(move |act| desk.share_act(act)) />
        <Sessions
            open=keeping.open
            kept=keeping.list
            name=name
            formats=exports::offers()
            on_act=Callback::new(move |act| desk.session_act(act))
        />
        <Search
            open=travel.search
            text=desk.search_text
            found=desk.found
            on_visit=Callback::new(move |(turn, event): (u64, u64)| {
                desk.seek(turn);
                desk.pick.select.run(event);
            })
            on_until=Callback::new(move |stop: Stop| desk.run_until(&stop))
        />
        <Intervene
            opening=travel.opening
            forms=desk.forms
            place=desk.place
            faults=travel.faults
            on_give=Callback::new(move |order: Order| travel.give(&order))
        />
    }
}
