//! What the freelancer wants, from an object of figures or a list of words.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::freelance::profile::At;
use crate::freelance::skill::{Skill, recognize};

/// What a goal in words is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Theme {
    /// Earning more.
    Pay,
    /// Learning.
    Skills,
    /// Working less.
    Time,
    /// Winning more or better work.
    Work,
    /// Being seen: another specialist's matter.
    Presence,
}

/// The words that show what a goal is about, matched at the beginning of a word.
const THEMES: [(Theme, &[&str]); 5] = [
    (Theme::Pay, &["rate", "pric", "income", "earn", "pay", "raise", "revenue", "salary", "money"]),
    (
        Theme::Skills,
        &["skill", "learn", "stud", "train", "certif", "speciali", "expert", "grow", "senior"],
    ),
    (
        Theme::Time,
        &[
            "balance",
            "fewer hours",
            "less hours",
            "less work",
            "work less",
            "free time",
            "part time",
            "family",
            "holiday",
        ],
    ),
    (Theme::Work, &["client", "job", "win", "project", "contract", "lead", "work", "pipeline"]),
    (
        Theme::Presence,
        &["visib", "profile", "portfolio", "bio", "review", "reputation", "brand", "network"],
    ),
];

/// Verbs before the name of a skill.
const LEARNING_WORDS: [&str; 6] =
    ["learn ", "study ", "master ", "get into ", "move into ", "deepen "];

/// Goals as they were understood.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Goals {
    /// Skills to learn by name.
    pub wanted: Vec<At<Skill>>,
    /// Skills not to learn.
    pub avoided: Vec<At<Skill>>,
    /// Hourly rate to reach, in the profile's currency.
    pub rate: Option<At<f64>>,
    /// Income a year to reach, in the profile's currency.
    pub income: Option<At<f64>>,
    /// The kind of work to get into.
    pub role: Option<At<String>>,
    /// Hours a week for learning.
    pub learning_hours: Option<At<f64>>,
    /// What the words are about.
    pub themes: BTreeSet<Theme>,
    /// What was not understood.
    pub unread: Vec<At<String>>,
}

impl Goals {
    /// Reads the goals of a task: `goals` and `optimization_goals` of the input, and the order's.
    pub fn read(input: &Value, order_goals: &[String]) -> Goals {
        let mut goals = Goals::default();
        for field in ["goals", "optimization_goals"] {
            if let Some(value) = input.get(field) {
                goals.read_value(value, &format!("/{field}"));
            }
        }
        let was_empty = goals == Goals::default();
        for (at, words) in order_goals.iter().enumerate().filter(|_| was_empty) {
            goals.read_words(words, &format!("/goals/{at}"));
        }
        if goals.learning_hours.is_none() {
            let given = input.get("learning_hours_per_week");
            goals.learning_hours = given.and_then(|value| hours(value, "/learning_hours_per_week"));
        }
        goals
    }

    /// Counts the goals that were understood.
    pub fn understood(&self) -> usize {
        let figures = [self.rate.is_some(), self.income.is_some(), self.role.is_some()];
        let figures = figures.into_iter().filter(|known| *known).count();
        figures + self.wanted.len() + self.avoided.len() + self.themes.len()
    }

    fn read_value(&mut self, value: &Value, pointer: &str) {
        match value {
            Value::String(words) => self.read_words(words, pointer),
            Value::Array(items) => {
                for (at, item) in items.iter().enumerate() {
                    self.read_value(item, &format!("{pointer}/{at}"));
                }
            }
            Value::Object(fields) => {
                for (name, value) in fields.iter().filter(|(_, value)| !value.is_null()) {
                    self.read_field(name, value, &format!("{pointer}/{}", escaped(name)));
                }
            }
            Value::Null => {}
            other => self.unread.push(At { value: other.to_string(), pointer: pointer.into() }),
        }
    }

    fn read_field(&mut self, name: &str, value: &Value, pointer: &str) {
        let amount = || positive(value).map(|value| At { value, pointer: pointer.into() });
        let monthly = || amount().map(|at| At { value: at.value * 12.0, ..at });
        let known = match name {
            "target_rate" | "hourly_rate" | "rate" | "target_hourly_rate" => {
                set(&mut self.rate, amount())
            }
            "target_income" | "annual_income" | "yearly_income" | "income" => {
                set(&mut self.income, amount())
            }
            "target_monthly_income" | "monthly_income" => set(&mut self.income, monthly()),
            "learning_hours_per_week" | "learning_hours" => {
                set(&mut self.learning_hours, hours(value, pointer))
            }
            "target_role" | "role" | "target_title" | "title" | "target_position" => {
                let text = value.as_str().map(str::trim).filter(|text| !text.is_empty());
                set(
                    &mut self.role,
                    text.map(|text| At { value: text.into(), pointer: pointer.into() }),
                )
            }
            "target_skills" | "skills" | "learn" | "skills_to_learn" => {
                extend(&mut self.wanted, named_skills(value, pointer))
            }
            "avoid" | "avoid_skills" | "skills_to_avoid" => {
                extend(&mut self.avoided, named_skills(value, pointer))
            }
            _ => match value {
                // `{"increase_visibility": true}` is the word; `false` is no goal.
                Value::Bool(true) => {
                    self.read_words(name, pointer);
                    true
                }
                Value::Bool(false) => true,
                Value::String(_) | Value::Array(_) | Value::Object(_) => {
                    self.read_value(value, pointer);
                    true
                }
                _ => false,
            },
        };
        if !known {
            self.unread.push(At { value: name.replace('_', " "), pointer: pointer.into() });
        }
    }

