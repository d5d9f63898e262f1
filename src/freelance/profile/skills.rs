//! Reads a profile's skills from names, from `{name, level, years}`, or from a JSON Resume's groups.

use std::collections::BTreeMap;

use serde_json::Value;

use super::HeldSkill;
use crate::freelance::input::{Node, Notes, clipped, kind};
use crate::freelance::skill::{self, Skill};

/// A name longer than this is a sentence that may name skills [characters].
const NAME_CHARS_MAX: usize = 60;

/// A keyword of more words than this is a remark.
const KEYWORD_WORDS_MAX: usize = 5;

/// An unknown keyword that stands under so many groups is a remark on them, such as "learning".
const REPEATS_MAX: usize = 2;

/// What words for levels mean between 0 and 1; assumed.
const LEVEL_WORDS: &[(f64, &[&str])] = &[
    (1.0, &["master", "expert", "guru", "native", "specialist"]),
    (0.8, &["advanced", "senior", "proficient", "strong", "fluent", "上級"]),
    (0.6, &["intermediate", "mid", "medium", "competent", "good", "working", "中級"]),
    (0.3, &["beginner", "basic", "novice", "junior", "elementary", "familiar", "learning", "初級"]),
];

/// Skills held, and the names of the groups they came in.
#[derive(Debug, Default)]
pub(super) struct Groups {
    /// The skills, without repeats, in the order of their first place.
    pub held: Vec<HeldSkill>,
    /// Names of groups, which point to the field of work.
    pub names: Vec<String>,
}

/// Collects skills without repeats; where one is named again, the higher level and years count.
#[derive(Default)]
struct Collected {
    held: Vec<HeldSkill>,
    places: BTreeMap<String, usize>,
}

impl Collected {
    fn add(&mut self, skill: Skill, level: Option<f64>, years: Option<f64>, pointer: &str) {
        if skill.key.is_empty() {
            return;
        }
        match self.places.get(&skill.key).and_then(|at| self.held.get_mut(*at)) {
            Some(held) => {
                held.level = higher(held.level, level);
                held.years = higher(held.years, years);
            }
            None => {
                self.places.insert(skill.key.clone(), self.held.len());
                self.held.push(HeldSkill { skill, level, years, pointer: pointer.to_owned() });
            }
        }
    }
}

fn higher(one: Option<f64>, other: Option<f64>) -> Option<f64> {
    match (one, other) {
        (Some(a), Some(b)) => Some(a.max(b)),
        _ => one.or(other),
    }
}

/// Reads a list of skills; a text or an object in its place is a fault and read all the same.
pub(super) fn read(list: &Node<'_>, notes: &mut Notes) -> Groups {
    let mut found = Collected::default();
    let mut names = Vec::new();
    match list.value {
        Value::Array(_) => {}
        Value::String(text) => {
            notes
                .wrong(list, "expected a list of skills such as [\"Rust\", \"SQL\"], found a text");
            for part in text.split([',', ';', '\n', '、']) {
                add_name(part, (None, None), &list.pointer, notes, &mut found);
            }
        }
        other => notes.wrong(list, format!("expected a list of skills, found {}", kind(other))),
    }
    let items = list.items();
    let scale = level_scale(&items);
    let repeated = repeated_keywords(&items);
    for item in &items {
        match item.value {
            Value::String(text) => add_name(text, (None, None), &item.pointer, notes, &mut found),
            Value::Object(_) => {
                let level = item.get("level").and_then(|level| read_level(&level, scale, notes));
                let years = item.get("years").and_then(|n| n.number(0.0, 80.0, notes));
                let rank = (level, years.map(|at| at.value));
                add_group(item, rank, &repeated, notes, &mut found, &mut names);
            }
            other => {
                let detail =
                    format!("expected a skill's name or {{name, level}}, found {}", kind(other));
                notes.wrong(item, detail);
            }
        }
    }
    Groups { held: found.held, names }
}

