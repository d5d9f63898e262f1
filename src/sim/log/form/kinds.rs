//! The form of each kind of event, and back; an event's artifact is kept beside its form.

use super::message::{self, FAILURES, Sent};
use super::{Form, Parts, actor, both, high, low, nth, of_actor, purpose};
use crate::kernel::fixed::{Hundredths, Ppm};
use crate::kernel::time::Micros;
use crate::model::id::{
    AgentIx, AuctionIx, KnowledgeIx, MessageIx, RoleIx, SubtaskIx, TaskIx, TimerIx,
};
use crate::model::task::{TaskPriority, TaskStatus};
use crate::sim::event::{AgentFault, DiscardReason, EventKind, LossReason};

/// The number of a message that was sent.
pub(in crate::sim::log) const MESSAGE_SENT: u8 = 25;
/// The number of a message that was read.
pub(in crate::sim::log) const MESSAGE_READ: u8 = 27;

const PRIORITIES: [TaskPriority; 4] =
    [TaskPriority::Critical, TaskPriority::High, TaskPriority::Medium, TaskPriority::Low];

const STATUSES: [TaskStatus; 3] = [TaskStatus::Success, TaskStatus::Partial, TaskStatus::Failed];

const DISCARDS: [DiscardReason; 3] =
    [DiscardReason::Reassigned, DiscardReason::Repeated, DiscardReason::TooLate];

const LOSSES: [LossReason; 3] = [LossReason::Crashed, LossReason::Removed, LossReason::Link];

/// Lays an event out.
pub(in crate::sim::log) fn form(kind: &EventKind, now: Micros) -> Form {
    match *kind {
        EventKind::MessageSent { .. } => message_form(kind, now),
        EventKind::MessageRead { message } => Form::new(MESSAGE_READ, message.0, 0),
        _ => rare(kind),
    }
}

/// Lays the sending of a message out.
#[inline(always)]
pub(in crate::sim::log) fn message_form(kind: &EventKind, now: Micros) -> Form {
    match *kind {
        EventKind::MessageSent { to, kind, conversation, payload, deliver_at } => {
            let sent = Sent { to, kind, conversation, payload, deliver_at };
            message::form(MESSAGE_SENT, &sent, now)
        }
        _ => Form::new(0, 0, 0),
    }
}

