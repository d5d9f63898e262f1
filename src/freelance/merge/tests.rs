//! Tests of the merged answers.
