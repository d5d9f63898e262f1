//! Rows of pay that a request brings with it, over the built-in table.

use super::table::Table;
use super::{PayQuery, PayRow, field};
use crate::freelance::input::{Node, Notes, beginning, kind};
use crate::freelance::skill::{self, Skill};
use crate::model::figure::Tag;

/// Most that is taken for pay by the hour; assumed.
const RATE_MAX: f64 = 1_000_000.0;

/// Names of the five quantiles beside a list of them.
const QUANTILE_NAMES: [&str; 5] = ["p10", "p25", "median", "p75", "p90"];

/// A row of a request, with what it is for.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct GivenRow {
    row: PayRow,
    skill: Option<Skill>,
    level: Option<String>,
    country: Option<String>,
}

/// Reads the rows under `pay` of a request's `market_data`.
pub(super) fn read(overrides: &Node<'_>, notes: &mut Notes) -> Vec<GivenRow> {
    if !(overrides.value.is_object() || overrides.value.is_null()) {
        notes.wrong(
            overrides,
            format!("expected market data as an object, found {}", kind(overrides.value)),
        );
    }
    let Some(pay) = overrides.get("pay") else {
        return Vec::new();
    };
    let named: Vec<(Option<&str>, Node<'_>)> = if pay.value.is_object() {
        pay.members().into_iter().map(|(name, node)| (Some(name), node)).collect()
    } else {
        pay.items().into_iter().map(|node| (None, node)).collect()
    };
    if !(pay.value.is_object() || pay.value.is_array()) {
        notes.wrong(&pay, format!("expected a list of rows, found {}", kind(pay.value)));
    }
    named.into_iter().filter_map(|(name, node)| read_row(name, &node, notes)).collect()
}

fn read_row(name: Option<&str>, node: &Node<'_>, notes: &mut Notes) -> Option<GivenRow> {
    if !node.value.is_object() {
        notes.wrong(node, format!("expected a row {{field, median}}, found {}", kind(node.value)));
        return None;
    }
    let mut text =
        |member: &str| node.get(member).and_then(|text| text.text(notes)).map(|at| at.value);
    let stated = text("field").or_else(|| text("title")).or_else(|| name.map(str::to_owned));
    let skill = text("skill").map(|name| Skill::new(&name));
    let level = text("seniority").or_else(|| text("level")).map(|level| level.to_lowercase());
    let source = text("source").unwrap_or_else(|| "given with the request".to_owned());
    let country = node.get("country").and_then(|country| country.country(notes)).map(|at| at.value);
    let currency = node.get("currency").and_then(|code| code.currency(notes)).map(|at| at.value);
    if stated.is_none() && skill.is_none() {
        notes.wrong(node, "expected the field of work or the skill that the row is for");
        return None;
    }
    let field = stated
        .map(|stated| field_name(&stated))
        .or_else(|| Some(skill.as_ref()?.field()?.to_owned()));
    let field = field.unwrap_or_default();
    let (quantiles, borrowed) = read_quantiles(node, &field, level.as_deref(), notes)?;
    let row = PayRow {
        name: format!("market_data{}", node.pointer),
        field,
        quantiles,
        currency: currency.unwrap_or_else(|| "USD".to_owned()),
        country: country.clone().unwrap_or_default(),
        source: if borrowed {
            format!("{source}; spread as in the built-in table")
        } else {
            source
        },
        tag: if borrowed { Tag::Derived } else { Tag::Given },
    };
    Some(GivenRow { row, skill, level, country })
}

/// Returns the name of the field that words name, else the words themselves as a key.
fn field_name(stated: &str) -> String {
    let plain = stated.trim().to_lowercase().replace([' ', '-'], "_");
    let known = field::named(&plain).or_else(|| field::of(stated, &[]));
    known.map_or_else(|| skill::phrase(stated), |field| field.name.to_owned())
}

/// Reads `quantiles`, or `p10` to `p90`, or a `median` alone, whose spread is then borrowed from
/// the built-in row; says whether it was.
fn read_quantiles(
    node: &Node<'_>,
    field: &str,
    level: Option<&str>,
    notes: &mut Notes,
) -> Option<([f64; 5], bool)> {
    let nodes: Vec<Node<'_>> = match node.get("quantiles") {
        Some(list) => list.items(),
        None => QUANTILE_NAMES.iter().filter_map(|name| node.get(name)).collect(),
    };
    let values: Vec<f64> = nodes
        .iter()
        .filter_map(|node| node.number(0.0, RATE_MAX, notes))
        .map(|at| at.value)
        .collect();
    if let Ok(quantiles) = <[f64; 5]>::try_from(values.as_slice()) {
        if quantiles.windows(2).any(|pair| pair[0] > pair[1]) {
            notes.wrong(node, "expected quantiles that rise from the 10th to the 90th percentile");
            return None;
        }
        return Some((quantiles, false));
    }
    let median = node.get("median").and_then(|median| median.number(0.0, RATE_MAX, notes));
    let Some(median) = median.map(|at| at.value).filter(|median| *median > 0.0) else {
        notes.wrong(
            node,
            "expected a median, or five quantiles from the 10th to the 90th percentile",
        );
        return None;
    };
    let shape = Table::get().row(field, level).or_else(|| Table::get().row(field, None));
    let quantiles = shape.map(|shape| shape.quantiles.map(|q| q * median / shape.quantiles[2]));
    Some((quantiles.unwrap_or([median; 5]), quantiles.is_some()))
}

/// Returns the given row that answers a question best: one for a skill before one for the field,
/// then one for the level, then one for the country, then the first.
pub(super) fn best(
    rows: &[GivenRow],
    query: &PayQuery<'_>,
    field: Option<&str>,
    level: Option<&str>,
) -> Option<PayRow> {
    let title = format!(" {} ", skill::phrase(beginning(query.title, field::TITLE_CHARS_MAX)));
    let fits = |given: &&GivenRow| {
        let of_work = match &given.skill {
            Some(skill) => query.skills.iter().any(|asked| asked.key == skill.key),
            None => {
                field == Some(given.row.field.as_str())
                    || title.contains(&format!(" {} ", given.row.field))
            }
        };
        let of_level = given.level.is_none() || given.level.as_deref() == level;
        let of_country = match (&given.country, query.country) {
            (Some(own), Some(asked)) => own == asked,
            _ => true,
        };
        of_work && of_level && of_country
    };
    let rank =
        |given: &GivenRow| (given.skill.is_some(), given.level.is_some(), given.country.is_some());
    let fitting: Vec<&GivenRow> = rows.iter().filter(fits).collect();
    let found = fitting.into_iter().rev().max_by_key(|given| rank(given))?;
    let mut row = found.row.clone();
    if row.country.is_empty() {
        row.country = query.country.unwrap_or_default().to_owned();
    }
    Some(row)
}
