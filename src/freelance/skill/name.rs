//! Takes off a name what people add to it: versions, makers, remarks in brackets.

use super::fold;
use super::vocabulary::{Entry, Vocabulary};

/// Makers' names that people put before a product or leave out.
pub(super) const VENDORS: &[&str] = &[
    "adobe",
    "amazon",
    "apache",
    "apple",
    "atlassian",
    "autodesk",
    "aws",
    "facebook",
    "google",
    "hashicorp",
    "ibm",
    "microsoft",
    "ms",
    "nvidia",
    "oracle",
];

/// Words that people put after a technology's name or leave out.
const TRIMMINGS: &[&str] = &[
    "app",
    "applications",
    "apps",
    "basics",
    "code",
    "coding",
    "database",
    "design",
    "dev",
    "developer",
    "development",
    "expert",
    "framework",
    "integration",
    "language",
    "library",
    "pipelines",
    "platform",
    "programming",
    "scripting",
    "sdk",
    "skills",
    "software",
    "stack",
    "testing",
    "tools",
];

/// Finds a name in the vocabulary, as it is or without what people add to it.
pub(super) fn known(name: &str) -> Option<&'static Entry> {
    let vocabulary = Vocabulary::get();
    let find = |name: &str| vocabulary.find(&fold::key(name));
    let bare = without_brackets(name);
    let plain = without_version(&bare, |word| is_plain_version(word) || is_number(word));
    find(name)
        .or_else(|| find(&bare))
        .or_else(|| find(&plain))
        .or_else(|| {
            find(plain.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.' || c == '+'))
        })
        .or_else(|| find(in_brackets(name)?))
        .or_else(|| find(without_trimmings(&plain)?))
}

/// Takes a maker's name off the front, or one of the words people add off the end, or both.
fn without_trimmings(name: &str) -> Option<&str> {
    let front =
        name.split_once(' ').filter(|(first, _)| VENDORS.contains(&first.to_lowercase().as_str()));
    let rest = front.map_or(name, |(_, rest)| rest);
    let back =
        rest.rsplit_once(' ').filter(|(_, last)| TRIMMINGS.contains(&last.to_lowercase().as_str()));
    match (front, back) {
        (None, None) => None,
        (_, Some((rest, _))) if Vocabulary::get().find(&fold::key(rest)).is_some() => Some(rest),
        _ => Some(rest),
    }
}

/// Leaves out what stands in brackets, unless nothing else is there.
pub(super) fn without_brackets(name: &str) -> String {
    let mut depth = 0_usize;
    let mut kept = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            '(' | '[' | '（' => depth += 1,
            ')' | ']' | '）' => depth = depth.saturating_sub(1),
            _ if depth == 0 => kept.push(c),
            _ => {}
        }
    }
    let kept = kept.trim();
    if kept.is_empty() { name.trim().to_owned() } else { kept.to_owned() }
}

fn in_brackets(name: &str) -> Option<&str> {
    let (_, rest) = name.split_once(['(', '（'])?;
    rest.split([')', '）']).next()
}

/// Leaves out versions at the end, unless nothing else is there.
pub(super) fn without_version(name: &str, is_version: impl Fn(&str) -> bool) -> String {
    let mut words: Vec<&str> = name.split_whitespace().collect();
    while words.len() > 1 && words.last().is_some_and(|word| is_version(word)) {
        words.pop();
    }
    words.join(" ")
}

/// Says whether a word can be nothing but a version: `v2`, `4.8`, `3.x`, `2+`.
pub(super) fn is_plain_version(word: &str) -> bool {
    let digits = word.trim_start_matches(['v', 'V']).trim_end_matches(['x', '+', '*']);
    let marked = digits.len() < word.len() || digits.contains('.');
    // More than two digits are a model's: NVIDIA V100.
    let major = digits.split('.').next().unwrap_or_default();
    marked
        && (1..=2).contains(&major.len())
        && digits.chars().all(|c| c.is_ascii_digit() || c == '.')
}

/// Says whether a word is a bare number, which may be a version (`Python 3`) or a name (`ISO 9001`).
fn is_number(word: &str) -> bool {
    word.chars().all(|c| c.is_ascii_digit())
}
