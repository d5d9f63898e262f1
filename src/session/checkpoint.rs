//! Checkpoints: worlds kept along a branch, from which any of its turns is reached by applying.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::id::TurnIx;
use crate::sim::run::Run;
use crate::sim::world::World;

/// The fewest turns between two checkpoints.
pub(super) const CHECKPOINT_EVERY: u32 = 64;

/// The log grows by this many times a world's size before another is kept, so that all worlds
/// together take at most half of what the log takes.
const LOG_PER_WORLD: usize = 2;

/// A world that is kept.
#[derive(Clone)]
struct Kept {
    world: Arc<World>,
    /// The size of the log behind which the next one is due [bytes].
    next_at: usize,
}

/// The worlds kept along a branch; branches hold those of their common past in common.
#[derive(Clone, Default)]
pub(super) struct Checkpoints {
    worlds: BTreeMap<TurnIx, Kept>,
}

impl Checkpoints {
    /// Keeps the world after a run's last turn where one is due.
    pub fn note(&mut self, run: &Run) {
        let turn = run.turn();
        let due = match self.worlds.last_key_value() {
            Some((last, kept)) => {
                turn.0 >= last.0.saturating_add(CHECKPOINT_EVERY)
                    && run.log().bytes() >= kept.next_at
            }
            None => true,
        };
        if due {
            let world = Arc::new(run.world().clone());
            let next_at = run.log().bytes() + LOG_PER_WORLD * world.bytes();
            self.worlds.insert(turn, Kept { world, next_at });
        }
    }

    /// Returns the last world that was kept at a turn or before it.
    pub fn nearest(&self, turn: TurnIx) -> Option<(TurnIx, &World)> {
        self.worlds.range(..=turn).next_back().map(|(&at, kept)| (at, &*kept.world))
    }

    /// Returns what was kept up to a turn.
    pub fn cut(&self, turn: TurnIx) -> Checkpoints {
        let kept = self.worlds.range(..=turn).map(|(&at, kept)| (at, kept.clone()));
        Checkpoints { worlds: kept.collect() }
    }
}
