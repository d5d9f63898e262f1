//! What there is before the first task arrives: what the scenario is about, who will ask for what, who is ready, what will happen.

use std::collections::BTreeMap;

use super::lens::Lens;
use super::mark::Mark;
use super::{phases, story};
use crate::model::id::RoleIx;
use crate::sim::scenario::Arrival;
use crate::text::{names, units};

/// A task that will arrive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Whose it is.
    pub who: String,
    /// What will be asked.
    pub what: String,
    /// Its priority, such as `High`.
    pub priority: String,
    /// When it arrives, and what its plan asks of whom.
    pub plan: String,
}

/// The agents of one role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Troop {
    /// The role, as people read it.
    pub title: String,
    /// Its mark.
    pub mark: Mark,
    /// How many there are.
    pub count: usize,
}

/// A stretch of the run to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The phase's title on the workbench, and what happens in it, one line.
    pub phase: (&'static str, &'static str),
    /// The chapter's title in the story, and what it is about, one sentence or two.
    pub chapter: (&'static str, &'static str),
}

/// What there is before the first task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    /// The scenario's title.
    pub title: String,
    /// What the scenario shows, in a sentence or two; empty where it does not say.
    pub about: String,
    /// The first of its tasks.
    pub asked: Vec<Asked>,
    /// How many more there are, in words; empty where there are none.
    pub more: String,
    /// The team by roles, in the order in which they joined.
    pub team: Vec<Troop>,
    /// The six phases.
    pub stretches: Vec<Stretch>,
}

/// Most tasks that are told one by one.
const ASKED_MAX: usize = 4;
/// Most subtasks that are told by name.
const NAMED_MAX: usize = 8;
/// Most characters of what is asked.
const WHAT_MAX: usize = 200;

/// Says what there is; none once a task has arrived.
pub fn opening(lens: &Lens<'_>) -> Option<Opening> {
    if !lens.world().tasks.is_empty() {
        return None;
    }
    let scenario = &lens.session.setup().scenario;
    let mut places: BTreeMap<RoleIx, usize> = BTreeMap::new();
    let mut team: Vec<Troop> = Vec::new();
    for agent in lens.world().agents.iter().filter(|agent| !agent.removed) {
        let place = *places.entry(agent.role).or_insert(team.len());
        if let Some(troop) = team.get_mut(place) {
            troop.count += 1;
        } else {
            let title = lens.role_title(agent.role);
            team.push(Troop { title, mark: lens.mark_of_role(agent.role), count: 1 });
        }
    }
    let left = scenario.tasks.len().saturating_sub(ASKED_MAX);
    let phases = phases::TITLES.into_iter().zip(phases::WHATS);
    let stretches = phases.zip(story::CHAPTERS);
    Some(Opening {
        title: scenario.title.clone(),
        about: scenario.summary.clone(),
        asked: scenario.tasks.iter().take(ASKED_MAX).map(asked).collect(),
        more: if left == 0 { String::new() } else { format!("and {left} more") },
        team,
        stretches: stretches.map(|(phase, chapter)| Stretch { phase, chapter }).collect(),
    })
}

fn asked(arrival: &Arrival) -> Asked {
    let Arrival { at, planned, .. } = arrival;
    let request = &planned.request;
    let what =
        if request.description.is_empty() { &request.task_type } else { &request.description };
    let subtasks = units::count(planned.plan.len(), "subtask", "subtasks");
    let named: Vec<String> = match planned.plan.len() {
        few if few <= NAMED_MAX => {
            planned.plan.iter().map(|one| units::phrase(&one.name)).collect()
        }
        _ => Vec::new(),
    };
    let named = if named.is_empty() { String::new() } else { format!(": {}", names::list(&named)) };
    Asked {
        who: request.client.clone(),
        what: units::short(&units::title(what), WHAT_MAX),
        priority: units::title(&request.priority.name().to_lowercase()),
        plan: format!("arrives at {}, {subtasks}{named}", units::time(*at)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::lens::tests::at_every_turn;
    use super::*;
    use crate::session::catalog;

    #[test]
    fn every_scenario_opens_with_a_task_a_team_and_six_phases() {
        for built_in in catalog::BUILT_IN {
            let mut seen = 0;
            at_every_turn(built_in.name, |lens| {
                let Some(shown) = opening(lens) else { return };
                seen += 1;
                assert_eq!(lens.session.turn().0, 0, "{}", built_in.name);
                assert!(!shown.about.is_empty() && !shown.asked.is_empty(), "{}", built_in.name);
                assert_eq!(shown.stretches.len(), 6);
                let count: usize = shown.team.iter().map(|troop| troop.count).sum();
                assert_eq!(count, lens.world().agents.len(), "{}", built_in.name);
            });
            assert_eq!(seen, 1, "{}", built_in.name);
        }
    }
}
