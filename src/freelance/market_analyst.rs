//! The market analyst: trends of demand, the place of a rate in the pay of its field, competition.

pub mod position;
mod report;
pub mod trend;

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::beliefs::Beliefs;
use super::conditions::{CURRENT_SKILLS, PAYING_CLIENTS};
use super::coverage::coverage;
use super::job::{Job, read_jobs};
use super::market::{Market, PayRow};
use super::money::{counted, listed, money};
use super::profile::Profile;
use super::skill::Skill;
use super::standing::{self, Known};
use crate::kernel::fixed::rounded;
use crate::mechanism::domain::{Cost, Work, WorkFailure, WorkOrder};
use crate::model::figure::Tag;
use crate::model::recommendation::{Direction, Evidence, EvidenceKind, Recommendation};
use position::Competition;
use trend::{Series, Trend};

/// The surest this method can be: a market is never known whole.
const CONFIDENCE_MAX: f64 = 0.95;
/// How much of its weight a simulated series gives to confidence: it shows the method, not the market.
const SIMULATED_WEIGHT: f64 = 0.5;
/// Skills of the given jobs that are listed with their counts.
const DEMAND_LISTED_MAX: usize = 10;
/// Hours to look clients up and change how one searches.
const AIM_HOURS: f64 = 2.0;
/// Chance that another aim does harm: jobs of the old aim are passed over.
const AIM_RISK: f64 = 0.03;

/// Analyzes the market around the profile of an order.
pub fn work(order: &WorkOrder<'_>) -> Result<Work, WorkFailure> {
    let view = View::of(order);
    let result = view.result();
    let confidence = view.confidence();
    Ok(Work {
        provenance: view.provenance(&result),
        confidence,
        evidence: view.evidence(),
        recommendations: view.aim(confidence).into_iter().collect(),
        findings: view.findings(&result),
        broadcasts: view
            .detected()
            .map(|(series, trend)| report::broadcast(series, trend))
            .collect(),
        cost: Cost { milli_units: 350 + 10 * view.jobs.len() as u64, tokens: 0 },
        result,
    })
}

/// All that was read, estimated and counted.
struct View {
    profile: Profile,
    jobs: Vec<Job>,
    pay: Option<PayRow>,
    percentile: Option<f64>,
    trends: Vec<(Series, Trend)>,
    competition: Competition,
    demand: Vec<(Skill, usize)>,
}

impl View {
    fn of(order: &WorkOrder<'_>) -> View {
        let profile = Profile::read(order.input, order.as_of);
        let jobs = read_jobs(order.input, order.marketplace);
        let pay = standing::pay_of(&standing::market_of(order.input, order.market), &profile);
        let rate = profile.hourly_rate.as_ref().map(|rate| rate.value);
        let percentile = pay.as_ref().zip(rate).map(|(pay, rate)| position::percentile(pay, rate));
        let trends = trend::series(order.input, order.market, order.luck.seed)
            .into_iter()
            .filter_map(|series| trend::theil_sen(&series.values).map(|trend| (series, trend)))
            .collect();
        let competition = position::competition(&jobs, order.market);
        let demand = demand(&jobs);
        View { profile, jobs, pay, percentile, trends, competition, demand }
    }

    fn detected(&self) -> impl Iterator<Item = (&Series, &Trend)> {
        self.trends
            .iter()
            .filter(|(_, trend)| trend.is_detected())
            .map(|(series, trend)| (series, trend))
    }

    fn positioning(&self) -> String {
        position::positioning(self.percentile, position::breadth(&self.profile))
    }

    fn result(&self) -> Value {
        let asked = |(skill, jobs): &(Skill, usize)| {
            let share = rounded(*jobs as f64 / self.jobs.len().max(1) as f64, 2);
            json!({ "skill": skill.name, "jobs": jobs, "share": share })
        };
        json!({
            "positioning": self.positioning(),
            "market_trends": self.detected().map(|(series, trend)| report::sentence(series, trend)).collect::<Vec<_>>(),
            "trends": self.trends.iter().map(|(series, trend)| report::figures(series, trend)).collect::<Vec<_>>(),
            "competition_level": self.competition.level,
            "competition": {
                "basis": self.competition.basis,
                "proposals_per_job": self.competition.proposals_per_job.map(|mean| rounded(mean, 1)),
                "jobs_counted": self.competition.jobs_counted,
                "concentration": self.competition.concentration.map(|index| rounded(index, 3)),
            },
            "pay_position": self.pay_position(),
            "demand": self.demand.iter().take(DEMAND_LISTED_MAX).map(asked).collect::<Vec<_>>(),
            "unknown": self.unknown(),
        })
    }

    fn pay_position(&self) -> Value {
        let Some(pay) = &self.pay else { return Value::Null };
        json!({
            "percentile": self.percentile.map(|percentile| rounded(percentile, 0)),
            "rate": self.profile.hourly_rate.as_ref().map(|rate| rate.value),
            "quantiles": pay.quantiles.iter().map(|value| rounded(*value, 2)).collect::<Vec<_>>(),
            "currency": pay.currency,
            "country": pay.country,
            "field": Market::field_title(&pay.field).unwrap_or(&pay.field),
            "row": pay.name,
            "source": pay.source,
            "tag": pay.tag,
        })
    }

