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

/// Auctions up to so many are drawn with as many answers each.
const FEW: usize = 4;
/// Fewest answers of each kind that are drawn of an auction that has more, however many auctions there are.
const SHOWN_LEAST: usize = 3;

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
    let ids = move || {
        model.with(|model| {
            let ids = model.auctions.iter().map(|auction| auction.auction_id.clone());
            ids.collect::<Vec<_>>()
        })
    };
    // Each is drawn anew only when something that is drawn of it has changed.
    let part = move |id: String| {
        let own = id.clone();
        let whole = move || opened.with(|opened| opened.contains(&own));
        let shown = Memo::new(move |_| {
            let most = if whole() { None } else { Some(if large { SHOWN } else { SHOWN_BESIDE }) };
            model.with(|model| {
                let found = model.auctions.iter().find(|auction| auction.auction_id == id)?;
                let share = |most: (usize, usize)| shared(most, model.auctions.len());
                let tried = shares.tried().filter(|_| large);
                Some(Shown::of(found, most.map(share), tried.map(|shares| preview(found, shares))))
            })
        });
        move || shown.get().map(|shown| one(shown, pick, large, opened))
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
                <div class="auctions"><For each=ids key=Clone::clone children=part /></div>
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

/// Returns how many answers of each auction are drawn where there are so many auctions.
fn shared(most: (usize, usize), auctions: usize) -> (usize, usize) {
    let least = |most: usize| most.min(SHOWN_LEAST);
    let share = |most: usize| (most * FEW / auctions.max(FEW)).max(least(most));
    (share(most.0), share(most.1))
}

/// What is drawn of an auction.
#[derive(Clone, PartialEq)]
struct Shown {
    /// The auction with the answers that are drawn.
    auction: AuctionView,
    /// How many answers there are.
    count: usize,
    /// What other weights would have made of it.
    tried: Option<Preview>,
}

impl Shown {
    /// Takes so many bids, and so many who sent none; all where no number is given.
    fn of(auction: &AuctionView, most: Option<(usize, usize)>, tried: Option<Preview>) -> Shown {
        let count = auction.bids.len() + auction.absent.len();
        let (bids, absent) = most.unwrap_or((usize::MAX, usize::MAX));
        let auction = AuctionView {
            auction_id: auction.auction_id.clone(),
            role: auction.role.clone(),
            role_title: auction.role_title.clone(),
            mark: auction.mark,
            standing: auction.standing.clone(),
            verdict: auction.verdict.clone(),
            bids: auction.bids.iter().take(bids).cloned().collect(),
            absent: auction.absent.iter().take(absent).cloned().collect(),
            event: auction.event,
            fresh: auction.fresh,
        };
        Shown { auction, count, tried }
    }
}

/// Draws an auction; `opened` is where it is noted that all answers to a call are to be drawn.
fn one(shown: Shown, pick: Pick, large: bool, opened: RwSignal<BTreeSet<String>>) -> impl IntoView {
    let Shown { auction, count, tried } = shown;
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
    let left = count - bids.len() - absent.len();
    let all = (left > 0).then(|| {
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
    let rows = bids.into_iter().map(|bid| {
        let anew = tried.as_ref().and_then(|tried| {
            let found = tried.ranking.iter().find(|(agent, _)| *agent == bid.agent_id);
            found.map(|(_, score)| score.clone())
        });
        bid_row(&auction_id, &role, bid, anew, pick, large)
    });
    let rows = rows.collect_view();
    let absent = absent.into_iter().map(|row| absent_row(row, pick, large)).collect_view();
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
