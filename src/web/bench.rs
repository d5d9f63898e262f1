//! The contract net timed from JavaScript, in Node as in a browser.

use serde::Serialize;
use serde_json::Value;
use wasm_bindgen::prelude::*;

use super::agora::Agora;
use crate::kernel::draw::Draw;
use crate::model::id::TurnIx;
use crate::session::Session;
use crate::session::contract_net::{self, MESSAGES_MAX, Tally, long_session, setup, tally};
use crate::sim::run::Run;

#[wasm_bindgen]
extern "C" {
    /// Returns the time since the page or the process began [ms].
    #[wasm_bindgen(js_namespace = performance)]
    fn now() -> f64;
}

/// What came of a contract net and how long it took.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Measured {
    /// How many agents.
    pub agents: u32,
    /// How many tasks.
    pub tasks: u32,
    /// Messages sent.
    pub messages: u64,
    /// Messages sent, by type.
    pub by_type: Value,
    /// The checksum of winners.
    pub checksum: u32,
    /// The checksum of coordinators.
    pub coordinator_sum: u32,
    /// The first run [s].
    pub first_seconds: f64,
    /// The median of the others, which run in the memory of the first [s].
    pub warm_seconds: f64,
    /// Messages a second in the median run.
    pub messages_per_second: f64,
    /// Events.
    pub events: u64,
    /// What an event takes in the log on average.
    pub bytes_per_event: f64,
    /// The digest after the last turn.
    pub digest: String,
}

/// Turns between two looks at the clock.
const TURNS_AT_ONCE: u32 = 256;

/// A contract net that is run again and again, in pieces if need be, and timed without the pauses.
pub struct Timed {
    agents: u32,
    tasks: u32,
    messages_max: u64,
    run: Run,
    /// What this round has taken so far [ms].
    spent: f64,
    /// What each round before it took [s].
    rounds: Vec<f64>,
}

impl Timed {
    /// Lays out a contract net and begins its first round.
    ///
    /// # Errors
    /// A size that is not allowed.
    pub fn new(agents: u32, tasks: u32, messages_max: u64) -> Result<Timed, String> {
        let setup = setup(agents, tasks).map_err(|faults| {
            faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
        })?;
        let start = now();
        let run = Run::new(setup);
        Ok(Timed { agents, tasks, messages_max, run, spent: now() - start, rounds: Vec::new() })
    }

    /// Goes on with this round for about so long [ms]; says whether there is more of it.
    ///
    /// # Errors
    /// That the limit of messages was reached.
    pub fn go_on(&mut self, ms: f64) -> Result<bool, String> {
        let start = now();
        let mut more = true;
        while more && now() - start < ms {
            more = contract_net::go_on(&mut self.run, TURNS_AT_ONCE, self.messages_max)?;
        }
        self.spent += now() - start;
        if !more {
            self.rounds.push(self.spent / 1000.0);
        }
        Ok(more)
    }

    /// Begins another round in the memory of the one before.
    pub fn again(&mut self) {
        let start = now();
        self.run.restart();
        self.spent = now() - start;
    }

    /// Returns how many messages this round has sent so far.
    pub fn messages(&self) -> usize {
        self.run.log().message_count()
    }

    /// Says what came of it.
    pub fn found(&self) -> Measured {
        let (first_seconds, warm_seconds) = first_and_warm(&self.rounds);
        let found: Tally = tally(&self.run);
        Measured {
            agents: self.agents,
            tasks: self.tasks,
            messages: found.messages,
            by_type: found.by_name(),
            checksum: found.checksum,
            coordinator_sum: found.coordinator_sum,
            first_seconds,
            warm_seconds,
            messages_per_second: found.messages as f64 / warm_seconds,
            events: found.events,
            bytes_per_event: found.bytes_per_event(),
            digest: found.digest.to_string(),
        }
    }
}

/// Returns the first time, and the median of the others; the first again where it is the only one.
pub fn first_and_warm(times: &[f64]) -> (f64, f64) {
    let first = times.first().copied().unwrap_or(0.0);
    let mut warm: Vec<f64> = times.iter().skip(1).copied().collect();
    warm.sort_by(f64::total_cmp);
    (first, warm.get(warm.len() / 2).copied().unwrap_or(first))
}

/// Runs a contract net so many times and times it.
///
/// # Errors
/// A size that is not allowed, or that the limit of messages was reached.
pub fn measure(
    agents: u32,
    tasks: u32,
    rounds: u32,
    messages_max: u64,
) -> Result<Measured, String> {
    let mut timed = Timed::new(agents, tasks, messages_max)?;
    while timed.go_on(f64::INFINITY)? {}
    for _ in 1..rounds {
        timed.again();
        while timed.go_on(f64::INFINITY)? {}
    }
    Ok(timed.found())
}

