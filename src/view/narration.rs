//! The sentences above the canvas, with what they name set apart.

/// A stretch of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The words.
    pub text: String,
    /// Whether they name something that the panels highlight too.
    pub named: bool,
}

/// What this turn did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Narration {
    /// One or two sentences.
    pub spans: Vec<Span>,
}
