//! Finds known skills in free text, careful with names that are also plain words.

use std::ops::Range;

use super::Skill;
use super::fold::{self, Word};
use super::vocabulary::{Caution, Vocabulary};

/// Longest piece of a text that is looked through at once.
const BLOCK_BYTES: usize = 1 << 16;

/// Words that make a plain word before them a technology: `Go developer`, `C code`.
const NOUNS_AFTER: &[&str] = &[
    "api",
    "app",
    "application",
    "applications",
    "apps",
    "backend",
    "backends",
    "code",
    "codebase",
    "developer",
    "developers",
    "development",
    "engineer",
    "engineers",
    "engineering",
    "expert",
    "framework",
    "frontend",
    "kernel",
    "language",
    "libraries",
    "library",
    "microservices",
    "programmer",
    "programmers",
    "programming",
    "script",
    "scripts",
    "scripting",
    "sdk",
    "server",
    "servers",
    "service",
    "services",
];

/// Words that make a plain word after them a technology, where nothing else goes on: `written in Go.`
const WORDS_BEFORE: &[&str] = &["in", "with", "using", "like", "know", "knows", "including", "our"];

/// Words that may follow after [`WORDS_BEFORE`] and a name.
const WORDS_GOING_ON: &[&str] =
    &["and", "or", "for", "on", "to", "at", "as", "is", "plus", "is", "preferred", "required"];

/// A place where a known name may stand.
struct Candidate {
    entry: usize,
    range: Range<usize>,
    /// Places of its first and last word.
    first: usize,
    last: usize,
    accepted: bool,
}

/// Finds known skills in a text, in the order they stand there, each at every place.
///
/// 1. The longest name wins: `React Native` is not React.
/// 2. A name that is also a plain word (`Go`, `C`, `Rust`, `Spring`) counts only as it is written,
///    and in company: in a list with another skill, before a word such as `developer`, after one
///    such as `in` where the clause ends, or alone on its line.
/// 3. Addresses of pages name nothing.
/// 4. Names of up to three letters (`UI`, `ML`) count in capitals or as the vocabulary writes them.
pub(super) fn scan(text: &str) -> Vec<(Skill, Range<usize>)> {
    let mut found = Vec::new();
    let mut start = 0;
    for block in blocks(text) {
        let shifted = scan_block(block).into_iter();
        found.extend(shifted.map(|(skill, at)| (skill, at.start + start..at.end + start)));
        start += block.len();
    }
    found
}

/// Cuts a long text at line ends or spaces, so that its words do not all stand in memory at once.
fn blocks(text: &str) -> Vec<&str> {
    let mut blocks = Vec::new();
    let mut rest = text;
    while rest.len() > BLOCK_BYTES {
        let (reach, _) = rest.split_at(rest.floor_char_boundary(BLOCK_BYTES));
        let cut = reach.rfind('\n').or_else(|| reach.rfind(' ')).filter(|at| *at > 0);
        let (block, after) = rest.split_at(cut.unwrap_or(reach.len()));
        blocks.push(block);
        rest = after;
    }
    blocks.push(rest);
    blocks
}

fn scan_block(text: &str) -> Vec<(Skill, Range<usize>)> {
    let words = fold::words(text);
    let mut candidates = candidates(text, &words);
    accept_in_company(text, &words, &mut candidates);
    let vocabulary = Vocabulary::get();
    candidates
        .into_iter()
        .filter(|candidate| candidate.accepted && !is_in_address(text, &candidate.range))
        .filter_map(|c| vocabulary.entry(c.entry).map(|entry| (entry.skill.clone(), c.range)))
        .collect()
}

fn candidates(text: &str, words: &[Word]) -> Vec<Candidate> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        match longest_at(text, words, at) {
            Some(candidate) => {
                at = candidate.last + 1;
                found.push(candidate);
            }
            None => at += 1,
        }
    }
    found
}

/// Returns the longest known name that begins at a word.
fn longest_at(text: &str, words: &[Word], first: usize) -> Option<Candidate> {
    let start = words.get(first)?;
    let vocabulary = Vocabulary::get();
    let phrases = match vocabulary.phrases(&start.text) {
        // `HTML5`, `Python3`: a version is written right at the name.
        [] if start.text.len() > 3 && start.text.ends_with(|c: char| c.is_ascii_digit()) => {
            vocabulary.phrases(start.text.trim_end_matches(|c: char| c.is_ascii_digit()))
        }
        phrases => phrases,
    };
    for phrase in phrases {
        let last = first + phrase.rest.len();
        let Some(following) = words.get(first + 1..=last) else {
            continue;
        };
        let same = following.iter().zip(&phrase.rest).all(|(word, wanted)| word.text == *wanted);
        let run = words.get(first..=last).unwrap_or_default();
        if !same || !run.windows(2).all(|pair| joins(gap(text, &pair[0], &pair[1]))) {
            continue;
        }
        let range = start.range.start..run.last().map_or(start.range.end, |word| word.range.end);
        let entry = vocabulary.entry(phrase.entry)?;
        let written = text.get(range.clone()).unwrap_or_default();
        let as_named = written == entry.skill.name;
        let short = written.len() <= 3 && written.chars().all(char::is_alphabetic);
        let shouted = written.chars().all(char::is_uppercase);
        if (phrase.caution != Caution::None && !as_named) || (short && !as_named && !shouted) {
            continue;
        }
        return Some(Candidate {
            entry: phrase.entry,
            range,
            first,
            last,
            accepted: phrase.caution != Caution::InCompany,
        });
    }
    None
}

