//! The chance to win one job, by the team's beliefs, with the bounds that what is not known leaves open.

use serde::{Deserialize, Serialize};

use super::rivals::{Rivals, middle_hourly};
use crate::freelance::beliefs::{Beliefs, Bid};
use crate::freelance::job::{Job, PayUnit};
use crate::freelance::job_matcher::RankedJob;
use crate::freelance::market::PayRow;
use crate::freelance::money::{amount, money, range};
use crate::freelance::profile::Profile;
use crate::kernel::date::Date;
use crate::kernel::fixed::rounded;

/// How far a figure may be off that was computed from what was given, as a share of its range.
const DOUBT_KNOWN: f64 = 0.05;
/// How far it may be off where it is assumed.
const DOUBT_ASSUMED: f64 = 0.15;

/// The chance to win a job.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Chance {
    /// By what is expected, 0 to 1.
    pub point: f64,
    /// With everything open going against the bid.
    pub low: f64,
    /// With everything open going for it.
    pub high: f64,
}

/// What a chance was computed from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Standpoint {
    /// How much of the job's requirements is covered, 0 to 1.
    pub fit: f64,
    /// Asked rate over what such work pays; 1 where one of them is not known.
    pub price_ratio: f64,
    /// Profile strength, 0 to 1; the usual rival's where it is not known.
    pub strength: f64,
    /// What of it is assumed, in words.
    pub assumed: Vec<String>,
}

/// Gathers what a bid for a job stands on.
///
/// `strength` is the profile's from 0 to 100, where known.
pub fn standpoint(
    profile: &Profile,
    job: &Job,
    ranked: &RankedJob,
    strength: Option<f64>,
    market: Option<&PayRow>,
    beliefs: &Beliefs,
) -> Standpoint {
    let mut assumed = Vec::new();
    if ranked.terms.skills.value.is_none() {
        assumed.push("fit, from words alone: no skills to compare".to_owned());
    }
    if strength.is_none() {
        assumed.push("profile strength: the usual rival's".to_owned());
    }
    let ratio = price_ratio(profile, job, market);
    if ratio.is_none() {
        assumed.push(
            "price: at the market's middle, since rate and pay cannot be compared".to_owned(),
        );
    }
    Standpoint {
        fit: ranked.terms.skills.value.unwrap_or_else(|| ranked.terms.fit()).clamp(0.0, 1.0),
        price_ratio: rounded(ratio.unwrap_or(1.0), 3),
        strength: strength.map_or(beliefs.rival.strength, |strength| strength / 100.0),
        assumed,
    }
}

/// Returns the rate over the middle of the job's pay, else over the market's median; one currency only.
fn price_ratio(profile: &Profile, job: &Job, market: Option<&PayRow>) -> Option<f64> {
    let rate = profile.hourly_rate.as_ref()?.value;
    let own = &profile.currency.as_ref()?.value;
    let offered = job.pay.as_ref().and_then(middle_hourly).filter(|(_, currency)| currency == own);
    let median =
        market.filter(|row| row.currency == *own).and_then(|row| row.quantiles.get(2).copied());
    let middle = offered.map(|(middle, _)| middle).or(median).filter(|middle| *middle > 0.0)?;
    Some(rate / middle)
}

/// Returns the chance with its bounds.
///
/// The bounds are not those of a statistic: the lower one takes the most rivals and every figure at its
/// worst, the upper one the fewest and every figure at its best.
pub fn chance(standpoint: &Standpoint, rivals: &Rivals, beliefs: &Beliefs) -> Chance {
    let doubt = |name: &str| {
        let open = standpoint.assumed.iter().any(|what| what.starts_with(name));
        if open { DOUBT_ASSUMED } else { DOUBT_KNOWN }
    };
    let (fit, strength, price) = (doubt("fit"), doubt("profile"), doubt("price"));
    let at = |turn: f64, count: f64| {
        let rival = Bid { strength: rivals.strength, ..beliefs.rival };
        let bid = Bid {
            fit: standpoint.fit + turn * fit,
            price_ratio: standpoint.price_ratio * (1.0 - turn * price),
            strength: standpoint.strength + turn * strength,
            rivals: count,
            ..beliefs.rival
        };
        rounded(Beliefs { rival, ..beliefs.clone() }.win_chance(&bid), 4)
    };
    Chance {
        point: at(0.0, rivals.expected),
        low: at(-1.0, rivals.high),
        high: at(1.0, rivals.low),
    }
}

/// Returns the chance to win at least one of several jobs, taken as independent.
pub fn any_of(chances: &[&Chance]) -> Chance {
    let any = |of: fn(&Chance) -> f64| {
        rounded(
            1.0 - chances.iter().map(|chance| 1.0 - of(chance).clamp(0.0, 1.0)).product::<f64>(),
            4,
        )
    };
    Chance {
        point: any(|chance| chance.point),
        low: any(|chance| chance.low),
        high: any(|chance| chance.high),
    }
}

