//! What only a real browser can show of the engine: that it computes there what it computes natively.

#![cfg(target_arch = "wasm32")]

use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn libm_gives_the_same_bits_in_the_browser_as_natively() {
    assert_eq!(libm::exp(0.1).to_bits(), 0x3ff1_aec7_b35a_00d4);
}
