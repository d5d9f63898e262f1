//! The pre-built workflows.
//!
//! Each creates a task of its kind, lets it run to its end, and answers in its own fields.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::answer::{Ending, Origins, Turns, Warning, digest_at};
use super::body::{CareerGrowth, FindAndApply, OptimizeFreelancer};
use super::execution::{self, Confidence, Finished};
use super::problem::Problem;
use super::{Response, check, task};
use crate::model::id::TurnIx;
use crate::model::task::TaskPriority;
use crate::session::Session;
use crate::sim::scenario::draft::TaskDraft;

/// What every workflow answers beside its own fields.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Frame {
    /// The task.
    pub task_id: String,
    /// How it ended.
    pub status: Ending,
    /// Agents whose results were accepted.
    pub agents_consulted: Vec<String>,
    /// How sure the team is: the mean of the agents' confidences, a missing subtask counting zero.
    pub confidence: f64,
    /// What that is made of; null where no answer was made.
    pub confidence_parts: Option<Confidence>,
    /// Who led it at the end; null where nobody did.
    pub coordinator_agent: Option<String>,
    /// `high`, `medium` or `low`; null where no answer was made.
    pub coordination_quality: Option<String>,
    /// What is not known, and what would let it be known.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Vec<super::part::Gap>"))]
    pub unknown: Vec<Value>,
    /// From the turn of its creation to that of its end.
    pub turns: Turns,
    /// From the first start to the last finish of its subtasks, in virtual time [ms].
    pub makespan_ms: f64,
    /// The digest after its last turn.
    pub digest: String,
    /// Where the figures come from, by JSON pointer.
    pub provenance: Origins,
    /// What of the request was left aside or not understood.
    pub warnings: Vec<Warning>,
}

/// An optimized profile.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct OptimizeFreelancerAnswer {
    /// What the team recommends.
    pub optimization_results: OptimizationResults,
    /// What every workflow answers.
    #[serde(flatten)]
    pub frame: Frame,
}

/// What the team recommends for a profile; null is what is not known, and `unknown` says why.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct OptimizationResults {
    /// What to improve, the most gained per hour first.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<Vec<String>>"))]
    pub profile_improvements: Option<Vec<Value>>,
    /// What to charge, and how to get there.
    #[cfg_attr(
        not(target_arch = "wasm32"),
        schemars(with = "Option<super::part::PricingStrategy>")
    )]
    pub pricing_strategy: Option<Map<String, Value>>,
    /// Where the profile stands in its market.
    pub market_positioning: Option<String>,
    /// What to do first.
    pub priority_actions: Vec<String>,
    /// What the plan is expected to bring, in words.
    pub estimated_impact: Option<String>,
    /// The answer's further fields.
    #[serde(flatten)]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "super::part::Further"))]
    pub further: Map<String, Value>,
}

/// Jobs with all that an application needs; null is what is not known, and `unknown` says why.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct FindAndApplyAnswer {
    /// The jobs that fit, the best first.
    #[cfg_attr(
        not(target_arch = "wasm32"),
        schemars(with = "Option<Vec<super::part::RecommendedJob>>")
    )]
    pub recommended_jobs: Option<Vec<Value>>,
    /// Who else is after them, and what sets this profile apart.
    #[cfg_attr(
        not(target_arch = "wasm32"),
        schemars(with = "Option<super::part::CompetitionInsights>")
    )]
    pub competition_insights: Option<Map<String, Value>>,
    /// Briefs and drafts.
    #[cfg_attr(
        not(target_arch = "wasm32"),
        schemars(with = "Option<Vec<super::part::ReadyProposal>>")
    )]
    pub ready_proposals: Option<Vec<Value>>,
    /// The chance to win at least one of the jobs applied to, 0 to 1.
    pub success_probability: Option<f64>,
    /// In which order to apply, and how to bid for each.
    #[cfg_attr(
        not(target_arch = "wasm32"),
        schemars(with = "Option<super::part::ApplicationStrategy>")
    )]
    pub application_strategy: Option<Map<String, Value>>,
    /// What every workflow answers.
    #[serde(flatten)]
    pub frame: Frame,
    /// The answer's further fields.
    #[serde(flatten)]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "super::part::Further"))]
    pub further: Map<String, Value>,
}

