//! The form of what a timer is for: a number and what it is about.

use crate::model::id::{AuctionIx, RoleIx, SubtaskIx, TaskIx};
use crate::sim::event::Purpose;

impl Purpose {
    /// Returns a purpose's number, in the order of purposes, and what it is about.
    pub fn numbers(self) -> (u32, u32) {
        match self {
            Purpose::TaskArrives(n) => (0, n),
            Purpose::FaultStrikes(n) => (1, n),
            Purpose::Announce(task) => (2, task.0),
            Purpose::AuctionCloses(auction) => (3, auction.0),
            Purpose::AwardAnswer(auction) => (4, auction.0),
            Purpose::CoordinatorWatch(task) => (5, task.0),
            Purpose::TaskBound(task) => (6, task.0),
            Purpose::WorkEnds(subtask) => (7, subtask.0),
            Purpose::RevisionEnds(subtask) => (8, subtask.0),
            Purpose::ResultDue(subtask) => (9, subtask.0),
            Purpose::Heartbeat(task) => (10, task.0),
            Purpose::RevisionsDue(task) => (11, task.0),
            Purpose::MergeEnds(task) => (12, task.0),
            Purpose::SlotExpires(auction) => (13, auction.0),
            Purpose::OutcomeShows(task) => (14, task.0),
            Purpose::CallAgain(role) => (15, role.0),
        }
    }
}

/// Returns the purpose of a number.
pub(super) fn read(number: u32, about: u32) -> Option<Purpose> {
    Some(match number {
        0 => Purpose::TaskArrives(about),
        1 => Purpose::FaultStrikes(about),
        2 => Purpose::Announce(TaskIx(about)),
        3 => Purpose::AuctionCloses(AuctionIx(about)),
        4 => Purpose::AwardAnswer(AuctionIx(about)),
        5 => Purpose::CoordinatorWatch(TaskIx(about)),
        6 => Purpose::TaskBound(TaskIx(about)),
        7 => Purpose::WorkEnds(SubtaskIx(about)),
        8 => Purpose::RevisionEnds(SubtaskIx(about)),
        9 => Purpose::ResultDue(SubtaskIx(about)),
        10 => Purpose::Heartbeat(TaskIx(about)),
        11 => Purpose::RevisionsDue(TaskIx(about)),
        12 => Purpose::MergeEnds(TaskIx(about)),
        13 => Purpose::SlotExpires(AuctionIx(about)),
        14 => Purpose::OutcomeShows(TaskIx(about)),
        15 => Purpose::CallAgain(RoleIx(about)),
        _ => return None,
    })
}
