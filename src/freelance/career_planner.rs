//! Stub.
pub mod goals;
