//! An agent as it joins the team.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::kernel::fixed::{Hundredths, Ppm};
use crate::kernel::time::Micros;

/// What an agent is from the start; what it does is state.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct AgentSpec {
    /// The role and a zero-padded number, such as `pricing_strategist_01`.
    pub id: String,
    /// The role's name.
    pub role: String,
    /// Proficiency in each capability it has, 0 to 1.
    pub capabilities: BTreeMap<String, Ppm>,
    /// Past performance, 0 to 100.
    pub performance: Hundredths,
    /// Slots it can hold at once; at least 1.
    pub capacity: u32,
    /// Slots that work outside this run holds all along.
    pub busy_slots: u32,
    /// The urgency it likes best, 0 to 1.
    pub tempo: Ppm,
    /// How fast it works: work takes the role's duration divided by this.
    pub pace: Ppm,
    /// Before this it refuses every call.
    pub available_from: Micros,
}

impl AgentSpec {
    /// Returns how much of what is required it covers, weighted by its proficiency in each: the
    /// mean proficiency over the capabilities asked for, the whole where none is asked for.
    pub fn capability(&self, required: &[String]) -> Ppm {
        if required.is_empty() {
            return Ppm::ONE;
        }
        let held =
            |name: &String| self.capabilities.get(name).map_or(0, |share| u64::from(share.0));
        let sum: u64 = required.iter().map(held).sum();
        Ppm((sum / required.len() as u64) as u32)
    }
}
