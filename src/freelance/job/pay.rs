//! Reads pay as people write it: `$3.5k–$4.9k/mo`, `120-140/hr`, `USD$160-220K+`, `€85k-€95k`.

use super::{Pay, PayUnit};

/// Without a unit, up to this much is by the hour; assumed.
const HOURLY_MAX: f64 = 500.0;

/// Without a unit, from this much on it is by the year, between the two for the whole; assumed.
const YEARLY_MIN: f64 = 20_000.0;

/// Hours of a day that is paid as one; assumed.
pub(super) const DAY_HOURS: f64 = 8.0;

/// Hours of a week that is paid as one; assumed.
pub(super) const WEEK_HOURS: f64 = 40.0;

/// Largest amount that is taken for pay; assumed.
const AMOUNT_MAX: f64 = 100_000_000.0;

/// How far from an amount its unit is looked for [characters].
const UNIT_REACH: usize = 40;

/// Signs of currencies, the longer before those they contain. A bare `$` is taken for the US
/// dollar, as the postings that write it so mean it; assumed.
const SIGNS: &[(&str, &str)] = &[
    ("US$", "USD"),
    ("USD$", "USD"),
    ("C$", "CAD"),
    ("CA$", "CAD"),
    ("A$", "AUD"),
    ("AU$", "AUD"),
    ("NZ$", "NZD"),
    ("S$", "SGD"),
    ("HK$", "HKD"),
    ("R$", "BRL"),
    ("$", "USD"),
    ("€", "EUR"),
    ("£", "GBP"),
    ("¥", "JPY"),
    ("￥", "JPY"),
    ("円", "JPY"),
    ("₹", "INR"),
    ("₽", "RUB"),
    ("₩", "KRW"),
    ("₺", "TRY"),
    ("₴", "UAH"),
    ("zł", "PLN"),
];

/// Codes of currencies that postings name (ISO 4217).
const CODES: &[&str] = &[
    "AED", "ARS", "AUD", "BRL", "CAD", "CHF", "CLP", "CNY", "COP", "CZK", "DKK", "EUR", "GBP",
    "HKD", "HUF", "IDR", "ILS", "INR", "JPY", "KRW", "MXN", "MYR", "NGN", "NOK", "NZD", "PHP",
    "PKR", "PLN", "RON", "RUB", "SEK", "SGD", "THB", "TRY", "TWD", "UAH", "USD", "VND", "ZAR",
];

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

/// Words after an amount that say it is not pay.
const NOT_PAY: &[&str] = &[
    "%",
    "m ",
    "mm",
    "b ",
    "bn",
    "million",
    "billion",
    "years",
    "yrs",
    "+ years",
    "-year",
    "users",
    "employees",
    "people",
    "hours",
    "hrs",
    "x ",
];

/// An amount as it stands in a text.
#[derive(Clone, Copy, Debug)]
struct Amount {
    value: f64,
    /// Whether `k` made it thousands.
    thousands: bool,
    /// Whether `+` leaves it open above.
    open: bool,
    /// Whether a currency or `k` stands by it, so that it is surely money.
    marked: bool,
    start: usize,
    end: usize,
}

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

/// Reads pay, and says whether a currency, `k`, a unit or a word such as `budget` makes it surely pay.
pub(super) fn parse_with_certainty(text: &str) -> Option<(Pay, bool)> {
    let (first, second) = most_likely(text, &amounts(text))?;
    let (mut min, max) = match second {
        Some(second) => (first.value, Some(second.value)),
        None => (first.value, (!first.open).then_some(first.value)),
    };
    if let Some(second) = second.filter(|second| second.thousands && !first.thousands)
        && min < 1000.0
        && min * 1000.0 <= second.value
    {
        min *= 1000.0;
    }
    let end = second.map_or(first.end, |second| second.end);
    let named = unit_near(text, end).or_else(|| unit_in(text));
    let largest = max.unwrap_or(min).max(min);
    if largest <= 0.0 {
        return None;
    }
    let (unit, hours) = named.unwrap_or_else(|| (unit_by_size(largest), 1.0));
    let ends = [Some(&first), second.as_ref()];
    let currency = ends
        .into_iter()
        .flatten()
        .find_map(|end| currency_at(text, end))
        .or_else(|| currency_in(text));
    let near =
        ends.into_iter().flatten().any(|end| end.marked || unit_near(text, end.end).is_some());
    let certain = near || is_line_on_pay(text);
    let (low, high) =
        bounds(text, &first, min / hours, max.map(|max| max / hours), second.is_some());
    let currency = currency.map(str::to_owned);
    Some((Pay { unit, min: low, max: high, currency, pointer: String::new() }, certain))
}

/// Returns the first amount or range that is surely money, else the first at all.
fn most_likely(text: &str, amounts: &[Amount]) -> Option<(Amount, Option<Amount>)> {
    let sure = |amount: &Amount| amount.marked || unit_near(text, amount.end).is_some();
    let with_next = |at: usize| {
        let first = *amounts.get(at)?;
        let second = amounts.get(at + 1).copied().filter(|second| is_range(text, &first, second));
        Some((first, second))
    };
    let found = (0..amounts.len()).filter_map(with_next);
    let found =
        found.into_iter().find(|(first, second)| sure(first) || second.as_ref().is_some_and(sure));
    found.or_else(|| with_next(0))
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

/// Returns the currency code of a sign such as `€`.
pub(crate) fn currency_of_sign(sign: &str) -> Option<&'static str> {
    SIGNS.iter().find(|(known, _)| *known == sign).map(|(_, code)| *code)
}

