//! The specification's example comes out of the methods, and moves when its inputs move.

use agora::export::event_lines::Writer;
use agora::session::{catalog, wiring};
use agora::sim::run::Run;
use serde_json::{Value, json};

/// What the example shows, read off the events of a run.
#[derive(Debug)]
struct Shown {
    bids: Vec<f64>,
    coordinator: String,
    started: usize,
    strength: f64,
    pricing_read: Vec<String>,
    pricing: Value,
    market: Value,
    confidence: f64,
    answer: Value,
}

fn document() -> Value {
    serde_json::from_str(catalog::find("walkthrough").expect("built in").text()).expect("JSON")
}

fn shown(document: Value) -> Shown {
    let mut run = Run::new(wiring::document(document, None).expect("legal"));
    while run.advance() {}
    let writer = Writer { world: run.world(), log: run.log(), store: run.store() };
    let events: Vec<Value> =
        run.log().records(0..run.log().len()).map(|record| writer.event(&record)).collect();
    let of = |kind: &str| {
        events.iter().filter(|event| event["kind"] == kind).cloned().collect::<Vec<Value>>()
    };
    let work = |agent: &str| {
        of("work_finished")
            .into_iter()
            .find(|event| event["agent_id"] == agent)
            .map_or(Value::Null, |event| event["result"].clone())
    };
    let keys: std::collections::BTreeMap<String, String> = of("knowledge_added")
        .iter()
        .filter_map(|event| {
            Some((event["knowledge_id"].as_str()?.into(), event["key"].as_str()?.into()))
        })
        .collect();
    let first_end = of("work_finished")[0]["time_us"].as_u64();
    Shown {
        bids: of("awarded").iter().filter_map(|event| event["score"].as_f64()).collect(),
        coordinator: of("coordinator_selected")[0]["agent_id"].as_str().unwrap_or_default().into(),
        started: of("subtask_started")
            .iter()
            .filter(|event| event["time_us"].as_u64() < first_end)
            .count(),
        strength: work("profile_optimizer_01")["profile_strength_score"].as_f64().unwrap_or(-1.0),
        pricing_read: of("knowledge_read")
            .iter()
            .filter(|event| event["by"] == "pricing_strategist_01")
            .filter_map(|event| keys.get(event["knowledge_id"].as_str()?).cloned())
            .collect(),
        pricing: work("pricing_strategist_01"),
        market: work("market_analyst_01"),
        confidence: of("task_completed")[0]["confidence"].as_f64().unwrap_or(-1.0),
        answer: of("answer_made")[0]["collective_recommendation"].clone(),
    }
}

fn two_decimals(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

#[test]
fn the_example_comes_out_of_the_methods() {
    let shown = shown(document());
    assert_eq!(shown.bids, [87.0, 92.0, 85.0]);
    assert_eq!(shown.coordinator, "pricing_strategist_01");
    assert_eq!(shown.started, 3, "three subtasks run in parallel");
    assert_eq!(shown.strength, 85.0);
    assert_eq!(shown.pricing_read, ["profile.strength"]);
    assert_eq!(
        (&shown.pricing["current_rate"], &shown.pricing["recommended_rate"]),
        (&json!(50.0), &json!(65.0))
    );
    assert_eq!(shown.pricing["strategy"], "gradual_increase_over_3_months");
    assert_eq!(
        (&shown.market["positioning"], &shown.market["competition_level"]),
        (&json!("mid_tier_specialist"), &json!("medium"))
    );
    assert_eq!(two_decimals(shown.confidence), 0.87);
    for field in [
        "profile_improvements",
        "pricing_strategy",
        "market_positioning",
        "priority_actions",
        "estimated_impact",
    ] {
        assert!(!shown.answer[field].is_null(), "{field} is missing in {}", shown.answer);
    }
}

#[test]
fn bids_follow_capability_load_performance_and_tempo() {
    let bid = |change: &dyn Fn(&mut Value)| {
        let mut document = document();
        change(&mut document["agents"][2]);
        shown(document).bids[1]
    };
    assert!(bid(&|agent| agent["proficiency"] = json!(0.8)) < 92.0);
    assert!(bid(&|agent| agent["performance_score"] = json!(99.0)) > 92.0);
    assert_eq!(bid(&|agent| agent["busy_slots"] = json!(1)), 84.5);
    assert_eq!(bid(&|agent| agent["tempo"] = json!(0.75)), 94.5);
}

#[test]
fn the_best_performer_coordinates() {
    let mut changed = document();
    changed["agents"][4]["performance_score"] = json!(93.0);
    assert_eq!(shown(changed).coordinator, "market_analyst_01");
}

#[test]
fn a_weaker_profile_scores_less_and_is_priced_lower() {
    let mut changed = document();
    changed["inputs"]["maya"]["profile_data"]["portfolio"] = json!([]);
    changed["inputs"]["maya"]["profile_data"]["reviews"] = Value::Null;
    let (weaker, whole) = (shown(changed), shown(document()));
    assert!(weaker.strength < whole.strength);
    assert!(
        weaker.pricing["recommended_rate"].as_f64() < whole.pricing["recommended_rate"].as_f64(),
        "{:?}",
        weaker.pricing
    );
    assert!(weaker.confidence < whole.confidence);
}

#[test]
fn pricing_that_ends_before_the_profile_does_not_read_it_and_answers_otherwise() {
    let mut changed = document();
    changed["agents"][0]["pace"] = json!(0.3);
    let early = shown(changed);
    assert!(early.pricing_read.is_empty());
    assert_ne!(early.pricing["recommended_rate"], shown(document()).pricing["recommended_rate"]);
}

#[test]
fn a_higher_current_rate_moves_the_raise() {
    let mut changed = document();
    changed["inputs"]["maya"]["profile_data"]["hourly_rate"] = json!(64);
    let moved = shown(changed);
    assert_ne!(moved.pricing["strategy"], "gradual_increase_over_3_months");
}
