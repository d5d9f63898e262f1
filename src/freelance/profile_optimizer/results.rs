//! Finds quantified results in free text: figures that say what was achieved, not years or versions.

use crate::freelance::skill::Skill;

/// Units that make a figure of a number, before or after it.
const UNITS: [&str; 22] = [
    "%",
    "$",
    "€",
    "£",
    "¥",
    "x",
    "×",
    "k",
    "m",
    "bn",
    "percent",
    "million",
    "thousand",
    "billion",
    "users",
    "customers",
    "clients",
    "requests",
    "usd",
    "eur",
    "万",
    "億",
];

/// The least plain number that counts as a figure, as in `Led 12 developers`; smaller ones are mostly
/// versions and list numbers.
const PLAIN_MIN: f64 = 10.0;

/// Returns the quantified results in a text, each with the word after it, in order.
pub fn quantified(text: &str) -> Vec<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let before =
            at.checked_sub(1).and_then(|place| words.get(place)).copied().unwrap_or_default();
        let after = words.get(at + 1).copied().unwrap_or_default();
        if is_result(before, word, after) {
            found.push(format!("{} {}", trimmed(word), trimmed(after)).trim().to_owned());
        }
    }
    found
}

fn is_result(before: &str, word: &str, after: &str) -> bool {
    let word = trimmed(word);
    let Some(first_digit) = word.find(|c: char| c.is_ascii_digit()) else { return false };
    let (lead, rest) = word.split_at(first_digit);
    let end =
        rest.find(|c: char| !(c.is_ascii_digit() || c == ',' || c == '.')).unwrap_or(rest.len());
    let (number, tail) = rest.split_at(end);
    // A number inside a name, such as `HTML5` or `ES2015`, is none.
    if lead.chars().any(char::is_alphabetic) {
        return false;
    }
    let next = trimmed(after).to_lowercase();
    if next.starts_with("year")
        || next.starts_with("yrs")
        || tail.starts_with('年')
        || is_year(number)
    {
        return false;
    }
    let tail = tail.trim_start_matches('+').to_lowercase();
    let has_unit = |text: &str| UNITS.contains(&text);
    if has_unit(&tail) || has_unit(lead.trim_start_matches(['~', '+', '-'])) || has_unit(&next) {
        return true;
    }
    let value: f64 = number.replace(',', "").parse().unwrap_or(0.0);
    let counts_something = next.chars().next().is_some_and(|c| c.is_alphabetic());
    tail.is_empty()
        && value >= PLAIN_MIN
        && counts_something
        && !Skill::new(trimmed(before)).is_known()
}

/// Says whether a number reads as a year of the calendar.
fn is_year(number: &str) -> bool {
    number.len() == 4 && (number.starts_with("19") || number.starts_with("20"))
}

/// Takes quotes, brackets and closing punctuation off a word; signs and units stay.
fn trimmed(word: &str) -> &str {
    word.trim_matches(|c: char| {
        !c.is_alphanumeric() && !matches!(c, '%' | '$' | '€' | '£' | '¥' | '×' | '+' | '~')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_figures_that_say_what_was_achieved() {
        assert_eq!(
            quantified("Cut load time by 40%, and costs by $12,000."),
            ["40% and", "$12,000"]
        );
        assert_eq!(
            quantified("Serves 3 million requests; led 12 developers"),
            ["3 million", "12 developers"]
        );
        assert_eq!(quantified("a 2x speedup for 50k users").len(), 2);
    }

    #[test]
    fn passes_over_years_versions_and_names() {
        assert!(
            quantified("8+ years with Python 3, HTML5 and ES2015 since 2014, in 2019 too")
                .is_empty()
        );
        assert!(quantified("Angular 12 developer, Windows 11").is_empty());
        assert!(quantified("").is_empty());
    }
}
