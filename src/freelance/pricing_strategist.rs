//! The pricing strategist: the rate that maximizes expected net income, and the steps towards it.

pub mod advice;
pub mod case;
pub mod curve;

use serde_json::{Value, json};

use super::market::PayRow;
use super::standing;
use crate::kernel::fixed::rounded;
use crate::mechanism::domain::{Cost, Finding, Scope, Work, WorkFailure, WorkOrder};
use crate::model::figure::{Provenance, Tag};
use case::Case;
use curve::{Curve, GAIN_MIN, ONE_STEP_MAX, Point};

/// Finds the rate for an order.
pub fn work(order: &WorkOrder<'_>) -> Result<Work, WorkFailure> {
    let case = Case::of(order);
    let decision = Decision::of(&case);
    let confidence = case.confidence();
    let recommendations = advice::advice(&case, &decision, confidence).into_iter().collect();
    let result = decision.result(&case);
    let findings = finding(&result).into_iter().collect();
    Ok(Work {
        provenance: provenance(&case, &decision),
        result,
        confidence,
        recommendations,
        findings,
        broadcasts: Vec::new(),
        cost: Cost { milli_units: 500 + 10 * decision.curve.len() as u64, tokens: 0 },
        evidence: case.evidence,
    })
}

/// What was decided and why.
struct Decision {
    strategy: String,
    recommended: Option<f64>,
    /// The rate of the greatest expected income, before bounds.
    optimal: Option<f64>,
    reservation: Option<f64>,
    now: Option<Point>,
    then: Option<Point>,
    curve: Vec<Point>,
    roadmap: Vec<f64>,
}

impl Decision {
    fn of(case: &Case) -> Decision {
        match (&case.pay, case.current) {
            (Some((pay, _)), current) => Decision::on_pay(case, pay, current),
            (None, Some(current)) => Decision {
                recommended: Some(current),
                ..Decision::without_pay("hold_until_market_known")
            },
            (None, None) => Decision::without_pay("unknown"),
        }
    }

    fn without_pay(strategy: &str) -> Decision {
        Decision {
            strategy: strategy.to_owned(),
            recommended: None,
            optimal: None,
            reservation: None,
            now: None,
            then: None,
            curve: Vec::new(),
            roadmap: Vec::new(),
        }
    }

    fn on_pay(case: &Case, pay: &PayRow, current: Option<f64>) -> Decision {
        let curve = Curve::new(case, pay);
        let best = curve.best();
        let now = current.map(|rate| curve.at(rate));
        let reach = current.map_or(best.rate, |current| curve::bounded(best.rate, current));
        let gain =
            now.map(
                |now| {
                    if now.income > 0.0 { curve.at(reach).income / now.income - 1.0 } else { 0.0 }
                },
            );
        let is_held = gain.is_some_and(|gain| gain < GAIN_MIN);
        let recommended = current.filter(|_| is_held).unwrap_or(reach);
        let roadmap = match current {
            Some(current) if !is_held => curve::steps(current, recommended),
            _ => Vec::new(),
        };
        let strategy = match current {
            None => "start_at_recommended_rate".to_owned(),
            Some(_) if is_held => "hold_current_rate".to_owned(),
            Some(current) if recommended < current => "lower_for_new_clients".to_owned(),
            Some(current) if recommended <= current * (1.0 + ONE_STEP_MAX) => {
                "raise_at_once".to_owned()
            }
            Some(_) => format!("gradual_increase_over_{}_months", roadmap.len()),
        };
        let beside: Vec<f64> = current.into_iter().chain([recommended, best.rate]).collect();
        Decision {
            strategy,
            recommended: Some(recommended),
            optimal: Some(best.rate),
            reservation: Some(curve.reservation()),
            now,
            then: Some(curve.at(recommended)),
            curve: curve.shown(&beside),
            roadmap,
        }
    }

    fn result(&self, case: &Case) -> Value {
        let month = |(at, rate): (usize, &f64)| {
            let last = at + 1 == self.roadmap.len();
            let clients =
                if last && at > 0 { "all clients, as contracts renew" } else { "new clients" };
            json!({ "month": at + 1, "rate": rate, "for": clients })
        };
        json!({
            "current_rate": case.current,
            "recommended_rate": self.recommended,
            "currency": case.currency,
            "strategy": self.strategy,
            "roadmap": self.roadmap.iter().enumerate().map(month).collect::<Vec<_>>(),
            "optimal_rate": self.optimal,
            "market_median": case.pay.as_ref().map(|(pay, _)| rounded(standing::median(pay), 2)),
            "reservation_rate": self.reservation.map(|rate| rounded(rate, 2)),
            "expected_week": { "now": self.now.map(point), "then": self.then.map(point) },
            "curve": self.curve.iter().copied().map(point).collect::<Vec<_>>(),
            "rests_on": {
                "profile_strength": rounded(case.strength.value * 100.0, 0),
                "profile_strength_from": case.strength.source,
                "rivals": rounded(case.rivals.value, 1),
                "rivals_from": case.rivals.source,
                "fit": rounded(case.fit.value, 2),
                "fit_from": case.fit.source,
                "hours_available": case.standing.hours,
                "pay_from": case.pay.as_ref().map(|(pay, _)| pay.source.as_str()),
            },
            "unknown": unknown(case),
        })
    }
}