/// Lays out what is neither the sending nor the reading of a message.
fn rare(kind: &EventKind) -> Form {
    let bound = |tag, task: TaskIx, subtask: SubtaskIx, agent: AgentIx| {
        Form::new(tag, task.0, subtask.0).word(u64::from(agent.0))
    };
    match *kind {
        // Both are laid out above.
        EventKind::MessageSent { .. } | EventKind::MessageRead { .. } => Form::new(0, 0, 0),
        EventKind::AgentAdded { agent, .. } => Form::new(1, agent.0, 0),
        EventKind::AgentRemoved { agent } => Form::new(2, agent.0, 0),
        EventKind::CommandApplied { .. } => Form::new(3, 0, 0),
        EventKind::FaultInjected { agent, fault } => {
            let (number, share) = of_fault(fault);
            Form::new(4, agent.0, share).small(number)
        }
        EventKind::PoliciesChanged { .. } => Form::new(5, 0, 0),
        EventKind::LinkChanged { .. } => Form::new(6, 0, 0),
        EventKind::PriorityChanged { task, priority } => {
            Form::new(7, task.0, 0).small(priority as u32)
        }
        EventKind::MarketUpdated { .. } => Form::new(8, 0, 0),
        EventKind::TaskCreated { task, .. } => Form::new(9, task.0, 0),
        EventKind::SubtaskPlanned { task, subtask, position } => {
            Form::new(10, task.0, subtask.0).word(u64::from(position))
        }
        EventKind::AuctionOpened { auction, task, role, subtask, .. } => {
            Form::new(11, auction.0, task.0)
                .small(u32::from(subtask.is_some()))
                .word(both(role.0, subtask.map_or(0, |ix| ix.0)))
        }
        EventKind::Awarded { auction, agent, score, tied } => {
            Form::new(12, auction.0, agent.0).small(u32::from(tied)).word(u64::from(score.0))
        }
        EventKind::AuctionUnfilled { auction, reason } => {
            Form::new(13, auction.0, 0).small(reason as u32)
        }
        EventKind::SlotHeld { agent, auction } => Form::new(14, agent.0, auction.0),
        EventKind::SlotReleased { agent, auction } => Form::new(15, agent.0, auction.0),
        EventKind::SubtaskAssigned { task, subtask, agent } => bound(16, task, subtask, agent),
        EventKind::CoordinatorSelected { task, agent } => Form::new(17, task.0, agent.0),
        EventKind::SubtaskStarted { task, subtask, agent } => bound(18, task, subtask, agent),
        EventKind::WorkFinished { task, subtask, agent, .. } => bound(19, task, subtask, agent),
        EventKind::SubtaskCompleted { task, subtask, agent, confidence } => {
            Form::new(20, task.0, subtask.0).word(both(agent.0, confidence.0))
        }
        EventKind::ResultRevised { task, subtask, agent, .. } => bound(21, task, subtask, agent),
        EventKind::ResultDiscarded { task, subtask, agent, reason } => {
            bound(22, task, subtask, agent).small(reason as u32)
        }
        EventKind::SubtaskFailed { task, subtask, agent, reason } => {
            let small = reason as u32 | u32::from(agent.is_some()) << 4;
            bound(23, task, subtask, agent.unwrap_or(AgentIx(0))).small(small)
        }
        EventKind::SubtaskMissing { task, subtask, reason } => {
            Form::new(24, task.0, subtask.0).small(reason as u32)
        }
        EventKind::MessageDuplicated { original, to, deliver_at } => {
            let (number, agent) = of_actor(to);
            Form::new(26, original.0, agent).small(number).word(deliver_at.0)
        }
        EventKind::MessageLost { message, to, reason } => {
            let (number, agent) = of_actor(to);
            Form::new(28, message.0, agent).small(number | (reason as u32) << 2)
        }
        EventKind::KnowledgeAdded { knowledge, task, subtask, .. } => {
            Form::new(29, knowledge.0, task.0).word(u64::from(subtask.0))
        }
        EventKind::KnowledgeRead { knowledge, subtask } => Form::new(30, knowledge.0, subtask.0),
        EventKind::SynergyFound { task, index, .. } => Form::new(31, task.0, index),
        EventKind::ConflictFound { task, index, .. } => Form::new(32, task.0, index),
        EventKind::ConflictResolved { task, index, .. } => Form::new(33, task.0, index),
        EventKind::AnswerMade { task, .. } => Form::new(34, task.0, 0),
        EventKind::TaskCompleted { task, status, confidence, .. } => {
            Form::new(35, task.0, confidence.0).small(status as u32)
        }
        EventKind::OutcomeObserved { task, quality, .. } => Form::new(36, task.0, quality.0),
        EventKind::PerformanceUpdated { agent, task, from, to } => {
            Form::new(37, agent.0, task.0).word(both(from.0, to.0))
        }
        EventKind::TimerSet { timer, owner, purpose, at } => {
            let (number, agent) = of_actor(owner);
            let (what, about) = purpose.numbers();
            let form = Form::new(38, timer.0, about).small(number | what << 2).word(at.0);
            if number == 3 { form.word(u64::from(agent)) } else { form }
        }
        EventKind::TimerFired { timer } => Form::new(39, timer.0, 0),
        EventKind::TimerCancelled { timer } => Form::new(40, timer.0, 0),
    }
}

/// Returns how many words of its own a kind has.
#[inline]
pub(super) fn own_words(tag: u8, small: u32) -> usize {
    match tag {
        MESSAGE_SENT => message::own_words(small),
        10..=12 | 16 | 18..=23 | 26 | 29 | 37 => 1,
        38 if small & 3 == 3 => 2,
        38 => 1,
        _ => 0,
    }
}

/// Reads a kind back from its number and parts; `named` says whether an artifact is.
#[inline]
pub(in crate::sim::log) fn kind(tag: u8, named: bool, parts: &Parts<'_>) -> Option<EventKind> {
    match tag {
        MESSAGE_SENT => message::kind(parts),
        MESSAGE_READ => Some(EventKind::MessageRead { message: MessageIx(parts.first) }),
        16..=24 | 31..=36 => of_task(tag, named, parts),
        _ => rare_kind(tag, parts),
    }
}

