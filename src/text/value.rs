//! JSON values in a few words, for findings, news and facts of any domain.

use serde_json::Value;

use super::units::{number, phrase, short};

/// Most characters a value may take on one line.
const LINE: usize = 72;
/// Most characters news may take.
const SENTENCE: usize = 150;

/// Writes a value in a few words: a number plainly, a list by its first members, an object by its
/// first plain fields.
pub fn brief(value: &Value) -> String {
    short(&words(value, 2), LINE)
}

/// Writes news: what it says of itself in full, up to a sentence's length.
pub fn news(value: &Value) -> String {
    short(words(value, 2).trim_end_matches('.'), SENTENCE)
}

/// Writes a value in a few words where what it is called, such as `profile.tier`, stands beside it and need
/// not be said again.
pub fn under(name: &str, value: &Value) -> String {
    let words = brief(value);
    let called = phrase(name.rsplit('.').next().unwrap_or(name));
    let rest = words.strip_prefix(&called).and_then(|rest| rest.strip_prefix(' '));
    rest.map_or_else(|| words.clone(), str::to_owned)
}

/// Writes a value with what it is called, such as `profile.strength = 85`.
pub fn named(name: &str, value: &Value) -> String {
    let words = under(name, value);
    if words.is_empty() { name.to_owned() } else { format!("{name} = {words}") }
}

fn words(value: &Value, depth: usize) -> String {
    match value {
        Value::Null => "unknown".to_owned(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::Number(n) => n.as_f64().map_or_else(|| n.to_string(), |n| number(n, 2)),
        Value::String(text) => plain(text),
        Value::Array(items) => list(items, depth),
        Value::Object(fields) => {
            // What says of itself what it means needs no other words.
            if let Some(text) =
                ["sentence", "title", "name"].iter().find_map(|key| fields.get(*key)?.as_str())
            {
                return text.to_owned();
            }
            let said = fields.iter().filter_map(|(name, value)| field(name, value, depth));
            said.take(3).collect::<Vec<_>>().join(", ")
        }
    }
}

/// Turns a name of the engine into words and leaves real text as it is.
fn plain(text: &str) -> String {
    let is_name = !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    if is_name { phrase(text) } else { text.to_owned() }
}

fn list(items: &[Value], depth: usize) -> String {
    if depth == 0 || items.is_empty() {
        return format!("{} items", items.len());
    }
    let shown: Vec<String> =
        items.iter().take(2).map(|item| short(&label(item, depth), 32)).collect();
    match items.len() - shown.len() {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

/// Returns what an item of a list is called, else what it says.
fn label(item: &Value, depth: usize) -> String {
    let called = ["title", "name", "label", "job_id", "id"]
        .iter()
        .find_map(|key| item.get(key).and_then(Value::as_str));
    called.map_or_else(|| words(item, depth.saturating_sub(1)), str::to_owned)
}

fn field(name: &str, value: &Value, depth: usize) -> Option<String> {
    match value {
        // What is not known is left out where other fields are.
        Value::Null => None,
        Value::Array(_) | Value::Object(_) if depth == 0 => None,
        Value::Object(_) => None,
        _ => Some(format!("{} {}", phrase(name), words(value, depth.saturating_sub(1)))),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_of_every_kind_become_words() {
        let cases = [
            (json!(85), "85"),
            (json!(0.8512), "0.85"),
            (json!("mid_tier_specialist"), "mid tier specialist"),
            (json!("AI skills +25 %"), "AI skills +25 %"),
            (json!(null), "unknown"),
            (json!([]), "0 items"),
            (json!(["a", "b", "c"]), "a, b and 1 more"),
            (json!([{"title": "Add portfolio pieces"}]), "Add portfolio pieces"),
            (
                json!({"recommended_rate": 65, "currency": "USD", "curve": [1]}),
                "currency USD, curve 1, recommended rate 65",
            ),
        ];
        for (value, expected) in cases {
            assert_eq!(brief(&value), expected);
        }
        assert_eq!(named("profile.strength", &json!(85)), "profile.strength = 85");
        assert_eq!(named("profile.tier", &json!({"tier": "expert"})), "profile.tier = expert");
        assert_eq!(named("market.trend", &json!({"trends": ["a"]})), "market.trend = trends a");
    }
}
