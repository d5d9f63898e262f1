//! Takes one event into a history.

use super::{
    AgentTrace, AnswerTrace, AuctionTrace, Fate, History, List, MessageTrace, Reading,
    SubtaskTrace, Talk, TaskTrace, WorkSpan,
};
use crate::model::content::Content;
use crate::model::id::{
    Actor, AgentIx, AuctionIx, MessageIx, Recipient, SubtaskIx, TaskIx, TurnIx,
};
use crate::model::message::{Conversation, MessageType, Payload, StatusNote};
use crate::session::Session;
use crate::sim::event::{AgentFault, EventKind, Purpose};
use crate::sim::log::Record;
use std::sync::Arc;

const CREATION: usize = 0;
const BIDDING: usize = 1;
const DECOMPOSITION: usize = 2;
const EXECUTION: usize = 3;
const COMMUNICATION: usize = 4;
const AGGREGATION: usize = 5;

/// Takes an event in.
pub(super) fn fold(history: &mut History, session: &Session, record: &Record<'_>) {
    tasks(history, record);
    auctions(history, record);
    work(history, record);
    messages(history, session, record);
    board(history, record);
    agents(history, record);
    latest(history, record);
}

/// Notes the last event of a kind.
fn latest(history: &mut History, record: &Record<'_>) {
    let latest = &mut history.latest;
    let place = match record.kind {
        EventKind::TaskCompleted { .. } => &mut latest.ended,
        EventKind::OutcomeObserved { .. } => &mut latest.outcome,
        EventKind::MessageSent { .. } | EventKind::MessageDuplicated { .. } => &mut latest.message,
        EventKind::KnowledgeAdded { .. } | EventKind::KnowledgeRead { .. } => &mut latest.knowledge,
        EventKind::SynergyFound { .. } => &mut latest.synergy,
        EventKind::ConflictFound { .. } | EventKind::ConflictResolved { .. } => {
            &mut latest.conflict
        }
        EventKind::ResultRevised { .. } | EventKind::SubtaskFailed { .. } => &mut latest.adapted,
        EventKind::AgentAdded { .. }
        | EventKind::AgentRemoved { .. }
        | EventKind::FaultInjected { .. } => &mut latest.team,
        _ => return,
    };
    *place = Some(record.id);
}

/// Says whether a message tells its reader something beyond the protocol.
fn tells(kind: MessageType) -> bool {
    matches!(kind, MessageType::DataShare | MessageType::Broadcast | MessageType::TaskAssignment)
}

/// Returns the entry at a place, made as far as needed: indexes come in order, one after the other.
fn at<T: Clone + Default>(list: &mut List<T>, place: usize) -> Option<&mut T> {
    while list.len() <= place {
        list.push(T::default());
    }
    list.get_mut(place)
}

/// Returns a task's trace to change.
fn task_at(history: &mut History, task: TaskIx) -> Option<&mut TaskTrace> {
    at(&mut history.tasks, task.at()).map(Arc::make_mut)
}

/// Returns an auction's trace to change.
fn auction_at(history: &mut History, auction: AuctionIx) -> Option<&mut AuctionTrace> {
    history.auctions.get_mut(auction.at()).map(Arc::make_mut)
}

fn phase(history: &mut History, task: TaskIx, phase: usize, turn: TurnIx) {
    let Some(trace) = task_at(history, task) else { return };
    let Some(span) = trace.phases.get_mut(phase) else { return };
    let first = span.map_or(turn, |(first, _)| first);
    *span = Some((first, turn));
}

