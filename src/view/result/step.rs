//! One step of the unified plan: whose advice it is, what it rests on, how sure and how risky.

use super::{Origin, StepRow, advice};
use crate::kernel::fixed::Ppm;
use crate::mechanism::domain::{PlanStep, Work};
use crate::model::figure::Tag;
use crate::model::id::SubtaskIx;
use crate::model::recommendation::{
    Evidence, EvidenceKind, Recommendation, RecommendationRef, SafetyNet,
};
use crate::sim::world::task::TaskState;
use crate::text::{remedy, units};
use crate::view::lens::{Lens, joined};

/// Something a recommendation rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvidenceRow {
    /// What and where, such as `your input: hourly rate`.
    pub what: String,
    /// Where what stands there comes from.
    pub origin: Origin,
}

/// Shows a step with the recommendation that it carries out.
pub(super) fn step(lens: &Lens<'_>, task: &TaskState, step: &PlanStep) -> StepRow {
    let hours = units::number(step.effort_hours, 1);
    let part = Ppm::from_f64(step.factor);
    let scaled =
        if part < Ppm::ONE { format!("scaled to {}", units::percent(part)) } else { String::new() };
    let net = |net: &SafetyNet| {
        vec![
            ("test", net.test.clone()),
            ("watch", net.watch.clone()),
            ("step back", net.step_back.clone()),
        ]
    };
    let found = find(lens, task, &step.what);
    let said = found.map(|(_, recommendation)| recommendation);
    let holder = found.and_then(|(subtask, _)| lens.world().subtasks.get(subtask.at())?.holder);
    let weakest = said.and_then(|said| said.evidence.iter().map(|evidence| evidence.tag).max());
    StepRow {
        title: step.title.clone(),
        detail: step.detail.clone(),
        effort: joined(&[format!("{hours} h"), scaled]),
        safety: step.safety.as_ref().map(net).unwrap_or_default(),
        who: holder.map(|agent| lens.agent_id(agent)).unwrap_or_default(),
        mark: holder.map(|agent| lens.mark_of(agent)),
        confidence: said.map(|said| units::number(said.confidence, 2)).unwrap_or_default(),
        gain: said.map(|said| remedy::gain(said.gain)).unwrap_or_default(),
        risk: said.map(|said| units::number(said.risk, 2)).unwrap_or_default(),
        origin: weakest.map(|tag| advice::origin(tag, "")),
        evidence: said.map(evidence).unwrap_or_default(),
    }
}

fn find<'a>(
    lens: &Lens<'a>,
    task: &TaskState,
    what: &RecommendationRef,
) -> Option<(SubtaskIx, &'a Recommendation)> {
    let place = task.planned.plan.iter().position(|planned| planned.name == what.subtask)?;
    let subtask = task.subtasks().nth(place)?;
    let work = lens.world().subtasks.get(subtask.at())?.work?;
    let work: &Work = lens.session.store().work(work)?;
    Some((subtask, work.recommendations.iter().find(|advice| advice.id == what.id)?))
}

/// Lists the evidence, that of one place once.
fn evidence(said: &Recommendation) -> Vec<EvidenceRow> {
    let mut rows: Vec<EvidenceRow> = Vec::new();
    for one in &said.evidence {
        let row = EvidenceRow { what: place(one), origin: advice::origin(one.tag, "") };
        if !rows.contains(&row) {
            rows.push(row);
        }
    }
    rows
}

fn place(evidence: &Evidence) -> String {
    let at = evidence.at.trim_start_matches('/').replace('/', ", ");
    match evidence.kind {
        EvidenceKind::Field => format!("your input: {}", units::phrase(&at)),
        EvidenceKind::Job => format!("job {at}"),
        EvidenceKind::Knowledge => format!("blackboard: {at}"),
        EvidenceKind::Market if evidence.tag == Tag::Measured => format!("pay table: {at}"),
        EvidenceKind::Market => format!("market: {at}"),
    }
}
