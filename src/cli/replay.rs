//! `agora replay`: what a link or a file replays to.

use std::path::Path;
use std::process::ExitCode;

use serde_json::json;

use crate::session::link;
use crate::session::saved::Verdict;
use crate::sim::run::ENGINE_VERSION;
use crate::text;

/// Replays a link or a saved run and prints what came of it: exit code 1 where it differs.
pub fn replay(link_or_file: &str) -> Result<ExitCode, String> {
    let path = Path::new(link_or_file);
    let text = if path.is_file() {
        std::fs::read_to_string(path).map_err(|error| format!("{link_or_file}: {error}"))?
    } else {
        link_or_file.to_owned()
    };
    let saved = link::read(&text).map_err(|error| error.to_string())?;
    let opened = saved.open().map_err(|error| error.to_string())?;
    let session = &opened.session;
    let mut report = json!({
        "digest": session.digest().to_string(),
        "verified": opened.verdict == Verdict::Verified,
        "scenario": session.setup().scenario.name,
        "seed": session.setup().seed,
        "branch": session.current().id().text(),
        "turn": session.turn(),
        "branches": session.branches().len(),
        "engine": saved.engine,
    });
    let code = match opened.verdict {
        Verdict::Verified => ExitCode::SUCCESS,
        Verdict::Diverged(divergence) => {
            report["divergence"] = json!({
                "branch": divergence.branch.text(),
                "turn": divergence.turn,
                "from": divergence.from,
                "agrees_to": divergence.agrees_to,
            });
            eprintln!(
                "agora: diverges at {} of {}: made with engine {}, this is engine {ENGINE_VERSION}",
                text::divergence::turn(&divergence),
                divergence.branch.text(),
                divergence.engine
            );
            ExitCode::from(1)
        }
    };
    super::say(format_args!("{report:#}"));
    Ok(code)
}
