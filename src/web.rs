//! Everything that names the browser: the JavaScript class, entropy, how the page's code arrives and fails, what is kept and handed on.

pub mod agora;
pub mod bench;
pub mod entropy;
pub mod exports;
pub mod hand;
#[cfg(feature = "page")]
pub mod panic;
#[cfg(feature = "page")]
pub mod picture;
pub mod rest;
pub mod storage;
