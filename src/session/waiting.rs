//! What a subtask waits for, and since when.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use super::Session;
use crate::kernel::time::Micros;
use crate::model::id::{Actor, AgentIx, AuctionIx, EventId, SubtaskIx, TaskIx};
use crate::model::message::FailureReason;
use crate::sim::event::{EventKind, Purpose};
use crate::sim::scenario::Allocation;
use crate::sim::world::auction::{AuctionStage, AuctionState};
use crate::sim::world::task::{SubtaskStage, SubtaskState, TaskState};

/// What is awaited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Awaited {
    /// The orchestrator has not announced the task.
    Announcement,
    /// Bids of an auction that could fill it.
    Bids {
        /// The auction.
        auction: AuctionIx,
    },
    /// A winner's answer to its award.
    AwardAnswer {
        /// The auction.
        auction: AuctionIx,
        /// The winner.
        agent: AgentIx,
    },
    /// Another auction of the task: holders are bound once all are over.
    OtherAuction {
        /// The auction.
        auction: AuctionIx,
    },
    /// The word of the orchestrator that binds it to its winner.
    Binding,
    /// A subtask it depends on.
    Dependency {
        /// Which.
        subtask: SubtaskIx,
    },
    /// The coordinator's or the orchestrator's word that it may start.
    Word,
    /// A holder that does not work: it crashed, left, or answers nobody.
    Holder {
        /// The holder.
        agent: AgentIx,
    },
    /// The coordinator's acceptance of its result.
    Acceptance {
        /// The coordinator.
        coordinator: AgentIx,
    },
    /// Another auction after its holder failed.
    Replacement {
        /// Why the holder failed.
        reason: FailureReason,
    },
}

/// One thing a subtask waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait {
    /// What is awaited.
    pub on: Awaited,
    /// Since when.
    pub since: Micros,
    /// The event since which it waits.
    pub event: EventId,
    /// When the wait is given up, where something watches over it.
    pub until: Option<Micros>,
}

/// Returns what a subtask waits for at the cursor; nothing while it is worked on or once it is over.
pub fn why_waits(session: &Session, subtask: SubtaskIx) -> Vec<Wait> {
    waits(session, subtask, None)
}

/// The last event that each subtask of a task alone is about.
type Lasts = BTreeMap<SubtaskIx, EventId>;

/// Reads them all at once: to look for each by itself would read the log once a subtask.
fn lasts(session: &Session, task: &TaskState) -> Lasts {
    let mut lasts = Lasts::new();
    let span = task.created.at()..session.horizon().at();
    for record in session.log().records(span) {
        if let Some(subtask) = about(&record.kind) {
            lasts.insert(subtask, record.id);
        }
    }
    lasts
}

/// Returns the subtask that an event alone is about.
fn about(kind: &EventKind) -> Option<SubtaskIx> {
    match *kind {
        EventKind::SubtaskPlanned { subtask, .. }
        | EventKind::SubtaskAssigned { subtask, .. }
        | EventKind::SubtaskStarted { subtask, .. }
        | EventKind::WorkFinished { subtask, .. }
        | EventKind::SubtaskFailed { subtask, .. } => Some(subtask),
        _ => None,
    }
}

fn waits(session: &Session, subtask: SubtaskIx, lasts: Option<&OnceCell<Lasts>>) -> Vec<Wait> {
    let world = session.world();
    let Some(state) = world.subtasks.get(subtask.at()) else { return Vec::new() };
    let Some(task) = world.tasks.get(state.task.at()).filter(|task| task.ended.is_none()) else {
        return Vec::new();
    };
    let case = Case { session, subtask, state, task, lasts };
    match state.stage {
        SubtaskStage::Planned => case.unbound(),
        SubtaskStage::Assigned => case.unstarted(),
        SubtaskStage::Running => case.holder_down().into_iter().collect(),
        SubtaskStage::Finished => case.unaccepted(),
        SubtaskStage::Failed(reason) => case.failed(reason),
        SubtaskStage::Done | SubtaskStage::Missing(_) => Vec::new(),
    }
}

struct Case<'a> {
    session: &'a Session,
    subtask: SubtaskIx,
    state: &'a SubtaskState,
    task: &'a TaskState,
    /// Where the last events of all subtasks are kept, for those who ask for many.
    lasts: Option<&'a OnceCell<Lasts>>,
}

