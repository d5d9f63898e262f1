//! A list that only grows at its end, kept in chunks that its copies share.

use std::sync::Arc;

/// A list in chunks of `N`: full ones are shared by copies, the last one is a copy's own.
///
/// 1. A copy costs a pointer for each full chunk, and the last chunk.
/// 2. A change inside a shared chunk copies that chunk first, so no copy sees another's changes.
#[derive(Debug)]
pub struct Shelf<T, const N: usize> {
    full: Vec<Arc<Vec<T>>>,
    open: Vec<T>,
    /// Buffers of an earlier list, for chunks to come.
    spare: Vec<Vec<T>>,
}

impl<T, const N: usize> Default for Shelf<T, N> {
    fn default() -> Self {
        Shelf::new()
    }
}

impl<T: PartialEq, const N: usize> PartialEq for Shelf<T, N> {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().eq(other.iter())
    }
}

impl<T: Clone, const N: usize> Clone for Shelf<T, N> {
    fn clone(&self) -> Self {
        Shelf { full: self.full.clone(), open: self.open.clone(), spare: Vec::new() }
    }
}

impl<T, const N: usize> Shelf<T, N> {
    /// Makes an empty list.
    pub const fn new() -> Self {
        Shelf { full: Vec::new(), open: Vec::new(), spare: Vec::new() }
    }

    /// Puts an entry behind the last; returns its position.
    #[inline]
    pub fn push(&mut self, entry: T) -> usize {
        if self.open.len() >= N {
            self.seal();
        }
        let at = self.len();
        self.open.push(entry);
        at
    }

    #[cold]
    fn seal(&mut self) {
        let fresh = self.spare.pop().unwrap_or_else(|| Vec::with_capacity(N));
        self.full.push(Arc::new(std::mem::replace(&mut self.open, fresh)));
    }

    /// Returns how many entries there are.
    #[inline]
    pub fn len(&self) -> usize {
        self.full.len() * N + self.open.len()
    }

    /// Says whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns an entry.
    #[inline]
    pub fn get(&self, at: usize) -> Option<&T> {
        self.rest_of_chunk(at).first()
    }

    /// Returns the entries from one to the end of its chunk; nothing from beyond the end.
    #[inline]
    pub fn rest_of_chunk(&self, at: usize) -> &[T] {
        let chunk = self.full.get(at / N).map_or_else(
            || if at / N == self.full.len() { self.open.as_slice() } else { &[] },
            |chunk| chunk.as_slice(),
        );
        chunk.get(at % N..).unwrap_or_default()
    }

    /// Returns how many entries fit into the last chunk before a new one is begun.
    #[inline]
    pub fn room(&self) -> usize {
        N - self.open.len()
    }

    /// Returns the last entry.
    pub fn last(&self) -> Option<&T> {
        self.open.last().or_else(|| self.full.last().and_then(|chunk| chunk.last()))
    }

    /// Returns the last entry to change, if it is not in a chunk that is full.
    #[inline]
    pub fn last_mut(&mut self) -> Option<&mut T> {
        self.open.last_mut()
    }

    /// Returns all entries in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &T> {
        self.full.iter().flat_map(|chunk| chunk.iter()).chain(&self.open)
    }

    /// Returns the entries from one on.
    pub fn from(&self, at: usize) -> impl DoubleEndedIterator<Item = &T> {
        (at..self.len()).filter_map(|at| self.get(at))
    }

    /// Returns the position of the first entry for which the test fails, as in a sorted list.
    pub fn partition_point(&self, test: impl Fn(&T) -> bool) -> usize {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low + (high - low) / 2;
            if self.get(middle).is_some_and(&test) { low = middle + 1 } else { high = middle }
        }
        low
    }

    /// Returns the memory that its entries take themselves, in bytes; a shared chunk counts in full.
    pub fn bytes(&self) -> usize {
        (self.full.len() * N + self.open.len()) * size_of::<T>()
    }

    /// Returns the entries in chunks that another list does not share at the same place.
    pub fn apart<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = &'a T> {
        let own = self.full.iter().enumerate().filter(|(at, chunk)| {
            other.full.get(*at).is_none_or(|shared| !Arc::ptr_eq(chunk, shared))
        });
        own.flat_map(|(_, chunk)| chunk.iter()).chain(&self.open)
    }

    /// Returns the entries, each with its place, in chunks that another list does not share at the same place.
    pub fn differing<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = (usize, &'a T)> {
        let full = self.full.iter().enumerate().filter(|(at, chunk)| {
            other.full.get(*at).is_none_or(|shared| !Arc::ptr_eq(chunk, shared))
        });
        let full = full.flat_map(|(at, chunk)| (at * N..).zip(chunk.iter()));
        full.chain((self.full.len() * N..).zip(&self.open))
    }

    /// Empties the list and keeps the buffers that no copy shares.
    pub fn clear(&mut self) {
        for chunk in self.full.drain(..) {
            if let Ok(mut chunk) = Arc::try_unwrap(chunk) {
                chunk.clear();
                self.spare.push(chunk);
            }
        }
        self.open.clear();
    }
}

