//! Bad input: every fault is told with its place, and nothing panics.

use agora::session::catalog;
use agora::session::wiring;
use serde_json::{Value, json};

fn walkthrough() -> Value {
    serde_json::from_str(catalog::find("walkthrough").expect("built in").text()).expect("JSON")
}

/// Returns the faults of the walkthrough after a change to it.
fn faults(change: impl FnOnce(&mut Value)) -> Vec<String> {
    let mut document = walkthrough();
    change(&mut document);
    let found = wiring::document(document, None).err().unwrap_or_default();
    found.iter().map(ToString::to_string).collect()
}

#[track_caller]
fn check(change: impl FnOnce(&mut Value), expected: &[&str]) {
    let found = faults(change);
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    for (found, expected) in found.iter().zip(expected) {
        assert!(found.starts_with(expected), "expected {expected:?}, found {found:?}");
    }
}

#[test]
fn the_walkthrough_itself_is_legal() {
    check(|_| {}, &[]);
}

#[test]
fn what_is_no_scenario_is_told_with_its_place() {
    let told = |text: &str| {
        wiring::read(text, None)
            .err()
            .unwrap_or_default()
            .first()
            .map(ToString::to_string)
            .unwrap_or_default()
    };
    assert!(
        told("{\n  \"name\": oops}").starts_with("is not JSON: line 2, column"),
        "{}",
        told("{\n  \"name\": oops}")
    );
    assert!(told("[1, 2]").contains("is a list, expected an object"), "{}", told("[1, 2]"));
    assert!(told("").starts_with("is not JSON: line 1"), "{}", told(""));
    let large = format!("{{\"name\": \"{}\"}}", "x".repeat(20_000_000));
    assert!(told(&large).starts_with("the text has 20.0 MB"), "{}", told(&large));
    let deep = "[".repeat(100_000);
    assert!(told(&deep).starts_with("is not JSON: line 1"), "{}", told(&deep));
}

#[test]
fn a_cycle_names_its_members() {
    let cycle = json!([
        {"name": "a", "role": "job_matcher", "depends_on": ["b"]},
        {"name": "b", "role": "market_analyst", "depends_on": ["a"]},
    ]);
    check(
        |s| s["tasks"][0]["subtasks"] = cycle,
        &["/tasks/0/subtasks/0/depends_on: depends on itself through a cycle among a, b"],
    );
}

#[test]
fn roles_and_plans_that_are_not_there() {
    check(
        |s| s["agents"][0]["role"] = json!("wizard"),
        &["/agents/0/role: \"wizard\" is no known role; expected one of profile_optimizer"],
    );
    check(
        |s| s["tasks"][0]["required_agents"] = json!(["wizard"]),
        &["/tasks/0/required_agents/0: \"wizard\" is no known role"],
    );
    check(
        |s| s["tasks"][0]["task_type"] = json!("world_peace"),
        &["/tasks/0/task_type: no plan is known for \"world_peace\""],
    );
    check(
        |s| s["tasks"][0]["input_data"] = json!("nobody"),
        &["/tasks/0/input_data: no input is named \"nobody\""],
    );
}

#[test]
fn an_empty_plan_is_refused() {
    let mut document = walkthrough();
    document["domain"] = json!("generic");
    document["roles"] = json!([{"name": "job_matcher", "duration_us": 1}]);
    document["plans"] = json!({"optimize_freelancer_profile": []});
    document["agents"] = json!([{"role": "job_matcher"}]);
    let found = wiring::document(document, None).err().unwrap_or_default();
    assert!(
        found.iter().any(|fault| fault.pointer == "/plans/optimize_freelancer_profile"
            && fault.detail.contains("empty")),
        "{found:#?}"
    );
}

