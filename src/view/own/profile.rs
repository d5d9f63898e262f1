//! A profile as a form: what was recognized, for correction, and back as the engine reads it.

use serde_json::{Map, Value, json};

use super::{Problem, number, typed};
use crate::freelance::profile::{HeldSkill, Profile, profile_faults};
use crate::kernel::date::Date;
use crate::sim::scenario::check::read_json;

/// A profile as people fill it in; every field is text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProfileForm {
    /// The headline.
    pub title: String,
    /// The bio.
    pub bio: String,
    /// One skill a line: name, level, years.
    pub skills: String,
    /// The rate per hour.
    pub hourly_rate: String,
    /// Its currency.
    pub currency: String,
    /// The country's code.
    pub country: String,
    /// Years of relevant work.
    pub experience_years: String,
    /// Hours a week.
    pub availability_hours: String,
    /// Languages, by commas.
    pub languages: String,
    /// What was recognized beside these, in words, such as `3 portfolio pieces`.
    pub beside: Vec<String>,
    /// What was not understood.
    pub unread: Vec<Problem>,
}

/// Levels in words, from the highest, with the least share each stands for.
const LEVELS: [(f64, &str); 4] =
    [(0.9, "expert"), (0.7, "advanced"), (0.45, "intermediate"), (0.0, "beginner")];

/// Members of this project's shape that the form holds; in a JSON Resume they come on top.
const MEMBERS: [&str; 9] = [
    "title",
    "bio",
    "skills",
    "hourly_rate",
    "currency",
    "country",
    "experience_years",
    "availability_hours",
    "languages",
];

/// Reads a profile's or a JSON Resume's text as of a day.
///
/// # Errors
/// What is plainly wrong with it, with pointers into it.
pub fn recognized(text: &str, as_of: Date) -> Result<(ProfileForm, Value), Vec<Problem>> {
    let told = |faults: Vec<crate::model::fault::Fault>| -> Vec<Problem> {
        faults.into_iter().map(Problem::from).collect()
    };
    let document = read_json(text).map_err(told)?;
    if !document.is_object() {
        let detail = "a profile is a JSON object, in this project's shape or as a JSON Resume";
        return Err(vec![Problem::new("", detail)]);
    }
    let input = json!({ "profile_data": document });
    let within = |mut problem: Problem| {
        if let Some(rest) = problem.pointer.strip_prefix("/profile_data") {
            problem.pointer = rest.to_owned();
        }
        problem
    };
    let faults = told(profile_faults(&input));
    if !faults.is_empty() {
        return Err(faults.into_iter().map(within).collect());
    }
    let mut form = form_of(&Profile::read(&input, as_of));
    form.unread = form.unread.into_iter().map(within).collect();
    Ok((form, document))
}

fn form_of(profile: &Profile) -> ProfileForm {
    let text = |at: &Option<crate::freelance::profile::At<String>>| {
        at.as_ref().map(|at| at.value.clone()).unwrap_or_default()
    };
    let figure = |at: &Option<crate::freelance::profile::At<f64>>| {
        at.as_ref().map(|at| typed(at.value)).unwrap_or_default()
    };
    let skills: Vec<String> = profile.skills.iter().map(skill_line).collect();
    let languages: Vec<&str> = profile.languages.iter().map(|at| at.value.as_str()).collect();
    let counted = [
        (profile.work.len(), "piece of work", "pieces of work"),
        (profile.portfolio.len(), "portfolio piece", "portfolio pieces"),
        (profile.reviews.as_ref().map_or(0, |at| at.value.count as usize), "review", "reviews"),
    ];
    let counted = counted.into_iter().filter(|(n, ..)| *n > 0);
    ProfileForm {
        title: text(&profile.title),
        bio: text(&profile.bio),
        skills: skills.join("\n"),
        hourly_rate: figure(&profile.hourly_rate),
        currency: text(&profile.currency),
        country: text(&profile.country),
        experience_years: figure(&profile.experience_years),
        availability_hours: figure(&profile.availability_hours),
        languages: languages.join(", "),
        beside: counted.map(|(n, one, many)| crate::text::units::count(n, one, many)).collect(),
        unread: profile.unread.iter().cloned().map(Problem::from).collect(),
    }
}

/// Writes a skill as a line: `React, expert, 7 years`.
fn skill_line(held: &HeldSkill) -> String {
    let mut line = held.skill.name.clone();
    if let Some(level) = held.level {
        let word =
            LEVELS.iter().find(|(least, _)| level >= *least).map_or("beginner", |(_, word)| word);
        line.push_str(", ");
        line.push_str(word);
    }
    if let Some(years) = held.years {
        line.push_str(&format!(
            ", {} {}",
            typed(years),
            if years == 1.0 { "year" } else { "years" }
        ));
    }
    line
}

