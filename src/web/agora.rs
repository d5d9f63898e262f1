//! The class `Agora`: a session for JavaScript.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Promise;
use serde::Serialize;
use serde_json::Value;
use wasm_bindgen::prelude::*;

use super::entropy;
use crate::api::{self, Body, Request};
use crate::export::branches::BranchView;
use crate::export::event_lines::Writer;
use crate::export::format::{Format, export};
use crate::export::why;
use crate::model::fault::Fault;
use crate::model::id::{EventId, TurnIx};
use crate::session::branch::BranchId;
use crate::session::saved::{Look, Verdict};
use crate::session::{Session, catalog, link, wiring};
use crate::sim::command::Command;
use crate::sim::run::Setup;
use crate::view::layers::layers;
use crate::view::placing::{ROOMY, place};

/// The scenario a session opens with unless told otherwise.
const FIRST: &str = catalog::BUILT_IN[0].name;

/// Where `script/serve` serves the page: what links lead to where there is no page.
const HOME: &str = "http://127.0.0.1:8080/";

/// All that goes in and out, as TypeScript; `agora schema typescript` makes it of the Rust types.
#[wasm_bindgen(typescript_custom_section)]
const DECLARATIONS: &str = include_str!("agora.d.ts");

/// A session that several owners look at: the page, and whoever holds the JavaScript object.
pub type Shared = Rc<RefCell<Session>>;

/// A run of a scenario, step by step.
#[wasm_bindgen]
pub struct Agora {
    session: Shared,
    changed: Rc<dyn Fn()>,
    /// What opening a link found; none where no link was opened.
    verdict: Option<Verdict>,
}

impl Agora {
    /// Makes the object of a session that is on screen; `changed` is called after every change.
    pub fn shared(session: Shared, changed: Rc<dyn Fn()>) -> Agora {
        Agora { session, changed, verdict: None }
    }
}

