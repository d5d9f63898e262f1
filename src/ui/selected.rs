//! The pane at the right: one event, its facts, what brought it about, why not otherwise, and its turn's other events.

use leptos::prelude::*;

use super::icon::RoleMark;
use super::pick::Pick;
use super::terms::Means;
use crate::view::changes::{ChangeRow, Changes};
use crate::view::reasons::{Reasons, Said, Verdict};
use crate::view::selected::{Chain, Fact, Selected, TurnEvent, WhyStep};

/// Shows the selected event, or the one the narration is about.
#[component]
pub fn SelectedPane(
    #[prop(into)] model: Signal<Selected>,
    pick: Pick,
    /// Lets the pane follow the narration again.
    on_follow: Callback<()>,
    /// Goes to a turn and selects an event of it.
    on_visit: Callback<(u64, u64)>,
    /// Replays a hidden read the other way round, and says what came of it.
    on_other_order: Callback<u64, String>,
) -> impl IntoView {
    let body = move || {
        let Selected { event, title, facts, why, turn_events, changes, reasons } = model.get();
        let head = match event {
            Some(event) => format!("Event {event}"),
            None => "No event yet".to_owned(),
        };
        let facts = facts.into_iter().map(fact_row).collect_view();
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
            {chain(why, on_visit)}
            {why_not(&reasons, pick)}
            {said_list("Why the advice changed", "settled", reasons.settled, pick)}
            {said_list("What waits now", "waits", reasons.waits, pick)}
            {hidden_list(reasons.hidden, pick, on_other_order)}
            {change_list(changes, pick)}
            <h3>"Events of this turn"</h3>
            <ol class="turn-events">{events}</ol>
        }
    };
    view! { <aside class="side side-right" aria-label="Selected event">{body}</aside> }
}

fn fact_row(fact: Fact) -> impl IntoView {
    view! { <div><dt>{fact.name}</dt><dd>{fact.value}</dd></div> }
}

fn chain(chain: Chain, on_visit: Callback<(u64, u64)>) -> impl IntoView {
    let Chain { steps, left_out, root } = chain;
    let last = steps.len().saturating_sub(1);
    let rows = steps
        .into_iter()
        .enumerate()
        .map(|(place, step)| {
            let gap = (left_out > 0 && place == last).then(|| {
                view! { <li class="why-gap">{format!("{left_out} steps between")}</li> }
            });
            let mut step = step;
            let mut class = "why-step";
            if place == 0 {
                // Its sentence is the title above.
                class = "why-step why-itself";
                step.sentence = "This event".to_owned();
            }
            view! { {gap} {why_row(step, class, on_visit)} }
        })
        .collect_view();
    view! {
        <ol class="why" data-testid="why">{rows}</ol>
        <p class="why-root">{root}</p>
    }
}

/// One step, with what it used as branches beside it.
fn why_row(step: WhyStep, class: &'static str, on_visit: Callback<(u64, u64)>) -> AnyView {
    let WhyStep { event, turn, sentence, when, reads } = step;
    let branches = (!reads.is_empty()).then(|| {
        let rows = reads.into_iter().map(|read| why_row(read, "why-step why-read", on_visit));
        view! { <ul class="why-reads">{rows.collect_view()}</ul> }
    });
    view! {
        <li class=class data-event=event data-turn=turn>
            <button type="button" title="Go to its turn" on:click=move |_| on_visit.run((turn, event))>
                <span>{sentence}</span>
                <small>{when}</small>
            </button>
            {branches}
        </li>
    }
    .into_any()
}

/// Tells for each agent of the auction why it did not get the award.
fn why_not(reasons: &Reasons, pick: Pick) -> impl IntoView + use<> {
    let Reasons { auction, verdicts, beside, .. } = reasons.clone();
    (!verdicts.is_empty()).then(|| {
        let rows = verdicts.into_iter().map(|verdict| verdict_row(verdict, pick)).collect_view();
        view! {
            <h3>"Why not another, in "{auction}</h3>
            <ul class="why-not" data-testid="why-not">{rows}</ul>
            <p class="dim">{beside}</p>
        }
    })
}

