//! One plain, comparable view model per panel, already in the user's words and units.
#![deny(clippy::disallowed_types, clippy::disallowed_methods, clippy::iter_over_hash_type)]

pub mod layers;
pub mod mark;
pub mod placing;

pub mod focus;
pub mod history;
pub mod lens;

pub mod agents;
pub mod auction;
pub mod blackboard;
pub mod branches;
pub mod changes;
pub mod compare;
pub mod glance;
pub mod intelligence;
pub mod messages;
pub mod narration;
pub mod opening;
pub mod order;
pub mod own;
pub mod phases;
pub mod plan;
pub mod reasons;
pub mod result;
pub mod schedule;
pub mod search;
pub mod selected;
pub mod story;
pub mod task;
pub mod terms;
pub mod transport;
pub mod until;
pub mod verdict;
