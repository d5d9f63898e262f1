//! The corpus of links: what they replay to stays the same, or the engine's version is raised.
//!
//! `AGORA_BLESS=1 cargo test --no-default-features links` writes it anew, which is right only in a
//! commit that raises `ENGINE_VERSION` or adds links.

use std::path::PathBuf;
use std::process::Command as Process;

use agora::model::id::TurnIx;
use agora::session::catalog::BUILT_IN;
use agora::session::link::{self, link, read};
use agora::session::saved::{Look, Verdict};
use agora::session::{Session, catalog, random, wiring};
use agora::sim::command::Command;
use agora::sim::run::ENGINE_VERSION;

fn path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden/links.txt")
}

/// Runs a session to its end, with commands in the past and at the end.
fn played(mut session: Session, number: u64, document: &serde_json::Value) -> Session {
    while session.step() {}
    let commands = random::commands(number, document, u64::from(session.turns().0));
    for (turn, command) in commands {
        session.seek(TurnIx(turn));
        let command: Command = serde_json::from_value(command).expect("a command");
        let _ = session.command(&command);
        session.extend(25);
    }
    session
}

/// The links that the corpus holds, by name.
fn made() -> Vec<(String, String)> {
    let built_in = BUILT_IN.iter().zip(1..).map(|(one, number)| {
        let setup = catalog::setup(one.name, Some(number)).expect("built in");
        let roles: Vec<_> = setup
            .domain
            .roles()
            .iter()
            .map(|role| serde_json::json!({"name": role.name}))
            .collect();
        let session = played(Session::new(setup), number, &serde_json::json!({"roles": roles}));
        (one.name.to_owned(), session)
    });
    let random = (900..908).map(|number| {
        let document = random::scenario(number);
        let setup = wiring::document(document.clone(), None).expect("legal");
        (format!("random-{number}"), played(Session::new(setup), number, &document))
    });
    let link_of = |session: &Session| link(session, Look::default()).fragment;
    built_in.chain(random).map(|(name, session)| (name, link_of(&session))).collect()
}

#[test]
fn links_of_the_corpus_replay_to_what_they_say() {
    if std::env::var_os("AGORA_BLESS").is_some() {
        let lines: Vec<String> = made()
            .into_iter()
            .map(|(name, link)| format!("{ENGINE_VERSION} {name} {link}\n"))
            .collect();
        std::fs::write(path(), lines.concat()).expect("the corpus can be written");
    }
    let corpus = std::fs::read_to_string(path()).expect("the corpus is there");
    let mut current = 0;
    for line in corpus.lines() {
        let mut words = line.split(' ');
        let (engine, name, link) = (words.next(), words.next(), words.next());
        let (name, link) = (name.expect("a name"), link.expect("a link"));
        let saved = read(link).expect(name);
        assert_eq!(engine, Some(saved.engine.to_string().as_str()), "{name}");
        let verdict = saved.open().expect(name).verdict;
        if saved.engine == ENGINE_VERSION {
            current += 1;
            assert_eq!(
                verdict,
                Verdict::Verified,
                "{name}: raise ENGINE_VERSION and bless the corpus"
            );
        } else {
            assert!(matches!(verdict, Verdict::Diverged(_)), "{name} is of another engine");
        }
    }
    assert!(current >= 16, "the corpus holds links of this engine: {current}");
}

#[test]
fn the_command_line_replays_links_and_files() {
    let session = played(
        Session::new(catalog::setup("competition", None).expect("built in")),
        3,
        &random::scenario(3),
    );
    let replay = |text: &str| {
        let done = Process::new(env!("CARGO_BIN_EXE_agora")).args(["replay", text]).output();
        let done = done.expect("it runs");
        (
            done.status.code(),
            serde_json::from_slice::<serde_json::Value>(&done.stdout).unwrap_or_default(),
        )
    };
    let fragment = link(&session, Look::default()).fragment;
    let (code, report) = replay(&format!("http://127.0.0.1:8080/{fragment}"));
    assert_eq!((code, &report["verified"]), (Some(0), &true.into()));
    assert_eq!(report["digest"], session.digest().to_string());
    let mut saved = read(&fragment).expect("a link");
    let file = std::env::temp_dir().join(format!("agora-replay-{}.json", std::process::id()));
    std::fs::write(&file, link::file(&session, Look::default())).expect("a file");
    let (code, report) = replay(&file.to_string_lossy());
    assert_eq!((code, &report["verified"]), (Some(0), &true.into()));
    saved.seed += 1;
    std::fs::write(&file, serde_json::to_string(&saved).expect("plain data")).expect("a file");
    let (code, report) = replay(&file.to_string_lossy());
    assert_eq!(
        (code, &report["verified"], &report["divergence"]["turn"]),
        (Some(1), &false.into(), &0.into())
    );
    let _ = std::fs::remove_file(file);
    let cut = fragment.len() - 9;
    assert_eq!(replay(&fragment[..cut]).0, Some(2), "a damaged link is unusable");
    assert_eq!(replay("no such thing").0, Some(2));
}
