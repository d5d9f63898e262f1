//! A freelancer's profile, from Agora's own shape or from a JSON Resume.

use serde_json::Value;

use super::skill::Skill;
use crate::kernel::date::Date;
use crate::model::fault::Fault;

/// A value with the JSON pointer into the task's input where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct At<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub pointer: String,
}

/// A skill someone says they have.
#[derive(Clone, Debug, PartialEq)]
pub struct HeldSkill {
    /// The skill.
    pub skill: Skill,
    /// Level from 0 to 1, where one was given.
    pub level: Option<f64>,
    /// Years, where given.
    pub years: Option<f64>,
    /// Where it stands.
    pub pointer: String,
}

/// A piece of work or a project.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    /// Title: a position, a project's name.
    pub title: String,
    /// What is said of it: summary and highlights.
    pub texts: Vec<At<String>>,
    /// Client, employer; may be empty.
    pub organization: String,
    /// Start and end as days since 1970, where given; an open end is the run's "today".
    pub span_days: Option<(i64, i64)>,
    /// Whether it can be looked at.
    pub url: Option<String>,
    /// Where it stands.
    pub pointer: String,
}

/// What clients said.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reviews {
    /// How many.
    pub count: u32,
    /// Mean rating, 0 to 5.
    pub rating: Option<f64>,
}

/// A freelancer as the specialists see them; whatever was not given is none or empty.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Profile {
    /// Where the profile stands in the input, such as `/profile_data`.
    pub pointer: String,
    /// Headline.
    pub title: Option<At<String>>,
    /// Bio or summary.
    pub bio: Option<At<String>>,
    /// Skills, without repeats.
    pub skills: Vec<HeldSkill>,
    /// Work done for others.
    pub work: Vec<Piece>,
    /// Portfolio pieces and projects.
    pub portfolio: Vec<Piece>,
    /// Reviews.
    pub reviews: Option<At<Reviews>>,
    /// Current rate per hour, in `currency`.
    pub hourly_rate: Option<At<f64>>,
    /// ISO 4217 code.
    pub currency: Option<At<String>>,
    /// ISO 3166-1 alpha-2 code.
    pub country: Option<At<String>>,
    /// Years of relevant work: given, or the union of the intervals of relevant work.
    pub experience_years: Option<At<f64>>,
    /// Hours a week.
    pub availability_hours: Option<At<f64>>,
    /// Languages, as given.
    pub languages: Vec<At<String>>,
    /// What of the input was not understood, in words with its pointer.
    pub unread: Vec<crate::model::fault::Fault>,
}

impl Profile {
    /// Reads the profile in a task's input as of a day.
    pub fn read(input: &Value, as_of: Date) -> Profile {
        let _ = (input, as_of);
        Profile::default()
    }
}

/// Returns what is plainly wrong with the profile in a task's input.
pub fn profile_faults(input: &Value) -> Vec<Fault> {
    let _ = input;
    Vec::new()
}
