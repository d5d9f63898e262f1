//! Where people put in their own: a scenario, or a profile for the scenario that is loaded.

use std::time::Duration;

use js_sys::futures::JsFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys;

/// Something that is wrong with what was put in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where, as a JSON pointer; empty for the whole.
    pub pointer: String,
    /// What is wrong and what is expected.
    pub detail: String,
}

/// What came of the last input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taken {
    /// Nothing was put in.
    Nothing,
    /// It is used, in these words.
    Used(String),
    /// It is not; the run before stays.
    Refused(Vec<Problem>),
}

/// How long typing must rest before an unfinished text counts as wrong.
const REST: Duration = Duration::from_millis(900);

/// Takes a person's own profile or scenario.
#[component]
pub fn OwnInput(
    #[prop(into)] taken: Signal<Taken>,
    /// Uses a profile or a JSON Resume for the first task.
    on_profile: Callback<String>,
    /// Loads a scenario.
    on_scenario: Callback<String>,
) -> impl IntoView {
    let words = move || match taken.get() {
        Taken::Nothing => None,
        Taken::Used(words) => {
            Some(view! { <p class="own-used" role="status">{words}</p> }.into_any())
        }
        Taken::Refused(problems) => Some(problem_list(problems).into_any()),
    };
    view! {
        <section class="side-section own" aria-label="Your own input">
            <header class="side-head">
                <h2>"Your own"</h2>
            </header>
            <Field
                testid="own-profile"
                label="Profile"
                hint="Paste or drop a profile or JSON Resume"
                on_text=on_profile
            />
            <Field
                testid="own-scenario"
                label="Scenario"
                hint="Paste or drop a scenario file"
                on_text=on_scenario
            />
            <p class="dim">"It stays in this page."</p>
            {words}
        </section>
    }
}

/// Lists what is wrong, with the place of each.
fn problem_list(problems: Vec<Problem>) -> impl IntoView {
    let items = problems
        .into_iter()
        .map(|problem| {
            let Problem { pointer, detail } = problem;
            let place = (!pointer.is_empty()).then(|| view! { <code>{pointer}</code>" " });
            view! { <li>{place}{detail}</li> }
        })
        .collect_view();
    view! {
        <div class="problem" role="alert" data-testid="problem">
            <p>"Not used; the run before stays."</p>
            <ul>{items}</ul>
        </div>
    }
}

#[component]
fn Field(
    testid: &'static str,
    label: &'static str,
    hint: &'static str,
    on_text: Callback<String>,
) -> impl IntoView {
    let text = RwSignal::new(String::new());
    let over = RwSignal::new(false);
    // What was handed on last, so that the same text is not handed on twice.
    let sent = StoredValue::new(String::new());
    let hand_on = move |whole: String| {
        if !whole.trim().is_empty() && sent.with_value(|sent| *sent != whole) {
            sent.set_value(whole.clone());
            on_text.run(whole);
        }
    };
    let mut settle = debounce(REST, move |()| hand_on(text.get_untracked()));
    let typed = move |event| {
        let whole = event_target_value(&event);
        text.set(whole.clone());
        // A whole document is used at once; one that is being typed is given time.
        if serde_json::from_str::<serde::de::IgnoredAny>(&whole).is_ok() {
            hand_on(whole);
        } else {
            settle(());
        }
    };
    let dropped = move |event: web_sys::DragEvent| {
        event.prevent_default();
        over.set(false);
        let Some(data) = event.data_transfer() else {
            return;
        };
        let Some(file) = data.files().and_then(|files| files.get(0)) else {
            return;
        };
        spawn_local(async move {
            let Ok(read) = JsFuture::from(file.unchecked_ref::<web_sys::Blob>().text()).await
            else {
                return;
            };
            let whole = read.as_string().unwrap_or_default();
            text.set(whole.clone());
            hand_on(whole);
        });
    };
    view! {
        <label class="own-field" class:is-over=over>
            <span>{label}</span>
            <textarea
                class="control"
                rows="2"
                placeholder=hint
                spellcheck="false"
                autocomplete="off"
                data-testid=testid
                prop:value=text
                on:input=typed
                on:dragover=move |event| {
                    event.prevent_default();
                    over.set(true);
                }
                on:dragleave=move |_| over.set(false)
                on:drop=dropped
            ></textarea>
        </label>
    }
}
