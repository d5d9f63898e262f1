//! Reads JSON that people wrote: values with their pointers, and what was wrong kept as faults.

use serde_json::Value;

use super::profile::At;
use crate::kernel::date::Date;
use crate::model::fault::Fault;

/// Most remarks kept of one document, so that ten thousand odd entries do not bury the answer.
const REMARKS_MAX: usize = 50;

/// A place in a document.
#[derive(Clone, Debug)]
pub(super) struct Node<'a> {
    /// What stands there.
    pub value: &'a Value,
    /// Where it stands.
    pub pointer: String,
}

/// What was wrong with a document, and what was merely not understood.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// Faults that a request is refused for.
    pub wrong: Vec<Fault>,
    /// What was left aside.
    pub remarks: Vec<Fault>,
    remarks_left_out: usize,
}

impl Notes {
    /// Notes a fault.
    pub fn wrong(&mut self, node: &Node<'_>, detail: impl Into<String>) {
        self.wrong.push(Fault::new(node.pointer.clone(), detail));
    }

    /// Notes what was left aside.
    pub fn remark(&mut self, pointer: &str, detail: impl Into<String>) {
        if self.remarks.len() < REMARKS_MAX {
            self.remarks.push(Fault::new(pointer, detail));
        } else {
            self.remarks_left_out += 1;
        }
    }

    /// Returns faults and remarks together, and how many remarks were too many to keep.
    pub fn into_unread(self, pointer: &str) -> Vec<Fault> {
        let mut unread = self.wrong;
        unread.extend(self.remarks);
        if self.remarks_left_out > 0 {
            let detail = format!("{} more places were not understood", self.remarks_left_out);
            unread.push(Fault::new(pointer, detail));
        }
        unread
    }
}

impl<'a> Node<'a> {
    /// Makes the place of a whole document.
    pub fn root(value: &'a Value) -> Node<'a> {
        Node { value, pointer: String::new() }
    }

    /// Returns a member; none where it is missing or null.
    pub fn get(&self, name: &str) -> Option<Node<'a>> {
        let value = self.value.get(name).filter(|value| !value.is_null())?;
        Some(Node { value, pointer: format!("{}/{}", self.pointer, escaped(name)) })
    }

