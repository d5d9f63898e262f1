//! The native command line.

pub mod api;
pub mod bench;
pub mod export;
pub mod fuzz;
pub mod replay;
pub mod run;
pub mod schema;
pub mod serve;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::model::fault::Fault;
use crate::session::{catalog, contract_net, random, wiring};
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
    /// Writes a run in a format that other tools open.
    Export {
        /// A built-in name, a JSON file, or `random-N`.
        scenario: String,
        /// `sequence`, `plan-mermaid`, `plan-dot`, `trace`, `shiviz` or `events`.
        #[arg(long)]
        format: String,
        /// The seed, 0 to 2^53 - 1; else the scenario's.
        #[arg(long, value_parser = clap::value_parser!(u64).range(0..=9_007_199_254_740_991))]
        seed: Option<u64>,
        /// The turn up to which; else the run's end.
        #[arg(long)]
        turn: Option<u32>,
        /// The file; else standard output.
        #[arg(long)]
        out: Option<PathBuf>,
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
    /// Answers requests of the REST-shaped API, JSON lines on standard input, with a line each.
    Api {
        /// A built-in name or a JSON file; else the eight specialists without a task.
        scenario: Option<String>,
        /// The seed, 0 to 2^53 - 1; else the scenario's.
        #[arg(long, value_parser = clap::value_parser!(u64).range(0..=9_007_199_254_740_991))]
        seed: Option<u64>,
    },
    /// Answers the REST-shaped API over HTTP, and serves the page where it is built.
    Serve {
        /// A built-in name or a JSON file; else the eight specialists without a task.
        scenario: Option<String>,
        /// The seed, 0 to 2^53 - 1; else the scenario's.
        #[arg(long, value_parser = clap::value_parser!(u64).range(0..=9_007_199_254_740_991))]
        seed: Option<u64>,
        /// The port; 0 takes a free one.
        #[arg(long, default_value_t = 8080)]
        port: u16,
        /// The address to listen on; other machines can ask only if it is not this machine's own.
        #[arg(long, default_value = "127.0.0.1")]
        host: std::net::IpAddr,
        /// The folder of the finished page.
        #[arg(long, default_value = "dist")]
        dist: PathBuf,
    },
    /// Replays a link or a saved run; exit code 1 and the turn where it differs from what it says.
    Replay {
        /// A link, what stands behind its `run=`, or a file.
        link_or_file: String,
    },
    /// Times a fixed piece of work; prints what came of it and how long it took as JSON.
    Bench {
        /// Which.
        #[command(subcommand)]
        what: Bench,
    },
    /// Prints a JSON Schema, the API's description, or TypeScript declarations: `scenario`, `command`,
    /// `openapi` or `typescript`.
    Schema {
        /// Which.
        what: schema::What,
    },
}

#[derive(Subcommand)]
enum Bench {
    /// The contract net: agents of eight roles bid for tasks of three roles each.
    ContractNet {
        /// How many agents.
        #[arg(long, default_value_t = 800)]
        agents: u32,
        /// How many tasks.
        #[arg(long, default_value_t = 1000)]
        tasks: u32,
        /// How many times it is run.
        #[arg(long, default_value_t = 6, value_parser = clap::value_parser!(u32).range(1..))]
        rounds: u32,
        /// Stops a run that has sent more messages than this.
        #[arg(long, default_value_t = contract_net::MESSAGES_MAX)]
        messages_max: u64,
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
        Call::Export { scenario, format, seed, turn, out } => {
            export::write(&scenario, &format, seed, turn, out.as_deref())
        }
        Call::Fuzz { seeds, from } => fuzz::fuzz(seeds, from),
        Call::Api { scenario, seed } => api::serve(scenario.as_deref(), seed),
        Call::Serve { scenario, seed, port, host, dist } => {
            serve::serve(serve::Options { scenario, seed, host, port, dist })
        }
        Call::Replay { link_or_file } => replay::replay(&link_or_file),
        Call::Bench { what: Bench::ContractNet { agents, tasks, rounds, messages_max } } => {
            bench::contract_net(agents, tasks, rounds, messages_max)
        }
        Call::Schema { what } => schema::print(what),
    };
    done.unwrap_or_else(|error| {
        eprintln!("agora: {error}");
        ExitCode::from(2)
    })
}

/// Prints a line; a reader that has seen enough and gone is no error.
fn say(line: impl std::fmt::Display) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

fn scenarios() -> Result<ExitCode, String> {
    for built_in in catalog::BUILT_IN {
        let setup =
            wiring::read(built_in.text(), None).map_err(|faults| told(built_in.name, &faults))?;
        say(format_args!("{}  {}", built_in.name, setup.scenario.title));
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
        // What is left is a contract net by its name, or nothing.
        return catalog::setup(scenario, seed).map_err(|faults| {
            format!("{}; nor is there a file of that name", told(scenario, &faults))
        });
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
