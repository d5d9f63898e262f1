//! A plan stands on what is known, changes with it, and says what is missing.

use serde_json::{Value, json};

use super::*;
use crate::freelance::workflow;
use crate::kernel::date::Date;
use crate::kernel::fixed::Ppm;
use crate::mechanism::domain::{Known, Luck};
use crate::model::figure::Tag;

fn advise(input: &Value, known: &[(&str, Value)]) -> Work {
    let plan = workflow::plan("prepare_negotiation", &[]).unwrap();
    let subtask = plan.iter().find(|step| step.name == "negotiation").unwrap();
    let known: Vec<Known<'_>> =
        known.iter().map(|(key, value)| Known { key, value, by_role: "other" }).collect();
    work(&WorkOrder {
        luck: Luck {
            seed: 5,
            names: ["task", "negotiation", "negotiation_advisor_01"],
            attempt: 0,
        },
        as_of: Date::new(2026, 7, 1).unwrap(),
        task_type: "prepare_negotiation",
        subtask,
        input,
        goals: &[],
        market: &json!({}),
        marketplace: &[],
        known: &known,
        fit: Ppm::ONE,
    })
    .unwrap()
}

fn input(offer: Value) -> Value {
    json!({
        "profile_data": {
            "title": "Backend developer", "skills": ["Python", "PostgreSQL", "Docker"],
            "hourly_rate": 60, "currency": "USD", "availability_hours": 30,
        },
        "jobs": [
            {"id": "a", "title": "Backend developer", "required_skills": ["Python", "PostgreSQL"],
             "budget": {"type": "hourly", "min": 50, "max": 90, "currency": "USD"}, "proposals": 4},
            {"id": "b", "title": "Python developer", "required_skills": ["Python", "Docker"],
             "budget": {"type": "hourly", "min": 60, "max": 70, "currency": "USD"}, "proposals": 6},
        ],
        "offer": offer,
    })
}

fn figure(work: &Work, pointer: &str) -> f64 {
    work.result
        .pointer(pointer)
        .and_then(Value::as_f64)
        .unwrap_or_else(|| panic!("{pointer}: {}", work.result))
}

const PRICING: &str = "pricing.rate";

fn recommended(rate: f64) -> (&'static str, Value) {
    (PRICING, json!({"recommended_rate": rate, "currency": "USD"}))
}

#[test]
fn an_offer_below_the_target_is_answered_from_above() {
    let offer = json!({"job_id": "a", "offered_rate": 60, "hours": 100});
    let work = advise(&input(offer), &[recommended(72.0)]);
    assert_eq!(figure(&work, "/reservation"), 54.0);
    assert_eq!(figure(&work, "/target"), 72.0);
    assert_eq!(figure(&work, "/opening"), 90.0);
    assert_eq!(figure(&work, "/zone/high"), 90.0);
    assert_eq!(figure(&work, "/asks/4/ask"), 60.0);
    assert_eq!(work.result["batna"]["job_id"], "b");
    assert_eq!(work.provenance.0["/expected_agreement"].tag, Tag::Simulated);
    assert_eq!(work.recommendations[0].id, "open_negotiation");
}

#[test]
fn the_best_alternative_carries_the_reservation() {
    let offer = json!({"job_id": "a", "offered_rate": 60});
    let sure = json!([{"job_id": "b", "win_probability": {"point": 0.95}}]);
    let work = advise(&input(offer), &[recommended(68.0), ("competition.per_job", sure)]);
    assert_eq!(figure(&work, "/batna/value"), 64.6);
    assert_eq!(figure(&work, "/reservation"), 64.6);
    assert!(figure(&work, "/tactic/beta") < 0.4);
}

#[test]
fn a_client_who_cannot_pay_leaves_no_zone() {
    let mut input = input(json!({"job_id": "a", "offered_rate": 20}));
    input["jobs"][0]["budget"]["min"] = json!(15);
    input["jobs"][0]["budget"]["max"] = json!(25);
    let work = advise(&input, &[recommended(72.0)]);
    assert_eq!(work.result["zone"]["exists"], json!(false));
    assert!(work.recommendations.iter().all(|advice| advice.id != "open_negotiation"));
    assert_eq!(work.result["trades"][0]["lever"], "scope");
}

#[test]
fn nobody_asks_less_than_what_is_published_or_offered() {
    let mut input = input(json!({"job_id": "a"}));
    input["jobs"][0]["budget"] =
        json!({"type": "hourly", "min": 100, "max": 130, "currency": "USD"});
    let work = advise(&input, &[recommended(72.0)]);
    assert_eq!(figure(&work, "/target"), 100.0);
    assert_eq!(figure(&work, "/asks/4/ask"), 100.0);
    let generous = advise(&self::input(json!(95)), &[recommended(72.0)]);
    assert_eq!(figure(&generous, "/target"), 95.0);
    assert!(generous.result["summary"].as_str().unwrap().contains("take it"));
}

#[test]
fn amounts_in_another_currency_are_left_out_and_named() {
    let mut input = input(json!({"job_id": "a", "offered_rate": 55, "currency": "EUR"}));
    input["jobs"][0]["budget"]["currency"] = json!("EUR");
    let work = advise(&input, &[recommended(72.0)]);
    let unknown = work.result["unknown"].to_string();
    assert!(unknown.contains("the current rate, which is in USD"), "{unknown}");
    assert_eq!(work.result["currency"], "EUR");
    assert_ne!(work.result["target"], json!(72.0));
}

#[test]
fn a_fixed_price_is_told_in_hours() {
    let work = advise(&input(json!({"job_id": "a", "price": 3600})), &[recommended(72.0)]);
    assert_eq!(figure(&work, "/fixed_price/hours_at_target"), 50.0);
    assert!(work.result["unknown"].to_string().contains("hours the work takes"));
    let with_hours =
        advise(&input(json!({"job_id": "a", "price": 3600, "hours": 60})), &[recommended(72.0)]);
    assert_eq!(figure(&with_hours, "/offered_rate"), 60.0);
}

#[test]
fn nothing_known_is_said_and_barely_believed() {
    for input in [json!({}), json!(null), json!([1]), json!({"offer": {"rate": "lots"}, "jobs": 3})]
    {
        let work = advise(&input, &[]);
        assert_eq!(work.result["reservation"], json!(null), "{input}");
        assert!(work.confidence < 0.1 && !work.result["unknown"].as_array().unwrap().is_empty());
        assert!(work.findings.is_empty());
    }
}
