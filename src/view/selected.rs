//! One event in full, with the chain of what brought it about.

/// A fact of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// How one event led to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// The event that is being explained.
    Itself,
    /// It triggered the one above.
    Cause,
    /// Its content was used by the one above.
    Read,
}

/// One step of the chain, from the event back to where it began.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WhyStep {
    /// The event.
    pub event: u64,
    /// Its turn.
    pub turn: u64,
    /// How it led to the one above.
    pub link: Link,
    /// What happened, in a sentence.
    pub sentence: String,
    /// When, such as `turn 23, 1.42 s`.
    pub when: String,
}

/// One event of the turn, to choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TurnEvent {
    /// The event.
    pub event: u64,
    /// What happened, in a sentence.
    pub sentence: String,
    /// Its kind, in words.
    pub kind: String,
}

/// The selected event; where none is selected, the one that the narration is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selected {
    /// The event; none at turn 0.
    pub event: Option<u64>,
    /// What happened, in a sentence.
    pub title: String,
    /// Its facts.
    pub facts: Vec<Fact>,
    /// What brought it about, itself first.
    pub why: Vec<WhyStep>,
    /// All events of the current turn.
    pub turn_events: Vec<TurnEvent>,
}
