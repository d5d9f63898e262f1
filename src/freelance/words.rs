//! Words of a text as the specialists compare them: lower case, stemmed lightly, bigrams where a script has no spaces.

use std::collections::BTreeSet;
use std::sync::OnceLock;

/// English function words and the stock phrases of postings and resumes, which say nothing about the work.
const STOP: &str = "
    a about above across after all also am an and any are as at be because been before being
    both but by can could do does each etc every for from get had has have he her here his how i
    if in into is it its just like make many may me more most much must my new no not of on one
    only or other our out over own per same she should so some such than that the their them
    then there these they this those through to too under until up us very was we were what when
    where which while who will with within without would you your ability based candidate
    company day experience focus full-time great help hire hiring ideal include including job
    join level look looking month need people plus position remote require required role seek
    seeking senior skill someone strong team use using want week well work working year two
    three four five six seven eight nine ten eleven twelve hundred thousand";

/// Returns the words that carry meaning, in order, with repeats.
///
/// 1. Words are runs of letters and digits; `+`, `#` and inner dots belong to them, so `C++`, `C#` and `Node.js` survive.
/// 2. Plurals lose their ending (the S-stemmer of Harman 1991); stop words and bare numbers are left out.
/// 3. Chinese, Japanese and Korean runs become overlapping pairs of characters, as no spaces part their words.
pub fn words(text: &str) -> Vec<String> {
    tokens(text)
        .into_iter()
        .filter(|word| !stop_words().contains(word.as_str()))
        .map(|word| stem(&word))
        .collect()
}

/// Returns the words in lower case, in order, neither stemmed nor sifted; bare numbers are left out.
pub fn tokens(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(&first) = chars.get(at) {
        let rest = chars.get(at..).unwrap_or_default();
        let length = if is_unspaced(first) {
            let run = rest.iter().take_while(|c| is_unspaced(**c)).count();
            push_pairs(rest.get(..run).unwrap_or_default(), &mut found);
            run
        } else {
            let run = word_length(rest);
            push_word(rest.get(..run).unwrap_or_default(), &mut found);
            run
        };
        at += length.max(1);
    }
    found
}

/// Letters that two words must share at their start to be forms of one: `scheduling`, `schedules`.
const ROOT_LETTERS: usize = 5;

/// Says whether every word of a name stands in a text, in whatever form; never for a name without words.
pub fn names_all(text: &BTreeSet<String>, name: &str) -> bool {
    let needed = words(name);
    !needed.is_empty() && needed.iter().all(|word| text.iter().any(|other| akin(word, other)))
}

/// Says whether two words are forms of one: equal, or alike for most of the longer one.
fn akin(a: &str, b: &str) -> bool {
    let shared = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    let longer = a.chars().count().max(b.chars().count());
    a == b || (shared >= ROOT_LETTERS && shared * 5 >= longer * 3)
}

fn stop_words() -> &'static BTreeSet<&'static str> {
    static WORDS: OnceLock<BTreeSet<&'static str>> = OnceLock::new();
    WORDS.get_or_init(|| STOP.split_whitespace().collect())
}

/// Says whether a list of words parted by spaces holds a word.
pub fn lists(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|one| one == word)
}

/// Says whether a text is mostly written in a script without Latin letters.
pub fn is_non_latin(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let foreign = text.chars().filter(|c| c.is_alphabetic() && u32::from(*c) >= 0x370).count();
    foreign * 3 > letters
}

fn is_unspaced(c: char) -> bool {
    matches!(u32::from(c), 0x3005..=0x3007 | 0x3040..=0x30ff | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xac00..=0xd7af | 0xff66..=0xff9f)
}

/// Counts the characters of the word at the start, zero where none starts.
fn word_length(rest: &[char]) -> usize {
    let mut length = 0;
    for (at, &c) in rest.iter().enumerate() {
        let next_is_letter =
            rest.get(at + 1).is_some_and(|next| next.is_alphanumeric() && !is_unspaced(*next));
        let belongs = match c {
            '+' | '#' => at > 0,
            '.' => next_is_letter,
            '\u{2019}' | '\'' => at > 0 && next_is_letter,
            _ => c.is_alphanumeric() && !is_unspaced(c),
        };
        if !belongs {
            break;
        }
        length = at + 1;
    }
    length
}

fn push_word(word: &[char], found: &mut Vec<String>) {
    if word.iter().any(|c| c.is_alphabetic()) {
        found.push(word.iter().flat_map(|c| c.to_lowercase()).collect());
    }
}

fn push_pairs(run: &[char], found: &mut Vec<String>) {
    match run {
        [] => {}
        [single] => found.push(single.to_string()),
        _ => found.extend(run.windows(2).map(|pair| pair.iter().collect::<String>())),
    }
}

/// Takes the plural off an English word (Harman 1991, "How effective is suffixing?", the S stemmer).
pub fn stem(word: &str) -> String {
    let long = word.len() > 3 && word.is_ascii();
    let ends_any = |ends: &[&str]| ends.iter().any(|end| word.ends_with(end));
    match word {
        _ if !long => word.to_owned(),
        _ if word.ends_with("ies") && !ends_any(&["eies", "aies"]) => {
            format!("{}y", word.trim_end_matches("ies"))
        }
        _ if word.ends_with("es") && !ends_any(&["aes", "ees", "oes"]) => {
            word.trim_end_matches('s').to_owned()
        }
        _ if word.ends_with('s') && !ends_any(&["us", "ss", ".js", "sis", "dis", "ris"]) => {
            word.trim_end_matches('s').to_owned()
        }
        _ => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_names_of_tools_whole() {
        assert_eq!(
            tokens("C++, C# and Node.js (.NET 8)."),
            ["c++", "c#", "and", "node.js", ".net"]
        );
    }

    #[test]
    fn leaves_out_stop_words_and_plurals() {
        assert_eq!(
            words("We are looking for APIs, libraries and services"),
            ["api", "library", "service"]
        );
        assert_eq!(
            words("Kubernetes status pages of Redis"),
            ["kubernete", "status", "page", "redis"]
        );
    }

    #[test]
    fn a_name_is_found_in_other_forms_of_its_words() {
        let text: BTreeSet<String> =
            words("Coordinated travel schedules for the team").into_iter().collect();
        assert!(names_all(&text, "Travel coordination") && names_all(&text, "Scheduling"));
        assert!(!names_all(&text, "Travel writing") && !names_all(&text, "the"));
    }

    #[test]
    fn pairs_the_characters_of_japanese() {
        assert_eq!(words("Web 画面設計"), ["web", "画面", "面設", "設計"]);
        assert!(is_non_latin("画面設計書の作成") && !is_non_latin("Zürich, naïve"));
    }
}
