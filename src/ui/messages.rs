//! The messages panel: rows of words beside a space-time diagram of who told whom when.

use leptos::html;
use leptos::prelude::*;
use leptos::web_sys;

use super::icon::{ActorMark, Glyph, Icon, breakable};
use super::panel::{Nothing, Panel};
use super::pick::{Pick, classes};
use crate::view::messages::scale::ROW;
use crate::view::messages::{Arrival, Lane, MessageRow, Messages, Passage, RowKind, Stretch};

/// How high a row is [px]; the style sheet's `--row` says the same.
const ROW_PX: f64 = 26.0;

/// Shows the messages of the selected task.
#[component]
pub fn MessagesPanel(
    #[prop(into)] model: Signal<Messages>,
    pick: Pick,
    large: bool,
    /// Shows more of the rows before those in view.
    on_earlier: Callback<()>,
    #[prop(optional_no_strip)] on_open: Option<Callback<()>>,
) -> impl IntoView {
    let summary = Signal::derive(move || model.with(|model| model.summary.clone()));
    let end: NodeRef<html::P> = NodeRef::new();
    // The last row is what is going on: whenever rows come or go, it is brought into view.
    let count = Memo::new(move |_| model.with(|model| (model.rows.len(), model.now.clone())));
    Effect::new(move |_| {
        count.track();
        if let Some(end) = end.get() {
            request_animation_frame(move || scroll_to(&end));
        }
    });
    let body = move || {
        let messages = model.get();
        if messages.rows.is_empty() {
            return view! { <Nothing words="Nobody has said anything yet." /> }.into_any();
        }
        diagram(messages, pick, on_earlier, end).into_any()
    };
    view! {
        <Panel title="Messages" summary=summary large=large on_open=on_open>
            {body}
        </Panel>
    }
}

/// Scrolls the panel, and nothing around it, to its end.
fn scroll_to(end: &web_sys::HtmlParagraphElement) {
    if let Ok(Some(body)) = end.closest(".panel-body") {
        body.set_scroll_top(body.scroll_height());
    }
}

fn diagram(
    messages: Messages,
    pick: Pick,
    on_earlier: Callback<()>,
    end: NodeRef<html::P>,
) -> impl IntoView {
    let Messages { lanes, rows, earlier, stretches, now, .. } = messages;
    let count = lanes.len();
    let height = (rows.len() as f64 + 0.75) * ROW_PX;
    let heads = lanes.iter().cloned().map(lane_head).collect_view();
    let lines = (0..count).map(|lane| {
        let x = across(lane, count, 100);
        view! { <line class="lane" x1=x.clone() x2=x y1="0" y2="100%" /> }
    });
    let lines = lines.collect_view();
    let work = stretches.into_iter().map(|stretch| work_line(stretch, count)).collect_view();
    let arrows = rows.iter().enumerate().map(|(at, row)| arrows_of(at, row, count)).collect_view();
    let words = rows.into_iter().map(|row| words_of(row, pick)).collect_view();
    let more = (earlier > 0).then(|| {
        view! {
            <button type="button" class="button-small" on:click=move |_| on_earlier.run(())>
                {format!("Show earlier rows ({earlier})")}
            </button>
        }
    });
    view! {
        {more}
        <div class="talk" style=format!("--lanes:{count}")>
            <div class="talk-head" aria-hidden="true">{heads}</div>
            <div class="talk-body" style:height=format!("{height}px")>
                <ol class="talk-rows">{words}</ol>
                <svg class="talk-art" aria-hidden="true">
                    <defs>{head_marker("head-flow")} {head_marker("head-fresh")}</defs>
                    {lines}
                    {work}
                    {arrows}
                </svg>
                <p class="talk-now" node_ref=end><span>{now}</span></p>
            </div>
        </div>
    }
}

fn head_marker(id: &'static str) -> impl IntoView {
    view! {
        <marker
            id=id
            class=id
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="7"
            markerHeight="7"
            markerUnits="userSpaceOnUse"
            orient="auto"
        >
            <path d="M0 .5 7.5 4 0 7.5z" />
        </marker>
    }
}

fn lane_head(lane: Lane) -> impl IntoView {
    let class = classes("lane-head", lane.named, false, false);
    view! {
        <span class=class title=lane.id.clone()>
            <ActorMark id=lane.id.clone() mark=lane.mark />
            <span class="lane-name">{breakable(&lane.id)}</span>
        </span>
    }
}

/// Returns where a lane stands, in percent of the diagram's width, moved by so many hundredths.
fn across(lane: usize, lanes: usize, share: u32) -> String {
    let middle = (lane as f64 + 0.5) / lanes.max(1) as f64;
    format!("{:.3}%", middle * f64::from(share))
}

fn down(y: u32) -> f64 {
    f64::from(y) / f64::from(ROW) * ROW_PX
}

fn work_line(stretch: Stretch, lanes: usize) -> impl IntoView {
    let x = across(stretch.lane, lanes, 100);
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

fn arrows_of(at: usize, row: &MessageRow, lanes: usize) -> impl IntoView + use<> {
    let y = at as f64 * ROW_PX + ROW_PX / 2.0;
    let kind = match row.kind {
        RowKind::Message if row.to == "*" => "broadcast",
        RowKind::Message => "message",
        RowKind::Write | RowKind::Read => "board",
    };
    let fresh = row.fresh;
    let from = row.lane;
    let arrows = row.arrivals.iter().map(|arrival| arrow(from, y, arrival, lanes, fresh));
    let arrows = arrows.collect_view();
    view! {
        <g class=format!("talk-{kind}") class:is-fresh=fresh>
            {arrows}
            <circle class="talk-start" cx=across(from, lanes, 100) cy=y r="2.5" />
        </g>
    }
}

fn arrow(
    from: usize,
    y: f64,
    arrival: &Arrival,
    lanes: usize,
    fresh: bool,
) -> impl IntoView + use<> {
    let start = (from as f64 + 0.5) / lanes.max(1) as f64 * 100.0;
    let goal = (arrival.lane as f64 + 0.5) / lanes.max(1) as f64 * 100.0;
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
    let head = if arrival.passage == Passage::Lost {
        String::new()
    } else {
        format!("url(#{})", if fresh { "head-fresh" } else { "head-flow" })
    };
    view! {
        <line
            class=format!("talk-arrow talk-{passage}")
            x1=format!("{start:.3}%")
            x2=format!("{end:.3}%")
            y1=y
            y2=bottom
            marker-end=head
        />
        {lost}
    }
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
    let own = format!("talk-row row-{passage}");
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
