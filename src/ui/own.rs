//! Where people put in their own: a profile, jobs, a scenario or a trace; nothing leaves the page.

pub mod drop;
mod editor;
mod jobs;
mod paste;
mod profile;

use leptos::html;
use leptos::prelude::*;

use super::icon::{Glyph, Icon};
use super::top::ScenarioChoice;
use crate::view::own::Problem;
use crate::view::own::jobs::JobForm;
use crate::view::own::kind::Given;
use crate::view::own::profile::ProfileForm;
use editor::ScenarioSection;
use jobs::JobsSection;
use profile::ProfileSection;

/// What came of the last input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taken {
    /// Nothing was put in.
    Nothing,
    /// It is used, in these words.
    Used(String),
    /// It is not; the run before stays.
    Refused(Vec<Problem>),
}

/// A profile and jobs to run with, as JSON texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnCase {
    /// The built-in scenario whose task is done; empty for the one that is loaded.
    pub base: String,
    /// The profile.
    pub profile: Option<String>,
    /// The jobs.
    pub jobs: Option<String>,
}

/// What was recognized in a profile: the form, and the document as JSON.
pub type RecognizedProfile = Result<(ProfileForm, String), Vec<Problem>>;

/// What the dialog asks of the page.
#[derive(Clone, Copy)]
pub struct OwnHost {
    /// What came of the last input.
    pub taken: RwSignal<Taken>,
    /// Reads a profile's text.
    pub read_profile: Callback<String, RecognizedProfile>,
    /// Writes a form on top of the document it was read from.
    pub write_profile: Callback<(ProfileForm, String), Result<String, Vec<Problem>>>,
    /// Reads jobs.
    pub read_jobs: Callback<String, Result<Vec<JobForm>, Vec<Problem>>>,
    /// Writes corrected jobs.
    pub write_jobs: Callback<Vec<JobForm>, Result<String, Vec<Problem>>>,
    /// Runs a case.
    pub run: Callback<OwnCase>,
    /// Loads a scenario or a trace.
    pub load: Callback<String>,
    /// Returns the text of a built-in scenario.
    pub source: Callback<String, String>,
}

/// The dialog.
#[component]
pub fn OwnDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    host: OwnHost,
    #[prop(into)] scenarios: Signal<Vec<ScenarioChoice>>,
    /// A text that was dropped on the page, to be put where it belongs.
    dropped: RwSignal<Option<(Given, String)>>,
    /// Closes the dialog and shows the run from its start.
    on_watch: Callback<()>,
) -> impl IntoView {
    let node: NodeRef<html::Dialog> = NodeRef::new();
    Effect::new(move |_| {
        let Some(dialog) = node.get() else { return };
        match (open.get(), dialog.open()) {
            // Showing what is shown already is refused by the browser, to no harm.
            (true, false) => drop(dialog.show_modal()),
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    let case = RwSignal::new(OwnCase::default());
    let run = Callback::new(move |()| host.run.run(case.get_untracked()));
    let built_in = Signal::derive(move || {
        scenarios.with(|all| {
            all.iter().filter(|choice| !choice.name.is_empty()).cloned().collect::<Vec<_>>()
        })
    });
    let bases = move || {
        let option =
            |choice: ScenarioChoice| view! { <option value=choice.name>{choice.title}</option> };
        built_in.get().into_iter().map(option).collect_view()
    };
    let choose_base = move |event| {
        case.update(|case| case.base = event_target_value(&event));
        let given = case.with_untracked(|case| case.profile.is_some() || case.jobs.is_some());
        if given {
            run.run(());
        }
    };
    let of_kind = move |kind: Given| {
        Signal::derive(move || {
            dropped.with(|dropped| match dropped {
                Some((given, text)) if *given == kind => Some(text.clone()),
                _ => None,
            })
        })
    };
    view! {
        <dialog class="own" node_ref=node aria-labelledby="own-title" on:close=move |_| open.set(false)>
            <header class="own-head">
                <div>
                    <h2 id="own-title">"Use your own"</h2>
                    <p>
                        "Nothing leaves this tab: what you put in is read and run here, in the page, and sent nowhere."
                    </p>
                </div>
                <button type="button" class="control" on:click=move |_| open.set(false)>"Close"</button>
            </header>
            <div class="own-body">
                <label class="own-base field">
                    <span>"The team shall do this task"</span>
                    <select class="control" data-testid="own-base" on:change=choose_base>
                        <option value="">"the one that is loaded"</option>
                        {bases}
                    </select>
                </label>
                <div class="own-columns">
                    <ProfileSection host=host case=case run=run dropped=of_kind(Given::Profile) />
                    <JobsSection host=host case=case run=run dropped=of_kind(Given::Jobs) />
                </div>
                <ScenarioSection host=host built_in=built_in dropped=of_kind(Given::Scenario) />
            </div>
            <footer class="own-foot">
                <Status taken=host.taken.into() />
                <button
                    type="button"
                    class="own-watch"
                    data-testid="own-watch"
                    on:click=move |_| on_watch.run(())
                >
                    "Watch it run"
                    <Icon glyph=Glyph::Forward />
                </button>
            </footer>
        </dialog>
    }
}

/// Says what came of the last input.
#[component]
fn Status(taken: Signal<Taken>) -> impl IntoView {
    let words = move || match taken.get() {
        Taken::Nothing => {
            view! { <p class="dim">"What you put in is used as soon as it can be read."</p> }
                .into_any()
        }
        Taken::Used(words) => {
            view! { <p class="own-used" role="status"><Icon glyph=Glyph::Check />{words}</p> }
                .into_any()
        }
        Taken::Refused(problems) => problem_list(problems).into_any(),
    };
    // What scrolls must be in reach of the keyboard.
    view! {
        <div class="own-status" role="region" aria-label="What came of it" tabindex="0">
            {words}
        </div>
    }
}

/// Lists what is wrong, with the place of each.
fn problem_list(problems: Vec<Problem>) -> impl IntoView {
    let items = problems.into_iter().map(|Problem { pointer, detail, line }| {
        let line = line.map(|line| view! { <b>{format!("line {line} ")}</b> });
        let place = (!pointer.is_empty()).then(|| view! { <code>{pointer}</code>" " });
        view! { <li>{line}{place}{detail}</li> }
    });
    view! {
        <div class="problem" role="alert" data-testid="problem">
            <p>"Not used; the run before stays."</p>
            <ul>{items.collect_view()}</ul>
        </div>
    }
}
