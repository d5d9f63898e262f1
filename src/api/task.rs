//! Tasks: created, and shown as they stand.

use serde_json::{Map, Value};

use super::answer::{
    SubtaskPlan, SubtaskView, TaskCreated, TaskStage, TaskView, Turns, Warning, figure, timestamp,
};
use super::body::{CreateTask, SubtaskBody};
use super::problem::Problem;
use super::{Response, check};
use crate::model::fault::Fault;
use crate::model::id::{SubtaskIx, TaskIx};
use crate::model::task::TaskPriority;
use crate::session::Session;
use crate::sim::command::Command;
use crate::sim::scenario::draft::{SubtaskDraft, TaskDraft};
use crate::sim::world::World;
use crate::sim::world::task::{SubtaskStage, TaskState};

/// Creates a task.
///
/// # Errors
/// 422 with every fault of the body; 409 for a name that is taken.
pub fn create(session: &mut Session, fields: &Map<String, Value>) -> Result<Response, Problem> {
    let domain = session.setup().domain.clone();
    let checked = check::typed::<CreateTask>("CreateTask", fields, |fields| {
        check::task_faults(&*domain, fields)
    })?;
    let mut warnings = checked.warnings;
    if let Some(input) = fields.get("input_data") {
        warnings.extend(check::unread(session, "/input_data", input));
    }
    let task = commanded(session, draft(checked.body))?;
    created(session, task, warnings)
        .map(|body| Response::new(201, &body))
        .ok_or_else(|| Problem::conflict("the task was not created", Vec::new()))
}

fn draft(body: CreateTask) -> TaskDraft {
    TaskDraft {
        name: body.name,
        task_type: body.task_type,
        description: body.description.unwrap_or_default(),
        client: body.client.unwrap_or_default(),
        priority: body.priority.unwrap_or(TaskPriority::Medium),
        at_us: 0,
        required_agents: body.required_agents.unwrap_or_default(),
        goals: body.goals.unwrap_or_default(),
        input_data: body.input_data.map_or(Value::Null, Value::Object),
        subtasks: body.subtasks.unwrap_or_default().into_iter().map(subtask_draft).collect(),
    }
}

fn subtask_draft(body: SubtaskBody) -> SubtaskDraft {
    SubtaskDraft {
        name: body.name,
        role: body.role,
        description: body.description.unwrap_or_default(),
        depends_on: body.depends_on.unwrap_or_default(),
        capabilities: body.capabilities,
        duration_us: body.duration_us,
    }
}

/// Performs the command that creates a task, and returns the task.
///
/// # Errors
/// 422 for what the run refuses; 409 for a name that is taken.
pub fn commanded(session: &mut Session, draft: TaskDraft) -> Result<TaskIx, Problem> {
    let next = TaskIx::from(session.world().tasks.len());
    // The cursor may stand in the past: the command then forks, and the task is the next one there.
    let command = Command::CreateTask { task: Box::new(draft) };
    session.command(&command).map_err(|faults| {
        let faults: Vec<Fault> = faults
            .into_iter()
            .map(|fault| {
                let place =
                    fault.pointer.strip_prefix("/task").unwrap_or(&fault.pointer).to_owned();
                Fault::new(place, fault.detail)
            })
            .collect();
        if faults.iter().all(|fault| fault.pointer == "/name") {
            Problem::conflict("a task of that name is there already", faults)
        } else {
            Problem::invalid(faults)
        }
    })?;
    let count = session.world().tasks.len();
    Ok(next.min(TaskIx::from(count.saturating_sub(1))))
}

fn created(session: &Session, task: TaskIx, warnings: Vec<Warning>) -> Option<TaskCreated> {
    let world = session.world();
    let state = world.tasks.get(task.at())?;
    let turn = session.log().turn_of(state.created).0;
    Some(TaskCreated {
        task_id: task.text(),
        status: stage(world, state),
        task_type: state.planned.request.task_type.clone(),
        priority: state.priority,
        required_agents: required_roles(state),
        subtasks: state.subtasks().filter_map(|subtask| plan_of(world, subtask)).collect(),
        turns: Turns { from: turn, to: turn },
        warnings,
    })
}

/// Finds a task by its id in the world at the cursor.
///
/// # Errors
/// 404, saying what would help.
pub fn find<'a>(session: &'a Session, id: &str) -> Result<(TaskIx, &'a TaskState), Problem> {
    let at =
        |world: &World| (0..world.tasks.len()).map(TaskIx::from).find(|task| task.text() == id);
    let here = at(session.world());
    here.and_then(|task| Some((task, session.world().tasks.get(task.at())?))).ok_or_else(|| {
        let later = at(session.head()).and_then(|task| session.head().tasks.get(task.at()));
        let remedy = match later {
            Some(state) => format!(
                "it is created in turn {}: go there first",
                session.log().turn_of(state.created).0
            ),
            None => "POST /collaborative-task/create creates one".to_owned(),
        };
        Problem::no_task(id, &remedy)
    })
}

