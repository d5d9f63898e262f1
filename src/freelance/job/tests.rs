//! Tests of the job reader.
