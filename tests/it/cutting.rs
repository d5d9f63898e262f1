//! Groups that are cut off from the others, at any turn: it is noticed, and every run ends.

use agora::model::id::TurnIx;
use agora::session::{Session, catalog};
use agora::sim::command::Command;
use agora::sim::event::{EventKind, LossReason};
use agora::sim::invariant::Watch;
use serde_json::json;

fn cut(group: &[&str], loss: f64) -> Command {
    let link = json!({"group": group, "loss": loss});
    serde_json::from_value(json!({"kind": "set_link", "link": link})).expect("a command")
}

/// The walkthrough with a group cut off from a turn on, and healed after so many turns where wanted.
fn cut_at(turn: u32, group: &[&str], healed_after: Option<u32>) -> agora::sim::run::Run {
    let setup = catalog::setup("walkthrough", None).expect("built in");
    let mut run = agora::sim::run::Run::new(setup);
    let mut watch = Watch::default();
    watch.look(&run);
    let mut left = None;
    loop {
        if run.turn().0 == turn {
            run.command(&cut(group, 1.0)).expect("the agents are there");
            left = healed_after;
        }
        if let Some(0) = left {
            run.command(&cut(group, 0.0)).expect("the agents are there");
        }
        left = left.and_then(|left| left.checked_sub(1));
        watch.look(&run);
        if !run.advance() {
            break;
        }
    }
    assert_eq!(watch.finish(&run), Vec::<String>::new(), "cut at turn {turn}");
    assert!(run.world().tasks.iter().all(|task| task.ended.is_some()), "cut at turn {turn}");
    run
}

#[test]
fn a_group_cut_off_at_any_turn_leaves_no_run_open() {
    let mut session = Session::new(catalog::setup("walkthrough", None).expect("built in"));
    while session.step() {}
    let agents: Vec<String> =
        session.world().agents.iter().map(|agent| agent.spec.id.clone()).collect();
    let mut lost = 0;
    for turn in 0..session.turns().0 {
        let pair = [
            agents[turn as usize % agents.len()].as_str(),
            agents[(turn as usize + 3) % agents.len()].as_str(),
        ];
        for healed_after in [None, Some(5)] {
            let run = cut_at(turn, &pair, healed_after);
            for record in run.log().records(0..run.log().len()) {
                if let EventKind::MessageLost { message, to, reason: LossReason::Link } =
                    record.kind
                {
                    let sent = run.log().sent_by(message).and_then(|sent| run.log().record(sent));
                    let from = run.world().actor_name(sent.expect("it was sent").actor);
                    let within = |name: &str| pair.contains(&name);
                    let to = run.world().actor_name(to);
                    assert!(within(from) != within(to), "{from} to {to} does not cross the cut");
                    lost += 1;
                }
            }
        }
    }
    assert!(lost > 50, "messages are lost at the cut: {lost}");
}

#[test]
fn a_cut_of_nobody_we_know_is_refused() {
    let mut session = Session::new(catalog::setup("walkthrough", None).expect("built in"));
    let faults = session.command(&cut(&["nobody_01"], 1.0)).expect_err("nobody has that id");
    assert_eq!(faults[0].pointer, "/link/group/0");
    assert_eq!(session.turns(), TurnIx(0));
}
