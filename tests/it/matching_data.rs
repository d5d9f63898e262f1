//! Matching, competition and proposals on resumes and jobs that no one of this project wrote.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use agora::freelance::{competition_analyzer, job_matcher, proposal_writer};
use agora::kernel::date::Date;
use agora::kernel::fixed::Ppm;
use agora::mechanism::domain::{Known, Luck, PlannedSubtask, Work, WorkFailure, WorkOrder};
use serde_json::{Value, json};

type Method = fn(&WorkOrder<'_>) -> Result<Work, WorkFailure>;

/// The three specialists in the order in which each reads the one before.
const TEAM: [(&str, Method); 3] = [
    ("job_matcher", job_matcher::work),
    ("competition_analyzer", competition_analyzer::work),
    ("proposal_writer", proposal_writer::work),
];

fn data(path: &str) -> Option<PathBuf> {
    let found = Path::new("../shared/data").join(path);
    if !found.exists() {
        println!("skipped: no {}", found.display());
        return None;
    }
    Some(found)
}

fn read(path: &Path) -> Value {
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn resumes() -> Vec<(String, Value)> {
    let Some(folder) = data("resumes") else { return Vec::new() };
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let is_resume = |path: &&PathBuf| path.file_name().is_some_and(|name| name != "schema.json");
    paths.iter().filter(is_resume).map(|path| (path.display().to_string(), read(path))).collect()
}

/// Does one specialist's work, knowing the findings of those before.
fn done(
    method: Method,
    role: &str,
    input: &Value,
    marketplace: &[Value],
    findings: &[(String, Value)],
) -> Work {
    let subtask = PlannedSubtask {
        name: role.into(),
        role: role.into(),
        description: String::new(),
        depends_on: Vec::new(),
        capabilities: Vec::new(),
        duration: None,
    };
    let known: Vec<Known<'_>> =
        findings.iter().map(|(key, value)| Known { key, value, by_role: "another" }).collect();
    let order = WorkOrder {
        luck: Luck { seed: 1, names: ["task", role, "agent"], attempt: 0 },
        as_of: Date::new(2026, 7, 20).unwrap(),
        task_type: "find_and_apply_jobs",
        subtask: &subtask,
        input,
        goals: &[],
        market: &Value::Null,
        marketplace,
        known: &known,
        fit: Ppm::ONE,
    };
    method(&order).unwrap()
}

/// Runs the three one after the other.
fn run(input: &Value, marketplace: &[Value]) -> Vec<Work> {
    let mut findings = Vec::new();
    let mut works = Vec::new();
    for (role, method) in TEAM {
        let work = done(method, role, input, marketplace, &findings);
        findings.extend(
            work.findings.iter().map(|finding| (finding.key.clone(), finding.value.clone())),
        );
        works.push(work);
    }
    works
}

fn list<'a>(work: &'a Work, pointer: &str) -> &'a [Value] {
    work.result.pointer(pointer).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn ids<'a>(work: &'a Work, pointer: &str) -> Vec<&'a str> {
    list(work, pointer).iter().map(|job| job["job_id"].as_str().unwrap()).collect()
}

fn share(value: &Value, what: &str) {
    let number = value.as_f64().unwrap_or_else(|| panic!("{what} is no number: {value}"));
    assert!((0.0..=1.0).contains(&number), "{what}: {number}");
}

/// Checks what holds of every answer, whatever went in.
fn check(name: &str, input: &Value, works: &[Work]) {
    let [matched, competition, proposals] = works else { panic!("{name}: three answers expected") };
    for work in works {
        assert!((0.0..=1.0).contains(&work.confidence), "{name}: confidence {}", work.confidence);
        for pointer in work.provenance.0.keys() {
            assert!(work.result.pointer(pointer).is_some(), "{name}: origin of nothing: {pointer}");
        }
        for advice in &work.recommendations {
            assert!(
                advice.gain.is_finite() && (0.0..=1.0).contains(&advice.risk),
                "{name}: {advice:?}"
            );
        }
    }
    check_scores(name, matched);
    for job in list(competition, "/per_job") {
        check_chance(name, job);
        for point in job["sets_apart"].as_array().unwrap() {
            check_sources(name, input, point);
        }
    }
    for proposal in list(proposals, "/proposals") {
        let told = proposal["sentences"].as_array().unwrap();
        assert!(!told.is_empty(), "{name}: an empty letter");
        for sentence in told {
            check_sources(name, input, sentence);
            check_figures(name, input, sentence);
        }
    }
}

