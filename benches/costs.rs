//! What forks, links and panels cost natively, by the clock.
//!
//! `cargo bench --no-default-features --bench costs` prints one JSON object: for each case the median and
//! the 99th percentile in microseconds.

#[path = "common/clock.rs"]
mod clock;

use agora::kernel::draw::Draw;
use agora::model::id::{TaskIx, TurnIx};
use agora::session::metrics::fold::Fold;
use agora::session::saved::Look;
use agora::session::{Session, catalog, contract_net, link};
use agora::view;
use agora::view::focus::Focus;
use agora::view::history::History;
use agora::view::lens::Lens;
use agora::view::messages::build::{Extent, messages};
use clock::Clock;

/// How often each thing is done in a run.
const TIMES: usize = 60;
/// Rows of talk in the large place of the page's overview.
const ROWS: usize = 22;

/// What a panel costs, by its name; what it makes is thrown away.
type Panel = (&'static str, fn(&Lens<'_>));

const PANELS: [Panel; 14] = [
    ("narration", |lens| drop(view::narration::narration(lens))),
    ("task", |lens| drop(view::task::task_line(lens))),
    ("phases", |lens| drop(view::phases::phases(lens))),
    ("agents", |lens| drop(view::agents::agents(lens))),
    ("mind", |lens| drop(view::agents::mind::mind(lens, None))),
    ("auction", |lens| drop(view::auction::auctions(lens))),
    ("plan", |lens| drop(view::plan::plan(lens))),
    ("schedule", |lens| drop(view::schedule::schedule(lens))),
    ("messages", |lens| drop(messages(lens, Extent { rows_max: ROWS, everyone: false }))),
    ("blackboard", |lens| drop(view::blackboard::blackboard(lens))),
    ("result", |lens| drop(view::result::result(lens))),
    ("intelligence", |lens| drop(intelligence(lens))),
    ("selected", |lens| drop(view::selected::selected(lens, None))),
    ("story", |lens| drop(view::story::story(lens))),
];

/// Reads the whole log up to the cursor, as after a seek; the page reads on from where it was.
fn intelligence(lens: &Lens<'_>) -> view::intelligence::Intelligence {
    view::intelligence::intelligence(lens, &Fold::of(lens.session))
}

/// A run with its name.
struct Case {
    name: &'static str,
    session: Session,
}

fn cases() -> Vec<Case> {
    let built_in = |name: &'static str| {
        let setup = catalog::setup(name, None).expect("a built-in scenario is legal");
        Case { name, session: Session::new(setup) }
    };
    let crowd = contract_net::setup(800, 40).expect("a contract net of this size");
    let crowd = Case { name: "contract net of 800 agents", session: Session::new(crowd) };
    let mut cases = vec![built_in("competition"), built_in("launch"), crowd];
    for case in &mut cases {
        case.session.extend(u32::MAX);
    }
    cases
}

/// Writes the median and the 99th percentile [µs].
fn told(times: &mut [f64]) -> serde_json::Value {
    times.sort_unstable_by(f64::total_cmp);
    let at = |share: f64| {
        let place = (times.len().saturating_sub(1) as f64 * share) as usize;
        (times.get(place).copied().unwrap_or(0.0) * 10.0).round() / 10.0
    };
    serde_json::json!({ "p50_us": at(0.5), "p99_us": at(0.99) })
}

fn main() {
    let found: serde_json::Map<String, serde_json::Value> = cases()
        .into_iter()
        .map(|mut case| (case.name.to_owned(), costs(&mut case.session)))
        .collect();
    println!("{}", serde_json::Value::Object(found));
}

fn costs(session: &mut Session) -> serde_json::Value {
    let mut luck = Draw::new(1, "costs", &[]);
    let turns = u64::from(session.turns().0);
    let draw: Vec<TurnIx> = (0..TIMES).map(|_| TurnIx(luck.below(turns + 1) as u32)).collect();
    let mut clock = Clock::default();
    let mut panels: Vec<(&str, Vec<f64>)> =
        PANELS.iter().map(|(name, _)| (*name, Vec::new())).collect();
    for turn in &draw {
        session.seek(*turn);
        let mut history = History::default();
        history.follow(session);
        let focus = Focus::of_turn(session, session.turn());
        let task = session.world().tasks.len().checked_sub(1).map(TaskIx::from);
        let lens = Lens { session, history: &history, focus: &focus, task };
        for ((_, panel), (_, times)) in PANELS.iter().zip(&mut panels) {
            clock.lap();
            panel(&lens);
            times.push(clock.lap_us());
        }
    }
    let forks = forks(session, &draw, &mut clock);
    let (mut made, mut opened) = (Vec::new(), Vec::new());
    for _ in 0..TIMES / 6 {
        clock.lap();
        let link = link::link(session, Look::default());
        made.push(clock.lap_us());
        let saved = link::read(&link.fragment).expect("its own link is read");
        drop(saved.open().expect("its own link is opened"));
        opened.push(clock.lap_us());
    }
    let panels: serde_json::Map<String, serde_json::Value> =
        panels.into_iter().map(|(name, mut times)| (name.to_owned(), told(&mut times))).collect();
    serde_json::json!({
        "turns": turns,
        "events": session.log().len(),
        "fork": forks,
        "link_made": told(&mut made),
        "link_opened": told(&mut opened),
        "panels": panels,
    })
}

/// Forks at turns drawn at random; what is forked is deleted again.
fn forks(session: &mut Session, turns: &[TurnIx], clock: &mut Clock) -> serde_json::Value {
    let first = session.current().id();
    let mut times = Vec::new();
    for turn in turns {
        session.seek(*turn);
        clock.lap();
        let fork = session.fork();
        times.push(clock.lap_us());
        session.switch(first);
        session.delete(fork);
    }
    told(&mut times)
}
