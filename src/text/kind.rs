//! The contract's names of events as words.

use crate::sim::event::EventKind;

use super::units::phrase;

/// Returns what kind of event it is, in two or three words.
pub fn words(kind: &EventKind) -> String {
    let plain = match kind {
        EventKind::MessageSent { kind, .. } => {
            return format!("message sent, {}", phrase(kind.name()));
        }
        EventKind::AgentAdded { .. } => "agent added",
        EventKind::AgentRemoved { .. } => "agent removed",
        EventKind::CommandApplied { .. } => "command applied",
        EventKind::FaultInjected { .. } => "fault injected",
        EventKind::PoliciesChanged { .. } => "rules changed",
        EventKind::LinkChanged { .. } => "link changed",
        EventKind::PriorityChanged { .. } => "priority changed",
        EventKind::MarketUpdated { .. } => "market updated",
        EventKind::TaskCreated { .. } => "task created",
        EventKind::SubtaskPlanned { .. } => "subtask planned",
        EventKind::AuctionOpened { .. } => "auction opened",
        EventKind::Awarded { .. } => "awarded",
        EventKind::AuctionUnfilled { .. } => "auction unfilled",
        EventKind::SlotHeld { .. } => "slot held",
        EventKind::SlotReleased { .. } => "slot released",
        EventKind::SubtaskAssigned { .. } => "subtask assigned",
        EventKind::CoordinatorSelected { .. } => "coordinator selected",
        EventKind::SubtaskStarted { .. } => "subtask started",
        EventKind::WorkFinished { .. } => "work finished",
        EventKind::SubtaskCompleted { .. } => "subtask completed",
        EventKind::ResultRevised { .. } => "result revised",
        EventKind::ResultDiscarded { .. } => "result discarded",
        EventKind::SubtaskFailed { .. } => "subtask failed",
        EventKind::SubtaskMissing { .. } => "subtask missing",
        EventKind::MessageDuplicated { .. } => "message duplicated",
        EventKind::MessageRead { .. } => "message read",
        EventKind::MessageLost { .. } => "message lost",
        EventKind::KnowledgeAdded { .. } => "knowledge added",
        EventKind::KnowledgeRead { .. } => "knowledge read",
        EventKind::SynergyFound { .. } => "synergy found",
        EventKind::ConflictFound { .. } => "conflict found",
        EventKind::ConflictResolved { .. } => "conflict resolved",
        EventKind::AnswerMade { .. } => "answer made",
        EventKind::TaskCompleted { .. } => "task completed",
        EventKind::OutcomeObserved { .. } => "outcome observed",
        EventKind::PerformanceUpdated { .. } => "performance updated",
        EventKind::TimerSet { .. } => "timer set",
        EventKind::TimerFired { .. } => "timer fired",
        EventKind::TimerCancelled { .. } => "timer cancelled",
    };
    plain.to_owned()
}
