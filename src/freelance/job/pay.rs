//! Reads pay as people write it: `$3.5k–$4.9k/mo`, `120-140/hr`, `USD$160-220K+`, `€85k-€95k`.

mod amount;
mod currency;
mod unit;

pub(super) use unit::{DAY_HOURS, WEEK_HOURS};

pub(crate) use currency::of_sign as currency_of_sign;

use amount::Amount;

use super::{Pay, PayUnit};
use crate::freelance::input::beginning;

/// How much of a text is looked through for pay [characters].
const TEXT_CHARS_MAX: usize = 2_000;

/// Without a unit, up to this much is by the hour; assumed.
const HOURLY_MAX: f64 = 500.0;

/// Without a unit, from this much on it is by the year, between the two for the whole; assumed.
const YEARLY_MIN: f64 = 20_000.0;

/// Reads pay as people write it; none where no amount can be read, as in `Competitive`.
///
/// The first range or single amount with a currency, a `k` or a unit by it counts, else the first
/// amount at all. `k` at the end of a range goes for both ends, `110k+` and `from 50` are open
/// above, `up to 80` below. Days count 8 hours and weeks 40, as rates per hour. Where no unit is
/// named, up to 500 is per hour, from 20 000 on per year, and between for the whole. The pointer
/// is left empty.
pub fn parse_pay(text: &str) -> Option<Pay> {
    let (pay, _) = parse_with_certainty(text)?;
    Some(pay)
}

/// Reads pay, and says whether a currency, a unit, a range of thousands or a word such as `budget`
/// makes it surely pay.
pub(super) fn parse_with_certainty(text: &str) -> Option<(Pay, bool)> {
    let text = beginning(text, TEXT_CHARS_MAX);
    let (first, second) = most_likely(text, &amount::find(text))?;
    let last = second.unwrap_or(first);
    let (mut min, max) = match second {
        Some(second) => (first.value, Some(second.value)),
        None => (first.value, (!first.open).then_some(first.value)),
    };
    if last.thousands && !first.thousands && min < 1000.0 && min * 1000.0 <= last.value {
        min *= 1000.0;
    }
    let largest = max.unwrap_or(min).max(min);
    if largest <= 0.0 {
        return None;
    }
    let beside = unit::right_after(text, last.end);
    // A unit elsewhere in the text is not that of thousands: `$150k, paid monthly`.
    let named = beside.or_else(|| unit::named_in(text).filter(|_| !last.thousands));
    let (unit, hours) = named.unwrap_or_else(|| (unit_by_size(largest), 1.0));
    let currency = first.currency(text).or_else(|| last.currency(text));
    let certain = beside.is_some()
        || currency.is_some()
        || (second.is_some() && last.thousands)
        || is_line_on_pay(text);
    let currency = currency.or_else(|| currency::named_in(text)).map(str::to_owned);
    let max = max.map(|max| max / hours);
    let (min, max) = bounds(text, &first, min / hours, max, second.is_some());
    let pointer = String::new();
    Some((Pay { unit, min, max, currency, pointer }, certain))
}

/// Returns the first amount or range by a currency or unit, else the first of thousands, else the
/// first at all.
fn most_likely(text: &str, amounts: &[Amount]) -> Option<(Amount, Option<Amount>)> {
    let with_next = |at: usize| {
        let first = *amounts.get(at)?;
        let next = amounts.get(at + 1).copied();
        Some((first, next.filter(|second| is_range(text, &first, second))))
    };
    let find = |fits: &dyn Fn(&Amount) -> bool| {
        let mut found = (0..amounts.len()).filter_map(with_next);
        found.find(|(first, second)| fits(first) || second.as_ref().is_some_and(fits))
    };
    let is_money = |amount: &Amount| {
        amount.currency(text).is_some() || unit::right_after(text, amount.end).is_some()
    };
    find(&is_money).or_else(|| find(&|amount| amount.thousands)).or_else(|| with_next(0))
}

/// Turns an amount into bounds: a single one is both, unless words open it on one side.
fn bounds(
    text: &str,
    first: &Amount,
    min: f64,
    max: Option<f64>,
    ranged: bool,
) -> (Option<f64>, Option<f64>) {
    let lead =
        text.get(..first.start).unwrap_or_default().trim_end_matches(|c: char| !c.is_alphabetic());
    let lead = last_chars(lead, 12).to_lowercase();
    match max {
        Some(max) if ranged => (Some(min.min(max)), Some(max.max(min))),
        Some(max) if ["up to", "max", "maximum", "to"].iter().any(|word| lead.ends_with(word)) => {
            (None, Some(max))
        }
        Some(_)
            if ["from", "min", "minimum", "starting at", "at least"]
                .iter()
                .any(|word| lead.ends_with(word)) =>
        {
            (Some(min), None)
        }
        _ => (Some(min), max),
    }
}

