//! What the pricing strategist prices on: pay, strength, rivals and fit, each with where it comes from.

use serde_json::Value;

use crate::freelance::beliefs::{Beliefs, Standing};
use crate::freelance::job::{Job, read_jobs};
use crate::freelance::job_matcher::known_strength;
use crate::freelance::market::PayRow;
use crate::freelance::profile::Profile;
use crate::freelance::standing;
use crate::kernel::fixed::rounded;
use crate::mechanism::domain::WorkOrder;
use crate::model::figure::Tag;
use crate::model::recommendation::{Evidence, EvidenceKind};

/// Rivals a job where only the level of competition is known; assumed, inside the levels' bounds.
const RIVALS_BY_LEVEL: [(&str, f64); 3] = [("low", 5.0), ("medium", 12.0), ("high", 25.0)];
/// How many more rivals a generalist meets: those of every field they touch; assumed.
const GENERALIST_RIVALS: f64 = 1.25;
/// Given jobs with hourly pay in the freelancer's currency from which their pay is a market; assumed.
const PAID_JOBS_MIN: usize = 4;
/// How sure pay is that the strategist looked up alone: the table is the analyst's, the second pair of
/// eyes is missing.
const OWN_LOOKUP: f64 = 0.95;
/// How sure pay is that was made of the given jobs: they are few.
const JOBS_PAY: f64 = 0.5;
/// How sure pay is where neither country nor currency says that it is the freelancer's.
const PLACE_UNKNOWN: f64 = 0.6;
/// The surest this method can be: it rests on beliefs.
const CONFIDENCE_MAX: f64 = 0.95;

/// A figure with where it comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct Sourced {
    /// The figure.
    pub value: f64,
    /// Where it comes from, in words.
    pub source: String,
    /// Its tag.
    pub tag: Tag,
    /// How much of its weight it gives to confidence, 0 to 1.
    pub sureness: f64,
}

/// All that a rate depends on.
pub struct Case {
    /// The team's beliefs.
    pub beliefs: Beliefs,
    /// The freelancer.
    pub profile: Profile,
    /// The jobs given.
    pub jobs: Vec<Job>,
    /// Pay for such work in the freelancer's currency, and how sure that is; none where unknown.
    pub pay: Option<(PayRow, f64)>,
    /// The current rate; none where not given.
    pub current: Option<f64>,
    /// The freelancer's currency, else that of the pay.
    pub currency: Option<String>,
    /// Profile strength, 0 to 1.
    pub strength: Sourced,
    /// Rivals a job.
    pub rivals: Sourced,
    /// Share of what the jobs ask for that the profile covers.
    pub fit: Sourced,
    /// The standing at the current rate, at the median where there is none.
    pub standing: Standing,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
}

impl Case {
    /// Reads an order: what others know where it is there, else its own assumption.
    pub fn of(order: &WorkOrder<'_>) -> Case {
        let beliefs = Beliefs::default();
        let profile = Profile::read(order.input, order.as_of);
        let jobs = read_jobs(order.input, order.marketplace);
        let mut evidence = Vec::new();
        let pay = pay(order, &profile, &jobs, &mut evidence);
        let strength = strength(order, &beliefs, &mut evidence);
        let rivals = rivals(order, &beliefs, &jobs, &mut evidence);
        let fit = fit(&beliefs, &profile, &jobs, &mut evidence);
        let known = standing::Known {
            pay: pay.as_ref().map(|(row, _)| row),
            strength: Some(strength.value),
            rivals: Some(rivals.value),
        };
        let standing = standing::standing(&beliefs, &profile, &jobs, &known);
        let current = profile.hourly_rate.as_ref().filter(|rate| rate.value > 0.0);
        evidence.extend(current.map(|rate| field(&rate.pointer)));
        evidence.extend(profile.experience_years.iter().map(|years| field(&years.pointer)));
        evidence.extend(profile.availability_hours.iter().map(|hours| field(&hours.pointer)));
        let own = profile.currency.as_ref().map(|currency| currency.value.clone());
        let currency = own.or_else(|| pay.as_ref().map(|(row, _)| row.currency.clone()));
        let current = current.map(|rate| rate.value);
        Case {
            beliefs,
            profile,
            jobs,
            pay,
            current,
            currency,
            strength,
            rivals,
            fit,
            standing,
            evidence,
        }
    }

