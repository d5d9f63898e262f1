//! What the team plans with: how fit, price, strength, proposals and rivals move the chance to win work.

use crate::model::recommendation::{Direction, Recommendation};

/// One bid for a job, as the client would weigh it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bid {
    /// How much of the job's requirements the profile covers, 0 to 1.
    pub fit: f64,
    /// Asked rate over the market median for such work; 1 is the median.
    pub price_ratio: f64,
    /// Profile strength, 0 to 1: the strength score over 100.
    pub strength: f64,
    /// Quality of the proposal, 0 to 1.
    pub proposal_quality: f64,
    /// Rivals who bid for the same job; expected numbers need not be whole.
    pub rivals: f64,
}

/// A freelancer's standing in the market: a bid for a usual job and what surrounds it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standing {
    /// The bid for a usual job.
    pub bid: Bid,
    /// Hours for sale [h/week].
    pub hours: f64,
    /// Standard deviation of the logarithm of pay over the market.
    pub pay_spread: f64,
    /// What an hour not sold is worth, over the market median; see [`Beliefs::reserve_at`].
    pub reserve: f64,
}

/// The team's beliefs; every figure is assumed, and the environment's outcome model differs from them.
///
/// A client chooses among the proposals by conditional logit (McFadden 1974), with hiring nobody as
/// one more choice, so that the chance to win is a logistic function of the bid's advantage.
#[derive(Clone, Debug, PartialEq)]
pub struct Beliefs {
    /// Utility of full fit over none: the largest weight, since clients filter by requirements first.
    pub fit_weight: f64,
    /// Utility lost per unit of the logarithm of price: below 1, because a budget that cannot pay
    /// the rate is counted apart, by `reach`.
    pub price_weight: f64,
    /// Utility of the strongest profile over an empty one: less than fit, as a record cannot stand
    /// in for a missing skill.
    pub strength_weight: f64,
    /// Utility of the best proposal over none: it can only show what fit and strength hold.
    pub proposal_weight: f64,
    /// The usual rival, at the median price.
    pub rival: Bid,
    /// How much hiring nobody weighs, in usual rivals: some postings end without a hire.
    pub no_hire: f64,
    /// Suitable postings a week before budgets are looked at: about one a working day.
    pub openings_per_week: f64,
    /// Hours a won job brings: about a week of full work, between a fix and a project.
    pub hours_per_job: f64,
    /// Standard deviation of log pay where no distribution is known: pay tables by occupation put
    /// the 90th percentile at two to three times the 10th.
    pub pay_spread: f64,
    /// How much more clients' budgets reach for the strongest profile than for an empty one, in
    /// standard deviations of log pay: one, so that strength moves pay within the middle of the market.
    pub strength_premium: f64,
    /// What an hour not sold is worth, as a share of the market median: near the 10th percentile,
    /// below which few sell.
    pub reserve_share: f64,
    /// Rivals on a job whose proposals nobody counted: postings show from a few to fifty.
    pub rivals_unknown: f64,
    /// Strength a portfolio piece adds, in points of 100: the rubric gives 12 points to 6 pieces.
    pub points_per_piece: f64,
    /// Fit gained by aiming at jobs that suit, per whole change of aim.
    pub fit_of_targeting: f64,
    /// Proposal quality gained by proposals written to a brief, per whole change.
    pub quality_of_briefs: f64,
    /// The relative error of a predicted gain, one standard deviation: forecasts of this form are
    /// rarely right within a third.
    pub gain_error: f64,
}

impl Default for Beliefs {
    fn default() -> Self {
        Beliefs {
            fit_weight: 3.0,
            price_weight: 0.8,
            strength_weight: 2.0,
            proposal_weight: 1.5,
            rival: Bid {
                fit: 0.6,
                price_ratio: 1.0,
                strength: 0.5,
                proposal_quality: 0.5,
                rivals: 12.0,
            },
            no_hire: 1.5,
            openings_per_week: 6.0,
            hours_per_job: 40.0,
            pay_spread: 0.4,
            strength_premium: 1.0,
            reserve_share: 0.6,
            rivals_unknown: 12.0,
            points_per_piece: 2.0,
            fit_of_targeting: 0.15,
            quality_of_briefs: 0.25,
            gain_error: 1.0 / 3.0,
        }
    }
}

