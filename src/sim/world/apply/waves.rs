//! What many turns alike change, in one piece: each reads one message, and may answer with a bid.

use crate::kernel::time::Micros;
use crate::model::content::Content;
use crate::model::id::{Actor, AuctionIx, EventId, MessageIx};
use crate::model::message::{Conversation, MessageType};
use crate::sim::wave::{Offer, Taken};
use crate::sim::world::agent::AgentState;
use crate::sim::world::auction::{AuctionStage, BidState};
use crate::sim::world::environment::bus::Inbound;
use crate::sim::world::{Activation, World};

impl World {
    /// Takes the turns that come next off the agenda, at most so many, for as long as each is an
    /// agent's that reads one message in it and that message is wanted, which changes nothing else;
    /// links have made no copies of these.
    #[inline(always)]
    pub(in crate::sim) fn take_readings(
        &mut self,
        turns_max: usize,
        turns: &mut Vec<Taken>,
        mut wanted: impl FnMut(&AgentState, &Inbound) -> bool,
    ) {
        let World { agenda, agents, environment, now, .. } = self;
        turns.clear();
        for entry in agenda.due().take(turns_max) {
            let Activation::Wake(actor @ Actor::Agent(agent)) = entry.item else { break };
            let Some(own) = agents.get(agent.at()).filter(|own| own.is_up()) else { break };
            let taken = environment
                .message_bus
                .take_sole(actor, entry.time, |inbound| !inbound.duplicate && wanted(own, inbound));
            let Some(message) = taken else { break };
            turns.push(Taken { sequence: entry.sequence, agent, message });
            *now = entry.time;
        }
        agenda.drop_due(turns.len());
        environment.metrics.read += turns.len() as u64;
    }

    /// Sends the bids with which agents answered in turns of their own; the first was sent by the event
    /// given, each further one by the event two behind the one before it.
    pub(in crate::sim) fn send_bids(
        &mut self,
        first: EventId,
        auction: AuctionIx,
        deliver_at: Micros,
        turns: &[Taken],
        offers: &[Offer],
    ) {
        let to = Actor::Orchestrator;
        let bus = &mut self.environment.message_bus;
        let (mut message, mut sent) = (MessageIx(bus.count), first);
        for (turn, offer) in turns.iter().zip(offers) {
            let inbound = Inbound {
                at: deliver_at,
                message,
                from: Actor::Agent(turn.agent),
                kind: MessageType::Bid,
                conversation: Conversation::Auction(auction),
                payload: offer.content(auction),
                sent,
                duplicate: false,
            };
            bus.deliver(to, &inbound);
            self.agenda.put(deliver_at, Activation::Wake(to));
            (message.0, sent.0) = (message.0 + 1, sent.0 + 2);
        }
        bus.count = message.0;
        self.environment.metrics.sent[MessageType::Bid as usize] += offers.len() as u64;
    }

    /// Lets the orchestrator read bids of one auction for as long as they come next and nothing follows
    /// from them yet: none is late, and none the last that the auction waits for. The first is read by
    /// the event given, each further one by the next. Tells which messages these are.
    pub(in crate::sim) fn read_bids(&mut self, first: EventId, read: &mut Vec<MessageIx>) {
        let now = self.now;
        let environment = &mut self.environment;
        let bus = &mut environment.message_bus;
        let next = bus.next_for(Actor::Orchestrator).map(|first| first.payload);
        let Some(Content::Bid { auction: ix, .. }) = next else { return };
        let Some(auction) = environment.agent_proposals.get_mut(ix.at()) else { return };
        if auction.stage != AuctionStage::Open || !auction.late.is_empty() {
            return;
        }
        let last = now.min(auction.reply_by);
        let mut left = auction.asked.len().saturating_sub(auction.answers() + 1);
        bus.take_while(Actor::Orchestrator, |inbound| {
            let (Content::Bid { auction: of, terms, score }, Actor::Agent(agent)) =
                (inbound.payload, inbound.from)
            else {
                return false;
            };
            if left == 0 || of != ix || inbound.at > last || inbound.duplicate {
                return false;
            }
            let id = EventId(first.0.saturating_add(read.len() as u32));
            read.push(inbound.message);
            if auction.heard.insert(agent) {
                auction.bids.push(BidState { agent, terms, score, read: id, out: false });
                left -= 1;
            }
            true
        });
        environment.metrics.read += read.len() as u64;
    }
}