/// Returns the unit that an amount without one most likely has.
pub(super) fn unit_by_size(amount: f64) -> PayUnit {
    if amount <= HOURLY_MAX {
        PayUnit::Hour
    } else if amount >= YEARLY_MIN {
        PayUnit::Year
    } else {
        PayUnit::Fixed
    }
}

/// Says whether a line begins with a word for pay.
fn is_line_on_pay(line: &str) -> bool {
    let first =
        line.split(|c: char| !c.is_alphabetic()).find(|word| !word.is_empty()).unwrap_or_default();
    let words = ["budget", "compensation", "pay", "rate", "salary", "wage", "gehalt", "honorar"];
    words.contains(&first.to_lowercase().as_str())
}

/// Says whether two amounts are the ends of a range.
fn is_range(text: &str, first: &Amount, second: &Amount) -> bool {
    let gap = text.get(first.end..second.start).unwrap_or_default().to_lowercase();
    let mut bare = gap.as_str();
    for (sign, _) in currency::SIGNS {
        bare = bare.trim_end_matches(sign.to_lowercase().as_str()).trim();
    }
    for code in currency::CODES {
        let code = code.to_lowercase();
        bare = bare.trim_start_matches(code.as_str()).trim_end_matches(code.as_str()).trim();
    }
    bare = bare.trim_start_matches(['€', '$', '£', '+']).trim();
    bare = bare.trim_start_matches("/hr").trim_start_matches("/h").trim();
    matches!(bare, "-" | "–" | "—" | "−" | "~" | "〜" | "to" | "--" | "bis" | "and")
        && second.value >= first.value / 1000.0
}

fn last_chars(text: &str, count: usize) -> &str {
    let start = text.char_indices().rev().nth(count.saturating_sub(1)).map_or(0, |(at, _)| at);
    text.get(start..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(
        text: &str,
        unit: PayUnit,
        min: Option<f64>,
        max: Option<f64>,
        currency: Option<&str>,
    ) {
        let pay = parse_pay(text);
        let currency = currency.map(str::to_owned);
        let wanted = Pay { unit, min, max, currency, pointer: String::new() };
        assert_eq!(pay, Some(wanted), "{text}");
    }

    #[test]
    fn pay_is_read_as_people_write_it() {
        use PayUnit::{Fixed, Hour, Month, Year};
        let (usd, eur) = (Some("USD"), Some("EUR"));
        check("$3.5k–$4.9k/mo", Month, Some(3500.0), Some(4900.0), usd);
        check("120-140/hr", Hour, Some(120.0), Some(140.0), None);
        check("60-100 USD/hr (DOE)", Hour, Some(60.0), Some(100.0), usd);
        check("$30-120/hr", Hour, Some(30.0), Some(120.0), usd);
        check("€85k-€95k", Year, Some(85_000.0), Some(95_000.0), eur);
        check("180000-230000", Year, Some(180_000.0), Some(230_000.0), None);
        check("USD$160-220K+", Year, Some(160_000.0), Some(220_000.0), usd);
        check("200000+ USD", Year, Some(200_000.0), None, usd);
        check(
            "$150K - $180K a year (1099 for US; local avg +20% outside US)",
            Year,
            Some(150_000.0),
            Some(180_000.0),
            usd,
        );
        check("175,000 - 220,000", Year, Some(175_000.0), Some(220_000.0), None);
        check("€50,000–€80,000", Year, Some(50_000.0), Some(80_000.0), eur);
        check("85.000 € p.a.", Year, Some(85_000.0), Some(85_000.0), eur);
        check("up to £80/hr", Hour, None, Some(80.0), Some("GBP"));
        check("from $50 per hour", Hour, Some(50.0), None, usd);
        check("€400 per day", Hour, Some(50.0), Some(50.0), eur);
        check("$2,500 fixed", Fixed, Some(2500.0), Some(2500.0), usd);
        check("401k, 3 years, $45.50/h", Hour, Some(45.5), Some(45.5), usd);
        check("€70-90/h (about $80-100)", Hour, Some(70.0), Some(90.0), eur);
        check("$150k base + 10% bonus", Year, Some(150_000.0), Some(150_000.0), usd);
    }

    #[test]
    fn words_without_an_amount_are_no_pay() {
        for text in [
            "Competitive",
            "0 + equity",
            "",
            "DOE",
            "20%",
            "Series A, $20M raised",
            "$30 trillion in assets",
            "\u{0}$",
            "9".repeat(400).as_str(),
        ] {
            assert_eq!(parse_pay(text), None, "{text}");
        }
    }
}
