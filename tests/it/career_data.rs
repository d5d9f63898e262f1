//! Real resumes and postings through the career planner and the negotiation advisor.
#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeSet;
use std::path::Path;

use agora::freelance::profile::Profile;
use agora::freelance::skill::Skill;
use agora::freelance::team::Freelance;
use agora::kernel::date::Date;
use agora::kernel::fixed::Ppm;
use agora::mechanism::domain::{
    Contribution, Domain, Finding, Known, Luck, Merge, PlannedSubtask, Work, WorkOrder,
};
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

fn today() -> Date {
    Date::new(2026, 7, 20).unwrap()
}

/// Works through a plan in its order, each specialist reading what those before it found.
fn run(task_type: &str, input: &Value) -> Vec<(PlannedSubtask, Work)> {
    let domain = Freelance::default();
    let nothing = json!({});
    let mut findings: Vec<(String, Finding)> = Vec::new();
    let mut done = Vec::new();
    for subtask in domain.plan(task_type, &[]).unwrap() {
        let uses = &domain.role(&subtask.role).unwrap().uses;
        let known: Vec<Known<'_>> = findings
            .iter()
            .filter(|(_, finding)| uses.contains(&finding.key))
            .map(|(role, finding)| Known {
                key: &finding.key,
                value: &finding.value,
                by_role: role,
            })
            .collect();
        let order = WorkOrder {
            luck: Luck { seed: 7, names: ["task", &subtask.name, "agent_01"], attempt: 0 },
            as_of: today(),
            task_type,
            subtask: &subtask,
            input,
            goals: &[],
            market: &nothing,
            marketplace: &[],
            known: &known,
            fit: Ppm::ONE,
        };
        let work = domain.work(&order).unwrap();
        findings
            .extend(work.findings.iter().map(|finding| (subtask.role.clone(), finding.clone())));
        done.push((subtask, work));
    }
    done
}

/// Prints an answer for reading by eye where `AGORA_SHOW` is set.
fn show(name: &str, work: &Work) {
    if std::env::var("AGORA_SHOW").is_ok() {
        println!("== {name}\n{}", serde_json::to_string_pretty(&work.result).unwrap());
        for advice in &work.recommendations {
            println!("   {} | {} | gain {}", advice.title, advice.detail, advice.gain);
        }
    }
}

fn last(done: &[(PlannedSubtask, Work)]) -> &Work {
    &done.last().unwrap().1
}

fn number(value: &Value, pointer: &str) -> Option<f64> {
    value.pointer(pointer).and_then(Value::as_f64)
}

#[test]
fn every_resume_gets_a_career_plan_that_holds_together() {
    let Some(jobs) = shared("jobs/real_jobs_60.json") else { return };
    for (name, resume) in resumes() {
        let input = json!({"current_stats": resume, "jobs": jobs, "timeframe_months": 12});
        let done = run("career_growth_plan", &input);
        let work = last(&done);
        show(&name, work);
        assert!((0.0..=1.0).contains(&work.confidence), "{name}");
        teaches_nothing_held(&name, &input, work);
        keeps_to_time(&name, work);
        assert_eq!(work, last(&run("career_growth_plan", &input)), "{name}: twice is not the same");
    }
}

#[test]
fn the_scenarios_inputs_are_read_without_a_fault_and_answered() {
    let texts = [
        ("career_growth_plan", include_str!("../../scenarios/career-growth.json")),
        ("prepare_negotiation", include_str!("../../scenarios/negotiation.json")),
    ];
    for (task_type, text) in texts {
        let scenario: Value = serde_json::from_str(text).unwrap();
        let input = scenario["inputs"]["client"].clone();
        assert_eq!(Freelance::default().input_faults(&input), vec![], "{task_type}");
        let done = run(task_type, &input);
        show(task_type, last(&done));
        assert!(last(&done).confidence > 0.6, "{task_type}: {}", last(&done).confidence);
        assert!(!last(&done).recommendations.is_empty(), "{task_type}");
        let answer = answer(task_type, &input, &done);
        agrees_with_itself(&answer);
        if std::env::var("AGORA_SHOW").is_ok() {
            println!("== answer {task_type}\n{}", serde_json::to_string_pretty(&answer).unwrap());
        }
    }
}

/// Checks that no month has one rate in the roadmap and another among the milestones.
fn agrees_with_itself(answer: &Value) {
    let milestones = answer["career_milestones"].as_array().into_iter().flatten();
    let asked: Vec<(f64, String)> = milestones
        .filter(|milestone| milestone["kind"] == "rate")
        .map(|one| (one["month"].as_f64().unwrap(), one["title"].as_str().unwrap().to_string()))
        .collect();
    for step in answer["pricing_roadmap"].as_array().into_iter().flatten() {
        let rate = format!(" {} ", step["rate"].as_f64().unwrap());
        let month = step["month"].as_f64().unwrap();
        assert!(
            asked.iter().any(|(at, title)| *at == month && title.contains(&rate)),
            "{step}: {asked:?}"
        );
    }
}

