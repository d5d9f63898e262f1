//! Tests of branches: what forks, what stays, and where the cursor goes.

use super::branch::BranchId;
use super::*;
use serde_json::json;

fn session() -> Session {
    Session::new(catalog::setup("launch", None).expect("a built-in scenario is legal"))
}

fn stepped(turns: u32) -> Session {
    let mut session = session();
    for _ in 0..turns {
        assert!(session.step());
    }
    session
}

fn crash(agent: &str) -> Command {
    let value = json!({"kind": "inject_fault", "agent_id": agent, "fault": "crash"});
    serde_json::from_value(value).expect("a command")
}

fn names(session: &Session) -> Vec<String> {
    session.branches().iter().map(|branch| branch.id().text()).collect()
}

#[test]
fn a_command_at_the_last_turn_goes_on_and_one_in_the_past_forks() {
    let mut session = stepped(20);
    session.command(&crash("pricing_strategist_01")).expect("the agent is there");
    assert_eq!((names(&session).len(), session.turn()), (1, TurnIx(21)));
    let end = session.digest();
    session.seek(TurnIx(10));
    let before = session.digest();
    session.command(&crash("profile_optimizer_01")).expect("the agent is there");
    assert_eq!(names(&session), ["branch_01", "branch_02"]);
    assert_eq!((session.current().id(), session.turn()), (BranchId(1), TurnIx(11)));
    assert_eq!(session.current().digest_at(TurnIx(10)), Some(before));
    let turns: Vec<u32> = session.current().commands().iter().map(|given| given.turn.0).collect();
    assert_eq!(turns, [11], "the fork keeps the commands up to its turn, and no later one");
    let main = session.branch(BranchId(0)).expect("it stays");
    assert_eq!((main.digest(), main.commands().len()), (end, 1));
}

#[test]
fn a_command_that_is_refused_changes_nothing() {
    let mut session = stepped(20);
    session.seek(TurnIx(5));
    assert!(session.command(&crash("nobody_01")).is_err());
    assert_eq!(
        (names(&session).len(), session.turn(), session.turns()),
        (1, TurnIx(5), TurnIx(20))
    );
}

/// As the page does it: every branch is let run ahead of the cursor at once.
#[test]
fn one_command_after_the_other_stays_on_the_fork_until_its_future_is_looked_at() {
    let mut session = stepped(40);
    session.extend(u32::MAX);
    session.seek(TurnIx(20));
    session.command(&crash("pricing_strategist_01")).expect("the agent is there");
    session.extend(u32::MAX);
    let known = session.turns();
    assert!(session.turn() < known && session.goes_on());
    session.command(&crash("profile_optimizer_01")).expect("the agent is there");
    assert_eq!((names(&session).len(), session.turn()), (2, TurnIx(22)));
    session.extend(u32::MAX);
    while session.turn() < TurnIx(30) {
        session.step();
    }
    session.command(&crash("market_analyst_01")).expect("the agent is there");
    let turns: Vec<u32> = session.current().commands().iter().map(|given| given.turn.0).collect();
    assert_eq!((names(&session).len(), turns), (2, vec![21, 22, 31]));
    // What is kept apart is what was looked at: the first branch, and this one's own past.
    session.extend(u32::MAX);
    let ended = session.digest();
    session.seek(TurnIx(25));
    assert!(!session.goes_on());
    session.command(&crash("career_planner_01")).expect("the agent is there");
    assert_eq!(names(&session).len(), 3);
    let second = session.branch(BranchId(1)).expect("it stays");
    assert_eq!((second.digest_at(TurnIx(31)), second.commands().len()), (Some(ended), 3));
    // A fork that was asked for takes the next command, though it runs ahead as well.
    session.switch(BranchId(0));
    session.seek(TurnIx(10));
    session.fork();
    session.extend(u32::MAX);
    session.command(&crash("career_planner_01")).expect("the agent is there");
    assert_eq!((names(&session).len(), session.turn()), (4, TurnIx(11)));
    // It replays from its link, and then all of it counts as looked at.
    let link = link::link(&session, saved::Look::default());
    let opened = link::read(&link.fragment).and_then(|saved| saved.open()).expect("it opens");
    assert_eq!(opened.verdict, saved::Verdict::Verified);
    session.extend(u32::MAX);
    let mut again = opened.session;
    again.extend(u32::MAX);
    assert_eq!(again.current().digest(), session.current().digest());
}

