//! Jobs as cards: what was recognized in a posting, for correction, and back as the engine reads it.

use serde_json::{Map, Value, json};

use super::{Problem, number, typed};
use crate::freelance::job::{Job, PayUnit, job_faults, read_jobs};
use crate::sim::scenario::check::read_json;
use crate::text::units;

/// A job as people correct it; every field is text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JobForm {
    /// The title.
    pub title: String,
    /// Skills asked for, by commas.
    pub skills: String,
    /// `hourly`, `fixed`, `monthly`, `yearly`; empty where no pay was found.
    pub unit: String,
    /// The least it pays.
    pub min: String,
    /// The most.
    pub max: String,
    /// The currency.
    pub currency: String,
    /// Terms of work, by commas.
    pub terms: String,
    /// The whole text.
    pub description: String,
    /// What was not understood.
    pub unread: Vec<Problem>,
}

/// Units of pay as the engine writes and reads them, with their words.
pub const UNITS: [(&str, &str); 5] = [
    ("", "no pay given"),
    ("hourly", "per hour"),
    ("monthly", "per month"),
    ("yearly", "per year"),
    ("fixed", "for the whole"),
];

/// Recognizes jobs in a text: JSON of any shape that is read, or postings as plain text, several of
/// them set apart by a line of dashes.
///
/// # Errors
/// What is plainly wrong with it, with pointers into it.
pub fn recognized(text: &str) -> Result<Vec<JobForm>, Vec<Problem>> {
    let told = |faults: Vec<crate::model::fault::Fault>| -> Vec<Problem> {
        faults.into_iter().map(Problem::from).collect()
    };
    let jobs = if text.trim_start().starts_with(['{', '[']) {
        let document = read_json(text).map_err(told)?;
        document.get("jobs").cloned().unwrap_or(document)
    } else {
        Value::from(postings(text))
    };
    let input = json!({ "jobs": jobs });
    let faults = told(job_faults(&input));
    if !faults.is_empty() {
        return Err(faults.into_iter().map(within).collect());
    }
    let found = read_jobs(&input, &[]);
    if found.is_empty() {
        let detail = "no job was recognized: paste a posting, or JSON with jobs";
        return Err(vec![Problem::new("", detail)]);
    }
    Ok(found.iter().map(form_of).collect())
}

fn within(mut problem: Problem) -> Problem {
    if let Some(rest) = problem.pointer.strip_prefix("/jobs") {
        problem.pointer = rest.to_owned();
    }
    problem
}

/// Sets postings apart at lines of three dashes or more.
fn postings(text: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    for line in text.lines() {
        let rule = line.trim().len() >= 3
            && line.trim().chars().all(|c| matches!(c, '-' | '=' | '_' | '*'));
        match found.last_mut() {
            Some(last) if !rule => {
                last.push_str(line);
                last.push('\n');
            }
            _ => found.push(String::new()),
        }
    }
    found.retain(|posting| !posting.trim().is_empty());
    found
}

fn form_of(job: &Job) -> JobForm {
    let skills: Vec<&str> = job.skills.iter().map(|at| at.value.name.as_str()).collect();
    let bound = |bound: Option<f64>| bound.map(typed).unwrap_or_default();
    let pay = job.pay.as_ref();
    let unit = pay.map_or("", |pay| match pay.unit {
        PayUnit::Hour => "hourly",
        PayUnit::Month => "monthly",
        PayUnit::Year => "yearly",
        PayUnit::Fixed => "fixed",
    });
    JobForm {
        title: job.title.clone(),
        skills: skills.join(", "),
        unit: unit.to_owned(),
        min: bound(pay.and_then(|pay| pay.min)),
        max: bound(pay.and_then(|pay| pay.max)),
        currency: pay.and_then(|pay| pay.currency.clone()).unwrap_or_default(),
        terms: job.terms.iter().map(|term| units::phrase(term)).collect::<Vec<_>>().join(", "),
        description: job.description.clone(),
        unread: job.unread.iter().cloned().map(Problem::from).map(within).collect(),
    }
}

