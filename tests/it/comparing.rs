//! Two branches side by side, what a turn changed, search, breakpoints and hidden reads: each against brute force.

use std::collections::BTreeMap;

use agora::export::event_lines::Writer;
use agora::kernel::time::Micros;
use agora::model::id::{EventId, TaskIx, TurnIx};
use agora::model::message::MessageType;
use agora::session::branch::{Branch, BranchId};
use agora::session::change::{Subject, changes};
use agora::session::hidden::{OtherOrder, hidden_reads, other_order};
use agora::session::{Session, catalog, random, wiring};
use agora::sim::command::Command;
use agora::sim::event::EventKind;
use agora::text::search::{Query, search};
use agora::view::compare::{Row, compare};
use agora::view::until::{Condition, Metric, run_until};
use serde_json::{Value, json};

fn random_session(number: u64) -> Session {
    Session::new(wiring::document(random::scenario(number), None).expect("legal"))
}

fn built_in(name: &str) -> Session {
    Session::new(catalog::setup(name, None).expect("built in"))
}

fn command(value: Value) -> Command {
    serde_json::from_value(value).expect("a command")
}

/// A session with a branch that an added fault parts from the first.
fn parted(number: u64) -> Session {
    let mut session = random_session(number);
    while session.step() {}
    session.seek(TurnIx(session.turns().0 / 3));
    let agent =
        session.world().agents[number as usize % session.world().agents.len()].spec.id.clone();
    session.fork();
    session.extend(3);
    session.seek(session.turns());
    let _ = session
        .command(&command(json!({"kind": "inject_fault", "agent_id": agent, "fault": "crash"})));
    while session.step() {}
    session
}

fn lines(branch: &Branch) -> Vec<(u32, Value)> {
    let writer = Writer { world: branch.head(), log: branch.log(), store: branch.store() };
    let log = branch.log();
    log.records(0..log.len()).map(|record| (record.turn.0, writer.event(&record))).collect()
}

#[test]
fn a_comparison_says_what_brute_force_finds() {
    let mut parted_runs = 0;
    for number in 400..440 {
        let session = parted(number);
        let (a, b) = (BranchId(0), BranchId(1));
        let sides = [a, b].map(|id| session.branch(id).expect("it is there"));
        let at_end = |side: &Branch| session.beside(side.id(), side.turns()).expect("it is there");
        let [of_a, of_b] = sides.map(lines);
        let told = compare(&at_end(sides[0]), &at_end(sides[1]));
        let rows = |title: &str| -> Vec<&Row> {
            let groups = told.groups.iter().filter(|group| group.title == title);
            groups.flat_map(|group| &group.rows).collect()
        };
        let by_turn = |lines: &[(u32, Value)], turn: u32| -> Vec<Value> {
            lines.iter().filter(|(at, _)| *at == turn).map(|(_, event)| event.clone()).collect()
        };
        let last = sides[0].turns().max(sides[1].turns()).0;
        let first = (0..=last).find(|turn| by_turn(&of_a, *turn) != by_turn(&of_b, *turn));
        assert_eq!(told.first, first.map(u64::from), "random-{number}");
        let Some(first) = first else { continue };
        parted_runs += 1;
        assert!(session.common(a, b) < TurnIx(first));
        let sent = |lines: &[(u32, Value)], kind: &str| {
            let is_sent = |event: &Value| event["kind"] == "message_sent" && event["type"] == kind;
            lines.iter().filter(|(_, event)| is_sent(event)).count()
        };
        for kind in MessageType::ALL {
            let counted = (sent(&of_a, kind.name()), sent(&of_b, kind.name()));
            let words = kind.name().replace('_', " ");
            let row =
                rows("Messages").into_iter().find(|row| row.what.eq_ignore_ascii_case(&words));
            let (in_a, in_b) = counted;
            assert_eq!(row.is_some(), in_a != in_b, "random-{number} {words}: {counted:?}");
            if let Some(row) = row {
                assert_eq!((&row.a, &row.b), (&in_a.to_string(), &in_b.to_string()), "{words}");
            }
        }
        let ended = |lines: &[(u32, Value)]| -> BTreeMap<String, String> {
            let ended = lines.iter().filter(|(_, event)| event["kind"] == "task_completed");
            let text = |event: &Value, field: &str| event[field].as_str().unwrap_or("").to_owned();
            ended.map(|(_, event)| (text(event, "task_id"), text(event, "status"))).collect()
        };
        let (ended_a, ended_b) = (ended(&of_a), ended(&of_b));
        for row in rows("Results").into_iter().filter(|row| !row.what.contains(',')) {
            for (said, ended) in [(&row.a, &ended_a), (&row.b, &ended_b)] {
                let found = ended.get(&row.what).map_or("open", String::as_str);
                // A task that one branch never created has no word there.
                assert!(said.is_empty() || said.starts_with(found), "random-{number} {row:?}");
            }
        }
        let winners = |branch: &Branch| -> Vec<String> {
            let auctions = &branch.head().environment.agent_proposals;
            auctions
                .iter()
                .filter_map(|auction| auction.winner())
                .map(|agent| branch.head().agent_id(agent).to_owned())
                .collect()
        };
        if rows("Awards").iter().all(|row| !row.differs) {
            assert_eq!(winners(sides[0]), winners(sides[1]), "random-{number}");
        }
        let cost = |branch: &Branch| {
            let milli: u64 = branch.head().agents.iter().map(|agent| agent.milli_units).sum();
            milli as f64 / 1000.0
        };
        let units = rows("Cost").into_iter().find(|row| row.what == "units").expect("a row");
        for (said, branch) in [(&units.a, sides[0]), (&units.b, sides[1])] {
            let said: f64 = said.replace('\u{202f}', "").parse().expect("a number");
            assert!((said - cost(branch)).abs() < 0.006, "random-{number}: {said}");
        }
        assert!(
            told.groups
                .iter()
                .flat_map(|group| &group.rows)
                .all(|row| row.differs == (row.a != row.b))
        );
    }
    assert!(parted_runs > 30, "{parted_runs}");
    let session = parted(400);
    let side = session.beside(BranchId(1), TurnIx(u32::MAX)).expect("it is there");
    let same = compare(&side, &side);
    assert!(same.first.is_none());
    assert!(same.groups.iter().flat_map(|group| &group.rows).all(|row| !row.differs));
}

