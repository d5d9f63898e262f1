//! The six chapters in a row: where the story is, and a way to where each began.

use leptos::prelude::*;

use crate::ui::icon::{Glyph, Icon};
use crate::view::phases::PhaseState;
use crate::view::story::Chapter;

/// Lists the chapters.
#[component]
pub fn Chapters(
    #[prop(into)] model: Signal<Vec<Chapter>>,
    /// Goes to a turn.
    on_seek: Callback<u64>,
) -> impl IntoView {
    let rows = move || {
        let chapters = model.get().into_iter().enumerate();
        chapters.map(|(place, chapter)| one(place, chapter, on_seek)).collect_view()
    };
    view! { <ol class="chapters" aria-label="Chapters">{rows}</ol> }
}

fn one(place: usize, chapter: Chapter, on_seek: Callback<u64>) -> impl IntoView {
    let Chapter { phase, title, state, current, from } = chapter;
    let sign = if state == PhaseState::Done && !current {
        view! { <Icon glyph=Glyph::Check /> }.into_any()
    } else {
        (place + 1).into_any()
    };
    let now = if current { " is-told" } else { "" };
    let seek = move |_| {
        if let Some(turn) = from {
            on_seek.run(turn);
        }
    };
    view! {
        <li
            class=format!("chapter chapter-{}{now}", state.name())
            data-testid="phase"
            data-phase=phase
            data-state=state.name()
            aria-current=current.then_some("step")
        >
            <button type="button" disabled=from.is_none() on:click=seek>
                <span class="chapter-sign" aria-hidden="true">{sign}</span>
                <span class="chapter-title">{title}</span>
                <span class="sr">{format!("{}, {}", phase, state.name())}</span>
            </button>
        </li>
    }
}
