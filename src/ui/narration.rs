//! The sentences above the canvas, read out as they change.

use leptos::prelude::*;

use crate::view::narration::Narration;

/// Says what this turn did, with a marker on what the panels highlight.
#[component]
pub fn NarrationLine(#[prop(into)] model: Signal<Narration>) -> impl IntoView {
    let spans = move || {
        let spans = model.with(|model| model.spans.clone());
        let one = |span: crate::view::narration::Span| {
            let class = if span.named { "is-named" } else { "" };
            view! { <span class=class>{span.text}</span> }
        };
        spans.into_iter().map(one).collect_view()
    };
    view! {
        <p class="narration" data-testid="narration" aria-live="polite" aria-atomic="true">
            {spans}
        </p>
    }
}
