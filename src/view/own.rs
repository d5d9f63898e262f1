//! What people bring: recognized, shown for correction, and written back as the engine reads it.

pub mod editor;
pub mod jobs;
pub mod kind;
pub mod place;
pub mod profile;

/// Something that is wrong with what was put in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where, as a JSON pointer; empty for the whole.
    pub pointer: String,
    /// What is wrong and what is expected.
    pub detail: String,
    /// The line of the text it stands on, from 1, where that is known.
    pub line: Option<usize>,
}

impl Problem {
    /// Makes a problem of a place and what is wrong there.
    fn new(pointer: impl Into<String>, detail: impl Into<String>) -> Problem {
        Problem { pointer: pointer.into(), detail: detail.into(), line: None }
    }
}

impl From<crate::model::fault::Fault> for Problem {
    fn from(fault: crate::model::fault::Fault) -> Problem {
        Problem::new(fault.pointer, fault.detail)
    }
}

/// Writes a number as people type it: without a fraction where it has none.
fn typed(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Reads a number as people type it, with a comma or a point and perhaps a sign of currency.
fn number(text: &str) -> Option<f64> {
    let digits: String =
        text.trim().replace(',', ".").chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
    digits.parse().ok().filter(|value: &f64| value.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_they_are_typed() {
        for (text, value) in [
            ("65", Some(65.0)),
            ("72,5", Some(72.5)),
            ("$ 80", Some(80.0)),
            ("", None),
            ("a lot", None),
        ] {
            assert_eq!(number(text), value, "{text:?}");
        }
        assert_eq!((typed(65.0), typed(72.5)), ("65".to_owned(), "72.5".to_owned()));
    }
}
