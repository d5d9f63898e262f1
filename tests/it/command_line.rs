//! The command line as others' scripts use it.

use std::process::{Command, Output};

use agora::cli::schema::{What, text};
use serde_json::Value;

fn agora(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_agora")).args(arguments).output().expect("the binary runs")
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).expect("standard output is JSON")
}

#[test]
fn scenarios_are_listed_a_line_each_the_name_first() {
    let output = agora(&["scenarios"]);
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let names: Vec<&str> = text.lines().filter_map(|line| line.split_whitespace().next()).collect();
    for name in [
        "walkthrough",
        "competition",
        "eager-bidder",
        "find-and-apply",
        "career-growth",
        "negotiation",
        "launch",
        "generic-team",
    ] {
        assert!(names.contains(&name), "{names:?}");
    }
}

#[test]
fn a_run_prints_one_summary_and_writes_its_events() {
    let folder = std::env::temp_dir().join(format!("agora-events-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let file = folder.join("events.jsonl");
    let path = file.to_str().expect("a path");
    let output = agora(&["run", "walkthrough", "--events", path]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let summary = json(&output);
    for field in [
        "scenario",
        "seed",
        "turns",
        "virtual_time_us",
        "digest",
        "messages",
        "tasks",
        "violations",
    ] {
        assert!(summary.get(field).is_some(), "{field} is missing");
    }
    let events: Vec<Value> = std::fs::read_to_string(&file)
        .expect("the events")
        .lines()
        .map(|line| serde_json::from_str(line).expect("a JSON line"))
        .collect();
    assert!(events.iter().enumerate().all(|(n, event)| event["id"] == n));
    let sent = events.iter().filter(|event| event["kind"] == "message_sent").count() as u64;
    let counted: u64 =
        summary["messages"].as_object().expect("counts").values().filter_map(Value::as_u64).sum();
    assert_eq!(sent, counted);
    std::fs::remove_dir_all(&folder).expect("the folder can go");
}

#[test]
fn the_same_arguments_give_the_same_bytes_and_another_seed_another_digest() {
    let run = |seed: &str| agora(&["run", "competition", "--seed", seed]).stdout;
    assert_eq!(run("4"), run("4"));
    assert_ne!(run("4"), run("5"));
}

#[test]
fn turns_stop_a_run_early() {
    let summary = json(&agora(&["run", "launch", "--turns", "10"]));
    assert_eq!(summary["turns"], 10);
    assert_eq!(summary["tasks"][0]["status"], Value::Null);
}

#[test]
fn unusable_input_ends_with_2_and_says_why() {
    let told = |arguments: &[&str]| {
        let output = agora(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty());
        String::from_utf8(output.stderr).expect("UTF-8")
    };
    assert!(told(&["run", "nonsense"]).contains("no scenario is named \"nonsense\""));
    assert!(
        told(&["run", "walkthrough", "--seed", "9007199254740992"]).contains("9007199254740992")
    );
    assert!(told(&["frobnicate"]).contains("unrecognized subcommand"));
    let file = std::env::temp_dir().join(format!("agora-bad-{}.json", std::process::id()));
    std::fs::write(&file, "{\"name\": \"x\",\n \"agents\": 3}").expect("a file");
    let words = told(&["run", file.to_str().expect("a path")]);
    assert!(
        words.contains("/agents: is a number, expected a list")
            && words.contains("\"title\" is missing"),
        "{words}"
    );
    std::fs::write(&file, [0xff, 0xfe, 0x00]).expect("a file");
    assert!(told(&["run", file.to_str().expect("a path")]).contains("is not UTF-8"));
    std::fs::remove_file(&file).expect("the file can go");
}

#[test]
fn the_scenario_schema_that_ships_is_current() {
    let current = text(What::Scenario).expect("a schema");
    assert_eq!(
        current.trim(),
        agora::sim::scenario::check::SCHEMA.trim(),
        "run `agora schema scenario > src/sim/scenario/schema.json`"
    );
    let command: Value =
        serde_json::from_str(&text(What::Command).expect("a schema")).expect("JSON");
    assert!(command.get("oneOf").is_some());
}

#[test]
fn a_reader_that_goes_early_is_no_error() {
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_agora"))
        .args(["schema", "openapi"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("it runs");
    drop(child.stdout.take());
    let done = child.wait_with_output().expect("it ends");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}
