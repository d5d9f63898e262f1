//! Filters by type, participant and words, and which lanes are shown.

use std::collections::BTreeSet;

use leptos::ev;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlElement;

use super::TalkChoice;
use crate::ui::icon::{Glyph, Icon};
use crate::ui::terms::Means;
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
        let people = people.get();
        let option = |id: &String| view! { <option value=id.clone()>{id.clone()}</option> };
        people.iter().map(option).collect_view()
    };
    let counted = move || {
        let (total, of, more) = model.with(|model| (model.total, model.of, model.more));
        match (total == of, more) {
            (_, true) => format!("{total} of {of} rows so far"),
            (true, _) => format!("{of} rows"),
            _ => format!("{total} of {of} rows"),
        }
    };
    let has_filter = move || filter.with(|filter| !filter.is_empty());
    // Lanes in their order, then whoever has none.
    let shown = Memo::new(move |_| {
        model.with(|model| {
            let own = model.lanes.iter().filter(|lane| lane.is_own());
            own.map(|lane| lane.id.clone()).collect::<Vec<_>>()
        })
    });
    let listed = Memo::new(move |_| {
        let mut listed = shown.get();
        people.with(|people| {
            listed.extend(
                people.iter().filter(|id| !shown.with(|shown| shown.contains(id))).cloned(),
            );
        });
        listed
    });
    // Of many participants the list is long, so it is drawn once someone wants it.
    let open = RwSignal::new(false);
    let only_all = move |all: bool| {
        let hidden: BTreeSet<String> = if all {
            BTreeSet::new()
        } else {
            people.with_untracked(|people| people.iter().cloned().collect())
        };
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
            <details class="talk-lanes" on:toggle=move |event| open.set(is_open(&event))>
                <summary>"Lanes"</summary>
                <p class="dim">"A participant without a lane of its own shares the last one. The arrows move a lane; so do arrow keys and dragging in the diagram."</p>
                <button type="button" class="button-small" on:click=move |_| only_all(true)>"Show all lanes"</button>
                " "
                <button type="button" class="button-small" on:click=move |_| only_all(false)>"Hide all"</button>
                <Show when=move || open.get()>
                    <ul>
                        <For
                            each=move || listed.get()
                            key=Clone::clone
                            children=move |id| view! { <LaneRow id=id shown=shown choice=choice /> }
                        />
                    </ul>
                </Show>
            </details>
            <Show when=move || past.get()>
                <p class="talk-past-note">
                    <i class="line-sample line-past"></i>
                    <Means of="Happened before" words="happened before" />
                    " the selected event"
                </p>
            </Show>
        </div>
    }
}

fn is_open(event: &ev::Event) -> bool {
    let details = event.target().and_then(|at| at.dyn_into::<HtmlElement>().ok());
    details.is_some_and(|details| details.has_attribute("open"))
}

/// One participant: whether it has a lane, and where among the others.
#[component]
fn LaneRow(id: String, shown: Memo<Vec<String>>, choice: TalkChoice) -> impl IntoView {
    let (checked, toggled, placed) = (id.clone(), id.clone(), id.clone());
    let is_shown = move || choice.part.with(|part| !part.lanes.hidden.contains(&checked));
    let place =
        Memo::new(move |_| shown.with(|shown| shown.iter().position(|other| *other == placed)));
    let mover = |by: isize, glyph: Glyph, side: &'static str| {
        let moved = id.clone();
        let idle = move || {
            let last = shown.with(|shown| shown.len().saturating_sub(1));
            place.get().is_none_or(|place| if by < 0 { place == 0 } else { place >= last })
        };
        let go = move |event: ev::MouseEvent| {
            let shown = shown.get_untracked();
            choice.part.update(|part| part.lanes.shift(&shown, &moved, by));
            // A row that moves in the document loses the focus.
            let button = event.current_target().and_then(|at| at.dyn_into::<HtmlElement>().ok());
            request_animation_frame(move || {
                // A button that is gone by then needs none.
                let _ = button.map(|button| button.focus());
            });
        };
        view! {
            <button
                type="button"
                class="button-quiet"
                aria-label=format!("Move the lane of {id} to the {side}")
                title=format!("To the {side}")
                aria-disabled=move || idle().to_string()
                on:click=go
            >
                <Icon glyph=glyph />
            </button>
        }
    };
    view! {
        <li class="lane-row" data-lane=id.clone()>
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=is_shown
                    on:change=move |_| choice.part.update(|part| part.lanes.toggle(&toggled))
                />
                {id.clone()}
            </label>
            {mover(-1, Glyph::Back, "left")}
            {mover(1, Glyph::Forward, "right")}
        </li>
    }
}
