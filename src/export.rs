//! Runs as others read them: events a line each, diagrams, traces, and summaries.
#![deny(clippy::disallowed_types, clippy::disallowed_methods, clippy::iter_over_hash_type)]

pub mod branches;
pub mod chrome_trace;
pub mod event_lines;
#[cfg(not(target_arch = "wasm32"))]
pub mod event_type;
pub mod format;
#[cfg(not(target_arch = "wasm32"))]
pub mod message_type;
pub mod payload;
pub mod plan_graph;
pub mod sequence;
pub mod shiviz;
pub mod summary;
pub mod why;
