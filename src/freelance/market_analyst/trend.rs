//! Robust trends of demand: the Theil-Sen slope with Sen's interval.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::kernel::draw::{Draw, Key};
use crate::model::figure::Tag;

/// Demand over the last months for one field or skill, oldest month first.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// What is demanded.
    pub name: String,
    /// Postings a month.
    pub values: Vec<f64>,
    /// Given with the request, else simulated.
    pub tag: Tag,
    /// Where it stands, a JSON pointer; `drawn` where the environment's model made it.
    pub at: String,
}

/// The trend of a series.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trend {
    /// Change a month, in postings.
    pub slope: f64,
    /// The slope's 95 % interval.
    pub interval: (f64, f64),
    /// Median of the months.
    pub level: f64,
    /// How many months.
    pub months: usize,
}

impl Trend {
    /// Returns the change over a year relative to the median month; 0.2 is twenty percent.
    pub fn growth_a_year(&self) -> f64 {
        if self.level > 0.0 { self.slope * 12.0 / self.level } else { 0.0 }
    }

    /// Says whether the interval leaves no doubt of a direction, and the change is worth a word.
    pub fn is_detected(&self) -> bool {
        let (low, high) = self.interval;
        let grows = self.growth_a_year();
        (low > 0.0 && grows >= GROWTH_MIN) || (high < 0.0 && grows <= -GROWTH_MIN)
    }
}

/// Change a year from which a trend is told; less is within what fields of work do anyway. Assumed.
pub const GROWTH_MIN: f64 = 0.1;
/// Months a series must have: below four no interval can leave zero out.
pub const MONTHS_MIN: usize = 4;
/// Months of a series that are looked at, the latest: a longer past says little of the trend now.
const MONTHS_MAX: usize = 60;
/// Series that are looked at, by name, so that a huge input ends.
const SERIES_MAX: usize = 40;
/// The normal deviate of a 95 % interval.
const Z_95: f64 = 1.959_964;

/// Fields whose demand the environment simulates where it brings no series.
const FIELDS: [&str; 8] = [
    "AI/ML",
    "Cloud and DevOps",
    "Data engineering",
    "Design",
    "Mobile development",
    "Security",
    "Web development",
    "Writing",
];

/// Estimates the trend of a series; none where it is too short.
///
/// The slope is the median of the slopes of all pairs of months (Theil 1950, Sen 1968); the interval
/// is Sen's, from the normal approximation to Kendall's S.
pub fn theil_sen(values: &[f64]) -> Option<Trend> {
    let months = values.len();
    if months < MONTHS_MIN {
        return None;
    }
    let pairs = (0..months).flat_map(|from| (from + 1..months).map(move |to| (from, to)));
    let mut slopes: Vec<f64> = pairs
        .filter_map(|(from, to)| Some((values.get(to)? - values.get(from)?) / (to - from) as f64))
        .collect();
    slopes.sort_by(f64::total_cmp);
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let n = months as f64;
    let margin = Z_95 * (n * (n - 1.0) * (2.0 * n + 5.0) / 18.0).sqrt();
    let count = slopes.len() as f64;
    // Ranks outside the list say that the series is too short for this confidence: no interval.
    let low_rank = (count - margin) / 2.0;
    let high_rank = (count + margin) / 2.0 + 1.0;
    let low =
        if low_rank < 1.0 { f64::NEG_INFINITY } else { ranked(&slopes, libm::floor(low_rank)) };
    let high =
        if high_rank > count { f64::INFINITY } else { ranked(&slopes, libm::ceil(high_rank)) };
    Some(Trend { slope: median(&slopes), interval: (low, high), level: median(&sorted), months })
}

/// Reads the series of demand: those given with the request, else the environment's, else drawn from
/// the seed, the same for whoever looks during a run.
pub fn series(input: &Value, market: &Value, seed: u64) -> Vec<Series> {
    let given = input.get("market_data").and_then(|data| data.get(KEY));
    let from = |list: Option<&Value>, tag, at: &str| {
        list.map(|list| read(list, tag, at)).unwrap_or_default()
    };
    let mut series = from(given, Tag::Given, "/market_data/demand_series");
    if series.is_empty() {
        series = from(market.get(KEY), Tag::Simulated, "/market/demand_series");
    }
    if series.is_empty() { drawn(seed) } else { series }
}

const KEY: &str = "demand_series";

