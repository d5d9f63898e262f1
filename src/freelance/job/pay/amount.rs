//! Finds amounts of money in a text.

use super::currency;

/// Largest amount that is taken for pay; assumed.
const AMOUNT_MAX: f64 = 100_000_000.0;

/// Words after an amount that say it is not pay.
const NOT_PAY: &[&str] = &[
    "b",
    "billion",
    "bn",
    "employees",
    "engineers",
    "hours",
    "hrs",
    "m",
    "million",
    "mio",
    "mm",
    "mn",
    "people",
    "t",
    "trillion",
    "users",
    "x",
    "year",
    "years",
    "yr",
    "yrs",
];

/// An amount as it stands in a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Amount {
    pub value: f64,
    /// Whether `k` made it thousands.
    pub thousands: bool,
    /// Whether `+` leaves it open above.
    pub open: bool,
    pub start: usize,
    pub end: usize,
}

impl Amount {
    /// Returns the currency that stands right by the amount.
    pub fn currency(&self, text: &str) -> Option<&'static str> {
        currency::beside(text.get(..self.start)?, text.get(self.end..)?)
    }
}

/// Finds the amounts of a text that may be money.
pub(super) fn find(text: &str) -> Vec<Amount> {
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
    let Some(mut value) = read_number(written) else {
        return (None, start + digits);
    };
    let after = text.get(end..).unwrap_or_default();
    let thousands = after.starts_with(['k', 'K']) && !after[1..].starts_with(char::is_alphanumeric);
    if thousands {
        value *= 1000.0;
        end += 1;
    }
    let open = text.get(end..).unwrap_or_default().starts_with('+');
    let amount = Amount { value, thousands, open, start, end };
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
    let after = text.get(amount.end..).unwrap_or_default();
    let after = after.trim_start_matches(['+', ' ', '-']);
    let word: String = after.chars().take(12).take_while(|c| c.is_alphabetic()).collect();
    let in_word = before.ends_with(char::is_alphabetic) && amount.currency(text).is_none();
    let is_plan = text.get(amount.start..).is_some_and(|rest| rest.starts_with("401"));
    let unlike = after.starts_with('%') || NOT_PAY.contains(&word.to_lowercase().as_str());
    !(in_word || is_plan || unlike || before.ends_with('#'))
}
