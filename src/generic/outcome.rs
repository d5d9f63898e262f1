//! How generic work turns out: the drawn qualities, the effects a scenario plants, and noise.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::kernel::fixed::rounded;
use crate::mechanism::domain::{Contribution, Outcome, Trial};
use crate::model::fault::Fault;
use crate::model::recommendation::EvidenceKind;

/// The environment's parameters for generic work.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct OutcomeModel {
    /// Standard deviation added to the quality of the whole.
    pub noise: f64,
    /// Effects that depend on who worked together and what was read.
    pub effects: Vec<Effect>,
}

/// An effect on the quality of the whole, present where all of its conditions hold.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Effect {
    /// Agents who all contributed.
    pub agents: Vec<String>,
    /// Roles that all contributed.
    pub roles: Vec<String>,
    /// Knowledge keys that were all read by someone.
    pub reads: Vec<String>,
    /// What is added to the quality, -1 to 1.
    pub quality: f64,
}

/// Reads the environment's parameters; an empty object or null is no effect and no noise.
pub fn outcome_model(value: &Value) -> Result<OutcomeModel, Fault> {
    if value.is_null() {
        return Ok(OutcomeModel::default());
    }
    serde_path_to_error::deserialize(value).map_err(|error| {
        let path = error.path().to_string().replace(['.', '['], "/").replace(']', "");
        Fault::new(format!("/{path}"), error.into_inner().to_string())
    })
}

/// Says how a piece of teamwork turned out.
///
/// The quality of the whole is the mean quality of its subtasks, missing ones zero, plus the effects
/// that hold and the noise. Without the plan the same workers, with the same luck, read nothing from
/// each other and no effect holds. Parameters that cannot be read count as none: whoever loads a
/// scenario checks them with [`outcome_model`].
pub fn outcome(trial: &Trial<'_>) -> Outcome {
    let model = outcome_model(trial.outcome).unwrap_or_default();
    let quality_of = |one: &Contribution<'_>, field: &str| {
        let value = one.work.and_then(|work| work.result.get(field)).and_then(Value::as_f64);
        value.unwrap_or(0.0).clamp(0.0, 1.0)
    };
    let mean = |field: &str| {
        let sum: f64 = trial.contributions.iter().map(|one| quality_of(one, field)).sum();
        sum / trial.contributions.len().max(1) as f64
    };
    let luck = trial.luck.draw("generic.outcome").normal() * model.noise;
    let effects: f64 = model
        .effects
        .iter()
        .filter(|effect| effect.holds(trial.contributions))
        .map(|effect| effect.quality)
        .sum();
    let settled = |value: f64| rounded(value.clamp(0.0, 1.0), 4);
    let quality = settled(mean("quality") + effects + luck);
    let by_subtask: BTreeMap<String, f64> = trial
        .contributions
        .iter()
        .map(|one| (one.subtask.to_string(), settled(quality_of(one, "quality"))))
        .collect();
    Outcome {
        quality,
        by_subtask,
        with_plan: rounded(quality * 100.0, 2),
        without_plan: rounded(settled(mean("quality_alone") + luck) * 100.0, 2),
        unit: "quality points".into(),
    }
}

impl Effect {
    /// Says whether all that the effect depends on was there.
    fn holds(&self, contributions: &[Contribution<'_>]) -> bool {
        let did = |test: &dyn Fn(&Contribution<'_>) -> bool| {
            contributions.iter().any(|one| one.work.is_some() && test(one))
        };
        self.agents.iter().all(|agent| did(&|one| one.agent == agent))
            && self.roles.iter().all(|role| did(&|one| one.role == role))
            && self.reads.iter().all(|key| did(&|one| has_read(one, key)))
    }
}

fn has_read(one: &Contribution<'_>, key: &str) -> bool {
    let evidence = one.work.map(|work| work.evidence.as_slice()).unwrap_or_default();
    evidence.iter().any(|entry| entry.kind == EvidenceKind::Knowledge && entry.at == key)
}
