//! The protocol of a task, in small teams made for one point each.

use agora::export::event_lines::Writer;
use agora::session::{catalog, wiring};
use agora::sim::command::Command;
use agora::sim::invariant::Watch;
use agora::sim::run::Run;
use serde_json::{Value, json};

/// A team of one role, `worker`, whose plan is one subtask.
fn team(agents: Value) -> Value {
    json!({
        "name": "small", "title": "Small", "as_of": "2026-01-01", "domain": "generic",
        "roles": [{"name": "worker", "capabilities": ["work"], "provides": ["found"], "duration_us": 100_000}],
        "agents": agents,
        "tasks": [{"name": "t", "task_type": "any", "priority": "HIGH", "subtasks": [{"name": "s", "role": "worker"}]}],
    })
}

/// Runs a scenario under all invariants and returns its events.
fn events(document: Value) -> Vec<Value> {
    let mut run = Run::new(wiring::document(document, None).expect("legal"));
    let mut watch = Watch::default();
    while run.advance() {
        watch.look(&run);
    }
    assert_eq!(watch.finish(&run), Vec::<String>::new());
    lines(&run)
}

fn lines(run: &Run) -> Vec<Value> {
    let writer = Writer { world: run.world(), log: run.log(), store: run.store() };
    run.log().records(0..run.log().len()).map(|record| writer.event(&record)).collect()
}

fn of<'a>(events: &'a [Value], kind: &str) -> Vec<&'a Value> {
    events.iter().filter(|event| event["kind"] == kind).collect()
}

fn messages<'a>(events: &'a [Value], kind: &str) -> Vec<&'a Value> {
    of(events, "message_sent").into_iter().filter(|event| event["type"] == kind).collect()
}

#[test]
fn ties_go_to_the_id_that_sorts_first_and_are_recorded() {
    let events = events(team(
        json!([{"id": "worker_10", "role": "worker"}, {"id": "worker_09", "role": "worker"}]),
    ));
    let awarded = of(&events, "awarded");
    assert_eq!(
        (awarded.len(), &awarded[0]["agent_id"], &awarded[0]["tied"]),
        (1, &json!("worker_09"), &json!(true))
    );
}

#[test]
fn refusals_say_why() {
    let agents = json!([
        {"role": "worker", "proficiency": 0.1},
        {"role": "worker", "capacity": 2, "busy_slots": 2},
        {"role": "worker", "available_from_us": 1_000_000},
        {"role": "worker"},
    ]);
    let events = events(team(agents));
    let refusals = messages(&events, "refusal");
    let reasons: Vec<&str> =
        refusals.iter().filter_map(|refusal| refusal["payload"]["reason"].as_str()).collect();
    assert_eq!(reasons, ["not_capable", "at_capacity", "not_available"]);
    assert!(refusals.iter().all(|refusal| refusal["performative"] == "refuse"));
    assert_eq!(of(&events, "awarded")[0]["agent_id"], "worker_04");
}

#[test]
fn a_late_bid_is_rejected_as_late_and_never_awarded() {
    let mut document = team(
        json!([{"role": "worker", "proficiency": 1.0}, {"role": "worker", "proficiency": 0.5}]),
    );
    document["links"] = json!({"rules": [{"from": "worker_01", "to": "orchestrator", "latency": {"min_us": 300_000, "max_us": 300_000}}]});
    let events = events(document);
    let awarded = of(&events, "awarded");
    assert_eq!((awarded.len(), &awarded[0]["agent_id"]), (1, &json!("worker_02")));
    assert_eq!(awarded[0]["time_us"], 150_000, "the auction waits for its deadline");
    let rejected = messages(&events, "rejection");
    assert_eq!(
        (rejected.len(), &rejected[0]["to"], &rejected[0]["payload"]["reason"]),
        (1, &json!("worker_01"), &json!("late"))
    );
}

#[test]
fn an_auction_that_all_have_answered_does_not_wait() {
    let events = events(team(json!([{"role": "worker"}, {"role": "worker", "busy_slots": 4}])));
    assert_eq!(of(&events, "awarded")[0]["time_us"], 20_000);
}