/// A career plan; null is what is not known, and `unknown` says why.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct CareerGrowthAnswer {
    /// How demand and pay move.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<Vec<String>>"))]
    pub market_trends: Option<Vec<Value>>,
    /// The rate month by month.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<Vec<super::part::RateStep>>"))]
    pub pricing_roadmap: Option<Vec<Value>>,
    /// What to reach by when.
    #[cfg_attr(
        not(target_arch = "wasm32"),
        schemars(with = "Option<Vec<crate::freelance::career_planner::schedule::Milestone>>")
    )]
    pub career_milestones: Option<Vec<Value>>,
    /// All of it in phases.
    #[cfg_attr(
        not(target_arch = "wasm32"),
        schemars(with = "Option<super::part::IntegratedPlan>")
    )]
    pub integrated_plan: Option<Map<String, Value>>,
    /// What could go wrong.
    #[cfg_attr(
        not(target_arch = "wasm32"),
        schemars(with = "Option<Vec<crate::freelance::career_planner::risk::Risk>>")
    )]
    pub risk_factors: Option<Vec<Value>>,
    /// How to see that it works.
    #[cfg_attr(
        not(target_arch = "wasm32"),
        schemars(with = "Option<super::part::SuccessIndicators>")
    )]
    pub success_indicators: Option<Map<String, Value>>,
    /// What every workflow answers.
    #[serde(flatten)]
    pub frame: Frame,
    /// The answer's further fields.
    #[serde(flatten)]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "super::part::Further"))]
    pub further: Map<String, Value>,
}

/// Optimizes a freelancer's profile.
///
/// # Errors
/// 422 with every fault of the body; 409 where the team has no such plan.
pub fn optimize(session: &mut Session, fields: &Map<String, Value>) -> Result<Response, Problem> {
    let (frame, mut answer) = perform::<OptimizeFreelancer>(
        session,
        "OptimizeFreelancer",
        "optimize_freelancer_profile",
        fields,
        "/optimization_results",
    )?;
    let optimization_results = OptimizationResults {
        profile_improvements: list(&mut answer, "profile_improvements"),
        pricing_strategy: object(&mut answer, "pricing_strategy"),
        market_positioning: text(&mut answer, "market_positioning"),
        priority_actions: texts(&mut answer, "priority_actions"),
        estimated_impact: text(&mut answer, "estimated_impact"),
        further: answer,
    };
    Ok(Response::new(200, &OptimizeFreelancerAnswer { optimization_results, frame }))
}

/// Finds jobs and prepares the applications.
///
/// # Errors
/// 422 with every fault of the body; 409 where the team has no such plan.
pub fn find_and_apply(
    session: &mut Session,
    fields: &Map<String, Value>,
) -> Result<Response, Problem> {
    let (frame, mut answer) =
        perform::<FindAndApply>(session, "FindAndApply", "find_and_apply_jobs", fields, "")?;
    let body = FindAndApplyAnswer {
        recommended_jobs: list(&mut answer, "recommended_jobs"),
        competition_insights: object(&mut answer, "competition_insights"),
        ready_proposals: list(&mut answer, "ready_proposals"),
        success_probability: answer.remove("success_probability").and_then(|value| value.as_f64()),
        application_strategy: object(&mut answer, "application_strategy"),
        frame,
        further: answer,
    };
    Ok(Response::new(200, &body))
}

/// Plans a career.
///
/// # Errors
/// 422 with every fault of the body; 409 where the team has no such plan.
pub fn career_growth(
    session: &mut Session,
    fields: &Map<String, Value>,
) -> Result<Response, Problem> {
    let (frame, mut answer) =
        perform::<CareerGrowth>(session, "CareerGrowth", "career_growth_plan", fields, "")?;
    let body = CareerGrowthAnswer {
        market_trends: list(&mut answer, "market_trends"),
        pricing_roadmap: list(&mut answer, "pricing_roadmap"),
        career_milestones: list(&mut answer, "career_milestones"),
        integrated_plan: object(&mut answer, "integrated_plan"),
        risk_factors: list(&mut answer, "risk_factors"),
        success_indicators: object(&mut answer, "success_indicators"),
        frame,
        further: answer,
    };
    Ok(Response::new(200, &body))
}

