//! The answer to take away: copied as plain text, or printed.

use js_sys::futures::JsFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys;

/// What came of copying.
#[derive(Clone, Copy, PartialEq)]
enum Copied {
    NotYet,
    Done,
    Refused,
}

/// Copies or prints the answer.
#[component]
pub fn Handout(text: String) -> impl IntoView {
    let copied = RwSignal::new(Copied::NotYet);
    let shown = text.clone();
    let copy = move |_| {
        let text = text.clone();
        spawn_local(async move {
            let done = write(&text).await;
            copied.try_set(if done { Copied::Done } else { Copied::Refused });
        });
    };
    let print = move |_| {
        let _ = window().print();
    };
    let words = move || match copied.get() {
        Copied::NotYet => "",
        Copied::Done => "copied",
        Copied::Refused => "the browser refused; here it is:",
    };
    view! {
        <span class="handout">
            <button type="button" class="button-small" data-testid="copy-result" on:click=copy>"Copy"</button>
            <button type="button" class="button-small" on:click=print>"Print"</button>
            <span class="dim" role="status">{words}</span>
        </span>
        <Show when=move || copied.get() == Copied::Refused>
            <textarea class="control" readonly rows="8" aria-label="The answer as plain text" prop:value=shown.clone()></textarea>
        </Show>
    }
}

/// Writes to the clipboard; says whether the browser let it.
async fn write(text: &str) -> bool {
    // A frame without permission, or an insecure page, has no clipboard.
    let navigator = window().navigator();
    let has = js_sys::Reflect::get(&navigator, &"clipboard".into());
    let Ok(clipboard) = has.map(web_sys::Clipboard::from) else { return false };
    if !clipboard.is_object() {
        return false;
    }
    let promise = clipboard.unchecked_ref::<web_sys::Clipboard>().write_text(text);
    JsFuture::from(promise).await.is_ok()
}
