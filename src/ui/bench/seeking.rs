//! How long it takes to reach any turn of a long run, here; and that run on the workbench.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::pause;
use crate::session::Session;
use crate::session::contract_net::long;
use crate::ui::desk::Desk;
use crate::ui::route::{self, Face};
use crate::web::bench::{Sought, seek_at_random};

/// Events of the run.
const EVENTS: usize = 1_000_000;
/// Seeks that are timed.
const SEEKS: u32 = 1_000;
/// Turns let happen before the page is drawn again.
const TURNS_AT_ONCE: u32 = 10_000;

/// Makes a long run, seeks in it, and lets it be opened.
#[component]
pub fn Seeking(desk: Desk) -> impl IntoView {
    let state = RwSignal::new(String::new());
    let running = RwSignal::new(false);
    let found = RwSignal::new(None::<Sought>);
    let run = StoredValue::new_local(None::<Session>);
    let measure = move |_| {
        running.set(true);
        found.set(None);
        run.set_value(None);
        spawn_local(async move {
            match grown(state).await {
                Ok(mut session) => {
                    state.set(format!("Seeking {SEEKS} turns, drawn at random."));
                    pause().await;
                    found.set(Some(seek_at_random(&mut session, SEEKS)));
                    run.set_value(Some(session));
                    state.set(String::new());
                }
                Err(words) => state.set(words),
            }
            running.set(false);
        });
    };
    let open = move |_| {
        if let Some(session) = run.try_update_value(Option::take).flatten() {
            found.set(None);
            desk.open_run(session);
            route::open(Face::Workbench);
        }
    };
    view! {
        <h2>"How fast is any turn reached?"</h2>
        <p>
            "A run of a million events. Any of its turns is reached from the nearest checkpoint by applying
            events, never by deciding again; checkpoints are kept as densely as half the log's size allows."
        </p>
        <div class="bench-form">
            <button type="button" class="control" data-testid="bench-seek" prop:disabled=running on:click=measure>
                "Run and seek"
            </button>
            <button
                type="button"
                class="control"
                data-testid="bench-open"
                prop:disabled=move || found.with(Option::is_none)
                on:click=open
            >
                "Open this run on the workbench"
            </button>
        </div>
        <p role="status" data-testid="bench-seek-state">{state}</p>
        {move || found.get().map(table)}
    }
}

/// Runs a contract net, drawing the page now and then.
async fn grown(state: RwSignal<String>) -> Result<Session, String> {
    let words = |faults: Vec<crate::model::fault::Fault>| {
        faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    };
    state.set("Running; the page answers again in a moment.".into());
    pause().await;
    let mut session = Session::new(long(EVENTS).map_err(words)?);
    while session.log().len() < EVENTS && session.extend(TURNS_AT_ONCE) > 0 {
        state.set(format!("{} of {EVENTS} events.", session.log().len()));
        pause().await;
    }
    Ok(session)
}

fn table(found: Sought) -> impl IntoView {
    let mib = |bytes: u64| format!("{:.1} MiB", bytes as f64 / f64::from(1 << 20));
    let rows = [
        ("events", found.events.to_string()),
        ("turns", found.turns.to_string()),
        ("half of the seeks took at most", format!("{:.1} ms", found.p50_ms)),
        ("99 of 100 took at most", format!("{:.1} ms", found.p99_ms)),
        ("the slowest", format!("{:.1} ms", found.max_ms)),
        ("the log", mib(found.log_bytes)),
        ("checkpoints beside it", mib(found.checkpoint_bytes)),
        ("both over the log", format!("{:.2}", found.history_over_log)),
        ("the program's memory", mib(found.memory_bytes)),
    ];
    view! {
        <table data-testid="bench-seek-table">
            <tbody>
                {rows.into_iter().map(|(what, value)| view! {
                    <tr><th scope="row">{what}</th><td>{value}</td></tr>
                }).collect_view()}
            </tbody>
        </table>
    }
}
