//! How long a random seek takes in a contract net of a million events, and what its history weighs.
//!
//! `cargo bench --no-default-features --bench seek [-- EVENTS]` prints one JSON object.

#[path = "common/clock.rs"]
mod clock;

use std::time::Duration;

use agora::kernel::draw::Draw;
use agora::model::id::TurnIx;
use agora::session::contract_net;
use clock::Clock;

/// Seeks that are timed.
const SEEKS: usize = 2_000;

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
