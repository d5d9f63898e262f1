//! Lean worlds: a world without the arrivals that its scenario has yet to bring.
//!
//! Those are the same in every world of a run, so a world that is only kept need not hold them.

use std::collections::BTreeMap;

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
        let all =
            (Actor::User, Purpose::TaskArrives(0))..=(Actor::User, Purpose::TaskArrives(u32::MAX));
        let due =
            |timer: TimerIx| self.agenda.due().any(|entry| entry.item == Activation::Timer(timer));
        let mut waiting = self.timers_by_purpose.range(all).filter(|(_, timer)| {
            // Time in the agenda may be ahead, so that an entry is due before its turn is opened.
            self.timers.get(timer).is_some_and(|timer| timer.at > self.now) && !due(**timer)
        });
        let (_, &TimerIx(first)) = waiting.next()?;
        let (mut last, mut count) = (first, 1_usize);
        for (&(_, purpose), &TimerIx(n)) in waiting {
            // An arrival's timer has its task's place as its number; any other order is left as it is.
            if purpose != Purpose::TaskArrives(n) || n != last + 1 {
                return None;
            }
            (last, count) = (n, count + 1);
        }
        if count < ARRIVALS_MIN {
            return None;
        }
        let arrivals = Arrivals { first, last };
        cut_out(&mut self.timers, TimerIx(first), TimerIx(last + 1));
        // The user has timers for arrivals alone, and purposes are in order.
        let of_user = |purpose| (Actor::User, purpose);
        let (from, behind) = (Purpose::TaskArrives(first), Purpose::FaultStrikes(0));
        cut_out(&mut self.timers_by_purpose, of_user(from), of_user(behind));
        self.agenda.retain_later(|activation| !arrivals.holds(activation));
        Some(arrivals)
    }

    /// Puts arrivals back that were taken out, as the run's world at turn 0 has them.
    pub fn put_arrivals(&mut self, arrivals: Arrivals, origin: &World) {
        let Arrivals { first, last } = arrivals;
        let span = TimerIx(first)..=TimerIx(last);
        let mut timers: BTreeMap<_, _> =
            origin.timers.range(span).map(|(ix, timer)| (*ix, *timer)).collect();
        let mut by_purpose: BTreeMap<_, _> =
            timers.iter().map(|(ix, timer)| ((timer.owner, timer.purpose), *ix)).collect();
        self.timers.append(&mut timers);
        self.timers_by_purpose.append(&mut by_purpose);
        let entries = origin.agenda.later().filter(|entry| arrivals.holds(entry.item));
        self.agenda.extend_later(entries.copied());
    }
}

/// Takes the entries from one key to before another out of a map.
fn cut_out<K: Ord, V>(map: &mut BTreeMap<K, V>, from: K, to: K) {
    let mut behind = map.split_off(&from);
    map.append(&mut behind.split_off(&to));
}
