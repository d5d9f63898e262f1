//! The space-time diagram: lanes, work on them, arrows whose slopes are real latencies.

use leptos::prelude::*;

use super::ROW_PX;
use super::words::Placed;
use crate::ui::icon::arrow_head;
use crate::view::messages::scale::ROW;
use crate::view::messages::{Arrival, MessageRow, Messages, Passage, RowKind, Stretch};

/// Rows that are drawn from the same line on, so that what is drawn stays while the talk is scrolled.
const CHUNK: usize = 128;

/// Draws the diagram beside the rows in view.
#[component]
pub fn Drawing(
    #[prop(into)] model: Signal<Messages>,
    /// The place of the row that stands at the top.
    #[prop(into)]
    origin: Signal<usize>,
    /// Whether only what came before stands out.
    #[prop(into)]
    past: Signal<bool>,
) -> impl IntoView {
    let count = Memo::new(move |_| model.with(|model| model.lanes.len()));
    let base = Memo::new(move |_| model.with(|model| model.earlier / CHUNK * CHUNK));
    let height = Memo::new(move |_| {
        let end = model.with(|model| {
            let end = model.earlier + model.rows.len();
            end.next_multiple_of(CHUNK / 2).min(model.total)
        });
        (end.saturating_sub(base.get()) as f64 + 0.75) * ROW_PX
    });
    let top = move || (base.get() as f64 - origin.get() as f64) * ROW_PX;
    let lines = move || {
        let count = count.get();
        let line = |lane| {
            let x = across(lane, count);
            view! { <line class="lane" x1=x.clone() x2=x y1="0" y2="100%" /> }
        };
        (0..count).map(line).collect_view()
    };
    let work = move || {
        let (base, count) = (base.get(), count.get());
        model.with(|model| {
            let bottom = model.rows.len() as u32 * ROW;
            let work = model.stretches.iter().filter(|stretch| stretch.from < bottom);
            let above = (model.earlier.saturating_sub(base)) as f64 * ROW_PX;
            work.map(|stretch| work_line(stretch, above, count)).collect_view()
        })
    };
    let rows = move || {
        let (base, count, past) = (base.get(), count.get(), past.get());
        model.with(|model| {
            let rows = model.rows.iter().enumerate();
            let placed = |(at, row): (usize, &MessageRow)| {
                let place = (model.earlier + at).saturating_sub(base);
                (Placed { place, row: row.clone() }, base, count, past)
            };
            rows.map(placed).collect::<Vec<_>>()
        })
    };
    view! {
        <svg
            class="talk-art"
            aria-hidden="true"
            style:top=move || format!("{}px", top())
            style:height=move || format!("{}px", height.get())
        >
            <defs>
                {arrow_head("head-flow")} {arrow_head("head-fresh")} {arrow_head("head-past")}
            </defs>
            {lines}
            {work}
            <For
                each=rows
                key=|(placed, base, count, past)| (placed.key(), *base, *count, *past)
                children=|(placed, _, count, past)| arrows_of(placed.place, &placed.row, count, past)
            />
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

fn work_line(stretch: &Stretch, above: f64, lanes: usize) -> impl IntoView + use<> {
    let x = across(stretch.lane, lanes);
    view! {
        <line
            class=format!("talk-work hue-{}", stretch.mark.hue)
            x1=x.clone()
            x2=x
            y1=above + down(stretch.from)
            y2=above + down(stretch.to)
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
    let bottom = y + down(arrival.y);
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