#[wasm_bindgen]
impl Agora {
    /// Opens a scenario: a built-in name, a scenario's JSON text or object; else the first built-in.
    /// The seed is the scenario's unless another is given.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_optional_param_type = "string | Scenario")] scenario: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "number")] seed: JsValue,
    ) -> Result<Agora, JsError> {
        let setup = setup(&scenario, seed_of(&seed)?)?;
        let session = Rc::new(RefCell::new(Session::new(setup)));
        Ok(Agora { session, changed: Rc::new(|| {}), verdict: None })
    }

    /// Draws a fresh seed from the browser's entropy.
    #[wasm_bindgen(js_name = freshSeed)]
    pub fn fresh_seed() -> Result<f64, JsError> {
        let seed = entropy::fresh_seed()
            .ok_or_else(|| JsError::new("the browser gives no entropy; choose a seed"))?;
        Ok(seed as f64)
    }

    /// Goes on by so many turns, one if none is said; returns how many there were to go.
    pub fn step(&self, turns: Option<f64>) -> Result<u32, JsError> {
        let turns = whole(turns.unwrap_or(1.0)).ok_or_else(|| {
            JsError::new("turns must be a whole number from 0: step(20), or step() for one")
        })?;
        let mut done = 0;
        {
            let mut session = self.session.borrow_mut();
            while done < turns && session.step() {
                done += 1;
            }
        }
        (self.changed)();
        Ok(done)
    }

    /// Goes to a turn that is known.
    pub fn seek(&self, turn: f64) -> Result<(), JsError> {
        let turns = self.session.borrow().turns().0;
        let known = whole(turn).filter(|turn| *turn <= turns).ok_or_else(|| {
            JsError::new(&format!(
                "turn {turn} is not known: take a whole one from 0 to {turns}, or step first"
            ))
        })?;
        self.session.borrow_mut().seek(TurnIx(known));
        (self.changed)();
        Ok(())
    }

    /// The current turn.
    #[wasm_bindgen(getter)]
    pub fn turn(&self) -> u32 {
        self.session.borrow().turn().0
    }

    /// The last turn that is known.
    #[wasm_bindgen(getter)]
    pub fn turns(&self) -> u32 {
        self.session.borrow().turns().0
    }

    /// The digest after the current turn: sixteen hexadecimal digits.
    #[wasm_bindgen(getter)]
    pub fn digest(&self) -> String {
        self.session.borrow().digest().to_string()
    }

    /// The events of the turns from one to before another, as plain objects.
    #[wasm_bindgen(unchecked_return_type = "AgoraEvent[]")]
    pub fn events(&self, from: f64, to: f64) -> Result<JsValue, JsError> {
        let turn = |turn: f64| {
            // Beyond all turns is beyond all turns, however far.
            let known = if turn > f64::from(u32::MAX) { Some(u32::MAX) } else { whole(turn) };
            known.ok_or_else(|| {
                JsError::new("turns must be whole numbers from 0: events(0, agora.turns + 1)")
            })
        };
        let (from, to) = (turn(from)?, turn(to)?);
        let session = self.session.borrow();
        let log = session.log();
        let last = log.last_turn().0.saturating_add(1);
        let start = if from >= last { log.len() } else { log.span(TurnIx(from)).start };
        let end = if to >= last { log.len() } else { log.span(TurnIx(to)).start };
        let writer = Writer { world: session.head(), log, store: session.store() };
        let events: Vec<Value> =
            log.records(start..end.max(start)).map(|record| writer.event(&record)).collect();
        to_js(&events)
    }

    /// Opens a link, what stands behind its `run=`, or a saved run's JSON, at the turn it was made for;
    /// `verified` says whether it replays to what it says.
    #[wasm_bindgen(js_name = fromLink)]
    pub fn from_link(text: &str) -> Result<Agora, JsError> {
        let saved = link::read(text).map_err(|error| JsError::new(&error.to_string()))?;
        let opened = saved.open().map_err(|error| JsError::new(&error.to_string()))?;
        let session = Rc::new(RefCell::new(opened.session));
        Ok(Agora { session, changed: Rc::new(|| {}), verdict: Some(opened.verdict) })
    }

    /// Whether the link this was opened from replays to what it says; nothing without a link.
    #[wasm_bindgen(getter)]
    pub fn verified(&self) -> Option<bool> {
        self.verdict.map(|verdict| verdict == Verdict::Verified)
    }

    /// The turn at which the link this was opened from diverges; nothing where it does not.
    #[wasm_bindgen(getter, js_name = divergedAt)]
    pub fn diverged_at(&self) -> Option<u32> {
        match self.verdict? {
            Verdict::Verified => None,
            Verdict::Diverged(divergence) => Some(divergence.turn.0),
        }
    }

    /// The address that opens this session: the scenario, the seed, the commands of every branch, the
    /// turn, and digests to check them by.
    pub fn link(&self) -> String {
        let fragment = link::link(&self.session.borrow(), Look::default()).fragment;
        let href = web_sys::window().and_then(|window| window.location().href().ok());
        let href = href.unwrap_or_else(|| HOME.to_owned());
        let page = href.split('#').next().unwrap_or(HOME);
        format!("{page}{fragment}")
    }

    /// Why an event happened: `chain`, the causes back to their root in sentences, with what each used,
    /// and `graph`, all that it rests on by ids.
    #[wasm_bindgen(unchecked_return_type = "Why")]
    pub fn why(&self, event: f64) -> Result<JsValue, JsError> {
        let session = self.session.borrow();
        let found = whole(event).and_then(|event| why::why(&session, EventId(event)));
        let why = found.ok_or_else(|| {
            let known = session.log().len();
            JsError::new(&format!("event {event} is not known: there are {known}, counted from 0"))
        })?;
        to_js(&why)
    }

    /// Makes a new branch that has the current one's past up to a turn, and makes it current; returns
    /// its id.
    pub fn fork(&self, turn: f64) -> Result<String, JsError> {
        self.seek(turn)?;
        let branch = self.session.borrow_mut().fork();
        (self.changed)();
        Ok(branch.text())
    }

    /// The id of the current branch.
    #[wasm_bindgen(getter)]
    pub fn branch(&self) -> String {
        self.session.borrow().current().id().text()
    }

    /// All branches, as plain objects.
    #[wasm_bindgen(unchecked_return_type = "Branch[]")]
    pub fn branches(&self) -> Result<JsValue, JsError> {
        let session = self.session.borrow();
        to_js(&session.branches().into_iter().map(BranchView::of).collect::<Vec<_>>())
    }

    /// Makes another branch current, at the same turn or else the same virtual time.
    #[wasm_bindgen(js_name = switchBranch)]
    pub fn switch_branch(&self, branch: &str) -> Result<(), JsError> {
        let found =
            BranchId::parse(branch).is_some_and(|branch| self.session.borrow_mut().switch(branch));
        if !found {
            return Err(JsError::new(&format!(
                "no branch has the id {branch:?}: branches() lists those there are"
            )));
        }
        (self.changed)();
        Ok(())
    }

    /// Answers a request of the REST-shaped API: a promise of its status and body, declared route by
    /// route; what is wrong with the request is in the answer, as over HTTP.
    #[wasm_bindgen(skip_typescript)]
    pub fn request(&self, method: &str, path: &str, body: JsValue) -> Promise {
        match self.answer(method, path, body) {
            Ok(answer) => Promise::resolve(&answer),
            Err(error) => Promise::reject(&error.into()),
        }
    }

    /// Writes the run up to the current turn in a format: `sequence`, `plan-mermaid`, `plan-dot`,
    /// `trace`, `shiviz` or `events`.
    pub fn export(
        &self,
        #[wasm_bindgen(unchecked_param_type = "ExportFormat")] format: &str,
    ) -> Result<String, JsError> {
        let format = Format::of(format).map_err(|words| JsError::new(&words))?;
        Ok(export(&self.session.borrow(), format))
    }

    /// Lays a dependency graph out as the plan panel does, in a panel of a width [px]: edges are pairs of
    /// node numbers in a row. Returns four numbers a node, x, y, width and height [px].
    pub fn layout(nodes: u32, edges: &[u32], width: u32) -> Vec<u32> {
        let pairs = edges.chunks_exact(2).map(|pair| (pair[0] as usize, pair[1] as usize));
        let pairs: Vec<(usize, usize)> = pairs.collect();
        let laid = layers(nodes as usize, &pairs);
        let placed = place(&laid, &pairs, &[], ROOMY, width);
        placed.nodes.iter().flat_map(|area| [area.x, area.y, area.w, area.h]).collect()
    }

    /// Performs a command, as its JSON Schema describes it, at the current turn: at the last turn
    /// that is known the branch goes on, before it a new branch forks and becomes current. On a branch
    /// that left another, turns where the session never stood give way to the command.
    pub fn command(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Command")] command: JsValue,
    ) -> Result<(), JsError> {
        let command: Command = serde_wasm_bindgen::from_value(command).map_err(|error| {
            JsError::new(&format!(
                "this is no command: {error}; `agora schema command` describes them all"
            ))
        })?;
        self.session.borrow_mut().command(&command).map_err(|faults| told(&faults))?;
        (self.changed)();
        Ok(())
    }
}

