//! Tests of the merged answers, and of the walkthrough and its thin twin as the specification tells them.

use serde_json::{Value, json};

use crate::freelance::bench::{Bench, Done, assert_tagged};
use crate::kernel::fixed::rounded;
use crate::mechanism::domain::{ConflictKind, Remedy};

/// The walkthrough's freelancer with a thin portfolio and little that shows results, who asks so far
/// below the market that a raise of thirty percent is advised.
fn thin() -> Bench {
    Bench::walkthrough()
        .with(
            "/profile_data/portfolio",
            json!([{"title": "A leaflet", "description": "Translated a leaflet."}]),
        )
        .with("/profile_data/bio", json!("I translate."))
        .with("/profile_data/reviews", json!({"count": 1, "rating": 4.0}))
        .with("/profile_data/skills", json!(["Localization", "Translation", "Subtitling", "JSON"]))
        .with("/profile_data/hourly_rate", json!(40))
}

fn ids(done: &Done) -> Vec<Vec<&str>> {
    let phases = done.answer.phases.iter();
    phases.map(|phase| phase.steps.iter().map(|step| step.what.id.as_str()).collect()).collect()
}

fn place(done: &Done, id: &str) -> Option<(usize, f64)> {
    done.answer.phases.iter().find_map(|phase| {
        let step = phase.steps.iter().find(|step| step.what.id == id)?;
        Some((phase.number, step.factor))
    })
}

#[test]
fn the_walkthrough_gives_the_values_of_the_specification() {
    let done = Bench::walkthrough().run();
    let profile = &done.of("profile_optimizer").result;
    assert_eq!(profile["profile_strength_score"], json!(85.0));
    assert_eq!(profile["suggested_tier"], json!("expert"));
    let improvements = profile["improvements"].as_array().expect("improvements");
    assert_eq!(improvements[0], "Enhance bio with quantifiable achievements");
    assert_eq!(improvements[1], "Add 3 more portfolio pieces");
    assert!(
        improvements[2]
            .as_str()
            .is_some_and(|one| one.starts_with("Update skills with trending technologies"))
    );
    let pricing = &done.of("pricing_strategist").result;
    assert_eq!(pricing["current_rate"], json!(50.0));
    assert_eq!(pricing["recommended_rate"], json!(65.0));
    assert_eq!(pricing["strategy"], json!("gradual_increase_over_3_months"));
    let market = &done.of("market_analyst").result;
    assert_eq!(market["positioning"], json!("mid_tier_specialist"));
    assert_eq!(market["competition_level"], json!("medium"));
    assert!(
        market["market_trends"][0]
            .as_str()
            .is_some_and(|one| one.starts_with("AI/ML skills in high demand"))
    );
    assert_eq!(rounded(done.answer.confidence.mean, 2), 0.87);
    assert_eq!(done.answer.coordination_quality, "high");
}

#[test]
fn the_walkthroughs_raise_stands_and_three_synergies_carry_it() {
    let done = Bench::walkthrough().run();
    assert!(done.answer.conflicts.is_empty());
    assert_eq!(place(&done, "raise_rate").map(|(_, share)| share), Some(1.0));
    assert_eq!(done.said("/pricing_strategy/recommended_rate"), &json!(65.0));
    let conditions: Vec<_> =
        done.answer.synergies.iter().filter_map(|one| one.condition.as_deref()).collect();
    assert_eq!(conditions.len(), done.answer.synergies.len());
    assert_eq!(conditions, ["portfolio_proof", "current_skills", "paying_clients"]);
    assert_eq!(done.said("/priority_actions/0"), "Enhance bio with quantifiable achievements");
    assert!(done.said("/priority_actions").to_string().contains("Test the new rate on 3 jobs"));
}

#[test]
fn the_walkthrough_holds_with_what_was_read_and_without() {
    // Pricing that worked before the market analyst was done looks pay up alone and is a little less sure.
    let bench = Bench::walkthrough();
    let strength = bench.work("profile_optimizer", &[]).findings.remove(0);
    let pricing = bench.work("pricing_strategist", &[("profile.strength", strength.value)]);
    assert_eq!(pricing.result["recommended_rate"], json!(65.0));
    let others = bench.work("profile_optimizer", &[]).confidence
        + bench.work("market_analyst", &[]).confidence;
    assert_eq!(rounded((others + pricing.confidence) / 3.0, 2), 0.87);
}

