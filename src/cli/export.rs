//! `agora export`: a run in a format that other tools open.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use super::run::TURNS_MAX;
use crate::export::format::{Format, export};
use crate::model::id::TurnIx;
use crate::session::Session;

/// Runs a scenario up to a turn, else to its end, and writes it down.
pub fn write(
    scenario: &str,
    format: &str,
    seed: Option<u64>,
    turn: Option<u32>,
    out: Option<&Path>,
) -> Result<ExitCode, String> {
    let format = Format::of(format)?;
    let mut session = Session::new(super::load(scenario, seed)?);
    session.extend(turn.unwrap_or(TURNS_MAX));
    session.seek(session.turns().min(TurnIx(turn.unwrap_or(u32::MAX))));
    let text = export(&session, format);
    match out {
        Some(path) => {
            std::fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))?;
        }
        None => std::io::stdout()
            .write_all(text.as_bytes())
            .map_err(|error| format!("cannot write to standard output: {error}"))?,
    }
    Ok(ExitCode::SUCCESS)
}
