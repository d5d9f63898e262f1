//! Counterfactuals: a run goes on from a turn with one thing changed, to see what it would have done.

use super::Session;
use crate::model::bid::BidTerms;
use crate::model::id::{Actor, AgentIx, AuctionIx, EventId, TurnIx};
use crate::model::message::{Conversation, MessageType, Payload};
use crate::sim::command::Command;
use crate::sim::event::EventKind;
use crate::sim::run::Run;

/// Turns after which an auction that is tried again counts as one that does not end.
const TURNS_MAX: u32 = 200_000;

/// Returns who would have been awarded an auction, in order, if an agent's bid had had other terms
/// and all else had been as it was; none where it sent no bid up to the cursor.
pub fn awards_with_terms(
    session: &Session,
    agent: AgentIx,
    ix: AuctionIx,
    terms: BidTerms,
) -> Option<Vec<AgentIx>> {
    let auction = session.world().environment.auction(ix)?;
    let Payload::Call { weights, .. } = *session.store().payload(auction.call)? else {
        return None;
    };
    let log = session.log();
    let sent = log.records(auction.opened.at()..session.horizon().at()).find(|record| {
        let kind = record.kind;
        record.actor == Actor::Agent(agent)
            && matches!(kind, EventKind::MessageSent { kind: MessageType::Bid, conversation, .. }
                if conversation == Conversation::Auction(ix))
    })?;
    let (turn, message) = (sent.turn, log.message_of(sent.id)?);
    let mut run = run_at(session, turn);
    let bid = Payload::Bid { auction: ix, terms, score: terms.score(&weights) };
    run.suppose(Actor::Orchestrator, message, bid).then(|| awards(run, ix, turn))
}

/// Returns who would have been awarded an auction, in order, if an agent had been removed just before
/// the auction opened; none where that was not possible.
pub fn awards_without(session: &Session, agent: AgentIx, ix: AuctionIx) -> Option<Vec<AgentIx>> {
    let opened = session.world().environment.auction(ix)?.opened;
    let turn = TurnIx(session.log().turn_of(opened).0.checked_sub(1)?);
    let mut run = run_at(session, turn);
    let agent_id = session.world().agent_id(agent).to_owned();
    run.command(&Command::RemoveAgent { agent_id }).ok()?;
    Some(awards(run, ix, turn))
}

/// Returns a run of the current branch as it was after a turn.
pub(super) fn run_at(session: &Session, turn: TurnIx) -> Run {
    let branch = session.current();
    branch.run().cut(turn, branch.world_at(turn, None))
}

/// Lets a run go on until an auction is over, and returns whom it was awarded to after a turn.
fn awards(mut run: Run, ix: AuctionIx, from: TurnIx) -> Vec<AgentIx> {
    let is_over =
        |run: &Run| run.world().environment.auction(ix).is_some_and(|auction| auction.is_over());
    while !is_over(&run) && run.turn().0 < from.0.saturating_add(TURNS_MAX) && run.advance() {}
    let start = run.log().end_of(from).at();
    let end = run.log().len();
    let mut awards = Vec::new();
    for id in (start..end).map(EventId::from) {
        if let Some(EventKind::Awarded { auction, agent, .. }) = run.log().kind(id)
            && auction == ix
        {
            awards.push(agent);
        }
    }
    awards
}
