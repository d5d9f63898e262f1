//! Tests of the market analyst.
