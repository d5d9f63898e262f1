//! What a turn is about: all that its events touch, and what of that its narration names.

use std::collections::BTreeSet;

use super::narration::{Narration, Span};
use crate::model::id::{Actor, AgentIx, AuctionIx, KnowledgeIx, MessageIx, SubtaskIx, TurnIx};
use crate::session::Session;
use crate::sim::event::EventKind;
use crate::text::{self, names};

/// Something that panels show and sentences name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Name {
    /// An agent.
    Agent(AgentIx),
    /// A subtask.
    Subtask(SubtaskIx),
    /// An auction.
    Auction(AuctionIx),
    /// An entry of the blackboard.
    Knowledge(KnowledgeIx),
    /// A message.
    Message(MessageIx),
}

/// What a turn is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Focus {
    /// What its events touch.
    pub touched: BTreeSet<Name>,
    /// What of that its narration names.
    pub named: BTreeSet<Name>,
    /// The narration, what it names set apart.
    pub narration: Narration,
}

impl Focus {
    /// Finds out what a turn is about.
    pub fn of_turn(session: &Session, turn: TurnIx) -> Focus {
        let told = text::narration(session, turn);
        let mut touched = BTreeSet::new();
        let mut sent = session_messages_before(session, turn);
        for record in session.log().records(session.log().span(turn)) {
            if let Actor::Agent(agent) = record.actor {
                touched.insert(Name::Agent(agent));
            }
            touched.extend(names_in(&record.kind));
            if matches!(
                record.kind,
                EventKind::MessageSent { .. } | EventKind::MessageDuplicated { .. }
            ) {
                touched.insert(Name::Message(MessageIx::from(sent)));
                sent += 1;
            }
        }
        // The longest words first, so that no name hides within another.
        let mut words: Vec<(String, Name)> =
            touched.iter().filter_map(|name| Some((spoken(session, *name)?, *name))).collect();
        words.sort_by(|(a, _), (b, _)| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        let (spans, named) = mark(&told, &words);
        Focus { touched, named, narration: Narration { spans } }
    }
}

/// Returns how many messages were sent before a turn.
fn session_messages_before(session: &Session, turn: TurnIx) -> usize {
    let first = session.log().span(turn).start;
    let mut low = 0;
    let mut high = session.log().message_count();
    while low < high {
        let middle = low.midpoint(high);
        let sent = session.log().sent_by(MessageIx::from(middle));
        if sent.is_some_and(|event| event.at() < first) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

/// Returns what an event touches beside its actor.
pub(super) fn names_in(kind: &EventKind) -> Vec<Name> {
    use Name::{Agent, Auction, Knowledge, Message, Subtask};
    match *kind {
        EventKind::AgentAdded { agent, .. }
        | EventKind::AgentRemoved { agent }
        | EventKind::FaultInjected { agent, .. }
        | EventKind::CoordinatorSelected { agent, .. }
        | EventKind::PerformanceUpdated { agent, .. } => vec![Agent(agent)],
        EventKind::SubtaskPlanned { subtask, .. } | EventKind::SubtaskMissing { subtask, .. } => {
            vec![Subtask(subtask)]
        }
        EventKind::AuctionOpened { auction, .. } | EventKind::AuctionUnfilled { auction, .. } => {
            vec![Auction(auction)]
        }
        EventKind::Awarded { auction, agent, .. }
        | EventKind::SlotHeld { agent, auction }
        | EventKind::SlotReleased { agent, auction } => vec![Auction(auction), Agent(agent)],
        EventKind::SubtaskAssigned { subtask, agent, .. }
        | EventKind::SubtaskStarted { subtask, agent, .. }
        | EventKind::WorkFinished { subtask, agent, .. }
        | EventKind::SubtaskCompleted { subtask, agent, .. }
        | EventKind::ResultRevised { subtask, agent, .. }
        | EventKind::ResultDiscarded { subtask, agent, .. } => vec![Subtask(subtask), Agent(agent)],
        EventKind::SubtaskFailed { subtask, agent, .. } => {
            agent.map(Agent).into_iter().chain([Subtask(subtask)]).collect()
        }
        EventKind::MessageSent {
            conversation: crate::model::message::Conversation::Auction(auction),
            ..
        } => {
            vec![Auction(auction)]
        }
        EventKind::MessageRead { message } | EventKind::MessageLost { message, .. } => {
            vec![Message(message)]
        }
        EventKind::KnowledgeAdded { knowledge, .. }
        | EventKind::KnowledgeRead { knowledge, .. } => {
            vec![Knowledge(knowledge)]
        }
        _ => Vec::new(),
    }
}

/// Returns how sentences call something; none for what they do not call by name.
fn spoken(session: &Session, name: Name) -> Option<String> {
    let words = match name {
        Name::Agent(agent) => names::agent(session, agent),
        Name::Subtask(subtask) => names::subtask(session, subtask),
        Name::Auction(auction) => auction.text(),
        Name::Knowledge(knowledge) => names::knowledge(session, knowledge),
        Name::Message(_) => return None,
    };
    (!words.is_empty()).then_some(words)
}

/// Cuts a text where it names something.
fn mark(told: &str, words: &[(String, Name)]) -> (Vec<Span>, BTreeSet<Name>) {
    let mut spans: Vec<Span> = Vec::new();
    let mut named = BTreeSet::new();
    let mut plain = String::new();
    let mut rest = told;
    while let Some(letter) = rest.chars().next() {
        let found = words.iter().find(|(word, _)| rest.starts_with(word.as_str()));
        let Some((word, _)) = found else {
            plain.push(letter);
            rest = &rest[letter.len_utf8()..];
            continue;
        };
        // Several entries may share a key; all of them are named.
        named.extend(words.iter().filter(|(other, _)| other == word).map(|(_, name)| *name));
        if !plain.is_empty() {
            spans.push(Span { text: std::mem::take(&mut plain), named: false });
        }
        spans.push(Span { text: word.clone(), named: true });
        rest = &rest[word.len()..];
    }
    if !plain.is_empty() {
        spans.push(Span { text: plain, named: false });
    }
    (spans, named)
}

#[cfg(test)]
mod tests {
    use super::super::lens::tests::at_every_turn;
    use super::*;

    #[test]
    fn names_are_marked_where_they_stand() {
        let agent = Name::Agent(AgentIx(1));
        let key = Name::Knowledge(KnowledgeIx(0));
        let words = vec![("writer_01".to_owned(), agent), ("draft".to_owned(), key)];
        let (spans, named) = mark("writer_01 reads draft.", &words);
        let told: Vec<(&str, bool)> =
            spans.iter().map(|span| (span.text.as_str(), span.named)).collect();
        assert_eq!(told, [("writer_01", true), (" reads ", false), ("draft", true), (".", false)]);
        assert_eq!(named, BTreeSet::from([agent, key]));
    }

    #[test]
    fn every_turn_has_a_narration_that_is_a_sentence() {
        at_every_turn("generic-team", |lens| {
            let told: String =
                lens.focus.narration.spans.iter().map(|span| span.text.as_str()).collect();
            assert!(
                told.ends_with(['.', '…']) && told.len() > 10,
                "turn {}: {told}",
                lens.session.turn().0
            );
            assert!(!told.contains("..") && !told.contains("no words"), "{told}");
        });
    }
}
