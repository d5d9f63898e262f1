//! How many rivals a job draws and how strong they are: counted where the posting says, else a range.

use serde::{Deserialize, Serialize};

use crate::freelance::beliefs::Beliefs;
use crate::freelance::job::{Job, Pay};
use crate::freelance::market::PayRow;
use crate::freelance::money::{amount, counted};
use crate::kernel::date::Date;
use crate::kernel::fixed::rounded;
use crate::model::figure::Tag;

/// Days in which half of the proposals still to come arrive: a posting draws most in its first days.
const ARRIVAL_HALF_LIFE_DAYS: f64 = 1.5;
/// The age of a posting at least [days], so that one of today does not promise endless rivals.
const AGE_MIN_DAYS: f64 = 1.0;
/// Proposals expected in the end over those counted, where nothing says how old the count is.
const GROWTH_UNDATED: f64 = 1.5;
/// Counts among the given jobs from which a job without one is estimated; fewer say too little.
const COUNTS_ENOUGH: usize = 3;
/// How far the range without any count reaches, as a factor either way.
const RANGE_FACTOR: f64 = 3.0;
/// How much stronger rivals are at the top of the market's pay than at its bottom.
const STRENGTH_SPREAD: f64 = 0.4;

/// The rivals on one job.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Rivals {
    /// Proposals the posting counted; none where it did not say.
    pub counted: Option<u32>,
    /// How many there will be.
    pub expected: f64,
    /// At least.
    pub low: f64,
    /// At most.
    pub high: f64,
    /// Their usual strength, 0 to 1.
    pub strength: f64,
    /// Where `expected` comes from.
    pub tag: Tag,
    /// How it was found, in words.
    pub basis: String,
}

/// What is known of proposals over all given jobs.
pub struct Crowd {
    /// The counts that postings give, in ascending order.
    counts: Vec<f64>,
    jobs: usize,
}

impl Crowd {
    /// Gathers the counts of the given jobs.
    pub fn of(jobs: &[Job]) -> Crowd {
        let mut counts: Vec<f64> =
            jobs.iter().filter_map(|job| job.proposals).map(f64::from).collect();
        counts.sort_by(f64::total_cmp);
        Crowd { counts, jobs: jobs.len() }
    }

    /// Estimates the rivals on a job.
    ///
    /// 1. Counted proposals grow by what is still to come, halving every [`ARRIVAL_HALF_LIFE_DAYS`].
    /// 2. Without a count, the median and quartiles of the other jobs' counts stand in.
    /// 3. Without those, the team's belief, threefold either way, tagged assumed.
    pub fn rivals(
        &self,
        job: &Job,
        as_of: Date,
        market: Option<&PayRow>,
        beliefs: &Beliefs,
    ) -> Rivals {
        let strength = rival_strength(job.pay.as_ref(), market, beliefs);
        if let Some(count) = job.proposals {
            return from_count(count, job, as_of, strength);
        }
        let (expected, low, high, tag, basis) = if self.counts.len() >= COUNTS_ENOUGH {
            let basis = format!(
                "median and quartiles of the {} of {} jobs with a count",
                self.counts.len(),
                self.jobs
            );
            (self.quantile(0.5), self.quantile(0.25), self.quantile(0.75), Tag::Derived, basis)
        } else {
            let usual = beliefs.rivals_unknown;
            let basis = "the posting gives no count: an assumed range".to_owned();
            (usual, usual / RANGE_FACTOR, usual * RANGE_FACTOR, Tag::Assumed, basis)
        };
        Rivals {
            counted: None,
            expected: whole(expected),
            low: whole(low),
            high: whole(high),
            strength,
            tag,
            basis,
        }
    }

    /// Returns a quantile of the counts, linear between neighbors.
    fn quantile(&self, share: f64) -> f64 {
        let place = share * self.counts.len().saturating_sub(1) as f64;
        let below = libm::floor(place);
        let at = |index: f64| self.counts.get(index as usize).copied();
        let low = at(below).unwrap_or(0.0);
        let high = at(below + 1.0).unwrap_or(low);
        low + (high - low) * (place - below)
    }
}

fn from_count(count: u32, job: &Job, as_of: Date, strength: f64) -> Rivals {
    let now = f64::from(count);
    let days = job.posted.map(|posted| as_of.days_since(posted)).filter(|days| *days >= 0);
    let (expected, basis) = match days {
        Some(days) => {
            let age = (days as f64).max(AGE_MIN_DAYS);
            let arrived = 1.0 - libm::exp2(-age / ARRIVAL_HALF_LIFE_DAYS);
            let basis = format!(
                "{} after {}",
                counted(count as usize, "proposal"),
                counted(days as usize, "day")
            );
            (now / arrived, basis)
        }
        None => (
            now * GROWTH_UNDATED,
            format!("{}, of unknown age", counted(count as usize, "proposal")),
        ),
    };
    let high = whole(now + 2.0 * (expected - now));
    // A count that hardly grows any more stands as it was given.
    let tag = if whole(expected) - now < 1.0 { Tag::Given } else { Tag::Assumed };
    Rivals { counted: Some(count), expected: whole(expected), low: now, high, strength, tag, basis }
}

