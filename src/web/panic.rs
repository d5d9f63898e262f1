//! Tells the page what a panic said, so that it can show it with a way back.

use std::panic::PanicHookInfo;

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// Keeps the words until the trap that follows arrives; `boot.js` defines it.
    #[wasm_bindgen(catch, js_name = agoraPanicked)]
    fn keep(message: &str) -> Result<(), JsValue>;
}

/// Makes panics tell the console and the page.
pub fn listen() {
    std::panic::set_hook(Box::new(hear));
}

fn hear(info: &PanicHookInfo<'_>) {
    console_error_panic_hook::hook(info);
    // A page without the start code has the console alone.
    let _ = keep(&info.to_string());
}