/// Merges the work of a plan as its coordinator would.
fn answer(task_type: &str, input: &Value, done: &[(PlannedSubtask, Work)]) -> Value {
    let contributions: Vec<Contribution<'_>> = done
        .iter()
        .map(|(subtask, work)| Contribution {
            subtask: &subtask.name,
            role: &subtask.role,
            agent: &subtask.role,
            work: Some(work),
        })
        .collect();
    let merged = Freelance::default().aggregate(&Merge {
        as_of: today(),
        task_type,
        input,
        goals: &[],
        market: &json!({}),
        marketplace: &[],
        contributions: &contributions,
        calibration_error: None,
    });
    merged.recommendation
}

fn teaches_nothing_held(name: &str, input: &Value, work: &Work) {
    let profile = Profile::read(input, today());
    let mut planned = BTreeSet::new();
    for entry in work.result["skill_plan"].as_array().unwrap() {
        let skill = Skill::new(entry["skill"].as_str().unwrap());
        assert!(!skill.generic, "{name} is to learn {}", skill.name);
        assert!(planned.insert(skill.key.clone()), "{name} is to learn {} twice", skill.name);
        for held in &profile.skills {
            let known = held.skill.meets(&skill).is_some() || held.skill.implies(&skill);
            assert!(!known, "{name} is to learn {}, held as {}", skill.name, held.skill.name);
        }
        assert!(entry["jobs_asking"].as_u64() <= entry["jobs_given"].as_u64());
    }
}

fn keeps_to_time(name: &str, work: &Work) {
    let milestones = work.result["career_milestones"].as_array().unwrap();
    let mut reached = BTreeSet::new();
    let mut month = 1;
    for milestone in milestones {
        let own = milestone["month"].as_u64().unwrap();
        assert!((month..=12).contains(&own), "{name}: {milestone}");
        month = own;
        for need in milestone["needs"].as_array().unwrap() {
            assert!(
                reached.contains(need.as_str().unwrap()),
                "{name}: {milestone} comes before {need}"
            );
        }
        reached.insert(milestone["id"].as_str().unwrap().to_string());
    }
    let hours = "/success_indicators/learning_hours";
    let planned = number(&work.result, &format!("{hours}/planned")).unwrap_or(0.0);
    let available = number(&work.result, &format!("{hours}/available")).unwrap_or(0.0);
    assert!(planned <= available, "{name}: {planned} of {available} hours");
}

#[test]
fn every_resume_can_negotiate_every_paid_job() {
    let Some(jobs) = shared("jobs/real_jobs_60.json") else { return };
    let paid: Vec<Value> = jobs
        .as_array()
        .into_iter()
        .flatten()
        .filter(|job| !job["salary"].is_null())
        .map(|job| job["id"].clone())
        .collect();
    for (at, (name, resume)) in resumes().into_iter().enumerate() {
        let mut profile = resume;
        profile["hourly_rate"] = json!(40 + 5 * at);
        profile["currency"] = json!("USD");
        let offers = [
            json!(null),
            json!({"job_id": paid[at % paid.len()], "offered_rate": 60, "hours": 120}),
        ];
        for offer in offers {
            let input = json!({"profile_data": profile, "jobs": jobs, "offer": offer});
            let done = run("prepare_negotiation", &input);
            let work = last(&done);
            show(&format!("{name} {offer}"), work);
            stands_in_order(&name, &work.result);
        }
    }
}

fn stands_in_order(name: &str, result: &Value) {
    let of = |pointer: &str| {
        number(result, pointer).unwrap_or_else(|| panic!("{name} has no {pointer}"))
    };
    let (reservation, target, opening) = (of("/reservation"), of("/target"), of("/opening"));
    assert!(reservation > 0.0 && reservation <= target && target <= opening, "{name}: {result}");
    let asks: Vec<f64> =
        result["asks"].as_array().unwrap().iter().map(|ask| ask["ask"].as_f64().unwrap()).collect();
    assert!(asks.is_sorted_by(|a, b| a >= b), "{name}: {asks:?}");
    assert!(asks.iter().all(|ask| *ask >= reservation), "{name}: {asks:?}");
    if let Some(expected) = number(result, "/expected_agreement") {
        assert!(expected >= reservation && expected <= opening, "{name}: {result}");
    }
    assert!(result["walk_away"].is_string());
}
