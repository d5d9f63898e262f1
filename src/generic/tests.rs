//! A generic team does its work, builds on each other, and turns out as its scenario says.

use serde_json::json;

use super::outcome::outcome_model;
use super::role::role_faults;
use super::work::KNOWLEDGE_LOSS;
use super::*;
use crate::kernel::date::Date;
use crate::kernel::fixed::Ppm;
use crate::mechanism::domain::{Contribution, Known, Luck};

fn role(name: &str, provides: &[&str], uses: &[&str]) -> GenericRole {
    let texts = |list: &[&str]| list.iter().map(|text| (*text).to_string()).collect();
    GenericRole {
        name: name.into(),
        title: name.into(),
        capabilities: texts(&["lifting"]),
        provides: texts(provides),
        uses: texts(uses),
        duration: Micros(1_000),
        quality: 0.8,
        cost_milli_units: 10,
        tokens: 5,
    }
}

fn step(name: &str, role: &str, depends_on: &[&str]) -> PlannedSubtask {
    PlannedSubtask {
        name: name.into(),
        role: role.into(),
        description: String::new(),
        depends_on: depends_on.iter().map(|name| (*name).into()).collect(),
        capabilities: Vec::new(),
        duration: None,
    }
}

fn team() -> Generic {
    let roles = vec![role("mason", &["wall"], &[]), role("roofer", &["roof"], &["wall"])];
    let plan = vec![step("walls", "mason", &[]), step("top", "roofer", &["walls"])];
    Generic::new(roles, BTreeMap::from([("house".into(), plan)]))
}

