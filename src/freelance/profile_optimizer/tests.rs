//! Tests of the rubric and its advice.

use serde_json::{Value, json};

use super::tier;
use crate::freelance::bench::Bench;
use crate::mechanism::domain::Work;

const ROLE: &str = "profile_optimizer";

fn judged(bench: &Bench) -> Work {
    bench.work(ROLE, &[])
}

fn score(bench: &Bench) -> f64 {
    judged(bench).result["profile_strength_score"].as_f64().expect("a score")
}

fn advised(bench: &Bench) -> Vec<String> {
    judged(bench).recommendations.into_iter().map(|advice| advice.id).collect()
}

#[test]
fn each_thing_taken_away_costs_points_and_is_advised() {
    let whole = Bench::walkthrough();
    let now = score(&whole);
    let cases = [
        ("reviews", "reviews"),
        ("portfolio", "portfolio_pieces"),
        ("title", "specific_title"),
        ("bio", "focused_bio"),
        ("hourly_rate", "stated_rate"),
        ("languages", "stated_languages"),
        ("availability_hours", "stated_availability"),
    ];
    for (field, id) in cases {
        let lesser = whole.clone().without("/profile_data", field);
        assert!(score(&lesser) < now, "{field}");
        assert!(
            advised(&lesser).iter().any(|advice| advice == id),
            "{field}: {:?}",
            advised(&lesser)
        );
    }
}

#[test]
fn what_is_there_is_never_advised() {
    let advised = advised(&Bench::walkthrough());
    assert_eq!(advised, ["bio_results", "portfolio_pieces", "asked_skills"]);
    let pieces: Vec<Value> = (0..6)
        .map(|at| json!({"title": format!("Piece {at}"), "description": "Cut costs by 20%."}))
        .collect();
    let better = Bench::walkthrough().with("/profile_data/portfolio", json!(pieces)).with(
        "/profile_data/bio",
        json!(
            "Localization, proofreading and subtitling. ".repeat(12)
                + "Errors fell by 40% and sales rose by 12%."
        ),
    );
    assert_eq!(self::advised(&better), ["asked_skills"]);
}

#[test]
fn improvements_come_by_points_per_hour() {
    let work = judged(&Bench::new(json!({"profile_data": {"title": "Translator"}})));
    let rates: Vec<f64> = work.result["improvement_details"]
        .as_array()
        .expect("details")
        .iter()
        .map(|detail| detail["points_per_hour"].as_f64().expect("a number"))
        .collect();
    assert!(rates.len() > 4 && rates.windows(2).all(|pair| pair[0] >= pair[1]), "{rates:?}");
}

#[test]
fn a_skill_the_jobs_ask_for_gains_points_once_listed() {
    let bench = Bench::walkthrough();
    let mut skills = bench.input["profile_data"]["skills"].clone();
    skills.as_array_mut().expect("skills").push(json!({"name": "Prompt engineering", "years": 1}));
    let learned = bench.clone().with("/profile_data/skills", skills);
    assert!(score(&learned) > score(&bench));
    let named = judged(&learned).result["improvements"].to_string();
    assert!(!named.contains("Prompt engineering") && named.contains("Machine learning"), "{named}");
}

#[test]
fn without_jobs_the_demand_is_unknown_and_confidence_falls() {
    let bench = Bench::walkthrough();
    let alone = bench.clone().without("", "jobs");
    let work = judged(&alone);
    assert!(work.result["parts"].get("skills_against_jobs").is_none());
    assert_eq!(work.result["unknown"].as_array().map(Vec::len), Some(1));
    assert!(work.confidence < judged(&bench).confidence);
    assert!(!advised(&alone).contains(&"asked_skills".to_owned()));
}

#[test]
fn an_empty_profile_is_weak_and_gets_no_advice_twice() {
    let work = judged(&Bench::new(json!({})));
    assert_eq!(work.result["profile_strength_score"], json!(0.0));
    assert_eq!(work.confidence, 0.0);
    let titles = work.result["improvements"].as_array().expect("improvements");
    assert_eq!(
        titles.iter().filter(|title| title.to_string().contains("bio")).count(),
        2,
        "{titles:?}"
    );
}

#[test]
fn tiers_have_thresholds_in_strength_and_years() {
    assert_eq!(tier(80.0, Some(5.0)), "expert");
    assert_eq!(tier(79.0, Some(5.0)), "intermediate");
    assert_eq!(tier(95.0, Some(4.0)), "intermediate");
    assert_eq!(tier(95.0, None), "intermediate");
    assert_eq!(tier(49.0, Some(9.0)), "entry");
    assert_eq!(tier(90.0, Some(1.0)), "entry");
}

#[test]
fn every_figure_carries_its_tag() {
    let work = judged(&Bench::walkthrough());
    crate::freelance::bench::assert_tagged(&work.result, &work.provenance);
}
