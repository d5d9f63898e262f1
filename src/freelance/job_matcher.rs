//! The job matcher: ranks the given jobs by relevance, skills, pay, client and freshness, every term shown.

pub mod holdings;
pub mod place;
pub mod relevance;
pub mod terms;

mod objection;
mod report;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::coverage::Coverage;
use super::job::{Job, read_jobs};
use super::profile::Profile;
use crate::kernel::date::Date;
use crate::kernel::fixed::rounded;
use crate::mechanism::domain::{Work, WorkFailure, WorkOrder};
use crate::model::figure::Tag;
use holdings::Holdings;
use relevance::{Corpus, Query, Relevance};
use terms::{Reading, Term};

/// Weights of the terms; they add up to 1. What the work is counts two thirds, what it pays a fifth.
const SKILLS_WEIGHT: f64 = 0.40;
const RELEVANCE_WEIGHT: f64 = 0.25;
const PAY_WEIGHT: f64 = 0.20;
const CLIENT_WEIGHT: f64 = 0.08;
const FRESHNESS_WEIGHT: f64 = 0.07;
/// Jobs recommended where the request does not say how many.
const JOBS_UNLESS_ASKED: usize = 10;
/// Jobs recommended at most, so that a request cannot ask for all the world.
const JOBS_MAX: usize = 50;

/// The terms of a job's score.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[cfg_attr(not(target_arch = "wasm32"), schemars(rename = "JobTerms"))]
pub struct Terms {
    /// Share of the job's skills that the profile holds.
    pub skills: Term,
    /// Share of the job's weighted words that the profile holds (BM25F).
    pub relevance: Term,
    /// How the pay meets the profile's rate.
    pub pay: Term,
    /// The client's record.
    pub client: Term,
    /// How fresh the posting is.
    pub freshness: Term,
}

impl Terms {
    /// Returns the terms by name, in the order they are shown.
    pub fn named(&self) -> [(&'static str, &Term); 5] {
        [
            ("skills", &self.skills),
            ("relevance", &self.relevance),
            ("pay", &self.pay),
            ("client", &self.client),
            ("freshness", &self.freshness),
        ]
    }

    /// Returns how well the work itself fits, 0 to 1: skills and relevance at their weights.
    pub fn fit(&self) -> f64 {
        let weight = self.skills.weight + self.relevance.weight;
        if weight > 0.0 { (self.skills.points + self.relevance.points) / weight } else { 0.0 }
    }

    /// Returns the share of the score that rests on what is known.
    pub fn known(&self) -> f64 {
        self.named()
            .iter()
            .filter(|(_, term)| term.value.is_some())
            .map(|(_, term)| term.weight)
            .sum()
    }
}

/// A job with its score: an entry of `jobs.ranked`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RankedJob {
    /// The job.
    pub job_id: String,
    /// Its score, 0 to 1: the sum of its terms' points.
    pub score: f64,
    /// What the score is made of.
    pub terms: Terms,
}

/// A job that is recommended, with what there is to say of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Recommended<'a> {
    /// The job.
    pub job: &'a Job,
    /// Its score.
    pub ranked: RankedJob,
    /// Its skills against the profile's.
    pub coverage: Coverage,
    /// The words it shares with the profile that weigh most.
    pub words: Vec<String>,
}

impl Recommended<'_> {
    /// Returns the names of the skills that are asked for and held.
    pub fn held(&self) -> Vec<String> {
        self.coverage.matched.iter().map(|matched| matched.asked.name.clone()).collect()
    }

    /// Returns the names of the skills that are asked for and not held.
    pub fn missing(&self) -> Vec<String> {
        self.coverage.missing.iter().map(|skill| skill.name.clone()).collect()
    }
}

/// A job that is not recommended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// The job.
    pub job_id: String,
    /// Why, in words.
    pub reason: String,
}

/// The given jobs in order, best first.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranking<'a> {
    /// The recommended jobs.
    pub recommended: Vec<Recommended<'a>>,
    /// The others, in the order given.
    pub left_out: Vec<LeftOut>,
    /// How many jobs were given.
    pub considered: usize,
}

/// What a request asks of the matcher.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wishes {
    /// How many jobs at most, 1 to [`JOBS_MAX`].
    pub max_jobs: usize,
    /// Categories wanted; all if empty.
    pub categories: Vec<String>,
}

impl Wishes {
    /// Reads `max_jobs` and `target_categories` of a task's input; what is not understood is left aside.
    pub fn read(input: &Value) -> Wishes {
        let asked = input.get("max_jobs").and_then(Value::as_f64).filter(|asked| *asked >= 1.0);
        let max_jobs = asked.map_or(JOBS_UNLESS_ASKED, |asked| (asked as usize).min(JOBS_MAX));
        let categories = match input.get("target_categories") {
            Some(Value::String(single)) => vec![single.clone()],
            Some(Value::Array(several)) => {
                several.iter().filter_map(Value::as_str).map(str::to_owned).collect()
            }
            _ => Vec::new(),
        };
        Wishes { max_jobs, categories }
    }
}

/// Ranks the given jobs for the given profile.
pub fn work(order: &WorkOrder<'_>) -> Result<Work, WorkFailure> {
    let profile = Profile::read(order.input, order.as_of);
    let jobs = read_jobs(order.input, order.marketplace);
    let wishes = Wishes::read(order.input);
    let ranking = rank(&profile, &jobs, &wishes, order.as_of);
    Ok(report::write(order, &profile, &jobs, &wishes, &ranking))
}

