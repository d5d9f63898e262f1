//! Concessions over time, and what comes of them against clients of a model.

use crate::kernel::draw::Draw;
use crate::kernel::fixed::rounded;

/// A time-dependent tactic: from the first ask to the limit, by the polynomial of Faratin, Sierra and
/// Jennings, "Negotiation decision functions for autonomous agents", Robotics and Autonomous Systems
/// 24, 1998.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tactic {
    /// The first proposal.
    pub first: f64,
    /// The last one.
    pub limit: f64,
    /// Rounds until the limit is proposed, at least 1.
    pub rounds: u32,
    /// Share conceded in the first round, 0 to 1.
    pub kappa: f64,
    /// Below 1 the side holds out and gives in late (Boulware), above 1 it gives in early (conceder).
    pub beta: f64,
    /// The step in which it quotes rates; zero for any rate.
    pub step: f64,
}

impl Tactic {
    /// Returns the share of the way to the limit at a round, from 0:
    /// `κ + (1 − κ) · (min(t, t_max) / t_max)^(1/β)`.
    pub fn conceded(&self, round: u32) -> f64 {
        let last = self.rounds.saturating_sub(1).max(1);
        let time = f64::from(round.min(last)) / f64::from(last);
        self.kappa + (1.0 - self.kappa) * libm::pow(time, 1.0 / self.beta)
    }

    /// Returns the proposal of a round, from 0, as it would be quoted, never beyond the limit.
    pub fn proposal(&self, round: u32) -> f64 {
        let exact = self.first + (self.limit - self.first) * self.conceded(round);
        let quoted =
            if self.step > 0.0 { libm::round(exact / self.step) * self.step } else { exact };
        rounded(quoted.clamp(self.first.min(self.limit), self.first.max(self.limit)), 2)
    }
}

/// One round: what is asked, and what the client says to it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Round {
    /// The freelancer's ask.
    pub ask: f64,
    /// The client's counteroffer; none where the ask was accepted.
    pub client: Option<f64>,
}

/// How a negotiation went.
#[derive(Clone, Debug, PartialEq)]
pub struct Course {
    /// The rounds.
    pub rounds: Vec<Round>,
    /// The rate agreed on.
    pub agreed: Option<f64>,
}

/// Plays a negotiation, the freelancer asking first in each round.
///
/// Each accepts what is at least as good as the next own proposal (Faratin et al. 1998); whoever has
/// no round left ends it.
pub fn play(own: &Tactic, client: &Tactic) -> Course {
    let mut rounds = Vec::new();
    for round in 0..own.rounds.min(client.rounds).max(1) {
        let ask = own.proposal(round);
        let counter = client.proposal(round);
        if ask <= counter {
            rounds.push(Round { ask, client: None });
            return Course { rounds, agreed: Some(ask) };
        }
        rounds.push(Round { ask, client: Some(counter) });
        if counter >= own.proposal(round + 1) {
            return Course { rounds, agreed: Some(counter) };
        }
    }
    Course { rounds, agreed: None }
}

/// What is known of a client before talking: where they start, and how far they may go.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outlook {
    /// The rate they offered; none where they have not.
    pub offered: Option<f64>,
    /// The most they are thought to pay.
    pub limit: f64,
    /// Standard deviation of the logarithm of their true limit around that.
    pub spread: f64,
    /// The step in which rates are quoted.
    pub step: f64,
}

/// Clients played against.
pub const CLIENTS: usize = 400;
/// A client's first offer as a share of their limit, where they have made none; assumed.
const START_SHARE: (f64, f64) = (0.7, 0.9);
/// Spread of a client's true limit around the one they published; assumed.
pub const SPREAD_PUBLISHED: f64 = 0.05;
/// Spread of a client's true limit around the one guessed from their offer; assumed.
pub const SPREAD_OFFERED: f64 = 0.12;
/// How clients concede, from holding out to giving in; assumed.
const BETA: (f64, f64) = (0.4, 2.0);
/// Rounds until a client gives up; assumed.
const ROUNDS: (u64, u64) = (3, 8);

/// Returns the client that one would guess: the middle of every range.
pub fn usual_client(outlook: &Outlook) -> Tactic {
    let start = outlook.limit * (START_SHARE.0 + START_SHARE.1) / 2.0;
    client(outlook, outlook.limit, start, 1.0, ((ROUNDS.0 + ROUNDS.1) / 2) as u32)
}

