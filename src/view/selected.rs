//! One event in full, with the chain of what brought it about.

use super::changes::{Changes, changes};
use super::lens::Lens;
use super::reasons::{Reasons, reasons};
use crate::model::id::EventId;
use crate::model::message::Payload;
use crate::session::why;
use crate::sim::event::EventKind;
use crate::sim::log::Record;
use crate::text::why::{Step, Tie};
use crate::text::{self, names, units, value};

/// A fact of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// One step of the chain, from the event back to where it began.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WhyStep {
    /// The event.
    pub event: u64,
    /// Its turn.
    pub turn: u64,
    /// What happened, in a sentence.
    pub sentence: String,
    /// When, such as `turn 23, 1.42 s`.
    pub when: String,
    /// What it used: branches of the chain.
    pub reads: Vec<WhyStep>,
}

/// What brought an event about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chain {
    /// The event itself, what triggered it, and so on.
    pub steps: Vec<WhyStep>,
    /// How many steps are left out before the last one.
    pub left_out: usize,
    /// Where it begins, and how much the event rests on in all.
    pub root: String,
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
    /// What brought it about.
    pub why: Chain,
    /// All events of the current turn.
    pub turn_events: Vec<TurnEvent>,
    /// What the turn changed.
    pub changes: Changes,
    /// Why not otherwise, what waits, what became of advice.
    pub reasons: Reasons,
}

/// Most fields of a result among its facts.
const FIELDS_MAX: usize = 6;

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
        why: event.map(|event| chain(lens, event)).unwrap_or_default(),
        turn_events: turn_events(lens),
        changes: changes(lens),
        reasons: reasons(lens, event),
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
            let fields = work.result.as_object().into_iter().flatten();
            // What has nothing plain in it would leave its name alone on a line.
            let plain = fields
                .filter(|(_, said)| said.as_array().is_none_or(|items| !items.is_empty()))
                .map(|(name, said)| (units::title(name), value::brief(said)))
                .filter(|(_, said)| !said.is_empty());
            facts.extend(plain.take(FIELDS_MAX).map(|(name, said)| fact(&name, said)));
        }
        EventKind::KnowledgeAdded { finding, .. } => {
            let Some(finding) = store.finding(finding) else { return facts };
            facts.push(fact("Key", finding.key.clone()));
            facts.push(fact("Category", units::phrase(&finding.category)));
            facts.push(fact("Value", value::under(&finding.key, &finding.value)));
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

/// Walks from an event to where it began, with what each step used beside it.
///
/// Timers and the reading of messages only carry the chain on; their steps are left out.
fn chain(lens: &Lens<'_>, event: EventId) -> Chain {
    let Some(why) = why::why(lens.session, event) else { return Chain::default() };
    let mut steps: Vec<WhyStep> = Vec::new();
    for told in text::why::steps(lens.session, &why, false) {
        let one = step(lens, &told);
        match steps.last_mut() {
            Some(above) if told.tie == Tie::Read => above.reads.push(one),
            _ => steps.push(one),
        }
    }
    // The nearest steps say most, and the last one where it all began.
    let left_out = steps.len().saturating_sub(STEPS_MAX);
    if left_out > 0 {
        let last = steps.pop();
        steps.truncate(STEPS_MAX - 1);
        steps.extend(last);
    }
    let rests = why.graph.len().saturating_sub(1);
    let more = if why.is_cut { " at least" } else { "" };
    let root = match rests {
        0 => text::why::root(why.root).to_owned(),
        _ => format!(
            "{}; it rests on {}{more}",
            text::why::root(why.root),
            units::count(rests, "other event", "other events")
        ),
    };
    Chain { steps, left_out, root: format!("{}.", names::capital(&root)) }
}

fn step(lens: &Lens<'_>, told: &Step) -> WhyStep {
    let turn = lens.session.log().turn_of(told.event);
    WhyStep {
        event: u64::from(told.event.0),
        turn: u64::from(turn.0),
        sentence: told.sentence.clone(),
        when: lens.when(turn),
        reads: Vec::new(),
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
                    && shown.why.steps.first().map(|step| step.event) == shown.event
            );
            let Some(subject) = shown.event else { return };
            let steps = shown.why.steps.iter().flat_map(|step| step.reads.iter().chain([step]));
            for step in steps {
                assert!(step.event <= subject && step.turn <= u64::from(lens.session.turn().0));
            }
            let other = selected(lens, Some(u64::MAX));
            assert_eq!(other.event, shown.event, "an event that is yet to come is not shown");
        });
    }
}
