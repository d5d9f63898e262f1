//! A start that is tried again: which figures could have been others, and what starts first with them.

use std::collections::BTreeSet;

use super::super::super::Session;
use super::super::super::counterfactual::run_at;
use super::super::super::margin::needed;
use super::super::search::Meter;
use super::past::{Past, Word, Worked};
use super::{StartChange, StartFigure};
use crate::kernel::fixed::{Hundredths, Ppm};
use crate::kernel::time::Micros;
use crate::model::id::{Actor, AgentIx, SubtaskIx, TaskIx, TurnIx};
use crate::sim::command::Command;
use crate::sim::event::{EventKind, Purpose};
use crate::sim::run::Run;
use crate::sim::scenario::{Latency, LinkRule, Scenario};
use crate::sim::world::task::{SubtaskStage, TaskState};

/// Turns after which a run that is tried again counts as one in which nothing starts.
const TURNS_MAX: u32 = 20_000;
/// What it costs to reach a turn of the past [turns].
const SEEK_COST: u64 = 100;
/// What it costs to begin once more from there [turns].
const COPY_COST: u64 = 10;

/// A figure, the turn from which the run goes on with it changed, and the most it can change by.
#[derive(Clone, Copy)]
pub(super) struct Candidate {
    /// Which figure.
    pub figure: StartFigure,
    /// The most it can change by.
    pub most: Micros,
    /// Whether it says something only where what came before it, the work, does not matter.
    pub is_follow_up: bool,
    from: TurnIx,
    /// The time that is changed: when work ends, or how long word takes.
    was: Micros,
    /// Who sent the word.
    sender: Option<Actor>,
}

/// The start at the cursor, to be tried again.
pub(super) struct Trial<'a> {
    session: &'a Session,
    meter: &'a Meter,
    ix: TaskIx,
    task: &'a TaskState,
    past: Past,
}

