//! The pay table: quantiles by field of work and seniority, each with source, year and country.

use serde_json::Value;

use super::skill::Skill;
use crate::model::fault::Fault;
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

/// What a pay distribution is wanted for.
#[derive(Clone, Copy, Debug, Default)]
pub struct PayQuery<'a> {
    /// Skills of the work, which point to its field together with the title.
    pub skills: &'a [&'a Skill],
    /// Title of the job or the freelancer; may be empty.
    pub title: &'a str,
    /// Years of relevant work, where known.
    pub years: Option<f64>,
    /// ISO 3166-1 alpha-2 code, where known.
    pub country: Option<&'a str>,
}

/// The pay table with a request's own rows over it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Market {
    given: Vec<PayRow>,
}

impl Market {
    /// Makes a market of the built-in table and a request's `market_data`.
    pub fn new(overrides: &Value) -> Market {
        let _ = overrides;
        Market::default()
    }

    /// Returns the pay distribution that answers a question, none where no source reaches.
    pub fn pay(&self, query: &PayQuery<'_>) -> Option<PayRow> {
        let _ = query;
        None
    }

    /// Returns the field of work that a title and skills point to, such as `software_developer`.
    pub fn field_of(title: &str, skills: &[&Skill]) -> Option<&'static str> {
        let _ = (title, skills);
        None
    }

    /// Says whether two fields are of one family, so that work in one is experience in the other.
    pub fn are_kin(one: &str, other: &str) -> bool {
        one == other
    }

    /// Returns a field's name for people, such as `Software development`.
    pub fn field_title(field: &str) -> Option<&'static str> {
        let _ = field;
        None
    }
}

/// Returns what is wrong with a request's `market_data`.
pub fn market_faults(overrides: &Value) -> Vec<Fault> {
    let _ = overrides;
    Vec::new()
}
