//! How a plan would have turned out without some of its steps, on the same draws.

use super::super::Session;
use super::super::advice::answer;
use super::search::Meter;
use super::{contributions, parts};
use crate::mechanism::domain::{Aggregation, Luck, Outcome, Trial};
use crate::model::id::TaskIx;
use crate::model::recommendation::RecommendationRef;

/// Most steps of a plan for which pairs are tried as well.
const PAIRS_MAX: usize = 10;

/// What asking the environment once costs [turns].
const COST: u64 = 20;

/// A plan without some of its steps.
#[derive(Clone, Debug, PartialEq)]
pub struct WithoutSteps {
    /// The steps left out.
    pub steps: Vec<RecommendationRef>,
    /// What the rest brings; simulated.
    pub with_plan: f64,
    /// Whether that is better, no different or worse than no plan where the whole plan was not.
    pub is_otherwise: bool,
}

/// Returns the fewest steps without which the plan would have turned out otherwise, all sets of that
/// size; where no step and no pair does that, the one step on which most hangs. Nothing where the
/// environment asked again does not say what it said.
pub(super) async fn without(session: &Session, task: TaskIx, meter: &Meter) -> Vec<WithoutSteps> {
    tried(session, task, meter).await.unwrap_or_default()
}

async fn tried(session: &Session, ix: TaskIx, meter: &Meter) -> Option<Vec<WithoutSteps>> {
    meter.spend(COST).await;
    let answer = answer(session, ix)?;
    let told = session.store().outcome(session.world().tasks.get(ix.at())?.outcome?)?;
    if played(session, ix, answer)? != **told {
        return None;
    }
    let steps: Vec<&RecommendationRef> =
        answer.phases.iter().flat_map(|phase| &phase.steps).map(|step| &step.what).collect();
    let side = |with_plan: f64| with_plan.partial_cmp(&told.without_plan);
    let try_without = async |left_out: Vec<RecommendationRef>| {
        meter.spend(COST).await;
        let with_plan = played(session, ix, &shortened(answer, &left_out))?.with_plan;
        let is_otherwise = side(with_plan) != side(told.with_plan);
        Some(WithoutSteps { steps: left_out, with_plan, is_otherwise })
    };
    let mut single: Vec<WithoutSteps> = Vec::new();
    for step in &steps {
        single.extend(try_without(vec![(*step).clone()]).await);
    }
    if single.iter().any(|one| one.is_otherwise) {
        return Some(single.into_iter().filter(|one| one.is_otherwise).collect());
    }
    if steps.len() <= PAIRS_MAX {
        let mut pairs: Vec<WithoutSteps> = Vec::new();
        for (at, first) in steps.iter().enumerate() {
            for second in steps.iter().skip(at + 1) {
                let pair = try_without(vec![(*first).clone(), (*second).clone()]).await;
                pairs.extend(pair.filter(|pair| pair.is_otherwise));
            }
        }
        if !pairs.is_empty() {
            return Some(pairs);
        }
    }
    let loss = |one: &WithoutSteps| told.with_plan - one.with_plan;
    let most = single.into_iter().max_by(|a, b| loss(a).abs().total_cmp(&loss(b).abs()));
    Some(most.into_iter().collect())
}

/// Returns an answer without some steps of its plan.
fn shortened(answer: &Aggregation, left_out: &[RecommendationRef]) -> Aggregation {
    let mut less = answer.clone();
    for phase in &mut less.phases {
        phase.steps.retain(|step| !left_out.contains(&step.what));
    }
    less
}

/// Asks the environment how an answer to a task turns out, with the task's own luck.
fn played(session: &Session, ix: TaskIx, answer: &Aggregation) -> Option<Outcome> {
    let world = session.world();
    let request = &world.tasks.get(ix.at())?.planned.request;
    let parts: Vec<_> =
        parts(session, ix)?.into_iter().filter(|part| !part.agent.is_empty()).collect();
    Some(session.setup().domain.outcome(&Trial {
        luck: Luck { seed: world.seed, names: [&request.name, "", ""], attempt: 0 },
        task_type: &request.task_type,
        input: &request.input,
        outcome: &world.environment.outcome,
        marketplace: &world.environment.job_marketplace,
        answer,
        contributions: &contributions(&parts),
    }))
}
