//! Proof: the sentences of a profile that show it has done what a job asks for, strongest first.

use std::collections::{BTreeMap, BTreeSet};

use super::sentences::sentences;
use crate::freelance::profile::{Piece, Profile};
use crate::freelance::skill::{Skill, recognize};
use crate::freelance::words::{names_all, words};
use crate::kernel::date::Date;

/// What the first skill that the job asks for and the sentence names is worth.
const NAMES_SKILL: f64 = 1.0;
/// What each further one is worth: a sentence that lists everything shows little of each.
const NAMES_MORE: f64 = 0.4;
/// What a skill is worth that only the keywords of the piece name.
const KEYWORD_SKILL: f64 = 0.4;
/// What it is worth that all of the job's words stand in the sentence.
const SHARES_WORDS: f64 = 6.0;
/// What a sentence of the bio is worth against one on a piece of work: it claims more than it shows.
const BIO_SHARE: f64 = 0.3;
/// What a figure is worth: a result that can be checked.
const HAS_FIGURE: f64 = 0.4;
/// What it is worth that the work can be looked at.
const CAN_BE_SEEN: f64 = 0.3;
/// What work of today is worth over work of long ago, halving every so many years.
const RECENT: f64 = 0.8;
const RECENT_HALF_LIFE_YEARS: f64 = 4.0;
/// The share of the job's weighted words from which a sentence without its skills counts as proof.
const WORDS_ENOUGH: f64 = 0.05;
/// And the words it must share, so that one rare word is not taken for the work.
const WORDS_SHARED_MIN: usize = 2;

/// What kind of text a sentence comes from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Place<'a> {
    /// Work for others.
    Work(&'a Piece),
    /// A portfolio piece or project.
    Portfolio(&'a Piece),
    /// The bio.
    Bio,
}

impl<'a> Place<'a> {
    /// Returns the piece of work, where it is one.
    pub fn piece(&self) -> Option<&'a Piece> {
        match self {
            Place::Work(piece) | Place::Portfolio(piece) => Some(piece),
            Place::Bio => None,
        }
    }
}

/// One sentence of a profile.
#[derive(Clone, Debug, PartialEq)]
pub struct Proof<'a> {
    /// The sentence, without markup.
    pub text: String,
    /// Where it stands.
    pub pointer: String,
    /// What it is said of.
    pub place: Place<'a>,
    /// The skills it names.
    pub skills: Vec<Skill>,
    words: BTreeSet<String>,
}

/// A proof with what it shows of one job.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown<'a, 'p> {
    /// The proof.
    pub proof: &'p Proof<'a>,
    /// The job's skills it names, as the job writes them.
    pub skills: Vec<String>,
    /// Whether it names one of them itself, and not only one that implies it.
    pub exact: bool,
    /// The share of the job's weighted words it holds.
    pub share: f64,
    /// How strong it is for this job; comparable within the job only.
    pub strength: f64,
}

/// Returns the sentences of a profile that could prove something.
pub fn proofs(profile: &Profile) -> Vec<Proof<'_>> {
    let places =
        profile.work.iter().map(Place::Work).chain(profile.portfolio.iter().map(Place::Portfolio));
    let mut found = Vec::new();
    for place in places {
        let Some(piece) = place.piece() else { continue };
        for text in &piece.texts {
            push_sentences(&text.value, &text.pointer, place, &mut found);
        }
    }
    if let Some(bio) = &profile.bio {
        push_sentences(&bio.value, &bio.pointer, Place::Bio, &mut found);
    }
    found
}

fn push_sentences<'a>(text: &str, pointer: &str, place: Place<'a>, found: &mut Vec<Proof<'a>>) {
    for sentence in sentences(text) {
        let skills = recognize(&sentence).into_iter().map(|(skill, _)| skill).collect();
        let words = words(&sentence).into_iter().collect();
        found.push(Proof { text: sentence, pointer: pointer.to_owned(), place, skills, words });
    }
}

