//! How long a random seek takes in a contract net of a million events, and what its history weighs.
//!
//! `cargo bench --no-default-features --bench seek [-- EVENTS]` prints one JSON object.

use std::time::{Duration, Instant};

use agora::kernel::draw::Draw;
use agora::model::id::TurnIx;
use agora::session::contract_net;

/// Seeks that are timed.
const SEEKS: usize = 2_000;

/// Tells the time that this thread was computing, so that a busy machine does not count; where the
/// system does not say, the time that passed.
#[derive(Default)]
struct Clock {
    last: Option<(Instant, Option<u64>)>,
}

impl Clock {
    /// Returns the time since the last lap.
    fn lap(&mut self) -> Duration {
        let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
        let computed = told.and_then(|told| told.split(' ').next()?.parse().ok());
        let before = self.last.replace((Instant::now(), computed));
        match (before, computed) {
            (Some((_, Some(before))), Some(now)) => Duration::from_nanos(now - before),
            (Some((start, _)), _) => start.elapsed(),
            (None, _) => Duration::ZERO,
        }
    }
}

fn main() {
    let wanted = std::env::args().filter_map(|argument| argument.parse().ok()).next();
    let events: usize = wanted.unwrap_or(1_000_000);
    let mut session = contract_net::long_session(events).expect("a contract net of this size");
    let turns = session.turns().0;
    let mut luck = Draw::new(1, "seeks", &[]);
    let mut clock = Clock::default();
    let mut times: Vec<Duration> = (0..SEEKS)
        .map(|_| {
            let turn = TurnIx(luck.below(u64::from(turns) + 1) as u32);
            clock.lap();
            session.seek(turn);
            clock.lap()
        })
        .collect();
    times.sort_unstable();
    let ms = |share: f64| {
        let at = ((times.len() - 1) as f64 * share) as usize;
        (times[at].as_secs_f64() * 1e6).round() / 1e3
    };
    let log = session.log().bytes();
    let checkpoints = session.current().checkpoint_bytes();
    println!(
        "{{\"events\": {}, \"turns\": {turns}, \"seeks\": {SEEKS}, \"p50_ms\": {}, \"p99_ms\": {}, \"max_ms\": {}, \"log_bytes\": {log}, \"checkpoint_bytes\": {checkpoints}, \"history_over_log\": {:.3}}}",
        session.log().len(),
        ms(0.5),
        ms(0.99),
        ms(1.0),
        (log + checkpoints) as f64 / log as f64
    );
}
