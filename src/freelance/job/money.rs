//! Reads a job's pay from a budget, from schema.org's salaries, or from free text.

use serde_json::Value;

use super::pay::{self, DAY_HOURS, WEEK_HOURS};
use super::{Pay, PayUnit};
use crate::freelance::input::{Node, Notes, clipped, kind};

/// Largest amount that is taken for pay; assumed.
const AMOUNT_MAX: f64 = 1_000_000_000.0;

/// Reads what a job pays; none where it does not say, with a remark where it says it unreadably.
pub(super) fn read(job: &Node<'_>, notes: &mut Notes) -> Option<Pay> {
    let names = ["budget", "baseSalary", "salary", "estimatedSalary", "pay", "hourly_rate"];
    let node = job.first(&names)?;
    let currency = job.first(&["salaryCurrency", "currency"]).and_then(|code| code.currency(notes));
    let mut pay = match node.value {
        Value::Array(_) => node.items().iter().find_map(|item| read_one(item, notes)),
        _ => read_one(&node, notes),
    }?;
    if node.pointer.ends_with("/hourly_rate") {
        pay.unit = PayUnit::Hour;
    }
    pay.currency = pay.currency.or(currency.map(|code| code.value));
    pay.pointer = node.pointer;
    Some(pay)
}

fn read_one(node: &Node<'_>, notes: &mut Notes) -> Option<Pay> {
    match node.value {
        Value::String(text) => {
            let pay = pay::parse_pay(text);
            if pay.is_none() && !text.trim().is_empty() {
                notes.remark(&node.pointer, format!("no amount in {:?}", clipped(text)));
            }
            pay
        }
        Value::Number(_) => {
            let amount = node.number(0.0, AMOUNT_MAX, notes)?.value;
            (amount > 0.0).then(|| plain(pay::unit_by_size(amount), Some(amount), Some(amount)))
        }
        Value::Object(_) => read_amounts(node, notes),
        other => {
            notes.wrong(
                node,
                format!("expected a budget {{type, min, max, currency}}, found {}", kind(other)),
            );
            None
        }
    }
}

/// Reads Agora's budget, a MonetaryAmount, its QuantitativeValue, or a distribution's quartiles.
fn read_amounts(node: &Node<'_>, notes: &mut Notes) -> Option<Pay> {
    let inner = node.get("value").filter(|value| value.value.is_object());
    let currency =
        node.get("currency").and_then(|code| code.currency(notes)).map(|code| code.value);
    let amounts = inner.as_ref().unwrap_or(node);
    let mut bound =
        |names: &[&str]| amounts.first(names).and_then(|bound| read_bound(&bound, notes));
    let single = bound(&["value", "amount", "median"]);
    let low = bound(&["min", "minValue", "percentile25", "percentile10"]).or(single);
    let high = bound(&["max", "maxValue", "percentile75", "percentile90"]).or(single);
    if low.is_none() && high.is_none() {
        notes.remark(&node.pointer, "no amount; min and max help");
        return None;
    }
    if let (Some(low), Some(high)) = (low, high)
        && low > high
    {
        notes.wrong(node, format!("the least, {low}, is above the most, {high}"));
    }
    let named = unit_of(amounts, notes).or_else(|| unit_of(node, notes));
    let largest = high.or(low).unwrap_or_default();
    let (unit, hours) = named.unwrap_or_else(|| (pay::unit_by_size(largest), 1.0));
    let ends = [low, high].map(|bound| bound.map(|amount| amount / hours));
    let (min, max) = match ends {
        [Some(low), Some(high)] => (Some(low.min(high)), Some(high.max(low))),
        [low, high] => (low, high),
    };
    Some(Pay { currency, ..plain(unit, min, max) })
}

/// Reads one amount, which schema.org also allows as a text.
fn read_bound(node: &Node<'_>, notes: &mut Notes) -> Option<f64> {
    match node.str() {
        Some(text) => {
            let amount = pay::parse_pay(text).and_then(|pay| pay.max.or(pay.min));
            if amount.is_none() {
                notes.remark(&node.pointer, format!("no amount in {:?}", clipped(text)));
            }
            amount
        }
        None => node.number(0.0, AMOUNT_MAX, notes).map(|at| at.value),
    }
}

/// Reads a unit from Agora's `type`, schema.org's `unitText` and `unitCode`, or an ISO 8601 duration.
fn unit_of(node: &Node<'_>, notes: &mut Notes) -> Option<(PayUnit, f64)> {
    let node = node.first(&["type", "unitText", "unitCode", "duration", "unit", "period"])?;
    let text = node.str().unwrap_or_default().to_lowercase();
    let unit = match text.trim_start_matches("per ").trim_end_matches('s') {
        "hour" | "hourly" | "hur" | "pt1h" | "hr" | "h" => (PayUnit::Hour, 1.0),
        "day" | "daily" | "p1d" => (PayUnit::Hour, DAY_HOURS),
        "week" | "weekly" | "wee" | "p1w" | "p7d" => (PayUnit::Hour, WEEK_HOURS),
        "month" | "monthly" | "mon" | "p1m" => (PayUnit::Month, 1.0),
        "year" | "yearly" | "annual" | "annually" | "ann" | "p1y" | "annum" => (PayUnit::Year, 1.0),
        "fixed" | "fixed_price" | "fixed-price" | "project" | "total" => (PayUnit::Fixed, 1.0),
        _ => {
            let detail = format!(
                "no unit of pay: {:?}; one of hourly, monthly, yearly, fixed helps",
                clipped(&text)
            );
            notes.remark(&node.pointer, detail);
            return None;
        }
    };
    Some(unit)
}

fn plain(unit: PayUnit, min: Option<f64>, max: Option<f64>) -> Pay {
    Pay { unit, min, max, currency: None, pointer: String::new() }
}
