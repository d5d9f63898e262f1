//! A run: scenario, seed and commands become turns of events.

mod commit;
mod wave;

use std::sync::Arc;

use self::wave::Wave;
use super::command::Command;
use super::effects::{Drafted, Effects};
use super::event::{Event, EventKind, Purpose};
use super::log::Log;
use super::scenario::Scenario;
use super::store::Store;
use super::turn::{self, Scene};
use super::world::agent::AgentState;
use super::world::{Activation, World};
use crate::kernel::agenda::Entry;
use crate::kernel::digest::{Digest, content_hash};
use crate::kernel::time::Micros;
use crate::mechanism::domain::Domain;
use crate::model::fault::Fault;
use crate::model::id::{Actor, EventId, MessageIx, TimerIx, TurnIx};
use crate::model::message::Payload;

/// Raised by every change that alters what the same scenario, seed and commands replay to.
pub const ENGINE_VERSION: u32 = 3;

/// What a run is made of beside its commands.
#[derive(Clone)]
pub struct Setup {
    /// The scenario.
    pub scenario: Arc<Scenario>,
    /// The seed.
    pub seed: u64,
    /// The domain.
    pub domain: Arc<dyn Domain>,
}

impl Setup {
    /// Returns where the digest chain begins: a hash of the scenario, the seed and the engine version.
    fn origin(&self) -> Digest {
        let mut digest = Digest::default();
        digest.fold(u64::from(ENGINE_VERSION));
        digest.fold(self.seed);
        digest.fold(content_hash(self.scenario.source.to_string().as_bytes()));
        digest
    }
}

/// A run as far as it has gone.
#[derive(Clone)]
pub struct Run {
    setup: Setup,
    world: World,
    log: Log,
    store: Store,
    drafted: Drafted,
    wave: Wave,
    /// Where the digest chain begins.
    origin: Digest,
}

impl Run {
    /// Loads a scenario: turn 0.
    pub fn new(setup: Setup) -> Run {
        let world = World::new(&setup.scenario, setup.seed, &*setup.domain);
        let origin = setup.origin();
        let log = Log::new(origin);
        let mut run = Run {
            setup,
            world,
            log,
            store: Store::default(),
            drafted: Drafted::default(),
            wave: Wave::default(),
            origin,
        };
        run.load();
        run
    }

    /// Begins again at turn 0, in the memory that the run has already.
    pub fn restart(&mut self) {
        self.world = World::new(&self.setup.scenario, self.setup.seed, &*self.setup.domain);
        self.log.restart(self.origin);
        self.store.restart();
        self.load();
    }

    fn load(&mut self) {
        self.log.open_turn(Micros::ZERO, Actor::Environment, 0);
        let scenario = Arc::clone(&self.setup.scenario);
        for (at, agent) in scenario.agents.iter().enumerate() {
            let spec = self.store.put_agent(agent.clone());
            self.append(None, &[], EventKind::AgentAdded { agent: at.into(), spec });
        }
        let arrivals = scenario
            .tasks
            .iter()
            .zip(0..)
            .map(|(task, n)| (task.at, Actor::User, Purpose::TaskArrives(n)));
        let faults = scenario.environment.faults.iter().zip(0..);
        let faults =
            faults.map(|(fault, n)| (fault.at, Actor::Environment, Purpose::FaultStrikes(n)));
        for (at, owner, purpose) in arrivals.chain(faults).collect::<Vec<_>>() {
            let timer = TimerIx(self.world.timer_count);
            self.append(None, &[], EventKind::TimerSet { timer, owner, purpose, at });
        }
    }

    /// Returns what the run is made of.
    pub fn setup(&self) -> &Setup {
        &self.setup
    }

    /// Returns the world after the last turn.
    pub fn world(&self) -> &World {
        &self.world
    }

    /// Returns the log.
    pub fn log(&self) -> &Log {
        &self.log
    }

    /// Returns the artifacts.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Returns the activations that could come next, in the order in which the scheduler takes them.
    pub fn enabled(&self) -> Vec<Entry<Activation>> {
        let mut agenda = self.world.agenda.clone();
        agenda.settle(|entry| self.world.is_stale(entry));
        agenda.due().filter(|entry| !self.world.is_stale(entry)).copied().collect()
    }

    /// Performs one turn, the first that is enabled; says whether there was one.
    pub fn advance(&mut self) -> bool {
        self.world.settle();
        let Some(next) = self.world.agenda.due().next().copied() else {
            return false;
        };
        self.perform(next);
        true
    }

    /// Performs up to so many turns, each the first that is enabled; returns how many there were.
    ///
    /// The same as `advance` so many times, in less time where turns that follow each other are alike.
    pub fn advance_by(&mut self, turns_max: u32) -> u32 {
        let mut done = 0;
        while done < turns_max {
            done += self.wave(turns_max - done);
            if done == turns_max || !self.advance() {
                break;
            }
            done += 1;
        }
        done
    }

