//! What the user points at: one selected event, marked wherever it is shown.

use leptos::ev::MouseEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// The selection as every panel sees it: a signal to read, a callback to ask for another.
#[derive(Clone, Copy)]
pub struct Pick {
    /// The selected event; none while the pane follows the narration.
    pub selected: Signal<Option<u64>>,
    /// Selects an event.
    pub select: Callback<u64>,
}

impl Pick {
    /// Says whether an event is the selected one, reactively.
    pub fn is(self, event: u64) -> bool {
        self.selected.get() == Some(event)
    }

    /// Says the same of an event that may be missing.
    pub fn is_some(self, event: Option<u64>) -> bool {
        event.is_some_and(|event| self.is(event))
    }

    /// Selects an event if there is one.
    pub fn choose(self, event: Option<u64>) {
        if let Some(event) = event {
            self.select.run(event);
        }
    }
}

impl Pick {
    /// Selects an event where something is pressed that has no use of its own, such as a bare number.
    pub fn press(self, event: Option<u64>) -> impl Fn(MouseEvent) + Clone + 'static {
        move |press| {
            let target =
                press.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
            let used = "button, a, summary, select, input, label, pre";
            let is_used = target
                .is_some_and(|target| target.closest(used).is_ok_and(|found| found.is_some()));
            if !is_used {
                self.choose(event);
            }
        }
    }
}

/// Returns the classes that say named, fresh and selected, after an element's own.
pub fn classes(own: &str, named: bool, fresh: bool, selected: bool) -> String {
    let mut class = own.to_owned();
    for (on, name) in [(named, " is-named"), (fresh, " is-fresh"), (selected, " is-selected")] {
        if on {
            class.push_str(name);
        }
    }
    class
}
