//! `agora run`: a scenario from start to rest.

use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;

use crate::export::event_lines::Writer;
use crate::export::summary::summary;
use crate::sim::invariant::Watch;
use crate::sim::run::Run;

/// Turns after which a run without `--turns` is stopped, so that a scenario that never rests ends.
pub const TURNS_MAX: u32 = 10_000_000;

/// Runs a scenario and prints its summary.
pub fn run(
    scenario: &str,
    seed: Option<u64>,
    turns: Option<u32>,
    events: Option<&Path>,
) -> Result<ExitCode, String> {
    let setup = super::load(scenario, seed)?;
    let mut sink = events.map(open).transpose()?;
    let name = setup.scenario.name.clone();
    let mut run = Run::new(setup);
    let mut watch = Watch::default();
    watch.look(&run);
    let limit = turns.unwrap_or(TURNS_MAX);
    while run.turn().0 < limit && run.advance() {
        watch.look(&run);
    }
    if let Some(sink) = &mut sink {
        write_events(&run, sink).map_err(|error| format!("cannot write the events: {error}"))?;
    }
    let violations = watch.finish(&run);
    let failed = !violations.is_empty();
    let summary = summary(&name, run.world(), run.log(), &*run.setup().domain, violations);
    let text = serde_json::to_string_pretty(&summary).map_err(|error| error.to_string())?;
    super::say(text);
    Ok(if failed { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

fn open(path: &Path) -> Result<Box<dyn Write>, String> {
    if path == Path::new("-") {
        return Ok(Box::new(BufWriter::new(std::io::stdout())));
    }
    let file =
        std::fs::File::create(path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(Box::new(BufWriter::new(file)))
}

fn write_events(run: &Run, sink: &mut dyn Write) -> std::io::Result<()> {
    let writer = Writer { world: run.world(), log: run.log(), store: run.store() };
    for record in run.log().records(0..run.log().len()) {
        serde_json::to_writer(&mut *sink, &writer.event(&record))?;
        sink.write_all(b"\n")?;
    }
    sink.flush()
}
