//! What would have made another subtask start first: work or word that takes longer or less long.

use super::super::Session;
use super::super::counterfactual::run_at;
use super::super::margin::needed;
use super::least;
use crate::kernel::fixed::Hundredths;
use crate::kernel::time::Micros;
use crate::model::id::{Actor, AgentIx, Recipient, SubtaskIx, TaskIx, TurnIx};
use crate::model::message::MessageType;
use crate::sim::command::Command;
use crate::sim::event::{EventKind, Purpose};
use crate::sim::log::Record;
use crate::sim::run::Run;
use crate::sim::scenario::{Latency, LinkRule, Scenario};
use crate::sim::world::task::SubtaskStage;

/// Turns after which a run that is tried again counts as one in which nothing starts.
const TURNS_MAX: u32 = 20_000;
/// Most subtasks of a task for which changes are looked for: each try is a run.
const SUBTASKS_MAX: usize = 24;
/// Steps in which a change is looked for [µs]: what two digits of a time show.
const STEPS_US: [u64; 3] = [10_000, 100, 1];
/// Most changes that are told.
const CHANGES_MAX: usize = 2;

/// What would have been longer or shorter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StartFigure {
    /// The work on a subtask takes so much longer.
    WorkLonger(SubtaskIx),
    /// The work on a subtask takes so much less.
    WorkShorter(SubtaskIx),
    /// Word of the assignment takes so much longer to an agent.
    WordLater(AgentIx),
    /// Word of the assignment takes so much less to an agent.
    WordSooner(AgentIx),
    /// An agent has this performance score and so leads, which lets it hear first.
    Leads(AgentIx, Hundredths),
}

/// The smallest change of one figure after which another subtask starts first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StartChange {
    /// Which figure.
    pub figure: StartFigure,
    /// By how much time; a step less leaves the order as it was. None where the figure is no time.
    pub by: Micros,
    /// What starts first with it.
    pub first: SubtaskIx,
}

/// Returns the smallest changes after each of which another subtask of the task would have started
/// before all that started at the cursor, the smallest first.
pub fn start_changes(session: &Session, task: TaskIx) -> Vec<StartChange> {
    let Some(trial) = Trial::of(session, task) else { return Vec::new() };
    let mut found: Vec<StartChange> =
        trial.candidates().into_iter().filter_map(|candidate| trial.smallest(candidate)).collect();
    found.sort_by_key(|change| change.by);
    // Times come first: to change a score is another thing.
    found.extend(trial.leading());
    found.truncate(CHANGES_MAX);
    found
}

/// A figure, the turn from which the run goes on with it changed, and the most it can change by.
#[derive(Clone, Copy)]
struct Candidate {
    figure: StartFigure,
    from: TurnIx,
    most: Micros,
    /// The time that is changed: when work ends, or how long word takes.
    was: Micros,
    /// Who sent the word.
    sender: Option<Actor>,
}

/// The start at the cursor, to be tried again.
struct Trial<'a> {
    session: &'a Session,
    task: TaskIx,
    /// What starts at the cursor.
    started: Vec<SubtaskIx>,
    /// What started before.
    before: Vec<SubtaskIx>,
}