fn check_scores(name: &str, matched: &Work) {
    let jobs = list(matched, "/recommended_jobs");
    for job in jobs {
        share(&job["score"], name);
        let terms = job["terms"].as_object().unwrap();
        let sum =
            |field: &str| terms.values().map(|term| term[field].as_f64().unwrap()).sum::<f64>();
        assert!((sum("points") - job["score"].as_f64().unwrap()).abs() < 1e-3, "{name}: {job}");
        assert!((sum("weight") - 1.0).abs() < 1e-9, "{name}: {job}");
        for value in terms.values().map(|term| &term["value"]).filter(|value| !value.is_null()) {
            share(value, name);
        }
    }
    let scores: Vec<f64> = jobs.iter().map(|job| job["score"].as_f64().unwrap()).collect();
    assert!(scores.windows(2).all(|pair| pair[0] >= pair[1]), "{name}: {scores:?}");
    let all = jobs.len() + list(matched, "/left_out").len();
    assert_eq!(
        matched.result["considered"],
        json!(all),
        "{name}: each job is recommended or left out with a reason"
    );
}

fn check_chance(name: &str, job: &Value) {
    let at = |field: &str, bound: &str| job[field][bound].as_f64().unwrap();
    for (field, middle) in [("win_probability", "point"), ("rivals", "expected")] {
        let bounds = [at(field, "low"), at(field, middle), at(field, "high")];
        assert!(bounds.is_sorted(), "{name}: {field} {bounds:?}");
    }
    for bound in ["low", "point", "high"] {
        share(&job["win_probability"][bound], name);
    }
}

/// Checks that a sentence names fields that are there.
fn check_sources(name: &str, input: &Value, sentence: &Value) {
    let sources = sentence["sources"].as_array().unwrap();
    let knowledge = sentence["knowledge"].as_array().map_or(0, Vec::len);
    assert!(sources.len() + knowledge > 0, "{name}: from nowhere: {sentence}");
    for source in sources {
        assert!(
            input.pointer(source.as_str().unwrap()).is_some(),
            "{name}: no {source} for {sentence}"
        );
    }
}

/// Checks that a sentence holds no figure that its fields do not hold; counts and prices are computed.
fn check_figures(name: &str, input: &Value, sentence: &Value) {
    let text = sentence["text"].as_str().unwrap();
    let counts = text.starts_with("Of the ") || text.contains(" more") || text.contains(" years)");
    if counts
        || text.contains(" an hour")
        || text.contains(" hours a week")
        || text.starts_with("Clients rate")
    {
        return;
    }
    let sources = sentence["sources"].as_array().unwrap();
    let held: String = sources
        .iter()
        .map(|source| input.pointer(source.as_str().unwrap()).unwrap().to_string())
        .collect();
    for figure in text.split(|c: char| !c.is_ascii_digit()).filter(|figure| !figure.is_empty()) {
        assert!(held.contains(figure), "{name}: {figure} is not in the sources of {text}");
    }
}

#[test]
fn every_resume_gets_a_sound_answer_on_the_real_jobs() {
    let Some(jobs) = data("jobs/real_jobs_60.json") else { return };
    let jobs = read(&jobs);
    let mut answers: BTreeMap<String, String> = BTreeMap::new();
    let mut letters = 0;
    for (name, resume) in resumes() {
        let input = json!({"profile_data": resume, "jobs": jobs, "max_jobs": 8});
        let works = run(&input, &[]);
        check(&name, &input, &works);
        assert_eq!(works, run(&input, &[]), "{name}: the same input gives the same answer");
        letters += list(&works[2], "/proposals").len();
        if list(&works[0], "/recommended_jobs").is_empty() {
            assert!(works[0].confidence <= 0.1, "{name}: sure of nothing");
            continue;
        }
        let answer = format!("{}{}", works[0].result, works[2].result);
        let twin = answers.insert(answer, name.clone());
        assert!(twin.is_none(), "{name} and {twin:?} get the same answer");
    }
    assert!(letters > 20, "only {letters} letters");
}

