//! How large elements are: diagrams are laid out in real pixels, and what floats keeps clear of what stays.

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
        // It calls at once, when the page has been laid out; to ask here would lay it out once more.
        Observer::of(element.into(), move |watched| {
            // Whole pixels, written only when they change: a resize that changes nothing must not
            // start another layout.
            let now = u32::try_from(watched.client_width()).unwrap_or(0);
            if width.try_get_untracked() != Some(now) {
                set_width.try_set(now);
            }
        })
    });
    width
}

/// Tells style sheets how high an element is, by a property of the root [px].
pub fn tell_height(node: NodeRef<html::Footer>, name: &'static str) {
    Effect::new(move |observer: Option<Option<Observer>>| {
        let element = node.get()?;
        if let Some(Some(kept)) = observer {
            return Some(kept);
        }
        Observer::of(element.into(), move |watched| {
            let root = document().document_element();
            let Some(root) = root.as_ref().and_then(|root| root.dyn_ref::<web_sys::HtmlElement>())
            else {
                return;
            };
            let height = watched.get_bounding_client_rect().height();
            // Without it things stand where they would at the usual height.
            let _ = web_sys::HtmlElement::style(root).set_property(name, &format!("{height:.0}px"));
        })
    });
}

/// Stops watching when the panel is gone.
struct Observer {
    observer: web_sys::ResizeObserver,
    _callback: Closure<dyn FnMut()>,
}

impl Observer {
    fn of(
        element: web_sys::Element,
        tell: impl Fn(&web_sys::Element) + 'static,
    ) -> Option<Observer> {
        let watched = element.clone();
        let callback = Closure::<dyn FnMut()>::new(move || tell(&watched));
        let observer = web_sys::ResizeObserver::new(callback.as_ref().unchecked_ref()).ok()?;
        observer.observe(&element);
        Some(Observer { observer, _callback: callback })
    }
}

impl Drop for Observer {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
