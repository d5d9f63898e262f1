//! The native command line.

pub mod fuzz;
pub mod replay;
pub mod run;
pub mod schema;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::model::fault::Fault;
use crate::session::{catalog, random, wiring};
use crate::sim::run::Setup;

/// A laboratory for multi-agent orchestration, headless.
#[derive(Parser)]
#[command(name = "agora", version, about)]
struct Arguments {
    #[command(subcommand)]
    call: Call,
}

#[derive(Subcommand)]
enum Call {
    /// Lists the built-in scenarios, a line each, the name first.
    Scenarios,
    /// Runs a scenario until no task is open and nothing is in flight; prints a summary as JSON.
    Run {
        /// A built-in name, a JSON file, or `random-N` for what `agora fuzz` tries.
        scenario: String,
        /// The seed, 0 to 2^53 - 1; else the scenario's.
        #[arg(long, value_parser = clap::value_parser!(u64).range(0..=9_007_199_254_740_991))]
        seed: Option<u64>,
        /// Stops after this many turns.
        #[arg(long)]
        turns: Option<u32>,
        /// Writes every event to this file, one JSON object a line; `-` is standard output.
        #[arg(long)]
        events: Option<PathBuf>,
    },
    /// Runs random scenarios, faults and commands under all invariants.
    Fuzz {
        /// How many.
        #[arg(long, default_value_t = 200)]
        seeds: u64,
        /// The first one's number.
        #[arg(long, default_value_t = 0)]
        from: u64,
    },
    /// Replays a link or a saved run; exit code 1 and the turn where it differs from what it says.
    Replay {
        /// A link, what stands behind its `run=`, or a file.
        link_or_file: String,
    },
    /// Prints a JSON Schema: `scenario` or `command`.
    Schema {
        /// Which.
        what: schema::What,
    },
}

/// Runs the command line and returns its exit code: 0 done, 1 a violation, 2 unusable arguments or input.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let done = match arguments.call {
        Call::Scenarios => scenarios(),
        Call::Run { scenario, seed, turns, events } => {
            run::run(&scenario, seed, turns, events.as_deref())
        }
        Call::Fuzz { seeds, from } => fuzz::fuzz(seeds, from),
        Call::Replay { link_or_file } => replay::replay(&link_or_file),
        Call::Schema { what } => schema::print(what),
    };
    done.unwrap_or_else(|error| {
        eprintln!("agora: {error}");
        ExitCode::from(2)
    })
}

fn scenarios() -> Result<ExitCode, String> {
    for built_in in catalog::BUILT_IN {
        let setup =
            wiring::read(built_in.text(), None).map_err(|faults| told(built_in.name, &faults))?;
        println!("{}  {}", built_in.name, setup.scenario.title);
    }
    Ok(ExitCode::SUCCESS)
}

/// Loads a built-in scenario or a file.
fn load(scenario: &str, seed: Option<u64>) -> Result<Setup, String> {
    if catalog::find(scenario).is_some() {
        return catalog::setup(scenario, seed).map_err(|faults| told(scenario, &faults));
    }
    if let Some(number) = scenario.strip_prefix("random-").and_then(|number| number.parse().ok()) {
        return wiring::document(random::scenario(number), seed)
            .map_err(|faults| told(scenario, &faults));
    }
    let path = std::path::Path::new(scenario);
    if !path.exists() {
        let faults = catalog::setup(scenario, seed).err().unwrap_or_default();
        return Err(format!("{}; nor is there a file of that name", told(scenario, &faults)));
    }
    let bytes = std::fs::read(path).map_err(|error| format!("{scenario}: {error}"))?;
    let text = String::from_utf8(bytes).map_err(|error| {
        format!("{scenario}: is not UTF-8 text: byte {} is not", error.utf8_error().valid_up_to())
    })?;
    wiring::read(&text, seed).map_err(|faults| told(scenario, &faults))
}

/// Puts faults into words, one a line.
fn told(what: &str, faults: &[Fault]) -> String {
    let lines: Vec<String> = faults.iter().map(|fault| format!("{what}: {fault}")).collect();
    lines.join("\nagora: ")
}
