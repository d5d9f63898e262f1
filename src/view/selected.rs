//! One event in full, with the chain of what brought it about.

use std::collections::BTreeSet;

use super::lens::Lens;
use crate::model::id::EventId;
use crate::model::message::Payload;
use crate::sim::event::EventKind;
use crate::sim::log::Record;
use crate::text::{self, names, units, value};

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

/// Longest chain shown; a longer one still ends at its beginning, with its middle left out.
const STEPS_MAX: usize = 14;

/// Shows an event in full; where none is chosen or it is yet to come, the one the turn is about.
pub fn selected(lens: &Lens<'_>, chosen: Option<u64>) -> Selected {
    let chosen = chosen.and_then(|event| u32::try_from(event).ok()).map(EventId);
    let known = chosen.filter(|event| *event < lens.session.horizon());
    let event = known.or_else(|| text::subject(lens.session, lens.session.turn()));
    let record = event.and_then(|event| lens.session.log().record(event));
    Selected {
        event: record.as_ref().map(|record| u64::from(record.id.0)),
        title: event.map(|event| text::sentence(lens.session, event)).unwrap_or_default(),
        facts: record.as_ref().map(|record| facts(lens, record)).unwrap_or_default(),
        why: event.map(|event| why(lens, event)).unwrap_or_default(),
        turn_events: turn_events(lens),
    }
}

fn turn_events(lens: &Lens<'_>) -> Vec<TurnEvent> {
    let log = lens.session.log();
    let records = log.records(log.span(lens.session.turn()));
    let one = |record: Record<'_>| TurnEvent {
        event: u64::from(record.id.0),
        sentence: text::sentence(lens.session, record.id),
        kind: text::kind::words(&record.kind),
    };
    records.map(one).collect()
}

fn fact(name: &str, value: impl Into<String>) -> Fact {
    Fact { name: name.to_owned(), value: value.into() }
}

fn facts(lens: &Lens<'_>, record: &Record<'_>) -> Vec<Fact> {
    let mut facts = vec![
        fact("By", lens.actor_name(record.actor)),
        fact("When", lens.when(record.turn)),
        fact("Kind", text::kind::words(&record.kind)),
    ];
    let store = lens.session.store();
    match record.kind {
        EventKind::MessageSent { to, kind, payload, deliver_at, .. } => {
            facts.push(fact("To", names::recipient(lens.session, to)));
            facts.push(fact("Speech act", kind.performative()));
            facts.push(fact("Delivered", units::time(deliver_at)));
            if let Some(Payload::Bid { terms, score, .. }) = store.payload(payload).as_deref() {
                facts.push(fact("Bid score", score.to_string()));
                facts.push(fact("Capability", units::share(terms.capability)));
                facts.push(fact("Workload", units::share(terms.workload_penalty)));
                facts.push(fact("Performance", units::share(terms.performance)));
                facts.push(fact("Urgency fit", units::share(terms.priority)));
            }
        }
        EventKind::WorkFinished { work, .. } | EventKind::ResultRevised { work, .. } => {
            let Some(work) = store.work(work) else { return facts };
            facts.push(fact("Confidence", units::number(work.confidence, 2)));
            facts.push(fact("Recommendations", work.recommendations.len().to_string()));
            facts.push(fact("Evidence", units::count(work.evidence.len(), "piece", "pieces")));
            for (name, said) in work.result.as_object().into_iter().flatten().take(6) {
                facts.push(fact(&units::title(name), value::brief(said)));
            }
        }
        EventKind::KnowledgeAdded { finding, .. } => {
            let Some(finding) = store.finding(finding) else { return facts };
            facts.push(fact("Key", finding.key.clone()));
            facts.push(fact("Category", units::phrase(&finding.category)));
            facts.push(fact("Value", value::brief(&finding.value)));
        }
        EventKind::Awarded { score, tied, .. } => {
            facts.push(fact("Bid score", score.to_string()));
            facts.push(fact("Tie", if tied { "yes, decided by id" } else { "no" }));
        }
        EventKind::SubtaskCompleted { confidence, .. }
        | EventKind::TaskCompleted { confidence, .. } => {
            facts.push(fact("Confidence", units::share(confidence)));
        }
        _ => {}
    }
    facts
}

/// Walks from an event to where it began: what it used, then what triggered it, and so on.
///
/// Timers and the reading of messages only carry the chain on; their steps are left out.
fn why(lens: &Lens<'_>, event: EventId) -> Vec<WhyStep> {
    let log = lens.session.log();
    let mut steps = Vec::new();
    let mut told = BTreeSet::from([event]);
    let mut next = Some((event, Link::Itself));
    while let Some((at, link)) = next {
        let Some(record) = log.record(at) else { break };
        if link == Link::Itself || !carries_only(&record.kind) {
            steps.push(step(lens, &record, link));
            for read in record.reads.iter().filter(|read| told.insert(*read)).take(4) {
                steps.extend(log.record(read).map(|record| step(lens, &record, Link::Read)));
            }
        }
        // Causes lie before what they cause, so this ends.
        next = record.cause.filter(|cause| *cause < at).map(|cause| (cause, Link::Cause));
        if let Some((cause, _)) = next {
            told.insert(cause);
        }
    }
    if steps.len() > STEPS_MAX {
        // The nearest steps say most, and the last one where it all began.
        let last = steps.pop();
        steps.truncate(STEPS_MAX - 1);
        steps.extend(last);
    }
    steps
}

fn carries_only(kind: &EventKind) -> bool {
    matches!(
        kind,
        EventKind::TimerSet { .. }
            | EventKind::TimerFired { .. }
            | EventKind::TimerCancelled { .. }
            | EventKind::MessageRead { .. }
    )
}

/// Returns what was known by an event: for a message that was read, what it told.
fn known(lens: &Lens<'_>, record: &Record<'_>) -> String {
    match record.kind {
        EventKind::MessageRead { message } => text::message::told(lens.session, message),
        _ => None,
    }
    .unwrap_or_else(|| text::clause(lens.session, record.id))
}

fn step(lens: &Lens<'_>, record: &Record<'_>, link: Link) -> WhyStep {
    let sentence = match link {
        Link::Itself => text::sentence(lens.session, record.id),
        Link::Cause => format!("because {}", text::clause(lens.session, record.id)),
        Link::Read => format!("knowing that {}", known(lens, record)),
    };
    WhyStep {
        event: u64::from(record.id.0),
        turn: u64::from(record.turn.0),
        link,
        sentence,
        when: lens.when(record.turn),
    }
}

#[cfg(test)]
mod tests {
    use super::super::lens::tests::at_every_turn;
    use super::*;

    #[test]
    fn every_event_has_words_and_a_cause_that_lies_before_it() {
        at_every_turn("generic-team", |lens| {
            let shown = selected(lens, None);
            assert!(shown.turn_events.iter().all(|event| !event.sentence.is_empty()));
            assert!(
                !shown.title.is_empty()
                    && shown.why.first().is_some_and(|step| step.link == Link::Itself)
            );
            let Some(subject) = shown.event else { return };
            for step in &shown.why {
                assert!(step.event <= subject && step.turn <= u64::from(lens.session.turn().0));
            }
            let other = selected(lens, Some(u64::MAX));
            assert_eq!(other.event, shown.event, "an event that is yet to come is not shown");
        });
    }
}
