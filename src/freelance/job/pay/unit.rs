//! Units of pay by the words that postings use.

use super::currency::CODES;
use crate::freelance::job::PayUnit;

/// Hours of a day that is paid as one; assumed.
pub(in crate::freelance::job) const DAY_HOURS: f64 = 8.0;

/// Hours of a week that is paid as one; assumed.
pub(in crate::freelance::job) const WEEK_HOURS: f64 = 40.0;

/// How far from an amount its unit is looked for [characters].
const UNIT_REACH: usize = 40;

/// Words for units, looked for as they stand, with the hours they are divided by.
const UNITS: &[(PayUnit, f64, &[&str])] = &[
    (
        PayUnit::Hour,
        1.0,
        &[
            "/hr", "/h", "/ hr", "/hour", "/ hour", "per hour", "an hour", "hourly", "p/h",
            "per hr", "/std", "時給",
        ],
    ),
    (
        PayUnit::Hour,
        DAY_HOURS,
        &["/day", "/ day", "per day", "a day", "daily", "day rate", "per diem"],
    ),
    (PayUnit::Hour, WEEK_HOURS, &["/wk", "/week", "/ week", "per week", "a week", "weekly"]),
    (
        PayUnit::Month,
        1.0,
        &["/mo", "/ mo", "per month", "a month", "monthly", "p.m.", "pcm", "月給", "/月"],
    ),
    (
        PayUnit::Year,
        1.0,
        &[
            "/yr",
            "/y",
            "/ yr",
            "/year",
            "/ year",
            "per year",
            "a year",
            "per annum",
            "p.a.",
            "annual",
            "yearly",
            "年収",
        ],
    ),
    (
        PayUnit::Fixed,
        1.0,
        &["fixed", "in total", "for the project", "per project", "flat fee", "lump sum"],
    ),
];

/// Returns the unit named right after an amount.
pub(super) fn right_after(text: &str, end: usize) -> Option<(PayUnit, f64)> {
    let after: String =
        text.get(end..)?.chars().take(UNIT_REACH).take_while(|c| *c != '\n').collect();
    let after = after.to_lowercase();
    let after = after.trim_start_matches(['+', ' ', '€', '$', '£']);
    let after = CODES
        .iter()
        .find_map(|code| after.strip_prefix(&code.to_lowercase()))
        .unwrap_or(after)
        .trim_start();
    UNITS.iter().find_map(|(unit, hours, words)| {
        words.iter().any(|word| after.starts_with(word)).then_some((*unit, *hours))
    })
}

/// Returns the unit that words somewhere in a text name; those that begin with a slash or an
/// article stand in addresses and in `4 days a week`, too, and have no say.
pub(super) fn named_in(text: &str) -> Option<(PayUnit, f64)> {
    let text: String = text.chars().take(1000).collect::<String>().to_lowercase();
    let telling = |word: &&&str| {
        !["/", "a ", "an ", "p/", "daily", "weekly"].iter().any(|lead| word.starts_with(lead))
    };
    let named = |words: &[&str]| words.iter().filter(telling).any(|word| text.contains(word));
    let found = UNITS.iter().find(|(_, _, words)| named(words));
    found.map(|(unit, hours, _)| (*unit, *hours))
}