impl<T: Clone, const N: usize> Shelf<T, N> {
    /// Returns an entry to change.
    #[inline]
    pub fn get_mut(&mut self, at: usize) -> Option<&mut T> {
        if at / N == self.full.len() {
            return self.open.get_mut(at % N);
        }
        Arc::make_mut(self.full.get_mut(at / N)?).get_mut(at % N)
    }

    /// Returns the list as far as its first so many entries; what is full is shared.
    pub fn cut(&self, len: usize) -> Self {
        if len >= self.len() {
            return self.clone();
        }
        let full = self.full.iter().take(len / N).cloned().collect();
        let open = self.rest_of_chunk(len / N * N).iter().take(len % N).cloned().collect();
        Shelf { full, open, spare: Vec::new() }
    }
}

impl<T: Copy, const N: usize> Shelf<T, N> {
    /// Puts entries behind the last, all in one chunk; the rest of a chunk too small for them is
    /// filled up. Returns the position of the first.
    #[inline]
    pub fn push_together(&mut self, entries: &[T], filler: T) -> usize {
        if self.room() < entries.len() {
            self.open.resize(N, filler);
            self.seal();
        }
        let at = self.len();
        self.open.extend_from_slice(entries);
        at
    }

    /// Puts the first few of some entries behind the last, as `push_together` does; where there is
    /// room, all are written and the others taken back, so that how many there are costs nothing.
    #[inline(always)]
    pub fn push_few<const M: usize>(&mut self, entries: &[T; M], count: usize, filler: T) -> usize {
        if self.room() < M {
            return self.push_together(entries.get(..count).unwrap_or(entries), filler);
        }
        let at = self.len();
        let end = self.open.len() + count;
        self.open.extend_from_slice(entries);
        self.open.truncate(end);
        at
    }
}

impl<T, const N: usize> std::ops::Index<usize> for Shelf<T, N> {
    type Output = T;

    /// Returns an entry that is known to be there.
    fn index(&self, at: usize) -> &T {
        &self.rest_of_chunk(at)[0]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shelf(count: u32) -> Shelf<u32, 4> {
        let mut shelf = Shelf::default();
        (0..count).for_each(|n| {
            shelf.push(n);
        });
        shelf
    }

    #[test]
    fn what_is_put_in_is_there_in_order() {
        for count in 0..14 {
            let shelf = shelf(count);
            assert_eq!(shelf.len(), count as usize);
            assert!(shelf.iter().copied().eq(0..count));
            assert_eq!(shelf.get(count as usize), None);
            assert_eq!(shelf.last().copied(), count.checked_sub(1));
            assert_eq!(shelf.partition_point(|&n| n < 7), 7.min(count as usize));
        }
    }

    #[test]
    fn copies_share_and_do_not_disturb_each_other() {
        let mut one = shelf(10);
        let mut other = one.cut(6);
        other.push(60);
        if let Some(entry) = other.get_mut(1) {
            *entry = 10;
        }
        if let Some(entry) = one.get_mut(9) {
            *entry = 90;
        }
        assert!(one.iter().copied().eq([0, 1, 2, 3, 4, 5, 6, 7, 8, 90]));
        assert!(other.iter().copied().eq([0, 10, 2, 3, 4, 5, 60]));
    }

    #[test]
    fn a_cut_at_the_end_of_a_chunk_loses_nothing() {
        for (count, len) in [(4, 4), (8, 8), (9, 8), (8, 4), (3, 9)] {
            let cut = shelf(count).cut(len);
            assert!(cut.iter().copied().eq(0..count.min(len as u32)), "{count} {len}");
        }
    }

    #[test]
    fn what_differs_is_among_the_chunks_that_are_not_shared() {
        let one = shelf(14);
        let mut other = one.clone();
        if let Some(entry) = other.get_mut(5) {
            *entry = 50;
        }
        other.push(14);
        let places = |a: &Shelf<u32, 4>, b: &Shelf<u32, 4>| -> Vec<(usize, u32)> {
            a.differing(b).map(|(at, entry)| (at, *entry)).collect()
        };
        assert_eq!(places(&one, &other), [(4, 4), (5, 5), (6, 6), (7, 7), (12, 12), (13, 13)]);
        assert_eq!(places(&other, &one)[1], (5, 50));
        assert_eq!(places(&other, &one).last(), Some(&(14, 14)));
    }

    #[test]
    fn what_belongs_together_lies_in_one_chunk() {
        let mut shelf = shelf(3);
        let at = shelf.push_together(&[7, 8], 0);
        assert_eq!((at, shelf.rest_of_chunk(at)), (4, [7, 8].as_slice()));
        shelf.clear();
        assert!(shelf.is_empty() && shelf.push_together(&[9], 0) == 0);
    }
}
