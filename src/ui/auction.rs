//! The auction panel: each bid as a bar of its four terms, with what became of it.

use leptos::prelude::*;

use super::icon::{Glyph, Icon, RoleMark};
use super::panel::{Nothing, Panel};
use super::pick::{Pick, classes};
use crate::view::auction::{AbsentRow, AuctionView, Auctions, BidOutcome, BidRow, Term, TermKey};

/// Shows all auctions of the selected task.
#[component]
pub fn AuctionPanel(
    #[prop(into)] model: Signal<Auctions>,
    pick: Pick,
    large: bool,
    #[prop(optional_no_strip)] on_open: Option<Callback<()>>,
) -> impl IntoView {
    let summary = Signal::derive(move || model.with(|model| model.summary.clone()));
    let body = move || {
        let Auctions { legend, auctions, .. } = model.get();
        if auctions.is_empty() {
            return view! { <Nothing words="No auction has been opened yet." /> }.into_any();
        }
        let rows = auctions.into_iter().map(|auction| one(auction, pick)).collect_view();
        view! {
            {terms(legend)}
            <div class="auctions">{rows}</div>
        }
        .into_any()
    };
    view! {
        <Panel title="Auction" summary=summary large=large on_open=on_open>
            {body}
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
                    {key.title}
                    <span class="dim">{format!("up to {}", key.most)}</span>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="legend" aria-label="The four terms of a bid's score, in points">{keys}</ul> }
}

fn one(auction: AuctionView, pick: Pick) -> impl IntoView {
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
    let bids = bids.into_iter().map(|bid| bid_row(&auction_id, &role, bid, pick)).collect_view();
    let absent = absent.into_iter().map(|row| absent_row(row, pick)).collect_view();
    let verdict = (!verdict.is_empty()).then(|| view! { <p class="auction-verdict">{verdict}</p> });
    view! {
        <section class="auction">
            <header class=move || classes("auction-head", false, fresh, pick.is(event))>
                <button type="button" class="auction-title" on:click=move |_| pick.select.run(event)>
                    <RoleMark mark=mark />
                    <b>{role_title}</b>
                    <span class="dim">{auction_id.clone()}</span>
                </button>
                <span class="dim">{standing}</span>
            </header>
            <ol class="bids">{bids} {absent}</ol>
            {verdict}
        </section>
    }
}

fn bid_row(auction_id: &str, role: &str, bid: BidRow, pick: Pick) -> impl IntoView + use<> {
    let BidRow { agent_id, score, terms, outcome, event, named, fresh, .. } = bid;
    let glyph = match outcome {
        BidOutcome::Pending => Glyph::Dots,
        BidOutcome::Won => Glyph::Check,
        BidOutcome::Outscored | BidOutcome::Late | BidOutcome::Declined => Glyph::Cross,
    };
    let segments = terms.into_iter().map(segment).collect_view();
    let (agent, points) = (agent_id.clone(), score.clone());
    view! {
        <li
            class=move || classes("bid", named, fresh, pick.is(event))
            data-testid="bid"
            data-auction=auction_id.to_owned()
            data-role=role.to_owned()
            data-agent=agent
            data-score=points
            data-outcome=outcome.name()
        >
            <button type="button" class="bid-who" on:click=move |_| pick.select.run(event)>
                {agent_id}
            </button>
            <span class="bid-bar">{segments}</span>
            <span class="bid-score">{score}</span>
            <span class=format!("bid-outcome outcome-{}", outcome.name())>
                {view! { <Icon glyph=glyph /> }}
                {outcome.name()}
            </span>
        </li>
    }
}

fn segment(term: Term) -> impl IntoView {
    let spoken = format!("{}: {} makes {} points", term.name, term.value, term.points);
    let points = term.points.clone();
    view! {
        <span
            class=format!("bid-term term-{}", term.name)
            style:flex-basis=format!("{}.{:02}%", term.hundredths / 100, term.hundredths % 100)
            data-testid="bid-term"
            data-term=term.name
            data-points=points
            title=spoken.clone()
            role="img"
            aria-label=spoken
        >
            <b aria-hidden="true">{term.points}</b>
        </span>
    }
}

fn absent_row(row: AbsentRow, pick: Pick) -> impl IntoView {
    let AbsentRow { agent_id, what, event, named, fresh } = row;
    view! {
        <li class=move || classes("bid bid-absent", named, fresh, pick.is_some(event))>
            <button
                type="button"
                class="bid-who"
                disabled=event.is_none()
                on:click=move |_| pick.choose(event)
            >
                {agent_id}
            </button>
            <span class="bid-what">{what}</span>
        </li>
    }
}