#[test]
fn an_award_beyond_capacity_is_declined_and_the_next_best_wins_in_the_same_conversation() {
    let mut run = Run::new(catalog::setup("eager-bidder", None).expect("built in"));
    while run.advance() {}
    let events = lines(&run);
    let declined = messages(&events, "decline");
    assert_eq!((declined.len(), &declined[0]["from"]), (1, &json!("pricing_strategist_01")));
    let auction = &declined[0]["conversation"];
    let awards: Vec<&str> = of(&events, "awarded")
        .into_iter()
        .filter(|award| award["auction_id"] == *auction)
        .filter_map(|award| award["agent_id"].as_str())
        .collect();
    assert_eq!(awards, ["pricing_strategist_01", "pricing_strategist_02"]);
    assert!(of(&events, "task_completed").iter().all(|task| task["status"] == "success"));
}

#[test]
fn independent_subtasks_overlap_and_dependent_ones_do_not() {
    let plan = json!([{"name": "a", "role": "worker"}, {"name": "b", "role": "worker"}, {"name": "c", "role": "worker", "depends_on": ["a", "b"]}]);
    let mut document = team(json!([{"role": "worker"}]));
    document["tasks"][0]["subtasks"] = plan;
    let events = events(document);
    let time = |kind: &str, name: &str| {
        of(&events, kind)
            .into_iter()
            .find(|event| event["subtask_id"] == format!("task_01.{name}"))
            .and_then(|event| event["time_us"].as_u64())
            .expect("it happened")
    };
    assert_eq!(time("subtask_started", "a"), time("subtask_started", "b"));
    assert_eq!(time("work_finished", "a") - time("subtask_started", "a"), 100_000);
    assert!(
        time("subtask_started", "c")
            >= time("subtask_completed", "a").max(time("subtask_completed", "b"))
    );
}

/// Two roles in parallel; `reader` uses what `writer` provides, and is done first.
fn race(revisions: bool) -> Vec<Value> {
    let document = json!({
        "name": "race", "title": "Race", "as_of": "2026-01-01", "domain": "generic",
        "roles": [
            {"name": "writer", "provides": ["fact"], "duration_us": 400_000, "quality": 0.9},
            {"name": "reader", "provides": ["view"], "uses": ["fact"], "duration_us": 100_000, "quality": 0.9},
        ],
        "agents": [{"role": "writer"}, {"role": "reader"}],
        "policies": {"revisions": revisions},
        "tasks": [{"name": "t", "task_type": "any", "subtasks": [{"name": "w", "role": "writer"}, {"name": "r", "role": "reader"}]}],
    });
    events(document)
}

#[test]
fn with_revisions_an_answer_follows_what_it_used() {
    let events = race(true);
    let revised = of(&events, "result_revised");
    assert_eq!(revised.len(), 1);
    assert_eq!(revised[0]["actor"], "reader_01");
    let read = of(&events, "knowledge_read");
    assert_eq!((read.len(), &read[0]["by"]), (1, &json!("reader_01")));
    assert!(revised[0]["reads"].as_array().is_some_and(|reads| reads.len() == 1));
    assert_eq!(messages(&events, "revision").len(), 1);
    assert!(revised[0]["id"].as_u64() < of(&events, "answer_made")[0]["id"].as_u64());
}

#[test]
fn without_revisions_what_was_there_counts() {
    let events = race(false);
    assert!(of(&events, "result_revised").is_empty() && of(&events, "knowledge_read").is_empty());
}

#[test]
fn a_role_that_nobody_holds_leaves_a_partial_result_that_says_what_is_missing() {
    let document = json!({
        "name": "gap", "title": "Gap", "as_of": "2026-01-01", "domain": "generic",
        "roles": [{"name": "worker", "duration_us": 1000}, {"name": "ghost", "duration_us": 1000}],
        "agents": [{"role": "worker"}],
        "tasks": [{"name": "t", "task_type": "any", "subtasks": [
            {"name": "a", "role": "worker"}, {"name": "b", "role": "ghost"}, {"name": "c", "role": "worker", "depends_on": ["b"]}]}],
    });
    let events = events(document);
    let missing: Vec<(&str, &str)> = of(&events, "subtask_missing")
        .iter()
        .filter_map(|event| Some((event["subtask_id"].as_str()?, event["reason"].as_str()?)))
        .collect();
    assert_eq!(missing, [("task_01.b", "no_agent"), ("task_01.c", "dependency")]);
    assert_eq!(of(&events, "task_completed")[0]["status"], "partial");
}