impl Agora {
    fn answer(&self, method: &str, path: &str, body: JsValue) -> Result<JsValue, JsError> {
        let body = match body.as_string() {
            Some(text) => Body::Bytes(text.into_bytes()),
            None if body.is_undefined() || body.is_null() => Body::None,
            None => Body::Json(serde_wasm_bindgen::from_value(body).map_err(|error| {
                JsError::new(&format!(
                    "the body is no JSON value: {error}; pass an object, or JSON text"
                ))
            })?),
        };
        let request = Request { method: method.to_owned(), path: path.to_owned(), body };
        let response = api::handle(&mut self.session.borrow_mut(), &request);
        (self.changed)();
        to_js(&serde_json::json!({"status": response.status, "body": response.body}))
    }
}

/// Returns a number that JavaScript gave as a whole one; none where it is not, or too large.
fn whole(number: f64) -> Option<u32> {
    let is_whole = number >= 0.0 && number <= f64::from(u32::MAX) && number == libm::trunc(number);
    is_whole.then_some(number as u32)
}

/// Hands plain data to JavaScript: objects, not maps.
fn to_js<T: Serialize>(value: &T) -> Result<JsValue, JsError> {
    let plain = serde_wasm_bindgen::Serializer::json_compatible();
    value.serialize(&plain).map_err(|error| JsError::new(&error.to_string()))
}

fn seed_of(seed: &JsValue) -> Result<Option<u64>, JsError> {
    if seed.is_undefined() || seed.is_null() {
        return Ok(None);
    }
    let number =
        seed.as_f64().filter(|&n| n >= 0.0 && n <= entropy::SEED_MAX as f64 && n == libm::trunc(n));
    let number =
        number.ok_or_else(|| JsError::new("the seed must be a whole number from 0 to 2^53 - 1"))?;
    Ok(Some(number as u64))
}

fn setup(scenario: &JsValue, seed: Option<u64>) -> Result<Setup, JsError> {
    if scenario.is_undefined() || scenario.is_null() {
        return catalog::setup(FIRST, seed).map_err(|faults| told(&faults));
    }
    let made = match scenario.as_string() {
        Some(text) if text.trim_start().starts_with('{') => wiring::read(&text, seed),
        Some(name) => catalog::setup(&name, seed),
        None => {
            let document: Value = serde_wasm_bindgen::from_value(scenario.clone())
                .map_err(|error| JsError::new(&format!("this is no scenario: {error}")))?;
            wiring::document(document, seed)
        }
    };
    made.map_err(|faults| told(&faults))
}

fn told(faults: &[Fault]) -> JsError {
    let lines: Vec<String> = faults.iter().map(Fault::to_string).collect();
    JsError::new(&lines.join("\n"))
}
