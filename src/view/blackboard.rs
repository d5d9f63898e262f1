//! The blackboard: what was written, by whom, in which version, and who read it.

use super::mark::Mark;

/// One who read an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reader {
    /// The reader.
    pub id: String,
    /// The reader's mark; none for the orchestrator.
    pub mark: Option<Mark>,
    /// When it read.
    pub turn: u64,
    /// The event of the reading.
    pub event: u64,
}

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnowledgeRow {
    /// Its id.
    pub knowledge_id: String,
    /// Its key, such as `profile.strength`.
    pub key: String,
    /// Its category.
    pub category: String,
    /// Who wrote it.
    pub author: String,
    /// The author's mark.
    pub mark: Option<Mark>,
    /// Which version of its key, from 1.
    pub version: usize,
    /// Whether a later version has taken its place.
    pub superseded: bool,
    /// Its value on one line.
    pub value: String,
    /// Its value in full, as indented JSON.
    pub full: String,
    /// Who may read it, in words.
    pub scope: String,
    /// When it was written, such as `turn 14, 0.86 s`.
    pub written: String,
    /// Who read it so far.
    pub readers: Vec<Reader>,
    /// The event that added it.
    pub event: u64,
    /// Whether the narration names it.
    pub named: bool,
    /// Whether this turn wrote or read it.
    pub fresh: bool,
}

/// The whole blackboard as the selected task sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blackboard {
    /// How many entries and readings.
    pub summary: String,
    /// In the order they were written.
    pub entries: Vec<KnowledgeRow>,
}
