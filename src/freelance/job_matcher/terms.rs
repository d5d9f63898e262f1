//! The terms of a job's score: what each looks at, how far it is known, and in which words it is told.

use serde::{Deserialize, Serialize};

use crate::freelance::job::{Client, Job, Pay, PayUnit};
use crate::freelance::money::{amount, counted, money, range};
use crate::freelance::profile::Profile;
use crate::kernel::date::Date;
use crate::kernel::fixed::rounded;
use crate::model::figure::Tag;

/// What a term counts whose value nobody knows: neither for nor against the job.
const UNKNOWN: f64 = 0.5;
/// The share of the current rate at which a job's best pay counts nothing; also below which it is left out.
pub const PAY_FLOOR: f64 = 0.6;
/// Days in which a posting loses half its freshness: most clients hire within some weeks.
const FRESHNESS_HALF_LIFE_DAYS: f64 = 14.0;
/// The rating at which a client counts nothing; few are rated lower.
const RATING_FLOOR: f64 = 3.0;
/// Past hires after which a client's habit of hiring counts one half.
const HIRES_HALF: f64 = 3.0;

/// One term of a job's score.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[cfg_attr(not(target_arch = "wasm32"), schemars(rename = "JobTerm"))]
pub struct Term {
    /// How well the job does, 0 to 1; none where nothing says.
    pub value: Option<f64>,
    /// Its share of the score, 0 to 1.
    pub weight: f64,
    /// What it adds to the score; the terms' points add up to the score.
    pub points: f64,
    /// What it rests on, in words.
    pub note: String,
    /// Where its value comes from.
    #[serde(skip, default = "unknown_tag")]
    pub tag: Tag,
    /// Where what it looked at stands.
    #[serde(skip)]
    pub sources: Vec<String>,
}

fn unknown_tag() -> Tag {
    Tag::Assumed
}

/// A term before it is weighed.
pub struct Reading {
    /// How well the job does, 0 to 1.
    pub value: Option<f64>,
    /// What it rests on, in words.
    pub note: String,
    /// Where the value comes from.
    pub tag: Tag,
    /// Where what it looked at stands.
    pub sources: Vec<String>,
}

impl Reading {
    fn unknown(note: impl Into<String>) -> Reading {
        Reading { value: None, note: note.into(), tag: Tag::Assumed, sources: Vec::new() }
    }

    /// Weighs the term; an unknown value counts one half.
    pub fn weighed(self, weight: f64) -> Term {
        let counted = self.value.unwrap_or(UNKNOWN).clamp(0.0, 1.0);
        Term {
            value: self.value.map(|value| rounded(value.clamp(0.0, 1.0), 4)),
            weight,
            points: rounded(counted * weight, 4),
            note: self.note,
            tag: self.tag,
            sources: self.sources,
        }
    }
}

/// Reads how the pay meets the profile's rate: 1 where the top of the range reaches it, falling to 0 at
/// [`PAY_FLOOR`] of it; unknown across currencies and for fixed prices, whose hours nobody gave.
pub fn pay_fit(profile: &Profile, job: &Job) -> Reading {
    let Some(pay) = &job.pay else { return Reading::unknown("the posting names no pay") };
    let Some(rate) = &profile.hourly_rate else {
        return Reading::unknown("the profile names no rate to compare with");
    };
    let (Some(own), Some(theirs)) = (&profile.currency, &pay.currency) else {
        return Reading::unknown("the currency of the rate or of the pay is not given");
    };
    if own.value != *theirs {
        return Reading::unknown(format!(
            "pays in {theirs}, the profile's rate is in {}",
            own.value
        ));
    }
    let sources = vec![rate.pointer.clone(), pay.pointer.clone()];
    let own_rate = money(rate.value, &own.value);
    let Some((_, high)) = pay.hourly() else {
        let note = fixed_note(pay, rate.value, &own_rate);
        return Reading { sources, ..Reading::unknown(note) };
    };
    if rate.value <= 0.0 {
        return Reading::unknown("the profile's rate is zero");
    }
    let ratio = high / rate.value;
    Reading {
        value: Some(((ratio - PAY_FLOOR) / (1.0 - PAY_FLOOR)).clamp(0.0, 1.0)),
        note: format!("{} against a rate of {own_rate} an hour", pay_words(pay)),
        // Hours of a month and a year are constants.
        tag: if pay.unit == PayUnit::Hour { Tag::Derived } else { Tag::Assumed },
        sources,
    }
}

fn fixed_note(pay: &Pay, rate: f64, own_rate: &str) -> String {
    match pay.max.or(pay.min) {
        Some(budget) if rate > 0.0 => {
            format!(
                "{}, which buys {} hours at {own_rate} an hour",
                pay_words(pay),
                amount(budget / rate, 0)
            )
        }
        _ => "a fixed price without a figure".into(),
    }
}

