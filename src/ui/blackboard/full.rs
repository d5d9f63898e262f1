//! One entry in full: its value, what it rests on, its versions, who read it.

use leptos::prelude::*;

use crate::ui::icon::ActorMark;
use crate::ui::pick::Pick;
use crate::view::blackboard::Reader;
use crate::view::blackboard::entry::{EntryInFull, Source, Version};

/// Shows an entry in full.
pub fn in_full(entry: EntryInFull, chosen: RwSignal<Option<String>>, pick: Pick) -> impl IntoView {
    let EntryInFull {
        knowledge_id,
        key,
        category,
        author,
        written,
        full,
        scope,
        sources,
        readers,
        versions,
    } = entry;
    let sources = if sources.is_empty() {
        view! { <p class="dim">"Nothing that the log names."</p> }.into_any()
    } else {
        let rows = sources.into_iter().map(|source| source_row(source, chosen, pick));
        view! { <ol>{rows.collect_view()}</ol> }.into_any()
    };
    let readers = if readers.is_empty() {
        view! { <p class="dim">"Nobody has read it yet."</p> }.into_any()
    } else {
        let rows = readers.into_iter().map(|reader| reader_row(reader, pick)).collect_view();
        view! { <ol>{rows}</ol> }.into_any()
    };
    let versions =
        versions.into_iter().map(|version| version_row(version, chosen, pick)).collect_view();
    view! {
        <article class="entry-in-full" data-testid="knowledge-full" data-entry=knowledge_id.clone()>
            <h3 class="entry-full-key">{key}</h3>
            <p class="dim">{format!("{knowledge_id}, {category}, by {author}, {written}")}</p>
            <pre>{full}</pre>
            <p class="dim">{scope}</p>
            <h3>"Rests on"</h3>
            {sources}
            <h3>"History of this key"</h3>
            <ol>{versions}</ol>
            <h3>"Read by"</h3>
            {readers}
        </article>
    }
}

fn source_row(source: Source, chosen: RwSignal<Option<String>>, pick: Pick) -> impl IntoView {
    let Source { words, when, entry, event } = source;
    let open = move |_| {
        if !entry.is_empty() {
            chosen.set(Some(entry.clone()));
        }
        pick.select.run(event);
    };
    view! {
        <li class="thought">
            <button type="button" on:click=open>
                <span class="thought-what">{words}</span>
                <span class="dim">{when}</span>
            </button>
        </li>
    }
}

fn version_row(version: Version, chosen: RwSignal<Option<String>>, pick: Pick) -> impl IntoView {
    let Version { knowledge_id, number, author, mark, value, when, event, current } = version;
    let open = move |_| {
        chosen.set(Some(knowledge_id.clone()));
        pick.select.run(event);
    };
    view! {
        <li class="thought" class:is-current=current>
            <button type="button" aria-current=current.then_some("true") on:click=open>
                <span class="thought-when">{format!("version {number}")}</span>
                <span class="thought-what">{value}</span>
                <span class="dim"><ActorMark id=author.clone() mark=mark /> {format!(" {author}, {when}")}</span>
            </button>
        </li>
    }
}

fn reader_row(reader: Reader, pick: Pick) -> impl IntoView {
    let Reader { id, mark, turn, event } = reader;
    view! {
        <li class="thought">
            <button type="button" on:click=move |_| pick.select.run(event)>
                <span class="thought-when">{format!("turn {turn}")}</span>
                <span class="thought-what"><ActorMark id=id.clone() mark=mark /> {format!(" {id}")}</span>
            </button>
        </li>
    }
}
