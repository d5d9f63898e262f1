//! Properties over random scenarios, faults and commands.

use agora::cli::fuzz::attempt;
use agora::model::id::TurnIx;
use agora::session::{Session, random, wiring};
use agora::sim::command::Command;
use agora::sim::run::Run;
use agora::sim::world::World;
use proptest::prelude::*;

fn session(number: u64) -> Session {
    let setup = wiring::document(random::scenario(number), None)
        .expect("the generator makes legal scenarios");
    Session::new(setup)
}

/// Lets a session run to its end, giving the random commands at their turns.
fn played(number: u64) -> Session {
    let mut session = session(number);
    let commands = random::commands(number, &random::scenario(number), 60);
    let mut commands = commands.into_iter().peekable();
    loop {
        while let Some((_, command)) = commands.next_if(|&(turn, _)| turn <= session.turn().0) {
            let command: Command =
                serde_json::from_value(command).expect("the generator makes commands");
            let _ = session.command(&command);
        }
        if !session.step() {
            return session;
        }
    }
}

/// All of a world that can be told apart; agenda entries that have nothing left to do are none of it.
fn world_text(world: &World) -> String {
    let mut world = world.clone();
    world.settle();
    format!("{world:?}")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, ..ProptestConfig::default() })]

    /// All invariants hold, whatever happens, and every task ends.
    #[test]
    fn invariants_hold_on_random_scenarios(number in 0_u64..1 << 40) {
        let tried = attempt(number).expect("the generator makes legal scenarios");
        prop_assert_eq!(tried.violations, Vec::<String>::new(), "seed {}, prefix {:?}", number, tried.prefix);
    }

    /// Going to any turns in any order shows the world and the digest of a run that just got there.
    #[test]
    fn seeking_shows_what_running_showed(number in 0_u64..1 << 40, picks in prop::collection::vec(0.0_f64..1.0, 4)) {
        let mut session = played(number);
        let turns = session.turns();
        for pick in picks {
            let turn = TurnIx((f64::from(turns.0 + 1) * pick) as u32);
            session.seek(turn);
            prop_assert_eq!(session.turn(), turn);
            let reached = world_text(session.world());
            let mut fresh = Session::new(session.setup().clone());
            replay(&mut fresh, &session, turn);
            prop_assert_eq!(fresh.digest(), session.digest());
            // A world that ran and one that was applied differ in nothing.
            prop_assert!(world_text(fresh.world()) == reached, "the worlds differ after turn {}", turn.0);
        }
    }

    /// Going on from a turn reached by applying gives the same run as never having left it.
    #[test]
    fn going_on_from_a_turn_that_was_sought_gives_the_same_run(number in 0_u64..1 << 40, pick in 0.0_f64..1.0) {
        let mut session = session(number);
        while session.step() {}
        let end = session.digest();
        session.seek(TurnIx((f64::from(session.turns().0 + 1) * pick) as u32));
        let mut branch = session.cut();
        while branch.advance() {}
        prop_assert_eq!(branch.log().digest(), end);
    }

    /// Many turns in one piece are the same turns, and leave the same world, as one by one.
    #[test]
    fn turns_in_one_piece_are_those_taken_one_by_one(number in 0_u64..1 << 40, pieces in prop::collection::vec(1_u32..40, 1..30)) {
        let setup = wiring::document(random::scenario(number), None).expect("a legal scenario");
        let (mut slow, mut fast) = (Run::new(setup.clone()), Run::new(setup));
        for piece in pieces {
            let taken = (0..piece).take_while(|_| slow.advance()).count();
            prop_assert_eq!(fast.advance_by(piece) as usize, taken);
            prop_assert_eq!(fast.log().digest(), slow.log().digest());
            prop_assert!(world_text(fast.world()) == world_text(slow.world()), "the worlds differ");
        }
    }

    /// Replay of scenario, seed and commands gives the same digest after every turn.
    #[test]
    fn replay_gives_the_same_digests(number in 0_u64..1 << 40) {
        let tried = attempt(number).expect("legal");
        let again = tried.run.again().expect("every turn can be taken again");
        let digests = |run: &Run| run.log().turns().map(|turn| turn.digest).collect::<Vec<_>>();
        prop_assert_eq!(digests(&tried.run), digests(&again));
    }
}

/// Lets a fresh session take the same turns, commands among them, up to one.
fn replay(fresh: &mut Session, other: &Session, to: TurnIx) {
    use agora::sim::event::EventKind;
    while fresh.turn() < to {
        let next = TurnIx(fresh.turn().0 + 1);
        let first = other.log().turn(next).expect("a turn of the run").first;
        match other.log().kind(first) {
            Some(EventKind::CommandApplied { command }) => {
                let command = other.store().command(command).expect("a command").clone();
                fresh.command(&command).expect("it was possible before");
            }
            _ => assert!(fresh.step()),
        }
    }
}
