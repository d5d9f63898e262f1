//! Reasons as JSON, for JavaScript and whoever else reads by machine.

use serde_json::{Value, json};

use crate::model::id::EventId;
use crate::session::Session;
use crate::session::why::{self, Root};
use crate::text;
use crate::text::why::Tie;

/// Returns what brought an event about: the chain of causes in sentences, and the whole graph by ids.
pub fn why_value(session: &Session, event: EventId) -> Option<Value> {
    let why = why::why(session, event)?;
    let steps = text::why::steps(session, &why, true);
    let chain: Vec<Value> = steps
        .iter()
        .map(|step| {
            let tie = match step.tie {
                Tie::Itself => "itself",
                Tie::Cause => "cause",
                Tie::Read => "read",
            };
            json!({
                "event": step.event,
                "turn": session.log().turn_of(step.event),
                "link": tie,
                "sentence": step.sentence,
            })
        })
        .collect();
    let graph: Vec<Value> = why
        .graph
        .iter()
        .map(|reason| {
            json!({
                "event": reason.event,
                "turn": reason.turn,
                "cause": reason.cause,
                "reads": reason.reads,
            })
        })
        .collect();
    Some(json!({
        "event": event,
        "root": match why.root { Root::Scenario => "scenario", Root::Command => "command" },
        "chain": chain,
        "graph": graph,
        "is_cut": why.is_cut,
    }))
}