/// Crashes each agent of the walkthrough after each turn; every run ends, whole or partial.
#[test]
fn whoever_crashes_whenever_the_walkthrough_ends() {
    let mut whole = Run::new(catalog::setup("walkthrough", None).expect("built in"));
    while whole.advance() {}
    for turn in 0..whole.turn().0 {
        for agent in ["profile_optimizer_01", "pricing_strategist_01", "market_analyst_01"] {
            let mut run = Run::new(catalog::setup("walkthrough", None).expect("built in"));
            while run.turn().0 < turn && run.advance() {}
            let crash = Command::InjectFault {
                agent_id: agent.into(),
                fault: agora::sim::scenario::draft::FaultKind::Crash,
                pace: None,
            };
            run.command(&crash).expect("the agent is there");
            let mut watch = Watch::default();
            while run.advance() {
                watch.look(&run);
            }
            assert_eq!(
                watch.finish(&run),
                Vec::<String>::new(),
                "{agent} crashed after turn {turn}"
            );
            assert!(run.world().tasks[0].ended.is_some(), "{agent} crashed after turn {turn}");
        }
    }
}

#[test]
fn a_failed_holder_is_replaced_by_a_new_auction_without_it() {
    let mut document = team(
        json!([{"role": "worker", "proficiency": 1.0}, {"role": "worker"}, {"role": "worker", "proficiency": 0.7}]),
    );
    document["environment"] =
        json!({"faults": [{"at_us": 60_000, "agent_id": "worker_01", "kind": "silence"}]});
    // The one that will be silent does not coordinate: it works for another.
    document["tasks"][0]["subtasks"] = json!([{"name": "s", "role": "worker"}]);
    let events = events(document);
    let ended = of(&events, "task_completed");
    assert_eq!(ended.len(), 1);
    assert_eq!(of(&events, "fault_injected").len(), 1);
}

#[test]
fn what_a_user_does_is_a_turn_and_its_effects_have_it_as_their_cause() {
    let mut run = Run::new(catalog::setup("walkthrough", None).expect("built in"));
    while run.turn().0 < 5 && run.advance() {}
    let turn = run.turn().0;
    run.command(&Command::RemoveAgent { agent_id: "job_matcher_01".into() }).expect("it is there");
    assert_eq!(run.turn().0, turn + 1);
    let last: Vec<Value> =
        lines(&run).into_iter().filter(|event| event["turn"] == turn + 1).collect();
    assert_eq!(
        (&last[0]["kind"], &last[0]["actor"], &last[0]["cause"]),
        (&json!("command_applied"), &json!("user"), &Value::Null)
    );
    assert_eq!((&last[1]["kind"], &last[1]["cause"]), (&json!("agent_removed"), &last[0]["id"]));
    let again = run
        .command(&Command::RemoveAgent { agent_id: "job_matcher_01".into() })
        .expect_err("it is gone");
    assert_eq!(again[0].pointer, "/agent_id");
    assert_eq!(run.turn().0, turn + 1);
}

#[test]
fn every_cause_leads_to_turn_0_or_to_a_command() {
    for built_in in catalog::BUILT_IN {
        let mut run = Run::new(catalog::setup(built_in.name, None).expect("built in"));
        while run.advance() {}
        for record in run.log().records(0..run.log().len()) {
            let mut at = record;
            while let Some(cause) = at.cause {
                assert!(cause < at.id);
                at = run.log().record(cause).expect("a cause is an event");
            }
            assert_eq!(
                at.turn.0, 0,
                "{}: event {} leads to event {}",
                built_in.name, record.id.0, at.id.0
            );
        }
    }
}
