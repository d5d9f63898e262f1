//! From the current rate to the one that is wanted, in steps a clientele can follow.

use serde::Serialize;

use super::goals::Goals;
use crate::freelance::blackboard::KnownRate;
use crate::freelance::profile::Profile;
use crate::kernel::fixed::rounded;
use crate::model::figure::Tag;

/// The greatest raise in one step; above it a raise is made in steps, new clients first.
pub const RAISE_MAX: f64 = 0.15;

/// Months from one raise to the next; assumed: time to see whether new clients still come.
pub const MONTHS_BETWEEN_RAISES: u32 = 3;

/// Weeks of work a year; assumed: 52 less holidays, illness and gaps.
pub const WORK_WEEKS: f64 = 46.0;

/// Share of the hours for sale that clients pay for; assumed: the rest goes into finding work,
/// proposals and accounts.
pub const BILLED_SHARE: f64 = 0.7;

/// The least raise that is worth announcing.
const RAISE_MIN: f64 = 0.02;

/// The least that is left for a last raise; a smaller rest is shared with the raise before it.
const REST_MIN: f64 = 0.05;

/// Steps looked at, so that a goal beyond reason does not make an endless path.
const STEPS_MAX: usize = 40;

/// One raise.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Raise {
    /// The month in which new clients are asked this.
    pub month: u32,
    /// The rate per hour.
    pub rate: f64,
    /// Booked hours may fall by this share before the raise loses money, from one rate to the next.
    pub break_even_loss: f64,
}

/// Where the wanted rate comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct Aim {
    /// The rate per hour.
    pub rate: f64,
    /// In words.
    pub basis: String,
    /// Its tag.
    pub tag: Tag,
    /// The field or knowledge key it rests on.
    pub source: String,
    /// Whether it is the freelancer's own goal.
    pub own_goal: bool,
}

/// The way from the current rate to the aim.
#[derive(Clone, Debug, PartialEq)]
pub struct Path {
    /// The rate now.
    pub current: f64,
    /// ISO 4217 code; empty where not given.
    pub currency: String,
    /// Where to.
    pub aim: Aim,
    /// What the pricing strategist recommends now.
    pub recommended: Option<f64>,
    /// The raises within the timeframe.
    pub raises: Vec<Raise>,
    /// The month in which the aim would be reached, where that is after the timeframe.
    pub too_late: Option<u32>,
}

impl Path {
    /// Returns the rate at the end of the timeframe.
    pub fn reached(&self) -> f64 {
        self.raises.last().map_or(self.current, |raise| raise.rate)
    }

    /// Says whether the current rate is at the aim already.
    pub fn is_met(&self) -> bool {
        self.aim.rate <= self.current * (1.0 + RAISE_MIN)
    }
}

/// Returns the rate that the goals or, without one, the pricing strategist ask for.
///
/// An income a year is turned into a rate over the hours for sale: income / (hours · `WORK_WEEKS` ·
/// `BILLED_SHARE`); without hours it says nothing.
pub fn aim(profile: &Profile, goals: &Goals, known: Option<&KnownRate>) -> Option<Aim> {
    if let Some(rate) = &goals.rate {
        let basis = "the goal".to_owned();
        let source = rate.pointer.clone();
        return Some(Aim { rate: rate.value, basis, tag: Tag::Given, source, own_goal: true });
    }
    let hours = profile.availability_hours.as_ref().map(|at| at.value).filter(|hours| *hours > 0.0);
    if let Some((income, hours)) = goals.income.as_ref().zip(hours) {
        let rate = rounded(income.value / (hours * WORK_WEEKS * BILLED_SHARE), 0);
        let basis = format!(
            "an income of {} a year at {hours} h a week, {WORK_WEEKS} weeks, {} % of the hours billed",
            rounded(income.value, 0),
            rounded(BILLED_SHARE * 100.0, 0)
        );
        let source = income.pointer.clone();
        return Some(Aim { rate, basis, tag: Tag::Assumed, source, own_goal: true });
    }
    known.map(|known| Aim {
        rate: known.recommended,
        basis: "the pricing recommendation".into(),
        tag: Tag::Assumed,
        source: "pricing.rate".into(),
        own_goal: false,
    })
}

/// Plans the raises: the pricing strategist's roadmap as far as the aim, then none above `RAISE_MAX`, one every `MONTHS_BETWEEN_RAISES` months; what lies above
/// the recommended rate waits until `skills_month`, when there is more to ask it for.
pub fn path(
    profile: &Profile,
    aim: Aim,
    known: Option<&KnownRate>,
    skills_month: Option<u32>,
    months: u32,
) -> Option<Path> {
    let current = profile.hourly_rate.as_ref().map(|at| at.value).filter(|rate| *rate > 0.0)?;
    let own = profile.currency.as_ref().map(|at| at.value.clone());
    let recommended = known
        .filter(|known| known.currency.is_none() || own.is_none() || known.currency == own)
        .map(|known| known.recommended);
    let currency =
        own.or_else(|| known.and_then(|known| known.currency.clone())).unwrap_or_default();
    let mut path = Path { current, currency, aim, recommended, raises: Vec::new(), too_late: None };
    let roadmap =
        known.filter(|_| path.recommended.is_some()).map(|known| known.roadmap.as_slice());
    for (month, rate) in roadmap.unwrap_or_default() {
        if *rate > path.reached() && *rate <= path.aim.rate && *month <= months {
            path.add(*month, *rate);
        }
    }
    path.climb(skills_month, months);
    Some(path)
}

