//! Tests of the marketplace.
