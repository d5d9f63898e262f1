//! Random scenarios and commands, each a function of one number, for properties and fuzzing.

use serde_json::{Value, json};

use crate::kernel::draw::{Draw, Key};

/// Returns a legal scenario of a generic team: its roles, plan, agents, links and faults are drawn.
pub fn scenario(number: u64) -> Value {
    let mut luck = Draw::new(number, "random scenario", &[]);
    let roles = luck.within(1, 5);
    let names: Vec<String> =
        (0..roles).map(|n| format!("role_{}", (b'a' + n as u8) as char)).collect();
    let role_list: Vec<Value> =
        names.iter().enumerate().map(|(n, name)| role(&mut luck, name, n, &names)).collect();
    let mut ids = Vec::new();
    let mut agents = Vec::new();
    for name in &names {
        // Now and then nobody holds a role, so that plans with gaps are tried too.
        let count = if luck.chance(0.06) { 0 } else { luck.within(1, 4) };
        for n in 1..=count {
            ids.push(format!("{name}_{n:02}"));
            agents.push(agent(&mut luck, name));
        }
    }
    if agents.is_empty() {
        ids.push(format!("{}_01", names[0]));
        agents.push(agent(&mut luck, &names[0]));
    }
    let tasks: Vec<Value> = (0..luck.within(1, 4)).map(|n| task(&mut luck, n, &names)).collect();
    let faults: Vec<Value> = (0..luck.below(4)).map(|_| fault(&mut luck, &ids)).collect();
    json!({
        "name": format!("random-{number}"),
        "title": format!("Random scenario {number}"),
        "seed": number & ((1 << 53) - 1),
        "as_of": "2026-01-01",
        "domain": "generic",
        "roles": role_list,
        "agents": agents,
        "links": links(&mut luck, &ids),
        "policies": {
            "allocation": if luck.chance(0.4) { "per_subtask" } else { "per_role" },
            "revisions": luck.chance(0.6),
            "recovery": {
                "on_no_bid": pick(&mut luck, &["reannounce", "relax", "skip"]),
                "attempts_max": luck.below(3),
            },
            "deadlines": {"task_us": luck.within(5_000_000, 60_000_000), "heartbeat_us": luck.within(300_000, 5_000_000)},
        },
        "environment": {"faults": faults},
        "tasks": tasks,
    })
}

fn pick<'a, T>(luck: &mut Draw, list: &'a [T]) -> &'a T {
    &list[luck.below(list.len() as u64) as usize]
}

/// Draws a role that may use what earlier roles provide, so that uses never run in a circle.
fn role(luck: &mut Draw, name: &str, n: usize, names: &[String]) -> Value {
    let uses: Vec<String> = names
        .iter()
        .take(n)
        .filter(|_| luck.chance(0.4))
        .map(|other| format!("{other}.found"))
        .collect();
    json!({
        "name": name,
        "capabilities": (&["one", "two", "three"][..luck.below(4) as usize]),
        "provides": [format!("{name}.found")],
        "uses": uses,
        "duration_us": luck.within(1_000, 1_500_000),
        "quality": luck.below(1001) as f64 / 1000.0,
        "cost_units": luck.below(20),
    })
}

fn agent(luck: &mut Draw, role: &str) -> Value {
    let capacity = luck.within(1, 4);
    json!({
        "role": role,
        "proficiency": luck.below(1001) as f64 / 1000.0,
        "performance_score": luck.below(10_001) as f64 / 100.0,
        "capacity": capacity,
        "busy_slots": luck.below(capacity + 1) * luck.below(2),
        "tempo": luck.below(5) as f64 / 4.0,
        "pace": luck.within(50, 200) as f64 / 100.0,
        "available_from_us": if luck.chance(0.1) { luck.below(500_000) } else { 0 },
    })
}

fn task(luck: &mut Draw, n: u64, roles: &[String]) -> Value {
    let count = luck.within(1, 7);
    let subtasks: Vec<Value> = (0..count)
        .map(|at| {
            let before: Vec<String> =
                (0..at).filter(|_| luck.chance(0.35)).map(|other| format!("s{other}")).collect();
            json!({"name": format!("s{at}"), "role": pick(luck, roles), "depends_on": before})
        })
        .collect();
    json!({
        "name": format!("task {n}"),
        "task_type": "random",
        "priority": pick(luck, &["CRITICAL", "HIGH", "MEDIUM", "LOW"]),
        "at_us": luck.below(3) * luck.below(1_000_000),
        "subtasks": subtasks,
    })
}

fn links(luck: &mut Draw, ids: &[String]) -> Value {
    let span = |luck: &mut Draw, most: u64| {
        let min = luck.below(most);
        json!({"min_us": min, "max_us": min + luck.below(most)})
    };
    let ends: Vec<&str> = ids.iter().map(String::as_str).chain(["*", "orchestrator"]).collect();
    let rules: Vec<Value> = (0..luck.below(3))
        .map(|_| {
            json!({
                "from": pick(luck, &ends),
                "to": pick(luck, &ends),
                "latency": span(luck, 200_000),
                "loss": if luck.chance(0.4) { luck.below(400) as f64 / 1000.0 } else { 0.0 },
                "duplication": if luck.chance(0.4) { luck.below(400) as f64 / 1000.0 } else { 0.0 },
            })
        })
        .collect();
    json!({"latency": span(luck, 20_000), "rules": rules})
}

fn fault(luck: &mut Draw, ids: &[String]) -> Value {
    let kind = *pick(luck, &["crash", "recover", "silence", "slow"]);
    let mut fault = json!({
        "at_us": luck.below(3_000_000),
        "agent_id": pick(luck, ids),
        "kind": kind,
    });
    if kind == "slow" {
        fault["pace"] = json!(luck.within(5, 90) as f64 / 100.0);
    }
    fault
}

/// Returns commands for a run of a scenario, each with the turn before which it is given, in order.
pub fn commands(number: u64, document: &Value, turns: u64) -> Vec<(u32, Value)> {
    let mut luck = Draw::new(number, "random commands", &[Key::Count(turns)]);
    let roles: Vec<&str> = document["roles"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|role| role["name"].as_str())
        .collect();
    let ids: Vec<String> = roles.iter().map(|role| format!("{role}_01")).collect();
    let mut commands: Vec<(u32, Value)> = (0..luck.below(5))
        .map(|_| {
            let turn = luck.within(0, turns.max(1)) as u32;
            let role = *pick(&mut luck, &roles);
            let id = pick(&mut luck, &ids);
            let command = match luck.below(8) {
                0 => json!({"kind": "add_agent", "agent": {"role": role}}),
                1 => json!({"kind": "remove_agent", "agent_id": id}),
                2 => json!({"kind": "inject_fault", "agent_id": id, "fault": "crash"}),
                3 => json!({"kind": "inject_fault", "agent_id": id, "fault": "silence"}),
                4 => json!({"kind": "inject_fault", "agent_id": id, "fault": "recover"}),
                5 => json!({"kind": "create_task", "task": {"task_type": "random", "subtasks": [{"name": "only", "role": role}]}}),
                6 => json!({"kind": "set_weights", "weights": {"capability": 0.1, "workload": 0.2, "performance": 0.3, "priority": 0.4}}),
                _ => json!({"kind": "send_message", "to": "*", "message_type": "broadcast", "text": "hello"}),
            };
            (turn, command)
        })
        .collect();
    commands.sort_by_key(|&(turn, _)| turn);
    commands
}
