//! Reads a posting pasted as plain text: its first line is the title, the rest is looked through.

use std::collections::BTreeSet;

use super::{Job, pay};
use crate::freelance::input::Notes;
use crate::freelance::profile::At;
use crate::freelance::skill;

/// Longest title [characters].
const TITLE_CHARS_MAX: usize = 120;

/// How many lines are looked through for pay.
const LINES_MAX: usize = 5_000;

/// Words for terms of work, each with the term they stand for.
const TERMS: &[(&str, &[&str])] = &[
    ("full_time", &["full-time", "full time", "full_time", "fulltime"]),
    ("part_time", &["part-time", "part time", "part_time"]),
    ("contract", &["contract", "contractor", "freelance", "freelancer", "1099"]),
    ("temporary", &["temporary", "fixed-term"]),
    ("internship", &["internship", "intern"]),
    ("remote", &["remote", "remotely", "telecommute", "work from home", "wfh"]),
    ("hybrid", &["hybrid"]),
    ("on_site", &["on-site", "onsite", "on site", "in-office"]),
];

/// Reads a posting pasted as plain text.
///
/// The first line that is not empty is the title, cut at 120 characters; skills are those the
/// vocabulary holds; pay is the first line that names an amount with its currency or unit; terms
/// are words such as remote and contract. The id is left empty.
pub fn read_posting(text: &str) -> Job {
    let mut notes = Notes::default();
    let mut job = read_at(text, "", &mut notes);
    job.unread = notes.into_unread("");
    job
}

/// Reads a pasted posting that stands at a place of the input.
pub(super) fn read_at(text: &str, pointer: &str, notes: &mut Notes) -> Job {
    let plain = without_markup(text);
    let title_line = plain.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    let title: String =
        title_line.trim_start_matches(['#', '*', ' ']).chars().take(TITLE_CHARS_MAX).collect();
    let mut seen = BTreeSet::new();
    let skills = skill::recognize(&plain)
        .into_iter()
        .filter(|(skill, _)| seen.insert(skill.key.clone()))
        .map(|(value, _)| At { value, pointer: pointer.to_owned() })
        .collect();
    let pay = plain.lines().take(LINES_MAX).find_map(|line| {
        pay::parse_with_certainty(line).filter(|(_, certain)| *certain).map(|(pay, _)| pay)
    });
    let mut terms = Vec::new();
    add_terms(&plain, &mut terms);
    if title.is_empty() {
        notes.remark(pointer, "an empty posting");
    }
    Job {
        title,
        skills,
        pay: pay.map(|pay| super::Pay { pointer: pointer.to_owned(), ..pay }),
        terms,
        pointer: pointer.to_owned(),
        description: plain,
        ..Job::default()
    }
}

/// Adds the terms of work that a text names, without repeats.
pub(super) fn add_terms(text: &str, terms: &mut Vec<String>) {
    let spoken = format!(" {} ", skill::phrase(text));
    for (term, words) in TERMS {
        let named = words.iter().any(|word| spoken.contains(&format!(" {} ", skill::phrase(word))));
        if named && !terms.iter().any(|known| known == term) {
            terms.push((*term).to_owned());
        }
    }
}

/// Takes HTML tags and the common entities off; a text without tags stays as it is.
pub(super) fn without_markup(text: &str) -> String {
    let has_tags = text.match_indices('<').any(|(at, _)| {
        text.get(at + 1..)
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/'))
    });
    if !has_tags || !text.contains('>') {
        return text.trim().to_owned();
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, tag)) = rest.split_once('<') {
        plain.push_str(before);
        let Some((name, after)) = tag.split_once('>') else {
            plain.push('<');
            rest = tag;
            continue;
        };
        let name = name.trim_start_matches('/').to_lowercase();
        let breaks = ["p", "br", "li", "ul", "ol", "div", "h1", "h2", "h3", "h4", "tr"];
        let word = name.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        plain.push(if breaks.contains(&word) { '\n' } else { ' ' });
        rest = after;
    }
    plain.push_str(rest);
    for (entity, c) in [
        ("&nbsp;", " "),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ] {
        plain = plain.replace(entity, c);
    }
    let lines = plain.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}
