//! Numbers, times and names in the form people read them.

use crate::kernel::fixed::{Hundredths, Ppm};
use crate::kernel::time::Micros;

/// Writes a virtual time or a span: `0 s`, `850 µs`, `12.5 ms`, `1.42 s`, `2 min 03 s`, `1 h 02 min`.
pub fn time(at: Micros) -> String {
    let us = at.0;
    match us {
        0 => "0 s".to_owned(),
        1..1_000 => format!("{us} µs"),
        1_000..100_000 => decimal(us, 1_000, 1, "ms"),
        100_000..60_000_000 => decimal(us, 1_000_000, 2, "s"),
        60_000_000..3_600_000_000 => {
            let seconds = us / 1_000_000;
            format!("{} min {:02} s", seconds / 60, seconds % 60)
        }
        _ => {
            let minutes = us / 60_000_000;
            format!("{} h {:02} min", minutes / 60, minutes % 60)
        }
    }
}

/// Writes `us / unit`, cut to so many decimals: a clock that rounds up would show what is not yet.
fn decimal(us: u64, unit: u64, decimals: u32, name: &str) -> String {
    let scale = 10_u64.pow(decimals);
    let parts = us * scale / unit;
    let width = decimals as usize;
    format!("{}.{:0width$} {name}", parts / scale, parts % scale)
}

/// Writes a share from 0 to 1 with two decimals, rounded half up.
pub fn share(share: Ppm) -> String {
    Hundredths((share.0 + 5_000) / 10_000).to_string()
}

/// Writes a share as whole percent, rounded half up.
pub fn percent(share: Ppm) -> String {
    format!("{} %", (u64::from(share.0) + 5_000) / 10_000)
}

/// Writes a float with so many decimals, without a trailing fraction of zeros, thousands set apart
/// from five digits on.
pub fn number(value: f64, decimals: u32) -> String {
    let value = crate::kernel::fixed::rounded(value, decimals);
    let text = format!("{value:.*}", decimals as usize);
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let whole = grouped(whole);
    if fraction.bytes().all(|digit| digit == b'0') { whole } else { format!("{whole}.{fraction}") }
}

/// Puts a narrow space between thousands.
fn grouped(whole: &str) -> String {
    let digits = whole.trim_start_matches('-');
    if digits.len() < 5 {
        return whole.to_owned();
    }
    let mut grouped = whole.strip_suffix(digits).unwrap_or_default().to_owned();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push('\u{202f}');
        }
        grouped.push(digit);
    }
    grouped
}

/// Returns the part of a unit that fits a sentence: what stands before its first comma.
pub fn unit(unit: &str) -> &str {
    unit.split(',').next().unwrap_or(unit).trim()
}

/// Writes a count with its noun: `1 bid`, `3 bids`.
pub fn count(n: usize, one: &str, many: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {many}") }
}

/// Writes a small count as a word, a large one in digits.
pub fn number_word(n: usize) -> String {
    const WORDS: [&str; 10] =
        ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    WORDS.get(n).map_or_else(|| n.to_string(), |word| (*word).to_owned())
}

/// Turns a name of the engine into words: `optimize_rates` into `Optimize rates`.
pub fn title(name: &str) -> String {
    let words = name.replace(['_', '-'], " ");
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// Turns a name of the engine into words in the middle of a sentence.
pub fn phrase(name: &str) -> String {
    name.replace(['_', '-'], " ")
}

/// Cuts a text to so many characters at a word's end, with an ellipsis.
pub fn short(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let cut: String = text.chars().take(most.saturating_sub(1)).collect();
    let kept = match cut.rfind(' ') {
        Some(end) if end * 2 > cut.len() => &cut[..end],
        _ => &cut,
    };
    format!("{}…", kept.trim_end_matches([' ', ',', ';', ':']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_take_the_unit_that_fits() {
        let cases = [
            (0, "0 s"),
            (999, "999 µs"),
            (12_540, "12.5 ms"),
            (120_000, "0.12 s"),
            (1_429_999, "1.42 s"),
            (123_000_000, "2 min 03 s"),
            (3_720_000_000, "1 h 02 min"),
        ];
        for (us, expected) in cases {
            assert_eq!(time(Micros(us)), expected);
        }
    }

    #[test]
    fn shares_round_half_up() {
        assert_eq!(share(Ppm(855_000)), "0.86");
        assert_eq!(share(Ppm::ONE), "1.00");
        assert_eq!(percent(Ppm(5_000)), "1 %");
        assert_eq!(number(65.0, 2), "65");
        assert_eq!(number(65.5, 2), "65.50");
        assert_eq!(number(-55_782.4, 0), "-55\u{202f}782");
    }

    #[test]
    fn texts_are_cut_between_words() {
        assert_eq!(short("Enhance profile content now", 20), "Enhance profile…");
        assert_eq!(short("short", 20), "short");
        assert_eq!(title("optimize_rates"), "Optimize rates");
    }
}
