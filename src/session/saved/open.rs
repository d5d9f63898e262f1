//! Opens what was saved: replays every branch and says where the replay differs from what was written down.

use std::collections::{BTreeSet, VecDeque};

use serde_json::Value;

use super::trail::BEYOND_DOUBT_BITS;
use super::{FORMAT, Saved, SavedBranch, short};
use crate::model::fault::Fault;
use crate::model::id::TurnIx;
use crate::session::branch::{Branch, BranchId, NAME_CHARS_MAX};
use crate::session::tree::Tree;
use crate::session::{Session, catalog, wiring};
use crate::sim::run::{ENGINE_VERSION, Setup};

/// Most turns that are replayed, over all branches.
const TURNS_MAX: u64 = 3_000_000;

/// Most branches.
const BRANCHES_MAX: usize = 256;

/// Most commands, over all branches.
const COMMANDS_MAX: usize = 10_000;

/// Bits of a digest's half, as marks have it.
const BITS_OF_A_HALF: u32 = 32;

/// Longest text of what the page shows [bytes].
const LOOK_BYTES_MAX: usize = 256;

/// Why saved data cannot be opened; a sentence for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unusable(pub String);

impl std::fmt::Display for Unusable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl Unusable {
    pub(in crate::session) fn new(text: impl Into<String>) -> Unusable {
        Unusable(text.into())
    }
}

/// Where a replay differs from what was written down.
///
/// It differs from one of the turns `from` to `turn` on, usually one and the same. Where the marks are
/// short, an earlier turn may differ unseen: back to `agrees_to`, with a chance of one in two to the
/// power of `bits`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Divergence {
    /// The branch.
    pub branch: BranchId,
    /// The last turn that agrees beyond doubt; none where even turn 0 differs.
    pub agrees_to: Option<TurnIx>,
    /// The turn behind the last whose mark agrees.
    pub from: TurnIx,
    /// The first turn that is known to differ.
    pub turn: TurnIx,
    /// How many bits the mark before `from` has.
    pub bits: u32,
    /// The version of the engine that made the data.
    pub engine: u32,
}

/// Whether a replay did what was written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Every digest agrees.
    Verified,
    /// One differs.
    Diverged(Divergence),
}

/// A session that was opened from data.
pub struct Opened {
    /// The session, at the turn that was saved.
    pub session: Session,
    /// Whether it replays to what was written down.
    pub verdict: Verdict,
}

impl Saved {
    /// Replays what was saved.
    ///
    /// # Errors
    /// Data that is no run, or more than is replayed without asking.
    pub fn open(&self) -> Result<Opened, Unusable> {
        self.check()?;
        let setup = self.setup()?;
        let mut tree: Option<Tree> = None;
        let mut divergence = None;
        for saved in &self.branches {
            let mut branch = self.begin(&setup, tree.as_ref(), saved)?;
            let found = replay(&mut branch, saved, self.engine);
            divergence = divergence.or(found);
            match &mut tree {
                Some(tree) => tree.add(branch),
                None => tree = Some(Tree::of(branch)),
            }
        }
        let tree = tree.ok_or_else(|| Unusable::new("it has no branch"))?;
        let mut session = Session::of(tree);
        if !session.switch(BranchId(self.branch)) {
            return Err(Unusable::new("its current branch is not among its branches"));
        }
        session.seek(TurnIx(self.turn));
        if divergence.is_none()
            && (session.turn().0, session.digest().to_string()) != (self.turn, self.digest.clone())
        {
            let turn = TurnIx(self.turn);
            let nothing = Agreed::default();
            divergence = Some(nothing.until(BranchId(self.branch), turn, self.engine));
        }
        let verdict = divergence.map_or(Verdict::Verified, Verdict::Diverged);
        Ok(Opened { session, verdict })
    }

    /// Refuses what no session of ours would have written.
    fn check(&self) -> Result<(), Unusable> {
        if self.format > FORMAT {
            return Err(Unusable(format!(
                "it was made by a later version of this page: its format is {}, and this one reads {FORMAT}",
                self.format
            )));
        }
        if self.engine > ENGINE_VERSION {
            return Err(Unusable(format!(
                "it was made with engine {}, and this is engine {ENGINE_VERSION}: reload the page to get the newer one",
                self.engine
            )));
        }
        let turns: u64 = self.branches.iter().map(|branch| u64::from(branch.turns)).sum();
        let commands: usize = self.branches.iter().map(|branch| branch.commands.len()).sum();
        let look = [&self.look.face, &self.look.panel, &self.look.selection];
        let ids: BTreeSet<u32> = self.branches.iter().map(|branch| branch.id).collect();
        let sorted = self.branches.windows(2).all(|pair| pair[0].id < pair[1].id);
        let large =
            turns > TURNS_MAX || commands > COMMANDS_MAX || self.branches.len() > BRANCHES_MAX;
        if large {
            return Err(Unusable(format!(
                "it asks for {turns} turns, {commands} commands and {} branches: more than {TURNS_MAX}, {COMMANDS_MAX} and {BRANCHES_MAX} are not opened",
                self.branches.len()
            )));
        }
        let is_trail = |branch: &SavedBranch| {
            branch.trail.as_ref().is_none_or(|trail| trail.read(TurnIx(0)).is_some())
        };
        if !self.branches.iter().all(is_trail) {
            return Err(Unusable::new("the trail of one of its branches cannot be read"));
        }
        if ids.len() != self.branches.len() || !sorted || ids.last() == Some(&u32::MAX) {
            return Err(Unusable::new("its branches are not in order"));
        }
        if look.into_iter().any(|text| text.len() > LOOK_BYTES_MAX) {
            return Err(Unusable::new("the names of what it shows are too long"));
        }
        if self.seed > (1 << 53) - 1 {
            return Err(Unusable::new("its seed is above 2^53 - 1"));
        }
        Ok(())
    }

