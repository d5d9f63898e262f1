//! Holds a body against its type and the team, and names every fault at once.

use std::sync::OnceLock;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::OPENAPI;
use super::answer::Warning;
use super::problem::Problem;
use crate::freelance::job::read_jobs;
use crate::freelance::profile::Profile;
use crate::mechanism::domain::{Domain, PlannedSubtask};
use crate::mechanism::planning::Order;
use crate::model::fault::Fault;
use crate::model::schema::Schema;
use crate::session::Session;

/// Fields of an input that hold a profile.
const PROFILE_FIELDS: [&str; 3] = ["profile_data", "freelancer_profile", "current_stats"];

/// A body that fits, with what was left aside.
pub struct Checked<T> {
    /// The body.
    pub body: T,
    /// What was left aside, each with its place.
    pub warnings: Vec<Warning>,
}

fn schema() -> &'static Schema {
    static SCHEMA: OnceLock<Schema> = OnceLock::new();
    SCHEMA.get_or_init(|| Schema::read(OPENAPI))
}

fn place(name: &str) -> String {
    format!("/components/schemas/{name}")
}

/// Makes a typed body of an object, or names everything that is wrong with it: first the shape, then
/// what `further` finds.
///
/// # Errors
/// 422 with every fault.
pub fn typed<T: DeserializeOwned>(
    name: &str,
    fields: &Map<String, Value>,
    further: impl FnOnce(&Map<String, Value>) -> Vec<Fault>,
) -> Result<Checked<T>, Problem> {
    let whole = Value::Object(fields.clone());
    let faults = faults_of(name, fields, further);
    if !faults.is_empty() {
        return Err(Problem::invalid(faults));
    }
    let unknown = schema().unknown_at(&place(name), &whole);
    let mut warnings: Vec<Warning> = unknown
        .into_iter()
        .filter(|fault| !below_a_profile(&fault.pointer))
        .map(|fault| {
            Warning::new(fault.pointer, format!("{} It was left aside.", stop(&fault.detail)))
        })
        .collect();
    warnings.sort();
    let body = serde_path_to_error::deserialize(whole).map_err(|error| {
        let pointer = format!("/{}", error.path().to_string().replace('.', "/"));
        Problem::invalid(vec![Fault::new(pointer, error.inner().to_string())])
    })?;
    Ok(Checked { body, warnings })
}

/// Returns every fault of a body: of its shape, and what `further` finds elsewhere.
pub fn faults_of(
    name: &str,
    fields: &Map<String, Value>,
    further: impl FnOnce(&Map<String, Value>) -> Vec<Fault>,
) -> Vec<Fault> {
    let mut faults = schema().faults_at(&place(name), &Value::Object(fields.clone()));
    for fault in further(fields) {
        // The shape's own word on a place is enough.
        if faults.iter().all(|known| known.pointer != fault.pointer || fault.pointer.is_empty()) {
            faults.push(fault);
        }
    }
    faults.sort();
    faults.dedup();
    faults
}

fn stop(words: &str) -> String {
    if words.ends_with(['.', '?']) { words.to_owned() } else { format!("{words}.") }
}

fn below_a_profile(pointer: &str) -> bool {
    PROFILE_FIELDS.iter().any(|field| {
        pointer
            .strip_prefix('/')
            .and_then(|rest| rest.strip_prefix(field))
            .is_some_and(|rest| rest.starts_with('/'))
    })
}

/// Returns what of a profile and of jobs in an input was not understood, as warnings.
pub fn unread(session: &Session, at: &str, input: &Value) -> Vec<Warning> {
    if session.setup().domain.name() != "freelance" {
        return Vec::new();
    }
    let holds_profile =
        PROFILE_FIELDS.iter().any(|field| input.get(field).is_some_and(Value::is_object));
    let profile =
        holds_profile.then(|| Profile::read(input, session.setup().scenario.as_of).unread);
    let jobs = read_jobs(input, &[]).into_iter().flat_map(|job| job.unread);
    let mut warnings: Vec<Warning> = profile
        .into_iter()
        .flatten()
        .chain(jobs)
        .map(|fault| Warning::new(format!("{at}{}", fault.pointer), fault.detail))
        .collect();
    warnings.sort();
    warnings.dedup();
    warnings
}

