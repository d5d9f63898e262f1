//! The ground everything stands on: virtual time, fixed-point numbers, keyed randomness, dates, digests, shared lists.
#![deny(clippy::disallowed_types, clippy::disallowed_methods, clippy::iter_over_hash_type)]

pub mod agenda;
pub mod date;
pub mod digest;
pub mod draw;
pub mod fixed;
pub mod flat;
pub mod shelf;
pub mod time;