impl Beliefs {
    /// Returns the chance that a bid wins its job, 0 to 1.
    pub fn win_chance(&self, bid: &Bid) -> f64 {
        let advantage = self.utility(bid) - self.utility(&self.rival);
        let against = bid.rivals.max(0.0) + self.no_hire;
        1.0 / (1.0 + libm::exp(libm::log(against) - advantage))
    }

    /// Returns the share of suitable postings whose budget reaches a rate, 0 to 1: log-normal pay.
    pub fn reach(&self, price_ratio: f64, pay_spread: f64) -> f64 {
        let deviations = libm::log(price_ratio.max(MIN_RATIO)) / pay_spread.max(MIN_SPREAD);
        0.5 * libm::erfc(deviations * std::f64::consts::FRAC_1_SQRT_2)
    }

    /// Returns how much further budgets reach for a standing's strength than for the usual rival's.
    pub fn premium(&self, standing: &Standing) -> f64 {
        let stronger = unit(standing.bid.strength) - self.rival.strength;
        libm::exp(self.strength_premium * standing.pay_spread * stronger)
    }

    /// Returns the hours a week that bidding wins at a standing, before availability bounds them.
    pub fn hours_won(&self, standing: &Standing) -> f64 {
        let reach =
            self.reach(standing.bid.price_ratio / self.premium(standing), standing.pay_spread);
        self.openings_per_week * reach * self.win_chance(&standing.bid) * self.hours_per_job
    }

    /// Returns the expected income a week in median hourly rates: hours won at the asked price, and
    /// the hours left over at what an unsold hour is worth.
    pub fn expected_income(&self, standing: &Standing) -> f64 {
        let hours = standing.hours.max(0.0);
        let sold = self.hours_won(standing).min(hours);
        sold * standing.bid.price_ratio + (hours - sold) * standing.reserve
    }

    /// Returns what an hour not sold is worth to someone who sells at this rate now, over the market
    /// median: `reserve_share`, and at most `RESERVE_OF_OWN` of their rate, since nobody sells an hour
    /// for less than it is worth to them.
    pub fn reserve_at(&self, price_ratio: f64) -> f64 {
        self.reserve_share.min(RESERVE_OF_OWN * price_ratio.max(0.0))
    }

    /// Returns the standing after some steps, each a recommendation and the share of it that is done.
    ///
    /// Several aims are one aim: what is left of the way to a better one is gone by each in turn, and
    /// so for proposals.
    pub fn after(&self, standing: &Standing, steps: &[(&Recommendation, f64)]) -> Standing {
        let mut next = *standing;
        let mut off_aim = 1.0;
        let mut unbriefed = 1.0;
        for (step, share) in steps {
            let share = unit(*share);
            match step.lever.as_str() {
                "targeting" => off_aim *= 1.0 - share,
                "proposals" => unbriefed *= 1.0 - share,
                _ => self.apply(&mut next, step, share),
            }
        }
        next.bid.fit = unit(next.bid.fit + self.fit_of_targeting * (1.0 - off_aim));
        let gained = self.quality_of_briefs * (1.0 - unbriefed);
        next.bid.proposal_quality = unit(next.bid.proposal_quality + gained);
        next
    }

    /// Returns the predicted relative gain in expected income of some steps together; 0.1 is ten percent.
    pub fn gain(&self, standing: &Standing, steps: &[(&Recommendation, f64)]) -> f64 {
        let before = self.expected_income(standing);
        let after = self.expected_income(&self.after(standing, steps));
        if before > 0.0 { after / before - 1.0 } else { 0.0 }
    }

    /// Moves a standing by a share of one recommendation, as its lever, unit and size say.
    fn apply(&self, standing: &mut Standing, step: &Recommendation, share: f64) {
        let sign = if step.direction == Direction::Down { -1.0 } else { 1.0 };
        let amount = sign * step.size * share;
        let bid = &mut standing.bid;
        match (step.lever.as_str(), step.unit.as_str()) {
            ("rate", "percent") => bid.price_ratio *= (1.0 + amount / 100.0).max(MIN_RATIO),
            ("availability", "hours") => standing.hours = (standing.hours + amount).max(0.0),
            (_, "points") => bid.strength = unit(bid.strength + amount / 100.0),
            ("portfolio", "items") => {
                bid.strength = unit(bid.strength + amount * self.points_per_piece / 100.0);
            }
            ("skills", "fit") => bid.fit = unit(bid.fit + amount),
            _ => {}
        }
    }

