//! Makes a run of what a user puts in, or says what is wrong with it.

use serde_json::{Map, Value};

use crate::model::fault::Fault;
use crate::session::wiring;
use crate::sim::run::Setup;
use crate::sim::scenario::check::read_json;
use crate::ui::own::Problem;

/// A run made of a user's own input.
pub struct Own {
    /// The run.
    pub setup: Setup,
    /// What the scenario select shows.
    pub title: String,
    /// What is said of it.
    pub words: String,
}

/// Fields of a task's input that hold a profile; the first of them is used where there is none.
const PROFILE_FIELDS: [&str; 3] = ["profile_data", "freelancer_profile", "current_stats"];

fn problems(faults: Vec<Fault>) -> Vec<Problem> {
    faults
        .into_iter()
        .map(|fault| Problem { pointer: fault.pointer, detail: fault.detail })
        .collect()
}

/// Reads a scenario.
///
/// # Errors
/// What is wrong with it.
pub fn scenario(text: &str) -> Result<Own, Vec<Problem>> {
    let setup = wiring::read(text, None).map_err(problems)?;
    let title = format!("Your own: {}", setup.scenario.title);
    Ok(Own { setup, title, words: "Your scenario is running.".to_owned() })
}

/// Puts a profile or a JSON Resume in place of the one in the first task of a scenario.
///
/// # Errors
/// What is wrong with it.
pub fn with_profile(current: &Setup, text: &str) -> Result<Own, Vec<Problem>> {
    let profile = read_json(text).map_err(problems)?;
    if !profile.is_object() {
        let detail =
            "a profile is a JSON object, in this project's shape or as a JSON Resume".to_owned();
        return Err(vec![Problem { pointer: String::new(), detail }]);
    }
    let mut document = current.scenario.source.clone();
    let Some(place) = input_of_first_task(&mut document) else {
        let detail =
            "this scenario has no task that could take a profile; choose another first".to_owned();
        return Err(vec![Problem { pointer: String::new(), detail }]);
    };
    let field = PROFILE_FIELDS
        .into_iter()
        .find(|field| place.contains_key(*field))
        .unwrap_or(PROFILE_FIELDS[0]);
    place.insert(field.to_owned(), profile);
    let faults = current.domain.input_faults(&Value::Object(place.clone()));
    let of_profile: Vec<Fault> = faults
        .into_iter()
        .map(|fault| Fault {
            pointer: fault
                .pointer
                .strip_prefix(&format!("/{field}"))
                .unwrap_or(&fault.pointer)
                .to_owned(),
            ..fault
        })
        .collect();
    if !of_profile.is_empty() {
        return Err(problems(of_profile));
    }
    let setup = wiring::document(document, Some(current.seed)).map_err(problems)?;
    let title = format!("{}, with your profile", current.scenario.title);
    Ok(Own { setup, title, words: "The first task now runs with your profile.".to_owned() })
}

/// Returns the input of the scenario's first task, written into the task where it was named by reference.
fn input_of_first_task(document: &mut Value) -> Option<&mut Map<String, Value>> {
    let named = document.pointer("/tasks/0/input_data").and_then(Value::as_str).map(str::to_owned);
    if let Some(name) = named {
        let input = document.get("inputs")?.get(&name)?.clone();
        *document.pointer_mut("/tasks/0/input_data")? = input;
    }
    let input = document
        .pointer_mut("/tasks/0")?
        .as_object_mut()?
        .entry("input_data")
        .or_insert(Value::Null);
    if input.is_null() {
        *input = Value::Object(Map::new());
    }
    input.as_object_mut()
}
