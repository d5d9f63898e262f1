//! The agenda: what comes next, ordered by time and, at one time, by order of insertion.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fmt;

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

/// Entries that are due, first in, first out: what has come out is dropped once it is more than what waits.
struct Due<T> {
    entries: Vec<Entry<T>>,
    /// The first that waits.
    first: usize,
}

/// Fewer entries that have come out are not worth dropping.
const OUT_MIN: usize = 1024;

impl<T> Default for Due<T> {
    fn default() -> Self {
        Due { entries: Vec::new(), first: 0 }
    }
}

impl<T: Clone> Clone for Due<T> {
    fn clone(&self) -> Self {
        Due { entries: self.waiting().to_vec(), first: 0 }
    }
}

/// What has come out is no part of what can be told apart.
impl<T: fmt::Debug> fmt::Debug for Due<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.waiting()).finish()
    }
}

impl<T> Due<T> {
    #[inline]
    fn waiting(&self) -> &[Entry<T>] {
        self.entries.get(self.first..).unwrap_or_default()
    }

    #[inline]
    fn front(&self) -> Option<&Entry<T>> {
        self.entries.get(self.first)
    }

    #[inline]
    fn put(&mut self, entry: Entry<T>) {
        self.entries.push(entry);
    }

    #[inline]
    fn drop_first(&mut self, count: usize) {
        self.first += count.min(self.waiting().len());
        if self.first >= OUT_MIN {
            self.tidy();
        }
    }

    #[inline(never)]
    fn tidy(&mut self) {
        if self.first * 2 >= self.entries.len() {
            self.entries.drain(..self.first.min(self.entries.len()));
            self.first = 0;
        }
    }

    fn remove(&mut self, sequence: u64) -> Option<Entry<T>> {
        let at = self.waiting().iter().position(|entry| entry.sequence == sequence)?;
        Some(self.entries.remove(self.first + at))
    }
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
    due: Due<T>,
    later: BinaryHeap<Reverse<Entry<T>>>,
}

impl<T: Ord + Copy> Default for Agenda<T> {
    fn default() -> Self {
        Agenda {
            now: Micros::ZERO,
            next_sequence: 0,
            due: Due::default(),
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
            self.due.put(entry);
        } else {
            self.later.push(Reverse(entry));
        }
    }

    /// Returns the time of the entries that are due.
    #[inline]
    pub fn now(&self) -> Micros {
        self.now
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
            self.due.drop_first(1);
        }
        self.move_on(stale);
    }

    /// Moves time on to the first entry that is of use, when none is due now.
    #[inline(never)]
    fn move_on(&mut self, stale: impl Fn(&Entry<T>) -> bool) {
        while self.due.front().is_none() {
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
                self.due.put(entry);
            }
            while self.due.front().is_some_and(&stale) {
                self.due.drop_first(1);
            }
        }
    }

    /// Returns the entries due at the earliest time, in order; call `settle` first.
    pub fn due(&self) -> impl Iterator<Item = &Entry<T>> {
        self.due.waiting().iter()
    }

    /// Returns the first of the entries due at the earliest time.
    #[inline]
    pub fn first(&self) -> Option<&Entry<T>> {
        self.due.front()
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

    /// Drops the first so many of the entries that are due.
    #[inline]
    pub fn drop_due(&mut self, count: usize) {
        self.due.drop_first(count);
    }

    /// Takes the first due entry out, if it has this sequence; says whether it had.
    #[inline]
    pub fn take_first(&mut self, sequence: u64) -> bool {
        let is_first = self.due.front().is_some_and(|entry| entry.sequence == sequence);
        if is_first {
            self.due.drop_first(1);
        }
        is_first
    }

    /// Takes one due entry out; none if it is not there.
    pub fn take(&mut self, sequence: u64) -> Option<Entry<T>> {
        let first = self.due.front().copied();
        if self.take_first(sequence) { first } else { self.due.remove(sequence) }
    }

    /// Returns how many entries wait, stale ones among them.
    pub fn len(&self) -> usize {
        self.due.waiting().len() + self.later.len()
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
