//! A bid's four terms, their weights, and the score they make.

use serde::{Deserialize, Serialize};

use crate::kernel::fixed::{Hundredths, Ppm};

/// What the four terms of a bid weigh; they add up to 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Weights {
    /// Of how well the agent fits what is asked.
    pub capability: Ppm,
    /// Of its free slots.
    pub workload: Ppm,
    /// Of its past performance.
    pub performance: Ppm,
    /// Of how its tempo fits the task's urgency.
    pub priority: Ppm,
}

impl Default for Weights {
    /// Returns the specification's weights: 0.4, 0.3, 0.2, 0.1.
    fn default() -> Self {
        Weights {
            capability: Ppm(400_000),
            workload: Ppm(300_000),
            performance: Ppm(200_000),
            priority: Ppm(100_000),
        }
    }
}

/// The four terms of a bid, each 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct BidTerms {
    /// How well the agent fits what is asked.
    pub capability: Ppm,
    /// Slots held over capacity.
    pub workload_penalty: Ppm,
    /// Performance score over 100.
    pub performance: Ppm,
    /// How its tempo fits the task's urgency.
    pub priority: Ppm,
}

/// Shares up to here fit into a bid that its event holds.
const SHARE_MAX: Ppm = Ppm((1 << 21) - 1);

impl BidTerms {
    /// Says whether all fit into a bid that its event holds.
    #[inline]
    pub fn fit(&self) -> bool {
        let BidTerms { capability, workload_penalty, performance, priority } = *self;
        [capability, workload_penalty, performance, priority].iter().all(|&term| term <= SHARE_MAX)
    }

    /// Returns what each term adds to the score, in hundred-millionths of a point, in the order
    /// capability, workload, performance, priority.
    pub fn parts(&self, weights: &Weights) -> [u64; 4] {
        let product = |term: Ppm, weight: Ppm| u64::from(term.clamped().0) * u64::from(weight.0);
        [
            product(self.capability, weights.capability),
            product(self.workload_penalty.clamped().rest(), weights.workload),
            product(self.performance, weights.performance),
            product(self.priority, weights.priority),
        ]
    }

    /// Returns the score, rounded half up to 0.01.
    ///
    /// `(capability·0.4 + (1 − workload_penalty)·0.3 + performance·0.2 + priority·0.1) · 100`,
    /// with the weights given, in whole numbers: parts are 1e-12 of the whole, which is 100 points.
    pub fn score(&self, weights: &Weights) -> Hundredths {
        let sum: u64 = self.parts(weights).iter().sum();
        Hundredths(((sum + 50_000_000) / 100_000_000) as u32)
    }
}
