//! The negotiation advisor's answer: result, provenance, confidence, evidence and advice from a plan.

use serde_json::{Value, json};

use super::stand::{Sourced, Stand};
use super::tactic::{CLIENTS, Course, Experience};
use super::{Case, Plan};
use crate::freelance::beliefs::Beliefs;
use crate::freelance::blackboard;
use crate::freelance::conditions::PAYING_CLIENTS;
use crate::freelance::money::{amount, counted, percent};
use crate::freelance::standing::HOURS_UNKNOWN;
use crate::kernel::fixed::rounded;
use crate::mechanism::domain::{Cost, Finding, Scope, Work, WorkOrder};
use crate::model::figure::{Provenance, Tag};
use crate::model::recommendation::{Direction, Evidence, EvidenceKind, Recommendation, SafetyNet};

/// The surest this method can be: the other side has not spoken.
const CONFIDENCE_MAX: f64 = 0.85;
/// Share of the confidence left where there is nothing to stand on.
const NO_STAND_SHARE: f64 = 0.2;
/// Hours that preparing and holding a negotiation takes.
const TALK_HOURS: f64 = 2.0;
/// Chance that asking for more than was offered loses the job; assumed: few clients withdraw over a
/// first ask within reason.
const ASKING_RISK: f64 = 0.02;
/// Weeks over which a rate agreed on is weighed against all income: a quarter.
const WEEKS: f64 = 12.0;
/// Cost of a plan and of each client played against [milli-units].
const COST: (u64, u64) = (800, 1);

/// Writes the answer; without a plan, what is missing for one.
pub fn write(order: &WorkOrder<'_>, case: &Case<'_>, plan: Option<&Plan>) -> Work {
    let confidence = confidence(order, case, plan);
    let result = result(case, plan, confidence);
    let findings = plan.map(|_| {
        let part = |name: &str| result.get(name).cloned().unwrap_or_default();
        let fields =
            ["job_id", "currency", "reservation", "target", "opening", "zone", "walk_away"];
        Finding {
            key: "negotiation.plan".into(),
            category: "negotiation".into(),
            value: fields.iter().map(|name| ((*name).to_owned(), part(name))).collect(),
            scope: Scope::Task,
        }
    });
    Work {
        provenance: provenance(case, plan),
        confidence,
        evidence: evidence(order, case),
        recommendations: plan
            .map(|plan| recommendations(case, plan, confidence))
            .unwrap_or_default(),
        findings: findings.into_iter().collect(),
        broadcasts: Vec::new(),
        cost: Cost { milli_units: COST.0 + COST.1 * plan.map_or(0, |_| CLIENTS as u64), tokens: 0 },
        result,
    }
}

fn result(case: &Case<'_>, plan: Option<&Plan>, confidence: f64) -> Value {
    let stand = plan.map(|plan| &plan.stand);
    let figure = |of: fn(&Stand) -> &Sourced| stand.map(|stand| rounded(of(stand).value, 2));
    json!({
        "summary": summary(case, plan),
        "job_id": case.job.map(|job| job.id.as_str()),
        "title": case.job.map(|job| job.title.as_str()),
        "currency": case.figures.currency,
        "offered_rate": case.offer.hourly().map(|rate| rounded(rate, 2)),
        "reservation": figure(|stand| &stand.reservation),
        "target": figure(|stand| &stand.target),
        "opening": figure(|stand| &stand.opening),
        "zone": stand.map(zone),
        "batna": plan.and_then(|plan| batna(case, plan)),
        "tactic": plan.map(|plan| json!({
            "name": "time-dependent, polynomial",
            "rounds": plan.tactic.rounds,
            "beta": plan.tactic.beta,
            "kappa": plan.tactic.kappa,
        })),
        "asks": plan.map(asks),
        "offers": plan.and_then(|plan| plan.usual.as_ref()).map(offers),
        "expected_agreement": plan.and_then(|plan| plan.experience.as_ref()).map(|all| rounded(all.mean, 2)),
        "in_the_simulation": plan.and_then(|plan| plan.experience.as_ref()).map(simulated),
        "fixed_price": plan.and_then(|plan| fixed_price(case, plan)),
        "trades": plan.map(|plan| json!(plan.trades)).unwrap_or_else(|| json!([])),
        "walk_away": plan.map(|plan| walk_away(case, plan)),
        "unknown": unknown(case, plan),
        "confidence": confidence,
    })
}

