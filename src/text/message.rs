//! What a message says, in a few words.

use crate::model::content::Content;
use crate::model::id::{Actor, MessageIx, Recipient};
use crate::model::message::{Payload, StatusNote};
use crate::session::Session;
use crate::sim::event::EventKind;

use super::{names, units, value};

/// What a reader is called in a sentence that begins with it.
const ITSELF: &str = "it";

/// Returns what a message carries, in a few words; empty where its type says it all.
pub fn content(session: &Session, payload: Content) -> String {
    let Some(payload) = session.store().payload(payload) else { return String::new() };
    match &*payload {
        Payload::Call { role, .. } => names::role(session, *role),
        Payload::Bid { score, .. } | Payload::Award { score, .. } => format!("score {score}"),
        Payload::Refusal { reason, .. } | Payload::Decline { reason, .. } => {
            names::refusal(*reason).to_owned()
        }
        Payload::Rejection { reason, .. } => reason.name().to_owned(),
        Payload::Assignment { bindings, .. } => units::count(bindings.len(), "subtask", "subtasks"),
        Payload::Go { subtask, .. } => format!("{} may start", names::subtask(session, *subtask)),
        Payload::Status { subtask, note, .. } => {
            let about = subtask.map(|subtask| format!("{} ", names::subtask(session, subtask)));
            format!("{}{}", about.unwrap_or_default(), status(*note))
        }
        Payload::Result { subtask, confidence, .. } => {
            format!(
                "{}, confidence {}",
                names::subtask(session, *subtask),
                units::share(*confidence)
            )
        }
        Payload::Failure { subtask, reason } => {
            format!("{}: {}", names::subtask(session, *subtask), names::failure(*reason))
        }
        Payload::Share { entries, .. } => {
            let keys: Vec<String> =
                entries.iter().map(|at| names::knowledge(session, *at)).collect();
            names::list(&keys)
        }
        Payload::News { value, .. } => {
            session.store().value(*value).map_or_else(String::new, |news| value::brief(news))
        }
        Payload::Answer { status, confidence, .. } => {
            format!("{}, confidence {}", status.name(), units::share(*confidence))
        }
        Payload::Accepted { subtask } => names::subtask(session, *subtask),
        Payload::Note { text } => units::short(text, 72),
    }
}

fn status(note: StatusNote) -> &'static str {
    match note {
        StatusNote::Accepted => "award accepted",
        StatusNote::Started => "started",
        StatusNote::Ready => "is ready",
        StatusNote::Progress => "still at work",
        StatusNote::Free => "a slot is free",
    }
}

/// Returns what a message tells its reader, with its sender, as the rest of a sentence.
///
/// A reader whose name the sentence begins with is not named again.
pub fn told(session: &Session, message: MessageIx, reader: Option<Actor>) -> Option<String> {
    let record = session.log().record(session.log().sent_by(message)?)?;
    match record.kind {
        EventKind::MessageSent { to, payload, .. } => {
            let from = names::actor(session, record.actor);
            let to = match to {
                Recipient::One(to) if Some(to) == reader => ITSELF.to_owned(),
                to => names::recipient(session, to),
            };
            Some(format!("{from} {}", act(session, record.actor, payload, &to)))
        }
        // An original is sent before its duplicates, so this ends.
        EventKind::MessageDuplicated { original, .. } if original < message => {
            told(session, original, reader)
        }
        _ => None,
    }
}

/// Returns what the sender does by a message, as the rest of a sentence that begins with its name.
pub fn act(session: &Session, from: Actor, payload: Content, to: &str) -> String {
    let Some(payload) = session.store().payload(payload) else { return format!("writes to {to}") };
    let subtask = |ix| names::subtask(session, ix);
    match &*payload {
        Payload::Call { auction, .. } => format!("calls {to} for proposals in {}", auction.text()),
        Payload::Bid { auction, score, .. } => {
            format!("bids in {} with a score of {score}", auction.text())
        }
        Payload::Refusal { auction, reason } => {
            format!("refuses to bid in {}: {}", auction.text(), names::refusal(*reason))
        }
        Payload::Award { auction, score } => {
            format!("awards {} to {to} for its score of {score}", auction.text())
        }
        Payload::Rejection { auction, reason } if to == ITSELF => {
            format!("rejects its bid in {}: {}", auction.text(), reason.name())
        }
        Payload::Rejection { auction, reason } => {
            format!("rejects the bid of {to} in {}: {}", auction.text(), reason.name())
        }
        Payload::Decline { auction, reason } => {
            format!("declines the award of {}: {}", auction.text(), names::refusal(*reason))
        }
        Payload::Assignment { coordinator, .. } => {
            let leads = if from == Actor::Agent(*coordinator) {
                "it leads".to_owned()
            } else {
                format!("{} leads", names::agent(session, *coordinator))
            };
            format!("tells {to} who does what: {leads}")
        }
        Payload::Go { subtask: ix, .. } => format!("tells {to} that {} may start", subtask(*ix)),
        Payload::Status { subtask: about, auction, note, .. } => match (about, auction, note) {
            (_, Some(auction), StatusNote::Accepted) => {
                format!("accepts the award of {}", auction.text())
            }
            (Some(ix), _, note) => format!("reports to {to}: {} {}", subtask(*ix), status(*note)),
            (None, _, note) => format!("reports to {to}: {}", status(*note)),
        },
        Payload::Result { subtask: ix, confidence, .. } => {
            format!(
                "hands {} in to {to} with confidence {}",
                subtask(*ix),
                units::share(*confidence)
            )
        }
        Payload::Failure { subtask: ix, reason } => {
            format!("tells {to} that {} failed: {}", subtask(*ix), names::failure(*reason))
        }
        Payload::Share { entries, .. } => {
            let keys: Vec<String> =
                entries.iter().map(|at| names::knowledge(session, *at)).collect();
            format!("shares {} with {to}", names::list(&keys))
        }
        Payload::News { value, .. } => {
            let news =
                session.store().value(*value).map_or_else(String::new, |news| value::news(news));
            format!("tells {to}: {news}")
        }
        Payload::Answer { task, status, .. } => {
            format!("tells {to} that {} ended: {}", task.text(), status.name())
        }
        Payload::Accepted { subtask: ix } => {
            format!("confirms to {to} that {} is accepted", subtask(*ix))
        }
        Payload::Note { text } => format!("writes to {to}: {}", units::short(text, 72)),
    }
}
