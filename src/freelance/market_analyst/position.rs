//! Where a freelancer stands in the pay of their field, how broad their skills are, and how many compete.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::freelance::job::Job;
use crate::freelance::market::PayRow;
use crate::freelance::profile::Profile;
use crate::freelance::standing::counted_rivals;

/// Percentiles of pay between which the tier is `mid_tier`; below it is `entry_tier`, above `top_tier`.
/// Assumed: the middle half of the market.
pub const MID_TIER: (f64, f64) = (25.0, 75.0);
/// Share of the skills that point to one field from which someone is a specialist; assumed.
pub const SPECIALIST_SHARE: f64 = 0.6;
/// Skills up to which someone is a specialist where too few point to a field to tell; assumed.
pub const SPECIALIST_SKILLS_MAX: usize = 10;
/// Skills that must point to a field before their share tells anything.
const FIELDED_MIN: usize = 3;
/// Mean proposals a job below which competition is low, and from which it is high; assumed: boards
/// show counts in bands of about these bounds.
pub const PROPOSALS: (f64, f64) = (8.0, 20.0);
/// Herfindahl index of supply below which it is spread over many, and from which few hold it (U.S.
/// Department of Justice and FTC, Horizontal Merger Guidelines 2010, section 5.3).
pub const HERFINDAHL: (f64, f64) = (0.15, 0.25);

/// How many compete, and how that is known.
#[derive(Clone, Debug, PartialEq)]
pub struct Competition {
    /// `low`, `medium`, `high`, or `unknown`.
    pub level: &'static str,
    /// `proposals`, `supply` or `nothing`.
    pub basis: &'static str,
    /// Mean proposals a job, where counted.
    pub proposals_per_job: Option<f64>,
    /// Jobs that count their proposals.
    pub jobs_counted: usize,
    /// Herfindahl index of supply, where given; 1 is a monopoly.
    pub concentration: Option<f64>,
}

/// Returns the percentile of a rate in a pay distribution, 0 to 100: linear in the logarithm of pay
/// between the quantiles; beyond the outer ones 5 and 95, since no more is known there.
pub fn percentile(pay: &PayRow, rate: f64) -> f64 {
    const LEVELS: [f64; 5] = [10.0, 25.0, 50.0, 75.0, 90.0];
    let points: Vec<(f64, f64)> = pay.quantiles.iter().copied().zip(LEVELS).collect();
    let (Some(first), Some(last)) = (points.first(), points.last()) else { return 50.0 };
    if rate < first.0 {
        return 5.0;
    }
    if rate > last.0 {
        return 95.0;
    }
    for pair in points.windows(2) {
        if let [(low, low_level), (high, high_level)] = pair
            && rate <= *high
        {
            let way = if *low > 0.0 && high > low {
                libm::log(rate / low) / libm::log(high / low)
            } else {
                1.0
            };
            return low_level + (high_level - low_level) * way;
        }
    }
    last.1
}

/// Names a positioning of tier and breadth, such as `mid_tier_specialist`; without a tier the breadth
/// alone, and `unknown` where no skill is named either.
pub fn positioning(percentile: Option<f64>, breadth: Option<&str>) -> String {
    let tier = percentile.map(|percentile| match percentile {
        p if p < MID_TIER.0 => "entry_tier",
        p if p <= MID_TIER.1 => "mid_tier",
        _ => "top_tier",
    });
    match (tier, breadth) {
        (Some(tier), Some(breadth)) => format!("{tier}_{breadth}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => "unknown".to_owned(),
    }
}

/// Returns `specialist` or `generalist` by how far the skills point to one field; none without skills.
pub fn breadth(profile: &Profile) -> Option<&'static str> {
    let skills: Vec<_> =
        profile.skills.iter().map(|held| &held.skill).filter(|skill| !skill.generic).collect();
    if skills.is_empty() {
        return None;
    }
    let mut fields: BTreeMap<&str, usize> = BTreeMap::new();
    for field in skills.iter().filter_map(|skill| skill.field()) {
        *fields.entry(field).or_default() += 1;
    }
    let fielded: usize = fields.values().sum();
    let most = fields.values().copied().max().unwrap_or(0);
    let is_special = if fielded >= FIELDED_MIN {
        most as f64 >= SPECIALIST_SHARE * fielded as f64
    } else {
        skills.len() <= SPECIALIST_SKILLS_MAX
    };
    Some(if is_special { "specialist" } else { "generalist" })
}

