//! The built-in pay table, made by `script/market-table` from public sources.

use std::sync::OnceLock;

use serde::Deserialize;

use super::PayRow;
use crate::model::figure::Tag;

/// The table as the script writes it, `about` saying how.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Table {
    about: About,
    bands: Vec<Band>,
    conversion: Conversion,
    fields: Vec<FieldPay>,
}

#[derive(Debug, Default, Deserialize)]
struct About {
    country: String,
    currency: String,
    sources: Sources,
}

#[derive(Debug, Default, Deserialize)]
struct Sources {
    gsa: String,
    oews: String,
}

#[derive(Debug, Default, Deserialize)]
struct Band {
    name: String,
    from_years: f64,
    shift: f64,
}

#[derive(Debug, Default, Deserialize)]
struct Conversion {
    factor: f64,
    fields: usize,
}

#[derive(Debug, Deserialize)]
struct FieldPay {
    field: String,
    source: String,
    all: Level,
    levels: Vec<Level>,
    #[serde(default)]
    occupation: String,
    #[serde(default)]
    like: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Level {
    n: u64,
    q: [f64; 5],
    #[serde(default)]
    derived: bool,
}

impl Table {
    /// Returns the built-in table.
    pub fn get() -> &'static Table {
        static BUILT_IN: OnceLock<Table> = OnceLock::new();
        // A test holds that the table can be read; without one, pay would be unknown.
        BUILT_IN
            .get_or_init(|| serde_json::from_str(include_str!("table.json")).unwrap_or_default())
    }

    /// Returns the country all rows are of.
    pub fn country(&self) -> &str {
        &self.about.country
    }

    /// Returns the level of seniority that so many years are.
    pub fn level_of(&self, years: f64) -> Option<&str> {
        let reached = self.bands.iter().rev().find(|band| years >= band.from_years);
        reached.map(|band| band.name.as_str())
    }

    /// Returns the row of a field at a level, at all levels together where none is given.
    pub fn row(&self, field: &str, level: Option<&str>) -> Option<PayRow> {
        let pay = self.fields.iter().find(|pay| pay.field == field)?;
        let band = level.and_then(|level| self.bands.iter().position(|band| band.name == level));
        let entry = match band {
            Some(at) => pay.levels.get(at)?,
            None => &pay.all,
        };
        let name = format!("{field}/{}/{}", band.and(level).unwrap_or("all"), self.about.country);
        Some(PayRow {
            name,
            field: field.to_owned(),
            quantiles: entry.q,
            currency: self.about.currency.clone(),
            country: self.about.country.clone(),
            source: self.source_of(pay, entry, band.and_then(|at| self.bands.get(at))),
            tag: Tag::Derived,
        })
    }

    /// Says in words where a row comes from.
    fn source_of(&self, pay: &FieldPay, entry: &Level, band: Option<&Band>) -> String {
        let shifted = match band.filter(|_| entry.derived) {
            Some(band) => format!(
                "; all levels times {}, the median of this level over fields with more rates",
                band.shift
            ),
            None => String::new(),
        };
        let like =
            pay.like.as_ref().map(|like| format!("; counted with {like}")).unwrap_or_default();
        if pay.source == "gsa" {
            let sample = if entry.derived { pay.all.n } else { entry.n };
            format!(
                "{}: {sample} contract rates of this occupation, trimmed by 2 percent at both ends, ceilings taken as freelance rates{shifted}{like}",
                self.about.sources.gsa
            )
        } else {
            format!(
                "{}: {}, {} employed; times {} from wage to contract rate, the median over {} occupations with both{shifted}{like}",
                self.about.sources.oews,
                pay.occupation,
                pay.all.n,
                self.conversion.factor,
                self.conversion.fields
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::freelance::market::field::FIELDS;

    #[test]
    fn the_table_can_be_read_and_holds_every_field() {
        let table = Table::get();
        assert_eq!(table.bands.len(), 4);
        for field in FIELDS {
            for level in [None, Some("junior"), Some("mid"), Some("senior"), Some("lead")] {
                let row = table.row(field.name, level).unwrap_or_else(|| panic!("{}", field.name));
                assert!(row.quantiles.windows(2).all(|pair| pair[0] <= pair[1]), "{row:?}");
                assert!(row.quantiles[0] > 20.0 && row.quantiles[4] < 300.0, "{row:?}");
            }
        }
    }

    #[test]
    fn pay_rises_with_seniority() {
        for field in FIELDS {
            let rows = ["junior", "mid", "senior", "lead"]
                .map(|level| Table::get().row(field.name, Some(level)));
            for pair in rows.windows(2) {
                if let [Some(lower), Some(higher)] = pair {
                    for (low, high) in lower.quantiles.iter().zip(higher.quantiles) {
                        assert!(*low <= high, "{} {}", lower.name, higher.name);
                    }
                }
            }
        }
    }

    #[test]
    fn the_table_stays_small() {
        assert!(include_str!("table.json").len() <= 20_000);
    }
}
