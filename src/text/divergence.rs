//! Where a replay differs from what was written down, in words.

use super::units;
use crate::session::saved::Divergence;

/// Names the turn from which a replay differs, with what doubt there is, such as “turn 41” or
/// “turn 41, or, with a chance of 1 in 256, turn 40”.
pub fn turn(found: &Divergence) -> String {
    let named = if found.from == found.turn {
        format!("turn {}", found.turn.0)
    } else {
        format!("one of the turns {} to {}", found.from.0, found.turn.0)
    };
    // Turns before those named that could differ unseen.
    let known = found.agrees_to.map_or(found.from.0, |last| last.0.saturating_add(1));
    let unsure = found.from.0.saturating_sub(known);
    if unsure == 0 {
        return named;
    }
    let chance = units::number((1_u64 << found.bits.min(32)) as f64, 0);
    let earlier = match unsure {
        1 => format!("turn {known}"),
        _ => format!("up to {unsure} turns earlier"),
    };
    format!("{named}, or, with a chance of 1 in {chance}, {earlier}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::id::TurnIx;
    use crate::session::branch::BranchId;

    #[test]
    fn doubt_is_said_where_there_is_any() {
        let told = |agrees_to: Option<u32>, from, turn_known, bits| {
            let (from, at) = (TurnIx(from), TurnIx(turn_known));
            let agrees_to = agrees_to.map(TurnIx);
            turn(&Divergence { branch: BranchId(0), agrees_to, from, turn: at, bits, engine: 2 })
        };
        assert_eq!(told(None, 0, 0, 0), "turn 0");
        assert_eq!(told(Some(40), 41, 41, 16), "turn 41");
        assert_eq!(told(Some(39), 41, 41, 8), "turn 41, or, with a chance of 1 in 256, turn 40");
        assert_eq!(
            told(Some(31), 41, 41, 1),
            "turn 41, or, with a chance of 1 in 2, up to 9 turns earlier"
        );
        assert_eq!(told(Some(100), 101, 112, 12), "one of the turns 101 to 112");
    }
}