/// Shows a task as it stands at the cursor.
///
/// # Errors
/// 404 for a task that is not there.
pub fn get(session: &Session, id: &str) -> Result<Response, Problem> {
    let (task, state) = find(session, id)?;
    Ok(Response::new(200, &view(session, task, state)))
}

/// Shows a task as it stands in the world at the cursor.
pub fn view(session: &Session, task: TaskIx, state: &TaskState) -> TaskView {
    let world = session.world();
    let request = &state.planned.request;
    let subtasks: Vec<SubtaskIx> = state.subtasks().collect();
    let mut assigned: Vec<String> = Vec::new();
    for holder in subtasks.iter().filter_map(|at| world.subtasks.get(at.at())?.holder) {
        let id = world.agent_id(holder).to_owned();
        if !assigned.contains(&id) {
            assigned.push(id);
        }
    }
    let results = subtasks.iter().filter_map(|&at| {
        let work = world.subtasks.get(at.at())?.work?;
        Some((world.subtask_text(at), session.store().work(work)?.result.clone()))
    });
    let answer = state.answer.and_then(|answer| session.store().answer(answer));
    TaskView {
        task_id: task.text(),
        name: request.name.clone(),
        status: stage(world, state),
        task_type: request.task_type.clone(),
        description: request.description.clone(),
        priority: state.priority,
        required_agents: required_roles(state),
        input_data: request.input.clone(),
        assigned_agents: assigned,
        subtasks: subtasks.iter().filter_map(|&at| subtask_view(session, at)).collect(),
        coordinator_agent: state.coordinator().map(|lead| world.agent_id(lead).to_owned()),
        results: results.collect(),
        collective_recommendation: answer.map(|answer| answer.recommendation.clone()),
        confidence: state.ended.map(|ended| figure(ended.confidence.to_f64())),
        created_at: timestamp(session, state.created_at.0),
        ended_at: state.ended.map(|ended| timestamp(session, ended.at.0)),
    }
}

/// Says where a task stands.
pub fn stage(world: &World, state: &TaskState) -> TaskStage {
    if let Some(ended) = state.ended {
        return ended.status.into();
    }
    if state.coordinator().is_some() {
        return TaskStage::InProgress;
    }
    let open = state.auctions.iter().any(|&auction| world.environment.auction(auction).is_some());
    if open { TaskStage::Bidding } else { TaskStage::Pending }
}

fn required_roles(state: &TaskState) -> Vec<String> {
    let mut roles: Vec<String> = Vec::new();
    for subtask in &state.planned.plan {
        if !roles.contains(&subtask.role) {
            roles.push(subtask.role.clone());
        }
    }
    roles
}

/// Returns a subtask as it was planned.
pub fn plan_of(world: &World, subtask: SubtaskIx) -> Option<SubtaskPlan> {
    let state = world.subtasks.get(subtask.at())?;
    let planned = world.planned(subtask)?;
    let task = world.tasks.get(state.task.at())?;
    Some(SubtaskPlan {
        subtask_id: world.subtask_text(subtask),
        role: planned.role.clone(),
        description: planned.description.clone(),
        depends_on: task.dependencies(subtask).map(|before| world.subtask_text(before)).collect(),
        capabilities: planned.capabilities.clone(),
    })
}

fn subtask_view(session: &Session, subtask: SubtaskIx) -> Option<SubtaskView> {
    let world = session.world();
    let state = world.subtasks.get(subtask.at())?;
    let (name, reason) = match state.stage {
        SubtaskStage::Planned => ("planned", None),
        SubtaskStage::Assigned => ("assigned", None),
        SubtaskStage::Running => ("running", None),
        SubtaskStage::Finished => ("finished", None),
        SubtaskStage::Done => ("done", None),
        SubtaskStage::Failed(reason) => ("failed", Some(reason.name())),
        SubtaskStage::Missing(reason) => ("missing", Some(reason.name())),
    };
    let work = state.work.and_then(|work| session.store().work(work));
    Some(SubtaskView {
        plan: plan_of(world, subtask)?,
        state: name,
        reason,
        agent: state.holder.map(|holder| world.agent_id(holder).to_owned()),
        confidence: work.map(|work| figure(work.confidence)),
        started_us: state.started_at.map(|at| at.0),
        finished_us: state.finished_at.map(|at| at.0),
    })
}
