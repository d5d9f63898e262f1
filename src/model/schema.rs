//! Holds a document against a JSON Schema and names every fault with its place.
//!
//! Knows the part of JSON Schema 2020-12 that our own schemas use: `type`, `properties`, `required`,
//! `additionalProperties`, `items`, `enum`, `const`, `anyOf`, `oneOf`, `$ref` into `$defs`, `minimum`,
//! `maximum`, `minLength`, `maxLength`, `minItems`, `maxItems`, `format: date`.

use serde_json::{Map, Value};

use super::fault::Fault;
use crate::kernel::date::Date;

/// A schema and the definitions it refers to.
#[derive(Clone, Debug)]
pub struct Schema {
    root: Value,
}

impl Schema {
    /// Reads a schema's text; a broken one accepts everything, which its own test rules out.
    pub fn read(text: &str) -> Schema {
        Schema { root: serde_json::from_str(text).unwrap_or(Value::Bool(true)) }
    }

    /// Returns every fault of a document, in document order.
    pub fn faults(&self, document: &Value) -> Vec<Fault> {
        let mut faults = Vec::new();
        self.check(&self.root, document, "", &mut faults);
        faults
    }

    /// Returns every fault of a document held against one of the definitions.
    pub fn faults_of(&self, definition: &str, document: &Value) -> Vec<Fault> {
        let mut faults = Vec::new();
        if let Some(schema) = self.root.get("$defs").and_then(|defs| defs.get(definition)) {
            self.check(schema, document, "", &mut faults);
        }
        faults
    }

    /// Returns every fault of a document held against the schema at a pointer of this document.
    pub fn faults_at(&self, pointer: &str, document: &Value) -> Vec<Fault> {
        let mut faults = Vec::new();
        if let Some(schema) = self.root.pointer(pointer) {
            self.check(schema, document, "", &mut faults);
        }
        faults
    }

    /// Returns the fields of a document that the schema at a pointer does not know where it lists the
    /// ones it does, each with the known one it resembles.
    pub fn unknown_at(&self, pointer: &str, document: &Value) -> Vec<Fault> {
        let mut found = Vec::new();
        if let Some(schema) = self.root.pointer(pointer) {
            self.gather_unknown(schema, document, "", &mut found);
        }
        found
    }

    fn gather_unknown(&self, schema: &Value, value: &Value, at: &str, found: &mut Vec<Fault>) {
        let schema = self.resolved(schema);
        let options = schema.get("anyOf").or_else(|| schema.get("oneOf")).and_then(Value::as_array);
        let listed = options.into_iter().flatten().chain([schema]).map(|one| self.resolved(one));
        let mut fitting = listed.filter(|one| match value {
            Value::Object(_) => one.get("properties").is_some(),
            Value::Array(_) => one.get("items").is_some(),
            _ => false,
        });
        let Some(rules) = fitting.next_back() else { return };
        match value {
            Value::Array(items) => {
                for (n, item) in items.iter().enumerate() {
                    self.gather_unknown(&rules["items"], item, &format!("{at}/{n}"), found);
                }
            }
            Value::Object(fields) => {
                let mut properties = Map::new();
                self.gather_properties(rules, &mut properties);
                for (name, value) in fields {
                    let place = format!("{at}/{}", escaped(name));
                    match properties.get(name) {
                        Some(schema) => self.gather_unknown(schema, value, &place, found),
                        None => found.push(Fault::new(place, unknown_field(name, &properties))),
                    }
                }
            }
            _ => {}
        }
    }

    /// Gathers the fields that an object can have: its own, and those of what it is one of.
    fn gather_properties(&self, rules: &Value, found: &mut Map<String, Value>) {
        if let Some(own) = rules.get("properties").and_then(Value::as_object) {
            found.extend(own.iter().map(|(name, schema)| (name.clone(), schema.clone())));
        }
        let options = ["anyOf", "oneOf"].iter().filter_map(|field| rules.get(*field)?.as_array());
        for option in options.flatten() {
            self.gather_properties(self.resolved(option), found);
        }
    }

    /// Follows references to the schema they name.
    fn resolved<'a>(&'a self, mut schema: &'a Value) -> &'a Value {
        // A reference to a reference is followed a few times, so that a circle of them ends.
        for _ in 0..8 {
            let Some(name) = schema.get("$ref").and_then(Value::as_str) else {
                break;
            };
            let Some(target) =
                name.strip_prefix('#').and_then(|pointer| self.root.pointer(pointer))
            else {
                break;
            };
            schema = target;
        }
        schema
    }

