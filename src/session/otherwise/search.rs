//! A search for the smallest change, which goes on by bounded steps: it pauses where its budget is spent.

use std::cell::Cell;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use super::{MergeChange, StartChange, WithoutSteps, merging, outcome, starting};
use crate::model::id::TaskIx;
use crate::model::recommendation::RecommendationRef;
use crate::session::Session;

/// What is looked for, of the turn at a session's cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sought {
    /// What would have let another subtask start first.
    Start,
    /// What would have changed the fate of a piece of advice.
    Merge(RecommendationRef),
    /// Without which steps the plan would have turned out otherwise.
    Outcome,
}

/// What was found.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    /// Of a start.
    Start(Vec<StartChange>),
    /// Of a merging.
    Merge(Vec<MergeChange>),
    /// Of an outcome.
    Outcome(Vec<WithoutSteps>),
}

/// What a search may still do before it pauses [turns replayed, or work that takes as long].
#[derive(Clone, Default)]
pub(super) struct Meter {
    left: Rc<Cell<u64>>,
}

impl Meter {
    /// Spends what something costs that is about to be done; pauses where nothing is left.
    pub async fn spend(&self, cost: u64) {
        let paid = |_: &mut Context<'_>| match self.left.get() {
            0 => Poll::Pending,
            left => {
                self.left.set(left.saturating_sub(cost));
                Poll::Ready(())
            }
        };
        poll_fn(paid).await;
    }
}

/// A search that is under way. It looks at a copy of the session, so that the session may go on.
///
/// What it finds does not depend on where it pauses.
pub struct Search {
    meter: Meter,
    work: Pin<Box<dyn Future<Output = Found>>>,
    found: Option<Found>,
}

impl Search {
    /// Begins to look at the turn at a session's cursor; nothing is done yet.
    pub fn new(session: &Session, task: TaskIx, sought: Sought) -> Search {
        let (session, meter) = (session.alone(), Meter::default());
        let own = meter.clone();
        let work = async move {
            match sought {
                Sought::Start => Found::Start(starting::changes(&session, task, &own).await),
                Sought::Merge(what) => {
                    Found::Merge(merging::changes(&session, task, &what, &own).await)
                }
                Sought::Outcome => Found::Outcome(outcome::without(&session, task, &own).await),
            }
        };
        Search { meter, work: Box::pin(work), found: None }
    }

    /// Goes on for so many turns' worth of work, and at most one piece more; returns what was found
    /// once it is over.
    pub fn go_on(&mut self, budget: u64) -> Option<&Found> {
        if self.found.is_none() {
            self.meter.left.set(budget);
            let mut context = Context::from_waker(Waker::noop());
            if let Poll::Ready(found) = self.work.as_mut().poll(&mut context) {
                self.found = Some(found);
            }
        }
        self.found.as_ref()
    }

    /// Looks without a pause.
    pub fn whole(session: &Session, task: TaskIx, sought: Sought) -> Found {
        let mut search = Search::new(session, task, sought);
        loop {
            if let Some(found) = search.go_on(u64::MAX) {
                return found.clone();
            }
        }
    }
}

/// Returns the least whole number from 1 to `most` for which something holds, given that it holds for
/// all above the least; none where it does not hold for `most`.
pub(super) async fn least(most: u64, mut holds: impl AsyncFnMut(u64) -> bool) -> Option<u64> {
    if most == 0 || !holds(most).await {
        return None;
    }
    // Invariant: it does not hold for `below` (or that is 0), and holds for `found`.
    let (mut below, mut found) = (0, most);
    while found - below > 1 {
        let middle = below + (found - below) / 2;
        if holds(middle).await {
            found = middle;
        } else {
            below = middle;
        }
    }
    Some(found)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Does work that could pause at once.
    pub fn at_once<T>(work: impl AsyncFnOnce(&Meter) -> T) -> T {
        let meter = Meter::default();
        meter.left.set(u64::MAX);
        let mut work = Box::pin(work(&meter));
        match work.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(found) => found,
            Poll::Pending => panic!("nobody spends so much"),
        }
    }
}
