//! Why not: what kept an agent from an auction's award, and who would have been next.

use super::Session;
use super::margin::{self, TermChange};
use crate::kernel::fixed::Hundredths;
use crate::kernel::time::Micros;
use crate::mechanism::auction::Auction;
use crate::mechanism::auction::weighted::WeightedScore;
use crate::model::bid::{BidTerms, Weights};
use crate::model::id::{Actor, AgentIx, AuctionIx, EventId, MessageIx, Recipient, RoleIx};
use crate::model::message::{Conversation, FailureReason, MessageType, Payload, RefusalReason};
use crate::sim::event::{EventKind, LossReason};
use crate::sim::log::Record;
use crate::sim::world::auction::{AuctionStage, AuctionState, BidState};

/// What kept an agent from an award, as it stands at the cursor.
#[derive(Clone, Debug, PartialEq)]
pub enum WhyNot {
    /// It has the award.
    Won,
    /// The auction is not decided yet.
    Pending,
    /// It does not hold the role.
    NotTheRole {
        /// The role it holds.
        holds: RoleIx,
        /// The role asked for.
        asked: RoleIx,
    },
    /// It failed at the same subtask before and was left out.
    FailedBefore,
    /// It was not in the team when the auction opened.
    NotThere,
    /// It refused to bid.
    Refused {
        /// Why.
        reason: RefusalReason,
        /// The event that sent the refusal.
        event: EventId,
    },
    /// Its bid came after the deadline or the award.
    Late(LateBid),
    /// Nothing was heard of it.
    Silent {
        /// What became of call and answer.
        silence: Silence,
        /// The event that tells it.
        event: EventId,
    },
    /// It had the award and declined it.
    Declined {
        /// Why.
        reason: RefusalReason,
        /// The event that sent the decline.
        event: EventId,
    },
    /// It had the award and did not answer in time.
    Unanswered {
        /// The event that awarded it.
        event: EventId,
    },
    /// Another bid was better.
    Outscored(Margin),
    /// The auction ended without an award.
    Unfilled {
        /// Why.
        reason: FailureReason,
    },
}

/// A bid that came too late.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LateBid {
    /// The event that sent it.
    pub event: EventId,
    /// Its score.
    pub score: Hundredths,
    /// When it was delivered.
    pub delivered: Micros,
    /// When it should have been.
    pub reply_by: Micros,
    /// Whether it would have won in time.
    pub would_win: bool,
}

/// What became of a call that was never answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Silence {
    /// The call did not reach the agent.
    CallLost(LossReason),
    /// The call has not been read yet.
    CallUnread,
    /// The agent read the call and said nothing.
    NoAnswer,
    /// The answer did not reach the orchestrator.
    AnswerLost(LossReason),
    /// The answer has not been read yet.
    AnswerUnread,
}

/// How far a bid was from the award.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Margin {
    /// Who has the award.
    pub winner: AgentIx,
    /// The winner's score.
    pub winner_score: Hundredths,
    /// The bid's score.
    pub score: Hundredths,
    /// The bid's terms.
    pub terms: BidTerms,
    /// What the terms weighed.
    pub weights: Weights,
    /// Whether both scored the same, so that the ids decided.
    pub tied: bool,
    /// For each term the smallest change that would have won, all else as it was.
    pub changes: [TermChange; 4],
    /// The reading of the bid.
    pub event: EventId,
}

/// Says what kept an agent from the award of an auction; none for an auction that is not open yet at
/// the cursor, or an agent that never joined.
pub fn why_not(session: &Session, agent: AgentIx, ix: AuctionIx) -> Option<WhyNot> {
    let auction = session.world().environment.auction(ix)?;
    let state = session.world().agent(agent)?;
    if state.role != auction.role {
        return Some(WhyNot::NotTheRole { holds: state.role, asked: auction.role });
    }
    if !auction.asked.contains(&agent) {
        return Some(not_asked(session, agent, auction));
    }
    if matches!(auction.stage, AuctionStage::Awarded(has) | AuctionStage::Settled(has) if has == agent)
    {
        return Some(WhyNot::Won);
    }
    let talk = Talk::of(session, agent, ix, auction);
    if let (Some((_, reason)), Some((event, _))) =
        (auction.refusals.iter().find(|(by, _)| *by == agent), talk.answer)
    {
        return Some(WhyNot::Refused { reason: *reason, event });
    }
    if auction.late.contains(&agent) {
        return late(session, auction, agent, &talk);
    }
    match auction.bids.iter().find(|bid| bid.agent == agent) {
        Some(bid) if bid.out => Some(given_up(bid, &talk)),
        Some(bid) => Some(outscored(session, auction, bid).unwrap_or(match auction.stage {
            AuctionStage::Unfilled(reason) => WhyNot::Unfilled { reason },
            _ => WhyNot::Pending,
        })),
        None if auction.stage == AuctionStage::Open => Some(WhyNot::Pending),
        None => Some(WhyNot::Silent { silence: talk.silence(), event: talk.told(auction) }),
    }
}

fn not_asked(session: &Session, agent: AgentIx, auction: &AuctionState) -> WhyNot {
    let subtask = auction.subtask.and_then(|at| session.world().subtasks.get(at.at()));
    let failed = subtask.is_some_and(|state| state.failed_holders.contains(&agent));
    if failed { WhyNot::FailedBefore } else { WhyNot::NotThere }
}

/// What was said between the orchestrator and one agent in an auction, up to the cursor.
#[derive(Default)]
struct Talk {
    call: Option<EventId>,
    call_read: bool,
    call_lost: Option<(EventId, LossReason)>,
    /// The bid or refusal, and when it is delivered.
    answer: Option<(EventId, Micros)>,
    answer_lost: Option<(EventId, LossReason)>,
    decline: Option<(EventId, RefusalReason)>,
    awarded: Option<EventId>,
}