#[test]
fn a_thin_portfolio_comes_first_then_half_the_raise_in_steps() {
    let done = thin().run();
    assert_eq!(done.of("pricing_strategist").recommendations[0].size, 30.0);
    let strength = done.of("profile_optimizer").result["profile_strength_score"].as_f64();
    assert!(strength.is_some_and(|strength| strength < 70.0), "{strength:?}");
    let proof = ConflictKind::UnmetNeed { condition: "portfolio_proof".into() };
    let at = done.answer.conflicts.iter().position(|one| one.kind == proof).expect("a conflict");
    let resolution = &done.answer.resolutions[at];
    let taken = &resolution.alternatives[resolution.chosen];
    assert!(
        matches!(&taken.remedy, Remedy::ScaleAndDefer { factor, behind, .. }
            if *factor == 0.5 && behind.id == "portfolio_pieces"),
        "{:#?}",
        resolution
    );
    let (portfolio, raise) =
        (place(&done, "portfolio_pieces").unwrap(), place(&done, "raise_rate").unwrap());
    assert!(portfolio.0 < raise.0 && raise.1 == 0.5, "{:?}", ids(&done));
    assert_eq!(done.said("/pricing_strategy/recommended_rate"), &json!(46.0));
    let strategy = done.said("/pricing_strategy/strategy");
    assert_eq!(strategy, "portfolio_first_then_gradual_increase_over_2_months");
    let roadmap = done.said("/pricing_strategy/roadmap").as_array().expect("steps");
    assert_eq!(roadmap.len(), 2);
    assert!(roadmap[0]["month"].as_f64().is_some_and(|month| month > 1.0));
    assert_eq!(done.said("/pricing_strategy/as_advised_alone/recommended_rate"), &json!(52.0));
}

#[test]
fn each_input_that_matters_moves_the_answer_its_way() {
    let whole = Bench::walkthrough().run();
    let impact =
        |done: &Done| done.said("/estimated_impact_interval/point").as_f64().expect("a gain");
    let sure = |done: &Done| done.answer.confidence.mean;
    let nearer = Bench::walkthrough().with("/profile_data/hourly_rate", json!(60)).run();
    assert!(impact(&nearer) < impact(&whole), "less is to be gained near the best rate");
    let without_jobs = Bench::walkthrough().without("", "jobs").run();
    assert!(sure(&without_jobs) < sure(&whole));
    assert_eq!(without_jobs.of("market_analyst").result["competition_level"], json!("unknown"));
    let without_rate = Bench::walkthrough().without("/profile_data", "hourly_rate").run();
    assert!(sure(&without_rate) < sure(&whole));
    assert_eq!(without_rate.said("/pricing_strategy/strategy"), "start_at_recommended_rate");
    let weak = thin().with("/profile_data/hourly_rate", json!(50)).run();
    let rate = |done: &Done| {
        done.of("pricing_strategist").result["recommended_rate"].as_f64().expect("a rate")
    };
    assert!(rate(&weak) < rate(&whole));
}

#[test]
fn goals_weigh_the_levers_and_the_answer_says_how() {
    let done = Bench::walkthrough().run();
    assert_eq!(done.said("/goals_weighed/rate"), &json!(1.5));
    let plain = Bench::walkthrough().without("", "optimization_goals").run();
    assert_eq!(plain.said("/goals_weighed"), &json!({}));
}

#[test]
fn a_missing_specialist_leaves_a_named_gap_and_counts_zero() {
    let done = Bench::walkthrough().run_without(&["profile_optimizer"]);
    assert_eq!(done.answer.missing, ["profile"]);
    assert_eq!(done.said("/profile_improvements"), &Value::Null);
    assert!(done.said("/unknown").to_string().contains("the profile optimizer gave nothing"));
    assert!(done.answer.confidence.mean < 0.6);
    assert_ne!(done.answer.coordination_quality, "high");
    // Nobody vouches for the profile: the raise no longer stands as it was.
    assert!(place(&done, "raise_rate").is_none_or(|(_, share)| share < 1.0));
    let nobody = Bench::walkthrough().run_without(&[
        "profile_optimizer",
        "pricing_strategist",
        "market_analyst",
    ]);
    assert_eq!(nobody.said("/estimated_impact"), "no improvement in expected income predicted");
}

