//! The nouns of orchestration, without freelancing: agents, tasks, bids, messages, knowledge, recommendations.
#![deny(clippy::disallowed_types, clippy::disallowed_methods, clippy::iter_over_hash_type)]

pub mod agent;
pub mod bid;
pub mod content;
pub mod fault;
pub mod figure;
pub mod id;
pub mod message;
pub mod recommendation;
pub mod schema;
pub mod task;
