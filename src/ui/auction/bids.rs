//! One answer to a call for proposals on one line: who, the conversation, the bar of terms, the outcome.

use leptos::prelude::*;

use super::conversation::Protocol;
use crate::ui::icon::{Glyph, Icon};
use crate::ui::pick::{Pick, classes};
use crate::view::auction::{AbsentRow, BidOutcome, BidRow, Term};

/// Draws a bid; `anew` is its score under the weights that are being tried.
pub fn bid_row(
    auction_id: &str,
    role: &str,
    bid: BidRow,
    anew: Option<String>,
    pick: Pick,
    large: bool,
) -> impl IntoView + use<> {
    let BidRow { agent_id, score, terms, outcome, talk, event, named, fresh, .. } = bid;
    let glyph = match outcome {
        BidOutcome::Pending => Glyph::Dots,
        BidOutcome::Won => Glyph::Check,
        BidOutcome::Outscored | BidOutcome::Late | BidOutcome::Declined => Glyph::Cross,
    };
    let segments = terms.into_iter().map(|term| segment(term, false)).collect_view();
    let (agent, points) = (agent_id.clone(), score.clone());
    let note = (!talk.note.is_empty()).then(|| {
        view! { <span class="bid-note">{format!("{}: {}", outcome.name(), talk.note)}</span> }
    });
    let anew = anew.filter(|anew| *anew != score).map(|anew| {
        view! { <span class="bid-anew" title="Score with the weights tried above">{format!("→ {anew}")}</span> }
    });
    let protocol = large.then(|| view! { <Protocol talk=talk /> });
    view! {
        <li
            class=move || classes("bid", named, fresh, pick.is(event))
            class:bid-full=large
            data-testid="bid"
            data-auction=auction_id.to_owned()
            data-role=role.to_owned()
            data-agent=agent
            data-score=points
            data-outcome=outcome.name()
            on:click=pick.press(Some(event))
        >
            <button type="button" class="bid-who" on:click=move |_| pick.select.run(event)>
                {agent_id}
            </button>
            {protocol}
            <span class="bid-bar">{segments}</span>
            <span class="bid-score">{score} {anew}</span>
            <span class=format!("bid-outcome outcome-{}", outcome.name())>
                {view! { <Icon glyph=glyph /> }}
                {outcome.name()}
            </span>
            {note}
        </li>
    }
}

/// Draws one term as a part of its bid's bar; where `brief`, decimals that say nothing are left out.
pub fn segment(term: Term, brief: bool) -> impl IntoView {
    let spoken = format!("{}: {} makes {} points", term.name, term.value, term.points);
    let points = term.points.clone();
    let shown = if brief { short(&points) } else { points.clone() };
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
            <b aria-hidden="true">{shown}</b>
        </span>
    }
}

/// Leaves out what says nothing: `30.00` is 30, `18.50` is 18.5.
fn short(points: &str) -> String {
    points.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Draws one who was called and sent no bid.
pub fn absent_row(row: AbsentRow, pick: Pick, large: bool) -> impl IntoView {
    let AbsentRow { agent_id, what, talk, event, named, fresh } = row;
    let protocol = large.then(|| view! { <Protocol talk=talk /> });
    view! {
        <li
            class=move || classes("bid bid-absent", named, fresh, pick.is_some(event))
            class:bid-full=large
        >
            <button
                type="button"
                class="bid-who"
                disabled=event.is_none()
                on:click=move |_| pick.choose(event)
            >
                {agent_id}
            </button>
            {protocol}
            <span class="bid-what">{what}</span>
        </li>
    }
}