    /// Returns what a client sees in a bid.
    pub fn utility(&self, bid: &Bid) -> f64 {
        self.fit_weight * unit(bid.fit)
            + self.strength_weight * unit(bid.strength)
            + self.proposal_weight * unit(bid.proposal_quality)
            - self.price_weight * libm::log(bid.price_ratio.max(MIN_RATIO))
    }
}

/// The smallest price ratio looked at, so that a rate of nothing has a logarithm.
const MIN_RATIO: f64 = 0.01;

/// The most an hour not sold is worth over the rate it is sold at; assumed: below one, or nobody would sell.
const RESERVE_OF_OWN: f64 = 0.9;

/// The smallest spread of log pay looked at: a table with equal quantiles still has a market.
const MIN_SPREAD: f64 = 0.05;

fn unit(value: f64) -> f64 {
    value.clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const USUAL: Bid =
        Bid { fit: 0.6, price_ratio: 1.0, strength: 0.5, proposal_quality: 0.5, rivals: 12.0 };

    #[test]
    fn the_usual_bidder_wins_as_often_as_any_other() {
        let chance = Beliefs::default().win_chance(&USUAL);
        assert!((chance - 1.0 / 14.5).abs() < 1e-12, "{chance}");
    }

    #[test]
    fn each_term_moves_the_chance_its_way() {
        let beliefs = Beliefs::default();
        let base = beliefs.win_chance(&USUAL);
        assert!(beliefs.win_chance(&Bid { fit: 0.7, ..USUAL }) > base);
        assert!(beliefs.win_chance(&Bid { strength: 0.6, ..USUAL }) > base);
        assert!(beliefs.win_chance(&Bid { proposal_quality: 0.6, ..USUAL }) > base);
        assert!(beliefs.win_chance(&Bid { price_ratio: 1.1, ..USUAL }) < base);
        assert!(beliefs.win_chance(&Bid { rivals: 13.0, ..USUAL }) < base);
    }

    #[test]
    fn half_of_the_budgets_reach_the_median() {
        let beliefs = Beliefs::default();
        assert!((beliefs.reach(1.0, 0.4) - 0.5).abs() < 1e-12);
        assert!(beliefs.reach(1.5, 0.4) < beliefs.reach(1.2, 0.4));
        assert!(beliefs.reach(1.5, 0.6) > beliefs.reach(1.5, 0.4));
    }

    #[test]
    fn income_is_bounded_by_the_hours() {
        let beliefs = Beliefs::default();
        let bid =
            Bid { fit: 1.0, strength: 1.0, proposal_quality: 1.0, price_ratio: 0.8, rivals: 0.0 };
        let standing = Standing { bid, hours: 10.0, pay_spread: 0.4, reserve: 0.6 };
        assert!(beliefs.hours_won(&standing) > 10.0);
        assert!((beliefs.expected_income(&standing) - 8.0).abs() < 1e-12);
    }

    #[test]
    fn winning_more_never_loses_income_however_low_the_rate() {
        let beliefs = Beliefs::default();
        for ratio in [0.2, 0.45, 0.9, 1.4] {
            let at = |fit: f64| {
                let bid = Bid { fit, price_ratio: ratio, ..USUAL };
                let reserve = beliefs.reserve_at(ratio);
                beliefs.expected_income(&Standing { bid, hours: 30.0, pay_spread: 0.4, reserve })
            };
            assert!(at(0.8) >= at(0.5), "{ratio}");
        }
    }

    #[test]
    fn nonsense_stays_a_number() {
        let beliefs = Beliefs::default();
        let bid = Bid {
            fit: -3.0,
            strength: 9.0,
            proposal_quality: 0.0,
            price_ratio: -1.0,
            rivals: -4.0,
        };
        let chance = beliefs.win_chance(&bid);
        assert!((0.0..=1.0).contains(&chance));
    }
}
