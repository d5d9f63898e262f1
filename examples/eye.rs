use agora::freelance::{competition_analyzer, job_matcher, proposal_writer};
use agora::kernel::date::Date;
use agora::kernel::fixed::Ppm;
use agora::mechanism::domain::*;
use serde_json::{Value, json};
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let input: Value = serde_json::from_str(&std::fs::read_to_string(&args[1]).unwrap()).unwrap();
    let input = if let Some(jobs) = args.get(2).filter(|a| a.ends_with(".json")) {
        let jobs: Value = serde_json::from_str(&std::fs::read_to_string(jobs).unwrap()).unwrap();
        json!({"profile_data": input, "jobs": jobs, "max_jobs": 5})
    } else {
        input
    };
    let as_of = Date::new(2026, if args.len() > 2 { 8 } else { 5 }, 18).unwrap();
    let sub = |role: &str| PlannedSubtask {
        name: role.into(),
        role: role.into(),
        description: String::new(),
        depends_on: vec![],
        capabilities: vec![],
        duration: None,
    };
    let mut findings: Vec<(String, Value)> = vec![];
    for (role, f) in [
        ("job_matcher", job_matcher::work as fn(&WorkOrder<'_>) -> Result<Work, WorkFailure>),
        ("competition_analyzer", competition_analyzer::work),
        ("proposal_writer", proposal_writer::work),
    ] {
        let st = sub(role);
        let known: Vec<Known> =
            findings.iter().map(|(k, v)| Known { key: k, value: v, by_role: "x" }).collect();
        let order = WorkOrder {
            luck: Luck { seed: 1, names: ["t", "s", "a"], attempt: 0 },
            as_of,
            task_type: "x",
            subtask: &st,
            input: &input,
            goals: &[],
            market: &Value::Null,
            marketplace: &[],
            known: &known,
            fit: Ppm::ONE,
        };
        let w = f(&order).unwrap();
        println!("################ {role} confidence {}", w.confidence);
        let full = args.iter().any(|a| a == "--full");
        if full {
            println!("{}", serde_json::to_string_pretty(&w.result).unwrap());
        }
        match role {
            "job_matcher" => {
                println!("{}", w.result["summary"]);
                for j in w.result["recommended_jobs"].as_array().unwrap() {
                    let t = &j["terms"];
                    let v =
                        |n: &str| t[n]["value"].as_f64().map_or("?".into(), |x| format!("{x:.2}"));
                    println!(
                        "{} {} [{}] s={} r={} p={} c={} f={}\n     {}",
                        j["score"],
                        j["job_id"],
                        j["title"].as_str().unwrap(),
                        v("skills"),
                        v("relevance"),
                        v("pay"),
                        v("client"),
                        v("freshness"),
                        j["why"]
                    );
                }
                for j in w.result["left_out"].as_array().unwrap().iter().take(80) {
                    println!("   - {} {}", j["job_id"], j["reason"]);
                }
                println!("{}", w.result["unknown"]);
            }
            "competition_analyzer" => {
                for i in w.result["insights"].as_array().unwrap() {
                    println!("* {}", i);
                }
                println!("{}", w.result["competition_level"]);
                for j in w.result["per_job"].as_array().unwrap() {
                    println!(
                        "{} rivals {} win {}\n    {}",
                        j["job_id"], j["rivals"], j["win_probability"], j["bid_strategy"]
                    );
                    for p in j["sets_apart"].as_array().unwrap() {
                        println!("      + {}", p["text"]);
                    }
                }
            }
            _ => {
                println!("{}", w.result["summary"]);
                for p in w.result["proposals"].as_array().unwrap() {
                    println!(
                        "---- {} cov {} [{}]\n{}\n   notes {} also {}",
                        p["job_id"],
                        p["coverage"],
                        p["title"],
                        p["draft"].as_str().unwrap(),
                        p["brief"]["notes"],
                        p["brief"]["also_ask"]
                            .as_array()
                            .unwrap()
                            .iter()
                            .map(|q| q["text"].to_string())
                            .collect::<Vec<_>>()
                            .join(" | ")
                    );
                }
                for j in w.result["advised_against"].as_array().unwrap() {
                    println!("   - {} {} {}", j["job_id"], j["reason"], j["would_change"]);
                }
            }
        }
        for r in &w.recommendations {
            println!("REC {} gain {} | {} | {}", r.id, r.gain, r.title, r.detail);
        }
        for f in w.findings {
            findings.push((f.key, f.value));
        }
    }
}