/// Adds what one name stands for: a skill, several, or those that a sentence mentions.
fn add_name(
    text: &str,
    rank: (Option<f64>, Option<f64>),
    pointer: &str,
    notes: &mut Notes,
    found: &mut Collected,
) {
    if text.chars().nth(NAME_CHARS_MAX).is_none() {
        for skill in Skill::all_of(text) {
            found.add(skill, rank.0, rank.1, pointer);
        }
        return;
    }
    notes.remark(pointer, "too long for a skill's name; only the skills it mentions were read");
    for (skill, _) in skill::recognize(text) {
        found.add(skill, rank.0, rank.1, pointer);
    }
}

/// Adds a group: its keywords, and its name where that is itself a known skill or stands alone.
fn add_group(
    item: &Node<'_>,
    rank: (Option<f64>, Option<f64>),
    repeated: &BTreeMap<String, usize>,
    notes: &mut Notes,
    found: &mut Collected,
    names: &mut Vec<String>,
) {
    let name = item.first(&["name", "skill", "title"]);
    let name = name.as_ref().and_then(|name| name.text(notes));
    let mut keywords = 0;
    let keyword_nodes = item.get("keywords").map(|list| list.items()).unwrap_or_default();
    let mut kept = Vec::new();
    for node in &keyword_nodes {
        match node.str() {
            Some(keyword) if is_remark(keyword, repeated) => {
                notes.remark(
                    &node.pointer,
                    format!("left aside, a remark rather than a skill: {:?}", clipped(keyword)),
                );
            }
            Some(keyword) => {
                keywords += 1;
                kept.push((keyword, node));
            }
            None => {
                notes.remark(&node.pointer, format!("expected a text, found {}", kind(node.value)))
            }
        }
    }
    match &name {
        Some(name) if keywords == 0 || Skill::new(&name.value).is_known() => {
            add_name(&name.value, rank, &item.pointer, notes, found);
        }
        Some(name) => names.push(name.value.clone()),
        None if keywords == 0 => notes.remark(&item.pointer, "a skill without a name"),
        None => {}
    }
    for (keyword, node) in kept {
        add_name(keyword, rank, &node.pointer, notes, found);
    }
}

/// Says whether a keyword is a remark on its group: a clause, or a word under several groups.
fn is_remark(keyword: &str, repeated: &BTreeMap<String, usize>) -> bool {
    if Skill::new(keyword).is_known() {
        return false;
    }
    // In Japanese, names of skills do without hiragana, clauses do not.
    let clause = keyword.chars().any(|c| ('\u{3041}'..='\u{309f}').contains(&c))
        || keyword.split_whitespace().count() > KEYWORD_WORDS_MAX;
    clause || repeated.get(keyword).is_some_and(|count| *count > REPEATS_MAX)
}

fn repeated_keywords(items: &[Node<'_>]) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    let keywords =
        items.iter().filter_map(|item| item.get("keywords")).flat_map(|list| list.items());
    for keyword in keywords {
        if let Some(text) = keyword.str() {
            *counts.entry(text.to_owned()).or_insert(0) += 1;
        }
    }
    counts
}

/// Returns what a level of all is in this list: 1, 5, 10 or 100, by the highest number in it.
fn level_scale(items: &[Node<'_>]) -> f64 {
    let levels = items.iter().filter_map(|item| item.get("level")?.value.as_f64());
    let highest = levels.fold(0.0, f64::max);
    [1.0, 5.0, 10.0].into_iter().find(|top| highest <= *top).unwrap_or(100.0)
}

fn read_level(node: &Node<'_>, scale: f64, notes: &mut Notes) -> Option<f64> {
    if node.value.is_number() {
        return node.number(0.0, 100.0, notes).map(|level| level.value / scale);
    }
    let text = node.text(notes)?.value.to_lowercase();
    if let Some(share) = text.strip_suffix('%').and_then(|share| share.trim().parse::<f64>().ok()) {
        return (0.0..=100.0).contains(&share).then_some(share / 100.0);
    }
    let level = LEVEL_WORDS.iter().find(|(_, words)| words.iter().any(|word| text.contains(word)));
    if level.is_none() {
        let detail = format!(
            "no level we know: {:?}; one of beginner, intermediate, advanced, expert helps",
            clipped(&text)
        );
        notes.remark(&node.pointer, detail);
    }
    level.map(|(level, _)| *level)
}
