//! Reads rate, currency, availability, reviews and years as they were given.

use super::{At, Profile, Reviews};
use crate::freelance::input::{Node, Notes, kind};
use crate::freelance::job::{PayUnit, parse_pay};

/// Highest rate per hour that is taken for one, in any currency; assumed.
const RATE_MAX: f64 = 1_000_000.0;

/// Longest working life [years]; assumed.
const YEARS_MAX: f64 = 80.0;

/// Hours in a week.
const WEEK_HOURS: f64 = 168.0;

/// Reads rate, currency, availability and reviews.
pub(super) fn read(place: &Node<'_>, profile: &mut Profile, notes: &mut Notes) {
    if let Some(rate) = place.first(&["hourly_rate", "hourlyRate", "current_rate", "rate"]) {
        let amount = rate.first(&["amount", "value"]).unwrap_or_else(|| rate.clone());
        profile.hourly_rate =
            amount.number(0.0, RATE_MAX, notes).or_else(|| in_words(&amount, profile));
        if profile.hourly_rate.as_ref().is_some_and(|rate| rate.value == 0.0) {
            notes.remark(&amount.pointer, "a rate of 0 is taken for none");
            profile.hourly_rate = None;
        }
        let currency = rate.get("currency").and_then(|node| node.currency(notes));
        profile.currency = currency.or(profile.currency.take());
    }
    if let Some(currency) = place.get("currency") {
        profile.currency = currency.currency(notes).or(profile.currency.take());
    }
    profile.availability_hours = place
        .first(&["availability_hours", "hours_per_week"])
        .and_then(|node| node.number(0.0, WEEK_HOURS, notes));
    profile.reviews = place.get("reviews").and_then(|node| read_reviews(&node, notes));
}

/// Reads a rate such as `$50/hr`, which is noted as a fault already, with its currency.
fn in_words(amount: &Node<'_>, profile: &mut Profile) -> Option<At<f64>> {
    let pay = parse_pay(amount.str()?).filter(|pay| pay.unit == PayUnit::Hour)?;
    profile.currency = pay.currency.map(|code| amount.at(code));
    pay.min.or(pay.max).map(|rate| amount.at(rate))
}

/// Reads `{count, rating}`, or a list of single reviews with their ratings.
fn read_reviews(node: &Node<'_>, notes: &mut Notes) -> Option<At<Reviews>> {
    let rating = |node: &Node<'_>, notes: &mut Notes| {
        node.get("rating").and_then(|rating| rating.number(0.0, 5.0, notes)).map(|at| at.value)
    };
    if node.value.is_object() {
        let count = node.get("count").and_then(|count| count.count(notes));
        let rating = rating(node, notes);
        let count = count.or(rating.map(|_| 1))?;
        return Some(node.at(Reviews { count, rating }));
    }
    if !node.value.is_array() {
        notes.wrong(node, format!("expected {{count, rating}}, found {}", kind(node.value)));
        return None;
    }
    let items = node.items();
    let ratings: Vec<f64> = items.iter().filter_map(|item| rating(item, notes)).collect();
    let mean = (!ratings.is_empty()).then(|| ratings.iter().sum::<f64>() / ratings.len() as f64);
    let count = u32::try_from(items.len()).unwrap_or(u32::MAX);
    Some(node.at(Reviews { count, rating: mean }))
}

pub(super) fn years(place: &Node<'_>, notes: &mut Notes) -> Option<At<f64>> {
    place
        .first(&["experience_years", "years_of_experience"])
        .and_then(|node| node.number(0.0, YEARS_MAX, notes))
}
