//! Reasons beside the chain of causes: why not another agent, what waits and for what, what became of advice.

use super::lens::Lens;
use super::mark::Mark;
use crate::model::id::{Actor, AgentIx, AuctionIx, EventId};
use crate::model::message::Conversation;
use crate::session::advice;
use crate::session::hidden::{self, HiddenRead, OtherOrder};
use crate::session::waiting;
use crate::session::why_not::{self, WhyNot};
use crate::sim::event::EventKind;
use crate::text::{self, names, units};

/// Most agents of an auction that are told of.
const AGENTS_MAX: usize = 12;
/// Most waits that are told of.
const WAITS_MAX: usize = 8;

/// Why one agent did not get an auction's award.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The agent.
    pub agent_id: String,
    /// Its role's mark.
    pub mark: Mark,
    /// The answer in a sentence.
    pub answer: String,
    /// What adds to it: the smallest change of each term that would have won.
    pub more: Vec<String>,
    /// The event that shows it.
    pub event: Option<u64>,
    /// Whether it has the award.
    pub won: bool,
    /// Whether the selected event is about it.
    pub meant: bool,
}

/// A sentence and the event it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The sentence.
    pub sentence: String,
    /// What adds to it.
    pub more: Vec<String>,
    /// The event.
    pub event: Option<u64>,
}

/// Reasons beside the chain of causes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reasons {
    /// The auction that the event belongs to, such as `auction_02 (pricing strategist)`; empty for none.
    pub auction: String,
    /// Each agent's outcome in it.
    pub verdicts: Vec<Verdict>,
    /// Who would be next, and how many agents are not told of.
    pub beside: String,
    /// What waits now.
    pub waits: Vec<Said>,
    /// What was scaled, deferred or dropped.
    pub settled: Vec<Said>,
    /// Reads that no dependency orders.
    pub hidden: Vec<Said>,
}

/// Gathers the reasons around an event.
pub fn reasons(lens: &Lens<'_>, event: Option<EventId>) -> Reasons {
    let mut found = Reasons { waits: waits(lens), hidden: hidden(lens), ..Reasons::default() };
    let Some(record) = event.and_then(|event| lens.session.log().record(event)) else {
        return found;
    };
    let (auction, agent) = subject(lens, &record);
    if let Some(auction) = auction {
        found.auction = names::auction(lens.session, auction);
        verdicts(lens, auction, agent, &mut found);
    }
    if let EventKind::ConflictFound { task, .. }
    | EventKind::ConflictResolved { task, .. }
    | EventKind::AnswerMade { task, .. }
    | EventKind::TaskCompleted { task, .. } = record.kind
    {
        let settled = advice::settled(lens.session, task);
        let told = settled.iter().map(|settled| {
            let event = settled.event.map(|event| u64::from(event.0));
            said(text::why::settled(lens.session, task, settled), event)
        });
        found.settled = told.collect();
    }
    found
}

fn said(sentences: Vec<String>, event: Option<u64>) -> Said {
    let mut sentences = sentences.into_iter();
    let first = sentences.next().unwrap_or_default();
    Said { sentence: names::capital(&first), more: sentences.collect(), event }
}

/// Returns the auction that an event belongs to, and the agent that it is about.
fn subject(
    lens: &Lens<'_>,
    record: &crate::sim::log::Record<'_>,
) -> (Option<AuctionIx>, Option<AgentIx>) {
    let by = match record.actor {
        Actor::Agent(agent) => Some(agent),
        _ => None,
    };
    match record.kind {
        EventKind::AuctionOpened { auction, .. } | EventKind::AuctionUnfilled { auction, .. } => {
            (Some(auction), None)
        }
        EventKind::Awarded { auction, agent, .. }
        | EventKind::SlotHeld { agent, auction }
        | EventKind::SlotReleased { agent, auction } => (Some(auction), Some(agent)),
        EventKind::MessageSent { to, conversation: Conversation::Auction(auction), .. } => {
            let to = match to {
                crate::model::id::Recipient::One(Actor::Agent(agent)) => Some(agent),
                _ => None,
            };
            (Some(auction), by.or(to))
        }
        EventKind::MessageRead { message } | EventKind::MessageLost { message, .. } => {
            let log = lens.session.log();
            let sent = log.sent_by(message).filter(|sent| *sent < record.id);
            let sent = sent.and_then(|sent| log.record(sent));
            sent.map_or((None, None), |sent| subject(lens, &sent))
        }
        _ => (None, None),
    }
}

