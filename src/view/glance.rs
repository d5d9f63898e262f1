//! A branch at a moment in brief, for putting two side by side.

use super::lens::Lens;
use super::phases::phase_at;
use super::plan::{Plan, plan};
use super::schedule::{Schedule, schedule};
use crate::text::units;

/// A branch at a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glance {
    /// The branch's id.
    pub branch: String,
    /// Its name.
    pub name: String,
    /// The turn it stands at.
    pub turn: u64,
    /// That turn and its virtual time.
    pub when: String,
    /// The phase of its task.
    pub phase: String,
    /// What the turn did.
    pub narration: String,
    /// The plan as it stands.
    pub plan: Plan,
    /// How it is carried out.
    pub schedule: Schedule,
}

/// Looks at a branch.
pub fn glance(lens: &Lens<'_>) -> Glance {
    let session = lens.session;
    let trace = lens.task.and_then(|task| lens.history.task(task));
    let phase =
        trace.map_or_else(String::new, |trace| units::phrase(phase_at(trace, session.turn())));
    Glance {
        branch: session.current().id().text(),
        name: session.current().name().to_owned(),
        turn: u64::from(session.turn().0),
        when: lens.when(session.turn()),
        phase,
        narration: lens.focus.narration.spans.iter().map(|span| span.text.as_str()).collect(),
        plan: plan(lens),
        schedule: schedule(lens),
    }
}
