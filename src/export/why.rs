//! Reasons as plain data, for JavaScript and whoever else reads by machine.

use serde::Serialize;

use crate::model::id::EventId;
use crate::session::Session;
use crate::session::why::{self, Root};
use crate::text;
use crate::text::why::Tie;

/// What brought an event about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Why {
    /// The event.
    pub event: u32,
    /// Where its causes begin.
    pub root: WhyRoot,
    /// The causes back to their root, in sentences, with what each used.
    pub chain: Vec<WhyStep>,
    /// All that it rests on, by ids.
    pub graph: Vec<WhyReason>,
    /// Whether the graph was too large to be shown whole.
    pub is_cut: bool,
}

/// Where causes begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum WhyRoot {
    /// In the scenario as loaded.
    Scenario,
    /// In a command.
    Command,
}

/// One step of a chain of causes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct WhyStep {
    /// The event.
    pub event: u32,
    /// Its turn.
    pub turn: u32,
    /// How it belongs to the step before.
    pub link: WhyLink,
    /// What happened.
    pub sentence: String,
}

/// How a step belongs to the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum WhyLink {
    /// It is the event that was asked about.
    Itself,
    /// It triggered it.
    Cause,
    /// Its content was used.
    Read,
}

/// An event with what it rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct WhyReason {
    /// The event.
    pub event: u32,
    /// Its turn.
    pub turn: u32,
    /// The event that triggered it; null for a root.
    pub cause: Option<u32>,
    /// The events whose content it used.
    pub reads: Vec<u32>,
}

/// Returns what brought an event about; none where there is no such event.
pub fn why(session: &Session, event: EventId) -> Option<Why> {
    let found = why::why(session, event)?;
    let chain = text::why::steps(session, &found, true);
    Some(Why {
        event: event.0,
        root: match found.root {
            Root::Scenario => WhyRoot::Scenario,
            Root::Command => WhyRoot::Command,
        },
        chain: chain
            .into_iter()
            .map(|step| WhyStep {
                event: step.event.0,
                turn: session.log().turn_of(step.event).0,
                link: match step.tie {
                    Tie::Itself => WhyLink::Itself,
                    Tie::Cause => WhyLink::Cause,
                    Tie::Read => WhyLink::Read,
                },
                sentence: step.sentence,
            })
            .collect(),
        graph: found
            .graph
            .iter()
            .map(|reason| WhyReason {
                event: reason.event.0,
                turn: reason.turn.0,
                cause: reason.cause.map(|cause| cause.0),
                reads: reason.reads.iter().map(|read| read.0).collect(),
            })
            .collect(),
        is_cut: found.is_cut,
    })
}
