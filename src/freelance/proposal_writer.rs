//! The proposal writer: a brief for each ranked job, then a draft from it, or the advice not to apply.

pub mod brief;
pub mod draft;
pub mod price;
pub mod proof;
pub mod question;
pub mod sentences;

mod report;
mod voice;

use serde::Deserialize;
use serde_json::Value;

use super::competition_analyzer::JobCompetition;
use super::competition_analyzer::chance::CHANCE_FLOOR;
use super::coverage::Coverage;
use super::job::{Job, read_jobs};
use super::job_matcher::holdings::Holdings;
use super::job_matcher::place::{Abroad, abroad};
use super::job_matcher::relevance::Corpus;
use super::job_matcher::{RankedJob, known_strength, shortlist};
use super::money::{counted, listed, percent};
use super::profile::Profile;
use super::skill::Skill;
use crate::kernel::date::Date;
use crate::mechanism::domain::{Work, WorkFailure, WorkOrder};
use brief::{Brief, Odds, brief};
use draft::{Draft, draft};
use proof::{Proof, Shown, proofs, strongest};

/// The share of a job's skills below which the advice is not to apply; assumed: postings are wish lists,
/// and whoever meets less than two fifths of one is seldom asked.
pub const COVERAGE_FLOOR: f64 = 0.4;

/// The relevance below which a posting without skills, which no sentence of the profile meets, is left alone.
pub const RELEVANCE_FLOOR: f64 = 0.3;

/// All that a proposal for one job is made of.
pub struct Case<'a> {
    /// The profile.
    pub profile: &'a Profile,
    /// The job.
    pub job: &'a Job,
    /// Its place in the ranking.
    pub ranked: &'a RankedJob,
    /// Its skills against the profile's.
    pub coverage: Coverage,
    /// The profile's proofs for it, strongest first.
    pub shown: Vec<Shown<'a, 'a>>,
    /// What the competition analyzer found of it.
    pub odds: Option<Odds>,
    /// What the pricing recommends, as the blackboard holds it.
    pub pricing: Option<&'a Value>,
    /// The profile's strength, 0 to 100.
    pub strength: Option<f64>,
    /// All sentences of the profile that could prove something.
    pub proofs: &'a [Proof<'a>],
    /// The run's "today".
    pub as_of: Date,
    /// The job as it stands in the input.
    pub posting: Option<&'a Value>,
}

impl Case<'_> {
    /// Returns the pointer to a field of the job, or to the job where it has no such field.
    pub fn field(&self, name: &str) -> String {
        let there = self.posting.is_some_and(|posting| posting.get(name).is_some());
        if there { format!("{}/{name}", self.job.pointer) } else { self.job.pointer.clone() }
    }
}

/// Returns what stands at a pointer of the input, or of the marketplace under its name.
pub fn at_pointer<'a>(
    input: &'a Value,
    marketplace: &'a [Value],
    pointer: &str,
) -> Option<&'a Value> {
    let Some(rest) = pointer.strip_prefix("/job_marketplace/") else {
        return input.pointer(pointer);
    };
    let (place, rest) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    marketplace.get(place.parse::<usize>().ok()?)?.pointer(rest)
}

/// A letter with the brief it was made from.
struct Letter {
    brief: Brief,
    draft: Draft,
}

/// What came of one job.
enum Verdict {
    /// A letter worth sending.
    Apply(Box<Letter>),
    /// Better not.
    Leave { reason: String, would_change: String },
}

/// Writes briefs and drafts for the ranked jobs.
pub fn work(order: &WorkOrder<'_>) -> Result<Work, WorkFailure> {
    let profile = Profile::read(order.input, order.as_of);
    let jobs = read_jobs(order.input, order.marketplace);
    let shortlist = shortlist(order, &profile, &jobs);
    let corpus = Corpus::new(&jobs);
    let proofs = proofs(&profile);
    let holdings = Holdings::of(&profile);
    let competition = order
        .known("competition.per_job")
        .and_then(|told| Vec::<JobCompetition>::deserialize(told).ok());
    let cases: Vec<Case<'_>> = shortlist
        .jobs
        .iter()
        .map(|(ranked, job)| {
            let asked: Vec<Skill> = job.skills.iter().map(|skill| skill.value.clone()).collect();
            let place = jobs.iter().position(|other| std::ptr::eq(other, *job));
            let weights =
                place.and_then(|place| corpus.weights(place)).cloned().unwrap_or_default();
            Case {
                profile: &profile,
                job,
                ranked,
                coverage: holdings.coverage(job),
                shown: strongest(&proofs, &asked, &weights, order.as_of),
                odds: competition.as_ref().and_then(|all| odds(all, &job.id)),
                pricing: order.known("pricing.rate"),
                strength: known_strength(order),
                proofs: &proofs,
                as_of: order.as_of,
                posting: at_pointer(order.input, order.marketplace, &job.pointer),
            }
        })
        .collect();
    let decided: Vec<_> = cases.iter().map(|case| (case, decide(case))).collect();
    Ok(report::write(order, &jobs, &decided, shortlist.known))
}

fn odds(all: &[JobCompetition], job_id: &str) -> Option<Odds> {
    let found = all.iter().find(|one| one.job_id == job_id)?;
    Some(Odds {
        rivals: found.rivals.expected,
        win_probability: found.win_probability.point.clamp(0.0, 1.0),
    })
}

/// Decides whether to apply, and writes the letter if so.
fn decide(case: &Case<'_>) -> Verdict {
    let (matched, missing) = (&case.coverage.matched, &case.coverage.missing);
    let leave = |reason: String, would_change: String| Verdict::Leave { reason, would_change };
    if case.coverage.known && case.coverage.share < COVERAGE_FLOOR {
        let lacking: Vec<String> = missing.iter().take(3).map(|skill| skill.name.clone()).collect();
        let reason = format!(
            "the profile holds {} of its {}, {} where {} is the least",
            matched.len(),
            counted(matched.len() + missing.len(), "skill"),
            percent(case.coverage.share),
            percent(COVERAGE_FLOOR)
        );
        return leave(reason, format!("work to show in {}", listed(&lacking)));
    }
    if abroad(case.profile, case.job) == Some(Abroad::OnSite) {
        let reason = "the work is done on site in another country than the profile's";
        return leave(reason.into(), "the client's word that it can be done from elsewhere".into());
    }
    let relevance = case.ranked.terms.relevance.value.unwrap_or(0.0);
    if !case.coverage.known && case.shown.is_empty() && relevance < RELEVANCE_FLOOR {
        let reason =
            "the posting lists no skills, and hardly anything in the profile meets what it says";
        return leave(
            reason.into(),
            "a skill list from the client, or work to show that is like this job".into(),
        );
    }
    if let Some(odds) = case.odds.as_ref().filter(|odds| odds.win_probability < CHANCE_FLOOR) {
        let reason = format!(
            "the chance to win it is below {}, among about {} rivals",
            percent(CHANCE_FLOOR),
            odds.rivals
        );
        return leave(reason, "fewer rivals or a closer fit".into());
    }
    let brief = brief(case);
    let draft = draft(case, &brief);
    Verdict::Apply(Box::new(Letter { brief, draft }))
}

#[cfg(test)]
mod tests;
