//! What happened before an event: everything that it rests on, by causes and reads.

use crate::model::id::EventId;
use crate::sim::log::Log;

/// The causal past of an event, itself included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Past {
    marks: Vec<bool>,
}

impl Past {
    /// Walks causes and reads back from an event; causes come first in the log, so that one sweep is enough.
    pub fn of(log: &Log, event: EventId) -> Past {
        let mut marks = vec![false; (event.at() + 1).min(log.len())];
        if let Some(mark) = marks.get_mut(event.at()) {
            *mark = true;
        }
        for at in (0..marks.len()).rev() {
            if !marks[at] {
                continue;
            }
            let id = EventId::from(at);
            let cause = log.record(id).and_then(|record| record.cause);
            for before in cause.into_iter().chain(log.reads_of(id).iter()) {
                if let Some(mark) = marks.get_mut(before.at()) {
                    *mark = true;
                }
            }
        }
        Past { marks }
    }

    /// Says whether an event belongs to it.
    pub fn holds(&self, event: EventId) -> bool {
        self.marks.get(event.at()).copied().unwrap_or(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::lens::tests::at_every_turn;

    #[test]
    fn the_past_of_the_last_event_reaches_the_first_and_is_closed() {
        let mut checked = false;
        at_every_turn("generic-team", |lens| {
            let log = lens.session.log();
            let Some(last) = log.len().checked_sub(1).map(EventId::from) else { return };
            let past = Past::of(log, last);
            for at in (0..log.len()).map(EventId::from).filter(|at| past.holds(*at)) {
                let record = log.record(at).expect("an event of the log");
                assert!(record.cause.is_none_or(|cause| past.holds(cause)));
                checked |= record.cause.is_none();
            }
        });
        assert!(checked);
    }
}
