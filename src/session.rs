//! A session: a run with a cursor that reaches any of its turns by applying events, never by deciding again.
#![deny(clippy::disallowed_types, clippy::disallowed_methods, clippy::iter_over_hash_type)]

pub mod catalog;
pub mod metrics;
pub mod own;
pub mod random;
pub mod team;
pub mod wiring;

use std::collections::BTreeMap;

use crate::kernel::digest::Digest;
use crate::model::fault::Fault;
use crate::model::id::{EventId, TurnIx};
use crate::sim::command::Command;
use crate::sim::log::Log;
use crate::sim::run::{Run, Setup};
use crate::sim::store::Store;
use crate::sim::world::World;

/// Turns between two checkpoints.
const CHECKPOINT_EVERY: u32 = 64;

/// A run, the turn that is looked at, and the world at that turn.
#[derive(Clone)]
pub struct Session {
    run: Run,
    checkpoints: BTreeMap<TurnIx, World>,
    cursor: TurnIx,
    /// The world at the cursor; none while the cursor is at the run's last turn, whose world the run has.
    past: Option<World>,
}

impl Session {
    /// Opens a session at turn 0.
    pub fn new(setup: Setup) -> Session {
        let run = Run::new(setup);
        let checkpoints = BTreeMap::from([(TurnIx(0), run.world().clone())]);
        Session { run, checkpoints, cursor: TurnIx(0), past: None }
    }

    /// Returns what the run is made of.
    pub fn setup(&self) -> &Setup {
        self.run.setup()
    }

    /// Returns the log, up to the last turn that is known.
    pub fn log(&self) -> &Log {
        self.run.log()
    }

    /// Returns the artifacts.
    pub fn store(&self) -> &Store {
        self.run.store()
    }

    /// Returns the world at the cursor.
    pub fn world(&self) -> &World {
        self.past.as_ref().unwrap_or_else(|| self.run.world())
    }

    /// Returns the world at the last turn that is known.
    pub fn head(&self) -> &World {
        self.run.world()
    }

    /// Returns the turn at the cursor.
    pub fn turn(&self) -> TurnIx {
        self.cursor
    }

    /// Returns the last turn that is known.
    pub fn turns(&self) -> TurnIx {
        self.run.turn()
    }

    /// Returns how many events there are up to the cursor: the id of the first that is yet to come.
    pub fn horizon(&self) -> EventId {
        self.log().end_of(self.cursor)
    }

    /// Returns the digest after the turn at the cursor.
    pub fn digest(&self) -> Digest {
        self.log().turn(self.cursor).map_or(self.log().digest(), |turn| turn.digest)
    }

    /// Lets up to so many turns happen behind the last that is known; returns how many did.
    pub fn extend(&mut self, turns_max: u32) -> u32 {
        // The cursor stays where it is: if it was at the end, the world there is kept aside.
        let mut done = 0;
        while done < turns_max {
            let next = TurnIx(self.run.turn().0 + 1);
            if self.past.is_none() {
                let here = self.run.world().clone();
                if !self.run.advance() {
                    break;
                }
                self.past = Some(here);
            } else if !self.run.advance() {
                break;
            }
            if next.0.is_multiple_of(CHECKPOINT_EVERY) {
                self.checkpoints.insert(next, self.run.world().clone());
            }
            done += 1;
        }
        done
    }

    /// Moves the cursor on by one turn, letting it happen if it has not; says whether there was one.
    pub fn step(&mut self) -> bool {
        if self.cursor == self.turns() && self.extend(1) == 0 {
            return false;
        }
        self.seek(TurnIx(self.cursor.0 + 1));
        true
    }

    /// Moves the cursor to a turn, at most the last that is known, from the nearest checkpoint by applying.
    pub fn seek(&mut self, turn: TurnIx) {
        let turn = turn.min(self.turns());
        if turn == self.turns() {
            self.cursor = turn;
            self.past = None;
            return;
        }
        let near = self
            .past
            .take()
            .filter(|_| self.cursor <= turn && turn.0 - self.cursor.0 < CHECKPOINT_EVERY);
        let (mut at, mut world) = match near {
            Some(world) => (self.cursor, world),
            None => self.checkpoint(turn),
        };
        while at < turn {
            at = TurnIx(at.0 + 1);
            self.run.replay_turn(&mut world, at);
        }
        self.cursor = turn;
        self.past = Some(world);
    }

    fn checkpoint(&self, turn: TurnIx) -> (TurnIx, World) {
        let last = self.checkpoints.range(..=turn).next_back();
        last.map_or_else(
            || (self.turns(), self.run.world().clone()),
            |(&at, world)| (at, world.clone()),
        )
    }

    /// Performs a command at the last turn that is known, and moves the cursor behind it.
    ///
    /// # Errors
    /// What is wrong with the command, with pointers into it; nothing has changed then.
    pub fn command(&mut self, command: &Command) -> Result<(), Vec<Fault>> {
        self.run.command(command)?;
        let last = self.run.turn();
        if last.0.is_multiple_of(CHECKPOINT_EVERY) {
            self.checkpoints.insert(last, self.run.world().clone());
        }
        self.seek(last);
        Ok(())
    }

    /// Returns a run that goes on from the turn at the cursor as if it had never gone further.
    pub fn branch(&self) -> Run {
        self.run.cut(self.cursor, self.world().clone())
    }
}
