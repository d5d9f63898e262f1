//! Fixed-point numbers, so that scores and shares compare the same on every machine.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A share in parts per million; in JSON a plain number, so `0.7975` is 797 500 parts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ppm(pub u32);

impl Ppm {
    /// Nothing.
    pub const ZERO: Ppm = Ppm(0);
    /// The whole.
    pub const ONE: Ppm = Ppm(1_000_000);

    /// Rounds a number to the nearest part, half up; what is negative or no number becomes zero.
    pub fn from_f64(value: f64) -> Ppm {
        // Float-to-integer casts saturate and send NaN to zero, which is what is wanted here.
        Ppm((value * 1e6 + 0.5) as u32)
    }

    /// Returns the share as a float.
    pub fn to_f64(self) -> f64 {
        f64::from(self.0) / 1e6
    }

    /// Returns `part / whole`, rounded down; zero of a whole of nothing.
    pub fn ratio(part: u64, whole: u64) -> Ppm {
        if whole == 0 {
            return Ppm::ZERO;
        }
        let parts = match part.checked_mul(1_000_000) {
            Some(parts) => parts / whole,
            None => return Ppm::ratio_of_large(part, whole),
        };
        Ppm(u32::try_from(parts).unwrap_or(u32::MAX))
    }

    #[cold]
    fn ratio_of_large(part: u64, whole: u64) -> Ppm {
        let parts = u128::from(part) * 1_000_000 / u128::from(whole);
        Ppm(u32::try_from(parts).unwrap_or(u32::MAX))
    }

    /// Clamps to [0, 1].
    pub fn clamped(self) -> Ppm {
        self.min(Ppm::ONE)
    }

    /// Returns what is missing to the whole.
    pub fn rest(self) -> Ppm {
        Ppm(1_000_000_u32.saturating_sub(self.0))
    }

    /// Returns the distance between two shares.
    pub fn distance(self, other: Ppm) -> Ppm {
        Ppm(self.0.abs_diff(other.0))
    }
}

impl Serialize for Ppm {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.to_f64())
    }
}

impl<'de> Deserialize<'de> for Ppm {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        f64::deserialize(deserializer).map(Ppm::from_f64)
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl schemars::JsonSchema for Ppm {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Share".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": "number", "minimum": 0, "maximum": 1})
    }
}

/// A score from 0 to 100 in hundredths; in JSON a number with two decimals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hundredths(pub u32);

impl Hundredths {
    /// Returns the score as a float.
    pub fn to_f64(self) -> f64 {
        f64::from(self.0) / 100.0
    }
}

impl Serialize for Hundredths {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.to_f64())
    }
}

impl<'de> Deserialize<'de> for Hundredths {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        f64::deserialize(deserializer).map(|value| Hundredths((value * 100.0 + 0.5) as u32))
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl schemars::JsonSchema for Hundredths {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Score".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": "number", "minimum": 0, "maximum": 100})
    }
}

impl std::fmt::Display for Hundredths {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{:02}", self.0 / 100, self.0 % 100)
    }
}

/// Rounds a float half away from zero to so many decimals, by `+ - * /` and `floor` alone.
pub fn rounded(value: f64, decimals: u32) -> f64 {
    let mut scale = 1.0;
    for _ in 0..decimals {
        scale *= 10.0;
    }
    let scaled = value * scale;
    let whole = if scaled < 0.0 { -libm::floor(0.5 - scaled) } else { libm::floor(scaled + 0.5) };
    // Adding zero turns -0 into 0, which would print differently.
    whole / scale + 0.0
}
