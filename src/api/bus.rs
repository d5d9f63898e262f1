//! The message bus: who said what to whom, and what became of it.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::Response;
use super::answer::timestamp;
use super::problem::Problem;
use super::query::Query;
use crate::export::payload;
use crate::model::id::{Actor, MessageIx, Recipient};
use crate::model::message::{Conversation, MessageType};
use crate::session::Session;
use crate::sim::event::EventKind;

/// Messages that are shown where no limit is given.
const LIMIT: usize = 20;

/// Messages that are shown at most.
const LIMIT_MAX: usize = 1000;

/// The message bus.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct MessageBus {
    /// Messages sent so far; a broadcast counts once.
    pub total_messages: usize,
    /// The latest that match, the latest first.
    pub recent_messages: Vec<MessageView>,
    /// How many of each type were sent so far.
    pub message_type_distribution: BTreeMap<&'static str, u64>,
    /// Messages that match the filters.
    pub matching_messages: usize,
}

/// A message.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct MessageView {
    /// Who sent it.
    pub from_agent: String,
    /// To whom: an agent's id, `orchestrator`, or `*` for all.
    pub to_agent: String,
    /// Its type.
    pub message_type: &'static str,
    /// What it carries.
    pub payload: Value,
    /// When it was sent: the scenario's day and the virtual time.
    pub timestamp: String,
    /// Whether everyone it reached has read it, and someone has.
    pub read: bool,
    /// The message.
    pub message_id: String,
    /// The communicative act it performs.
    pub performative: &'static str,
    /// The auction or task it belongs to; null for none.
    pub conversation: Option<String>,
    /// Virtual time when it was sent [µs].
    pub time_us: u64,
    /// The turn it was sent in.
    pub turn: u32,
    /// Who has read it.
    pub read_by: Vec<String>,
    /// Whom it did not reach, and why.
    pub lost: BTreeMap<String, &'static str>,
    /// The message a fault made it a copy of; null for none.
    pub duplicate_of: Option<String>,
}

/// A message as the log has it.
struct Sent {
    message: MessageIx,
    kind: MessageType,
    from: Actor,
    to: Recipient,
    event: crate::model::id::EventId,
    duplicate_of: Option<MessageIx>,
}

/// Shows the messages up to the cursor.
///
/// # Errors
/// 422 for a parameter that does not fit.
pub fn messages(session: &Session, query: &mut Query) -> Result<Response, Problem> {
    let limit = query.number("limit", (0, LIMIT_MAX), LIMIT);
    let kind = query.text("type");
    let agent = query.text("agent");
    let wanted =
        kind.as_deref().map(|name| MessageType::ALL.iter().find(|kind| kind.name() == name));
    if wanted == Some(None) {
        let known: Vec<&str> = MessageType::ALL.iter().map(|kind| kind.name()).collect();
        query.fault("type", format!("is no type of message; expected one of {}", known.join(", ")));
    }
    let world = session.world();
    let actor = match agent.as_deref() {
        None => None,
        Some("orchestrator") => Some(Actor::Orchestrator),
        Some("user") => Some(Actor::User),
        Some("environment") => Some(Actor::Environment),
        Some(id) => {
            let found = world.agent_ids.get(id).copied().map(Actor::Agent);
            if found.is_none() {
                query.fault(
                    "agent",
                    "is no agent of this run; GET /agents/status lists the team".into(),
                );
            }
            found
        }
    };
    query.checked()?;
    let all = sent(session);
    let mut distribution: BTreeMap<&'static str, u64> = BTreeMap::new();
    for one in &all {
        *distribution.entry(one.kind.name()).or_default() += 1;
    }
    let fits = |one: &&Sent| {
        wanted.flatten().is_none_or(|kind| *kind == one.kind)
            && actor.is_none_or(|actor| {
                one.from == actor || one.to == Recipient::One(actor) || one.to == Recipient::All
            })
    };
    let matching: Vec<&Sent> = all.iter().filter(fits).collect();
    let recent: Vec<&Sent> = matching.iter().rev().take(limit).copied().collect();
    let body = MessageBus {
        total_messages: all.len(),
        recent_messages: shown(session, &recent),
        message_type_distribution: distribution,
        matching_messages: matching.len(),
    };
    Ok(Response::new(200, &body))
}

