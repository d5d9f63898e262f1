//! Everything that names the browser: the JavaScript class, entropy.

pub mod agora;
pub mod entropy;
