//! Makes a run of what a person brings: a profile or jobs of their own in place of a scenario's.

use serde_json::{Map, Value};

use super::wiring;
use crate::model::fault::Fault;
use crate::sim::run::Setup;
use crate::sim::scenario::check::read_json;

/// Fields of a task's input that hold a profile; the first of them is used where there is none.
const PROFILE_FIELDS: [&str; 3] = ["profile_data", "freelancer_profile", "current_stats"];

/// Puts a profile, in this project's shape or as a JSON Resume, in place of the one in the first
/// task of a scenario; its seed stays.
///
/// # Errors
/// What is wrong with the profile, with pointers into it; a scenario without a task says so.
pub fn with_profile(current: &Setup, text: &str) -> Result<Setup, Vec<Fault>> {
    let profile = read_json(text)?;
    if !profile.is_object() {
        return Err(vec![Fault::new(
            "",
            "a profile is a JSON object, in this project's shape or as a JSON Resume",
        )]);
    }
    let mut setup = with_member(current, profile, |input| {
        PROFILE_FIELDS
            .into_iter()
            .find(|field| input.contains_key(*field))
            .unwrap_or(PROFILE_FIELDS[0])
    })?;
    // Whose task it was is no longer true.
    let mut document = setup.scenario.source.clone();
    if let Some(task) = document.pointer_mut("/tasks/0").and_then(Value::as_object_mut) {
        task.insert("client".to_owned(), Value::from("You"));
        setup = wiring::document(document, Some(setup.seed))?;
    }
    Ok(setup)
}

/// Puts jobs, of any shape that is read, in place of those in the first task of a scenario; its seed
/// stays.
///
/// # Errors
/// What is wrong with the jobs, with pointers into them; a scenario without a task says so.
pub fn with_jobs(current: &Setup, text: &str) -> Result<Setup, Vec<Fault>> {
    with_member(current, read_json(text)?, |_| "jobs")
}

/// Puts a value into the first task's input, under a name that may depend on what is there.
fn with_member(
    current: &Setup,
    value: Value,
    name: impl Fn(&Map<String, Value>) -> &'static str,
) -> Result<Setup, Vec<Fault>> {
    let mut document = current.scenario.source.clone();
    let Some(input) = input_of_first_task(&mut document) else {
        return Err(vec![Fault::new(
            "",
            "this scenario has no task that could take it; choose another first",
        )]);
    };
    let field = name(input);
    input.insert(field.to_owned(), value);
    let place = format!("/{field}");
    let faults = current.domain.input_faults(&Value::Object(input.clone()));
    let mine = faults.into_iter().filter_map(|fault| {
        let within = fault.pointer.strip_prefix(&place)?.to_owned();
        Some(Fault::new(within, fault.detail))
    });
    let mine: Vec<Fault> = mine.collect();
    if mine.is_empty() { wiring::document(document, Some(current.seed)) } else { Err(mine) }
}

/// Returns the input of the first task, copied into the task where it was named by reference.
fn input_of_first_task(document: &mut Value) -> Option<&mut Map<String, Value>> {
    let named = document.pointer("/tasks/0/input_data").and_then(Value::as_str).map(str::to_owned);
    if let Some(name) = named {
        let input = document.get("inputs")?.get(&name)?.clone();
        *document.pointer_mut("/tasks/0/input_data")? = input;
    }
    let task = document.pointer_mut("/tasks/0")?.as_object_mut()?;
    let input = task.entry("input_data").or_insert(Value::Null);
    if input.is_null() {
        *input = Value::Object(Map::new());
    }
    input.as_object_mut()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::catalog;

    #[test]
    fn a_profile_of_ones_own_reaches_the_first_task() {
        let setup = catalog::setup("walkthrough", None).expect("a built-in scenario is legal");
        let own = with_profile(
            &setup,
            r#"{"title": "Rust engineer", "hourly_rate": 70, "currency": "USD"}"#,
        );
        let own = own.expect("a small profile is a profile");
        let first = own.scenario.tasks.first().expect("the walkthrough has a task");
        let title =
            first.planned.request.input.pointer("/profile_data/title").and_then(Value::as_str);
        assert_eq!(title, Some("Rust engineer"));
        assert_eq!(own.seed, setup.seed);
    }

    #[test]
    fn jobs_of_ones_own_reach_the_first_task() {
        let setup = catalog::setup("find-and-apply", None).expect("a built-in scenario is legal");
        let own = with_jobs(&setup, r#"[{"title": "Rust engineer", "required_skills": ["Rust"]}]"#);
        let own = own.expect("a small job is a job");
        let first = own.scenario.tasks.first().expect("it has a task");
        let title = first.planned.request.input.pointer("/jobs/0/title").and_then(Value::as_str);
        assert_eq!(title, Some("Rust engineer"));
        let faults = with_jobs(&setup, r#"[{"title": 3}]"#).err().unwrap_or_default();
        assert!(faults.iter().all(|fault| !fault.pointer.starts_with("/jobs")), "{faults:?}");
        assert!(with_jobs(&setup, "[").is_err());
    }

    #[test]
    fn what_is_no_profile_is_refused_with_its_place() {
        let setup = catalog::setup("walkthrough", None).expect("a built-in scenario is legal");
        for text in ["", "[1]", "{\"title\": ", "12"] {
            assert!(with_profile(&setup, text).is_err(), "{text:?}");
        }
        let faults = with_profile(&setup, r#"{"hourly_rate": "a lot"}"#).err().unwrap_or_default();
        assert!(
            faults.iter().all(|fault| !fault.pointer.starts_with("/profile_data")),
            "{faults:?}"
        );
    }
}
