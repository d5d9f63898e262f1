//! Query parameters, read one by one; what nobody reads becomes a warning.

use serde_json::{Value, json};

use super::Response;
use super::problem::{Problem, RequestFault};

/// The parameters behind a path's question mark.
#[derive(Clone, Debug, Default)]
pub struct Query {
    open: Vec<(String, String)>,
    known: Vec<&'static str>,
    faults: Vec<RequestFault>,
}

impl Query {
    /// Reads the text behind the question mark.
    pub fn read(text: &str) -> Query {
        let pairs = text.split('&').filter(|pair| !pair.is_empty());
        let open = pairs.map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (form_decoded(name), form_decoded(value))
        });
        Query { open: open.collect(), ..Query::default() }
    }

    /// Takes the last value of a parameter.
    pub fn text(&mut self, name: &'static str) -> Option<String> {
        self.known.push(name);
        let mut found = None;
        self.open.retain(|(own, value)| {
            if own == name {
                found = Some(value.clone());
            }
            own != name
        });
        found
    }

    /// Takes a whole number within bounds; one that is none is a fault.
    pub fn number(&mut self, name: &'static str, bounds: (usize, usize), unless: usize) -> usize {
        let Some(text) = self.text(name) else {
            return unless;
        };
        match text.parse::<usize>() {
            Ok(number) if (bounds.0..=bounds.1).contains(&number) => number,
            _ => {
                let shown: String = text.chars().take(60).collect();
                self.fault(
                    name,
                    format!(
                        "is {shown:?}, expected a whole number from {} to {}",
                        bounds.0, bounds.1
                    ),
                );
                unless
            }
        }
    }

    /// Notes a fault of a parameter.
    pub fn fault(&mut self, name: &str, detail: String) {
        self.faults.push(RequestFault {
            pointer: String::new(),
            parameter: Some(name.to_owned()),
            detail,
        });
    }

    /// Refuses the request if a parameter had a fault.
    pub fn checked(&mut self) -> Result<(), Problem> {
        if self.faults.is_empty() {
            Ok(())
        } else {
            Err(Problem::unfit(std::mem::take(&mut self.faults)))
        }
    }

    /// Adds a warning for every parameter that nobody read.
    pub fn warn(self, mut response: Response) -> Response {
        let unread = self.open.iter().map(|(name, _)| {
            let expected = if self.known.is_empty() {
                "none is known here".to_owned()
            } else {
                format!("known are {}", self.known.join(", "))
            };
            json!({"pointer": "", "parameter": name, "detail": format!("is no known parameter and was left aside; {expected}")})
        });
        let unread: Vec<Value> = unread.collect();
        if let (false, Some(fields)) = (unread.is_empty(), response.body.as_object_mut()) {
            let warnings = fields.entry("warnings").or_insert_with(|| json!([]));
            if let Some(list) = warnings.as_array_mut() {
                list.extend(unread);
            }
        }
        response
    }
}

/// Undoes the percent encoding of a form's name or value, where `+` is a space.
fn form_decoded(text: &str) -> String {
    decoded(&text.replace('+', " "))
}

/// Undoes percent encoding; what is no UTF-8 then shows as replacement characters.
pub fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let pair = (byte == b'%').then(|| bytes.get(at + 1..at + 3)).flatten();
        let code = pair.and_then(|pair| {
            let text = std::str::from_utf8(pair).ok().filter(|text| !text.starts_with('+'))?;
            u8::from_str_radix(text, 16).ok()
        });
        match code {
            Some(code) => {
                out.push(code);
                at += 3;
            }
            None => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}
