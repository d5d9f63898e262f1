//! One entry of the blackboard in full: what it rests on, who read it, and its earlier versions.

use crate::mechanism::domain::Scope;
use crate::model::id::{EventId, KnowledgeIx};
use crate::sim::world::environment::Entry;
use crate::text::{self, value};
use crate::view::lens::Lens;
use crate::view::mark::Mark;

use super::{Reader, readers};

/// Something an entry rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// What happened, in a sentence.
    pub words: String,
    /// When, such as `turn 14, 0.86 s`.
    pub when: String,
    /// The entry that was read, by id; empty where it was something else.
    pub entry: String,
    /// The event.
    pub event: u64,
}

/// One version of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// The entry.
    pub knowledge_id: String,
    /// From 1.
    pub number: usize,
    /// Who wrote it.
    pub author: String,
    /// The author's mark.
    pub mark: Option<Mark>,
    /// Its value on one line.
    pub value: String,
    /// When.
    pub when: String,
    /// The event.
    pub event: u64,
    /// Whether it is the one in full.
    pub current: bool,
}

/// One entry in full.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryInFull {
    /// Its id.
    pub knowledge_id: String,
    /// Its key.
    pub key: String,
    /// Its category.
    pub category: String,
    /// Who wrote it.
    pub author: String,
    /// When it was written.
    pub written: String,
    /// Its value, as indented JSON.
    pub full: String,
    /// Who may read it, in words.
    pub scope: String,
    /// What it rests on: the event that caused it, and what its writing used.
    pub sources: Vec<Source>,
    /// Who read it, each once.
    pub readers: Vec<Reader>,
    /// All versions of its key in its task, the first first.
    pub versions: Vec<Version>,
}

/// Shows an entry in full; where none is chosen, the last that was written or read.
pub fn in_full(
    lens: &Lens<'_>,
    shown: &[KnowledgeIx],
    chosen: Option<&str>,
) -> Option<EntryInFull> {
    let picked = chosen.and_then(|id| shown.iter().find(|ix| ix.text() == id));
    let fresh = || {
        let name = crate::view::focus::Name::Knowledge;
        shown.iter().rev().find(|ix| lens.fresh(name(**ix)))
    };
    let ix = *picked.or_else(fresh).or_else(|| shown.last())?;
    let base = &lens.world().environment.knowledge_base;
    let entry = base.get(ix)?;
    let versions =
        base.entries.iter().enumerate().filter(|(_, other)| {
            other.task == entry.task && other.finding.key == entry.finding.key
        });
    Some(EntryInFull {
        knowledge_id: ix.text(),
        key: entry.finding.key.clone(),
        category: entry.finding.category.clone(),
        author: lens.actor_name(entry.by),
        written: lens.when(lens.session.log().turn_of(entry.event)),
        full: serde_json::to_string_pretty(&entry.finding.value).unwrap_or_default(),
        scope: match entry.finding.scope {
            Scope::Task => format!("Only {} may read it.", entry.task.text()),
            Scope::General => "Every task may read it: it holds nothing of the client.".to_owned(),
        },
        sources: sources(lens, entry),
        readers: readers(lens, ix),
        versions: versions
            .map(|(at, other)| version(lens, KnowledgeIx::from(at), other, ix))
            .collect(),
    })
}

fn version(lens: &Lens<'_>, ix: KnowledgeIx, entry: &Entry, current: KnowledgeIx) -> Version {
    Version {
        knowledge_id: ix.text(),
        number: entry.version as usize,
        author: lens.actor_name(entry.by),
        mark: lens.mark_of_actor(entry.by),
        value: value::under(&entry.finding.key, &entry.finding.value),
        when: lens.when(lens.session.log().turn_of(entry.event)),
        event: u64::from(entry.event.0),
        current: ix == current,
    }
}

/// Finds what the writing used; where it names nothing itself, what its work used.
fn sources(lens: &Lens<'_>, entry: &Entry) -> Vec<Source> {
    let log = lens.session.log();
    let mut events: Vec<EventId> = Vec::new();
    let mut take = |event: EventId| {
        if !events.contains(&event) {
            events.push(event);
        }
    };
    if let Some(record) = log.record(entry.event) {
        let cause = record.cause;
        log.reads_of(entry.event).iter().for_each(&mut take);
        if let Some(cause) = cause {
            log.reads_of(cause).iter().for_each(&mut take);
            take(cause);
        }
    }
    events.into_iter().map(|event| source(lens, event)).collect()
}

fn source(lens: &Lens<'_>, event: EventId) -> Source {
    use crate::sim::event::EventKind;
    let log = lens.session.log();
    let kind = log.record(event).map(|record| record.kind);
    let entry = match kind {
        Some(
            EventKind::KnowledgeAdded { knowledge, .. }
            | EventKind::KnowledgeRead { knowledge, .. },
        ) => knowledge.text(),
        _ => String::new(),
    };
    Source {
        words: text::sentence(lens.session, event),
        when: lens.when(log.turn_of(event)),
        entry,
        event: u64::from(event.0),
    }
}

#[cfg(test)]
mod tests {
    use super::super::blackboard_with;
    use crate::view::lens::tests::at_every_turn;

    #[test]
    fn an_entry_in_full_has_sources_before_it_and_its_own_versions() {
        let mut sources = 0;
        at_every_turn("competition", |lens| {
            let shown = blackboard_with(lens, None);
            for row in &shown.entries {
                let full = blackboard_with(lens, Some(&row.knowledge_id)).chosen;
                let full = full.expect("an entry that is there can be shown in full");
                assert_eq!(full.knowledge_id, row.knowledge_id);
                assert!(full.sources.iter().all(|source| source.event < row.event));
                assert_eq!(full.versions.iter().filter(|version| version.current).count(), 1);
                assert_eq!(full.readers, row.readers);
                sources += full.sources.len();
            }
        });
        assert!(sources > 0);
    }
}
