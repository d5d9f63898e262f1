//! Waves: turns that follow each other and are alike, performed in one piece.
//!
//! Where agents bid, most turns are an agent's that reads one message, a call that it answers with a
//! bid or the word that it has lost, and most of what the orchestrator reads are bids that decide
//! nothing yet. None of these turns changes what another of them sees, so all are decided first, then
//! written down, then applied. What comes of them is to the last bit what `Run::advance` makes of them
//! one by one.

use super::Run;
use crate::model::content::Content;
use crate::model::id::{Actor, ArtifactIx, MessageIx, Recipient};
use crate::model::message::{Conversation, MessageType};
use crate::sim::event::EventKind;
use crate::sim::turn::agent::Asked;
use crate::sim::wave::{Offer, Taken};
use crate::sim::world::{Activation, World};

/// What a wave is put together in; used again by the next.
#[derive(Clone, Debug, Default)]
pub(super) struct Wave {
    turns: Vec<Taken>,
    offers: Vec<Offer>,
    messages: Vec<MessageIx>,
}

/// The most turns of a wave.
const TURNS_MAX: u32 = 256;

impl Run {
    /// Performs turns that are alike for as long as such come next, at most so many; returns how many.
    #[inline]
    pub(super) fn wave(&mut self, turns_max: u32) -> u32 {
        let World { agenda, environment, .. } = &self.world;
        let Some(Activation::Wake(actor @ Actor::Agent(_))) = agenda.first().map(|next| next.item)
        else {
            return 0;
        };
        let Some(next) = environment.message_bus.next_for(actor) else { return 0 };
        let turns_max = turns_max.min(TURNS_MAX) as usize;
        match (next.kind, next.payload) {
            (MessageType::CallForProposals, Content::Artifact(call)) => {
                self.answer_calls(call, turns_max)
            }
            (_, Content::Rejection { .. }) => self.read_rejections(turns_max),
            _ => 0,
        }
    }

    /// Performs turns in which agents bid in answer to one call; returns how many.
    #[inline(never)]
    fn answer_calls(&mut self, call: ArtifactIx, turns_max: usize) -> u32 {
        let Run { world, log, store, wave: Wave { turns, offers, .. }, .. } = self;
        // Other links have a state, which a message on them changes.
        let payload = store.payload(call).filter(|_| world.links_are_plain());
        let asked = payload
            .as_deref()
            .and_then(|call| Asked::of(call, &world.environment, &world.policies));
        let Some(asked) = asked else { return 0 };
        let time = world.agenda.now();
        offers.clear();
        world.take_readings(turns_max, turns, |own, inbound| {
            let same = matches!(inbound.payload, Content::Artifact(other) if other == call);
            if own.silent || !same {
                return false;
            }
            let answer = asked.answer(own, time).ok().filter(|(terms, _)| terms.fit());
            answer.map(|(terms, score)| offers.push(Offer { terms, score })).is_some()
        });
        let (Some(turn), Some(offer)) = (turns.first(), offers.first()) else { return 0 };
        let (to, actor) = (Actor::Orchestrator, Actor::Agent(turn.agent));
        let deliver_at = world.passage(actor, to).at;
        let sent = EventKind::MessageSent {
            to: Recipient::One(to),
            kind: MessageType::Bid,
            conversation: Conversation::Auction(asked.auction),
            payload: offer.content(asked.auction),
            deliver_at,
        };
        let first = log.append_bids(time, turns, &sent, offers);
        world.send_bids(first, asked.auction, deliver_at, turns, offers);
        turns.len() as u32
    }

    /// Performs turns in which agents read that they have lost an auction in which they hold nothing;
    /// returns how many.
    #[inline(never)]
    fn read_rejections(&mut self, turns_max: usize) -> u32 {
        let Run { world, log, wave: Wave { turns, .. }, .. } = self;
        world.take_readings(turns_max, turns, |own, inbound| {
            matches!(inbound.payload, Content::Rejection { auction, .. } if !own.slots.contains(&auction))
        });
        log.append_readings(world.agenda.now(), turns);
        turns.len() as u32
    }

    /// Lets the orchestrator read bids for as long as they come next and nothing follows from them yet.
    #[inline(never)]
    pub(super) fn read_bids(&mut self) {
        let Run { world, log, wave: Wave { messages, .. }, .. } = self;
        messages.clear();
        world.read_bids(log.next_id(), messages);
        log.append_reads(messages);
    }
}
