//! A branch: one line of turns, with where it left another, its name and its commands.

use std::sync::Arc;

use super::checkpoint::Checkpoints;
use crate::kernel::digest::Digest;
use crate::kernel::time::Micros;
use crate::model::fault::Fault;
use crate::model::id::TurnIx;
use crate::sim::command::Command;
use crate::sim::event::EventKind;
use crate::sim::log::Log;
use crate::sim::run::{Run, Setup};
use crate::sim::store::Store;
use crate::sim::world::World;

/// Longest name of a branch [characters].
pub const NAME_CHARS_MAX: usize = 80;

/// Turns between two looks at whether a world is to be kept.
const TURNS_AT_ONCE: u32 = 32;

/// A branch's number: it stays the same for good, and is never given twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BranchId(pub u32);

impl BranchId {
    /// Returns the id as text, such as `branch_01`.
    pub fn text(self) -> String {
        format!("branch_{:02}", self.0 + 1)
    }

    /// Reads an id as `text` writes it.
    pub fn parse(text: &str) -> Option<BranchId> {
        let number: u32 = text.strip_prefix("branch_")?.parse().ok()?;
        number.checked_sub(1).map(BranchId).filter(|id| id.text() == text)
    }
}

/// Where a branch left another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fork {
    /// The branch it left.
    pub parent: BranchId,
    /// The last turn that both have in common.
    pub turn: TurnIx,
}

/// A command and the turn that carried it out.
#[derive(Clone, Debug, PartialEq)]
pub struct Given {
    /// The turn.
    pub turn: TurnIx,
    /// The command.
    pub command: Arc<Command>,
}

/// One line of turns.
#[derive(Clone)]
pub struct Branch {
    pub(super) id: BranchId,
    pub(super) name: String,
    pub(super) fork: Option<Fork>,
    run: Run,
    checkpoints: Checkpoints,
    commands: Vec<Given>,
    /// The last turn of it that was at the cursor; those behind it are known, and nobody's past yet.
    pub(super) seen: TurnIx,
}

impl Branch {
    /// Opens the first branch of a session, at turn 0.
    pub(super) fn first(setup: Setup) -> Branch {
        let run = Run::new(setup);
        let mut checkpoints = Checkpoints::default();
        checkpoints.note(&run);
        let name = "main".to_owned();
        let (id, seen) = (BranchId(0), TurnIx(0));
        Branch { id, name, fork: None, run, checkpoints, commands: Vec::new(), seen }
    }

    /// Makes the first branch of a session of a run that has gone as far as it has.
    pub(super) fn of_run(run: Run) -> Branch {
        let mut branch = Branch::first(run.setup().clone());
        for (at, turn) in run.log().turns().enumerate() {
            let Some(EventKind::CommandApplied { command }) = run.log().kind(turn.first) else {
                continue;
            };
            let command = run.store().command(command).map(Arc::clone);
            branch
                .commands
                .extend(command.map(|command| Given { turn: TurnIx::from(at), command }));
        }
        Branch { run, ..branch }
    }

    /// Makes a branch that has this one's past up to a turn, whose world is given.
    pub(super) fn forked(&self, id: BranchId, turn: TurnIx, world: World) -> Branch {
        let name = format!("branch {}", id.0 + 1);
        let fork = Some(Fork { parent: self.id, turn });
        Branch { id, name, fork, ..self.shortened(turn, world) }
    }

    /// Makes the same branch as far as a turn, whose world is given.
    pub(super) fn shortened(&self, turn: TurnIx, world: World) -> Branch {
        let until = self.commands.partition_point(|given| given.turn <= turn);
        Branch {
            id: self.id,
            name: self.name.clone(),
            fork: self.fork,
            run: self.run.cut(turn, world),
            checkpoints: self.checkpoints.cut(turn),
            commands: self.commands.get(..until).unwrap_or_default().to_vec(),
            seen: self.seen.min(turn),
        }
    }

