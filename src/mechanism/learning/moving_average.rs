//! An exponentially weighted mean of outcome quality.

use super::Learning;
use crate::kernel::fixed::{Hundredths, Ppm};

/// Moves the score towards each outcome by a fixed share of the distance.
#[derive(Clone, Copy, Debug)]
pub struct MovingAverage {
    /// The share of the distance covered by one outcome.
    pub step: Ppm,
}

impl Learning for MovingAverage {
    /// Rounded half up to 0.01: `score + step · (100 · quality − score)`.
    fn updated(&self, score: Hundredths, quality: Ppm) -> Hundredths {
        let step = u64::from(self.step.clamped().0);
        // In hundredths times a million, so that one rounding at the end is the only one.
        let old = u64::from(score.0) * (1_000_000 - step);
        let new = u64::from(quality.clamped().0) * step / 100;
        Hundredths(((old + new + 500_000) / 1_000_000) as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tenth_of_the_way_to_each_outcome() {
        let rule = MovingAverage { step: Ppm(100_000) };
        assert_eq!(rule.updated(Hundredths(9000), Ppm(1_000_000)), Hundredths(9100));
        assert_eq!(rule.updated(Hundredths(9000), Ppm(0)), Hundredths(8100));
        assert_eq!(rule.updated(Hundredths(9000), Ppm(900_000)), Hundredths(9000));
    }
}
