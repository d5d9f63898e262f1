//! The rubric of profile strength: what is looked at, how many points it is worth, and what would mend it.
//!
//! The points are assumed: evidence of results weighs most (35), since a client can check it; then that
//! everything is there (24), that it is specific (21), and that it meets the given jobs (20).

pub mod demand;
pub mod evidence;
pub mod words;

use crate::freelance::job::Job;
use crate::freelance::profile::{At, Profile};

/// A part of the rubric.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Is everything there that a client looks for.
    Completeness,
    /// Does it say what this freelancer does, and not what any would say.
    Specificity,
    /// Does it show results.
    Evidence,
    /// Do the skills meet what the given jobs ask for.
    Demand,
}

impl Part {
    /// The parts in the order they are shown.
    pub const ALL: [Part; 4] =
        [Part::Completeness, Part::Specificity, Part::Evidence, Part::Demand];

    /// Returns its name in a result.
    pub fn name(self) -> &'static str {
        match self {
            Part::Completeness => "completeness",
            Part::Specificity => "specificity",
            Part::Evidence => "evidence",
            Part::Demand => "skills_against_jobs",
        }
    }
}

/// What would mend an item.
#[derive(Clone, Debug, PartialEq)]
pub struct Fix {
    /// The advice, a sentence without its full stop.
    pub title: String,
    /// Why, with what is there now.
    pub detail: String,
    /// Work it takes [hours], assumed.
    pub hours: f64,
    /// The lever it moves.
    pub lever: &'static str,
    /// How far it moves the lever, with its unit; none where it is measured in points.
    pub size: Option<(f64, &'static str)>,
    /// Conditions that hold once it is done.
    pub provides: Vec<&'static str>,
    /// Another item that it mends too, because nothing is there at all.
    pub also: Option<&'static str>,
}

/// One line of the rubric.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Its name, also that of the recommendation that mends it.
    pub id: &'static str,
    /// Its part.
    pub part: Part,
    /// Points it is worth of 100.
    pub max: f64,
    /// The share of them earned, 0 to 1.
    pub share: f64,
    /// Where in the input it was read; empty where nothing is there.
    pub read_at: Vec<String>,
    /// What would mend it; none where it is full.
    pub fix: Option<Fix>,
}

impl Item {
    /// Says whether all its points are earned.
    pub fn is_full(&self) -> bool {
        self.share >= 1.0
    }

    /// Returns the points still to be gained.
    pub fn points_open(&self) -> f64 {
        self.max * (1.0 - self.share)
    }
}

/// Judges a profile; the demand part is left out where no given job names a skill.
pub fn judge(profile: &Profile, jobs: &[Job]) -> Vec<Item> {
    let mut items = words::completeness(profile);
    items.extend(words::specificity(profile));
    items.extend(evidence::evidence(profile));
    items.extend(demand::demand(profile, jobs));
    items
}

/// Returns the points that could be earned: 100, or what is left without the jobs.
pub fn max_points(items: &[Item]) -> f64 {
    items.iter().map(|item| item.max).sum()
}

/// Returns the strength of a judged profile, 0 to 100.
pub fn strength(items: &[Item]) -> f64 {
    let earned: f64 = items.iter().map(|item| item.max * item.share).sum();
    let max = max_points(items);
    if max > 0.0 { 100.0 * earned / max } else { 0.0 }
}

/// Makes an item; what would mend it is asked for only if points are open.
fn item(
    id: &'static str,
    part: Part,
    max: f64,
    share: f64,
    read_at: Vec<String>,
    mend: impl FnOnce() -> Fix,
) -> Item {
    let share = share.clamp(0.0, 1.0);
    let fix = (share < 1.0).then(mend);
    Item { id, part, max, share, read_at, fix }
}

/// Makes a fix measured in points that provides nothing.
fn fix(title: &str, detail: String, hours: f64, lever: &'static str) -> Fix {
    Fix {
        title: title.to_owned(),
        detail,
        hours,
        lever,
        size: None,
        provides: Vec::new(),
        also: None,
    }
}

fn pointer<T>(field: &Option<At<T>>) -> Option<String> {
    field.as_ref().map(|field| field.pointer.clone())
}

fn ratio(part: usize, whole: f64) -> f64 {
    (part as f64 / whole).clamp(0.0, 1.0)
}
