//! Workflows in WfFormat as scenarios: read, refused with their faults, run, held against yardsticks.

use std::path::{Path, PathBuf};

use agora::export::summary::{Summary, summary};
use agora::session::wiring;
use agora::sim::invariant::Watch;
use agora::sim::run::Run;
use serde_json::{Value, json};

const BAKERY: &str = include_str!("../workflows/bakery.json");

fn bakery() -> Value {
    serde_json::from_str(BAKERY).expect("JSON")
}

/// Returns the files of the WfCommons project that lie beside this one, if they do.
fn traces() -> Vec<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/dags");
    let Ok(entries) = std::fs::read_dir(&path) else {
        println!("skipped: no workflows at {}", path.display());
        return Vec::new();
    };
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    files
}

/// Runs a document to its end under all invariants.
fn run(document: Value) -> (Run, Summary) {
    let mut run = Run::new(wiring::document(document, None).expect("legal"));
    let mut watch = Watch::default();
    while run.advance() {
        watch.look(&run);
    }
    let violations = watch.finish(&run);
    let summary = summary("test", run.world(), run.log(), &*run.setup().domain, violations);
    (run, summary)
}

#[track_caller]
fn check(change: impl FnOnce(&mut Value), expected: &[&str]) {
    let mut document = bakery();
    change(&mut document);
    let faults = wiring::document(document, None).err().unwrap_or_default();
    let found: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    for (found, expected) in found.iter().zip(expected) {
        assert!(found.starts_with(expected), "expected {expected:?}, found {found:?}");
    }
}

#[test]
fn a_workflow_becomes_one_task_of_its_machines() {
    let setup = wiring::read(BAKERY, Some(3)).expect("legal");
    let scenario = &setup.scenario;
    assert_eq!((scenario.name.as_str(), setup.seed), ("bakery", 3));
    assert_eq!(scenario.as_of.to_string(), "2026-03-02");
    let agents: Vec<&str> = scenario.agents.iter().map(|agent| agent.id.as_str()).collect();
    assert_eq!(agents, ["table_01", "oven_1_01"]);
    let [task] = &scenario.tasks[..] else { panic!("one task is expected") };
    assert_eq!(task.planned.request.client, "The bakery");
    let bake = &task.planned.plan[3];
    assert_eq!((bake.name.as_str(), &bake.depends_on[..]), ("bake_001", &["knead_001".into()][..]));
    assert_eq!(bake.duration.map(|takes| takes.0), Some(40_000_000));
    assert_eq!(bake.description, "bake: reads 1 file (700.0 kB), writes nothing");
    let oven = &scenario.agents[1];
    assert!(oven.capabilities["bake"] > oven.capabilities["knead"], "{oven:?}");
}

#[test]
fn a_workflow_runs_to_success_between_its_bounds() {
    let (run, summary) = run(bakery());
    assert_eq!(summary.violations, [""; 0]);
    let task = serde_json::to_value(&summary.tasks[0]).expect("JSON");
    assert_eq!(task["status"], "success");
    // Weighing, kneading the rye, baking it: 64.5 s; all work over two agents: 55.875 s.
    assert_eq!(task["lower_bound_us"], 64_500_000);
    // By hand: table weighs to 4.5 and kneads rye to 24.5, the oven kneads wheat from 4.51 to 16.76 and
    // bakes it to 51.76; the rye bakes on the table to 64.5, and is sold where the later one is.
    assert_eq!(task["heft_us"], 64_500_000);
    let makespan = task["makespan_us"].as_u64().expect("a number");
    assert!((64_500_000..66_000_000).contains(&makespan), "{makespan}");
    let baked: Vec<&str> = ["task_01.bake_001", "task_01.bake_002"]
        .iter()
        .filter_map(|subtask| task["assignments"][subtask].as_str())
        .collect();
    assert_eq!(baked.len(), 2);
    assert!(run.world().tasks[0].ended.is_some());
}

