//! Everything that names the browser: the JavaScript class, entropy, kept sessions, the clipboard and files.

pub mod agora;
pub mod entropy;
pub mod exports;
pub mod hand;
pub mod storage;
