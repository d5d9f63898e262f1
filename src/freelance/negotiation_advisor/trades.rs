//! What can be given and taken beside the rate: scope, commitment, payment terms, proof.

use serde::Serialize;

use super::Case;
use super::stand::Stand;
use crate::freelance::beliefs::Beliefs;
use crate::freelance::conditions::PROOF_PIECES;
use crate::freelance::money::{amount, money, percent};
use crate::freelance::standing::{self, Known};
use crate::kernel::fixed::rounded;
use crate::model::recommendation::{Direction, Recommendation};

/// Hours that reading a posting, writing a proposal and a call take; assumed.
pub const HOURS_A_PROPOSAL: f64 = 1.5;
/// The most that a trade is given for, as a share of the rate; assumed: beyond it, it is the rate.
pub const TRADE_MAX: f64 = 0.1;
/// What money that comes later costs a year; assumed: a credit line.
pub const CREDIT_A_YEAR: f64 = 0.1;
/// Days to payment where nobody said; assumed: the usual month.
pub const PAYMENT_DAYS_UNKNOWN: f64 = 30.0;
/// Chance that an invoice stays unpaid: of a client whose payment is verified, of another; assumed.
pub const UNPAID: (f64, f64) = (0.005, 0.03);
/// Share of the risk that payment by milestones takes away: only the last is at stake; assumed.
pub const MILESTONES_HELP: f64 = 0.75;
/// Weeks in which a piece shown helps to win work; assumed: a quarter.
pub const PROOF_WEEKS: f64 = 12.0;
/// Trades below this share of the rate are not worth a sentence.
const WORTH_MIN: f64 = 0.005;

/// One trade.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Trade {
    /// `scope`, `commitment`, `payment` or `proof`.
    pub lever: &'static str,
    /// What the freelancer gives.
    pub give: String,
    /// What the freelancer gets.
    pub get: String,
    /// What it is worth to the freelancer an hour, in the offer's currency.
    pub worth_per_hour: f64,
    /// How that was found.
    pub because: String,
}

/// Lists the trades, the most valuable first.
pub fn trades(case: &Case<'_>, stand: &Stand) -> Vec<Trade> {
    let found =
        [scope(case, stand), commitment(case, stand), payment(case, stand), proof(case, stand)];
    let mut all: Vec<Trade> = found.into_iter().flatten().collect();
    all.retain(|trade| trade.worth_per_hour >= stand.target.value * WORTH_MIN);
    all.sort_by(|a, b| b.worth_per_hour.total_cmp(&a.worth_per_hour).then(a.lever.cmp(b.lever)));
    all
}

/// Less work instead of a lower rate: the share of the scope that the offer buys at the target.
fn scope(case: &Case<'_>, stand: &Stand) -> Option<Trade> {
    let published =
        || stand.client_limit.as_ref().filter(|_| stand.published).map(|limit| limit.value);
    let reach = case.offer.hourly().or_else(published)?;
    (reach < stand.target.value).then_some(())?;
    let cut = 1.0 - reach / stand.target.value;
    let hours = case.offer.hours.as_ref().map(|hours| {
        format!(", {} of {} hours", amount(hours.value * (1.0 - cut), 0), amount(hours.value, 0))
    });
    Some(Trade {
        lever: "scope",
        give: format!("the same total for {} of the work{}", percent(1.0 - cut), hours.unwrap_or_default()),
        get: format!("{} an hour instead of {}", case.money(stand.target.value), case.money(reach)),
        worth_per_hour: rounded(stand.target.value - reach, 2),
        because: "a budget buys fewer hours at the target, and the rate stays what it is for the next job".into(),
    })
}

