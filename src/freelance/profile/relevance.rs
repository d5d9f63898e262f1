//! Tells relevant work from waiting tables, and measures it in years.

use std::collections::BTreeSet;

use super::{At, Piece, Profile};
use crate::freelance::input::{Notes, beginning};
use crate::freelance::market::Market;
use crate::freelance::skill::{self, Skill};
use crate::kernel::fixed::rounded;

/// Mean length of a year [days].
const YEAR_DAYS: f64 = 365.25;

/// Skills of the profile that a piece must name to be of its field whatever its title; assumed.
const SKILLS_NAMED_MIN: usize = 2;

/// How much of a text is looked through for skills that the vocabulary does not hold [characters].
const TEXT_CHARS_MAX: usize = 5_000;

/// How much of a title is looked at [characters].
const TITLE_CHARS_MAX: usize = 200;

/// Words of titles that say nothing of the field: rank, form of work, and crafts that every field has.
const WEAK_WORDS: &[&str] = &[
    "a",
    "and",
    "analyst",
    "assistant",
    "associate",
    "at",
    "chief",
    "co",
    "consultant",
    "contract",
    "contractor",
    "coordinator",
    "developer",
    "director",
    "engineer",
    "entry",
    "executive",
    "expert",
    "for",
    "founder",
    "freelance",
    "freelancer",
    "graduate",
    "head",
    "i",
    "ii",
    "iii",
    "in",
    "independent",
    "intern",
    "internship",
    "junior",
    "jr",
    "lead",
    "level",
    "manager",
    "member",
    "mid",
    "of",
    "officer",
    "owner",
    "partner",
    "president",
    "principal",
    "professional",
    "self",
    "employed",
    "senior",
    "specialist",
    "sr",
    "staff",
    "student",
    "team",
    "technician",
    "the",
    "to",
    "trainee",
    "vice",
    "volunteer",
    "with",
];

/// What a profile says of its own field of work.
struct Field {
    name: Option<&'static str>,
    words: BTreeSet<String>,
    skills: BTreeSet<String>,
}

/// Measures the years of relevant work: the union of its intervals.
///
/// A piece is relevant where one of these holds:
/// 1. its title points to the same family of fields as the profile's title and skills;
/// 2. its title shares a word with the profile's title that says something of the field;
/// 3. its title or texts name at least two of the profile's skills or skill groups.
///
/// A profile without a title lends itself that of its latest piece.
pub(super) fn experience(
    profile: &Profile,
    groups: &[String],
    notes: &mut Notes,
) -> Option<At<f64>> {
    let projects = profile.portfolio.iter().filter(|piece| !piece.organization.is_empty());
    let pieces: Vec<&Piece> =
        if profile.work.is_empty() { projects.collect() } else { profile.work.iter().collect() };
    let first = pieces.first()?;
    let (list, _) = first.pointer.rsplit_once('/')?;
    let field = field_of(profile, &pieces, groups);
    let relevant = pieces.iter().filter(|piece| is_relevant(piece, &field));
    let spans: Vec<(i64, i64)> = relevant.filter_map(|piece| piece.span_days).collect();
    if spans.is_empty() {
        notes.remark(list, "no dated work in the profile's own field, so its years are unknown");
        return None;
    }
    let years = rounded(union_days(spans) as f64 / YEAR_DAYS, 1);
    Some(At { value: years, pointer: list.to_owned() })
}

fn field_of(profile: &Profile, pieces: &[&Piece], groups: &[String]) -> Field {
    let latest = pieces.iter().max_by_key(|piece| {
        (piece.span_days.map(|span| span.1), std::cmp::Reverse(&piece.pointer))
    });
    let title = match (&profile.title, latest) {
        (Some(title), _) => title.value.as_str(),
        (None, Some(latest)) => latest.title.as_str(),
        (None, None) => "",
    };
    let held: Vec<&Skill> = profile.skills.iter().map(|held| &held.skill).collect();
    let of_skills = held.iter().filter(|skill| !skill.generic).map(|skill| skill.key.clone());
    let of_groups = groups.iter().map(|name| Skill::new(name).key);
    let words = telling_words(title);
    Field {
        name: Market::field_of(title, &held),
        // A title of weak words alone (`Founder & CEO`) is better than none.
        words: if words.is_empty() { all_words(title) } else { words },
        skills: of_skills.chain(of_groups).collect(),
    }
}

fn is_relevant(piece: &Piece, field: &Field) -> bool {
    let of_piece = Market::field_of(&piece.title, &[]);
    if let (Some(own), Some(other)) = (field.name, of_piece)
        && Market::are_kin(own, other)
    {
        return true;
    }
    if all_words(&piece.title).iter().any(|word| field.words.contains(word)) {
        return true;
    }
    let mut named: BTreeSet<&str> = piece
        .skills
        .iter()
        .map(|at| at.value.key.as_str())
        .filter(|key| field.skills.contains(*key))
        .collect();
    let texts = std::iter::once(&piece.title).chain(piece.texts.iter().map(|text| &text.value));
    let spoken: String =
        texts.map(|text| format!(" {} ", skill::phrase(beginning(text, TEXT_CHARS_MAX)))).collect();
    // Names the vocabulary does not hold are looked for as they are, a few hundred at most.
    let unknown = field.skills.iter().filter(|key| !Skill::new(key).is_known()).take(300);
    named.extend(unknown.map(String::as_str).filter(|key| spoken.contains(&format!(" {key} "))));
    named.len() >= SKILLS_NAMED_MIN
}

fn all_words(title: &str) -> BTreeSet<String> {
    skill::words(beginning(title, TITLE_CHARS_MAX)).into_iter().map(|word| word.text).collect()
}

fn telling_words(title: &str) -> BTreeSet<String> {
    let mut words = all_words(title);
    words.retain(|word| !WEAK_WORDS.contains(&word.as_str()));
    words
}

/// Returns the days that at least one of the spans covers.
fn union_days(mut spans: Vec<(i64, i64)>) -> i64 {
    spans.sort_unstable();
    let mut total = 0;
    let mut reached = i64::MIN;
    for (start, end) in spans {
        let from = start.max(reached);
        total += (end - from).max(0);
        reached = reached.max(end);
    }
    total
}

#[cfg(test)]
mod tests {
    use super::union_days;

    #[test]
    fn overlaps_count_once() {
        assert_eq!(union_days(vec![(10, 20), (0, 5), (15, 30), (16, 17)]), 25);
        assert_eq!(union_days(vec![(0, 0)]), 0);
    }
}
