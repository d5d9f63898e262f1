//! One JSON Schema as a TypeScript declaration.

use serde_json::{Map, Value};

/// Declares a type: an interface where it is one object, else an alias.
pub(super) fn declare(name: &str, schema: &Value) -> String {
    let words = schema.get("description").and_then(Value::as_str).unwrap_or_default();
    let comment = comment(words, "");
    let written = type_of(schema, "");
    if is_plain_object(schema) {
        format!("{comment}export interface {name} {written}\n")
    } else {
        format!("{comment}export type {name} = {written};\n")
    }
}

/// Writes a comment; nothing without words.
pub(super) fn comment(words: &str, indent: &str) -> String {
    let words = words.trim().replace("*/", "* /");
    match words.lines().count() {
        0 => String::new(),
        1 => format!("{indent}/** {words} */\n"),
        _ => {
            let lines =
                words.lines().map(|line| format!("{indent} * {line}").trim_end().to_owned());
            format!("{indent}/**\n{}\n{indent} */\n", lines.collect::<Vec<_>>().join("\n"))
        }
    }
}

/// Returns the name a reference names, or the type written out.
pub(super) fn name_of(schema: &Value) -> String {
    type_of(schema, "  ")
}

fn is_plain_object(schema: &Value) -> bool {
    let has = |field: &str| schema.get(field).is_some();
    schema.get("type").and_then(Value::as_str) == Some("object")
        && has("properties")
        && !["oneOf", "anyOf", "allOf"].iter().any(|field| has(field))
}

/// Writes a type at an indentation.
fn type_of(schema: &Value, indent: &str) -> String {
    let Value::Object(rules) = schema else {
        return if schema == &Value::Bool(false) { "never" } else { "unknown" }.to_owned();
    };
    if let Some(name) = rules.get("$ref").and_then(Value::as_str) {
        return name.rsplit('/').next().unwrap_or_default().to_owned();
    }
    if let Some(one) = rules.get("const") {
        return one.to_string();
    }
    if let Some(some) = rules.get("enum").and_then(Value::as_array) {
        return some.iter().map(Value::to_string).collect::<Vec<_>>().join(" | ");
    }
    let mut parts: Vec<String> = Vec::new();
    let choices = ["oneOf", "anyOf"].iter().find_map(|field| rules.get(*field)?.as_array());
    if rules.contains_key("properties") || choices.is_none() {
        let own = own_type(rules, indent);
        if choices.is_none() || own != "unknown" {
            parts.push(own);
        }
    }
    if let Some(choices) = choices {
        parts.push(union(choices.iter().map(|one| type_of(one, indent)), parts.is_empty()));
    }
    for one in rules.get("allOf").and_then(Value::as_array).into_iter().flatten() {
        parts.push(type_of(one, indent));
    }
    parts.join(" & ")
}

/// Joins alternatives, each once; in parentheses unless they stand alone.
fn union(choices: impl Iterator<Item = String>, alone: bool) -> String {
    let mut all: Vec<String> = Vec::new();
    for choice in choices {
        if !all.contains(&choice) {
            all.push(choice);
        }
    }
    let joined = all.join(" | ");
    if alone || all.len() < 2 { joined } else { format!("({joined})") }
}

/// Writes what the field `type` and its companions say.
fn own_type(rules: &Map<String, Value>, indent: &str) -> String {
    match rules.get("type") {
        Some(Value::Array(names)) => {
            let names = names.iter().filter_map(Value::as_str);
            union(names.map(|name| simple(name, rules, indent)), true)
        }
        Some(Value::String(name)) => simple(name, rules, indent),
        _ if rules.contains_key("properties") => simple("object", rules, indent),
        _ => "unknown".to_owned(),
    }
}

fn simple(name: &str, rules: &Map<String, Value>, indent: &str) -> String {
    match name {
        "integer" | "number" => "number".to_owned(),
        "array" => array(rules, indent),
        "object" => object(rules, indent),
        other => other.to_owned(),
    }
}

fn array(rules: &Map<String, Value>, indent: &str) -> String {
    if let Some(items) = rules.get("prefixItems").and_then(Value::as_array) {
        let items: Vec<String> = items.iter().map(|one| type_of(one, indent)).collect();
        return format!("[{}]", items.join(", "));
    }
    let item = type_of(rules.get("items").unwrap_or(&Value::Null), indent);
    if item.contains([' ', '{']) { format!("({item})[]") } else { format!("{item}[]") }
}

fn object(rules: &Map<String, Value>, indent: &str) -> String {
    let inner = format!("{indent}  ");
    let required: Vec<&str> = rules
        .get("required")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let properties = rules.get("properties").and_then(Value::as_object);
    let mut text = String::from("{\n");
    for (name, schema) in properties.into_iter().flatten() {
        let words = schema.get("description").and_then(Value::as_str).unwrap_or_default();
        let mark = if required.contains(&name.as_str()) { "" } else { "?" };
        text.push_str(&comment(words, &inner));
        text.push_str(&format!("{inner}{name}{mark}: {};\n", type_of(schema, &inner)));
    }
    let is_open = |schema: &Value| schema != &Value::Bool(false);
    let further = rules.get("additionalProperties").filter(|schema| is_open(schema));
    match (properties.filter(|all| !all.is_empty()), further) {
        (None, further) => {
            let value = further.map_or_else(|| "unknown".to_owned(), |one| type_of(one, indent));
            return format!("{{ [key: string]: {value} }}");
        }
        // Beside fields with types of their own, the others can only be unknown.
        (Some(_), Some(_)) => text.push_str(&format!("{inner}[key: string]: unknown;\n")),
        (Some(_), None) => {}
    }
    text.push_str(indent);
    text.push('}');
    text
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn schemas_become_the_types_they_mean() {
        let schema = json!({"type": "object", "required": ["id"], "properties": {
            "id": {"type": "integer", "description": "Its number."},
            "tags": {"type": ["array", "null"], "items": {"type": ["string", "null"]}},
            "pair": {"type": "array", "prefixItems": [{"type": "string"}, {"type": "number"}]},
            "rest": {"type": "object", "additionalProperties": {"$ref": "#/$defs/Other"}},
            "kind": {"enum": ["a", "b"]},
            "value": true,
        }});
        let found = declare("Thing", &schema);
        let lines: Vec<&str> = found.lines().collect();
        assert_eq!(
            lines,
            [
                "export interface Thing {",
                "  /** Its number. */",
                "  id: number;",
                "  kind?: \"a\" | \"b\";",
                "  pair?: [string, number];",
                "  rest?: { [key: string]: Other };",
                "  tags?: (string | null)[] | null;",
                "  value?: unknown;",
                "}",
            ]
        );
        let tagged = json!({"type": "object", "properties": {"id": {"type": "integer"}}, "oneOf": [
            {"type": "object", "required": ["kind"], "properties": {"kind": {"const": "a"}}},
            {"$ref": "#/$defs/Other"},
        ]});
        let found = declare("Tagged", &tagged).replace(['\n', ' '], "");
        assert_eq!(found, "exporttypeTagged={id?:number;}&({kind:\"a\";}|Other);");
    }
}
