//! The rows of words: when, what type, what it says.

use leptos::prelude::*;

use super::ROW_PX;
use crate::ui::icon::{Glyph, Icon};
use crate::ui::pick::{Pick, classes};
use crate::view::messages::{MessageRow, Messages, Passage, RowKind};

/// Draws the rows in view at their places.
pub fn rows(model: &Messages, pick: Pick) -> impl IntoView + use<> {
    // Where only the last rows are shown, they begin at the top.
    let above = if model.participants.is_empty() { 0 } else { model.earlier + model.lead };
    let top = above as f64 * ROW_PX;
    let rows = model.rows.iter().skip(model.lead).cloned();
    let rows = rows.map(|row| words_of(row, pick)).collect_view();
    view! { <ol class="talk-rows" style:top=format!("{top}px")>{rows}</ol> }
}

fn words_of(row: MessageRow, pick: Pick) -> impl IntoView {
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
    let message = |value: String| is_message.then_some(value);
    let spoken = format!("{} {title} {}, {}", row.time, row.content, row.spoken);
    view! {
        <li
            class=move || classes(&own, named, fresh, pick.is(event))
            data-testid=message("message".to_owned())
            data-message=message(row.id)
            data-from=message(row.from)
            data-to=message(row.to)
            data-type=message(row.type_name)
            data-state=message(passage.to_owned())
        >
            <button
                type="button"
                title=row.spoken
                aria-label=spoken
                on:click=move |_| pick.select.run(event)
            >
                <span class="talk-time">{row.time}</span>
                <Icon glyph=glyph />
                <span class="talk-title">{title}</span>
                <span class="talk-content">{row.content}</span>
            </button>
        </li>
    }
}