fn rare_kind(tag: u8, parts: &Parts<'_>) -> Option<EventKind> {
    let Parts { small, first, second, artifact, .. } = *parts;
    let word = parts.word(0);
    let (agent, auction, task) = (AgentIx(first), AuctionIx(first), TaskIx(first));
    Some(match tag {
        1 => EventKind::AgentAdded { agent, spec: artifact },
        2 => EventKind::AgentRemoved { agent },
        3 => EventKind::CommandApplied { command: artifact },
        4 => EventKind::FaultInjected { agent, fault: fault(small, second) },
        5 => EventKind::PoliciesChanged { policies: artifact },
        6 => EventKind::LinkChanged { link: artifact },
        7 => EventKind::PriorityChanged { task, priority: nth(&PRIORITIES, small)? },
        8 => EventKind::MarketUpdated { data: artifact },
        9 => EventKind::TaskCreated { task, plan: artifact },
        10 => EventKind::SubtaskPlanned { task, subtask: SubtaskIx(second), position: low(word) },
        11 => EventKind::AuctionOpened {
            auction,
            task: TaskIx(second),
            role: RoleIx(low(word)),
            subtask: (small == 1).then_some(SubtaskIx(high(word))),
            call: artifact,
        },
        12 => EventKind::Awarded {
            auction,
            agent: AgentIx(second),
            score: Hundredths(low(word)),
            tied: small == 1,
        },
        13 => EventKind::AuctionUnfilled { auction, reason: nth(&FAILURES, small)? },
        14 => EventKind::SlotHeld { agent, auction: AuctionIx(second) },
        15 => EventKind::SlotReleased { agent, auction: AuctionIx(second) },
        26 => EventKind::MessageDuplicated {
            original: MessageIx(first),
            to: actor(small, second),
            deliver_at: Micros(word),
        },
        28 => EventKind::MessageLost {
            message: MessageIx(first),
            to: actor(small & 3, second),
            reason: nth(&LOSSES, small >> 2)?,
        },
        29 => EventKind::KnowledgeAdded {
            knowledge: KnowledgeIx(first),
            task: TaskIx(second),
            subtask: SubtaskIx(low(word)),
            finding: artifact,
        },
        30 => {
            EventKind::KnowledgeRead { knowledge: KnowledgeIx(first), subtask: SubtaskIx(second) }
        }
        37 => EventKind::PerformanceUpdated {
            agent,
            task: TaskIx(second),
            from: Hundredths(low(word)),
            to: Hundredths(high(word)),
        },
        38 => EventKind::TimerSet {
            timer: TimerIx(first),
            owner: actor(small & 3, low(parts.word(1))),
            purpose: purpose::read(small >> 2, second)?,
            at: Micros(word),
        },
        39 => EventKind::TimerFired { timer: TimerIx(first) },
        40 => EventKind::TimerCancelled { timer: TimerIx(first) },
        _ => return None,
    })
}

fn of_task(tag: u8, named: bool, parts: &Parts<'_>) -> Option<EventKind> {
    let Parts { small, first, second, artifact, .. } = *parts;
    let (task, subtask, word) = (TaskIx(first), SubtaskIx(second), parts.word(0));
    let agent = AgentIx(low(word));
    Some(match tag {
        16 => EventKind::SubtaskAssigned { task, subtask, agent },
        17 => EventKind::CoordinatorSelected { task, agent: AgentIx(second) },
        18 => EventKind::SubtaskStarted { task, subtask, agent },
        19 => EventKind::WorkFinished { task, subtask, agent, work: artifact },
        20 => EventKind::SubtaskCompleted { task, subtask, agent, confidence: Ppm(high(word)) },
        21 => EventKind::ResultRevised { task, subtask, agent, work: artifact },
        22 => EventKind::ResultDiscarded { task, subtask, agent, reason: nth(&DISCARDS, small)? },
        23 => EventKind::SubtaskFailed {
            task,
            subtask,
            agent: (small >> 4 == 1).then_some(agent),
            reason: nth(&FAILURES, small & 15)?,
        },
        24 => EventKind::SubtaskMissing { task, subtask, reason: nth(&FAILURES, small)? },
        31 => EventKind::SynergyFound { task, answer: artifact, index: second },
        32 => EventKind::ConflictFound { task, answer: artifact, index: second },
        33 => EventKind::ConflictResolved { task, answer: artifact, index: second },
        34 => EventKind::AnswerMade { task, answer: artifact },
        35 => EventKind::TaskCompleted {
            task,
            status: nth(&STATUSES, small)?,
            confidence: Ppm(second),
            answer: named.then_some(artifact),
        },
        36 => EventKind::OutcomeObserved { task, outcome: artifact, quality: Ppm(second) },
        _ => return None,
    })
}

fn of_fault(fault: AgentFault) -> (u32, u32) {
    match fault {
        AgentFault::Crash => (0, 0),
        AgentFault::Recover => (1, 0),
        AgentFault::Silence => (2, 0),
        AgentFault::Slow(share) => (3, share.0),
    }
}

fn fault(number: u32, share: u32) -> AgentFault {
    match number {
        0 => AgentFault::Crash,
        1 => AgentFault::Recover,
        2 => AgentFault::Silence,
        _ => AgentFault::Slow(Ppm(share)),
    }
}
