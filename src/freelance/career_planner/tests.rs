//! Plans keep to hours and months, put foundations first, follow goals, and never teach what is held.

use serde_json::{Value, json};

use super::*;
use crate::freelance::workflow;
use crate::kernel::date::Date;
use crate::kernel::fixed::Ppm;
use crate::mechanism::domain::{Known, Luck};

fn plan_for(input: &Value, goals: &[String], known: &[(&str, Value)]) -> Work {
    let plan = workflow::plan("career_growth_plan", &[]).unwrap();
    let subtask = plan.iter().find(|step| step.name == "career").unwrap();
    let known: Vec<Known<'_>> =
        known.iter().map(|(key, value)| Known { key, value, by_role: "other" }).collect();
    work(&WorkOrder {
        luck: Luck { seed: 5, names: ["task", "career", "career_planner_01"], attempt: 0 },
        as_of: Date::new(2026, 7, 1).unwrap(),
        task_type: "career_growth_plan",
        subtask,
        input,
        goals,
        market: &json!({}),
        marketplace: &[],
        known: &known,
        fit: Ppm::ONE,
    })
    .unwrap()
}

fn input() -> Value {
    let job = |id: &str, skills: &[&str]| json!({"id": id, "title": "Developer", "required_skills": skills});
    json!({
        "current_stats": {
            "title": "Web developer", "skills": ["JavaScript", "React", {"name": "CSS", "level": "beginner"}],
            "hourly_rate": 50, "currency": "USD", "availability_hours": 30, "experience_years": 3,
        },
        "timeframe_months": 12,
        "jobs": [
            job("a", &["React", "TypeScript", "Node.js", "Git"]),
            job("b", &["React", "TypeScript", "CSS"]),
            job("c", &["JavaScript", "Node.js", "Kubernetes", "React"]),
            job("d", &["React", "TypeScript", "VS Code", "Node.js"]),
            job("e", &["Figma", "Illustration"]),
        ],
    })
}

fn skills(work: &Work) -> Vec<String> {
    let plan = work.result["skill_plan"].as_array().unwrap();
    plan.iter().map(|one| one["skill"].as_str().unwrap().to_string()).collect()
}

#[test]
fn demand_is_counted_and_generic_tools_are_left_out() {
    let work = plan_for(&input(), &[], &[]);
    let plan = skills(&work);
    assert_eq!(plan[0], "TypeScript");
    assert!(plan.contains(&"Node.js".to_string()));
    assert!(
        plan.iter()
            .all(|skill| skill != "Git" && skill != "Visual Studio Code" && skill != "Figma")
    );
    assert_eq!(work.result["skill_plan"][0]["jobs_asking"], 3);
    assert_eq!(work.result["skill_plan"][0]["jobs_given"], 5);
    assert_eq!(work.result["to_deepen"][0]["skill"], "CSS");
}

#[test]
fn foundations_come_first_and_everything_fits_in() {
    let mut input = input();
    input["goals"] = json!({"target_skills": ["Kubernetes"]});
    let work = plan_for(&input, &[], &[]);
    assert_eq!(skills(&work)[..2], ["Docker".to_string(), "Kubernetes".into()]);
    assert_eq!(work.result["skill_plan"][1]["after"], json!(["Docker"]));
    let kubernetes = work.recommendations.iter().find(|one| one.id == "learn_kubernetes").unwrap();
    assert_eq!(kubernetes.needs, ["skill:docker"]);
    let hours = &work.result["success_indicators"]["learning_hours"];
    assert!(hours["planned"].as_f64().unwrap() <= hours["available"].as_f64().unwrap());
}

#[test]
fn goals_lead_and_what_does_not_fit_is_said() {
    let mut input = input();
    input["timeframe_months"] = json!(2);
    input["goals"] = json!({"target_skills": ["Rust"], "target_rate": 200, "avoid": ["Node.js"]});
    let work = plan_for(&input, &[], &[]);
    let risks = work.result["risk_factors"].to_string();
    assert!(risks.contains("Rust takes 100 hours"), "{risks}");
    assert!(risks.contains("late_rate"), "{risks}");
    assert!(!skills(&work).contains(&"Node.js".to_string()));
    let months: Vec<u64> = work.result["career_milestones"]
        .as_array()
        .unwrap()
        .iter()
        .map(|milestone| milestone["month"].as_u64().unwrap())
        .collect();
    assert!(months.iter().all(|month| (1..=2).contains(month)) && months.is_sorted());
}

#[test]
fn findings_of_others_are_read() {
    let rate = json!({"recommended_rate": 60, "currency": "USD", "roadmap": [{"month": 1, "rate": 55}, {"month": 2, "rate": 60}]});
    let level = json!({"level": "high", "median_rivals": 31.0, "tag": "derived"});
    let trend = json!({"trends": [{"name": "TypeScript", "growth": 0.2, "tag": "simulated"}]});
    let known = [
        ("pricing.rate", rate),
        ("competition.level", level),
        ("profile.strength", json!({"score": 40.0})),
        ("market.trend", trend),
    ];
    let alone = plan_for(&input(), &[], &[]);
    let work = plan_for(&input(), &[], &known);
    assert!(work.confidence > alone.confidence);
    assert_eq!(work.result["success_indicators"]["hourly_rate"]["target"], 60.0);
    let risks = work.result["risk_factors"].to_string();
    assert!(risks.contains("a median of 31 rivals") && risks.contains("thin_profile"), "{risks}");
    assert_eq!(
        work.result["in_the_simulation"][0],
        "In the simulation, demand for TypeScript grew by 20 %."
    );
}

#[test]
fn another_trade_and_no_input_are_said_to_be_unknown() {
    let mut stranger = input();
    stranger["current_stats"]["skills"] = json!(["Pottery", "Glazing"]);
    let work = plan_for(&stranger, &[], &[]);
    assert!(skills(&work).is_empty());
    assert!(work.result["unknown"].to_string().contains("jobs of your own field"));
    for input in [json!({}), json!(null), json!({"goals": 3, "jobs": "?"})] {
        let work = plan_for(&input, &["plant trees".into()], &[]);
        assert!(work.confidence < 0.15, "{}", work.confidence);
        assert!(work.result["career_milestones"].as_array().unwrap().is_empty());
    }
}

#[test]
fn a_role_to_get_into_makes_its_jobs_the_near_ones() {
    let mut input = input();
    input["goals"] = json!({"target_role": "Illustrator"});
    let unmet = plan_for(&input, &[], &[]);
    assert!(unmet.result["unknown"].to_string().contains("what Illustrator takes"));
    input["jobs"][4]["title"] = json!("Senior illustrator");
    let work = plan_for(&input, &[], &[]);
    assert!(skills(&work).contains(&"Figma".to_string()), "{:?}", skills(&work));
}