#[test]
fn every_kind_of_task_has_its_fields() {
    let fields: [(&'static str, &[&str]); 5] = [
        (
            "optimize_freelancer_profile",
            &["profile_improvements", "pricing_strategy", "market_positioning"],
        ),
        (
            "find_and_apply_jobs",
            &[
                "recommended_jobs",
                "competition_insights",
                "ready_proposals",
                "success_probability",
                "application_strategy",
            ],
        ),
        (
            "career_growth_plan",
            &[
                "market_trends",
                "pricing_roadmap",
                "career_milestones",
                "integrated_plan",
                "risk_factors",
                "success_indicators",
            ],
        ),
        ("prepare_negotiation", &["negotiation_plan", "pricing_strategy", "market_positioning"]),
        (
            "launch_freelancer",
            &["profile_improvements", "recommended_jobs", "career_milestones", "negotiation_plan"],
        ),
    ];
    for (task_type, names) in fields {
        let done = Bench { task_type, ..Bench::walkthrough() }.run();
        for name in names.iter().chain(&["priority_actions", "estimated_impact"]) {
            assert!(!done.said(&format!("/{name}")).is_null(), "{task_type}: {name}");
        }
        assert!(done.answer.missing.is_empty(), "{task_type}");
    }
}

#[test]
fn the_success_probability_is_that_of_any_proposal_winning() {
    let bench = Bench { task_type: "find_and_apply_jobs", ..Bench::walkthrough() };
    let done = bench.run();
    let point = done.said("/success_probability").as_f64().expect("a chance");
    let low = done.said("/success_probability_interval/low").as_f64().expect("a bound");
    let high = done.said("/success_probability_interval/high").as_f64().expect("a bound");
    assert!(0.0 < low && low <= point && point <= high && high < 1.0, "{low} {point} {high}");
    let jobs = done.said("/application_strategy/per_job").as_array().expect("jobs");
    assert!(!jobs.is_empty() && jobs.iter().all(|job| !job["bidding_strategy"].is_null()));
    let fewer = Bench {
        input: {
            let mut input = bench.input.clone();
            input["jobs"].as_array_mut().expect("jobs").truncate(1);
            input
        },
        ..bench
    };
    assert!(fewer.run().said("/success_probability").as_f64().expect("a chance") < point);
}

#[test]
fn a_given_timeframe_bounds_the_plan() {
    let mut bench = thin();
    bench.input["timeframe_months"] = json!(1);
    bench.input["profile_data"]["availability_hours"] = json!(10);
    let done = bench.run();
    let hours: f64 = done
        .answer
        .phases
        .iter()
        .flat_map(|phase| &phase.steps)
        .map(|step| step.effort_hours)
        .sum();
    assert!(hours <= 10.0 * 0.2 * 52.0 / 12.0 + 1e-9, "{hours}");
    assert!(
        done.answer.conflicts.iter().any(|one| matches!(one.kind, ConflictKind::OverBudget { .. }))
    );
}

#[test]
fn nothing_given_is_answered_without_a_claim() {
    let done = Bench::new(json!({})).run();
    assert_eq!(done.said("/pricing_strategy/recommended_rate"), &Value::Null);
    assert_eq!(done.said("/market_positioning"), "unknown");
    assert!(done.answer.confidence.mean < 0.2);
}

#[test]
fn every_figure_of_the_own_fields_carries_its_tag() {
    for bench in [Bench::walkthrough(), thin(), Bench::new(json!({}))] {
        let done = bench.run();
        assert_tagged(&done.answer.recommendation, &done.answer.provenance);
    }
}

#[test]
fn equal_inputs_give_equal_bytes() {
    let text = |done: &Done| serde_json::to_string(&done.answer).expect("an answer is JSON");
    assert_eq!(text(&thin().run()), text(&thin().run()));
}
