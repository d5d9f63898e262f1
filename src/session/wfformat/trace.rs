//! Reads a WfFormat file: what Agora uses of it, or every fault with its place.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::mechanism::domain::PlannedSubtask;
use crate::mechanism::planning::Order;
use crate::model::fault::Fault;

/// The version that is read.
const VERSION: &str = "1.5";

/// Most tasks of a workflow.
const TASKS_MAX: usize = 20_000;

/// Assumed runtime of a task without one [µs].
const RUNTIME_US: u64 = 1_000_000;

/// The longest runtime that is believed [s]: thirty years.
const SECONDS_MAX: f64 = 1e9;

const TASKS: &str = "/workflow/specification/tasks";
const FILES: &str = "/workflow/specification/files";
const EXECUTED: &str = "/workflow/execution/tasks";
const MACHINES: &str = "/workflow/execution/machines";
const MAKESPAN: &str = "/workflow/execution/makespanInSeconds";

/// A workflow and how it was carried out.
pub(super) struct Trace {
    pub name: String,
    pub author: String,
    pub tasks: Vec<TraceTask>,
    pub machines: Vec<Machine>,
    pub makespan_us: Option<u64>,
    pub file_bytes: u64,
    /// How many tasks have no runtime of their own.
    pub assumed: usize,
}

/// One task of a workflow.
pub(super) struct TraceTask {
    pub id: String,
    pub category: String,
    pub parents: Vec<String>,
    pub runtime_us: u64,
    pub machines: Vec<String>,
    pub inputs: usize,
    pub input_bytes: u64,
    pub outputs: usize,
    pub output_bytes: u64,
}

/// A machine it ran on.
pub(super) struct Machine {
    pub name: String,
    pub cores: u32,
}

impl Trace {
    /// Reads a file.
    pub(super) fn read(document: &Value) -> Result<Trace, Vec<Fault>> {
        let mut reader = Reader { document, faults: Vec::new() };
        reader.version();
        let text = |field: &str| document.pointer(field).and_then(Value::as_str);
        let name = text("/name").or_else(|| text("/workflow/runName")).unwrap_or("workflow");
        let sizes = reader.sizes();
        let machines = reader.machines();
        let executed = reader.executed();
        let mut tasks = reader.tasks(&sizes);
        // Of tasks and machines that are faulty themselves, no more is said.
        if reader.faults.is_empty() {
            reader.executions_known(&tasks, &executed);
            reader.machines_known(&machines, &executed);
        }
        let mut assumed = 0;
        for task in &mut tasks {
            let done = executed.get(&task.id);
            task.machines = done.map(|done| done.machines.clone()).unwrap_or_default();
            match done.and_then(|done| done.runtime_us) {
                Some(runtime) => task.runtime_us = runtime,
                None => assumed += 1,
            }
        }
        let makespan_us = document.pointer(MAKESPAN).and_then(|_| reader.seconds(MAKESPAN));
        if !reader.faults.is_empty() {
            return Err(reader.faults);
        }
        Ok(Trace {
            name: name.to_owned(),
            author: text("/author/name").unwrap_or_default().to_owned(),
            tasks,
            machines: machines.into_iter().map(|(name, cores)| Machine { name, cores }).collect(),
            makespan_us,
            file_bytes: sizes.values().fold(0, |sum, size| sum.saturating_add(*size)),
            assumed,
        })
    }

    /// Returns the kinds of work, each once, in the order of their first task.
    pub(super) fn categories(&self) -> Vec<String> {
        let mut seen = BTreeSet::new();
        let categories = self.tasks.iter().map(|task| &task.category);
        categories.filter(|category| seen.insert(category.as_str())).cloned().collect()
    }
}

/// What became of one task.
struct Executed {
    place: usize,
    runtime_us: Option<u64>,
    machines: Vec<String>,
}

struct Reader<'a> {
    document: &'a Value,
    faults: Vec<Fault>,
}

impl<'a> Reader<'a> {
    fn fault(&mut self, pointer: impl Into<String>, detail: impl Into<String>) {
        self.faults.push(Fault::new(pointer, detail));
    }

    fn version(&mut self) {
        let version = self.document.get("schemaVersion");
        if version.and_then(Value::as_str) != Some(VERSION) {
            let found = version.unwrap_or(&Value::Null);
            self.fault("/schemaVersion", format!("is {found}, expected {VERSION:?}"));
        }
    }

