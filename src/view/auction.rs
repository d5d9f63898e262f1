//! The auctions of the selected task: every bid with the four terms of its score.

pub mod conversation;
pub mod overview;
pub mod what_if;

use std::collections::{BTreeMap, BTreeSet};

use self::conversation::{Conversation, conversations};
use self::overview::AuctionLine;
use super::focus::Name;
use super::history::AnswerTrace;
use super::lens::Lens;
use super::mark::Mark;
use crate::kernel::fixed::{Hundredths, Ppm};
use crate::model::bid::{BidTerms, Weights};
use crate::model::id::{AgentIx, AuctionIx};
use crate::model::message::Payload;
use crate::sim::world::auction::{AuctionStage, AuctionState};
use crate::text::{names, units};

/// The four terms' names as scripts look for them, in the order of the score's formula.
pub const TERMS: [&str; 4] = ["capability", "workload", "performance", "priority"];

/// What became of a bid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BidOutcome {
    /// Not decided.
    Pending,
    /// Awarded, and the award not declined.
    Won,
    /// Another scored higher.
    Outscored,
    /// It came after the award or the deadline.
    Late,
    /// Awarded, and declined by the bidder.
    Declined,
}

impl BidOutcome {
    /// Returns the name that scripts look for, which is also the word people read.
    pub fn name(self) -> &'static str {
        match self {
            BidOutcome::Pending => "pending",
            BidOutcome::Won => "won",
            BidOutcome::Outscored => "outscored",
            BidOutcome::Late => "late",
            BidOutcome::Declined => "declined",
        }
    }
}

/// One term of a bid's score.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// The name that scripts look for, one of [`TERMS`].
    pub name: &'static str,
    /// The value that counts, 0 to 1, two decimals.
    pub value: String,
    /// The points it brings, two decimals; the four add up to the score.
    pub points: String,
    /// The points in hundredths, for a bar.
    pub hundredths: u32,
}

/// What a term of the score means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermKey {
    /// The name that scripts look for.
    pub name: &'static str,
    /// The name people read, such as `free capacity`.
    pub title: &'static str,
    /// The most points it can bring, such as `30`.
    pub most: String,
    /// Its weight in whole percent, for a slider.
    pub percent: u32,
}

/// One bid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BidRow {
    /// The bidder.
    pub agent_id: String,
    /// The score, two decimals.
    pub score: String,
    /// The score in hundredths, for a bar.
    pub hundredths: u32,
    /// Its four terms.
    pub terms: Vec<Term>,
    /// Their values in millionths, free capacity in place of the penalty, to be weighed anew.
    pub values: [u32; 4],
    /// What became of it.
    pub outcome: BidOutcome,
    /// The conversation with the bidder so far.
    pub talk: Conversation,
    /// The event that sent it.
    pub event: u64,
    /// Whether the narration names it.
    pub named: bool,
    /// Whether this turn changed it.
    pub fresh: bool,
}

/// An agent that was called and sent no bid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AbsentRow {
    /// The agent.
    pub agent_id: String,
    /// What it did instead, such as `refused: at capacity, 4 of 4 slots held`.
    pub what: String,
    /// The conversation with it so far.
    pub talk: Conversation,
    /// The event that says so.
    pub event: Option<u64>,
    /// Whether the narration names it.
    pub named: bool,
    /// Whether this turn changed it.
    pub fresh: bool,
}

/// One auction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuctionView {
    /// The auction.
    pub auction_id: String,
    /// The role it fills, as scripts look for it.
    pub role: String,
    /// The role as people read it.
    pub role_title: String,
    /// The role's mark.
    pub mark: Mark,
    /// Where it stands, such as `open, answers due by 0.12 s`.
    pub standing: String,
    /// Who won by how much, or that a tie was decided by id; empty while open.
    pub verdict: String,
    /// The bids, best first.
    pub bids: Vec<BidRow>,
    /// Those called who sent none.
    pub absent: Vec<AbsentRow>,
    /// The event that opened it.
    pub event: u64,
    /// Whether this turn belongs to it.
    pub fresh: bool,
}

