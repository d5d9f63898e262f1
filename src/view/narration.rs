//! The sentences above the canvas, with what they name set apart.

use super::lens::Lens;
/// A stretch of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The words.
    pub text: String,
    /// Whether they name something that the panels highlight too.
    pub named: bool,
}

/// What this turn did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Narration {
    /// One or two sentences.
    pub spans: Vec<Span>,
}

/// Tells what the turn at the cursor did.
pub fn narration(lens: &Lens<'_>) -> Narration {
    lens.focus.narration.clone()
}
