//! A run as data: scenario, seed, the commands of every branch, and digests to check a replay against.

mod open;
pub mod trail;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use self::trail::{Density, Trail};
use super::branch::{Branch, Given};
use super::{Session, catalog, contract_net};
use crate::model::id::TurnIx;
use crate::sim::command::Command;
use crate::sim::run::{ENGINE_VERSION, Setup};

pub use open::{Divergence, Opened, Unusable, Verdict};

/// The shape of what is saved; a later one is refused, and an earlier one is read. The second has trails.
pub const FORMAT: u32 = 2;

/// Bits of all trails together that a file carries.
const FILE_BITS_MAX: u64 = 320_000;

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
    /// Halves of digests along it, the last turn's among them.
    pub marks: Vec<(u32, String)>,
    /// Bits of the digest after every turn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trail: Option<Trail>,
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
    /// Makes data of a session: with the digests at both ends of each branch, and no trail yet.
    pub fn of(session: &Session, look: Look) -> Saved {
        Saved {
            format: FORMAT,
            engine: ENGINE_VERSION,
            scenario: scenario_of(session.setup()),
            seed: session.setup().seed,
            branches: session.branches().into_iter().map(branch_of).collect(),
            branch: session.current().id().0,
            turn: session.turn().0,
            digest: session.digest().to_string(),
            look,
        }
    }

    /// Makes data of a session with trails that are as dense as a file's may be.
    pub fn whole(session: &Session, look: Look) -> Saved {
        let mut saved = Saved::of(session, look);
        let density = Density::within(saved.own_turns(), FILE_BITS_MAX, trail::BITS_MAX);
        saved.lay_trails(session, Some(density));
        saved
    }

    /// Returns how many turns its branches have, those they have in common counted once.
    pub fn own_turns(&self) -> u64 {
        let own = |branch: &SavedBranch| branch.turns.saturating_sub(branch.fork_turn.unwrap_or(0));
        self.branches.iter().map(|branch| u64::from(own(branch))).sum()
    }

    /// Gives every branch a trail of the session it was made of, or takes it away.
    pub fn lay_trails(&mut self, session: &Session, density: Option<Density>) {
        for (saved, branch) in self.branches.iter_mut().zip(session.branches()) {
            let after = TurnIx(saved.fork_turn.unwrap_or(0));
            saved.trail = density.and_then(|density| Trail::of(branch, after, density));
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
    if contract_net::is_named(setup) {
        return name.into();
    }
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

fn branch_of(branch: &Branch) -> SavedBranch {
    let after = branch.fork().map_or(TurnIx(0), |fork| fork.turn);
    let own = branch.commands().iter().filter(|given| given.turn > after);
    let mut ends = vec![after, branch.turns()];
    ends.dedup();
    let mark = |turn: TurnIx| Some((turn.0, short(&branch.digest_at(turn)?.to_string())));
    SavedBranch {
        id: branch.id().0,
        name: branch.name().to_owned(),
        parent: branch.fork().map(|fork| fork.parent.0),
        fork_turn: branch.fork().map(|fork| fork.turn.0),
        turns: branch.turns().0,
        commands: own.map(command_of).collect(),
        marks: ends.into_iter().filter_map(mark).collect(),
        trail: None,
    }
}

fn command_of(given: &Given) -> SavedCommand {
    SavedCommand { turn: given.turn.0, command: (*given.command).clone() }
}

/// Returns the part of a digest that a mark keeps: enough to tell, short enough for a link.
fn short(digest: &str) -> String {
    digest.chars().take(8).collect()
}
