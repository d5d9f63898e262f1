//! What the setting, firing and cancelling of timers change.

use super::reading::rule_out;
use crate::model::id::{Actor, SubtaskIx, TimerIx};
use crate::sim::event::Purpose;
use crate::sim::world::agent::{AgentState, Holding, Stage};
use crate::sim::world::auction::AuctionStage;
use crate::sim::world::{Activation, Timer, World};

impl World {
    pub(super) fn set_timer(&mut self, timer: TimerIx, state: Timer) {
        self.timer_count = self.timer_count.max(timer.0 + 1);
        self.timers.set(timer, state);
        self.agenda.put(state.at, Activation::Timer(timer));
        let Actor::Agent(owner) = state.owner else {
            return;
        };
        match state.purpose {
            Purpose::RevisionEnds(subtask) => {
                self.with_agent(owner, |agent| mark_revising(agent, subtask, true))
            }
            Purpose::MergeEnds(task) => self.with_mind(owner, task, |mind| mind.merging = true),
            _ => {}
        }
    }

    pub(super) fn clear_timer(&mut self, timer: TimerIx) -> Option<Timer> {
        let state = self.timers.take(timer)?;
        if let (Actor::Agent(owner), Purpose::RevisionEnds(subtask)) = (state.owner, state.purpose)
        {
            self.with_agent(owner, |agent| mark_revising(agent, subtask, false));
        }
        Some(state)
    }

    pub(super) fn fire_timer(&mut self, timer: TimerIx) {
        let Some(state) = self.clear_timer(timer) else {
            return;
        };
        match (state.owner, state.purpose) {
            (Actor::Agent(owner), Purpose::WorkEnds(subtask) | Purpose::RevisionEnds(subtask)) => {
                // What is produced now rests on what is read now.
                self.with_agent(owner, |agent| {
                    if let Some(holding) = agent.holdings.get_mut(&subtask) {
                        holding.cites.clear();
                    }
                });
            }
            (Actor::Agent(owner), Purpose::RevisionsDue(task)) => {
                self.with_mind(owner, task, |mind| mind.impatient = true);
            }
            (_, Purpose::AwardAnswer(auction)) => self.with_auction(auction.at(), |auction| {
                if let AuctionStage::Awarded(agent) = auction.stage {
                    rule_out(auction, agent);
                }
            }),
            _ => {}
        }
    }
}

fn mark_revising(agent: &mut AgentState, subtask: SubtaskIx, on: bool) {
    if let Some(Holding { stage: Stage::Done(produced), .. }) = agent.holdings.get_mut(&subtask) {
        produced.revising = on;
    }
}
