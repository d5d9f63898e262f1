//! Words whose meaning is at hand: on hover, by keyboard, by touch. One tip serves the whole page.

use leptos::ev;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys;

use crate::view::terms;

/// How wide a tip is at most [px]; the style sheet says the same.
const WIDTH_PX: f64 = 320.0;
/// Room below a word that is enough for its tip [px].
const ROOM_PX: f64 = 120.0;
/// The tip's id in the document.
const ID: &str = "meaning";

/// A term with its meaning at hand.
#[component]
pub fn Means(
    /// The term, as it is defined.
    of: &'static str,
    /// How it is written here, where that is not the term.
    #[prop(optional)]
    words: &'static str,
) -> impl IntoView {
    let words = if words.is_empty() { of } else { words };
    view! { <button type="button" class="means" data-means=of>{words}</button> }
}

/// A word that has a meaning of its own, at hand in the same way.
#[component]
pub fn Explained(#[prop(into)] words: String, #[prop(into)] meaning: String) -> impl IntoView {
    view! { <button type="button" class="means" data-meaning=meaning>{words}</button> }
}

/// What a tip says, and where it stands.
#[derive(Clone)]
struct Tip {
    words: String,
    place: String,
}

/// The tip. It shows what the pointer or the focus is on, and goes with Escape.
#[component]
pub fn Meaning() -> impl IntoView {
    let tip = RwSignal::new(None::<Tip>);
    let of = move |event: &web_sys::Event| {
        let target = event.target()?.dyn_into::<web_sys::Element>().ok()?;
        target.closest("[data-means], [data-meaning], #meaning").ok().flatten()
    };
    let look = move |event: &web_sys::Event| match of(event) {
        // Who reads the tip keeps it.
        Some(found) if found.id() == ID => {}
        Some(found) => tip.set(tip_of(&found)),
        None if tip.with_untracked(Option::is_some) => tip.set(None),
        None => {}
    };
    let handles = [
        window_event_listener(ev::pointerover, move |event| look(&event)),
        window_event_listener(ev::focusin, move |event| look(&event)),
        window_event_listener(ev::click, move |event| look(&event)),
        window_event_listener(ev::wheel, move |_| tip.set(None)),
        window_event_listener(ev::keydown, move |event| {
            if event.key() == "Escape" {
                tip.set(None);
            }
        }),
    ];
    on_cleanup(move || handles.into_iter().for_each(|handle| handle.remove()));
    view! {
        <div
            id=ID
            class="meaning"
            role="tooltip"
            hidden=move || tip.with(Option::is_none)
            style=move || tip.with(|tip| tip.as_ref().map(|tip| tip.place.clone()).unwrap_or_default())
        >
            {move || tip.with(|tip| tip.as_ref().map(|tip| tip.words.clone()).unwrap_or_default())}
        </div>
    }
}

fn tip_of(word: &web_sys::Element) -> Option<Tip> {
    let words = match word.get_attribute("data-means") {
        Some(term) => terms::meaning(&term)?.to_owned(),
        None => word.get_attribute("data-meaning")?,
    };
    // A word that cannot be told what describes it is still read as it stands.
    let _ = word.set_attribute("aria-describedby", ID);
    let area = word.get_bounding_client_rect();
    let size = |length: Result<leptos::wasm_bindgen::JsValue, _>| {
        length.ok().and_then(|length| length.as_f64()).unwrap_or(0.0)
    };
    let (width, height) = (size(window().inner_width()), size(window().inner_height()));
    let left = area.left().min(width - WIDTH_PX - 8.0).max(8.0);
    let place = if area.bottom() + ROOM_PX > height {
        format!("left:{left:.0}px;bottom:{:.0}px", height - area.top() + 6.0)
    } else {
        format!("left:{left:.0}px;top:{:.0}px", area.bottom() + 6.0)
    };
    Some(Tip { words, place })
}