impl Talk {
    fn of(session: &Session, agent: AgentIx, ix: AuctionIx, auction: &AuctionState) -> Talk {
        let log = session.log();
        let mut talk = Talk::default();
        for record in log.records(auction.opened.at()..session.horizon().at()) {
            talk.hear(session, agent, ix, &record);
        }
        talk
    }

    fn hear(&mut self, session: &Session, agent: AgentIx, ix: AuctionIx, record: &Record<'_>) {
        let log = session.log();
        let me = Actor::Agent(agent);
        let is_message = |sent: Option<EventId>, message: MessageIx| {
            sent.is_some() && log.sent_by(message) == sent
        };
        let answer = self.answer.map(|(event, _)| event);
        match record.kind {
            EventKind::MessageSent { to, kind, conversation, payload, deliver_at }
                if conversation == Conversation::Auction(ix) =>
            {
                match kind {
                    MessageType::CallForProposals if to == Recipient::One(me) => {
                        self.call = Some(record.id)
                    }
                    MessageType::Bid | MessageType::Refusal if record.actor == me => {
                        self.answer = self.answer.or(Some((record.id, deliver_at)));
                    }
                    MessageType::Decline if record.actor == me => {
                        if let Some(Payload::Decline { reason, .. }) =
                            session.store().payload(payload).as_deref()
                        {
                            self.decline = Some((record.id, *reason));
                        }
                    }
                    _ => {}
                }
            }
            EventKind::Awarded { auction, agent: to, .. } if auction == ix && to == agent => {
                self.awarded = Some(record.id);
            }
            EventKind::MessageRead { message } if record.actor == me => {
                self.call_read |= is_message(self.call, message);
            }
            EventKind::MessageLost { message, to, reason } => {
                if to == me && is_message(self.call, message) {
                    self.call_lost = Some((record.id, reason));
                }
                if is_message(answer, message) {
                    self.answer_lost = Some((record.id, reason));
                }
            }
            _ => {}
        }
    }

    fn silence(&self) -> Silence {
        match (self.call_lost, self.answer, self.answer_lost) {
            (Some((_, reason)), ..) => Silence::CallLost(reason),
            (None, Some(_), Some((_, reason))) => Silence::AnswerLost(reason),
            (None, Some(_), None) => Silence::AnswerUnread,
            (None, None, _) if self.call_read => Silence::NoAnswer,
            (None, None, _) => Silence::CallUnread,
        }
    }

    /// Returns the event that shows the silence best.
    fn told(&self, auction: &AuctionState) -> EventId {
        let lost = self.call_lost.or(self.answer_lost).map(|(event, _)| event);
        let answer = self.answer.map(|(event, _)| event);
        lost.or(answer).or(self.call).unwrap_or(auction.opened)
    }
}

fn given_up(bid: &BidState, talk: &Talk) -> WhyNot {
    match talk.decline {
        Some((event, reason)) => WhyNot::Declined { reason, event },
        None => WhyNot::Unanswered { event: talk.awarded.unwrap_or(bid.read) },
    }
}

fn late(session: &Session, auction: &AuctionState, agent: AgentIx, talk: &Talk) -> Option<WhyNot> {
    let (event, delivered) = talk.answer?;
    let kind = session.log().record(event)?.kind;
    let EventKind::MessageSent { payload, .. } = kind else { return None };
    let Payload::Bid { score, .. } = *session.store().payload(payload)? else { return None };
    let name = |agent| session.world().agent_id(agent);
    let beaten = |bid: &BidState| score >= margin::needed(name(agent), name(bid.agent), bid.score);
    let would_win = auction.bids.iter().filter(|bid| !bid.out).all(beaten);
    let reply_by = auction.reply_by;
    Some(WhyNot::Late(LateBid { event, score, delivered, reply_by, would_win }))
}

fn outscored(session: &Session, auction: &AuctionState, bid: &BidState) -> Option<WhyNot> {
    let (AuctionStage::Awarded(winner) | AuctionStage::Settled(winner)) = auction.stage else {
        return None;
    };
    let winner_score = auction.bids.iter().find(|other| other.agent == winner)?.score;
    let Payload::Call { weights, .. } = *session.store().payload(auction.call)? else {
        return None;
    };
    let name = |agent| session.world().agent_id(agent);
    let needed = margin::needed(name(bid.agent), name(winner), winner_score);
    Some(WhyNot::Outscored(Margin {
        winner,
        winner_score,
        score: bid.score,
        terms: bid.terms,
        weights,
        tied: bid.score == winner_score,
        changes: margin::changes(&bid.terms, &weights, needed),
        event: bid.read,
    }))
}

/// Returns who would get the award if its winner dropped out: the best timely bid beside it that was
/// not given up. None where nobody would, or where nothing is awarded at the cursor.
pub fn runner_up(session: &Session, ix: AuctionIx) -> Option<AgentIx> {
    let auction = session.world().environment.auction(ix)?;
    let (AuctionStage::Awarded(winner) | AuctionStage::Settled(winner)) = auction.stage else {
        return None;
    };
    let others: Vec<&BidState> =
        auction.bids.iter().filter(|bid| !bid.out && bid.agent != winner).collect();
    let id = |at: usize| others.get(at).map_or("", |bid| session.world().agent_id(bid.agent));
    let best = WeightedScore.best(others.iter().map(|bid| bid.score), &id)?;
    others.get(best.at).map(|bid| bid.agent)
}
