//! The space-time diagram: a lane per participant, a row per message, slopes by real latency.

use super::mark::Mark;

/// A row's height in the units of [`Arrival::y`].
pub const ROW: u32 = 100;

/// A participant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lane {
    /// Its id.
    pub id: String,
    /// The mark of its role; none for the orchestrator, the blackboard and the environment.
    pub mark: Option<Mark>,
    /// Whether the narration names it.
    pub named: bool,
}

/// What a row shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowKind {
    /// A message over the bus.
    Message,
    /// An entry written to the blackboard.
    Write,
    /// An entry read from it.
    Read,
}

/// What became of a message at one recipient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Passage {
    /// On its way, or delivered and not read yet.
    Flying,
    /// Read.
    Read,
    /// Lost.
    Lost,
}

impl Passage {
    /// Returns the name that scripts look for, which is also the word people read.
    pub fn name(self) -> &'static str {
        match self {
            Passage::Flying => "flying",
            Passage::Read => "read",
            Passage::Lost => "lost",
        }
    }
}

/// Where an arrow ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// The recipient's lane.
    pub lane: usize,
    /// How far down, in hundredths of a row.
    pub y: u32,
    /// How far it has got, in percent of the way; less than 100 only while flying.
    pub percent: u32,
    /// What became of it there.
    pub passage: Passage,
    /// Why it was lost; empty where it was not.
    pub reason: String,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageRow {
    /// The event that sent, wrote or read.
    pub event: u64,
    /// The message or the knowledge entry.
    pub id: String,
    /// What it is.
    pub kind: RowKind,
    /// The sender's id.
    pub from: String,
    /// The recipient's id, `*` for everyone.
    pub to: String,
    /// Its type, as scripts look for it.
    pub type_name: String,
    /// Its type in words, such as `call for proposals`.
    pub title: String,
    /// What it says, a few words; may be empty.
    pub content: String,
    /// When it was sent.
    pub time: String,
    /// From whom to whom and what became of it, for those who cannot see the diagram.
    pub spoken: String,
    /// The worst that became of it at any recipient while one is still to come, else the best.
    pub passage: Passage,
    /// The sender's lane.
    pub lane: usize,
    /// Where it ends, one for each recipient.
    pub arrivals: Vec<Arrival>,
    /// Whether it is a duplicate made by a fault.
    pub duplicate: bool,
    /// Whether the narration names it.
    pub named: bool,
    /// Whether this turn sent, read or lost it.
    pub fresh: bool,
}

/// A stretch of work on a lane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The worker's lane.
    pub lane: usize,
    /// Where it begins, in hundredths of a row; may lie above the first row shown.
    pub from: u32,
    /// Where it ends.
    pub to: u32,
    /// The worker's mark.
    pub mark: Mark,
}

/// The messages of the selected task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Messages {
    /// How many were sent, read, lost, and are in flight.
    pub summary: String,
    /// Who takes part, orchestrator first, blackboard last.
    pub lanes: Vec<Lane>,
    /// The rows in view, in the order they were sent.
    pub rows: Vec<MessageRow>,
    /// How many rows came before those.
    pub earlier: usize,
    /// Work going on meanwhile.
    pub stretches: Vec<Stretch>,
    /// The current time in words.
    pub now: String,
}

/// The scale that turns times into heights: rows are evenly spaced, times in between interpolated.
///
/// Numbered promises: 1. a later time never stands higher; 2. rows stand at their middles;
/// 3. what is not after the last row stands at most half a row below it.
pub struct Scale {
    times: Vec<u64>,
}

impl Scale {
    /// Makes a scale of the rows' times [µs], which must not fall.
    pub fn new(times: Vec<u64>) -> Scale {
        Scale { times }
    }

    /// Returns how far down a row's middle stands, in hundredths of a row.
    pub fn row(&self, row: usize) -> u32 {
        u32::try_from(row)
            .unwrap_or(u32::MAX / ROW)
            .saturating_mul(ROW)
            .saturating_add(ROW / 2)
    }

    /// Returns how far down a time stands, in hundredths of a row.
    pub fn at(&self, time_us: u64) -> u32 {
        let after = self.times.partition_point(|row| *row <= time_us);
        let Some(before) = after.checked_sub(1) else {
            return 0;
        };
        let (Some(&start), end) = (self.times.get(before), self.times.get(after)) else {
            return 0;
        };
        let passed = time_us.saturating_sub(start);
        let below = match end {
            Some(&end) => {
                let gap = u128::from(end.saturating_sub(start)).max(1);
                u32::try_from(u128::from(passed) * u128::from(ROW) / gap)
                    .unwrap_or(ROW)
                    .min(ROW)
            }
            None if passed == 0 => 0,
            None => ROW / 2,
        };
        self.row(before).saturating_add(below)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn later_times_never_stand_higher() {
        let scale = Scale::new(vec![0, 0, 10, 40, 40, 100]);
        let heights: Vec<u32> = (0..=120).map(|time| scale.at(time)).collect();
        assert!(heights.is_sorted());
        assert_eq!(
            scale.at(0),
            scale.row(1),
            "the last of the rows at one time carries it"
        );
        assert_eq!(scale.at(25), 300);
        assert_eq!(scale.at(100), scale.row(5));
        assert_eq!(scale.at(5_000), scale.row(5) + 50);
        assert_eq!(Scale::new(Vec::new()).at(7), 0);
    }
}
