//! The six phases at the left: where the task stands, and a way to where each began.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};
use super::terms::Means;
use crate::view::phases::{PhaseRow, PhaseState, Phases};

/// Lists the six phases of the selected task.
#[component]
pub fn PhaseList(
    #[prop(into)] model: Signal<Phases>,
    /// Goes to a turn.
    on_seek: Callback<u64>,
) -> impl IntoView {
    let rows = move || {
        let rows = model.with(|model| model.rows.clone());
        rows.into_iter().map(|row| phase_row(row, on_seek)).collect_view()
    };
    view! {
        <section class="side-section" aria-label="Phases">
            <header class="side-head">
                <h2><Means of="Phase" words="Phases" /></h2>
                <p class="dim"><Means of="Turn" words="turns" /></p>
            </header>
            <ol class="phases">{rows}</ol>
        </section>
    }
}

fn phase_row(row: PhaseRow, on_seek: Callback<u64>) -> impl IntoView {
    let PhaseRow { name, title, what, state, turns, from } = row;
    let glyph = match state {
        PhaseState::Waiting => Glyph::Ring,
        PhaseState::Active => Glyph::Going,
        PhaseState::Done => Glyph::Check,
    };
    let seek = move |_| {
        if let Some(turn) = from {
            on_seek.run(turn);
        }
    };
    view! {
        <li
            class=format!("phase phase-{}", state.name())
            data-testid="phase"
            data-phase=name
            data-state=state.name()
            aria-current=(state == PhaseState::Active).then_some("step")
        >
            <button type="button" title=what disabled=from.is_none() on:click=seek>
                <Icon glyph=glyph />
                <span>{title}</span>
                <span class="phase-turns">{turns}</span>
                <span class="sr">{state.name()}</span>
            </button>
        </li>
    }
}
