//! Whose content an event used, as runs of consecutive events.

use std::sync::Arc;

use crate::model::id::EventId;

/// The events whose content an event used.
#[derive(Clone, Copy, Debug, Default)]
pub struct Reads<'a>(&'a [u64]);

impl<'a> Reads<'a> {
    pub(super) fn new(runs: &'a [u64]) -> Reads<'a> {
        Reads(runs)
    }

    /// Returns them in the order of reading.
    pub fn iter(&self) -> impl Iterator<Item = EventId> + use<'a> {
        self.0.iter().flat_map(|&run| {
            let (first, count) = (run as u32, (run >> 32) as u32);
            (first..first.saturating_add(count)).map(EventId)
        })
    }

    /// Says whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Appends events as runs: the first of each, and above it how many follow one another.
pub(super) fn runs(reads: &[EventId], into: &mut Vec<u64>) {
    let mut open: Option<(u32, u32)> = None;
    for &EventId(read) in reads {
        open = match open {
            Some((first, count)) if first + count == read => Some((first, count + 1)),
            Some((first, count)) => {
                into.push(u64::from(first) | u64::from(count) << 32);
                Some((read, 1))
            }
            None => Some((read, 1)),
        };
    }
    if let Some((first, count)) = open {
        into.push(u64::from(first) | u64::from(count) << 32);
    }
}

/// What was read by events that read too much for their record, in order of events.
#[derive(Clone, Debug, Default)]
pub(super) struct Long(Vec<(EventId, Arc<[u64]>)>);

impl Long {
    pub fn push(&mut self, id: EventId, runs: Vec<u64>) {
        self.0.push((id, runs.into()));
    }

    pub fn of(&self, id: EventId) -> Reads<'_> {
        match self.0.binary_search_by_key(&id, |&(id, _)| id) {
            Ok(at) => self.0.get(at).map(|(_, runs)| Reads(runs)).unwrap_or_default(),
            Err(_) => Reads::default(),
        }
    }

    pub fn cut(&self, end: EventId) -> Long {
        Long(self.0.iter().take_while(|&&(id, _)| id < end).cloned().collect())
    }

    pub fn bytes(&self) -> usize {
        self.0.iter().map(|(_, runs)| 24 + runs.len() * 8).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_give_back_what_went_in() {
        let lists: [&[u32]; 6] =
            [&[], &[3], &[3, 4, 5], &[3, 5, 6], &[9, 3, 3, 4], &[5, 4, 3, 4, 5]];
        for list in lists {
            let reads: Vec<EventId> = list.iter().map(|&id| EventId(id)).collect();
            let mut packed = Vec::new();
            runs(&reads, &mut packed);
            assert!(Reads(&packed).iter().eq(reads.iter().copied()), "{list:?}");
        }
    }
}
