//! The collective recommendation as a JSON object, in the fields of each kind of task.

use serde_json::{Map, Value, json};

use super::impact::{Impact, actions};
use super::team::{Team, of_role};
use super::{career, pricing};
use crate::kernel::fixed::rounded;
use crate::mechanism::aggregation::{Merged, TeamBeliefs};
use crate::mechanism::domain::{Merge, Work};
use crate::model::figure::{Provenance, Tag};

/// The fields an answer can hold, each with the role it rests on, in the order they are shown.
const FIELDS: [(&str, &str); 15] = [
    ("profile_improvements", "profile_optimizer"),
    ("pricing_strategy", "pricing_strategist"),
    ("market_positioning", "market_analyst"),
    ("market_trends", "market_analyst"),
    ("recommended_jobs", "job_matcher"),
    ("competition_insights", "competition_analyzer"),
    ("ready_proposals", "proposal_writer"),
    ("success_probability", "competition_analyzer"),
    ("application_strategy", "competition_analyzer"),
    ("pricing_roadmap", "pricing_strategist"),
    ("career_milestones", "career_planner"),
    ("integrated_plan", ""),
    ("risk_factors", "career_planner"),
    ("success_indicators", "career_planner"),
    ("negotiation_plan", "negotiation_advisor"),
];

/// The fields of each kind of task; another kind has those whose roles took part.
const BY_TASK: [(&str, &[&str]); 4] = [
    (
        "optimize_freelancer_profile",
        &["profile_improvements", "pricing_strategy", "market_positioning"],
    ),
    (
        "find_and_apply_jobs",
        &[
            "recommended_jobs",
            "competition_insights",
            "ready_proposals",
            "success_probability",
            "application_strategy",
        ],
    ),
    (
        "career_growth_plan",
        &[
            "market_trends",
            "pricing_roadmap",
            "career_milestones",
            "integrated_plan",
            "risk_factors",
            "success_indicators",
        ],
    ),
    (
        "prepare_negotiation",
        &["negotiation_plan", "pricing_strategy", "market_positioning", "competition_insights"],
    ),
];

/// Writes the answer of a task with the origins of its figures.
pub fn write(merge: &Merge<'_>, team: &Team, merged: &Merged) -> (Value, Provenance) {
    let mut answer = Answer {
        merge,
        merged,
        fields: Map::new(),
        provenance: Provenance::default(),
        unknown: Vec::new(),
        career: career::settled(merge, pricing::settled(merge, merged).as_ref()),
    };
    let of_task =
        BY_TASK.iter().find(|(task, _)| *task == merge.task_type).map(|(_, fields)| *fields);
    for (field, role) in FIELDS {
        let took_part = merge.contributions.iter().any(|one| one.role == role) || role.is_empty();
        if of_task.map_or(took_part, |fields| fields.contains(&field)) {
            answer.write(field, role);
        }
    }
    answer.write_plan(team);
    (Value::Object(answer.fields), answer.provenance)
}

/// An answer while it is being written.
struct Answer<'a> {
    merge: &'a Merge<'a>,
    merged: &'a Merged,
    fields: Map<String, Value>,
    provenance: Provenance,
    unknown: Vec<Value>,
    /// The career plan at the rate that was settled, where it is another than was advised.
    career: Option<Work>,
}