fn summary(case: &Case<'_>, plan: Option<&Plan>) -> String {
    let Some(plan) = plan else {
        return "There is no rate to stand on, so there is no plan for a negotiation.".into();
    };
    let stand = &plan.stand;
    let (low, target) = (case.money(stand.reservation.value), case.money(stand.target.value));
    let about = case.job.map(|job| job.title.as_str()).filter(|title| !title.is_empty());
    let about = about.map(|title| format!(" for \u{201c}{title}\u{201d}")).unwrap_or_default();
    match (case.offer.hourly(), &stand.client_limit) {
        (_, Some(limit)) if limit.value < stand.reservation.value => format!(
            "No agreement on the rate is in sight{about}: they go to about {}, and below {low} an hour it is not worth it; trade scope or walk away.",
            case.money(limit.value)
        ),
        (Some(offered), _) if offered >= stand.target.value => format!(
            "The offer of {}{about} is at your target or above it: take it, and talk about terms.",
            case.money(offered)
        ),
        _ => format!(
            "Open at {}{about}, aim for {target}, and stop at {low} an hour.",
            case.money(stand.opening.value)
        ),
    }
}

/// Returns the zone of agreement: from the reservation to what the client is thought to pay.
fn zone(stand: &Stand) -> Value {
    let high = stand.client_limit.as_ref();
    json!({
        "low": rounded(stand.reservation.value, 2),
        "high": high.map(|limit| rounded(limit.value, 2)),
        "exists": high.map(|limit| limit.value >= stand.reservation.value),
        "high_from": high.map(|limit| limit.source.as_str()),
    })
}

fn batna(case: &Case<'_>, plan: &Plan) -> Option<Value> {
    let best = case.alternatives.first()?;
    Some(json!({
        "job_id": best.job_id,
        "title": best.title,
        "rate": rounded(best.rate, 2),
        "chance": rounded(best.chance, 4),
        "value": rounded(best.value(), 2),
        "others": case.alternatives.len() - 1,
        "value_with_others": rounded(plan.way_out, 2),
    }))
}

/// Returns what to ask in each round.
fn asks(plan: &Plan) -> Vec<Value> {
    let ask = |round: u32| json!({ "round": round + 1, "ask": plan.tactic.proposal(round) });
    (0..plan.tactic.rounds).map(ask).collect()
}

/// Returns the rounds against the client one would guess.
fn offers(course: &Course) -> Vec<Value> {
    let last = course.rounds.len();
    let entry = |(at, round): (usize, &super::tactic::Round)| {
        json!({
            "round": at + 1,
            "ask": round.ask,
            "client_offer": round.client,
            "agreed": course.agreed.filter(|_| at + 1 == last),
        })
    };
    course.rounds.iter().enumerate().map(entry).collect()
}

fn simulated(all: &Experience) -> Value {
    json!({
        "clients": CLIENTS,
        "agreed_share": rounded(all.agreed_share, 4),
        "agreed_low": rounded(all.low, 2),
        "agreed_high": rounded(all.high, 2),
        "rounds": rounded(all.rounds, 1),
    })
}

