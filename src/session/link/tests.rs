//! Tests of links: what they carry, how long they are, and what is refused.

use super::*;
use crate::model::id::TurnIx;
use crate::session::branch::BranchId;
use crate::session::saved::{Divergence, Verdict};
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
            link.fragment.len() <= 2_000,
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
    saved.branches[0].marks[17].1 = "00000000".into();
    let verdict = saved.open().expect("it opens all the same").verdict;
    let (branch, turn, engine) = (BranchId(0), TurnIx(17), saved.engine);
    let expected = Divergence { branch, agrees_to: Some(TurnIx(16)), turn, engine };
    assert_eq!(verdict, Verdict::Diverged(expected));
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
    let saved = Saved::of(&busy("walkthrough"), Look::default(), 4);
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
    refused(&|saved| saved.format = 2);
    refused(&|saved| saved.engine += 1);
    refused(&|saved| saved.seed = u64::MAX);
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
