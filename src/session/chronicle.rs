//! What a log tells beyond any world, folded once and kept at places along it, so that any move costs little.

use std::collections::BTreeMap;

use super::Session;
use crate::kernel::digest::Digest;
use crate::model::id::TurnIx;
use crate::sim::log::Record;

/// Something made of a log, event by event, that only grows. A copy should share what has not changed.
pub trait Fold: Clone + Default {
    /// Takes the next event in.
    fn take(&mut self, session: &Session, record: &Record<'_>);

    /// Returns what a copy takes beside an earlier one that shares with it [bytes], about.
    fn weight(&self) -> usize;
}

/// Most copies that are kept; more than that, and every other one goes.
const KEPT_MAX: usize = 96;

/// Fewest events between two copies.
const EVENTS_MIN: usize = 2_048;

/// Events that must lie between two copies for so many bytes of a copy.
const BYTES_PER_EVENT: usize = 16;

/// A fold as it stood after a turn.
#[derive(Clone)]
struct Place<F> {
    fold: F,
    /// The last turn that is in it; none before the first.
    turn: Option<TurnIx>,
    /// How many events are in it.
    seen: usize,
    /// The digest after that turn, by which another branch is told.
    digest: Digest,
}

impl<F: Fold> Place<F> {
    fn start() -> Place<F> {
        Place { fold: F::default(), turn: None, seen: 0, digest: Digest::default() }
    }

    /// Says whether a session's current branch came to here too.
    fn is_of(&self, session: &Session) -> bool {
        let Some(turn) = self.turn else { return true };
        session.log().turn(turn).is_some_and(|known| known.digest == self.digest)
            && session.log().end_of(turn).at() == self.seen
    }
}

/// A fold at the cursor and at the end, with copies along the way.
///
/// 1. What it says at a turn is what a fold from the beginning says there.
/// 2. A move folds at most the events between two copies, about; the copies are bounded in number,
///    and the further apart the more they weigh.
/// 3. Where the session went to another branch, copies of the common past stay.
pub struct Chronicle<F> {
    kept: BTreeMap<TurnIx, Place<F>>,
    /// How many times the copies were thinned out.
    thinned: u32,
    generation: u64,
    here: Place<F>,
    end: Place<F>,
}

impl<F: Fold> Default for Chronicle<F> {
    fn default() -> Chronicle<F> {
        Chronicle {
            kept: BTreeMap::new(),
            thinned: 0,
            generation: 0,
            here: Place::start(),
            end: Place::start(),
        }
    }
}

impl<F: Fold> Chronicle<F> {
    /// Returns what was folded up to the cursor, as `follow` left it.
    pub fn here(&self) -> &F {
        &self.here.fold
    }

    /// Returns what was folded up to the last turn that is known, as `follow_end` left it.
    pub fn end(&self) -> &F {
        &self.end.fold
    }

    /// Goes to a session's cursor.
    pub fn follow(&mut self, session: &Session) -> &F {
        self.settle(session);
        let mut here = std::mem::replace(&mut self.here, Place::start());
        self.bring(session, &mut here, session.turn());
        self.here = here;
        &self.here.fold
    }

    /// Goes to the last turn that a session knows.
    pub fn follow_end(&mut self, session: &Session) -> &F {
        self.settle(session);
        let mut end = std::mem::replace(&mut self.end, Place::start());
        self.bring(session, &mut end, session.turns());
        self.end = end;
        &self.end.fold
    }

    /// Forgets what the current branch did not do.
    fn settle(&mut self, session: &Session) {
        let stands = self.here.is_of(session) && self.end.is_of(session);
        if self.generation == session.generation() && stands {
            return;
        }
        self.generation = session.generation();
        self.kept.retain(|_, place| place.is_of(session));
        for place in [&mut self.here, &mut self.end] {
            if !place.is_of(session) {
                *place = Place::start();
            }
        }
    }

    /// Brings a place to a turn, from where it stands or from the nearest copy.
    fn bring(&mut self, session: &Session, place: &mut Place<F>, turn: TurnIx) {
        if place.turn.is_some_and(|at| at > turn) {
            *place = Place::start();
        }
        if let Some((at, near)) = self.kept.range(..=turn).next_back()
            && place.turn.is_none_or(|there| there < *at)
        {
            *place = near.clone();
        }
        let log = session.log();
        let until = log.end_of(turn).at();
        for record in log.records(place.seen..until.max(place.seen)) {
            if place.turn.is_some_and(|at| at < record.turn) {
                self.keep(session, place);
            }
            place.fold.take(session, &record);
            place.turn = Some(record.turn);
            place.seen += 1;
        }
        place.turn = Some(turn);
        place.digest = log.turn(turn).map_or(log.digest(), |turn| turn.digest);
    }

    /// Keeps a copy of a place at the end of a turn, where one is due.
    fn keep(&mut self, session: &Session, place: &Place<F>) {
        let Some(turn) = place.turn else { return };
        let apart = self.apart(&place.fold);
        let before = self.kept.range(..=turn).next_back().map_or(0, |(_, kept)| kept.seen);
        let behind = self.kept.range(turn..).next().map(|(_, kept)| kept.seen);
        let is_due = place.seen >= before + apart;
        if !is_due || behind.is_some_and(|behind| behind < place.seen + apart) {
            return;
        }
        let digest = session.log().turn(turn).map_or(place.digest, |turn| turn.digest);
        self.kept.insert(turn, Place { digest, ..place.clone() });
        if self.kept.len() > KEPT_MAX {
            self.thinned += 1;
            let mut stays = false;
            self.kept.retain(|_, _| {
                stays = !stays;
                stays
            });
        }
    }

    /// Returns how many events two copies are to be apart.
    fn apart(&self, fold: &F) -> usize {
        EVENTS_MIN.max(fold.weight() / BYTES_PER_EVENT) << self.thinned.min(20)
    }
}
