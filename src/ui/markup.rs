//! Markup written as text, for long lists: the browser builds a row from it in one go.

/// Writes text so that it stands for itself within markup, also between quotes.
pub fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_read_as_markup() {
        let text = r#"<img src=x onerror='alert("1")'> & more"#;
        let safe = escaped(text);
        assert!(!safe.contains(['<', '>', '"', '\'']), "{safe}");
        assert_eq!(safe.matches('&').count(), 7);
        assert_eq!(escaped("plain – “words”"), "plain – “words”");
    }
}
