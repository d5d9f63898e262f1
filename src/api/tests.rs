//! Tests of the API: the specification's examples as they stand, every route, every refusal.

use serde_json::{Value, json};

use super::route::{ROUTES, Row};
use super::{Body, Request, Response, handle};
use crate::model::id::TurnIx;
use crate::session::{Session, catalog, team};

fn fresh() -> Session {
    Session::new(team::setup(None).expect("the team is legal"))
}

fn post(session: &mut Session, path: &str, body: Value) -> Response {
    handle(session, &Request::post(format!("{}{path}", super::BASE), body))
}

fn get(session: &mut Session, path: &str) -> Response {
    handle(session, &Request::get(format!("{}{path}", super::BASE)))
}

fn profile() -> Value {
    super::example::body(super::Route::OptimizeFreelancer).expect("an example")["profile_data"]
        .clone()
}

#[track_caller]
fn has(value: &Value, fields: &[&str]) {
    for field in fields {
        assert!(value.get(field).is_some(), "{field} is missing in {value}");
    }
}

/// The bodies of the specification, with real content for what it leaves out.
#[test]
fn the_specifications_examples_are_accepted_as_they_stand() {
    let mut session = fresh();
    let created = post(
        &mut session,
        "/collaborative-task/create",
        json!({
            "task_type": "optimize_freelancer_profile",
            "description": "Comprehensive optimization",
            "required_agents": ["profile_optimizer", "pricing_strategist", "market_analyst"],
            "input_data": {"freelancer_id": 123, "profile_data": profile()},
            "priority": "HIGH"
        }),
    );
    assert_eq!(created.status, 201, "{}", created.body);
    has(
        &created.body,
        &["task_id", "status", "task_type", "priority", "required_agents", "subtasks"],
    );
    assert_eq!(created.body["warnings"], json!([]));
    let id = created.body["task_id"].as_str().expect("an id").to_owned();
    let path = format!("/collaborative-task/{id}/execute");
    let done = handle(
        &mut session,
        &Request {
            method: "POST".into(),
            path: format!("{}{path}", super::BASE),
            body: Body::None,
        },
    );
    assert_eq!(done.status, 200, "{}", done.body);
    assert_eq!(done.body["status"], "success");
    has(
        &done.body,
        &[
            "agents_involved",
            "collective_recommendation",
            "confidence",
            "coordinator_agent",
            "coordination_quality",
            "turns",
            "makespan_ms",
            "digest",
        ],
    );
    assert_eq!(done.body["coordinator_agent"], "pricing_strategist_01");
    assert_eq!(session.digest().to_string(), done.body["digest"]);
    let again = post(&mut session, &path, json!({}));
    assert_eq!(again.body, done.body, "a finished task gets the same answer again");

    let optimized = post(
        &mut session,
        "/optimize-freelancer/multi-agent",
        json!({"freelancer_id": 123, "profile_data": profile(), "optimization_goals": ["increase_visibility", "optimize_pricing"]}),
    );
    assert_eq!(optimized.status, 200, "{}", optimized.body);
    has(&optimized.body, &["agents_consulted", "confidence", "task_id"]);
    let results = &optimized.body["optimization_results"];
    has(
        results,
        &[
            "profile_improvements",
            "pricing_strategy",
            "market_positioning",
            "priority_actions",
            "estimated_impact",
        ],
    );
    assert!(results["estimated_impact"].is_string() && results["market_positioning"].is_string());
    assert_eq!(
        optimized.body["agents_consulted"],
        json!(["profile_optimizer_01", "pricing_strategist_01", "market_analyst_01"])
    );

    let found = post(
        &mut session,
        "/find-and-apply-jobs/multi-agent",
        json!({"freelancer_id": 123, "freelancer_profile": profile(), "target_categories": ["web_development"], "max_jobs": 5}),
    );
    assert_eq!(found.status, 200, "{}", found.body);
    has(
        &found.body,
        &[
            "recommended_jobs",
            "competition_insights",
            "ready_proposals",
            "success_probability",
            "application_strategy",
        ],
    );

    let career = post(
        &mut session,
        "/career-growth-plan/multi-agent",
        json!({"freelancer_id": 123, "current_stats": profile(), "goals": {"target_rate": 80}, "timeframe_months": 12}),
    );
    assert_eq!(career.status, 200, "{}", career.body);
    has(
        &career.body,
        &[
            "market_trends",
            "pricing_roadmap",
            "career_milestones",
            "integrated_plan",
            "risk_factors",
            "success_indicators",
        ],
    );

    let intelligence = get(&mut session, "/system/intelligence");
    assert_eq!(intelligence.body["total_tasks_completed"], 4);
    assert_eq!(intelligence.body["success_rate"], 1.0);
    assert_eq!(intelligence.body["active_agents"], 8);
    assert_eq!(
        intelligence.body["most_effective_collaborations"][0],
        json!(["pricing_strategist-market_analyst", 3])
    );
    assert_eq!(intelligence.body["emergent_patterns"], json!([]), "four tasks show no pattern");

    let status = get(&mut session, "/agents/status").body;
    assert_eq!((&status["total_agents"], &status["active_agents"]), (&json!(8), &json!(8)));
    has(
        &status["agents"][0],
        &[
            "agent_id",
            "role",
            "performance_score",
            "completed_tasks_count",
            "collaboration_quality",
            "communication_efficiency",
            "knowledge_contribution",
        ],
    );

    let bus = get(&mut session, "/communication/message-bus?limit=5").body;
    let count: u64 = bus["message_type_distribution"]
        .as_object()
        .expect("counts")
        .values()
        .filter_map(Value::as_u64)
        .sum();
    assert_eq!(json!(count), bus["total_messages"]);
    assert_eq!(bus["recent_messages"].as_array().map(Vec::len), Some(5));
    has(
        &bus["recent_messages"][0],
        &["from_agent", "to_agent", "message_type", "payload", "timestamp", "read"],
    );

    let patterns = get(&mut session, "/collaboration/patterns").body;
    has(&patterns, &["most_effective_collaborations", "success_rate", "insights"]);
    let knowledge = get(&mut session, "/knowledge-base/shared").body;
    has(&knowledge, &["total_knowledge_items", "recent_knowledge", "categories"]);
    assert!(knowledge["categories"].as_array().is_some_and(|all| all.contains(&json!("pricing"))));
}

