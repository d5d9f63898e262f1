//! Keyed randomness: a draw depends on the seed and on stable names, never on what was drawn before.

use rand_chacha::ChaCha8Rng;
use rand_core::{Rng, SeedableRng};

use super::digest::content_hash;

/// One part of a draw's key.
#[derive(Clone, Copy, Debug)]
pub enum Key<'a> {
    /// A stable name: a task's, a subtask's, an agent's.
    Name(&'a str),
    /// A stable count: an attempt, the n-th message on a link.
    Count(u64),
}

impl<'a> From<&'a str> for Key<'a> {
    fn from(name: &'a str) -> Self {
        Key::Name(name)
    }
}

impl From<u64> for Key<'_> {
    fn from(count: u64) -> Self {
        Key::Count(count)
    }
}

/// A stream of random numbers for one purpose: ChaCha8 keyed by seed, purpose and names.
///
/// 1. The same seed, purpose and key give the same stream on every machine.
/// 2. Streams with different keys are independent, so removing one actor moves no other's luck.
pub struct Draw(ChaCha8Rng);

impl Draw {
    /// Opens the stream of a purpose and its key.
    pub fn new(seed: u64, purpose: &str, key: &[Key<'_>]) -> Draw {
        let mut text = Vec::with_capacity(64);
        push_part(&mut text, b'p', purpose.as_bytes());
        for part in key {
            match part {
                Key::Name(name) => push_part(&mut text, b'n', name.as_bytes()),
                Key::Count(count) => push_part(&mut text, b'c', &count.to_le_bytes()),
            }
        }
        let wide = xxhash_rust::xxh3::xxh3_128(&text);
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&seed.to_le_bytes());
        bytes[8..24].copy_from_slice(&wide.to_le_bytes());
        bytes[24..].copy_from_slice(&content_hash(&text).to_le_bytes());
        Draw(ChaCha8Rng::from_seed(bytes))
    }

    /// Returns the next word.
    pub fn word(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// Returns a number in [0, 1) with 53 bits.
    pub fn unit(&mut self) -> f64 {
        (self.word() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Returns a whole number below the bound, zero for a bound of zero; the bias is below 2^-64 of the bound.
    pub fn below(&mut self, bound: u64) -> u64 {
        ((u128::from(self.word()) * u128::from(bound)) >> 64) as u64
    }

    /// Returns a whole number in the closed range.
    pub fn within(&mut self, low: u64, high: u64) -> u64 {
        low + self.below(high.saturating_sub(low).saturating_add(1))
    }

    /// Says whether an event of this probability happens.
    pub fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// Returns a standard normal number (Box and Muller 1958, on libm).
    pub fn normal(&mut self) -> f64 {
        let radius = libm::sqrt(-2.0 * libm::log(1.0 - self.unit()));
        radius * libm::cos(2.0 * std::f64::consts::PI * self.unit())
    }

    /// Returns a Poisson count of the given mean (Knuth 1969, by multiplication; mean at most 500).
    pub fn poisson(&mut self, mean: f64) -> u64 {
        let limit = libm::exp(-mean.clamp(0.0, 500.0));
        let mut product = self.unit();
        let mut count = 0;
        while product > limit {
            count += 1;
            product *= self.unit();
        }
        count
    }
}

/// Appends one part so that no two keys share a text: kind, length, bytes.
fn push_part(text: &mut Vec<u8>, kind: u8, bytes: &[u8]) {
    text.push(kind);
    text.extend_from_slice(&(bytes.len() as u64).to_le_bytes());
    text.extend_from_slice(bytes);
}
