//! The space-time diagram: lanes, work on them, arrows whose slopes are real latencies.
//!
//! Arrows of a kind are drawn as one path, since a screen holds hundreds; those of this turn each by itself,
//! since they move.

mod strokes;

use leptos::html;
use leptos::prelude::*;

use self::strokes::{Pen, Stroke, strokes};
use super::ROW_PX;
use super::words::Placed;
use crate::ui::icon::arrow_head;
use crate::ui::measure::width_of;
use crate::view::messages::scale::ROW;
use crate::view::messages::{Arrival, MessageRow, Messages, Passage, RowKind};

/// Rows that are drawn from the same line on, so that what moves stays while the talk is scrolled.
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
    let node: NodeRef<html::Div> = NodeRef::new();
    let width = width_of(node);
    let base = Memo::new(move |_| model.with(|model| model.earlier / CHUNK * CHUNK));
    let pen = move || Pen {
        width: f64::from(width.get()),
        lanes: model.with(|model| model.lanes.len()),
        base: base.get(),
    };
    let height = move || {
        let end = model.with(|model| model.earlier + model.rows.len());
        (end.saturating_sub(base.get()) as f64 + 0.75) * ROW_PX
    };
    let top = move || (base.get() as f64 - origin.get() as f64) * ROW_PX;
    let lines = move || {
        let (pen, height) = (pen(), height());
        (0..pen.lanes)
            .map(|lane| format!("M{:.1} 0V{height:.0}", pen.across(lane)))
            .collect::<String>()
    };
    let work = move || {
        let pen = pen();
        model.with(|model| {
            let bottom = model.rows.len() as u32 * ROW;
            let work = model.stretches.iter().filter(|stretch| stretch.from < bottom);
            let line = |stretch: &crate::view::messages::Stretch| {
                let x = pen.across(stretch.lane);
                let y = |at: u32| pen.above(model.earlier) + down(at);
                let class = format!("talk-work hue-{}", stretch.mark.hue);
                view! { <line class=class x1=x x2=x y1=y(stretch.from) y2=y(stretch.to) /> }
            };
            work.map(line).collect_view()
        })
    };
    let still = move || {
        let (pen, past) = (pen(), past.get());
        model.with(|model| strokes(model, pen, past)).into_iter().map(stroke_of).collect_view()
    };
    let moving = move || {
        let (pen, past) = (pen(), past.get());
        model.with(|model| {
            let rows = model.rows.iter().enumerate().filter(|(_, row)| row.fresh);
            let placed = |(at, row): (usize, &MessageRow)| {
                (Placed { place: model.earlier + at, row: row.clone() }, pen, past)
            };
            rows.map(placed).collect::<Vec<_>>()
        })
    };
    view! {
        <div class="talk-art" node_ref=node style:top=move || format!("{}px", top())>
            <svg aria-hidden="true" style:height=move || format!("{}px", height())>
                <defs>{arrow_head("head-fresh")} {arrow_head("head-past")}</defs>
                <path class="lane" d=lines />
                {work}
                {still}
                <For
                    each=moving
                    key=|(placed, pen, past)| (placed.key(), pen.key(), *past)
                    children=|(placed, pen, past)| arrows_of(&placed, pen, past)
                />
            </svg>
        </div>
    }
}

fn down(y: u32) -> f64 {
    f64::from(y) / f64::from(ROW) * ROW_PX
}

fn kind_of(row: &MessageRow) -> &'static str {
    match row.kind {
        RowKind::Message if row.to == "*" => "broadcast",
        RowKind::Message => "message",
        RowKind::Write | RowKind::Read => "board",
    }
}

fn stroke_of(stroke: Stroke) -> impl IntoView {
    let Stroke { kind, passage, before, arrows, ends, starts } = stroke;
    let own = if before { " talk-before" } else { "" };
    let end = match (passage, before) {
        (Passage::Lost, _) => "talk-lost",
        (_, true) => "head-past",
        _ => "head-flow",
    };
    view! {
        <g class=format!("talk-{kind}") class:is-before=before>
            <path class=format!("talk-arrow talk-{}{own}", passage.name()) d=arrows />
            <path class=end d=ends />
            <path class="talk-start" d=starts />
        </g>
    }
}

fn arrows_of(Placed { place, row }: &Placed, pen: Pen, past: bool) -> impl IntoView + use<> {
    let y = pen.middle(*place);
    let from = row.lane;
    let arrows = row.arrivals.iter().map(|arrival| {
        let before = past && row.before && arrival.before;
        arrow(from, y, arrival, pen, before)
    });
    let arrows = arrows.collect_view();
    view! {
        <g class=format!("talk-{}", kind_of(row)) class:is-fresh=true class:is-before=past && row.before>
            {arrows}
            <circle class="talk-start" cx=pen.across(from) cy=y r="2.5" />
        </g>
    }
}

fn arrow(from: usize, y: f64, arrival: &Arrival, pen: Pen, before: bool) -> impl IntoView + use<> {
    let (x, goal) = pen.arrow(from, y, arrival);
    let passage = arrival.passage.name();
    let lost = (arrival.passage == Passage::Lost)
        .then(|| view! { <path class="talk-lost" d=strokes::cross(goal) /> });
    let head = match (arrival.passage, before) {
        (Passage::Lost, _) => String::new(),
        (_, true) => "url(#head-past)".to_owned(),
        _ => "url(#head-fresh)".to_owned(),
    };
    let own = if before { " talk-before" } else { "" };
    view! {
        <line
            class=format!("talk-arrow talk-{passage}{own}")
            x1=x
            x2=goal.0
            y1=y
            y2=goal.1
            marker-end=head
        />
        {lost}
    }
}
