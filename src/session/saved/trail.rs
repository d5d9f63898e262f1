//! A trail: a few bits of the digest after every turn, so that a replay can name the turn where it differs.

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use serde::{Deserialize, Serialize};

use crate::kernel::digest::Digest;
use crate::model::id::TurnIx;
use crate::session::branch::Branch;

/// Most bits that a mark of a trail has.
pub const BITS_MAX: u32 = 32;

/// Agreeing marks of so many bits together agree beyond doubt: by chance they would once in 1,024 times.
pub const BEYOND_DOUBT_BITS: u32 = 10;

/// How many bits, and after every how many turns.
///
/// Digests chain, so every mark behind a difference differs, but for a chance of one in two to the
/// power of its bits. Several turns to a mark therefore never say more than one bit a turn: bits are
/// saved first, turns last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Density {
    /// Bits of a mark, 1 to 32.
    pub bits: u32,
    /// Turns from one mark to the next, at least 1.
    pub every: u32,
}

impl Density {
    /// Returns the densest, of at most so many bits a mark, that takes no more bits than there is room for.
    pub fn within(turns: u64, room_bits: u64, bits_max: u32) -> Density {
        let mut density = Density { bits: bits_max.clamp(1, BITS_MAX), every: 1 };
        while density.takes(turns) > room_bits {
            match density.sparser() {
                Some(sparser) => density = sparser,
                None => break,
            }
        }
        density
    }

    /// Returns the next that takes less room; none where a mark stands for more turns than any run has.
    pub fn sparser(self) -> Option<Density> {
        if self.bits > 1 {
            return Some(Density { bits: self.bits - 1, ..self });
        }
        Some(Density { every: self.every.checked_mul(2)?, ..self })
    }

    fn takes(self, turns: u64) -> u64 {
        turns / u64::from(self.every.max(1)) * u64::from(self.bits)
    }
}

/// Bits of the digests along a branch, behind the past that it has in common with another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trail {
    /// Bits of a mark.
    pub bits: u32,
    /// Turns from one mark to the next; the first is so many behind the common past.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub every: u32,
    /// The marks' bits one behind the other, from the low bit of each byte up, in base 64.
    pub marks: String,
}

fn one() -> u32 {
    1
}

fn is_one(every: &u32) -> bool {
    *every == 1
}

impl Trail {
    /// Makes the trail of a branch behind a turn; none where there is no mark to make.
    pub fn of(branch: &Branch, after: TurnIx, density: Density) -> Option<Trail> {
        let Density { bits, every } = density;
        let turns = (after.0.checked_add(every)?..=branch.turns().0).step_by(every as usize);
        let mut packed = Vec::new();
        let (mut held, mut free) = (0_u64, 0_u32);
        for turn in turns {
            held |= u64::from(mark(branch.digest_at(TurnIx(turn))?, bits)) << free;
            free += bits;
            while free >= 8 {
                packed.push((held & 0xff) as u8);
                held >>= 8;
                free -= 8;
            }
        }
        if free > 0 {
            packed.push((held & 0xff) as u8);
        }
        (!packed.is_empty()).then(|| Trail { bits, every, marks: STANDARD_NO_PAD.encode(packed) })
    }

    /// Reads the marks back: none where it is no trail of ours.
    pub fn read(&self, after: TurnIx) -> Option<Marks> {
        let is_legal = (1..=BITS_MAX).contains(&self.bits) && self.every > 0;
        let packed = STANDARD_NO_PAD.decode(&self.marks).ok()?;
        let (bits, every) = (self.bits, self.every);
        is_legal.then_some(Marks { bits, every, after: after.0, packed })
    }
}

/// The marks of a trail.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    bits: u32,
    every: u32,
    after: u32,
    packed: Vec<u8>,
}

impl Marks {
    /// Says whether a digest fits the mark of its turn, and how many bits that mark has; none where
    /// the turn has none.
    pub fn agrees(&self, turn: TurnIx, digest: Digest) -> Option<(bool, u32)> {
        let behind = turn.0.checked_sub(self.after).filter(|behind| *behind > 0)?;
        if behind.checked_rem(self.every)? != 0 {
            return None;
        }
        let first = u64::from(behind / self.every - 1) * u64::from(self.bits);
        let mut found = 0_u32;
        for bit in 0..self.bits {
            let at = first + u64::from(bit);
            let byte = self.packed.get(usize::try_from(at / 8).ok()?)?;
            found |= u32::from(byte >> (at % 8) & 1) << bit;
        }
        Some((found == mark(digest, self.bits), self.bits))
    }
}

/// Returns bits of a digest that depend on all of it.
fn mark(digest: Digest, bits: u32) -> u32 {
    let mut mixed = digest;
    mixed.fold(0);
    (mixed.0.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - bits.clamp(1, BITS_MAX))) as u32
}
