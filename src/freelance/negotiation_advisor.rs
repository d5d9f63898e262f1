//! The negotiation advisor: where to stand, what to ask in which round, what to trade, when to walk away.

pub mod offer;
pub mod stand;
pub mod tactic;
pub mod trades;

mod report;

use super::blackboard;
use super::job::{Job, read_jobs};
use super::job_matcher::shortlist;
use super::market::PayQuery;
use super::pricing_strategist::curve::quote_step;
use super::profile::Profile;
use super::skill::Skill;
use super::standing;
use crate::kernel::fixed::rounded;
use crate::mechanism::domain::{Work, WorkFailure, WorkOrder};
use offer::Offer;
use stand::{Alternative, Figures, Stand};
use tactic::{Course, Experience, Outlook, Tactic};
use trades::Trade;

/// Rounds in which the freelancer goes from the first ask to the reservation; assumed: more tires both.
pub const ROUNDS: u32 = 5;
/// How late the freelancer gives in: with an alternative as good as the target, and with none; assumed,
/// both Boulware.
pub const BETA: (f64, f64) = (0.3, 0.8);

/// What is negotiated about, with all that is known.
pub struct Case<'a> {
    profile: &'a Profile,
    jobs: &'a [Job],
    job: Option<&'a Job>,
    offer: &'a Offer,
    figures: Figures,
    alternatives: Vec<Alternative>,
}

/// The plan for the talk.
struct Plan {
    stand: Stand,
    /// What the alternatives are worth together.
    way_out: f64,
    tactic: Tactic,
    trades: Vec<Trade>,
    /// Against the client one would guess; none where nothing tells of the client.
    usual: Option<Course>,
    experience: Option<Experience>,
}

/// Plans the negotiation of an order.
pub fn work(order: &WorkOrder<'_>) -> Result<Work, WorkFailure> {
    let profile = Profile::read(order.input, order.as_of);
    let jobs = read_jobs(order.input, order.marketplace);
    let offer = Offer::read(order.input);
    let ranked: Vec<&Job> =
        shortlist(order, &profile, &jobs).jobs.into_iter().map(|(_, job)| job).collect();
    let job = in_question(&offer, &jobs, &ranked);
    let rate = blackboard::rate(order);
    let pay = pay_of(order, &profile, job);
    let figures = Figures::gather(&profile, job, &offer, rate.as_ref(), pay);
    let others: Vec<&Job> =
        ranked.into_iter().filter(|other| job.is_none_or(|job| job.id != other.id)).collect();
    let alternatives = stand::alternatives(order, &profile, &figures, &others);
    let case = Case { profile: &profile, jobs: &jobs, job, offer: &offer, figures, alternatives };
    let plan = Plan::make(&case, order);
    Ok(report::write(order, &case, plan.as_ref()))
}

/// Finds the job in question: the one the offer holds or names, else, without an offer, the best ranked.
fn in_question<'a>(offer: &'a Offer, jobs: &'a [Job], ranked: &[&'a Job]) -> Option<&'a Job> {
    let named = offer.job_id.as_ref().and_then(|id| jobs.iter().find(|job| job.id == id.value));
    let best =
        || ranked.first().copied().filter(|_| offer.hourly().is_none() && offer.price.is_none());
    offer.job.as_ref().or(named).or_else(best)
}

/// Returns what work like the job in question pays where it is done; without a job, work like the profile's.
fn pay_of(
    order: &WorkOrder<'_>,
    profile: &Profile,
    job: Option<&Job>,
) -> Option<super::market::PayRow> {
    let market = standing::market_of(order.input, order.market);
    let of_profile = standing::pay_of(&market, profile);
    let Some(job) = job else { return of_profile };
    let skills: Vec<&Skill> = job.skills.iter().map(|skill| &skill.value).collect();
    let own_country = profile.country.as_ref().map(|country| country.value.as_str());
    let query = PayQuery {
        skills: &skills,
        title: &job.title,
        years: profile.experience_years.as_ref().map(|years| years.value),
        country: job.country.as_deref().or(own_country),
    };
    market.pay(&query).or(of_profile)
}

impl Case<'_> {
    /// Returns the mean chance to win the alternatives.
    fn mean_chance(&self) -> Option<f64> {
        let count = self.alternatives.len();
        let sum: f64 = self.alternatives.iter().map(|one| one.chance).sum();
        (count > 0).then(|| sum / count as f64)
    }
}

impl Plan {
    /// Makes the plan; none where no rate is known to stand on.
    ///
    /// The tactic holds out the longer the better the alternatives are: β falls from the second of
    /// `BETA` to the first as they come up to the target.
    fn make(case: &Case<'_>, order: &WorkOrder<'_>) -> Option<Plan> {
        let way_out = stand::worth_of_all(&case.alternatives);
        let stand = Stand::take(&case.figures, case.job, case.offer, way_out)?;
        let ease = (way_out / stand.target.value).clamp(0.0, 1.0);
        let beta = BETA.1 - (BETA.1 - BETA.0) * ease;
        let step = quote_step(stand.target.value);
        let tactic = Tactic {
            first: stand.opening.value,
            limit: stand.last_ask,
            rounds: ROUNDS,
            kappa: 0.0,
            beta: rounded(beta, 2),
            step,
        };
        let outlook = stand.client_limit.as_ref().map(|limit| Outlook {
            offered: case.offer.hourly(),
            limit: limit.value,
            spread: stand.limit_spread,
            step,
        });
        let usual = outlook.map(|outlook| tactic::play(&tactic, &tactic::usual_client(&outlook)));
        let mut luck = order.luck.draw("negotiation.clients");
        let experience =
            outlook.and_then(|outlook| tactic::experience(&tactic, &outlook, &mut luck));
        let trades = trades::trades(case, &stand);
        Some(Plan { stand, way_out, tactic, trades, usual, experience })
    }
}

#[cfg(test)]
mod tests;