    fn setup(&self) -> Result<Setup, Unusable> {
        let told = |faults: Vec<Fault>| {
            let lines: Vec<String> = faults.iter().take(5).map(Fault::to_string).collect();
            Unusable(format!("its scenario cannot be used: {}", lines.join("; ")))
        };
        match &self.scenario {
            Value::String(name) => catalog::setup(name, Some(self.seed)).map_err(told),
            document => wiring::document(document.clone(), Some(self.seed)).map_err(told),
        }
    }

    /// Makes a branch as it stood when it left its parent.
    fn begin(
        &self,
        setup: &Setup,
        tree: Option<&Tree>,
        saved: &SavedBranch,
    ) -> Result<Branch, Unusable> {
        let mut branch = match (saved.parent, saved.fork_turn) {
            (None, None) => {
                if tree.is_some() {
                    return Err(Unusable::new("it has more than one branch that left none"));
                }
                Branch::first(setup.clone())
            }
            (Some(parent), Some(turn)) => {
                let parent = tree.and_then(|tree| tree.get(BranchId(parent))).ok_or_else(|| {
                    Unusable(format!("branch {} left one that is not before it", saved.id))
                })?;
                let turn = TurnIx(turn).min(parent.turns());
                parent.forked(BranchId(saved.id), turn, parent.world_at(turn, None))
            }
            _ => return Err(Unusable(format!("branch {} left another at no turn", saved.id))),
        };
        branch.id = BranchId(saved.id);
        branch.name = saved.name.chars().take(NAME_CHARS_MAX).collect();
        Ok(branch)
    }
}

/// The last marks that agreed, as many as are needed to agree beyond doubt.
#[derive(Default)]
struct Agreed {
    /// Turn and bits.
    last: VecDeque<(TurnIx, u32)>,
}

impl Agreed {
    fn note(&mut self, turn: TurnIx, bits: u32) {
        self.last.push_back((turn, bits));
        let mut behind: u32 = self.last.iter().map(|(_, bits)| bits).sum();
        while let Some((_, bits)) = self.last.front()
            && behind - bits >= BEYOND_DOUBT_BITS
        {
            behind -= bits;
            self.last.pop_front();
        }
    }

    /// Says where a branch differs that is known to differ at a turn.
    fn until(&self, branch: BranchId, turn: TurnIx, engine: u32) -> Divergence {
        let (last, bits) = self.last.back().map_or((None, 0), |(turn, bits)| (Some(*turn), *bits));
        let from = last.map_or(turn, |last| TurnIx(last.0 + 1).min(turn));
        let agrees_to = self.last.front().map(|(turn, _)| *turn);
        Divergence { branch, agrees_to, from, turn, bits, engine }
    }
}

/// Lets a branch go on as it was saved, and returns where it differs.
fn replay(branch: &mut Branch, saved: &SavedBranch, engine: u32) -> Option<Divergence> {
    let after = TurnIx(saved.fork_turn.unwrap_or(0));
    let trail = saved.trail.as_ref().and_then(|trail| trail.read(after)).unwrap_or_default();
    let mut marks = saved.marks.iter().peekable();
    let mut commands = saved.commands.iter().peekable();
    let mut agreed = Agreed::default();
    let id = branch.id();
    loop {
        let turn = branch.turns();
        while let Some((at, digest)) = marks.next_if(|(at, _)| *at <= turn.0) {
            let at = TurnIx(*at);
            let found = branch.digest_at(at).map(|found| short(&found.to_string()));
            if found.as_ref() != Some(digest) {
                return Some(agreed.until(id, at, engine));
            }
            agreed.note(at, BITS_OF_A_HALF);
        }
        match trail.agrees(turn, branch.digest()) {
            Some((true, bits)) => agreed.note(turn, bits),
            Some((false, _)) => return Some(agreed.until(id, turn, engine)),
            None => {}
        }
        if turn.0 >= saved.turns {
            let open = commands.peek().is_some() || marks.peek().is_some();
            return open.then(|| agreed.until(id, turn, engine));
        }
        let next = TurnIx(turn.0 + 1);
        let went_on = match commands.next_if(|given| given.turn <= next.0) {
            Some(given) => given.turn == next.0 && branch.command(&given.command).is_ok(),
            None => branch.advance(),
        };
        if !went_on {
            return Some(agreed.until(id, next, engine));
        }
    }
}
