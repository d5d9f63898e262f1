//! Where the freelancer stands: the least acceptable rate, the target, the first ask, and the way out.

use crate::freelance::beliefs::{Beliefs, Bid};
use crate::freelance::blackboard::{self, KnownRate};
use crate::freelance::coverage::coverage;
use crate::freelance::job::Job;
use crate::freelance::market::PayRow;
use crate::freelance::pricing_strategist::curve::quote_step;
use crate::freelance::profile::Profile;
use crate::freelance::standing;
use crate::kernel::fixed::rounded;
use crate::mechanism::domain::WorkOrder;
use crate::model::figure::Tag;

use super::offer::Offer;
use super::tactic::{SPREAD_OFFERED, SPREAD_PUBLISHED};

/// Share of the current rate below which no job is taken; assumed: a lower price is remembered, and a
/// tenth is what a good job may be worth beside money.
pub const FLOOR_SHARE: f64 = 0.9;
/// How far the first ask may lie above the target; assumed: more is taken for another league.
pub const OPENING_MAX: f64 = 1.25;
/// How far it lies above at least, so that there is something to give.
pub const OPENING_MIN: f64 = 1.05;
/// How far it may lie above a budget that the client published; assumed.
pub const OVER_BUDGET: f64 = 1.1;
/// How far a client who has offered may go beyond; assumed: first offers leave room.
pub const HEADROOM: f64 = 1.15;
/// Other jobs that count as a way out at most: nobody follows more at once.
pub const ALTERNATIVES_MAX: usize = 5;

/// A figure with where it comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct Sourced {
    /// The figure.
    pub value: f64,
    /// Its tag.
    pub tag: Tag,
    /// In words, or where it stands.
    pub source: String,
}

impl Sourced {
    fn new(value: f64, tag: Tag, source: impl Into<String>) -> Sourced {
        Sourced { value, tag, source: source.into() }
    }
}

/// Another job one could have instead.
#[derive(Clone, Debug, PartialEq)]
pub struct Alternative {
    /// The job.
    pub job_id: String,
    /// Its title.
    pub title: String,
    /// What it would pay an hour.
    pub rate: f64,
    /// The chance to win it.
    pub chance: f64,
    /// Whether the chance comes from the competition analyzer.
    pub analyzed: bool,
}

impl Alternative {
    /// Returns what it is worth an hour: its rate times its chance.
    pub fn value(&self) -> f64 {
        self.rate * self.chance
    }
}

/// The figures of the offer's currency.
#[derive(Clone, Debug, PartialEq)]
pub struct Figures {
    /// ISO 4217 code, where one is known.
    pub currency: Option<String>,
    /// The rate now.
    pub current: Option<f64>,
    /// What the pricing strategist recommends.
    pub recommended: Option<f64>,
    /// What the pricing strategist finds an hour worth at least.
    pub kept_hour: Option<f64>,
    /// Pay for such work.
    pub pay: Option<PayRow>,
    /// What was left out because it is in another currency, in words.
    pub foreign: Vec<String>,
}

impl Figures {
    /// Gathers what is in the currency of the offer, else of the job, else of the profile.
    pub fn gather(
        profile: &Profile,
        job: Option<&Job>,
        offer: &Offer,
        rate: Option<&KnownRate>,
        pay: Option<PayRow>,
    ) -> Figures {
        let of_job = job.and_then(|job| job.pay.as_ref()?.currency.clone());
        let own = profile.currency.as_ref().map(|at| at.value.clone());
        let known = rate.and_then(|rate| rate.currency.clone());
        let offered = offer.currency.as_ref().map(|at| at.value.clone());
        let currency = offered.or(of_job).or_else(|| own.clone()).or(known);
        let mut foreign = Vec::new();
        let mut same = |what: &str, code: Option<&String>| {
            let same = code.is_none() || currency.is_none() || code == currency.as_ref();
            if let Some(code) = code.filter(|_| !same) {
                foreign.push(format!("{what}, which is in {code}"));
            }
            same
        };
        let current = profile.hourly_rate.as_ref().map(|at| at.value).filter(|rate| *rate > 0.0);
        let current = current.filter(|_| same("the current rate", own.as_ref()));
        let rate = rate
            .filter(|rate| same("the recommended rate", rate.currency.as_ref().or(own.as_ref())));
        let pay = pay.filter(|pay| same("the pay table", Some(&pay.currency)));
        Figures {
            current,
            recommended: rate.map(|rate| rate.recommended),
            kept_hour: rate.and_then(|rate| rate.reservation),
            pay,
            currency,
            foreign,
        }
    }

    fn quantile(&self, at: usize) -> Option<f64> {
        self.pay.as_ref()?.quantiles.get(at).copied().filter(|rate| *rate > 0.0)
    }