/// Grades the competition by counted proposals, else by the concentration of supply: where many small
/// sellers share the market, each job meets more of them.
pub fn competition(jobs: &[Job], market: &Value) -> Competition {
    let proposals_per_job = counted_rivals(jobs);
    let concentration = herfindahl(market.get("supply"));
    let graded = |value: f64, (low, high): (f64, f64)| match value {
        value if value < low => "low",
        value if value < high => "medium",
        _ => "high",
    };
    let (level, basis) = match (proposals_per_job, concentration) {
        (Some(proposals), _) => (graded(proposals, PROPOSALS), "proposals"),
        (None, Some(index)) if index < HERFINDAHL.0 => ("high", "supply"),
        (None, Some(index)) if index < HERFINDAHL.1 => ("medium", "supply"),
        (None, Some(_)) => ("low", "supply"),
        (None, None) => ("unknown", "nothing"),
    };
    let jobs_counted = jobs.iter().filter(|job| job.proposals.is_some()).count();
    Competition { level, basis, proposals_per_job, jobs_counted, concentration }
}

/// Returns the sum of squared shares of the sellers listed in `supply`, by size (Herfindahl 1950).
fn herfindahl(supply: Option<&Value>) -> Option<f64> {
    let sizes: Vec<f64> = match supply? {
        Value::Array(sellers) => sellers.iter().filter_map(Value::as_f64).collect(),
        Value::Object(sellers) => sellers.values().filter_map(Value::as_f64).collect(),
        _ => Vec::new(),
    };
    let sizes: Vec<f64> = sizes.into_iter().filter(|size| *size > 0.0).collect();
    let total: f64 = sizes.iter().sum();
    (total > 0.0).then(|| sizes.iter().map(|size| size / total * (size / total)).sum())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::figure::Tag;
    use serde_json::json;

    fn pay() -> PayRow {
        PayRow {
            name: "any/any/US".into(),
            field: "any".into(),
            quantiles: [40.0, 50.0, 62.0, 78.0, 95.0],
            currency: "USD".into(),
            country: "US".into(),
            source: "a test".into(),
            tag: Tag::Given,
        }
    }

    #[test]
    fn the_percentile_meets_the_quantiles_and_rises_between() {
        assert!((percentile(&pay(), 62.0) - 50.0).abs() < 1e-9);
        assert!((percentile(&pay(), 50.0) - 25.0).abs() < 1e-9);
        assert!(percentile(&pay(), 55.0) > percentile(&pay(), 54.0));
        assert_eq!(percentile(&pay(), 1.0), 5.0);
        assert_eq!(percentile(&pay(), 400.0), 95.0);
    }

    #[test]
    fn positioning_is_tier_and_breadth_or_what_is_known_of_them() {
        assert_eq!(positioning(Some(50.0), Some("specialist")), "mid_tier_specialist");
        assert_eq!(positioning(Some(12.0), Some("generalist")), "entry_tier_generalist");
        assert_eq!(positioning(None, Some("specialist")), "specialist");
        assert_eq!(positioning(None, None), "unknown");
    }

    #[test]
    fn supply_speaks_where_no_proposal_was_counted() {
        let level = |supply: Value| competition(&[], &json!({ "supply": supply })).level;
        assert_eq!(level(json!([1, 1, 1, 1, 1, 1, 1, 1, 1, 1])), "high");
        assert_eq!(level(json!({"a": 2, "b": 1, "c": 1, "d": 1, "e": 1})), "medium");
        assert_eq!(level(json!([9, 1])), "low");
        assert_eq!(level(json!("many")), "unknown");
    }
}
