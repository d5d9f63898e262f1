//! The API panel: a console for requests to the session on screen.

pub mod docs;
pub mod schema;

use std::time::Duration;

use leptos::prelude::*;

use super::panel::Panel;
use crate::api::problem::RequestFault;
use crate::api::route::{METHODS, ROUTES, Route};
use crate::api::snippet::{self, Form};
use crate::api::{BASE, Body, Request, Response, example};

/// How long typing must rest before a body is checked.
const REST: Duration = Duration::from_millis(250);

/// A response with the turns it took.
#[derive(Clone, Debug, PartialEq)]
pub struct Sent {
    /// The response.
    pub response: Response,
    /// The first turn it took; none where it took none.
    pub first_turn: Option<u32>,
    /// The last.
    pub last_turn: u32,
}

/// What the console asks of the page.
#[derive(Clone, Copy)]
pub struct Line {
    /// Sends a request to the session on screen.
    pub send: Callback<Request, Option<Sent>>,
    /// Says what is wrong with a request without sending it.
    pub check: Callback<Request, Vec<RequestFault>>,
    /// Goes to a turn.
    pub seek: Callback<u64>,
}

/// Shows the console.
#[component]
pub fn ApiPanel(line: Line) -> impl IntoView {
    let summary = "Requests to the session on screen, answered as agora serve answers them.";
    view! {
        <Panel title="API" summary=summary.to_owned() large=true on_open=None>
            <Console line=line starts=Route::OptimizeFreelancer />
            <p class="dim">
                <a class="api-more" href="#/docs">"Every route with its fields and examples"</a>
            </p>
        </Panel>
    }
}

/// What is typed into the console.
#[derive(Clone, Copy)]
struct Typed {
    method: RwSignal<String>,
    path: RwSignal<String>,
    body: RwSignal<String>,
}

impl Typed {
    fn of(route: Route) -> Typed {
        let typed = Typed {
            method: RwSignal::new(String::new()),
            path: RwSignal::new(String::new()),
            body: RwSignal::new(String::new()),
        };
        typed.take(route);
        typed
    }

    /// Takes a route with its example.
    fn take(self, route: Route) {
        let Some(row) = ROUTES.iter().find(|row| row.route == route) else { return };
        let example = example::body(route).map(|body| format!("{body:#}"));
        self.method.set(row.method.to_owned());
        self.path.set(format!("{BASE}{}", filled(row.path)));
        self.body.set(example.unwrap_or_default());
    }

    fn request(self) -> Request {
        let text = self.body.get();
        let body = if text.trim().is_empty() { Body::None } else { Body::Bytes(text.into_bytes()) };
        Request { method: self.method.get(), path: self.path.get(), body }
    }
}

/// Fills the ids of a path with ones that are likely to be there.
fn filled(path: &str) -> String {
    path.replace("{task_id}", "task_01").replace("{agent_id}", "negotiation_advisor_01")
}

