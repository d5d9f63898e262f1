//! Merges the work of a generic team: contributions in the plan's order, who helped whom, how sure.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::GenericRole;
use super::work::KNOWLEDGE_LOSS;
use crate::kernel::fixed::rounded;
use crate::mechanism::aggregation::confidence;
use crate::mechanism::domain::{Aggregation, Contribution, Merge, Synergy};
use crate::model::figure::{Provenance, Tag};
use crate::model::recommendation::{EvidenceKind, RecommendationRef};

/// Merges what a team did.
pub fn aggregate(roles: &[GenericRole], merge: &Merge<'_>) -> Aggregation {
    let done: Vec<_> = merge.contributions.iter().filter(|one| one.work.is_some()).collect();
    let missing: Vec<String> = merge
        .contributions
        .iter()
        .filter(|one| one.work.is_none())
        .map(|one| one.subtask.to_string())
        .collect();
    let confidence = confidence::of(merge.contributions, merge.calibration_error);
    let quality = confidence::quality(&confidence, merge.contributions, &[]);
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
        }),
        missing,
        confidence,
        provenance,
        coordination_quality: quality.into(),
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
