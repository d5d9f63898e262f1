//! The contest on the stage: one auction, everybody who was called in a row that keeps its place.

use std::collections::{BTreeMap, BTreeSet};

use super::ask::{AskKind, Question};
use super::{Decision, decision};
use crate::model::id::{AuctionIx, EventId};
use crate::sim::world::auction::{AuctionStage, AuctionState};
use crate::text::names;
use crate::view::auction::{AbsentRow, AuctionView, BidRow, TermKey, auctions};
use crate::view::focus::Name;
use crate::view::lens::Lens;
use crate::view::mark::Mark;

/// Somebody who was called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContestRow {
    /// Who.
    pub agent_id: String,
    /// What sets its bid apart, such as `fits best what is asked`; where it stands without one.
    pub remark: String,
    /// Its bid, once sent.
    pub bid: Option<BidRow>,
    /// What it did instead.
    pub absent: Option<AbsentRow>,
}

/// One of the task's auctions, to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContestTab {
    /// The role, as people read it.
    pub role_title: String,
    /// Its mark.
    pub mark: Mark,
    /// How far it is, two or three words.
    pub standing: String,
    /// Whether it is over.
    pub over: bool,
    /// Whether it is on the stage.
    pub current: bool,
}

/// The auction on the stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contest {
    /// The auction.
    pub auction_id: String,
    /// The role it fills, as scripts look for it.
    pub role: String,
    /// The role as people read it.
    pub role_title: String,
    /// The role's mark.
    pub mark: Mark,
    /// Where it stands.
    pub standing: String,
    /// Whether it is awarded; until then no sums are shown.
    pub decided: bool,
    /// What the terms mean and weigh.
    pub legend: Vec<TermKey>,
    /// Those who were called, by id; of very many those who bid best.
    pub rows: Vec<ContestRow>,
    /// How many more were called, in words; empty where all have a row.
    pub more: String,
    /// All auctions of the task.
    pub tabs: Vec<ContestTab>,
}

/// How many rows the stage has room for.
const ROWS_MAX: usize = 12;

/// What it means to have the most of a term.
const LEADS: [&str; 4] = [
    "fits best what is asked",
    "has the most free time",
    "did best so far",
    "suits the hurry best",
];

/// Shows the auction that this turn or the next is about, else the one something last happened in.
pub fn contest(lens: &Lens<'_>, ask: Option<&Question>) -> Option<Contest> {
    let task = lens.task_state()?;
    let shown = auctions(lens);
    let ix = subject(lens, ask)?;
    let place = task.auctions.iter().position(|auction| *auction == ix)?;
    let state = lens.world().environment.auction(ix)?;
    let view = shown.auctions.iter().find(|view| view.auction_id == ix.text())?;
    let decided = state.stage != AuctionStage::Open;
    let tabs = task.auctions.iter().enumerate().filter_map(|(at, auction)| {
        let state = lens.world().environment.auction(*auction)?;
        Some(tab(lens, state, at == place))
    });
    let (rows, more) = rows(lens, state, view);
    Some(Contest {
        auction_id: view.auction_id.clone(),
        role: view.role.clone(),
        role_title: view.role_title.clone(),
        mark: view.mark,
        standing: view.standing.clone(),
        decided,
        legend: shown.legend.clone(),
        rows,
        more,
        tabs: tabs.collect(),
    })
}

/// Returns the auction to show.
fn subject(lens: &Lens<'_>, ask: Option<&Question>) -> Option<AuctionIx> {
    let task = lens.task?;
    let awarded = |turn| match decision(lens.session, task, turn) {
        Some(Decision::Award(auction)) => Some(auction),
        _ => None,
    };
    let next = ask
        .filter(|ask| ask.kind == AskKind::Award)
        .and_then(|_| awarded(crate::model::id::TurnIx(lens.session.turn().0 + 1)));
    let mine = &lens.task_state()?.auctions;
    let touched = || mine.iter().copied().find(|auction| lens.fresh(Name::Auction(*auction)));
    let latest = || mine.iter().copied().max_by_key(|auction| last_event(lens, *auction));
    next.or_else(|| awarded(lens.session.turn())).or_else(touched).or_else(latest)
}

