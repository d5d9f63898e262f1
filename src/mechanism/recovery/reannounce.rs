//! Announces again a limited number of times, then goes on without.

use serde::{Deserialize, Serialize};

use super::{Answer, Lack, Recovery};

/// What is tried when an auction brings no taker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum OnNoBid {
    /// The same call again.
    Reannounce,
    /// Again, without the least coverage.
    Relax,
    /// Nothing: go on without.
    Skip,
}

/// The rule and its bounds.
#[derive(Clone, Copy, Debug)]
pub struct Reannounce {
    /// What to try when nobody takes it.
    pub on_no_bid: OnNoBid,
    /// How many auctions a role or subtask may have beyond the first.
    pub attempts_max: u32,
}

impl Recovery for Reannounce {
    fn no_taker(&self, lack: Lack) -> Answer {
        let exhausted = lack.attempts > self.attempts_max || lack.candidates == 0;
        match self.on_no_bid {
            OnNoBid::Skip => Answer::GoOnWithout,
            _ if exhausted => Answer::GoOnWithout,
            OnNoBid::Reannounce => Answer::Reannounce { relaxed: false },
            OnNoBid::Relax => Answer::Reannounce { relaxed: true },
        }
    }

    fn failed_holder(&self, lack: Lack) -> Answer {
        if lack.attempts > self.attempts_max || lack.candidates == 0 {
            Answer::GoOnWithout
        } else {
            Answer::Reannounce { relaxed: false }
        }
    }
}
