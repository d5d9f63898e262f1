//! Real resumes and jobs through the workflows, and many clients through one session.

use std::path::PathBuf;

use agora::api::{Request, handle};
use agora::freelance::skill::{Skill, recognize};
use agora::model::schema::Schema;
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

/// Returns what the API's description does not say of an answer, or says otherwise.
fn undescribed(name: &str, answer: &Value) -> Vec<String> {
    let description = Schema::read(agora::api::OPENAPI);
    let place = format!("/components/schemas/{name}");
    let mut found = description.faults_at(&place, answer);
    found.extend(description.unknown_at(&place, answer));
    found.iter().map(ToString::to_string).collect()
}

/// A profile that leaves nothing open, and jobs of every kind of pay.
fn whole() -> (Value, Value) {
    let profile = json!({
        "title": "Rust engineer", "bio": "I build services. Cut cost by 40 % for 3 clients.",
        "skills": [{"name": "Rust", "level": "beginner", "years": 1}, {"name": "PostgreSQL", "years": 5}],
        "hourly_rate": 40, "currency": "USD", "country": "US", "experience_years": 6,
        "availability_hours": 30, "portfolio": [{"title": "Queue", "description": "A Rust queue, 30 % faster"}],
        "reviews": {"count": 12, "rating": 4.8}, "languages": ["English"],
    });
    let job = |id: &str, skills: Value, budget: Value, proposals: Value| {
        json!({"id": id, "title": format!("Job {id}"), "description": "Build a service with Rust and Kafka for our shop.",
            "required_skills": skills, "budget": budget, "proposals": proposals, "posted_at": "2026-05-10"})
    };
    let hourly =
        |currency: &str| json!({"type": "hourly", "min": 50, "max": 80, "currency": currency});
    let jobs = json!([
        job("a", json!(["Rust", "PostgreSQL"]), hourly("USD"), json!(5)),
        job(
            "b",
            json!(["Rust", "Kafka"]),
            json!({"type": "fixed", "min": 3000, "max": 5000, "currency": "USD"}),
            json!(30)
        ),
        job("c", json!(["Rust", "Docker"]), hourly("EUR"), json!(null)),
        job("d", json!(["Rust", "Go", "C++", "Java", "Elixir"]), json!(null), json!(60)),
    ]);
    (profile, jobs)
}

#[test]
fn every_field_of_an_answer_is_described() {
    let mut session = fresh();
    let names = ["OptimizeFreelancerAnswer", "FindAndApplyAnswer", "CareerGrowthAnswer"];
    let (profile, jobs) = whole();
    let mut inputs =
        vec![("whole".to_owned(), profile, jobs), ("nothing".into(), json!({}), json!([]))];
    if let Some(folder) = data() {
        let jobs = read(&folder.join("jobs/real_jobs_60.json"));
        inputs.extend(
            resumes(&folder).into_iter().map(|(name, resume)| (name, resume, jobs.clone())),
        );
    }
    for (name, profile, jobs) in &inputs {
        for ((path, field), schema) in WORKFLOWS.iter().zip(names) {
            let mut body = body(field, profile, jobs);
            if schema == "CareerGrowthAnswer" {
                body.insert("goals".into(), json!({"target_rate": 90, "target_skills": ["Kafka"]}));
            }
            let answer = ask(&mut session, path, &body);
            assert_eq!(undescribed(schema, &answer), Vec::<String>::new(), "{name} {path}");
        }
    }
    let mut get = |path: &str, schema: &str| {
        let mut response = handle(&mut session, &Request::get(format!("{BASE}{path}")));
        assert_eq!(response.status, 200, "{path}");
        // Events have types of their own, and a test of their own that holds them to these.
        let stages = response.body.get_mut("stages").and_then(Value::as_array_mut);
        for stage in stages.into_iter().flatten() {
            stage["events"] = json!([]);
        }
        assert_eq!(undescribed(schema, &response.body), Vec::<String>::new(), "{path}");
    };
    get("/system/intelligence", "Intelligence");
    get("/agents/status", "AgentStatus");
    get("/communication/message-bus?limit=1000", "MessageBus");
    get("/collaboration/patterns", "Patterns");
    get("/knowledge-base/shared?limit=1000", "Knowledge");
    get("/collaborative-task/task_01", "TaskView");
    get("/demo/complete-workflow", "CompleteWorkflow");
    let path = format!("{BASE}/collaborative-task/task_01/execute");
    let done = handle(&mut session, &Request::post(path, json!({})));
    assert_eq!(undescribed("Execution", &done.body), Vec::<String>::new());
}

/// Returns the list at a place of an answer.
fn list<'a>(answer: &'a Value, pointer: &str) -> &'a [Value] {
    answer.pointer(pointer).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// Returns the texts of a list.