impl Answer<'_> {
    /// Writes one field; what is missing stays null and is named with the reason.
    fn write(&mut self, field: &str, role: &str) {
        match field {
            "profile_improvements" => self.copy(field, role, "/improvements"),
            "pricing_strategy" => self.pricing(field, None),
            "pricing_roadmap" => self.pricing(field, Some("roadmap")),
            "market_positioning" => self.copy(field, role, "/positioning"),
            "success_probability" => self.success_probability(),
            "application_strategy" => self.application_strategy(),
            "competition_insights" => self.copy(field, role, ""),
            "ready_proposals" => self.copy(field, role, "/proposals"),
            "integrated_plan" => self.integrated_plan(),
            "negotiation_plan" => self.copy(field, role, ""),
            _ => self.copy(field, role, &format!("/{field}")),
        }
        if self.fields.get(field).is_none_or(Value::is_null) {
            self.fields.insert(field.to_owned(), Value::Null);
            let because = if of_role(self.merge.contributions, role).is_none() {
                format!("the {} gave nothing", role.replace('_', " "))
            } else {
                self.reason(field)
            };
            self.unknown.push(json!({ "what": field, "because": because }));
        }
    }

    /// Says why a field is empty though its specialist worked.
    fn reason(&self, field: &str) -> String {
        match field {
            "success_probability" if self.applications().is_empty() => {
                "there is no job to apply to".to_owned()
            }
            _ => "it is not known".to_owned(),
        }
    }

    /// Takes a part of a specialist's result over, with its origins.
    fn copy(&mut self, field: &str, role: &str, from: &str) {
        let Some(found) = of_role(self.merge.contributions, role).and_then(|one| one.work) else {
            return;
        };
        let settled = self.career.clone().filter(|_| role == "career_planner");
        let work = settled.as_ref().unwrap_or(found);
        if let Some(value) = work.result.pointer(from) {
            self.fields.insert(field.to_owned(), value.clone());
            self.absorb(field, from, &work.provenance);
        }
    }

    /// Takes the origins below a pointer over under a field.
    fn absorb(&mut self, field: &str, from: &str, other: &Provenance) {
        for (pointer, origin) in &other.0 {
            if let Some(rest) =
                pointer.strip_prefix(from).filter(|rest| rest.is_empty() || rest.starts_with('/'))
            {
                self.provenance.0.insert(format!("/{field}{rest}"), origin.clone());
            }
        }
    }

    fn pricing(&mut self, field: &str, part: Option<&str>) {
        let Some(settled) = pricing::settled(self.merge, self.merged) else { return };
        let (value, from) = match part {
            Some(part) => {
                (settled.strategy.get(part).cloned().unwrap_or_default(), format!("/{part}"))
            }
            None => (Value::Object(settled.strategy), String::new()),
        };
        self.fields.insert(field.to_owned(), value);
        self.absorb(field, &from, &settled.provenance);
    }

    /// Returns the chances to win each job that is to be applied to, and the bid strategy for it.
    fn applications(&self) -> Vec<&Value> {
        let result = |role: &str| {
            of_role(self.merge.contributions, role).and_then(|one| one.work).map(|w| &w.result)
        };
        let per_job =
            result("competition_analyzer").and_then(|found| found.get("per_job")?.as_array());
        let written =
            result("proposal_writer").and_then(|found| found.get("proposals")?.as_array());
        let id = |one: &Value| one.get("job_id").and_then(Value::as_str).map(str::to_owned);
        let is_applied = |job: &&Value| {
            written.is_none_or(|written| written.iter().any(|proposal| id(proposal) == id(job)))
        };
        per_job.into_iter().flatten().filter(is_applied).collect()
    }

    /// The chance to win at least one of the jobs applied to, the chances taken as independent.
    fn success_probability(&mut self) {
        let applications = self.applications();
        let any = |bound: &str| {
            let chance = |job: &&Value| job.pointer(&format!("/win_probability/{bound}"))?.as_f64();
            let chances: Vec<f64> = applications.iter().filter_map(chance).collect();
            let none = chances.iter().map(|chance| 1.0 - chance.clamp(0.0, 1.0)).product::<f64>();
            (!chances.is_empty()).then(|| rounded(1.0 - none, 4))
        };
        let (point, low, high) = (any("point"), any("low"), any("high"));
        self.fields.insert("success_probability".to_owned(), json!(point));
        if point.is_some() {
            self.fields.insert(
                "success_probability_interval".to_owned(),
                json!({ "low": low, "high": high }),
            );
            let source =
                "at least one of the proposals wins, by the team's beliefs, taken as independent";
            for pointer in ["", "_interval/low", "_interval/high"] {
                self.provenance.note(
                    format!("/success_probability{pointer}"),
                    Tag::Assumed,
                    source,
                );
            }
        }
    }

    /// The jobs to apply to, the best chance first, each with its bidding strategy.
    fn application_strategy(&mut self) {
        if of_role(self.merge.contributions, "competition_analyzer").is_none() {
            return;
        }
        let chance = |job: &Value| {
            job.pointer("/win_probability/point").and_then(Value::as_f64).unwrap_or(0.0)
        };
        let mut jobs: Vec<&Value> = self.applications();
        jobs.sort_by(|a, b| chance(b).total_cmp(&chance(a)));
        let entry = |(at, job): (usize, &&Value)| {
            json!({
                "order": at + 1,
                "job_id": job.get("job_id"),
                "title": job.get("title"),
                "win_probability": job.get("win_probability"),
                "bidding_strategy": job.get("bid_strategy"),
            })
        };
        let per_job: Vec<Value> = jobs.iter().enumerate().map(entry).collect();
        let writer = of_role(self.merge.contributions, "proposal_writer").and_then(|one| one.work);
        let against = writer.and_then(|work| work.result.get("advised_against"));
        let strategy = json!({ "per_job": per_job, "advised_against": against });
        for at in 0..per_job.len() {
            let pointer = format!("/application_strategy/per_job/{at}/win_probability");
            self.provenance.note(
                pointer,
                Tag::Assumed,
                "beliefs: conditional logit among the bids",
            );
        }
        self.fields.insert("application_strategy".to_owned(), strategy);
    }

    /// The phases in short; their steps in full are the aggregation's own.
    fn integrated_plan(&mut self) {
        let phase = |phase: &crate::mechanism::domain::Phase| {
            json!({
                "phase": phase.number,
                "title": phase.title,
                "from_week": phase.from_week,
                "to_week": phase.to_week,
                "steps": phase.steps.iter().map(|step| step.title.as_str()).collect::<Vec<_>>(),
            })
        };
        let phases: Vec<Value> = self.merged.phases.iter().map(phase).collect();
        let hours: f64 = self
            .merged
            .phases
            .iter()
            .flat_map(|phase| &phase.steps)
            .map(|step| step.effort_hours)
            .sum();
        self.fields.insert(
            "integrated_plan".to_owned(),
            json!({ "phases": phases, "hours": rounded(hours, 1) }),
        );
        self.provenance.note(
            "/integrated_plan/hours",
            Tag::Assumed,
            "the hours of the advice that is kept",
        );
    }

    /// Returns what is not known: of the answer's own fields, then what each specialist said so of.
    fn all_unknown(&mut self) -> Vec<Value> {
        let mut all = std::mem::take(&mut self.unknown);
        for one in self.merge.contributions {
            let said = one.work.and_then(|work| work.result.get("unknown")?.as_array());
            for gap in said.into_iter().flatten() {
                let mut fields = match gap {
                    Value::Object(fields) => fields.clone(),
                    words => Map::from_iter([("what".to_owned(), words.clone())]),
                };
                if all.iter().any(|known| known.get("what") == fields.get("what")) {
                    continue;
                }
                fields.insert("by".to_owned(), json!(one.role));
                all.push(Value::Object(fields));
            }
        }
        all
    }

    /// Writes what every answer holds: first actions, impact, how goals weighed, what is not known.
    fn write_plan(&mut self, team: &Team) {
        let impact = Impact::of(team, self.merged);
        let (sentences, details) = actions(self.merge, self.merged);
        for at in 0..details.len() {
            for figure in ["hours", "gain", "risk"] {
                let pointer = format!("/priority_action_details/{at}/{figure}");
                self.provenance.note(
                    pointer,
                    Tag::Assumed,
                    "by the team's beliefs on the whole plan",
                );
            }
        }
        let source = "the team's beliefs on the whole plan";
        self.provenance.note("/estimated_impact", Tag::Assumed, source);
        for figure in ["low", "point", "high"] {
            self.provenance.note(
                format!("/estimated_impact_interval/{figure}"),
                Tag::Assumed,
                source,
            );
        }
        for lever in team.weights.keys() {
            self.provenance.note(
                format!("/goals_weighed/{lever}"),
                Tag::Assumed,
                "a goal is about it",
            );
        }
        let hours = json!({ "per_week": rounded(team.hours_per_week(), 1), "weeks": rounded(team.weeks(), 1) });
        for figure in ["per_week", "weeks"] {
            self.provenance.note(
                format!("/hours_for_the_plan/{figure}"),
                Tag::Assumed,
                "a share of the hours for sale",
            );
        }
        self.provenance.note(
            "/plan_risk",
            Tag::Assumed,
            "the risks of its steps, taken as independent",
        );
        let rest = [
            ("priority_actions", json!(sentences)),
            ("priority_action_details", json!(details)),
            ("estimated_impact", json!(impact.sentence())),
            ("estimated_impact_interval", impact.figures()),
            ("goals_weighed", json!(team.weights)),
            ("hours_for_the_plan", hours),
            ("plan_risk", json!(rounded(self.merged.risk, 3))),
            ("unknown", Value::Array(self.all_unknown())),
        ];
        self.fields.extend(rest.map(|(field, value)| (field.to_owned(), value)));
    }
}
