//! What the reading of a message changes: what its reader now knows.

use crate::kernel::fixed::Ppm;
use crate::kernel::time::Micros;
use crate::model::content::Content;
use crate::model::id::{
    Actor, AgentIx, ArtifactIx, AuctionIx, EventId, MessageIx, SubtaskIx, TaskIx,
};
use crate::model::message::{MessageType, Payload};
use crate::sim::store::Store;
use crate::sim::world::World;
use crate::sim::world::agent::{Coordination, Holding, Received, Stage};
use crate::sim::world::auction::{AuctionStage, AuctionState, BidState};
use crate::sim::world::environment::bus::Inbound;
use crate::sim::world::task::SubtaskStage;

impl World {
    /// Takes a message in: what its reader now knows.
    #[inline(always)]
    pub(super) fn read(&mut self, id: EventId, actor: Actor, message: MessageIx, store: &Store) {
        let Some(inbound) = self.environment.message_bus.take(actor, message) else {
            return;
        };
        self.environment.metrics.read += 1;
        if inbound.duplicate {
            return;
        }
        // Most of the mail: what is read of it needs no look into the store.
        match (actor, inbound.payload, inbound.from) {
            (Actor::Orchestrator, Content::Bid { auction, terms, score }, Actor::Agent(agent)) => {
                let bid = BidState { agent, terms, score, read: id, out: false };
                let at = inbound.at;
                return self.take_bid(auction, bid, at);
            }
            (Actor::Agent(_), Content::Rejection { .. }, _) => return,
            (Actor::Agent(_), ..) if inbound.kind == MessageType::CallForProposals => return,
            _ => {}
        }
        let inbound = *inbound;
        self.read_rare(id, actor, inbound, store);
    }

    #[inline(never)]
    fn read_rare(&mut self, id: EventId, actor: Actor, inbound: Inbound, store: &Store) {
        let Some(payload) = store.payload(inbound.payload) else {
            return;
        };
        match actor {
            Actor::Orchestrator => self.orchestrator_reads(id, inbound, &payload),
            Actor::Agent(reader) => self.agent_reads(id, reader, inbound, &payload),
            Actor::Environment | Actor::User => {}
        }
    }

    pub(super) fn orchestrator_reads(&mut self, id: EventId, inbound: Inbound, payload: &Payload) {
        let Actor::Agent(from) = inbound.from else {
            return;
        };
        let now = self.now;
        match *payload {
            Payload::Bid { auction, terms, score } => {
                let bid = BidState { agent: from, terms, score, read: id, out: false };
                self.take_bid(auction, bid, inbound.at);
            }
            Payload::Refusal { auction, reason } => self.with_auction(auction.at(), |state| {
                if !state.refusals.iter().any(|&(agent, _)| agent == from) {
                    state.refusals.push((from, reason));
                }
            }),
            Payload::Decline { auction, .. } => self.with_auction(auction.at(), |state| {
                state.declined += 1;
                rule_out(state, from);
            }),
            Payload::Status { task, auction, .. } => {
                if let Some(auction) = auction {
                    self.with_auction(auction.at(), |state| {
                        if state.stage == AuctionStage::Awarded(from) {
                            state.stage = AuctionStage::Settled(from);
                        }
                    });
                }
                self.hear(task, from, now);
            }
            Payload::Failure { subtask, .. } => {
                if let Some(task) = self.subtasks.get(subtask.at()).map(|state| state.task) {
                    self.hear(task, from, now);
                }
            }
            _ => {}
        }
    }

    /// Takes a bid in, once, in time or late.
    #[inline]
    fn take_bid(&mut self, auction: AuctionIx, bid: BidState, at: Micros) {
        self.with_auction(auction.at(), |state| {
            if !state.heard.insert(bid.agent) {
            } else if state.stage != AuctionStage::Open || at > state.reply_by {
                state.late.push(bid.agent);
            } else {
                state.bids.push(bid);
            }
        });
    }

    pub(super) fn hear(&mut self, task: TaskIx, from: AgentIx, now: Micros) {
        self.with_task(task, |task| {
            if task.coordinator() == Some(from) {
                task.heard_at = now;
            }
        });
    }

