//! The profile optimizer: a weighted rubric, and what would mend it, ranked by points per hour.

pub mod results;
pub mod rubric;

use serde_json::{Map, Value, json};

use super::beliefs::Beliefs;
use super::job::{Job, read_jobs};
use super::profile::Profile;
use super::standing::{self, Known};
use crate::kernel::fixed::rounded;
use crate::mechanism::domain::{Cost, Finding, Scope, Work, WorkFailure, WorkOrder};
use crate::model::figure::{Provenance, Tag};
use crate::model::recommendation::{Direction, Evidence, EvidenceKind, Recommendation};
use rubric::{Fix, Item, Part};

/// Strength and years from which the tier is `expert`; assumed.
pub const EXPERT_FROM: (f64, f64) = (80.0, 5.0);
/// Strength and years from which the tier is `intermediate`; assumed.
pub const INTERMEDIATE_FROM: (f64, f64) = (50.0, 2.0);

/// The surest this method can be: a rubric is no client.
const CONFIDENCE_MAX: f64 = 0.95;
/// Confidence lost for each part of the input that could not be read, up to `UNREAD_MAX` of them.
const UNREAD_COST: f64 = 0.03;
const UNREAD_MAX: f64 = 5.0;
/// Chance that a change to the profile does harm: a client may have liked the old one.
const CHANGE_RISK: f64 = 0.01;

/// Judges the profile of an order and advises what is missing.
pub fn work(order: &WorkOrder<'_>) -> Result<Work, WorkFailure> {
    let profile = Profile::read(order.input, order.as_of);
    let jobs = read_jobs(order.input, order.marketplace);
    let items = rubric::judge(&profile, &jobs);
    let strength = rounded(rubric::strength(&items), 0);
    let fixes = ranked(&items);
    let confidence = confidence(&profile, &jobs);
    let tier = tier(strength, profile.experience_years.as_ref().map(|years| years.value));
    let details: Vec<Value> = fixes.iter().map(|mend| mend.detail(&items)).collect();
    let result = json!({
        "improvements": fixes.iter().map(|mend| mend.fix.title.as_str()).collect::<Vec<_>>(),
        "improvement_details": details,
        "profile_strength_score": strength,
        "parts": parts(&items),
        "suggested_tier": tier,
        "unknown": unknown(&profile, &items),
    });
    let findings = vec![
        finding("profile.strength", json!({ "score": strength, "parts": parts(&items) })),
        finding("profile.tier", json!({ "tier": tier })),
        finding("profile.improvements", json!({ "improvements": details })),
    ];
    Ok(Work {
        provenance: provenance(&result),
        result,
        confidence,
        evidence: evidence(&items, &jobs),
        recommendations: recommendations(&profile, &jobs, &items, &fixes, confidence),
        findings,
        broadcasts: Vec::new(),
        cost: Cost { milli_units: 400 + 20 * items.len() as u64, tokens: 0 },
    })
}

/// Returns the tier a profile can ask for: `expert`, `intermediate` or `entry`, by strength and years;
/// unknown years never make an expert.
pub fn tier(strength: f64, years: Option<f64>) -> &'static str {
    let reaches =
        |(least, years_least): (f64, f64), years: f64| strength >= least && years >= years_least;
    if years.is_some_and(|years| reaches(EXPERT_FROM, years)) {
        "expert"
    } else if reaches(INTERMEDIATE_FROM, years.unwrap_or(INTERMEDIATE_FROM.1)) {
        "intermediate"
    } else {
        "entry"
    }
}

/// One improvement with what it gains.
struct Mend<'a> {
    item: &'a Item,
    fix: &'a Fix,
    points: f64,
}

impl Mend<'_> {
    fn per_hour(&self) -> f64 {
        self.points / self.fix.hours.max(0.1)
    }

    fn detail(&self, items: &[Item]) -> Value {
        json!({
            "id": self.item.id,
            "title": self.fix.title,
            "detail": self.fix.detail,
            "part": self.item.part.name(),
            "points": rounded(self.points, 1),
            "hours": rounded(self.fix.hours, 1),
            "points_per_hour": rounded(self.per_hour(), 2),
            "score_after": rounded(rubric::strength(items) + self.points, 0),
        })
    }
}

/// Returns the improvements by points per hour, the most first; ties in the rubric's order.
fn ranked(items: &[Item]) -> Vec<Mend<'_>> {
    let scale = 100.0 / rubric::max_points(items).max(1.0);
    let also = |fix: &Fix| {
        items.iter().find(|item| Some(item.id) == fix.also).map_or(0.0, Item::points_open)
    };
    let mut fixes: Vec<Mend<'_>> = items
        .iter()
        .filter_map(|item| {
            let fix = item.fix.as_ref()?;
            Some(Mend { item, fix, points: (item.points_open() + also(fix)) * scale })
        })
        .collect();
    fixes.sort_by(|a, b| b.per_hour().total_cmp(&a.per_hour()));
    fixes
}

fn parts(items: &[Item]) -> Value {
    let mut parts = Map::new();
    for part in Part::ALL {
        let own: Vec<&Item> = items.iter().filter(|item| item.part == part).collect();
        if own.is_empty() {
            continue;
        }
        let points: f64 = own.iter().map(|item| item.max * item.share).sum();
        let max: f64 = own.iter().map(|item| item.max).sum();
        parts.insert(part.name().to_owned(), json!({ "points": rounded(points, 1), "max": max }));
    }
    Value::Object(parts)
}

