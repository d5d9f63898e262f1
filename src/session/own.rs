//! Makes a run of what a person brings: a profile of their own in place of a scenario's.

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
    let mut document = current.scenario.source.clone();
    let Some(input) = input_of_first_task(&mut document) else {
        return Err(vec![Fault::new(
            "",
            "this scenario has no task that could take a profile; choose another first",
        )]);
    };
    let field = PROFILE_FIELDS
        .into_iter()
        .find(|field| input.contains_key(*field))
        .unwrap_or(PROFILE_FIELDS[0]);
    input.insert(field.to_owned(), profile);
    let place = format!("/{field}");
    let faults = current.domain.input_faults(&Value::Object(input.clone()));
    let of_profile = faults.into_iter().filter_map(|fault| {
        let within = fault.pointer.strip_prefix(&place)?.to_owned();
        Some(Fault::new(within, fault.detail))
    });
    let of_profile: Vec<Fault> = of_profile.collect();
    if of_profile.is_empty() {
        wiring::document(document, Some(current.seed))
    } else {
        Err(of_profile)
    }
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
        let title = first.request.input.pointer("/profile_data/title").and_then(Value::as_str);
        assert_eq!(title, Some("Rust engineer"));
        assert_eq!(own.seed, setup.seed);
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