    /// Lists what the analyst does not know and what would let it know.
    fn unknown(&self) -> Vec<Value> {
        let gaps = [
            (
                self.pay.is_none(),
                "what such work pays in this country and currency",
                "`market_data` with pay rows",
            ),
            (
                self.percentile.is_none(),
                "where the rate lies in the market",
                "`hourly_rate`, `currency` and `country`",
            ),
            (
                self.competition.level == "unknown",
                "how many compete",
                "jobs with their number of `proposals`",
            ),
            (
                self.demand_jobs() == 0,
                "what is in demand",
                "jobs that name the skills they ask for",
            ),
        ];
        let open = gaps.iter().filter(|(is_open, _, _)| *is_open);
        open.map(|(_, what, would_help)| json!({ "what": what, "would_help": would_help }))
            .collect()
    }

    /// Returns how sure the analysis can be: what it needs, each by how well it is known. Jobs and
    /// counted proposals count more the more there are.
    fn confidence(&self) -> f64 {
        let there = |is_there: bool, weight: f64| if is_there { weight } else { 0.0 };
        let grown = |count: usize| count as f64 / (count as f64 + 1.0);
        let simulated = self.trends.iter().all(|(series, _)| series.tag == Tag::Simulated);
        let trends = if self.trends.is_empty() { 0.0 } else { 0.1 };
        let competition = match self.competition.basis {
            "proposals" => 0.2 * grown(self.competition.jobs_counted),
            "supply" => 0.1,
            _ => 0.0,
        };
        let present = there(self.pay.is_some(), 0.3)
            + there(self.percentile.is_some(), 0.1)
            + there(!self.profile.skills.is_empty(), 0.1)
            + 0.2 * grown(self.demand_jobs())
            + competition
            + trends * if simulated { SIMULATED_WEIGHT } else { 1.0 };
        rounded(CONFIDENCE_MAX * present, 4)
    }

    fn demand_jobs(&self) -> usize {
        self.jobs.iter().filter(|job| !job.skills.is_empty()).count()
    }

    /// Advises to aim at the jobs that pay more than the current rate, counted in the given jobs.
    fn aim(&self, confidence: f64) -> Option<Recommendation> {
        let rate = self.profile.hourly_rate.as_ref()?.value;
        let own_currency = self.profile.currency.as_ref().map(|currency| currency.value.as_str());
        let pays_more = |job: &&Job| {
            let Some(pay) = &job.pay else { return false };
            let same =
                pay.currency.as_deref().zip(own_currency).is_none_or(|(paid, own)| paid == own);
            same && pay.hourly().is_some_and(|(_, most)| most > rate)
        };
        let paying: Vec<&Job> = self.jobs.iter().filter(pays_more).collect();
        if paying.is_empty() {
            return None;
        }
        let missing = paying.iter().any(|job| !coverage(&self.profile, job).missing.is_empty());
        let shown = money(rate, own_currency.unwrap_or_default());
        let titles: Vec<String> = paying.iter().take(3).map(|job| job.title.clone()).collect();
        let evidence =
            |job: &&Job| Evidence { kind: EvidenceKind::Job, at: job.id.clone(), tag: Tag::Given };
        let mut advice = Recommendation {
            id: "aim_at_paying_jobs".to_owned(),
            lever: "targeting".to_owned(),
            title: format!("Aim first at jobs that pay above {shown} an hour"),
            detail: format!(
                "{} of {} given do: {}.",
                paying.len(),
                counted(self.jobs.len(), "job"),
                listed(&titles)
            ),
            direction: Direction::Change,
            size: 1.0,
            unit: String::new(),
            needs: if missing { vec![CURRENT_SKILLS.to_owned()] } else { Vec::new() },
            after: Vec::new(),
            provides: vec![PAYING_CLIENTS.to_owned()],
            effort_hours: AIM_HOURS,
            risk: AIM_RISK,
            confidence,
            gain: 0.0,
            evidence: paying.iter().map(evidence).collect(),
            safety: None,
        };
        let beliefs = Beliefs::default();
        let known = Known { pay: self.pay.as_ref(), ..Known::default() };
        let standing = standing::standing(&beliefs, &self.profile, &self.jobs, &known);
        advice.gain = rounded(beliefs.gain(&standing, &[(&advice, 1.0)]), 4);
        Some(advice)
    }
}

/// Counts in how many of the given jobs each skill is asked for, the most first; ties by name.
fn demand(jobs: &[Job]) -> Vec<(Skill, usize)> {
    let mut counts: BTreeMap<&Skill, usize> = BTreeMap::new();
    for skill in jobs.iter().flat_map(|job| &job.skills).filter(|skill| !skill.value.generic) {
        *counts.entry(&skill.value).or_default() += 1;
    }
    let mut demand: Vec<(Skill, usize)> =
        counts.into_iter().map(|(skill, jobs)| (skill.clone(), jobs)).collect();
    demand.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    demand
}

#[cfg(test)]
mod tests;