/// Returns how strong rivals are: the usual rival, stronger where the pay stands high in the market.
fn rival_strength(pay: Option<&Pay>, market: Option<&PayRow>, beliefs: &Beliefs) -> f64 {
    let position = pay.and_then(middle_hourly).zip(market).and_then(|((middle, currency), row)| {
        (currency == row.currency).then(|| position(middle, &row.quantiles))
    });
    let above = position.map_or(0.0, |position| position - 0.5);
    rounded((beliefs.rival.strength + above * STRENGTH_SPREAD).clamp(0.0, 1.0), 3)
}

/// Returns the middle of the pay per hour, with its currency.
pub fn middle_hourly(pay: &Pay) -> Option<(f64, &str)> {
    let (low, high) = pay.hourly()?;
    Some(((low + high) / 2.0, pay.currency.as_deref()?))
}

/// Returns where pay stands among the 10th, 25th, 50th, 75th and 90th percentile, 0.1 to 0.9.
fn position(pay: f64, quantiles: &[f64; 5]) -> f64 {
    const SHARES: [f64; 5] = [0.10, 0.25, 0.50, 0.75, 0.90];
    let points: Vec<(f64, f64)> = quantiles.iter().copied().zip(SHARES).collect();
    for pair in points.windows(2) {
        let [(low, low_share), (high, high_share)] = pair else { continue };
        if pay <= *low {
            return *low_share;
        }
        if pay < *high {
            return low_share + (high_share - low_share) * (pay - low) / (high - low);
        }
    }
    0.9
}

fn whole(value: f64) -> f64 {
    rounded(value.max(0.0), 0)
}

/// Says the rivals in words, such as `about 14 rivals (9 to 19)`.
pub fn rivals_words(rivals: &Rivals) -> String {
    let expected = amount(rivals.expected, 0);
    let noun = if rivals.expected == 1.0 { "rival" } else { "rivals" };
    if rivals.low == rivals.high {
        return format!("{expected} {noun}");
    }
    format!("about {expected} {noun} ({} to {})", amount(rivals.low, 0), amount(rivals.high, 0))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::freelance::job::read_jobs;

    fn rivals(jobs: Value) -> Vec<Rivals> {
        let as_of = Date::new(2026, 5, 18).unwrap();
        let jobs = read_jobs(&json!({"jobs": jobs}), &[]);
        let crowd = Crowd::of(&jobs);
        jobs.iter().map(|job| crowd.rivals(job, as_of, None, &Beliefs::default())).collect()
    }

    #[test]
    fn counts_grow_by_what_is_still_to_come() {
        let found = rivals(json!([
            {"title": "fresh", "proposals": 10, "posted_at": "2026-05-17"},
            {"title": "old", "proposals": 10, "posted_at": "2026-04-01"},
        ]));
        assert!(found[0].expected > 20.0 && found[0].tag == Tag::Assumed, "{:?}", found[0]);
        assert_eq!((found[1].expected, found[1].low, found[1].tag), (10.0, 10.0, Tag::Given));
    }

    #[test]
    fn without_a_count_the_other_jobs_stand_in_and_else_a_range_that_says_so() {
        let counted =
            |count: u32| json!({"title": "x", "proposals": count, "posted_at": "2026-01-01"});
        let found = rivals(json!([counted(4), counted(8), counted(20), {"title": "silent"}]));
        assert_eq!((found[3].expected, found[3].low, found[3].high), (8.0, 6.0, 14.0));
        assert_eq!(found[3].tag, Tag::Derived);
        let alone = rivals(json!([{"title": "silent"}]));
        assert_eq!((alone[0].low, alone[0].expected, alone[0].high), (4.0, 12.0, 36.0));
        assert_eq!(alone[0].tag, Tag::Assumed);
    }

    #[test]
    fn better_pay_draws_stronger_rivals() {
        let quantiles = [20.0, 30.0, 40.0, 60.0, 90.0];
        assert_eq!(position(10.0, &quantiles), 0.1);
        assert_eq!(position(50.0, &quantiles), 0.625);
        assert_eq!(position(500.0, &quantiles), 0.9);
    }
}