/// Says whether a place lies in the address of a page.
fn is_in_address(text: &str, range: &Range<usize>) -> bool {
    // No name of a site is longer, and a text without spaces is not to be walked again and again.
    const REACH: usize = 200;
    let before = text.get(..range.start).unwrap_or_default().chars().rev().take(REACH);
    let lead: String = before.take_while(|c| !c.is_whitespace()).collect();
    lead.contains("//:") || lead.ends_with(".www")
}

/// Returns what stands between two words.
fn gap<'a>(text: &'a str, left: &Word, right: &Word) -> &'a str {
    text.get(left.range.end..right.range.start).unwrap_or_default()
}

/// Says whether the words on both sides of a gap can be one name.
fn joins(gap: &str) -> bool {
    gap == "."
        || (!gap.is_empty()
            && gap.chars().count() <= 3
            && gap
                .chars()
                .all(|c| matches!(c, ' ' | '\u{a0}' | '-' | '\u{2011}' | '/' | '_' | '&')))
}

/// Says whether a gap is that of a list: commas, slashes, bullets, `and`.
fn lists(gap: &str) -> bool {
    let bare = gap.trim().trim_matches(|c: char| c.is_whitespace() || ",;/|&+•·-–*()".contains(c));
    let breaks = gap.contains([',', ';', '/', '|', '&', '+', '•', '·', '\n']);
    (bare.is_empty() && breaks) || matches!(bare, "and" | "or" | "and/or")
}

/// Accepts plain words that stand where a technology would.
fn accept_in_company(text: &str, words: &[Word], candidates: &mut [Candidate]) {
    for candidate in candidates.iter_mut().filter(|c| !c.accepted) {
        candidate.accepted = stands_as_technology(text, words, candidate);
    }
    let listed: Vec<bool> = candidates
        .windows(2)
        .map(|pair| lists(text.get(pair[0].range.end..pair[1].range.start).unwrap_or_default()))
        .collect();
    // Two plain words of a list keep each other company where one is longer than a letter.
    for (at, together) in listed.iter().enumerate() {
        if let Some([left, right]) = candidates.get_mut(at..at + 2)
            && *together
            && (left.accepted || right.accepted || left.range.len().max(right.range.len()) > 1)
        {
            left.accepted = true;
            right.accepted = true;
        }
    }
    // And company is passed on to the front of the list.
    for (at, together) in listed.iter().enumerate().rev() {
        if let Some([left, right]) = candidates.get_mut(at..at + 2)
            && *together
        {
            left.accepted |= right.accepted;
        }
    }
}

fn stands_as_technology(text: &str, words: &[Word], candidate: &Candidate) -> bool {
    let before = text.get(..candidate.range.start).unwrap_or_default();
    let after = text.get(candidate.range.end..).unwrap_or_default();
    let next = words.get(candidate.last + 1).filter(|word| {
        text.get(candidate.range.end..word.range.start).is_some_and(|gap| gap == " ")
    });
    if next.is_some_and(|word| NOUNS_AFTER.contains(&word.text.as_str())) {
        return true;
    }
    let word_before = candidate.first.checked_sub(1).and_then(|at| words.get(at));
    let word_before = word_before.filter(|word| before.get(word.range.end..) == Some(" "));
    if word_before.is_some_and(|word| super::name::VENDORS.contains(&word.text.as_str())) {
        return true;
    }
    // A line is looked at no further than a name and its bullet can reach.
    let line_begins =
        before.chars().rev().take_while(|c| *c != '\n').take(8).all(|c| " \t-*•·".contains(c));
    let line_ends = after.chars().next().is_none_or(|c| c == '\n' || c == '\r');
    if line_begins && line_ends {
        return true;
    }
    let clause_ends = after.chars().next().is_none_or(|c| ".,;:)\n".contains(c))
        || next.is_some_and(|word| WORDS_GOING_ON.contains(&word.text.as_str()));
    let led = before.trim_end_matches(' ').ends_with(':')
        || word_before.is_some_and(|word| WORDS_BEFORE.contains(&word.text.as_str()));
    clause_ends && led
}
