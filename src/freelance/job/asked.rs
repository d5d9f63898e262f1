//! Reads the skills a job asks for: names, sentences, terms, groups with keywords.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Job;
use crate::freelance::input::{Node, Notes, clipped, kind};
use crate::freelance::profile::At;
use crate::freelance::skill::{self, Skill};

/// A text longer than this is a sentence that names skills rather than a skill [characters].
const NAME_CHARS_MAX: usize = 60;

/// A name of more words is looked through for skills that are known.
const NAME_WORDS_MAX: usize = 3;

/// How far into an item the words before a skill may reach [bytes].
const LEAD_CHARS_MAX: usize = 40;

/// What people put before the skill they mean.
const LEADS: &[&str] = &[
    "knowledge of ",
    "experience with ",
    "experience in ",
    "experience of ",
    "years of ",
    "proficiency in ",
    "proficient in ",
    "proficient with ",
    "familiarity with ",
    "familiar with ",
    "understanding of ",
    "expertise in ",
    "skills in ",
    "background in ",
    "strong ",
];

/// Last words of names that are a group's.
const GROUP_WORDS: &[&str] = &[
    "basics",
    "databases",
    "development",
    "engineering",
    "frameworks",
    "infrastructure",
    "languages",
    "libraries",
    "platforms",
    "skills",
    "stack",
    "systems",
    "technologies",
    "tools",
];

/// Reads the skills asked for; where none are named, those that title and description mention.
pub(super) fn skills(place: &Node<'_>, job: &Job, notes: &mut Notes) -> Vec<At<Skill>> {
    let mut asked = Asked::default();
    if let Some(list) = place.first(&["required_skills", "skills"]) {
        let items = if list.value.is_array() { list.items() } else { vec![list] };
        for item in &items {
            read_item(item, &mut asked, notes);
        }
    }
    if asked.skills.is_empty() {
        asked.mentioned(&job.title, &format!("{}/title", place.pointer));
        asked.mentioned(&job.description, &format!("{}/description", place.pointer));
    }
    asked.skills
}

/// Skills asked for, without repeats.
#[derive(Default)]
struct Asked {
    skills: Vec<At<Skill>>,
    seen: BTreeSet<String>,
}

impl Asked {
    fn add(&mut self, skill: Skill, pointer: &str) {
        if !skill.key.is_empty() && self.seen.insert(skill.key.clone()) {
            self.skills.push(At { value: skill, pointer: pointer.to_owned() });
        }
    }

    /// Adds the known skills that a text mentions, and says whether there are any.
    fn mentioned(&mut self, text: &str, pointer: &str) -> bool {
        let found = skill::recognize(text);
        let any = !found.is_empty();
        for (skill, _) in found {
            self.add(skill, pointer);
        }
        any
    }
}

/// Reads one item: a name, a list of names, a sentence, a DefinedTerm, or a group with keywords.
fn read_item(item: &Node<'_>, asked: &mut Asked, notes: &mut Notes) {
    match item.value {
        Value::String(text) => read_words(text, &item.pointer, asked, notes),
        Value::Object(_) => {
            match item.first(&["name", "skill", "title"]).as_ref().and_then(Node::str) {
                Some(name) => read_group(item, name, asked, notes),
                None => match item.first(&["description", "termCode"]).as_ref().and_then(Node::str)
                {
                    Some(text) => read_words(text, &item.pointer, asked, notes),
                    None => notes.remark(&item.pointer, "a skill without a name"),
                },
            }
        }
        other => {
            let detail = format!("expected a skill's name or {{name}}, found {}", kind(other));
            notes.wrong(item, detail);
        }
    }
}

fn read_words(text: &str, pointer: &str, asked: &mut Asked, notes: &mut Notes) {
    let parts: Vec<&str> =
        text.split([',', ';', '\n']).map(str::trim).filter(|part| !part.is_empty()).collect();
    if parts.len() > 1 && parts.iter().all(|part| part.chars().count() <= NAME_CHARS_MAX / 2) {
        for part in parts {
            read_words(part, pointer, asked, notes);
        }
        return;
    }
    let name = without_lead(text);
    if Skill::all_of(name).iter().all(Skill::is_known)
        || name.split_whitespace().count() <= NAME_WORDS_MAX
    {
        Skill::all_of(name).into_iter().for_each(|skill| asked.add(skill, pointer));
    } else if !asked.mentioned(name, pointer) {
        if name.chars().count() <= NAME_CHARS_MAX {
            asked.add(Skill::new(name), pointer);
        } else {
            let detail = format!("no skill we know in {:?}; a list of names helps", clipped(text));
            notes.remark(pointer, detail);
        }
    }
}

/// Takes off what people put before the skill they mean: `3+ years of`, `knowledge of`.
fn without_lead(text: &str) -> &str {
    let lower = text.to_ascii_lowercase();
    let ends = LEADS.iter().filter_map(|lead| Some(lower.find(lead)? + lead.len()));
    let end = ends.filter(|end| *end <= LEAD_CHARS_MAX).max();
    // `Java, with knowledge of SQL` names a skill before: nothing may be taken off there.
    let end =
        end.filter(|end| text.get(..*end).is_some_and(|lead| skill::recognize(lead).is_empty()));
    end.and_then(|end| text.get(end..))
        .map(str::trim)
        .filter(|rest| !rest.is_empty())
        .unwrap_or(text)
}

/// Reads a named skill with keywords. The keywords of a skill are its aspects (Python: scripting)
/// and not asked for by themselves; the name of a group (Web Development: HTML, CSS) is no skill,
/// and a name is that of a group where it is unknown and says so (`tools`), or three quarters of
/// its keywords are known, two at least.
fn read_group(item: &Node<'_>, name: &str, asked: &mut Asked, notes: &mut Notes) {
    let list = item.get("keywords").map(|list| list.items()).unwrap_or_default();
    let keywords: Vec<(Skill, &Node<'_>)> =
        list.iter().filter_map(|node| node.str().map(|text| (Skill::new(text), node))).collect();
    let known = keywords.iter().filter(|(skill, _)| skill.is_known()).count();
    let spoken = format!("{} ", skill::phrase(name));
    let named_so = GROUP_WORDS.iter().any(|word| spoken.ends_with(&format!("{word} ")));
    let filled = known > 1 && known * 4 >= keywords.len() * 3;
    let is_group = known > 0 && (named_so || filled) && !Skill::new(name).is_known();
    if is_group {
        keywords.into_iter().for_each(|(skill, node)| asked.add(skill, &node.pointer));
    } else {
        read_words(name, &item.pointer, asked, notes);
    }
}