/// Returns how many hours a fixed price may take before it falls below target and reservation.
fn fixed_price(case: &Case<'_>, plan: &Plan) -> Option<Value> {
    let of_job = case.job.and_then(|job| job.pay.as_ref()).filter(|pay| pay.hourly().is_none());
    let offered = case.offer.price.as_ref().map(|price| price.value);
    let price = offered.or_else(|| of_job.and_then(|pay| pay.max.or(pay.min)))?;
    Some(json!({
        "price": rounded(price, 2),
        "hours_at_target": rounded(price / plan.stand.target.value, 1),
        "hours_at_reservation": rounded(price / plan.stand.reservation.value, 1),
    }))
}

fn walk_away(case: &Case<'_>, plan: &Plan) -> String {
    let low = case.money(plan.stand.reservation.value);
    let best = case.alternatives.first().map(|best| {
        format!(
            " The best alternative is \u{201c}{}\u{201d}: {} an hour at a chance of {}.",
            best.title,
            case.money(best.rate),
            percent(best.chance)
        )
    });
    format!(
        "Below {low} an hour, or after {} without a step from the client, decline kindly and leave the door open.{}",
        counted(plan.tactic.rounds as usize, "round"),
        best.unwrap_or_default()
    )
}

/// Says what is not known and what would let it be.
fn unknown(case: &Case<'_>, plan: Option<&Plan>) -> Vec<String> {
    let mut unknown = Vec::new();
    let mut note = |text: String| unknown.push(text);
    if case.job.is_none() && case.offer.hourly().is_none() && case.offer.price.is_none() {
        note("what is negotiated about: give an offer with its rate, or jobs".into());
    }
    if let Some(id) = case.offer.job_id.as_ref().filter(|_| case.job.is_none()) {
        note(format!("the job {:?}: it is not among the given jobs", id.value));
    }
    if plan.is_none() {
        note("the least acceptable rate: give hourly_rate, minimum_rate, or ask the pricing strategist".into());
    }
    if plan.is_some_and(|plan| case.offer.hourly().is_none() && !plan.stand.published) {
        note("what the client can pay: give the offered_rate, or the job's budget; else ask before naming a rate".into());
    }
    if case.offer.price.is_some() && case.offer.hours.is_none() {
        note("the rate that the price comes to: give the hours the work takes".into());
    }
    if case.alternatives.is_empty() {
        note("the way out: no other job is known; give the others you could have".into());
    }
    if case.figures.currency.is_none() {
        note("the currency: amounts are taken to be in the same one".into());
    }
    if !case.figures.foreign.is_empty() {
        let code = case.figures.currency.clone().unwrap_or_default();
        note(format!("in {code}: {}; give them in {code}", case.figures.foreign.join(", and ")));
    }
    if case.job.and_then(|job| job.pay.as_ref()).is_some_and(|pay| is_salary(pay.unit)) {
        note("what beside the salary is paid: as a freelancer, add what an employer would pay for you".into());
    }
    for fault in &case.offer.unread {
        note(fault.to_string());
    }
    unknown
}

fn is_salary(unit: crate::freelance::job::PayUnit) -> bool {
    use crate::freelance::job::PayUnit;
    matches!(unit, PayUnit::Month | PayUnit::Year)
}

/// Returns how sure the plan can be: the share of what it rests on that was there.
///
/// Weights: what the client offered or published 0.3, the current rate or a minimum 0.2, the rate
/// recommended 0.15, alternatives 0.2 (half of it with one, more with more) and a quarter of that less
/// where their chances are not analyzed, pay for such work 0.1, the currency 0.05.
fn confidence(order: &WorkOrder<'_>, case: &Case<'_>, plan: Option<&Plan>) -> f64 {
    let there = |is_there: bool, weight: f64| if is_there { weight } else { 0.0 };
    let said = case.offer.hourly().is_some() || plan.is_some_and(|plan| plan.stand.published);
    let others = case.alternatives.len() as f64;
    let analyzed = case.alternatives.iter().any(|one| one.analyzed);
    let present = there(said, 0.3)
        + there(case.figures.current.is_some() || case.offer.minimum.is_some(), 0.2)
        + there(blackboard::rate(order).is_some() && case.figures.recommended.is_some(), 0.15)
        + 0.2 * others / (others + 1.0) * if analyzed { 1.0 } else { 0.75 }
        + there(case.figures.pay.is_some(), 0.1)
        + there(case.figures.currency.is_some(), 0.05);
    let share = if plan.is_some() { 1.0 } else { NO_STAND_SHARE };
    rounded(CONFIDENCE_MAX * present * share, 4)
}

