//! A laboratory for multi-agent orchestration: a deterministic engine, its domains, and the page that shows it.

// Lowest first; a module may use only those above it, as ARCHITECTURE.md tells.
pub mod kernel;
pub mod model;

pub mod mechanism;

pub mod sim;

pub mod freelance;
pub mod generic;

pub mod session;

pub mod text;

pub mod export;

pub mod api;

pub mod view;

#[cfg(not(target_arch = "wasm32"))]
pub mod cli;

#[cfg(feature = "web")]
pub mod web;

#[cfg(feature = "page")]
pub mod ui;