/// Reads `{name: [..]}` or `[{name | skill | field, values}]`, by name; what is no series is passed over.
fn read(list: &Value, tag: Tag, at: &str) -> Vec<Series> {
    let mut found: BTreeMap<String, Series> = BTreeMap::new();
    let mut keep = |name: &str, place: &str, values: Option<&Value>| {
        let values: Vec<f64> = values
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(Value::as_f64)
            .collect();
        let start = values.len().saturating_sub(MONTHS_MAX);
        let values = values.get(start..).unwrap_or_default().to_vec();
        if values.len() >= MONTHS_MIN && values.iter().all(|value| *value >= 0.0) {
            let escaped = place.replace('~', "~0").replace('/', "~1");
            let series =
                Series { name: name.to_owned(), values, tag, at: format!("{at}/{escaped}") };
            found.insert(name.to_owned(), series);
        }
    };
    match list {
        Value::Object(by_name) => {
            for (name, entry) in by_name {
                keep(name, name, entry.get("values").or(Some(entry)));
            }
        }
        Value::Array(entries) => {
            for (place, entry) in entries.iter().enumerate() {
                let name =
                    ["name", "skill", "field"].iter().find_map(|key| entry.get(key)?.as_str());
                keep(name.unwrap_or_default(), &place.to_string(), entry.get("values"));
            }
        }
        _ => {}
    }
    found.into_values().filter(|series| !series.name.is_empty()).take(SERIES_MAX).collect()
}

/// Draws two years of demand for each broad field: a level, a drift and noise from month to month.
fn drawn(seed: u64) -> Vec<Series> {
    let one = |name: &&str| {
        let mut draw = Draw::new(seed, "demand_series", &[Key::Name(name)]);
        let level = 80.0 + 60.0 * draw.unit();
        let drift = 0.006 + 0.012 * draw.normal();
        let month = |at: u32| {
            let shift = f64::from(at) * drift + 0.08 * draw.normal();
            libm::round(level * libm::exp(shift))
        };
        let values = (0..24).map(month).collect();
        Series { name: (*name).to_owned(), values, tag: Tag::Simulated, at: "drawn".to_owned() }
    };
    FIELDS.iter().map(one).collect()
}

/// Returns the value at a rank counted from 1.
fn ranked(sorted: &[f64], rank: f64) -> f64 {
    // The cast truncates a whole number that was checked to lie in the list.
    sorted.get((rank as usize).saturating_sub(1)).copied().unwrap_or(0.0)
}

fn median(sorted: &[f64]) -> f64 {
    let middle = sorted.len() / 2;
    let at = |place: usize| sorted.get(place).copied().unwrap_or(0.0);
    if sorted.len() % 2 == 1 {
        at(middle)
    } else {
        0.5 * (at(middle.saturating_sub(1)) + at(middle))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_slope_survives_a_wild_month() {
        let mut values: Vec<f64> = (0..12).map(|month| 100.0 + 2.0 * f64::from(month)).collect();
        values[7] = 900.0;
        let trend = theil_sen(&values).expect("twelve months");
        assert!((trend.slope - 2.0).abs() < 1e-9, "{trend:?}");
        assert!(trend.is_detected() && trend.interval.0 > 0.0);
    }

    #[test]
    fn a_flat_or_short_series_has_no_trend() {
        assert!(theil_sen(&[1.0, 2.0, 3.0]).is_none());
        let flat = theil_sen(&[100.0, 101.0, 99.0, 100.0, 102.0, 98.0, 100.0, 100.0])
            .expect("eight months");
        assert!(!flat.is_detected());
        let short = theil_sen(&[1.0, 2.0, 3.0, 4.0]).expect("four months");
        assert!(short.interval.0 == f64::NEG_INFINITY && !short.is_detected());
    }

    #[test]
    fn sens_interval_runs_between_the_ranks_of_kendalls_s() {
        // For ten months the ranks are (45 -+ 21.9) / 2, so the 11th and the 35th of 45 slopes.
        let values: Vec<f64> =
            [10.0, 11.0, 10.5, 12.0, 13.0, 12.5, 14.0, 13.5, 15.0, 16.0].to_vec();
        let trend = theil_sen(&values).expect("ten months");
        assert!(trend.interval.0 > 0.3 && trend.interval.1 < 0.9, "{trend:?}");
    }

    #[test]
    fn given_series_come_before_the_environments_and_those_before_drawn_ones() {
        let own = json!({"market_data": {"demand_series": {"Rust": [1, 2, 3, 4]}}});
        let environment = json!({"demand_series": [{"skill": "Go", "values": [4, 3, 2, 1]}]});
        assert_eq!(series(&own, &environment, 1)[0].tag, Tag::Given);
        assert_eq!(series(&json!({}), &environment, 1)[0].name, "Go");
        let drawn = series(&json!({}), &json!({"demand_series": "none"}), 1);
        assert_eq!(drawn.len(), 8);
        assert_eq!(drawn, series(&json!({}), &json!({}), 1));
        assert_ne!(drawn, series(&json!({}), &json!({}), 2));
    }
}
