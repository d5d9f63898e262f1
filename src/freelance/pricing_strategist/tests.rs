//! Tests of the pricing strategist.

use serde_json::{Value, json};

use crate::freelance::bench::{Bench, assert_tagged};
use crate::mechanism::domain::Work;

fn strong(score: f64) -> [(&'static str, Value); 1] {
    [("profile.strength", json!({ "score": score }))]
}

fn priced(bench: &Bench, score: f64) -> Work {
    bench.work("pricing_strategist", &strong(score))
}

fn rate(work: &Work, name: &str) -> f64 {
    work.result[name].as_f64().unwrap_or_else(|| panic!("{name}: {}", work.result))
}

#[test]
fn a_stronger_profile_is_advised_a_higher_rate() {
    let bench = Bench::walkthrough();
    let rates: Vec<f64> = [10.0, 30.0, 50.0, 70.0, 85.0]
        .map(|score| rate(&priced(&bench, score), "optimal_rate"))
        .to_vec();
    assert!(rates.windows(2).all(|pair| pair[0] < pair[1]), "{rates:?}");
}

#[test]
fn more_rivals_a_lesser_fit_and_less_experience_lower_the_rate() {
    let bench = Bench::walkthrough();
    let now = rate(&priced(&bench, 85.0), "optimal_rate");
    let crowded =
        bench.clone().with("/jobs/0/proposals", json!(60)).with("/jobs/1/proposals", json!(70));
    assert!(rate(&priced(&crowded, 85.0), "optimal_rate") < now);
    let junior = bench.clone().with("/profile_data/experience_years", json!(1));
    assert!(rate(&priced(&junior, 85.0), "optimal_rate") < now);
    let scarce = bench.with("/profile_data/availability_hours", json!(10));
    assert!(rate(&priced(&scarce, 85.0), "optimal_rate") > now, "few hours are sold dearer");
}

#[test]
fn what_others_know_is_read_and_makes_surer() {
    let bench = Bench::walkthrough();
    let alone = bench.work("pricing_strategist", &[]);
    let told = priced(&bench, 85.0);
    assert!(told.confidence > alone.confidence);
    assert!(alone.result["unknown"].to_string().contains("how strong the profile is"));
    let level = [("competition.level", json!({"level": "high", "median_rivals": 40.0}))];
    let crowded = bench.work("pricing_strategist", &level);
    assert!(rate(&crowded, "optimal_rate") <= rate(&alone, "optimal_rate"));
    assert_eq!(crowded.result["rests_on"]["rivals"], json!(40.0));
    let broad = [("market.positioning", json!({"positioning": "mid_tier_generalist"}))];
    assert_eq!(bench.work("pricing_strategist", &broad).result["rests_on"]["rivals"], json!(13.8));
    let pay = json!({"row": "x", "quantiles": [80, 100, 120, 150, 180], "currency": "USD"});
    let richer = bench.work("pricing_strategist", &[("market.pay", pay.clone())]);
    assert!(rate(&richer, "optimal_rate") > rate(&alone, "optimal_rate"));
    let mut foreign = pay;
    foreign["currency"] = json!("EUR");
    assert_eq!(bench.work("pricing_strategist", &[("market.pay", foreign)]).result, alone.result);
}

#[test]
fn nonsense_on_the_blackboard_changes_nothing() {
    let bench = Bench::walkthrough();
    let alone = bench.work("pricing_strategist", &[]);
    for key in ["profile.strength", "market.pay", "market.positioning", "competition.level"] {
        for value in [
            json!(null),
            json!([]),
            json!("?"),
            json!({"score": "?", "quantiles": [1], "level": 3}),
        ] {
            assert_eq!(
                bench.work("pricing_strategist", &[(key, value)]).result,
                alone.result,
                "{key}"
            );
        }
    }
}

#[test]
fn a_market_that_is_not_known_is_not_invented() {
    let abroad = Bench::walkthrough()
        .with("/profile_data/country", json!("PT"))
        .with("/profile_data/currency", json!("EUR"))
        .without("", "market_data");
    let held = priced(&abroad, 85.0);
    assert_eq!(held.result["strategy"], json!("hold_until_market_known"));
    assert_eq!(
        (rate(&held, "recommended_rate"), held.result["currency"].as_str()),
        (50.0, Some("EUR"))
    );
    assert!(held.recommendations.is_empty());
    let unknown = priced(&abroad.clone().without("/profile_data", "hourly_rate"), 85.0);
    assert_eq!(unknown.result["strategy"], json!("unknown"));
    assert_eq!(unknown.result["recommended_rate"], Value::Null);
    assert!(unknown.result["unknown"].to_string().contains("market_data"));
    assert!(unknown.findings.is_empty());
    let rows = json!({"pay": [{"field": "Translation", "country": "PT", "currency": "EUR", "quantiles": [30, 36, 42, 50, 60]}]});
    let given = Bench {
        input: {
            let mut input = abroad.input.clone();
            input["market_data"] = rows;
            input
        },
        ..abroad.clone()
    };
    let priced_there = priced(&given, 85.0);
    assert_eq!(priced_there.result["currency"], json!("EUR"));
    assert!(priced_there.result["optimal_rate"].is_number());
    let mut jobs: Vec<Value> = Vec::new();
    for (at, pay) in [38, 44, 52, 61].iter().enumerate() {
        jobs.push(json!({"id": at, "title": "Translate", "budget": {"type": "hourly", "min": pay, "max": pay, "currency": "EUR"}}));
    }
    let by_jobs = priced(&abroad.with("/jobs", json!(jobs)), 85.0);
    assert!(
        by_jobs.result["rests_on"]["pay_from"]
            .as_str()
            .is_some_and(|from| from.contains("4 given jobs"))
    );
    assert!(by_jobs.confidence < priced_there.confidence);
}

#[test]
fn the_change_decides_the_strategy() {
    let at = |rate: f64| {
        priced(&Bench::walkthrough().with("/profile_data/hourly_rate", json!(rate)), 85.0)
    };
    assert_eq!(at(50.0).result["strategy"], json!("gradual_increase_over_3_months"));
    assert_eq!(at(59.0).result["strategy"], json!("raise_at_once"));
    let held = at(65.0);
    assert_eq!(held.result["strategy"], json!("hold_current_rate"));
    assert!(held.recommendations.is_empty() && held.result["roadmap"] == json!([]));
    let high = at(120.0);
    assert_eq!(high.result["strategy"], json!("lower_for_new_clients"));
    assert_eq!(high.recommendations[0].id, "lower_rate");
    let none = priced(&Bench::walkthrough().without("/profile_data", "hourly_rate"), 85.0);
    assert_eq!(none.result["strategy"], json!("start_at_recommended_rate"));
    assert_eq!(none.result["current_rate"], Value::Null);
}

#[test]
fn a_raise_above_one_step_needs_proof_and_brings_a_net() {
    let raise = &priced(&Bench::walkthrough(), 85.0).recommendations[0];
    assert_eq!(raise.needs, ["portfolio_proof", "paying_clients"]);
    assert!(raise.safety.is_some());
    let weak = &priced(&Bench::walkthrough().with("/profile_data/hourly_rate", json!(44)), 30.0)
        .recommendations[0];
    assert!(weak.risk > raise.risk, "{} {}", weak.risk, raise.risk);
    let small = &priced(&Bench::walkthrough().with("/profile_data/hourly_rate", json!(59)), 85.0)
        .recommendations[0];
    assert!(small.needs.is_empty());
}

#[test]
fn every_figure_carries_its_tag() {
    for bench in [
        Bench::walkthrough(),
        Bench::walkthrough().without("/profile_data", "hourly_rate"),
        Bench::new(json!({})),
    ] {
        let work = priced(&bench, 60.0);
        assert_tagged(&work.result, &work.provenance);
    }
}
