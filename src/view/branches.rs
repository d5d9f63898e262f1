//! The branches as stacked timelines on one scale of turns.

use super::lens::joined;
use crate::model::id::TurnIx;
use crate::session::Session;
use crate::session::branch::Branch;
use crate::text::units;

/// One branch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BranchRow {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether the page shows it.
    pub current: bool,
    /// The name of the branch it left; empty for one that begins at turn 0.
    pub parent: String,
    /// The row of the branch it left, counted from its own upwards; 0 where there is none.
    pub up: usize,
    /// The last turn it has in common with the branch it left; 0 for one that begins there.
    pub from: u64,
    /// Its last turn that is known.
    pub to: u64,
    /// Where its commands were carried out, on its own stretch.
    pub commands: Vec<u64>,
    /// How its first task ended, such as `success 0.87`; empty while it is open.
    pub outcome: String,
    /// The whole of it in words, for those who listen.
    pub spoken: String,
}

/// All branches in the order they are drawn: each under the one it left.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Branches {
    /// The branches.
    pub rows: Vec<BranchRow>,
    /// The last turn of the longest.
    pub scale: u64,
    /// The first turn at which the current branch differs from the one it left.
    pub differs: String,
}

/// Draws the tree of branches.
pub fn branches(session: &Session) -> Branches {
    let all = session.branches();
    let mut order: Vec<&Branch> = Vec::new();
    for branch in all.iter().filter(|branch| branch.fork().is_none()) {
        place(branch, &all, &mut order);
    }
    let scale = order.iter().map(|branch| u64::from(branch.turns().0)).max().unwrap_or(0);
    let rows: Vec<BranchRow> =
        order.iter().enumerate().map(|(at, branch)| row(session, branch, at, &order)).collect();
    let differs = session
        .current()
        .fork()
        .map_or(String::new(), |fork| format!("first difference: turn {}", fork.turn.0 + 1));
    Branches { rows, scale, differs }
}

/// Puts a branch down, and those that left it under it, the latest to leave first.
fn place<'a>(branch: &'a Branch, all: &[&'a Branch], order: &mut Vec<&'a Branch>) {
    order.push(branch);
    let mut children: Vec<&Branch> = all
        .iter()
        .filter(|child| child.fork().is_some_and(|fork| fork.parent == branch.id()))
        .copied()
        .collect();
    // A line that leaves later must not cross one that has left before.
    children.sort_by_key(|child| {
        (std::cmp::Reverse(child.fork().map_or(TurnIx(0), |fork| fork.turn)), child.id())
    });
    for child in children {
        // A branch hangs on one made before it, so this ends.
        if child.id() > branch.id() {
            place(child, all, order);
        }
    }
}

fn row(session: &Session, branch: &Branch, at: usize, order: &[&Branch]) -> BranchRow {
    let fork = branch.fork();
    let parent = fork.and_then(|fork| session.branch(fork.parent));
    let parent_at =
        parent.and_then(|parent| order.iter().position(|other| other.id() == parent.id()));
    let from = fork.map_or(0, |fork| u64::from(fork.turn.0));
    let to = u64::from(branch.turns().0);
    let parent = parent.map_or(String::new(), |parent| parent.name().to_owned());
    let commands = branch.commands().iter().map(|given| u64::from(given.turn.0));
    let outcome = outcome(branch);
    let left = if parent.is_empty() {
        String::new()
    } else {
        format!("leaves {parent} after turn {from}")
    };
    let spoken = joined(&[
        branch.name().to_owned(),
        left,
        format!("{} known", units::count(branch.turns().at(), "turn", "turns")),
        outcome.clone(),
    ]);
    BranchRow {
        id: branch.id().text(),
        name: branch.name().to_owned(),
        current: branch.id() == session.current().id(),
        parent,
        up: parent_at.map_or(0, |parent| at.saturating_sub(parent)),
        from,
        to,
        commands: commands.filter(|turn| fork.is_none() || *turn > from).collect(),
        outcome,
        spoken,
    }
}

/// Says how the tasks of a branch ended; with several, how many of each.
fn outcome(branch: &Branch) -> String {
    let tasks = &branch.head().tasks;
    if tasks.iter().any(|task| task.ended.is_none()) {
        return String::new();
    }
    let mut ended = tasks.iter().filter_map(|task| task.ended);
    if tasks.len() == 1 {
        return ended.next().map_or(String::new(), |ended| {
            format!("{} {}", ended.status.name(), units::share(ended.confidence))
        });
    }
    let good = ended.filter(|ended| ended.status.name() == "success").count();
    match tasks.len() {
        0 => String::new(),
        all => format!("{good} of {all} succeed"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::catalog;
    use crate::sim::command::Command;

    #[test]
    fn every_branch_hangs_under_the_one_it_left() {
        let setup = catalog::setup("walkthrough", None).expect("a built-in scenario is legal");
        let mut session = Session::new(setup);
        session.extend(u32::MAX);
        let remove = |agent_id: &str| Command::RemoveAgent { agent_id: agent_id.to_owned() };
        let main = session.current().id();
        for (turn, agent) in [(9, "pricing_strategist_01"), (20, "market_analyst_01")] {
            session.switch(main);
            session.seek(TurnIx(turn));
            assert_eq!(session.command(&remove(agent)), Ok(()));
        }
        let tree = branches(&session);
        assert_eq!(tree.rows.len(), 3);
        assert_eq!(tree.rows.iter().filter(|row| row.current).count(), 1);
        assert_eq!(tree.rows[0].from, 0);
        let froms: Vec<u64> = tree.rows.iter().map(|row| row.from).collect();
        assert_eq!(froms, [0, 20, 9], "the latest to leave is nearest");
        assert_eq!(tree.rows[2].up, 2);
        assert_eq!(tree.rows[1].commands, [21]);
        assert_eq!(tree.scale, tree.rows[0].to);
        assert!(tree.rows[0].outcome.starts_with("success"), "{}", tree.rows[0].outcome);
        assert!(tree.rows[1].outcome.is_empty(), "its task is open");
        assert_eq!(tree.differs, "first difference: turn 21");
    }
}