impl Case<'_> {
    fn wait(&self, on: Awaited, event: EventId, until: Option<Micros>) -> Wait {
        let log = self.session.log();
        let since = log.turn(log.turn_of(event)).map_or(Micros::ZERO, |turn| turn.time);
        Wait { on, since, event, until }
    }

    fn due(&self, owner: Actor, purpose: Purpose) -> Option<Micros> {
        let world = self.session.world();
        let timer = world.timer_for(owner, purpose)?;
        world.timers.get(timer).map(|timer| timer.at)
    }

    /// Returns the last event of the log that this subtask alone is about.
    fn last(&self, is_it: impl Fn(&EventKind) -> bool) -> EventId {
        let log = self.session.log();
        let span = self.task.created.at()..self.session.horizon().at();
        let found = span.rev().map(EventId::from).find(|&id| {
            let kind = log.record(id).map(|record| record.kind);
            kind.is_some_and(|kind| is_it(&kind))
        });
        found.unwrap_or(self.task.created)
    }

    fn last_of_subtask(&self) -> EventId {
        match self.lasts {
            Some(kept) => {
                let lasts = kept.get_or_init(|| lasts(self.session, self.task));
                lasts.get(&self.subtask).copied().unwrap_or(self.task.created)
            }
            None => self.last(|kind| about(kind) == Some(self.subtask)),
        }
    }

    fn auctions(&self) -> impl Iterator<Item = (AuctionIx, &AuctionState)> {
        let environment = &self.session.world().environment;
        self.task.auctions.iter().filter_map(|&at| Some((at, environment.auction(at)?)))
    }

    /// Returns the auctions that could fill it, of a time in which nobody holds it.
    fn own_auctions(&self) -> Vec<Wait> {
        let mine = |auction: &AuctionState| match auction.subtask {
            Some(one) => one == self.subtask,
            None => auction.role == self.state.role,
        };
        self.auctions()
            .filter(|(_, auction)| mine(auction))
            .filter_map(|(at, auction)| self.open(at, auction))
            .collect()
    }

    fn open(&self, at: AuctionIx, auction: &AuctionState) -> Option<Wait> {
        let due = |purpose| self.due(Actor::Orchestrator, purpose);
        match auction.stage {
            AuctionStage::Open => {
                let until = due(Purpose::AuctionCloses(at));
                Some(self.wait(Awaited::Bids { auction: at }, auction.opened, until))
            }
            AuctionStage::Awarded(agent) => {
                let awarded = self.last(
                    |kind| matches!(*kind, EventKind::Awarded { auction, .. } if auction == at),
                );
                let on = Awaited::AwardAnswer { auction: at, agent };
                Some(self.wait(on, awarded, due(Purpose::AwardAnswer(at))))
            }
            AuctionStage::Settled(_) | AuctionStage::Unfilled(_) => None,
        }
    }

    fn unbound(&self) -> Vec<Wait> {
        let own = self.own_auctions();
        if !own.is_empty() {
            return own;
        }
        if self.task.auctions.is_empty() {
            return vec![self.wait(Awaited::Announcement, self.task.created, None)];
        }
        let dependencies = self.dependencies(self.task.created);
        if self.session.world().policies.allocation == Allocation::PerSubtask
            && !dependencies.is_empty()
        {
            return dependencies;
        }
        let others: Vec<Wait> = self
            .auctions()
            .filter(|(_, auction)| !auction.is_over())
            .map(|(at, auction)| {
                let until = self.due(Actor::Orchestrator, Purpose::AuctionCloses(at));
                self.wait(Awaited::OtherAuction { auction: at }, auction.opened, until)
            })
            .collect();
        if others.is_empty() {
            return vec![self.wait(Awaited::Binding, self.last_of_subtask(), None)];
        }
        others
    }

    /// Returns the dependencies that have no accepted result.
    fn dependencies(&self, since: EventId) -> Vec<Wait> {
        let world = self.session.world();
        let open = |before: &SubtaskIx| {
            world.subtasks.get(before.at()).is_some_and(|state| state.stage != SubtaskStage::Done)
        };
        let wait = |subtask| self.wait(Awaited::Dependency { subtask }, since, None);
        self.task.dependencies(self.subtask).filter(open).map(wait).collect()
    }

    fn unstarted(&self) -> Vec<Wait> {
        let assigned = self.last_of_subtask();
        let open = self.dependencies(assigned);
        if !open.is_empty() {
            return open;
        }
        if let Some(down) = self.holder_down() {
            return vec![down];
        }
        let this: Vec<SubtaskIx> = self.task.dependencies(self.subtask).collect();
        let ready = self.last(|kind| {
            matches!(*kind, EventKind::SubtaskCompleted { subtask, .. } if this.contains(&subtask))
        });
        vec![self.wait(Awaited::Word, ready.max(assigned), self.result_due())]
    }

    fn result_due(&self) -> Option<Micros> {
        let coordinator = self.task.coordinator()?;
        self.due(Actor::Agent(coordinator), Purpose::ResultDue(self.subtask))
    }

    fn holder_down(&self) -> Option<Wait> {
        let holder = self.state.holder?;
        let agent = self.session.world().agent(holder)?;
        if agent.is_up() && !agent.silent {
            return None;
        }
        let down = self.last(|kind| match *kind {
            EventKind::FaultInjected { agent, .. } | EventKind::AgentRemoved { agent } => {
                agent == holder
            }
            _ => false,
        });
        Some(self.wait(Awaited::Holder { agent: holder }, down, self.result_due()))
    }

    fn unaccepted(&self) -> Vec<Wait> {
        let Some(coordinator) = self.task.coordinator() else { return Vec::new() };
        let on = Awaited::Acceptance { coordinator };
        vec![self.wait(on, self.last_of_subtask(), self.result_due())]
    }

    fn failed(&self, reason: FailureReason) -> Vec<Wait> {
        let own = self.own_auctions();
        if !own.is_empty() {
            return own;
        }
        vec![self.wait(Awaited::Replacement { reason }, self.last_of_subtask(), None)]
    }
}

/// Returns every subtask of a task that waits at the cursor, with what it waits for.
pub fn waiting(session: &Session, task: TaskIx) -> Vec<(SubtaskIx, Vec<Wait>)> {
    let state = session.world().tasks.get(task.at());
    let lasts = OnceCell::new();
    state
        .into_iter()
        .flat_map(|task| task.subtasks())
        .map(|subtask| (subtask, waits(session, subtask, Some(&lasts))))
        .filter(|(_, waits)| !waits.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::catalog;

    #[test]
    fn all_who_wait_wait_for_what_each_waits_for() {
        let mut seen = 0;
        for built_in in catalog::BUILT_IN {
            let setup = catalog::setup(built_in.name, None).expect("a built-in scenario is legal");
            let mut session = Session::new(setup);
            loop {
                for task in (0..session.world().tasks.len()).map(TaskIx::from) {
                    for (subtask, found) in waiting(&session, task) {
                        assert_eq!(found, why_waits(&session, subtask), "{}", built_in.name);
                        seen += 1;
                    }
                }
                if !session.step() {
                    break;
                }
            }
        }
        assert!(seen > 100, "{seen}");
    }
}