fn tasks(history: &mut History, record: &Record<'_>) {
    let turn = record.turn;
    let (task, of_phase) = match record.kind {
        EventKind::TaskCreated { task, .. } | EventKind::SubtaskPlanned { task, .. } => {
            (task, CREATION)
        }
        EventKind::AuctionOpened { task, .. } => (task, BIDDING),
        EventKind::Awarded { auction, .. } | EventKind::AuctionUnfilled { auction, .. } => {
            let Some(trace) = history.auction(auction) else { return };
            (trace.task, BIDDING)
        }
        EventKind::SubtaskAssigned { task, .. } | EventKind::CoordinatorSelected { task, .. } => {
            (task, DECOMPOSITION)
        }
        EventKind::SubtaskStarted { task, .. }
        | EventKind::WorkFinished { task, .. }
        | EventKind::SubtaskCompleted { task, .. }
        | EventKind::SubtaskFailed { task, .. }
        | EventKind::SubtaskMissing { task, .. }
        | EventKind::ResultDiscarded { task, .. } => (task, EXECUTION),
        EventKind::KnowledgeAdded { task, .. } | EventKind::ResultRevised { task, .. } => {
            (task, COMMUNICATION)
        }
        EventKind::AnswerMade { task, .. }
        | EventKind::SynergyFound { task, .. }
        | EventKind::ConflictFound { task, .. }
        | EventKind::ConflictResolved { task, .. }
        | EventKind::TaskCompleted { task, .. }
        | EventKind::OutcomeObserved { task, .. } => (task, AGGREGATION),
        _ => return,
    };
    phase(history, task, of_phase, turn);
    let Some(trace) = task_at(history, task) else { return };
    trace.last = Some(record.id);
    match record.kind {
        EventKind::SynergyFound { .. } => trace.synergies.push(record.id),
        EventKind::ConflictFound { index, .. } | EventKind::ConflictResolved { index, .. } => {
            let place = index as usize;
            trace.conflicts.resize(trace.conflicts.len().max(place + 1), record.id);
            trace.conflicts[place] = record.id;
        }
        EventKind::TaskCompleted { .. } => trace.completed = Some(record.id),
        _ => {}
    }
}

fn auctions(history: &mut History, record: &Record<'_>) {
    match record.kind {
        EventKind::AuctionOpened { task, .. } => {
            history.auctions.push(Arc::new(AuctionTrace {
                task,
                bids: Vec::new(),
                refusals: Vec::new(),
                talk: Vec::new(),
                award: None,
            }));
        }
        EventKind::Awarded { auction, agent, tied, .. } => {
            if let Some(trace) = auction_at(history, auction) {
                trace.award = Some((agent, tied, record.id));
            }
        }
        _ => {}
    }
}

fn work(history: &mut History, record: &Record<'_>) {
    let concerned = match record.kind {
        EventKind::SubtaskPlanned { subtask, .. }
        | EventKind::SubtaskAssigned { subtask, .. }
        | EventKind::SubtaskStarted { subtask, .. }
        | EventKind::WorkFinished { subtask, .. }
        | EventKind::SubtaskCompleted { subtask, .. }
        | EventKind::ResultRevised { subtask, .. }
        | EventKind::SubtaskFailed { subtask, .. }
        | EventKind::SubtaskMissing { subtask, .. } => Some(subtask),
        _ => None,
    };
    if let Some(trace) =
        concerned.and_then(|subtask| at::<SubtaskTrace>(&mut history.subtasks, subtask.at()))
    {
        trace.last = Some(record.id);
        match record.kind {
            EventKind::SubtaskPlanned { task, .. } => {
                trace.task = Some(task);
                trace.planned = Some(record.id);
            }
            EventKind::SubtaskCompleted { confidence, .. } => trace.confidence = Some(confidence),
            _ => {}
        }
    }
    let begins = |agent, subtask, revision| {
        let (start, event) = (record.time, record.id);
        WorkSpan { agent, subtask, start, end: None, event, revision }
    };
    match record.kind {
        EventKind::SubtaskStarted { subtask, agent, .. } => {
            history.open.insert(history.work.len());
            history.work.push(begins(agent, subtask, false));
        }
        EventKind::WorkFinished { subtask, agent, .. } => {
            end(history, record, |span| span.subtask == subtask && span.agent == agent)
        }
        EventKind::SubtaskFailed { subtask, .. } | EventKind::SubtaskMissing { subtask, .. } => {
            end(history, record, |span| span.subtask == subtask);
        }
        EventKind::FaultInjected { agent, fault: AgentFault::Crash }
        | EventKind::AgentRemoved { agent } => {
            end(history, record, |span| span.agent == agent);
        }
        EventKind::TimerSet {
            timer,
            owner: Actor::Agent(agent),
            purpose: Purpose::RevisionEnds(subtask),
            ..
        } => {
            history.revisions.insert(timer, history.work.len());
            history.open.insert(history.work.len());
            history.work.push(begins(agent, subtask, true));
        }
        EventKind::TimerFired { timer } | EventKind::TimerCancelled { timer } => {
            if let Some(place) = history.revisions.remove(&timer) {
                close(history, record, place);
            }
        }
        _ => {}
    }
}

