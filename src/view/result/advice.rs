//! What each specialist said, in the words and units of people, with where its figures come from.

use super::{Advice, Origin};
use crate::model::figure::{Provenance, Tag};
use crate::text::{units, value};
use crate::view::terms;
use serde_json::Value;

/// The fields of an answer in the order in which people ask for them; others are figures behind it.
const LEADING: [&str; 16] = [
    "priority_actions",
    "pricing_strategy",
    "profile_improvements",
    "market_positioning",
    "recommended_jobs",
    "application_strategy",
    "ready_proposals",
    "success_probability",
    "competition_insights",
    "integrated_plan",
    "career_milestones",
    "pricing_roadmap",
    "market_trends",
    "negotiation_strategy",
    "risk_factors",
    "estimated_impact",
];

/// Lists the fields of a recommendation, each with the weakest tag of its figures: first those that
/// people ask for, then the rest. An answer without any of those leads with all it has.
pub(super) fn advice(
    recommendation: &Value,
    provenance: &Provenance,
) -> (Vec<Advice>, Vec<Advice>) {
    let fields = recommendation.as_object();
    let leading = LEADING.iter().filter_map(|name| {
        let said = fields?.get(*name).filter(|said| !is_nothing(said))?;
        Some(one(name, said, provenance))
    });
    let leading: Vec<Advice> = leading.collect();
    let others = fields
        .into_iter()
        .flatten()
        .filter(|(name, said)| !LEADING.contains(&name.as_str()) && !is_nothing(said));
    let others: Vec<Advice> = others.map(|(name, said)| one(name, said, provenance)).collect();
    if leading.is_empty() { (others, Vec::new()) } else { (leading, others) }
}

pub(super) fn is_nothing(said: &Value) -> bool {
    match said {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    }
}

pub(super) fn one(name: &str, said: &Value, provenance: &Provenance) -> Advice {
    let pointer = format!("/{}", name.replace('~', "~0").replace('/', "~1"));
    let mut sources: Vec<&str> = Vec::new();
    for (_, origin) in provenance.0.iter().filter(|(at, _)| at.starts_with(&pointer)) {
        sources.extend(origin.source.as_deref().filter(|source| !sources.contains(source)));
    }
    let origin = provenance.weakest(&pointer).map(|tag| origin(tag, &sources.join("; ")));
    Advice { name: units::title(name), lines: lines(said), origin }
}

pub(super) fn origin(tag: Tag, source: &str) -> Origin {
    let name = match tag {
        Tag::Given => "given",
        Tag::Measured => "measured",
        Tag::Derived => "derived",
        Tag::Assumed => "assumed",
        Tag::Simulated => "simulated",
    };
    let meaning = terms::meaning(name).unwrap_or_default();
    let meaning =
        if source.is_empty() { meaning.to_owned() } else { format!("{meaning} Source: {source}.") };
    Origin { name, meaning }
}

/// Most lines a field takes; the whole answer shows the rest.
const LINES_MAX: usize = 8;

/// Writes a value on as many lines as it has parts; of an object, only what is plain.
pub(super) fn lines(said: &Value) -> Vec<String> {
    match said {
        Value::Array(items) => {
            items.iter().take(LINES_MAX).map(line).filter(|line| !line.is_empty()).collect()
        }
        Value::Object(fields) => {
            let plain = fields
                .iter()
                .filter(|(_, value)| !value.is_null() && !value.is_array() && !value.is_object());
            let mut plain: Vec<_> = plain.collect();
            // What is recommended comes before what is, and that before what it rests on.
            plain.sort_by_key(|(name, _)| match name.split('_').next() {
                Some("recommended") => 0,
                Some("current") => 1,
                Some("strategy" | "level") => 2,
                _ => 3,
            });
            let currency = fields.get("currency").and_then(Value::as_str);
            let line = |(name, value): &(&String, &Value)| match (currency, value.as_f64()) {
                // The currency goes with every sum and needs no line of its own.
                (Some(_), _) if *name == "currency" => None,
                (Some(currency), Some(sum)) if is_money(name) => Some(format!(
                    "{}: {} {currency} an hour",
                    units::phrase(name),
                    units::number(sum, 2)
                )),
                _ => Some(format!("{}: {}", units::phrase(name), self::line(value))),
            };
            plain.iter().filter_map(line).take(LINES_MAX).collect()
        }
        other => vec![line(other)],
    }
}

/// Says whether a figure beside a currency is an hourly rate.
fn is_money(name: &str) -> bool {
    name.ends_with("rate") || name.ends_with("median")
}

/// Writes a text in full, a risk with what to do about it, and anything else in a few words.
pub(super) fn line(said: &Value) -> String {
    let text = |name: &str| said.get(name).and_then(Value::as_str);
    match (said, text("risk"), text("response")) {
        (Value::String(text), ..) if text.contains(' ') => text.clone(),
        (_, Some(risk), Some(response)) => format!("{}: {response}", risk.trim_end_matches('.')),
        (other, ..) => value::brief(other),
    }
}
