//! Exports: what each format must hold of a run, at its end and on the way.
//!
//! The page's tests hand the same texts to the tools they are for.

use std::collections::{BTreeMap, BTreeSet};

use agora::export::format::{Format, export};
use agora::model::id::TurnIx;
use agora::session::catalog::{self, BUILT_IN};
use agora::session::{Session, random, wiring};
use agora::sim::run::Setup;
use serde_json::{Value, json};

/// Calls back with built-in and random sessions, at their ends and on the way.
fn at_some_turns(mut check: impl FnMut(&Session)) {
    let built_in = BUILT_IN.iter().map(|one| catalog::setup(one.name, None).expect("legal"));
    let drawn = (0..40).map(|n| wiring::document(random::scenario(n), None).expect("legal"));
    for setup in built_in.chain(drawn).chain([strange()]) {
        let mut session = Session::new(setup);
        session.extend(20_000);
        let turns = session.turns().0;
        for turn in [0, 1, turns / 3, turns / 2, turns] {
            session.seek(TurnIx(turn));
            check(&session);
        }
    }
}

/// A team whose names are hard on quotation.
fn strange() -> Setup {
    let document = json!({
        "name": "strange", "title": "\"Quotes\" & <angles>; # \\ `ticks`", "as_of": "2026-01-01",
        "domain": "generic",
        "roles": [{"name": "end", "duration_us": 5000, "provides": ["a;b:c"]}, {"name": "x%{y}", "duration_us": 100}],
        "agents": [{"id": "end", "role": "end"}, {"id": "graph", "role": "x%{y}"}],
        "tasks": [{"task_type": "subgraph end", "client": "A \"client\"\nof <two> lines", "subtasks": [
            {"name": "end", "role": "end"},
            {"name": "say \"hi\" --> </b> #35; \\n", "role": "x%{y}", "depends_on": ["end"]},
            {"name": "終わり", "role": "end", "depends_on": ["end"]},
        ]}],
    });
    wiring::document(document, Some(1)).expect("legal")
}

/// One event of a ShiViz log.
struct Clocked {
    host: String,
    clock: BTreeMap<String, u64>,
}

/// Reads a log as ShiViz does by its own expression, `(?<host>\S*) (?<clock>{.*})\n(?<event>.*)`.
fn shiviz(text: &str) -> Vec<Clocked> {
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len() % 2, 0, "two lines an event");
    let event = |pair: &[&str]| {
        let (host, clock) = pair[0].split_once(' ').expect("a host and its clock");
        assert!(!pair[1].is_empty(), "an event has words");
        Clocked { host: host.into(), clock: serde_json::from_str(clock).expect("a JSON clock") }
    };
    lines.chunks(2).map(event).collect()
}

#[test]
fn vector_clocks_are_what_shiviz_calls_valid() {
    at_some_turns(|session| {
        let events = shiviz(&export(session, Format::Shiviz));
        let mut of_host: BTreeMap<&str, Vec<&Clocked>> = BTreeMap::new();
        for event in &events {
            let own = of_host.entry(&event.host).or_default();
            own.push(event);
            assert_eq!(event.clock[&event.host], own.len() as u64, "a host counts its events");
        }
        for event in &events {
            for (host, count) in event.clock.iter().filter(|(host, _)| **host != event.host) {
                // It has seen that event, so it knows all that was known there, and was not seen by it.
                let seen = of_host[host.as_str()][*count as usize - 1];
                for (other, known) in &seen.clock {
                    assert!(event.clock.get(other) >= Some(known), "{host} {count} knew more");
                }
                let me = seen.clock.get(&event.host).copied().unwrap_or(0);
                assert!(me < event.clock[&event.host], "two events before each other");
            }
            let own = event.clock[&event.host] as usize;
            if let Some(before) = own.checked_sub(2).map(|at| of_host[event.host.as_str()][at]) {
                assert!(before.clock.iter().all(|(host, known)| event.clock[host] >= *known));
            }
        }
    });
}

#[test]
fn a_message_that_was_read_orders_its_reader_behind_its_sender() {
    let mut session = Session::new(catalog::setup("walkthrough", None).expect("legal"));
    session.extend(20_000);
    session.seek(session.turns());
    let events = shiviz(&export(&session, Format::Shiviz));
    let last = events.iter().rev().find(|event| event.host == "orchestrator").expect("it acts");
    let world = session.world();
    let holders: BTreeSet<&str> =
        world.subtasks.iter().filter_map(|state| Some(world.agent_id(state.holder?))).collect();
    assert!(holders.len() == 3, "{holders:?}");
    assert!(holders.iter().all(|agent| last.clock[*agent] > 5), "{:?}", last.clock);
}