    /// Says whether a command at a turn goes on with this branch: at its last turn, and on a branch
    /// that left another also where it was looked at no further, and holds no command behind it.
    pub(super) fn goes_on_at(&self, turn: TurnIx) -> bool {
        let untouched = self.commands.last().is_none_or(|given| given.turn <= turn);
        turn == self.turns() || (self.fork.is_some() && self.seen <= turn && untouched)
    }

    /// Returns its id.
    pub fn id(&self) -> BranchId {
        self.id
    }

    /// Returns the name people gave it; until they do, one by its number.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns where it left another; none for one that begins at turn 0.
    pub fn fork(&self) -> Option<Fork> {
        self.fork
    }

    /// Returns its commands with the turns that carried them out, those of the common past included.
    pub fn commands(&self) -> &[Given] {
        &self.commands
    }

    /// Returns the last turn that is known.
    pub fn turns(&self) -> TurnIx {
        self.run.turn()
    }

    /// Returns the digest after the last turn that is known.
    pub fn digest(&self) -> Digest {
        self.run.log().digest()
    }

    /// Returns the digest after a turn; none for one that is not known.
    pub fn digest_at(&self, turn: TurnIx) -> Option<Digest> {
        self.log().turn(turn).map(|turn| turn.digest)
    }

    /// Returns its log.
    pub fn log(&self) -> &Log {
        self.run.log()
    }

    /// Returns its artifacts.
    pub fn store(&self) -> &Store {
        self.run.store()
    }

    /// Returns the world after the last turn that is known.
    pub fn head(&self) -> &World {
        self.run.world()
    }

    /// Returns the memory that its checkpoints take beside its log, in bytes, about.
    pub fn checkpoint_bytes(&self) -> usize {
        self.checkpoints.bytes()
    }

    /// Returns its run.
    pub fn run(&self) -> &Run {
        &self.run
    }

    /// Returns the last turn that is known and not later than a virtual time.
    pub fn turn_at(&self, time: Micros) -> TurnIx {
        // Halves the span [low, high) whose last turn is the one that is looked for.
        let (mut low, mut high) = (0, self.turns().0 + 1);
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            let is_later = self.log().turn(TurnIx(middle)).is_none_or(|turn| turn.time > time);
            (low, high) = if is_later { (low, middle) } else { (middle, high) };
        }
        TurnIx(low)
    }

    /// Returns the world after a turn, by applying from the nearest checkpoint or from `near`,
    /// a world of this branch after an earlier turn.
    pub fn world_at(&self, turn: TurnIx, near: Option<(TurnIx, World)>) -> World {
        let turn = turn.min(self.turns());
        if turn == self.turns() {
            return self.head().clone();
        }
        let kept = self.checkpoints.nearest(turn);
        let near = near.filter(|(at, _)| *at <= turn && kept.is_none_or(|kept| kept <= *at));
        let of_kept = || kept.and_then(|at| Some((at, self.checkpoints.world(at)?)));
        // Turn 0 is always kept, so the head is never taken; it is a world of this branch.
        let (mut at, mut world) =
            near.or_else(of_kept).unwrap_or_else(|| (self.turns(), self.head().clone()));
        while at < turn {
            at = TurnIx(at.0 + 1);
            self.run.replay_turn(&mut world, at);
        }
        world
    }

    /// Lets the next turn happen; says whether there was one.
    pub(super) fn advance(&mut self) -> bool {
        let advanced = self.run.advance();
        if advanced {
            self.checkpoints.note(&self.run);
        }
        advanced
    }

    /// Lets up to so many turns happen; returns how many did.
    pub(super) fn advance_by(&mut self, turns_max: u32) -> u32 {
        let mut done = 0;
        while done < turns_max {
            let piece = (turns_max - done).min(TURNS_AT_ONCE);
            let some = self.run.advance_by(piece);
            if some > 0 {
                self.checkpoints.note(&self.run);
            }
            done += some;
            if some < piece {
                break;
            }
        }
        done
    }

    /// Performs a command behind the last turn.
    pub(super) fn command(&mut self, command: &Command) -> Result<(), Vec<Fault>> {
        self.run.command(command)?;
        self.checkpoints.note(&self.run);
        self.commands.push(Given { turn: self.run.turn(), command: Arc::new(command.clone()) });
        Ok(())
    }
}
