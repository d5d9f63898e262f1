//! What only a real browser can show of the engine: that it computes there what it computes natively.

#![cfg(target_arch = "wasm32")]

use agora::session::catalog;
use agora::sim::run::{ENGINE_VERSION, Run};
use agora::web::agora::Agora;
use agora::web::entropy;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// The list that the native tests write and check: scenario, seed, turns, digest.
const DIGESTS: &str = include_str!("golden/digests.txt");

#[wasm_bindgen_test]
fn libm_gives_the_same_bits_in_the_browser_as_natively() {
    assert_eq!(libm::exp(0.1).to_bits(), 0x3ff1_aec7_b35a_00d4);
}

#[wasm_bindgen_test]
fn every_golden_digest_comes_out_in_the_browser() {
    let mut lines = DIGESTS.lines();
    assert_eq!(lines.next(), Some(format!("engine {ENGINE_VERSION}").as_str()));
    let mut checked = 0;
    for line in lines {
        let mut words = line.split_whitespace();
        let name = words.next().expect("a name");
        let seed: u64 = words.next().and_then(|word| word.parse().ok()).expect("a seed");
        let setup =
            catalog::setup(name, Some(seed)).unwrap_or_else(|faults| panic!("{name}: {faults:?}"));
        let mut run = Run::new(setup);
        while run.advance() {}
        let found = format!("{name} {seed} {} {}", run.turn().0, run.log().digest());
        assert_eq!(found, line);
        checked += 1;
    }
    assert_eq!(checked, 20 * catalog::BUILT_IN.len());
}

/// Goes on by so many turns.
fn stepped(agora: &Agora, turns: f64) -> u32 {
    agora.step(Some(turns)).expect("a whole number of turns")
}

#[wasm_bindgen_test]
fn the_class_steps_seeks_and_hands_out_plain_objects() {
    let agora = Agora::new("walkthrough".into(), JsValue::UNDEFINED).expect("a built-in scenario");
    assert_eq!((agora.turn(), agora.turns()), (0, 0));
    assert_eq!(stepped(&agora, 5.0), 5);
    let digest = agora.digest();
    assert_eq!(agora.step(None).ok(), Some(1));
    agora.seek(5.0).expect("a known turn");
    assert_eq!(agora.digest(), digest);
    for wrong in [99.0, -1.0, 1.5, f64::NAN] {
        assert!(agora.seek(wrong).is_err(), "{wrong}");
    }
    assert!(agora.step(Some(-1.0)).is_err() && agora.events(0.5, 1.0).is_err());
    let events = agora.events(1.0, 2.0).expect("events");
    let first = js_sys::Array::from(&events).get(0);
    let kind = js_sys::Reflect::get(&first, &"kind".into()).expect("a plain object");
    assert_eq!(kind.as_string().as_deref(), Some("timer_fired"));
}

#[wasm_bindgen_test]
fn the_class_takes_scenarios_and_commands_as_objects_and_says_what_is_wrong() {
    let text = catalog::find("generic-team").expect("built in").text();
    let object = js_sys::JSON::parse(text).expect("JSON");
    let agora = Agora::new(object, 3.0.into()).expect("a legal scenario");
    stepped(&agora, 4.0);
    let command = js_sys::JSON::parse(r#"{"kind": "remove_agent", "agent_id": "reporter_01"}"#)
        .expect("JSON");
    agora.command(command.clone()).expect("it is there");
    assert_eq!(agora.turn(), 5);
    assert!(agora.command(command).is_err());
    assert!(Agora::new("nonsense".into(), JsValue::UNDEFINED).is_err());
    assert!(Agora::new(JsValue::UNDEFINED, 0.5.into()).is_err());
}

#[wasm_bindgen_test]
fn a_fresh_seed_is_one_that_a_number_holds() {
    let (one, other) =
        (entropy::fresh_seed().expect("entropy"), entropy::fresh_seed().expect("entropy"));
    assert!(one <= entropy::SEED_MAX && other <= entropy::SEED_MAX && one != other);
}

/// Links that native tests write and check: engine, name, link.
const LINKS: &str = include_str!("golden/links.txt");

#[wasm_bindgen_test]
fn links_made_natively_replay_to_the_same_in_the_browser() {
    let mut verified = 0;
    for line in LINKS.lines() {
        let mut words = line.split(' ');
        let engine = words.next().and_then(|word| word.parse().ok());
        let (name, link) = (words.next().expect("a name"), words.next().expect("a link"));
        let opened = Agora::from_link(link).expect(name);
        assert_eq!(opened.verified(), Some(engine == Some(ENGINE_VERSION)), "{name}");
        verified += u32::from(engine == Some(ENGINE_VERSION));
    }
    assert!(verified >= 16, "{verified}");
}

#[wasm_bindgen_test]
fn the_class_forks_explains_and_goes_through_a_link_and_back() {
    let agora = Agora::new("competition".into(), JsValue::UNDEFINED).expect("built in");
    stepped(&agora, 30.0);
    agora.seek(20.0).expect("a known turn");
    let crash = r#"{"kind": "inject_fault", "agent_id": "profile_optimizer_01", "fault": "crash"}"#;
    agora.command(js_sys::JSON::parse(crash).expect("JSON")).expect("it is there");
    assert_eq!((agora.branch().as_str(), agora.turn()), ("branch_02", 21));
    let branches = js_sys::Array::from(&agora.branches().expect("branches"));
    assert_eq!(branches.length(), 2);
    let link = agora.link();
    assert!(link.starts_with("http") && link.contains("#/workbench?run="), "{link}");
    let opened = Agora::from_link(&link).expect("a link of our own");
    assert_eq!(opened.verified(), Some(true));
    assert_eq!((opened.digest(), opened.branch()), (agora.digest(), agora.branch()));
    assert!(Agora::from_link(&link[..link.len() - 5]).is_err(), "a link that is cut off");
    let why = agora.why(70.0).expect("a known event");
    let chain = js_sys::Reflect::get(&why, &"chain".into()).expect("a plain object");
    assert!(js_sys::Array::from(&chain).length() > 1);
    assert!(agora.why(1e9).is_err());
    assert_eq!(agora.fork(5.0).expect("a known turn"), "branch_03");
    agora.switch_branch("branch_01").expect("it is there");
    assert!(agora.switch_branch("branch_99").is_err());
}

#[wasm_bindgen_test]
fn the_contract_net_gives_the_sums_that_plain_javascript_gives() {
    let found = Agora::bench_contract_net(80, 100, Some(2), None).expect("a legal size");
    let number = |name: &str| {
        js_sys::Reflect::get(&found, &name.into()).ok().and_then(|value| value.as_f64())
    };
    assert_eq!(number("messages"), Some(9_700.0));
    assert_eq!(number("checksum"), Some(595_514.0));
    assert!(number("bytes_per_event").is_some_and(|bytes| bytes <= 40.0));
    assert!(Agora::bench_contract_net(80, 100, Some(1), Some(500.0)).is_err(), "a limit stops it");
}
