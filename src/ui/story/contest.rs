//! The contest on the stage: bids as bars of their terms, the sums kept back until the award.

use leptos::prelude::*;

use crate::ui::auction::bids::segment;
use crate::ui::icon::{Glyph, Icon, RoleMark, breakable};
use crate::ui::pick::{Pick, classes};
use crate::ui::terms::Means;
use crate::view::auction::{BidOutcome, BidRow, TermKey};
use crate::view::story::Story;
use crate::view::story::contest::{Contest, ContestRow, ContestTab};

/// Shows one auction, large.
#[component]
pub fn ContestStage(#[prop(into)] model: Signal<Story>, pick: Pick) -> impl IntoView {
    let contest = Memo::new(move |_| model.with(|model| model.contest.clone()));
    move || contest.get().map(|contest| drawn(contest, pick))
}

fn drawn(contest: Contest, pick: Pick) -> impl IntoView {
    let Contest { auction_id, role, role_title, mark, standing, decided, legend, rows, more, tabs } =
        contest;
    let rows =
        rows.into_iter().map(|row| one(&auction_id, &role, row, decided, pick)).collect_view();
    let legend = legend.into_iter().map(key).collect_view();
    let several = (tabs.len() > 1).then(|| {
        let tabs = tabs.into_iter().map(tab).collect_view();
        view! { <ol class="contest-tabs" aria-label="Auctions of this task">{tabs}</ol> }
    });
    view! {
        <section class="contest" aria-label=format!("Auction for {role_title}")>
            <header class="contest-head">
                <h2>
                    <RoleMark mark=mark />
                    {format!("Auction for {}", role_title.to_lowercase())}
                </h2>
                <p>{standing}</p>
            </header>
            <ol class="contest-rows">{rows}</ol>
            {(!more.is_empty()).then(|| view! { <p class="dim">{more}</p> })}
            <ul class="legend" aria-label="The four terms of a bid's score, in points">{legend}</ul>
            {several}
        </section>
    }
}

fn one(
    auction: &str,
    role: &str,
    row: ContestRow,
    decided: bool,
    pick: Pick,
) -> impl IntoView + use<> {
    let ContestRow { agent_id, remark, bid, absent } = row;
    match (bid, absent) {
        (Some(bid), _) => bidder(auction, role, remark, bid, decided, pick).into_any(),
        (None, Some(absent)) => view! {
            <li class="contest-row is-absent">
                <span class="contest-who"><b>{breakable(&agent_id)}</b></span>
                <span class="contest-what">{absent.what}</span>
            </li>
        }
        .into_any(),
        (None, None) => ().into_any(),
    }
}

fn bidder(
    auction: &str,
    role: &str,
    remark: String,
    bid: BidRow,
    decided: bool,
    pick: Pick,
) -> impl IntoView + use<> {
    let BidRow { agent_id, score, terms, outcome, event, named, fresh, .. } = bid;
    let segments = terms.into_iter().map(|term| segment(term, true)).collect_view();
    let glyph = match outcome {
        BidOutcome::Pending => None,
        BidOutcome::Won => Some(Glyph::Check),
        _ => Some(Glyph::Cross),
    };
    let said = glyph.map(|glyph| {
        view! {
            <span class=format!("contest-outcome outcome-{}", outcome.name())>
                <Icon glyph=glyph />
                {outcome.name()}
            </span>
        }
    });
    let sum = if decided { score.clone() } else { "?".to_owned() };
    let own = format!("contest-row contest-{}", outcome.name());
    view! {
        <li
            class=move || classes(&own, named, fresh, pick.is(event))
            data-testid="bid"
            data-auction=auction.to_owned()
            data-role=role.to_owned()
            data-agent=agent_id.clone()
            data-score=score
            data-outcome=outcome.name()
        >
            <button type="button" class="contest-who" on:click=move |_| pick.select.run(event)>
                <b>{breakable(&agent_id)}</b>
                <small>{remark}</small>
            </button>
            <span class="contest-bar">{segments}</span>
            <span class="contest-sum">
                <b>{sum}</b>
                {said}
            </span>
        </li>
    }
}

fn key(key: TermKey) -> impl IntoView {
    view! {
        <li>
            <i class=format!("swatch term-{}", key.name)></i>
            <Means of=key.title />
            {format!(" × {}", key.most)}
        </li>
    }
}

fn tab(tab: ContestTab) -> impl IntoView {
    let ContestTab { role_title, mark, standing, over, current } = tab;
    let glyph = if over { Glyph::Check } else { Glyph::Ring };
    view! {
        <li class="contest-tab" class:is-over=over aria-current=current.then_some("true")>
            <RoleMark mark=mark />
            <span>
                <b>{role_title}</b>
                <small>{breakable(&standing)}</small>
            </span>
            <Icon glyph=glyph />
        </li>
    }
}