    /// Returns the first of several members that is there.
    pub fn first(&self, names: &[&str]) -> Option<Node<'a>> {
        names.iter().find_map(|name| self.get(name))
    }

    /// Returns the elements of a list, nulls left out; nothing of what is no list.
    pub fn items(&self) -> Vec<Node<'a>> {
        let elements = self.value.as_array().map_or(&[][..], Vec::as_slice).iter().enumerate();
        elements
            .filter(|(_, value)| !value.is_null())
            .map(|(at, value)| Node { value, pointer: format!("{}/{at}", self.pointer) })
            .collect()
    }

    /// Returns the members of an object, nulls left out.
    pub fn members(&self) -> Vec<(&'a str, Node<'a>)> {
        let members = self.value.as_object().into_iter().flatten();
        members
            .filter(|(_, value)| !value.is_null())
            .map(|(name, value)| {
                let pointer = format!("{}/{}", self.pointer, escaped(name));
                (name.as_str(), Node { value, pointer })
            })
            .collect()
    }

    /// Returns the text that stands here, none where it is empty or no text.
    pub fn str(&self) -> Option<&'a str> {
        self.value.as_str().map(str::trim).filter(|text| !text.is_empty())
    }

    /// Reads a text; anything but a text is a fault, an empty one is as good as none.
    pub fn text(&self, notes: &mut Notes) -> Option<At<String>> {
        if !self.value.is_string() {
            notes.wrong(self, format!("expected a text, found {}", kind(self.value)));
        }
        self.str().map(|text| self.at(text.to_owned()))
    }

    /// Reads a number within bounds; a number in quotes is a fault that is read all the same.
    pub fn number(&self, low: f64, high: f64, notes: &mut Notes) -> Option<At<f64>> {
        let value = match (self.value.as_f64(), self.str()) {
            (Some(value), _) => value,
            (None, Some(text)) => {
                notes.wrong(
                    self,
                    format!("expected a number without quotes, found {:?}", clipped(text)),
                );
                text.parse().ok().filter(|value: &f64| value.is_finite())?
            }
            (None, None) => {
                notes.wrong(self, format!("expected a number, found {}", kind(self.value)));
                return None;
            }
        };
        if (low..=high).contains(&value) {
            return Some(self.at(value));
        }
        if self.value.is_number() {
            notes.wrong(self, format!("expected a number from {low} to {high}, found {value}"));
        }
        None
    }

    /// Reads a count, a whole number that is not negative.
    pub fn count(&self, notes: &mut Notes) -> Option<u32> {
        let value = self.number(0.0, f64::from(u32::MAX), notes)?.value;
        if libm::floor(value) != value {
            notes.wrong(self, format!("expected a whole number, found {value}"));
        }
        Some(value as u32)
    }

    /// Reads an ISO 4217 code; the signs of euro, pound and yen pass with a fault, `$` is ambiguous.
    pub fn currency(&self, notes: &mut Notes) -> Option<At<String>> {
        let text = self.text(notes)?;
        let code = text.value.to_ascii_uppercase();
        if is_code(&code, 3) {
            return Some(self.at(code));
        }
        notes.wrong(
            self,
            format!("expected an ISO 4217 code such as USD or EUR, found {:?}", clipped(&code)),
        );
        super::job::currency_of_sign(&code).map(|code| self.at(code.to_owned()))
    }

    /// Reads a country as its ISO 3166-1 alpha-2 code, from the code, a common name, or the end of
    /// a place such as `Berlin, Germany`.
    pub fn country(&self, notes: &mut Notes) -> Option<At<String>> {
        let text = self.text(notes)?;
        let code = match text.value.rsplit_once(',') {
            // The code at the end of `San Francisco, CA` is a state's more often than a country's.
            Some((_, last)) => super::country::of_name(last),
            None => super::country::of_code_or_name(&text.value),
        };
        if code.is_none() {
            let detail = format!(
                "no country we know: {:?}; an ISO 3166-1 code of two letters such as DE helps",
                clipped(&text.value)
            );
            notes.remark(&self.pointer, detail);
        }
        code.map(|code| self.at(code))
    }

    /// Reads a date; words for an open end are none, anything else is noted.
    pub fn date(&self, notes: &mut Notes) -> Option<Date> {
        // A bare year is written as a number, too.
        let year = self.value.as_u64().filter(|year| (1900..=2100).contains(year));
        if let Some(date) = year.and_then(|year| Date::parse(&year.to_string())) {
            return Some(date);
        }
        let Some(text) = self.str() else {
            if !self.value.is_string() {
                notes.wrong(
                    self,
                    format!("expected a date such as 2026-05-17, found {}", kind(self.value)),
                );
            }
            return None;
        };
        if is_open_end(text) {
            return None;
        }
        let date = Date::parse(text).or_else(|| Date::parse(&text.replace(['/', '.'], "-")));
        if date.is_none() {
            let shaped = text.len() <= 10 && text.chars().all(|c| c.is_ascii_digit() || c == '-');
            let detail = format!("no such date: {:?}; expected one like 2026-05-17", clipped(text));
            if shaped {
                notes.wrong(self, detail);
            } else {
                notes.remark(&self.pointer, detail);
            }
        }
        date
    }

    /// Puts a value at this place.
    pub fn at<T>(&self, value: T) -> At<T> {
        At { value, pointer: self.pointer.clone() }
    }
}

/// Says whether a text stands for "until today".
pub(super) fn is_open_end(text: &str) -> bool {
    let text = text.trim().to_lowercase();
    matches!(
        text.as_str(),
        "" | "present" | "now" | "current" | "today" | "ongoing" | "to date" | "現在"
    )
}

/// Says whether a text is a code of so many capital letters.
pub(super) fn is_code(text: &str, letters: usize) -> bool {
    text.len() == letters && text.bytes().all(|b| b.is_ascii_uppercase())
}

/// Names a JSON value's kind.
pub(super) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// Returns the known name that an unknown one is most likely meant to be: at most two slips away.
pub(super) fn meant<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    let slips =
        known.iter().map(|other| (strsim::osa_distance(beginning(name, 40), other), *other));
    slips.filter(|(slips, _)| *slips <= 2 && name.len() >= 5).min().map(|(_, other)| other)
}

/// Returns the beginning of a text, so many characters of it.
pub(super) fn beginning(text: &str, chars: usize) -> &str {
    let end = text.char_indices().nth(chars).map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or_default()
}

/// Shortens a quoted value so that a fault stays a sentence.
pub(super) fn clipped(text: &str) -> String {
    let short = beginning(text, 40);
    if short.len() < text.len() { format!("{short}…") } else { short.to_owned() }
}

fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