fn point(point: Point) -> Value {
    json!({
        "rate": point.rate,
        "win_chance": rounded(point.win_chance, 3),
        "hours": rounded(point.hours, 1),
        "income": rounded(point.rate * point.hours, 0),
        "worth": rounded(point.income, 0),
    })
}

/// Lists what the strategist does not know and what would let it know.
fn unknown(case: &Case) -> Vec<Value> {
    let assumed = |tag: Tag, sureness: f64| tag == Tag::Assumed && sureness < 1.0;
    let gaps = [
        (
            case.pay.is_none(),
            "what such work pays in this country and currency",
            "`market_data` with pay rows, or four given jobs that pay by the hour in your currency",
        ),
        (case.current.is_none(), "the current rate", "`hourly_rate` of the profile"),
        (
            case.pay.is_some() && case.profile.currency.is_none() && case.profile.country.is_none(),
            "the currency of the rate, taken to be that of the pay",
            "`currency` or `country` of the profile",
        ),
        (
            assumed(case.strength.tag, case.strength.sureness),
            "how strong the profile is",
            "the profile optimizer in the team",
        ),
        (
            assumed(case.rivals.tag, case.rivals.sureness),
            "how many bid for a job",
            "jobs with their number of `proposals`",
        ),
        (
            assumed(case.fit.tag, case.fit.sureness),
            "how the skills fit what is asked for",
            "jobs that name the skills they ask for",
        ),
    ];
    let open = gaps.iter().filter(|(is_open, _, _)| *is_open);
    open.map(|(_, what, would_help)| json!({ "what": what, "would_help": would_help })).collect()
}

/// Shares the rate with the team, where there is one.
fn finding(result: &Value) -> Option<Finding> {
    let part = |name: &str| result.get(name).cloned().unwrap_or_default();
    let value = json!({
        "current_rate": part("current_rate"),
        "recommended_rate": part("recommended_rate"),
        "currency": part("currency"),
        "strategy": part("strategy"),
        "roadmap": part("roadmap"),
        "reservation_rate": part("reservation_rate"),
    });
    let is_known = !part("recommended_rate").is_null();
    let (key, category) = ("pricing.rate".to_owned(), "pricing".to_owned());
    is_known.then_some(Finding { key, category, value, scope: Scope::Task })
}

fn provenance(case: &Case, decision: &Decision) -> Provenance {
    let mut provenance = Provenance::default();
    if let Some(rate) = &case.profile.hourly_rate {
        provenance.note("/current_rate", Tag::Given, format!("profile {}", rate.pointer));
    }
    match (&case.profile.currency, &case.pay) {
        (Some(own), _) => {
            provenance.note("/currency", Tag::Given, format!("profile {}", own.pointer))
        }
        (None, Some(_)) => provenance.note("/currency", Tag::Assumed, "that of the pay"),
        (None, None) => {}
    }
    let beliefs = "the team's beliefs on the pay distribution";
    match (&case.pay, decision.recommended) {
        (Some((pay, _)), _) => {
            for figure in ["/recommended_rate", "/optimal_rate"] {
                provenance.note(figure, Tag::Assumed, beliefs);
            }
            provenance.note("/reservation_rate", Tag::Assumed, "a share of the median");
            provenance.note("/market_median", pay.tag, pay.source.clone());
        }
        (None, Some(_)) => {
            provenance.note("/recommended_rate", Tag::Given, "the current rate, held")
        }
        (None, None) => {}
    }
    for at in 0..decision.roadmap.len() {
        provenance.note(
            format!("/roadmap/{at}/rate"),
            Tag::Assumed,
            "steps of at most a tenth a month",
        );
    }
    let mut points: Vec<String> =
        (0..decision.curve.len()).map(|at| format!("/curve/{at}")).collect();
    points.extend(decision.now.map(|_| "/expected_week/now".to_owned()));
    points.extend(decision.then.map(|_| "/expected_week/then".to_owned()));
    for point in points {
        for figure in ["rate", "win_chance", "hours", "income", "worth"] {
            provenance.note(format!("{point}/{figure}"), Tag::Assumed, beliefs);
        }
    }
    let inputs =
        [("profile_strength", &case.strength), ("rivals", &case.rivals), ("fit", &case.fit)];
    for (name, input) in inputs {
        provenance.note(format!("/rests_on/{name}"), input.tag, input.source.clone());
    }
    let hours = case.profile.availability_hours.as_ref();
    let (tag, source) = hours.map_or_else(
        || (Tag::Assumed, "what part-time freelancers offer".to_owned()),
        |hours| (Tag::Given, format!("profile {}", hours.pointer)),
    );
    provenance.note("/rests_on/hours_available", tag, source);
    provenance
}

#[cfg(test)]
mod tests;