impl<'a> Trial<'a> {
    /// Looks at the start at a session's cursor; none where nothing starts, or starts once more.
    pub async fn of(session: &'a Session, ix: TaskIx, meter: &'a Meter) -> Option<Trial<'a>> {
        let task = session.world().tasks.get(ix.at())?;
        let past = Past::of(session, ix, meter).await?;
        // What starts once more after a failure has another reason than time.
        let again = past.started.iter().any(|subtask| past.before.contains(subtask));
        let tried = !past.started.is_empty() && !again;
        tried.then_some(Trial { session, meter, ix, task, past })
    }

    /// Lists what could have been longer or shorter, each figure once.
    pub async fn candidates(&self) -> Vec<Candidate> {
        let mut found = Vec::new();
        // What let it start could have taken longer.
        for subtask in &self.past.started {
            let needed = self.task.dependencies(*subtask);
            let needed = needed.filter_map(|needed| {
                self.past.work(self.session, needed).map(|(work, ended)| (needed, work, ended))
            });
            let last = needed.max_by_key(|(_, _, ended)| *ended);
            found.extend(
                last.map(|(needed, work, ended)| {
                    longer(StartFigure::WorkLonger(needed), work, ended)
                }),
            );
            found.extend(self.word(*subtask, StartFigure::WordLater).await);
        }
        // What keeps another waiting could have taken less.
        let begun: BTreeSet<SubtaskIx> =
            self.past.started.iter().chain(&self.past.before).copied().collect();
        for subtask in self.task.subtasks().filter(|subtask| !begun.contains(subtask)) {
            let mut missing = self.task.dependencies(subtask).filter(|needed| {
                let state = self.session.world().subtasks.get(needed.at());
                state.map(|state| state.stage) != Some(SubtaskStage::Done)
            });
            match (missing.next(), missing.next()) {
                (None, _) => {
                    found.extend(self.word(subtask, StartFigure::WordSooner).await);
                }
                // What only now starts cannot have ended before.
                (Some(needed), None) if !self.past.started.contains(&needed) => {
                    found.extend(self.running(needed));
                }
                _ => {}
            }
        }
        let mut seen = Vec::new();
        found.retain(|candidate| {
            let is_new = !seen.contains(&candidate.figure);
            seen.push(candidate.figure);
            is_new
        });
        found
    }

    fn running(&self, needed: SubtaskIx) -> Option<Candidate> {
        let (work, ended) = self.past.work(self.session, needed)?;
        let (turn, began) = work.began;
        let most = Micros(ended.0.checked_sub(began.0)?);
        let figure = StartFigure::WorkShorter(needed);
        Some(Candidate { figure, from: turn, most, was: ended, sender: None, is_follow_up: false })
    }

    /// Finds the message that let a subtask start: the assignment, or where it depends on others the
    /// coordinator's word that they are done.
    async fn word(
        &self,
        ix: SubtaskIx,
        figure: impl Fn(AgentIx) -> StartFigure,
    ) -> Option<Candidate> {
        let agent = self.session.world().subtasks.get(ix.at())?.holder?;
        let depends = self.task.dependencies(ix).next().is_some();
        let word = if depends { self.past.go(ix) } else { self.past.word(agent) }?;
        if word.from == Actor::Agent(agent) {
            return None;
        }
        let took = self.passage(word, agent).await?;
        let figure = figure(agent);
        let most = match figure {
            // Twice as long and a second more is as much as a link of this kind could be late.
            StartFigure::WordLater(_) => Micros(took.0 + 1_000_000),
            _ => took,
        };
        let from = TurnIx(word.turn.0.checked_sub(1)?);
        Some(Candidate {
            figure,
            from,
            most,
            was: took,
            sender: Some(word.from),
            is_follow_up: depends,
        })
    }

    /// Returns how long a message took to an agent until it was read; the run goes on for it.
    async fn passage(&self, word: &Word, agent: AgentIx) -> Option<Micros> {
        let message = self.session.log().message_of(word.sent)?;
        self.meter.spend(SEEK_COST).await;
        let mut run = run_at(self.session, self.session.turn());
        let until = run.turn().0.saturating_add(TURNS_MAX);
        let mut from = word.sent.at();
        loop {
            let read = run.log().records(from..run.log().len()).find(|record| {
                record.actor == Actor::Agent(agent)
                    && matches!(record.kind, EventKind::MessageRead { message: read } if read == message)
            });
            if let Some(read) = read {
                return read.time.0.checked_sub(word.at.0).map(Micros);
            }
            from = run.log().len();
            self.meter.spend(1).await;
            if run.turn().0 >= until || !run.advance() {
                return None;
            }
        }
    }

    /// Returns the run as it was where a figure begins to matter.
    pub async fn base(&self, candidate: Candidate) -> Run {
        self.meter.spend(SEEK_COST).await;
        run_at(self.session, candidate.from)
    }

    /// Tries a change; returns what starts first where that is something else.
    pub async fn otherwise(
        &self,
        base: &Run,
        candidate: Candidate,
        by: Micros,
    ) -> Option<SubtaskIx> {
        self.meter.spend(COPY_COST).await;
        let mut run = base.clone();
        let more = candidate.was.0.checked_add(by.0);
        let less = candidate.was.0.checked_sub(by.0);
        match candidate.figure {
            StartFigure::WorkLonger(subtask) => retime(&mut run, subtask, Micros(more?))?,
            StartFigure::WorkShorter(subtask) => retime(&mut run, subtask, Micros(less?))?,
            StartFigure::WordLater(agent) => relink(&mut run, candidate.sender?, agent, more?)?,
            StartFigure::WordSooner(agent) => relink(&mut run, candidate.sender?, agent, less?)?,
            StartFigure::Leads(..) => return None,
        }
        self.other_first(run).await
    }

    /// Tries which other winner, had it led, would have begun first: who leads hears of it first.
    ///
    /// A score shapes bids as well, so the whole run is done again with it; only one without commands
    /// can be.
    pub async fn leading(&self) -> Option<StartChange> {
        let world = self.session.world();
        let leader = self.task.coordinator()?;
        let first = self.past.before.is_empty() && self.session.current().commands().is_empty();
        let performance = |agent: AgentIx| world.agent(agent).map(|agent| agent.performance);
        let own = performance(leader).filter(|_| first)?;
        let mut others: Vec<AgentIx> = self
            .task
            .subtasks()
            .filter(|subtask| self.task.dependencies(*subtask).next().is_none())
            .filter_map(|subtask| world.subtasks.get(subtask.at())?.holder)
            .filter(|holder| *holder != leader)
            .collect();
        others.sort_by_key(|other| (std::cmp::Reverse(performance(*other)), *other));
        others.dedup();
        for other in others {
            let need = needed(world.agent_id(other), world.agent_id(leader), own);
            let less = Hundredths(need.0.checked_sub(1)?);
            // A step less has to leave everything as it was.
            let Some(first) = self.with_score(other, need).await else { continue };
            if self.with_score(other, less).await.is_none() {
                let figure = StartFigure::Leads(other, need);
                return Some(StartChange { figure, by: Micros(0), first });
            }
        }
        None
    }

    /// Does the whole run again with another performance score; returns what starts first where that
    /// is something else.
    async fn with_score(&self, agent: AgentIx, score: Hundredths) -> Option<SubtaskIx> {
        let mut setup = self.session.setup().clone();
        let mut scenario = Scenario::clone(&setup.scenario);
        scenario.agents.get_mut(agent.at())?.performance = score;
        setup.scenario = scenario.into();
        self.meter.spend(SEEK_COST).await;
        self.other_first(Run::new(setup)).await
    }

    /// Lets a run go on until something starts that had not started before the cursor; returns it
    /// where it is none of what started at the cursor.
    async fn other_first(&self, mut run: Run) -> Option<SubtaskIx> {
        let until = run.turn().0.saturating_add(TURNS_MAX);
        while run.turn().0 < until {
            self.meter.spend(1).await;
            if !run.advance() {
                return None;
            }
            let span = run.log().span(run.turn());
            let starts = run.log().records(span).find_map(|record| match record.kind {
                EventKind::SubtaskStarted { task, subtask, .. }
                    if task == self.ix && !self.past.before.contains(&subtask) =>
                {
                    Some(subtask)
                }
                _ => None,
            });
            if starts.is_some() {
                return starts.filter(|first| !self.past.started.contains(first));
            }
        }
        None
    }
}

fn longer(figure: StartFigure, work: &Worked, ended: Micros) -> Candidate {
    let (from, began) = work.began;
    let took = ended.0.saturating_sub(began.0);
    // Twice as long and a second more: beyond that it is another piece of work.
    Candidate {
        figure,
        from,
        most: Micros(took + 1_000_000),
        was: ended,
        sender: None,
        is_follow_up: false,
    }
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
        loss: Ppm::ZERO,
        duplication: Ppm::ZERO,
    };
    run.command(&Command::SetLink { link }).ok()
}
