//! Whose task it is, what was asked, and what came out so far.

use super::lens::{Lens, joined};
use crate::model::id::TaskIx;
use crate::model::task::{TaskRequest, TaskStatus};
use crate::sim::world::task::{SubtaskStage, TaskState};
use crate::text::{remedy, units, value};
/// One of the run's tasks, to choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskChoice {
    /// The task.
    pub task_id: String,
    /// Its kind and its client, short.
    pub label: String,
    /// Whether the panels show it.
    pub shown: bool,
}

/// How far a task got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It has not arrived.
    Waiting,
    /// It is under way.
    Open,
    /// It ended with everything done.
    Success,
    /// It ended with parts missing.
    Partial,
    /// It ended with nothing.
    Failed,
}

/// The line that says what all of this is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskLine {
    /// Tasks that have arrived, the shown one and those around it where there are many; the line offers
    /// a choice where there is more than one.
    pub choices: Vec<TaskChoice>,
    /// The task shown; empty before the first arrives.
    pub task_id: String,
    /// Whose it is: the client, in a few words.
    pub who: String,
    /// What was asked.
    pub asked: String,
    /// Its priority, such as `High`.
    pub priority: String,
    /// What came out so far.
    pub came_out: String,
    /// How far it got.
    pub standing: Standing,
}

/// Most characters of what was asked that the line shows.
const ASKED_MAX: usize = 140;

/// Most tasks that the line offers to choose from.
const CHOICES_MAX: usize = 60;

/// Says what the selected task is about.
pub fn task_line(lens: &Lens<'_>) -> TaskLine {
    let tasks = &lens.world().tasks;
    let middle = lens.task.map_or(0, TaskIx::at);
    let first = middle.saturating_sub(CHOICES_MAX / 2).min(tasks.len().saturating_sub(CHOICES_MAX));
    let choices = (first..).zip(tasks.from(first)).take(CHOICES_MAX).map(|(place, task)| {
        let ix = TaskIx::from(place);
        let label = joined(&[ix.text(), task.planned.request.client.clone()]);
        TaskChoice { task_id: ix.text(), label, shown: lens.task == Some(ix) }
    });
    let choices = choices.collect();
    let Some((ix, task)) = lens.task.zip(lens.task_state()) else {
        return nothing_yet(lens, choices);
    };
    let request = &task.planned.request;
    TaskLine {
        choices,
        task_id: ix.text(),
        who: request.client.clone(),
        asked: asked(request),
        priority: units::title(&task.priority.name().to_lowercase()),
        came_out: came_out(lens, ix, task),
        standing: task.ended.map_or(Standing::Open, |ended| match ended.status {
            TaskStatus::Success => Standing::Success,
            TaskStatus::Partial => Standing::Partial,
            TaskStatus::Failed => Standing::Failed,
        }),
    }
}

fn asked(request: &TaskRequest) -> String {
    let asked =
        if request.description.is_empty() { &request.task_type } else { &request.description };
    units::short(&units::title(asked), ASKED_MAX)
}

fn nothing_yet(lens: &Lens<'_>, choices: Vec<TaskChoice>) -> TaskLine {
    let scenario = &lens.session.setup().scenario;
    let first = scenario.tasks.first();
    let asked = first.map(|task| asked(&task.planned.request));
    let came_out = first.map(|task| format!("arrives at {}", units::time(task.at)));
    TaskLine {
        choices,
        task_id: String::new(),
        who: first.map(|task| task.planned.request.client.clone()).unwrap_or_default(),
        asked: asked.unwrap_or_else(|| "This scenario has no task".to_owned()),
        priority: String::new(),
        came_out: came_out.unwrap_or_else(|| "nothing yet".to_owned()),
        standing: Standing::Waiting,
    }
}

fn came_out(lens: &Lens<'_>, ix: TaskIx, task: &TaskState) -> String {
    let states = task.subtasks().filter_map(|subtask| lens.world().subtasks.get(subtask.at()));
    let done = states.filter(|state| state.stage == SubtaskStage::Done).count();
    let progress = format!(
        "{done} of {}",
        units::count(task.planned.plan.len(), "subtask done", "subtasks done")
    );
    let Some(ended) = task.ended else {
        let entries = lens.world().environment.knowledge_base.entries.iter();
        let latest = entries.rev().find(|entry| entry.task == ix);
        let found = latest.map(|entry| value::named(&entry.finding.key, &entry.finding.value));
        return joined(&[
            progress,
            found.map(|found| format!("last found {found}")).unwrap_or_default(),
        ]);
    };
    let confidence = format!("confidence {}", units::share(ended.confidence));
    let outcome = task.outcome.and_then(|outcome| lens.session.store().outcome(outcome));
    // Success says already that all of it is done.
    let progress = if ended.status == TaskStatus::Success { String::new() } else { progress };
    let outcome = outcome.filter(|outcome| outcome.without_plan > 0.0).map(|outcome| {
        let change = outcome.with_plan / outcome.without_plan - 1.0;
        format!("simulated outcome {}", remedy::gain(change))
    });
    joined(&[units::title(ended.status.name()), progress, confidence, outcome.unwrap_or_default()])
}
