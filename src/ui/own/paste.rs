//! A box for what is pasted, typed, dropped or chosen as a file; it is read as soon as typing rests.

use std::time::Duration;

use leptos::prelude::*;

use super::drop::FileButton;

/// How long typing must rest before a text is used.
pub const REST: Duration = Duration::from_millis(900);

/// Takes a text, and hands it on when it is whole.
#[component]
pub fn PasteBox(
    title: &'static str,
    /// What can be put in, in a sentence.
    hint: &'static str,
    label: &'static str,
    placeholder: &'static str,
    rows: &'static str,
    testid: &'static str,
    /// What was dropped on the page.
    dropped: Signal<Option<String>>,
    on_read: Callback<String>,
) -> impl IntoView {
    let text = RwSignal::new(String::new());
    let read = move |whole: String| {
        if !whole.trim().is_empty() {
            on_read.run(whole);
        }
    };
    let mut settle = debounce(REST, move |()| read(text.get_untracked()));
    let typed = move |event| {
        let whole = event_target_value(&event);
        text.set(whole.clone());
        // A whole document is used at once; one that is being typed is given time.
        if serde_json::from_str::<serde::de::IgnoredAny>(&whole).is_ok() {
            read(whole);
        } else {
            settle(());
        }
    };
    let take = move |whole: String| {
        text.set(whole.clone());
        read(whole);
    };
    Effect::new(move |_| {
        if let Some(whole) = dropped.get() {
            take(whole);
        }
    });
    view! {
        <header class="own-section-head">
            <h3>{title}</h3>
            <FileButton label="Choose a file" on_text=Callback::new(take) />
        </header>
        <p class="dim">{hint}</p>
        <textarea
            class="control own-text"
            rows=rows
            aria-label=label
            placeholder=placeholder
            spellcheck="false"
            autocomplete="off"
            data-testid=testid
            prop:value=text
            on:input=typed
        ></textarea>
    }
}
