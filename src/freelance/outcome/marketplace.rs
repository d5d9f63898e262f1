//! The environment's marketplace: its truth, which differs from the team's beliefs, and its draws.

use serde_json::Value;

use super::{Planned, median};
use crate::freelance::beliefs::{Beliefs, Bid, Standing};
use crate::freelance::merge::team::of_role;
use crate::freelance::standing::HOURS_UNKNOWN;
use crate::kernel::draw::Draw;
use crate::mechanism::domain::{Luck, Trial};
use crate::model::recommendation::Recommendation;

/// What is true in the environment; no agent may read it. Every figure is simulated.
#[derive(Clone, Debug, PartialEq)]
pub struct Truth {
    /// How clients weigh bids and how steps move a standing: the form of the beliefs, other figures.
    pub picture: Beliefs,
    /// Weeks that are played: half a year.
    pub weeks: u32,
    /// Standard deviation of what a client sees in a bid beyond its terms, in units of utility.
    pub taste: f64,
    /// Standard deviation of how much a job's requirements differ from the usual, in units of fit.
    pub fit_spread: f64,
    /// Weeks a client takes from posting to the beginning of work.
    pub hiring_weeks: u32,
}

impl Truth {
    /// Reads the environment's parameters over the defaults; what is no number of sense stays default.
    ///
    /// Clients in it look more at price and less at fit and proposals than the team believes, rivals
    /// are more, jobs shorter and openings fewer; a strong profile is worth a little more.
    pub fn of(parameters: &Value) -> Truth {
        let figure = |name: &str, default: f64, least: f64, most: f64| {
            let given = parameters.get(name).and_then(Value::as_f64);
            given.filter(|value| (least..=most).contains(value)).unwrap_or(default)
        };
        let believed = Beliefs::default();
        let rival = Bid { fit: 0.62, strength: 0.52, ..believed.rival };
        let picture = Beliefs {
            fit_weight: figure("fit_weight", 2.6, 0.0, 20.0),
            price_weight: figure("price_weight", 1.1, 0.0, 20.0),
            strength_weight: figure("strength_weight", 2.2, 0.0, 20.0),
            proposal_weight: figure("proposal_weight", 1.2, 0.0, 20.0),
            no_hire: figure("no_hire", 2.0, 0.0, 100.0),
            openings_per_week: figure("openings_per_week", 5.5, 0.0, 50.0),
            hours_per_job: figure("hours_per_job", 36.0, 1.0, 400.0),
            rivals_unknown: figure("rivals", 13.0, 0.0, 60.0),
            pay_spread: figure("pay_spread", 0.42, 0.05, 2.0),
            strength_premium: figure("strength_premium", 0.8, 0.0, 5.0),
            points_per_piece: figure("points_per_piece", 2.2, 0.0, 20.0),
            rival,
            ..believed
        };
        Truth {
            picture,
            weeks: figure("weeks", 26.0, 1.0, 260.0) as u32,
            taste: figure("taste", 0.8, 0.0, 5.0),
            fit_spread: figure("fit_spread", 0.1, 0.0, 1.0),
            hiring_weeks: figure("hiring_weeks", 1.0, 0.0, 26.0) as u32,
        }
    }
}

/// One posting, the same whatever the freelancer does.
#[derive(Clone, Debug, PartialEq)]
pub struct Job {
    /// The week of its posting, from 0.
    pub week: u32,
    /// Its budget over the market median.
    pub budget: f64,
    /// How much easier than usual its requirements are to meet, in units of fit.
    pub ease: f64,
    /// Hours of work it brings.
    pub hours: f64,
    /// The weight of each rival's bid in the client's eyes, and of hiring nobody, added up.
    pub against: f64,
    /// What the client sees in the freelancer beyond the terms, in units of utility.
    pub taste: f64,
    /// Decides: the bid wins if its chance is above it.
    pub luck: f64,
}

/// The most postings a week that are played.
const JOBS_A_WEEK_MAX: u64 = 100;
/// The most rivals on a posting that are played.
const RIVALS_MAX: u64 = 200;
/// Standard deviation of a rival's fit, strength and proposal.
const RIVAL_SPREAD: f64 = 0.15;

/// Draws all postings of the weeks: Poisson arrivals, log-normal budgets, Poisson rivals.
pub fn jobs(truth: &Truth, luck: &Luck<'_>) -> Vec<Job> {
    let mut draw = luck.draw("freelance.outcome");
    let mut jobs = Vec::new();
    for week in 0..truth.weeks {
        let arrivals = draw.poisson(truth.picture.openings_per_week).min(JOBS_A_WEEK_MAX);
        jobs.extend((0..arrivals).map(|_| job(truth, week, &mut draw)));
    }
    jobs
}

