//! Files: dropped anywhere on the page or chosen, read as text in the page.

use js_sys::futures::JsFuture;
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys;

/// Reads a file and hands its text on.
pub fn read(file: web_sys::File, on_text: Callback<String>) {
    spawn_local(async move {
        // A file that cannot be read is as good as none; the browser has said so.
        let Ok(read) = JsFuture::from(file.unchecked_ref::<web_sys::Blob>().text()).await else {
            return;
        };
        on_text.run(read.as_string().unwrap_or_default());
    });
}

fn file_of(event: &web_sys::DragEvent) -> Option<web_sys::File> {
    event.data_transfer()?.files()?.get(0)
}

/// Takes files that are dropped anywhere on the page; says whether one is held over it.
pub fn listen(on_text: Callback<String>) -> ReadSignal<bool> {
    let (over, set_over) = signal(false);
    let carries_files = |event: &web_sys::DragEvent| {
        event.data_transfer().is_some_and(|data| data.types().includes(&"Files".into(), 0))
    };
    let enter = window_event_listener(ev::dragover, move |event| {
        if carries_files(&event) {
            event.prevent_default();
            set_over.set(true);
        }
    });
    let leave = window_event_listener(ev::dragleave, move |event| {
        // Only what leaves the window has nowhere it goes to.
        if event.related_target().is_none() {
            set_over.set(false);
        }
    });
    let dropped = window_event_listener(ev::drop, move |event| {
        set_over.set(false);
        if let Some(file) = file_of(&event) {
            event.prevent_default();
            read(file, on_text);
        }
    });
    on_cleanup(move || {
        enter.remove();
        leave.remove();
        dropped.remove();
    });
    over
}

/// A button that lets people choose a file.
#[component]
pub fn FileButton(label: &'static str, on_text: Callback<String>) -> impl IntoView {
    let chosen = move |event: web_sys::Event| {
        let input = event_target::<web_sys::HtmlInputElement>(&event);
        if let Some(file) = input.files().and_then(|files| files.get(0)) {
            read(file, on_text);
        }
        // The same file can be chosen again after it was changed.
        input.set_value("");
    };
    view! {
        <label class="own-file button-small">
            {label}
            <input type="file" accept=".json,.jsonld,.txt,.md,application/json,text/plain" on:change=chosen />
        </label>
    }
}
