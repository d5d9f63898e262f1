//! Skill names and how they meet: case, punctuation, aliases, versions, and a fuzzy match that reports its distance.

mod fold;
mod name;
mod scan;
mod vocabulary;

use std::ops::Range;

use name::known;
use vocabulary::{Entry, Vocabulary};

pub(crate) use fold::words;

/// Greatest share of letters that may differ for two names to meet; assumed.
///
/// One slip in six letters passes (`Kubernets`), one in five does not: Flask is not Flash.
const FUZZY_DISTANCE_MAX: f64 = 0.17;

/// Names outside these lengths [letters] meet exactly or not at all: short ones differ by a slip
/// (Java, Lava), long ones are sentences.
const FUZZY_LENGTHS: std::ops::RangeInclusive<usize> = 6..=40;

/// Longest name that is kept [characters]; what is longer is a sentence.
const NAME_CHARS_MAX: usize = 80;

/// A skill under its normalized name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Skill {
    /// The normalized name that is compared, such as `javascript`.
    pub key: String,
    /// The name as people write it, such as `JavaScript`.
    pub name: String,
    /// A tool everyone has (an editor, a mail program), which says nothing about pay or fit.
    pub generic: bool,
}

/// How two skill names meet.
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    /// 0 for the same normalized name, up to 1 for nothing in common.
    pub distance: f64,
}

impl Skill {
    /// Makes a skill of a name as someone wrote it.
    ///
    /// A name of the vocabulary, in any spelling, becomes that skill: `ReactJS`, `Vue 2`,
    /// `Apache Kafka`, `JavaScript (ES201x)`. Any other name stays what it is, in any script;
    /// only case, punctuation, remarks in brackets and plain versions (`v2`, `4.8`) come off.
    pub fn new(name: &str) -> Skill {
        let short: String = name.trim().chars().take(NAME_CHARS_MAX).collect();
        if let Some(entry) = known(&short) {
            return entry.skill.clone();
        }
        let bare = name::without_version(&name::without_brackets(&short), name::is_plain_version);
        let name = if fold::key(&bare).is_empty() { short } else { bare };
        let key = Some(fold::key(&name)).filter(|key| !key.is_empty());
        Skill { key: key.unwrap_or_else(|| name.to_lowercase()), name, generic: false }
    }

    /// Makes the skills of one item of a list, which may name several: `HTML/CSS`, `Go and Rust`.
    pub fn all_of(item: &str) -> Vec<Skill> {
        if item.chars().count() <= NAME_CHARS_MAX && known(item).is_some() {
            return vec![Skill::new(item)];
        }
        let spaced = item.replace(" and ", ",").replace(" or ", ",");
        let parts = |separators: &[char]| -> Vec<String> {
            let parts = spaced.split(separators).map(|part| part.trim().to_owned());
            parts.filter(|part| !part.is_empty()).collect()
        };
        let finest = parts(&[',', ';', '|', '/', '&', '、', '・']);
        let all_known = finest.len() > 1 && finest.iter().all(|part| known(part).is_some());
        let listed = parts(&[';', '|', '、', '\n']);
        if all_known {
            finest.iter().map(|part| Skill::new(part)).collect()
        } else if listed.len() > 1 {
            listed.iter().map(|part| Skill::new(part)).collect()
        } else {
            vec![Skill::new(item)]
        }
    }

    /// Says whether the vocabulary holds the skill.
    pub fn is_known(&self) -> bool {
        self.entry().is_some()
    }

    /// Returns the field of work the name points to, such as `web_developer`, where it points to one.
    pub fn field(&self) -> Option<&'static str> {
        self.entry().and_then(|entry| entry.field)
    }

    /// Says whether whoever holds this skill also knows the other: Next.js is React is JavaScript.
    pub fn implies(&self, other: &Skill) -> bool {
        Vocabulary::get().implies(&self.key, &other.key)
    }

    /// Says how this skill meets another, none where they are different things.
    ///
    /// The same key is distance 0. Two names of the vocabulary never meet otherwise, however
    /// alike (Java and JavaScript). Else the distance is the share of letters that differ
    /// (optimal string alignment over the longer length), accepted up to 0.17 between names of
    /// 6 to 40 letters that begin alike and agree in digits, `+` and `#`.
    pub fn meets(&self, other: &Skill) -> Option<Match> {
        if self.key == other.key {
            return Some(Match { distance: 0.0 });
        }
        // The cheap tests come first: a profile may hold ten thousand skills.
        if self.key.chars().next() != other.key.chars().next()
            || self.is_known() && other.is_known()
        {
            return None;
        }
        let (left, right) = (fold::compact(&self.key), fold::compact(&other.key));
        let (left_len, right_len) = (left.chars().count(), right.chars().count());
        let longer = left_len.max(right_len);
        let comparable = FUZZY_LENGTHS.contains(&left_len)
            && FUZZY_LENGTHS.contains(&right_len)
            && left_len.abs_diff(right_len) as f64 <= FUZZY_DISTANCE_MAX * longer as f64
            && telling(&left) == telling(&right);
        if !comparable {
            return None;
        }
        let distance = strsim::osa_distance(&left, &right) as f64 / longer as f64;
        (distance <= FUZZY_DISTANCE_MAX).then_some(Match { distance })
    }

    fn entry(&self) -> Option<&'static Entry> {
        Vocabulary::get().find(&self.key)
    }
}

/// Finds known skills in free text, in the order they stand there, each at every place [bytes].
pub fn recognize(text: &str) -> Vec<(Skill, Range<usize>)> {
    scan::scan(text)
}

/// Returns a text's folded words with a space between, so that phrases can be looked for in it.
pub(crate) fn phrase(text: &str) -> String {
    let words: Vec<String> = words(text).into_iter().map(|word| word.text).collect();
    words.join(" ")
}

/// Returns the digits and symbols of a name, which no slip explains away.
fn telling(compact: &str) -> String {
    compact.chars().filter(|c| !c.is_alphabetic()).collect()
}

#[cfg(test)]
mod tests;
