//! Where two branches part: the first turn that differs.

use super::branch::Branch;
use crate::model::id::TurnIx;

/// Returns the first turn that differs between two branches, or that only one of them has; none where
/// they are the same. Digests are chained, so all later turns differ too, and halving finds the first.
pub fn first_difference(a: &Branch, b: &Branch) -> Option<TurnIx> {
    let (mut low, mut high) = (0, a.turns().min(b.turns()).0 + 1);
    while low < high {
        let middle = low.midpoint(high);
        let turn = TurnIx(middle);
        if a.digest_at(turn) == b.digest_at(turn) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    (low <= a.turns().max(b.turns()).0).then_some(TurnIx(low))
}
