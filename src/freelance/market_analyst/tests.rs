//! Tests of the market analyst.

use serde_json::{Value, json};

use crate::freelance::bench::{Bench, assert_tagged};
use crate::mechanism::domain::{Scope, Work};
use crate::model::figure::Tag;

fn analyzed(bench: &Bench) -> Work {
    bench.work("market_analyst", &[])
}

#[test]
fn positioning_follows_the_rate_and_the_breadth() {
    let at = |rate: f64| {
        let bench = Bench::walkthrough().with("/profile_data/hourly_rate", json!(rate));
        analyzed(&bench).result["positioning"].as_str().map(str::to_owned)
    };
    assert_eq!(at(30.0).as_deref(), Some("entry_tier_specialist"));
    assert_eq!(at(60.0).as_deref(), Some("mid_tier_specialist"));
    assert_eq!(at(99.0).as_deref(), Some("top_tier_specialist"));
    let broad = json!(["Translation", "SEO", "React", "Bookkeeping", "Scrum"]);
    let broad = analyzed(&Bench::walkthrough().with("/profile_data/skills", broad));
    assert!(broad.result["positioning"].as_str().is_some_and(|one| one.ends_with("generalist")));
}

#[test]
fn another_country_is_unknown_and_says_so() {
    let bench = Bench::walkthrough()
        .with("/profile_data/country", json!("PT"))
        .with("/profile_data/currency", json!("EUR"));
    let work = analyzed(&bench);
    assert_eq!(work.result["pay_position"], Value::Null);
    assert_eq!(work.result["positioning"], json!("specialist"));
    assert!(work.result["unknown"].to_string().contains("country and currency"));
    assert!(work.confidence < analyzed(&Bench::walkthrough()).confidence);
    assert!(work.findings.iter().all(|finding| finding.key != "market.pay"));
}

#[test]
fn each_trend_that_is_detected_is_broadcast_once() {
    let work = analyzed(&Bench::walkthrough());
    assert_eq!(work.result["market_trends"].as_array().map(Vec::len), Some(1));
    assert_eq!(work.broadcasts.len(), 1);
    let falling =
        json!({"AI/ML": [90, 85, 83, 79, 74, 72, 66, 61], "Subtitling": [4, 4, 5, 4, 4, 5, 4, 4]});
    let work = analyzed(&Bench::walkthrough().with("/market_data/demand_series", falling));
    assert!(work.result["market_trends"][0].as_str().is_some_and(|one| one.contains("falling")));
    let flat = json!({"Subtitling": [44, 41, 45, 43, 42, 46, 44, 43]});
    assert!(
        analyzed(&Bench::walkthrough().with("/market_data/demand_series", flat))
            .broadcasts
            .is_empty()
    );
}

#[test]
fn simulated_demand_is_general_says_so_and_carries_no_advice() {
    let bench = Bench::walkthrough().without("", "market_data");
    let work = analyzed(&bench);
    let trend = work.findings.iter().find(|finding| finding.key == "market.trend").expect("trends");
    assert_eq!(trend.scope, Scope::General);
    assert_eq!(work.provenance.weakest("/trends"), Some(Tag::Simulated));
    let mut other = bench.clone();
    other.seed = 8;
    let other = analyzed(&other);
    assert_ne!(other.result["trends"], work.result["trends"]);
    assert_eq!(other.recommendations, work.recommendations);
    // Another client in the same run sees the same demand: nothing of the client is in it.
    let stranger = analyzed(&Bench::new(json!({"profile_data": {"title": "Welder"}})));
    let theirs =
        stranger.findings.iter().find(|finding| finding.key == "market.trend").expect("trends");
    assert_eq!(theirs.value, trend.value);
}

#[test]
fn a_series_given_with_the_request_stays_with_the_task() {
    let work = analyzed(&Bench::walkthrough());
    let trend = work.findings.iter().find(|finding| finding.key == "market.trend").expect("trends");
    assert_eq!(trend.scope, Scope::Task);
}

#[test]
fn competition_is_graded_by_counted_proposals() {
    let with = |proposals: [u32; 2]| {
        let bench = Bench::walkthrough()
            .with("/jobs/0/proposals", json!(proposals[0]))
            .with("/jobs/1/proposals", json!(proposals[1]));
        analyzed(&bench).result["competition_level"].as_str().map(str::to_owned)
    };
    assert_eq!(with([2, 5]).as_deref(), Some("low"));
    assert_eq!(with([9, 13]).as_deref(), Some("medium"));
    assert_eq!(with([30, 20]).as_deref(), Some("high"));
    let alone = analyzed(&Bench::walkthrough().without("", "jobs"));
    assert_eq!(alone.result["competition_level"], json!("unknown"));
}

#[test]
fn the_aim_is_counted_in_the_given_jobs() {
    let aim = |bench: &Bench| analyzed(bench).recommendations.into_iter().next();
    let found = aim(&Bench::walkthrough()).expect("two jobs pay more");
    assert!(found.detail.starts_with("2 of 3"), "{}", found.detail);
    assert_eq!(found.needs, ["current_skills"]);
    assert!(aim(&Bench::walkthrough().with("/profile_data/hourly_rate", json!(90))).is_none());
    assert!(aim(&Bench::walkthrough().without("", "jobs")).is_none());
}

#[test]
fn every_figure_carries_its_tag() {
    for bench in [Bench::walkthrough(), Bench::new(json!({}))] {
        let work = analyzed(&bench);
        assert_tagged(&work.result, &work.provenance);
    }
}