fn verdicts(lens: &Lens<'_>, ix: AuctionIx, meant: Option<AgentIx>, found: &mut Reasons) {
    let session = lens.session;
    let Some(auction) = session.world().environment.auction(ix) else { return };
    let mut asked = auction.asked.clone();
    // The one that is meant stands first, however many there are.
    asked.sort_by_key(|agent| Some(*agent) != meant);
    for agent in asked.iter().take(AGENTS_MAX) {
        let Some(why) = why_not::why_not(session, *agent, ix) else { continue };
        let told = said(text::why::why_not(session, *agent, ix, &why), shown_by(&why));
        found.verdicts.push(Verdict {
            agent_id: lens.agent_id(*agent),
            mark: lens.mark_of(*agent),
            answer: told.sentence,
            more: told.more,
            event: told.event,
            won: why == WhyNot::Won,
            meant: Some(*agent) == meant,
        });
    }
    let next = why_not::runner_up(session, ix)
        .map(|agent| format!("Without its winner, {} would have the award.", lens.agent_id(agent)));
    let more = asked.len().saturating_sub(AGENTS_MAX);
    let more =
        (more > 0).then(|| units::count(more, "more agent was asked.", "more agents were asked."));
    let sentences: Vec<String> = next.into_iter().chain(more).collect();
    found.beside = sentences.join(" ");
}

/// Returns the event that shows why an agent did not win.
fn shown_by(why: &WhyNot) -> Option<u64> {
    let event = match why {
        WhyNot::Refused { event, .. }
        | WhyNot::Silent { event, .. }
        | WhyNot::Declined { event, .. }
        | WhyNot::Unanswered { event } => *event,
        WhyNot::Late(late) => late.event,
        WhyNot::Outscored(margin) => margin.event,
        _ => return None,
    };
    Some(u64::from(event.0))
}

fn waits(lens: &Lens<'_>) -> Vec<Said> {
    let Some(task) = lens.task else { return Vec::new() };
    let waiting = waiting::waiting(lens.session, task);
    let one = |(subtask, waits): (_, Vec<waiting::Wait>)| {
        let event = waits.first().map(|wait| u64::from(wait.event.0));
        let told = waits.iter().map(|wait| text::why::wait(lens.session, subtask, wait));
        said(told.collect(), event)
    };
    waiting.into_iter().take(WAITS_MAX).map(one).collect()
}

fn hidden(lens: &Lens<'_>) -> Vec<Said> {
    let Some(task) = lens.task else { return Vec::new() };
    let one = |read: &HiddenRead| {
        let later = if read.in_revision { ", for a revision" } else { "" };
        let sentence = format!(
            "{} read {} of {}{later}; no dependency orders the two",
            names::subtask(lens.session, read.reader),
            names::knowledge(lens.session, read.knowledge),
            names::subtask(lens.session, read.writer),
        );
        said(vec![sentence], Some(u64::from(read.event.0)))
    };
    hidden::hidden_reads(lens.session, task).iter().map(one).collect()
}

/// Replays the shown task with a hidden read the other way round, and says what came of it.
pub fn other_order(lens: &Lens<'_>, event: u64) -> Option<&'static str> {
    let task = lens.task?;
    let reads = hidden::hidden_reads(lens.session, task);
    let read = reads.iter().find(|read| u64::from(read.event.0) == event)?;
    Some(match hidden::other_order(lens.session, task, read) {
        OtherOrder::SameAnswer => "Replayed the other way round, the answer is the same.",
        OtherOrder::OtherAnswer => "Replayed the other way round, the answer is another one.",
        OtherOrder::NotTried => "It cannot be tried yet: there is no answer to compare with.",
    })
}

#[cfg(test)]
mod tests {
    use super::super::lens::tests::at_every_turn;
    use super::*;

    #[test]
    fn every_award_tells_why_the_others_did_not_get_it() {
        let mut awards = 0;
        at_every_turn("competition", |lens| {
            let log = lens.session.log();
            for record in log.records(log.span(lens.session.turn())) {
                let EventKind::Awarded { auction, .. } = record.kind else { continue };
                awards += 1;
                let found = reasons(lens, Some(record.id));
                let asked = lens.world().environment.auction(auction);
                assert_eq!(found.verdicts.len(), asked.map_or(0, |auction| auction.asked.len()));
                assert_eq!(found.verdicts.iter().filter(|verdict| verdict.won).count(), 1);
                assert!(found.verdicts.first().is_some_and(|first| first.meant && first.won));
                for verdict in &found.verdicts {
                    assert!(verdict.answer.contains(&verdict.agent_id), "{}", verdict.answer);
                }
            }
        });
        assert!(awards >= 3, "{awards} awards");
    }

    #[test]
    fn what_waits_is_told_until_nothing_does() {
        let mut told = 0;
        at_every_turn("launch", |lens| {
            let found = reasons(lens, None);
            told += found.waits.len();
            let ended = lens.task_state().is_some_and(|task| task.ended.is_some());
            assert!(!ended || found.waits.is_empty());
        });
        assert!(told > 0);
    }
}
