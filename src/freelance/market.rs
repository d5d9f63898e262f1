//! The pay table: quantiles by field of work and seniority, each with source, year and country.

mod field;
mod given;
mod table;

use serde_json::Value;

use given::GivenRow;
use table::Table;

use super::input::{Node, Notes, beginning};
use super::skill::{self, Skill};
use crate::model::fault::Fault;
use crate::model::figure::Tag;

/// Words of titles for levels of seniority, the highest first.
const LEVEL_WORDS: &[(&str, &[&str])] = &[
    (
        "lead",
        &[
            "lead",
            "principal",
            "staff",
            "head",
            "chief",
            "director",
            "architect",
            "cto",
            "founding",
        ],
    ),
    ("senior", &["senior", "sr"]),
    ("junior", &["junior", "jr", "intern", "internship", "trainee", "entry level", "graduate"]),
    ("mid", &["mid", "mid level", "intermediate"]),
];

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
    given: Vec<GivenRow>,
}

impl Market {
    /// Makes a market of the built-in table and a request's `market_data`.
    ///
    /// Its `pay` is a list of rows `{field or skill, seniority, country, currency, source}` with
    /// `quantiles` (five numbers from the 10th to the 90th percentile, per hour), or `p10`, `p25`,
    /// `median`, `p75`, `p90`, or a `median` alone; or an object of such rows by field. `field` is
    /// a name of the table or words people use (`Web development`); what a row leaves out (level,
    /// country) it holds for. The currency is USD where none is given. Rows with quantiles are
    /// tagged given; a median alone borrows its spread from the table and is tagged derived.
    /// Rows that cannot be read are left out; [`market_faults`] names them.
    pub fn new(overrides: &Value) -> Market {
        Market { given: given::read(&Node::root(overrides), &mut Notes::default()) }
    }

    /// Returns the pay distribution that answers a question, none where no source reaches.
    ///
    /// The field comes from title and skills, the level from the years, else from words such as
    /// senior in the title, else all levels together count. The built-in table is of the United
    /// States: for another country there is no row, for an unknown one there is, and says US.
    pub fn pay(&self, query: &PayQuery<'_>) -> Option<PayRow> {
        let table = Table::get();
        let field = Market::field_of(query.title, query.skills);
        let level = Market::level_of(query.title, query.years);
        if let Some(row) = given::best(&self.given, query, field, level) {
            return Some(row);
        }
        if query.country.is_some_and(|country| country != table.country()) {
            return None;
        }
        table.row(field?, level)
    }

    /// Returns the field of work that a title and skills point to, such as `software_developer`.
    pub fn field_of(title: &str, skills: &[&Skill]) -> Option<&'static str> {
        field::of(title, skills).map(|field| field.name)
    }

    /// Returns a field's name for people, such as `Software development`.
    pub fn field_title(field: &str) -> Option<&'static str> {
        field::named(field).map(|field| field.title)
    }

    /// Says whether two fields are of one family, so that work in one is experience in the other.
    pub fn are_kin(one: &str, other: &str) -> bool {
        match (field::named(one), field::named(other)) {
            (Some(one), Some(other)) => {
                one.family == other.family || is_technical(one.family) && is_technical(other.family)
            }
            _ => one == other,
        }
    }

    /// Returns the level of seniority, `junior`, `mid`, `senior` or `lead`: by years (from 0, 3, 6
    /// and 10, as contracts ask for them), else by a title's words; none where neither says.
    pub fn level_of(title: &str, years: Option<f64>) -> Option<&'static str> {
        let by_years = years.and_then(|years| Table::get().level_of(years));
        by_years.or_else(|| {
            let title = beginning(title, field::TITLE_CHARS_MAX);
            let spoken = format!(" {} ", skill::phrase(title));
            let named =
                |words: &[&str]| words.iter().any(|word| spoken.contains(&format!(" {word} ")));
            LEVEL_WORDS.iter().find(|(_, words)| named(words)).map(|(level, _)| *level)
        })
    }
}

/// Returns what is wrong with a request's `market_data`, with pointers into it.
pub fn market_faults(overrides: &Value) -> Vec<Fault> {
    let mut notes = Notes::default();
    given::read(&Node::root(overrides), &mut notes);
    notes.wrong
}

/// Says whether a family makes or runs software and data, between which people move freely.
fn is_technical(family: &str) -> bool {
    matches!(family, "software" | "data" | "operations")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn query<'a>(title: &'a str, years: Option<f64>, country: Option<&'a str>) -> PayQuery<'a> {
        PayQuery { skills: &[], title, years, country }
    }

    #[test]
    fn a_level_and_a_field_choose_the_row() {
        let market = Market::new(&Value::Null);
        let name = |title, years| market.pay(&query(title, years, Some("US"))).map(|row| row.name);
        assert_eq!(
            name("Software Engineer", Some(7.0)).as_deref(),
            Some("software_developer/senior/US")
        );
        assert_eq!(name("Junior Web Developer", None).as_deref(), Some("web_developer/junior/US"));
        assert_eq!(name("QA engineer", None).as_deref(), Some("qa_tester/all/US"));
        assert_eq!(name("Hand Model", Some(3.0)), None);
    }

    #[test]
    fn us_figures_are_not_given_as_another_countrys() {
        let market = Market::new(&Value::Null);
        assert_eq!(market.pay(&query("Software Engineer", Some(7.0), Some("JP"))), None);
        let unknown = market.pay(&query("Software Engineer", Some(7.0), None));
        assert_eq!(unknown.map(|row| row.country).as_deref(), Some("US"));
    }

    #[test]
    fn given_rows_come_first() {
        let data = json!({"pay": [
            {"field": "Web development", "median": 40.0, "country": "DE", "currency": "EUR"},
            {"skill": "Rust", "quantiles": [50, 60, 80, 100, 120], "source": "own survey"},
            {"field": "voice actor", "p10": 20, "p25": 30, "median": 40, "p75": 50, "p90": 60},
        ]});
        assert_eq!(market_faults(&data), []);
        let market = Market::new(&data);
        let german = market.pay(&query("Frontend Developer", None, Some("DE"))).expect("a row");
        assert_eq!(
            (german.quantiles[2], german.currency.as_str(), german.tag),
            (40.0, "EUR", Tag::Derived)
        );
        let rust = Skill::new("Rust");
        let asked =
            PayQuery { skills: &[&rust], title: "Engineer", years: None, country: Some("JP") };
        let row = market.pay(&asked).expect("a row");
        assert_eq!(
            (row.tag, row.country.as_str(), row.source.as_str()),
            (Tag::Given, "JP", "own survey")
        );
        assert!(market.pay(&query("Voice actor for games", None, None)).is_some());
    }

    #[test]
    fn malformed_rows_are_faults_and_left_out() {
        let data = json!({"pay": [{"field": "x"}, 3, {"median": 4}, {"field": "y", "quantiles": [5, 4, 3, 2, 1]}]});
        let pointers: Vec<String> =
            market_faults(&data).into_iter().map(|fault| fault.pointer).collect();
        assert_eq!(pointers, ["/pay/0", "/pay/1", "/pay/2", "/pay/3"]);
        assert_eq!(market_faults(&json!([])).len(), 1);
        assert_eq!(market_faults(&json!({"demand": 3})), []);
        assert_eq!(Market::new(&data), Market::default());
    }
}
