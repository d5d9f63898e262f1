//! The speed of the engine in this browser, beside that of plain JavaScript doing the same work.

mod seeking;

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use self::seeking::Seeking;
use super::desk::Desk;
use crate::web::bench::{Measured, measure};

/// Sizes to choose from: a name, agents, tasks.
const SIZES: [(&str, u32, u32); 3] = [("S", 80, 1_000), ("L", 800, 1_000), ("XL", 8_000, 200)];
/// Runs of each program; the first is told apart.
const ROUNDS: u32 = 6;

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
    let limit = RwSignal::new(10_000_000_f64);
    let rows = RwSignal::new(Vec::<Row>::new());
    let state = RwSignal::new(String::new());
    let running = RwSignal::new(false);
    let run = move |_| {
        running.set(true);
        rows.set(Vec::new());
        state.set("Running; the page answers again in a moment.".into());
        spawn_local(async move {
            pause().await;
            let outcome = both(size.get_untracked(), limit.get_untracked(), rows).await;
            state.set(outcome.err().unwrap_or_default());
            running.set(false);
        });
    };
    view! {
        <main class="bench" data-testid="bench">
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
                        {SIZES.iter().enumerate().map(|(at, (name, agents, tasks))| view! {
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
                        on:change=move |event| limit.set(event_target_value(&event).parse().unwrap_or(1e7))
                    />
                    " messages"
                </label>
                <button type="button" class="control" data-testid="bench-run" prop:disabled=running on:click=run>
                    "Run"
                </button>
            </div>
            <p role="status" data-testid="bench-state">{state}</p>
            <Table rows=rows />
            <Seeking desk=desk />
        </main>
    }
}

#[component]
fn Table(rows: RwSignal<Vec<Row>>) -> impl IntoView {
    let heads =
        ["first [ms]", "warm [ms]", "messages/s", "messages", "events", "bytes/event", "checksum"];
    view! {
        <table data-testid="bench-table" hidden=move || rows.with(Vec::is_empty)>
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

/// Runs both programs and puts what came of them into the table.
async fn both(size: usize, limit: f64, rows: RwSignal<Vec<Row>>) -> Result<(), String> {
    let &(_, agents, tasks) = SIZES.get(size).ok_or("no such size")?;
    let ours = measure(agents, tasks, ROUNDS, limit as u64)?;
    rows.update(|rows| rows.push(Row { program: "Agora", cells: cells(&ours) }));
    pause().await;
    let theirs = plain(agents, tasks).await.map_err(|_| {
        "the plain JavaScript could not be loaded; Agora's own figures stand".to_string()
    })?;
    rows.update(|rows| rows.push(Row { program: "plain JavaScript", cells: theirs }));
    Ok(())
}

fn cells(found: &Measured) -> Vec<String> {
    vec![
        format!("{:.1}", found.first_seconds * 1000.0),
        format!("{:.1}", found.warm_seconds * 1000.0),
        format!("{:.2} M", found.messages_per_second / 1e6),
        found.messages.to_string(),
        found.events.to_string(),
        format!("{:.1}", found.bytes_per_event),
        found.checksum.to_string(),
    ]
}

/// Loads the plain JavaScript, which nobody else needs, and runs it.
async fn plain(agents: u32, tasks: u32) -> Result<Vec<String>, JsValue> {
    let text = "return import(new URL('contract-net.mjs', document.baseURI)).then((m) => m.bench(a, t, r))";
    let call = js_sys::Function::new_with_args("a, t, r", text);
    let promise = call.call3(&JsValue::NULL, &agents.into(), &tasks.into(), &ROUNDS.into())?;
    let found = JsFuture::from(promise.dyn_into::<js_sys::Promise>()?).await?;
    let number = |name: &str| {
        js_sys::Reflect::get(&found, &name.into())
            .ok()
            .and_then(|value| value.as_f64())
            .unwrap_or(0.0)
    };
    Ok(vec![
        format!("{:.1}", number("first_seconds") * 1000.0),
        format!("{:.1}", number("warm_seconds") * 1000.0),
        format!("{:.2} M", number("messages_per_second") / 1e6),
        number("messages").to_string(),
        "–".into(),
        "–".into(),
        number("checksum").to_string(),
    ])
}

/// Lets the browser draw before it is kept busy.
async fn pause() {
    let wait = js_sys::Promise::new(&mut |done, _| {
        // A window that takes no timer resolves at once.
        let set = window().set_timeout_with_callback_and_timeout_and_arguments_0(&done, 30);
        if set.is_err() {
            let _ = done.call0(&JsValue::NULL);
        }
    });
    let _ = JsFuture::from(wait).await;
}
