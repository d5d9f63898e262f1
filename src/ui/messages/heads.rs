//! The heads of the lanes: moved by arrow keys or dragging, hidden by Delete.

use leptos::ev;
use leptos::prelude::*;

use super::TalkChoice;
use crate::ui::icon::{ActorMark, breakable};
use crate::ui::pick::classes;
use crate::view::messages::Lane;

/// Draws a head that only names its lane.
pub fn plain(lane: Lane) -> impl IntoView {
    let class = classes("lane-head", lane.named, false, false);
    view! {
        <span class=class title=lane.title.clone()>
            <ActorMark id=lane.id.clone() mark=lane.mark />
            <span class="lane-name">{breakable(&lane.title)}</span>
        </span>
    }
}

/// Draws the heads as buttons.
#[component]
pub fn Heads(#[prop(into)] lanes: Signal<Vec<Lane>>, choice: TalkChoice) -> impl IntoView {
    let dragged = StoredValue::new(None::<String>);
    let shown = move || -> Vec<String> {
        lanes.with_untracked(|lanes| {
            let own = lanes.iter().filter(|lane| lane.is_own());
            own.map(|lane| lane.id.clone()).collect()
        })
    };
    let head = move |lane: Lane| {
        if !lane.is_own() {
            return plain(lane).into_any();
        }
        let (id, moved, dropped) = (lane.id.clone(), lane.id.clone(), lane.id.clone());
        let own = lane.id.clone();
        let named =
            move || lanes.with(|lanes| lanes.iter().any(|other| other.id == own && other.named));
        let on_key = move |event: ev::KeyboardEvent| {
            let by = match event.key().as_str() {
                "ArrowLeft" => -1,
                "ArrowRight" => 1,
                "Delete" | "Backspace" => {
                    event.prevent_default();
                    choice.part.update(|part| part.lanes.toggle(&id));
                    return;
                }
                _ => return,
            };
            event.prevent_default();
            choice.part.update(|part| part.lanes.shift(&shown(), &id, by));
        };
        view! {
            <button
                type="button"
                class=move || classes("lane-head lane-button", named(), false, false)
                draggable="true"
                title=format!("{}: arrow keys or dragging move the lane, Delete hides it", lane.id)
                aria-label=format!("Lane of {}", lane.id)
                on:keydown=on_key
                on:dragstart=move |_| dragged.set_value(Some(moved.clone()))
                on:dragover=move |event| event.prevent_default()
                on:drop=move |event| {
                    event.prevent_default();
                    let shown = shown();
                    let place = shown.iter().position(|other| *other == dropped);
                    if let (Some(id), Some(place)) = (dragged.get_value(), place) {
                        choice.part.update(|part| part.lanes.put(&shown, &id, place));
                    }
                }
            >
                <ActorMark id=lane.id.clone() mark=lane.mark />
                <span class="lane-name">{breakable(&lane.id)}</span>
            </button>
        }
        .into_any()
    };
    view! {
        <div class="talk-head" role="toolbar" aria-label="Lanes">
            <For each=move || lanes.get() key=|lane| lane.id.clone() children=head />
        </div>
    }
}
