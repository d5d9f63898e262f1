//! The bar at the top: which run this is, and what belongs to the whole page.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};
use super::route::{self, Face};
use super::terms::Means;

/// A scenario to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScenarioChoice {
    /// The name it is called by; empty for the user's own.
    pub name: String,
    /// The name people read.
    pub title: String,
}

/// Chooses the run and holds the page's own switches.
#[component]
pub fn TopBar(
    #[prop(into)] face: Signal<Face>,
    #[prop(into)] scenarios: Signal<Vec<ScenarioChoice>>,
    /// The name of the scenario that is loaded.
    #[prop(into)]
    current: Signal<String>,
    #[prop(into)] seed: Signal<u64>,
    /// The digest at this turn, in groups of four.
    #[prop(into)]
    digest: Signal<String>,
    on_scenario: Callback<String>,
    /// Opens the dialog for what people bring.
    on_own: Callback<()>,
    on_seed: Callback<u64>,
    /// Asks for a seed that nobody chose.
    on_fresh_seed: Callback<()>,
    on_reset: Callback<()>,
    on_theme: Callback<()>,
    on_help: Callback<()>,
    /// What acts on the run, before the page's own switches.
    children: Children,
) -> impl IntoView {
    let options = move || {
        let option = |choice: ScenarioChoice| {
            let ScenarioChoice { name, title } = choice;
            let chosen = current.get() == name;
            view! { <option value=name selected=chosen>{title}</option> }
        };
        scenarios.get().into_iter().map(option).collect_view()
    };
    let sow = move |event| {
        if let Ok(seed) = event_target_value(&event).trim().parse() {
            on_seed.run(seed);
        }
    };
    view! {
        <header class="top">
            <h1 class="brand">"Agora"</h1>
            <FaceSwitch face=face />
            <label class="field field-grow">
                <span>"Scenario"</span>
                <select
                    class="control"
                    data-testid="scenario"
                    prop:value=current
                    on:change=move |event| on_scenario.run(event_target_value(&event))
                >
                    {options}
                </select>
            </label>
            <button
                type="button"
                class="control act"
                data-testid="own-open"
                aria-haspopup="dialog"
                title="A profile, jobs, a scenario or a trace of your own"
                on:click=move |_| on_own.run(())
            >
                <Icon glyph=Glyph::Bring />
                <span>"Use your own…"</span>
            </button>
            <label class="field">
                <span title="The number all chance in the run is drawn from">"Seed"</span>
                <input
                    class="control seed"
                    type="number"
                    min="0"
                    max="9007199254740991"
                    step="1"
                    data-testid="seed"
                    prop:value=move || seed.get().to_string()
                    on:change=sow
                />
            </label>
            <button
                type="button"
                class="control control-icon"
                data-testid="fresh-seed"
                aria-label="Fresh seed"
                title="Fresh seed: one that nobody chose, from the browser's entropy"
                on:click=move |_| on_fresh_seed.run(())
            >
                <Icon glyph=Glyph::Dice />
            </button>
            <button type="button" class="control act" data-testid="reset" title="Reset: begin again at turn 0" on:click=move |_| on_reset.run(())>
                <Icon glyph=Glyph::Again />
                <span>"Reset"</span>
            </button>
            <span class="spring"></span>
            <p class="digest">
                <Means of="Digest" words="digest" />
                " "
                <span data-testid="digest">{move || digest.get()}</span>
            </p>
            {children()}
            <button type="button" class="control control-icon" aria-label="Light or dark" title="Light or dark" on:click=move |_| on_theme.run(())>
                <Icon glyph=Glyph::Theme />
            </button>
            <button type="button" class="control control-icon" aria-label="Help" title="Help (?)" on:click=move |_| on_help.run(())>
                "?"
            </button>
        </header>
    }
}

/// Says which face is shown, and leads to the other.
#[component]
fn FaceSwitch(face: Signal<Face>) -> impl IntoView {
    let part = move |of: Face, words: &'static str| {
        view! { <span class="face-part" class:is-current=move || face.get() == of>{words}</span> }
    };
    let label = move || match face.get() {
        Face::Story => "Story is shown; go to the workbench",
        Face::Workbench => "Workbench is shown; go to the story",
        Face::Bench => "The benchmark is shown; go to the story",
        Face::Docs => "The API's description is shown; go to the workbench",
    };
    view! {
        <button
            type="button"
            class="face"
            data-testid="face"
            data-face=move || face.get().name()
            aria-label=label
            title=label
            on:click=move |_| route::open(face.get_untracked().other())
        >
            {part(Face::Story, "Story")}
            {part(Face::Workbench, "Workbench")}
        </button>
    }
}
