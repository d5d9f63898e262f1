//! The pay table: quantiles by field of work and seniority, each with source, year and country.

use crate::model::figure::Tag;

/// A pay distribution for one question, per hour, already a freelance rate.
#[derive(Clone, Debug, PartialEq)]
pub struct PayRow {
    /// The row's name, such as `software_developer/senior/US`.
    pub name: String,
    /// Field of work, such as `software_developer`.
    pub field: String,
    /// 10th, 25th, 50th, 75th and 90th percentile per hour, in `currency`.
    pub quantiles: [f64; 5],
    /// ISO 4217 code.
    pub currency: String,
    /// ISO 3166-1 alpha-2 code.
    pub country: String,
    /// Where it comes from, in words with year and every inference.
    pub source: String,
    /// Measured, given where a request overrides it, derived after a conversion.
    pub tag: Tag,
}
