//! Time travel: any turn, reached in any order, shows what a fresh run to it shows, in every view.

use agora::kernel::draw::{Draw, Key};
use agora::model::id::{TaskIx, TurnIx};
use agora::session::chronicle::Chronicle;
use agora::session::metrics::fold::Fold;
use agora::session::{Session, contract_net, random, wiring};
use agora::sim::command::Command;
use agora::sim::event::EventKind;
use agora::view::focus::Focus;
use agora::view::history::History;
use agora::view::lens::Lens;
use agora::view::*;

fn session(number: u64) -> Session {
    let setup = wiring::document(random::scenario(number), None).expect("legal");
    Session::new(setup)
}

/// Runs to the end, giving the commands at their turns.
fn played(number: u64) -> Session {
    let mut session = session(number);
    let mut commands =
        random::commands(number, &random::scenario(number), 60).into_iter().peekable();
    loop {
        while let Some((_, command)) = commands.next_if(|&(turn, _)| turn <= session.turn().0) {
            let command: Command = serde_json::from_value(command).expect("a command");
            let _ = session.command(&command);
        }
        if !session.step() {
            return session;
        }
    }
}

/// A fresh session that has taken the same turns, commands among them, up to one.
fn fresh(other: &Session, to: TurnIx) -> Session {
    let mut fresh = Session::new(other.setup().clone());
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
    fresh
}

/// What was folded of the log: kept from move to move, or made from the beginning.
#[derive(Default)]
struct Told {
    history: Chronicle<History>,
    measured: Chronicle<Fold>,
}

/// All that the panels show at the cursor.
fn shown(session: &Session, told: &mut Told) -> Vec<(&'static str, String)> {
    let history = told.history.follow(session);
    let measured = told.measured.follow(session);
    let focus = Focus::of_turn(session, session.turn());
    let task = session.world().tasks.len().checked_sub(1).map(TaskIx::from);
    let lens = &Lens { session, history, focus: &focus, task };
    let extent = messages::build::Extent { rows_max: 60, everyone: false };
    let mut sieve = messages::query::Sieve::default();
    let filter = messages::query::Filter::default();
    sieve.follow(lens, &filter, usize::MAX);
    let part = messages::query::Part { first: 0, end: 40, lanes: Default::default() };
    vec![
        ("messages", format!("{:?}", messages::build::messages(lens, extent))),
        ("rows of messages", format!("{:?}", messages::query::part(lens, &mut sieve, &part, None))),
        ("mind", format!("{:?}", agents::mind::mind(lens, None))),
        ("changes", format!("{:?}", changes::changes(lens))),
        ("intelligence", format!("{:?}", intelligence::intelligence(lens, measured))),
        ("phases", format!("{:?}", phases::phases(lens))),
        ("plan", format!("{:?}", plan::plan(lens))),
        ("schedule", format!("{:?}", schedule::schedule(lens))),
        ("auctions", format!("{:?}", auction::auctions(lens))),
        ("agents", format!("{:?}", agents::agents(lens))),
        ("blackboard", format!("{:?}", blackboard::blackboard(lens))),
        ("result", format!("{:?}", result::result(lens))),
        ("selected", format!("{:?}", selected::selected(lens, None))),
        ("task", format!("{:?}", task::task_line(lens))),
        ("narration", format!("{:?}", narration::narration(lens))),
        ("metrics", format!("{:?}", agora::session::metrics::of(session))),
    ]
}

/// What the story shows at the cursor, which says also whether the run is known to go on.
fn story_of(session: &Session, told: &mut Told) -> String {
    let history = told.history.follow(session);
    let focus = Focus::of_turn(session, session.turn());
    let task = session.world().tasks.len().checked_sub(1).map(TaskIx::from);
    format!("{:?}", story::story(&Lens { session, history, focus: &focus, task }))
}

/// Lets a fresh session know as much as another does, without moving its cursor; where commands lie
/// ahead, by going there and back.
fn know_as_much(fresh: &mut Session, other: &Session) {
    let here = fresh.turn();
    if other.current().commands().last().is_none_or(|last| last.turn <= here) {
        fresh.extend(other.turns().0 - here.0);
    } else {
        *fresh = self::fresh(other, other.turns());
        fresh.seek(here);
    }
}

#[test]
fn every_view_shows_a_turn_alike_however_it_was_reached() {
    let mut seeks = 0;
    for number in 1_000..1_200 {
        let mut session = played(number);
        let mut luck = Draw::new(number, "time travel", &[Key::Count(0)]);
        let mut told = Told::default();
        for _ in 0..3 {
            let turn = TurnIx(luck.below(u64::from(session.turns().0) + 1) as u32);
            session.seek(turn);
            let here = shown(&session, &mut told);
            let mut fresh = fresh(&session, turn);
            assert_eq!(fresh.digest(), session.digest(), "random-{number} turn {}", turn.0);
            for (there, here) in shown(&fresh, &mut Told::default()).iter().zip(&here) {
                assert_eq!(there, here, "random-{number} turn {}", turn.0);
            }
            know_as_much(&mut fresh, &session);
            assert_eq!(fresh.turns(), session.turns(), "random-{number}");
            let (here, there) =
                (story_of(&session, &mut told), story_of(&fresh, &mut Told::default()));
            assert_eq!(there, here, "random-{number} turn {}", turn.0);
            seeks += 1;
        }
    }
    assert_eq!(seeks, 600);
}