#[test]
fn a_refused_command_leaves_what_runs_ahead() {
    let mut session = stepped(40);
    session.seek(TurnIx(20));
    session.command(&crash("pricing_strategist_01")).expect("the agent is there");
    session.extend(u32::MAX);
    let (known, generation) = (session.current().digest(), session.generation());
    assert!(session.command(&crash("nobody_01")).is_err());
    assert_eq!((session.current().digest(), session.generation()), (known, generation));
}

#[test]
fn a_fork_goes_on_as_its_parent_did() {
    let mut session = session();
    while session.step() {}
    let end = session.digest();
    session.seek(TurnIx(33));
    session.fork();
    while session.step() {}
    assert_eq!(session.digest(), end);
    assert_eq!(session.common(BranchId(0), BranchId(1)), TurnIx(33));
}

#[test]
fn switching_keeps_the_turn_in_the_common_past_and_else_the_time() {
    let mut session = stepped(60);
    session.seek(TurnIx(20));
    session.command(&crash("pricing_strategist_01")).expect("the agent is there");
    while session.step() {}
    session.seek(TurnIx(12));
    let (digest, generation) = (session.digest(), session.generation());
    assert!(session.switch(BranchId(0)));
    assert_eq!((session.turn(), session.digest()), (TurnIx(12), digest));
    assert_ne!(session.generation(), generation);
    session.seek(TurnIx(50));
    let now = session.world().now;
    assert!(session.switch(BranchId(1)));
    assert!(session.world().now <= now);
    let next = TurnIx(session.turn().0 + 1);
    assert!(session.log().turn(next).is_none_or(|turn| turn.time > now), "no later turn fits");
    assert!(!session.switch(BranchId(7)));
}

#[test]
fn deleting_keeps_the_children_and_never_the_last_branch_goes() {
    let mut session = stepped(40);
    assert!(!session.delete(BranchId(0)), "the last one stays");
    session.seek(TurnIx(30));
    session.fork();
    session.seek(TurnIx(20));
    session.fork();
    session.switch(BranchId(0));
    session.seek(TurnIx(10));
    session.fork();
    assert!(session.delete(BranchId(1)));
    let fork = session.branch(BranchId(2)).and_then(Branch::fork).expect("it hangs on main now");
    assert_eq!((fork.parent, fork.turn), (BranchId(0), TurnIx(20)));
    session.switch(BranchId(0));
    assert!(session.delete(BranchId(0)), "the root may go while another is there");
    assert_eq!(names(&session), ["branch_03", "branch_04"]);
    assert_eq!(session.branch(BranchId(2)).and_then(Branch::fork), None);
    let fork = session.branch(BranchId(3)).and_then(Branch::fork).expect("it hangs on the first");
    assert_eq!((fork.parent, fork.turn), (BranchId(2), TurnIx(10)));
    assert!(!session.delete(BranchId(9)));
    session.fork();
    assert_eq!(session.current().id(), BranchId(4), "no id is given twice");
}

#[test]
fn a_run_becomes_a_session_with_its_commands() {
    let mut run = stepped(9).cut();
    run.command(&crash("pricing_strategist_01")).expect("the agent is there");
    while run.advance() {}
    let end = run.log().digest();
    let mut session = Session::of_run(run);
    assert_eq!((session.digest(), session.current().commands().len()), (end, 1));
    session.seek(TurnIx(4));
    let link = link::link(&session, saved::Look::default());
    let opened = link::read(&link.fragment).and_then(|saved| saved.open()).expect("it opens");
    assert_eq!(opened.verdict, saved::Verdict::Verified);
    assert_eq!((opened.session.turn(), opened.session.digest()), (TurnIx(4), session.digest()));
}

#[test]
fn names_are_given_and_ids_are_read_back() {
    let mut session = stepped(3);
    assert!(session.rename(BranchId(0), "  what happened "));
    assert_eq!(session.current().name(), "what happened");
    assert!(!session.rename(BranchId(0), " "));
    assert_eq!(BranchId::parse("branch_12"), Some(BranchId(11)));
    for text in ["branch_1", "branch_00", "branch_", "12", "branch_+1"] {
        assert_eq!(BranchId::parse(text), None, "{text}");
    }
}
