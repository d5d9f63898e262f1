//! Work described by its quality: drawn around what role, fit and knowledge let expect.

use serde_json::{Map, Value, json};

use super::GenericRole;
use crate::kernel::fixed::rounded;
use crate::mechanism::domain::{Cost, Finding, Scope, Work, WorkOrder};
use crate::model::fault::Fault;
use crate::model::figure::{Provenance, Tag};
use crate::model::recommendation::{Evidence, EvidenceKind};

/// Standard deviation of quality from one piece of work to the next; assumed: a tenth of the scale,
/// so that luck can move a grade but not turn good work into bad.
pub const QUALITY_SPREAD: f64 = 0.1;

/// Share of its quality that work loses when nothing of what it uses is there; assumed.
pub const KNOWLEDGE_LOSS: f64 = 0.4;

/// Decimals kept of a quality, so that results read well.
const DECIMALS: u32 = 4;

/// What a worker read and missed.
struct Reading<'a> {
    /// Keys that were there, with the quality of what stood there.
    read: Vec<(&'a str, f64)>,
    /// Keys that were not.
    missing: Vec<&'a str>,
}

/// Does a piece of work.
///
/// The quality is normal around `role quality · fit · (1 − KNOWLEDGE_LOSS · (1 − knowledge))`, where
/// knowledge is the mean quality of what the role uses, a missing key counting zero. The worker sees
/// that a key is there, not how good it is: its confidence is the same product with every key read
/// counting one, so that bad input makes confident bad work.
pub fn work(role: &GenericRole, order: &WorkOrder<'_>) -> Work {
    let reading = read(role, order);
    let count = role.uses.len() as f64;
    let share = |sum: f64| if count > 0.0 { sum / count } else { 1.0 };
    let known = share(reading.read.len() as f64);
    let sound = share(reading.read.iter().map(|(_, quality)| quality).sum());
    let base = role.quality.clamp(0.0, 1.0) * order.fit.clamped().to_f64();
    let luck = order.luck.draw("generic.quality").normal() * QUALITY_SPREAD;
    let drawn =
        |knowledge: f64| rounded((base * degraded(knowledge) + luck).clamp(0.0, 1.0), DECIMALS);
    let alone = if role.uses.is_empty() { 1.0 } else { 0.0 };
    let confidence = rounded((base * degraded(known)).clamp(0.0, 1.0), DECIMALS);
    let mut result = json!({
        "role": role.name,
        "quality": drawn(sound),
        "quality_alone": drawn(alone),
        "confidence": confidence,
        "read": reading.read.iter().map(|(key, _)| *key).collect::<Vec<_>>(),
        "missing": reading.missing,
    });
    let mut provenance = Provenance::default();
    provenance.tag("/quality", Tag::Simulated);
    provenance.tag("/quality_alone", Tag::Simulated);
    provenance.note("/confidence", Tag::Assumed, "role quality, fit, and what it uses being there");
    add_constants(&mut result, &mut provenance, role, order.input);
    Work {
        findings: findings(role, order, &result),
        result,
        provenance,
        confidence,
        evidence: evidence(order, &reading),
        recommendations: Vec::new(),
        broadcasts: Vec::new(),
        cost: Cost { milli_units: role.cost_milli_units, tokens: role.tokens },
    }
}

/// Returns what is wrong with an input: `findings` and `constants` are objects where they are given.
pub fn input_faults(input: &Value) -> Vec<Fault> {
    let mut faults = Vec::new();
    if !input.is_object() && !input.is_null() {
        faults.push(Fault::new("", "the input is no object"));
    }
    let expected = [
        ("findings", "values by knowledge key are expected, as an object"),
        ("constants", "fields of results by role are expected, as an object"),
    ];
    for (key, detail) in expected {
        if input.get(key).is_some_and(|value| !value.is_object()) {
            faults.push(Fault::new(format!("/{key}"), detail));
        }
    }
    let constants = input.get("constants").and_then(Value::as_object);
    for (role, fields) in constants.into_iter().flatten() {
        if !fields.is_object() {
            let pointer = format!("/constants/{}", escaped(role));
            faults.push(Fault::new(pointer, "the fields of a result are expected, as an object"));
        }
    }
    faults
}

/// Returns the share of quality kept at a share of knowledge.
fn degraded(knowledge: f64) -> f64 {
    1.0 - KNOWLEDGE_LOSS * (1.0 - knowledge)
}

fn read<'a>(role: &'a GenericRole, order: &WorkOrder<'_>) -> Reading<'a> {
    let mut reading = Reading { read: Vec::new(), missing: Vec::new() };
    for key in &role.uses {
        match order.known(key) {
            // Knowledge that came from elsewhere says nothing of its quality and passes as sound.
            Some(value) => {
                let quality = value.get("quality").and_then(Value::as_f64).unwrap_or(1.0);
                reading.read.push((key, quality.clamp(0.0, 1.0)));
            }
            None => reading.missing.push(key),
        }
    }
    reading
}

/// Puts the input's constants for the role into the result, as given.
fn add_constants(
    result: &mut Value,
    provenance: &mut Provenance,
    role: &GenericRole,
    input: &Value,
) {
    let given =
        input.get("constants").and_then(|all| all.get(&role.name)).and_then(Value::as_object);
    let Some((given, result)) = given.zip(result.as_object_mut()) else {
        return;
    };
    for (field, value) in given {
        result.insert(field.clone(), value.clone());
        let source = format!("/constants/{}/{}", escaped(&role.name), escaped(field));
        provenance.note(format!("/{}", escaped(field)), Tag::Given, source);
    }
}

/// Writes a finding for every key the role provides: what the input gives for it, else the quality
/// of the work it came from.
fn findings(role: &GenericRole, order: &WorkOrder<'_>, result: &Value) -> Vec<Finding> {
    let given = order.input.get("findings").and_then(Value::as_object);
    let own = || {
        let mut value = Map::new();
        value.insert("by".into(), json!(order.subtask.name));
        value.insert("quality".into(), result.get("quality").cloned().unwrap_or_default());
        Value::Object(value)
    };
    let finding = |key: &String| Finding {
        key: key.clone(),
        category: role.name.clone(),
        value: given.and_then(|values| values.get(key)).cloned().unwrap_or_else(own),
        scope: Scope::Task,
    };
    role.provides.iter().map(finding).collect()
}

fn evidence(order: &WorkOrder<'_>, reading: &Reading<'_>) -> Vec<Evidence> {
    let read = reading.read.iter().map(|(key, _)| Evidence {
        kind: EvidenceKind::Knowledge,
        at: (*key).into(),
        tag: Tag::Simulated,
    });
    let fields = ["findings", "constants"].into_iter().filter(|key| order.input.get(key).is_some());
    let given = fields.map(|key| Evidence {
        kind: EvidenceKind::Field,
        at: format!("/{key}"),
        tag: Tag::Given,
    });
    read.chain(given).collect()
}

/// Escapes a name for a JSON pointer (RFC 6901, section 3).
fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
