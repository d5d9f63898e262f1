//! Hot loops whose instructions are counted: `script/instructions` runs each under callgrind, and holds
//! the counts against those in `script/instructions.json`.
//!
//! `cargo bench --no-default-features --bench instructions [-- LOOP]` runs one, or all, and prints digests.

use agora::kernel::draw::Draw;
use agora::model::id::TurnIx;
use agora::session::{Session, catalog, contract_net};
use agora::sim::run::Run;

/// A loop's name, and what prepares it and runs it; gives a digest, so that nothing is left out.
type Loop = (&'static str, fn() -> String);

const LOOPS: [Loop; 4] = [
    ("contract-net", contract_net_small),
    ("contract-net-wide", contract_net_wide),
    ("seek", random_seeks),
    ("walkthrough", walkthrough),
];

/// The contract net of size S, a fifth of its tasks.
fn contract_net_small() -> String {
    contract_net(80, 200)
}

/// The contract net of size L, a tenth of its tasks.
fn contract_net_wide() -> String {
    contract_net(800, 100)
}

fn contract_net(agents: u32, tasks: u32) -> String {
    let mut run = Run::new(contract_net::setup(agents, tasks).expect("a legal size"));
    counted_run(&mut run);
    run.log().digest().to_string()
}

/// Seeks in a contract net of some 20,000 events, to turns drawn at random.
fn random_seeks() -> String {
    let mut session = Session::new(contract_net::setup(200, 40).expect("a legal size"));
    while session.extend(1_000) > 0 {}
    counted_seeks(&mut session);
    session.digest().to_string()
}

/// The built-in scenario that the story shows, to its end.
fn walkthrough() -> String {
    let mut run = Run::new(catalog::setup("walkthrough", None).expect("a built-in scenario"));
    counted_run(&mut run);
    run.log().digest().to_string()
}

// Counting is on while a function whose name begins with `counted` runs, so these stay functions.

#[inline(never)]
fn counted_run(run: &mut Run) {
    while run.advance_by(1024) > 0 {}
}

#[inline(never)]
fn counted_seeks(session: &mut Session) {
    let turns = u64::from(session.turns().0);
    let mut luck = Draw::new(1, "seeks", &[]);
    for _ in 0..100 {
        session.seek(TurnIx(luck.below(turns + 1) as u32));
    }
}

fn main() {
    // Cargo adds a flag of its own.
    let wanted = std::env::args().skip(1).find(|argument| !argument.starts_with("--"));
    for (name, run) in LOOPS {
        if wanted.as_deref().is_none_or(|wanted| wanted == name) {
            println!("{name} {}", run());
        }
    }
}
