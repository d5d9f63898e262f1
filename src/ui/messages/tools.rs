//! Filters by type, participant and words, and which lanes are shown.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::TalkChoice;
use crate::view::messages::Messages;
use crate::view::messages::query::types;

/// Lets the talk be filtered and lanes be hidden.
#[component]
pub fn Tools(
    #[prop(into)] model: Signal<Messages>,
    choice: TalkChoice,
    #[prop(into)] past: Signal<bool>,
) -> impl IntoView {
    let filter = choice.filter;
    let people = Memo::new(move |_| model.with(|model| model.participants.clone()));
    let kinds = types()
        .into_iter()
        .map(|(name, title)| view! { <option value=name>{title}</option> })
        .collect_view();
    let agents = move || {
        let people = people.get().into_iter();
        people.map(|id| view! { <option value=id.clone()>{id.clone()}</option> }).collect_view()
    };
    let counted = move || {
        let (total, of) = model.with(|model| (model.total, model.of));
        if total == of { format!("{of} rows") } else { format!("{total} of {of} rows") }
    };
    let has_filter = move || filter.with(|filter| !filter.is_empty());
    let boxes = move || {
        people
            .get()
            .into_iter()
            .map(|id| {
                let (shown, toggled) = (id.clone(), id.clone());
                let checked =
                    move || choice.part.with(|part| !part.lanes.hidden.contains(&shown));
                view! {
                    <li>
                        <label class="check">
                            <input
                                type="checkbox"
                                prop:checked=checked
                                on:change=move |_| choice.part.update(|part| part.lanes.toggle(&toggled))
                            />
                            {id}
                        </label>
                    </li>
                }
            })
            .collect_view()
    };
    let only_all = move |all: bool| {
        let hidden: BTreeSet<String> =
            if all { BTreeSet::new() } else { people.get_untracked().into_iter().collect() };
        choice.part.update(|part| part.lanes.hidden = hidden);
    };
    view! {
        <div class="talk-tools">
            <label class="field">
                "Type"
                <select
                    class="control"
                    data-testid="filter-type"
                    prop:value=move || filter.with(|filter| filter.kind.clone())
                    on:change=move |event| filter.update(|filter| filter.kind = event_target_value(&event))
                >
                    <option value="">"all"</option>
                    {kinds}
                </select>
            </label>
            <label class="field">
                "Agent"
                <select
                    class="control"
                    data-testid="filter-agent"
                    prop:value=move || filter.with(|filter| filter.agent.clone())
                    on:change=move |event| filter.update(|filter| filter.agent = event_target_value(&event))
                >
                    <option value="">"all"</option>
                    {agents}
                </select>
            </label>
            <label class="field">
                "Says"
                <input
                    type="search"
                    class="control"
                    data-testid="filter-text"
                    prop:value=move || filter.with(|filter| filter.text.clone())
                    on:input=move |event| filter.update(|filter| filter.text = event_target_value(&event))
                />
            </label>
            <span class="dim" role="status">{counted}</span>
            <Show when=has_filter>
                <button type="button" class="button-small" on:click=move |_| filter.set(Default::default())>
                    "Show all"
                </button>
            </Show>
            <details class="talk-lanes">
                <summary>"Lanes"</summary>
                <p class="dim">"A participant without a lane of its own shares the last one. In the diagram, arrow keys move a lane."</p>
                <button type="button" class="button-small" on:click=move |_| only_all(true)>"Show all lanes"</button>
                " "
                <button type="button" class="button-small" on:click=move |_| only_all(false)>"Hide all"</button>
                <ul>{boxes}</ul>
            </details>
            <Show when=move || past.get()>
                <p class="talk-past-note">
                    <i class="line-sample line-past"></i>
                    "happened before the selected event, by causes and reads"
                </p>
            </Show>
        </div>
    }
}
