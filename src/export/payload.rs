//! Payloads as JSON, with the contract's ids.

use serde_json::{Value, json};

use crate::model::id::{AgentIx, KnowledgeIx, SubtaskIx};
use crate::model::message::Payload;
use crate::sim::store::{Artifact, Store};
use crate::sim::world::World;

/// Returns an artifact's content as JSON.
pub fn artifact(world: &World, store: &Store, artifact: &Artifact) -> Value {
    match artifact {
        Artifact::Payload(payload) => self::payload(world, store, payload),
        Artifact::Work(work) => to_json(work),
        Artifact::Finding(finding) => to_json(finding),
        Artifact::Answer(answer) => to_json(answer),
        Artifact::Outcome(outcome) => to_json(outcome),
        Artifact::Agent(agent) => to_json(agent),
        Artifact::Task(task) => to_json(task),
        Artifact::Command(command) => to_json(command),
        Artifact::Policies(policies) => to_json(policies),
        Artifact::Value(value) => (**value).clone(),
    }
}

fn to_json<T: serde::Serialize>(value: &T) -> Value {
    serde_json::to_value(value).unwrap_or(Value::Null)
}

/// Returns a message's payload as JSON.
pub fn payload(world: &World, store: &Store, payload: &Payload) -> Value {
    let agent = |agent: &AgentIx| world.agent_id(*agent).to_string();
    let subtask = |subtask: &SubtaskIx| world.subtask_text(*subtask);
    match payload {
        Payload::Call {
            auction,
            task,
            role,
            subtask: one,
            required,
            min_capability,
            urgency,
            weights,
            reply_by,
        } => {
            json!({
                "auction_id": auction.text(),
                "task_id": task.text(),
                "role": world.role_name(*role),
                "subtask_id": one.as_ref().map(subtask),
                "required_capabilities": required,
                "min_capability": min_capability,
                "urgency": urgency,
                "weights": weights,
                "reply_by_us": reply_by,
            })
        }
        Payload::Bid { auction, terms, score } => json!({
            "auction_id": auction.text(),
            "capability": terms.capability,
            "workload_penalty": terms.workload_penalty,
            "performance": terms.performance,
            "priority": terms.priority,
            "score": score,
        }),
        Payload::Refusal { auction, reason } | Payload::Decline { auction, reason } => {
            json!({"auction_id": auction.text(), "reason": reason})
        }
        Payload::Award { auction, score } => json!({"auction_id": auction.text(), "score": score}),
        Payload::Rejection { auction, reason } => {
            json!({"auction_id": auction.text(), "reason": reason})
        }
        Payload::Assignment { task, coordinator, bindings } => {
            let assignments: serde_json::Map<String, Value> = bindings
                .iter()
                .map(|(at, holder)| (subtask(at), Value::String(agent(holder))))
                .collect();
            json!({"task_id": task.text(), "coordinator_agent": agent(coordinator), "assignments": assignments})
        }
        Payload::Go { subtask: at, coordinator } => {
            json!({"subtask_id": subtask(at), "coordinator_agent": agent(coordinator)})
        }
        Payload::Status { task, subtask: at, auction, note } => json!({
            "task_id": task.text(),
            "subtask_id": at.as_ref().map(subtask),
            "auction_id": auction.map(|auction| auction.text()),
            "status": note,
        }),
        Payload::Result { subtask: at, work, confidence, cites, .. } => json!({
            "subtask_id": subtask(at),
            "result": store.work(*work).map(|work| work.result.clone()),
            "confidence": confidence,
            "knowledge_read": ids(cites),
        }),
        Payload::Failure { subtask: at, reason } => {
            json!({"subtask_id": subtask(at), "reason": reason})
        }
        Payload::Share { task, entries } => {
            let values: serde_json::Map<String, Value> = entries
                .iter()
                .filter_map(|&at| world.environment.knowledge_base.get(at))
                .map(|entry| (entry.finding.key.clone(), entry.finding.value.clone()))
                .collect();
            json!({"task_id": task.text(), "knowledge": ids(entries), "values": values})
        }
        Payload::News { task, value, .. } => {
            json!({"task_id": task.text(), "news": store.value(*value).map(|value| (**value).clone())})
        }
        Payload::Answer { task, status, confidence, answer, .. } => json!({
            "task_id": task.text(),
            "status": status,
            "confidence": confidence,
            "collective_recommendation":
                answer.and_then(|answer| store.answer(answer)).map(|answer| answer.recommendation.clone()),
        }),
        Payload::Accepted { subtask: at } => json!({"subtask_id": subtask(at)}),
        Payload::Note { text } => json!({"text": text}),
    }
}

fn ids(entries: &[KnowledgeIx]) -> Vec<String> {
    entries.iter().map(|entry| entry.text()).collect()
}
