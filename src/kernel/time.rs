//! Virtual time: whole microseconds since the start of a run.

use serde::{Deserialize, Serialize};

/// A point in virtual time, or a span of it [µs].
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Micros(pub u64);

impl Micros {
    /// The start of every run.
    pub const ZERO: Micros = Micros(0);

    /// Adds a span; stays at the end of time instead of wrapping.
    pub fn after(self, span: Micros) -> Micros {
        Micros(self.0.saturating_add(span.0))
    }

    /// Returns the span since an earlier point, zero if that point is later.
    pub fn since(self, earlier: Micros) -> Micros {
        Micros(self.0.saturating_sub(earlier.0))
    }

    /// Multiplies a span by a share, rounded half up.
    pub fn scaled(self, share: super::fixed::Ppm) -> Micros {
        let product = u128::from(self.0) * u128::from(share.0) + 500_000;
        Micros(u64::try_from(product / 1_000_000).unwrap_or(u64::MAX))
    }
}
