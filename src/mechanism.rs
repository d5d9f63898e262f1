//! The rules of the game, each a trait with one file per variant, and what a domain must offer.
#![deny(clippy::disallowed_types, clippy::disallowed_methods, clippy::iter_over_hash_type)]

pub mod aggregation;
pub mod auction;
pub mod coordination;
pub mod domain;
pub mod learning;
pub mod planning;
pub mod recovery;
pub mod selection;