    /// Returns how sure a rate can be: what it depends on, each by how well it is known; without pay half.
    pub fn confidence(&self) -> f64 {
        let there = |is_there: bool, weight: f64| if is_there { weight } else { 0.0 };
        let pay = self.pay.as_ref().map_or(0.0, |(_, sureness)| 0.3 * sureness);
        let rest = 0.2 * self.strength.sureness
            + 0.15 * self.fit.sureness
            + 0.1 * self.rivals.sureness
            + there(self.current.is_some(), 0.1)
            + there(self.profile.experience_years.is_some(), 0.1)
            + there(self.profile.availability_hours.is_some(), 0.05);
        let whole = if self.pay.is_some() { pay + rest } else { 0.5 * rest };
        rounded(CONFIDENCE_MAX * whole, 4)
    }
}

/// Takes pay from the blackboard, else from the table, else from what the given jobs pay.
fn pay(
    order: &WorkOrder<'_>,
    profile: &Profile,
    jobs: &[Job],
    evidence: &mut Vec<Evidence>,
) -> Option<(PayRow, f64)> {
    let is_placed = profile.country.is_some() || profile.currency.is_some();
    let placed = |sureness: f64| if is_placed { sureness } else { sureness * PLACE_UNKNOWN };
    let market = standing::market_of(order.input, order.market);
    let own = profile.currency.as_ref().map(|currency| currency.value.as_str());
    let told = order.known("market.pay").and_then(|told| told_pay(told, own));
    let found = standing::pay_of(&market, profile);
    if let Some(row) = told {
        evidence.push(knowledge("market.pay", row.tag));
        return Some((row, placed(1.0)));
    }
    if let Some(row) = found {
        evidence.push(Evidence { kind: EvidenceKind::Market, at: row.name.clone(), tag: row.tag });
        return Some((row, placed(OWN_LOOKUP)));
    }
    let row = jobs_pay(jobs, own?)?;
    evidence
        .extend(jobs.iter().filter(|job| paid_in(job, &row.currency).is_some()).map(job_evidence));
    Some((row, JOBS_PAY))
}

/// Reads the market analyst's pay, if it is in the freelancer's currency.
fn told_pay(told: &Value, own: Option<&str>) -> Option<PayRow> {
    let text = |key: &str| told.get(key).and_then(Value::as_str).map(str::to_owned);
    let mut quantiles = [0.0; 5];
    for (place, value) in quantiles.iter_mut().zip(told.get("quantiles")?.as_array()?) {
        *place = value.as_f64()?;
    }
    let row = PayRow {
        name: text("row")?,
        field: text("field").unwrap_or_default(),
        quantiles,
        currency: text("currency")?,
        country: text("country").unwrap_or_default(),
        source: text("source").unwrap_or_else(|| "the market analyst".to_owned()),
        tag: told
            .get("tag")
            .and_then(|tag| serde_json::from_value(tag.clone()).ok())
            .unwrap_or(Tag::Derived),
    };
    (standing::median(&row) > 0.0 && own.is_none_or(|own| own == row.currency)).then_some(row)
}

/// Makes a pay distribution of what the given jobs pay by the hour in one currency.
fn jobs_pay(jobs: &[Job], currency: &str) -> Option<PayRow> {
    let mut middles: Vec<f64> = jobs.iter().filter_map(|job| paid_in(job, currency)).collect();
    if middles.len() < PAID_JOBS_MIN {
        return None;
    }
    middles.sort_by(f64::total_cmp);
    let quantiles = [0.1, 0.25, 0.5, 0.75, 0.9].map(|share| quantile(&middles, share));
    Some(PayRow {
        name: "given_jobs".to_owned(),
        field: String::new(),
        quantiles,
        currency: currency.to_owned(),
        country: String::new(),
        source: format!("the middle of what {} given jobs pay by the hour", middles.len()),
        tag: Tag::Derived,
    })
}

fn paid_in(job: &Job, currency: &str) -> Option<f64> {
    let pay = job.pay.as_ref().filter(|pay| pay.currency.as_deref() == Some(currency))?;
    pay.hourly().map(|(low, high)| 0.5 * (low + high)).filter(|middle| *middle > 0.0)
}

