//! The auction panel: all auctions of the task on a line each, then every bid as a bar of its four terms.

pub mod bids;
mod conversation;
mod overview;
mod what_if;

use std::collections::BTreeSet;

use leptos::prelude::*;

use self::bids::{absent_row, bid_row};
use self::conversation::ProtocolKey;
use self::overview::Overview;
use self::what_if::{Shares, WhatIf};
use super::icon::RoleMark;
use super::panel::{Nothing, Panel};
use super::pick::{Pick, classes};
use super::terms::Means;
use crate::view::auction::what_if::{Preview, preview};
use crate::view::auction::{AuctionView, Auctions, TermKey};

/// Bids of an auction, and those who sent none, that are drawn until all are asked for.
const SHOWN: (usize, usize) = (16, 8);
/// The same beside another panel.
const SHOWN_BESIDE: (usize, usize) = (6, 3);

/// Shows all auctions of the selected task.
#[component]
pub fn AuctionPanel(
    #[prop(into)] model: Signal<Auctions>,
    /// The auction that is shown in full where they are many.
    chosen: RwSignal<Option<String>>,
    pick: Pick,
    large: bool,
    #[prop(optional_no_strip)] on_open: Option<Callback<()>>,
) -> impl IntoView {
    let summary = Signal::derive(move || model.with(|model| model.summary.clone()));
    let shares = Shares::new();
    let some = Memo::new(move |_| model.with(|model| !model.lines.is_empty()));
    let several = Memo::new(move |_| model.with(|model| model.lines.len() > 1));
    let legend = Memo::new(move |_| model.with(|model| model.legend.clone()));
    let opened = RwSignal::new(BTreeSet::<String>::new());
    let rows = move || {
        let tried = shares.tried();
        let opened_now = opened.get();
        let auctions = model.with(|model| model.auctions.clone());
        let one = |auction: AuctionView| {
            let tried = tried.filter(|_| large).map(|shares| preview(&auction, shares));
            let whole = opened_now.contains(&auction.auction_id);
            one(auction, tried, pick, large, (!whole).then_some(opened))
        };
        auctions.into_iter().map(one).collect_view()
    };
    let above = move || {
        large.then(|| {
            view! {
                <Show when=move || several.get()>
                    <Overview model=model chosen=chosen pick=pick />
                </Show>
                <WhatIf legend=legend shares=shares />
                <ProtocolKey />
            }
        })
    };
    view! {
        <Panel title="Auction" summary=summary large=large on_open=on_open>
            <Show
                when=move || some.get()
                fallback=|| view! { <Nothing words="No auction has been opened yet." /> }
            >
                {above}
                {move || large.then(|| terms(legend.get()))}
                <div class="auctions">{rows}</div>
            </Show>
        </Panel>
    }
}

fn terms(legend: Vec<TermKey>) -> impl IntoView {
    let keys = legend
        .into_iter()
        .map(|key| {
            view! {
                <li>
                    <i class=format!("swatch term-{}", key.name)></i>
                    <Means of=key.title />
                    <span class="dim">{format!("up to {}", key.most)}</span>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="legend" aria-label="The four terms of a bid score, in points">{keys}</ul> }
}

/// Draws an auction; `fold` is where it is noted that all of a long one are to be drawn.
fn one(
    auction: AuctionView,
    tried: Option<Preview>,
    pick: Pick,
    large: bool,
    fold: Option<RwSignal<BTreeSet<String>>>,
) -> impl IntoView {
    let AuctionView {
        auction_id,
        role,
        role_title,
        mark,
        standing,
        verdict,
        bids,
        absent,
        event,
        fresh,
    } = auction;
    let count = bids.len() + absent.len();
    let (bids_max, absent_max) = match fold {
        Some(_) if large => SHOWN,
        Some(_) => SHOWN_BESIDE,
        None => (count, count),
    };
    let left = bids.len().saturating_sub(bids_max) + absent.len().saturating_sub(absent_max);
    let all = fold.filter(|_| left > 0).map(|opened| {
        let id = auction_id.clone();
        let open_it = move |_| {
            opened.update(|opened| {
                opened.insert(id.clone());
            });
        };
        view! {
            <button type="button" class="button-small" on:click=open_it>
                {format!("Show all {count} answers")}
            </button>
        }
    });
    let rows = bids.into_iter().take(bids_max).map(|bid| {
        let anew = tried.as_ref().and_then(|tried| {
            let found = tried.ranking.iter().find(|(agent, _)| *agent == bid.agent_id);
            found.map(|(_, score)| score.clone())
        });
        bid_row(&auction_id, &role, bid, anew, pick, large)
    });
    let rows = rows.collect_view();
    let absent = absent.into_iter().take(absent_max);
    let absent = absent.map(|row| absent_row(row, pick, large)).collect_view();
    let verdict = (!verdict.is_empty()).then(|| view! { <p class="auction-verdict">{verdict}</p> });
    let tried = tried.map(|tried| {
        view! {
            <p class="auction-verdict auction-tried" class:is-other=tried.differs>
                "With these weights "
                {tried.words}
            </p>
        }
    });
    view! {
        <section class="auction" id=format!("panel-{auction_id}")>
            <header class=move || classes("auction-head", false, fresh, pick.is(event))>
                <button type="button" class="auction-title" on:click=move |_| pick.select.run(event)>
                    <RoleMark mark=mark />
                    <b>{role_title}</b>
                    <span class="dim">{auction_id.clone()}</span>
                </button>
                <span class="dim">{standing}</span>
            </header>
            <ol class="bids">{rows} {absent}</ol>
            {all}
            {verdict}
            {tried}
        </section>
    }
}
