//! What the client wants most, as weights of the levers.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::freelance::career_planner::goals::{Goals, Theme};

/// How much more a lever weighs that a goal is about; assumed: half as much again decides between
/// equals and never turns a loss into a gain.
pub const GOAL_WEIGHT: f64 = 1.5;

/// The levers each theme of a goal is about.
const LEVERS: [(Theme, &[&str]); 5] = [
    (Theme::Pay, &["rate"]),
    (Theme::Skills, &["skills"]),
    (Theme::Time, &["availability"]),
    (Theme::Work, &["targeting", "proposals"]),
    (Theme::Presence, &["bio", "portfolio", "reviews"]),
];

/// Returns the weights of the levers that goals are about; the others weigh 1.
pub fn weights(input: &Value, goals: &[String]) -> BTreeMap<&'static str, f64> {
    let understood = Goals::read(input, goals);
    let mut weights = BTreeMap::new();
    let mut weigh =
        |levers: &[&'static str]| weights.extend(levers.iter().map(|lever| (*lever, GOAL_WEIGHT)));
    for (theme, levers) in LEVERS {
        if understood.themes.contains(&theme) {
            weigh(levers);
        }
    }
    if understood.rate.is_some() || understood.income.is_some() {
        weigh(&["rate"]);
    }
    if !understood.wanted.is_empty() {
        weigh(&["skills"]);
    }
    weights
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn goals_weigh_the_levers_they_are_about() {
        let input = json!({"optimization_goals": ["increase_visibility", "optimize_pricing"]});
        let weights = weights(&input, &[]);
        assert_eq!(weights.get("rate"), Some(&GOAL_WEIGHT));
        assert_eq!(weights.get("bio"), Some(&GOAL_WEIGHT));
        assert_eq!(weights.get("skills"), None);
    }

    #[test]
    fn without_goals_all_weigh_the_same() {
        assert!(weights(&json!({}), &[]).is_empty());
        assert!(weights(&json!({"goals": 7}), &["???".to_owned()]).is_empty());
    }
}
