//! TypeScript declarations of all that the class `Agora` takes and gives, made from JSON Schemas.

pub mod declaration;

use std::collections::BTreeMap;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::Value;

use crate::api::{BASE, document};
use crate::export::branches::BranchView;
use crate::export::event_type::EventLine;
use crate::export::format::Format;
use crate::export::why::Why;
use crate::sim::command::Command;
use crate::sim::scenario::draft::ScenarioDraft;
use declaration::{comment, declare, name_of};

const HEAD: &str = "\
// Made from the Rust types by `agora schema typescript`; a test keeps it current.
";

/// What does not come from a schema: how a request is answered.
const ANSWER: &str = "
/** What a request is answered with: its own body, or a problem that names every fault. */
export type Answer<Body, Status extends number = 200> =
  | { status: Status; body: Body }
  | { status: ProblemStatus; body: Problem };

/** The statuses of problems. */
export type ProblemStatus = 400 | 404 | 405 | 409 | 413 | 422;
";

/// Returns the declarations.
///
/// # Errors
/// Two types of one name that differ in their fields.
pub fn declarations() -> Result<String, String> {
    let description = document::document();
    let mut named = BTreeMap::new();
    // What is both read and written is declared as it may be written down, which fits both.
    gather(&mut named, root::<ScenarioDraft>(SchemaSettings::draft2020_12(), "Scenario"))?;
    gather(&mut named, root::<Command>(SchemaSettings::draft2020_12(), "Command"))?;
    if let Some(schemas) = description.pointer("/components/schemas") {
        gather(&mut named, schemas.clone())?;
    }
    let written = || SchemaSettings::draft2020_12().for_serialize();
    gather(&mut named, root::<EventLine>(written(), "AgoraEvent"))?;
    gather(&mut named, root::<Why>(written(), "Why"))?;
    gather(&mut named, root::<BranchView>(written(), "Branch"))?;
    let mut text = HEAD.to_owned() + ANSWER;
    text.push_str(&requests(&description));
    let formats: Vec<String> =
        Format::ALL.iter().map(|format| format!("{:?}", format.name())).collect();
    text.push_str("\n/** The formats a run can be written in. */\n");
    text.push_str(&format!("export type ExportFormat = {};\n", formats.join(" | ")));
    for (name, schema) in &named {
        text.push('\n');
        text.push_str(&declare(name, schema));
    }
    Ok(text)
}

/// Returns a type's schema under a name, with all it refers to.
fn root<T: JsonSchema>(settings: SchemaSettings, name: &str) -> Value {
    let mut schema = SchemaGenerator::new(settings).into_root_schema_for::<T>().to_value();
    let mut all = match schema.get_mut("$defs").map(Value::take) {
        Some(Value::Object(all)) => all,
        _ => serde_json::Map::new(),
    };
    if let Some(own) = schema.as_object_mut() {
        own.remove("$defs");
    }
    all.insert(name.to_owned(), schema);
    Value::Object(all)
}

/// Takes definitions in; the first of a name stays.
fn gather(named: &mut BTreeMap<String, Value>, schemas: Value) -> Result<(), String> {
    let Value::Object(schemas) = schemas else { return Ok(()) };
    for (name, schema) in schemas {
        if let Some(known) = named.get(&name) {
            let fields = |schema: &Value| -> Option<Vec<String>> {
                Some(schema.get("properties")?.as_object()?.keys().cloned().collect())
            };
            if fields(known) != fields(&schema) {
                return Err(format!("two types are named {name}"));
            }
            continue;
        }
        named.insert(name, schema);
    }
    Ok(())
}

/// Declares the method `request`, once for each route.
fn requests(description: &Value) -> String {
    let mut text = String::from("\nexport interface Agora {");
    let paths = description.get("paths").and_then(Value::as_object);
    for (path, item) in paths.into_iter().flatten() {
        for (method, operation) in item.as_object().into_iter().flatten() {
            text.push('\n');
            text.push_str(&request(path, method, operation));
        }
    }
    text.push_str("}\n");
    text
}

fn request(path: &str, method: &str, operation: &Value) -> String {
    let responses = operation.get("responses").and_then(Value::as_object);
    let good = responses.into_iter().flatten().find(|(status, _)| status.starts_with('2'));
    let (status, response) = good.map_or(("200", &Value::Null), |(status, one)| (status, one));
    let content = "/content/application~1json/schema";
    let answer = response.pointer(content).map_or_else(|| "unknown".to_owned(), name_of);
    let body = operation.pointer("/requestBody/content/application~1json/schema").map(name_of);
    let has_query = operation.get("parameters").and_then(Value::as_array).is_some_and(|all| {
        all.iter().any(|one| one.get("in").and_then(Value::as_str) == Some("query"))
    });
    let mut pieces = path.split('/').map(|piece| {
        if piece.starts_with('{') { "${string}".to_owned() } else { piece.to_owned() }
    });
    let place = pieces.by_ref().collect::<Vec<_>>().join("/");
    let quoted = |text: String| {
        if text.contains("${") { format!("`{text}`") } else { format!("{text:?}") }
    };
    let mut paths = vec![quoted(format!("{BASE}{place}"))];
    if has_query {
        paths.push(quoted(format!("{BASE}{place}?${{string}}")));
    }
    let body = body.map_or_else(String::new, |body| format!(", body: {body} | string"));
    let status = if status == "200" { String::new() } else { format!(", {status}") };
    let summary = operation.get("summary").and_then(Value::as_str).unwrap_or_default();
    format!(
        "{}  request(method: {:?}, path: {}{body}): Promise<Answer<{answer}{status}>>;\n",
        comment(summary, "  "),
        method.to_uppercase(),
        paths.join(" | "),
    )
}