/// All auctions of the selected task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Auctions {
    /// How many, and how many are open.
    pub summary: String,
    /// What the terms mean and weigh.
    pub legend: Vec<TermKey>,
    /// All of them on a line each, in the order they were opened.
    pub lines: Vec<AuctionLine>,
    /// In full, in the same order: all where they are few, else the chosen one or those that this
    /// turn touches.
    pub auctions: Vec<AuctionView>,
}

/// How many auctions are shown in full at once.
const IN_FULL_MAX: usize = 12;

/// Splits a score into its terms' points so that they add up to it.
///
/// The shares are the exact weighted terms; what rounding down leaves over goes to the largest
/// remainders (Hamilton's method), first term first where they are equal.
pub fn points(shares: [u64; 4], score: u32) -> [u32; 4] {
    let whole: u64 = shares.iter().sum();
    if whole == 0 {
        return [score, 0, 0, 0];
    }
    let exact = shares.map(|share| u128::from(share) * u128::from(score));
    let whole = u128::from(whole);
    let mut points = exact.map(|part| u32::try_from(part / whole).unwrap_or(0));
    let mut order = [0, 1, 2, 3];
    order.sort_by_key(|&term| (std::cmp::Reverse(exact[term] % whole), term));
    let left = score.saturating_sub(points.iter().sum());
    for &term in order.iter().take(left as usize) {
        points[term] += 1;
    }
    points
}

/// What people call the four terms.
const TITLES: [&str; 4] = ["capability", "free capacity", "performance", "urgency fit"];

/// Shows the auctions of the selected task.
pub fn auctions(lens: &Lens<'_>) -> Auctions {
    auctions_with(lens, None)
}

/// Shows the auctions of the selected task; where they are many, the chosen one in full.
pub fn auctions_with(lens: &Lens<'_>, chosen: Option<&str>) -> Auctions {
    let ids = lens.task_state().map(|task| task.auctions.as_slice()).unwrap_or_default();
    let states: Vec<(AuctionIx, &AuctionState)> =
        ids.iter().filter_map(|ix| Some((*ix, lens.world().environment.auction(*ix)?))).collect();
    let open = states.iter().filter(|(_, state)| !state.is_over()).count();
    let count = units::count(states.len(), "auction", "auctions");
    let summary = match (states.len(), open) {
        (0, _) => String::new(),
        (_, 0) => format!("{count}, all decided"),
        (_, open) => format!("{count}, {open} not decided yet"),
    };
    let weights =
        states.first().map_or(lens.world().policies.weights, |(_, state)| weights(lens, state));
    Auctions {
        summary,
        legend: legend(weights),
        lines: states.iter().map(|(ix, state)| overview::line(lens, *ix, state)).collect(),
        auctions: in_full(lens, &states, chosen)
            .into_iter()
            .map(|(ix, state)| one(lens, ix, state))
            .collect(),
    }
}

