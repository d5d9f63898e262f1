//! What is done when nobody bids or a subtask fails.

pub mod reannounce;

/// A lack that recovery answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lack {
    /// How often this was put up for auction before.
    pub attempts: u32,
    /// How many agents could still be asked.
    pub candidates: usize,
}

/// What is done about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// A new auction; relaxed, it asks even those who cover too little.
    Reannounce {
        /// Whether the least coverage is waived.
        relaxed: bool,
    },
    /// The task goes on without it.
    GoOnWithout,
}

/// A rule of recovery.
pub trait Recovery {
    /// Returns what to do when an auction brought no taker.
    fn no_taker(&self, lack: Lack) -> Answer;

    /// Returns what to do when a holder failed.
    fn failed_holder(&self, lack: Lack) -> Answer;
}
