//! Tests of links: what they carry, how long they are, and what is refused.

use super::*;
use crate::model::id::TurnIx;
use crate::session::branch::BranchId;
use crate::session::saved::trail::Trail;
use crate::session::saved::{Divergence, FORMAT, Verdict};
use crate::session::{catalog, own};
use crate::sim::command::Command;
use serde_json::{Value, json};

fn command(value: Value) -> Command {
    serde_json::from_value(value).expect("a command")
}

/// A session with twenty commands on three branches.
fn busy(name: &str) -> Session {
    let mut session = Session::new(catalog::setup(name, None).expect("built in"));
    let kinds = ["crash", "recover", "silence", "recover"];
    for n in 0..20_usize {
        for _ in 0..4 {
            session.step();
        }
        if n == 8 || n == 14 {
            session.seek(TurnIx(session.turn().0 / 2));
        }
        let agents: Vec<String> =
            session.world().agents.iter().map(|agent| agent.spec.id.clone()).collect();
        let agent = &agents[n * 7 % agents.len()];
        let given = match n % 5 {
            4 => {
                json!({"kind": "set_weights", "weights": {"capability": 0.1, "workload": 0.2, "performance": 0.3, "priority": 0.4}})
            }
            _ => json!({"kind": "inject_fault", "agent_id": agent, "fault": kinds[n % 4]}),
        };
        session.command(&command(given)).expect("it is possible");
    }
    session.extend(30);
    session
}

#[test]
fn twenty_commands_on_three_branches_fit_and_replay_to_the_same() {
    for built_in in catalog::BUILT_IN {
        let session = busy(built_in.name);
        let look =
            Look { face: "story".into(), panel: "auction".into(), selection: "event:17".into() };
        let link = link(&session, look.clone());
        assert!(
            link.fragment.len() <= 1_900,
            "{}: {} characters",
            built_in.name,
            link.fragment.len()
        );
        assert!(link.fragment.starts_with("#/story?run=") && link.fits && !link.carries_own_data);
        let saved = read(&format!("https://example.org/agora/{}", link.fragment)).expect("a link");
        assert_eq!(saved.look, look);
        let opened = saved.open().expect("it opens");
        assert_eq!(opened.verdict, Verdict::Verified, "{}", built_in.name);
        let told = |session: &Session| {
            let branches = session.branches();
            let told = branches.iter().map(|branch| {
                let (id, name) = (branch.id(), branch.name().to_owned());
                (id, name, branch.fork(), branch.digest(), branch.commands().to_vec())
            });
            (session.current().id(), session.turn(), session.digest(), told.collect::<Vec<_>>())
        };
        assert_eq!(told(&opened.session), told(&session), "{}", built_in.name);
        assert_eq!(session.branches().len(), 3);
    }
}

#[test]
fn a_file_says_the_same_and_names_the_very_turn_that_differs() {
    let mut session = busy("competition");
    session.switch(BranchId(0));
    let text = file(&session, Look::default());
    let mut saved = read(&text).expect("a file");
    assert_eq!(saved.open().expect("it opens").verdict, Verdict::Verified);
    assert_eq!(
        saved.branches[0].trail.as_ref().map(|trail| (trail.bits, trail.every)),
        Some((32, 1))
    );
    let (at, seed) = (saved.branches[0].commands[1].turn, saved.seed);
    saved.branches[0].commands.remove(1);
    let verdict = saved.open().expect("it opens all the same").verdict;
    let (branch, turn, engine) = (BranchId(0), TurnIx(at), saved.engine);
    let agrees_to = Some(TurnIx(at - 1));
    let expected = Divergence { branch, agrees_to, from: turn, turn, bits: 32, engine };
    assert_eq!((verdict, saved.seed), (Verdict::Diverged(expected), seed));
}