/// Picks the auctions to show in full.
fn in_full<'a>(
    lens: &Lens<'_>,
    states: &[(AuctionIx, &'a AuctionState)],
    chosen: Option<&str>,
) -> Vec<(AuctionIx, &'a AuctionState)> {
    if states.len() <= IN_FULL_MAX {
        return states.to_vec();
    }
    let picked = |ix: AuctionIx| match chosen {
        Some(chosen) => ix.text() == chosen,
        None => lens.fresh(Name::Auction(ix)),
    };
    let found: Vec<_> =
        states.iter().filter(|(ix, _)| picked(*ix)).take(IN_FULL_MAX).copied().collect();
    if found.is_empty() { states.last().copied().into_iter().collect() } else { found }
}

fn weights(lens: &Lens<'_>, state: &AuctionState) -> Weights {
    match lens.session.store().payload(state.call).as_deref() {
        Some(Payload::Call { weights, .. }) => *weights,
        _ => lens.world().policies.weights,
    }
}

fn legend(weights: Weights) -> Vec<TermKey> {
    let shares = [weights.capability, weights.workload, weights.performance, weights.priority];
    let key = |((name, title), share): ((&'static str, &'static str), Ppm)| TermKey {
        name,
        title,
        most: units::number(share.to_f64() * 100.0, 1),
        percent: (share.0 + 5_000) / 10_000,
    };
    TERMS.into_iter().zip(TITLES).zip(shares).map(key).collect()
}

fn one(lens: &Lens<'_>, ix: AuctionIx, state: &AuctionState) -> AuctionView {
    let weights = weights(lens, state);
    let answers = lens.history.auction(ix).map(|trace| trace.bids.as_slice()).unwrap_or_default();
    let mut talks = conversations(lens, ix, state);
    let mut bids: Vec<BidRow> = answers
        .iter()
        .filter_map(|answer| {
            let talk = talks.get(&answer.agent).cloned().unwrap_or_default();
            bid_row(lens, state, &weights, answer, talk)
        })
        .collect();
    bids.sort_by(|a, b| b.hundredths.cmp(&a.hundredths).then_with(|| a.agent_id.cmp(&b.agent_id)));
    AuctionView {
        auction_id: ix.text(),
        role: lens.session.head().role_name(state.role).to_owned(),
        role_title: lens.role_title(state.role),
        mark: lens.mark_of_role(state.role),
        standing: standing(lens, state),
        verdict: verdict(lens, ix, &bids),
        absent: absent(lens, ix, state, answers, &mut talks),
        bids,
        event: u64::from(state.opened.0),
        fresh: lens.fresh(Name::Auction(ix)),
    }
}

fn bid_row(
    lens: &Lens<'_>,
    state: &AuctionState,
    weights: &Weights,
    answer: &AnswerTrace,
    talk: Conversation,
) -> Option<BidRow> {
    let Payload::Bid { auction, terms, score } = *lens.session.store().payload(answer.payload)?
    else {
        return None;
    };
    let turn_made_it = lens.session.log().turn_of(answer.event) == lens.session.turn();
    Some(BidRow {
        agent_id: lens.agent_id(answer.agent),
        score: score.to_string(),
        hundredths: score.0,
        terms: term_rows(&terms, weights, score),
        values: values(&terms).map(|value| value.0),
        talk,
        outcome: outcome(state, answer.agent),
        event: u64::from(answer.event.0),
        named: lens.named(Name::Agent(answer.agent)) && lens.fresh(Name::Auction(auction)),
        fresh: turn_made_it,
    })
}

/// Returns the four values that count, free capacity in place of the penalty.
fn values(terms: &BidTerms) -> [Ppm; 4] {
    [terms.capability, terms.workload_penalty.clamped().rest(), terms.performance, terms.priority]
}

fn term_rows(terms: &BidTerms, weights: &Weights, score: Hundredths) -> Vec<Term> {
    let values = values(terms);
    let split = points(terms.parts(weights), score.0);
    let term = |((name, value), hundredths): ((&'static str, Ppm), u32)| Term {
        name,
        value: units::share(value),
        points: Hundredths(hundredths).to_string(),
        hundredths,
    };
    TERMS.into_iter().zip(values).zip(split).map(term).collect()
}

fn outcome(state: &AuctionState, agent: AgentIx) -> BidOutcome {
    let timely = state.bids.iter().find(|bid| bid.agent == agent);
    match (timely, state.stage) {
        _ if state.late.contains(&agent) => BidOutcome::Late,
        (Some(bid), _) if bid.out => BidOutcome::Declined,
        (Some(_), AuctionStage::Awarded(winner) | AuctionStage::Settled(winner)) => {
            if winner == agent { BidOutcome::Won } else { BidOutcome::Outscored }
        }
        _ => BidOutcome::Pending,
    }
}

fn standing(lens: &Lens<'_>, state: &AuctionState) -> String {
    match state.stage {
        AuctionStage::Open => {
            let answered = state.bids.len() + state.refusals.len();
            let due = units::time(state.reply_by);
            format!(
                "open, {answered} of {} read, due by {due}",
                units::count(state.asked.len(), "answer", "answers")
            )
        }
        AuctionStage::Awarded(agent) => {
            format!("awarded to {}, its answer is awaited", lens.agent_id(agent))
        }
        AuctionStage::Settled(agent) => format!("taken by {}", lens.agent_id(agent)),
        AuctionStage::Unfilled(reason) => format!("without a winner: {}", names::failure(reason)),
    }
}

/// Says who leads whom by how much, once it is decided.
fn verdict(lens: &Lens<'_>, ix: AuctionIx, bids: &[BidRow]) -> String {
    let Some((winner, tied, _)) = lens.history.auction(ix).and_then(|trace| trace.award) else {
        return String::new();
    };
    let winner = lens.agent_id(winner);
    let Some(won) = bids.iter().find(|bid| bid.agent_id == winner) else { return String::new() };
    let beaten =
        bids.iter().find(|bid| bid.outcome == BidOutcome::Outscored && bid.agent_id != winner);
    match beaten {
        _ if won.outcome != BidOutcome::Won => String::new(),
        None => "No other bid was in the running.".to_owned(),
        Some(next) if tied => {
            format!("{winner} and {} tie; the id that sorts first wins.", next.agent_id)
        }
        Some(next) => {
            let lead = Hundredths(won.hundredths.saturating_sub(next.hundredths));
            format!("{winner} leads {} by {lead} points.", next.agent_id)
        }
    }
}

fn absent(
    lens: &Lens<'_>,
    ix: AuctionIx,
    state: &AuctionState,
    bids: &[AnswerTrace],
    talks: &mut BTreeMap<AgentIx, Conversation>,
) -> Vec<AbsentRow> {
    let refusals =
        lens.history.auction(ix).map(|trace| trace.refusals.as_slice()).unwrap_or_default();
    let bidders: BTreeSet<AgentIx> = bids.iter().map(|bid| bid.agent).collect();
    let without = state.asked.iter().filter(|agent| !bidders.contains(agent));
    let row = |agent: &AgentIx| {
        let refusal = refusals.iter().find(|refusal| refusal.agent == *agent);
        let reason =
            refusal.and_then(|refusal| match *lens.session.store().payload(refusal.payload)? {
                Payload::Refusal { reason, .. } => Some(names::refusal(reason)),
                _ => None,
            });
        let what = match (reason, state.stage) {
            (Some(reason), _) => format!("refused: {reason}"),
            (None, AuctionStage::Open) => "has not answered yet".to_owned(),
            (None, _) => "did not answer".to_owned(),
        };
        let fresh = refusal.is_some_and(|refusal| {
            lens.session.log().turn_of(refusal.event) == lens.session.turn()
        });
        AbsentRow {
            agent_id: lens.agent_id(*agent),
            what,
            talk: talks.remove(agent).unwrap_or_default(),
            event: refusal.map(|refusal| u64::from(refusal.event.0)),
            named: fresh && lens.named(Name::Agent(*agent)),
            fresh,
        }
    };
    without.map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::super::lens::tests::at_every_turn;
    use super::*;

    #[test]
    fn points_add_up_to_the_score() {
        for score in [0, 1, 7_825, 8_333, 10_000] {
            for shares in
                [[340, 300, 185, 95], [1, 1, 1, 0], [0, 0, 0, 0], [333_333, 333_333, 7, 1]]
            {
                assert_eq!(points(shares, score).iter().sum::<u32>(), score);
            }
        }
        assert_eq!(points([340, 300, 185, 95], 9_200), [3_400, 3_000, 1_850, 950]);
    }

    #[test]
    fn bids_add_up_and_one_wins() {
        let mut decided = 0;
        at_every_turn("generic-team", |lens| {
            for auction in auctions(lens).auctions {
                for bid in &auction.bids {
                    assert_eq!(
                        bid.terms.iter().map(|term| term.hundredths).sum::<u32>(),
                        bid.hundredths
                    );
                }
                let won = auction.bids.iter().filter(|bid| bid.outcome == BidOutcome::Won).count();
                assert!(won <= 1, "{} has {won} winners", auction.auction_id);
                decided += won;
            }
        });
        assert!(decided > 0);
    }
}
