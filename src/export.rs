//! Runs as others read them: events a line each, and summaries.
#![deny(clippy::disallowed_types, clippy::disallowed_methods, clippy::iter_over_hash_type)]

pub mod event_lines;
pub mod payload;
pub mod summary;
pub mod why;
