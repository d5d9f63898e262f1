//! Letters hold what the profile holds, name the right price, and are not written where they should not be.

use serde_json::{Value, json};

use super::work;
use crate::kernel::date::Date;
use crate::kernel::fixed::Ppm;
use crate::mechanism::domain::{Known, Luck, PlannedSubtask, WorkOrder};

fn answer(profile: Value, job: Value, known: &[(&str, Value)]) -> Value {
    let input = json!({"profile_data": profile, "jobs": [job]});
    let subtask = PlannedSubtask {
        name: "proposals".into(),
        role: "proposal_writer".into(),
        description: String::new(),
        depends_on: Vec::new(),
        capabilities: Vec::new(),
        duration: None,
    };
    let known: Vec<Known<'_>> =
        known.iter().map(|(key, value)| Known { key, value, by_role: "another" }).collect();
    let order = WorkOrder {
        luck: Luck { seed: 1, names: ["task", "proposals", "agent"], attempt: 0 },
        as_of: Date::new(2026, 5, 18).unwrap(),
        task_type: "find_and_apply_jobs",
        subtask: &subtask,
        input: &input,
        goals: &[],
        market: &Value::Null,
        marketplace: &[],
        known: &known,
        fit: Ppm::ONE,
    };
    work(&order).unwrap().result
}

fn letter(profile: Value, job: Value, known: &[(&str, Value)]) -> String {
    answer(profile, job, known)["proposals"][0]["draft"].as_str().unwrap_or_default().to_owned()
}

fn weaver() -> Value {
    json!({
        "title": "Weaver of data pipelines",
        "skills": ["Python", "Airflow"],
        "hourly_rate": 60,
        "currency": "USD",
        "country": "US",
        "work": [{"position": "Engineer", "name": "Loom Ltd", "startDate": "2022-01",
            "highlights": ["Moved 12 jobs to Airflow", "Introduced Terraform for three clusters"]}],
    })
}

fn job(budget: Value) -> Value {
    json!({"id": "j", "title": "Airflow engineer", "description": "We need our night jobs moved to Airflow.",
        "required_skills": ["Airflow", "Python"], "budget": budget})
}

#[test]
fn a_letter_says_back_the_ask_and_tells_the_proof() {
    let told = letter(weaver(), job(json!(null)), &[]);
    assert!(told.contains("You need your night jobs moved to Airflow."), "{told}");
    assert!(told.contains("At Loom Ltd I moved 12 jobs to Airflow."), "{told}");
    assert!(told.contains("My rate is 60 USD an hour."), "{told}");
}

#[test]
fn the_price_follows_the_pay() {
    let hourly = |min: u32, max: u32, currency: &str| {
        let budget = json!({"type": "hourly", "min": min, "max": max, "currency": currency});
        letter(weaver(), job(budget), &[])
    };
    assert!(
        hourly(50, 70, "USD").contains("My rate is 60 USD an hour, within the range you give.")
    );
    assert!(hourly(80, 90, "USD").contains("for 80 USD an hour, where your range starts"));
    assert!(hourly(40, 57, "USD").contains("for 57 USD an hour, the top of your range"));
    assert!(hourly(40, 50, "USD").contains("your range ends at 50 USD"));
    assert!(hourly(50, 70, "EUR").contains("My rate is 60 USD an hour."));
    let fixed =
        letter(weaver(), job(json!({"type": "fixed", "max": 1800, "currency": "USD"})), &[]);
    assert!(fixed.contains("your 1,800 USD cover about 30 hours"), "{fixed}");
}

#[test]
fn the_recommended_rate_goes_before_the_current_one_by_its_first_step() {
    let pricing =
        json!({"recommended_rate": 90, "currency": "USD", "roadmap": [{"month": 1, "rate": 66}]});
    let told = letter(weaver(), job(json!(null)), &[("pricing.rate", pricing)]);
    assert!(told.contains("My rate is 66 USD an hour."), "{told}");
}

#[test]
fn work_that_shows_a_skill_counts_though_the_list_does_not_name_it() {
    let asked =
        json!({"id": "j", "title": "Infrastructure", "required_skills": ["Terraform", "Python"]});
    let answer = answer(weaver(), asked, &[]);
    let draft = answer["proposals"][0]["draft"].as_str().unwrap();
    assert!(!draft.contains("no work to show"), "{draft}");
    assert!(answer["proposals"][0]["brief"]["notes"].to_string().contains("Terraform"), "{answer}");
}

#[test]
fn below_the_floor_the_advice_is_not_to_apply() {
    let asked = json!({"id": "j", "title": "Python and much more",
        "required_skills": ["Python", "Haskell", "Erlang", "Cobol"]});
    let answer = answer(weaver(), asked, &[]);
    assert_eq!(answer["proposals"].as_array().map(Vec::len), Some(0));
    assert_eq!(answer["advised_against"][0]["coverage"], json!(0.25));
}

#[test]
fn hardly_a_chance_is_a_reason_too() {
    let odds = json!([{"job_id": "j",
        "rivals": {"counted": 300, "expected": 300.0, "low": 300.0, "high": 300.0, "strength": 0.5, "tag": "given", "basis": ""},
        "win_probability": {"point": 0.01, "low": 0.01, "high": 0.01}}]);
    let answer = answer(weaver(), job(json!(null)), &[("competition.per_job", odds)]);
    assert_eq!(answer["advised_against"][0]["job_id"], json!("j"));
}

#[test]
fn a_thin_record_offers_a_small_first_step() {
    let told = letter(weaver(), job(json!(null)), &[("profile.strength", json!({"score": 30}))]);
    assert!(told.contains("one small paid piece"), "{told}");
}

#[test]
fn a_profile_without_work_and_a_job_without_skills_get_a_letter() {
    let gardener =
        json!({"title": "Garden planner", "bio": "I plan kitchen gardens for small yards."});
    let yard = json!({"id": "y", "title": "Kitchen garden", "description": "We have a small yard and want a kitchen garden planned for it."});
    let told = letter(gardener, yard, &[]);
    assert!(told.contains("I plan kitchen gardens for small yards."), "{told}");
    assert!(told.contains("names no tools"), "{told}");
}
