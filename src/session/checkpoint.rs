//! Checkpoints: worlds kept along a branch, from which any of its turns is reached by applying.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::id::TurnIx;
use crate::sim::run::Run;
use crate::sim::world::World;
use crate::sim::world::lean::Arrivals;

/// Fewest events between two checkpoints: fewer are applied in less time than a world is copied.
const EVENTS_MIN: usize = 256;

/// Bytes that the log must grow by for each byte of a checkpoint, so that all behind the first together
/// take at most a quarter of what the log takes.
const LOG_BYTES_PER_BYTE: usize = 4;

/// A world that is kept, and when the next one is due.
#[derive(Clone)]
struct Kept {
    world: Arc<World>,
    /// What was taken out of it.
    arrivals: Option<Arrivals>,
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
/// 2. The others take about a quarter of the log's memory at most, however large worlds are.
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
        let mut world = run.world().clone();
        let mut arrivals = world.take_arrivals();
        let lean = last.map_or_else(|| world.bytes(), |kept| world.bytes_beside(&kept.world));
        let mut bytes = lean;
        if last.is_none() {
            // Turn 0 is what the others get their arrivals back from.
            (world, arrivals) = (run.world().clone(), None);
            bytes = world.bytes();
        }
        let kept = Kept {
            world: Arc::new(world),
            arrivals,
            bytes,
            due_events: log.len() + EVENTS_MIN,
            due_log_bytes: log.bytes() + LOG_BYTES_PER_BYTE * lean,
        };
        self.kept.insert(run.turn(), kept);
    }

    /// Returns the last turn up to one whose world was kept.
    pub fn nearest(&self, turn: TurnIx) -> Option<TurnIx> {
        self.kept.range(..=turn).next_back().map(|(&at, _)| at)
    }

    /// Returns a copy of a world that was kept.
    pub fn world(&self, at: TurnIx) -> Option<World> {
        let kept = self.kept.get(&at)?;
        let mut world = (*kept.world).clone();
        if let (Some(arrivals), Some((_, origin))) = (kept.arrivals, self.kept.first_key_value()) {
            world.put_arrivals(arrivals, &origin.world);
        }
        Some(world)
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
