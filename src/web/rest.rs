//! Waits for the second half of the page's code, which arrives after the first paint.

use js_sys::{Promise, Reflect};
use wasm_bindgen::prelude::*;

/// The global promise that `boot.js` keeps when both halves are there.
const PROMISE: &str = "agoraRest";

/// Calls back as soon as all of the code is there, never within this call.
///
/// What would call into the rest earlier still works: it waits for it, and the page with it.
pub fn when_loaded(then: impl FnOnce() + 'static) {
    let promise = Reflect::get(&js_sys::global(), &PROMISE.into())
        .ok()
        .and_then(|value| value.dyn_into::<Promise>().ok())
        .unwrap_or_else(|| Promise::resolve(&JsValue::NULL));
    let run = Closure::once(move |_: JsValue| then());
    // Where it fails to arrive, the start code has said so.
    let _ = promise.then(&run);
    run.forget();
}
