//! How the plan turned out, and the fewest steps without which it would have turned out otherwise.

use super::{Otherwise, Reveal};
use crate::session::otherwise::{Found, WithoutSteps};
use crate::text::remedy::{self, Advice};
use crate::text::{names, units};
use crate::view::lens::Lens;
use crate::view::story::ask::{AskKind, OUTCOMES};

/// Most sets of steps that are told.
const CHANGES_MAX: usize = 3;

/// Most characters of a step's title among others; the answer on the stage has it in full.
const TITLE_MAX: usize = 42;

/// Tells how it turned out.
pub(super) fn outcome(lens: &Lens<'_>, found: Option<&Found>) -> Option<Reveal> {
    let artifact = lens.task_state()?.outcome?;
    let outcome = lens.session.store().outcome(artifact)?;
    let (with, without) = (outcome.with_plan, outcome.without_plan);
    let key = if with > without {
        "better"
    } else if with < without {
        "worse"
    } else {
        "same"
    };
    let words = OUTCOMES.iter().find(|(outcome, _)| *outcome == key).map_or("", |(_, words)| words);
    let unit = units::unit(&outcome.unit);
    let change = if without > 0.0 {
        format!(", {}", remedy::gain(with / without - 1.0))
    } else {
        String::new()
    };
    let otherwise = match found {
        Some(Found::Outcome(found)) => turned(lens, found),
        _ => Otherwise::sought(),
    };
    Some(Reveal {
        kind: AskKind::Outcome,
        title: format!("{} in the simulation", (*words).to_owned()),
        right: vec![key.to_owned()],
        reason: format!(
            "With the plan {} {unit}, without it {}{change}. Performance scores follow how each part turned out.",
            units::number(with, 0),
            units::number(without, 0)
        ),
        otherwise,
        weighed: Vec::new(),
    })
}

/// Says which steps it hangs on.
fn turned(lens: &Lens<'_>, found: &[WithoutSteps]) -> Otherwise {
    let Some(task) = lens.task else { return Otherwise::default() };
    let titles = Advice::of_task(lens.world(), lens.session.store(), task);
    let said = |one: &WithoutSteps| {
        let steps: Vec<String> = one
            .steps
            .iter()
            .map(|what| units::short(titles.title(what).trim_end_matches('.'), TITLE_MAX))
            .map(|title| format!("“{title}”"))
            .collect();
        format!("without {}: {}", names::list(&steps), units::number(one.with_plan, 0))
    };
    let changes: Vec<String> = found.iter().take(CHANGES_MAX).map(said).collect();
    let head = match found.first() {
        None => "",
        Some(first) if !first.is_otherwise => {
            "No step or pair of steps decides it. The most hangs on this one:"
        }
        Some(first) if first.steps.len() > 1 => {
            "No single step decides it. Left out together, these would have turned it:"
        }
        Some(_) => "Leaving out a single step would have turned it:",
    };
    Otherwise { head: head.to_owned(), changes, ..Otherwise::default() }
}
