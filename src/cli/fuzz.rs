//! `agora fuzz`: random scenarios, faults and commands under all invariants.

use std::process::ExitCode;

use serde_json::{Value, json};

use crate::model::id::TurnIx;
use crate::session::saved::Look;
use crate::session::{Session, link, random, wiring};
use crate::sim::command::Command;
use crate::sim::invariant::Watch;
use crate::sim::run::Run;

/// Turns after which a random run counts as one that does not end.
const TURNS_MAX: u32 = 200_000;

/// What a random run came to.
pub struct Tried {
    /// The run.
    pub run: Run,
    /// What did not hold.
    pub violations: Vec<String>,
    /// The first turn after which something did not hold.
    pub prefix: Option<u32>,
}

/// Runs one random scenario with its commands.
///
/// # Errors
/// A scenario that is not legal, which would be a fault of the generator.
pub fn attempt(number: u64) -> Result<Tried, String> {
    let document = random::scenario(number);
    let told = |faults: Vec<crate::model::fault::Fault>| super::told("random scenario", &faults);
    let setup = wiring::document(document.clone(), None).map_err(told)?;
    let mut commands = random::commands(number, &document, 60).into_iter().peekable();
    let mut run = Run::new(setup);
    let mut watch = Watch::default();
    let mut prefix = None;
    loop {
        watch.look(&run);
        if prefix.is_none() && !watch.violations().is_empty() {
            prefix = Some(run.turn().0);
        }
        // Commands the world does not allow any more are left out, as a user's would be refused.
        while let Some((_, command)) = commands.next_if(|&(turn, _)| turn <= run.turn().0) {
            if let Ok(command) = serde_json::from_value::<Command>(command) {
                let _ = run.command(&command);
            }
        }
        if run.turn().0 >= TURNS_MAX || !run.advance() {
            break;
        }
    }
    let mut violations = watch.finish(&run);
    if run.turn().0 >= TURNS_MAX {
        violations.push(format!("the run did not come to rest in {TURNS_MAX} turns"));
    }
    Ok(Tried { run, violations, prefix })
}

/// Tries so many random scenarios and prints what failed.
pub fn fuzz(seeds: u64, from: u64) -> Result<ExitCode, String> {
    let mut failures: Vec<Value> = Vec::new();
    let (mut turns, mut events) = (0_u64, 0_u64);
    for number in from..from.saturating_add(seeds) {
        let tried = attempt(number)?;
        turns += u64::from(tried.run.turn().0);
        events += tried.run.log().len() as u64;
        if !tried.violations.is_empty() {
            let mut session = Session::of_run(tried.run);
            session.seek(tried.prefix.map_or(session.turns(), TurnIx));
            failures.push(json!({
                "seed": number,
                "shortest_failing_prefix": tried.prefix,
                "link": link::link(&session, Look::default()).fragment,
                "violations": tried.violations,
            }));
        }
    }
    let failed = !failures.is_empty();
    let report = json!({"seeds": seeds, "turns": turns, "events": events, "failures": failures});
    super::say(format_args!("{report:#}"));
    Ok(if failed { ExitCode::from(1) } else { ExitCode::SUCCESS })
}