/// For each turn of a run: another engine goes on otherwise from there, which is played by a command
/// that the link does not tell of.
#[test]
fn a_link_names_the_turn_from_which_another_engine_goes_on_otherwise() {
    let (mut exact, mut all) = (0, 0);
    for (name, seed) in [("competition", 1), ("launch", 2), ("walkthrough", 3)] {
        let mut session = Session::new(catalog::setup(name, Some(seed)).expect("built in"));
        while session.step() {}
        for turn in 1..session.turns().0 {
            session.seek(TurnIx(turn - 1));
            let mut other = Session::of_run(session.cut());
            let agent = other.world().agents[0].spec.id.clone();
            let crash = json!({"kind": "inject_fault", "agent_id": agent, "fault": "silence"});
            other.command(&command(crash)).expect("it is possible");
            while other.step() {}
            let fragment = link(&other, Look::default()).fragment;
            assert!(fragment.len() <= 1_900, "{name}: {} characters", fragment.len());
            let mut saved = read(&fragment).expect("a link");
            saved.branches[0].commands.clear();
            let trail = saved.branches[0].trail.clone().expect("it fits");
            assert!(trail.every == 1 && trail.bits >= 8, "{name}: {} bits", trail.bits);
            let verdict = saved.open().expect("it opens all the same").verdict;
            let Verdict::Diverged(found) = verdict else { panic!("{name}: turn {turn} differs") };
            let agrees_to = found.agrees_to.expect("turn 0 agrees");
            assert!(agrees_to.0 < turn && turn <= found.turn.0, "{name}, turn {turn}: {found:?}");
            assert_eq!(found.from, found.turn, "{name}: every turn has a mark");
            exact += u32::from(found.turn.0 == turn);
            all += 1;
        }
    }
    assert!(all > 200 && exact * 100 >= all * 98, "{exact} of {all} turns were named");
}

/// One bit a turn, then fewer: what is said stays true.
#[test]
fn sparse_trails_name_a_span_that_holds_the_turn() {
    let mut session = Session::new(catalog::setup("launch", Some(9)).expect("built in"));
    while session.step() {}
    for (bits, every) in [(1, 1), (2, 1), (4, 1), (1, 2), (1, 8), (3, 5)] {
        for turn in (1..session.turns().0 - 40).step_by(9) {
            session.seek(TurnIx(turn - 1));
            let mut other = Session::of_run(session.cut());
            let agent = other.world().agents[0].spec.id.clone();
            let crash = json!({"kind": "inject_fault", "agent_id": agent, "fault": "silence"});
            other.command(&command(crash)).expect("it is possible");
            other.extend(u32::MAX);
            let mut saved = Saved::of(&other, Look::default());
            saved.lay_trails(&other, Some(Density { bits, every }));
            saved.branches[0].commands.clear();
            let verdict = saved.open().expect("it opens all the same").verdict;
            let Verdict::Diverged(found) = verdict else { panic!("turn {turn} differs") };
            // A chance of 1 in 1,024 remains, and what chance does here is the same each time.
            assert!(found.agrees_to.is_some_and(|last| last.0 < turn), "{bits} bits: {found:?}");
            assert!(turn <= found.turn.0, "{bits} bits, turn {turn}: {found:?}");
            assert!(found.turn.0 - found.from.0 < every, "{bits} bits, turn {turn}: {found:?}");
        }
    }
}

#[test]
fn a_long_run_has_one_bit_a_turn_or_spans_and_still_fits() {
    let setup = crate::session::contract_net::setup(16, 400).expect("a contract net");
    let mut session = Session::new(setup);
    let mut sparsest = (u32::MAX, 0);
    for turns in [100, 900, 4_000] {
        session.extend(turns - session.turns().0);
        let mut saved = Saved::of(&session, Look::default());
        let bare = pack(&saved);
        trailed(&mut saved, &session, &bare, 400).expect("some trail fits");
        let trail = saved.branches[0].trail.clone().expect("there is one");
        assert!((trail.bits, trail.every) < sparsest || trail.every > sparsest.1);
        sparsest = (trail.bits, trail.every);
        assert!(pack(&saved).len() <= bare.len() + 400);
        assert_eq!(saved.open().expect("it opens").verdict, Verdict::Verified);
    }
    assert!(sparsest.0 == 1 && sparsest.1 > 1, "{sparsest:?}");
}

#[test]
fn another_seed_or_command_diverges() {
    let saved = read(&link(&busy("walkthrough"), Look::default()).fragment).expect("a link");
    let diverges = |change: &dyn Fn(&mut Saved)| {
        let mut saved = saved.clone();
        change(&mut saved);
        matches!(saved.open().map(|opened| opened.verdict), Ok(Verdict::Diverged(_)))
    };
    assert!(diverges(&|saved| saved.seed += 1));
    assert!(diverges(&|saved| saved.digest = "0123456789abcdef".into()));
    assert!(diverges(&|saved| saved.branches[0].turns = 2));
    assert!(diverges(&|saved| saved.branches[0].commands[0].turn += 1));
    assert!(diverges(&|saved| {
        let gone = json!({"kind": "remove_agent", "agent_id": "nobody_01"});
        saved.branches[0].commands[0].command = command(gone);
    }));
    assert!(diverges(&|saved| saved.turn = 1_000_000));
}

