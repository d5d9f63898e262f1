//! Appending what many turns alike do, in one piece: each reads one message, and may answer with a bid.

use super::Log;
use super::form;
use crate::kernel::time::Micros;
use crate::model::id::{Actor, EventId, MessageIx};
use crate::sim::event::EventKind;
use crate::sim::wave::{Offer, Taken};

impl Log {
    /// Appends turns of one time, in each of which an agent reads one message because it was sent.
    pub fn append_readings(&mut self, time: Micros, turns: &[Taken]) {
        for turn in turns {
            self.open_turn(time, Actor::Agent(turn.agent), turn.sequence);
            self.append_read(turn.message);
        }
    }

    /// Appends turns of one time, in each of which an agent reads one message and answers with a bid;
    /// `sent` is the sending of such a bid, `offers` has the bids of the turns. Returns the id of the
    /// first bid; each further one is two behind the one before it.
    pub fn append_bids(
        &mut self,
        time: Micros,
        turns: &[Taken],
        sent: &EventKind,
        offers: &[Offer],
    ) -> EventId {
        let mut laid = form::form(sent, time);
        let canonical = laid.put_cause(None);
        laid.record[0] = form::with_length(laid.head, laid.length);
        let first = EventId(self.next_id().0.saturating_add(1));
        for (turn, offer) in turns.iter().zip(offers) {
            self.open_turn(time, Actor::Agent(turn.agent), turn.sequence);
            let read = self.append_read(turn.message);
            laid.put_cause(Some(read));
            laid.put_bid(&offer.terms, offer.score);
            self.fold(&laid, canonical);
            let at = self.words.push_few(&laid.record, laid.length, 0);
            let id = self.note(at);
            self.messages.push(id);
            debug_assert!(self.is_read_back(at, id, Some(read), &offer.of(sent)));
        }
        first
    }

    /// Appends to the open turn that its actor reads messages because they were sent.
    pub fn append_reads(&mut self, messages: &[MessageIx]) {
        for &message in messages {
            self.append_read(message);
        }
    }
}
