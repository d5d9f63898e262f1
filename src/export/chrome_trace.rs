//! The schedule in the Trace Event Format, which Perfetto and Chromium's tracing open.
//!
//! One process a run, one thread an agent; an agent that does several things at once gets a thread
//! for each, since slices of one thread may not overlap. Arrows lead from a subtask to those that
//! waited for it, and a counter shows how many work at once. Times are virtual microseconds, which
//! is the format's unit.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::kernel::time::Micros;
use crate::model::id::{AgentIx, SubtaskIx, TaskIx};
use crate::session::Session;
use crate::sim::event::{AgentFault, EventKind};
use crate::text::units;

/// Threads an agent can have; enough for the capacity an agent can have.
const LANES_MAX: u64 = 1_000;

/// One stretch of work.
struct Span {
    task: TaskIx,
    subtask: SubtaskIx,
    agent: AgentIx,
    start: Micros,
    end: Micros,
    ended: &'static str,
    lane: u64,
}

/// Writes the work up to the cursor.
pub fn trace(session: &Session) -> String {
    let mut spans = spans(session);
    give_lanes(&mut spans);
    let mut events = vec![json!({
        "ph": "M", "name": "process_name", "pid": 1, "tid": 0,
        "args": {"name": session.setup().scenario.title},
    })];
    events.extend(threads(session, &spans));
    events.extend(spans.iter().map(|span| slice(session, span)));
    events.extend(arrows(session, &spans));
    events.extend(counts(&spans));
    let document = json!({
        "displayTimeUnit": "ms",
        "otherData": {
            "scenario": session.setup().scenario.name,
            "seed": session.setup().seed.to_string(),
            "turn": session.turn().0.to_string(),
            "digest": session.digest().to_string(),
        },
        "traceEvents": events,
    });
    document.to_string()
}

/// Finds who worked on what from when to when; what runs still ends at the cursor's time.
fn spans(session: &Session) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    let mut open: BTreeMap<SubtaskIx, usize> = BTreeMap::new();
    let close = |spans: &mut Vec<Span>, at: Option<usize>, end: Micros, how: &'static str| {
        if let Some(span) = at.and_then(|at| spans.get_mut(at)) {
            (span.end, span.ended) = (end, how);
        }
    };
    for record in session.log().records(0..session.horizon().at()) {
        let now = record.time;
        match record.kind {
            EventKind::SubtaskStarted { task, subtask, agent } => {
                let (start, end, ended, lane) = (now, now, "running", 0);
                let before = open.insert(subtask, spans.len());
                close(&mut spans, before, now, "given up");
                spans.push(Span { task, subtask, agent, start, end, ended, lane });
            }
            EventKind::WorkFinished { subtask, .. } => {
                close(&mut spans, open.remove(&subtask), now, "finished");
            }
            EventKind::SubtaskFailed { subtask, .. } => {
                close(&mut spans, open.remove(&subtask), now, "failed");
            }
            EventKind::FaultInjected { agent, fault: AgentFault::Crash }
            | EventKind::AgentRemoved { agent } => {
                let stopped: Vec<SubtaskIx> = open
                    .iter()
                    .filter(|(_, at)| spans.get(**at).is_some_and(|span| span.agent == agent))
                    .map(|(subtask, _)| *subtask)
                    .collect();
                for subtask in stopped {
                    close(&mut spans, open.remove(&subtask), now, "stopped");
                }
            }
            _ => {}
        }
    }
    for at in open.into_values() {
        close(&mut spans, Some(at), session.world().now, "running");
    }
    spans
}

/// Puts each span in its agent's first lane that is free at its start.
fn give_lanes(spans: &mut [Span]) {
    let mut free_at: BTreeMap<AgentIx, Vec<Micros>> = BTreeMap::new();
    for span in spans {
        let lanes = free_at.entry(span.agent).or_default();
        let lane = lanes.iter().position(|end| *end <= span.start).unwrap_or(lanes.len());
        if lane == lanes.len() {
            lanes.push(span.end);
        }
        // A span without length takes its place too.
        lanes[lane] = span.end.max(span.start.after(Micros(1)));
        span.lane = lane as u64;
    }
}

fn thread_of(span: &Span) -> u64 {
    (span.agent.at() as u64 + 1) * LANES_MAX + span.lane
}

fn threads(session: &Session, spans: &[Span]) -> Vec<Value> {
    let mut names: BTreeMap<u64, String> = BTreeMap::new();
    for span in spans {
        let id = session.head().agent_id(span.agent);
        let name = match span.lane {
            0 => id.to_owned(),
            lane => format!("{id} ({})", lane + 1),
        };
        names.insert(thread_of(span), name);
    }
    let meta = |(thread, name): (&u64, &String)| {
        let named = json!({
            "ph": "M", "name": "thread_name", "pid": 1, "tid": thread, "args": {"name": name},
        });
        let sorted = json!({
            "ph": "M", "name": "thread_sort_index", "pid": 1, "tid": thread,
            "args": {"sort_index": thread},
        });
        [named, sorted]
    };
    names.iter().flat_map(meta).collect()
}

fn slice(session: &Session, span: &Span) -> Value {
    let head = session.head();
    let planned = head.planned(span.subtask);
    json!({
        "ph": "X",
        "name": planned.map_or_else(String::new, |planned| units::title(&planned.name)),
        "cat": planned.map_or("", |planned| planned.role.as_str()),
        "pid": 1,
        "tid": thread_of(span),
        "ts": span.start.0,
        "dur": span.end.since(span.start).0,
        "args": {
            "subtask_id": head.subtask_text(span.subtask),
            "task_id": span.task.text(),
            "agent_id": head.agent_id(span.agent),
            "ended": span.ended,
        },
    })
}

/// Draws an arrow for each dependency, from the end of the last work on it to the first start behind it.
fn arrows(session: &Session, spans: &[Span]) -> Vec<Value> {
    let mut first: BTreeMap<SubtaskIx, &Span> = BTreeMap::new();
    let mut last: BTreeMap<SubtaskIx, &Span> = BTreeMap::new();
    for span in spans {
        first.entry(span.subtask).or_insert(span);
        last.insert(span.subtask, span);
    }
    let mut arrows = Vec::new();
    for to in first.values() {
        let Some(task) = session.world().tasks.get(to.task.at()) else { continue };
        for before in task.dependencies(to.subtask) {
            let Some(from) = last.get(&before).filter(|from| from.end <= to.start) else {
                continue;
            };
            let id = arrows.len() / 2 + 1;
            arrows.push(json!({
                "ph": "s", "id": id, "name": "needs its result", "cat": "dependency",
                "pid": 1, "tid": thread_of(from), "ts": from.start.0,
            }));
            arrows.push(json!({
                "ph": "f", "bp": "e", "id": id, "name": "needs its result", "cat": "dependency",
                "pid": 1, "tid": thread_of(to), "ts": to.start.0,
            }));
        }
    }
    arrows
}

fn counts(spans: &[Span]) -> Vec<Value> {
    let mut changes: BTreeMap<Micros, i64> = BTreeMap::new();
    for span in spans {
        *changes.entry(span.start).or_default() += 1;
        *changes.entry(span.end).or_default() -= 1;
    }
    let mut busy = 0;
    let count = |(at, change): (Micros, i64)| {
        busy += change;
        json!({
            "ph": "C", "name": "working at once", "pid": 1, "tid": 0, "ts": at.0,
            "args": {"subtasks": busy},
        })
    };
    changes.into_iter().map(count).collect()
}
