//! A JSON Schema as a list of fields.

use leptos::prelude::*;
use serde_json::Value;

/// Shows what a schema asks for; a named one as a link to its place in the list.
pub fn fields(schema: &Value) -> impl IntoView + use<> {
    if let Some(name) = name_of(schema) {
        return view! { <p>{link(&name)}</p> }.into_any();
    }
    let required: Vec<String> = schema["required"]
        .as_array()
        .map(|names| names.iter().filter_map(|name| name.as_str().map(str::to_owned)).collect())
        .unwrap_or_default();
    let Some(properties) = schema["properties"].as_object() else {
        let words = schema["description"].as_str().unwrap_or_default().to_owned();
        return view! { <p><code>{kind(schema)}</code>" "{words}</p>{options(schema)} }.into_any();
    };
    let rows = properties
        .iter()
        .map(|(name, field)| {
            let words = field["description"].as_str().unwrap_or_default().to_owned();
            let must = required.contains(name).then_some(" required");
            let refers = refers(field).map(|name| link(&name));
            view! {
                <dt><code>{name.clone()}</code>" "<i>{kind(field)}</i>{must}</dt>
                <dd>{words}" "{refers}</dd>
            }
        })
        .collect_view();
    view! { <dl class="docs-fields">{rows}</dl> }.into_any()
}

/// Writes JSON in lines.
pub fn pretty(value: &Value) -> String {
    format!("{value:#}")
}

fn link(name: &str) -> impl IntoView + use<> {
    let (name, goal) = (name.to_owned(), format!("schema-{name}"));
    let open = move |_| {
        if let Some(goal) = document().get_element_by_id(&goal) {
            // Where it cannot be opened it still comes into view.
            let _ = goal.set_attribute("open", "");
            goal.scroll_into_view();
        }
    };
    view! { <button type="button" class="docs-link" on:click=open>{name}</button> }
}

fn name_of(schema: &Value) -> Option<String> {
    schema["$ref"].as_str().and_then(|place| place.rsplit('/').next()).map(str::to_owned)
}

/// Returns the named schema that a field holds, itself, in a list or as one of two.
fn refers(field: &Value) -> Option<String> {
    let options = field["anyOf"].as_array().or_else(|| field["oneOf"].as_array());
    name_of(field)
        .or_else(|| name_of(&field["items"]))
        .or_else(|| options?.iter().find_map(name_of))
}

/// Names the type of a field.
fn kind(field: &Value) -> String {
    match &field["type"] {
        Value::String(name) if name == "array" => format!("list of {}", kind(&field["items"])),
        Value::String(name) => name.clone(),
        Value::Array(names) => {
            let names: Vec<&str> = names.iter().filter_map(Value::as_str).collect();
            names.join(" or ")
        }
        _ => refers(field).unwrap_or_else(|| "any".to_owned()),
    }
}

/// Lists the values a schema allows, where it lists them.
fn options(schema: &Value) -> impl IntoView + use<> {
    let listed = schema["oneOf"].as_array().or_else(|| schema["anyOf"].as_array());
    let rows = listed.map(|listed| {
        listed
            .iter()
            .map(|one| {
                let name = one["const"].as_str().map(str::to_owned);
                let name = name.or_else(|| name_of(one)).unwrap_or_else(|| kind(one));
                let words = one["description"].as_str().unwrap_or_default().to_owned();
                view! { <li><code>{name}</code>" "{words}</li> }
            })
            .collect_view()
    });
    view! { <ul>{rows}</ul> }
}
