//! What things are called: one term, one name, in sentences and panels alike.

use crate::model::id::{
    Actor, AgentIx, AuctionIx, KnowledgeIx, MessageIx, Recipient, RoleIx, SubtaskIx,
};
use crate::model::message::{FailureReason, MessageType, RefusalReason};
use crate::session::Session;
use crate::sim::event::EventKind;

use super::units::phrase;

/// Returns an actor's name in the middle of a sentence.
pub fn actor(session: &Session, actor: Actor) -> String {
    match actor {
        Actor::Orchestrator => "the orchestrator".to_owned(),
        Actor::Environment => "the environment".to_owned(),
        Actor::User => "you".to_owned(),
        Actor::Agent(agent) => self::agent(session, agent),
    }
}

/// Returns an agent's id. The head of the run knows every agent that ever joined.
pub fn agent(session: &Session, agent: AgentIx) -> String {
    session.head().agent_id(agent).to_owned()
}

/// Returns the name of whom a message goes to.
pub fn recipient(session: &Session, to: Recipient) -> String {
    match to {
        Recipient::One(one) => actor(session, one),
        Recipient::All => "everyone".to_owned(),
    }
}

/// Returns a role's name in the middle of a sentence, such as `pricing strategist`.
pub fn role(session: &Session, role: RoleIx) -> String {
    phrase(session.head().role_name(role))
}

/// Returns a subtask's name in quotation marks.
pub fn subtask(session: &Session, subtask: SubtaskIx) -> String {
    format!("“{}”", subtask_plain(session, subtask))
}

/// Returns a subtask's name.
pub fn subtask_plain(session: &Session, subtask: SubtaskIx) -> String {
    session.head().planned(subtask).map_or_else(String::new, |planned| phrase(&planned.name))
}

/// Returns an auction's id with the role it fills, such as `auction_02 for a pricing strategist`.
pub fn auction(session: &Session, auction: AuctionIx) -> String {
    let state = session.head().environment.auction(auction);
    let role = state.map(|state| role(session, state.role)).unwrap_or_default();
    format!("{} ({role})", auction.text())
}

/// Returns the key of a knowledge entry.
pub fn knowledge(session: &Session, knowledge: KnowledgeIx) -> String {
    let entry = session.head().environment.knowledge_base.get(knowledge);
    entry.map_or_else(|| knowledge.text(), |entry| entry.finding.key.clone())
}

/// Returns the type of a message, through a duplicate to its original, and who sent it.
pub fn message(session: &Session, message: MessageIx) -> Option<(MessageType, Actor)> {
    let log = session.log();
    let record = log.record(log.sent_by(message)?)?;
    match record.kind {
        EventKind::MessageSent { kind, .. } => Some((kind, record.actor)),
        // An original is sent before its duplicates, so this ends.
        EventKind::MessageDuplicated { original, .. } if original < message => {
            self::message(session, original)
        }
        _ => None,
    }
}

/// Returns why an agent does not take work, in words.
pub fn refusal(reason: RefusalReason) -> &'static str {
    match reason {
        RefusalReason::NotCapable => "it covers too little of what is asked",
        RefusalReason::AtCapacity => "all its slots are held",
        RefusalReason::NotAvailable => "it is not available yet",
    }
}

/// Returns why something went wrong, in words.
pub fn failure(reason: FailureReason) -> &'static str {
    match reason {
        FailureReason::Deadline => "nothing came in time",
        FailureReason::Work => "the work could not be done",
        FailureReason::NoBidder => "nobody took it",
        FailureReason::NoAgent => "no agent holds the role",
        FailureReason::Dependency => "what it depends on is missing",
        FailureReason::Busy => "everyone is busy; it waits for a free slot",
    }
}

/// Puts a sentence's first letter in upper case, unless it begins with an agent's id.
pub fn capital(sentence: &str) -> String {
    let first_word = sentence.split(' ').next().unwrap_or_default();
    if first_word.contains(['_', '.', '“']) {
        return sentence.to_owned();
    }
    let mut letters = sentence.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// Joins names as in a sentence: `a`, `a and b`, `a, b and c`.
pub fn list(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}