/// Reads a line of a skill.
fn skill_of(line: &str) -> Option<Value> {
    let mut parts = line.split(',').map(str::trim).filter(|part| !part.is_empty());
    let mut skill = Map::new();
    skill.insert("name".to_owned(), Value::from(parts.next()?));
    for part in parts {
        match number(part) {
            Some(years) => skill.insert("years".to_owned(), Value::from(years)),
            None => skill.insert("level".to_owned(), Value::from(part.to_lowercase())),
        };
    }
    Some(Value::Object(skill))
}

/// Writes a form as a profile on top of the document it was read from: what the form does not show,
/// portfolio, work, reviews, stays as it was.
///
/// # Errors
/// Which field is no number.
pub fn document(form: &ProfileForm, base: &Value) -> Result<Value, Vec<Problem>> {
    let mut members = base.as_object().cloned().unwrap_or_default();
    for name in MEMBERS {
        members.remove(name);
    }
    let texts = [
        ("title", &form.title),
        ("bio", &form.bio),
        ("currency", &form.currency),
        ("country", &form.country),
    ];
    for (name, text) in texts {
        if !text.trim().is_empty() {
            let upper = matches!(name, "currency" | "country");
            let text = if upper { text.trim().to_uppercase() } else { text.trim().to_owned() };
            members.insert(name.to_owned(), Value::from(text));
        }
    }
    let figures = [
        ("hourly_rate", &form.hourly_rate),
        ("experience_years", &form.experience_years),
        ("availability_hours", &form.availability_hours),
    ];
    let mut problems = Vec::new();
    for (name, text) in figures {
        match number(text) {
            Some(value) => drop(members.insert(name.to_owned(), Value::from(value))),
            None if text.trim().is_empty() => {}
            None => problems.push(Problem::new(
                format!("/{name}"),
                format!("a number is expected, not {text:?}"),
            )),
        }
    }
    let skills: Vec<Value> = form.skills.lines().filter_map(skill_of).collect();
    if !skills.is_empty() {
        members.insert("skills".to_owned(), Value::from(skills));
    }
    let languages = form.languages.split(',').map(str::trim).filter(|name| !name.is_empty());
    let languages: Vec<Value> = languages.map(Value::from).collect();
    if !languages.is_empty() {
        members.insert("languages".to_owned(), Value::from(languages));
    }
    if members.is_empty() && problems.is_empty() {
        let detail =
            "nothing is filled in yet: a title, a skill or a rate is a beginning".to_owned();
        problems.push(Problem::new("", detail));
    }
    if problems.is_empty() { Ok(Value::Object(members)) } else { Err(problems) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day() -> Date {
        Date::new(2026, 5, 17).expect("a day")
    }

    #[test]
    fn what_was_recognized_and_left_as_it_is_reads_the_same() {
        let text = r#"{"title": "Front-end developer", "bio": "I test what I ship.",
            "skills": [{"name": "React", "level": "expert", "years": 7}, "CSS"],
            "hourly_rate": 65, "currency": "USD", "country": "US", "experience_years": 9,
            "availability_hours": 28, "languages": ["English"],
            "portfolio": [{"title": "A shop", "description": "Twice as fast."}]}"#;
        let (form, base) = recognized(text, day()).expect("a profile");
        assert_eq!(form.skills, "React, expert, 7 years\nCSS");
        assert_eq!((form.hourly_rate.as_str(), form.country.as_str()), ("65", "US"));
        assert_eq!(form.beside, ["1 portfolio piece"]);
        let written = document(&form, &base).expect("numbers are numbers").to_string();
        let (again, _) = recognized(&written, day()).expect("a profile");
        assert_eq!(again, form);
    }

    #[test]
    fn a_resume_is_recognized_and_corrected() {
        let text = r#"{"basics": {"label": "Data engineer", "summary": "Pipelines.",
            "location": {"countryCode": "DE"}}, "skills": [{"name": "Python", "level": "senior"}],
            "work": [{"name": "A", "position": "Data engineer", "startDate": "2019-01-01"}]}"#;
        let (mut form, base) = recognized(text, day()).expect("a resume");
        assert_eq!(form.title, "Data engineer");
        assert_eq!(form.country, "DE");
        form.hourly_rate = "70".to_owned();
        form.title = "Senior data engineer".to_owned();
        let written = document(&form, &base).expect("numbers are numbers");
        assert_eq!(written.pointer("/work/0/name"), base.pointer("/work/0/name"));
        let (again, _) = recognized(&written.to_string(), day()).expect("a profile");
        assert_eq!(
            (again.title.as_str(), again.hourly_rate.as_str()),
            ("Senior data engineer", "70")
        );
    }

    #[test]
    fn what_is_no_number_is_said_with_its_field() {
        let form = ProfileForm { hourly_rate: "a lot".to_owned(), ..ProfileForm::default() };
        let problems = document(&form, &Value::Null).expect_err("no number");
        assert_eq!(problems.first().map(|problem| problem.pointer.as_str()), Some("/hourly_rate"));
        assert!(document(&ProfileForm::default(), &Value::Null).is_err());
        for text in ["", "[1]", "{\"title\": "] {
            assert!(recognized(text, day()).is_err(), "{text:?}");
        }
    }
}