    fn check(&self, schema: &Value, value: &Value, at: &str, faults: &mut Vec<Fault>) {
        let Some(rules) = self.resolved(schema).as_object() else {
            return;
        };
        if let Some(options) =
            rules.get("anyOf").or_else(|| rules.get("oneOf")).and_then(Value::as_array)
        {
            self.check_options(options, value, at, faults);
        }
        if let Some(expected) = rules.get("type")
            && !type_fits(expected, value)
        {
            let detail = format!("is {}, expected {}", type_name(value), type_words(expected));
            faults.push(Fault::new(at, detail));
            return;
        }
        check_listed(rules, value, at, faults);
        match value {
            Value::Number(_) => check_number(rules, value, at, faults),
            Value::String(text) => check_text(rules, text, at, faults),
            Value::Array(items) => self.check_list(rules, items, at, faults),
            Value::Object(fields) => self.check_object(rules, fields, at, faults),
            Value::Null | Value::Bool(_) => {}
        }
    }

    /// Reports the faults of the option that fits best: the one whose tag matches, else the one with
    /// the fewest faults.
    fn check_options(&self, options: &[Value], value: &Value, at: &str, faults: &mut Vec<Fault>) {
        let mut best: Option<Vec<Fault>> = None;
        for option in options {
            let mut found = Vec::new();
            self.check(option, value, at, &mut found);
            if found.is_empty() {
                return;
            }
            if self.tag_matches(option, value) {
                best = Some(found);
                break;
            }
            if best.as_ref().is_none_or(|best| found.len() < best.len()) {
                best = Some(found);
            }
        }
        faults.extend(best.into_iter().flatten());
    }

    /// Says whether a constant property of the option is there in the value.
    fn tag_matches(&self, option: &Value, value: &Value) -> bool {
        let Some(properties) = self.resolved(option).get("properties").and_then(Value::as_object)
        else {
            return false;
        };
        properties.iter().any(|(name, rules)| {
            rules
                .get("const")
                .is_some_and(|expected| value.get(name).is_some_and(|found| found == expected))
        })
    }

    fn check_list(
        &self,
        rules: &Map<String, Value>,
        items: &[Value],
        at: &str,
        faults: &mut Vec<Fault>,
    ) {
        let bound = |name: &str| rules.get(name).and_then(Value::as_u64);
        if let Some(least) = bound("minItems").filter(|&least| (items.len() as u64) < least) {
            faults.push(Fault::new(
                at,
                format!("has {} entries, expected at least {least}", items.len()),
            ));
        }
        if let Some(most) = bound("maxItems").filter(|&most| items.len() as u64 > most) {
            faults.push(Fault::new(
                at,
                format!("has {} entries, expected at most {most}", items.len()),
            ));
            return;
        }
        let Some(schema) = rules.get("items") else {
            return;
        };
        for (n, item) in items.iter().enumerate() {
            self.check(schema, item, &format!("{at}/{n}"), faults);
        }
    }

    fn check_object(
        &self,
        rules: &Map<String, Value>,
        fields: &Map<String, Value>,
        at: &str,
        faults: &mut Vec<Fault>,
    ) {
        let none = Map::new();
        let properties = rules.get("properties").and_then(Value::as_object).unwrap_or(&none);
        for name in rules
            .get("required")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
        {
            if !fields.contains_key(name) {
                faults.push(Fault::new(at, format!("the field {name:?} is missing")));
            }
        }
        for (name, value) in fields {
            let place = format!("{at}/{}", escaped(name));
            if let Some(schema) = properties.get(name) {
                self.check(schema, value, &place, faults);
                continue;
            }
            match rules.get("additionalProperties") {
                Some(Value::Bool(false)) => {
                    faults.push(Fault::new(place, unknown_field(name, properties)))
                }
                Some(schema) => self.check(schema, value, &place, faults),
                None => {}
            }
        }
    }
}

/// Escapes a name for a JSON pointer (RFC 6901, section 3).
pub fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// Names an unknown field and the known one it resembles, else all known ones.
fn unknown_field(name: &str, properties: &Map<String, Value>) -> String {
    let nearest = properties
        .keys()
        .map(|known| (strsim::damerau_levenshtein(known, name), known))
        .min()
        .filter(|&(distance, _)| distance <= 3);
    match nearest {
        Some((_, known)) => format!("is no known field; did you mean {known:?}?"),
        None if properties.is_empty() => "is no known field; none is expected here".into(),
        None => {
            let known: Vec<&str> = properties.keys().map(String::as_str).collect();
            format!("is no known field; expected one of {}", known.join(", "))
        }
    }
}

