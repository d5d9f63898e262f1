//! What all panels look through: a session at its cursor, one of its tasks, and what the turn is about.

use super::focus::{Focus, Name};
use super::history::{History, List, Talk};
use super::mark::Mark;
use crate::model::id::{Actor, AgentIx, RoleIx, SubtaskIx, TaskIx, TurnIx};
use crate::model::message::MessageType;
use crate::session::Session;
use crate::sim::world::World;
use crate::sim::world::task::TaskState;
use crate::text::units;

/// A session at its cursor, as panels see it.
#[derive(Clone, Copy)]
pub struct Lens<'a> {
    /// The session.
    pub session: &'a Session,
    /// What its log tells up to the cursor.
    pub history: &'a History,
    /// What the turn at the cursor touches and its narration names.
    pub focus: &'a Focus,
    /// The task that the panels show; none before the first.
    pub task: Option<TaskIx>,
}

impl<'a> Lens<'a> {
    /// Returns the world at the cursor.
    pub fn world(&self) -> &'a World {
        self.session.world()
    }

    /// Returns the selected task's state.
    pub fn task_state(&self) -> Option<&'a TaskState> {
        self.world().tasks.get(self.task?.at())
    }

    /// Returns what was said and written in the selected task.
    pub fn talk(&self) -> &'a List<Talk> {
        static SILENCE: List<Talk> = List::new();
        self.task.and_then(|task| self.history.task(task)).map_or(&SILENCE, |trace| &trace.talk)
    }

    /// Returns a role's mark, by its place in the domain.
    pub fn mark_of_role(&self, role: RoleIx) -> Mark {
        Mark::of_role(role.at())
    }

    /// Returns the mark of an agent's role.
    pub fn mark_of(&self, agent: AgentIx) -> Mark {
        let role = self.session.head().agent(agent).map_or(RoleIx(0), |agent| agent.role);
        self.mark_of_role(role)
    }

    /// Returns the mark of an actor that is an agent.
    pub fn mark_of_actor(&self, actor: Actor) -> Option<Mark> {
        match actor {
            Actor::Agent(agent) => Some(self.mark_of(agent)),
            _ => None,
        }
    }

    /// Returns a role's title as people read it.
    pub fn role_title(&self, role: RoleIx) -> String {
        let name = self.session.head().role_name(role);
        let spec = self.session.setup().domain.role(name);
        spec.map_or_else(|| units::title(name), |spec| spec.title.clone())
    }

    /// Returns an agent's id.
    pub fn agent_id(&self, agent: AgentIx) -> String {
        self.session.head().agent_id(agent).to_owned()
    }

    /// Returns an actor's name in the contract.
    pub fn actor_name(&self, actor: Actor) -> String {
        self.session.head().actor_name(actor).to_owned()
    }

    /// Returns a subtask's name as a title.
    pub fn subtask_title(&self, subtask: SubtaskIx) -> String {
        let planned = self.session.head().planned(subtask);
        planned.map_or_else(String::new, |planned| units::title(&planned.name))
    }

    /// Says whether the narration names something.
    pub fn named(&self, name: Name) -> bool {
        self.focus.named.contains(&name)
    }

    /// Says whether this turn touches something; where all begins, nothing is new.
    pub fn fresh(&self, name: Name) -> bool {
        self.session.turn() > TurnIx(0) && self.focus.touched.contains(&name)
    }

    /// Writes when something happened, such as `turn 14, 0.86 s`.
    pub fn when(&self, turn: TurnIx) -> String {
        let time = self.session.log().turn(turn).map(|turn| turn.time).unwrap_or_default();
        format!("turn {}, {}", turn.0, units::time(time))
    }
}

/// Returns the words for a type of message, the same in every panel.
pub fn message_title(kind: MessageType) -> String {
    units::phrase(kind.name())
}

/// Writes a sum as a sentence's parts joined by commas, those that are empty left out.
pub fn joined(parts: &[String]) -> String {
    let said: Vec<&str> =
        parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    said.join(", ")
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use crate::session::catalog;

    /// Runs a built-in scenario to its end and calls back with the panels' lens at every turn.
    pub fn at_every_turn(scenario: &str, mut check: impl FnMut(&Lens<'_>)) {
        let setup = catalog::setup(scenario, None).expect("a built-in scenario is legal");
        let mut session = Session::new(setup);
        let mut history = History::default();
        loop {
            history.follow(&session);
            let focus = Focus::of_turn(&session, session.turn());
            let task = session.world().tasks.len().checked_sub(1).map(TaskIx::from);
            check(&Lens { session: &session, history: &history, focus: &focus, task });
            if !session.step() {
                break;
            }
        }
    }

    /// Brings a built-in scenario to its end, goes back to the start, and calls back with the panels'
    /// lens at every turn, as the page looks at a run that is known ahead of its cursor.
    pub fn through_a_known_run(scenario: &str, mut check: impl FnMut(&Lens<'_>)) {
        let setup = catalog::setup(scenario, None).expect("a built-in scenario is legal");
        let mut session = Session::new(setup);
        session.extend(u32::MAX);
        let mut history = History::default();
        for turn in 0..=session.turns().0 {
            session.seek(TurnIx(turn));
            history.follow(&session);
            let focus = Focus::of_turn(&session, session.turn());
            let tasks = &session.world().tasks;
            let open = tasks.iter().position(|task| task.ended.is_none());
            let task = open.or(tasks.len().checked_sub(1)).map(TaskIx::from);
            check(&Lens { session: &session, history: &history, focus: &focus, task });
        }
    }

    #[test]
    fn every_panel_of_every_scenario_can_be_drawn_at_every_turn() {
        use crate::view::*;
        for built_in in catalog::BUILT_IN {
            at_every_turn(built_in.name, |lens| {
                let name = built_in.name;
                let turn = lens.session.turn().0;
                let told: String =
                    lens.focus.narration.spans.iter().map(|span| span.text.as_str()).collect();
                assert!(
                    told.ends_with(['.', '…']) && !told.contains("no words"),
                    "{name}, turn {turn}: {told}"
                );
                assert_eq!(phases::phases(lens).rows.len(), 6);
                assert_eq!(
                    plan::plan(lens),
                    plan::plan(lens),
                    "the same turn gives the same panel"
                );
                schedule::schedule(lens);
                auction::auctions(lens);
                agents::agents(lens);
                messages::build::messages(
                    lens,
                    messages::build::Extent { rows_max: 60, everyone: false },
                );
                blackboard::blackboard(lens);
                result::result(lens);
                task::task_line(lens);
                assert!(!selected::selected(lens, None).title.is_empty(), "{name}, turn {turn}");
            });
        }
    }
}