fn end(history: &mut History, record: &Record<'_>, which: impl Fn(&WorkSpan) -> bool) {
    let ends = |place: &usize| history.work.get(*place).is_some_and(&which);
    let places: Vec<usize> = history.open.iter().copied().filter(|place| ends(place)).collect();
    for place in places {
        close(history, record, place);
    }
}

/// Ends a stretch of work; a revision's timer that is due later ends it anew.
fn close(history: &mut History, record: &Record<'_>, place: usize) {
    history.open.remove(&place);
    if let Some(span) = history.work.get_mut(place) {
        span.end = Some(record.time);
    }
}

fn messages(history: &mut History, session: &Session, record: &Record<'_>) {
    match record.kind {
        EventKind::MessageSent { to, kind, conversation, payload, deliver_at } => {
            let trace = MessageTrace {
                sent: record.id,
                at: record.time,
                from: record.actor,
                to,
                kind,
                payload,
                deliver_at,
                duplicate: false,
                task: None,
                fates: Vec::new(),
            };
            if let Conversation::Auction(auction) = conversation {
                let message = MessageIx::from(history.messages.len());
                if let Some(auction) = auction_at(history, auction) {
                    auction.talk.push(message);
                }
            }
            let task = task_of(history, conversation);
            told(history, session, record, trace, task);
        }
        EventKind::MessageDuplicated { original, to, deliver_at } => {
            let Some(first) = history.messages.get(original.at()).cloned() else { return };
            let task = first.task;
            let trace = MessageTrace {
                sent: record.id,
                at: record.time,
                to: Recipient::One(to),
                deliver_at,
                duplicate: true,
                fates: Vec::new(),
                ..first
            };
            told(history, session, record, trace, task);
        }
        EventKind::MessageRead { message } => {
            let fate = Fate { to: record.actor, event: record.id, at: record.time, lost: None };
            meet(history, message, fate);
        }
        EventKind::MessageLost { message, to, reason } => {
            let fate = Fate { to, event: record.id, at: record.time, lost: Some(reason) };
            meet(history, message, fate);
        }
        _ => {}
    }
}

fn task_of(history: &History, conversation: Conversation) -> Option<TaskIx> {
    match conversation {
        Conversation::Auction(auction) => history.auction(auction).map(|trace| trace.task),
        Conversation::Task(task) => Some(task),
        Conversation::None => None,
    }
}

fn meet(history: &mut History, message: MessageIx, fate: Fate) {
    let Some(trace) = history.messages.get_mut(message.at()) else { return };
    trace.fates.push(fate);
    let task = trace.task;
    if let Some(task) = task.and_then(|task| task_at(history, task)) {
        task.counts[if fate.lost.is_none() { 1 } else { 2 }] += 1;
    }
}

/// Files a message under its task, its phase and its auction.
fn told(
    history: &mut History,
    session: &Session,
    record: &Record<'_>,
    mut trace: MessageTrace,
    task: Option<TaskIx>,
) {
    trace.task = task;
    let message = MessageIx::from(history.messages.len());
    if let Some(task) = task {
        if let Some(of_phase) = phase_of(session, &trace) {
            phase(history, task, of_phase, record.turn);
        }
        if let Some(task) = task_at(history, task) {
            task.talk.push(Talk::Message(message));
            task.counts[0] += 1;
            task.cast.insert(trace.from);
            if let Recipient::One(to) = trace.to {
                task.cast.insert(to);
            }
        }
    }
    if let (Actor::Agent(agent), false) = (trace.from, trace.duplicate) {
        answer(history, session, agent, &trace);
    }
    history.messages.push(trace);
}

/// Returns the phase a message belongs to; none for those that say little about where a task stands.
fn phase_of(session: &Session, trace: &MessageTrace) -> Option<usize> {
    match trace.kind {
        MessageType::CallForProposals
        | MessageType::Bid
        | MessageType::Refusal
        | MessageType::Award
        | MessageType::Rejection
        | MessageType::Decline => Some(BIDDING),
        MessageType::TaskAssignment => Some(EXECUTION),
        MessageType::DataShare | MessageType::Broadcast | MessageType::Revision => {
            Some(COMMUNICATION)
        }
        MessageType::SubtaskCompleted | MessageType::SubtaskFailed => Some(COMMUNICATION),
        MessageType::StatusUpdate => match session.store().payload(trace.payload).as_deref() {
            Some(Payload::Status { note: StatusNote::Accepted, .. }) => Some(BIDDING),
            _ => None,
        },
        MessageType::TaskCompleted | MessageType::ResultAccepted => None,
    }
}

