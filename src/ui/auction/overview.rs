//! All auctions of the task as a table: one line each, the lead drawn as a bar.

use leptos::html;
use leptos::prelude::*;

use crate::ui::icon::RoleMark;
use crate::ui::pick::{Pick, classes};
use crate::ui::rows::window_of;
use crate::ui::terms::Means;
use crate::view::auction::Auctions;
use crate::view::auction::overview::AuctionLine;

/// How high a line is [px]; the style sheet says the same.
const LINE_PX: f64 = 28.0;
/// A lead of so many hundredths of a point fills the bar.
const FULL_LEAD: u32 = 2_000;

/// Shows the table; lines out of view are not drawn.
#[component]
pub fn Overview(
    #[prop(into)] model: Signal<Auctions>,
    chosen: RwSignal<Option<String>>,
    pick: Pick,
) -> impl IntoView {
    let node: NodeRef<html::Div> = NodeRef::new();
    let count = Memo::new(move |_| model.with(|model| model.lines.len()));
    let seen = window_of(node, LINE_PX, count.into());
    let rows = move || {
        let seen = seen.get();
        model.with(|model| {
            let lines = model.lines.get(seen.first..seen.end.min(model.lines.len()));
            lines
                .unwrap_or_default()
                .iter()
                .cloned()
                .enumerate()
                .map(|(at, line)| {
                    let top = (seen.first + at) as f64 * LINE_PX;
                    row(line, top, chosen, pick)
                })
                .collect_view()
        })
    };
    view! {
        <div class="auction-table" role="table" aria-label="All auctions of the task">
            <div class="auction-line auction-line-head" role="row">
                <span role="columnheader">"For"</span>
                <span role="columnheader">"Standing"</span>
                <span role="columnheader">"Winner"</span>
                <span role="columnheader" class="figure"><Means of="Bid score" /></span>
                <span role="columnheader"><Means of="Lead" words="Lead, points" /></span>
                <span role="columnheader" class="figure">"Bids"</span>
                <span role="columnheader">"Stayed out"</span>
            </div>
            <div
                class="auction-lines"
                role="rowgroup"
                node_ref=node
                style:height=move || format!("{}px", count.get() as f64 * LINE_PX)
            >
                {rows}
            </div>
        </div>
    }
}

fn row(line: AuctionLine, top: f64, chosen: RwSignal<Option<String>>, pick: Pick) -> impl IntoView {
    let (event, fresh) = (line.event, line.fresh);
    let lead = (line.margin_hundredths.min(FULL_LEAD) * 100 / FULL_LEAD).max(1);
    let out = [(line.refused, "refused"), (line.late, "late"), (line.declined, "declined")];
    let out: Vec<String> = out
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    let lead = (!line.margin.is_empty()).then(|| {
        let words = if line.tied { "tie, by id".to_owned() } else { line.margin.clone() };
        view! {
            <i class="lead-bar" style:width=format!("{}px", lead * 60 / 100)></i>
            {words}
        }
    });
    let id = line.auction_id.clone();
    let choose = move |_| {
        chosen.set(Some(id.clone()));
        pick.select.run(event);
    };
    view! {
        <div
            class=move || classes("auction-line", false, fresh, pick.is(event))
            style:top=format!("{top}px")
            role="row"
        >
            <span role="cell">
                <button type="button" class="auction-line-title" title=line.auction_id.clone() on:click=choose>
                    <RoleMark mark=line.mark />
                    {line.title}
                </button>
            </span>
            <span role="cell" class="dim">{line.standing}</span>
            <span role="cell" class="clip">{line.winner}</span>
            <span role="cell" class="figure">{line.score}</span>
            <span role="cell" class="lead">{lead}</span>
            <span role="cell" class="figure">{line.bids}</span>
            <span role="cell" class="dim clip">{out.join(", ")}</span>
        </div>
    }
}
