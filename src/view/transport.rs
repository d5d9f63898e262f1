//! Where the run stands, and the strip that shows what is where along it.

use super::history::TaskTrace;
use super::phases::{phase_at, starts};
use crate::kernel::digest::Digest;
use crate::model::id::TurnIx;
use crate::session::Session;
use crate::sim::event::EventKind;
use crate::text::units;
/// A stretch of turns that one phase of the selected task took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Band {
    /// The phase as people read it.
    pub title: &'static str,
    /// First turn.
    pub from: u64,
    /// Last turn.
    pub to: u64,
}

/// A stretch of turns on the strip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bin {
    /// First turn.
    pub from: u64,
    /// Last turn.
    pub to: u64,
    /// How high it stands, in percent of the highest.
    pub percent: u32,
    /// Whether a decision falls in it.
    pub decision: bool,
}

/// The run's length and what lies along it; it changes only as turns become known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Strip {
    /// Events per turn, gathered into as many bins as can be seen.
    pub bins: Vec<Bin>,
    /// The phases, those that overlap cut where the next begins.
    pub bands: Vec<Band>,
}

/// The cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clock {
    /// The current turn.
    pub turn: u64,
    /// The last turn known.
    pub turns: u64,
    /// The virtual time.
    pub time: String,
    /// The digest at this turn, in groups of four.
    pub digest: String,
    /// The phase of this turn, for the scrubber's spoken value.
    pub phase: String,
}

/// Most bins on the strip; more could not be told apart on a wide screen.
const BINS_MAX: u64 = 240;

/// Draws the strip of all turns that are known; `trace` is the shown task's over all of them.
pub fn strip(session: &Session, trace: &TaskTrace) -> Strip {
    Strip { bins: bins(session), bands: bands(trace, u64::from(session.turns().0)) }
}

/// Gathers the events of all turns that are known; it reads the whole log.
pub fn bins(session: &Session) -> Vec<Bin> {
    let log = session.log();
    let count = u64::from(session.turns().0) + 1;
    let size = count.div_ceil(BINS_MAX);
    let mut bins: Vec<(u64, u64, usize, bool)> = Vec::new();
    let mut from = 0;
    while from < count {
        let to = (from + size).min(count) - 1;
        let first = log.span(turn_ix(from)).start;
        let end = log.span(turn_ix(to)).end;
        let decision = log.records(first..end).any(|record| is_decision(&record.kind));
        bins.push((from, to, end - first, decision));
        from = to + 1;
    }
    let highest = bins.iter().map(|(_, _, events, _)| *events).max().unwrap_or(0).max(1);
    let bin = |(from, to, events, decision): (u64, u64, usize, bool)| {
        // The root of the count: a turn of two events must stay visible beside one of fifty.
        let percent = u32::try_from((events * 10_000 / highest).isqrt()).unwrap_or(100);
        Bin { from, to, percent, decision }
    };
    bins.into_iter().map(bin).collect()
}

fn turn_ix(turn: u64) -> TurnIx {
    TurnIx(u32::try_from(turn).unwrap_or(u32::MAX))
}

/// Returns the phases of a task over turns up to the last.
pub fn bands(trace: &TaskTrace, last: u64) -> Vec<Band> {
    let starts = starts(trace);
    let ends =
        starts.iter().skip(1).map(|(next, _)| u64::from(next.0).saturating_sub(1)).chain([last]);
    let bands = starts.iter().zip(ends).map(|((from, title), to)| Band {
        title,
        from: u64::from(from.0),
        to,
    });
    // Two phases that begin in one turn share it; only the later one is drawn.
    bands.filter(|band| band.from <= band.to).collect()
}

/// Says where the cursor stands; `trace` is the shown task's over all turns that are known.
pub fn clock(session: &Session, trace: &TaskTrace) -> Clock {
    let turn = session.turn();
    Clock {
        turn: u64::from(turn.0),
        turns: u64::from(session.turns().0),
        time: units::time(session.world().now),
        digest: grouped(session.digest()),
        phase: units::phrase(phase_at(trace, turn)),
    }
}

fn grouped(digest: Digest) -> String {
    let digits = digest.to_string();
    let digits: Vec<char> = digits.chars().collect();
    let groups: Vec<String> = digits.chunks(4).map(|group| group.iter().collect()).collect();
    groups.join(" ")
}

/// Says whether something was decided: an award, a failure, a conflict, a revision, a result.
pub fn is_decision(kind: &EventKind) -> bool {
    matches!(
        kind,
        EventKind::Awarded { .. }
            | EventKind::AuctionUnfilled { .. }
            | EventKind::SubtaskFailed { .. }
            | EventKind::SubtaskMissing { .. }
            | EventKind::ConflictFound { .. }
            | EventKind::ConflictResolved { .. }
            | EventKind::ResultRevised { .. }
            | EventKind::AnswerMade { .. }
            | EventKind::TaskCompleted { .. }
    )
}

/// Says whether a turn holds a decision.
pub fn decides(session: &Session, turn: TurnIx) -> bool {
    let log = session.log();
    log.records(log.span(turn)).any(|record| is_decision(&record.kind))
}

#[cfg(test)]
mod tests {
    use super::super::history::History;
    use super::*;
    use crate::model::id::TaskIx;
    use crate::session::catalog;

    #[test]
    fn the_strip_covers_every_turn_once() {
        let setup = catalog::setup("generic-team", None).expect("a built-in scenario is legal");
        let mut session = Session::new(setup);
        session.extend(u32::MAX);
        let mut history = History::default();
        history.read_all(&session);
        let trace = history.task(TaskIx(0)).cloned().unwrap_or_default();
        let strip = strip(&session, &trace);
        let last = u64::from(session.turns().0);
        assert_eq!(strip.bins.first().map(|bin| bin.from), Some(0));
        assert_eq!(strip.bins.last().map(|bin| bin.to), Some(last));
        assert!(strip.bins.windows(2).all(|pair| pair[0].to + 1 == pair[1].from));
        assert!(
            strip.bins.iter().any(|bin| bin.decision)
                && strip.bins.iter().any(|bin| bin.percent == 100)
        );
        assert_eq!(strip.bands.first().map(|band| band.title), Some("Creation"));
        let clock = clock(&session, &trace);
        assert_eq!((clock.turn, clock.turns), (0, last));
        assert_eq!(clock.digest.len(), 19);
    }
}