/// Ranks jobs for a profile; ties go to the id that sorts first as text.
pub fn rank<'a>(profile: &Profile, jobs: &'a [Job], wishes: &Wishes, as_of: Date) -> Ranking<'a> {
    let corpus = Corpus::new(jobs);
    let query = Query::of(profile);
    let holdings = Holdings::of(profile);
    let blank = profile.skills.is_empty() && query.is_empty();
    let mut left_out = Vec::new();
    let mut fitting = Vec::new();
    for (at, job) in jobs.iter().enumerate() {
        let met = weigh(profile, &holdings, job, corpus.relevance(&query, at), as_of);
        match objection::objection(profile, job, &met, wishes, blank) {
            Some(reason) => left_out.push((at, LeftOut { job_id: job.id.clone(), reason })),
            None => fitting.push((at, met)),
        }
    }
    fitting.sort_by(|(_, a), (_, b)| {
        b.ranked
            .score
            .total_cmp(&a.ranked.score)
            .then_with(|| a.ranked.job_id.cmp(&b.ranked.job_id))
    });
    for (place, (at, met)) in fitting.iter().enumerate().skip(wishes.max_jobs) {
        let reason = format!(
            "ranked {} with {}, below the {} asked for",
            place + 1,
            met.ranked.score,
            wishes.max_jobs
        );
        left_out.push((*at, LeftOut { job_id: met.ranked.job_id.clone(), reason }));
    }
    left_out.sort_by_key(|(at, _)| *at);
    Ranking {
        recommended: fitting.into_iter().take(wishes.max_jobs).map(|(_, met)| met).collect(),
        left_out: left_out.into_iter().map(|(_, job)| job).collect(),
        considered: jobs.len(),
    }
}

/// Weighs one job.
fn weigh<'a>(
    profile: &Profile,
    holdings: &Holdings<'_>,
    job: &'a Job,
    met: Relevance,
    as_of: Date,
) -> Recommended<'a> {
    let coverage = holdings.coverage(job);
    // Without skills to compare, the words of the posting carry the whole weight of fit.
    let (skills_weight, relevance_weight) = if coverage.known {
        (SKILLS_WEIGHT, RELEVANCE_WEIGHT)
    } else {
        (0.0, SKILLS_WEIGHT + RELEVANCE_WEIGHT)
    };
    let terms = Terms {
        skills: skill_reading(job, &coverage).weighed(skills_weight),
        relevance: relevance_reading(profile, job, &met).weighed(relevance_weight),
        pay: terms::pay_fit(profile, job).weighed(PAY_WEIGHT),
        client: terms::client_quality(&job.client, &job.pointer).weighed(CLIENT_WEIGHT),
        freshness: terms::freshness(job, as_of).weighed(FRESHNESS_WEIGHT),
    };
    let score = rounded(terms.named().iter().map(|(_, term)| term.points).sum(), 4);
    let ranked = RankedJob { job_id: job.id.clone(), score, terms };
    Recommended { job, ranked, coverage, words: met.words }
}

fn skill_reading(job: &Job, coverage: &Coverage) -> Reading {
    if !coverage.known {
        let note = if job.skills.is_empty() {
            "the posting lists no skills"
        } else {
            "no skills to compare"
        };
        return Reading { value: None, note: note.into(), tag: Tag::Assumed, sources: Vec::new() };
    }
    let met = coverage.matched.iter();
    let sources =
        met.flat_map(|met| [met.held_pointer.clone(), met.asked_pointer.clone()]).collect();
    let total = coverage.matched.len() + coverage.missing.len();
    let note = format!("{} of {total} skills held", coverage.matched.len());
    Reading { value: Some(coverage.share), note, tag: Tag::Derived, sources }
}

fn relevance_reading(profile: &Profile, job: &Job, met: &Relevance) -> Reading {
    let note = match (met.value, met.words.as_slice()) {
        (None, _) => "the posting has no words to compare".to_owned(),
        (Some(_), []) => "no words in common".to_owned(),
        (Some(_), shared) => format!("shares {}", shared.join(", ")),
    };
    let texts = [profile.title.as_ref(), profile.bio.as_ref()].into_iter().flatten();
    let sources = texts.map(|text| text.pointer.clone()).chain([job.pointer.clone()]).collect();
    Reading { value: met.value, note, tag: Tag::Assumed, sources }
}

/// The jobs that others should look at: what the matcher ranked, else a ranking of one's own.
pub struct Shortlist<'a> {
    /// The jobs with their scores, best first.
    pub jobs: Vec<(RankedJob, &'a Job)>,
    /// Whether the blackboard held the ranking.
    pub known: bool,
}

/// Returns the jobs of `jobs.ranked` that are among those given; ranks them by the same method where
/// the blackboard holds no ranking that can be read.
pub fn shortlist<'a>(order: &WorkOrder<'_>, profile: &Profile, jobs: &'a [Job]) -> Shortlist<'a> {
    let told =
        order.known("jobs.ranked").and_then(|value| Vec::<RankedJob>::deserialize(value).ok());
    if let Some(ranked) = told {
        let found = |ranked: RankedJob| {
            let job = jobs.iter().find(|job| job.id == ranked.job_id)?;
            Some((ranked, job))
        };
        return Shortlist { jobs: ranked.into_iter().filter_map(found).collect(), known: true };
    }
    let ranking = rank(profile, jobs, &Wishes::read(order.input), order.as_of);
    let own = ranking.recommended.into_iter().map(|met| (met.ranked, met.job));
    Shortlist { jobs: own.collect(), known: false }
}

/// Returns the profile's strength from 0 to 100 as the blackboard holds it.
pub fn known_strength(order: &WorkOrder<'_>) -> Option<f64> {
    let told = order.known("profile.strength")?;
    told.as_f64().or_else(|| told.get("score")?.as_f64()).map(|strength| strength.clamp(0.0, 100.0))
}
