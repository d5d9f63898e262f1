//! The timers that are set, by number and by owner and purpose.

use std::collections::BTreeMap;
use std::fmt;

use super::Timer;
use crate::model::id::{Actor, TimerIx};
use crate::sim::event::Purpose;

/// Timers that are set.
///
/// Numbers only grow, so timers lie in a list in their order; one that is gone leaves its place empty
/// until as many are gone as are set.
#[derive(Clone, Default)]
pub struct Timers {
    list: Vec<(TimerIx, Option<Timer>)>,
    gone: usize,
    by_purpose: BTreeMap<u128, TimerIx>,
}

/// Returns an owner and a purpose as one number, in their order.
fn key(owner: Actor, purpose: Purpose) -> u128 {
    let owner = match owner {
        Actor::Orchestrator => 0,
        Actor::Environment => 1,
        Actor::User => 2,
        Actor::Agent(agent) => 3 + u64::from(agent.0),
    };
    let (kind, about) = purpose.numbers();
    u128::from(owner) << 64 | u128::from(kind) << 32 | u128::from(about)
}

impl Timers {
    fn place(&self, timer: TimerIx) -> Option<usize> {
        self.list.binary_search_by_key(&timer, |&(number, _)| number).ok()
    }

    /// Returns a timer, if it is set.
    pub fn get(&self, timer: TimerIx) -> Option<&Timer> {
        self.list.get(self.place(timer)?)?.1.as_ref()
    }

    /// Returns the number of the timer that an actor has set for a purpose.
    pub fn of(&self, owner: Actor, purpose: Purpose) -> Option<TimerIx> {
        self.by_purpose.get(&key(owner, purpose)).copied()
    }

    /// Returns an actor's timers, in the order of their purposes.
    pub fn of_owner(&self, owner: Actor) -> impl Iterator<Item = (TimerIx, &Timer)> {
        let first = key(owner, Purpose::TaskArrives(0));
        let found = self.by_purpose.range(first..first + (1 << 64));
        found.filter_map(|(_, &timer)| Some((timer, self.get(timer)?)))
    }

    /// Returns all timers that are set, by number.
    pub fn iter(&self) -> impl Iterator<Item = (TimerIx, &Timer)> + Clone {
        self.list.iter().filter_map(|(number, timer)| Some((*number, timer.as_ref()?)))
    }

    /// Returns how many are set.
    pub fn len(&self) -> usize {
        self.list.len() - self.gone
    }

    /// Says whether none is set.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Sets a timer, whose number is larger than those of all that were set before.
    pub fn set(&mut self, number: TimerIx, timer: Timer) {
        self.list.push((number, Some(timer)));
        self.by_purpose.insert(key(timer.owner, timer.purpose), number);
    }

    /// Takes a timer out, if it is set.
    pub fn take(&mut self, number: TimerIx) -> Option<Timer> {
        let at = self.place(number)?;
        let timer = self.list.get_mut(at)?.1.take()?;
        self.by_purpose.remove(&key(timer.owner, timer.purpose));
        self.gone += 1;
        if self.gone * 2 > self.list.len() {
            self.tidy();
        }
        Some(timer)
    }

    /// Takes out the timers that are asked for.
    pub fn take_all(&mut self, asked: impl Fn(TimerIx) -> bool) {
        self.list.retain(|&(number, _)| !asked(number));
        self.by_purpose.retain(|_, number| !asked(*number));
        self.tidy();
    }

    /// Puts timers back that were taken out.
    pub fn put_back<'a>(&mut self, timers: impl Iterator<Item = (TimerIx, &'a Timer)> + Clone) {
        self.list.extend(timers.clone().map(|(number, timer)| (number, Some(*timer))));
        // Two lists in order one behind the other: a stable sort merges them.
        self.list.sort_by_key(|&(number, _)| number);
        let mut back =
            timers.map(|(number, timer)| (key(timer.owner, timer.purpose), number)).collect();
        self.by_purpose.append(&mut back);
    }

    fn tidy(&mut self) {
        self.list.retain(|(_, timer)| timer.is_some());
        self.gone = 0;
    }
}

/// Empty places are no part of what can be told apart.
impl PartialEq for Timers {
    fn eq(&self, other: &Self) -> bool {
        self.by_purpose == other.by_purpose && self.iter().eq(other.iter())
    }
}

impl fmt::Debug for Timers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::time::Micros;
    use crate::model::id::{AgentIx, EventId, SubtaskIx, TaskIx};

    fn timer(owner: Actor, purpose: Purpose) -> Timer {
        Timer { owner, purpose, at: Micros(1), set_by: EventId(0) }
    }

    #[test]
    fn timers_are_found_by_number_and_purpose_whatever_went_before() {
        let me = Actor::Agent(AgentIx(4));
        let mut timers = Timers::default();
        for n in 0..100 {
            timers.set(TimerIx(2 * n), timer(me, Purpose::WorkEnds(SubtaskIx(n))));
        }
        for n in (0..100).filter(|n| n % 3 != 0) {
            assert!(timers.take(TimerIx(2 * n)).is_some());
            assert!(
                timers.take(TimerIx(2 * n)).is_none() && timers.take(TimerIx(2 * n + 1)).is_none()
            );
        }
        assert_eq!((timers.len(), timers.iter().count()), (34, 34));
        assert_eq!(timers.of(me, Purpose::WorkEnds(SubtaskIx(33))), Some(TimerIx(66)));
        assert_eq!(timers.of(me, Purpose::WorkEnds(SubtaskIx(34))), None);
        assert!(timers.get(TimerIx(66)).is_some() && timers.get(TimerIx(68)).is_none());
    }

    #[test]
    fn purposes_keep_their_order() {
        let mut keys = Vec::new();
        for owner in
            [Actor::Orchestrator, Actor::Environment, Actor::User, Actor::Agent(AgentIx(0))]
        {
            for purpose in
                [Purpose::TaskArrives(7), Purpose::FaultStrikes(0), Purpose::Heartbeat(TaskIx(2))]
            {
                keys.push(((owner, purpose), key(owner, purpose)));
            }
        }
        assert!(keys.is_sorted_by_key(|(pair, _)| *pair) && keys.is_sorted_by_key(|(_, key)| *key));
    }

    #[test]
    fn what_is_put_back_is_as_it_was() {
        let mut timers = Timers::default();
        for n in 0..10 {
            timers.set(TimerIx(n), timer(Actor::User, Purpose::TaskArrives(n)));
        }
        let whole = timers.clone();
        timers.take_all(|number| (2..7).contains(&number.0));
        assert_eq!(timers.len(), 5);
        timers.put_back(whole.iter().filter(|(number, _)| (2..7).contains(&number.0)));
        assert!(timers == whole);
    }
}
