//! Golden traces and digests: what each built-in scenario replays to, to the bit.
//!
//! `AGORA_BLESS=1 cargo test --no-default-features golden` writes them anew; a change that alters
//! them raises `ENGINE_VERSION` in the same commit.

use std::fmt::Write;
use std::path::PathBuf;

use agora::export::event_lines::Writer;
use agora::session::catalog::{self, BUILT_IN};
use agora::sim::invariant::Watch;
use agora::sim::run::{ENGINE_VERSION, Run};
use serde_json::Value;

/// Seeds of each scenario in the list of digests.
const SEEDS: u64 = 20;

fn golden(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name)
}

/// Holds a text against its golden file, or writes that.
fn check(name: &str, found: &str) {
    let path = golden(name);
    if std::env::var_os("AGORA_BLESS").is_some() {
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("the folder can be made");
        std::fs::write(&path, found).expect("the golden file can be written");
        return;
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    if let Some((n, (old, new))) =
        expected.lines().zip(found.lines()).enumerate().find(|(_, (old, new))| old != new)
    {
        panic!("{name}, line {}:\n  golden {old}\n  now    {new}", n + 1);
    }
    assert_eq!(expected.lines().count(), found.lines().count(), "{name} has another length");
}

fn run(name: &str, seed: Option<u64>) -> Run {
    let mut run = Run::new(catalog::setup(name, seed).expect("a built-in scenario is legal"));
    while run.advance() {}
    run
}

/// Writes an event on one line: virtual time, who, what, and its short fields.
fn line(text: &mut String, event: &Value) {
    let micros = event["time_us"].as_u64().unwrap_or(0);
    let (actor, kind) =
        (event["actor"].as_str().unwrap_or(""), event["kind"].as_str().unwrap_or(""));
    let cause = event["cause"].as_u64().map_or(String::new(), |cause| format!(" < {cause}"));
    write!(text, "[{:>10.6}] {} ({actor}) {kind}", micros as f64 / 1e6, event["id"])
        .expect("text grows");
    for (name, value) in event.as_object().into_iter().flatten() {
        let shown = match value {
            Value::String(word) if word.len() <= 48 => word.clone(),
            Value::Number(number) => number.to_string(),
            Value::Bool(truth) => truth.to_string(),
            _ => continue,
        };
        if !matches!(name.as_str(), "id" | "turn" | "time_us" | "actor" | "kind" | "cause") {
            write!(text, " {name}={shown}").expect("text grows");
        }
    }
    text.push_str(&cause);
    text.push('\n');
}

#[test]
fn golden_traces() {
    for built_in in BUILT_IN {
        let run = run(built_in.name, None);
        let writer = Writer { world: run.world(), log: run.log(), store: run.store() };
        let mut text = String::new();
        for record in run.log().records(0..run.log().len()) {
            line(&mut text, &writer.event(&record));
        }
        check(&format!("{}.trace", built_in.name), &text);
    }
}

#[test]
fn golden_digests() {
    let mut text = format!("engine {ENGINE_VERSION}\n");
    for built_in in BUILT_IN {
        for seed in 0..SEEDS {
            let run = run(built_in.name, Some(seed));
            writeln!(text, "{} {seed} {} {}", built_in.name, run.turn().0, run.log().digest())
                .expect("text grows");
        }
    }
    check("digests.txt", &text);
}

#[test]
fn built_in_scenarios_hold_every_invariant() {
    for built_in in BUILT_IN {
        let mut run = Run::new(catalog::setup(built_in.name, None).expect("legal"));
        let mut watch = Watch::default();
        while run.advance() {
            watch.look(&run);
        }
        assert_eq!(watch.finish(&run), Vec::<String>::new(), "{}", built_in.name);
        assert!(run.world().tasks.iter().all(|task| task.ended.is_some()), "{}", built_in.name);
    }
}

#[test]
fn seeds_change_luck_and_nothing_is_drawn_twice_the_same() {
    let digests: std::collections::BTreeSet<String> =
        (0..SEEDS).map(|seed| run("competition", Some(seed)).log().digest().to_string()).collect();
    assert_eq!(digests.len() as u64, SEEDS);
}
