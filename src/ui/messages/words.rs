//! The rows of words: when, what type, what it says.

use std::hash::{DefaultHasher, Hash, Hasher};

use leptos::ev;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys;

use super::ROW_PX;
use crate::ui::icon::{Glyph, glyph_markup};
use crate::ui::markup::escaped;
use crate::ui::pick::{Pick, classes};
use crate::view::messages::{MessageRow, Messages, Passage, RowKind};

/// A row at its place among all of the talk. Whatever differs in it makes it another, so that what is
/// drawn stays where nothing does.
#[derive(Clone)]
pub(super) struct Placed {
    /// Its place.
    pub place: usize,
    /// The row.
    pub row: MessageRow,
}

impl Placed {
    /// Returns what tells it from another row, and from itself when anything in it has changed.
    pub fn key(&self) -> (usize, u64) {
        let mut hasher = DefaultHasher::new();
        self.row.hash(&mut hasher);
        (self.place, hasher.finish())
    }
}

/// Draws the rows in view at their places.
#[component]
pub fn Rows(
    #[prop(into)] model: Signal<Messages>,
    /// The place of the row that stands at the top.
    #[prop(into)]
    origin: Signal<usize>,
    pick: Pick,
) -> impl IntoView {
    let rows = move || {
        model.with(|model| {
            let rows = model.rows.iter().enumerate().skip(model.lead);
            let placed = |(at, row): (usize, &MessageRow)| Placed {
                place: model.earlier + at,
                row: row.clone(),
            };
            rows.map(placed).collect::<Vec<_>>()
        })
    };
    // One listener for all rows: to hang one on each costs more than to draw it.
    let press = move |press: ev::MouseEvent| {
        let target = press.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let row = target.and_then(|target| target.closest("[data-event]").ok().flatten());
        let event = row.and_then(|row| row.get_attribute("data-event")?.parse::<u64>().ok());
        pick.choose(event);
    };
    view! {
        <ol
            class="talk-rows"
            style:top=move || format!("{}px", -(origin.get() as f64) * ROW_PX)
            on:click=press
        >
            <For each=rows key=Placed::key children=move |placed| words_of(placed, pick) />
        </ol>
    }
}

fn words_of(Placed { place, row }: Placed, pick: Pick) -> impl IntoView {
    let is_message = row.kind == RowKind::Message;
    let glyph = match (row.kind, row.passage) {
        (RowKind::Write | RowKind::Read, _) => Glyph::Board,
        (_, Passage::Lost) => Glyph::Cross,
        (_, Passage::Flying) => Glyph::Dots,
        (_, Passage::Read) if row.to == "*" => Glyph::Everyone,
        (_, Passage::Read) => Glyph::Check,
    };
    let (event, named, fresh, passage) = (row.event, row.named, row.fresh, row.passage.name());
    let before = if row.before { " is-before" } else { "" };
    let own = format!("talk-row row-{passage}{before}");
    let title = if row.duplicate { format!("{} (duplicate)", row.title) } else { row.title };
    let [time, title, content, said] =
        [&row.time, &title, &row.content, &row.spoken].map(|text| escaped(text));
    let icon = glyph_markup(glyph);
    let inner = format!(
        r#"<button type="button" data-event="{event}" title="{said}" aria-label="{time} {title} {content}, {said}"><span class="talk-time">{time}</span>{icon}<span class="talk-title">{title}</span><span class="talk-content">{content}</span></button>"#
    );
    let message = |value: String| is_message.then_some(value);
    view! {
        <li
            class=move || classes(&own, named, fresh, pick.is(event))
            style=format!("top:{}px", place as f64 * ROW_PX)
            data-testid=message("message".to_owned())
            data-message=message(row.id)
            data-from=message(row.from)
            data-to=message(row.to)
            data-type=message(row.type_name)
            data-state=message(passage.to_owned())
            inner_html=inner
        ></li>
    }
}