/// Whatever the moves, commands in the past and other branches among them, what is kept of a log tells
/// what reading it from the beginning tells.
#[test]
fn what_is_kept_of_a_log_tells_what_reading_it_anew_tells() {
    let setup = contract_net::setup(16, 2_000).expect("a contract net of this size");
    let mut session = Session::new(setup);
    session.extend(9_000);
    let mut luck = Draw::new(8, "chronicle", &[Key::Count(0)]);
    let mut told = Told::default();
    let check = |session: &Session, told: &mut Told| {
        let mut anew = History::default();
        told.history.follow(session);
        told.history.follow_end(session);
        anew.follow(session);
        assert!(told.history.here().same_as(&anew), "turn {}", session.turn().0);
        anew.read_all(session);
        assert!(told.history.end().same_as(&anew), "turn {}", session.turns().0);
        assert!(*told.measured.follow(session) == Fold::of(session), "turn {}", session.turn().0);
    };
    for round in 0..60 {
        session.seek(TurnIx(luck.below(u64::from(session.turns().0) + 1) as u32));
        if round % 7 == 3 {
            session.fork();
            session.extend(luck.below(600) as u32);
        }
        if round % 11 == 5 {
            let ids: Vec<_> = session.branches().iter().map(|branch| branch.id()).collect();
            session.switch(ids[luck.below(ids.len() as u64) as usize]);
        }
        check(&session, &mut told);
    }
    let longest = session.branches().iter().map(|branch| branch.log().len()).max();
    assert!(session.branches().len() > 5 && longest > Some(20_000), "{longest:?} events");
    for number in 1_200..1_210 {
        let mut session = played(number);
        let mut told = Told::default();
        for _ in 0..8 {
            session.seek(TurnIx(luck.below(u64::from(session.turns().0) + 1) as u32));
            check(&session, &mut told);
        }
    }
}

/// A contract net has thousands of arrivals still to come, which checkpoints do not hold.
#[test]
fn a_contract_net_goes_on_alike_from_wherever_it_was_sought() {
    let setup = contract_net::setup(24, 2_000).expect("a contract net of this size");
    let mut session = Session::new(setup);
    session.extend(12_000);
    let mut luck = Draw::new(5, "time travel", &[Key::Count(1)]);
    let mut fresh = Session::new(session.setup().clone());
    let mut turns: Vec<u32> =
        (0..12).map(|_| luck.below(u64::from(session.turns().0)) as u32).collect();
    turns.sort_unstable();
    for turn in turns.into_iter().map(TurnIx) {
        session.seek(TurnIx(luck.below(u64::from(session.turns().0)) as u32));
        session.seek(turn);
        while fresh.turn() < turn {
            assert!(fresh.step());
        }
        let (mut here, mut there) = (session.world().clone(), fresh.world().clone());
        assert_eq!(session.digest(), fresh.digest(), "turn {}", turn.0);
        here.settle();
        there.settle();
        let agenda = |world: &agora::sim::world::World| {
            let mut entries: Vec<_> = world.agenda.later().copied().collect();
            entries.sort_unstable();
            (entries, world.agenda.due().copied().collect::<Vec<_>>())
        };
        assert_eq!(agenda(&here), agenda(&there), "turn {}", turn.0);
        assert_eq!(here.timers, there.timers, "turn {}", turn.0);
        let (mut on, until) = (session.cut(), TurnIx((turn.0 + 400).min(session.turns().0)));
        while on.turn() < until && on.advance() {}
        assert_eq!(session.current().digest_at(until), Some(on.log().digest()), "turn {}", turn.0);
    }
    let kept = session.current().checkpoint_bytes();
    let first = session.current().world_at(TurnIx(0), None).bytes();
    assert!(kept <= first + session.log().bytes() / 3, "{kept} beside {}", session.log().bytes());
}

#[test]
fn checkpoints_weigh_at_most_half_of_the_log_beside_the_first() {
    for number in 1_000..1_020 {
        let mut session = played(number);
        let first = session.current().world_at(TurnIx(0), None).bytes();
        let (log, kept) = (session.log().bytes(), session.current().checkpoint_bytes());
        // The one that was kept last has not been paid for by the log yet.
        let last = session.head().bytes();
        assert!(kept <= first + last + log / 2, "random-{number}: {kept} beside {log}");
        session.seek(TurnIx(0));
        assert_eq!(session.turn(), TurnIx(0));
    }
}
