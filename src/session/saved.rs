//! A run as data: scenario, seed, the commands of every branch, and digests to check a replay against.

mod open;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::branch::{Branch, Given};
use super::{Session, catalog};
use crate::model::id::TurnIx;
use crate::sim::command::Command;
use crate::sim::run::{ENGINE_VERSION, Setup};

pub use open::{Divergence, Opened, Unusable, Verdict};

/// The shape of what is saved; a later one is refused.
pub const FORMAT: u32 = 1;

/// How many digests along a branch a link carries.
pub const MARKS_OF_A_LINK: u32 = 12;

/// How many digests along a branch a file carries.
pub const MARKS_OF_A_FILE: u32 = 10_000;

/// A session as data: what it replays to is checked against the digests in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Saved {
    /// The shape of this document.
    pub format: u32,
    /// The version of the engine that made it.
    pub engine: u32,
    /// A built-in scenario's name, or a scenario's document.
    pub scenario: Value,
    /// The seed.
    pub seed: u64,
    /// The branches in order of their making: each behind the one it left.
    pub branches: Vec<SavedBranch>,
    /// The number of the current branch.
    pub branch: u32,
    /// The turn at the cursor.
    pub turn: u32,
    /// The digest after that turn, as sixteen hexadecimal digits.
    pub digest: String,
    /// What the page shows.
    #[serde(default, skip_serializing_if = "Look::is_default")]
    pub look: Look,
}

/// A branch as data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SavedBranch {
    /// Its number.
    pub id: u32,
    /// Its name.
    pub name: String,
    /// The number of the branch it left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<u32>,
    /// The last turn it has in common with that one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fork_turn: Option<u32>,
    /// Its last turn.
    pub turns: u32,
    /// Its commands behind the common past.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub commands: Vec<SavedCommand>,
    /// Digests along it, spread evenly, the last turn's among them.
    pub marks: Vec<(u32, String)>,
}

/// A command as data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SavedCommand {
    /// The turn that carries it out.
    pub turn: u32,
    /// The command.
    pub command: Command,
}

/// What the page shows: plain names that it chose itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Look {
    /// `story` or `workbench`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub face: String,
    /// The panel in front.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub panel: String,
    /// What is selected, such as `event:17`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub selection: String,
}

impl Look {
    fn is_default(&self) -> bool {
        *self == Look::default()
    }
}

impl Saved {
    /// Makes data of a session, with about so many digests along each branch.
    pub fn of(session: &Session, look: Look, marks: u32) -> Saved {
        Saved {
            format: FORMAT,
            engine: ENGINE_VERSION,
            scenario: scenario_of(session.setup()),
            seed: session.setup().seed,
            branches: session
                .branches()
                .into_iter()
                .map(|branch| branch_of(branch, marks))
                .collect(),
            branch: session.current().id().0,
            turn: session.turn().0,
            digest: session.digest().to_string(),
            look,
        }
    }

    /// Says whether it carries what a person put in: a task's input, jobs, a message's words.
    pub fn carries_own_data(&self) -> bool {
        let commands = self.branches.iter().flat_map(|branch| &branch.commands);
        holds_inputs(&self.scenario) || commands.into_iter().any(|given| is_own(&given.command))
    }
}

/// Returns the name of a built-in scenario that is as it was built in, else the document.
fn scenario_of(setup: &Setup) -> Value {
    let name = setup.scenario.name.as_str();
    let built_in = catalog::find(name).and_then(|_| catalog::setup(name, None).ok());
    match built_in {
        Some(built_in) if built_in.scenario.source == setup.scenario.source => name.into(),
        _ => setup.scenario.source.clone(),
    }
}

/// Says whether a scenario's document holds inputs or jobs of its own.
fn holds_inputs(scenario: &Value) -> bool {
    let filled = |value: &Value| match value {
        Value::Null => false,
        Value::Object(fields) => !fields.is_empty(),
        Value::Array(entries) => !entries.is_empty(),
        _ => true,
    };
    let at = |pointer| scenario.pointer(pointer).is_some_and(filled);
    let tasks = scenario.get("tasks").and_then(Value::as_array);
    let of_task = |task: &Value| task.get("input_data").is_some_and(filled);
    at("/inputs") || at("/environment/job_marketplace") || tasks.into_iter().flatten().any(of_task)
}

fn is_own(command: &Command) -> bool {
    match command {
        Command::CreateTask { task } => {
            !task.input_data.is_null() || !task.description.is_empty() || !task.client.is_empty()
        }
        Command::SendMessage { text, .. } => !text.is_empty(),
        Command::UpdateMarketData { rows } => !rows.is_empty(),
        _ => false,
    }
}

fn branch_of(branch: &Branch, marks: u32) -> SavedBranch {
    let after = branch.fork().map_or(TurnIx(0), |fork| fork.turn);
    let own = branch.commands().iter().filter(|given| given.turn > after);
    SavedBranch {
        id: branch.id().0,
        name: branch.name().to_owned(),
        parent: branch.fork().map(|fork| fork.parent.0),
        fork_turn: branch.fork().map(|fork| fork.turn.0),
        turns: branch.turns().0,
        commands: own.map(command_of).collect(),
        marks: marks_of(branch, after, marks),
    }
}

fn command_of(given: &Given) -> SavedCommand {
    SavedCommand { turn: given.turn.0, command: (*given.command).clone() }
}

/// Returns digests at turns that are spread evenly behind the common past, the last turn's among them.
fn marks_of(branch: &Branch, after: TurnIx, marks: u32) -> Vec<(u32, String)> {
    let last = branch.turns().0;
    let step = last.saturating_sub(after.0).div_ceil(marks.max(1)).max(1) as usize;
    let mut turns: Vec<u32> = (after.0..=last).rev().step_by(step).collect();
    if turns.last() != Some(&after.0) {
        turns.push(after.0);
    }
    turns.reverse();
    let digest =
        |turn| branch.digest_at(TurnIx(turn)).map(|digest| (turn, short(&digest.to_string())));
    turns.into_iter().filter_map(digest).collect()
}

/// Returns the part of a digest that a mark keeps: enough to tell, short enough for a link.
fn short(digest: &str) -> String {
    digest.chars().take(8).collect()
}
