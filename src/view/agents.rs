//! The agents: what each is doing, how much it holds, how well it has done.

pub mod mind;

use super::focus::Name;
use super::lens::{Lens, joined};
use super::mark::Mark;
use crate::kernel::fixed::Hundredths;
use crate::model::id::{AgentIx, TaskIx};
use crate::sim::world::agent::{AgentState as Inner, Holding, Stage};
use crate::text::{names, units};

/// What an agent is seen to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AgentState {
    /// Holds no slot.
    Idle,
    /// Holds at least one slot.
    Busy,
    /// Has crashed.
    Crashed,
    /// Reads and does not answer.
    Silent,
    /// Was taken out of the team.
    Removed,
}

impl AgentState {
    /// Returns the name that scripts look for, which is also the word people read.
    pub fn name(self) -> &'static str {
        match self {
            AgentState::Idle => "idle",
            AgentState::Busy => "busy",
            AgentState::Crashed => "crashed",
            AgentState::Silent => "silent",
            AgentState::Removed => "removed",
        }
    }
}

/// One capability of an agent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proficiency {
    /// What it can do, in words.
    pub name: String,
    /// How well, 0 to 1, two decimals.
    pub value: String,
    /// The same in whole percent, for a bar.
    pub percent: u32,
}

/// One agent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgentRow {
    /// Its id.
    pub agent_id: String,
    /// Its role, as scripts look for it.
    pub role: String,
    /// Its role, as people read it.
    pub role_title: String,
    /// Its role's mark.
    pub mark: Mark,
    /// What it is seen to be.
    pub state: AgentState,
    /// What it is doing, a few words.
    pub doing: String,
    /// Whether it coordinates the selected task.
    pub coordinates: bool,
    /// Its performance score, 0 to 100, one decimal.
    pub performance: String,
    /// Slots held.
    pub held: u32,
    /// Slots there are.
    pub capacity: u32,
    /// The event that last concerned it.
    pub event: Option<u64>,
    /// Whether the narration names it.
    pub named: bool,
    /// Whether this turn changed it.
    pub fresh: bool,
}

/// What else is told of an agent that is looked at by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// By how much its performance score has changed since the run began; empty where it has not.
    pub change: String,
    /// Tasks it has taken part in that are over.
    pub completed: usize,
    /// Messages it has sent and read.
    pub messages: String,
    /// What it can do, best first.
    pub proficiencies: Vec<Proficiency>,
}

/// All agents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agents {
    /// Those that hold a slot or are in trouble, by id.
    pub engaged: Vec<AgentRow>,
    /// Those that do nothing at the moment, by id.
    pub idle: Vec<AgentRow>,
    /// How many there are and how many work.
    pub summary: String,
}

/// Lists all agents in the order in which they joined.
pub fn agents(lens: &Lens<'_>) -> Agents {
    let states = lens.world().agents.iter().enumerate();
    let rows: Vec<AgentRow> =
        states.map(|(place, state)| row(lens, AgentIx::from(place), state)).collect();
    let working = rows.iter().filter(|row| row.state == AgentState::Busy).count();
    let present = rows.iter().filter(|row| row.state != AgentState::Removed).count();
    let summary = format!("{present}, of which {working} at work");
    let (idle, engaged) = rows.into_iter().partition(|row| row.state == AgentState::Idle);
    Agents { engaged, idle, summary }
}

fn row(lens: &Lens<'_>, ix: AgentIx, state: &Inner) -> AgentRow {
    let trace = lens.history.agents.get(ix.at());
    AgentRow {
        agent_id: state.spec.id.clone(),
        role: state.spec.role.clone(),
        role_title: lens.role_title(state.role),
        mark: lens.mark_of_role(state.role),
        state: seen(lens, state),
        doing: doing(lens, state),
        coordinates: lens.task.is_some_and(|task| leads(lens, state, task)),
        performance: state.performance.to_string(),
        held: state.workload(),
        capacity: state.spec.capacity,
        event: trace.and_then(|trace| trace.last).map(|event| u64::from(event.0)),
        named: lens.named(Name::Agent(ix)),
        fresh: lens.fresh(Name::Agent(ix)),
    }
}

