//! The blackboard panel: entries on a line each, one of them in full with its sources, readers, versions.

mod full;

use leptos::html;
use leptos::prelude::*;

use self::full::in_full;
use super::icon::ActorMark;
use super::panel::{Nothing, Panel};
use super::pick::{Pick, classes};
use super::rows::window_of;
use crate::view::blackboard::{Blackboard, KnowledgeRow, Reader};

/// How high an entry is [px]; the style sheet says the same.
const ENTRY_PX: f64 = 46.0;

/// Shows what is written on the blackboard.
#[component]
pub fn BlackboardPanel(
    #[prop(into)] model: Signal<Blackboard>,
    /// The entry that the user chose; without one the last that was written or read is in full.
    chosen: RwSignal<Option<String>>,
    pick: Pick,
    large: bool,
    #[prop(optional_no_strip)] on_open: Option<Callback<()>>,
) -> impl IntoView {
    let summary = Signal::derive(move || model.with(|model| model.summary.clone()));
    let some = Memo::new(move |_| model.with(|model| !model.entries.is_empty()));
    let node: NodeRef<html::Div> = NodeRef::new();
    let count = Memo::new(move |_| model.with(|model| model.entries.len()));
    let seen = window_of(node, ENTRY_PX, count.into());
    let rows = move || {
        let seen = seen.get();
        model.with(|model| {
            let current = model.chosen.as_ref().map(|chosen| chosen.knowledge_id.as_str());
            let all = model.entries.iter().enumerate();
            let part = all.take(seen.end).skip(seen.first);
            part.map(|(at, entry)| {
                let is_current = large && current == Some(entry.knowledge_id.as_str());
                entry_row(entry.clone(), at as f64 * ENTRY_PX, is_current, chosen, pick)
            })
            .collect_view()
        })
    };
    let full = move || {
        let entry = model.with(|model| model.chosen.clone());
        entry.filter(|_| large).map(|entry| in_full(entry, chosen, pick))
    };
    view! {
        <Panel title="Blackboard" summary=summary large=large on_open=on_open>
            <Show
                when=move || some.get()
                fallback=|| view! { <Nothing words="Nothing has been written on the blackboard yet." /> }
            >
                <div class="board-both" class:is-both=large>
                    <div
                        class="board"
                        role="list"
                        node_ref=node
                        style:height=move || format!("{}px", count.get() as f64 * ENTRY_PX)
                    >
                        {rows}
                    </div>
                    {full}
                </div>
            </Show>
        </Panel>
    }
}

fn entry_row(
    entry: KnowledgeRow,
    top: f64,
    current: bool,
    chosen: RwSignal<Option<String>>,
    pick: Pick,
) -> impl IntoView {
    let KnowledgeRow {
        knowledge_id,
        key,
        category,
        author,
        mark,
        version,
        superseded,
        value,
        written,
        readers,
        event,
        named,
        fresh,
    } = entry;
    let own = if superseded { "entry entry-old" } else { "entry" };
    let readers = read_by(readers, pick);
    let (id, shown) = (knowledge_id.clone(), value.clone());
    let choose = move |_| {
        chosen.set(Some(id.clone()));
        pick.select.run(event);
    };
    view! {
        <div
            role="listitem"
            class=move || classes(own, named, fresh, pick.is(event))
            class:is-current=current
            style:top=format!("{top}px")
            data-testid="knowledge"
            data-knowledge=knowledge_id
            data-category=category
        >
            <button type="button" class="entry-head" title=shown on:click=choose>
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
        </div>
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