#[test]
fn faults_are_told_with_their_place_in_the_file() {
    let tasks = "/workflow/specification/tasks";
    check(|_| {}, &[]);
    check(|f| f["schemaVersion"] = json!("1.3"), &["/schemaVersion: is \"1.3\", expected \"1.5\""]);
    check(
        |f| f["workflow"]["specification"]["tasks"] = json!([]),
        &[&format!("{tasks}: a workflow needs at least one task")],
    );
    check(
        |f| f["workflow"]["specification"]["tasks"][1]["parents"] = json!(["nobody"]),
        &[
            &format!("{tasks}/1/parents/0: no task has the id \"nobody\""),
            &format!(
                "{tasks}/0/children/0: \"knead_001\" does not name \"weigh_001\" as its parent"
            ),
        ],
    );
    check(
        |f| f["workflow"]["specification"]["tasks"][0]["children"] = json!(["knead_001"]),
        &[&format!("{tasks}/2/parents: \"weigh_001\" does not name \"knead_002\" as its child")],
    );
    check(
        |f| {
            f["workflow"]["specification"]["tasks"][0]["parents"] = json!(["sell_001"]);
            f["workflow"]["specification"]["tasks"][5]["children"] = json!(["weigh_001"]);
        },
        &[&format!("{tasks}/0/parents: depends on itself through a cycle among weigh_001")],
    );
    check(
        |f| f["workflow"]["execution"]["tasks"][2]["runtimeInSeconds"] = json!(-1),
        &["/workflow/execution/tasks/2/runtimeInSeconds: expected seconds"],
    );
    check(
        |f| f["workflow"]["execution"]["tasks"][2]["machines"] = json!(["fridge"]),
        &["/workflow/execution/tasks/2/machines/0: no machine is named \"fridge\""],
    );
    check(
        |f| f["workflow"]["execution"]["machines"][1]["cpu"]["coreCount"] = json!(0),
        &["/workflow/execution/machines/1/cpu/coreCount: expected a whole number of cores"],
    );
    check(
        |f| f["workflow"]["specification"]["files"][1]["sizeInBytes"] = json!("large"),
        &["/workflow/specification/files/1/sizeInBytes: expected a whole number of bytes"],
    );
    check(
        |f| f["workflow"]["specification"]["tasks"][3]["id"] = json!("bake_002"),
        &[&format!("{tasks}/4/id: \"bake_002\" is taken by an earlier task")],
    );
}

#[test]
fn what_a_trace_leaves_out_is_assumed_and_said() {
    let mut document = bakery();
    document["workflow"].as_object_mut().expect("an object").remove("execution");
    let setup = wiring::document(document.clone(), None).expect("legal");
    assert_eq!(setup.scenario.agents.len(), 4);
    assert!(setup.scenario.summary.contains("one second each is assumed"));
    let (_, summary) = run(document);
    assert_eq!(summary.tasks[0].lower_bound_us.0, 4_000_000);
}

/// A workflow with any one value replaced by any other is refused or runs to its end.
#[test]
fn no_replaced_value_makes_a_workflow_panic() {
    let original = bakery();
    let mut pointers = Vec::new();
    collect(&original, String::new(), &mut pointers);
    let strange =
        [json!(null), json!(-1), json!(1e300), json!("x"), json!([]), json!({}), json!([[{}]])];
    for (n, pointer) in pointers.iter().enumerate() {
        for (k, value) in strange.iter().enumerate().filter(|(k, _)| (n + k) % 3 == 0) {
            let mut document = original.clone();
            if let Some(place) = document.pointer_mut(pointer) {
                place.clone_from(value);
            }
            if let Ok(setup) = wiring::document(document, Some(k as u64)) {
                let mut run = Run::new(setup);
                while run.turn().0 < 500 && run.advance() {}
            }
        }
    }
    assert!(pointers.len() > 100);
}

fn collect(value: &Value, at: String, pointers: &mut Vec<String>) {
    match value {
        Value::Array(items) => {
            let items = items.iter().enumerate();
            items.for_each(|(n, item)| collect(item, format!("{at}/{n}"), pointers));
        }
        Value::Object(fields) => {
            fields.iter().for_each(|(name, item)| collect(item, format!("{at}/{name}"), pointers));
        }
        _ => {}
    }
    pointers.push(at);
}