fn check_listed(rules: &Map<String, Value>, value: &Value, at: &str, faults: &mut Vec<Fault>) {
    if let Some(expected) = rules.get("const").filter(|&expected| expected != value) {
        faults.push(Fault::new(at, format!("is {value}, expected {expected}")));
    }
    if let Some(options) =
        rules.get("enum").and_then(Value::as_array).filter(|options| !options.contains(value))
    {
        let words: Vec<String> = options.iter().map(Value::to_string).collect();
        faults.push(Fault::new(at, format!("is {value}, expected one of {}", words.join(", "))));
    }
}

fn check_number(rules: &Map<String, Value>, value: &Value, at: &str, faults: &mut Vec<Fault>) {
    let number = value.as_f64().unwrap_or(0.0);
    let bound = |name: &str| rules.get(name).and_then(Value::as_f64);
    if let Some(least) = bound("minimum").filter(|&least| number < least) {
        faults.push(Fault::new(at, format!("is {value}, expected at least {least}")));
    }
    if let Some(most) = bound("maximum").filter(|&most| number > most) {
        faults.push(Fault::new(at, format!("is {value}, expected at most {most}")));
    }
}

fn check_text(rules: &Map<String, Value>, text: &str, at: &str, faults: &mut Vec<Fault>) {
    let length = text.chars().count() as u64;
    let bound = |name: &str| rules.get(name).and_then(Value::as_u64);
    if let Some(least) = bound("minLength").filter(|&least| length < least) {
        let words = if least == 1 {
            "must not be empty".into()
        } else {
            format!("needs at least {least} characters")
        };
        faults.push(Fault::new(at, words));
    }
    if let Some(most) = bound("maxLength").filter(|&most| length > most) {
        faults.push(Fault::new(at, format!("has {length} characters, expected at most {most}")));
    }
    let is_date = rules.get("format").and_then(Value::as_str) == Some("date");
    if is_date && (text.len() != 10 || Date::parse(text).is_none()) {
        faults.push(Fault::new(at, format!("{text:?} is no date, expected one like 2026-05-17")));
    }
}

/// Says whether a value is of a type or of one of several.
fn type_fits(expected: &Value, value: &Value) -> bool {
    let fits = |name: &str| match name {
        "integer" => {
            value.is_u64() || value.is_i64() || value.as_f64().is_some_and(|x| x == libm::trunc(x))
        }
        other => type_word(value) == other,
    };
    match expected {
        Value::String(name) => fits(name),
        Value::Array(names) => names.iter().filter_map(Value::as_str).any(fits),
        _ => true,
    }
}

fn type_word(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// Names the type of a value as people say it.
pub fn type_name(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

fn type_words(expected: &Value) -> String {
    let word = |name: &str| match name {
        "integer" => "a whole number",
        "number" => "a number",
        "string" => "text",
        "array" => "a list",
        "object" => "an object",
        "boolean" => "true or false",
        _ => "null",
    };
    match expected {
        Value::String(name) => word(name).into(),
        Value::Array(names) => {
            names.iter().filter_map(Value::as_str).map(word).collect::<Vec<_>>().join(" or ")
        }
        _ => "something else".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_fault_is_named_with_its_place() {
        let schema = Schema::read(
            r##"{"type":"object","required":["name"],"additionalProperties":false,"properties":{
            "name":{"type":"string","minLength":1},"rate":{"type":"number","minimum":0},
            "day":{"type":"string","format":"date"},"kind":{"enum":["a","b"]},
            "list":{"type":"array","items":{"$ref":"#/$defs/item"}}},
            "$defs":{"item":{"type":["integer","null"]}}}"##,
        );
        assert_eq!(
            schema.faults(&json!({"name": "x", "rate": 0, "day": "2026-05-17", "list": [1, null]})),
            []
        );
        let faults = schema
            .faults(&json!({"rate": -1, "dya": "", "kind": "c", "list": [1, "x"], "day": "May"}));
        let places: Vec<&str> = faults.iter().map(|fault| fault.pointer.as_str()).collect();
        assert_eq!(places, ["", "/day", "/dya", "/kind", "/list/1", "/rate"]);
        assert!(faults[2].detail.contains("did you mean \"day\"?"), "{faults:?}");
    }

    #[test]
    fn a_tagged_choice_reports_the_faults_of_the_option_meant() {
        let schema = Schema::read(
            r#"{"oneOf":[{"type":"object","required":["kind","x"],"properties":{"kind":{"const":"one"},"x":{"type":"number"}}},
            {"type":"object","required":["kind"],"properties":{"kind":{"const":"two"}}}]}"#,
        );
        let faults = schema.faults(&json!({"kind": "one", "x": "no"}));
        assert_eq!(faults, [Fault::new("/x", "is text, expected a number")]);
    }
}
