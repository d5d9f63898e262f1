//! The documentation of the API's fields, made from its description.

use std::fmt::Write;

use agora::cli::schema::{What, text};
use serde_json::{Map, Value};

/// Returns the fields of a type with their words: its own, and those of what it is one of.
fn fields(schema: &Value, found: &mut Map<String, Value>) {
    for (name, field) in schema["properties"].as_object().into_iter().flatten() {
        found.insert(name.clone(), field["description"].clone());
    }
    for option in ["oneOf", "anyOf"].iter().filter_map(|name| schema[*name].as_array()).flatten() {
        fields(option, found);
    }
}

/// Writes every type of the description with its fields.
fn document() -> String {
    let made = text(What::Openapi).expect("a description");
    let description: Value = serde_json::from_str(&made).expect("JSON");
    let mut page = String::from(
        "# Every field of the API\n\nMade from the Rust types; [api.md](api.md) says how metrics and grades are defined. `openapi.json` has the types and bounds.\n",
    );
    for (name, schema) in description["components"]["schemas"].as_object().expect("schemas") {
        let mut all = Map::new();
        fields(schema, &mut all);
        if all.is_empty() {
            continue;
        }
        let words = schema["description"].as_str().unwrap_or_default().replace('\n', " ");
        write!(page, "\n## {name}\n\n{words}\n\n| field | what it says |\n|---|---|\n")
            .expect("text grows");
        for (field, words) in all {
            let words = words.as_str().unwrap_or_default().replace('\n', " ");
            writeln!(page, "| `{field}` | {words} |").expect("text grows");
        }
    }
    page
}

#[test]
fn the_documentation_of_fields_is_current() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/fields.md");
    let made = document();
    if std::env::var_os("AGORA_BLESS").is_some() {
        std::fs::write(&path, &made).expect("the documentation can be written");
    }
    let shipped = std::fs::read_to_string(&path).expect("docs/fields.md");
    assert!(
        shipped.trim() == made.trim(),
        "run `AGORA_BLESS=1 cargo test --no-default-features documentation`"
    );
}
