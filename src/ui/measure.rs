//! How wide an element is, as a signal: diagrams are laid out in real pixels so that text never shrinks.

use leptos::html;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::closure::Closure;
use leptos::web_sys;

/// Returns the width of a box [px], 0 until it is on the page; it follows the box from then on.
pub fn width_of(node: NodeRef<html::Div>) -> ReadSignal<u32> {
    let (width, set_width) = signal(0_u32);
    Effect::new(move |observer: Option<Option<Observer>>| {
        let element = node.get()?;
        if let Some(Some(kept)) = observer {
            return Some(kept);
        }
        let measured: web_sys::Element = element.into();
        let watched = measured.clone();
        let callback = Closure::<dyn FnMut()>::new(move || {
            // Whole pixels, written only when they change: a resize that changes nothing must not
            // start another layout.
            let now = u32::try_from(watched.client_width()).unwrap_or(0);
            if width.try_get_untracked() != Some(now) {
                set_width.try_set(now);
            }
        });
        // It calls at once, when the page has been laid out; to ask here would lay it out once more.
        let observer = web_sys::ResizeObserver::new(callback.as_ref().unchecked_ref()).ok()?;
        observer.observe(&measured);
        Some(Observer { observer, _callback: callback })
    });
    width
}

/// Stops watching when the panel is gone.
struct Observer {
    observer: web_sys::ResizeObserver,
    _callback: Closure<dyn FnMut()>,
}

impl Drop for Observer {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