/// Writes corrected jobs in this project's shape.
///
/// # Errors
/// Which field of which job is no number.
pub fn document(forms: &[JobForm]) -> Result<Value, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut jobs = Vec::with_capacity(forms.len());
    for (place, form) in forms.iter().enumerate() {
        let mut job = Map::new();
        job.insert("id".to_owned(), Value::from(format!("job_{}", place + 1)));
        job.insert("title".to_owned(), Value::from(form.title.trim()));
        job.insert("description".to_owned(), Value::from(form.description.as_str()));
        let listed = |text: &str| -> Vec<Value> {
            text.split(',')
                .map(str::trim)
                .filter(|part| !part.is_empty())
                .map(Value::from)
                .collect()
        };
        job.insert("required_skills".to_owned(), Value::from(listed(&form.skills)));
        if !form.unit.is_empty() {
            let mut budget = Map::new();
            budget.insert("type".to_owned(), Value::from(form.unit.as_str()));
            for (name, text) in [("min", &form.min), ("max", &form.max)] {
                match number(text) {
                    Some(value) => drop(budget.insert(name.to_owned(), Value::from(value))),
                    None if text.trim().is_empty() => {}
                    None => problems.push(Problem::new(
                        format!("/{place}/budget/{name}"),
                        format!("a number is expected, not {text:?}"),
                    )),
                }
            }
            if !form.currency.trim().is_empty() {
                budget.insert(
                    "currency".to_owned(),
                    Value::from(form.currency.trim().to_uppercase()),
                );
            }
            job.insert("budget".to_owned(), Value::Object(budget));
        }
        jobs.push(Value::Object(job));
    }
    if problems.is_empty() { Ok(Value::from(jobs)) } else { Err(problems) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const POSTING: &str = "Senior React developer\nWe need React and TypeScript for a shop. Remote, contract.\nPay: $80 - $95 per hour.";

    #[test]
    fn a_pasted_posting_is_recognized_and_reads_the_same_when_nothing_is_corrected() {
        let found = recognized(POSTING).expect("a posting");
        let [job] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(job.title, "Senior React developer");
        assert_eq!(job.skills, "React, TypeScript");
        assert_eq!((job.unit.as_str(), job.min.as_str(), job.max.as_str()), ("hourly", "80", "95"));
        assert_eq!(job.currency, "USD");
        let written = document(&found).expect("numbers are numbers").to_string();
        let again = recognized(&written).expect("jobs");
        assert_eq!(
            again.first().map(|job| (&job.title, &job.skills, &job.unit, &job.min, &job.max)),
            Some((&job.title, &job.skills, &job.unit, &job.min, &job.max))
        );
    }

    #[test]
    fn several_postings_are_set_apart_and_json_is_read_too() {
        let two = format!("{POSTING}\n-----\nRust engineer\nRust and SQL, on-site.");
        assert_eq!(recognized(&two).expect("postings").len(), 2);
        let posting = r#"{"@context": "https://schema.org", "@type": "JobPosting", "title": "Data engineer",
            "skills": "Python, SQL", "baseSalary": {"@type": "MonetaryAmount", "currency": "EUR",
            "value": {"@type": "QuantitativeValue", "minValue": 60000, "maxValue": 80000, "unitText": "YEAR"}}}"#;
        let found = recognized(posting).expect("a posting");
        let job = found.first().expect("one job");
        assert_eq!(
            (job.unit.as_str(), job.min.as_str(), job.currency.as_str()),
            ("yearly", "60000", "EUR")
        );
        let written = document(&found).expect("numbers are numbers").to_string();
        let again = recognized(&written).expect("jobs");
        assert_eq!(again.first().map(|job| (&job.unit, &job.max)), Some((&job.unit, &job.max)));
        assert!(recognized("{\"jobs\": ").is_err());
        assert!(recognized("").is_err());
    }
}
