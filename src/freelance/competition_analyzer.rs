//! The competition analyzer: rivals on each job, the chance to win it, and what sets the profile apart.

pub mod apart;
pub mod chance;
pub mod rivals;

mod insights;
mod report;

use serde::{Deserialize, Serialize};

use super::beliefs::Beliefs;
use super::job::{Job, read_jobs};
use super::job_matcher::holdings::Holdings;
use super::job_matcher::relevance::Corpus;
use super::job_matcher::{RankedJob, known_strength, shortlist};
use super::market::{Market, PayQuery, PayRow};
use super::profile::Profile;
use super::proposal_writer::proof::{Proof, proofs, strongest};
use super::skill::Skill;
use super::standing::market_of;
use crate::mechanism::domain::{Work, WorkFailure, WorkOrder};
use apart::Point;
use chance::{BidStrategy, Chance, Standpoint};
use rivals::{Crowd, Rivals};

/// Median rivals below which competition is low, and from which it is high.
const LEVELS: (f64, f64) = (8.0, 20.0);

/// How much competition there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[cfg_attr(not(target_arch = "wasm32"), schemars(rename = "CompetitionLevel"))]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// A median below 8 rivals a job.
    Low,
    /// Between.
    Medium,
    /// A median of 20 rivals or more.
    High,
    /// No jobs to look at.
    Unknown,
}

/// What others read of a job's competition: an entry of `competition.per_job`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JobCompetition {
    /// The job.
    pub job_id: String,
    /// Its rivals.
    pub rivals: Rivals,
    /// The chance to win it.
    pub win_probability: Chance,
}

/// All that was found of one job.
struct Analyzed<'a> {
    job: &'a Job,
    found: JobCompetition,
    standpoint: Standpoint,
    sets_apart: Vec<Point>,
    strategy: BidStrategy,
    missing: Vec<String>,
    market: Option<PayRow>,
}

/// What all jobs of a task are analyzed against.
struct Analysis<'a> {
    order: &'a WorkOrder<'a>,
    profile: &'a Profile,
    holdings: Holdings<'a>,
    jobs: &'a [Job],
    corpus: Corpus,
    crowd: Crowd,
    proofs: Vec<Proof<'a>>,
    market: Market,
    strength: Option<f64>,
    beliefs: Beliefs,
}

/// Analyzes the competition on the ranked jobs.
pub fn work(order: &WorkOrder<'_>) -> Result<Work, WorkFailure> {
    let profile = Profile::read(order.input, order.as_of);
    let jobs = read_jobs(order.input, order.marketplace);
    let shortlist = shortlist(order, &profile, &jobs);
    let analysis = Analysis {
        order,
        profile: &profile,
        holdings: Holdings::of(&profile),
        jobs: &jobs,
        corpus: Corpus::new(&jobs),
        crowd: Crowd::of(&jobs),
        proofs: proofs(&profile),
        market: market_of(order.input, order.market),
        strength: known_strength(order),
        beliefs: Beliefs::default(),
    };
    let analyzed: Vec<_> =
        shortlist.jobs.iter().map(|(ranked, job)| analysis.analyze(ranked, job)).collect();
    Ok(report::write(&analysis, shortlist.known, &analyzed))
}

impl Analysis<'_> {
    fn analyze<'j>(&self, ranked: &RankedJob, job: &'j Job) -> Analyzed<'j> {
        let market = self.pay_row(job);
        let rivals = self.crowd.rivals(job, self.order.as_of, market.as_ref(), &self.beliefs);
        let standpoint = chance::standpoint(
            self.profile,
            job,
            ranked,
            self.strength,
            market.as_ref(),
            &self.beliefs,
        );
        let win_probability = chance::chance(&standpoint, &rivals, &self.beliefs);
        let coverage = self.holdings.coverage(job);
        let asked: Vec<Skill> = job.skills.iter().map(|skill| skill.value.clone()).collect();
        let place = self.jobs.iter().position(|other| std::ptr::eq(other, job));
        let weights =
            place.and_then(|place| self.corpus.weights(place)).cloned().unwrap_or_default();
        let shown = strongest(&self.proofs, &asked, &weights, self.order.as_of);
        let sets_apart = apart::apart(self.profile, job, self.jobs, &coverage, shown.first());
        let lead = sets_apart.first().map(|point| point.lead.as_str());
        let strategy =
            chance::strategy(self.profile, job, &rivals, &win_probability, lead, self.order.as_of);
        Analyzed {
            job,
            found: JobCompetition { job_id: job.id.clone(), rivals, win_probability },
            standpoint,
            sets_apart,
            strategy,
            missing: coverage.missing.iter().map(|skill| skill.name.clone()).collect(),
            market,
        }
    }

    /// Returns what such work pays where the job is, else where the freelancer is.
    fn pay_row(&self, job: &Job) -> Option<PayRow> {
        let skills: Vec<&Skill> = job.skills.iter().map(|skill| &skill.value).collect();
        let own_country = self.profile.country.as_ref().map(|country| country.value.as_str());
        let years = self.profile.experience_years.as_ref().map(|years| years.value);
        let query = PayQuery {
            skills: &skills,
            title: &job.title,
            years,
            country: job.country.as_deref().or(own_country),
        };
        self.market.pay(&query)
    }
}

/// Returns how much competition there is, by the median of expected rivals.
fn level(median_rivals: Option<f64>) -> Level {
    match median_rivals {
        None => Level::Unknown,
        Some(median) if median < LEVELS.0 => Level::Low,
        Some(median) if median < LEVELS.1 => Level::Medium,
        Some(_) => Level::High,
    }
}
