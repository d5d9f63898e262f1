//! The page's colors: text at 4.5 to 1, marks at 3 to 1, in both themes, on every ground in use.

use std::collections::BTreeMap;

/// What stands behind text and marks.
const GROUNDS: [&str; 5] = ["ground", "panel", "sunk", "select-soft", "named"];
/// What text is written in.
const INKS: [&str; 17] = [
    "ink", "ink-2", "ink-3", "now", "select", "good", "warn", "bad", "hidden", "role-1", "role-2",
    "role-3", "role-4", "role-5", "role-6", "role-7", "role-8",
];
/// What lines and surfaces that mean something are drawn in.
const MARKS: [&str; 5] = ["edge", "term-1", "term-2", "term-3", "term-4"];

/// Reads `--name: light-dark(#rrggbb, #rrggbb);` of the tokens.
fn tokens() -> BTreeMap<String, [f64; 2]> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/style/tokens.css");
    let text = std::fs::read_to_string(path).expect("style/tokens.css");
    let mut found = BTreeMap::new();
    for line in text.lines() {
        let Some((name, value)) =
            line.trim().strip_prefix("--").and_then(|line| line.split_once(": light-dark("))
        else {
            continue;
        };
        let mut colors = value.trim_end_matches(");").split(", ").filter_map(luminance);
        if let (Some(light), Some(dark)) = (colors.next(), colors.next()) {
            found.insert(name.to_owned(), [light, dark]);
        }
    }
    found
}

/// Returns a color's relative luminance (WCAG 2.2).
fn luminance(hex: &str) -> Option<f64> {
    let digits = hex.strip_prefix('#').filter(|digits| digits.len() == 6)?;
    let channel = |at: usize| {
        let byte = u8::from_str_radix(digits.get(at..at + 2)?, 16).ok()?;
        let share = f64::from(byte) / 255.0;
        Some(if share <= 0.040_45 {
            share / 12.92
        } else {
            libm::pow((share + 0.055) / 1.055, 2.4)
        })
    };
    Some(0.2126 * channel(0)? + 0.7152 * channel(2)? + 0.0722 * channel(4)?)
}

fn contrast(a: f64, b: f64) -> f64 {
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn every_pair_of_colors_can_be_told_apart() {
    let tokens = tokens();
    let color = |name: &str| *tokens.get(name).unwrap_or_else(|| panic!("no token --{name}"));
    let mut wrong = Vec::new();
    let mut check = |front: &str, back: &str, least: f64| {
        for (theme, (a, b)) in
            ["light", "dark"].into_iter().zip(color(front).into_iter().zip(color(back)))
        {
            let ratio = contrast(a, b);
            if ratio < least {
                wrong.push(format!(
                    "{theme}: --{front} on --{back} is {ratio:.2} to 1, not {least}"
                ));
            }
        }
    };
    for ground in GROUNDS {
        INKS.iter().for_each(|ink| check(ink, ground, 4.5));
        MARKS.iter().for_each(|mark| check(mark, ground, 3.0));
    }
    for term in 1..=4 {
        check(&format!("on-term-{term}"), &format!("term-{term}"), 4.5);
    }
    // The current tab and the play button are inverted.
    check("panel", "ink", 4.5);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