    /// Reads a goal in words: the skills it names, else what it is about.
    fn read_words(&mut self, words: &str, pointer: &str) {
        let text = words.replace(['_', '-'], " ").trim().to_lowercase();
        if text.is_empty() {
            return;
        }
        let skills = skills_in(words.trim(), &text);
        let themes: Vec<Theme> = THEMES
            .iter()
            .filter(|(_, beginnings)| beginnings.iter().any(|one| begins_a_word(&text, one)))
            .map(|(theme, _)| *theme)
            .collect();
        if skills.is_empty() && themes.is_empty() {
            self.unread.push(At { value: text, pointer: pointer.into() });
            return;
        }
        let named = skills.into_iter().map(|value| At { value, pointer: pointer.into() });
        extend(&mut self.wanted, named.collect());
        self.themes.extend(themes);
    }
}

/// Finds the skills a goal names: all of it, what follows a verb of learning, or a name within.
fn skills_in(words: &str, text: &str) -> Vec<Skill> {
    let rest = LEARNING_WORDS.iter().find_map(|verb| text.strip_prefix(verb)).unwrap_or(text);
    let named: Vec<Skill> = Skill::all_of(rest).into_iter().filter(Skill::is_known).collect();
    if !named.is_empty() {
        return named;
    }
    recognize(words).into_iter().map(|(skill, _)| skill).collect()
}

fn begins_a_word(text: &str, beginning: &str) -> bool {
    text.match_indices(beginning).any(|(at, _)| {
        text.get(..at)
            .and_then(|before| before.chars().next_back())
            .is_none_or(|c| !c.is_alphanumeric())
    })
}

/// Reads skills from a name, several names, or a list of them.
fn named_skills(value: &Value, pointer: &str) -> Vec<At<Skill>> {
    let of_text = |text: &str, pointer: String| -> Vec<At<Skill>> {
        let named = Skill::all_of(text).into_iter().filter(|skill| !skill.key.is_empty());
        named.map(|value| At { value, pointer: pointer.clone() }).collect()
    };
    match value {
        Value::String(text) => of_text(text, pointer.into()),
        Value::Array(items) => {
            let items = items.iter().enumerate();
            let texts = items.filter_map(|(at, item)| {
                let text = item.as_str().or_else(|| item.get("name").and_then(Value::as_str))?;
                Some(of_text(text, format!("{pointer}/{at}")))
            });
            texts.flatten().collect()
        }
        _ => Vec::new(),
    }
}

fn positive(value: &Value) -> Option<f64> {
    value.as_f64().filter(|number| number.is_finite() && *number > 0.0)
}

fn hours(value: &Value, pointer: &str) -> Option<At<f64>> {
    let value = value.as_f64().filter(|hours| (0.0..=100.0).contains(hours))?;
    Some(At { value, pointer: pointer.into() })
}

/// Takes a value where it could be read; says whether it could.
fn set<T>(place: &mut Option<At<T>>, value: Option<At<T>>) -> bool {
    let read = value.is_some();
    *place = value.or(place.take());
    read
}

/// Adds skills not there yet; says whether any was read.
fn extend(place: &mut Vec<At<Skill>>, skills: Vec<At<Skill>>) -> bool {
    let read = !skills.is_empty();
    for skill in skills {
        if place.iter().all(|one| one.value.key != skill.value.key) {
            place.push(skill);
        }
    }
    read
}

/// Escapes a name for a JSON pointer (RFC 6901, section 3).
fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn names(skills: &[At<Skill>]) -> Vec<&str> {
        skills.iter().map(|skill| skill.value.name.as_str()).collect()
    }

    #[test]
    fn figures_and_names_are_read_from_an_object() {
        let input = json!({"goals": {
            "target_rate": 90, "monthly_income": 5000, "target_skills": ["Rust", "K8s"],
            "target_role": "Platform engineer", "avoid": "PHP", "increase_visibility": true,
            "moon": 7, "target_income": -3,
        }});
        let goals = Goals::read(&input, &[]);
        assert_eq!(goals.rate.as_ref().map(|at| at.value), Some(90.0));
        assert_eq!(goals.income.as_ref().map(|at| at.value), Some(60_000.0));
        assert_eq!(names(&goals.wanted), ["Rust", "Kubernetes"]);
        assert_eq!(names(&goals.avoided), ["PHP"]);
        assert_eq!(goals.themes, BTreeSet::from([Theme::Presence]));
        let unread: Vec<&str> = goals.unread.iter().map(|at| at.pointer.as_str()).collect();
        assert_eq!(unread, ["/goals/moon", "/goals/target_income"]);
    }

    #[test]
    fn words_name_skills_or_themes() {
        let words = ["learn_rust".to_string(), "raise my rates".into(), "plant trees".into()];
        let goals = Goals::read(&json!({}), &words);
        assert_eq!(names(&goals.wanted), ["Rust"]);
        assert!(goals.themes.contains(&Theme::Pay));
        assert_eq!(goals.unread.len(), 1);
        assert_eq!(goals.unread[0].pointer, "/goals/2");
    }

    #[test]
    fn nonsense_is_kept_as_unread() {
        let goals = Goals::read(&json!({"goals": [1, [null, {"x": {"y": 2}}], ""]}), &[]);
        assert_eq!(goals.understood(), 0);
        assert_eq!(goals.unread.len(), 2);
    }
}
