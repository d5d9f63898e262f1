//! The digest chain: one 64-bit number that two runs share only if they did the same.

/// A running digest over words; not cryptographic, but every bit of every word reaches it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Digest(pub u64);

impl Default for Digest {
    fn default() -> Self {
        Digest(0x243f_6a88_85a3_08d3)
    }
}

impl Digest {
    /// Folds one word in; order matters.
    #[inline]
    pub fn fold(&mut self, word: u64) {
        // Multiply by an odd constant, then bring the high bits down: a bijection of the state
        // for each word, so a difference once made is never lost.
        let mixed = (self.0 ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = mixed ^ (mixed >> 29);
    }

    /// Folds bytes in, by their content hash and length.
    pub fn fold_bytes(&mut self, bytes: &[u8]) {
        self.fold(content_hash(bytes));
        self.fold(bytes.len() as u64);
    }
}

/// Lets `derive(Hash)` say what an event's canonical words are. Every width goes through `fold`
/// as 64 bits, `usize` too, so that 32-bit and 64-bit machines agree.
impl std::hash::Hasher for Digest {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        self.fold_bytes(bytes);
    }
    fn write_u8(&mut self, word: u8) {
        self.fold(u64::from(word));
    }
    fn write_u16(&mut self, word: u16) {
        self.fold(u64::from(word));
    }
    fn write_u32(&mut self, word: u32) {
        self.fold(u64::from(word));
    }
    fn write_u64(&mut self, word: u64) {
        self.fold(word);
    }
    fn write_usize(&mut self, word: usize) {
        self.fold(word as u64);
    }
    fn write_isize(&mut self, word: isize) {
        self.fold(word as u64);
    }
}

impl std::fmt::Display for Digest {
    /// Writes sixteen hexadecimal digits.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// Hashes bytes (XXH3, 64 bits, seed 0), the same on every machine.
pub fn content_hash(bytes: &[u8]) -> u64 {
    xxhash_rust::xxh3::xxh3_64(bytes)
}
