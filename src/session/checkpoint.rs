//! Checkpoints: worlds kept along a branch, from which any of its turns is reached by applying.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::id::TurnIx;
use crate::sim::run::Run;
use crate::sim::world::World;

/// Turns between two checkpoints.
pub(super) const CHECKPOINT_EVERY: u32 = 64;

/// The worlds kept along a branch; branches hold those of their common past in common.
#[derive(Clone, Default)]
pub(super) struct Checkpoints {
    worlds: BTreeMap<TurnIx, Arc<World>>,
}

impl Checkpoints {
    /// Keeps the world after a run's last turn where one is due.
    pub fn note(&mut self, run: &Run) {
        let turn = run.turn();
        if turn.0.is_multiple_of(CHECKPOINT_EVERY) {
            self.worlds.insert(turn, Arc::new(run.world().clone()));
        }
    }

    /// Returns the last world that was kept at a turn or before it.
    pub fn nearest(&self, turn: TurnIx) -> Option<(TurnIx, &World)> {
        self.worlds.range(..=turn).next_back().map(|(&at, world)| (at, &**world))
    }

    /// Returns what was kept up to a turn.
    pub fn cut(&self, turn: TurnIx) -> Checkpoints {
        let kept = self.worlds.range(..=turn).map(|(&at, world)| (at, Arc::clone(world)));
        Checkpoints { worlds: kept.collect() }
    }
}
