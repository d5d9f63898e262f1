//! Tests of the pricing strategist.
