//! Sentences taken out of people's texts, cleaned of markup, and turned from their writer's voice to another's.

use crate::freelance::words::lists;

/// Abbreviations whose full stop ends no sentence.
const ABBREVIATIONS: &str = "
    e.g i.e etc inc ltd dr mr mrs ms vs approx no st co corp u.s u.k";

/// Parts a text into sentences, without markup; lines and bullets end sentences too.
pub fn sentences(text: &str) -> Vec<String> {
    let clean = without_markup(text);
    let mut found = Vec::new();
    for line in clean.lines() {
        split_line(line, &mut found);
    }
    found
}

fn split_line(line: &str, found: &mut Vec<String>) {
    let mut current = String::new();
    let mut rest = line.chars().peekable();
    while let Some(c) = rest.next() {
        current.push(c);
        let next = rest.peek().copied();
        let ends = match c {
            '。' | '！' | '？' => true,
            '!' | '?' => next.is_none_or(char::is_whitespace),
            '.' => next.is_none_or(char::is_whitespace) && !ends_with_abbreviation(&current),
            _ => false,
        };
        if ends {
            push_trimmed(&current, found);
            current.clear();
        }
    }
    push_trimmed(&current, found);
}

fn push_trimmed(sentence: &str, found: &mut Vec<String>) {
    let trimmed = sentence.trim().trim_start_matches(['-', '\u{2022}', '*', '\u{2013}']).trim();
    if trimmed.chars().any(char::is_alphabetic) {
        found.push(trimmed.to_owned());
    }
}

fn ends_with_abbreviation(sentence: &str) -> bool {
    let last =
        sentence.trim_end_matches('.').rsplit(char::is_whitespace).next().unwrap_or_default();
    let bare = last.trim_start_matches(['(', '"']).to_lowercase();
    lists(ABBREVIATIONS, &bare) || (bare.len() == 1 && bare.chars().all(char::is_alphabetic))
}

/// Takes Markdown's links, emphasis and code marks off.
fn without_markup(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('[') {
        let (before, from) = rest.split_at(open);
        plain.push_str(before);
        match link(from) {
            Some((label, after)) => {
                plain.push_str(label);
                rest = after;
            }
            None => {
                plain.push('[');
                rest = from.get(1..).unwrap_or_default();
            }
        }
    }
    plain.push_str(rest);
    plain.replace("**", "").replace(['`', '*'], "")
}

/// Reads `[label](target)` at the start of a text: the label and what follows.
fn link(text: &str) -> Option<(&str, &str)> {
    let (label, after) = text.strip_prefix('[')?.split_once("](")?;
    let (_, after) = after.split_once(')')?;
    (!label.contains('[')).then_some((label, after))
}

/// Turns a client's sentence to one said to them: `We sell books` becomes `You sell books`.
///
/// None where the sentence does not speak of its writer, or already speaks to its reader.
pub fn said_to_client(sentence: &str) -> Option<String> {
    let pieces = split_words(sentence);
    let lower: Vec<String> =
        pieces.iter().map(|piece| piece.to_lowercase().replace('\u{2019}', "'")).collect();
    let speaks_to_reader = lower.iter().any(|word| {
        matches!(word.as_str(), "you" | "your" | "yours" | "you'll" | "you're" | "you've")
    });
    let first = lower.iter().find(|word| word.chars().any(char::is_alphabetic))?;
    let speaks_of_writer =
        matches!(first.as_str(), "we" | "our" | "we're" | "we've" | "my" | "i" | "i'm" | "i've");
    if speaks_to_reader || !speaks_of_writer {
        return None;
    }
    let mut turned = String::with_capacity(sentence.len() + 8);
    for (at, (piece, low)) in pieces.iter().zip(&lower).enumerate() {
        let after_i = at >= 2 && lower.get(at - 2).is_some_and(|word| word == "i");
        let swapped = match low.as_str() {
            "we" | "i" | "us" | "me" => "you",
            "our" | "my" => "your",
            "ours" | "mine" => "yours",
            "we're" | "i'm" => "you're",
            "we've" | "i've" => "you've",
            "we'd" | "i'd" => "you'd",
            "we'll" | "i'll" => "you'll",
            "ourselves" => "yourselves",
            "myself" => "yourself",
            "am" if after_i => "are",
            "was" if after_i => "were",
            _ => piece,
        };
        turned.push_str(swapped);
    }
    Some(capitalized(&turned))
}

