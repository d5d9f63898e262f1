//! Kept sessions, whole runs as files, and exports, in one sheet.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys;

use super::sheet::Sheet;
use crate::web::exports::Offer;
use crate::web::hand;

/// A kept session in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptRow {
    /// What it is kept under.
    pub id: String,
    /// Its name.
    pub name: String,
    /// When it was kept last.
    pub when: String,
    /// Whether it is the one on screen.
    pub current: bool,
}

/// What is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeptList {
    /// The sessions, the latest first.
    pub rows: Vec<KeptRow>,
    /// Why nothing is kept; empty where all is well.
    pub trouble: String,
}

/// What the user wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SessionAct {
    /// Goes on with a kept one.
    Open(String),
    /// Deletes a kept one.
    Delete(String),
    /// Names the one on screen.
    Name(String),
    /// Takes the whole run as a file.
    SaveFile,
    /// Opens a run's file or a link.
    OpenText(String),
    /// Takes something out in another format.
    Export(&'static str),
}

/// The sheet.
#[component]
pub fn Sessions(
    open: RwSignal<bool>,
    #[prop(into)] kept: Signal<KeptList>,
    #[prop(into)] name: Signal<String>,
    /// The formats that a run can be taken out in.
    formats: Vec<Offer>,
    on_act: Callback<SessionAct>,
) -> impl IntoView {
    let act = move |wanted: SessionAct| {
        if matches!(wanted, SessionAct::Open(_) | SessionAct::OpenText(_)) {
            open.set(false);
        }
        on_act.run(wanted);
    };
    let act = Callback::new(act);
    let exports = move || {
        let button = |offer: &Offer| {
            let Offer { name, title } = *offer;
            view! {
                <button
                    type="button"
                    class="control"
                    data-testid="export"
                    data-format=name
                    on:click=move |_| act.run(SessionAct::Export(name))
                >
                    {title}
                </button>
            }
        };
        formats.iter().map(button).collect_view()
    };
    let exports = StoredValue::new_local(exports);
    view! {
        <Sheet open=open title="Sessions" class="sessions">
            <section>
                <label class="order-field">
                    <span>"This session is kept as"</span>
                    <input
                        class="control"
                        type="text"
                        maxlength="120"
                        data-testid="session-name"
                        prop:value=move || name.get()
                        on:change=move |event| act.run(SessionAct::Name(event_target_value(&event)))
                    />
                </label>
                <KeptRows kept=kept on_act=act />
            </section>
            <section>
                <h3>"Files"</h3>
                <div class="share-acts">
                    <button type="button" class="control" data-testid="save-file" on:click=move |_| act.run(SessionAct::SaveFile)>
                        "Save the whole run"
                    </button>
                    <OpenFile on_text=Callback::new(move |text| act.run(SessionAct::OpenText(text))) />
                </div>
                <LinkField on_text=Callback::new(move |text| act.run(SessionAct::OpenText(text))) />
            </section>
            <section>
                <h3>"Export what is shown"</h3>
                <div class="share-acts">
                    {exports.with_value(|exports| exports())}
                </div>
            </section>
        </Sheet>
    }
}

#[component]
fn KeptRows(kept: Signal<KeptList>, on_act: Callback<SessionAct>) -> impl IntoView {
    let row = move |row: KeptRow| {
        let KeptRow { id, name, when, current } = row;
        let (opened, deleted) = (id.clone(), id.clone());
        let acts = if current {
            view! { <span class="dim">"on screen"</span> }.into_any()
        } else {
            view! {
                <button type="button" class="button-small" data-testid="kept-open" on:click=move |_| on_act.run(SessionAct::Open(opened.clone()))>
                    "Open"
                </button>
                <button
                    type="button"
                    class="button-small"
                    aria-label=format!("Delete {name}")
                    on:click=move |_| on_act.run(SessionAct::Delete(deleted.clone()))
                >
                    "Delete"
                </button>
            }
            .into_any()
        };
        view! {
            <li data-testid="kept" data-kept=id>
                <span class="kept-name">{name}</span>
                <span class="dim">{when}</span>
                <span class="kept-acts">{acts}</span>
            </li>
        }
    };
    let rows = move || kept.get().rows.into_iter().map(row).collect_view();
    let trouble = move || {
        let trouble = kept.with(|kept| kept.trouble.clone());
        (!trouble.is_empty()).then(|| {
            view! { <p class="problem" role="status" data-testid="problem">{trouble}</p> }
        })
    };
    view! {
        <p class="dim">"Kept in this browser as you work; nothing leaves it."</p>
        {trouble}
        <ul class="kept-rows">{rows}</ul>
    }
}

#[component]
fn OpenFile(on_text: Callback<String>) -> impl IntoView {
    let chosen = move |event: leptos::ev::Event| {
        let input: web_sys::HtmlInputElement = event_target(&event);
        let Some(file) = input.files().and_then(|files| files.get(0)) else { return };
        spawn_local(async move {
            // An unreadable file is opened as an empty one, which is refused with a reason.
            on_text.run(hand::text_of(&file).await.unwrap_or_default());
        });
    };
    view! {
        <label class="control file-field">
            "Open a run's file"
            <input type="file" class="sr" accept=".json,.agora,application/json" data-testid="open-file" on:change=chosen />
        </label>
    }
}

#[component]
fn LinkField(on_text: Callback<String>) -> impl IntoView {
    let text = RwSignal::new(String::new());
    let open = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        on_text.run(text.get_untracked());
    };
    view! {
        <form class="link-form" on:submit=open>
            <label class="order-field">
                <span>"Or a link"</span>
                <input
                    class="control"
                    type="text"
                    autocomplete="off"
                    data-testid="open-link"
                    on:input=move |event| text.set(event_target_value(&event))
                />
            </label>
            <button type="submit" class="control">"Open"</button>
        </form>
    }
}