/// What seeking at random in a long run took.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sought {
    /// Events of the run.
    pub events: u64,
    /// Its turns.
    pub turns: u32,
    /// How many seeks were timed.
    pub seeks: u32,
    /// Half of them took at most this [ms].
    pub p50_ms: f64,
    /// Ninety-nine of a hundred took at most this [ms].
    pub p99_ms: f64,
    /// The slowest [ms].
    pub max_ms: f64,
    /// What the log takes [bytes].
    pub log_bytes: u64,
    /// What the timeline's checkpoints take beside it [bytes].
    pub checkpoint_bytes: u64,
    /// Both over the log.
    pub history_over_log: f64,
    /// What the program has of the browser's memory by then [bytes].
    pub memory_bytes: u64,
}

/// Seeks turns at random, the same ones each time, and times each.
pub fn seek_at_random(session: &mut Session, seeks: u32) -> Sought {
    let turns = session.turns().0;
    let mut luck = Draw::new(1, "seeks", &[]);
    let mut times: Vec<f64> = (0..seeks.max(1))
        .map(|_| {
            let turn = TurnIx(luck.below(u64::from(turns) + 1) as u32);
            let start = now();
            session.seek(turn);
            now() - start
        })
        .collect();
    times.sort_by(f64::total_cmp);
    let share = |share: f64| {
        let at = ((times.len() - 1) as f64 * share) as usize;
        times.get(at).copied().unwrap_or_default()
    };
    let (log, kept) = (session.log().bytes(), session.current().checkpoint_bytes());
    Sought {
        events: session.log().len() as u64,
        turns,
        seeks,
        p50_ms: share(0.5),
        p99_ms: share(0.99),
        max_ms: share(1.0),
        log_bytes: log as u64,
        checkpoint_bytes: kept as u64,
        history_over_log: (log + kept) as f64 / log.max(1) as f64,
        memory_bytes: memory_bytes(),
    }
}

/// Returns how large the program's memory has become.
fn memory_bytes() -> u64 {
    let memory = wasm_bindgen::memory().dyn_into::<js_sys::WebAssembly::Memory>();
    let bytes =
        memory.ok().and_then(|memory| memory.buffer().dyn_into::<js_sys::ArrayBuffer>().ok());
    bytes.map_or(0, |bytes| u64::from(bytes.byte_length()))
}

#[wasm_bindgen(typescript_custom_section)]
const FIGURES: &str = r"
/** What came of a contract net and how long it took. */
export interface ContractNetFigures {
  agents: number;
  tasks: number;
  /** Messages sent. */
  messages: number;
  by_type: { [type: string]: number };
  /** The checksum of winners. */
  checksum: number;
  coordinator_sum: number;
  first_seconds: number;
  /** The median of the runs after the first. */
  warm_seconds: number;
  messages_per_second: number;
  events: number;
  bytes_per_event: number;
  digest: string;
}
/** What seeking at random in a long run took. */
export interface SeekFigures {
  events: number;
  turns: number;
  seeks: number;
  p50_ms: number;
  p99_ms: number;
  max_ms: number;
  log_bytes: number;
  /** What the timeline's checkpoints take beside the log. */
  checkpoint_bytes: number;
  history_over_log: number;
  /** What the program has of the browser's memory by then. */
  memory_bytes: number;
}
";

#[wasm_bindgen]
impl Agora {
    /// Runs a contract net of 200 agents to about so many events, a million unless told otherwise, seeks
    /// turns at random, and tells how long that took and what the history takes.
    #[wasm_bindgen(js_name = benchSeek, unchecked_return_type = "SeekFigures")]
    pub fn bench_seek(events: Option<u32>, seeks: Option<u32>) -> Result<JsValue, JsError> {
        let events = events.unwrap_or(1_000_000).min(4_000_000) as usize;
        let mut session = long_session(events).map_err(|faults| {
            JsError::new(&faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
        })?;
        let found = seek_at_random(&mut session, seeks.unwrap_or(1_000).min(100_000));
        let plain = serde_wasm_bindgen::Serializer::json_compatible();
        found.serialize(&plain).map_err(|error| JsError::new(&error.to_string()))
    }

    /// Runs the contract net of so many agents and tasks several times and times it; stops with an
    /// error after `messagesMax` messages, 20 million unless told otherwise.
    #[wasm_bindgen(js_name = benchContractNet, unchecked_return_type = "ContractNetFigures")]
    pub fn bench_contract_net(
        agents: u32,
        tasks: u32,
        rounds: Option<u32>,
        #[wasm_bindgen(js_name = messagesMax)] messages_max: Option<f64>,
    ) -> Result<JsValue, JsError> {
        let limit = messages_max.map_or(MESSAGES_MAX, |limit| limit as u64);
        let measured = measure(agents, tasks, rounds.unwrap_or(6).max(1), limit)
            .map_err(|error| JsError::new(&error))?;
        let plain = serde_wasm_bindgen::Serializer::json_compatible();
        measured.serialize(&plain).map_err(|error| JsError::new(&error.to_string()))
    }
}