fn job(truth: &Truth, week: u32, draw: &mut Draw) -> Job {
    let picture = &truth.picture;
    let rivals = draw.poisson(picture.rivals_unknown).min(RIVALS_MAX);
    let weight = |draw: &mut Draw| {
        let mut around = |middle: f64| middle + RIVAL_SPREAD * draw.normal();
        let bid = Bid {
            fit: around(picture.rival.fit),
            strength: around(picture.rival.strength),
            proposal_quality: around(picture.rival.proposal_quality),
            price_ratio: libm::exp(picture.pay_spread * draw.normal() * 0.5),
            rivals: 0.0,
        };
        libm::exp(picture.utility(&bid) + truth.taste * draw.normal())
    };
    let rivals_weight: f64 = (0..rivals).map(|_| weight(draw)).sum();
    Job {
        week,
        budget: libm::exp(picture.pay_spread * draw.normal()),
        ease: truth.fit_spread * draw.normal(),
        hours: picture.hours_per_job * (0.5 + draw.unit()),
        against: rivals_weight + picture.no_hire * libm::exp(picture.utility(&picture.rival)),
        taste: truth.taste * draw.normal(),
        luck: draw.unit(),
    }
}

/// The freelancer as the environment sees them at the start.
pub struct Seller {
    /// Where they stand.
    pub standing: Standing,
}

impl Seller {
    /// Reads the freelancer from what the team found, in the environment's eyes; what the team did not
    /// find is usual.
    pub fn of(trial: &Trial<'_>, truth: &Truth) -> Seller {
        let result = |role: &str| {
            of_role(trial.contributions, role).and_then(|one| one.work).map(|work| &work.result)
        };
        let number = |role: &str, pointer: &str| result(role)?.pointer(pointer)?.as_f64();
        let usual = truth.picture.rival;
        let rate = number("pricing_strategist", "/current_rate");
        let ratio = rate.zip(median(trial)).map(|(rate, median)| rate / median);
        let strength =
            number("profile_optimizer", "/profile_strength_score").map(|score| score / 100.0);
        let price_ratio = ratio.filter(|ratio| *ratio > 0.0).unwrap_or(1.0);
        Seller {
            standing: Standing {
                reserve: truth.picture.reserve_at(price_ratio),
                bid: Bid {
                    fit: number("pricing_strategist", "/rests_on/fit").unwrap_or(usual.fit),
                    price_ratio,
                    strength: strength.unwrap_or(usual.strength),
                    proposal_quality: usual.proposal_quality,
                    rivals: 0.0,
                },
                hours: number("pricing_strategist", "/rests_on/hours_available")
                    .unwrap_or(HOURS_UNKNOWN),
                pay_spread: truth.picture.pay_spread,
            },
        }
    }
}

/// Plays the weeks and returns the income, in median hourly rates; hours left over count at their
/// reservation value.
///
/// A step moves the standing from the week after the one in which it is done. A job is bid on if its
/// budget reaches the rate; a won job fills the hours of the weeks from its beginning on.
pub fn income(truth: &Truth, seller: &Seller, jobs: &[Job], plan: &[Planned<'_>]) -> f64 {
    let mut booked = vec![0.0; truth.weeks as usize];
    let mut earned = vec![0.0; truth.weeks as usize];
    let hours = seller.standing.hours.max(0.0);
    for job in jobs {
        let standing = standing_in(truth, seller, plan, job.week);
        if wins(truth, &standing, job) {
            let first = job.week.saturating_add(truth.hiring_weeks) as usize;
            book(job.hours, hours, standing.bid.price_ratio, first, &mut booked, &mut earned);
        }
    }
    let idle: f64 = booked.iter().map(|booked| (hours - booked).max(0.0)).sum();
    earned.iter().sum::<f64>() + idle * seller.standing.reserve
}

fn standing_in(truth: &Truth, seller: &Seller, plan: &[Planned<'_>], week: u32) -> Standing {
    let done: Vec<(&Recommendation, f64)> = plan
        .iter()
        .filter(|step| step.week <= f64::from(week))
        .map(|step| (step.advice, step.share))
        .collect();
    truth.picture.after(&seller.standing, &done)
}

/// Says whether the client of a job takes the freelancer's bid.
fn wins(truth: &Truth, standing: &Standing, job: &Job) -> bool {
    let picture = &truth.picture;
    if job.budget * picture.premium(standing) < standing.bid.price_ratio {
        return false;
    }
    let bid = Bid { fit: standing.bid.fit + job.ease, ..standing.bid };
    let weight = libm::exp(picture.utility(&bid) + job.taste);
    job.luck < weight / (weight + job.against)
}

/// Fills the free hours of the weeks from the first one on.
fn book(
    hours: f64,
    available: f64,
    rate: f64,
    first: usize,
    booked: &mut [f64],
    earned: &mut [f64],
) {
    let mut left = hours;
    for (booked, earned) in booked.iter_mut().zip(earned.iter_mut()).skip(first) {
        let taken = left.min(available - *booked).max(0.0);
        *booked += taken;
        *earned += taken * rate;
        left -= taken;
    }
}
