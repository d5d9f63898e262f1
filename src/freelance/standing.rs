//! Where a freelancer stands in the market, read from profile, jobs and pay for the team's beliefs.

use serde_json::Value;

use super::beliefs::{Beliefs, Bid, Standing};
use super::career_planner::gap::NEAR_FROM;
use super::coverage::{Coverage, coverage};
use super::job::Job;
use super::market::{Market, PayQuery, PayRow};
use super::profile::Profile;
use super::skill::Skill;

/// Hours a week for sale where nobody said: what part-time freelancers offer; assumed.
pub const HOURS_UNKNOWN: f64 = 30.0;

/// Standard deviations of a normal distribution between its 10th and 90th percentile.
const DECILES_APART: f64 = 2.563_103;

/// What is known of a standing beside the profile; none where unknown.
#[derive(Clone, Copy, Debug, Default)]
pub struct Known<'a> {
    /// Pay for this work, in the freelancer's currency.
    pub pay: Option<&'a PayRow>,
    /// Profile strength, 0 to 1.
    pub strength: Option<f64>,
    /// Rivals a job.
    pub rivals: Option<f64>,
}

/// Reads a standing; what is unknown is the usual bidder's.
pub fn standing(beliefs: &Beliefs, profile: &Profile, jobs: &[Job], known: &Known<'_>) -> Standing {
    let usual = beliefs.rival;
    let ratio =
        |pay: &PayRow| Some(profile.hourly_rate.as_ref()?.value / median(pay)).filter(|r| *r > 0.0);
    let price_ratio = known.pay.and_then(ratio).unwrap_or(usual.price_ratio);
    Standing {
        reserve: beliefs.reserve_at(price_ratio),
        bid: Bid {
            fit: fit(profile, jobs).unwrap_or(usual.fit),
            price_ratio,
            strength: known.strength.unwrap_or(usual.strength),
            proposal_quality: usual.proposal_quality,
            rivals: known.rivals.or_else(|| counted_rivals(jobs)).unwrap_or(beliefs.rivals_unknown),
        },
        hours: profile.availability_hours.as_ref().map_or(HOURS_UNKNOWN, |hours| hours.value),
        pay_spread: known.pay.map_or(beliefs.pay_spread, spread),
    }
}

/// Returns how much of what the near jobs ask for the profile covers on average, of all where none is
/// near; none where no job says.
pub fn fit(profile: &Profile, jobs: &[Job]) -> Option<f64> {
    let near = near_jobs(profile, jobs);
    let all = jobs.iter().map(|job| coverage(profile, job)).filter(|coverage| coverage.known);
    mean(near.iter().map(|(_, coverage)| coverage.share))
        .or_else(|| mean(all.map(|coverage| coverage.share)))
}

/// Returns the jobs that name skills and are near the profile, with how it covers them.
pub fn near_jobs<'a>(profile: &Profile, jobs: &'a [Job]) -> Vec<(&'a Job, Coverage)> {
    let covered = jobs.iter().map(|job| (job, coverage(profile, job)));
    covered.filter(|(_, coverage)| coverage.known && coverage.share >= NEAR_FROM).collect()
}

/// Returns the mean number of proposals over the jobs that count them.
pub fn counted_rivals(jobs: &[Job]) -> Option<f64> {
    mean(jobs.iter().filter_map(|job| job.proposals).map(f64::from))
}

/// Makes the market of the environment's data with a request's own `market_data` over it.
pub fn market_of(input: &Value, environment: &Value) -> Market {
    let Some(own) = input.get("market_data").and_then(Value::as_object) else {
        return Market::new(environment);
    };
    let mut joined = environment.as_object().cloned().unwrap_or_default();
    joined.extend(own.iter().map(|(key, value)| (key.clone(), value.clone())));
    Market::new(&Value::Object(joined))
}

/// Returns the pay distribution for a profile's work; none where no source reaches or its currency is
/// not the freelancer's.
pub fn pay_of(market: &Market, profile: &Profile) -> Option<PayRow> {
    let skills: Vec<&Skill> = profile.skills.iter().map(|held| &held.skill).collect();
    let row = market.pay(&PayQuery {
        skills: &skills,
        title: profile.title.as_ref().map_or("", |title| title.value.as_str()),
        years: profile.experience_years.as_ref().map(|years| years.value),
        country: profile.country.as_ref().map(|country| country.value.as_str()),
    })?;
    let same_currency = profile.currency.as_ref().is_none_or(|own| own.value == row.currency);
    (same_currency && median(&row) > 0.0).then_some(row)
}

/// Returns the median of a pay distribution, per hour.
pub fn median(pay: &PayRow) -> f64 {
    let [_, _, median, _, _] = pay.quantiles;
    median
}

/// Returns the standard deviation of log pay that a distribution's outer deciles tell (log-normal).
pub fn spread(pay: &PayRow) -> f64 {
    let [low, _, _, _, high] = pay.quantiles;
    if low > 0.0 && high > low { libm::log(high / low) / DECILES_APART } else { 0.0 }
}

fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, count) = values.fold((0.0, 0_u32), |(sum, count), value| (sum + value, count + 1));
    (count > 0).then(|| sum / f64::from(count))
}
