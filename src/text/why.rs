//! Reasons in sentences: why an event happened, why an agent did not win, what a subtask waits for.

use super::remedy::{self, Advice};
use super::{message, names, units};
use crate::kernel::fixed::Ppm;
use crate::model::id::{AgentIx, AuctionIx, EventId, SubtaskIx, TaskIx};
use crate::session::Session;
use crate::session::advice::Settled;
use crate::session::margin::{Term, TermChange};
use crate::session::waiting::{Awaited, Wait};
use crate::session::why::{Reason, Root, Why};
use crate::session::why_not::{Margin, Silence, WhyNot};
use crate::sim::event::{EventKind, LossReason};

/// How a step of an explanation is tied to the one it explains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tie {
    /// The event that is being explained.
    Itself,
    /// It triggered the one before.
    Cause,
    /// Its content was used by the one before.
    Read,
}

/// One step of an explanation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The event it is about.
    pub event: EventId,
    /// How it is tied to the step it explains.
    pub tie: Tie,
    /// What happened, in a sentence without its full stop.
    pub sentence: String,
}

/// Tells a graph of reasons: along the chain of causes, with what each of its events used behind it.
///
/// Timers and the reading of messages only carry the chain on; they are left out unless asked for.
pub fn steps(session: &Session, why: &Why, with_carriers: bool) -> Vec<Step> {
    let reasons = |event: &EventId| {
        why.graph
            .binary_search_by(|reason| event.cmp(&reason.event))
            .ok()
            .and_then(|at| why.graph.get(at))
    };
    let mut told = std::collections::BTreeSet::new();
    let mut steps = Vec::new();
    for (at, event) in why.chain.iter().enumerate() {
        let carries = session.log().kind(*event).is_some_and(|kind| carries_only(&kind));
        if at > 0 && carries && !with_carriers {
            continue;
        }
        let tie = if at == 0 { Tie::Itself } else { Tie::Cause };
        told.insert(*event);
        steps.push(step(session, *event, tie));
        let reads =
            reasons(event).map(|reason: &Reason| reason.reads.as_slice()).unwrap_or_default();
        let fresh: Vec<EventId> = reads.iter().copied().filter(|read| told.insert(*read)).collect();
        steps.extend(fresh.into_iter().map(|read| step(session, read, Tie::Read)));
    }
    steps
}

/// Says where a chain of causes begins.
pub fn root(root: Root) -> &'static str {
    match root {
        Root::Scenario => "it follows from the scenario as loaded",
        Root::Command => "it follows from your command",
    }
}

/// Says whether an event of this kind only carries a chain of causes on.
pub fn carries_only(kind: &EventKind) -> bool {
    matches!(
        kind,
        EventKind::TimerSet { .. }
            | EventKind::TimerFired { .. }
            | EventKind::TimerCancelled { .. }
            | EventKind::MessageRead { .. }
    )
}

/// Tells one step.
fn step(session: &Session, event: EventId, tie: Tie) -> Step {
    let sentence = match tie {
        Tie::Itself => super::sentence(session, event),
        Tie::Cause => format!("because {}", super::clause(session, event)),
        Tie::Read => format!("knowing that {}", known(session, event)),
    };
    Step { event, tie, sentence }
}

/// Returns what was known by an event: for a message that was read, what it told.
fn known(session: &Session, event: EventId) -> String {
    match session.log().kind(event) {
        Some(EventKind::MessageRead { message }) => message::told(session, message, None),
        _ => None,
    }
    .unwrap_or_else(|| super::clause(session, event))
}

/// Says what kept an agent from an auction's award: the first sentence answers, the others add to it.
pub fn why_not(session: &Session, agent: AgentIx, auction: AuctionIx, why: &WhyNot) -> Vec<String> {
    let who = names::agent(session, agent);
    let lot = names::auction(session, auction);
    let one = |sentence: String| vec![sentence];
    match why {
        WhyNot::Won => one(format!("{who} has the award of {lot}")),
        WhyNot::Pending => one(format!("{lot} is not decided yet")),
        WhyNot::NotTheRole { holds, asked } => one(format!(
            "{who} is a {}, and {} asks for a {}",
            names::role(session, *holds),
            auction.text(),
            names::role(session, *asked)
        )),
        WhyNot::FailedBefore => {
            one(format!("{who} failed at this subtask before, so {lot} leaves it out"))
        }
        WhyNot::NotThere => one(format!("{who} was not in the team when {lot} opened")),
        WhyNot::Refused { reason, .. } => {
            one(format!("{who} refused to bid in {lot}: {}", names::refusal(*reason)))
        }
        WhyNot::Late(late) => vec![
            format!(
                "the bid of {who} in {lot} was late: delivered at {}, due by {}",
                units::time(late.delivered),
                units::time(late.reply_by)
            ),
            if late.would_win {
                format!("in time, its score of {} would have won", late.score)
            } else {
                format!("in time, its score of {} would not have won either", late.score)
            },
        ],
        WhyNot::Silent { silence, .. } => {
            one(format!("nothing was heard of {who} in {lot}: {}", silence_words(*silence)))
        }
        WhyNot::Declined { reason, .. } => {
            one(format!("{who} was awarded {lot} and declined: {}", names::refusal(*reason)))
        }
        WhyNot::Unanswered { .. } => one(format!(
            "{who} was awarded {lot} and did not answer in time, so the award was withdrawn"
        )),
        WhyNot::Unfilled { reason } => {
            one(format!("{lot} ended without an award: {}", names::failure(*reason)))
        }
        WhyNot::Outscored(margin) => outscored(session, &who, &lot, margin),
    }
}

