//! What the market analyst passes on: findings, evidence, origins, and trends in words.

use serde_json::{Value, json};

use super::View;
use super::trend::{Series, Trend};
use crate::freelance::job::Job;
use crate::freelance::money::percent;
use crate::kernel::fixed::rounded;
use crate::mechanism::domain::{Finding, Scope};
use crate::model::figure::{Provenance, Tag};
use crate::model::recommendation::{Evidence, EvidenceKind};

impl View {
    /// Makes what the team may read of the analysis.
    pub(super) fn findings(&self, result: &Value) -> Vec<Finding> {
        let finding = |key: &str, value: Value, scope| Finding {
            key: key.to_owned(),
            category: "market_analysis".to_owned(),
            value,
            scope,
        };
        let part = |name: &str| result.get(name).cloned().unwrap_or_default();
        // A series that came with the request is the client's and stays with the task.
        let given = self.trends.iter().any(|(series, _)| series.tag == Tag::Given);
        let trends_scope = if given { Scope::Task } else { Scope::General };
        let mut findings = vec![
            finding("market.trend", json!({ "trends": part("trends") }), trends_scope),
            finding(
                "market.positioning",
                json!({ "positioning": part("positioning") }),
                Scope::Task,
            ),
        ];
        if self.pay.is_some() {
            findings.push(finding("market.pay", part("pay_position"), Scope::Task));
        }
        if self.competition.level != "unknown" {
            let value =
                json!({ "level": self.competition.level, "competition": part("competition") });
            findings.push(finding("market.competition", value, Scope::Task));
        }
        findings
    }

    /// Lists what the analysis rests on.
    pub(super) fn evidence(&self) -> Vec<Evidence> {
        let field =
            |at: &str| Evidence { kind: EvidenceKind::Field, at: at.to_owned(), tag: Tag::Given };
        let mut evidence: Vec<Evidence> = Vec::new();
        evidence.extend(self.profile.hourly_rate.iter().map(|rate| field(&rate.pointer)));
        evidence.extend(self.profile.skills.iter().map(|skill| field(&skill.pointer)));
        let job =
            |job: &Job| Evidence { kind: EvidenceKind::Job, at: job.id.clone(), tag: Tag::Given };
        evidence.extend(self.jobs.iter().map(job));
        let market =
            |at: &str, tag| Evidence { kind: EvidenceKind::Market, at: at.to_owned(), tag };
        evidence.extend(self.pay.iter().map(|pay| market(&pay.name, pay.tag)));
        let series =
            |(series, _): &(Series, Trend)| market(&format!("demand/{}", series.name), series.tag);
        evidence.extend(self.trends.iter().map(series));
        evidence
    }

    /// Notes where the result's figures come from.
    pub(super) fn provenance(&self, result: &Value) -> Provenance {
        let mut provenance = Provenance::default();
        for (at, (series, _)) in self.trends.iter().enumerate() {
            let tag = if series.tag == Tag::Given { Tag::Derived } else { Tag::Simulated };
            for field in ["growth", "slope_a_month", "low", "high", "level", "months"] {
                provenance.note(
                    format!("/trends/{at}/{field}"),
                    tag,
                    format!("Theil-Sen over {}", series.at),
                );
            }
        }
        let weakest =
            self.trends.iter().map(|(series, _)| series.tag).max().unwrap_or(Tag::Derived);
        provenance.note("/market_trends", Tag::of_computed([weakest]), "the trends' figures");
        if let Some(pay) = &self.pay {
            for at in 0..pay.quantiles.len() {
                provenance.note(
                    format!("/pay_position/quantiles/{at}"),
                    pay.tag,
                    pay.source.clone(),
                );
            }
            let tag = Tag::of_computed([pay.tag]);
            provenance.note(
                "/pay_position/percentile",
                tag,
                format!("the rate among {}", pay.name),
            );
        }
        if let Some(rate) = &self.profile.hourly_rate {
            provenance.note("/pay_position/rate", Tag::Given, format!("profile {}", rate.pointer));
        }
        provenance.note(
            "/positioning",
            Tag::Assumed,
            "thresholds on pay position and breadth of skills",
        );
        provenance.note(
            "/competition_level",
            Tag::Assumed,
            "thresholds on proposals a job or on supply",
        );
        provenance.note(
            "/competition/proposals_per_job",
            Tag::Derived,
            "counted in the given jobs",
        );
        provenance.note("/competition/jobs_counted", Tag::Derived, "counted in the given jobs");
        let asked = result.get("demand").and_then(Value::as_array).map_or(0, Vec::len);
        for at in 0..asked {
            provenance.note(
                format!("/demand/{at}/jobs"),
                Tag::Derived,
                "counted in the given jobs",
            );
            provenance.note(
                format!("/demand/{at}/share"),
                Tag::Derived,
                "counted in the given jobs",
            );
        }
        provenance
    }
}

/// Says a trend in a sentence, such as `AI/ML skills in high demand (up 34 % a year)`, simulated ones said to be so.
pub(super) fn sentence(series: &Series, trend: &Trend) -> String {
    let growth = trend.growth_a_year();
    let place = if series.tag == Tag::Given { "" } else { "In the simulation: " };
    let (course, size) = if growth > 0.0 {
        ("high demand (up", percent(growth))
    } else {
        ("falling demand (down", percent(-growth))
    };
    format!("{place}{} skills in {course} {size} a year)", series.name)
}

pub(super) fn figures(series: &Series, trend: &Trend) -> Value {
    let (low, high) = trend.interval;
    let bound = |value: f64| value.is_finite().then(|| rounded(value, 3));
    json!({
        "name": series.name,
        "growth": rounded(trend.growth_a_year(), 3),
        "growth_unit": "a year, relative to the median month",
        "slope_a_month": rounded(trend.slope, 3),
        "low": bound(low),
        "high": bound(high),
        "level": rounded(trend.level, 1),
        "months": trend.months,
        "detected": trend.is_detected(),
        "tag": series.tag,
    })
}

pub(super) fn broadcast(series: &Series, trend: &Trend) -> Value {
    json!({
        "news": "market_trend",
        "sentence": format!("New market trend detected: {}", sentence(series, trend)),
        "trend": figures(series, trend),
    })
}