/// Lists what could not be judged and what would let it be.
fn unknown(profile: &Profile, items: &[Item]) -> Vec<Value> {
    let judged_demand = items.iter().any(|item| item.part == Part::Demand);
    let gaps = [
        (
            !judged_demand,
            "how the skills meet what is asked for",
            "jobs near the profile that name the skills they ask for",
        ),
        (
            profile.experience_years.is_none(),
            "years of experience",
            "`experience_years`, or positions with dates",
        ),
    ];
    let open = gaps.iter().filter(|(is_open, _, _)| *is_open);
    open.map(|(_, what, would_help)| json!({ "what": what, "would_help": would_help })).collect()
}

/// Returns how sure the rubric can be: the share of what it reads that was there, jobs counting more
/// the more there are, less a little for whatever was not understood.
fn confidence(profile: &Profile, jobs: &[Job]) -> f64 {
    let there = |is_there: bool, weight: f64| if is_there { weight } else { 0.0 };
    let judged = jobs.iter().filter(|job| !job.skills.is_empty()).count() as f64;
    let present = there(profile.title.is_some(), 0.1)
        + there(profile.bio.is_some(), 0.15)
        + there(!profile.skills.is_empty(), 0.2)
        + there(!profile.portfolio.is_empty() || !profile.work.is_empty(), 0.15)
        + there(profile.reviews.is_some(), 0.1)
        + there(profile.experience_years.is_some(), 0.1)
        + 0.2 * judged / (judged + 1.0);
    let unread = UNREAD_COST * (profile.unread.len() as f64).min(UNREAD_MAX);
    rounded((CONFIDENCE_MAX * present - unread).max(0.0), 4)
}

fn evidence(items: &[Item], jobs: &[Job]) -> Vec<Evidence> {
    let mut evidence: Vec<Evidence> = Vec::new();
    let fields =
        items.iter().filter(|item| item.part != Part::Demand).flat_map(|item| &item.read_at);
    for at in fields {
        if !evidence.iter().any(|known| known.at == *at) {
            evidence.push(Evidence { kind: EvidenceKind::Field, at: at.clone(), tag: Tag::Given });
        }
    }
    let judged = jobs.iter().filter(|job| !job.skills.is_empty());
    evidence.extend(judged.map(|job| Evidence {
        kind: EvidenceKind::Job,
        at: job.id.clone(),
        tag: Tag::Given,
    }));
    evidence
}

fn recommendations(
    profile: &Profile,
    jobs: &[Job],
    items: &[Item],
    fixes: &[Mend<'_>],
    confidence: f64,
) -> Vec<Recommendation> {
    let beliefs = Beliefs::default();
    let strength = Some(rubric::strength(items) / 100.0);
    let standing =
        standing::standing(&beliefs, profile, jobs, &Known { strength, ..Known::default() });
    fixes
        .iter()
        .map(|mend| {
            let mut advice = recommendation(mend, jobs, confidence);
            advice.gain = rounded(beliefs.gain(&standing, &[(&advice, 1.0)]), 4);
            advice
        })
        .collect()
}

fn recommendation(mend: &Mend<'_>, jobs: &[Job], confidence: f64) -> Recommendation {
    let Mend { item, fix, points } = mend;
    let (size, unit) = fix.size.unwrap_or((rounded(*points, 1), "points"));
    let from_jobs = item.part == Part::Demand;
    let evidence = if from_jobs {
        let job =
            |job: &Job| Evidence { kind: EvidenceKind::Job, at: job.id.clone(), tag: Tag::Given };
        jobs.iter().filter(|job| item.read_at.contains(&job.pointer)).map(job).collect()
    } else {
        let field =
            |at: &String| Evidence { kind: EvidenceKind::Field, at: at.clone(), tag: Tag::Given };
        item.read_at.iter().map(field).collect()
    };
    Recommendation {
        id: item.id.to_owned(),
        lever: fix.lever.to_owned(),
        title: fix.title.clone(),
        detail: format!("{}; worth {} of 100 points.", fix.detail, rounded(*points, 1)),
        direction: if fix.lever == "rate" { Direction::Change } else { Direction::Up },
        size,
        unit: unit.to_owned(),
        needs: Vec::new(),
        after: Vec::new(),
        provides: fix.provides.iter().map(|condition| (*condition).to_owned()).collect(),
        effort_hours: fix.hours,
        risk: CHANGE_RISK,
        confidence,
        gain: 0.0,
        evidence,
        safety: None,
    }
}

fn finding(key: &str, value: Value) -> Finding {
    let category = "profile_optimization".to_owned();
    Finding { key: key.to_owned(), category, value, scope: Scope::Task }
}

/// Tags the figures: all rest on the rubric's assumed points.
fn provenance(result: &Value) -> Provenance {
    let mut provenance = Provenance::default();
    let source = "rubric of 100 points over the profile and the given jobs";
    provenance.note("/profile_strength_score", Tag::Assumed, source);
    provenance.note("/suggested_tier", Tag::Assumed, "thresholds on strength and years");
    for part in result.get("parts").and_then(Value::as_object).into_iter().flat_map(Map::keys) {
        provenance.note(format!("/parts/{part}/points"), Tag::Assumed, source);
        provenance.note(format!("/parts/{part}/max"), Tag::Assumed, source);
    }
    let details = result.get("improvement_details").and_then(Value::as_array).map_or(0, Vec::len);
    for at in 0..details {
        for field in ["points", "hours", "points_per_hour", "score_after"] {
            provenance.note(format!("/improvement_details/{at}/{field}"), Tag::Assumed, source);
        }
    }
    provenance
}

#[cfg(test)]
mod tests;
