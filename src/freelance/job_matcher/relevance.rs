//! Text relevance of jobs to a profile: BM25F over title, skills and description.
//!
//! Written on libm instead of taken from the crate `bm25`, which weighs words by std's `ln` (its last
//! bits differ between targets), keeps documents in hash maps with a random order and knows no fields.

use std::collections::{BTreeMap, BTreeSet};

use crate::freelance::job::Job;
use crate::freelance::profile::Profile;
use crate::freelance::words::{stem, tokens, words};

/// How fast repeats of a word stop counting; the usual value of BM25.
const SATURATION: f64 = 1.2;
/// How far long fields are held against a job; the usual value of BM25.
const LENGTH: f64 = 0.75;
/// Weight of a word in title, skills and description: a title names the work, a description tells stories.
const FIELDS: [f64; 3] = [3.0, 2.0, 1.0];
/// Weight of a profile's word that stands only in running text, against 1 for title and skills.
const RUNNING_TEXT: f64 = 0.6;
/// The share of a job's weighted words at which a profile counts as fully relevant; assumed: a posting and
/// a profile that mean the same work hardly share more than half of their words.
const FULL_SHARE: f64 = 0.5;
/// How many shared words are shown.
const WORDS_SHOWN: usize = 6;

/// The words of a profile with their weights.
pub struct Query(BTreeMap<String, f64>);

impl Query {
    /// Gathers the words of a profile.
    pub fn of(profile: &Profile) -> Query {
        let mut weights = BTreeMap::new();
        let pieces = || profile.work.iter().chain(&profile.portfolio);
        for text in pieces().flat_map(|piece| &piece.texts).chain(&profile.bio) {
            note(&mut weights, &text.value, RUNNING_TEXT);
        }
        for piece in pieces() {
            note(&mut weights, &piece.title, RUNNING_TEXT);
        }
        for held in &profile.skills {
            note(&mut weights, &held.skill.name, 1.0);
        }
        if let Some(title) = &profile.title {
            note(&mut weights, &title.value, 1.0);
        }
        Query(weights)
    }

    /// Returns how many different words the profile has.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Says whether the profile has no words.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

fn note(weights: &mut BTreeMap<String, f64>, text: &str, weight: f64) {
    for word in words(text) {
        let held = weights.entry(word).or_insert(0.0);
        *held = weight.max(*held);
    }
}

/// How well the words of a job meet those of a profile.
#[derive(Clone, Debug, PartialEq)]
pub struct Relevance {
    /// Share of the job's weighted words which the profile holds, over [`FULL_SHARE`], 0 to 1; none for a
    /// job without words.
    pub value: Option<f64>,
    /// The shared words that weigh most.
    pub words: Vec<String>,
}

/// The given jobs' words, weighed.
pub struct Corpus {
    /// Of each job, its words' weights: inverse document frequency times saturated frequency.
    jobs: Vec<BTreeMap<String, f64>>,
    /// Of each job, how a word is written in it, by its stem.
    written: Vec<BTreeMap<String, String>>,
}

impl Corpus {
    /// Weighs the words of jobs (Robertson, Zaragoza and Taylor 2004, "Simple BM25 extension to multiple
    /// weighted fields", eq. 4 and 5: one saturation over the weighted sum of the fields' frequencies).
    pub fn new(jobs: &[Job]) -> Corpus {
        let fields: Vec<[Vec<String>; 3]> = jobs.iter().map(job_fields).collect();
        let mean_lengths: [f64; 3] = std::array::from_fn(|field| {
            let total: usize = fields.iter().filter_map(|job| job.get(field)).map(Vec::len).sum();
            (total as f64 / jobs.len().max(1) as f64).max(1.0)
        });
        let frequencies: Vec<_> =
            fields.iter().map(|job| frequencies(job, &mean_lengths)).collect();
        let mut holders: BTreeMap<&str, f64> = BTreeMap::new();
        for word in frequencies.iter().flat_map(|job| job.keys()) {
            *holders.entry(word).or_insert(0.0) += 1.0;
        }
        let count = jobs.len() as f64;
        let rarity = |word: &str| {
            let holding = holders.get(word).copied().unwrap_or(0.0);
            libm::log(1.0 + (count - holding + 0.5) / (holding + 0.5))
        };
        let weigh =
            |(word, f): (&String, &f64)| (word.clone(), rarity(word) * f / (SATURATION + f));
        Corpus {
            jobs: frequencies.iter().map(|job| job.iter().map(weigh).collect()).collect(),
            written: jobs.iter().map(written).collect(),
        }
    }

