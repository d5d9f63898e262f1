//! The blackboard panel: each entry with its author, version, value and readers.

use leptos::prelude::*;

use super::icon::ActorMark;
use super::panel::{Nothing, Panel};
use super::pick::{Pick, classes};
use crate::view::blackboard::{Blackboard, KnowledgeRow, Reader};

/// Shows what is written on the blackboard.
#[component]
pub fn BlackboardPanel(
    #[prop(into)] model: Signal<Blackboard>,
    pick: Pick,
    large: bool,
    #[prop(optional_no_strip)] on_open: Option<Callback<()>>,
) -> impl IntoView {
    let summary = Signal::derive(move || model.with(|model| model.summary.clone()));
    let body = move || {
        let entries = model.with(|model| model.entries.clone());
        if entries.is_empty() {
            return view! { <Nothing words="Nothing has been written on the blackboard yet." /> }
                .into_any();
        }
        let rows = entries.into_iter().map(|entry| entry_row(entry, pick, large)).collect_view();
        view! { <ol class="board">{rows}</ol> }.into_any()
    };
    view! {
        <Panel title="Blackboard" summary=summary large=large on_open=on_open>
            {body}
        </Panel>
    }
}

fn entry_row(entry: KnowledgeRow, pick: Pick, large: bool) -> impl IntoView {
    let KnowledgeRow {
        knowledge_id,
        key,
        category,
        author,
        mark,
        version,
        superseded,
        value,
        full,
        scope,
        written,
        readers,
        event,
        named,
        fresh,
    } = entry;
    let own = if superseded { "entry entry-old" } else { "entry" };
    let readers = read_by(readers, pick);
    let details = large.then(|| {
        view! {
            <details class="entry-full">
                <summary>"Value in full"</summary>
                <pre>{full}</pre>
                <p class="dim">{scope}</p>
            </details>
        }
    });
    view! {
        <li
            class=move || classes(own, named, fresh, pick.is(event))
            data-testid="knowledge"
            data-knowledge=knowledge_id
            data-category=category
        >
            <button type="button" class="entry-head" on:click=move |_| pick.select.run(event)>
                <ActorMark id=author.clone() mark=mark />
                <b class="entry-key">{key}</b>
                <span class="entry-value">{value}</span>
            </button>
            <p class="entry-foot">
                <span>{format!("by {author}")}</span>
                <span>{written}</span>
                <span>{version_words(version, superseded)}</span>
                {readers}
            </p>
            {details}
        </li>
    }
}

fn version_words(version: usize, superseded: bool) -> String {
    match (version, superseded) {
        (1, false) => String::new(),
        (version, false) => format!("version {version}"),
        (version, true) => format!("version {version}, replaced"),
    }
}

fn read_by(readers: Vec<Reader>, pick: Pick) -> impl IntoView {
    if readers.is_empty() {
        return view! { <span>"not read yet"</span> }.into_any();
    }
    let marks = readers
        .into_iter()
        .map(|reader| {
            let Reader { id, mark, turn, event } = reader;
            let words = format!("read by {id} in turn {turn}");
            view! {
                <button
                    type="button"
                    class="reader"
                    title=words.clone()
                    aria-label=words
                    on:click=move |_| pick.select.run(event)
                >
                    <ActorMark id=id mark=mark />
                </button>
            }
        })
        .collect_view();
    view! { <span class="readers">"read by " {marks}</span> }.into_any()
}
