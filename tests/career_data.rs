//! Real resumes and postings through the career planner and the negotiation advisor.
#![cfg(not(target_arch = "wasm32"))]

use std::path::Path;

use agora::freelance::career_planner;
use agora::freelance::workflow;
use agora::kernel::date::Date;
use agora::kernel::fixed::Ppm;
use agora::mechanism::domain::{Luck, PlannedSubtask, Work, WorkOrder};
use serde_json::{Value, json};

/// Reads a file beside the project; none, with a word, where it is absent.
fn shared(path: &str) -> Option<Value> {
    let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(path);
    match std::fs::read_to_string(&place) {
        Ok(text) => serde_json::from_str(&text).ok(),
        Err(_) => {
            println!("skipped: {path} is absent");
            None
        }
    }
}

fn resumes() -> Vec<(String, Value)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/resumes");
    let Ok(entries) = std::fs::read_dir(folder) else {
        println!("skipped: the resumes are absent");
        return Vec::new();
    };
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.ends_with(".json") && name != "schema.json")
        .collect();
    names.sort();
    names
        .into_iter()
        .filter_map(|name| Some((name.clone(), shared(&format!("resumes/{name}"))?)))
        .collect()
}

fn step(name: &str) -> PlannedSubtask {
    let plan = workflow::plan("launch_freelancer", &[]).unwrap();
    plan.into_iter().find(|step| step.name == name).unwrap()
}

fn order<'a>(subtask: &'a PlannedSubtask, input: &'a Value, nothing: &'a Value) -> WorkOrder<'a> {
    WorkOrder {
        luck: Luck { seed: 7, names: ["task", &subtask.name, "agent_01"], attempt: 0 },
        as_of: Date::new(2026, 7, 20).unwrap(),
        task_type: "launch_freelancer",
        subtask,
        input,
        goals: &[],
        market: nothing,
        marketplace: &[],
        known: &[],
        fit: Ppm::ONE,
    }
}

#[test]
fn every_resume_gets_a_career_plan_that_holds_together() {
    let Some(jobs) = shared("jobs/real_jobs_60.json") else { return };
    let nothing = json!({});
    let career = step("career");
    for (name, resume) in resumes() {
        let input = json!({"current_stats": resume, "jobs": jobs, "timeframe_months": 12});
        let work = career_planner::work(&order(&career, &input, &nothing)).unwrap();
        if std::env::var("AGORA_SHOW").is_ok() {
            println!("== {name}\n{}", serde_json::to_string_pretty(&work.result).unwrap());
            for r in &work.recommendations {
                println!(
                    "   {} | {} | {:?}->{:?} gain {}",
                    r.title, r.detail, r.needs, r.provides, r.gain
                );
            }
        }
        check(&name, &work);
    }
}

fn check(name: &str, work: &Work) {
    assert!((0.0..=1.0).contains(&work.confidence), "{name}");
}
