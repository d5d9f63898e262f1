//! Lean worlds: a world without the arrivals that its scenario has yet to bring.
//!
//! Those are the same in every world of a run, so a world that is only kept need not hold them.

use super::{Activation, World};
use crate::model::id::{Actor, TimerIx};
use crate::sim::event::Purpose;

/// Fewer arrivals are not worth taking out.
const ARRIVALS_MIN: usize = 256;

/// The arrivals that were taken out: those of the scenario's tasks from one to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrivals {
    first: u32,
    last: u32,
}

impl Arrivals {
    fn holds(self, activation: Activation) -> bool {
        matches!(activation, Activation::Timer(TimerIx(n)) if (self.first..=self.last).contains(&n))
    }
}

impl World {
    /// Takes out the arrivals that are neither past nor due, where there are many.
    pub fn take_arrivals(&mut self) -> Option<Arrivals> {
        // Time in the agenda may be ahead, so that an entry is due before its turn is opened.
        let due =
            |timer: TimerIx| self.agenda.due().any(|entry| entry.item == Activation::Timer(timer));
        // The user has timers for arrivals alone.
        let mut waiting = self
            .timers
            .of_owner(Actor::User)
            .filter(|&(number, timer)| timer.at > self.now && !due(number));
        let (TimerIx(first), _) = waiting.next()?;
        let (mut last, mut count) = (first, 1_usize);
        for (TimerIx(n), timer) in waiting {
            // An arrival's timer has its task's place as its number; any other order is left as it is.
            if timer.purpose != Purpose::TaskArrives(n) || n != last + 1 {
                return None;
            }
            (last, count) = (n, count + 1);
        }
        if count < ARRIVALS_MIN {
            return None;
        }
        let arrivals = Arrivals { first, last };
        self.timers.take_all(|number| arrivals.holds(Activation::Timer(number)));
        self.agenda.retain_later(|activation| !arrivals.holds(activation));
        Some(arrivals)
    }

    /// Puts arrivals back that were taken out, as the run's world at turn 0 has them.
    pub fn put_arrivals(&mut self, arrivals: Arrivals, origin: &World) {
        let arriving = |timer: TimerIx| arrivals.holds(Activation::Timer(timer));
        self.timers.put_back(origin.timers.iter().filter(|&(number, _)| arriving(number)));
        let entries = origin.agenda.later().filter(|entry| arrivals.holds(entry.item));
        self.agenda.extend_later(entries.copied());
    }
}