fn standing(lens: &Lens<'_>, ix: AgentIx, state: &Inner) -> Standing {
    let trace = lens.history.agents.get(ix.at());
    let (sent, read) = trace.map_or((0, 0), |trace| (trace.sent, trace.read));
    Standing {
        change: change(state.spec.performance, state.performance),
        completed: state.completed_tasks as usize,
        messages: format!("{sent} sent, {read} read"),
        proficiencies: proficiencies(state),
    }
}

/// Says whether an agent leads a task that has not ended.
fn leads(lens: &Lens<'_>, state: &Inner, task: TaskIx) -> bool {
    let open = lens.world().tasks.get(task.at()).is_some_and(|task| task.ended.is_none());
    open && state.coordinating.contains_key(&task)
}

fn seen(lens: &Lens<'_>, state: &Inner) -> AgentState {
    if state.removed {
        AgentState::Removed
    } else if state.crashed {
        AgentState::Crashed
    } else if state.silent {
        AgentState::Silent
    } else if !state.slots.is_empty()
        || state.coordinating.keys().any(|task| leads(lens, state, *task))
    {
        AgentState::Busy
    } else {
        AgentState::Idle
    }
}

fn doing(lens: &Lens<'_>, state: &Inner) -> String {
    let lead: Vec<String> = state
        .coordinating
        .keys()
        .filter(|task| leads(lens, state, **task))
        .map(|task| task.text())
        .collect();
    let lead =
        if lead.is_empty() { String::new() } else { format!("coordinates {}", names::list(&lead)) };
    let open = state.holdings.iter().filter(|(_, holding)| !holding.accepted);
    let mut work: Vec<String> = open
        .map(|(subtask, holding)| {
            format!("{} {}", stage(holding), names::subtask(lens.session, *subtask))
        })
        .collect();
    if work.is_empty() && lead.is_empty() {
        work.extend(state.slots.iter().map(|auction| format!("won {}", auction.text())));
    }
    let said = joined(&[lead, work.join(", ")]);
    match (said.is_empty(), state.spec.busy_slots) {
        (false, _) => said,
        (true, 0) => "idle".to_owned(),
        (true, busy) => format!(
            "idle here, {} taken by other work",
            units::count(busy as usize, "slot", "slots")
        ),
    }
}

fn stage(holding: &Holding) -> &'static str {
    match &holding.stage {
        Stage::Waiting => "waits with",
        Stage::Running => "works on",
        Stage::Done(produced) if produced.revising => "revises",
        Stage::Done(_) => "handed in",
    }
}

fn change(from: Hundredths, to: Hundredths) -> String {
    let by = Hundredths(from.0.abs_diff(to.0));
    match from.cmp(&to) {
        std::cmp::Ordering::Less => format!("+{by}"),
        std::cmp::Ordering::Equal => String::new(),
        std::cmp::Ordering::Greater => format!("−{by}"),
    }
}

fn proficiencies(state: &Inner) -> Vec<Proficiency> {
    let mut skills: Vec<_> = state.spec.capabilities.iter().collect();
    skills.sort_by(|(a, x), (b, y)| y.cmp(x).then_with(|| a.cmp(b)));
    let one = |(name, share): (&String, &crate::kernel::fixed::Ppm)| Proficiency {
        name: units::phrase(name),
        value: units::share(*share),
        percent: share.clamped().0 / 10_000,
    };
    skills.into_iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::super::lens::tests::at_every_turn;
    use super::*;

    #[test]
    fn agents_are_listed_once_and_never_over_capacity() {
        let mut was_busy = false;
        at_every_turn("generic-team", |lens| {
            let shown = agents(lens);
            let rows: Vec<&AgentRow> = shown.engaged.iter().chain(&shown.idle).collect();
            assert_eq!(rows.len(), lens.world().agents.len());
            assert!(rows.iter().all(|row| row.held <= row.capacity && !row.doing.is_empty()));
            was_busy |= !shown.engaged.is_empty();
        });
        assert!(was_busy);
    }
}
