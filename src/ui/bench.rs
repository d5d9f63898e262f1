//! The speed of the engine in this browser, beside that of plain JavaScript doing the same work.

mod seeking;

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use self::seeking::Seeking;
use super::desk::Desk;
use crate::session::contract_net::MESSAGES_MAX;
use crate::web::bench::{Measured, Timed, first_and_warm};

/// A size to choose from.
struct Size {
    name: &'static str,
    agents: u32,
    tasks: u32,
    /// Runs of each program; the first is told apart.
    rounds: u32,
    /// Whether the plain JavaScript runs too; at the largest its objects would not fit into a tab.
    plain: bool,
}

const fn size(name: &'static str, agents: u32, tasks: u32, rounds: u32, plain: bool) -> Size {
    Size { name, agents, tasks, rounds, plain }
}

const SIZES: [Size; 4] = [
    size("S", 80, 1_000, 6, true),
    size("L", 800, 1_000, 6, true),
    size("XL", 8_000, 200, 6, true),
    size("10 million messages", 800, 11_030, 1, false),
];
/// What the figures of the table are.
const FIGURES: [(&str, &str); 6] = [
    (
        "first",
        "The time of the first round, before the browser has compiled the hot paths in full.",
    ),
    (
        "warm",
        "The median of the rounds after it; both programs run in turn, to meet the same moods of the machine.",
    ),
    ("messages/s", "Messages sent and read in a second of the warm rounds."),
    (
        "events",
        "What the engine recorded on the way, each with its cause: what any turn can be brought back from.",
    ),
    ("bytes/event", "What the log of those events takes in memory."),
    (
        "checksum",
        "A sum over who won what. Both programs must come to the same one, or they did not do the same work.",
    ),
];
/// What a size has.
const SIZE_HEADS: [&str; 4] = ["agents", "tasks", "rounds", "plain JavaScript"];
/// How long a piece may keep the page from listening [ms].
const PIECE_MS: f64 = 40.0;

/// A row of the table.
#[derive(Clone, Debug, PartialEq)]
struct Row {
    program: &'static str,
    cells: Vec<String>,
}

/// The benchmark: a size, a limit, a button, and the table of what came of it.
#[component]
pub fn BenchFace(desk: Desk) -> impl IntoView {
    let size = RwSignal::new(1_usize);
    let limit = RwSignal::new(MESSAGES_MAX as f64);
    let rows = RwSignal::new(Vec::<Row>::new());
    let state = RwSignal::new(String::new());
    let running = RwSignal::new(false);
    let run = move |_| {
        // Pressed once more, it stops after the piece at hand.
        if running.get_untracked() {
            running.set(false);
            return;
        }
        running.set(true);
        rows.set(Vec::new());
        let bench = Bench { limit: limit.get_untracked() as u64, rows, state, running };
        let Some(chosen) = SIZES.get(size.get_untracked()) else { return };
        spawn_local(async move {
            let outcome = bench.both(chosen).await;
            state.try_set(outcome.err().unwrap_or_else(|| "Done.".to_owned()));
            running.try_set(false);
        });
    };
    on_cleanup(move || {
        running.try_set(false);
    });
    view! {
        <main class="bench" data-testid="bench">
            <section class="bench-part">
            <h2>"How fast is it here?"</h2>
            <p>
                "One fixed piece of work, a contract net, through the very engine of this page: every message
                on its bus, the whole history kept with causes and digests. Beside it the same work in plain
                JavaScript, without causes, digests or a state that can be replayed."
            </p>
            <div class="bench-form">
                <label>
                    "Size "
                    <select
                        class="control"
                        data-testid="bench-size"
                        prop:value=move || size.get().to_string()
                        on:change=move |event| size.set(event_target_value(&event).parse().unwrap_or(1))
                    >
                        {SIZES.iter().enumerate().map(|(at, Size { name, agents, tasks, .. })| view! {
                            <option value=at.to_string() selected=move || size.get_untracked() == at>
                                {format!("{name}: {agents} agents, {tasks} tasks")}
                            </option>
                        }).collect_view()}
                    </select>
                </label>
                <label>
                    "Stop after "
                    <input
                        class="control"
                        type="number"
                        min="1"
                        data-testid="bench-limit"
                        prop:value=move || limit.get().to_string()
                        on:change=move |event| limit.set(event_target_value(&event).parse().unwrap_or(MESSAGES_MAX as f64))
                    />
                    " messages"
                </label>
                <button type="button" class="control" data-testid="bench-run" on:click=run>
                    {move || if running.get() { "Stop" } else { "Run" }}
                </button>
            </div>
            <p role="status" data-testid="bench-state">{state}</p>
            <Table rows=rows />
            </section>
            <section class="bench-part"><Seeking desk=desk /></section>
            <section class="bench-part">
                <h2>"How to read it"</h2>
                <dl class="bench-terms">
                    {FIGURES.map(|(figure, meaning)| view! { <div><dt>{figure}</dt><dd>{meaning}</dd></div> })}
                </dl>
            </section>
        </main>
    }
}