impl<'a> Trial<'a> {
    fn of(session: &'a Session, ix: TaskIx) -> Option<Trial<'a>> {
        let task = session.world().tasks.get(ix.at())?;
        if task.subtasks().count() > SUBTASKS_MAX {
            return None;
        }
        let (mut started, mut before) = (Vec::new(), Vec::new());
        for record in session.log().records(task.created.at()..session.horizon().at()) {
            if let EventKind::SubtaskStarted { task: of, subtask, .. } = record.kind
                && of == ix
            {
                let list = if record.turn == session.turn() { &mut started } else { &mut before };
                list.push(subtask);
            }
        }
        // What starts once more after a failure has another reason than time.
        let again = started.iter().any(|subtask| before.contains(subtask));
        (!started.is_empty() && !again).then_some(Trial { session, task: ix, started, before })
    }

    fn candidates(&self) -> Vec<Candidate> {
        let Some(task) = self.session.world().tasks.get(self.task.at()) else { return Vec::new() };
        let stage = |subtask: SubtaskIx| {
            self.session.world().subtasks.get(subtask.at()).map(|state| state.stage)
        };
        let mut found = Vec::new();
        // What let it start could have taken longer.
        for subtask in &self.started {
            let needed = task.dependencies(*subtask).filter_map(|needed| self.work(needed));
            match needed.max_by_key(|(_, _, ended)| *ended) {
                Some((needed, began, ended)) => {
                    found.push(longer(StartFigure::WorkLonger(needed), began, ended));
                }
                None => found.extend(self.word(*subtask, StartFigure::WordLater)),
            }
        }
        // What keeps another waiting could have taken less.
        let waits =
            |subtask: &SubtaskIx| !self.started.contains(subtask) && !self.before.contains(subtask);
        for subtask in task.subtasks().filter(waits) {
            let mut missing = task
                .dependencies(subtask)
                .filter(|needed| stage(*needed) != Some(SubtaskStage::Done));
            match (missing.next(), missing.next()) {
                (None, _) if task.dependencies(subtask).next().is_none() => {
                    found.extend(self.word(subtask, StartFigure::WordSooner));
                }
                // What only now starts cannot have ended before.
                (Some(needed), None) if !self.started.contains(&needed) => {
                    found.extend(self.running(needed));
                }
                _ => {}
            }
        }
        found
    }

    /// Returns when a subtask's work began, by turn and time, and when it ended or is due to.
    fn work(&self, ix: SubtaskIx) -> Option<(SubtaskIx, (TurnIx, Micros), Micros)> {
        let world = self.session.world();
        let task = world.tasks.get(self.task.at())?;
        let records = self.session.log().records(task.created.at()..self.session.horizon().at());
        let (mut began, mut ended, mut agent) = (None, None, None);
        for record in records {
            match record.kind {
                EventKind::SubtaskStarted { subtask, agent: by, .. } if subtask == ix => {
                    (began, ended, agent) = (Some((record.turn, record.time)), None, Some(by));
                }
                EventKind::WorkFinished { subtask, .. } if subtask == ix && ended.is_none() => {
                    ended = Some(record.time);
                }
                _ => {}
            }
        }
        let due = || {
            let timer = world.timer_for(Actor::Agent(agent?), Purpose::WorkEnds(ix))?;
            world.timers.get(timer).map(|timer| timer.at)
        };
        Some((ix, began?, ended.or_else(due)?))
    }

    fn running(&self, needed: SubtaskIx) -> Option<Candidate> {
        let (_, (turn, began), ended) = self.work(needed)?;
        let most = Micros(ended.0.checked_sub(began.0)?);
        let figure = StartFigure::WorkShorter(needed);
        Some(Candidate { figure, from: turn, most, was: ended, sender: None })
    }

    /// Finds the message that told an agent of a subtask without dependencies.
    fn word(&self, ix: SubtaskIx, figure: impl Fn(AgentIx) -> StartFigure) -> Option<Candidate> {
        let world = self.session.world();
        let agent = world.subtasks.get(ix.at())?.holder?;
        let log = self.session.log();
        let created = world.tasks.get(self.task.at())?.created;
        let is_word = |record: &Record<'_>| match record.kind {
            EventKind::MessageSent { to, kind: MessageType::TaskAssignment, .. } => {
                to == Recipient::All || to == Recipient::One(Actor::Agent(agent))
            }
            _ => false,
        };
        let sent = log.records(created.at()..self.session.horizon().at()).find(is_word)?;
        if sent.actor == Actor::Agent(agent) {
            return None;
        }
        let took = self.passage(&sent, agent)?;
        let figure = figure(agent);
        let most = match figure {
            // Twice as long and a second more is as much as a link of this kind could be late.
            StartFigure::WordLater(_) => Micros(took.0 + 1_000_000),
            _ => took,
        };
        let from = TurnIx(sent.turn.0.checked_sub(1)?);
        Some(Candidate { figure, from, most, was: took, sender: Some(sent.actor) })
    }

