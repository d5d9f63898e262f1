//! `agora bench`: a fixed piece of work, run several times and timed.

use std::process::ExitCode;
use std::time::Instant;

use serde_json::json;

use crate::session::contract_net::{finish, setup, tally};
use crate::sim::run::Run;

/// Runs the contract net and prints what came of it and how long it took: the first run, and the
/// median of the others, which run in the memory of the first.
pub fn contract_net(
    agents: u32,
    tasks: u32,
    rounds: u32,
    messages_max: u64,
) -> Result<ExitCode, String> {
    let setup = setup(agents, tasks).map_err(|faults| super::told("bench", &faults))?;
    let start = Instant::now();
    let mut run = Run::new(setup);
    finish(&mut run, messages_max)?;
    let first = start.elapsed().as_secs_f64();
    let found = tally(&run);
    let mut warm = Vec::new();
    for _ in 1..rounds {
        let start = Instant::now();
        run.restart();
        finish(&mut run, messages_max)?;
        warm.push(start.elapsed().as_secs_f64());
        if tally(&run) != found {
            return Err("two rounds gave different sums".into());
        }
    }
    warm.sort_by(f64::total_cmp);
    let median = warm.get(warm.len() / 2).copied().unwrap_or(first);
    let answer = json!({
        "agents": agents,
        "tasks": tasks,
        "messages": found.messages,
        "by_type": found.by_name(),
        "checksum": found.checksum,
        "coordinator_sum": found.coordinator_sum,
        "first_seconds": first,
        "warm_seconds": median,
        "messages_per_second": found.messages as f64 / median,
        "events": found.events,
        "bytes_per_event": found.bytes_per_event(),
        "peak_memory_bytes": peak_memory(),
        "digest": found.digest.to_string(),
    });
    let text = serde_json::to_string_pretty(&answer).map_err(|error| error.to_string())?;
    super::say(text);
    Ok(ExitCode::SUCCESS)
}

/// Returns the most memory the process has had at once [bytes], where the system says so.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse::<u64>().ok().map(|kibibytes| kibibytes * 1024)
}
