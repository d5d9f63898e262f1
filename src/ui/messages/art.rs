//! The space-time diagram: lanes, work on them, arrows whose slopes are real latencies.

use leptos::prelude::*;

use super::ROW_PX;
use crate::ui::icon::arrow_head;
use crate::view::messages::scale::ROW;
use crate::view::messages::{Arrival, MessageRow, Messages, Passage, RowKind, Stretch};

/// Draws the diagram beside the rows in view; `past` says whether only what came before stands out.
pub fn drawing(model: &Messages, past: bool) -> impl IntoView + use<> {
    let count = model.lanes.len();
    let whole = !model.participants.is_empty();
    let top = if whole { model.earlier as f64 * ROW_PX } else { 0.0 };
    let height = (model.rows.len() as f64 + 0.75) * ROW_PX;
    let lines = (0..count).map(|lane| {
        let x = across(lane, count);
        view! { <line class="lane" x1=x.clone() x2=x y1="0" y2="100%" /> }
    });
    let lines = lines.collect_view();
    let bottom = model.rows.len() as u32 * ROW;
    let work = model.stretches.iter().filter(|stretch| stretch.from < bottom);
    let work = work.map(|stretch| work_line(stretch, count)).collect_view();
    let rows = model.rows.iter().enumerate();
    let arrows = rows.map(|(at, row)| arrows_of(at, row, count, past)).collect_view();
    view! {
        <svg class="talk-art" aria-hidden="true" style:top=format!("{top}px") style:height=format!("{height}px")>
            <defs>
                {arrow_head("head-flow")} {arrow_head("head-fresh")} {arrow_head("head-past")}
            </defs>
            {lines}
            {work}
            {arrows}
        </svg>
    }
}

/// Returns where a lane stands, in percent of the diagram's width.
fn across(lane: usize, lanes: usize) -> String {
    format!("{:.3}%", middle(lane, lanes))
}

fn middle(lane: usize, lanes: usize) -> f64 {
    (lane as f64 + 0.5) / lanes.max(1) as f64 * 100.0
}

fn down(y: u32) -> f64 {
    f64::from(y) / f64::from(ROW) * ROW_PX
}

fn work_line(stretch: &Stretch, lanes: usize) -> impl IntoView + use<> {
    let x = across(stretch.lane, lanes);
    view! {
        <line
            class=format!("talk-work hue-{}", stretch.mark.hue)
            x1=x.clone()
            x2=x
            y1=down(stretch.from)
            y2=down(stretch.to)
        />
    }
}

fn arrows_of(at: usize, row: &MessageRow, lanes: usize, past: bool) -> impl IntoView + use<> {
    let y = at as f64 * ROW_PX + ROW_PX / 2.0;
    let kind = match row.kind {
        RowKind::Message if row.to == "*" => "broadcast",
        RowKind::Message => "message",
        RowKind::Write | RowKind::Read => "board",
    };
    let fresh = row.fresh;
    let from = row.lane;
    let arrows = row.arrivals.iter().map(|arrival| {
        let before = past && row.before && arrival.before;
        arrow(from, y, arrival, lanes, fresh, before)
    });
    let arrows = arrows.collect_view();
    view! {
        <g class=format!("talk-{kind}") class:is-fresh=fresh class:is-before=past && row.before>
            {arrows}
            <circle class="talk-start" cx=across(from, lanes) cy=y r="2.5" />
        </g>
    }
}

fn arrow(
    from: usize,
    y: f64,
    arrival: &Arrival,
    lanes: usize,
    fresh: bool,
    before: bool,
) -> impl IntoView + use<> {
    let start = middle(from, lanes);
    let goal = middle(arrival.lane, lanes);
    let end = start + (goal - start) * f64::from(arrival.percent) / 100.0;
    let bottom = down(arrival.y);
    let passage = arrival.passage.name();
    let lost = (arrival.passage == Passage::Lost).then(|| {
        view! {
            <svg x=format!("{end:.3}%") y=bottom class="talk-lost" overflow="visible">
                <path d="M-4.5 -4.5 4.5 4.5M4.5 -4.5 -4.5 4.5" />
            </svg>
        }
    });
    let head = match (arrival.passage, before, fresh) {
        (Passage::Lost, ..) => String::new(),
        (_, true, _) => "url(#head-past)".to_owned(),
        (_, _, true) => "url(#head-fresh)".to_owned(),
        _ => "url(#head-flow)".to_owned(),
    };
    let own = if before { " talk-before" } else { "" };
    view! {
        <line
            class=format!("talk-arrow talk-{passage}{own}")
            x1=format!("{start:.3}%")
            x2=format!("{end:.3}%")
            y1=y
            y2=bottom
            marker-end=head
        />
        {lost}
    }
}
