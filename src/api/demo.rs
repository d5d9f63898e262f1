//! The example from task to result, really run, in a session of its own that is thrown away.

use serde::Serialize;
use serde_json::{Value, json};

use super::Response;
use super::answer::Turns;
use super::execution::{self, Execution};
use super::problem::Problem;
use super::task;
use crate::export::event_lines::Writer;
use crate::model::id::{TaskIx, TurnIx};
use crate::session::{Session, catalog};
use crate::sim::event::EventKind;
use crate::text;

/// The scenario that is run.
const SCENARIO: &str = "walkthrough";

/// Turns after which the example is given up.
const TURNS_MAX: u32 = 100_000;

/// A whole task, stage by stage.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct CompleteWorkflow {
    /// The scenario that was run.
    pub scenario: String,
    /// Its seed.
    pub seed: u64,
    /// The stages, in order.
    pub stages: Vec<Stage>,
    /// How it ended.
    pub result: Execution,
    /// The digest after the last turn.
    pub digest: String,
}

/// One stage.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Stage {
    /// Which one, from 1.
    pub step: usize,
    /// Its name.
    pub stage: &'static str,
    /// The first and last turn with something of it; stages overlap.
    pub turns: Turns,
    /// What its turns did, in words.
    pub narration: Vec<String>,
    /// What came of it.
    pub outcome: Value,
    /// Its events, as `agora run --events` writes them.
    #[cfg_attr(
        not(target_arch = "wasm32"),
        schemars(with = "Vec<crate::export::event_type::EventLine>")
    )]
    pub events: Vec<Value>,
}

/// Says whether an event belongs to a stage.
type Belongs = fn(EventKind) -> bool;

/// The stages, with the events that belong to each.
const STAGES: [(&str, Belongs); 6] = [
    ("Task Creation", |kind| matches!(kind, EventKind::TaskCreated { .. })),
    ("Agent Bidding", |kind| {
        matches!(
            kind,
            EventKind::AuctionOpened { .. }
                | EventKind::Awarded { .. }
                | EventKind::SlotHeld { .. }
        )
    }),
    ("Task Decomposition", |kind| {
        matches!(
            kind,
            EventKind::SubtaskPlanned { .. }
                | EventKind::SubtaskAssigned { .. }
                | EventKind::CoordinatorSelected { .. }
        )
    }),
    ("Distributed Execution", |kind| {
        matches!(
            kind,
            EventKind::SubtaskStarted { .. }
                | EventKind::WorkFinished { .. }
                | EventKind::SubtaskCompleted { .. }
        )
    }),
    ("Inter-Agent Communication", |kind| {
        matches!(kind, EventKind::KnowledgeAdded { .. } | EventKind::KnowledgeRead { .. })
            || matches!(kind, EventKind::MessageSent { kind, .. } if shares(kind))
    }),
    ("Collective Intelligence", |kind| {
        matches!(
            kind,
            EventKind::SynergyFound { .. }
                | EventKind::ConflictFound { .. }
                | EventKind::ConflictResolved { .. }
                | EventKind::AnswerMade { .. }
                | EventKind::TaskCompleted { .. }
        )
    }),
];

fn shares(kind: crate::model::message::MessageType) -> bool {
    use crate::model::message::MessageType;
    matches!(kind, MessageType::DataShare | MessageType::Broadcast | MessageType::SubtaskCompleted)
}

/// Runs the example.
///
/// # Errors
/// 409 if it does not come to an end, which its tests rule out.
pub fn complete_workflow() -> Result<Response, Problem> {
    let broken = || Problem::conflict("the example cannot be run", Vec::new());
    let setup = catalog::setup(SCENARIO, None)
        .map_err(|faults| Problem::conflict("the example cannot be run", faults))?;
    let seed = setup.seed;
    let mut session = Session::new(setup);
    let mut left = TURNS_MAX;
    while session.world().tasks.is_empty() && left > 0 && session.step() {
        left -= 1;
    }
    let task = TaskIx(0);
    execution::run(&mut session, task)?;
    let finished = execution::finished(&session, task).ok_or_else(broken)?;
    let result = execution::execution(&session, &finished);
    let view = task::view(&session, task, finished.state);
    let view = serde_json::to_value(view).unwrap_or(Value::Null);
    let stages = STAGES.iter().enumerate().map(|(at, (name, belongs))| {
        stage(&session, at + 1, name, *belongs, outcome(at, &view, &session, &result))
    });
    let body = CompleteWorkflow {
        scenario: SCENARIO.to_owned(),
        seed,
        stages: stages.collect(),
        digest: session.digest().to_string(),
        result,
    };
    Ok(Response::new(200, &body))
}

fn stage(
    session: &Session,
    step: usize,
    name: &'static str,
    belongs: Belongs,
    outcome: Value,
) -> Stage {
    let log = session.log();
    let writer = Writer { world: session.head(), log, store: session.store() };
    let records: Vec<_> =
        log.records(0..session.horizon().at()).filter(|record| belongs(record.kind)).collect();
    let mut turns: Vec<TurnIx> = records.iter().map(|record| record.turn).collect();
    turns.dedup();
    Stage {
        step,
        stage: name,
        turns: Turns {
            from: turns.first().map_or(0, |turn| turn.0),
            to: turns.last().map_or(0, |turn| turn.0),
        },
        narration: turns.iter().map(|turn| text::narration(session, *turn)).collect(),
        outcome,
        events: records.iter().map(|record| writer.event(record)).collect(),
    }
}

/// Returns what came of a stage.
fn outcome(at: usize, view: &Value, session: &Session, result: &Execution) -> Value {
    let of = |fields: &[&str]| -> Value {
        fields
            .iter()
            .map(|&field| (field.to_owned(), view.get(field).cloned().unwrap_or(Value::Null)))
            .collect()
    };
    match at {
        0 => of(&["task_id", "task_type", "description", "priority", "required_agents"]),
        1 => json!({"auctions": auctions(session)}),
        2 => of(&["coordinator_agent", "assigned_agents", "subtasks"]),
        3 => of(&["results"]),
        4 => {
            let board = &session.world().environment.knowledge_base;
            let entry = |entry: &crate::sim::world::environment::Entry| {
                json!({
                    "key": entry.finding.key,
                    "by": session.world().actor_name(entry.by),
                    "value": entry.finding.value,
                })
            };
            json!({"knowledge": board.entries.iter().map(entry).collect::<Vec<Value>>()})
        }
        _ => json!({
            "status": result.status,
            "confidence": result.confidence,
            "coordination_quality": result.coordination_quality,
            "collective_recommendation": result.collective_recommendation,
        }),
    }
}

fn auctions(session: &Session) -> Vec<Value> {
    let world = session.world();
    let one = |auction: &crate::sim::world::auction::AuctionState| {
        let bids: Vec<Value> = auction
            .bids
            .iter()
            .map(|bid| {
                json!({"agent_id": world.agent_id(bid.agent), "bid_score": bid.score, "terms": {
                    "capability": bid.terms.capability,
                    "workload_penalty": bid.terms.workload_penalty,
                    "performance": bid.terms.performance,
                    "priority": bid.terms.priority,
                }})
            })
            .collect();
        json!({
            "role": world.role_name(auction.role),
            "winner": auction.winner().map(|winner| world.agent_id(winner)),
            "bids": bids,
        })
    };
    world.environment.agent_proposals.iter().map(one).collect()
}
