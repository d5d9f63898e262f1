//! What the specialists read of each other's findings, as far as it can be understood.

use serde_json::Value;

use crate::mechanism::domain::WorkOrder;
use crate::model::figure::Tag;

/// What the pricing strategist recommends.
#[derive(Clone, Debug, PartialEq)]
pub struct KnownRate {
    /// The rate to reach, per hour.
    pub recommended: f64,
    /// ISO 4217 code, where it says one.
    pub currency: Option<String>,
    /// The months and rates of the way there.
    pub roadmap: Vec<(u32, f64)>,
    /// The rate below which an hour is better kept, where it says one.
    pub reservation: Option<f64>,
}

/// How much competition the analyzers found.
#[derive(Clone, Debug, PartialEq)]
pub struct KnownCompetition {
    /// `low`, `medium` or `high`.
    pub level: String,
    /// Median of the rivals a job, where it says one.
    pub median_rivals: Option<f64>,
    /// Where the figure comes from.
    pub tag: Tag,
}

/// A trend of the simulated market.
#[derive(Clone, Debug, PartialEq)]
pub struct KnownTrend {
    /// The skill or field.
    pub name: String,
    /// Growth over the time looked at; 0.1 is ten percent.
    pub growth: Option<f64>,
}

/// Returns the profile's strength, 0 to 100.
pub fn strength(order: &WorkOrder<'_>) -> Option<f64> {
    let told = order.known("profile.strength")?;
    number(told, &["score", "strength", "profile_strength_score"])
        .map(|score| score.clamp(0.0, 100.0))
}

/// Returns the recommended rate.
pub fn rate(order: &WorkOrder<'_>) -> Option<KnownRate> {
    let told = order.known("pricing.rate")?;
    let recommended = number(told, &["recommended_rate", "recommended", "rate"])?;
    let currency = told.get("currency").and_then(Value::as_str).map(str::to_owned);
    let step = |one: &Value| {
        let month = one.get("month")?.as_f64()?;
        // The cast saturates and sends what is no number to zero.
        one.get("rate")?.as_f64().map(|rate| ((month as u32).max(1), rate))
    };
    let roadmap = told.get("roadmap").and_then(Value::as_array);
    (recommended > 0.0).then(|| KnownRate {
        recommended,
        currency,
        roadmap: roadmap.into_iter().flatten().filter_map(step).collect(),
        reservation: told
            .get("reservation_rate")
            .and_then(Value::as_f64)
            .filter(|rate| *rate > 0.0),
    })
}

/// Returns the level of competition, none where it is unknown.
pub fn competition(order: &WorkOrder<'_>) -> Option<KnownCompetition> {
    let told = order.known("competition.level")?;
    let level = told.as_str().or_else(|| told.get("level").and_then(Value::as_str))?;
    let tag = told.get("tag").and_then(|tag| serde_json::from_value(tag.clone()).ok());
    matches!(level, "low" | "medium" | "high").then(|| KnownCompetition {
        level: level.to_owned(),
        median_rivals: told.get("median_rivals").and_then(Value::as_f64),
        tag: tag.unwrap_or(Tag::Assumed),
    })
}

/// Returns the chance to win a job by the competition analyzer, 0 to 1.
pub fn win_chance(order: &WorkOrder<'_>, job_id: &str) -> Option<f64> {
    let told = order.known("competition.per_job")?.as_array()?;
    let found =
        told.iter().find(|one| one.get("job_id").and_then(Value::as_str) == Some(job_id))?;
    let chance = number(found.get("win_probability")?, &["point", "value"])?;
    Some(chance.clamp(0.0, 1.0))
}

/// Returns the ids of the ranked jobs, best first.
pub fn ranked_jobs(order: &WorkOrder<'_>) -> Option<Vec<String>> {
    let told = order.known("jobs.ranked")?.as_array()?;
    let id = |one: &Value| one.get("job_id").and_then(Value::as_str).map(str::to_owned);
    Some(told.iter().filter_map(id).collect())
}

/// Returns the trends of the simulated market.
pub fn trends(order: &WorkOrder<'_>) -> Vec<KnownTrend> {
    let told = order.known("market.trend");
    let list = told.and_then(|told| told.as_array().or_else(|| told.get("trends")?.as_array()));
    let trend = |one: &Value| {
        let name = ["skill", "name", "field"].iter().find_map(|key| one.get(*key)?.as_str())?;
        let growth = number(one, &["growth", "growth_share", "change"]);
        Some(KnownTrend { name: name.to_owned(), growth })
    };
    list.into_iter().flatten().filter_map(trend).collect()
}

/// Reads a number that stands alone or under one of several names.
fn number(value: &Value, names: &[&str]) -> Option<f64> {
    value.as_f64().or_else(|| names.iter().find_map(|name| value.get(*name)?.as_f64()))
}
