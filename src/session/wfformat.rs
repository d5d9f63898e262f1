//! Makes a scenario of a WfFormat 1.5 file: a workflow's trace becomes one task for a team of machines.
//!
//! The format is that of the WfCommons project (wfcommons.org). Its tasks become subtasks with the
//! measured runtimes; a machine's cores become agents, each doing one subtask at a time; every
//! subtask has an auction of its own at the moment it becomes ready. A machine is as fast as the
//! trace says its work took: `speedInMHz` is what a processor ran at when somebody looked, and the
//! runtimes were measured on these machines already.

mod team;
mod trace;

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::kernel::date::Date;
use crate::kernel::fixed::Ppm;
use crate::mechanism::domain::RoleDraft;
use crate::model::fault::Fault;
use crate::model::task::TaskPriority;
use crate::sim::scenario::draft::{
    DomainName, EnvironmentDraft, LinksDraft, ScenarioDraft, SubtaskDraft, TaskDraft,
};
use crate::sim::scenario::{Allocation, Deadlines, Policies};
use trace::{Trace, TraceTask};

/// The one role of a workflow's team.
const ROLE: &str = "machine";

/// How good a machine's work is; assumed: programs seldom go wrong.
const QUALITY: Ppm = Ppm(950_000);

/// A run may take this many times the trace's work one after another before it counts as stuck.
const PATIENCE: u64 = 2;

/// Says whether a document is a workflow in WfFormat, of any version.
pub fn is_one(document: &Value) -> bool {
    document.get("workflow").is_some_and(Value::is_object)
        && document.get("schemaVersion").is_some()
}

/// Makes a scenario's draft of a workflow.
///
/// # Errors
/// Every fault, with its JSON pointer into the file.
pub fn draft(document: &Value) -> Result<ScenarioDraft, Vec<Fault>> {
    let trace = Trace::read(document)?;
    let count = trace.tasks.len() as u64;
    let work: u64 = trace.tasks.iter().fold(0, |sum, task| sum.saturating_add(task.runtime_us));
    let categories = trace.categories();
    let about = about(&trace);
    Ok(ScenarioDraft {
        name: slug(&trace.name),
        title: format!("Workflow {}", trace.name).chars().take(200).collect(),
        summary: about.clone(),
        seed: 1,
        as_of: as_of(document),
        domain: DomainName::Generic,
        roles: vec![RoleDraft {
            name: ROLE.into(),
            title: "Machine".into(),
            capabilities: categories,
            provides: Vec::new(),
            uses: Vec::new(),
            duration_us: work / count.max(1),
            quality: QUALITY,
            cost_units: 1.0,
            tokens: 0,
        }],
        plans: BTreeMap::new(),
        agents: team::agents(&trace, ROLE),
        links: LinksDraft::default(),
        policies: policies(count, work),
        environment: EnvironmentDraft::default(),
        inputs: BTreeMap::new(),
        tasks: vec![TaskDraft {
            name: Some(trace.name.clone()),
            task_type: "workflow".into(),
            description: about,
            client: trace.author.clone(),
            priority: TaskPriority::Medium,
            at_us: 0,
            required_agents: Vec::new(),
            goals: Vec::new(),
            input_data: json!({"workflow": {
                "name": trace.name,
                "tasks": count,
                "work_us": work,
                "file_bytes": trace.file_bytes,
                "trace_makespan_us": trace.makespan_us,
            }}),
            subtasks: trace.tasks.iter().map(subtask).collect(),
        }],
    })
}

fn subtask(task: &TraceTask) -> SubtaskDraft {
    SubtaskDraft {
        name: task.id.clone(),
        role: ROLE.into(),
        description: format!(
            "{}: reads {}, writes {}",
            task.category,
            files(task.inputs, task.input_bytes),
            files(task.outputs, task.output_bytes)
        ),
        depends_on: task.parents.clone(),
        capabilities: Some(vec![task.category.clone()]),
        duration_us: Some(task.runtime_us),
    }
}

fn files(count: usize, bytes: u64) -> String {
    let noun = if count == 1 { "file" } else { "files" };
    if count == 0 { "nothing".into() } else { format!("{count} {noun} ({})", size(bytes)) }
}

/// Writes a size with decimal prefixes, as disks have them.
fn size(bytes: u64) -> String {
    const UNITS: [(u64, &str); 4] =
        [(1_000_000_000_000, "TB"), (1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB")];
    let unit = UNITS.iter().find(|(scale, _)| bytes >= *scale);
    match unit {
        Some(&(scale, unit)) => {
            let tenths = bytes / (scale / 10);
            format!("{}.{} {unit}", tenths / 10, tenths % 10)
        }
        None => format!("{bytes} B"),
    }
}

fn about(trace: &Trace) -> String {
    let edges: usize = trace.tasks.iter().map(|task| task.parents.len()).sum();
    let measured = match trace.assumed {
        0 => "with their measured runtimes".to_owned(),
        all if all == trace.tasks.len() => {
            "the file has no runtimes, so that one second each is assumed".to_owned()
        }
        some => format!("{some} of them without a runtime, for which one second is assumed"),
    };
    let took = trace.makespan_us.map_or_else(String::new, |makespan| {
        format!(" When it was recorded it took {} s.", makespan / 1_000_000)
    });
    let (count, files) = (trace.tasks.len(), size(trace.file_bytes));
    format!("{count} tasks, {edges} dependencies, {files} of files; {measured}.{took}")
}

/// Auctions per subtask, and deadlines that fit work of this length.
fn policies(count: u64, work_us: u64) -> Policies {
    let usual = Deadlines::default();
    // Three seconds a subtask cover its auction, its calls again and the messages around it.
    let bound = work_us
        .saturating_mul(PATIENCE)
        .saturating_add(count.saturating_mul(3_000_000))
        .saturating_add(usual.task_us);
    let deadlines = Deadlines {
        task_us: bound,
        // A coordinator that reports every five seconds over hours would say nothing but that.
        heartbeat_us: usual.heartbeat_us.max(work_us / 100),
        ..usual
    };
    Policies {
        allocation: Allocation::PerSubtask,
        revisions: false,
        deadlines,
        ..Policies::default()
    }
}

/// Returns the day the file was made, which is the run's "today".
fn as_of(document: &Value) -> Date {
    let made = document.get("createdAt").and_then(Value::as_str).and_then(Date::parse);
    made.unwrap_or(Date::EPOCH)
}

/// Makes a scenario's short name of any text.
fn slug(text: &str) -> String {
    let mut name = String::new();
    for letter in text.chars() {
        if letter.is_ascii_alphanumeric() {
            name.push(letter.to_ascii_lowercase());
        } else if !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
    }
    let name: String = name.chars().take(64).collect();
    let name = name.trim_matches('-');
    if name.is_empty() { "workflow".into() } else { name.into() }
}