    /// Returns the rate one would ask before looking at a job.
    fn usual(&self) -> Option<Sourced> {
        let recommended =
            self.recommended.map(|rate| Sourced::new(rate, Tag::Assumed, "pricing.rate"));
        let current = self.current.map(|rate| Sourced::new(rate, Tag::Given, "the current rate"));
        let median = || {
            Some(Sourced::new(self.quantile(2)?, self.pay.as_ref()?.tag, "the median of such work"))
        };
        recommended.or(current).or_else(median)
    }
}

/// Where one stands before the first word.
#[derive(Clone, Debug, PartialEq)]
pub struct Stand {
    /// The least acceptable rate.
    pub reservation: Sourced,
    /// The rate one hopes for.
    pub target: Sourced,
    /// The first ask.
    pub opening: Sourced,
    /// The last ask: the reservation, and nothing below what the client offered or published at least.
    pub last_ask: f64,
    /// The most the client is thought to pay; none where nothing tells.
    pub client_limit: Option<Sourced>,
    /// Standard deviation of the logarithm of the client's true limit around that.
    pub limit_spread: f64,
    /// Whether the limit is one the client published.
    pub published: bool,
}

impl Stand {
    /// Takes a stand; none where no rate is known to stand on.
    ///
    /// - Reservation: the stated minimum, else `FLOOR_SHARE` of the current rate, else what an hour is
    ///   worth kept, else the 25th percentile of such work; never below what the alternatives are worth.
    /// - Target: the recommended rate, else the current one, else the median of such work; within what
    ///   the client published, or, where they only offered, between the offer and `HEADROOM` above it;
    ///   at least the reservation.
    /// - Opening: as far above the target as the reservation is below it, so that the target is the
    ///   middle of what is asked, within `OPENING_MIN` and `OPENING_MAX` of it and `OVER_BUDGET` of a
    ///   published budget.
    pub fn take(
        figures: &Figures,
        job: Option<&Job>,
        offer: &Offer,
        alternatives: f64,
    ) -> Option<Stand> {
        let offered = offer.hourly();
        let published = published(job, figures.currency.as_ref(), offer);
        let most = published.and_then(|(_, most)| most);
        let client_limit = limit(most, offered, offer, job, figures);
        let usual = figures.usual();
        let floor = floor(figures, offer).or_else(|| usual.clone())?;
        let reservation = if alternatives > floor.value {
            Sourced::new(alternatives, Tag::Assumed, "what the alternatives are worth")
        } else {
            floor
        };
        let mut target = usual.unwrap_or_else(|| reservation.clone());
        if let Some(limit) = client_limit.as_ref().filter(|_| most.is_some() || offered.is_some())
            && limit.value < target.value
        {
            target = Sourced::new(limit.value, limit.tag.max(Tag::Derived), limit.source.clone());
        }
        let least = published.map_or(0.0, |(least, _)| least).max(offered.unwrap_or(0.0));
        if least > target.value {
            target =
                Sourced::new(least, Tag::Derived, "what the client offers or published at least");
        }
        if reservation.value > target.value {
            target = reservation.clone();
        }
        let opening = opening(reservation.value, target.value, most);
        let limit_spread = match (most, offered, &figures.pay) {
            (Some(_), ..) => SPREAD_PUBLISHED,
            (None, None, Some(pay)) => standing::spread(pay),
            _ => SPREAD_OFFERED,
        };
        let last_ask = reservation.value.max(least).min(opening.value);
        let published = most.is_some();
        Some(Stand {
            reservation,
            target,
            opening,
            last_ask,
            client_limit,
            limit_spread,
            published,
        })
    }
}

fn floor(figures: &Figures, offer: &Offer) -> Option<Sourced> {
    let minimum =
        offer.minimum.as_ref().map(|at| Sourced::new(at.value, Tag::Given, at.pointer.clone()));
    let share = || {
        let words = "nine tenths of the current rate";
        figures.current.map(|rate| Sourced::new(rate * FLOOR_SHARE, Tag::Assumed, words))
    };
    let kept = || figures.kept_hour.map(|rate| Sourced::new(rate, Tag::Assumed, "pricing.rate"));
    let low = || {
        Some(Sourced::new(
            figures.quantile(1)?,
            figures.pay.as_ref()?.tag,
            "the 25th percentile of such work",
        ))
    };
    minimum.or_else(share).or_else(kept).or_else(low)
}

fn opening(reservation: f64, target: f64, published: Option<f64>) -> Sourced {
    let mirrored = target + (target - reservation);
    let mut opening = mirrored.clamp(target * OPENING_MIN, target * OPENING_MAX);
    if let Some(most) = published {
        opening = opening.min((most * OVER_BUDGET).max(target));
    }
    let step = quote_step(opening);
    let quoted = (libm::round(opening / step) * step).max(target);
    Sourced::new(
        rounded(quoted, 2),
        Tag::Assumed,
        "as far above the target as the reservation is below it",
    )
}