/// Ranks proofs for a job by the skills they name, the words they share, figures, recency and whether
/// the work can be seen; what names nothing the job asks for is left out.
///
/// `asked` are the job's skills; `weights` its words with their weights.
pub fn strongest<'a, 'p>(
    proofs: &'p [Proof<'a>],
    asked: &[Skill],
    weights: &BTreeMap<String, f64>,
    as_of: Date,
) -> Vec<Shown<'a, 'p>> {
    let mut open: Vec<Shown<'a, 'p>> =
        proofs.iter().filter_map(|proof| shown(proof, asked, weights, as_of)).collect();
    let mut ranked: Vec<Shown<'a, 'p>> = Vec::new();
    // A skill shown once is shown: what comes next should show another.
    let mut covered: BTreeSet<String> = BTreeSet::new();
    while !open.is_empty() {
        let worth = |shown: &Shown<'_, '_>| {
            let repeats = shown.skills.iter().filter(|skill| covered.contains(*skill)).count();
            shown.strength - NAMES_SKILL * repeats as f64
        };
        let best = (0..open.len()).max_by(|&a, &b| {
            let of = |at: usize| open.get(at).map_or(f64::MIN, worth);
            of(a).total_cmp(&of(b)).then(b.cmp(&a))
        });
        let Some(best) = best else { break };
        let chosen = open.remove(best);
        covered.extend(chosen.skills.iter().cloned());
        ranked.push(chosen);
    }
    ranked
}

/// Says what a proof shows of a job; none where it shows nothing.
fn shown<'a, 'p>(
    proof: &'p Proof<'a>,
    asked: &[Skill],
    weights: &BTreeMap<String, f64>,
    as_of: Date,
) -> Option<Shown<'a, 'p>> {
    let exactly = |skill: &&Skill| {
        let in_words = !skill.is_known() && names_all(&proof.words, &skill.name);
        in_words || proof.skills.iter().any(|named| named.key == skill.key)
    };
    let names =
        |skill: &&Skill| exactly(skill) || proof.skills.iter().any(|named| named.implies(skill));
    let skills: Vec<String> =
        asked.iter().filter(|skill| !skill.generic).filter(names).map(|s| s.name.clone()).collect();
    let whole: f64 = weights.values().sum();
    let shared: Vec<f64> =
        proof.words.iter().filter_map(|word| weights.get(word)).copied().collect();
    let share = if whole > 0.0 { shared.iter().sum::<f64>() / whole } else { 0.0 };
    if skills.is_empty() && (share < WORDS_ENOUGH || shared.len() < WORDS_SHARED_MIN) {
        return None;
    }
    let figure = proof.text.chars().any(|c| c.is_ascii_digit());
    let piece = proof.place.piece();
    let seen = piece.is_some_and(|piece| piece.url.is_some());
    let age_years = piece
        .and_then(|piece| piece.span_days)
        .map(|(_, end)| (as_of.days() - end).max(0) as f64 / 365.25);
    let recent = age_years.map_or(0.5, |years| libm::exp2(-years / RECENT_HALF_LIFE_YEARS));
    let by_keyword = skills.is_empty() && piece.is_some_and(|piece| names_asked(piece, asked));
    let strength = skills.len().min(1) as f64 * NAMES_SKILL
        + skills.len().saturating_sub(1) as f64 * NAMES_MORE
        + if by_keyword { KEYWORD_SKILL } else { 0.0 }
        + SHARES_WORDS * share
        + if figure { HAS_FIGURE } else { 0.0 }
        + if seen { CAN_BE_SEEN } else { 0.0 }
        + RECENT * recent;
    let strength = if piece.is_some() { strength } else { strength * BIO_SHARE };
    let exact = asked.iter().filter(|skill| !skill.generic).any(|skill| exactly(&skill));
    Some(Shown { proof, skills, exact, share, strength })
}

fn names_asked(piece: &Piece, asked: &[Skill]) -> bool {
    piece
        .skills
        .iter()
        .any(|named| asked.iter().any(|skill| !skill.generic && named.value.key == skill.key))
}