#[test]
fn a_turns_changes_are_all_that_differs_between_two_worlds() {
    for number in 500..508 {
        let mut session = random_session(number);
        while session.step() {}
        for turn in (1..=session.turns().0).map(TurnIx) {
            let told = changes(&session, turn);
            // What an event is bound to change is among what is told.
            for record in session.log().records(session.log().span(turn)) {
                let about = |subject: Subject| told.iter().any(|change| change.subject == subject);
                let shown = match record.kind {
                    EventKind::AuctionOpened { auction, .. }
                    | EventKind::Awarded { auction, .. } => about(Subject::Auction(auction)),
                    EventKind::SubtaskStarted { subtask, .. }
                    | EventKind::SubtaskCompleted { subtask, .. } => {
                        about(Subject::Subtask(subtask))
                    }
                    EventKind::SlotHeld { agent, .. }
                    | EventKind::PerformanceUpdated { agent, .. } => about(Subject::Agent(agent)),
                    EventKind::KnowledgeAdded { knowledge, .. } => {
                        about(Subject::Knowledge(knowledge))
                    }
                    EventKind::TaskCompleted { task, .. } | EventKind::TaskCreated { task, .. } => {
                        about(Subject::Task(task))
                    }
                    EventKind::MessageSent { .. } | EventKind::MessageRead { .. } => {
                        about(Subject::Run)
                    }
                    _ => true,
                };
                assert!(shown, "random-{number} turn {}: {:?} in {told:?}", turn.0, record.kind);
            }
            assert!(told.iter().all(|change| change.from != change.to));
            let sentences =
                told.iter().map(|change| agora::text::change::sentence(&session, change));
            assert!(sentences.into_iter().all(|sentence| sentence.len() > 8));
        }
        // All changes in a row lead from nothing to the world at the end, as it says at once.
        let mut state = BTreeMap::new();
        for turn in (0..=session.turns().0).map(TurnIx) {
            for change in changes(&session, turn) {
                let before = match change.to {
                    Some(to) => state.insert((change.subject, change.field), to),
                    None => state.remove(&(change.subject, change.field)),
                };
                assert_eq!(before, change.from, "random-{number} turn {}", turn.0);
            }
        }
        let ended =
            session.world().tasks.iter().filter(|task| task.ended.is_some()).count().to_string();
        assert_eq!(state.get(&(Subject::Run, "ended_tasks")), Some(&ended));
    }
}