    /// Returns how long a message took to an agent until it was read; the run goes on for it.
    fn passage(&self, sent: &Record<'_>, agent: AgentIx) -> Option<Micros> {
        let message = self.session.log().message_of(sent.id)?;
        let is_read = |record: &Record<'_>| {
            record.actor == Actor::Agent(agent)
                && matches!(record.kind, EventKind::MessageRead { message: read } if read == message)
        };
        let mut run = run_at(self.session, self.session.turn());
        let until = run.turn().0.saturating_add(TURNS_MAX);
        let mut from = sent.id.at();
        loop {
            if let Some(read) = run.log().records(from..run.log().len()).find(is_read) {
                return read.time.0.checked_sub(sent.time.0).map(Micros);
            }
            from = run.log().len();
            if run.turn().0 >= until || !run.advance() {
                return None;
            }
        }
    }

    /// Looks for the smallest change in ever finer steps.
    fn smallest(&self, candidate: Candidate) -> Option<StartChange> {
        // Done again with the figure as it was, the run has to be the one that was.
        if self.otherwise(candidate, Micros(0)).is_some() {
            return None;
        }
        let mut most = candidate.most.0;
        for step in STEPS_US {
            // The greatest change itself is tried, whatever the steps.
            let steps = most.div_ceil(step);
            let by = |steps: u64| Micros((steps * step).min(candidate.most.0));
            let flips = |steps: u64| self.otherwise(candidate, by(steps)).is_some();
            let found = least(steps, flips)?;
            // Ten steps or more are told without the finer ones.
            if found >= 10 || step == 1 {
                let by = by(found);
                let first = self.otherwise(candidate, by)?;
                return Some(StartChange { figure: candidate.figure, by, first });
            }
            most = found * step;
        }
        None
    }

    /// Tries a change; returns what starts first where that is something else.
    fn otherwise(&self, candidate: Candidate, by: Micros) -> Option<SubtaskIx> {
        let mut run = run_at(self.session, candidate.from);
        let changed = match candidate.figure {
            StartFigure::WorkLonger(subtask) => {
                retime(&mut run, subtask, Micros(candidate.was.0.checked_add(by.0)?))
            }
            StartFigure::WorkShorter(subtask) => {
                retime(&mut run, subtask, Micros(candidate.was.0.checked_sub(by.0)?))
            }
            StartFigure::WordLater(agent) => {
                let took = candidate.was.0.checked_add(by.0)?;
                relink(&mut run, candidate.sender?, agent, took)
            }
            StartFigure::WordSooner(agent) => {
                let took = candidate.was.0.checked_sub(by.0)?;
                relink(&mut run, candidate.sender?, agent, took)
            }
            StartFigure::Leads(..) => None,
        };
        let first = changed.and_then(|()| self.first(run))?;
        (!self.started.contains(&first)).then_some(first)
    }

    /// Tries which other winner, had it led, would have begun first: who leads hears of it first.
    ///
    /// A score shapes bids as well, so the whole run is done again with it; only one without commands
    /// can be.
    fn leading(&self) -> Option<StartChange> {
        let world = self.session.world();
        let task = world.tasks.get(self.task.at())?;
        let leader = task.coordinator()?;
        let first = self.before.is_empty() && self.session.current().commands().is_empty();
        let performance = |agent: AgentIx| world.agent(agent).map(|agent| agent.performance);
        let own = performance(leader).filter(|_| first)?;
        let mut others: Vec<AgentIx> = task
            .subtasks()
            .filter(|subtask| task.dependencies(*subtask).next().is_none())
            .filter_map(|subtask| world.subtasks.get(subtask.at())?.holder)
            .filter(|holder| *holder != leader)
            .collect();
        others.sort_by_key(|other| (std::cmp::Reverse(performance(*other)), *other));
        others.dedup();
        others.into_iter().find_map(|other| {
            let need = needed(world.agent_id(other), world.agent_id(leader), own);
            let less = Hundredths(need.0.checked_sub(1)?);
            // A step less has to leave everything as it was.
            let first = self.with_score(other, need)?;
            let as_it_was = self.with_score(other, less).is_none();
            let figure = StartFigure::Leads(other, need);
            as_it_was.then_some(StartChange { figure, by: Micros(0), first })
        })
    }

    /// Does the whole run again with another performance score; returns what starts first where that
    /// is something else.
    fn with_score(&self, agent: AgentIx, score: Hundredths) -> Option<SubtaskIx> {
        let mut setup = self.session.setup().clone();
        let mut scenario = Scenario::clone(&setup.scenario);
        scenario.agents.get_mut(agent.at())?.performance = score;
        setup.scenario = scenario.into();
        let first = self.first(Run::new(setup))?;
        (!self.started.contains(&first)).then_some(first)
    }

    /// Lets a run go on until something starts that had not started before the cursor.
    fn first(&self, mut run: Run) -> Option<SubtaskIx> {
        let until = run.turn().0.saturating_add(TURNS_MAX);
        while run.turn().0 < until && run.advance() {
            let span = run.log().span(run.turn());
            let starts = run.log().records(span).find_map(|record| match record.kind {
                EventKind::SubtaskStarted { task, subtask, .. }
                    if task == self.task && !self.before.contains(&subtask) =>
                {
                    Some(subtask)
                }
                _ => None,
            });
            if starts.is_some() {
                return starts;
            }
        }
        None
    }
}