/// Returns the messages up to the cursor, in order of sending.
fn sent(session: &Session) -> Vec<Sent> {
    let log = session.log();
    let mut all: Vec<Sent> = Vec::new();
    for record in log.records(0..session.horizon().at()) {
        let message = MessageIx::from(all.len());
        match record.kind {
            EventKind::MessageSent { to, kind, .. } => all.push(Sent {
                message,
                kind,
                from: record.actor,
                to,
                event: record.id,
                duplicate_of: None,
            }),
            EventKind::MessageDuplicated { original, to, .. } => {
                let Some((kind, from)) = all.get(original.at()).map(|one| (one.kind, one.from))
                else {
                    continue;
                };
                all.push(Sent {
                    message,
                    kind,
                    from,
                    to: Recipient::One(to),
                    event: record.id,
                    duplicate_of: Some(original),
                });
            }
            _ => {}
        }
    }
    all
}

/// What became of a message.
#[derive(Default)]
struct Fate {
    read_by: Vec<String>,
    lost: BTreeMap<String, &'static str>,
}

fn shown(session: &Session, recent: &[&Sent]) -> Vec<MessageView> {
    let world = session.world();
    let Some(earliest) = recent.iter().map(|one| one.event.at()).min() else {
        return Vec::new();
    };
    let mut fates: BTreeMap<MessageIx, Fate> =
        recent.iter().map(|one| (one.message, Fate::default())).collect();
    for record in session.log().records(earliest..session.horizon().at()) {
        match record.kind {
            EventKind::MessageRead { message } => {
                if let Some(fate) = fates.get_mut(&message) {
                    fate.read_by.push(world.actor_name(record.actor).to_owned());
                }
            }
            EventKind::MessageLost { message, to, reason } => {
                if let Some(fate) = fates.get_mut(&message) {
                    fate.lost.insert(world.actor_name(to).to_owned(), reason.name());
                }
            }
            _ => {}
        }
    }
    let one = |sent: &&Sent| view(session, sent, fates.remove(&sent.message).unwrap_or_default());
    recent.iter().filter_map(one).collect()
}

fn view(session: &Session, sent: &Sent, fate: Fate) -> Option<MessageView> {
    let (log, world) = (session.log(), session.world());
    let record = log.record(sent.event)?;
    // A copy carries what its original did.
    let original = log.kind(log.sent_by(sent.duplicate_of.unwrap_or(sent.message))?)?;
    let original = original.to_owned();
    let EventKind::MessageSent { payload: artifact, conversation, .. } = original else {
        return None;
    };
    let carried = session.store().payload(artifact);
    let (to, unread) = match sent.to {
        Recipient::One(one) => (world.actor_name(one).to_owned(), fate.read_by.is_empty()),
        Recipient::All => {
            let waiting = waiting(session, sent.message);
            ("*".to_owned(), fate.read_by.is_empty() || waiting)
        }
    };
    Some(MessageView {
        from_agent: world.actor_name(sent.from).to_owned(),
        to_agent: to,
        message_type: sent.kind.name(),
        payload: carried
            .map_or(Value::Null, |carried| payload::payload(world, session.store(), &carried)),
        timestamp: timestamp(session, record.time.0),
        read: !unread,
        message_id: sent.message.text(),
        performative: sent.kind.performative(),
        conversation: match conversation {
            Conversation::Auction(auction) => Some(auction.text()),
            Conversation::Task(task) => Some(task.text()),
            Conversation::None => None,
        },
        time_us: record.time.0,
        turn: record.turn.0,
        read_by: fate.read_by,
        lost: fate.lost,
        duplicate_of: sent.duplicate_of.map(|original| original.text()),
    })
}

/// Says whether a broadcast is still on its way to someone.
fn waiting(session: &Session, message: MessageIx) -> bool {
    let world = session.world();
    let bus = &world.environment.message_bus;
    let actors = (0..world.agents.len()).map(|at| Actor::Agent(at.into()));
    let mut inbound = actors.chain([Actor::Orchestrator]).flat_map(|actor| bus.inbox(actor));
    inbound.any(|inbound| inbound.message == message)
}
