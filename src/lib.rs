//! A laboratory for multi-agent orchestration: a deterministic engine, its domains, and the page that shows it.