fn longer(figure: StartFigure, began: (TurnIx, Micros), ended: Micros) -> Candidate {
    let took = ended.0.saturating_sub(began.1.0);
    // Twice as long and a second more: beyond that it is another piece of work.
    Candidate { figure, from: began.0, most: Micros(took + 1_000_000), was: ended, sender: None }
}

fn retime(run: &mut Run, subtask: SubtaskIx, at: Micros) -> Option<()> {
    let holder = run.world().subtasks.get(subtask.at())?.holder?;
    run.retime(Actor::Agent(holder), Purpose::WorkEnds(subtask), at).then_some(())
}

fn relink(run: &mut Run, from: Actor, to: AgentIx, took_us: u64) -> Option<()> {
    let link = LinkRule {
        from: run.world().actor_name(from).to_owned(),
        to: run.world().agent_id(to).to_owned(),
        group: Vec::new(),
        latency: Some(Latency { min_us: took_us, max_us: took_us }),
        loss: crate::kernel::fixed::Ppm::ZERO,
        duplication: crate::kernel::fixed::Ppm::ZERO,
    };
    run.command(&Command::SetLink { link }).ok()
}

#[cfg(test)]
mod tests {
    use super::super::super::catalog;
    use super::*;

    #[test]
    fn a_change_that_is_told_lets_another_start_first_and_a_step_less_does_not() {
        let (mut tried, mut coarse) = (0, 0);
        for name in ["career-growth", "generic-team", "find-and-apply"] {
            let setup = catalog::setup(name, None).expect("a built-in scenario is legal");
            let mut session = Session::new(setup);
            while session.step() {
                let Some(trial) = Trial::of(&session, TaskIx(0)) else { continue };
                for candidate in trial.candidates() {
                    let Some(change) = trial.smallest(candidate) else { continue };
                    let first = trial.otherwise(candidate, change.by);
                    assert_eq!(first, Some(change.first), "{name}: {change:?}");
                    // What is told in hundredths of a second is the least such time.
                    let less = match change.by.0 {
                        100_000.. => 10_000,
                        1_000.. => 100,
                        _ => 1,
                    };
                    coarse += u32::from(less > 1);
                    let before = trial.otherwise(candidate, Micros(change.by.0 - less));
                    assert_eq!(before, None, "{name}: {change:?}");
                    tried += 1;
                }
            }
        }
        assert!(tried > 2 && coarse > 0, "{tried}, {coarse}");
    }
}
