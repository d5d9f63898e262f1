//! What the answers of the freelance team hold, as types: the API's description is made from them.
//!
//! The specialists write their results themselves; a test holds every answer against these types.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::freelance::competition_analyzer::Level;
use crate::freelance::competition_analyzer::apart::Point;
use crate::freelance::competition_analyzer::chance::{BidStrategy, Chance, Standpoint};
use crate::freelance::competition_analyzer::rivals::Rivals;
use crate::freelance::job_matcher::Terms;
use crate::freelance::proposal_writer::brief::Brief;
use crate::freelance::proposal_writer::draft::Sentence;
use crate::mechanism::domain::{Conflict, Resolution};
use crate::model::figure::Tag;
use crate::model::recommendation::RecommendationRef;

/// What is not known.
#[derive(Serialize, JsonSchema)]
pub struct Gap {
    /// What.
    pub what: String,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
    /// What would let it be known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub would_help: Option<String>,
    /// The role that said so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

/// An interval.
#[derive(Serialize, JsonSchema)]
pub struct Bounds {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// What a plan is expected to bring, as a share.
#[derive(Serialize, JsonSchema)]
pub struct Impact {
    /// Lower end.
    pub low: f64,
    /// The estimate.
    pub point: f64,
    /// Upper end.
    pub high: f64,
    /// Of what.
    pub of: String,
    /// Where it comes from.
    pub tag: Tag,
}

/// Hours for a plan.
#[derive(Serialize, JsonSchema)]
pub struct WeekHours {
    /// Hours a week.
    pub per_week: f64,
    /// How many weeks.
    pub weeks: f64,
}

/// An action of the plan.
#[derive(Serialize, JsonSchema)]
pub struct Action {
    /// What to do.
    pub action: String,
    /// The recommendation it comes from.
    pub from: RecommendationRef,
    /// What it adds to expected income, a share.
    pub gain: f64,
    /// Work it takes [hours].
    pub hours: f64,
    /// What it moves.
    pub lever: String,
    /// Its phase, from 1.
    pub phase: u32,
    /// Chance that it does harm.
    pub risk: f64,
    /// How to try it small; null where it is not risky.
    pub test_first: Option<String>,
}

/// Says that a field is left out where the team made no answer.
fn without_an_answer<T>(_: &T) -> bool {
    true
}

/// What every recommendation of the freelance team holds.
#[derive(Serialize, JsonSchema)]
pub struct Further {
    /// What to do first.
    #[serde(skip_serializing_if = "without_an_answer")]
    pub priority_actions: Vec<String>,
    /// The same with gain, hours and risk.
    #[serde(skip_serializing_if = "without_an_answer")]
    pub priority_action_details: Vec<Action>,
    /// What the plan is expected to bring, in words.
    #[serde(skip_serializing_if = "without_an_answer")]
    pub estimated_impact: Option<String>,
    /// The same in figures.
    #[serde(skip_serializing_if = "without_an_answer")]
    pub estimated_impact_interval: Impact,
    /// How much more each lever counts for the goals given.
    #[serde(skip_serializing_if = "without_an_answer")]
    pub goals_weighed: BTreeMap<String, f64>,
    /// The hours it was planned within.
    #[serde(skip_serializing_if = "without_an_answer")]
    pub hours_for_the_plan: WeekHours,
    /// Chance that the plan does harm.
    #[serde(skip_serializing_if = "without_an_answer")]
    pub plan_risk: f64,
    /// The interval of `success_probability`, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub success_probability_interval: Option<Bounds>,
}

/// What is expected at a rate.
#[derive(Serialize, JsonSchema)]
pub struct RatePoint {
    /// The rate an hour.
    pub rate: f64,
    /// Chance to win a usual job at it.
    pub win_chance: f64,
    /// Hours sold a week.
    pub hours: f64,
    /// Income a week: rate times hours.
    pub income: f64,
    /// Income a week with unsold hours at what else they bring.
    pub worth: f64,
}

/// A week now and then.
#[derive(Serialize, JsonSchema)]
pub struct ExpectedWeek {
    /// At the current rate; null where it is not known.
    pub now: Option<RatePoint>,
    /// At the recommended rate.
    pub then: Option<RatePoint>,
}

/// A step of the way to a rate.
#[derive(Serialize, JsonSchema)]
pub struct RateStep {
    /// The month, from 1.
    pub month: u32,
    /// The rate an hour.
    pub rate: f64,
    /// For whom.
    #[serde(rename = "for")]
    pub whom: String,
}

/// What a price rests on.
#[derive(Serialize, JsonSchema)]
pub struct PricingBasis {
    /// Share of the asked skills that is held.
    pub fit: f64,
    /// Where that comes from.
    pub fit_from: String,
    /// Hours for sale a week.
    pub hours_available: f64,
    /// The source of the pay; null where none fits.
    pub pay_from: Option<String>,
    /// Profile strength, 0 to 100.
    pub profile_strength: f64,
    /// Where that comes from.
    pub profile_strength_from: String,
    /// Rivals for a job.
    pub rivals: f64,
    /// Where that comes from.
    pub rivals_from: String,
}

/// What the pricing strategist advised before the team settled on less.
#[derive(Serialize, JsonSchema)]
pub struct PriceAdvised {
    /// The rate.
    pub recommended_rate: f64,
    /// The strategy.
    pub strategy: String,
    /// The way there.
    pub roadmap: Vec<RateStep>,
}

/// What to charge, and how to get there.
#[derive(Serialize, JsonSchema)]
pub struct PricingStrategy {
    /// The rate now.
    pub current_rate: Option<f64>,
    /// The rate to reach.
    pub recommended_rate: Option<f64>,
    /// Such as `gradual_increase_over_3_months`.
    pub strategy: String,
    /// The currency of all rates.
    pub currency: Option<String>,
    /// The rate of the greatest worth, without bounds on raises.
    pub optimal_rate: Option<f64>,
    /// What an hour that is not sold is worth.
    pub reservation_rate: Option<f64>,
    /// The median pay an hour.
    pub market_median: Option<f64>,
    /// The way there, by months.
    pub roadmap: Vec<RateStep>,
    /// What is expected at each rate.
    pub curve: Vec<RatePoint>,
    /// A week now and then.
    pub expected_week: ExpectedWeek,
    /// What it rests on.
    pub rests_on: PricingBasis,
    /// What is not known.
    pub unknown: Vec<Gap>,
    /// What the strategist advised before the team settled on less.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_advised_alone: Option<PriceAdvised>,
}

/// A job that fits.
#[derive(Serialize, JsonSchema)]
pub struct RecommendedJob {
    /// Its id.
    pub job_id: String,
    /// Its title.
    pub title: String,
    /// The sum of its terms, 0 to 1.
    pub score: f64,
    /// Skills and relevance alone, 0 to 1.
    pub fit: f64,
    /// Its terms.
    pub terms: Terms,
    /// Skills asked for and held.
    pub matched_skills: Vec<String>,
    /// Skills asked for and not held.
    pub missing_skills: Vec<String>,
    /// Words it shares with the profile.
    pub shared_words: Vec<String>,
    /// What it pays, in words; null where it does not say.
    pub pay: Option<String>,
    /// Where the job stands, a JSON pointer into the request.
    pub source: String,
    /// Why it fits, in a sentence.
    pub why: String,
}

/// Who else is after a job.
#[derive(Serialize, JsonSchema)]
pub struct JobCompetition {
    /// The job.
    pub job_id: String,
    /// Its title.
    pub title: String,
    /// Who else bids.
    pub rivals: Rivals,
    /// Chance to win it.
    pub win_probability: Chance,
    /// What that rests on.
    pub standpoint: Standpoint,
    /// Skills asked for and not held.
    pub missing_skills: Vec<String>,
    /// What sets this profile apart.
    pub sets_apart: Vec<Point>,
    /// How to go for it.
    pub bid_strategy: BidStrategy,
}

/// Who else is after the jobs.
#[derive(Serialize, JsonSchema)]
pub struct CompetitionInsights {
    /// How strong it is.
    pub competition_level: Level,
    /// The median of the jobs' rivals.
    pub median_rivals: Option<f64>,
    /// Chance to win one of them at least.
    pub any_win: Option<Chance>,
    /// What the figures mean.
    pub insights: Vec<String>,
    /// Each job.
    pub per_job: Vec<JobCompetition>,
    /// How sure the analyst is.
    pub confidence: f64,
    /// What is not known.
    pub unknown: Vec<Gap>,
}

/// A proposal.
#[derive(Serialize, JsonSchema)]
pub struct ReadyProposal {
    /// The job.
    pub job_id: String,
    /// Its title.
    pub title: String,
    /// Whether to apply.
    pub apply: bool,
    /// Whether the draft can go out as it is.
    pub ready: bool,
    /// Share of the asked skills that is held; null where the posting names none.
    pub coverage: Option<f64>,
    /// The draft.
    pub draft: String,
    /// The same by sentences.
    pub sentences: Vec<Sentence>,
    /// What it rests on.
    pub brief: Brief,
}

/// A job to apply to.
#[derive(Serialize, JsonSchema)]
pub struct Application {
    /// Its place, the best chance first.
    pub order: u32,
    /// The job.
    pub job_id: String,
    /// Its title.
    pub title: String,
    /// Chance to win it.
    pub win_probability: Chance,
    /// How to go for it.
    pub bidding_strategy: BidStrategy,
}

/// A job not to apply to.
#[derive(Serialize, JsonSchema)]
pub struct NotToApply {
    /// False.
    pub apply: bool,
    /// The job.
    pub job_id: String,
    /// Its title.
    pub title: String,
    /// Share of the asked skills that is held; null where the posting names none.
    pub coverage: Option<f64>,
    /// Why not.
    pub reason: String,
    /// What would change that.
    pub would_change: String,
}

/// In which order to apply, and how to bid for each.
#[derive(Serialize, JsonSchema)]
pub struct ApplicationStrategy {
    /// The jobs to apply to.
    pub per_job: Vec<Application>,
    /// Jobs not to apply to; null where nobody wrote proposals.
    pub advised_against: Option<Vec<NotToApply>>,
}

/// A phase of a plan.
#[derive(Serialize, JsonSchema)]
pub struct PlanPhase {
    /// Its number, from 1.
    pub phase: u32,
    /// Its name.
    pub title: String,
    /// Its first week, from 1.
    pub from_week: f64,
    /// Its last week.
    pub to_week: f64,
    /// Its steps.
    pub steps: Vec<String>,
}

/// All of it in phases.
#[derive(Serialize, JsonSchema)]
pub struct IntegratedPlan {
    /// The phases.
    pub phases: Vec<PlanPhase>,
    /// Work it takes [hours].
    pub hours: f64,
}

/// When a first job with a new skill is won.
#[derive(Serialize, JsonSchema)]
pub struct FirstWin {
    /// The month, from 1.
    pub by_month: u32,
}

/// Hours for learning.
#[derive(Serialize, JsonSchema)]
pub struct LearningHours {
    /// Hours a week.
    pub per_week: f64,
    /// Hours in the timeframe.
    pub available: f64,
    /// Hours that the plan takes.
    pub planned: f64,
}

/// The mean fit to the near jobs.
#[derive(Serialize, JsonSchema)]
pub struct MeanFit {
    /// Now.
    pub now: f64,
    /// With the plan.
    pub target: f64,
}

/// Near jobs within reach.
#[derive(Serialize, JsonSchema)]
pub struct WithinReach {
    /// The fit from which a job is within reach.
    pub fit_from: f64,
    /// Near jobs.
    pub of: u32,
    /// Within reach now.
    pub now: u32,
    /// With the plan.
    pub target: u32,
}

/// The rate to reach.
#[derive(Serialize, JsonSchema)]
pub struct RateGoal {
    /// Now.
    pub now: Option<f64>,
    /// With the plan.
    pub target: f64,
    /// What was asked for.
    pub goal: f64,
    /// The currency.
    pub currency: String,
}

/// How to see that it works; what does not apply is left out.
#[derive(Serialize, JsonSchema)]
pub struct SuccessIndicators {
    /// A first job with a new skill.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_job_with_new_skill: Option<FirstWin>,
    /// The rate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hourly_rate: Option<RateGoal>,
    /// Hours for learning.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub learning_hours: Option<LearningHours>,
    /// The mean fit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mean_fit: Option<MeanFit>,
    /// Jobs within reach.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub near_jobs_within_reach: Option<WithinReach>,
}

/// A conflict, and how it was resolved.
#[derive(Serialize, JsonSchema)]
pub struct SettledConflict {
    /// The conflict.
    #[serde(flatten)]
    pub conflict: Conflict,
    /// What was weighed and what was taken; null where nothing was.
    pub resolution: Option<Resolution>,
}
