//! Tests of the profile reader.
