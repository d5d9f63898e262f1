//! Amounts of money and counts as people read them.

use crate::kernel::fixed::rounded;

/// Writes a number with thousands parted by commas and at most so many decimals, without trailing zeros.
pub fn amount(value: f64, decimals: u32) -> String {
    let value = rounded(value, decimals);
    let plain = format!("{:.*}", decimals as usize, if value < 0.0 { -value } else { value });
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let fraction = fraction.trim_end_matches('0');
    let sign = if value < 0.0 { "-" } else { "" };
    if fraction.is_empty() {
        format!("{sign}{grouped}")
    } else {
        format!("{sign}{grouped}.{fraction}")
    }
}

/// Writes an amount with its currency, such as `62.5 USD`; large amounts without decimals.
pub fn money(value: f64, currency: &str) -> String {
    let decimals = if value < 1000.0 { 2 } else { 0 };
    format!("{} {currency}", amount(value, decimals)).trim_end().to_owned()
}

/// Writes a range of amounts, such as `50 to 70 USD`.
pub fn range(low: f64, high: f64, currency: Option<&str>) -> String {
    let decimals = if high < 1000.0 { 2 } else { 0 };
    format!("{} to {}", amount(low, decimals), money(high, currency.unwrap_or_default()))
}

/// Writes a share as whole percent, such as `43 %`.
pub fn percent(share: f64) -> String {
    format!("{} %", amount(share * 100.0, 0))
}

/// Joins words as in a sentence: `a`, `a and b`, `a, b and c`.
pub fn listed(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [single] => single.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

/// Writes a count with its noun, such as `1 job` or `3 jobs`.
pub fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_amounts_as_people_read_them() {
        assert_eq!(amount(1_234_567.0, 0), "1,234,567");
        assert_eq!(amount(62.50, 2), "62.5");
        assert_eq!(amount(-0.4, 0), "0");
        assert_eq!(money(60.0, "USD"), "60 USD");
        assert_eq!(range(3500.0, 4900.0, Some("USD")), "3,500 to 4,900 USD");
        assert_eq!(percent(0.427), "43 %");
        assert_eq!(listed(&["a".into(), "b".into(), "c".into()]), "a, b and c");
    }
}
