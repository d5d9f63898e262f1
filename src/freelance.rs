//! The built-in team: eight specialists who work for freelancers, their inputs, beliefs and plans.
#![deny(clippy::disallowed_types, clippy::disallowed_methods, clippy::iter_over_hash_type)]

pub mod beliefs;
#[cfg(test)]
mod bench;
pub mod blackboard;
pub mod career_planner;
pub mod competition_analyzer;
pub mod conditions;
mod country;
pub mod coverage;
mod input;
pub mod job;
pub mod job_matcher;
pub mod market;
pub mod market_analyst;
pub mod merge;
pub mod money;
pub mod negotiation_advisor;
pub mod outcome;
pub mod pricing_strategist;
pub mod profile;
pub mod profile_optimizer;
pub mod proposal_writer;
pub mod skill;
pub mod standing;
pub mod team;
pub mod words;
pub mod workflow;
