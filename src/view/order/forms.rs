//! The fields of each form, and what stands in them when it is opened.

use super::{Kind, Order};
use crate::model::message::MessageType;
use crate::model::task::TaskPriority;
use crate::text::units;
use crate::view::lens::{Lens, message_title};

/// One thing to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What the command takes.
    pub value: String,
    /// What people read.
    pub label: String,
}

/// How a field is filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// One of some.
    Choice(Vec<Choice>),
    /// A number from 0 on, in such steps.
    Number(&'static str),
    /// A line of text.
    Line,
    /// A text of several lines.
    Long,
}

/// A field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name in the order.
    pub name: &'static str,
    /// What people read.
    pub label: &'static str,
    /// How it is filled in.
    pub input: Input,
    /// What stands in it when the form is opened.
    pub value: String,
}

/// A form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// What it does.
    pub kind: Kind,
    /// Its fields.
    pub fields: Vec<Field>,
}

impl Form {
    /// Returns the order as the form stands when it is opened.
    pub fn order(&self) -> Order {
        let values = self.fields.iter().map(|field| (field.name, field.value.clone())).collect();
        Order { kind: self.kind, values }
    }
}

/// Returns the forms that make sense at the cursor; one without anything to choose is left out.
pub fn forms(lens: &Lens<'_>) -> Vec<Form> {
    let form = |kind: Kind| Form { kind, fields: fields(lens, kind) };
    let usable = |form: &Form| {
        form.fields
            .iter()
            .all(|field| !matches!(&field.input, Input::Choice(few) if few.is_empty()))
    };
    Kind::ALL.into_iter().map(form).filter(usable).collect()
}

fn fields(lens: &Lens<'_>, kind: Kind) -> Vec<Field> {
    match kind {
        Kind::Crash | Kind::Recover | Kind::Silence | Kind::RemoveAgent => vec![agent(lens)],
        Kind::Slow => vec![agent(lens), number("pace", "Pace left [%]", "1", "25")],
        Kind::AddAgent => newcomer(lens),
        Kind::CreateTask => task(lens),
        Kind::SetPriority => vec![open_task(lens), priority("Priority", TaskPriority::Critical)],
        Kind::SendMessage => vec![
            choice("to", "To", recipients(lens)),
            choice("message_type", "As", message_types()),
            field("text", "Words", Input::Line, "Please hurry."),
        ],
        Kind::SetWeights => weights(lens),
        Kind::SetLink => link(lens),
        Kind::UpdateMarket => vec![field("rows", "Rows", Input::Long, market(lens))],
    }
}

fn field(name: &'static str, label: &'static str, input: Input, value: impl Into<String>) -> Field {
    Field { name, label, input, value: value.into() }
}

fn number(name: &'static str, label: &'static str, step: &'static str, value: &str) -> Field {
    field(name, label, Input::Number(step), value)
}

/// Makes a choice whose first entry is chosen.
fn choice(name: &'static str, label: &'static str, choices: Vec<Choice>) -> Field {
    let value = choices.first().map(|choice| choice.value.clone()).unwrap_or_default();
    field(name, label, Input::Choice(choices), value)
}

fn said(value: &str, label: impl Into<String>) -> Choice {
    Choice { value: value.to_owned(), label: label.into() }
}

fn present(lens: &Lens<'_>) -> Vec<Choice> {
    let agents = lens.world().agents.iter().filter(|agent| !agent.removed);
    agents.map(|agent| said(&agent.spec.id, agent.spec.id.clone())).collect()
}

fn agent(lens: &Lens<'_>) -> Field {
    choice("agent_id", "Agent", present(lens))
}

fn recipients(lens: &Lens<'_>) -> Vec<Choice> {
    let few = [said("*", "everyone"), said("orchestrator", "the orchestrator")];
    few.into_iter().chain(present(lens)).collect()
}

fn ends(lens: &Lens<'_>) -> Vec<Choice> {
    let few = [said("*", "anyone"), said("orchestrator", "the orchestrator")];
    few.into_iter().chain(present(lens)).collect()
}

/// The types that a message by hand can claim to be.
fn message_types() -> Vec<Choice> {
    [MessageType::Broadcast, MessageType::StatusUpdate, MessageType::DataShare]
        .map(|kind| said(kind.name(), message_title(kind)))
        .into()
}

