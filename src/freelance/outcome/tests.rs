//! Tests of the marketplace.

use serde_json::json;

use super::marketplace::Truth;
use super::quality;
use crate::freelance::beliefs::Beliefs;
use crate::freelance::bench::Bench;

#[test]
fn the_truth_is_not_what_the_team_believes() {
    assert_ne!(Truth::of(&json!({})).picture, Beliefs::default());
}

#[test]
fn the_same_seed_gives_the_same_outcome_and_another_another() {
    let bench = Bench::walkthrough();
    let done = bench.run();
    let once = bench.outcome(&done, &json!({}));
    assert_eq!(once, bench.outcome(&done, &json!({})));
    let other = Bench { seed: 8, ..bench.clone() };
    assert_ne!(other.outcome(&done, &json!({})).without_plan, once.without_plan);
}

#[test]
fn the_plan_does_not_touch_the_draws_of_the_status_quo() {
    let bench = Bench::walkthrough();
    let done = bench.run();
    let mut idle = bench.run();
    idle.answer.phases.clear();
    let (with, without) = (bench.outcome(&done, &json!({})), bench.outcome(&idle, &json!({})));
    assert_eq!(with.without_plan, without.without_plan);
    assert_eq!(without.with_plan, without.without_plan);
    assert_eq!(without.quality, 0.5);
}

#[test]
fn a_good_plan_mostly_pays_and_a_reckless_one_mostly_does_not() {
    let good = Bench::walkthrough();
    let plan = good.run();
    let mut reckless = good.run();
    for (_, work) in &mut reckless.parts {
        for advice in work
            .iter_mut()
            .flat_map(|work| &mut work.recommendations)
            .filter(|one| one.id == "raise_rate")
        {
            advice.size = 250.0;
        }
    }
    let (mut paid, mut lost) = (0, 0);
    for seed in 0..20 {
        let bench = Bench { seed, ..good.clone() };
        paid += i32::from(bench.outcome(&plan, &json!({})).quality > 0.5);
        lost += i32::from(bench.outcome(&reckless, &json!({})).quality < 0.5);
    }
    assert!(paid >= 14 && lost >= 14, "{paid} of 20 paid, {lost} of 20 lost");
}

#[test]
fn what_is_missing_has_no_quality_and_lowers_the_whole() {
    let bench = Bench::walkthrough();
    let done = bench.run_without(&["market_analyst"]);
    let outcome = bench.outcome(&done, &json!({}));
    assert_eq!(outcome.by_subtask.get("market"), Some(&0.0));
    assert!(outcome.quality < 0.7);
    let nobody = bench.run_without(&["market_analyst", "profile_optimizer", "pricing_strategist"]);
    assert_eq!(bench.outcome(&nobody, &json!({})).quality, 0.0);
}

#[test]
fn parameters_move_the_market_and_nonsense_does_not() {
    let bench = Bench::walkthrough();
    let done = bench.run();
    let plain = bench.outcome(&done, &json!({}));
    assert!(bench.outcome(&done, &json!({"rivals": 45.0})).without_plan < plain.without_plan);
    for nonsense in [json!(null), json!([1]), json!({"rivals": "many", "weeks": -3, "taste": 1e9})]
    {
        assert_eq!(bench.outcome(&done, &nonsense), plain);
    }
}

#[test]
fn quality_is_a_half_without_gain_and_three_quarters_at_a_good_one() {
    assert_eq!(quality(0.0), 0.5);
    assert!((quality(0.15) - 0.75).abs() < 1e-12);
    assert!((quality(-0.15) - 0.25).abs() < 1e-12);
    assert!(quality(-1.0) > 0.0 && quality(9.0) <= 1.0);
}
