//! What sets a profile apart on one job: only what the profile holds, each with its fields.

use serde::Serialize;

use crate::freelance::coverage::Coverage;
use crate::freelance::job::Job;
use crate::freelance::money::{amount, counted, listed};
use crate::freelance::profile::Profile;
use crate::freelance::proposal_writer::proof::Shown;

/// The share of the given jobs up to which a skill they ask for is a rare one.
const RARE_SHARE: f64 = 0.2;
/// Jobs from which a share of them says something.
const JOBS_ENOUGH: usize = 5;
/// Years of experience from which they set someone apart.
const YEARS_ENOUGH: f64 = 5.0;
/// The rating from which reviews set someone apart.
const RATING_ENOUGH: f64 = 4.5;
/// Points shown for a job at most.
const POINTS_MAX: usize = 4;

/// One thing that sets a profile apart.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[cfg_attr(not(target_arch = "wasm32"), schemars(rename = "SetsApart"))]
pub struct Point {
    /// What kind of thing it is.
    pub kind: Kind,
    /// It, in one sentence.
    pub text: String,
    /// It, as the object of "begin with".
    #[serde(skip)]
    pub lead: String,
    /// The fields it rests on.
    pub sources: Vec<String>,
}

/// Kinds of things that set a profile apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[cfg_attr(not(target_arch = "wasm32"), schemars(rename = "SetsApartKind"))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Every skill asked for is held.
    FullCoverage,
    /// A skill that few of the given jobs ask for.
    RareSkill,
    /// A sentence of the profile that shows the work.
    Proof,
    /// What clients said.
    Reviews,
    /// Years of relevant work.
    Experience,
}

/// Returns what sets a profile apart on a job, strongest kind first.
pub fn apart(
    profile: &Profile,
    job: &Job,
    jobs: &[Job],
    coverage: &Coverage,
    proof: Option<&Shown<'_, '_>>,
) -> Vec<Point> {
    let mut points = Vec::new();
    points.extend(proof.map(proof_point));
    points.extend(full_coverage(coverage));
    points.extend(rare_skill(job, jobs, coverage));
    points.extend(reviews(profile));
    points.extend(experience(profile));
    points.truncate(POINTS_MAX);
    points
}

fn proof_point(shown: &Shown<'_, '_>) -> Point {
    let organization = shown.proof.place.piece().map(|piece| {
        if piece.organization.is_empty() {
            piece.title.as_str()
        } else {
            piece.organization.as_str()
        }
    });
    let at = organization
        .filter(|name| !name.is_empty())
        .map(|name| format!(" ({name})"))
        .unwrap_or_default();
    let quote = format!("\u{201c}{}\u{201d}{at}", shown.proof.text.trim_end_matches('.'));
    Point {
        kind: Kind::Proof,
        text: match shown.skills.as_slice() {
            [] => format!("Nearest to it in your profile: {quote}."),
            skills => format!("Your profile shows {}: {quote}.", listed(skills)),
        },
        lead: quote,
        sources: vec![shown.proof.pointer.clone()],
    }
}

fn full_coverage(coverage: &Coverage) -> Option<Point> {
    let total = coverage.matched.len();
    (coverage.known && coverage.missing.is_empty() && total > 1).then(|| Point {
        kind: Kind::FullCoverage,
        text: format!("You hold all {total} skills it asks for."),
        lead: format!("that you hold all {total} skills it asks for"),
        sources: coverage
            .matched
            .iter()
            .flat_map(|met| [met.held_pointer.clone(), met.asked_pointer.clone()])
            .collect(),
    })
}

/// Names the held skills of a job that few of the given jobs ask for.
fn rare_skill(job: &Job, jobs: &[Job], coverage: &Coverage) -> Option<Point> {
    if jobs.len() < JOBS_ENOUGH {
        return None;
    }
    let asked_by = |key: &str| {
        jobs.iter().filter(|other| other.skills.iter().any(|skill| skill.value.key == key)).count()
    };
    let most = jobs.len() as f64 * RARE_SHARE;
    let rare: Vec<_> = coverage
        .matched
        .iter()
        .filter(|met| !met.implied)
        .map(|met| (met, asked_by(&met.asked.key)))
        .filter(|(_, count)| *count as f64 <= most)
        .collect();
    if rare.is_empty() {
        return None;
    }
    let named: Vec<String> = rare
        .iter()
        .map(|(met, count)| format!("{} ({count} of {})", met.asked.name, jobs.len()))
        .collect();
    Some(Point {
        kind: Kind::RareSkill,
        text: format!("You hold what few of the given jobs ask for: {}.", listed(&named)),
        lead: format!(
            "your {}",
            listed(&rare.iter().map(|(met, _)| met.asked.name.clone()).collect::<Vec<_>>())
        ),
        sources: rare
            .iter()
            .map(|(met, _)| met.held_pointer.clone())
            .chain([job.pointer.clone()])
            .collect(),
    })
}

fn reviews(profile: &Profile) -> Option<Point> {
    let reviews = profile.reviews.as_ref()?;
    let rating = reviews
        .value
        .rating
        .filter(|rating| *rating >= RATING_ENOUGH && reviews.value.count > 0)?;
    let told = format!(
        "{}, rated {} of 5",
        counted(reviews.value.count as usize, "review"),
        amount(rating, 1)
    );
    let (text, lead) = (format!("{told}."), format!("your {told}"));
    Some(Point { kind: Kind::Reviews, text, lead, sources: vec![reviews.pointer.clone()] })
}

fn experience(profile: &Profile) -> Option<Point> {
    let years = profile.experience_years.as_ref().filter(|years| years.value >= YEARS_ENOUGH)?;
    let told = format!("{} years of relevant work", amount(libm::floor(years.value), 0));
    let (text, lead) = (format!("{told}."), format!("your {told}"));
    Some(Point { kind: Kind::Experience, text, lead, sources: vec![years.pointer.clone()] })
}