#[test]
fn the_demo_runs_the_specifications_example() {
    let mut session = fresh();
    let before = session.digest();
    let demo = get(&mut session, "/demo/complete-workflow").body;
    assert_eq!(session.digest(), before, "the demo has a session of its own");
    let stages: Vec<&Value> =
        demo["stages"].as_array().expect("stages").iter().map(|stage| &stage["stage"]).collect();
    assert_eq!(stages.len(), 6, "{stages:?}");
    let scores: Vec<f64> = demo["stages"][1]["outcome"]["auctions"]
        .as_array()
        .expect("auctions")
        .iter()
        .filter_map(|auction| auction["bids"][0]["bid_score"].as_f64())
        .map(libm::round)
        .collect();
    assert_eq!(scores, [87.0, 92.0, 85.0], "the example's bids");
    assert_eq!(demo["result"]["coordinator_agent"], "pricing_strategist_01");
    for stage in demo["stages"].as_array().expect("stages") {
        assert!(stage["events"].as_array().is_some_and(|events| !events.is_empty()), "{stage}");
        assert!(stage["narration"].as_array().is_some_and(|said| !said.is_empty()), "{stage}");
    }
}

#[test]
fn reading_changes_nothing() {
    let setup = catalog::setup("competition", None).expect("built in");
    let mut session = Session::new(setup);
    session.extend(1000);
    session.seek(TurnIx(40));
    let state = |session: &Session| {
        (session.digest(), session.turn(), session.turns(), session.log().digest())
    };
    let before = state(&session);
    for Row { path, .. } in ROUTES.iter().filter(|row| row.method == "GET") {
        let path = path.replace("{task_id}", "task_01");
        for query in ["", "?limit=3&query=rate&category=pricing&type=bid", "?nonsense=1&limit=x"] {
            get(&mut session, &format!("{path}{query}"));
            assert_eq!(state(&session), before, "{path}{query}");
        }
    }
}

#[test]
fn every_fault_is_named_with_its_place() {
    let mut session = fresh();
    let answer = post(
        &mut session,
        "/collaborative-task/create",
        json!({
            "task_type": 7,
            "priority": "URGENT",
            "required_agents": ["profile_optimizer", "wizard"],
            "subtasks": [
                {"name": "a", "role": "job_matcher", "depends_on": ["b"]},
                {"name": "b", "role": "sorcerer", "depends_on": ["a"]},
                {"role": "job_matcher"}
            ],
            "input_data": {"profile_data": {"hourly_rate": "much"}, "jobs": "none"}
        }),
    );
    assert_eq!(answer.status, 422, "{}", answer.body);
    let places: Vec<&str> = answer.body["errors"]
        .as_array()
        .expect("errors")
        .iter()
        .filter_map(|fault| fault["pointer"].as_str())
        .collect();
    for place in [
        "/task_type",
        "/priority",
        "/required_agents/1",
        "/subtasks/0/depends_on",
        "/subtasks/1/role",
        "/subtasks/2",
        "/input_data/profile_data/hourly_rate",
    ] {
        assert!(places.contains(&place), "{place} is missing in {places:?}");
    }
    assert_eq!(session.turns(), TurnIx(0), "what is refused changes nothing");
    has(&answer.body, &["type", "title", "status", "detail", "errors"]);
}