/// Draws a client of the model.
fn drawn_client(outlook: &Outlook, luck: &mut Draw) -> Tactic {
    let limit = outlook.limit * libm::exp(luck.normal() * outlook.spread);
    let start = limit * (START_SHARE.0 + (START_SHARE.1 - START_SHARE.0) * luck.unit());
    // Even on the logarithm, so that holding out and giving in are as likely.
    let beta = BETA.0 * libm::pow(BETA.1 / BETA.0, luck.unit());
    let rounds = luck.within(ROUNDS.0, ROUNDS.1) as u32;
    client(outlook, limit, start, beta, rounds)
}

/// Makes a client who starts at their offer, where they have made one, and never goes below it.
fn client(outlook: &Outlook, limit: f64, start: f64, beta: f64, rounds: u32) -> Tactic {
    let first = outlook.offered.unwrap_or(start);
    Tactic { first, limit: limit.max(first), rounds, kappa: 0.0, beta, step: outlook.step }
}

/// What came of many negotiations.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Experience {
    /// Share that ended with an agreement.
    pub agreed_share: f64,
    /// Mean rate of the agreements.
    pub mean: f64,
    /// 10th percentile of the agreed rates.
    pub low: f64,
    /// 90th percentile of the agreed rates.
    pub high: f64,
    /// Mean rounds to an agreement.
    pub rounds: f64,
}

/// Plays against drawn clients; none where no client agrees.
pub fn experience(own: &Tactic, outlook: &Outlook, luck: &mut Draw) -> Option<Experience> {
    let mut agreed: Vec<f64> = Vec::new();
    let mut rounds = 0;
    for _ in 0..CLIENTS {
        let course = play(own, &drawn_client(outlook, luck));
        if let Some(rate) = course.agreed {
            agreed.push(rate);
            rounds += course.rounds.len();
        }
    }
    agreed.sort_by(f64::total_cmp);
    let count = agreed.len();
    let quantile =
        |share: f64| agreed.get((share * count.saturating_sub(1) as f64) as usize).copied();
    Some(Experience {
        agreed_share: count as f64 / CLIENTS as f64,
        mean: agreed.iter().sum::<f64>() / (count.max(1)) as f64,
        low: quantile(0.1)?,
        high: quantile(0.9)?,
        rounds: rounds as f64 / count.max(1) as f64,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: Tactic =
        Tactic { first: 80.0, limit: 60.0, rounds: 5, kappa: 0.0, beta: 0.5, step: 0.0 };

    #[test]
    fn a_boulware_gives_in_late_and_a_conceder_early() {
        let asks: Vec<f64> = (0..5).map(|round| OWN.proposal(round)).collect();
        assert_eq!(asks, [80.0, 78.75, 75.0, 68.75, 60.0]);
        let early = Tactic { beta: 2.0, ..OWN };
        assert!(early.proposal(1) < 71.0);
        assert_eq!(early.proposal(9), 60.0);
    }

    #[test]
    fn they_meet_where_their_limits_cross_and_nowhere_else() {
        let client =
            |limit| Tactic { first: 50.0, limit, rounds: 5, kappa: 0.0, beta: 1.0, step: 0.0 };
        let agreed = play(&OWN, &client(75.0)).agreed.unwrap();
        assert!((60.0..=75.0).contains(&agreed), "{agreed}");
        assert_eq!(play(&OWN, &client(55.0)).agreed, None);
        assert_eq!(play(&OWN, &client(55.0)).rounds.len(), 5);
    }

    #[test]
    fn a_generous_client_is_taken_at_once() {
        let client =
            Tactic { first: 90.0, limit: 95.0, rounds: 4, kappa: 0.0, beta: 1.0, step: 0.0 };
        let course = play(&OWN, &client);
        assert_eq!((course.rounds.len(), course.agreed), (1, Some(80.0)));
    }

    #[test]
    fn clients_who_can_pay_agree_more_often_and_at_more() {
        let outlook =
            |limit| Outlook { offered: Some(55.0), limit, spread: SPREAD_OFFERED, step: 1.0 };
        let of = |limit| experience(&OWN, &outlook(limit), &mut Draw::new(1, "test", &[])).unwrap();
        let (poor, rich) = (of(62.0), of(90.0));
        assert!(poor.agreed_share < rich.agreed_share);
        assert!(poor.mean < rich.mean);
        assert!(rich.low <= rich.mean && rich.mean <= rich.high);
    }
}
