//! The career plan made to agree with the rate that the team has settled on.

use serde_json::Value;

use super::pricing::Settled;
use super::team::of_role;
use crate::freelance::{career_planner, workflow};
use crate::kernel::fixed::Ppm;
use crate::mechanism::domain::{Known, Luck, Merge, PlannedSubtask, Work, WorkOrder};

/// Plans the career again where the team settled on another rate than the pricing strategist advised,
/// from what the specialists found and the rate as settled; none where nothing changed.
///
/// Without it one answer would name two rates for the same month.
pub fn settled(merge: &Merge<'_>, pricing: Option<&Settled>) -> Option<Work> {
    let strategy = &pricing?.strategy;
    strategy.get("as_advised_alone")?;
    let contribution = of_role(merge.contributions, "career_planner")?;
    let rate = Value::Object(strategy.clone());
    let uses = workflow::roles().into_iter().find(|role| role.name == contribution.role)?.uses;
    let findings = merge.contributions.iter().filter_map(|one| Some((one.role, one.work?)));
    let known: Vec<Known<'_>> = findings
        .flat_map(|(role, work)| work.findings.iter().map(move |finding| (role, finding)))
        .filter(|(_, finding)| uses.contains(&finding.key))
        .map(|(by_role, finding)| {
            let settled = finding.key == "pricing.rate";
            Known {
                key: &finding.key,
                value: if settled { &rate } else { &finding.value },
                by_role,
            }
        })
        .collect();
    let subtask = PlannedSubtask {
        name: contribution.subtask.to_owned(),
        role: contribution.role.to_owned(),
        description: String::new(),
        depends_on: Vec::new(),
        capabilities: Vec::new(),
        duration: None,
    };
    let order = WorkOrder {
        luck: Luck { seed: 0, names: ["", contribution.subtask, contribution.agent], attempt: 0 },
        as_of: merge.as_of,
        task_type: merge.task_type,
        subtask: &subtask,
        input: merge.input,
        goals: merge.goals,
        market: merge.market,
        marketplace: merge.marketplace,
        known: &known,
        fit: Ppm::ONE,
    };
    career_planner::work(&order).ok()
}
