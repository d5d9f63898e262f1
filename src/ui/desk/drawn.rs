//! When panels look again: all at once, or while a run plays fast one after the other, a frame each.

use leptos::prelude::*;

/// A part of the page that looks again as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// What has no part of its own.
    Rest,
    /// The agents.
    Agents,
    /// The auctions.
    Auctions,
    /// The plan and its schedule.
    Plan,
    /// The talk.
    Talk,
}

/// How many parts there are.
const PARTS: usize = 5;

/// What the parts were told to look at. Copies are handles to the same.
#[derive(Clone, Copy)]
pub(super) struct Drawn {
    told: [RwSignal<u64>; PARTS],
    /// What each has looked at: a part that nobody shows looks at nothing.
    seen: StoredValue<[u64; PARTS]>,
    /// Whose turn it is.
    next: StoredValue<usize>,
}

impl Drawn {
    /// Starts where all parts look at the same.
    pub fn new() -> Drawn {
        Drawn {
            told: [0; PARTS].map(RwSignal::new),
            seen: StoredValue::new([0; PARTS]),
            next: StoredValue::new(0),
        }
    }

    /// Lets whoever computes a part be told, and notes that it looks.
    pub fn track(self, part: Part) {
        let at = part as usize;
        let now = self.told[at].get();
        self.seen.update_value(|seen| seen[at] = now);
    }

    /// Lets all parts look at a revision.
    pub fn all(self, revision: u64) {
        for told in self.told {
            if told.get_untracked() != revision {
                told.set(revision);
            }
        }
    }

    /// Lets the next of the parts that are shown look at a revision, and all that are not shown, which
    /// costs nothing; says whether there are more.
    pub fn next(self, revision: u64) -> bool {
        let seen = self.seen.get_value();
        let told = self.told.map(|told| told.get_untracked());
        let is_shown = |at: usize| seen[at] == told[at];
        let waits = |at: usize| is_shown(at) && told[at] != revision;
        let from = self.next.get_value();
        let turn = (0..PARTS).map(|by| (from + by) % PARTS).find(|&at| waits(at));
        for at in (0..PARTS).filter(|&at| Some(at) == turn || !is_shown(at)) {
            self.told[at].set(revision);
        }
        if let Some(turn) = turn {
            self.next.set_value((turn + 1) % PARTS);
        }
        (0..PARTS).any(|at| Some(at) != turn && waits(at))
    }
}
