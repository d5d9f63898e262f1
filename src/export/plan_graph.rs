//! Plans as graphs: flowcharts in Mermaid's words, and DOT for Graphviz.

use crate::model::id::{SubtaskIx, TaskIx};
use crate::session::Session;
use crate::sim::world::task::{SubtaskStage, TaskState};
use crate::text::units;

/// A subtask as both formats write it.
struct Node {
    id: String,
    title: String,
    agent: String,
    stage: &'static str,
}

fn nodes(session: &Session, task: &TaskState) -> Vec<Node> {
    let world = session.world();
    let node = |subtask: SubtaskIx| {
        let state = world.subtasks.get(subtask.at())?;
        let planned = task.planned.plan.get(state.position)?;
        Some(Node {
            id: format!("s{}", subtask.at()),
            title: units::title(&planned.name),
            agent: state.holder.map_or("nobody yet", |agent| world.agent_id(agent)).to_owned(),
            stage: stage(state.stage),
        })
    };
    task.subtasks().filter_map(node).collect()
}

fn stage(stage: SubtaskStage) -> &'static str {
    match stage {
        SubtaskStage::Planned => "planned",
        SubtaskStage::Assigned => "waiting",
        SubtaskStage::Running | SubtaskStage::Finished => "running",
        SubtaskStage::Done => "done",
        SubtaskStage::Failed(_) | SubtaskStage::Missing(_) => "failed",
    }
}

/// Returns a task's dependencies as pairs of places in its plan.
fn edges(task: &TaskState) -> impl Iterator<Item = (usize, usize)> + '_ {
    let depends_on = task.planned.order.depends_on.iter().enumerate();
    depends_on.flat_map(|(to, before)| before.iter().map(move |from| (*from, to)))
}

fn title(at: usize, task: &TaskState) -> String {
    let request = &task.planned.request;
    let client = if request.client.is_empty() { &request.task_type } else { &request.client };
    format!("{} ({client})", TaskIx::from(at).text())
}

/// Writes the plans of the tasks that have arrived, a box each, colored by how far each subtask is.
pub fn mermaid(session: &Session) -> String {
    let mut text = String::from("flowchart LR\n");
    for (at, task) in session.world().tasks.iter().enumerate() {
        text += &format!("    subgraph t{at}[\"{}\"]\n", for_mermaid(&title(at, task)));
        let nodes = nodes(session, task);
        for node in &nodes {
            let (title, agent) = (for_mermaid(&node.title), for_mermaid(&node.agent));
            let (id, stage) = (&node.id, node.stage);
            text += &format!("        {id}[\"{title}<br/>{agent}<br/>{stage}\"]:::{stage}\n");
        }
        for (from, to) in edges(task) {
            if let Some((from, to)) = nodes.get(from).zip(nodes.get(to)) {
                text += &format!("        {} --> {}\n", from.id, to.id);
            }
        }
        text += "    end\n";
    }
    for (stage, fill, line) in COLORS {
        text += &format!("    classDef {stage} fill:{fill},stroke:{line},color:#111111\n");
    }
    text
}

/// Fills and lines by stage; the words in each box say the same.
const COLORS: [(&str, &str, &str); 5] = [
    ("planned", "#ffffff", "#6b7280"),
    ("waiting", "#f3f4f6", "#4b5563"),
    ("running", "#dbeafe", "#1d4ed8"),
    ("done", "#dcfce7", "#15803d"),
    ("failed", "#fee2e2", "#b91c1c"),
];

/// Writes the same for Graphviz.
pub fn dot(session: &Session) -> String {
    let mut text = String::from("digraph plan {\n    rankdir=LR;\n");
    text += "    node [shape=box, style=\"rounded,filled\", fontname=\"Helvetica\"];\n";
    for (at, task) in session.world().tasks.iter().enumerate() {
        let label = for_dot(&title(at, task));
        text += &format!("    subgraph cluster_{at} {{\n        label=\"{label}\";\n");
        let nodes = nodes(session, task);
        for node in &nodes {
            let label =
                format!("{}\\n{}\\n{}", for_dot(&node.title), for_dot(&node.agent), node.stage);
            let color = COLORS.iter().find(|(stage, ..)| *stage == node.stage);
            let (fill, line) = color.map_or(("white", "black"), |(_, fill, line)| (fill, line));
            text += &format!(
                "        {} [label=\"{label}\", fillcolor=\"{fill}\", color=\"{line}\"];\n",
                node.id
            );
        }
        for (from, to) in edges(task) {
            if let Some((from, to)) = nodes.get(from).zip(nodes.get(to)) {
                text += &format!("        {} -> {};\n", from.id, to.id);
            }
        }
        text += "    }\n";
    }
    text + "}\n"
}

/// Writes text for a quoted label: Mermaid's entities for what would end it or be read as marks.
fn for_mermaid(text: &str) -> String {
    let mut quoted = String::new();
    for letter in text.chars() {
        match letter {
            '"' => quoted += "#quot;",
            '#' => quoted += "#35;",
            '<' => quoted += "#lt;",
            '>' => quoted += "#gt;",
            '&' => quoted += "#amp;",
            '`' | '*' => quoted.push('\''),
            letter if letter.is_control() => quoted.push(' '),
            letter => quoted.push(letter),
        }
    }
    quoted
}

/// Writes text for a double-quoted string of DOT.
fn for_dot(text: &str) -> String {
    let mut quoted = String::new();
    for letter in text.chars() {
        match letter {
            '"' => quoted += "\\\"",
            '\\' => quoted += "\\\\",
            letter if letter.is_control() => quoted.push(' '),
            letter => quoted.push(letter),
        }
    }
    quoted
}
