//! The built-in team: eight specialists who work for freelancers, their inputs, beliefs and plans.
#![deny(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    clippy::iter_over_hash_type
)]

pub mod beliefs;
pub mod conditions;
mod country;
pub mod coverage;
mod input;
pub mod job;
pub mod market;
pub mod profile;
pub mod profile_optimizer;
pub mod skill;
pub mod standing;
pub mod team;
pub mod workflow;