/// Parts a text into words and what stands between them, so that joining gives it back.
fn split_words(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut in_word = false;
    for (at, c) in text.char_indices() {
        let word = c.is_alphanumeric() || c == '\'' || c == '\u{2019}';
        if word != in_word && at > start {
            pieces.extend(text.get(start..at));
            start = at;
        }
        in_word = word;
    }
    pieces.extend(text.get(start..).filter(|rest| !rest.is_empty()));
    pieces
}

/// Writes the first letter large.
pub fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Writes the first letter small, unless the first word is an acronym or a name with inner capitals.
pub fn uncapitalized(text: &str) -> String {
    let first = text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    if first.chars().skip(1).any(|c| c.is_uppercase() || c.is_numeric())
        || first.chars().count() == 1 && first != "A"
    {
        return text.to_owned();
    }
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

/// Takes the mark off the end of a sentence.
pub fn unstopped(sentence: &str) -> &str {
    sentence.trim_end_matches(['.', ';', ',', '!', '。', ' '])
}

/// Words that open a clause which can be left off without bending what stands before it.
const CLAUSE_OPENERS: &str = "
    because but so where which while who";

/// Shortens a sentence at its last whole clause within so many characters; none where there is none.
///
/// A comma inside a list is no place to cut: what is left would promise less or more than was said.
pub fn shortened(sentence: &str, chars_max: usize) -> Option<String> {
    if sentence.chars().count() <= chars_max {
        return Some(sentence.to_owned());
    }
    let cut = sentence.char_indices().nth(chars_max).map_or(sentence.len(), |(at, _)| at);
    let head = sentence.get(..cut)?;
    let commas = head.match_indices(", ").map(|(at, mark)| (at, at + mark.len()));
    let at_clause = commas
        .filter(|(_, next)| sentence.get(*next..).is_some_and(opens_clause))
        .map(|(at, _)| at);
    let marks = ["; ", " \u{2014} ", " \u{2013} "].iter().filter_map(|mark| head.rfind(mark));
    let end = at_clause.chain(marks).max()?;
    let clause = head.get(..end)?;
    // Half a thought is worse than none.
    let whole = clause.matches('(').count() == clause.matches(')').count();
    (whole && clause.chars().count() * 3 >= chars_max).then(|| clause.to_owned())
}

fn opens_clause(rest: &str) -> bool {
    let word = rest.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    lists(CLAUSE_OPENERS, word) || (word.len() > 5 && word.ends_with("ing"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_where_people_end_them() {
        let text = "We use e.g. Node.js 18. It **runs** on [our box](https://x.example)!\n- Cut cost by 4.5 %\n🎨";
        let expected = ["We use e.g. Node.js 18.", "It runs on our box!", "Cut cost by 4.5 %"];
        assert_eq!(sentences(text), expected);
        assert_eq!(sentences("提案しました。貢献しました。").len(), 2);
    }

    #[test]
    fn a_client_is_told_their_own_words() {
        let told = said_to_client("Our shop is slow, and we don\u{2019}t know why.").unwrap();
        assert_eq!(told, "Your shop is slow, and you don\u{2019}t know why.");
        assert_eq!(
            said_to_client("I am rebuilding my site").unwrap(),
            "You are rebuilding your site"
        );
        assert_eq!(said_to_client("We want you to fix it"), None);
        assert_eq!(said_to_client("Acme builds rockets."), None);
    }

    #[test]
    fn long_sentences_end_at_a_clause() {
        let long = "Led the move of forty services to a new cluster, which took a year, and then some more of it";
        assert_eq!(shortened(long, 70).unwrap(), "Led the move of forty services to a new cluster");
        assert_eq!(
            shortened(
                "We use pears, plums, quinces, apples and a great many more fruits than fit here",
                40
            ),
            None
        );
        assert_eq!(shortened("x".repeat(90).as_str(), 70), None);
    }
}