fn provenance(case: &Case<'_>, plan: Option<&Plan>) -> Provenance {
    let mut origin = Provenance::default();
    origin.note("/confidence", Tag::Assumed, "weights of what was there");
    if let Some(pointer) = case.offer.pointer() {
        let tag = if case.offer.rate.is_some() { Tag::Given } else { Tag::Derived };
        origin.note("/offered_rate", tag, pointer);
    }
    let Some(plan) = plan else { return origin };
    let stand = &plan.stand;
    let figures = [
        ("reservation", &stand.reservation),
        ("target", &stand.target),
        ("opening", &stand.opening),
    ];
    for (name, figure) in figures {
        origin.note(format!("/{name}"), figure.tag, figure.source.clone());
    }
    origin.note("/zone/low", stand.reservation.tag, stand.reservation.source.clone());
    if let Some(limit) = &stand.client_limit {
        origin.note("/zone/high", limit.tag, limit.source.clone());
    }
    if !case.alternatives.is_empty() {
        origin.note("/batna/rate", Tag::Derived, "the usual rate within what the job pays");
        origin.note("/batna/chance", Tag::Assumed, "competition.per_job, else the team's beliefs");
        origin.note("/batna/value", Tag::Assumed, "rate times chance");
        origin.note("/batna/value_with_others", Tag::Assumed, "chances taken as independent");
    }
    origin.note("/tactic", Tag::Assumed, "Faratin, Sierra, Jennings 1998");
    origin.note("/asks", Tag::Assumed, "from the opening to the reservation by the tactic");
    origin.note("/offers", Tag::Simulated, "a modelled client");
    origin.note("/expected_agreement", Tag::Simulated, "modelled clients");
    origin.note("/in_the_simulation", Tag::Simulated, "modelled clients");
    for at in 0..plan.trades.len() {
        origin.note(
            format!("/trades/{at}/worth_per_hour"),
            Tag::Assumed,
            "the constants named in because",
        );
    }
    if fixed_price(case, plan).is_some() {
        origin.note("/fixed_price", Tag::Derived, "the price over target and reservation");
    }
    origin
}

fn evidence(order: &WorkOrder<'_>, case: &Case<'_>) -> Vec<Evidence> {
    let of = |kind, at: &str, tag| Evidence { kind, at: at.to_owned(), tag };
    let mut all: Vec<Evidence> = Vec::new();
    let offered = case.offer.pointer();
    let minimum = case.offer.minimum.as_ref().map(|at| at.pointer.as_str());
    let hours = case.offer.hours.as_ref().map(|at| at.pointer.as_str());
    let current = case.profile.hourly_rate.as_ref().map(|at| at.pointer.as_str());
    let current = current.filter(|_| case.figures.current.is_some());
    let fields = [offered, minimum, hours, current].into_iter().flatten();
    all.extend(fields.map(|at| of(EvidenceKind::Field, at, Tag::Given)));
    let jobs = case.job.map(|job| job.id.as_str()).into_iter();
    let jobs = jobs.chain(case.alternatives.iter().map(|one| one.job_id.as_str()));
    all.extend(jobs.map(|id| of(EvidenceKind::Job, id, Tag::Given)));
    let analyzed = case.alternatives.iter().any(|one| one.analyzed);
    let known = [
        (case.figures.recommended.is_some(), "pricing.rate"),
        (analyzed, "competition.per_job"),
        (blackboard::ranked_jobs(order).is_some(), "jobs.ranked"),
    ];
    let read = known.iter().filter(|(there, _)| *there);
    all.extend(read.map(|(_, key)| of(EvidenceKind::Knowledge, key, Tag::Assumed)));
    all.extend(case.figures.pay.iter().map(|row| of(EvidenceKind::Market, &row.name, row.tag)));
    all
}

