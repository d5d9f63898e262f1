//! Margins of an auction: how far a bid was from winning, and the smallest change of each term that would have won.

use crate::kernel::fixed::{Hundredths, Ppm};
use crate::model::bid::{BidTerms, Weights};

/// One of a bid's four terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Term {
    /// How well the agent fits what is asked.
    Capability,
    /// Slots held over capacity; less is better.
    Workload,
    /// Performance score over 100.
    Performance,
    /// How its tempo fits the task's urgency.
    Priority,
}

impl Term {
    /// All terms, in the order of the score's formula.
    pub const ALL: [Term; 4] =
        [Term::Capability, Term::Workload, Term::Performance, Term::Priority];

    /// Returns the contract's name.
    pub fn name(self) -> &'static str {
        match self {
            Term::Capability => "capability",
            Term::Workload => "workload",
            Term::Performance => "performance",
            Term::Priority => "priority",
        }
    }

    /// Returns the term's value in a bid.
    pub fn of(self, terms: &BidTerms) -> Ppm {
        match self {
            Term::Capability => terms.capability,
            Term::Workload => terms.workload_penalty,
            Term::Performance => terms.performance,
            Term::Priority => terms.priority,
        }
    }

    /// Returns a bid with another value of the term.
    pub fn with(self, terms: &BidTerms, value: Ppm) -> BidTerms {
        let mut changed = *terms;
        match self {
            Term::Capability => changed.capability = value,
            Term::Workload => changed.workload_penalty = value,
            Term::Performance => changed.performance = value,
            Term::Priority => changed.priority = value,
        }
        changed
    }

    fn weight(self, weights: &Weights) -> Ppm {
        match self {
            Term::Capability => weights.capability,
            Term::Workload => weights.workload,
            Term::Performance => weights.performance,
            Term::Priority => weights.priority,
        }
    }
}

/// The smallest change of one term that would have won.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TermChange {
    /// The term.
    pub term: Term,
    /// Its value in the bid.
    pub from: Ppm,
    /// The value that would have won; none where even the best would not.
    pub to: Option<Ppm>,
}

/// Returns the least score with which a bidder beats a rival: a level score wins for the id that
/// sorts first as text.
pub fn needed(bidder: &str, rival: &str, rival_score: Hundredths) -> Hundredths {
    Hundredths(rival_score.0 + u32::from(bidder >= rival))
}

/// Returns for each term the smallest change that makes a bid score at least so much.
pub fn changes(terms: &BidTerms, weights: &Weights, needed: Hundredths) -> [TermChange; 4] {
    Term::ALL.map(|term| TermChange {
        term,
        from: term.of(terms),
        to: value_for(terms, weights, term, needed),
    })
}

/// Solves the score's formula for one term, in its whole numbers: the score is the sum of the parts
/// in 1e-12 of 100 points, rounded half up to 1e-4 of them.
fn value_for(terms: &BidTerms, weights: &Weights, term: Term, needed: Hundredths) -> Option<Ppm> {
    let sum: u64 = terms.parts(weights).iter().sum();
    let aim = (u64::from(needed.0) * 100_000_000).saturating_sub(50_000_000);
    let weight = u64::from(term.weight(weights).0);
    let missing = aim.saturating_sub(sum);
    let from = term.of(terms).clamped();
    if missing == 0 {
        return Some(from);
    }
    let steps = u32::try_from(missing.checked_next_multiple_of(weight)? / weight).ok()?;
    match term {
        Term::Workload => from.0.checked_sub(steps).map(Ppm),
        _ => Some(Ppm(from.0.checked_add(steps)?)).filter(|to| *to <= Ppm::ONE),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::draw::Draw;

    fn share(luck: &mut Draw) -> Ppm {
        Ppm(luck.below(1_000_001) as u32)
    }

    #[test]
    fn with_the_change_the_score_is_reached_and_with_one_part_less_it_is_not() {
        let mut luck = Draw::new(7, "margins", &[]);
        let mut reached = 0;
        for _ in 0..20_000 {
            let terms = BidTerms {
                capability: share(&mut luck),
                workload_penalty: share(&mut luck),
                performance: share(&mut luck),
                priority: share(&mut luck),
            };
            let weights = Weights::default();
            let score = terms.score(&weights);
            let aim = Hundredths(score.0 + 1 + luck.below(3_000) as u32);
            for change in changes(&terms, &weights, aim) {
                let with = |value| change.term.with(&terms, value).score(&weights);
                match change.to {
                    Some(to) => {
                        let less = if change.term == Term::Workload { to.0 + 1 } else { to.0 - 1 };
                        assert!(with(to) >= aim && with(Ppm(less)) < aim, "{change:?}");
                        reached += 1;
                    }
                    None if change.term == Term::Workload => assert!(with(Ppm::ZERO) < aim),
                    None => assert!(with(Ppm::ONE) < aim),
                }
            }
        }
        assert!(reached > 10_000, "most changes are possible: {reached}");
    }

    #[test]
    fn a_term_that_weighs_nothing_can_change_nothing() {
        let none = Weights { priority: Ppm::ZERO, capability: Ppm(500_000), ..Weights::default() };
        let terms = BidTerms {
            capability: Ppm::ZERO,
            workload_penalty: Ppm::ZERO,
            performance: Ppm::ZERO,
            priority: Ppm::ZERO,
        };
        assert_eq!(changes(&terms, &none, Hundredths(5_000))[3].to, None);
        assert_eq!(needed("a", "b", Hundredths(10)), Hundredths(10));
        assert_eq!(needed("b", "a", Hundredths(10)), Hundredths(11));
    }
}
