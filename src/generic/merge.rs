//! Merges the work of a generic team: contributions in the plan's order, who helped whom, how sure.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::GenericRole;
use super::work::KNOWLEDGE_LOSS;
use crate::kernel::fixed::rounded;
use crate::mechanism::domain::{Aggregation, ConfidenceParts, Contribution, Merge, Synergy};
use crate::model::figure::{Provenance, Tag};
use crate::model::recommendation::{EvidenceKind, RecommendationRef};

/// Coordination is high from this share on.
pub const COORDINATION_HIGH: f64 = 0.9;
/// Coordination is medium from this share on, low below.
pub const COORDINATION_MEDIUM: f64 = 0.6;

/// Merges what a team did.
pub fn aggregate(roles: &[GenericRole], merge: &Merge<'_>) -> Aggregation {
    let done: Vec<_> = merge.contributions.iter().filter(|one| one.work.is_some()).collect();
    let missing: Vec<String> = merge
        .contributions
        .iter()
        .filter(|one| one.work.is_none())
        .map(|one| one.subtask.to_string())
        .collect();
    let confidence = confidence(merge);
    let share = coordination(roles, merge);
    let mut provenance = Provenance::default();
    let parts: Vec<Value> = done
        .iter()
        .enumerate()
        .filter_map(|(at, one)| {
            let work = one.work?;
            provenance.absorb(&format!("/contributions/{at}/result"), &work.provenance);
            Some(json!({"subtask": one.subtask, "role": one.role, "agent": one.agent, "result": work.result}))
        })
        .collect();
    provenance.note(
        "/coordination",
        Tag::Derived,
        "share of work done times share of knowledge read",
    );
    provenance.note(
        "/confidence",
        Tag::Assumed,
        "mean of the workers' confidences, missing work zero",
    );
    Aggregation {
        synergies: synergies(roles, merge.contributions),
        conflicts: Vec::new(),
        resolutions: Vec::new(),
        phases: Vec::new(),
        recommendation: json!({
            "contributions": parts,
            "missing": missing,
            "confidence": confidence.mean,
            "coordination": share,
        }),
        missing,
        confidence,
        provenance,
        coordination_quality: grade(share).into(),
    }
}

/// Averages the workers' confidences; missing work counts zero in the mean and is no agent's own.
fn confidence(merge: &Merge<'_>) -> ConfidenceParts {
    let mut sums: BTreeMap<String, (f64, f64)> = BTreeMap::new();
    let mut values = Vec::with_capacity(merge.contributions.len());
    for one in merge.contributions {
        let value = one.work.map_or(0.0, |work| work.confidence.clamp(0.0, 1.0));
        values.push(value);
        if one.work.is_some() {
            let entry = sums.entry(one.agent.to_string()).or_default();
            *entry = (entry.0 + value, entry.1 + 1.0);
        }
    }
    let count = values.len().max(1) as f64;
    let mean = values.iter().sum::<f64>() / count;
    let variance = values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / count;
    ConfidenceParts {
        mean: rounded(mean, 4),
        spread: rounded(libm::sqrt(variance), 4),
        by_agent: sums.into_iter().map(|(agent, (sum, n))| (agent, rounded(sum / n, 4))).collect(),
        calibration_error: merge.calibration_error,
    }
}

/// Finds who gained from whom: a key that one wrote and another read, worth the quality the reader
/// would have lost without it.
fn synergies(roles: &[GenericRole], contributions: &[Contribution<'_>]) -> Vec<Synergy> {
    let mut writers: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for one in contributions {
        for finding in one.work.map(|work| work.findings.as_slice()).unwrap_or_default() {
            writers.entry(&finding.key).or_default().push(one.subtask);
        }
    }
    let mut found = Vec::new();
    for reader in contributions {
        let Some(role) = roles.iter().find(|role| role.name == reader.role) else {
            continue;
        };
        let worth = role.quality * KNOWLEDGE_LOSS / role.uses.len().max(1) as f64;
        for key in keys_read(reader) {
            let from = writers.get(key).map(Vec::as_slice).unwrap_or_default();
            let others = from.iter().filter(|writer| **writer != reader.subtask);
            found.extend(others.map(|writer| Synergy {
                from: RecommendationRef { subtask: (*writer).into(), id: key.into() },
                to: RecommendationRef { subtask: reader.subtask.into(), id: key.into() },
                condition: Some(key.into()),
                gain: rounded(worth / from.len() as f64, 4),
            }));
        }
    }
    found
}

fn keys_read<'a>(one: &Contribution<'a>) -> BTreeSet<&'a str> {
    let evidence = one.work.map(|work| work.evidence.as_slice()).unwrap_or_default();
    let knowledge = evidence.iter().filter(|entry| entry.kind == EvidenceKind::Knowledge);
    knowledge.map(|entry| entry.at.as_str()).collect()
}

/// Returns the share of subtasks done times the share of used knowledge that was read, where a role
/// of the plan provides it.
fn coordination(roles: &[GenericRole], merge: &Merge<'_>) -> f64 {
    let planned: BTreeSet<&str> = merge.contributions.iter().map(|one| one.role).collect();
    let offered: BTreeSet<&str> = roles
        .iter()
        .filter(|role| planned.contains(role.name.as_str()))
        .flat_map(|role| role.provides.iter().map(String::as_str))
        .collect();
    let (mut done, mut wanted, mut read) = (0.0, 0.0, 0.0);
    for one in merge.contributions.iter().filter(|one| one.work.is_some()) {
        done += 1.0;
        let keys = keys_read(one);
        let uses = roles.iter().find(|role| role.name == one.role).map(|role| &role.uses);
        for key in uses.into_iter().flatten().filter(|key| offered.contains(key.as_str())) {
            wanted += 1.0;
            read += if keys.contains(key.as_str()) { 1.0 } else { 0.0 };
        }
    }
    let ratio = |part: f64, whole: f64| if whole > 0.0 { part / whole } else { 1.0 };
    rounded(ratio(done, merge.contributions.len() as f64) * ratio(read, wanted), 4)
}

fn grade(share: f64) -> &'static str {
    match share {
        _ if share >= COORDINATION_HIGH => "high",
        _ if share >= COORDINATION_MEDIUM => "medium",
        _ => "low",
    }
}
