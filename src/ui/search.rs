//! The search sheet: events that fit, and running on until something happens.

use leptos::prelude::*;

use super::sheet::Sheet;
use crate::view::phases::TITLES;
use crate::view::search::{Found, Hit, METRICS, Stop};

/// The sheet.
#[component]
pub fn Search(
    open: RwSignal<bool>,
    text: RwSignal<String>,
    #[prop(into)] found: Signal<Found>,
    /// Goes to a turn and selects an event of it.
    on_visit: Callback<(u64, u64)>,
    /// Runs on until something happens.
    on_until: Callback<Stop>,
) -> impl IntoView {
    let visit = Callback::new(move |to| {
        open.set(false);
        on_visit.run(to);
    });
    let until = Callback::new(move |stop| {
        open.set(false);
        on_until.run(stop);
    });
    view! {
        <Sheet open=open title="Search" class="search">
            <input
                class="control search-field"
                type="search"
                autocomplete="off"
                autofocus
                aria-label="Search events"
                placeholder="kind:awarded agent:pricing type:bid and words"
                data-testid="search"
                prop:value=move || text.get()
                on:input=move |event| text.set(event_target_value(&event))
            />
            <p class="dim" role="status">{move || found.with(|found| found.summary.clone())}</p>
            <ol class="turn-events search-hits">
                {move || found.get().hits.into_iter().map(|hit| hit_row(hit, visit)).collect_view()}
            </ol>
            <section>
                <h3>"Or run on until"</h3>
                <div class="until-rows">
                    <button
                        type="button"
                        class="control"
                        data-testid="until-event"
                        on:click=move |_| until.run(Stop::Event(text.get_untracked()))
                    >
                        "an event that fits the search"
                    </button>
                    <PhaseStop on_until=until />
                    <MetricStop on_until=until />
                </div>
            </section>
        </Sheet>
    }
}

fn hit_row(hit: Hit, on_visit: Callback<(u64, u64)>) -> impl IntoView {
    let Hit { event, turn, sentence, when } = hit;
    view! {
        <li data-testid="hit" data-event=event data-turn=turn>
            <button type="button" on:click=move |_| on_visit.run((turn, event))>
                <span>{sentence}</span>
                <small>{when}</small>
            </button>
        </li>
    }
}

#[component]
fn PhaseStop(on_until: Callback<Stop>) -> impl IntoView {
    let buttons = TITLES.into_iter().enumerate().map(|(place, title)| {
        view! {
            <button type="button" class="button-small" on:click=move |_| on_until.run(Stop::Phase(place))>
                {title}
            </button>
        }
    });
    view! { <p class="until-phases"><span>"a phase begins:"</span>{buttons.collect_view()}</p> }
}

#[component]
fn MetricStop(on_until: Callback<Stop>) -> impl IntoView {
    let metric = RwSignal::new(METRICS[0].0);
    let value = RwSignal::new("20".to_owned());
    let options = METRICS.map(|(name, title, _)| view! { <option value=name>{title}</option> });
    let choose = move |event| {
        let chosen = event_target_value(&event);
        if let Some((name, _, _)) = METRICS.iter().find(|(name, _, _)| *name == chosen) {
            metric.set(name);
        }
    };
    let run = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        on_until.run(Stop::Crossing(metric.get_untracked(), value.get_untracked()));
    };
    view! {
        <form class="until-metric" on:submit=run>
            <label class="field">
                <span>"a metric crosses"</span>
                <select class="control" aria-label="Metric" on:change=choose>{options.collect_view()}</select>
            </label>
            <input
                class="control seed"
                type="number"
                step="any"
                aria-label="Value"
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
            />
            <button type="submit" class="control">"Run"</button>
        </form>
    }
}