/// The figures, or, before there are any, what each size has.
#[component]
fn Table(rows: RwSignal<Vec<Row>>) -> impl IntoView {
    let heads =
        ["first [ms]", "warm [ms]", "messages/s", "messages", "events", "bytes/event", "checksum"];
    let none = move || rows.with(Vec::is_empty);
    let size = |Size { name, agents, tasks, rounds, plain }: &Size| {
        let beside = if *plain { "beside it" } else { "too large for a tab" };
        let cells = [agents.to_string(), tasks.to_string(), rounds.to_string(), beside.to_owned()];
        view! {
            <tr>
                <th scope="row">{*name}</th>
                {cells.map(|cell| view! { <td>{cell}</td> })}
            </tr>
        }
    };
    view! {
        <table data-testid="bench-sizes" hidden=move || !none()>
            <thead>
                <tr><th scope="col">"size"</th>{SIZE_HEADS.map(|head| view! { <th scope="col">{head}</th> })}</tr>
            </thead>
            <tbody>{SIZES.iter().map(size).collect_view()}</tbody>
        </table>
        <table data-testid="bench-table" hidden=none>
            <thead>
                <tr><th scope="col">"program"</th>{heads.map(|head| view! { <th scope="col">{head}</th> })}</tr>
            </thead>
            <tbody>
                {move || rows.get().into_iter().map(|row| view! {
                    <tr>
                        <th scope="row">{row.program}</th>
                        {row.cells.into_iter().map(|cell| view! { <td>{cell}</td> }).collect_view()}
                    </tr>
                }).collect_view()}
            </tbody>
        </table>
    }
}

/// A benchmark under way.
#[derive(Clone, Copy)]
struct Bench {
    limit: u64,
    rows: RwSignal<Vec<Row>>,
    state: RwSignal<String>,
    running: RwSignal<bool>,
}

impl Bench {
    /// Runs both programs in turn, so that both meet the same moods of the machine, and puts what came of
    /// them into the table.
    async fn both(self, size: &Size) -> Result<(), String> {
        self.say("Setting up");
        pause().await;
        let mut ours = Timed::new(size.agents, size.tasks, self.limit)?;
        let mut theirs: Vec<Plain> = Vec::new();
        for round in 1..=size.rounds {
            if round > 1 {
                ours.again();
            }
            self.round(&mut ours, round, size.rounds).await?;
            if size.plain {
                theirs.push(plain(size.agents, size.tasks).await.map_err(|_| {
                    "The plain JavaScript could not be loaded; Agora's own figures stand."
                        .to_owned()
                })?);
            }
            self.tell(&ours.found(), &theirs);
        }
        Ok(())
    }

    /// Runs one round of the engine in pieces, between which the page listens.
    async fn round(self, ours: &mut Timed, round: u32, rounds: u32) -> Result<(), String> {
        while ours.go_on(PIECE_MS)? {
            self.say(&format!("Round {round} of {rounds}: {} messages", million(ours.messages())));
            pause().await;
            if self.running.try_get_untracked() != Some(true) {
                return Err(format!(
                    "Stopped after {} messages in round {round}.",
                    million(ours.messages())
                ));
            }
        }
        Ok(())
    }

    fn say(self, words: &str) {
        self.state.try_set(words.to_owned());
    }

    fn tell(self, ours: &Measured, theirs: &[Plain]) {
        let mut rows = vec![Row { program: "Agora", cells: cells(ours) }];
        if let Some(last) = theirs.last() {
            let times: Vec<f64> = theirs.iter().map(|round| round.seconds).collect();
            let (first, warm) = first_and_warm(&times);
            let mut cells = times_of(first, warm, last.messages);
            cells.extend([last.messages.to_string(), "–".into(), "–".into()]);
            cells.push(last.checksum.to_string());
            rows.push(Row { program: "plain JavaScript", cells });
            let ratio = |theirs: f64, ours: f64| format!("{:.2} ×", theirs / ours);
            let mut cells = vec![ratio(first, ours.first_seconds), ratio(warm, ours.warm_seconds)];
            cells.extend(["", "", "", "", ""].map(str::to_owned));
            rows.push(Row { program: "Agora, times as fast", cells });
        }
        self.rows.try_set(rows);
    }
}

/// Writes a count in millions.
fn million(count: usize) -> String {
    format!("{:.1} million", count as f64 / 1e6)
}

fn times_of(first: f64, warm: f64, messages: f64) -> Vec<String> {
    vec![
        format!("{:.1}", first * 1000.0),
        format!("{:.1}", warm * 1000.0),
        format!("{:.2} M", messages / warm / 1e6),
    ]
}

fn cells(found: &Measured) -> Vec<String> {
    let mut cells = times_of(found.first_seconds, found.warm_seconds, found.messages as f64);
    cells.extend([
        found.messages.to_string(),
        found.events.to_string(),
        format!("{:.1}", found.bytes_per_event),
        found.checksum.to_string(),
    ]);
    cells
}

/// One round of the plain JavaScript.
struct Plain {
    seconds: f64,
    messages: f64,
    checksum: f64,
}

/// Loads the plain JavaScript, which nobody else needs, and runs it once.
async fn plain(agents: u32, tasks: u32) -> Result<Plain, JsValue> {
    let text = "return import(new URL('contract-net.mjs', document.baseURI)).then((m) => {
        const start = performance.now();
        const found = m.contractNet(a, t);
        return { seconds: (performance.now() - start) / 1000, ...found };
    })";
    let call = js_sys::Function::new_with_args("a, t", text);
    let promise = call.call2(&JsValue::NULL, &agents.into(), &tasks.into())?;
    let found = JsFuture::from(promise.dyn_into::<js_sys::Promise>()?).await?;
    let number = |name: &str| {
        let value = js_sys::Reflect::get(&found, &name.into()).ok();
        value.and_then(|value| value.as_f64()).unwrap_or(0.0)
    };
    Ok(Plain {
        seconds: number("seconds"),
        messages: number("messages"),
        checksum: number("checksum"),
    })
}

/// Lets the browser draw before it is kept busy.
async fn pause() {
    let wait = js_sys::Promise::new(&mut |done, _| {
        // A window that takes no timer resolves at once.
        let set = window().set_timeout_with_callback_and_timeout_and_arguments_0(&done, 0);
        if set.is_err() {
            let _ = done.call0(&JsValue::NULL);
        }
    });
    let _ = JsFuture::from(wait).await;
}
