//! The blackboard: what was written, by whom, in which version, and who read it.

pub mod entry;

use self::entry::EntryInFull;
use super::focus::Name;
use super::lens::Lens;
use super::mark::Mark;
use crate::mechanism::domain::Scope;
use crate::model::id::KnowledgeIx;
use crate::sim::world::environment::Entry;
use crate::text::{units, value};

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
    /// One of them in full; none where there is none, or where it is not asked for.
    pub chosen: Option<EntryInFull>,
}

/// Shows what the selected task may read: its own entries, and general ones of other tasks.
pub fn blackboard(lens: &Lens<'_>) -> Blackboard {
    let (_, entries) = entries(lens);
    Blackboard { summary: summary(&entries), entries, chosen: None }
}

/// Shows the same with one entry in full: the chosen one, else the last that was written or read.
pub fn blackboard_with(lens: &Lens<'_>, chosen: Option<&str>) -> Blackboard {
    let (shown, entries) = entries(lens);
    let chosen = entry::in_full(lens, &shown, chosen);
    Blackboard { summary: summary(&entries), entries, chosen }
}

fn entries(lens: &Lens<'_>) -> (Vec<KnowledgeIx>, Vec<KnowledgeRow>) {
    let Some(task) = lens.task else { return (Vec::new(), Vec::new()) };
    let visible = |entry: &Entry| entry.task == task || entry.finding.scope == Scope::General;
    let all = lens.world().environment.knowledge_base.entries.iter().enumerate();
    all.filter(|(_, entry)| visible(entry))
        .map(|(place, entry)| {
            let ix = KnowledgeIx::from(place);
            (ix, row(lens, ix, entry))
        })
        .unzip()
}

fn summary(entries: &[KnowledgeRow]) -> String {
    let readings: usize = entries.iter().map(|entry| entry.readers.len()).sum();
    match entries.len() {
        0 => String::new(),
        count => format!(
            "{}, {}",
            units::count(count, "entry", "entries"),
            units::count(readings, "reading", "readings")
        ),
    }
}

fn row(lens: &Lens<'_>, ix: KnowledgeIx, entry: &Entry) -> KnowledgeRow {
    let base = &lens.world().environment.knowledge_base;
    let superseded = base.latest(entry.task, &entry.finding.key) != Some(ix);
    KnowledgeRow {
        knowledge_id: ix.text(),
        key: entry.finding.key.clone(),
        category: entry.finding.category.clone(),
        author: lens.actor_name(entry.by),
        mark: lens.mark_of_actor(entry.by),
        version: entry.version as usize,
        superseded,
        value: value::under(&entry.finding.key, &entry.finding.value),
        written: lens.when(lens.session.log().turn_of(entry.event)),
        readers: readers(lens, ix),
        event: u64::from(entry.event.0),
        named: lens.named(Name::Knowledge(ix)),
        fresh: lens.fresh(Name::Knowledge(ix)),
    }
}

/// Lists who read an entry, each once, with the first time.
fn readers(lens: &Lens<'_>, ix: KnowledgeIx) -> Vec<Reader> {
    let mut readers: Vec<Reader> = Vec::new();
    for reading in lens.history.readings(ix) {
        let id = lens.actor_name(reading.by);
        if readers.iter().all(|reader| reader.id != id) {
            let (turn, event) = (u64::from(reading.turn.0), u64::from(reading.event.0));
            readers.push(Reader { id, mark: lens.mark_of_actor(reading.by), turn, event });
        }
    }
    readers
}

#[cfg(test)]
mod tests {
    use super::super::lens::tests::at_every_turn;
    use super::*;

    #[test]
    fn entries_stay_and_find_readers() {
        let mut last = Vec::new();
        at_every_turn("generic-team", |lens| last = blackboard(lens).entries);
        assert!(!last.is_empty());
        assert!(last.iter().any(|entry| !entry.readers.is_empty()));
        assert!(last.iter().all(|entry| !entry.value.is_empty() && !entry.author.is_empty()));
    }
}
