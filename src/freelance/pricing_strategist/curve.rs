//! The income curve over rates, its best point, and the steps towards it.

use super::case::Case;
use crate::freelance::beliefs::Standing;
use crate::freelance::market::PayRow;
use crate::freelance::standing::median;
use crate::kernel::fixed::rounded;

/// Rates looked at, over the median: below a third nobody sells, and above three times it almost no
/// budget reaches.
const RATIOS: (f64, f64) = (0.33, 3.0);
/// The share of a rate that a step of quoting is at most: people quote 65, not 64.7.
const QUOTE_SHARE: f64 = 0.02;
/// Rates looked at at most, so that any currency ends.
const RATES_MAX: usize = 2000;
/// Points of the curve that are shown.
const SHOWN: usize = 21;

/// The greatest raise one plan goes for: beyond it the beliefs are asked further than the present
/// record carries them. Assumed.
pub const RAISE_MAX: f64 = 0.3;
/// The greatest cut one plan goes for; assumed.
pub const CUT_MAX: f64 = 0.15;
/// The greatest raise made in one step: above it a raise goes by steps, new clients first. Assumed.
pub const ONE_STEP_MAX: f64 = 0.15;
/// The greatest step of a raise that goes by steps, one a month; assumed: clients take a tenth for
/// what prices do.
pub const MONTHLY_STEP_MAX: f64 = 0.1;
/// Months of steps at most, so that any two rates end.
const MONTHS_MAX: f64 = 24.0;
/// Predicted relative gain below which the rate is held: less is within the error of the beliefs.
pub const GAIN_MIN: f64 = 0.01;

/// One point of the curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// The rate per hour.
    pub rate: f64,
    /// Chance to win a usual job at it.
    pub win_chance: f64,
    /// Hours sold a week, at most those available.
    pub hours: f64,
    /// Expected income a week, unsold hours at their reservation value.
    pub income: f64,
}

/// What is expected at each rate.
pub struct Curve<'a> {
    case: &'a Case,
    median: f64,
}

impl<'a> Curve<'a> {
    /// Opens the curve over a pay distribution.
    pub fn new(case: &'a Case, pay: &PayRow) -> Curve<'a> {
        Curve { case, median: median(pay) }
    }

    /// Returns what is expected at a rate.
    pub fn at(&self, rate: f64) -> Point {
        let mut standing: Standing = self.case.standing;
        standing.bid.price_ratio = rate / self.median;
        let beliefs = &self.case.beliefs;
        Point {
            rate,
            win_chance: beliefs.win_chance(&standing.bid),
            hours: beliefs.hours_won(&standing).min(standing.hours.max(0.0)),
            income: beliefs.expected_income(&standing) * self.median,
        }
    }

    /// Returns the rate of the greatest expected income, the lowest of equals.
    pub fn best(&self) -> Point {
        let mut best = self.at(self.median);
        for rate in self.rates() {
            let point = self.at(rate);
            if point.income > best.income || (point.income == best.income && point.rate < best.rate)
            {
                best = point;
            }
        }
        best
    }

    /// Returns the points to show, evenly over all rates, with some rates beside them, in order.
    pub fn shown(&self, beside: &[f64]) -> Vec<Point> {
        let rates = self.rates();
        let stride = (rates.len() / SHOWN).max(1);
        let mut shown: Vec<f64> =
            rates.into_iter().step_by(stride).chain(beside.iter().copied()).collect();
        shown.sort_by(f64::total_cmp);
        shown.dedup();
        shown.into_iter().map(|rate| self.at(rate)).collect()
    }

    /// Returns what an hour that is not sold is worth.
    pub fn reservation(&self) -> f64 {
        self.case.standing.reserve * self.median
    }

    fn rates(&self) -> Vec<f64> {
        let step = quote_step(self.median);
        let first = libm::ceil(RATIOS.0 * self.median / step);
        let last = libm::floor(RATIOS.1 * self.median / step);
        let count = (last - first + 1.0).max(0.0) as usize;
        (0..count.min(RATES_MAX)).map(|at| (first + at as f64) * step).collect()
    }
}

/// Returns the step in which a rate is quoted: the greatest of 1, 2 and 5 times a power of ten that is
/// at most `QUOTE_SHARE` of it.
pub fn quote_step(rate: f64) -> f64 {
    let most = rate * QUOTE_SHARE;
    let mut step = 1.0;
    for factor in [2.0, 2.5, 2.0].into_iter().cycle().take(60) {
        if step * factor > most {
            break;
        }
        step *= factor;
    }
    for factor in [2.0, 2.5, 2.0].into_iter().cycle().take(12) {
        if step <= most {
            break;
        }
        step /= factor;
    }
    step
}

/// Bounds a rate by the greatest raise and cut from the current one, and quotes it.
pub fn bounded(best: f64, current: f64) -> f64 {
    let (least, most) = (current * (1.0 - CUT_MAX), current * (1.0 + RAISE_MAX));
    let step = quote_step(current);
    let quoted = libm::round(best.clamp(least, most) / step) * step;
    rounded(if quoted > most { quoted - step } else { quoted }, 2)
}

/// Returns the rates of each month from one rate up to another: in one step up to `ONE_STEP_MAX`, else
/// by months.
pub fn steps(from: f64, to: f64) -> Vec<f64> {
    if to <= from * (1.0 + ONE_STEP_MAX) { vec![to] } else { monthly(from, to) }
}

/// Returns the rates of each month on the way up, in equal shares of at most `MONTHLY_STEP_MAX`.
pub fn monthly(from: f64, to: f64) -> Vec<f64> {
    let whole = libm::log(to / from) / libm::log(1.0 + MONTHLY_STEP_MAX);
    // The slack keeps a raise of exactly so many tenths from taking a month more.
    let months = libm::ceil(whole - 1e-9).clamp(1.0, MONTHS_MAX);
    let step = quote_step(from);
    let rate = |month: f64| {
        let exact = from * libm::pow(to / from, month / months);
        rounded(libm::round(exact / step) * step, 2)
    };
    let mut rates: Vec<f64> = (1..months as usize).map(|month| rate(month as f64)).collect();
    rates.push(to);
    rates
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_quoted_in_round_steps() {
        assert_eq!([quote_step(65.0), quote_step(12.0), quote_step(140.0)], [1.0, 0.2, 2.0]);
        assert_eq!(quote_step(7_500.0), 100.0);
        assert!(quote_step(0.004) > 0.0);
    }

    #[test]
    fn a_raise_within_one_step_is_made_at_once() {
        assert_eq!(steps(50.0, 57.0), [57.0]);
        assert_eq!(steps(50.0, 45.0), [45.0]);
    }

    #[test]
    fn a_greater_raise_goes_by_months() {
        assert_eq!(steps(50.0, 65.0), [55.0, 60.0, 65.0]);
        let long = steps(40.0, 60.0);
        assert_eq!(long.len(), 5);
        assert!(long.windows(2).all(|pair| pair[1] > pair[0] && pair[1] <= pair[0] * 1.13));
    }

    #[test]
    fn no_plan_goes_beyond_the_greatest_raise_or_cut() {
        assert_eq!(bounded(200.0, 50.0), 65.0);
        assert_eq!(bounded(10.0, 100.0), 86.0);
        assert_eq!(bounded(58.0, 50.0), 58.0);
    }
}
