//! The strategist's typed advice: a change of rate with its risk, its needs and its safety net.

use super::Decision;
use super::case::Case;
use super::curve::ONE_STEP_MAX;
use crate::freelance::conditions::{PAYING_CLIENTS, PORTFOLIO_PROOF};
use crate::freelance::money::{counted, money, percent};
use crate::kernel::fixed::rounded;
use crate::model::recommendation::{Direction, Recommendation, SafetyNet};

/// Chance that a raise does harm, for each unit of it at no strength: a raise by half of a profile
/// without strength would lose clients three times in four. Assumed.
pub const RAISE_RISK: f64 = 1.5;
/// Chance of harm that each unit of strength takes off, for each unit of the raise; assumed.
pub const STRENGTH_RELIEF: f64 = 1.0;
/// Chance that a cut does harm: clients take the old price for a mistake. Assumed.
const CUT_RISK: f64 = 0.05;
/// Hours to change prices in profile, proposals and contracts.
const CHANGE_HOURS: f64 = 1.0;
/// Jobs on which a new rate is tried; one answer is chance, and three are asked within a week.
const TEST_JOBS: usize = 3;
/// Proposals without a hire after which a raise is taken back.
const STEP_BACK_PROPOSALS: usize = 8;

/// Makes typed advice of a change of rate; a rate that stays is none.
pub(super) fn advice(case: &Case, decision: &Decision, confidence: f64) -> Option<Recommendation> {
    let (current, recommended) = (case.current?, decision.recommended?);
    let change = recommended / current - 1.0;
    if change == 0.0 {
        return None;
    }
    let is_raise = change > 0.0;
    let share = if is_raise { change } else { -change };
    let currency = case.currency.as_deref().unwrap_or_default();
    let (from, to) = (money(current, ""), money(recommended, currency));
    let verb = if is_raise { "Raise" } else { "Lower" };
    let over = match decision.roadmap.len() {
        0 | 1 => String::new(),
        months => format!(" in steps over {}", counted(months, "month")),
    };
    let needs: &[&str] =
        if share > ONE_STEP_MAX && is_raise { &[PORTFOLIO_PROOF, PAYING_CLIENTS] } else { &[] };
    let risk = if is_raise { raise_risk(case, decision, share) } else { CUT_RISK };
    let mut advice = Recommendation {
        id: if is_raise { "raise_rate" } else { "lower_rate" }.to_owned(),
        lever: "rate".to_owned(),
        title: format!("{verb} the rate from {from} to {to} an hour{over}"),
        detail: detail(decision, share, currency),
        direction: if is_raise { Direction::Up } else { Direction::Down },
        size: rounded(share * 100.0, 1),
        unit: "percent".to_owned(),
        needs: needs.iter().map(|need| (*need).to_owned()).collect(),
        after: Vec::new(),
        provides: Vec::new(),
        effort_hours: CHANGE_HOURS,
        risk: rounded(risk, 3),
        confidence,
        gain: 0.0,
        evidence: case.evidence.clone(),
        safety: is_raise.then(|| safety(&money(current, currency), decision, currency)),
    };
    advice.gain = rounded(case.beliefs.gain(&case.standing, &[(&advice, 1.0)]), 4);
    Some(advice)
}

/// Returns the chance that a raise does harm: it grows with its size, shrinks with the profile's strength,
/// and is the less the further the new rate stays below the best one.
fn raise_risk(case: &Case, decision: &Decision, share: f64) -> f64 {
    let nearness = match (decision.recommended, decision.optimal) {
        (Some(recommended), Some(optimal)) if optimal > 0.0 => (recommended / optimal).min(1.0),
        _ => 1.0,
    };
    (share * (RAISE_RISK - STRENGTH_RELIEF * case.strength.value) * nearness).clamp(0.0, 1.0)
}

fn detail(decision: &Decision, share: f64, currency: &str) -> String {
    let (Some(now), Some(then)) = (decision.now, decision.then) else { return String::new() };
    format!(
        "A change of {}; by the team's beliefs a week is worth {} instead of {}, with {} hours sold instead of {} and the others at what else they bring.",
        percent(share),
        money(then.income, currency),
        money(now.income, currency),
        rounded(then.hours, 0),
        rounded(now.hours, 0),
    )
}

fn safety(old: &str, decision: &Decision, currency: &str) -> SafetyNet {
    let first = decision.roadmap.first().map_or_else(String::new, |rate| money(*rate, currency));
    SafetyNet {
        test: format!("Test the new rate on {TEST_JOBS} jobs: ask {first} of new clients only."),
        watch: "Replies and hires for each proposal, against the last ten at the old rate."
            .to_owned(),
        step_back: format!(
            "If {STEP_BACK_PROPOSALS} proposals bring no hire, ask {old} again for a month."
        ),
    }
}