#[test]
fn real_workflows_run_to_success_between_their_bounds() {
    for file in traces() {
        let name = file.display();
        let document: Value =
            serde_json::from_str(&std::fs::read_to_string(&file).expect("a file")).expect("JSON");
        let (_, summary) = run(document.clone());
        assert_eq!(summary.violations, [""; 0], "{name}");
        let [task] = &summary.tasks[..] else { panic!("{name}: one task is expected") };
        assert_eq!(task.status.map(|status| status.name()), Some("success"), "{name}");
        let (bound, takes) = (task.lower_bound_us.0, task.makespan_us.0);
        let heft = task.heft_us.expect("every subtask has a worker").0;
        assert!(bound <= takes && bound <= heft, "{name}: {bound} {takes} {heft}");
        assert!(takes < heft * 3 / 2 + 60_000_000, "{name}: {takes} against {heft}");
        let held: std::collections::BTreeSet<_> = task.assignments.values().flatten().collect();
        assert!(bound >= brute_bound(&document, 8.max(held.len())), "{name}");
    }
}

/// Works the bound out of the file itself: its longest path, and its work over the most agents there are.
fn brute_bound(document: &Value, agents: usize) -> u64 {
    let list = |pointer: &str| document.pointer(pointer).and_then(Value::as_array).expect("a list");
    let takes: std::collections::BTreeMap<&str, f64> = list("/workflow/execution/tasks")
        .iter()
        .filter_map(|task| Some((task["id"].as_str()?, task["runtimeInSeconds"].as_f64()?)))
        .collect();
    let tasks = list("/workflow/specification/tasks");
    let mut ends: std::collections::BTreeMap<&str, f64> = Default::default();
    for _ in 0..tasks.len() {
        for task in tasks {
            let id = task["id"].as_str().expect("an id");
            let parents = task["parents"].as_array().into_iter().flatten();
            let start = parents
                .filter_map(|parent| ends.get(parent.as_str()?).copied())
                .fold(0.0, f64::max);
            ends.insert(id, start + takes[id]);
        }
    }
    let longest = ends.values().copied().fold(0.0, f64::max);
    let over_agents = takes.values().sum::<f64>() / agents as f64;
    (longest.max(over_agents) * 1e6) as u64 - 2
}

#[test]
fn a_thousand_subtasks_end_within_their_bound_at_a_steady_cost() {
    let document = |count: usize| {
        let subtask = |n: usize| {
            let mut before: Vec<String> = [n / 2, n.saturating_sub(7)]
                .iter()
                .filter(|m| **m < n)
                .map(|m| format!("s{m}"))
                .collect();
            before.dedup();
            json!({"name": format!("s{n}"), "role": "welder", "depends_on": before,
                   "duration_us": 20_000 + n as u64 % 17 * 10_000})
        };
        json!({
            "name": "many", "title": "Many", "seed": 1, "as_of": "2026-01-01", "domain": "generic",
            "roles": [{"name": "welder", "duration_us": 1}],
            "agents": (0..6).map(|_| json!({"role": "welder", "capacity": 1})).collect::<Vec<_>>(),
            "policies": {"allocation": "per_subtask"},
            "tasks": [{"task_type": "any", "subtasks": (0..count).map(subtask).collect::<Vec<_>>()}],
        })
    };
    let (small, _) = run(document(250));
    let (large, summary) = run(document(1_000));
    assert_eq!(summary.violations, [""; 0]);
    assert_eq!(summary.tasks[0].status.map(|status| status.name()), Some("success"));
    assert!(summary.tasks[0].lower_bound_us <= summary.tasks[0].makespan_us);
    // Four times the subtasks are about four times the events: nothing is called over and over.
    assert!(
        large.log().len() < small.log().len() * 5,
        "{} {}",
        small.log().len(),
        large.log().len()
    );
}