fn strings(answer: &Value, pointer: &str) -> Vec<String> {
    list(answer, pointer).iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

#[test]
fn no_skill_is_recommended_that_the_history_shows() {
    let Some(folder) = data() else { return };
    let jobs = read(&folder.join("jobs/real_jobs_60.json"));
    let mut session = fresh();
    let mut named = 0;
    for (name, resume) in resumes(&folder) {
        let mut told = Vec::new();
        texts(&resume, &mut told);
        let shown: Vec<String> =
            told.iter().flat_map(|text| recognize(text)).map(|(skill, _)| skill.key).collect();
        let answer = ask(&mut session, WORKFLOWS[0].0, &body(WORKFLOWS[0].1, &resume, &jobs));
        let improvements = strings(&answer, "/optimization_results/profile_improvements");
        for advice in improvements.iter().filter(|one| one.starts_with("Update skills with")) {
            let new = advice.split(": ").nth(1).expect("skills");
            for skill in new.split(';').next().expect("the new ones").split(", ") {
                assert!(!shown.contains(&Skill::new(skill).key), "{name}: {advice}");
                named += 1;
            }
        }
        // What the bio is to be, it is not yet.
        let bio = resume.pointer("/basics/summary").and_then(Value::as_str).unwrap_or_default();
        let count = bio.split_whitespace().count();
        let is_rewritten = improvements.iter().any(|one| one.starts_with("Rewrite the bio in 40"));
        assert!(!(is_rewritten && (45..=240).contains(&count)), "{name}: {count} words, {bio}");
    }
    assert!(named >= 8, "{named} skills");
}

#[test]
fn a_career_plan_tells_one_story() {
    let Some(folder) = data() else { return };
    let jobs = read(&folder.join("jobs/real_jobs_60.json"));
    let mut session = fresh();
    let mut planned = 0;
    for (name, resume) in resumes(&folder) {
        let answer = ask(&mut session, WORKFLOWS[2].0, &body(WORKFLOWS[2].1, &resume, &jobs));
        let milestones: Vec<&Value> = list(&answer, "/career_milestones")
            .iter()
            .filter(|one| matches!(one["kind"].as_str(), Some("learn" | "practice")))
            .collect();
        // The plan does the same things in the same order, with the same hours, by the same months.
        let of = |phase: &Value, field: &str| phase[field].as_f64().expect("a number");
        let phases = list(&answer, "/integrated_plan/phases");
        let steps: Vec<(String, f64)> = phases
            .iter()
            .flat_map(|phase| {
                let last = of(phase, "to_week");
                strings(phase, "/steps").into_iter().map(move |step| (step, last))
            })
            .filter(|(step, _)| step.starts_with("Learn ") || step.starts_with("Practice "))
            .collect();
        assert_eq!(steps.len(), milestones.len(), "{name}: {steps:?} {milestones:?}");
        for ((step, week), milestone) in steps.iter().zip(&milestones) {
            assert!(
                milestone["title"].as_str().expect("a title").starts_with(step),
                "{name}: {step}"
            );
            let month = milestone["month"].as_f64().expect("a month");
            assert!((week * 12.0 / 52.0 - month).abs() <= 1.1, "{name}: {step}, {week}, {month}");
            planned += 1;
        }
        let learning = &answer["success_indicators"]["learning_hours"];
        if let Some(per_week) = learning["per_week"].as_f64() {
            assert_eq!(answer["hours_for_the_plan"]["per_week"], json!(per_week), "{name}");
        }
        let titles: std::collections::BTreeSet<&str> =
            phases.iter().filter_map(|phase| phase["title"].as_str()).collect();
        assert_eq!(titles.len(), phases.len(), "{name}: each phase has a title of its own");
        // Where there is no plan, the answer says why.
        if milestones.is_empty() {
            assert!(!list(&answer, "/unknown").is_empty(), "{name}");
        }
        for trend in strings(&answer, "/market_trends") {
            assert!(trend.starts_with("In the simulation: "), "{name}: {trend}");
        }
    }
    assert!(planned >= 15, "{planned} steps");
}

#[test]
fn applications_and_prices_make_sense_word_by_word() {
    let Some(folder) = data() else { return };
    let jobs = read(&folder.join("jobs/real_jobs_60.json"));
    let postings = jobs.to_string().to_lowercase();
    let mut session = fresh();
    for (name, resume) in resumes(&folder) {
        let answer = ask(&mut session, WORKFLOWS[1].0, &body(WORKFLOWS[1].1, &resume, &jobs));
        for job in list(&answer, "/recommended_jobs") {
            for word in strings(job, "/shared_words") {
                assert!(postings.contains(&word), "{name}: {word:?} stands in no posting");
            }
            let missing = strings(job, "/missing_skills");
            let matched = strings(job, "/matched_skills");
            let is_held = |skill: &str| matched.iter().any(|held| held == skill);
            assert!(
                !(is_held("React") && missing.iter().any(|one| one == "HTML")),
                "{name}: {job}"
            );
        }
        for job in list(&answer, "/application_strategy/per_job") {
            let approach = job["bidding_strategy"]["approach"].as_str().expect("an approach");
            assert_ne!(approach, "bid_at_rate", "{name} states no rate to bid at");
        }
        for proposal in list(&answer, "/ready_proposals") {
            let draft = proposal["draft"].as_str().expect("a draft");
            assert!(!draft.contains("and 1 more I"), "{name}: {draft}");
        }
        if list(&answer, "/recommended_jobs").is_empty() {
            let why = answer["unknown"].to_string();
            assert!(why.contains("none of the 60 given does"), "{name}: {why}");
            let insights = strings(&answer, "/competition_insights/insights").join(" ");
            assert!(insights.contains("None of the 60 jobs given"), "{name}: {insights}");
        }
        let answer = ask(&mut session, WORKFLOWS[0].0, &body(WORKFLOWS[0].1, &resume, &jobs));
        let pricing = &answer["optimization_results"]["pricing_strategy"];
        for point in list(pricing, "/curve").iter().chain([&pricing["expected_week"]["then"]]) {
            let [Some(rate), Some(hours), Some(income)] =
                ["rate", "hours", "income"].map(|field| point[field].as_f64())
            else {
                continue;
            };
            // Hours are rounded to a tenth, income to the unit.
            assert!((rate * hours - income).abs() <= rate * 0.05 + 0.5, "{name}: {point}");
        }
    }
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