#[test]
fn a_trace_has_slices_that_do_not_overlap_and_arrows_with_two_ends() {
    at_some_turns(|session| {
        let trace: Value = serde_json::from_str(&export(session, Format::Trace)).expect("JSON");
        let events = trace["traceEvents"].as_array().expect("a list");
        let mut threads: BTreeMap<u64, Vec<(u64, u64)>> = BTreeMap::new();
        let mut named = BTreeSet::new();
        let (mut starts, mut ends) = (BTreeMap::new(), BTreeMap::new());
        for event in events {
            let number = |field: &str| event[field].as_u64().unwrap_or_else(|| panic!("{event}"));
            assert!(event["name"].is_string() && number("pid") == 1, "{event}");
            let thread = number("tid");
            match event["ph"].as_str().expect("a phase") {
                "M" => {
                    named.insert(thread);
                }
                "X" => {
                    let (start, end) = (number("ts"), number("ts") + number("dur"));
                    assert!(named.contains(&thread) && end <= session.world().now.0, "{event}");
                    threads.entry(thread).or_default().push((start, end));
                }
                "s" => assert!(starts.insert(number("id"), number("ts")).is_none()),
                "f" => assert!(ends.insert(number("id"), number("ts")).is_none()),
                "C" => assert!(event["args"]["subtasks"].as_i64() >= Some(0), "{event}"),
                other => panic!("{other} is no phase we write"),
            }
        }
        for slices in threads.values_mut() {
            slices.sort_unstable();
            assert!(slices.windows(2).all(|pair| pair[0].1 <= pair[1].0), "{slices:?}");
        }
        assert!(starts.keys().eq(ends.keys()));
        assert!(starts.iter().all(|(id, start)| *start <= ends[id]));
        let begun = session.log().records(0..session.horizon().at());
        let begun = begun.filter(|record| {
            matches!(record.kind, agora::sim::event::EventKind::SubtaskStarted { .. })
        });
        assert_eq!(threads.values().map(Vec::len).sum::<usize>(), begun.count());
    });
}

#[test]
fn diagrams_hold_every_subtask_dependency_and_message() {
    at_some_turns(|session| {
        let tasks = &session.world().tasks;
        let subtasks: usize = tasks.iter().map(|task| task.planned.plan.len()).sum();
        let edges: usize =
            tasks.iter().flat_map(|task| &task.planned.order.depends_on).map(Vec::len).sum();
        let mermaid = export(session, Format::PlanMermaid);
        assert!(mermaid.starts_with("flowchart LR\n"));
        assert_eq!(mermaid.lines().filter(|line| line.contains("\"]:::")).count(), subtasks);
        assert_eq!(
            mermaid.lines().filter(|line| line.trim().split(' ').nth(1) == Some("-->")).count(),
            edges
        );
        let dot = export(session, Format::PlanDot);
        assert_eq!(dot.matches(" [label=\"").count(), subtasks);
        assert_eq!(
            dot.lines().filter(|line| line.trim().split(' ').nth(1) == Some("->")).count(),
            edges
        );
        let sequence = export(session, Format::Sequence);
        assert!(sequence.len() < 50_000 && sequence.starts_with("sequenceDiagram\n"));
        let sent = session.log().records(0..session.horizon().at());
        let sent = sent.filter(|record| {
            matches!(record.kind, agora::sim::event::EventKind::MessageSent { .. })
        });
        let drawn = sequence.lines().filter(|line| !line.contains("participant ")).count() - 1;
        if sequence.contains("left out") {
            assert!(drawn > 200);
        } else {
            assert_eq!(drawn, sent.count());
        }
        let events = export(session, Format::Events);
        assert_eq!(events.lines().count(), session.horizon().at());
    });
}

#[test]
fn formats_are_found_by_their_names_and_named_apart() {
    let session = Session::new(catalog::setup("launch", None).expect("legal"));
    let mut files = BTreeSet::new();
    for format in Format::ALL {
        assert_eq!(Format::of(format.name()), Ok(format));
        assert!(files.insert(format.file_name(&session)) && format.media_type().contains('/'));
    }
    assert!(Format::of("pdf").expect_err("there is none").contains("plan-dot"));
}