/// Returns the currency that a text names, by code before sign.
pub(super) fn currency_in(text: &str) -> Option<&'static str> {
    let code = text
        .split(|c: char| !c.is_ascii_alphabetic())
        .find_map(|word| CODES.iter().find(|code| **code == word).copied());
    code.or_else(|| SIGNS.iter().find(|(sign, _)| text.contains(sign)).map(|(_, code)| *code))
}

/// Returns the currency whose sign or code stands right by an amount.
fn currency_at(text: &str, amount: &Amount) -> Option<&'static str> {
    let before = text.get(..amount.start)?.trim_end();
    let after = text.get(amount.end..)?.trim_start_matches(['+', ' ']);
    let codes = CODES.iter().map(|code| (*code, *code));
    let known = || codes.clone().chain(SIGNS.iter().copied());
    let led = known().find(|(sign, _)| before.ends_with(sign));
    led.or_else(|| known().find(|(sign, _)| after.starts_with(sign))).map(|(_, code)| code)
}

/// Says whether a line begins with a word for pay.
fn is_line_on_pay(line: &str) -> bool {
    let first =
        line.split(|c: char| !c.is_alphabetic()).find(|word| !word.is_empty()).unwrap_or_default();
    let words = ["budget", "compensation", "pay", "rate", "salary", "wage", "gehalt", "honorar"];
    words.contains(&first.to_lowercase().as_str())
}

/// Returns the unit named right after an amount.
fn unit_near(text: &str, end: usize) -> Option<(PayUnit, f64)> {
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

/// Returns the unit named anywhere in a text.
pub(super) fn unit_in(text: &str) -> Option<(PayUnit, f64)> {
    let text: String = text.chars().take(1000).collect::<String>().to_lowercase();
    let named = |words: &[&str]| words.iter().any(|word| text.contains(word));
    UNITS.iter().find(|(_, _, words)| named(words)).map(|(unit, hours, _)| (*unit, *hours))
}

/// Says whether two amounts are the ends of a range.
fn is_range(text: &str, first: &Amount, second: &Amount) -> bool {
    let gap = text.get(first.end..second.start).unwrap_or_default().to_lowercase();
    let mut bare = gap.as_str();
    for (sign, _) in SIGNS {
        bare = bare.trim_end_matches(sign.to_lowercase().as_str()).trim();
    }
    for code in CODES {
        let code = code.to_lowercase();
        bare = bare.trim_start_matches(code.as_str()).trim_end_matches(code.as_str()).trim();
    }
    bare = bare.trim_start_matches(['€', '$', '£', '+']).trim();
    bare = bare.trim_start_matches("/hr").trim_start_matches("/h").trim();
    matches!(bare, "-" | "–" | "—" | "−" | "~" | "〜" | "to" | "--" | "bis" | "and")
        && second.value >= first.value / 1000.0
}

/// Finds the amounts of a text that may be money.
fn amounts(text: &str) -> Vec<Amount> {
    let mut found = Vec::new();
    let mut skip_to = 0;
    for (start, c) in text.char_indices() {
        if start < skip_to || !c.is_ascii_digit() {
            continue;
        }
        let (amount, end) = read_amount(text, start);
        skip_to = end.max(start + 1);
        found.extend(amount.filter(|amount| may_be_pay(text, amount)));
    }
    found
}

/// Reads the amount that begins at a digit, and says where its digits end.
fn read_amount(text: &str, start: usize) -> (Option<Amount>, usize) {
    let rest = text.get(start..).unwrap_or_default();
    let digits = rest
        .find(|c: char| !(c.is_ascii_digit() || c == '.' || c == ',' || c == '\u{a0}'))
        .unwrap_or(rest.len());
    let written = rest.get(..digits).unwrap_or_default().trim_end_matches(['.', ',', '\u{a0}']);
    let mut end = start + written.len();
    let Some(mut value) = read_number(written) else { return (None, start + digits) };
    let after = text.get(end..).unwrap_or_default();
    let thousands = after.starts_with(['k', 'K']) && !after[1..].starts_with(char::is_alphanumeric);
    if thousands {
        value *= 1000.0;
        end += 1;
    }
    let open = text.get(end..).unwrap_or_default().starts_with('+');
    let mut amount = Amount { value, thousands, open, marked: thousands, start, end };
    amount.marked |= currency_at(text, &amount).is_some();
    ((value <= AMOUNT_MAX).then_some(amount), end)
}

/// Reads `3.5`, `1,200`, `85.000`, `1.200,50`: a separator before exactly three digits parts
/// thousands, any other the decimals.
fn read_number(written: &str) -> Option<f64> {
    let last = written.rfind(['.', ',']);
    let decimals = last.map_or(0, |at| written.len() - at - 1);
    let plain: String = match last {
        Some(at) if decimals != 3 => {
            let whole: String = written.get(..at)?.chars().filter(char::is_ascii_digit).collect();
            format!("{whole}.{}", written.get(at + 1..)?)
        }
        _ => written.chars().filter(char::is_ascii_digit).collect(),
    };
    plain.parse().ok()
}

/// Leaves out percentages, headcounts, funding rounds, retirement plans and parts of words.
fn may_be_pay(text: &str, amount: &Amount) -> bool {
    let before = text.get(..amount.start).unwrap_or_default();
    let after: String = text.get(amount.end..).unwrap_or_default().chars().take(12).collect();
    let after = format!("{} ", after.to_lowercase());
    let in_word = before.ends_with(|c: char| c.is_alphabetic()) && !amount.marked;
    let is_plan = text.get(amount.start..).is_some_and(|rest| rest.starts_with("401"));
    let unlike = NOT_PAY.iter().any(|word| after.trim_start_matches(['+', ' ']).starts_with(word));
    !(in_word || is_plan || unlike || before.ends_with('#'))
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
            "\u{0}$",
            "9".repeat(400).as_str(),
        ] {
            assert_eq!(parse_pay(text), None, "{text}");
        }
    }
}