/// Says the pay in words, such as `50 to 70 USD an hour`.
pub fn pay_words(pay: &Pay) -> String {
    let figure = match (pay.min, pay.max) {
        (Some(low), Some(high)) if low < high => range(low, high, pay.currency.as_deref()),
        (low, high) => match high.or(low) {
            Some(single) => money(single, pay.currency.as_deref().unwrap_or_default()),
            None => return "pay without a figure".into(),
        },
    };
    let figure = figure.trim();
    match pay.unit {
        PayUnit::Hour => format!("{figure} an hour"),
        PayUnit::Month => format!("{figure} a month"),
        PayUnit::Year => format!("{figure} a year"),
        PayUnit::Fixed => format!("{figure} for the whole"),
    }
}

/// Reads the client's record: rating above [`RATING_FLOOR`] (half), verified payment (three tenths),
/// past hires (two tenths), over what of it is known.
pub fn client_quality(client: &Client, pointer: &str) -> Reading {
    let rating = client
        .rating
        .map(|rating| ((rating - RATING_FLOOR) / (5.0 - RATING_FLOOR)).clamp(0.0, 1.0));
    let verified = client.verified.map(|verified| if verified { 1.0 } else { 0.0 });
    let hires = client.hires.map(|hires| f64::from(hires) / (f64::from(hires) + HIRES_HALF));
    let known = [(rating, 0.5), (verified, 0.3), (hires, 0.2)];
    let weight: f64 =
        known.iter().filter(|(value, _)| value.is_some()).map(|(_, weight)| weight).sum();
    if weight <= 0.0 {
        return Reading::unknown("nothing is known of the client");
    }
    let sum: f64 =
        known.iter().filter_map(|(value, weight)| value.map(|value| value * weight)).sum();
    let mut facts = Vec::new();
    if let Some(rating) = client.rating {
        facts.push(format!("rated {}", amount(rating, 1)));
    }
    if let Some(hires) = client.hires {
        facts.push(if hires == 0 {
            "no hires yet".into()
        } else {
            counted(hires as usize, "hire")
        });
    }
    match client.verified {
        Some(true) => facts.push("payment verified".into()),
        Some(false) => facts.push("payment not verified".into()),
        None => {}
    }
    Reading {
        value: Some(sum / weight),
        note: format!("client: {}", facts.join(", ")),
        tag: Tag::Assumed,
        sources: vec![pointer.to_owned()],
    }
}

/// Reads how fresh the posting is, halving every [`FRESHNESS_HALF_LIFE_DAYS`].
pub fn freshness(job: &Job, as_of: Date) -> Reading {
    let Some(posted) = job.posted else { return Reading::unknown("the posting carries no date") };
    let days = as_of.days_since(posted);
    if days < 0 {
        return Reading::unknown(format!("dated {posted}, which is after {as_of}"));
    }
    Reading {
        value: Some(libm::exp2(-(days as f64) / FRESHNESS_HALF_LIFE_DAYS)),
        note: age_words(days),
        tag: Tag::Assumed,
        sources: vec![job.pointer.clone()],
    }
}

/// Says an age in words.
pub fn age_words(days: i64) -> String {
    match days {
        0 => "posted today".into(),
        1 => "posted yesterday".into(),
        _ => format!("posted {days} days ago"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::freelance::job::read_jobs;

    fn fit(budget: serde_json::Value) -> Option<f64> {
        let as_of = Date::new(2026, 5, 18).unwrap();
        let input = json!({
            "profile_data": {"hourly_rate": 50, "currency": "USD"},
            "jobs": [{"title": "x", "budget": budget}],
        });
        let jobs = read_jobs(&input, &[]);
        pay_fit(&Profile::read(&input, as_of), &jobs[0]).value
    }

    #[test]
    fn pay_counts_by_the_top_of_its_range_in_the_same_currency_only() {
        let hourly = |max: f64, currency: &str| {
            fit(json!({"type": "hourly", "max": max, "currency": currency}))
        };
        assert_eq!(hourly(60.0, "USD"), Some(1.0));
        assert!((hourly(40.0, "USD").unwrap() - 0.5).abs() < 1e-9);
        assert_eq!(hourly(30.0, "USD"), Some(0.0));
        assert_eq!(hourly(60.0, "EUR"), None);
        assert_eq!(fit(json!({"type": "fixed", "max": 900, "currency": "USD"})), None);
    }

    #[test]
    fn an_unknown_term_counts_one_half() {
        let term = Reading::unknown("nobody says").weighed(0.2);
        assert_eq!((term.value, term.points), (None, 0.1));
    }
}