impl Path {
    fn add(&mut self, month: u32, rate: f64) {
        let break_even_loss = rounded(1.0 - self.reached() / rate, 4);
        self.raises.push(Raise { month, rate, break_even_loss });
    }

    /// Goes on from the last raise to the aim.
    fn climb(&mut self, skills_month: Option<u32>, months: u32) {
        let mut rate = self.reached();
        let mut month = self.raises.last().map_or(1, |raise| raise.month + MONTHS_BETWEEN_RAISES);
        for _ in 0..STEPS_MAX {
            if self.aim.rate <= rate * (1.0 + RAISE_MIN) {
                break;
            }
            let recommended = self.recommended.filter(|one| *one > rate && *one < self.aim.rate);
            let next = step_towards(rate, recommended.unwrap_or(self.aim.rate));
            if self.recommended.is_some_and(|recommended| next > recommended) {
                month = skills_month.map_or(month, |ready| month.max(ready + 1));
            }
            if month > months {
                self.too_late = Some(month);
            } else {
                self.add(month, next);
            }
            rate = next;
            month += MONTHS_BETWEEN_RAISES;
        }
    }
}

/// Returns the next rate on the way: the aim where one raise reaches it, else the greatest raise in
/// whole amounts; where that would leave a raise hardly worth announcing, the geometric middle.
fn step_towards(rate: f64, aim: f64) -> f64 {
    let most = rate * (1.0 + RAISE_MAX);
    if aim <= most {
        return aim;
    }
    let whole = libm::floor(most);
    let greatest = if whole > rate * (1.0 + RAISE_MIN) { whole } else { rounded(most, 2) };
    if aim <= greatest * (1.0 + REST_MIN) { rounded(libm::sqrt(rate * aim), 0) } else { greatest }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::freelance::profile::At;

    fn at<T>(value: T) -> At<T> {
        At { value, pointer: String::new() }
    }

    fn walk(current: f64, wanted: f64, recommended: f64, months: u32) -> Path {
        let profile = Profile { hourly_rate: Some(at(current)), ..Profile::default() };
        let goals = Goals { rate: Some(at(wanted)), ..Goals::default() };
        let known =
            KnownRate { recommended, currency: None, roadmap: Vec::new(), reservation: None };
        let aim = aim(&profile, &goals, Some(&known)).unwrap();
        path(&profile, aim, Some(&known), Some(4), months).unwrap()
    }

    #[test]
    fn no_raise_is_above_the_greatest_and_the_last_reaches_the_aim() {
        let path = walk(50.0, 75.0, 65.0, 12);
        let rates: Vec<f64> = path.raises.iter().map(|raise| raise.rate).collect();
        let months: Vec<u32> = path.raises.iter().map(|raise| raise.month).collect();
        assert_eq!(rates, [57.0, 65.0, 70.0, 75.0]);
        assert_eq!(months, [1, 4, 7, 10]);
        assert!(path.raises.iter().all(|raise| raise.break_even_loss < 0.1305));
        assert_eq!(path.too_late, None);
    }

    #[test]
    fn a_goal_beyond_the_timeframe_says_when() {
        let path = walk(20.0, 100.0, 25.0, 6);
        assert_eq!(path.raises.len(), 2);
        assert_eq!(path.too_late, Some(37));
        assert!(walk(60.0, 50.0, 55.0, 6).is_met());
        assert_eq!(walk(60.0, 50.0, 55.0, 6).raises, vec![]);
    }

    #[test]
    fn the_roadmap_of_the_pricing_strategist_is_followed() {
        let profile = Profile { hourly_rate: Some(at(50.0)), ..Profile::default() };
        let roadmap = vec![(1, 55.0), (2, 60.0), (3, 65.0)];
        let known = KnownRate { recommended: 65.0, currency: None, roadmap, reservation: None };
        let aim = aim(&profile, &Goals::default(), Some(&known)).unwrap();
        let path = path(&profile, aim, Some(&known), None, 12).unwrap();
        let rates: Vec<(u32, f64)> =
            path.raises.iter().map(|raise| (raise.month, raise.rate)).collect();
        assert_eq!(rates, [(1, 55.0), (2, 60.0), (3, 65.0)]);
    }

    #[test]
    fn an_income_becomes_a_rate_over_the_hours_for_sale() {
        let profile = Profile { availability_hours: Some(at(30.0)), ..Profile::default() };
        let goals = Goals { income: Some(at(96_600.0)), ..Goals::default() };
        assert_eq!(aim(&profile, &goals, None).unwrap().rate, 100.0);
        assert_eq!(aim(&Profile::default(), &goals, None), None);
    }
}
