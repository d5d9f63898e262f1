//! Tests of the rubric and its advice.
