//! What a turn did, in one or two sentences: its most telling event, with what went along with it.

use crate::model::id::{AgentIx, EventId, TaskIx, TurnIx};
use crate::model::message::{MessageType, Payload};
use crate::session::Session;
use crate::sim::event::{EventKind, Purpose};
use crate::sim::log::Record;

use super::{event, names, units, value};

/// Returns what a turn did.
pub fn of_turn(session: &Session, turn: TurnIx) -> String {
    if turn == TurnIx(0) {
        return loaded(session);
    }
    let events = records(session, turn);
    let Some(subject) = subject_of(&events) else {
        return "Nothing happens in this turn.".to_owned();
    };
    let told = match subject.kind {
        EventKind::TaskCreated { task, plan } => created(session, task, plan),
        EventKind::AuctionOpened { .. } => opened(session, &events),
        EventKind::Awarded { .. } => awarded(session, &events),
        EventKind::CoordinatorSelected { task, agent } => leads(session, task, agent),
        EventKind::SubtaskStarted { .. } => started(session, &events),
        EventKind::MessageRead { .. } => reads(session, &events, subject),
        EventKind::WorkFinished { .. } => finished(session, &events, subject),
        EventKind::ResultRevised { .. } => revised(session, &events, subject),
        EventKind::SubtaskCompleted { .. } => accepted(session, &events),
        EventKind::AnswerMade { answer, .. } => merged(session, subject, answer),
        EventKind::OutcomeObserved { .. } => outcome(session, &events, subject),
        _ => None,
    };
    told.unwrap_or_else(|| stop(&event::sentence(session, subject.id)))
}

/// Returns the event that a turn is about.
pub fn subject(session: &Session, turn: TurnIx) -> Option<EventId> {
    subject_of(&records(session, turn)).map(|record| record.id)
}

fn records(session: &Session, turn: TurnIx) -> Vec<Record<'_>> {
    session.log().records(session.log().span(turn)).collect()
}

fn subject_of<'a, 'b>(events: &'b [Record<'a>]) -> Option<&'b Record<'a>> {
    // The first of the most telling ones.
    events.iter().rev().max_by_key(|record| weight(&record.kind))
}

/// Says how telling an event is beside others of its turn.
fn weight(kind: &EventKind) -> u8 {
    match kind {
        EventKind::TaskCompleted { .. } => 100,
        EventKind::AnswerMade { .. } => 98,
        EventKind::CommandApplied { .. } => 97,
        EventKind::FaultInjected { .. } => 96,
        EventKind::AgentRemoved { .. } => 95,
        EventKind::OutcomeObserved { .. } => 94,
        EventKind::SubtaskFailed { .. } => 92,
        EventKind::SubtaskMissing { .. } => 91,
        EventKind::AuctionUnfilled { .. } => 90,
        EventKind::ResultRevised { .. } => 88,
        EventKind::WorkFinished { .. } => 86,
        EventKind::CoordinatorSelected { .. } => 84,
        EventKind::Awarded { .. } => 82,
        EventKind::TaskCreated { .. } => 80,
        EventKind::ResultDiscarded { .. } => 78,
        EventKind::SubtaskCompleted { .. } => 76,
        EventKind::AuctionOpened { .. } => 72,
        EventKind::SubtaskStarted { .. } => 70,
        EventKind::MessageLost { .. } | EventKind::MessageDuplicated { .. } => 66,
        EventKind::MessageSent { kind, .. } => match kind {
            MessageType::Decline => 64,
            MessageType::Bid | MessageType::Refusal => 60,
            MessageType::Broadcast | MessageType::DataShare => 58,
            _ => 50,
        },
        EventKind::KnowledgeAdded { .. } | EventKind::KnowledgeRead { .. } => 46,
        EventKind::MessageRead { .. } => 20,
        EventKind::TimerFired { .. } => 15,
        EventKind::TimerSet { .. } => 10,
        EventKind::TimerCancelled { .. } => 5,
        _ => 40,
    }
}

fn stop(sentence: &str) -> String {
    // A text that was cut ends with its ellipsis.
    if sentence.ends_with('…') {
        sentence.to_owned()
    } else {
        format!("{}.", sentence.trim_end_matches('.'))
    }
}

fn loaded(session: &Session) -> String {
    let scenario = &session.setup().scenario;
    let agents = units::count(scenario.agents.len(), "agent is", "agents are");
    let tasks = match scenario.tasks.len() {
        0 => "no task is planned".to_owned(),
        1 => "one task is to come".to_owned(),
        many => format!("{many} tasks are to come"),
    };
    format!("The scenario is loaded: {agents} ready, and {tasks}.")
}