/// How to go for a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Approach {
    /// Not worth the hours.
    Skip,
    /// Few have bid: be among the first.
    BidEarly,
    /// Many bid: open with what sets the profile apart.
    LeadWithProof,
    /// What it pays has to be asked first.
    AskForPay,
    /// The profile has no rate yet to bid at.
    SettleRate,
    /// Nothing special: bid at the rate.
    BidAtRate,
}

/// A bidding strategy for one job.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct BidStrategy {
    /// The approach.
    pub approach: Approach,
    /// What to do, in one or two sentences.
    pub text: String,
}

/// A chance below which the hours of a proposal are better spent elsewhere.
pub const CHANCE_FLOOR: f64 = 0.02;
/// Proposals up to which a fresh job counts as hardly found yet, and the days for which it is fresh.
const FEW_PROPOSALS: u32 = 5;
const FRESH_DAYS: i64 = 7;
/// Rivals from which a proposal must stand out in its first line.
pub const MANY_RIVALS: f64 = 20.0;

/// Chooses how to go for a job, the first that applies of: skip, early, proof, ask, settle, rate.
///
/// `lead` is what the first line should say, where anything sets the profile apart.
pub fn strategy(
    profile: &Profile,
    job: &Job,
    rivals: &Rivals,
    chance: &Chance,
    lead: Option<&str>,
    as_of: Date,
) -> BidStrategy {
    let fresh = job.posted.is_none_or(|posted| as_of.days_since(posted) <= FRESH_DAYS);
    let price = price_words(profile, job);
    let (approach, text) = match lead {
        _ if chance.point < CHANCE_FLOOR => (
            Approach::Skip,
            "Leave it: the chance does not pay for the hours a good proposal takes.".to_owned(),
        ),
        _ if fresh && rivals.counted.is_some_and(|count| count <= FEW_PROPOSALS) => {
            (Approach::BidEarly, format!("Bid now, while it has {}. {price}", rivals.basis))
        }
        Some(lead) if rivals.expected >= MANY_RIVALS => {
            (Approach::LeadWithProof, format!("Many bid for it, so begin with {lead}. {price}"))
        }
        _ if job.pay.is_none() => {
            (Approach::AskForPay, format!("It names no pay: ask for the budget. {price}"))
        }
        _ if profile.hourly_rate.is_none() => (Approach::SettleRate, price),
        _ => (Approach::BidAtRate, price),
    };
    BidStrategy { approach, text: text.trim().to_owned() }
}

/// Says at what price to bid, from the profile's rate and the job's pay.
fn price_words(profile: &Profile, job: &Job) -> String {
    let (Some(rate), Some(own)) = (&profile.hourly_rate, &profile.currency) else {
        return "The profile gives no rate: settle one before you bid.".into();
    };
    let asked = money(rate.value, &own.value);
    let Some(pay) = &job.pay else { return format!("Your current rate is {asked} an hour.") };
    if pay.currency.as_ref() != Some(&own.value) {
        let theirs = pay.currency.as_deref().unwrap_or("a currency it does not name");
        return format!(
            "It pays in {theirs}: quote your rate, {asked} an hour at present, in both."
        );
    }
    match (pay.unit, pay.hourly()) {
        (PayUnit::Month | PayUnit::Year, _) => {
            format!(
                "It offers a salary: ask whether a contract by the hour would do; your current rate is {asked}."
            )
        }
        (PayUnit::Fixed, _) => match pay.max.or(pay.min).filter(|_| rate.value > 0.0) {
            Some(budget) => {
                let hours = amount(budget / rate.value, 0);
                format!(
                    "Its {} buy {hours} hours at your current {asked}: bid if the work fits into them.",
                    money(budget, &own.value)
                )
            }
            None => {
                format!("It names no figure: ask for one; your current rate is {asked} an hour.")
            }
        },
        (_, Some((_, high))) if rate.value > high => {
            let ends = money(high, &own.value);
            format!(
                "Its pay ends at {ends} an hour, below your current {asked}: offer less scope, not a lower rate."
            )
        }
        (_, Some((low, _))) if rate.value < low => {
            let starts = money(low, &own.value);
            format!(
                "Its pay starts at {starts} an hour, above your current {asked}: ask for the start of its range."
            )
        }
        (_, Some((low, high))) => {
            format!(
                "Bid your rate: its {} an hour hold your current {asked}.",
                range(low, high, Some(&own.value))
            )
        }
        _ => format!("Bid your rate, {asked} an hour at present."),
    }
}
