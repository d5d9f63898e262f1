//! The simulation: scenarios, commands, events, the world they make, and the turns that decide them.
#![deny(clippy::disallowed_types, clippy::disallowed_methods, clippy::iter_over_hash_type)]

pub mod command;
pub mod effects;
pub mod event;
pub mod invariant;
pub mod log;
pub mod run;
pub mod scenario;
pub mod store;
pub mod turn;
pub mod wave;
pub mod world;
