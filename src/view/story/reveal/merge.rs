//! What became of the riskiest advice, what else was weighed, and the smallest change of a figure that would have changed its fate.

use super::{Otherwise, Reveal};
use crate::kernel::fixed::Ppm;
use crate::mechanism::domain::{Aggregation, Remedy, Resolution};
use crate::model::id::ArtifactIx;
use crate::model::recommendation::RecommendationRef;
use crate::session::otherwise::{Found, MergeChange, MergeFigure};
use crate::sim::event::EventKind;
use crate::text::remedy::{self, Advice};
use crate::text::units;
use crate::view::lens::Lens;
use crate::view::story::ask::{AskKind, FATES, riskiest};
use crate::view::story::events;

/// What is said where no figure decides it.
const NONE_DECIDES: &str = "No change of a single figure would have decided otherwise.";

/// Tells of a merging.
pub(super) fn merge(lens: &Lens<'_>, found: Option<&Found>) -> Option<Reveal> {
    let (task, artifact) = made(lens)?;
    let answer = lens.session.store().answer(artifact)?;
    let (what, advice) = riskiest(lens)?;
    let titles = Advice::of_task(lens.world(), lens.session.store(), task);
    let touching = answer.resolutions.iter().find_map(|resolution| {
        let chosen = resolution.alternatives.get(resolution.chosen)?;
        let fate = fate(&chosen.remedy, &what)?;
        Some((resolution, &chosen.remedy, fate))
    });
    let (key, reason) = match touching {
        Some((resolution, remedy, key)) => {
            let why = conflict(answer, resolution);
            let did = remedy::remedy(&titles, remedy);
            (
                key,
                format!(
                    "It clashed: {why}. The way that loses least within the allowed risk is to {did}."
                ),
            )
        }
        None => {
            let clashes = answer.conflicts.iter().any(|conflict| conflict.between.contains(&what));
            let reason = if clashes {
                "It clashed, and keeping all as they are loses least within the allowed risk."
                    .to_owned()
            } else {
                "Nothing that was advised stands against it, and what it needs is provided."
                    .to_owned()
            };
            ("keep", reason)
        }
    };
    let words = FATES.iter().find(|(fate, _)| *fate == key).map_or("", |(_, words)| words);
    let weighed =
        touching.map_or_else(Vec::new, |(resolution, ..)| alternatives(&titles, resolution));
    let otherwise = match found {
        Some(Found::Merge(found)) => {
            let changes = found.iter().map(|change| turned(&titles, change)).collect();
            Otherwise::of(changes, NONE_DECIDES)
        }
        _ => Otherwise::sought(),
    };
    Some(Reveal {
        kind: AskKind::Merge,
        title: format!("“{}”: {}", advice.title.trim_end_matches('.'), lower(words)),
        right: vec![key.to_owned()],
        reason,
        otherwise,
        weighed,
    })
}

/// Returns the answer that this turn made.
fn made(lens: &Lens<'_>) -> Option<(crate::model::id::TaskIx, ArtifactIx)> {
    events(lens.session, lens.session.turn()).find_map(|(_, kind)| match kind {
        EventKind::AnswerMade { task, answer } if Some(task) == lens.task => Some((task, answer)),
        _ => None,
    })
}

fn conflict(answer: &Aggregation, resolution: &Resolution) -> String {
    let found = answer.conflicts.iter().find(|conflict| conflict.id == resolution.conflict);
    found.map_or_else(|| units::phrase(&resolution.conflict), remedy::conflict)
}

/// Returns what a remedy does to one recommendation; none where it leaves it alone.
fn fate(remedy: &Remedy, to: &RecommendationRef) -> Option<&'static str> {
    match remedy {
        Remedy::Scale { what, .. } if what == to => Some("scale"),
        Remedy::Defer { what, .. } if what == to => Some("defer"),
        Remedy::ScaleAndDefer { what, .. } if what == to => Some("scale_and_defer"),
        Remedy::Drop { what } if what == to => Some("drop"),
        _ => None,
    }
}

/// Lists the ways that were not taken, with what each was worth.
fn alternatives(titles: &Advice<'_>, resolution: &Resolution) -> Vec<String> {
    let taken = resolution.alternatives.get(resolution.chosen);
    let taken_gain = taken.map_or(0.0, |taken| taken.predicted_gain);
    let others =
        resolution.alternatives.iter().enumerate().filter(|(at, _)| *at != resolution.chosen);
    let said = others.map(|(_, other)| {
        let what = remedy::remedy(titles, &other.remedy);
        let verdict = if other.admissible {
            format!(
                "{} instead of {}",
                remedy::gain(other.predicted_gain),
                remedy::gain(taken_gain)
            )
        } else {
            format!("too risky, at {}", units::percent(Ppm::from_f64(other.risk)))
        };
        format!("{what}: {verdict}")
    });
    said.take(4).collect()
}

fn lower(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// Says which figure would have been another, and what would have come of the advice.
fn turned(titles: &Advice<'_>, change: &MergeChange) -> String {
    let decimals = if change.to.max(change.from) <= 1.0 { 2 } else { 0 };
    let to = units::number(change.to, decimals);
    let from = units::number(change.from, decimals.max(1));
    let figure = match &change.figure {
        MergeFigure::Risk => format!("a risk of {to} instead of {from}"),
        MergeFigure::Effort => format!("an effort of {to} hours instead of {from}"),
        MergeFigure::Result { field, .. } => {
            format!("a {} of {to} instead of {from}", units::phrase(field))
        }
    };
    let title = |what: &RecommendationRef| format!("“{}”", titles.title(what));
    let share = |factor: f64| units::percent(Ppm::from_f64(factor));
    let then = match &change.remedy {
        None | Some(Remedy::Keep) => "stood as it is".to_owned(),
        Some(Remedy::Scale { factor, .. }) => format!("been scaled to {}", share(*factor)),
        Some(Remedy::Defer { behind, .. }) => format!("been deferred behind {}", title(behind)),
        Some(Remedy::ScaleAndDefer { factor, behind, .. }) => {
            format!("been scaled to {} and deferred behind {}", share(*factor), title(behind))
        }
        Some(Remedy::Drop { .. }) => "been dropped".to_owned(),
    };
    format!("{figure}; then it would have {then}")
}
