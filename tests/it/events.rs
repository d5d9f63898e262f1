//! Every event is what the types of events say, from which JavaScript's declarations are made.

use std::collections::BTreeSet;

use agora::cli::schema::{What, text};
use agora::export::event_lines::Writer;
use agora::export::event_type::EventLine;
use agora::session::{Session, catalog, random, wiring};
use agora::sim::command::Command;
use serde_json::{Value, json};

/// Writes every number as a float, so that 1 and 1.0 are alike.
fn floats(value: &mut Value) {
    match value {
        Value::Number(number) => *value = json!(number.as_f64()),
        Value::Array(list) => list.iter_mut().for_each(floats),
        Value::Object(fields) => fields.values_mut().for_each(floats),
        _ => {}
    }
}

/// Holds a session's events against their types; a field too many or too few would not come back.
fn check(session: &Session, seen: &mut BTreeSet<String>) {
    let (world, log, store) = (session.head(), session.log(), session.store());
    let writer = Writer { world, log, store };
    for record in log.records(0..log.len()) {
        let mut written = writer.event(&record);
        let read: EventLine = serde_json::from_value(written.clone())
            .unwrap_or_else(|error| panic!("{error}: {written}"));
        let mut back = serde_json::to_value(&read).expect("plain data");
        floats(&mut written);
        floats(&mut back);
        assert_eq!(back, written);
        let kind = written["kind"].as_str().expect("a kind");
        seen.insert(kind.to_owned());
        if let Some(message) = written["type"].as_str().filter(|_| kind == "message_sent") {
            seen.insert(message.to_owned());
        }
    }
}

/// Commands of every kind that the built-in team takes.
fn commands() -> Vec<Command> {
    let all = [
        json!({"kind": "add_agent", "agent": {"role": "profile_optimizer"}}),
        json!({"kind": "inject_fault", "agent_id": "market_analyst_01", "fault": "slow", "pace": 0.5}),
        json!({"kind": "set_weights", "weights": {"capability": 0.4, "workload": 0.2, "performance": 0.3, "priority": 0.1}}),
        json!({"kind": "set_link", "link": {"from": "*", "to": "orchestrator", "latency": {"min_us": 5, "max_us": 9}}}),
        json!({"kind": "update_market_data", "rows": {"demand": {}}}),
        json!({"kind": "send_message", "to": "*", "message_type": "broadcast", "text": "hello"}),
        json!({"kind": "send_message", "to": "market_analyst_01", "message_type": "data_share", "text": "hello"}),
        json!({"kind": "send_message", "to": "market_analyst_01", "message_type": "status_update", "text": "hello"}),
        json!({"kind": "set_priority", "task_id": "task_01", "priority": "LOW"}),
        json!({"kind": "remove_agent", "agent_id": "career_planner_01"}),
    ];
    all.into_iter().map(|one| serde_json::from_value(one).expect("a command")).collect()
}

#[test]
fn every_event_is_what_its_type_says() {
    let mut seen = BTreeSet::new();
    for built_in in catalog::BUILT_IN {
        let mut session = Session::new(catalog::setup(built_in.name, None).expect("legal"));
        session.extend(20_000);
        check(&session, &mut seen);
    }
    let mut session = Session::new(catalog::setup("walkthrough", None).expect("legal"));
    for _ in 0..12 {
        session.step();
    }
    for command in commands() {
        session.command(&command).unwrap_or_else(|faults| panic!("{command:?}: {faults:?}"));
    }
    while session.step() {}
    check(&session, &mut seen);
    for number in 0..150 {
        let setup = wiring::document(random::scenario(number), None).expect("legal");
        let mut session = Session::new(setup);
        session.extend(20_000);
        check(&session, &mut seen);
    }
    // Each kind and type that is declared has been met.
    let declared = text(What::Typescript).expect("declarations");
    let events = declared.split("export type AgoraEvent").nth(1).expect("events");
    let events = events.split("\n});").next().expect("their end");
    let named = |field: &str| -> BTreeSet<String> {
        let lines = events.lines().filter_map(|line| line.trim().strip_prefix(field));
        lines.map(|line| line.trim_matches([' ', '"', ';']).to_owned()).collect()
    };
    let kinds = named("kind:");
    assert!(kinds.len() >= 35, "{kinds:?}");
    let missed: Vec<String> = kinds.into_iter().filter(|kind| !seen.contains(kind)).collect();
    assert_eq!(missed, Vec::<String>::new());
}

#[test]
fn the_declarations_that_ship_are_current() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web/agora.d.ts");
    let made = text(What::Typescript).expect("declarations");
    if std::env::var_os("AGORA_BLESS").is_some() {
        std::fs::write(&path, &made).expect("the declarations can be written");
    }
    let shipped = std::fs::read_to_string(&path).expect("src/web/agora.d.ts");
    assert!(
        shipped.trim() == made.trim(),
        "run `AGORA_BLESS=1 cargo test --no-default-features declarations`"
    );
}