fn answer(history: &mut History, session: &Session, agent: AgentIx, trace: &MessageTrace) {
    let auction = |payload: Content| -> Option<AuctionIx> {
        match *session.store().payload(payload)? {
            Payload::Bid { auction, .. } | Payload::Refusal { auction, .. } => Some(auction),
            _ => None,
        }
    };
    let answer = AnswerTrace { agent, event: trace.sent, payload: trace.payload };
    let Some(trace_of) = auction(trace.payload).and_then(|at| auction_at(history, at)) else {
        return;
    };
    match trace.kind {
        MessageType::Bid => trace_of.bids.push(answer),
        MessageType::Refusal => trace_of.refusals.push(answer),
        _ => {}
    }
}

fn board(history: &mut History, record: &Record<'_>) {
    match record.kind {
        EventKind::KnowledgeAdded { knowledge, task, .. } => {
            history.readings.push(Vec::new());
            if let Some(task) = task_at(history, task) {
                task.talk.push(Talk::Write(knowledge, record.id));
                task.cast.insert(record.actor);
                task.board = true;
            }
        }
        EventKind::KnowledgeRead { knowledge, subtask } => {
            let reading =
                Reading { by: record.actor, subtask, event: record.id, turn: record.turn };
            if let Some(readings) = history.readings.get_mut(knowledge.at()) {
                readings.push(reading);
            }
            reads_for(history, subtask, Talk::Read(knowledge, record.id), record);
        }
        _ => {}
    }
}

/// Files a reading under the task of the subtask it was for.
fn reads_for(history: &mut History, subtask: SubtaskIx, talk: Talk, record: &Record<'_>) {
    let Some(task) = history.task_of_subtask(subtask) else { return };
    phase(history, task, COMMUNICATION, record.turn);
    if let Some(task) = task_at(history, task) {
        task.talk.push(talk);
        task.cast.insert(record.actor);
        task.board = true;
    }
}

fn agents(history: &mut History, record: &Record<'_>) {
    let concerned = match record.kind {
        EventKind::AgentAdded { agent, .. }
        | EventKind::AgentRemoved { agent }
        | EventKind::FaultInjected { agent, .. }
        | EventKind::Awarded { agent, .. }
        | EventKind::SlotHeld { agent, .. }
        | EventKind::SlotReleased { agent, .. }
        | EventKind::SubtaskAssigned { agent, .. }
        | EventKind::CoordinatorSelected { agent, .. }
        | EventKind::SubtaskStarted { agent, .. }
        | EventKind::WorkFinished { agent, .. }
        | EventKind::SubtaskCompleted { agent, .. }
        | EventKind::ResultRevised { agent, .. }
        | EventKind::ResultDiscarded { agent, .. }
        | EventKind::PerformanceUpdated { agent, .. } => Some(agent),
        EventKind::SubtaskFailed { agent, .. } => agent,
        _ => None,
    };
    if matches!(record.kind, EventKind::PerformanceUpdated { .. }) {
        history.performance.push(record.id);
    }
    let acting = match record.actor {
        Actor::Agent(agent) => Some(agent),
        _ => None,
    };
    if let Some(trace) =
        concerned.or(acting).and_then(|agent| at::<AgentTrace>(&mut history.agents, agent.at()))
    {
        trace.last = Some(record.id);
    }
    let told = match record.kind {
        EventKind::MessageRead { message } => {
            history.messages.get(message.at()).is_some_and(|trace| tells(trace.kind))
        }
        _ => false,
    };
    let Some(trace) = acting.and_then(|agent| at::<AgentTrace>(&mut history.agents, agent.at()))
    else {
        history.acts.push(None);
        return;
    };
    history.acts.push(trace.last_act.replace(record.id));
    trace.acts += 1;
    match record.kind {
        EventKind::MessageSent { .. } => trace.sent += 1,
        EventKind::MessageRead { message } => {
            trace.read += 1;
            if told {
                trace.told.push(message);
            }
        }
        _ => {}
    }
}