#[test]
fn what_is_not_possible_is_refused_by_its_status() {
    let mut session = fresh();
    let ask = |session: &mut Session, method: &str, path: &str, body: Body| {
        handle(session, &Request { method: method.into(), path: path.into(), body })
    };
    let at = |path: &str| format!("{}{path}", super::BASE);
    let text = |text: &str| Body::Bytes(text.as_bytes().to_vec());
    let cases = [
        ("POST", "/collaborative-task/create", text("{"), 400),
        ("POST", "/collaborative-task/create", text(""), 400),
        ("POST", "/collaborative-task/create", text("\u{0}"), 400),
        ("POST", "/collaborative-task/create", Body::None, 400),
        ("POST", "/collaborative-task/create", text("[1]"), 422),
        (
            "POST",
            "/collaborative-task/create",
            Body::Bytes(vec![b' '; super::BODY_BYTES_MAX + 1]),
            413,
        ),
        (
            "POST",
            "/collaborative-task/create",
            Body::Json(json!({"x": "y".repeat(super::BODY_BYTES_MAX)})),
            413,
        ),
        ("GET", "/collaborative-task/task_99", Body::None, 404),
        ("POST", "/collaborative-task/task_99/execute", Body::None, 404),
        ("GET", "/nothing", Body::None, 404),
        ("GET", "", Body::None, 404),
        ("GET", "/agents/status/", Body::None, 404),
        ("DELETE", "/agents/status", Body::None, 405),
        ("DELETE", "/agents/nobody_01", Body::None, 404),
        ("PUT", "/agents", Body::None, 405),
        ("GET", "/collaborative-task/create", Body::None, 405),
        ("POST", "/agents", Body::Json(json!({"role": "wizard", "capacity": 0, "tempo": 2})), 422),
        (
            "POST",
            "/agents",
            Body::Json(json!({"role": "job_matcher", "agent_id": "job_matcher_01"})),
            409,
        ),
        (
            "POST",
            "/career-growth-plan/multi-agent",
            Body::Json(json!({"timeframe_months": 0})),
            422,
        ),
        ("GET", "/communication/message-bus?limit=-1&type=gossip&agent=nobody", Body::None, 422),
    ];
    for (method, path, body, status) in cases {
        let answer = ask(&mut session, method, &at(path), body);
        assert_eq!(answer.status, status, "{method} {path}: {}", answer.body);
        assert_eq!(answer.body["status"], status);
        assert_eq!(answer.media_type(), "application/problem+json");
    }
    let answer = ask(&mut session, "DELETE", &at("/agents/status"), Body::None);
    assert_eq!(answer.allow, ["GET"], "a literal path wins over a pattern");
    let many = get(&mut session, "/communication/message-bus?limit=-1&type=gossip&agent=nobody");
    assert_eq!(many.body["errors"].as_array().map(Vec::len), Some(3));
    assert_eq!(session.turns(), TurnIx(0));
}

#[test]
fn unknown_fields_are_named_and_left_aside() {
    let mut session = fresh();
    let answer = post(
        &mut session,
        "/optimize-freelancer/multi-agent",
        json!({"profile_data": {"title": "Translator", "hourly_rat": 50}, "optimization_goal": ["x"], "surprise": 1}),
    );
    assert_eq!(answer.status, 200, "{}", answer.body);
    let places: Vec<&str> = answer.body["warnings"]
        .as_array()
        .expect("warnings")
        .iter()
        .filter_map(|one| one["pointer"].as_str())
        .collect();
    assert_eq!(places, ["/optimization_goal", "/surprise", "/profile_data/hourly_rat"]);
    let listed = get(&mut session, "/agents/status?verbose=1");
    assert_eq!(listed.body["warnings"][0]["parameter"], "verbose");
}

