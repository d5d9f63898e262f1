//! Everything that names the browser: the JavaScript class, entropy, how the page's code arrives and fails.

pub mod agora;
pub mod bench;
pub mod entropy;
#[cfg(feature = "page")]
pub mod panic;
pub mod rest;
