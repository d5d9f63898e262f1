//! A scenario as it is typed: its faults, each with the place in the text.

use std::ops::Range;

use super::place::{byte_of, line_column, locate};
use crate::session::wiring;

/// A fault with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The bytes it marks; empty where the text ends too soon.
    pub span: Range<usize>,
    /// The line, from 1.
    pub line: usize,
    /// Where, as a JSON pointer; empty for the whole.
    pub pointer: String,
    /// What is wrong and what is expected.
    pub detail: String,
}

impl From<Mark> for super::Problem {
    fn from(mark: Mark) -> super::Problem {
        super::Problem { pointer: mark.pointer, detail: mark.detail, line: Some(mark.line) }
    }
}

/// A stretch of the text, marked or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The text.
    pub text: String,
    /// Whether something is wrong with it.
    pub marked: bool,
}

/// Most faults that are listed; more say that something else is wrong.
const MARKS_MAX: usize = 50;

/// Holds a text against the schema and the rules of scenarios.
pub fn marks(text: &str) -> Vec<Mark> {
    if text.trim().is_empty() {
        return Vec::new();
    }
    let Err(faults) = wiring::read(text, None) else { return Vec::new() };
    let not_json = serde_json::from_str::<serde::de::IgnoredAny>(text).err();
    let one = |fault: crate::model::fault::Fault| {
        let span = match &not_json {
            Some(error) => {
                let at = byte_of(text, error.line(), error.column());
                at..text
                    .get(at..)
                    .and_then(|rest| rest.find('\n'))
                    .map_or(text.len(), |end| at + end)
            }
            None => locate(text, &fault.pointer),
        };
        let (line, _) = line_column(text, span.start);
        Mark { span, line, pointer: fault.pointer, detail: fault.detail }
    };
    let mut marks: Vec<Mark> = faults.into_iter().take(MARKS_MAX).map(one).collect();
    marks.sort_by_key(|mark| mark.span.start);
    marks
}

/// Cuts a text where its marks begin and end.
pub fn pieces(text: &str, marks: &[Mark]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = 0;
    for mark in marks {
        let span = mark.span.start.max(at)..mark.span.end.max(at);
        let (Some(before), Some(inside)) = (text.get(at..span.start), text.get(span.clone()))
        else {
            continue;
        };
        for (part, marked) in [(before, false), (inside, true)] {
            if !part.is_empty() {
                pieces.push(Piece { text: part.to_owned(), marked });
            }
        }
        at = span.end;
    }
    let rest = text.get(at..).unwrap_or_default();
    pieces.push(Piece { text: rest.to_owned(), marked: false });
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::catalog;

    #[test]
    fn a_legal_scenario_has_no_marks_and_a_wrong_one_has_them_where_they_were_typed() {
        let legal = catalog::find("generic-team").expect("built in").text();
        assert_eq!(marks(legal), []);
        let wrong = legal.replacen("\"seed\":", "\"seed\": \"many\", \"sead\":", 1);
        let found = marks(&wrong);
        assert!(!found.is_empty());
        for mark in &found {
            assert!(mark.span.end <= wrong.len() && !mark.detail.is_empty(), "{mark:?}");
        }
        assert!(found.iter().any(|mark| wrong[mark.span.clone()].contains("many")), "{found:?}");
        let told: String = pieces(&wrong, &found).iter().map(|piece| piece.text.as_str()).collect();
        assert_eq!(told, wrong);
    }

    #[test]
    fn a_text_cut_anywhere_is_marked_within_it() {
        let text = catalog::find("generic-team").expect("built in").text();
        for cut in (0..text.len()).step_by(97).filter(|cut| text.is_char_boundary(*cut)) {
            let part = &text[..cut];
            for mark in marks(part) {
                assert!(mark.span.end <= part.len(), "{cut}: {mark:?}");
            }
        }
    }
}
