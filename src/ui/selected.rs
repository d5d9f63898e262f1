//! The pane at the right: one event, its facts, what brought it about, and its turn's other events.

use leptos::prelude::*;

use super::pick::Pick;
use crate::view::selected::{Fact, Link, Selected, TurnEvent, WhyStep};

/// Shows the selected event, or the one the narration is about.
#[component]
pub fn SelectedPane(
    #[prop(into)] model: Signal<Selected>,
    pick: Pick,
    /// Lets the pane follow the narration again.
    on_follow: Callback<()>,
    /// Goes to a turn and selects an event of it.
    on_visit: Callback<(u64, u64)>,
) -> impl IntoView {
    let body = move || {
        let Selected { event, title, facts, why, turn_events } = model.get();
        let head = match event {
            Some(event) => format!("Event {event}"),
            None => "No event yet".to_owned(),
        };
        let facts = facts.into_iter().map(fact_row).collect_view();
        let why = why.into_iter().map(|step| why_row(step, on_visit)).collect_view();
        let events = turn_events.into_iter().map(|row| event_row(row, event, pick)).collect_view();
        view! {
            <header class="side-head">
                <h2>{head}</h2>
                <Show when=move || pick.selected.get().is_some()>
                    <button type="button" class="button-small" on:click=move |_| on_follow.run(())>
                        "Follow the turn"
                    </button>
                </Show>
            </header>
            <p class="selected-title">{title}</p>
            <dl class="facts">{facts}</dl>
            <h3>"Why"</h3>
            <ol class="why" data-testid="why">{why}</ol>
            <h3>"Events of this turn"</h3>
            <ol class="turn-events">{events}</ol>
        }
    };
    view! { <aside class="side side-right" aria-label="Selected event">{body}</aside> }
}

fn fact_row(fact: Fact) -> impl IntoView {
    view! { <div><dt>{fact.name}</dt><dd>{fact.value}</dd></div> }
}

fn why_row(step: WhyStep, on_visit: Callback<(u64, u64)>) -> impl IntoView {
    let WhyStep { event, turn, link, sentence, when } = step;
    let class = match link {
        Link::Itself => "why-step why-itself",
        Link::Cause => "why-step",
        Link::Read => "why-step why-read",
    };
    view! {
        <li class=class>
            <button type="button" on:click=move |_| on_visit.run((turn, event))>
                <span>{sentence}</span>
                <small>{when}</small>
            </button>
        </li>
    }
}

fn event_row(row: TurnEvent, shown: Option<u64>, pick: Pick) -> impl IntoView {
    let TurnEvent { event, sentence, kind } = row;
    view! {
        <li>
            <button
                type="button"
                class:is-selected=move || pick.is(event)
                aria-current=(shown == Some(event)).then_some("true")
                on:click=move |_| pick.select.run(event)
            >
                <span>{sentence}</span>
                <small>{kind}</small>
            </button>
        </li>
    }
}