/// Returns a quantile, linear between the values (Hyndman and Fan 1996, type 7).
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let place = share * (sorted.len().saturating_sub(1)) as f64;
    let below = libm::floor(place);
    let at = |place: f64| sorted.get(place as usize).or(sorted.last()).copied().unwrap_or(0.0);
    at(below) + (place - below) * (at(below + 1.0) - at(below))
}

fn strength(order: &WorkOrder<'_>, beliefs: &Beliefs, evidence: &mut Vec<Evidence>) -> Sourced {
    match known_strength(order) {
        Some(score) => {
            evidence.push(knowledge("profile.strength", Tag::Assumed));
            sourced(score / 100.0, "profile.strength", Tag::Assumed, 1.0)
        }
        None => sourced(
            beliefs.rival.strength,
            "the usual profile, strength not being known",
            Tag::Assumed,
            0.2,
        ),
    }
}

/// Takes rivals from the competition's level, else from counted proposals, else as assumed.
fn rivals(
    order: &WorkOrder<'_>,
    beliefs: &Beliefs,
    jobs: &[Job],
    evidence: &mut Vec<Evidence>,
) -> Sourced {
    let told = order.known("competition.level");
    let median = told.and_then(|told| told.get("median_rivals")?.as_f64());
    let level = told.and_then(|told| told.as_str().or_else(|| told.get("level")?.as_str()));
    let of_level =
        RIVALS_BY_LEVEL.iter().find(|(name, _)| level == Some(*name)).map(|(_, rivals)| *rivals);
    let mut rivals = if let Some(rivals) = median.or(of_level).filter(|rivals| *rivals >= 0.0) {
        evidence.push(knowledge("competition.level", Tag::Derived));
        sourced(rivals, "competition.level", Tag::Derived, 1.0)
    } else if let Some(mean) = standing::counted_rivals(jobs) {
        let counted = jobs.iter().filter(|job| job.proposals.is_some()).count();
        sourced(mean, "proposals counted in the given jobs", Tag::Derived, grown(counted))
    } else {
        sourced(
            beliefs.rivals_unknown,
            "the usual number, proposals not being counted",
            Tag::Assumed,
            0.2,
        )
    };
    let positioning =
        order.known("market.positioning").and_then(|told| told.get("positioning")?.as_str());
    if positioning.is_some_and(|positioning| positioning.ends_with("generalist")) {
        evidence.push(knowledge("market.positioning", Tag::Assumed));
        rivals.value *= GENERALIST_RIVALS;
        rivals.source.push_str(", more for a generalist");
        rivals.tag = Tag::Assumed;
    }
    rivals
}

fn fit(
    beliefs: &Beliefs,
    profile: &Profile,
    jobs: &[Job],
    evidence: &mut Vec<Evidence>,
) -> Sourced {
    let telling: Vec<&Job> = jobs.iter().filter(|job| !job.skills.is_empty()).collect();
    evidence.extend(telling.iter().map(|job| job_evidence(job)));
    match standing::fit(profile, jobs) {
        Some(fit) => sourced(
            fit,
            "skills held over skills the given jobs ask for",
            Tag::Derived,
            grown(telling.len()),
        ),
        None => sourced(
            beliefs.rival.fit,
            "the usual fit, no job saying what it asks for",
            Tag::Assumed,
            0.2,
        ),
    }
}

/// Returns how much a count of jobs tells: a half for one, more with each.
fn grown(count: usize) -> f64 {
    count as f64 / (count as f64 + 1.0)
}

fn sourced(value: f64, source: &str, tag: Tag, sureness: f64) -> Sourced {
    Sourced { value, source: source.to_owned(), tag, sureness }
}

fn field(at: &str) -> Evidence {
    Evidence { kind: EvidenceKind::Field, at: at.to_owned(), tag: Tag::Given }
}

fn knowledge(key: &str, tag: Tag) -> Evidence {
    Evidence { kind: EvidenceKind::Knowledge, at: key.to_owned(), tag }
}

fn job_evidence(job: &Job) -> Evidence {
    Evidence { kind: EvidenceKind::Job, at: job.id.clone(), tag: Tag::Given }
}