#[test]
fn numbers_out_of_range() {
    check(
        |s| s["agents"][0]["proficiency"] = json!(1.2),
        &["/agents/0/proficiency: is 1.2, expected at most 1"],
    );
    check(
        |s| s["agents"][0]["capacity"] = json!(0),
        &["/agents/0/capacity: is 0, expected at least 1"],
    );
    check(
        |s| s["agents"][0]["pace"] = json!(-1),
        &["/agents/0/pace: is -1, expected at least 0.01"],
    );
    check(|s| s["seed"] = json!(-3), &["/seed: is -3, expected at least 0"]);
    check(
        |s| {
            s["policies"]["weights"] =
                json!({"capability": 0.5, "workload": 0.5, "performance": 0.5, "priority": 0.5})
        },
        &["/policies/weights: the four weights add up to 2"],
    );
    check(|s| s["as_of"] = json!("2026-02-30"), &["/as_of: \"2026-02-30\" is no date"]);
}

#[test]
fn unknown_and_missing_fields() {
    check(|s| s["agent"] = json!([]), &["/agent: is no known field; did you mean \"agents\"?"]);
    check(
        |s| {
            s.as_object_mut().expect("an object").remove("title");
        },
        &[": the field \"title\" is missing"].map(|words| words.trim_start_matches(": ")),
    );
}

#[test]
fn several_faults_are_told_at_once() {
    check(
        |s| {
            s["agents"][1]["role"] = json!("wizard");
            s["agents"][2]["busy_slots"] = json!(9);
            s["links"] = json!({"latency": {"min_us": 9, "max_us": 3}});
        },
        &[
            "/links/latency: min_us 9 is more than max_us 3",
            "/agents/1/role",
            "/agents/2/busy_slots: is 9, more than the capacity of 4",
        ],
    );
}

#[test]
fn a_profile_that_cannot_be() {
    let place = "/inputs/maya/profile_data";
    let negative = faults(|s| s["inputs"]["maya"]["profile_data"]["hourly_rate"] = json!(-50));
    assert!(
        negative.len() == 1 && negative[0].starts_with(&format!("{place}/hourly_rate")),
        "{negative:#?}"
    );
    let listed = faults(|s| s["inputs"]["maya"]["profile_data"] = json!([1, 2, 3]));
    assert!(!listed.is_empty() && listed[0].starts_with(place), "{listed:#?}");
    let skills: Vec<Value> = (0..10_000).map(|n| json!(format!("skill {n}"))).collect();
    let many = faults(|s| s["inputs"]["maya"]["profile_data"]["skills"] = json!(skills));
    assert!(many.len() == 1 && many[0].starts_with(&format!("{place}/skills")), "{many:#?}");
}

#[test]
fn text_in_another_script_is_read() {
    let mut document = walkthrough();
    document["inputs"]["maya"]["profile_data"]["title"] = json!("ソフトウェアの翻訳者");
    document["inputs"]["maya"]["profile_data"]["bio"] =
        json!("私はアプリをスペイン語に翻訳します。");
    let setup = wiring::document(document, None).expect("legal");
    let mut run = agora::sim::run::Run::new(setup);
    while run.advance() {}
    assert!(run.world().tasks[0].ended.is_some());
}

/// A scenario with any one value replaced by any other is refused or runs to its end.
#[test]
fn no_replaced_value_makes_it_panic() {
    let original = walkthrough();
    let mut pointers = Vec::new();
    collect(&original, String::new(), &mut pointers);
    let strange = [
        json!(null),
        json!(-1),
        json!(1e300),
        json!("x"),
        json!([]),
        json!({}),
        json!([[{}]]),
        json!(true),
    ];
    for (n, pointer) in pointers.iter().enumerate() {
        let mut document = original.clone();
        if let Some(place) = document.pointer_mut(pointer) {
            *place = strange[n % strange.len()].clone();
        }
        if let Ok(setup) = wiring::document(document, None) {
            let mut run = agora::sim::run::Run::new(setup);
            while run.turn().0 < 2_000 && run.advance() {}
        }
    }
    assert!(pointers.len() > 100);
}

fn collect(value: &Value, at: String, pointers: &mut Vec<String>) {
    match value {
        Value::Array(items) => items
            .iter()
            .enumerate()
            .for_each(|(n, item)| collect(item, format!("{at}/{n}"), pointers)),
        Value::Object(fields) => {
            fields.iter().for_each(|(name, item)| collect(item, format!("{at}/{name}"), pointers))
        }
        _ => {}
    }
    pointers.push(at);
}
