//! Real resumes and jobs through the workflows, and many clients through one session.

use std::path::PathBuf;

use agora::api::{Request, handle};
use agora::session::{Session, team};
use serde_json::{Map, Value, json};

const BASE: &str = "/api/v1/multi-agent";

/// The workflows with the field each has its profile in.
const WORKFLOWS: [(&str, &str); 3] = [
    ("/optimize-freelancer/multi-agent", "profile_data"),
    ("/find-and-apply-jobs/multi-agent", "freelancer_profile"),
    ("/career-growth-plan/multi-agent", "current_stats"),
];

fn data() -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: there is no ../shared/data");
    None
}

fn read(path: &std::path::Path) -> Value {
    let text = std::fs::read_to_string(path).expect("a file that can be read");
    serde_json::from_str(&text).expect("JSON")
}

fn resumes(folder: &std::path::Path) -> Vec<(String, Value)> {
    let mut found: Vec<(String, Value)> = std::fs::read_dir(folder.join("resumes"))
        .expect("resumes")
        .filter_map(|entry| {
            let path = entry.expect("an entry").path();
            let name = path.file_name()?.to_str()?.to_owned();
            (name.ends_with(".json") && name != "schema.json").then(|| (name, read(&path)))
        })
        .collect();
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found
}

fn fresh() -> Session {
    Session::new(team::setup(None).expect("the team is legal"))
}

fn ask(session: &mut Session, path: &str, body: &Map<String, Value>) -> Value {
    let request = Request::post(format!("{BASE}{path}"), Value::Object(body.clone()));
    let response = handle(session, &request);
    assert_eq!(response.status, 200, "{path}: {}", response.body);
    response.body
}

fn body(field: &str, profile: &Value, jobs: &Value) -> Map<String, Value> {
    let mut body = Map::new();
    body.insert(field.to_owned(), profile.clone());
    body.insert("jobs".to_owned(), jobs.clone());
    body
}

/// Gathers the texts of a value.
fn texts(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.push(text.clone()),
        Value::Array(list) => list.iter().for_each(|one| texts(one, found)),
        Value::Object(fields) => fields.values().for_each(|one| texts(one, found)),
        _ => {}
    }
}

#[test]
fn every_real_resume_gets_sensible_answers() {
    let Some(folder) = data() else { return };
    let jobs = read(&folder.join("jobs/real_jobs_60.json"));
    let postings = read(&folder.join("jobs/schemaorg_jobposting_examples.json"));
    let mut session = fresh();
    for (name, resume) in resumes(&folder) {
        let country = resume.pointer("/basics/location/countryCode").and_then(Value::as_str);
        for (path, field) in WORKFLOWS {
            for jobs in [&jobs, &postings, &json!([])] {
                let answer = ask(&mut session, path, &body(field, &resume, jobs));
                let confidence = answer["confidence"].as_f64().expect("a confidence");
                assert!((0.0..=1.0).contains(&confidence), "{name} {path}");
                for origin in answer["provenance"].as_object().expect("origins").values() {
                    assert!(origin["tag"].is_string(), "{name} {path}");
                }
                let mut said = Vec::new();
                texts(&answer, &mut said);
                for text in &said {
                    assert!(
                        !text.contains("NaN") && !text.contains("inf "),
                        "{name} {path}: {text}"
                    );
                }
                let pricing = &answer["optimization_results"]["pricing_strategy"];
                if pricing["recommended_rate"].is_number() {
                    assert!(
                        matches!(country, Some("US") | None),
                        "{name}: a rate for {country:?} from a table of the United States: {pricing}"
                    );
                }
            }
        }
    }
}

#[test]
fn proposals_are_made_for_their_job_alone() {
    let Some(folder) = data() else { return };
    let jobs = read(&folder.join("jobs/real_jobs_60.json"));
    let mut session = fresh();
    let mut count = 0;
    for (name, resume) in resumes(&folder) {
        let answer = ask(&mut session, WORKFLOWS[1].0, &body(WORKFLOWS[1].1, &resume, &jobs));
        let mut drafts = std::collections::BTreeSet::new();
        for proposal in answer["ready_proposals"].as_array().into_iter().flatten() {
            let draft = proposal["draft"].as_str().expect("a draft").to_owned();
            let id = proposal["job_id"].as_str().expect("a job");
            let is_this = |job: &&Value| job["id"].to_string().trim_matches('"') == id;
            let job = jobs.as_array().expect("jobs").iter().find(is_this).expect("the job");
            let names = ["title", "company"].map(|field| job[field].as_str().unwrap_or("?"));
            // It names the job, or quotes what no other posting says.
            let asked = job["description"].as_str().unwrap_or_default();
            let quoted = draft.split('“').nth(1).and_then(|rest| rest.split('”').next());
            let is_quoted = quoted.is_some_and(|quote| quote.len() > 20 && asked.contains(quote));
            assert!(
                is_quoted || names.iter().any(|own| draft.contains(own)),
                "{name}, {names:?}: {draft}"
            );
            assert!(
                drafts.insert(draft.clone()),
                "{name}: two jobs get the same proposal: {draft}"
            );
            count += 1;
        }
    }
    assert!(count > 10, "{count} proposals");
}

/// Returns what an answer says beyond what only the session can say.
fn own_part(mut answer: Value) -> Value {
    let fields = answer.as_object_mut().expect("an object");
    // Who coordinates goes by performance, and that by how earlier tasks turned out.
    for of_session in ["task_id", "turns", "digest", "coordinator_agent"] {
        fields.remove(of_session);
    }
    // How far past confidences met outcomes is the team's history, not a client's.
    if let Some(parts) = fields.get_mut("confidence_parts").and_then(Value::as_object_mut) {
        parts.remove("calibration_error");
    }
    answer
}

#[test]
fn one_clients_data_never_shows_in_anothers_answer() {
    let skills =
        ["Rust", "React", "Illustration", "Copywriting", "Translation", "PostgreSQL", "SEO"];
    let countries = ["US", "DE", "IN", "BR", "US"];
    let profile = |n: usize| {
        json!({
            "title": format!("{} specialist {n}", skills[n % skills.len()]),
            "bio": format!("I have worked on {} for {} years with client number {n}.", skills[n % skills.len()], n % 17 + 1),
            "skills": [skills[n % skills.len()], skills[(n * 3 + 1) % skills.len()]],
            "hourly_rate": 20 + (n * 7) % 90,
            "currency": "USD",
            "country": countries[n % countries.len()],
            "experience_years": n % 17 + 1,
            "availability_hours": 10 + n % 30,
        })
    };
    let jobs = |n: usize| {
        json!([{
            "id": format!("job-{n}"), "title": format!("{} work {n}", skills[(n + 1) % skills.len()]),
            "description": format!("Client {n} wants {} done.", skills[(n + 1) % skills.len()]),
            "required_skills": [skills[n % skills.len()], skills[(n + 1) % skills.len()]],
            "budget": {"type": "hourly", "min": 30 + n, "max": 50 + n, "currency": "USD"}
        }])
    };
    let mut shared = fresh();
    for n in 0..50 {
        let (path, field) = WORKFLOWS[n % WORKFLOWS.len()];
        let body = body(field, &profile(n), &jobs(n));
        let among_others = own_part(ask(&mut shared, path, &body));
        let alone = own_part(ask(&mut fresh(), path, &body));
        assert_eq!(among_others, alone, "profile {n}, {path}");
    }
}