/// Returns the last event that belongs to an auction so far.
fn last_event(lens: &Lens<'_>, ix: AuctionIx) -> Option<EventId> {
    let opened = lens.world().environment.auction(ix).map(|state| state.opened);
    let trace = lens.history.auction(ix)?;
    let answers = trace.bids.iter().chain(&trace.refusals).map(|answer| answer.event);
    answers.chain(opened).chain(trace.award.map(|(_, _, event)| event)).max()
}

fn tab(lens: &Lens<'_>, state: &AuctionState, current: bool) -> ContestTab {
    let answered = state.bids.len() + state.refusals.len();
    let standing = match state.stage {
        AuctionStage::Open => format!("{answered} of {} answers read", state.asked.len()),
        AuctionStage::Awarded(agent) | AuctionStage::Settled(agent) => lens.agent_id(agent),
        AuctionStage::Unfilled(reason) => names::failure(reason).to_owned(),
    };
    ContestTab {
        role_title: lens.role_title(state.role),
        mark: lens.mark_of_role(state.role),
        standing,
        over: state.is_over(),
        current,
    }
}

/// Returns the rows by the order in which they were called, and how many there is no room for.
fn rows(lens: &Lens<'_>, state: &AuctionState, view: &AuctionView) -> (Vec<ContestRow>, String) {
    let id = |agent: &_| lens.agent_id(*agent);
    let read: BTreeSet<String> = state.bids.iter().map(|bid| id(&bid.agent)).collect();
    let late: BTreeSet<String> = state.late.iter().map(id).collect();
    let order: BTreeMap<String, usize> =
        state.asked.iter().enumerate().map(|(place, agent)| (id(agent), place)).collect();
    let best = best(&view.bids);
    // Bids come the best first: where there is no room for all, those who could win are seen.
    let bids = view.bids.iter().take(ROWS_MAX).map(|bid| {
        let remark = match (read.contains(&bid.agent_id), late.contains(&bid.agent_id)) {
            (_, true) => "came too late".to_owned(),
            (false, false) => "its bid is on its way".to_owned(),
            (true, false) => remark(bid, &best, view.bids.len()),
        };
        ContestRow { agent_id: bid.agent_id.clone(), remark, bid: Some(bid.clone()), absent: None }
    });
    let absent = view.absent.iter().map(|absent| ContestRow {
        agent_id: absent.agent_id.clone(),
        remark: String::new(),
        bid: None,
        absent: Some(absent.clone()),
    });
    let mut rows: Vec<ContestRow> = bids.chain(absent).take(ROWS_MAX).collect();
    rows.sort_by_key(|row| order.get(&row.agent_id).copied());
    let left = (view.bids.len() + view.absent.len()).saturating_sub(rows.len());
    let more = match view.bids.len().saturating_sub(ROWS_MAX) {
        0 if left == 0 => String::new(),
        0 => format!("and {left} more who sent no bid"),
        bids => format!("and {left} more who were called, {bids} of them with lower bids"),
    };
    (rows, more)
}

/// Returns for each term the most points of any bid, and how many bids have them.
fn best(bids: &[BidRow]) -> [(u32, usize); LEADS.len()] {
    let mut best = [(0, 0); LEADS.len()];
    for bid in bids {
        for (term, (most, count)) in bid.terms.iter().zip(&mut best) {
            match term.hundredths.cmp(most) {
                std::cmp::Ordering::Greater => (*most, *count) = (term.hundredths, 1),
                std::cmp::Ordering::Equal => *count += 1,
                std::cmp::Ordering::Less => {}
            }
        }
    }
    best
}

/// Says in which terms a bid is ahead of all others.
fn remark(bid: &BidRow, best: &[(u32, usize)], bids: usize) -> String {
    if bids < 2 {
        return String::new();
    }
    let terms = bid.terms.iter().zip(best).zip(LEADS);
    let leads: Vec<&str> = terms
        .filter(|((term, most), _)| **most == (term.hundredths, 1))
        .map(|(_, lead)| lead)
        .collect();
    match leads.as_slice() {
        [] => "leads in none of the four".to_owned(),
        [one] => (*one).to_owned(),
        [first, second, ..] => format!("{first}, {second}"),
    }
}
