//! What a text that was dropped or pasted is: a profile, jobs, or a scenario.

use serde_json::Value;

/// What a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Given {
    /// A profile or a JSON Resume.
    Profile,
    /// Jobs: postings as text, in this project's shape, or as JobPosting.
    Jobs,
    /// A scenario or a workflow trace.
    Scenario,
}

/// Members that only a profile has.
const OF_PROFILE: [&str; 9] = [
    "basics",
    "work",
    "bio",
    "hourly_rate",
    "portfolio",
    "availability_hours",
    "experience_years",
    "headline",
    "resume",
];
/// Members that only a job has.
const OF_JOB: [&str; 8] = [
    "required_skills",
    "baseSalary",
    "hiringOrganization",
    "datePosted",
    "proposals",
    "budget",
    "employmentType",
    "estimatedSalary",
];
/// Members that only a scenario or a trace has.
const OF_SCENARIO: [&str; 7] =
    ["agents", "tasks", "workflow", "schemaVersion", "roles", "plans", "domain"];

/// Says what a text is; what is no JSON is a posting.
pub fn kind_of(text: &str) -> Given {
    match serde_json::from_str::<Value>(text) {
        Ok(value) => of_value(&value),
        // An unfinished document is still meant as one, and is told what is wrong with it.
        Err(_) if text.trim_start().starts_with('{') => of_names(text),
        Err(_) => Given::Jobs,
    }
}

fn of_value(value: &Value) -> Given {
    let has = |names: &[&str]| names.iter().any(|name| value.get(name).is_some());
    let posting = value.get("@type").is_some() || value.get("@graph").is_some();
    match value {
        Value::Object(_) if has(&OF_SCENARIO) && !posting => Given::Scenario,
        Value::Object(_) if posting || value.get("jobs").is_some() => Given::Jobs,
        Value::Object(_) if has(&OF_PROFILE) => Given::Profile,
        Value::Object(_) if has(&OF_JOB) => Given::Jobs,
        Value::Object(_) => Given::Profile,
        _ => Given::Jobs,
    }
}

fn of_names(text: &str) -> Given {
    let has = |names: &[&str]| names.iter().any(|name| text.contains(&format!("\"{name}\"")));
    if has(&OF_SCENARIO) {
        Given::Scenario
    } else if has(&OF_JOB) {
        Given::Jobs
    } else {
        Given::Profile
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::catalog;

    #[test]
    fn what_people_drop_is_told_apart() {
        for built_in in catalog::BUILT_IN {
            assert_eq!(kind_of(built_in.text()), Given::Scenario, "{}", built_in.name);
        }
        let cases = [
            (r#"{"basics": {"label": "Engineer"}}"#, Given::Profile),
            (r#"{"title": "Engineer", "skills": ["Rust"], "hourly_rate": 70}"#, Given::Profile),
            (r#"{"@type": "JobPosting", "title": "Engineer"}"#, Given::Jobs),
            (r#"[{"title": "A", "required_skills": ["Rust"]}]"#, Given::Jobs),
            (r#"{"name": "x", "schemaVersion": "1.5", "workflow": {}}"#, Given::Scenario),
            ("Senior engineer\nRust, remote, $90 an hour", Given::Jobs),
            (r#"{"agents": [ "#, Given::Scenario),
        ];
        for (text, kind) in cases {
            assert_eq!(kind_of(text), kind, "{text}");
        }
    }
}