fn silence_words(silence: Silence) -> &'static str {
    match silence {
        Silence::CallLost(reason) => match reason {
            LossReason::Crashed => "the call was lost, since it had crashed",
            LossReason::Removed => "the call was lost, since it had left the team",
            LossReason::Link => "the call was lost on its way",
        },
        Silence::CallUnread => "the call had not reached it yet",
        Silence::NoAnswer => "it read the call and did not answer",
        Silence::AnswerLost(_) => "its answer was lost on its way",
        Silence::AnswerUnread => "its answer was still on its way",
    }
}

fn outscored(session: &Session, who: &str, lot: &str, margin: &Margin) -> Vec<String> {
    let winner = names::agent(session, margin.winner);
    let by = crate::kernel::fixed::Hundredths(margin.winner_score.0.saturating_sub(margin.score.0));
    let first = if margin.tied {
        format!(
            "{who} was level with {winner} in {lot} at {}, and the id that sorts first wins",
            margin.score
        )
    } else {
        format!(
            "{who} was outscored in {lot} by {winner}: {} to {}, {by} short",
            margin.score, margin.winner_score
        )
    };
    let mut sentences = vec![first];
    sentences.extend(margin.changes.iter().map(change));
    sentences
}

/// Says what the smallest change of a term is.
pub fn change(change: &TermChange) -> String {
    let from = fine(change.from);
    let Some(to) = change.to else {
        return format!("no {} would have been enough", term(change.term));
    };
    let far = fine(to.distance(change.from));
    let way = if to < change.from { "less" } else { "more" };
    format!(
        "it would have won with {far} {way} {}: {} instead of {from}",
        term(change.term),
        fine(to)
    )
}

/// Returns a term's name in a sentence.
pub fn term(term: Term) -> &'static str {
    match term {
        Term::Capability => "capability",
        Term::Workload => "workload",
        Term::Performance => "performance",
        Term::Priority => "urgency fit",
    }
}

/// Writes a share with as many decimals as it has, four at least.
fn fine(share: Ppm) -> String {
    let text = format!("{}.{:06}", share.0 / 1_000_000, share.0 % 1_000_000);
    let least = text.len().saturating_sub(2);
    let end = text.trim_end_matches('0').len().max(least);
    text.get(..end).unwrap_or(&text).to_owned()
}

/// Says what a subtask waits for, and since when.
pub fn wait(session: &Session, subtask: SubtaskIx, wait: &Wait) -> String {
    let what = match wait.on {
        Awaited::Announcement => "the orchestrator to announce its task".to_owned(),
        Awaited::Bids { auction } => format!("bids in {}", names::auction(session, auction)),
        Awaited::AwardAnswer { auction, agent } => format!(
            "{} to answer the award of {}",
            names::agent(session, agent),
            names::auction(session, auction)
        ),
        Awaited::OtherAuction { auction } => {
            format!("the end of {}, since all are bound at once", names::auction(session, auction))
        }
        Awaited::Binding => "the orchestrator to say who does it".to_owned(),
        Awaited::Dependency { subtask } => names::subtask(session, subtask),
        Awaited::Word => "the word that it may start".to_owned(),
        Awaited::Holder { agent } => {
            format!("{}, which is down or silent", names::agent(session, agent))
        }
        Awaited::Acceptance { coordinator } => {
            format!("{} to accept its result", names::agent(session, coordinator))
        }
        Awaited::Replacement { reason } => {
            format!("somebody else, since its holder failed: {}", names::failure(reason))
        }
    };
    let until = wait.until.map(|until| format!(", until {} at most", units::time(until)));
    format!(
        "{} waits for {what}, since {}{}",
        names::subtask(session, subtask),
        units::time(wait.since),
        until.unwrap_or_default()
    )
}

/// Says why a recommendation does not stand as it was: what was done, and what else was weighed.
pub fn settled(session: &Session, task: TaskIx, settled: &Settled) -> Vec<String> {
    let advice = Advice::of_task(session.world(), session.store(), task);
    let answer = crate::session::advice::answer(session, task);
    let about = answer
        .and_then(|answer| answer.conflicts.get(settled.conflict))
        .map(remedy::conflict)
        .unwrap_or_default();
    let worth = |gain: f64, risk: f64| {
        format!(
            "predicted gain {}, risk {}",
            remedy::gain(gain),
            units::percent(Ppm::from_f64(risk))
        )
    };
    let chosen = &settled.chosen;
    let mut sentences = vec![format!(
        "the team chose to {}, because {about}: {}",
        remedy::remedy(&advice, &chosen.remedy),
        worth(chosen.predicted_gain, chosen.risk)
    )];
    for other in &settled.others {
        let admissible = if other.admissible { "" } else { ", which is not allowed here" };
        sentences.push(format!(
            "to {} would have meant {}{admissible}",
            remedy::remedy(&advice, &other.remedy),
            worth(other.predicted_gain, other.risk)
        ));
    }
    sentences
}
