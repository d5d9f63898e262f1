//! A fresh seed, when someone asks for one: the only entropy there is.

/// The largest seed: what a JavaScript number holds exactly.
pub const SEED_MAX: u64 = (1 << 53) - 1;

/// Draws a seed from the browser's entropy; none where it has none.
pub fn fresh_seed() -> Option<u64> {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).ok()?;
    Some(u64::from_le_bytes(bytes) & SEED_MAX)
}
