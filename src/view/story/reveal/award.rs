//! Who was awarded an auction, by how much, and the smallest change of each term that would have turned it.

use super::{Otherwise, Reveal};
use crate::kernel::fixed::{Hundredths, Ppm};
use crate::model::bid::{BidTerms, Weights};
use crate::model::id::{AgentIx, AuctionIx};
use crate::model::message::Payload;
use crate::session::margin::{Term, TermChange, changes, needed};
use crate::sim::event::EventKind;
use crate::sim::world::auction::{AuctionState, BidState};
use crate::text::{names, units};
use crate::view::lens::Lens;
use crate::view::story::ask::AskKind;
use crate::view::story::events;

/// A bid that was in the running.
struct Bid {
    agent: AgentIx,
    id: String,
    terms: BidTerms,
    score: Hundredths,
}

/// Tells of an award.
pub(super) fn award(lens: &Lens<'_>, ix: AuctionIx) -> Option<Reveal> {
    let (winner, tied) =
        events(lens.session, lens.session.turn()).find_map(|(_, kind)| match kind {
            EventKind::Awarded { auction, agent, tied, .. } if auction == ix => Some((agent, tied)),
            _ => None,
        })?;
    let state = lens.world().environment.auction(ix)?;
    let weights = weights(lens, state);
    let bid = |bid: &BidState| Bid {
        agent: bid.agent,
        id: lens.agent_id(bid.agent),
        terms: bid.terms,
        score: bid.score,
    };
    let won = state.bids.iter().find(|bid| bid.agent == winner).map(bid)?;
    let mut others: Vec<Bid> =
        state.bids.iter().filter(|bid| bid.agent != winner && !bid.out).map(bid).collect();
    others.sort_by(|a, b| b.score.cmp(&a.score).then_with(|| a.id.cmp(&b.id)));
    let mut changes: Vec<String> = on_its_way(lens, ix, state, &won).into_iter().collect();
    if let Some(next) = others.first() {
        changes.extend(swings(lens, &weights, &won, next));
    }
    let without = others.first().map_or_else(String::new, |next| {
        format!("No change of a single term could have made {} win.", next.id)
    });
    Some(Reveal {
        kind: AskKind::Award,
        title: format!("{} wins", won.id),
        right: vec![won.id.clone()],
        reason: why(&won, others.first(), &weights, tied),
        otherwise: Otherwise::of(changes, &without),
        weighed: Vec::new(),
    })
}

fn weights(lens: &Lens<'_>, state: &AuctionState) -> Weights {
    match lens.session.store().payload(state.call).as_deref() {
        Some(Payload::Call { weights, .. }) => *weights,
        _ => lens.world().policies.weights,
    }
}

/// What the four terms are called in a sentence.
const TERM_NAMES: [&str; 4] = ["capability", "free capacity", "performance", "urgency fit"];

/// Says by how much the best bid leads, and by what.
fn why(won: &Bid, next: Option<&Bid>, weights: &Weights, tied: bool) -> String {
    let Some(next) = next else {
        return format!("Its bid of {} points is the only one in the running.", won.score);
    };
    if tied {
        return format!(
            "It and {} both score {} points; of equal bids the id that sorts first wins.",
            next.id, won.score
        );
    }
    let lead = Hundredths(won.score.0.saturating_sub(next.score.0));
    let mut ahead = Vec::new();
    let mut behind = Vec::new();
    let parts = won.terms.parts(weights).into_iter().zip(next.terms.parts(weights));
    for ((mine, theirs), name) in parts.zip(TERM_NAMES) {
        let points = Hundredths(
            u32::try_from((mine.abs_diff(theirs) + 50_000_000) / 100_000_000).unwrap_or(u32::MAX),
        );
        let said = format!("{name} by {points}");
        match mine.cmp(&theirs) {
            _ if points.0 == 0 => {}
            std::cmp::Ordering::Greater => ahead.push(said),
            std::cmp::Ordering::Less => behind.push(said),
            std::cmp::Ordering::Equal => {}
        }
    }
    let ahead = format!("It is ahead in {}", names::list(&ahead));
    let behind = if behind.is_empty() {
        String::new()
    } else {
        format!(", behind in {}", names::list(&behind))
    };
    format!(
        "{} points against {} of {}: {lead} more. {ahead}{behind}.",
        won.score, next.score, next.id
    )
}

/// Lists the smallest change of each term that would have won, in the units people think in.
fn swings(lens: &Lens<'_>, weights: &Weights, won: &Bid, rival: &Bid) -> Vec<String> {
    let need = needed(&rival.id, &won.id, won.score);
    let capacity = lens.world().agent(rival.agent).map_or(1, |agent| agent.spec.capacity.max(1));
    let said = |TermChange { term, from, to }: TermChange| {
        let to = to.filter(|to| *to != from)?;
        let change = match term {
            Term::Capability => {
                format!("a capability of {} instead of {}", units_up(to), units::share(from))
            }
            // Slots are whole: what is less than one takes one.
            Term::Workload => {
                let less = u64::from(from.0 - to.0.min(from.0)) * u64::from(capacity);
                let slots = less.div_ceil(1_000_000);
                let held = (u64::from(from.0) * u64::from(capacity) + 500_000) / 1_000_000;
                if slots > held {
                    return None;
                }
                let slots = usize::try_from(slots).unwrap_or(usize::MAX);
                format!("{} fewer in hand", units::count(slots, "slot", "slots"))
            }
            Term::Performance => format!(
                "a performance score of {} instead of {}",
                Hundredths(to.0.div_ceil(100)),
                Hundredths(from.0 / 100)
            ),
            Term::Priority => {
                format!("an urgency fit of {} instead of {}", units_up(to), units::share(from))
            }
        };
        Some(format!("{} with {change}", rival.id))
    };
    changes(&rival.terms, weights, need).into_iter().filter_map(said).collect()
}

/// Writes a share with as few decimals, at least two, as do not fall short of it.
fn units_up(share: Ppm) -> String {
    Hundredths(share.0.div_ceil(10_000)).to_string()
}

/// Names a bid that was sent, not read in time, and would have won.
fn on_its_way(lens: &Lens<'_>, ix: AuctionIx, state: &AuctionState, won: &Bid) -> Option<String> {
    let sent = lens.history.auction(ix)?.bids.iter();
    let unread = sent.filter(|bid| !state.bids.iter().any(|read| read.agent == bid.agent));
    unread
        .filter_map(|bid| {
            let payload = lens.session.store().payload(bid.payload)?;
            let Payload::Bid { score, .. } = *payload else { return None };
            let id = lens.agent_id(bid.agent);
            (score >= needed(&id, &won.id, won.score)).then_some((score, id))
        })
        .max()
        .map(|(score, id)| {
            format!("the {score} points of {id}, had they been there in time; they were still on their way")
        })
}