    /// Performs one enabled activation, by its sequence; says whether it was there.
    pub fn step(&mut self, activation: u64) -> bool {
        self.world.settle();
        let found = self.world.agenda.due().find(|entry| entry.sequence == activation).copied();
        let Some(entry) = found.filter(|entry| !self.world.is_stale(entry)) else {
            return false;
        };
        self.perform(entry);
        true
    }

    /// Checks a command against the world as it stands, and performs it as one turn of the user.
    ///
    /// # Errors
    /// What is wrong with the command, with pointers into it; the run is as before.
    pub fn command(&mut self, command: &Command) -> Result<(), Vec<Fault>> {
        let order = turn::user::check(&self.scene(), command)?;
        let sequence = self.world.agenda.next_sequence();
        self.log.open_turn(self.world.now, Actor::User, sequence);
        self.world.open_turn(self.world.now, sequence);
        let artifact = self.store.put_command(command.clone());
        let applied = self.append(None, &[], EventKind::CommandApplied { command: artifact });
        self.react(|scene, fx| turn::user::carry_out(scene, fx, applied, order));
        Ok(())
    }

    fn scene(&self) -> Scene<'_> {
        Scene {
            world: &self.world,
            log: &self.log,
            domain: &*self.setup.domain,
            scenario: &self.setup.scenario,
        }
    }

    fn perform(&mut self, entry: Entry<Activation>) {
        // Most turns are an agent's that has mail, so what that takes is told apart early.
        if let Activation::Wake(Actor::Agent(agent)) = entry.item
            && self.world.agent(agent).is_none_or(AgentState::is_up)
        {
            let actor = Actor::Agent(agent);
            self.log.open_turn(entry.time, actor, entry.sequence);
            self.world.open_turn(entry.time, entry.sequence);
            return self.read_mail(actor);
        }
        self.perform_other(entry);
    }

    #[inline(never)]
    fn perform_other(&mut self, entry: Entry<Activation>) {
        let (actor, timer) = self.actor_of(entry.item);
        self.log.open_turn(entry.time, actor, entry.sequence);
        self.world.open_turn(entry.time, entry.sequence);
        match entry.item {
            Activation::Drop(message, to) => {
                self.lose(message, to, super::event::LossReason::Link);
                return;
            }
            Activation::Copy(original, to) => {
                let cause = self.log.sent_by(original);
                let deliver_at = self.world.now;
                self.append(cause, &[], EventKind::MessageDuplicated { original, to, deliver_at });
                return;
            }
            Activation::Wake(to) if actor == Actor::Environment => {
                self.lose_mail(to);
                return;
            }
            _ => {}
        }
        self.read_mail(actor);
        if let Some(timer) = timer {
            self.fire(actor, timer);
        }
    }

    /// Returns who acts, and the timer that is due.
    fn actor_of(&self, activation: Activation) -> (Actor, Option<TimerIx>) {
        match activation {
            Activation::Wake(Actor::Agent(agent))
                if self.world.agent(agent).is_some_and(|agent| !agent.is_up()) =>
            {
                (Actor::Environment, None)
            }
            Activation::Wake(actor) => (actor, None),
            Activation::Timer(timer) => (
                self.world.timers.get(timer).map_or(Actor::Environment, |timer| timer.owner),
                Some(timer),
            ),
            Activation::Drop(..) | Activation::Copy(..) => (Actor::Environment, None),
            Activation::Command => (Actor::User, None),
        }
    }

    /// Lets an actor read all that has reached it, in order, and react to each message.
    fn read_mail(&mut self, actor: Actor) {
        loop {
            if actor == Actor::Orchestrator {
                self.read_bids();
            }
            let World { environment, now, .. } = &self.world;
            let Some(&inbound) = environment.get_messages_for_agent(actor, *now).next() else {
                return;
            };
            let Run { world, log, store, .. } = self;
            let read = commit::read(world, log, store, actor, &inbound);
            if !inbound.duplicate {
                self.react(|scene, fx| turn::on_message(scene, fx, actor, read, &inbound));
            }
        }
    }

    fn fire(&mut self, actor: Actor, timer: TimerIx) {
        let Some(state) = self.world.timers.get(timer).copied() else {
            return;
        };
        let fired = self.append(Some(state.set_by), &[], EventKind::TimerFired { timer });
        self.react(|scene, fx| turn::on_timer(scene, fx, actor, fired, state.purpose));
    }

    fn lose_mail(&mut self, to: Actor) {
        let removed = matches!(to, Actor::Agent(agent) if self.world.agent(agent).is_some_and(|agent| agent.removed));
        let reason = if removed {
            super::event::LossReason::Removed
        } else {
            super::event::LossReason::Crashed
        };
        let now = self.world.now;
        loop {
            let next = self
                .world
                .environment
                .get_messages_for_agent(to, now)
                .next()
                .map(|inbound| inbound.message);
            let Some(message) = next else { return };
            self.lose(message, to, reason);
        }
    }

    fn lose(&mut self, message: MessageIx, to: Actor, reason: super::event::LossReason) {
        let cause = self.log.sent_by(message);
        self.append(cause, &[], EventKind::MessageLost { message, to, reason });
    }

    /// Decides on the world as it stands, applies what was decided, and looks again where that asks for it.
    #[inline(always)]
    fn react(&mut self, decide: impl FnOnce(&Scene<'_>, &mut Effects<'_>)) {
        self.decide(decide);
        if !self.drafted.follow_ups.is_empty() {
            self.follow_up();
        }
    }

    #[inline(never)]
    fn follow_up(&mut self) {
        let mut next = 0;
        while let Some(&(cause, follow_up)) = self.drafted.follow_ups.get(next) {
            next += 1;
            self.decide(|scene, fx| turn::on_follow_up(scene, fx, cause, follow_up));
        }
        self.drafted.follow_ups.clear();
    }

    #[inline(always)]
    fn decide(&mut self, decide: impl FnOnce(&Scene<'_>, &mut Effects<'_>)) {
        let Run { setup, world, log, store, drafted, .. } = self;
        let scene = Scene { world, log, domain: &*setup.domain, scenario: &setup.scenario };
        decide(&scene, &mut Effects::new(world, store, log.next_id(), drafted));
        if !drafted.events.is_empty() {
            self.commit();
        }
    }

    /// Writes an event down and applies it.
    fn append(&mut self, cause: Option<EventId>, reads: &[EventId], kind: EventKind) -> EventId {
        let actor = self.log.actor().unwrap_or(Actor::Environment);
        let mut event = Event { cause, kind };
        commit::append_one(&mut self.world, &mut self.log, &self.store, actor, &mut event, reads)
    }

    /// Changes a world that stands before a turn of this run as that turn did, by applying its events.
    pub fn replay_turn(&self, world: &mut World, turn: TurnIx) {
        let Some(opened) = self.log.turn(turn) else { return };
        world.open_turn(opened.time, opened.activation);
        for record in self.log.records(self.log.span(turn)) {
            let event = Event { cause: record.cause, kind: record.kind };
            world.apply(record.id, opened.actor, &event, &self.store);
        }
    }

    /// Decides the whole run anew, with the same activations and commands at the same turns.
    ///
    /// # Errors
    /// The turn that could not be taken again.
    pub fn again(&self) -> Result<Run, TurnIx> {
        let mut again = Run::new(self.setup.clone());
        for (at, turn) in self.log.turns().enumerate().skip(1) {
            let taken = match self.log.kind(turn.first) {
                Some(EventKind::CommandApplied { command }) => self
                    .store
                    .command(command)
                    .is_some_and(|command| again.command(command).is_ok()),
                _ => again.step(turn.activation),
            };
            if !taken {
                return Err(TurnIx::from(at));
            }
        }
        Ok(again)
    }

    /// Returns this run as it was after a turn, whose world is given.
    pub fn cut(&self, turn: TurnIx, world: World) -> Run {
        let (setup, log) = (self.setup.clone(), self.log.cut(turn));
        let (store, origin) = (self.store.clone(), self.origin);
        Run { setup, world, log, store, drafted: Drafted::default(), wave: Wave::default(), origin }
    }

    /// Puts another payload into a message that an actor has not read yet, for a run that only asks
    /// what would have been: its log does not tell of it. Says whether the message was there.
    pub fn suppose(&mut self, to: Actor, message: MessageIx, payload: Payload) -> bool {
        let bus = &self.world.environment.message_bus;
        let found = bus.inbox(to).find(|inbound| inbound.message == message);
        let Some(conversation) = found.map(|inbound| inbound.conversation) else { return false };
        let payload = self.store.put_payload(payload, conversation);
        self.world.environment.message_bus.swap_payload(to, message, payload)
    }

    /// Sets a timer to another time, as one turn of the user, for a run that only asks what would have
    /// been. Says whether there was such a timer.
    pub fn retime(&mut self, owner: Actor, purpose: Purpose, at: Micros) -> bool {
        let Some(timer) = self.world.timer_for(owner, purpose) else { return false };
        let cause = self.world.timers.get(timer).map(|timer| timer.set_by);
        let sequence = self.world.agenda.next_sequence();
        self.log.open_turn(self.world.now, Actor::User, sequence);
        self.world.open_turn(self.world.now, sequence);
        self.append(cause, &[], EventKind::TimerCancelled { timer });
        let timer = TimerIx(self.world.timer_count);
        self.append(cause, &[], EventKind::TimerSet { timer, owner, purpose, at });
        true
    }

    /// Returns the number of the last turn.
    pub fn turn(&self) -> TurnIx {
        self.log.last_turn()
    }
}
