//! Checkpoints: worlds kept along a branch, from which any of its turns is reached by applying.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::id::TurnIx;
use crate::sim::run::Run;
use crate::sim::world::World;

/// Fewest events between two checkpoints: fewer are applied in less time than a world is copied.
const EVENTS_MIN: usize = 256;

/// Bytes that the log must grow by for each byte of a checkpoint, so that all checkpoints together
/// take at most half of what the log takes.
const LOG_BYTES_PER_BYTE: usize = 2;

/// A world that is kept, and when the next one is due.
#[derive(Clone)]
struct Kept {
    world: Arc<World>,
    /// Its own memory beside the one before, in bytes, about.
    bytes: usize,
    /// The log must have so many events.
    due_events: usize,
    /// The log must take so many bytes.
    due_log_bytes: usize,
}

/// The worlds kept along a branch; branches hold those of their common past in common.
///
/// 1. Turn 0 is kept.
/// 2. The others take about half of the log's memory at most, however large worlds are.
#[derive(Clone, Default)]
pub(super) struct Checkpoints {
    kept: BTreeMap<TurnIx, Kept>,
}

impl Checkpoints {
    /// Keeps the world after a run's last turn where one is due.
    pub fn note(&mut self, run: &Run) {
        let log = run.log();
        let last = self.kept.last_key_value().map(|(_, kept)| kept);
        let is_early = last
            .is_some_and(|kept| log.len() < kept.due_events || log.bytes() < kept.due_log_bytes);
        if is_early {
            return;
        }
        let world = run.world().clone();
        let bytes = last.map_or_else(|| world.bytes(), |kept| world.bytes_beside(&kept.world));
        let kept = Kept {
            world: Arc::new(world),
            bytes,
            due_events: log.len() + EVENTS_MIN,
            due_log_bytes: log.bytes() + LOG_BYTES_PER_BYTE * bytes,
        };
        self.kept.insert(run.turn(), kept);
    }

    /// Returns the last world that was kept at a turn or before it.
    pub fn nearest(&self, turn: TurnIx) -> Option<(TurnIx, &World)> {
        self.kept.range(..=turn).next_back().map(|(&at, kept)| (at, &*kept.world))
    }

    /// Returns what was kept up to a turn.
    pub fn cut(&self, turn: TurnIx) -> Checkpoints {
        let kept = self.kept.range(..=turn).map(|(&at, kept)| (at, kept.clone()));
        Checkpoints { kept: kept.collect() }
    }

    /// Returns the memory that the checkpoints take, in bytes, about.
    pub fn bytes(&self) -> usize {
        self.kept.values().map(|kept| kept.bytes).sum()
    }
}
