//! Which rows of a long list are in view, so that only those are drawn.

use leptos::html;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::closure::Closure;
use leptos::web_sys;

/// Rows drawn beyond either edge of what is in view, so that none is missing while scrolling.
const BEYOND: usize = 12;
/// The window moves by so many rows at once, so that scrolling redraws seldom.
const STEP: usize = 8;

/// The rows to draw.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Window {
    /// The first.
    pub first: usize,
    /// Behind the last; may lie behind the end of the list.
    pub end: usize,
}

impl Window {
    /// Says whether the end of a list of so many rows is in view, and not only near it.
    pub fn shows_end(self, count: usize) -> bool {
        self.end >= count + BEYOND
    }
}

/// Returns the rows to draw of a list whose box is as high as all its rows together.
///
/// `top` is how far the box's top is below the viewport's [px], negative when scrolled past.
pub fn window(top: f64, viewport: f64, row_px: f64) -> Window {
    let first = ((-top).max(0.0) / row_px) as usize;
    let end = ((viewport - top).max(0.0) / row_px).ceil() as usize;
    let first = first.saturating_sub(BEYOND) / STEP * STEP;
    Window { first, end: (end + BEYOND).div_ceil(STEP) * STEP }
}

/// Follows which rows of a list are in view, whatever scrolls around it.
///
/// `count` is read to look again when rows come or go.
pub fn window_of(
    node: NodeRef<html::Div>,
    row_px: f64,
    count: Signal<usize>,
) -> ReadSignal<Window> {
    let (seen, set_seen) = signal(window(0.0, 900.0, row_px));
    let look = move || {
        let Some(Some(element)) = node.try_get_untracked() else { return };
        let height = window_height();
        let top = element.get_bounding_client_rect().top();
        let now = window(top, height, row_px);
        if seen.try_get_untracked() != Some(now) {
            set_seen.try_set(now);
        }
    };
    // Scrolling does not bubble, but is captured on its way down, whichever box it happens in.
    let listener = StoredValue::new_local(None::<Listener>);
    Effect::new(move |_| {
        if node.get().is_some() && listener.with_value(Option::is_none) {
            listener.set_value(Listener::new(look));
        }
        count.track();
        request_animation_frame(look);
    });
    seen
}

fn window_height() -> f64 {
    leptos::prelude::window()
        .inner_height()
        .ok()
        .and_then(|height| height.as_f64())
        .unwrap_or(900.0)
}

/// Listens to scrolling and resizing until it is dropped.
struct Listener {
    callback: Closure<dyn FnMut()>,
}

impl Listener {
    fn new(look: impl Fn() + 'static) -> Option<Listener> {
        let callback = Closure::<dyn FnMut()>::new(look);
        let target: web_sys::EventTarget = leptos::prelude::window().into();
        let function = callback.as_ref().unchecked_ref();
        target.add_event_listener_with_callback_and_bool("scroll", function, true).ok()?;
        target.add_event_listener_with_callback("resize", function).ok()?;
        Some(Listener { callback })
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let target: web_sys::EventTarget = leptos::prelude::window().into();
        let function = self.callback.as_ref().unchecked_ref();
        let _ = target.remove_event_listener_with_callback_and_bool("scroll", function, true);
        let _ = target.remove_event_listener_with_callback("resize", function);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_holds_what_is_in_view() {
        for scrolled in [0.0, 13.0, 5_000.0, 2_600_000.0] {
            let seen = window(200.0 - scrolled, 900.0, 26.0);
            let first = ((scrolled - 200.0_f64).max(0.0) / 26.0) as usize;
            let last = ((700.0 + scrolled) / 26.0) as usize;
            assert!(seen.first <= first && seen.end > last, "{scrolled}: {seen:?}");
            assert!(seen.end - seen.first < 100, "few rows are drawn, however many there are");
        }
    }
}
