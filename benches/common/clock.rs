//! A clock that tells how long this thread was computing, so that a busy machine does not count.

use std::time::{Duration, Instant};

/// Tells the time since its last lap; where the system does not say how long it computed, the time that passed.
#[derive(Default)]
pub struct Clock {
    last: Option<(Instant, Option<u64>)>,
}

impl Clock {
    /// Returns the time since the last lap.
    pub fn lap(&mut self) -> Duration {
        let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
        let computed = told.and_then(|told| told.split(' ').next()?.parse().ok());
        let before = self.last.replace((Instant::now(), computed));
        match (before, computed) {
            (Some((_, Some(before))), Some(now)) => Duration::from_nanos(now - before),
            (Some((start, _)), _) => start.elapsed(),
            (None, _) => Duration::ZERO,
        }
    }

    /// Returns the time on the clock since the last lap [us]: systems count computing in ticks of up to
    /// some milliseconds, which are too coarse for short stretches.
    #[allow(dead_code, reason = "not every measurement that shares this clock needs it")]
    pub fn lap_us(&mut self) -> f64 {
        let passed = self.last.map_or(Duration::ZERO, |(start, _)| start.elapsed());
        self.last = Some((Instant::now(), None));
        passed.as_secs_f64() * 1e6
    }
}
