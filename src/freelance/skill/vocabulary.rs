//! The known names: spellings, what a name implies, and the field of work it points to.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use super::Skill;
use super::fold;

/// A known skill.
#[derive(Debug)]
pub(crate) struct Entry {
    /// The skill.
    pub skill: Skill,
    /// The field of work the name points to.
    pub field: Option<&'static str>,
    /// Keys of what whoever holds it also knows.
    pub implies: Vec<String>,
}

/// How careful free text is to be read for a spelling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Caution {
    /// It can be nothing else.
    None,
    /// It counts only as the vocabulary writes it: React, not react.
    AsWritten,
    /// It counts only as written and in company: Go.
    InCompany,
}

/// A spelling as a sequence of words, to be looked for in free text.
#[derive(Debug)]
pub(crate) struct Phrase {
    /// The words after the first.
    pub rest: Vec<String>,
    /// Index of the entry it names.
    pub entry: usize,
    /// Whether this very spelling is also a plain word.
    pub caution: Caution,
}

/// All known skills with their indexes.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    entries: Vec<Entry>,
    by_spelling: BTreeMap<String, usize>,
    by_first_word: BTreeMap<String, Vec<Phrase>>,
}

impl Vocabulary {
    /// Returns the built-in vocabulary.
    pub fn get() -> &'static Vocabulary {
        static BUILT_IN: OnceLock<Vocabulary> = OnceLock::new();
        BUILT_IN.get_or_init(|| Vocabulary::read(include_str!("vocabulary.txt")))
    }

    /// Returns the entry a key names, whatever its spaces.
    pub fn find(&self, key: &str) -> Option<&Entry> {
        self.by_spelling.get(&fold::compact(key)).and_then(|at| self.entries.get(*at))
    }

    /// Says whether whoever holds one skill also knows another, directly or through others.
    pub fn implies(&self, held: &str, asked: &str) -> bool {
        let mut reached = BTreeSet::new();
        let mut open: Vec<&str> = vec![held];
        while let Some(key) = open.pop() {
            let implied = self.find(key).map(|entry| entry.implies.as_slice()).unwrap_or_default();
            for key in implied {
                if key == asked {
                    return true;
                }
                if reached.insert(key) {
                    open.push(key);
                }
            }
        }
        false
    }

    /// Returns an entry by its index.
    pub fn entry(&self, index: usize) -> Option<&Entry> {
        self.entries.get(index)
    }

    /// Returns the spellings that begin with a word, the longest first.
    pub fn phrases(&self, first_word: &str) -> &[Phrase] {
        self.by_first_word.get(first_word).map_or(&[], Vec::as_slice)
    }

    /// Reads the format that the head of `vocabulary.txt` describes.
    fn read(text: &'static str) -> Vocabulary {
        let mut vocabulary = Vocabulary::default();
        let mut section = "any";
        for line in text.lines().map(str::trim) {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            match line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                Some(name) => section = name,
                None => vocabulary.add(section, line),
            }
        }
        for phrases in vocabulary.by_first_word.values_mut() {
            phrases.sort_by(|a, b| b.rest.len().cmp(&a.rest.len()).then(a.entry.cmp(&b.entry)));
        }
        vocabulary
    }

    fn add(&mut self, section: &'static str, line: &str) {
        let (spelled, implied) = line.split_once('>').unwrap_or((line, ""));
        let (marked, others) = spelled.split_once('=').unwrap_or((spelled, ""));
        let name = marked.trim().trim_start_matches(['*', '~', '^']).trim();
        let caution = match (marked.contains('~'), marked.contains('^')) {
            (true, _) => Caution::InCompany,
            (_, true) => Caution::AsWritten,
            _ => Caution::None,
        };
        let skill =
            Skill { key: fold::key(name), name: name.to_owned(), generic: marked.contains('*') };
        let index = self.entries.len();
        self.spell(name, index, caution);
        for other in items(others) {
            match other.strip_prefix('-') {
                Some(listed_only) => self.list(listed_only, index),
                None => self.spell(other, index, Caution::None),
            }
        }
        let field = (!matches!(section, "any" | "generic")).then_some(section);
        let implies = items(implied).map(fold::key).collect();
        self.entries.push(Entry { skill, field, implies });
    }

    /// Makes a spelling known in lists of skills and in free text.
    fn spell(&mut self, spelling: &str, entry: usize, caution: Caution) {
        self.list(spelling, entry);
        let words: Vec<String> = fold::words(spelling).into_iter().map(|word| word.text).collect();
        let joined = words.concat();
        if let Some((first, rest)) = words.split_first() {
            let phrase = Phrase { rest: rest.to_vec(), entry, caution };
            self.by_first_word.entry(first.clone()).or_default().push(phrase);
            if !rest.is_empty() {
                let phrase = Phrase { rest: Vec::new(), entry, caution };
                self.by_first_word.entry(joined).or_default().push(phrase);
            }
        }
    }

    /// Makes a spelling known in lists of skills.
    fn list(&mut self, spelling: &str, entry: usize) {
        // The first entry keeps a spelling that two claim; a test says that none does.
        self.by_spelling.entry(fold::compact(&fold::key(spelling))).or_insert(entry);
    }
}

/// Splits at commas and leaves empty items out.
fn items(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').map(str::trim).filter(|item| !item.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_implied_is_known() {
        let vocabulary = Vocabulary::get();
        for entry in &vocabulary.entries {
            for key in &entry.implies {
                let implied = vocabulary.find(key).map(|found| found.skill.key.clone());
                assert_eq!(implied.as_ref(), Some(key), "{}", entry.skill.name);
            }
        }
    }

    #[test]
    fn no_two_spellings_are_alike() {
        let mut seen: BTreeMap<String, &str> = BTreeMap::new();
        for line in include_str!("vocabulary.txt").lines() {
            if line.is_empty() || line.starts_with(['#', '[']) {
                continue;
            }
            let spelled = line.split('>').next().unwrap_or_default();
            let (name, others) = spelled.split_once('=').unwrap_or((spelled, ""));
            for spelling in
                std::iter::once(name.trim_start_matches(['*', '~', '^'])).chain(items(others))
            {
                let compact = fold::compact(&fold::key(spelling.trim_start_matches('-')));
                let other = seen.insert(compact, name);
                assert_eq!(other, None, "{spelling:?} is given under {name:?} and there");
            }
        }
    }

    #[test]
    fn the_vocabulary_stays_small() {
        assert!(include_str!("vocabulary.txt").len() <= 15_000);
    }
}
