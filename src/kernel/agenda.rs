//! The agenda: what comes next, ordered by time and, at one time, by order of insertion.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use super::time::Micros;

/// An entry and its place in the order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry<T> {
    /// When it is due.
    pub time: Micros,
    /// Its place among entries of one time.
    pub sequence: u64,
    /// What is due.
    pub item: T,
}

/// A queue in virtual time.
///
/// 1. Entries come out by time, and those of one time in the order in which they were put in.
/// 2. Time never goes back: an entry put in for the past is due now.
///
/// Most entries are due at once, so those wait in a first-in first-out queue beside the heap.
#[derive(Clone, Debug)]
pub struct Agenda<T> {
    now: Micros,
    next_sequence: u64,
    due: VecDeque<Entry<T>>,
    later: BinaryHeap<Reverse<Entry<T>>>,
}

impl<T: Ord + Copy> Default for Agenda<T> {
    fn default() -> Self {
        Agenda {
            now: Micros::ZERO,
            next_sequence: 0,
            due: VecDeque::new(),
            later: BinaryHeap::new(),
        }
    }
}

impl<T: Ord + Copy> Agenda<T> {
    /// Puts an entry in.
    #[inline]
    pub fn put(&mut self, time: Micros, item: T) {
        let entry = Entry { time: time.max(self.now), sequence: self.next_sequence, item };
        self.next_sequence += 1;
        // An entry for now is behind every earlier entry for now, those in the heap included:
        // `advance` moves them over when time gets there.
        if entry.time == self.now {
            self.due.push_back(entry);
        } else {
            self.later.push(Reverse(entry));
        }
    }

    /// Returns the sequence that the next entry gets.
    pub fn next_sequence(&self) -> u64 {
        self.next_sequence
    }

    /// Drops entries that are no longer of use from the front, and moves time on to the first that is.
    #[inline]
    pub fn settle(&mut self, stale: impl Fn(&Entry<T>) -> bool) {
        while let Some(first) = self.due.front() {
            if !stale(first) {
                return;
            }
            self.due.pop_front();
        }
        self.move_on(stale);
    }

    /// Moves time on to the first entry that is of use, when none is due now.
    fn move_on(&mut self, stale: impl Fn(&Entry<T>) -> bool) {
        while self.due.is_empty() {
            let Some(Reverse(next)) = self.later.peek().copied() else {
                return;
            };
            if stale(&next) {
                self.later.pop();
                continue;
            }
            self.now = next.time;
            while let Some(&Reverse(entry)) = self.later.peek() {
                if entry.time > self.now {
                    break;
                }
                self.later.pop();
                self.due.push_back(entry);
            }
            while self.due.front().is_some_and(&stale) {
                self.due.pop_front();
            }
        }
    }

    /// Returns the entries due at the earliest time, in order; call `settle` first.
    pub fn due(&self) -> impl Iterator<Item = &Entry<T>> {
        self.due.iter()
    }

    /// Returns the entries that are not due yet, in no particular order.
    pub fn later(&self) -> impl Iterator<Item = &Entry<T>> {
        self.later.iter().map(|Reverse(entry)| entry)
    }

    /// Keeps of the entries that are not due yet only some.
    pub fn retain_later(&mut self, keeps: impl Fn(T) -> bool) {
        self.later.retain(|Reverse(entry)| keeps(entry.item));
    }

    /// Puts entries back that are not due yet, at the places they had.
    pub fn extend_later(&mut self, entries: impl Iterator<Item = Entry<T>>) {
        self.later.extend(entries.map(Reverse));
    }

    /// Takes the first due entry out, if it has this sequence; says whether it had.
    #[inline]
    pub fn take_first(&mut self, sequence: u64) -> bool {
        let is_first = self.due.front().is_some_and(|entry| entry.sequence == sequence);
        if is_first {
            self.due.pop_front();
        }
        is_first
    }

    /// Takes one due entry out; none if it is not there.
    pub fn take(&mut self, sequence: u64) -> Option<Entry<T>> {
        if self.due.front().is_some_and(|entry| entry.sequence == sequence) {
            return self.due.pop_front();
        }
        let at = self.due.iter().position(|entry| entry.sequence == sequence)?;
        self.due.remove(at)
    }

    /// Returns how many entries wait, stale ones among them.
    pub fn len(&self) -> usize {
        self.due.len() + self.later.len()
    }

    /// Says whether nothing waits.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_time_then_by_insertion() {
        let mut agenda = Agenda::default();
        agenda.put(Micros(5), 'c');
        agenda.put(Micros(0), 'a');
        agenda.put(Micros(5), 'd');
        agenda.put(Micros(0), 'b');
        let mut out = String::new();
        loop {
            agenda.settle(|_| false);
            let Some(first) = agenda.due().next().copied() else {
                break;
            };
            agenda.take(first.sequence);
            out.push(first.item);
            if first.item == 'c' {
                agenda.put(Micros(1), 'e');
            }
        }
        assert_eq!(out, "abcde");
    }
}