#[test]
fn letters_for_different_jobs_differ() {
    let Some(jobs) = data("jobs/real_jobs_60.json") else { return };
    let jobs = read(&jobs);
    for (name, resume) in resumes() {
        let works = run(&json!({"profile_data": resume, "jobs": jobs, "max_jobs": 8}), &[]);
        let mut seen = BTreeMap::new();
        for proposal in list(&works[2], "/proposals") {
            let twin = seen.insert(proposal["draft"].to_string(), proposal["job_id"].clone());
            assert!(
                twin.is_none(),
                "{name}: {} and {twin:?} get the same letter",
                proposal["job_id"]
            );
        }
    }
}

#[test]
fn postings_of_schema_org_are_answered() {
    let Some(examples) = data("jobs/schemaorg_jobposting_examples.json") else { return };
    let postings: Vec<Value> =
        read(&examples).as_array().unwrap().iter().map(|one| one["jsonld"].clone()).collect();
    for (name, resume) in resumes() {
        let input = json!({"profile_data": resume, "jobs": postings});
        check(&name, &input, &run(&input, &[]));
    }
}

#[test]
fn the_scenarios_own_inputs_are_answered_as_they_were_meant() {
    let input = read(Path::new("scenarios/find-and-apply.json"))["inputs"]["noor"].clone();
    let works = run(&input, &[]);
    check("find-and-apply", &input, &works);
    let found = ids(&works[0], "/recommended_jobs");
    assert_eq!(found.first(), Some(&"kestrel-speed"));
    assert!(found.len() <= 6 && found.contains(&"museum-site"), "{found:?}");
    assert!(!found.contains(&"cheap-landing") && !found.contains(&"grant-writer"), "{found:?}");

    let input = read(Path::new("scenarios/launch.json"))["inputs"]["client"].clone();
    let works = run(&input, &[]);
    check("launch", &input, &works);
    assert_eq!(ids(&works[0], "/left_out"), ["rhein-etl", "vision-lab", "csv-typing"]);
}

#[test]
fn no_jobs_is_an_answer_and_not_an_error() {
    let works = run(&json!({"profile_data": {"title": "Translator", "skills": ["Spanish"]}}), &[]);
    check("no jobs", &json!({}), &works);
    for work in &works {
        assert!(work.confidence <= 0.1, "{}", work.result);
        assert!(!list(work, "/unknown").is_empty(), "says what would let it know: {}", work.result);
    }
}

#[test]
fn the_marketplace_stands_in_where_a_task_brings_no_jobs() {
    let market = [
        json!({"id": "m1", "title": "Translate a cookbook", "required_skills": ["Spanish", "Translation"]}),
    ];
    let profile = json!({"title": "Translator", "skills": ["Spanish", "Translation"], "hourly_rate": 40, "currency": "EUR"});
    let works = run(&json!({"profile_data": profile}), &market);
    let told = list(&works[2], "/proposals")[0]["sentences"].to_string();
    assert!(told.contains("/job_marketplace/0/title"), "{told}");
}

#[test]
fn odd_input_and_odd_knowledge_do_not_stop_the_work() {
    let budget = json!({"type": "hourly", "min": 1e300, "max": -3, "currency": "USD"});
    let job = json!({"title": "React", "budget": budget, "proposals": 4_000_000_000_u32, "posted_at": "2030-01-01"});
    let odd = [
        json!(null),
        json!([1, 2]),
        json!({"profile_data": 7, "jobs": "x"}),
        json!({"profile_data": {"skills": [null, {"name": 3}], "work": [{}], "hourly_rate": -5},
               "jobs": [null, 3, {}, {"id": {}, "title": []}]}),
        json!({"profile_data": {"skills": ["React"], "hourly_rate": 1e-300, "currency": "USD"},
               "jobs": [job], "max_jobs": -4, "target_categories": [3, null]}),
    ];
    for input in &odd {
        check(&input.to_string(), input, &run(input, &[]));
    }
    let input = read(Path::new("scenarios/find-and-apply.json"))["inputs"]["noor"].clone();
    let lies =
        [json!("nonsense"), json!([{"job_id": "nobody"}]), json!({"score": "high"}), json!([])];
    for lie in lies {
        let keys = ["jobs.ranked", "competition.per_job", "pricing.rate", "profile.strength"];
        let known: Vec<(String, Value)> =
            keys.iter().map(|key| ((*key).to_owned(), lie.clone())).collect();
        for (role, method) in TEAM {
            share(&json!(done(method, role, &input, &[], &known).confidence), role);
        }
    }
}
