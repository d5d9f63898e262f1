//! Artifacts that are like one that is known, to the last bit, so that their hash is known as well.
//!
//! Only what is small and plain is looked at: to compare the rest costs as much as to hash it. Equal
//! numbers are not enough, since 0 and -0 are equal and hash apart.

use serde_json::Value;

use super::Artifact;
use crate::mechanism::domain::{Aggregation, Work};

/// Says whether two artifacts are surely the same, to the last bit.
pub(super) fn are_alike(one: &Artifact, other: &Artifact) -> bool {
    match (one, other) {
        (Artifact::Work(one), Artifact::Work(other)) => are_plain_works(one, other),
        (Artifact::Answer(one), Artifact::Answer(other)) => are_plain_answers(one, other),
        _ => false,
    }
}

/// Two works that found nothing.
fn are_plain_works(one: &Work, other: &Work) -> bool {
    let is_plain = |work: &Work| {
        work.evidence.is_empty()
            && work.recommendations.is_empty()
            && work.findings.is_empty()
            && work.broadcasts.is_empty()
    };
    is_plain(one)
        && one.confidence.to_bits() == other.confidence.to_bits()
        && are_alike_values(&one.result, &other.result)
        && one == other
}

/// Two answers without synergies, conflicts and voices.
fn are_plain_answers(one: &Aggregation, other: &Aggregation) -> bool {
    let is_plain = |answer: &Aggregation| {
        answer.synergies.is_empty()
            && answer.conflicts.is_empty()
            && answer.resolutions.is_empty()
            && answer.phases.is_empty()
            && answer.confidence.by_agent.is_empty()
            && answer.confidence.calibration_error.is_none()
    };
    let (sure, as_sure) = (&one.confidence, &other.confidence);
    is_plain(one)
        && sure.mean.to_bits() == as_sure.mean.to_bits()
        && sure.spread.to_bits() == as_sure.spread.to_bits()
        && are_alike_values(&one.recommendation, &other.recommendation)
        && one == other
}

/// Says whether two values are the same and hold no floats.
fn are_alike_values(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Null, Value::Null) => true,
        (Value::Bool(one), Value::Bool(other)) => one == other,
        (Value::String(one), Value::String(other)) => one == other,
        (Value::Number(one), Value::Number(other)) => !one.is_f64() && one == other,
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len()
                && one.iter().zip(other).all(|(one, other)| are_alike_values(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one.iter().zip(other).all(|((name, one), (other_name, other))| {
                    name == other_name && are_alike_values(one, other)
                })
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_are_alike_to_the_last_bit_or_not_at_all() {
        let values = [
            json!(null),
            json!({"done": 3}),
            json!({"done": 4}),
            json!({"made": 3}),
            json!([1, "a", true]),
            json!([1, "a"]),
        ];
        for (at, one) in values.iter().enumerate() {
            for (other_at, other) in values.iter().enumerate() {
                assert_eq!(are_alike_values(one, other), at == other_at, "{one} {other}");
            }
        }
        assert!(!are_alike_values(&json!(0.0), &json!(-0.0)));
    }
}
