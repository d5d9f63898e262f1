//! The contract net gives the sums that are known beforehand, and keeps its whole history small.

use agora::model::id::TurnIx;
use agora::session::Session;
use agora::session::contract_net::{MESSAGES_MAX, finish, setup, tally};
use agora::sim::invariant::Watch;
use agora::sim::run::Run;
use serde_json::json;

fn run(agents: u32, tasks: u32) -> Run {
    let mut run = Run::new(setup(agents, tasks).expect("a legal size"));
    finish(&mut run, MESSAGES_MAX).expect("within the limit");
    run
}

#[test]
fn eighty_agents_and_a_thousand_tasks_give_the_known_sums() {
    let mut run = run(80, 1_000);
    let found = tally(&run);
    assert_eq!((found.checksum, found.coordinator_sum), (59_299_540, 18_849_125));
    let by_type = json!({
        "call_for_proposals": 30_000, "bid": 30_000, "award": 3_000, "rejection": 27_000,
        "task_assignment": 3_000, "subtask_completed": 3_000, "task_completed": 1_000,
    });
    assert_eq!((found.messages, found.by_name()), (97_000, by_type));
    assert!(found.bytes_per_event() <= 40.0, "{} bytes an event", found.bytes_per_event());
    run.restart();
    finish(&mut run, MESSAGES_MAX).expect("within the limit");
    assert_eq!(tally(&run), found, "the same in memory that is used again");
}

#[test]
fn other_sizes_give_theirs() {
    // A hundred tasks of the larger team; the sums were computed by plain JavaScript.
    let found = tally(&run(800, 100));
    assert_eq!((found.messages, found.checksum), (90_700, 6_297_458));
    assert!(found.bytes_per_event() <= 40.0, "{} bytes an event", found.bytes_per_event());
}

#[test]
fn the_bare_protocol_holds_every_invariant_and_replays() {
    let mut run = Run::new(setup(40, 30).expect("a legal size"));
    let mut watch = Watch::default();
    watch.look(&run);
    while run.advance() {
        watch.look(&run);
    }
    assert_eq!(watch.finish(&run), Vec::<String>::new());
}

#[test]
fn turns_in_one_piece_are_those_taken_one_by_one() {
    for (agents, tasks) in [(8, 5), (80, 40), (301, 12)] {
        let setup = setup(agents, tasks).expect("a legal size");
        let (mut slow, mut fast) = (Run::new(setup.clone()), Run::new(setup));
        while slow.advance() {}
        for piece in (1..).map(|n: u32| n * 7_919 % 997 + 1) {
            if fast.advance_by(piece) < piece {
                break;
            }
        }
        let turns = |run: &Run| run.log().turns().collect::<Vec<_>>();
        assert!(turns(&fast) == turns(&slow), "{agents} agents, {tasks} tasks");
        assert_eq!(format!("{:?}", fast.world()), format!("{:?}", slow.world()));
    }
}

#[test]
fn a_run_stops_at_its_limit_and_says_so() {
    let mut run = Run::new(setup(80, 1_000).expect("a legal size"));
    let told = finish(&mut run, 1_000).expect_err("there are more messages");
    assert!(told.contains("limit of 1000 messages"), "{told}");
    assert!(setup(7, 1).is_err() && setup(8, 0).is_err());
}

#[test]
fn any_turn_of_a_long_run_is_reached_by_applying() {
    let whole = run(80, 60);
    let mut session = Session::new(setup(80, 60).expect("a legal size"));
    while session.extend(1_000) > 0 {}
    let last = session.turns();
    let digests: Vec<_> = whole.log().turns().map(|turn| turn.digest).collect();
    for n in 0..50 {
        let turn = TurnIx((n * 7_919) % (last.0 + 1));
        session.seek(turn);
        assert_eq!(session.digest(), digests[turn.at()]);
    }
    let turn = TurnIx(last.0 / 3);
    session.seek(turn);
    let mut again = whole.cut(turn, session.world().clone());
    finish(&mut again, MESSAGES_MAX).expect("within the limit");
    assert!(again.log().turns().map(|turn| turn.digest).eq(digests), "going on gives the same run");
}