fn priority(label: &'static str, value: TaskPriority) -> Field {
    use TaskPriority::{Critical, High, Low, Medium};
    let all = [Critical, High, Medium, Low];
    let choices = all.map(|one| said(one.name(), units::title(&one.name().to_lowercase())));
    field("priority", label, Input::Choice(choices.into()), value.name())
}

fn open_task(lens: &Lens<'_>) -> Field {
    let tasks = lens.world().tasks.iter().zip(0..).filter(|(task, _)| task.ended.is_none());
    let one = |(task, at): (&crate::sim::world::task::TaskState, u32)| {
        let id = crate::model::id::TaskIx(at).text();
        let kind = units::phrase(&task.planned.request.task_type);
        said(&id, format!("{id}, {kind}"))
    };
    choice("task_id", "Task", tasks.map(one).collect())
}

fn newcomer(lens: &Lens<'_>) -> Vec<Field> {
    let domain = &lens.session.setup().domain;
    let roles = domain.roles().iter().map(|role| said(&role.name, role.title.clone())).collect();
    vec![
        choice("role", "Role", roles),
        field("id", "Id, else the next number", Input::Line, ""),
        number("proficiency", "Proficiency, 0 to 1", "0.05", "0.8"),
        number("performance_score", "Performance score, 0 to 100", "1", "80"),
        number("capacity", "Slots", "1", "4"),
        number("tempo", "Urgency it likes, 0 to 1", "0.25", "0.5"),
        number("pace", "Pace, 1 is usual", "0.1", "1"),
    ]
}

/// A task like the one that is shown, with its client and input.
fn task(lens: &Lens<'_>) -> Vec<Field> {
    let setup = lens.session.setup();
    let shown = lens.task_state().map(|task| &task.planned.request);
    let types = setup.domain.task_types();
    let types = types.into_iter().map(|name| said(name, units::title(name))).collect();
    let mut kind = choice("task_type", "Kind", types);
    if let Some(shown) = shown
        && let Input::Choice(choices) = &kind.input
        && choices.iter().any(|choice| choice.value == shown.task_type)
    {
        kind.value.clone_from(&shown.task_type);
    }
    let input = shown.filter(|shown| !shown.input.is_null()).map(|shown| &shown.input);
    let input = input.and_then(|input| serde_json::to_string_pretty(input).ok());
    vec![
        kind,
        priority("Priority", TaskPriority::High),
        field("client", "For whom", Input::Line, shown.map_or("", |shown| shown.client.as_str())),
        field("description", "What is asked", Input::Line, ""),
        field("name", "Name, else its kind and number", Input::Line, ""),
        field("input_data", "Input, a JSON object", Input::Long, input.unwrap_or_default()),
    ]
}

fn weights(lens: &Lens<'_>) -> Vec<Field> {
    let weights = lens.world().policies.weights;
    [
        ("capability", "Capability", weights.capability),
        ("workload", "Free capacity", weights.workload),
        ("performance", "Performance", weights.performance),
        ("priority", "Urgency fit", weights.priority),
    ]
    .map(|(name, label, weight)| number(name, label, "0.05", &weight.to_f64().to_string()))
    .into()
}

fn link(lens: &Lens<'_>) -> Vec<Field> {
    let latency = lens.world().links.latency;
    let ms = |us: u64| (us as f64 / 1000.0).to_string();
    vec![
        choice("from", "From", ends(lens)),
        choice("to", "To", ends(lens)),
        number("latency_ms_min", "Shortest latency [ms]", "1", &ms(latency.min_us)),
        number("latency_ms_max", "Longest latency [ms]", "1", &ms(latency.max_us)),
        number("loss", "Lost [%]", "1", "0"),
        number("duplication", "Delivered twice [%]", "1", "0"),
    ]
}

/// Returns the rows in force, which are a scenario's own and what commands put over them.
fn market(lens: &Lens<'_>) -> String {
    let rows = &*lens.world().environment.market_data;
    let rows = if rows.is_object() { rows.clone() } else { serde_json::json!({}) };
    serde_json::to_string_pretty(&rows).unwrap_or_default()
}