    /// Returns a list; one that is missing is empty, and anything else is a fault.
    fn list(&mut self, pointer: &str) -> &'a [Value] {
        match self.document.pointer(pointer) {
            None | Some(Value::Null) => &[],
            Some(Value::Array(items)) => items,
            Some(_) => {
                self.fault(pointer, "expected a list");
                &[]
            }
        }
    }

    fn text(&mut self, pointer: &str) -> Option<&'a str> {
        let text = self.document.pointer(pointer).and_then(Value::as_str);
        let text = text.filter(|text| !text.is_empty());
        if text.is_none() {
            self.fault(pointer, "expected a text that is not empty");
        }
        text
    }

    /// Returns a list of names, each once.
    fn names(&mut self, pointer: &str) -> Vec<String> {
        let mut names = Vec::new();
        for n in 0..self.list(pointer).len() {
            let place = format!("{pointer}/{n}");
            let Some(name) = self.text(&place).map(str::to_owned) else { continue };
            if names.contains(&name) {
                self.fault(place, format!("{name:?} is named twice"));
            } else {
                names.push(name);
            }
        }
        names
    }

    /// Reads seconds as microseconds, rounded.
    fn seconds(&mut self, pointer: &str) -> Option<u64> {
        let seconds = self.document.pointer(pointer).and_then(Value::as_f64);
        match seconds.filter(|seconds| (0.0..=SECONDS_MAX).contains(seconds)) {
            Some(seconds) => Some((seconds * 1e6 + 0.5) as u64),
            None => {
                self.fault(pointer, "expected seconds, a number from 0 to 1,000,000,000");
                None
            }
        }
    }

    fn sizes(&mut self) -> BTreeMap<String, u64> {
        let mut sizes = BTreeMap::new();
        for n in 0..self.list(FILES).len() {
            let place = format!("{FILES}/{n}");
            let Some(id) = self.text(&format!("{place}/id")) else { continue };
            let pointer = format!("{place}/sizeInBytes");
            match self.document.pointer(&pointer).and_then(Value::as_u64) {
                Some(size) => {
                    sizes.insert(id.to_owned(), size);
                }
                None => self.fault(pointer, "expected a whole number of bytes"),
            }
        }
        sizes
    }

    fn machines(&mut self) -> Vec<(String, u32)> {
        let mut machines: Vec<(String, u32)> = Vec::new();
        for n in 0..self.list(MACHINES).len() {
            let place = format!("{MACHINES}/{n}");
            let Some(name) = self.text(&format!("{place}/nodeName")).map(str::to_owned) else {
                continue;
            };
            if machines.iter().any(|(known, _)| *known == name) {
                self.fault(format!("{place}/nodeName"), format!("{name:?} is named twice"));
            }
            let pointer = format!("{place}/cpu/coreCount");
            let cores = match self.document.pointer(&pointer) {
                None => Some(1),
                Some(count) => count.as_u64().filter(|count| *count > 0),
            };
            match cores {
                Some(cores) => machines.push((name, u32::try_from(cores).unwrap_or(u32::MAX))),
                None => self.fault(pointer, "expected a whole number of cores, at least 1"),
            }
        }
        machines
    }

    fn executed(&mut self) -> BTreeMap<String, Executed> {
        let mut executed = BTreeMap::new();
        for n in 0..self.list(EXECUTED).len() {
            let place = format!("{EXECUTED}/{n}");
            let Some(id) = self.text(&format!("{place}/id")) else { continue };
            let pointer = format!("{place}/runtimeInSeconds");
            let runtime_us = match self.document.pointer(&pointer) {
                None => None,
                Some(_) => self.seconds(&pointer),
            };
            let machines = self.names(&format!("{place}/machines"));
            let one = Executed { place: n, runtime_us, machines };
            if executed.insert(id.to_owned(), one).is_some() {
                self.fault(format!("{place}/id"), format!("{id:?} is there twice"));
            }
        }
        executed
    }

    /// Reads the tasks, and holds their parents against their children and against cycles.
    fn tasks(&mut self, sizes: &BTreeMap<String, u64>) -> Vec<TraceTask> {
        let count = self.list(TASKS).len();
        if count == 0 {
            self.fault(TASKS, "a workflow needs at least one task");
            return Vec::new();
        }
        if count > TASKS_MAX {
            self.fault(TASKS, format!("has {count} tasks, and at most {TASKS_MAX} are read"));
            return Vec::new();
        }
        let before = self.faults.len();
        let mut tasks = Vec::with_capacity(count);
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        for n in 0..count {
            let place = format!("{TASKS}/{n}");
            let Some(id) = self.text(&format!("{place}/id")).map(str::to_owned) else { continue };
            if places.insert(id.clone(), n).is_some() {
                self.fault(format!("{place}/id"), format!("{id:?} is taken by an earlier task"));
            }
            let name = self.document.pointer(&format!("{place}/name")).and_then(Value::as_str);
            let category = category(name.unwrap_or(&id));
            let parents = self.names(&format!("{place}/parents"));
            let (inputs, input_bytes) = self.files(&format!("{place}/inputFiles"), sizes);
            let (outputs, output_bytes) = self.files(&format!("{place}/outputFiles"), sizes);
            tasks.push(TraceTask {
                id,
                category,
                parents,
                runtime_us: RUNTIME_US,
                machines: Vec::new(),
                inputs,
                input_bytes,
                outputs,
                output_bytes,
            });
        }
        if self.faults.len() == before {
            self.kin(&tasks, &places);
        }
        if self.faults.len() == before {
            self.order(&tasks);
        }
        tasks
    }

    fn files(&mut self, pointer: &str, sizes: &BTreeMap<String, u64>) -> (usize, u64) {
        let names: Vec<&str> = self.list(pointer).iter().filter_map(Value::as_str).collect();
        let sized = names.iter().filter_map(|name| sizes.get(*name));
        (names.len(), sized.fold(0, |sum: u64, size| sum.saturating_add(*size)))
    }

    /// Finds parents and children that are not there, or that do not know of each other.
    fn kin(&mut self, tasks: &[TraceTask], places: &BTreeMap<String, usize>) {
        let mut pairs: BTreeSet<(usize, usize)> = BTreeSet::new();
        for (n, task) in tasks.iter().enumerate() {
            for (k, parent) in task.parents.iter().enumerate() {
                match places.get(parent) {
                    Some(&place) => {
                        pairs.insert((place, n));
                    }
                    None => self.unknown(format!("{TASKS}/{n}/parents/{k}"), parent),
                }
            }
        }
        for (n, task) in tasks.iter().enumerate() {
            let children = self.names(&format!("{TASKS}/{n}/children"));
            for (k, child) in children.iter().enumerate() {
                let pointer = format!("{TASKS}/{n}/children/{k}");
                match places.get(child) {
                    Some(&place) if pairs.remove(&(n, place)) => {}
                    Some(_) => {
                        let detail = format!("{child:?} does not name {:?} as its parent", task.id);
                        self.fault(pointer, detail);
                    }
                    None => self.unknown(pointer, child),
                }
            }
        }
        for (parent, child) in pairs {
            let Some((parent, of)) = tasks.get(parent).zip(tasks.get(child)) else { continue };
            let detail = format!("{:?} does not name {:?} as its child", parent.id, of.id);
            self.fault(format!("{TASKS}/{child}/parents"), detail);
        }
    }

    fn unknown(&mut self, pointer: String, id: &str) {
        self.fault(pointer, format!("no task has the id {id:?}"));
    }

    fn order(&mut self, tasks: &[TraceTask]) {
        let planned = |task: &TraceTask| PlannedSubtask {
            name: task.id.clone(),
            role: String::new(),
            description: String::new(),
            depends_on: task.parents.clone(),
            capabilities: Vec::new(),
            duration: None,
        };
        let plan: Vec<PlannedSubtask> = tasks.iter().map(planned).collect();
        for fault in Order::of(&plan).err().unwrap_or_default() {
            let pointer = fault.pointer.replace("/depends_on", "/parents");
            self.fault(format!("{TASKS}{pointer}"), fault.detail);
        }
    }

    fn executions_known(&mut self, tasks: &[TraceTask], executed: &BTreeMap<String, Executed>) {
        let known: BTreeSet<&str> = tasks.iter().map(|task| task.id.as_str()).collect();
        for (id, done) in executed.iter().filter(|(id, _)| !known.contains(id.as_str())) {
            self.unknown(format!("{EXECUTED}/{}/id", done.place), id);
        }
    }

    fn machines_known(
        &mut self,
        machines: &[(String, u32)],
        executed: &BTreeMap<String, Executed>,
    ) {
        for done in executed.values() {
            for (k, name) in done.machines.iter().enumerate() {
                if !machines.iter().any(|(known, _)| known == name) {
                    let pointer = format!("{EXECUTED}/{}/machines/{k}", done.place);
                    self.fault(pointer, format!("no machine is named {name:?}"));
                }
            }
        }
    }
}

/// Returns the kind of work a task's name tells: the name without the number at its end.
fn category(name: &str) -> String {
    let head = name.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let head = head.strip_suffix("ID").unwrap_or(head);
    let kind = head.trim_end_matches(['_', '-', '.']);
    // Digits that belong to the word, as in `bowtie2`, stay.
    if kind.is_empty() || kind.len() == head.len() { name.to_owned() } else { kind.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::category;

    #[test]
    fn a_category_is_a_name_without_its_number() {
        assert_eq!(category("mProject_ID0000001"), "mProject");
        assert_eq!(category("bowtie2"), "bowtie2");
        assert_eq!(category("bowtie2-build_ID0000001"), "bowtie2-build");
        assert_eq!(category("cpuhog_chain_00000001"), "cpuhog_chain");
        assert_eq!(category("NFCORE.BACASS.FASTQC"), "NFCORE.BACASS.FASTQC");
        assert_eq!(category("42"), "42");
        assert_eq!(category(""), "");
    }
}
