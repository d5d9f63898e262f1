//! Tests of merging with a team of additive beliefs.

use super::*;
use crate::mechanism::domain::{ConflictKind, Cost, Remedy, Work};
use crate::model::figure::Provenance;
use crate::model::recommendation::Direction;

/// A team for which gains add up, but for a pair that multiplies.
struct Team {
    held: Vec<&'static str>,
    hours: f64,
    carried: Vec<&'static str>,
    weights: Vec<(&'static str, f64)>,
}

impl Default for Team {
    fn default() -> Self {
        Team { held: Vec::new(), hours: 10.0, carried: Vec::new(), weights: Vec::new() }
    }
}

impl TeamBeliefs for Team {
    fn holds(&self, condition: &str) -> bool {
        self.held.contains(&condition)
    }
    fn predict(&self, steps: &[(&Recommendation, f64)]) -> f64 {
        steps.iter().map(|(step, share)| 1.0 + step.gain * share).product::<f64>() - 1.0
    }
    fn hours_per_week(&self) -> f64 {
        self.hours
    }
    fn weeks(&self) -> f64 {
        10.0
    }
    fn goal_weight(&self, lever: &str) -> f64 {
        self.weights.iter().find(|(name, _)| *name == lever).map_or(1.0, |(_, weight)| *weight)
    }
    fn risk_bound(&self) -> f64 {
        0.25
    }
    fn carries(&self, recommendation: &Recommendation) -> bool {
        self.carried.contains(&recommendation.id.as_str())
    }
}

fn advice(id: &str, lever: &str, gain: f64) -> Recommendation {
    Recommendation {
        id: id.into(),
        lever: lever.into(),
        title: id.into(),
        detail: String::new(),
        direction: Direction::Up,
        size: 1.0,
        unit: String::new(),
        needs: Vec::new(),
        after: Vec::new(),
        provides: Vec::new(),
        effort_hours: 4.0,
        risk: 0.01,
        confidence: 0.8,
        gain,
        evidence: Vec::new(),
        safety: None,
    }
}

fn raise() -> Recommendation {
    let needs = vec!["proof".to_owned()];
    Recommendation { needs, risk: 0.32, effort_hours: 1.0, ..advice("raise", "rate", 0.2) }
}

fn portfolio() -> Recommendation {
    Recommendation { provides: vec!["proof".into()], ..advice("portfolio", "portfolio", 0.1) }
}

fn work(confidence: f64, recommendations: Vec<Recommendation>) -> Work {
    Work {
        result: serde_json::json!({}),
        provenance: Provenance::default(),
        confidence,
        evidence: Vec::new(),
        recommendations,
        findings: Vec::new(),
        broadcasts: Vec::new(),
        cost: Cost::default(),
    }
}

fn merged(team: &Team, recommendations: Vec<Recommendation>) -> Merged {
    let work = work(0.8, recommendations);
    let contribution =
        Contribution { subtask: "all", role: "any", agent: "any_01", work: Some(&work) };
    merge(&[contribution], team, None)
}

fn chosen(merged: &Merged) -> Vec<Remedy> {
    let taken = |resolution: &crate::mechanism::domain::Resolution| {
        resolution.alternatives.get(resolution.chosen).map(|alternative| alternative.remedy.clone())
    };
    merged.resolutions.iter().filter_map(taken).collect()
}

fn order(merged: &Merged) -> Vec<Vec<&str>> {
    merged
        .phases
        .iter()
        .map(|phase| phase.steps.iter().map(|step| step.what.id.as_str()).collect())
        .collect()
}

#[test]
fn a_risky_step_without_its_footing_is_halved_and_put_behind_it() {
    let merged = merged(&Team::default(), vec![raise(), portfolio()]);
    assert_eq!(merged.conflicts.len(), 1);
    let kind = ConflictKind::UnmetNeed { condition: "proof".into() };
    assert_eq!(merged.conflicts[0].kind, kind);
    assert!(
        matches!(&chosen(&merged)[0], Remedy::ScaleAndDefer { what, factor, behind }
            if what.id == "raise" && *factor == 0.5 && behind.id == "portfolio"),
        "{:?}",
        merged.resolutions
    );
    assert_eq!(order(&merged), [["portfolio"], ["raise"]]);
    assert_eq!(merged.resolutions[0].alternatives.len(), 5);
    assert!(merged.risk <= 0.25);
}

#[test]
fn a_carried_step_stands_as_it_is_and_the_synergy_is_named() {
    let team = Team { carried: vec!["raise"], ..Team::default() };
    let merged = merged(&team, vec![raise(), portfolio()]);
    assert!(merged.conflicts.is_empty());
    assert_eq!(order(&merged), [["portfolio", "raise"]]);
    assert_eq!(merged.synergies.len(), 1);
    assert_eq!(merged.synergies[0].condition.as_deref(), Some("proof"));
    assert!((merged.synergies[0].gain - 0.02).abs() < 1e-12);
}

#[test]
fn a_need_that_holds_already_is_neither_conflict_nor_synergy() {
    let team = Team { held: vec!["proof"], ..Team::default() };
    let merged = merged(&team, vec![raise(), portfolio()]);
    assert!(merged.conflicts.is_empty());
    assert!(merged.synergies.iter().all(|synergy| synergy.condition.is_none()));
}

#[test]
fn a_need_that_nothing_provides_is_scaled_or_dropped_within_the_bound() {
    let merged = merged(&Team::default(), vec![raise()]);
    let [remedy] = &chosen(&merged)[..] else { panic!("one conflict") };
    assert!(matches!(remedy, Remedy::Drop { .. }), "{remedy:?}");
    let mut mild = raise();
    mild.risk = 0.2;
    let merged = super::tests::merged(&Team::default(), vec![mild]);
    assert!(matches!(&chosen(&merged)[0], Remedy::Scale { factor, .. } if *factor == 0.5));
}

#[test]
fn opposite_directions_are_never_both_taken_at_once() {
    let down = Recommendation { direction: Direction::Down, ..advice("lower", "rate", 0.03) };
    let up = Recommendation { effort_hours: 50.0, ..advice("higher", "rate", 0.05) };
    let merged = merged(&Team::default(), vec![up, down]);
    assert!(matches!(merged.conflicts[0].kind, ConflictKind::Opposite { .. }));
    assert!(!merged.resolutions[0].alternatives[0].admissible);
    assert!(!matches!(chosen(&merged)[0], Remedy::Keep));
    assert!(merged.phases.iter().all(|phase| phase.steps.len() == 1));
}

#[test]
fn work_beyond_the_hours_is_cut_where_it_costs_least() {
    let team = Team { hours: 1.0, ..Team::default() };
    let big = Recommendation { effort_hours: 8.0, ..advice("big", "skills", 0.02) };
    let dear = Recommendation { effort_hours: 4.0, ..advice("dear", "bio", 0.08) };
    let merged = merged(&team, vec![big, dear]);
    assert!(matches!(&chosen(&merged)[0], Remedy::Scale { what, factor }
        if what.id == "big" && (*factor - 0.75).abs() < 1e-12));
    let hours: f64 =
        merged.phases.iter().flat_map(|phase| &phase.steps).map(|step| step.effort_hours).sum();
    assert!(hours <= 10.0 + 1e-9);
}

#[test]
fn a_goal_saves_the_lever_it_weighs() {
    let one = Recommendation { effort_hours: 6.0, ..advice("one", "skills", 0.05) };
    let two = Recommendation { effort_hours: 6.0, ..advice("two", "bio", 0.06) };
    let plain = Team { hours: 1.0, ..Team::default() };
    let cut = |merged: &Merged| match &chosen(merged)[0] {
        Remedy::Scale { what, .. } | Remedy::Drop { what } => what.id.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(cut(&merged(&plain, vec![one.clone(), two.clone()])), "one");
    let eager = Team { hours: 1.0, weights: vec![("skills", 2.0)], ..Team::default() };
    assert_eq!(cut(&merged(&eager, vec![one, two])), "two");
}

#[test]
fn no_hours_leave_only_what_takes_none() {
    let team = Team { hours: 0.0, ..Team::default() };
    let free = Recommendation { effort_hours: 0.0, ..advice("free", "rate", 0.02) };
    let merged = merged(&team, vec![portfolio(), free]);
    assert_eq!(order(&merged), [["free"]]);
    assert_eq!((merged.phases[0].from_week, merged.phases[0].to_week), (1.0, 1.0));
}

#[test]
fn a_circle_of_needs_still_makes_a_plan() {
    let a = Recommendation {
        needs: vec!["b".into()],
        provides: vec!["a".into()],
        ..advice("first", "bio", 0.02)
    };
    let b = Recommendation {
        needs: vec!["a".into()],
        provides: vec!["b".into()],
        ..advice("second", "skills", 0.02)
    };
    assert_eq!(order(&merged(&Team::default(), vec![a, b])), [["first"], ["second"]]);
}

#[test]
fn two_risky_steps_in_a_circle_end() {
    let a = Recommendation {
        needs: vec!["b".into()],
        provides: vec!["a".into()],
        risk: 0.3,
        ..advice("first", "bio", 0.02)
    };
    let b = Recommendation {
        needs: vec!["a".into()],
        provides: vec!["b".into()],
        risk: 0.3,
        ..advice("second", "skills", 0.02)
    };
    let merged = merged(&Team::default(), vec![a, b]);
    assert_eq!(merged.conflicts.len(), merged.resolutions.len());
    let ids: BTreeSet<&str> =
        merged.conflicts.iter().map(|conflict| conflict.id.as_str()).collect();
    assert_eq!(ids.len(), merged.conflicts.len());
}

#[test]
fn advice_given_twice_is_done_once() {
    let surer = Recommendation { confidence: 0.9, gain: 0.3, ..portfolio() };
    let merged = merged(&Team::default(), vec![portfolio(), surer]);
    assert!((merged.predicted_gain - 0.3).abs() < 1e-12);
}

#[test]
fn a_missing_subtask_counts_zero_and_is_named() {
    let done = work(0.9, vec![portfolio()]);
    let contributions = [
        Contribution { subtask: "one", role: "any", agent: "any_01", work: Some(&done) },
        Contribution { subtask: "two", role: "other", agent: "other_01", work: None },
    ];
    let merged = merge(&contributions, &Team::default(), Some(0.1));
    assert_eq!(merged.missing, ["two"]);
    assert!((merged.confidence.mean - 0.45).abs() < 1e-12);
    assert!((merged.confidence.spread - 0.45).abs() < 1e-12);
    assert_eq!(merged.confidence.by_agent.get("other_01"), Some(&0.0));
    assert_eq!(merged.coordination_quality, "low");
    let nothing = merge(&[], &Team::default(), None);
    assert_eq!(nothing.confidence.mean, 0.0);
    assert!(nothing.phases.is_empty());
}
