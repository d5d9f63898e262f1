//! The command line's entry point; in the browser there is none.

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    agora::cli::main()
}

#[cfg(target_arch = "wasm32")]
fn main() {}
