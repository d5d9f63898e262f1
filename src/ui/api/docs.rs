//! The API's description as a page: every route with its fields, its example, and a try on the session.

use leptos::prelude::*;
use serde_json::Value;

use super::schema::{fields, pretty};
use super::{Console, Line};
use crate::api::openapi;
use crate::api::route::{ROUTES, Row};

/// Shows the description.
#[component]
pub fn ApiDocs(line: Line) -> impl IntoView {
    let document = StoredValue::new(openapi());
    let text = |place: &str| {
        document.with_value(|document| {
            document.pointer(place).and_then(Value::as_str).unwrap_or_default().to_owned()
        })
    };
    let schemas: Vec<String> = document.with_value(|document| {
        let all = document.pointer("/components/schemas").and_then(Value::as_object);
        all.map(|all| all.keys().cloned().collect()).unwrap_or_default()
    });
    let schema = move |name: String| {
        let place = format!("/components/schemas/{name}");
        let shown = document.with_value(|document| {
            document.pointer(&place).map(|schema| fields(schema).into_any())
        });
        view! {
            <details id=format!("schema-{name}") class="docs-schema">
                <summary>{name.clone()}</summary>
                {shown}
            </details>
        }
    };
    view! {
        <main class="docs" aria-label="API">
            <p><a href="#/workbench">"Back to the workbench"</a></p>
            <h1>{text("/info/title")}</h1>
            <p>{text("/info/summary")}</p>
            <p>{coded(&text("/info/description"))}</p>
            <p class="dim">
                {format!(
                    "OpenAPI {}, version {}, base path {}. The document itself is at openapi.json below it.",
                    text("/openapi"),
                    text("/info/version"),
                    text("/servers/0/url"),
                )}
            </p>
            <h2>"Routes"</h2>
            {ROUTES
                .iter()
                .map(|row| view! { <RouteEntry row=*row document=document line=line /> })
                .collect_view()}
            <h2>"Schemas"</h2>
            {schemas.into_iter().map(schema).collect_view()}
        </main>
    }
}

/// Sets what stands between backquotes as code.
fn coded(text: &str) -> impl IntoView + use<> {
    let parts = text.split('`').map(str::to_owned).enumerate();
    parts
        .map(|(place, part)| {
            if place % 2 == 1 { view! { <code>{part}</code> }.into_any() } else { part.into_any() }
        })
        .collect_view()
}

/// One route; what is inside is made when it is opened first.
#[component]
fn RouteEntry(row: Row, document: StoredValue<Value>, line: Line) -> impl IntoView {
    let opened = RwSignal::new(false);
    let body = move || opened.get().then(|| route_body(row, document, line));
    view! {
        <details class="docs-route" on:toggle=move |_| opened.set(true)>
            <summary>
                <span class="docs-line">
                    <b>{row.method}</b>
                    <code>{row.path}</code>
                    <span>{row.summary}</span>
                </span>
            </summary>
            {body}
        </details>
    }
}

fn route_body(row: Row, document: StoredValue<Value>, line: Line) -> impl IntoView {
    let tried = RwSignal::new(false);
    let parts = document.with_value(|document| {
        let operation = &document["paths"][row.path][row.method.to_lowercase()];
        let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
        let request = operation.pointer("/requestBody/content/application~1json").cloned();
        let answers = operation["responses"].as_object().cloned().unwrap_or_default();
        view! {
            {(!parameters.is_empty()).then(|| view! {
                <h3>"Parameters"</h3>
                <ul>{parameters.iter().map(parameter).collect_view()}</ul>
            })}
            {request.map(|request| view! {
                <h3>"Request body"</h3>
                {fields(&request["schema"])}
                <details>
                    <summary>"Example"</summary>
                    <pre tabindex="0">{pretty(&request["example"])}</pre>
                </details>
            })}
            <h3>"Responses"</h3>
            <ul>
                {answers.iter().map(|(status, answer)| response(document, status, answer)).collect_view()}
            </ul>
        }
    });
    view! {
        <div class="docs-body">
            {parts}
            <button type="button" class="button-small" on:click=move |_| tried.set(true)>"Try it on the session on screen"</button>
            {move || tried.get().then(|| view! { <Console line=line starts=row.route /> })}
        </div>
    }
}

fn parameter(parameter: &Value) -> impl IntoView + use<> {
    let text = |field: &str| parameter[field].as_str().unwrap_or_default().to_owned();
    view! { <li><code>{text("name")}</code>" in the "{text("in")}". "{text("description")}</li> }
}

fn response(document: &Value, status: &str, answer: &Value) -> impl IntoView + use<> {
    let place = answer["$ref"].as_str().and_then(|name| name.strip_prefix('#'));
    let whole = place.and_then(|place| document.pointer(place)).unwrap_or(answer);
    let content = whole["content"].as_object().and_then(|content| content.values().next());
    let shown = content.map(|content| fields(&content["schema"]).into_any());
    let words = whole["description"].as_str().unwrap_or_default().to_owned();
    view! { <li><b>{status.to_owned()}</b>" "{words}{shown}</li> }
}
