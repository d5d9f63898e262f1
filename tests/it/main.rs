//! Native tests of the whole, in one binary.
#![cfg(not(target_arch = "wasm32"))]

mod api_data;
mod api_docs;
mod api_stream;
mod bad_input;
mod career_data;
mod command_line;
mod comparing;
mod contract_net;
mod contrast;
mod cutting;
mod events;
mod exports;
mod golden;
mod inputs_data;
mod layers;
mod links;
mod matching_data;
mod properties;
mod protocol;
mod reasons;
mod time_travel;
mod walkthrough;
mod workflows;
