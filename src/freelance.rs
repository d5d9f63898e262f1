//! The built-in team: eight specialists who work for freelancers, their inputs, beliefs and plans.
#![deny(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    clippy::iter_over_hash_type
)]

pub mod job;
pub mod market;
pub mod profile;
pub mod skill;
