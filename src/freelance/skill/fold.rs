//! Folds names and texts into words, so that spelling habits do not hide that two names are one.

use std::ops::Range;

/// A word of a text, folded, with where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// The word in lower case.
    pub text: String,
    /// Its bytes in the text.
    pub range: Range<usize>,
}

/// The kinds of characters between which a word ends even without a space.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    /// Letters and digits of scripts that put spaces between words.
    Spaced,
    /// Chinese characters.
    Han,
    /// Hiragana, the small words of Japanese.
    Hiragana,
    /// Katakana, the loan words of Japanese.
    Katakana,
    /// Anything that is no letter and no digit.
    None,
}

fn script(c: char) -> Script {
    match c {
        '0'..='9' | 'A'..='Z' | 'a'..='z' => Script::Spaced,
        '\0'..='\u{7f}' => Script::None,
        '\u{3041}'..='\u{309f}' => Script::Hiragana,
        '\u{30a0}'..='\u{30ff}' | '\u{ff66}'..='\u{ff9f}' if c != '\u{30fb}' => Script::Katakana,
        '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '々' => Script::Han,
        _ if c.is_alphanumeric() => Script::Spaced,
        _ => Script::None,
    }
}

/// Turns the full-width forms of Japanese keyboards into plain ASCII.
fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' | '\u{a0}' => ' ',
        _ => c,
    }
}

/// Returns a name's key: lower case, dots and apostrophes left out, other punctuation a space;
/// `+` and `#` stay after a letter, since C, C++ and C# differ by nothing else.
pub(crate) fn key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    for c in name.chars().map(narrow) {
        let after_word = key.chars().next_back().is_some_and(|last| last != ' ');
        match c {
            '.' | '\'' | '’' => {}
            '+' | '#' if after_word => key.push(c),
            _ if c.is_alphanumeric() => key.extend(c.to_lowercase()),
            _ if after_word => key.push(' '),
            _ => {}
        }
    }
    let words: Vec<&str> =
        key.split(' ').map(without_lone_plus).filter(|w| !w.is_empty()).collect();
    words.join(" ")
}

/// Takes the plus of `ES6+` and `5+` away and leaves that of `C++`.
fn without_lone_plus(word: &str) -> &str {
    match word.strip_suffix('+') {
        Some(rest) if !rest.ends_with('+') => rest,
        _ => word,
    }
}

/// Returns a key without its spaces, so that `Node JS` and `NodeJS` are one.
pub(crate) fn compact(key: &str) -> String {
    key.chars().filter(|c| *c != ' ').collect()
}

/// Splits a text into folded words; a word ends where the script changes, and `.NET` keeps its dot.
pub(crate) fn words(text: &str) -> Vec<Word> {
    let mut found: Vec<Word> = Vec::new();
    let mut open: Option<(usize, Script)> = None;
    for (at, raw) in text.char_indices() {
        let c = narrow(raw);
        let kind = script(c);
        if let Some((start, kind_open)) = open {
            if kind == kind_open {
                continue;
            }
            push_word(text, start..at, &mut found);
            open = None;
        }
        if kind != Script::None {
            open = Some((at, kind));
        } else if c == '+' || c == '#' {
            attach_symbol(at, raw, c, &mut found);
        }
    }
    if let Some((start, _)) = open {
        push_word(text, start..text.len(), &mut found);
    }
    found.iter_mut().for_each(drop_lone_plus);
    found
}

fn push_word(text: &str, range: Range<usize>, found: &mut Vec<Word>) {
    let body = text.get(range.clone()).unwrap_or_default();
    let folded: String = if body.is_ascii() {
        body.to_ascii_lowercase()
    } else {
        body.chars().map(narrow).flat_map(char::to_lowercase).collect()
    };
    let before = text.get(..range.start).unwrap_or_default();
    let dotted = folded == "net"
        && before.strip_suffix('.').is_some_and(|rest| !rest.ends_with(char::is_alphanumeric));
    if dotted {
        found.push(Word { text: ".net".to_owned(), range: range.start - 1..range.end });
    } else {
        found.push(Word { text: folded, range });
    }
}

/// Lets a `+` or `#` that follows a word directly become part of it.
fn attach_symbol(at: usize, raw: char, folded: char, found: &mut [Word]) {
    if let Some(last) = found.last_mut()
        && last.range.end == at
        && last.text.len() <= 3
    {
        last.text.push(folded);
        last.range.end = at + raw.len_utf8();
    }
}

fn drop_lone_plus(word: &mut Word) {
    if word.text.ends_with('+') && !word.text.ends_with("++") {
        word.text.pop();
        word.range.end -= 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_keep_what_tells_names_apart() {
        assert_eq!(key("Node.js"), "nodejs");
        assert_eq!(key(" C++ "), "c++");
        assert_eq!(key("C#"), "c#");
        assert_eq!(key("CI/CD"), "ci cd");
        assert_eq!(key("ES6+"), "es6");
        assert_eq!(key("Ｊａｖａ　ＥＥ"), "java ee");
        assert_eq!(key("ロゴデザイン"), "ロゴデザイン");
        assert_eq!(key("!!!"), "");
    }

    #[test]
    fn words_end_where_the_script_changes() {
        let folded = |text: &str| words(text).into_iter().map(|w| w.text).collect::<Vec<_>>();
        assert_eq!(folded("Reactを使用、C++とC#"), ["react", "を", "使用", "c++", "と", "c#"]);
        assert_eq!(folded("ASP.NET or .NET, 5+ years"), ["asp", "net", "or", ".net", "5", "years"]);
        assert_eq!(folded("上流エンジニア"), ["上流", "エンジニア"]);
        assert_eq!(folded(""), [""; 0]);
    }

    #[test]
    fn a_words_range_is_where_it_stands() {
        for word in words("é, C++! ＣＳＳ+ .NET") {
            assert!(!word.range.is_empty());
            assert!("é, C++! ＣＳＳ+ .NET".get(word.range).is_some());
        }
    }
}