/// Returns what is wrong with a workflow's input beyond its shape.
pub fn input_faults(domain: &dyn Domain, fields: &Map<String, Value>) -> Vec<Fault> {
    domain.input_faults(&Value::Object(fields.clone()))
}

/// Returns what is wrong with a new task beyond its shape: roles, plan, input.
pub fn task_faults(domain: &dyn Domain, fields: &Map<String, Value>) -> Vec<Fault> {
    let mut faults = Vec::new();
    let named = fields.get("required_agents").and_then(Value::as_array);
    let mut roles = Vec::new();
    for (n, role) in named.into_iter().flatten().enumerate() {
        if let Some(role) = role.as_str() {
            match domain.role(role) {
                Some(_) => roles.push(role.to_owned()),
                None => faults
                    .push(Fault::new(format!("/required_agents/{n}"), unknown_role(domain, role))),
            }
        }
    }
    if let Some(input @ Value::Object(_)) = fields.get("input_data") {
        let below = domain.input_faults(input).into_iter();
        faults.extend(
            below.map(|fault| Fault::new(format!("/input_data{}", fault.pointer), fault.detail)),
        );
    }
    let own = fields.get("subtasks").and_then(Value::as_array).filter(|own| !own.is_empty());
    match (own, fields.get("task_type").and_then(Value::as_str)) {
        (Some(own), _) => faults.extend(plan_faults(domain, own)),
        (None, Some(task_type)) => faults.extend(workflow_faults(domain, task_type, &roles)),
        (None, None) => {}
    }
    faults
}

fn workflow_faults(domain: &dyn Domain, task_type: &str, roles: &[String]) -> Option<Fault> {
    match domain.plan(task_type, roles) {
        Some(plan) if plan.is_empty() => Some(Fault::new(
            "/required_agents",
            "the plan would be empty: none of these roles is in it",
        )),
        Some(_) => None,
        None => {
            let known = domain.task_types().join(", ");
            Some(Fault::new(
                "/task_type",
                format!(
                    "no plan is known for {task_type:?}; give the task its own subtasks, or take one of {known}"
                ),
            ))
        }
    }
}

/// Names what is wrong with a plan of one's own, in as much of it as has a shape.
fn plan_faults(domain: &dyn Domain, own: &[Value]) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut plan = Vec::new();
    for (n, subtask) in own.iter().enumerate() {
        let text = |field: &str| subtask.get(field).and_then(Value::as_str);
        let texts = |field: &str| -> Vec<String> {
            let list = subtask.get(field).and_then(Value::as_array);
            list.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
        };
        if let Some(role) = text("role").filter(|role| domain.role(role).is_none()) {
            faults.push(Fault::new(format!("/subtasks/{n}/role"), unknown_role(domain, role)));
        }
        plan.push(PlannedSubtask {
            // A name that is missing is a fault of the shape, not one of the plan.
            name: text("name")
                .filter(|name| !name.is_empty())
                .map_or(format!("\u{0}{n}"), str::to_owned),
            role: text("role").unwrap_or_default().to_owned(),
            description: String::new(),
            depends_on: texts("depends_on"),
            capabilities: Vec::new(),
            duration: None,
        });
    }
    if let Err(found) = Order::of(&plan) {
        faults.extend(
            found
                .into_iter()
                .map(|fault| Fault::new(format!("/subtasks{}", fault.pointer), fault.detail)),
        );
    }
    faults
}

/// Says that a role is not known, and which are.
pub fn unknown_role(domain: &dyn Domain, role: &str) -> String {
    let known: Vec<&str> = domain.roles().iter().map(|role| role.name.as_str()).collect();
    let shown: String = role.chars().take(80).collect();
    format!("{shown:?} is no known role; expected one of {}", known.join(", "))
}