#[test]
fn search_finds_what_a_filter_finds_in_slices_too() {
    let mut session = built_in("competition");
    while session.step() {}
    let all = lines(session.current());
    type Fits<'a> = &'a dyn Fn(&Value) -> bool;
    let cases: [(&str, Fits<'_>); 4] = [
        ("kind:awarded", &|event| event["kind"] == "awarded"),
        ("type:bid", &|event| {
            event["kind"] == "message_sent"
                && event["type"] == "bid"
                && event.get("duplicate_of").is_none()
        }),
        ("kind:message_sent agent:orchestrator type:award", &|event| event["type"] == "award"),
        ("kind:subtask_started", &|event| event["kind"] == "subtask_started"),
    ];
    for (text, fits) in cases {
        let expected: Vec<u64> = all
            .iter()
            .filter(|(_, event)| fits(event))
            .filter_map(|(_, event)| event["id"].as_u64())
            .collect();
        assert!(!expected.is_empty(), "{text}");
        let query = Query::parse(text);
        let mut found = Vec::new();
        let mut next = Some(EventId(0));
        while let Some(from) = next {
            let slice = search(&session, &query, from, 3, 17);
            found.extend(slice.hits.iter().map(|hit| u64::from(hit.event.0)));
            next = slice.next;
        }
        assert_eq!(found, expected, "{text}");
    }
    let words = search(&session, &Query::parse("WINS score"), EventId(0), 100, 1_000_000);
    assert!(!words.hits.is_empty() && words.hits.iter().all(|hit| hit.sentence.contains("wins")));
    assert!(
        search(&session, &Query::parse("agent:nobody"), EventId(0), 9, 1_000_000).hits.is_empty()
    );
}

#[test]
fn a_session_stops_where_a_condition_holds_for_the_first_time() {
    let mut session = built_in("competition");
    let stop = run_until(&mut session, &Condition::Event(Query::parse("kind:awarded")), 10_000)
        .expect("it happens");
    let event = stop.event.expect("an event");
    assert!(matches!(session.log().kind(event), Some(EventKind::Awarded { .. })));
    assert_eq!(
        (session.turn(), session.turns()),
        (stop.turn, stop.turn),
        "no turn more was needed"
    );
    let earlier = session
        .log()
        .records(0..event.at())
        .any(|record| matches!(record.kind, EventKind::Awarded { .. }));
    assert!(!earlier);
    session.seek(TurnIx(0));
    let stop =
        run_until(&mut session, &Condition::Phase(TaskIx(0), 5), 10_000).expect("it aggregates");
    assert!(session.log().records(session.log().span(stop.turn)).count() > 0);
    session.seek(TurnIx(0));
    let crossing = Condition::Crossing(Metric::TasksCompleted, 1.0);
    let stop = run_until(&mut session, &crossing, 10_000).expect("a task ends");
    let ends = session
        .log()
        .records(session.log().span(stop.turn))
        .any(|record| matches!(record.kind, EventKind::TaskCompleted { .. }));
    assert!(ends);
    assert_eq!(
        run_until(&mut session, &Condition::Event(Query::parse("kind:agent_removed")), 10_000),
        None
    );
}

/// Two roles in parallel; `reader` uses what `writer` provides.
fn race(revisions: bool, writer_us: u64, reader_us: u64) -> Session {
    let document = json!({
        "name": "race", "title": "Race", "as_of": "2026-01-01", "domain": "generic",
        "roles": [
            {"name": "writer", "provides": ["fact"], "duration_us": writer_us, "quality": 0.9},
            {"name": "reader", "provides": ["view"], "uses": ["fact"], "duration_us": reader_us, "quality": 0.9},
        ],
        "agents": [{"role": "writer"}, {"role": "reader"}],
        "policies": {"revisions": revisions},
        "tasks": [{"name": "t", "task_type": "any", "subtasks": [{"name": "w", "role": "writer"}, {"name": "r", "role": "reader"}]}],
    });
    let mut session = Session::new(wiring::document(document, None).expect("legal"));
    while session.step() {}
    session
}

#[test]
fn hidden_reads_are_found_and_tried_in_the_other_order() {
    let task = TaskIx(0);
    let session = race(false, 100_000, 400_000);
    let reads = hidden_reads(&session, task);
    assert_eq!(reads.len(), 1);
    assert!(!reads[0].in_revision);
    let without = other_order(&session, task, &reads[0]);
    assert_eq!(without, OtherOrder::OtherAnswer, "without revisions the order shows in the answer");
    let session = race(true, 100_000, 400_000);
    let reads = hidden_reads(&session, task);
    assert_eq!(
        other_order(&session, task, &reads[0]),
        OtherOrder::SameAnswer,
        "a revision mends it"
    );
    let session = race(true, 400_000, 100_000);
    let reads = hidden_reads(&session, task);
    assert_eq!((reads.len(), reads[0].in_revision), (1, true));
    assert_eq!(other_order(&session, task, &reads[0]), OtherOrder::SameAnswer);
    let mut tried = 0;
    for number in 600..640 {
        let mut session = random_session(number);
        while session.step() {}
        for task in (0..session.world().tasks.len()).map(TaskIx::from) {
            for read in hidden_reads(&session, task) {
                assert!(read.event < session.horizon());
                tried += usize::from(other_order(&session, task, &read) != OtherOrder::NotTried);
            }
        }
    }
    assert!(tried > 5, "{tried} reads were tried");
    let mut early = race(false, 100_000, 400_000);
    early.seek(TurnIx(2));
    assert!(hidden_reads(&early, task).is_empty() && early.world().now < Micros(100_000));
}
