//! Where the run stands, and the strip that shows what is where along it.

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