#[test]
fn damaged_and_cut_links_are_refused() {
    let fragment = link(&busy("competition"), Look::default()).fragment;
    let start = fragment.find("run=").expect("it has data") + 4;
    for at in start..fragment.len() {
        assert!(read(&fragment[..at]).is_err(), "cut at {at}");
        let mut bytes = fragment.clone().into_bytes();
        bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
        let changed = String::from_utf8(bytes).expect("letters");
        // The last letter's low bits may carry nothing; then the text is not canonical.
        assert!(read(&changed).is_err(), "changed at {at}");
    }
    for text in
        ["", "run=", "https://example.org/#/story", "run=%%%", "🦀", "run=AAAA", "not a link"]
    {
        let error = read(text).expect_err(text).to_string();
        assert!(error.len() > 10, "{text}: {error}");
    }
}

#[test]
fn hostile_links_are_refused_before_they_cost_much() {
    let sealed = |packed: &[u8]| {
        let mut bytes = check_of(packed).to_vec();
        bytes.extend_from_slice(packed);
        URL_SAFE_NO_PAD.encode(bytes)
    };
    let bomb = miniz_oxide::deflate::compress_to_vec(&vec![b' '; INFLATED_BYTES_MAX + 1], 6);
    assert!(read(&sealed(&bomb)).expect_err("a bomb").to_string().contains("too large"));
    let deep = "[".repeat(100_000);
    let deep = miniz_oxide::deflate::compress_to_vec(deep.as_bytes(), 6);
    assert!(read(&sealed(&deep)).is_err());
    let saved = Saved::whole(&busy("walkthrough"), Look::default());
    let refused = |change: &dyn Fn(&mut Saved)| {
        let mut saved = saved.clone();
        change(&mut saved);
        let read = read(&pack(&saved)).expect("well formed");
        let error = read.open().err().expect("it is refused").to_string();
        assert!(error.len() > 10, "{error}");
    };
    refused(&|saved| saved.branches[0].turns = u32::MAX);
    refused(&|saved| saved.branches[1].parent = Some(7));
    refused(&|saved| saved.branches[1].parent = None);
    refused(&|saved| saved.branches[0].parent = Some(0));
    refused(&|saved| saved.branches[2].id = 0);
    refused(&|saved| saved.branches[2].id = u32::MAX);
    refused(&|saved| saved.branches.clear());
    refused(&|saved| saved.branch = 9);
    refused(&|saved| saved.scenario = "no-such-scenario".into());
    refused(&|saved| saved.scenario = json!({"name": 1}));
    refused(&|saved| saved.format = FORMAT + 1);
    refused(&|saved| saved.engine += 1);
    refused(&|saved| saved.seed = u64::MAX);
    for (bits, every, marks) in [(0, 1, "AAAA"), (33, 1, "AAAA"), (8, 0, "AAAA"), (8, 1, "%")] {
        let marks = marks.to_owned();
        refused(&|saved| {
            saved.branches[1].trail = Some(Trail { bits, every, marks: marks.clone() })
        });
    }
    refused(&|saved| saved.look.panel = "x".repeat(10_000));
    let mut foreign = serde_json::to_value(&saved).expect("plain data");
    foreign["extra"] = json!(1);
    assert!(read(&foreign.to_string()).expect_err("foreign").to_string().contains("extra"));
}

#[test]
fn a_persons_own_data_are_announced() {
    let setup = catalog::setup("walkthrough", None).expect("built in");
    let own = own::with_profile(&setup, r#"{"title": "Rust engineer", "hourly_rate": 70}"#);
    let session = Session::new(own.expect("a profile"));
    let link = super::link(&session, Look::default());
    assert!(link.carries_own_data);
    let opened = read(&link.fragment).expect("a link").open().expect("it opens");
    assert_eq!(opened.verdict, Verdict::Verified);
    assert_eq!(opened.session.setup().scenario.source, session.setup().scenario.source);
    let mut session = Session::new(setup);
    assert!(!super::link(&session, Look::default()).carries_own_data);
    let words =
        json!({"kind": "send_message", "to": "*", "message_type": "broadcast", "text": "me"});
    session.command(&command(words)).expect("possible");
    assert!(super::link(&session, Look::default()).carries_own_data);
}
