//! How an agent's performance score follows the outcomes of its work.

pub mod moving_average;

use crate::kernel::fixed::{Hundredths, Ppm};

/// A rule that updates a performance score.
pub trait Learning {
    /// Returns the score after an outcome of this quality.
    fn updated(&self, score: Hundredths, quality: Ppm) -> Hundredths;
}