/// The console itself: what is asked, what is wrong with it, what was answered.
#[component]
pub fn Console(
    line: Line,
    /// The route it opens with.
    starts: Route,
) -> impl IntoView {
    let typed = Typed::of(starts);
    let faults = RwSignal::new(Vec::<RequestFault>::new());
    let answer = RwSignal::new(None::<Sent>);
    let copied = RwSignal::new(String::new());
    let mut look =
        debounce(REST, move |()| faults.set(line.check.run(untrack(|| typed.request()))));
    Effect::new(move |_| {
        typed.method.track();
        typed.path.track();
        typed.body.track();
        look(());
    });
    let send = move |_| {
        let request = untrack(|| typed.request());
        if let Some(sent) = line.send.run(request) {
            answer.set(Some(sent));
        }
    };
    let copy = move |form: Form| {
        let text = untrack(|| {
            snippet::write(form, &typed.method.get(), &typed.path.get(), &typed.body.get())
        });
        // The promise is not waited for: a clipboard that refuses leaves the text where it is.
        let _ = window().navigator().clipboard().write_text(&text);
        copied.set(format!("Copied as {}.", form.title()));
    };
    view! {
        <div class="console">
            <div class="console-asked">
                <RoutePicker typed=typed starts=starts />
                <div class="console-line">
                    <select
                        class="control"
                        aria-label="Method"
                        data-testid="api-method"
                        prop:value=typed.method
                        on:change=move |event| typed.method.set(event_target_value(&event))
                    >
                        {METHODS
                            .into_iter()
                            .map(|method| view! { <option value=method>{method}</option> })
                            .collect_view()}
                    </select>
                    <input
                        class="control"
                        type="text"
                        aria-label="Path"
                        spellcheck="false"
                        data-testid="api-path"
                        prop:value=typed.path
                        on:input=move |event| typed.path.set(event_target_value(&event))
                    />
                    <button type="button" class="control console-send" data-testid="api-send" on:click=send>
                        "Send"
                    </button>
                </div>
                <label class="console-body">
                    <span>"Body"</span>
                    <textarea
                        class="control"
                        rows="16"
                        spellcheck="false"
                        autocomplete="off"
                        data-testid="api-body"
                        aria-describedby="console-faults"
                        prop:value=typed.body
                        on:input=move |event| typed.body.set(event_target_value(&event))
                    ></textarea>
                </label>
                <div id="console-faults">{move || fault_list(faults.get())}</div>
                <p class="console-copy">
                    {Form::ALL
                        .into_iter()
                        .map(|form| {
                            view! {
                                <button type="button" class="button-small" on:click=move |_| copy(form)>
                                    {format!("Copy as {}", form.title())}
                                </button>
                            }
                        })
                        .collect_view()}
                    <span role="status">{move || copied.get()}</span>
                </p>
            </div>
            <section class="console-answer" aria-label="Response" aria-live="polite" data-testid="api-response">
                {move || answered(answer.get(), line)}
            </section>
        </div>
    }
}

#[component]
fn RoutePicker(typed: Typed, starts: Route) -> impl IntoView {
    let place = ROUTES.iter().position(|row| row.route == starts).unwrap_or(0);
    let choose = move |event| {
        let place: usize = event_target_value(&event).parse().unwrap_or(0);
        if let Some(row) = ROUTES.get(place) {
            typed.take(row.route);
        }
    };
    let option = |(at, row): (usize, &'static crate::api::route::Row)| {
        view! { <option value=at selected=at == place>{format!("{}: {} {}", row.summary, row.method, row.path)}</option> }
    };
    view! {
        <label class="console-route">
            <span>"Route"</span>
            <select class="control" on:change=choose>
                {ROUTES.iter().enumerate().map(option).collect_view()}
            </select>
        </label>
    }
}

fn fault_list(faults: Vec<RequestFault>) -> impl IntoView {
    if faults.is_empty() {
        return view! { <p class="console-fits">"Fits."</p> }.into_any();
    }
    let items = faults
        .into_iter()
        .map(|fault| {
            let place =
                (!fault.pointer.is_empty()).then(|| view! { <code>{fault.pointer}</code>" " });
            view! { <li>{place}{fault.detail}</li> }
        })
        .collect_view();
    view! {
        <div class="problem" data-testid="problem">
            <p>"Would be refused:"</p>
            <ul>{items}</ul>
        </div>
    }
    .into_any()
}

fn answered(sent: Option<Sent>, line: Line) -> impl IntoView {
    let Some(Sent { response, first_turn, last_turn }) = sent else {
        return view! { <p class="nothing">"Nothing was sent yet."</p> }.into_any();
    };
    let turns = match first_turn {
        Some(first) => view! {
            <span>{format!("turns {first} to {last_turn}")}</span>
            <button
                type="button"
                class="button-small"
                data-testid="api-jump"
                on:click=move |_| line.seek.run(u64::from(first))
            >
                {format!("Go to turn {first}")}
            </button>
        }
        .into_any(),
        None => view! { <span>"no turn was taken"</span> }.into_any(),
    };
    let class = if response.status < 400 { "console-status" } else { "console-status is-refused" };
    view! {
        <p class=class data-status=response.status>
            <b>{format!("{} {}", response.status, words(response.status))}</b>
            {turns}
        </p>
        <pre tabindex="0">{format!("{:#}", response.body)}</pre>
    }
    .into_any()
}

/// Returns a status in words (RFC 9110).
fn words(status: u16) -> &'static str {
    match status {
        200 => "OK",
        201 => "Created",
        400 => "Bad Request",
        404 => "Not Found",
        405 => "Method Not Allowed",
        409 => "Conflict",
        413 => "Content Too Large",
        422 => "Unprocessable Content",
        _ => "",
    }
}