#[test]
fn agents_join_and_leave_while_tasks_run() {
    let mut session = fresh();
    let added = post(
        &mut session,
        "/agents",
        json!({"role": "pricing_strategist", "performance_score": 99, "capacity": 2, "tempo": 0.75, "capabilities": ["rate_analysis", "pay_benchmarking", "income_modelling"]}),
    );
    assert_eq!(added.status, 201, "{}", added.body);
    assert_eq!(added.body["agent_id"], "pricing_strategist_02");
    let removed = handle(
        &mut session,
        &Request {
            method: "DELETE".into(),
            path: format!("{}/agents/pricing_strategist_01", super::BASE),
            body: Body::None,
        },
    );
    assert_eq!(
        (removed.status, &removed.body["in_team"]),
        (200, &json!(false)),
        "{}",
        removed.body
    );
    let answer =
        post(&mut session, "/optimize-freelancer/multi-agent", json!({"profile_data": profile()}));
    assert!(
        answer.body["agents_consulted"]
            .as_array()
            .is_some_and(|all| all.contains(&json!("pricing_strategist_02"))),
        "{}",
        answer.body
    );
    assert_eq!(get(&mut session, "/agents/status").body["total_agents"], 8);
}

#[test]
fn a_plan_of_ones_own_runs_in_its_order() {
    let mut session = fresh();
    let created = post(
        &mut session,
        "/collaborative-task/create",
        json!({
            "task_type": "second_opinion",
            "input_data": {"profile_data": profile()},
            "subtasks": [
                {"name": "look", "role": "market_analyst"},
                {"name": "price", "role": "pricing_strategist", "depends_on": ["look"]}
            ]
        }),
    );
    assert_eq!(created.status, 201, "{}", created.body);
    assert_eq!(created.body["subtasks"][1]["depends_on"], json!(["task_01.look"]));
    let before = get(&mut session, "/collaborative-task/task_01").body;
    assert_eq!(before["status"], "pending");
    post(&mut session, "/collaborative-task/task_01/execute", json!({}));
    let after = get(&mut session, "/collaborative-task/task_01").body;
    assert_eq!(after["status"], "success", "{after}");
    assert!(after["results"]["task_01.price"].is_object());
}

#[test]
fn executing_never_forks_and_takes_what_is_known() {
    let mut session = fresh();
    post(
        &mut session,
        "/collaborative-task/create",
        json!({"task_type": "optimize_freelancer_profile", "input_data": {"profile_data": profile()}}),
    );
    let done = post(&mut session, "/collaborative-task/task_01/execute", json!({})).body;
    let (turns, digest) = (session.turns(), session.digest());
    session.seek(TurnIx(5));
    let again = post(&mut session, "/collaborative-task/task_01/execute", json!({})).body;
    assert_eq!(again, done);
    assert_eq!((session.turns(), session.digest()), (turns, digest));
    session.seek(TurnIx(0));
    assert_eq!(
        post(&mut session, "/collaborative-task/task_01/execute", json!({})).status,
        404,
        "not created yet"
    );
}

#[test]
fn every_figure_of_an_answer_has_its_origin() {
    let mut session = fresh();
    for (route, path) in [
        (super::Route::OptimizeFreelancer, "/optimize-freelancer/multi-agent"),
        (super::Route::FindAndApply, "/find-and-apply-jobs/multi-agent"),
        (super::Route::CareerGrowth, "/career-growth-plan/multi-agent"),
    ] {
        let answer = post(&mut session, path, super::example::body(route).expect("an example"));
        assert_eq!(answer.status, 200, "{}", answer.body);
        let origins = answer.body["provenance"].as_object().expect("origins").clone();
        for place in origins.keys() {
            assert!(answer.body.pointer(place).is_some(), "{path}: nothing is at {place}");
        }
        let mut bare = Vec::new();
        untagged(&answer.body, "", &origins, &mut bare);
        assert!(bare.is_empty(), "{path}: without an origin: {bare:#?}");
    }
}

/// Gathers the numbers that neither they nor anything above them has an origin for.
fn untagged(
    value: &Value,
    at: &str,
    origins: &serde_json::Map<String, Value>,
    bare: &mut Vec<String>,
) {
    let tagged = origins.contains_key(at) || at.starts_with("/provenance");
    match value {
        _ if tagged => {}
        Value::Number(_) => bare.push(at.to_owned()),
        Value::Array(list) => list
            .iter()
            .enumerate()
            .for_each(|(n, one)| untagged(one, &format!("{at}/{n}"), origins, bare)),
        Value::Object(fields) => fields.iter().for_each(|(name, one)| {
            untagged(one, &format!("{at}/{}", crate::model::schema::escaped(name)), origins, bare)
        }),
        _ => {}
    }
}