/// Returns the least and the most of the job's published pay, per hour in this currency; a range that
/// is open above has no most.
fn published(
    job: Option<&Job>,
    currency: Option<&String>,
    offer: &Offer,
) -> Option<(f64, Option<f64>)> {
    let pay = job?.pay.as_ref()?;
    let foreign = |code: &String| currency.is_some_and(|own| own != code);
    if pay.currency.as_ref().is_some_and(foreign) {
        return None;
    }
    if let Some((low, high)) = pay.hourly() {
        return (low > 0.0 && low <= high).then_some((low, pay.max.map(|_| high)));
    }
    let hours = offer.hours.as_ref()?.value;
    let price = pay.max.or(pay.min).filter(|price| *price > 0.0)?;
    Some((0.0, Some(price / hours)))
}

/// Estimates the most the client pays: what they published, at least what they offered; else their
/// offer and `HEADROOM`; else the median of such work.
fn limit(
    published: Option<f64>,
    offered: Option<f64>,
    offer: &Offer,
    job: Option<&Job>,
    figures: &Figures,
) -> Option<Sourced> {
    let pay_at = job.and_then(|job| job.pay.as_ref()).map_or("", |pay| pay.pointer.as_str());
    match (published, offered) {
        (Some(most), Some(offered)) if offered > most => {
            Some(Sourced::new(offered, Tag::Given, offer.pointer().unwrap_or("/offer")))
        }
        (Some(most), _) => Some(Sourced::new(most, Tag::Given, pay_at)),
        (None, Some(offered)) => Some(Sourced::new(
            offered * HEADROOM,
            Tag::Assumed,
            "the offer, which leaves room for 15 %",
        )),
        (None, None) => {
            job?;
            let median = figures.quantile(2)?;
            Some(Sourced::new(median, Tag::Assumed, "the median of such work"))
        }
    }
}

/// Lists the other jobs one could have, the most valuable first: those ranked and near enough, at what
/// they pay within one's usual rate, with the chance that the competition analyzer or the team's
/// beliefs give.
pub fn alternatives(
    order: &WorkOrder<'_>,
    profile: &Profile,
    figures: &Figures,
    others: &[&Job],
) -> Vec<Alternative> {
    let usual = figures.usual().map(|usual| usual.value);
    let mut all: Vec<Alternative> = others
        .iter()
        .filter_map(|job| {
            let rate = rate_of(job, figures, usual)?;
            let analyzed = blackboard::win_chance(order, &job.id);
            Some(Alternative {
                job_id: job.id.clone(),
                title: job.title.clone(),
                rate,
                chance: analyzed.unwrap_or_else(|| believed_chance(profile, job, rate, figures)),
                analyzed: analyzed.is_some(),
            })
        })
        .collect();
    all.sort_by(|a, b| b.value().total_cmp(&a.value()).then_with(|| a.job_id.cmp(&b.job_id)));
    all.truncate(ALTERNATIVES_MAX);
    all
}

/// Returns what one would ask of a job: the usual rate within what it pays.
fn rate_of(job: &Job, figures: &Figures, usual: Option<f64>) -> Option<f64> {
    let pay = job.pay.as_ref();
    let foreign = |code: &String| figures.currency.as_ref().is_some_and(|own| own != code);
    let range =
        pay.filter(|pay| !pay.currency.as_ref().is_some_and(foreign)).and_then(|pay| pay.hourly());
    match (range, usual) {
        (Some((low, high)), Some(usual)) if low <= high => Some(usual.clamp(low, high)),
        (Some((low, high)), _) => Some((low + high) / 2.0),
        (None, usual) => usual,
    }
    .filter(|rate| *rate > 0.0)
}

fn believed_chance(profile: &Profile, job: &Job, rate: f64, figures: &Figures) -> f64 {
    let beliefs = Beliefs::default();
    let coverage = coverage(profile, job);
    let median = figures.pay.as_ref().map(standing::median).filter(|median| *median > 0.0);
    beliefs.win_chance(&Bid {
        fit: if coverage.known { coverage.share } else { beliefs.rival.fit },
        price_ratio: median.map_or(1.0, |median| rate / median),
        rivals: job.proposals.map_or(beliefs.rivals_unknown, f64::from),
        ..beliefs.rival
    })
}

/// Returns what the alternatives are worth together: the best rate won, each with its own chance, taken
/// as independent, as if all were tried.
pub fn worth_of_all(alternatives: &[Alternative]) -> f64 {
    let mut by_rate: Vec<&Alternative> = alternatives.iter().collect();
    by_rate.sort_by(|a, b| b.rate.total_cmp(&a.rate).then_with(|| a.job_id.cmp(&b.job_id)));
    let mut none_better = 1.0;
    let mut worth = 0.0;
    for one in by_rate {
        worth += none_better * one.chance * one.rate;
        none_better *= 1.0 - one.chance;
    }
    worth
}
