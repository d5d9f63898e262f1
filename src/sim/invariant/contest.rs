//! Invariants of auctions: who may win, and how much an agent may hold.

use std::collections::{BTreeMap, BTreeSet};

use super::Invariant;
use crate::kernel::time::Micros;
use crate::model::id::{Actor, AgentIx, AuctionIx};
use crate::model::message::Payload;
use crate::sim::event::EventKind;
use crate::sim::log::Record;
use crate::sim::run::Run;

/// Watches awards against the bids that were delivered and read in time.
#[derive(Default)]
pub struct TimelyAwards {
    timely: BTreeSet<(AuctionIx, AgentIx)>,
    refused: BTreeSet<(AuctionIx, AgentIx)>,
}

impl TimelyAwards {
    /// Notes an answer that the orchestrator reads.
    fn answer(&mut self, run: &Run, event: &Record<'_>) -> Option<()> {
        let EventKind::MessageRead { message } = event.kind else { return None };
        let sent = run.log().record(run.log().sent_by(message)?)?;
        let EventKind::MessageSent { payload, deliver_at, .. } = sent.kind else { return None };
        let Actor::Agent(from) = sent.actor else { return None };
        match *run.store().payload(payload)? {
            Payload::Bid { auction, .. } if deliver_at <= deadline(run, auction)? => {
                self.timely.insert((auction, from));
            }
            Payload::Refusal { auction, .. } | Payload::Decline { auction, .. } => {
                self.refused.insert((auction, from));
            }
            _ => {}
        }
        Some(())
    }
}

fn deadline(run: &Run, auction: AuctionIx) -> Option<Micros> {
    run.world().environment.auction(auction).map(|state| state.reply_by)
}

impl Invariant for TimelyAwards {
    fn sentence(&self) -> &'static str {
        "no award goes to a late or refused bid"
    }

    fn see(&mut self, run: &Run, event: &Record<'_>) -> Option<String> {
        self.answer(run, event);
        let EventKind::Awarded { auction, agent, .. } = event.kind else { return None };
        let legal =
            self.timely.contains(&(auction, agent)) && !self.refused.contains(&(auction, agent));
        (!legal).then(|| format!("{} was awarded {}", run.world().agent_id(agent), auction.text()))
    }
}

/// Keeps its own count of slots and holds the world against it.
#[derive(Default)]
pub struct SlotsWithinCapacity {
    held: BTreeMap<AgentIx, u32>,
}

impl Invariant for SlotsWithinCapacity {
    fn sentence(&self) -> &'static str {
        "workload equals the slots held and never exceeds capacity"
    }

    fn see(&mut self, run: &Run, event: &Record<'_>) -> Option<String> {
        let agent = match event.kind {
            EventKind::SlotHeld { agent, .. } => {
                *self.held.entry(agent).or_default() += 1;
                agent
            }
            EventKind::SlotReleased { agent, .. } => {
                let held = self.held.entry(agent).or_default();
                *held = held.saturating_sub(1);
                agent
            }
            _ => return None,
        };
        let state = run.world().agent(agent)?;
        let held = self.held.get(&agent).copied().unwrap_or(0) + state.spec.busy_slots;
        let capacity = state.spec.capacity;
        (held > capacity).then(|| format!("{} holds {held} of {capacity}", state.spec.id))
    }

    fn rest(&mut self, run: &Run, at_rest: bool) -> Option<String> {
        for (at, state) in run.world().agents.iter().enumerate() {
            let held = self.held.get(&AgentIx::from(at)).copied().unwrap_or(0);
            if held != state.slots.len() as u32 {
                return Some(format!(
                    "{} holds {held} slots, its state says {}",
                    state.spec.id,
                    state.slots.len()
                ));
            }
            if at_rest && held > 0 && state.is_up() {
                return Some(format!(
                    "{} still holds {held} slots when nothing is left to do",
                    state.spec.id
                ));
            }
        }
        None
    }
}