/// Checks a body, creates its task, and lets it run to its end.
fn perform<T: DeserializeOwned + Serialize>(
    session: &mut Session,
    name: &str,
    task_type: &str,
    fields: &Map<String, Value>,
    prefix: &str,
) -> Result<(Frame, Map<String, Value>), Problem> {
    let domain = session.setup().domain.clone();
    let checked = check::typed::<T>(name, fields, |fields| check::input_faults(&*domain, fields))?;
    if domain.plan(task_type, &[]).is_none() {
        let detail = format!(
            "this session's team has no plan for {task_type}: open a scenario of the freelance domain, or create a task with its own subtasks"
        );
        return Err(Problem::conflict(detail, Vec::new()));
    }
    // What the type does not know is left out, so that it cannot mean anything to a specialist.
    let mut input = fields.clone();
    let aside: Vec<&str> =
        checked.warnings.iter().filter_map(|warning| warning.pointer.strip_prefix('/')).collect();
    input.retain(|field, value| {
        !value.is_null()
            && field != "priority"
            && !aside.contains(&crate::model::schema::escaped(field).as_str())
    });
    let input = Value::Object(input);
    let mut warnings = checked.warnings;
    warnings.extend(check::unread(session, "", &input));
    let priority = fields.get("priority").cloned().unwrap_or(Value::Null);
    let priority: Option<TaskPriority> = serde_json::from_value(priority).unwrap_or(None);
    let draft = TaskDraft {
        name: None,
        task_type: task_type.to_owned(),
        description: String::new(),
        client: client(&input),
        priority: priority.unwrap_or(TaskPriority::Medium),
        at_us: 0,
        required_agents: Vec::new(),
        goals: Vec::new(),
        input_data: input,
        subtasks: Vec::new(),
    };
    let task = task::commanded(session, draft)?;
    execution::run(session, task)?;
    let finished = execution::finished(session, task)
        .ok_or_else(|| Problem::conflict(format!("{} has not ended", task.text()), Vec::new()))?;
    Ok(frame(session, &finished, prefix, warnings))
}

fn client(input: &Value) -> String {
    match input.get("freelancer_id") {
        Some(Value::String(id)) => id.clone(),
        Some(Value::Number(id)) => format!("freelancer {id}"),
        _ => String::new(),
    }
}

fn frame(
    session: &Session,
    finished: &Finished<'_>,
    prefix: &str,
    warnings: Vec<Warning>,
) -> (Frame, Map<String, Value>) {
    let answer = finished.answer;
    let mut fields =
        answer.and_then(|answer| answer.recommendation.as_object().cloned()).unwrap_or_default();
    let mut unknown = match fields.remove("unknown") {
        Some(Value::Array(unknown)) => unknown,
        _ => Vec::new(),
    };
    if answer.is_none() {
        unknown
            .push(serde_json::json!({"what": "all of it", "because": "the team made no answer"}));
    }
    let frame = Frame {
        task_id: finished.task.text(),
        status: finished.state.ended.map_or(Ending::Failed, |ended| ended.status.into()),
        agents_consulted: finished.agents.clone(),
        confidence: execution::confidence(finished),
        confidence_parts: answer.map(execution::parts),
        coordinator_agent: execution::coordinator(session, finished),
        coordination_quality: answer.map(|answer| answer.coordination_quality.clone()),
        unknown,
        turns: finished.turns,
        makespan_ms: execution::makespan_ms(session, finished),
        digest: digest_at(session, TurnIx(finished.turns.to)),
        provenance: execution::provenance(finished, prefix),
        warnings,
    };
    (frame, fields)
}

fn list(answer: &mut Map<String, Value>, field: &str) -> Option<Vec<Value>> {
    match answer.remove(field)? {
        Value::Array(list) => Some(list),
        _ => None,
    }
}

fn object(answer: &mut Map<String, Value>, field: &str) -> Option<Map<String, Value>> {
    match answer.remove(field)? {
        Value::Object(object) => Some(object),
        _ => None,
    }
}

fn text(answer: &mut Map<String, Value>, field: &str) -> Option<String> {
    match answer.remove(field)? {
        Value::String(text) => Some(text),
        _ => None,
    }
}

fn texts(answer: &mut Map<String, Value>, field: &str) -> Vec<String> {
    let list = list(answer, field).unwrap_or_default();
    list.into_iter().filter_map(|one| one.as_str().map(str::to_owned)).collect()
}