/// A longer commitment for a lower rate: the hours of finding the next job that it saves.
fn commitment(case: &Case<'_>, stand: &Stand) -> Option<Trade> {
    let beliefs = Beliefs::default();
    let hours = case.offer.hours.as_ref().map_or(beliefs.hours_per_job, |hours| hours.value);
    let chance = case.mean_chance().unwrap_or_else(|| beliefs.win_chance(&beliefs.rival));
    let search = HOURS_A_PROPOSAL / chance.max(0.01);
    let worth = (search / (2.0 * hours + search)).min(TRADE_MAX);
    Some(Trade {
        lever: "commitment",
        give: format!("up to {} off the rate", percent(worth)),
        get: format!(
            "a commitment to {} hours instead of {}",
            amount(2.0 * hours, 0),
            amount(hours, 0)
        ),
        worth_per_hour: rounded(stand.target.value * worth, 2),
        because: format!(
            "a job takes about {} hours of proposals to win, at {HOURS_A_PROPOSAL} hours each and a chance of {}",
            amount(search, 0),
            percent(chance)
        ),
    })
}

/// Payment by milestones or ahead: what waiting and not being paid cost.
fn payment(case: &Case<'_>, stand: &Stand) -> Option<Trade> {
    let days = case.offer.payment_days.as_ref().map_or(PAYMENT_DAYS_UNKNOWN, |days| days.value);
    let verified = case.offer.verified.or_else(|| case.job.and_then(|job| job.client.verified));
    let unpaid = if verified == Some(true) { UNPAID.0 } else { UNPAID.1 };
    let worth = days / 365.0 * CREDIT_A_YEAR + unpaid * MILESTONES_HELP;
    let client = match verified {
        Some(true) => "a client whose payment is verified",
        Some(false) => "a client whose payment is not verified",
        None => "a client of whom it is not known that they pay",
    };
    Some(Trade {
        lever: "payment",
        give: format!("up to {} off the rate", tenths(worth)),
        get: "milestones of at most two weeks, paid on delivery or held in escrow".into(),
        worth_per_hour: rounded(stand.target.value * worth, 2),
        because: format!(
            "{} days of waiting at {} a year, and a risk of {} with {client}",
            amount(days, 0),
            percent(CREDIT_A_YEAR),
            tenths(unpaid)
        ),
    })
}

/// A piece that may be shown, where the portfolio has room for one: what it adds to the chance to win.
fn proof(case: &Case<'_>, stand: &Stand) -> Option<Trade> {
    (case.profile.portfolio.len() < PROOF_PIECES).then_some(())?;
    let beliefs = Beliefs::default();
    let known = Known { pay: case.figures.pay.as_ref(), ..Known::default() };
    let standing = standing::standing(&beliefs, case.profile, case.jobs, &known);
    let hours = case.offer.hours.as_ref().map_or(beliefs.hours_per_job, |hours| hours.value);
    let gain = beliefs.gain(&standing, &[(&piece(), 1.0)]).max(0.0);
    let worth = (gain * PROOF_WEEKS * standing.hours / hours).min(TRADE_MAX);
    Some(Trade {
        lever: "proof",
        give: format!("up to {} off the rate", tenths(worth)),
        get: "the right to show the work, with its result and a review".into(),
        worth_per_hour: rounded(stand.target.value * worth, 2),
        because: format!(
            "a piece more in a portfolio of {} raises expected income by {} over {PROOF_WEEKS} weeks, by the team's beliefs",
            case.profile.portfolio.len(),
            tenths(gain)
        ),
    })
}

/// Makes the step that the beliefs know as one more portfolio piece.
fn piece() -> Recommendation {
    Recommendation {
        id: "show_this_job".into(),
        lever: "portfolio".into(),
        title: String::new(),
        detail: String::new(),
        direction: Direction::Up,
        size: 1.0,
        unit: "items".into(),
        needs: Vec::new(),
        after: Vec::new(),
        provides: Vec::new(),
        effort_hours: 0.0,
        risk: 0.0,
        confidence: 0.0,
        gain: 0.0,
        evidence: Vec::new(),
        safety: None,
    }
}

/// Writes a small share with a decimal.
fn tenths(share: f64) -> String {
    format!("{} %", amount(share * 100.0, 1))
}

impl Case<'_> {
    /// Writes an amount in the offer's currency.
    pub fn money(&self, value: f64) -> String {
        money(value, self.figures.currency.as_deref().unwrap_or_default())
    }
}