    pub(super) fn agent_reads(
        &mut self,
        id: EventId,
        reader: AgentIx,
        inbound: Inbound,
        payload: &Payload,
    ) {
        match payload {
            Payload::Assignment { task, coordinator, bindings } => {
                if inbound.from == Actor::Orchestrator && *coordinator == reader {
                    self.take_lead(reader, *task, bindings);
                }
                for (subtask, _) in bindings.iter().filter(|(_, agent)| *agent == reader) {
                    self.hold(reader, *subtask, *coordinator);
                }
            }
            Payload::Go { subtask, coordinator } => self.hold(reader, *subtask, *coordinator),
            Payload::Result { subtask, work, confidence, cites, .. } => {
                let received = Received {
                    work: *work,
                    confidence: *confidence,
                    cites: cites.clone(),
                    read: id,
                };
                self.receive(reader, *subtask, inbound.from, received);
            }
            Payload::Accepted { subtask } => self.with_agent(reader, |agent| {
                if let Some(holding) = agent.holdings.get_mut(subtask) {
                    holding.accepted = true;
                }
            }),
            Payload::Failure { subtask, .. } if inbound.from != Actor::Orchestrator => {
                // A coordinator that gave up on us: the subtask is no longer in our hands.
                self.with_agent(reader, |agent| {
                    if agent
                        .holdings
                        .get(subtask)
                        .is_some_and(|held| Actor::Agent(held.coordinator) == inbound.from)
                    {
                        agent.holdings.remove(subtask);
                    }
                });
            }
            Payload::Answer { task, .. } => {
                let over: Vec<SubtaskIx> = self
                    .tasks
                    .get(task.at())
                    .map_or_else(Vec::new, |task| task.subtasks().collect());
                self.with_agent(reader, |agent| {
                    agent.coordinating.remove(task);
                    agent.holdings.retain(|subtask, _| !over.contains(subtask));
                });
            }
            _ => {}
        }
    }

    /// Gives a coordinator what the orchestrator said and what the board shows as accepted.
    pub(super) fn take_lead(
        &mut self,
        reader: AgentIx,
        task: TaskIx,
        bindings: &[(SubtaskIx, AgentIx)],
    ) {
        let mut known: Vec<(SubtaskIx, SubtaskStage, Option<ArtifactIx>)> = Vec::new();
        let mut free = Vec::new();
        let leads = self.agent(reader).is_some_and(|agent| agent.coordinating.contains_key(&task));
        if let Some(state) = self.tasks.get(task.at()).filter(|_| !leads) {
            // The broadcast of the assignment is what tells the holders of these to start.
            free.extend(bindings.iter().map(|&(subtask, _)| subtask));
            free.retain(|&subtask| state.dependencies(subtask).next().is_none());
            known.extend(state.subtasks().filter_map(|subtask| {
                self.subtasks.get(subtask.at()).map(|state| (subtask, state.stage, state.work))
            }));
        }
        let take = |mind: &mut Coordination| {
            mind.bindings.extend(bindings.iter().copied());
            if leads {
                // Asked for before, or failed: whoever holds it now has yet to be told to start.
                mind.released.retain(|held| !bindings.iter().any(|(bound, _)| bound == held));
            }
            mind.released.extend(free);
            for (subtask, stage, work) in known {
                match (stage, work) {
                    (SubtaskStage::Done, Some(work)) => {
                        let read = EventId(u32::MAX);
                        let received =
                            Received { work, confidence: Ppm::ZERO, cites: Vec::new(), read };
                        mind.results.insert(subtask, received);
                    }
                    (SubtaskStage::Missing(_), _) => {
                        mind.missing.insert(subtask);
                    }
                    _ => {}
                }
            }
        };
        self.with_agent(reader, |agent| {
            agent.coordinating.change(task, Coordination::default, take);
        });
    }

    pub(super) fn hold(&mut self, reader: AgentIx, subtask: SubtaskIx, coordinator: AgentIx) {
        self.with_agent(reader, |agent| {
            let fresh = || Holding {
                coordinator,
                stage: Stage::Waiting,
                accepted: false,
                cites: Vec::new(),
            };
            agent.holdings.change(subtask, fresh, |held| held.coordinator = coordinator);
        });
    }

    /// Keeps a result in the coordinator's mind: a first one from the holder, or a revision of it.
    pub(super) fn receive(
        &mut self,
        reader: AgentIx,
        subtask: SubtaskIx,
        from: Actor,
        received: Received,
    ) {
        let Some(state) = self.subtasks.get(subtask.at()) else {
            return;
        };
        let (task, holder, done) = (state.task, state.holder, state.stage == SubtaskStage::Done);
        let ended = self.tasks.get(task.at()).is_some_and(|task| task.ended.is_some());
        if holder.map(Actor::Agent) != Some(from) || ended {
            return;
        }
        let mut taken = None;
        self.with_agent(reader, |agent| {
            if let Some(mind) = agent.coordinating.get_mut(&task).filter(|mind| !mind.merging) {
                taken = Some(received.work);
                mind.results.insert(subtask, received);
            }
        });
        if done && taken.is_some() {
            self.with_subtask(subtask, |state| state.work = taken);
        }
    }
}

/// Marks an awarded bidder as out and reopens the choice.
pub(super) fn rule_out(auction: &mut AuctionState, agent: AgentIx) {
    if let Some(bid) = auction.bids.iter_mut().find(|bid| bid.agent == agent) {
        bid.out = true;
    }
}
