//! Native tests of the whole, in one binary.
#![cfg(not(target_arch = "wasm32"))]

mod bad_input;
mod command_line;
mod golden;
mod layers;
mod properties;
mod protocol;
mod walkthrough;