    /// Returns how a job meets a profile: what BM25F gives for it over the most any profile could get,
    /// and that over [`FULL_SHARE`].
    pub fn relevance(&self, query: &Query, job: usize) -> Relevance {
        let Some(weights) = self.jobs.get(job) else {
            return Relevance { value: None, words: Vec::new() };
        };
        let whole: f64 = weights.values().sum();
        let mut shared: Vec<(&str, f64)> = weights
            .iter()
            .filter_map(|(word, weight)| {
                query.0.get(word).map(|share| (word.as_str(), weight * share))
            })
            .collect();
        let met: f64 = shared.iter().map(|(_, weight)| weight).sum();
        shared.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
        let written = self.written.get(job);
        let as_written = |word: &str| {
            written.and_then(|written| written.get(word)).cloned().unwrap_or(word.to_owned())
        };
        let words = shared.iter().take(WORDS_SHOWN).map(|(word, _)| as_written(word)).collect();
        Relevance {
            value: (whole > 0.0).then(|| (met / whole / FULL_SHARE).clamp(0.0, 1.0)),
            words,
        }
    }

    /// Returns the words of a job with their weights.
    pub fn weights(&self, job: usize) -> Option<&BTreeMap<String, f64>> {
        self.jobs.get(job)
    }
}

/// Returns how a job writes its words, by stem; where it writes one in several ways, the first counts.
fn written(job: &Job) -> BTreeMap<String, String> {
    let mut written = BTreeMap::new();
    let skills = job.skills.iter().map(|skill| skill.value.name.as_str());
    for text in [job.title.as_str(), job.description.as_str()].into_iter().chain(skills) {
        for word in tokens(text) {
            written.entry(stem(&word)).or_insert(word);
        }
    }
    written
}

fn job_fields(job: &Job) -> [Vec<String>; 3] {
    let skills = job.skills.iter().flat_map(|skill| words(&skill.value.name)).collect();
    [words(&job.title), skills, words(&job.description)]
}

/// Adds up the fields' frequencies of each word, each field at its weight and corrected for its length.
fn frequencies(fields: &[Vec<String>; 3], mean_lengths: &[f64; 3]) -> BTreeMap<String, f64> {
    let mut sums = BTreeMap::new();
    for ((field, mean), weight) in fields.iter().zip(mean_lengths).zip(FIELDS) {
        let norm = 1.0 - LENGTH + LENGTH * field.len() as f64 / mean;
        for word in field {
            *sums.entry(word.clone()).or_insert(0.0) += weight / norm;
        }
    }
    sums
}

/// Returns the words two texts have in common.
pub fn shared_words(a: &str, b: &str) -> BTreeSet<String> {
    let other: BTreeSet<String> = words(b).into_iter().collect();
    words(a).into_iter().filter(|word| other.contains(word)).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::freelance::job::read_jobs;
    use crate::kernel::date::Date;

    fn relevance(profile: serde_json::Value, jobs: serde_json::Value) -> Vec<Relevance> {
        let as_of = Date::new(2026, 5, 18).unwrap();
        let query = Query::of(&Profile::read(&json!({"profile_data": profile}), as_of));
        let jobs = read_jobs(&json!({"jobs": jobs}), &[]);
        let corpus = Corpus::new(&jobs);
        (0..jobs.len()).map(|at| corpus.relevance(&query, at)).collect()
    }

    #[test]
    fn a_title_weighs_more_than_a_description_and_nothing_in_common_is_nothing() {
        let jobs = json!([
            {"title": "Beekeeping manual", "description": "Write about hives and honey, with drawings."},
            {"title": "Garden manual", "description": "Write about hives, beekeeping and honey, with drawings."},
            {"title": "Tax audit", "description": "Check ledgers."},
        ]);
        let found = relevance(json!({"title": "Beekeeping"}), jobs);
        let value = |at: usize| found[at].value.unwrap();
        assert!(value(0) > value(1) && value(1) > 0.0, "{found:?}");
        assert_eq!((value(2), found[2].words.len()), (0.0, 0));
    }

    #[test]
    fn a_rare_word_weighs_more_than_one_that_every_job_holds() {
        let jobs = json!([
            {"title": "Piano tuning", "description": "studio"},
            {"title": "Guitar repair", "description": "studio"},
            {"title": "Drum lessons", "description": "studio"},
        ]);
        let rare = relevance(json!({"title": "Tuning"}), jobs.clone());
        let common = relevance(json!({"title": "Studio"}), jobs);
        assert!(rare[0].value > common[0].value);
    }

    #[test]
    fn a_job_without_words_is_unknown() {
        assert_eq!(relevance(json!({"title": "Tuning"}), json!([{"title": "the"}]))[0].value, None);
    }
}