/// Advises how to open and what to trade; where the zone is empty, only to trade.
fn recommendations(case: &Case<'_>, plan: &Plan, confidence: f64) -> Vec<Recommendation> {
    let stand = &plan.stand;
    let open =
        stand.client_limit.as_ref().is_none_or(|limit| limit.value >= stand.reservation.value);
    let asked = case.offer.hourly().unwrap_or(stand.reservation.value);
    let mut all = Vec::new();
    if open && stand.opening.value > asked {
        all.push(opening(case, plan, asked, confidence));
    }
    if let Some(best) = plan.trades.first() {
        let base = advice("trade_before_rate", confidence);
        all.push(Recommendation {
            title: "Trade before you lower the rate".into(),
            detail: format!("Give {} for {}: {}.", best.give, best.get, best.because),
            size: rounded(best.worth_per_hour / stand.target.value * 100.0, 1),
            ..base
        });
    }
    for one in &mut all {
        one.evidence.extend(case.job.map(|job| Evidence {
            kind: EvidenceKind::Job,
            at: job.id.clone(),
            tag: Tag::Given,
        }));
    }
    all
}

fn opening(case: &Case<'_>, plan: &Plan, asked: f64, confidence: f64) -> Recommendation {
    let stand = &plan.stand;
    let high = stand.client_limit.as_ref().map_or(stand.target.value, |limit| limit.value);
    let middle = (stand.target.value.min(high) + asked) / 2.0;
    let hours =
        case.offer.hours.as_ref().map_or(Beliefs::default().hours_per_job, |hours| hours.value);
    let for_sale =
        case.profile.availability_hours.as_ref().map_or(HOURS_UNKNOWN, |hours| hours.value);
    let share = (hours / (WEEKS * for_sale).max(1.0)).min(1.0);
    let pays = stand.client_limit.as_ref().is_some_and(|limit| limit.value >= stand.target.value);
    let base = advice("open_negotiation", confidence);
    Recommendation {
        title: format!("Open at {} an hour", case.money(stand.opening.value)),
        detail: format!(
            "Aim for {}, stop at {}; give in late (beta {}), over {}.",
            case.money(stand.target.value),
            case.money(stand.reservation.value),
            amount(plan.tactic.beta, 2),
            counted(plan.tactic.rounds as usize, "round")
        ),
        size: rounded((stand.opening.value / asked - 1.0) * 100.0, 1),
        provides: if pays { vec![PAYING_CLIENTS.into()] } else { Vec::new() },
        effort_hours: TALK_HOURS,
        risk: ASKING_RISK,
        // Half of the way to the target, for the share of the quarter that this job is.
        gain: rounded((middle / asked - 1.0).max(0.0) * share, 4),
        safety: Some(SafetyNet {
            test: "ask what budget they have before naming a rate".into(),
            watch: "whether their offers move from round to round".into(),
            step_back: walk_away(case, plan),
        }),
        ..base
    }
}

/// Makes an advice on this one job: it moves no rate but the one agreed on here.
fn advice(id: &str, confidence: f64) -> Recommendation {
    Recommendation {
        id: id.into(),
        lever: "rate".into(),
        title: String::new(),
        detail: String::new(),
        direction: Direction::Change,
        size: 0.0,
        unit: "percent of this job's rate".into(),
        needs: Vec::new(),
        after: Vec::new(),
        provides: Vec::new(),
        effort_hours: 0.0,
        risk: 0.0,
        confidence,
        gain: 0.0,
        evidence: Vec::new(),
        safety: None,
    }
}
