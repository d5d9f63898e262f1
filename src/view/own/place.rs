//! Where in a JSON text the value of a pointer stands, so that a fault is marked where it was typed.

use std::ops::Range;

/// Returns the bytes of the value a JSON pointer names, or of its nearest part that is there.
///
/// It reads as far as the text is JSON, so that it also works while someone types.
pub fn locate(text: &str, pointer: &str) -> Range<usize> {
    let mut scan = Scan { bytes: text.as_bytes(), at: 0 };
    let steps = pointer.split('/').skip(1).map(|step| step.replace("~1", "/").replace("~0", "~"));
    let mut found = scan.value_span();
    for step in steps {
        scan.at = found.start;
        match scan.member(&step) {
            Some(start) => {
                scan.at = start;
                found = scan.value_span();
            }
            None => break,
        }
    }
    let first = text.get(found.clone()).map_or(0, |value| value.trim_start().len());
    // A whole object is marked by the line on which it begins.
    let whole = text.get(found.clone()).unwrap_or_default();
    let end = match whole.find('\n') {
        Some(line) if first > 0 => found.start + line,
        _ => found.end,
    };
    found.start..end.max(found.start)
}

/// Returns the line and the column of a byte, both from 1.
pub fn line_column(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().map_or(0, |line| line.chars().count()) + 1;
    (line, column)
}

/// Returns the byte at which a line begins and its column stands, both from 1.
pub fn byte_of(text: &str, line: usize, column: usize) -> usize {
    let mut start = 0;
    for (number, content) in text.split_inclusive('\n').enumerate() {
        if number + 1 == line {
            let within = content.char_indices().nth(column.saturating_sub(1)).map(|(at, _)| at);
            return start + within.unwrap_or(content.trim_end_matches('\n').len());
        }
        start += content.len();
    }
    text.len()
}

struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Scan<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn blank(&mut self) {
        while self.peek().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    /// Passes over a value; its span begins behind what is blank.
    fn value_span(&mut self) -> Range<usize> {
        self.blank();
        let start = self.at;
        match self.peek() {
            Some(b'"') => drop(self.string()),
            Some(b'{' | b'[') => self.nested(),
            _ => self.plain(),
        }
        start..self.at
    }

    fn plain(&mut self) {
        while self.peek().is_some_and(|byte| !matches!(byte, b',' | b'}' | b']' | b'\n')) {
            self.at += 1;
        }
    }

    /// Passes over an object or a list, however deep, without recursion.
    fn nested(&mut self) {
        let mut depth = 0_usize;
        while let Some(byte) = self.peek() {
            match byte {
                b'"' => {
                    self.string();
                    continue;
                }
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth = depth.saturating_sub(1),
                _ => {}
            }
            self.at += 1;
            if depth == 0 {
                break;
            }
        }
    }

    /// Passes over a string and returns what it says, escapes resolved.
    fn string(&mut self) -> String {
        let start = self.at;
        self.at += 1;
        while let Some(byte) = self.peek() {
            self.at += if byte == b'\\' { 2 } else { 1 };
            if byte == b'"' {
                break;
            }
        }
        self.at = self.at.min(self.bytes.len());
        let raw = self.bytes.get(start..self.at).unwrap_or_default();
        serde_json::from_slice(raw).unwrap_or_default()
    }

    /// Returns where a member of the object or list that begins here has its value.
    fn member(&mut self, step: &str) -> Option<usize> {
        self.blank();
        match self.peek()? {
            b'{' => {
                self.at += 1;
                loop {
                    self.blank();
                    if self.peek()? != b'"' {
                        return None;
                    }
                    let name = self.string();
                    self.blank();
                    if self.peek()? != b':' {
                        return None;
                    }
                    self.at += 1;
                    self.blank();
                    if name == step {
                        return Some(self.at);
                    }
                    self.value_span();
                    self.comma()?;
                }
            }
            b'[' => {
                self.at += 1;
                let mut left: usize = step.parse().ok()?;
                loop {
                    self.blank();
                    if self.peek()? == b']' {
                        return None;
                    }
                    if left == 0 {
                        return Some(self.at);
                    }
                    left -= 1;
                    self.value_span();
                    self.comma()?;
                }
            }
            _ => None,
        }
    }

    fn comma(&mut self) -> Option<()> {
        self.blank();
        if self.peek()? != b',' {
            return None;
        }
        self.at += 1;
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::session::catalog;

    fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
        found.push(at.to_owned());
        match value {
            Value::Object(members) => {
                for (name, value) in members {
                    let name = name.replace('~', "~0").replace('/', "~1");
                    pointers(value, &format!("{at}/{name}"), found);
                }
            }
            Value::Array(items) => {
                for (place, value) in items.iter().enumerate() {
                    pointers(value, &format!("{at}/{place}"), found);
                }
            }
            _ => {}
        }
    }

    #[test]
    fn every_plain_value_of_every_scenario_is_found_where_it_stands() {
        for built_in in catalog::BUILT_IN {
            let document: Value = serde_json::from_str(built_in.text()).expect("JSON");
            let mut all = Vec::new();
            pointers(&document, "", &mut all);
            for pointer in all {
                let value = document.pointer(&pointer).expect("a pointer of the document");
                let place = locate(built_in.text(), &pointer);
                if !value.is_object() && !value.is_array() {
                    let told: Value =
                        serde_json::from_str(built_in.text()[place].trim()).expect(&pointer);
                    assert_eq!(told, *value, "{pointer}");
                }
            }
        }
    }

    #[test]
    fn an_unfinished_text_is_read_as_far_as_it_goes() {
        let text = "{\n \"a\": [1, {\"b\": \"x\"";
        assert_eq!(&text[locate(text, "/a/1/b")], "\"x\"");
        assert_eq!(line_column(text, locate(text, "/a/1/b").start), (2, 17));
        assert_eq!(locate("", "/a"), 0..0);
        assert_eq!(byte_of(text, 2, 3), 4);
        for cut in 0..text.len() {
            locate(&text[..cut], "/a/1/b");
        }
    }
}