fn done(
    domain: &Generic,
    step: &PlannedSubtask,
    known: &[Known<'_>],
    input: &Value,
    seed: u64,
) -> Work {
    let nothing = json!({});
    let order = WorkOrder {
        luck: Luck { seed, names: ["task", &step.name, "agent_01"], attempt: 0 },
        as_of: Date::new(2026, 1, 1).unwrap(),
        task_type: "house",
        subtask: step,
        input,
        goals: &[],
        market: &nothing,
        marketplace: &[],
        known,
        fit: Ppm::ONE,
    };
    domain.work(&order).unwrap()
}

fn quality(work: &Work) -> f64 {
    work.result["quality"].as_f64().unwrap()
}

#[test]
fn missing_knowledge_degrades_quality_and_confidence_on_the_same_luck() {
    let domain = team();
    let plan = domain.plan("house", &[]).unwrap();
    let wall = json!({"quality": 1.0});
    let known = [Known { key: "wall", value: &wall, by_role: "mason" }];
    let (mut with, mut without) = (0.0, 0.0);
    for seed in 0..200 {
        with += quality(&done(&domain, &plan[1], &known, &json!({}), seed)) / 200.0;
        without += quality(&done(&domain, &plan[1], &[], &json!({}), seed)) / 200.0;
    }
    assert!((with - 0.8).abs() < 0.03, "{with}");
    assert!((without - 0.8 * (1.0 - KNOWLEDGE_LOSS)).abs() < 0.03, "{without}");
    assert_eq!(done(&domain, &plan[1], &known, &json!({}), 1).confidence, 0.8);
    assert_eq!(done(&domain, &plan[1], &[], &json!({}), 1).confidence, 0.48);
}

#[test]
fn bad_input_makes_confident_bad_work() {
    let domain = team();
    let plan = domain.plan("house", &[]).unwrap();
    let (good, bad) = (json!({"quality": 1.0}), json!({"quality": 0.0}));
    let with = |value| {
        let known = [Known { key: "wall", value, by_role: "mason" }];
        done(&domain, &plan[1], &known, &json!({}), 3)
    };
    assert_eq!(with(&good).confidence, with(&bad).confidence);
    assert!(quality(&with(&bad)) < quality(&with(&good)));
}

#[test]
fn constants_and_findings_of_the_input_are_used_as_given() {
    let domain = team();
    let plan = domain.plan("house", &[]).unwrap();
    let input = json!({"findings": {"wall": 7}, "constants": {"mason": {"bricks": 900}}});
    assert_eq!(domain.input_faults(&input), vec![]);
    let work = done(&domain, &plan[0], &[], &input, 1);
    assert_eq!(work.result["bricks"], json!(900));
    assert_eq!(work.findings[0].value, json!(7));
    assert_eq!(domain.input_faults(&json!({"findings": 1, "constants": {"a/b": 2}})).len(), 2);
}

#[test]
fn a_key_read_is_a_synergy_and_missing_work_counts_zero() {
    let domain = team();
    let plan = domain.plan("house", &[]).unwrap();
    let wall = done(&domain, &plan[0], &[], &json!({}), 1);
    let known = [Known { key: "wall", value: &wall.findings[0].value, by_role: "mason" }];
    let roof = done(&domain, &plan[1], &known, &json!({}), 1);
    let nothing = json!({});
    let merged = |roof| {
        let contributions = [
            Contribution { subtask: "walls", role: "mason", agent: "a", work: Some(&wall) },
            Contribution { subtask: "top", role: "roofer", agent: "b", work: roof },
        ];
        domain.aggregate(&Merge {
            as_of: Date::new(2026, 1, 1).unwrap(),
            task_type: "house",
            input: &nothing,
            goals: &[],
            market: &nothing,
            marketplace: &[],
            contributions: &contributions,
            calibration_error: None,
        })
    };
    let whole = merged(Some(&roof));
    assert_eq!(whole.synergies.len(), 1);
    assert_eq!(whole.synergies[0].gain, 0.32);
    assert_eq!(whole.coordination_quality, "high");
    assert_eq!(whole.confidence.mean, 0.8);
    let half = merged(None);
    assert_eq!(half.missing, vec!["top".to_string()]);
    assert_eq!(half.confidence.mean, 0.4);
    assert_eq!(half.coordination_quality, "low");
}

#[test]
fn a_planted_effect_moves_the_outcome() {
    let domain = team();
    let plan = domain.plan("house", &[]).unwrap();
    let work = done(&domain, &plan[0], &[], &json!({}), 4);
    let contributions =
        [Contribution { subtask: "walls", role: "mason", agent: "a", work: Some(&work) }];
    let nothing = json!({});
    let answer = domain.aggregate(&Merge {
        as_of: Date::new(2026, 1, 1).unwrap(),
        task_type: "house",
        input: &nothing,
        goals: &[],
        market: &nothing,
        marketplace: &[],
        contributions: &contributions,
        calibration_error: None,
    });
    let outcome = |model: &Value| {
        domain.outcome(&Trial {
            luck: Luck { seed: 1, names: ["task", "", ""], attempt: 0 },
            task_type: "house",
            input: &nothing,
            outcome: model,
            marketplace: &[],
            answer: &answer,
            contributions: &contributions,
        })
    };
    let plain = outcome(&json!({}));
    let harmed = outcome(&json!({"effects": [{"agents": ["a"], "quality": -0.25}]}));
    let other = outcome(&json!({"effects": [{"agents": ["a", "b"], "quality": -0.25}]}));
    assert_eq!(plain.quality, quality(&work));
    assert!((plain.quality - harmed.quality - 0.25).abs() < 1e-9);
    assert_eq!(other, plain);
    assert_eq!(
        outcome_model(&json!({"effects": [{"agent": 1}]})).unwrap_err().pointer,
        "/effects/0/agent"
    );
}

#[test]
fn a_draft_becomes_a_role() {
    let draft: Result<crate::mechanism::domain::RoleDraft, _> =
        serde_json::from_value(json!({"name": "ground_crew", "duration_us": 5, "cost_units": 1.5}));
    let role: GenericRole = draft.unwrap().into();
    assert_eq!(
        (role.title.as_str(), role.cost_milli_units, role.quality),
        ("Ground crew", 1500, 0.8)
    );
}

#[test]
fn what_is_wrong_with_roles_is_said_with_its_place() {
    let mut roles =
        vec![role("a", &["x"], &["y"]), role("b", &["y"], &["x"]), role("c", &[], &["y"])];
    roles[2].quality = 3.0;
    let pointers: Vec<String> =
        role_faults(&roles).into_iter().map(|fault| fault.pointer).collect();
    assert_eq!(pointers, vec!["/2/quality", "/0/uses", "/1/uses"]);
    assert_eq!(role_faults(&team().roles), vec![]);
}

#[test]
fn plans_fill_in_capabilities_and_durations_of_their_roles() {
    let domain = team();
    let plan = domain.plan("house", &["roofer".into(), "plumber".into()]).unwrap();
    let names: Vec<&str> = plan.iter().map(|step| step.name.as_str()).collect();
    assert_eq!(names, vec!["top", "plumber"]);
    assert_eq!(plan[0].depends_on, Vec::<String>::new());
    assert_eq!(plan[0].capabilities, vec!["lifting".to_string()]);
    assert_eq!(domain.duration(&plan[0], &json!({})), Micros(1_000));
    assert_eq!(domain.plan("boat", &[]), None);
}