fn created(session: &Session, task: TaskIx, plan: crate::model::id::ArtifactIx) -> Option<String> {
    let planned = session.store().task(plan)?;
    let request = &planned.request;
    let who = if request.client.is_empty() { "A client" } else { &request.client };
    let asked = if request.description.is_empty() {
        units::phrase(&request.task_type)
    } else {
        units::short(request.description.trim_end_matches('.'), 160)
    };
    let subtasks = units::count(planned.plan.len(), "subtask", "subtasks");
    Some(format!("{who} asks: {asked}. It becomes {}, with a plan of {subtasks}.", task.text()))
}

fn opened(session: &Session, events: &[Record<'_>]) -> Option<String> {
    let auctions: Vec<String> = events
        .iter()
        .filter_map(|record| match record.kind {
            EventKind::AuctionOpened { auction, .. } => Some(names::auction(session, auction)),
            _ => None,
        })
        .collect();
    let calls = count(events, MessageType::CallForProposals);
    let called = units::count(calls, "agent", "agents");
    Some(match auctions.as_slice() {
        [one] => format!("The orchestrator opens {one} and calls {called} for proposals."),
        many if many.len() <= 3 => {
            format!(
                "The orchestrator opens {} and calls {called} for proposals.",
                names::list(many)
            )
        }
        many => format!(
            "The orchestrator opens {} auctions and calls {called} for proposals.",
            many.len()
        ),
    })
}

fn count(events: &[Record<'_>], wanted: MessageType) -> usize {
    let is_one = |record: &&Record<'_>| matches!(record.kind, EventKind::MessageSent { kind, .. } if kind == wanted);
    events.iter().filter(is_one).count()
}

fn awarded(session: &Session, events: &[Record<'_>]) -> Option<String> {
    let mut said = Vec::new();
    for record in events {
        let EventKind::Awarded { auction, agent, score, tied } = record.kind else { continue };
        let winner = names::agent(session, agent);
        let ahead = if tied {
            "; another bid scored the same, and the id that sorts first wins".to_owned()
        } else {
            margin(session, record, agent, score.0)
        };
        said.push(format!("{} goes to {winner} with a score of {score}{ahead}", auction.text()));
    }
    Some(stop(&said.join(". ")))
}

/// Says by how much the best bid that an award weighed leads the next.
fn margin(session: &Session, award: &Record<'_>, winner: AgentIx, score: u32) -> String {
    let bid = |read: &EventId| -> Option<(AgentIx, u32)> {
        let record = session.log().record(*read)?;
        let EventKind::MessageRead { message } = record.kind else { return None };
        let sent = session.log().record(session.log().sent_by(message)?)?;
        let EventKind::MessageSent { payload, .. } = sent.kind else { return None };
        let Payload::Bid { score, .. } = *session.store().payload(payload)? else { return None };
        let crate::model::id::Actor::Agent(agent) = sent.actor else { return None };
        Some((agent, score.0))
    };
    let others =
        award.reads.iter().filter_map(|read| bid(&read)).filter(|(agent, _)| *agent != winner);
    match others.max_by_key(|(_, score)| *score) {
        Some((next, second)) => {
            let ahead = crate::kernel::fixed::Hundredths(score.saturating_sub(second));
            format!(", {ahead} points ahead of {}", names::agent(session, next))
        }
        None => ", the only bid".to_owned(),
    }
}

fn leads(session: &Session, task: TaskIx, agent: AgentIx) -> Option<String> {
    let lead = names::agent(session, agent);
    Some(format!(
        "Work is given out. {lead} has the highest performance score among those who won and becomes coordinator of {}.",
        task.text()
    ))
}

/// An actor reads and does nothing more that is worth telling.
fn reads(session: &Session, events: &[Record<'_>], subject: &Record<'_>) -> Option<String> {
    let others =
        events.iter().filter(|record| matches!(record.kind, EventKind::MessageRead { .. })).count()
            - 1;
    let first = event::sentence(session, subject.id);
    Some(match others {
        0 => stop(&first),
        more => {
            format!("{first}, and reads {}.", units::count(more, "more message", "more messages"))
        }
    })
}

fn started(session: &Session, events: &[Record<'_>]) -> Option<String> {
    let mut who = String::new();
    let mut subtasks = Vec::new();
    for record in events {
        if let EventKind::SubtaskStarted { subtask, agent, .. } = record.kind {
            who = names::agent(session, agent);
            subtasks.push(names::subtask(session, subtask));
        }
    }
    let also = if count(events, MessageType::TaskAssignment) > 0 {
        "tells everyone who does what and "
    } else {
        ""
    };
    Some(format!("{who} {also}starts {}.", names::list(&subtasks)))
}

/// Returns what was read from and written to the blackboard in a turn.
fn board(session: &Session, events: &[Record<'_>]) -> (Vec<String>, Vec<String>) {
    let (mut read, mut written) = (Vec::new(), Vec::new());
    for record in events {
        match record.kind {
            EventKind::KnowledgeRead { knowledge, .. } => {
                let entry = session.head().environment.knowledge_base.get(knowledge);
                read.extend(
                    entry.map(|entry| value::named(&entry.finding.key, &entry.finding.value)),
                );
            }
            EventKind::KnowledgeAdded { finding, .. } => {
                let finding = session.store().finding(finding);
                written.extend(finding.map(|finding| value::named(&finding.key, &finding.value)));
            }
            _ => {}
        }
    }
    (read, written)
}

/// Names the first two of a list and counts the rest.
fn some(items: &[String]) -> String {
    match items {
        [one, two, rest @ ..] if !rest.is_empty() => {
            format!("{one}, {two} and {} more", rest.len())
        }
        few => names::list(few),
    }
}

fn finished(session: &Session, events: &[Record<'_>], subject: &Record<'_>) -> Option<String> {
    let (read, written) = board(session, events);
    let done = event::sentence(session, subject.id);
    let first = match read.as_slice() {
        [] => stop(&done),
        read => format!("{done}, having read {}.", some(read)),
    };
    Some(match written.as_slice() {
        [] => first,
        written => format!("{first} It writes {} to the blackboard.", some(written)),
    })
}

fn revised(session: &Session, events: &[Record<'_>], subject: &Record<'_>) -> Option<String> {
    let (read, written) = board(session, events);
    let done = event::sentence(session, subject.id);
    let because =
        if read.is_empty() { String::new() } else { format!(": it now reads {}", some(&read)) };
    let wrote =
        if written.is_empty() { String::new() } else { format!(" It writes {}.", some(&written)) };
    Some(format!("{done}{because}.{wrote}"))
}

fn accepted(session: &Session, events: &[Record<'_>]) -> Option<String> {
    let mut said = Vec::new();
    let mut released = Vec::new();
    let mut merging = false;
    for record in events {
        match record.kind {
            EventKind::SubtaskCompleted { .. } => said.push(event::sentence(session, record.id)),
            EventKind::MessageSent { payload, .. } => {
                if let Some(Payload::Go { subtask, .. }) =
                    session.store().payload(payload).as_deref()
                {
                    released.push(names::subtask(session, *subtask));
                }
            }
            EventKind::TimerSet { purpose: Purpose::MergeEnds(_), .. } => merging = true,
            _ => {}
        }
    }
    if !released.is_empty() {
        said.push(format!("Now {} can start", names::list(&released)));
    }
    if merging {
        said.push("All results are in, and the merging begins".to_owned());
    }
    Some(stop(&said.join(". ")))
}

fn merged(
    session: &Session,
    subject: &Record<'_>,
    answer: crate::model::id::ArtifactIx,
) -> Option<String> {
    let answer = session.store().answer(answer)?;
    let synergies = units::count(answer.synergies.len(), "synergy", "synergies");
    let conflicts = units::count(answer.conflicts.len(), "conflict", "conflicts");
    let resolved = if answer.conflicts.is_empty() { "" } else { ", resolved" };
    Some(format!(
        "{} merges what the team found into one answer with confidence {}: {synergies}, {conflicts}{resolved}.",
        names::actor(session, subject.actor),
        units::number(answer.confidence.mean, 2)
    ))
}

fn outcome(session: &Session, events: &[Record<'_>], subject: &Record<'_>) -> Option<String> {
    let moved: Vec<String> = events
        .iter()
        .filter_map(|record| match record.kind {
            EventKind::PerformanceUpdated { agent, from, to, .. } if from != to => {
                Some(format!("{} from {from} to {to}", names::agent(session, agent)))
            }
            _ => None,
        })
        .collect();
    let first = stop(&event::sentence(session, subject.id));
    Some(match moved.as_slice() {
        [] => first,
        few @ ([_] | [_, _]) => {
            format!("{first} Performance scores follow: {}.", names::list(few))
        }
        // What each went from and to is told by what the turn changed.
        many => {
            let count = units::title(&units::number_word(many.len()));
            format!("{first} {count} performance scores follow.")
        }
    })
}