fn verdict_row(verdict: Verdict, pick: Pick) -> impl IntoView {
    let Verdict { agent_id, mark, answer, more, event, won, meant } = verdict;
    let class = if won { "verdict-row verdict-won" } else { "verdict-row" };
    let has_more = !more.is_empty();
    let more = more.into_iter().map(|more| view! { <li>{more}</li> }).collect_view();
    let show = event.map(|event| {
        view! {
            <button type="button" class="button-small" on:click=move |_| pick.select.run(event)>
                {format!("Event {event}")}
            </button>
        }
    });
    let head = view! { <RoleMark mark=mark /> <span>{answer}</span> };
    if !has_more && show.is_none() {
        return view! { <li class=class data-agent=agent_id><p class="verdict-head">{head}</p></li> }
            .into_any();
    }
    view! {
        <li class=class data-agent=agent_id>
            <details open=meant>
                <summary class="verdict-head">{head}</summary>
                <ul>{more}</ul>
                {show}
            </details>
        </li>
    }
    .into_any()
}

fn said_list(
    title: &'static str,
    testid: &'static str,
    said: Vec<Said>,
    pick: Pick,
) -> impl IntoView {
    (!said.is_empty()).then(|| {
        let row = |said: Said| {
            let Said { sentence, more, event } = said;
            let more = more.into_iter().map(|more| view! { <small>{more}</small> }).collect_view();
            view! {
                <li>
                    <button type="button" disabled=event.is_none() on:click=move |_| pick.choose(event)>
                        <span>{sentence}</span>
                        {more}
                    </button>
                </li>
            }
        };
        view! {
            <h3>{title}</h3>
            <ul class="turn-events" data-testid=testid>{said.into_iter().map(row).collect_view()}</ul>
        }
    })
}

/// Lists reads that no dependency orders; each can be tried the other way round.
fn hidden_list(
    hidden: Vec<Said>,
    pick: Pick,
    on_other_order: Callback<u64, String>,
) -> impl IntoView {
    (!hidden.is_empty()).then(|| {
        let row = |said: Said| {
            let event = said.event;
            let verdict = RwSignal::new(String::new());
            let try_it = move |_| {
                if let Some(event) = event {
                    verdict.set(on_other_order.run(event));
                }
            };
            view! {
                <li data-testid="hidden-read">
                    <button type="button" on:click=move |_| pick.choose(event)>
                        <span>{said.sentence}</span>
                    </button>
                    <p class="hidden-try" role="status">
                        <Show
                            when=move || verdict.with(String::is_empty)
                            fallback=move || verdict.get()
                        >
                            <button type="button" class="button-small" on:click=try_it>
                                "Try the other order"
                            </button>
                        </Show>
                    </p>
                </li>
            }
        };
        view! {
            <h3><Means of="Hidden dependency" words="Hidden dependencies" /></h3>
            <ul class="turn-events hidden-reads">{hidden.into_iter().map(row).collect_view()}</ul>
        }
    })
}

/// Lists what the turn changed, from what to what.
fn change_list(changes: Changes, pick: Pick) -> impl IntoView {
    let Changes { rows, more } = changes;
    (!rows.is_empty()).then(|| {
        let row = |row: ChangeRow| {
            let ChangeRow { what, from, to, event } = row;
            let from = if from.is_empty() { "none".to_owned() } else { from };
            let to = if to.is_empty() { "gone".to_owned() } else { to };
            view! {
                <li data-testid="change" class:is-selected=move || pick.is_some(event)>
                    <button type="button" disabled=event.is_none() on:click=move |_| pick.choose(event)>
                        <span>{what}</span>
                        <small><s>{from}</s>" → "<b>{to}</b></small>
                    </button>
                </li>
            }
        };
        let more = (more > 0).then(|| view! { <p class="dim">{format!("and {more} more")}</p> });
        view! {
            <h3>"What this turn changed"</h3>
            <ul class="turn-events changes">{rows.into_iter().map(row).collect_view()}</ul>
            {more}
        }
    })
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
