//! The rubric's part on demand: do the skills meet what the near jobs ask for.

use std::collections::{BTreeMap, BTreeSet};

use super::{Fix, Item, Part, fix, item};
use crate::freelance::career_planner::gap;
use crate::freelance::conditions::CURRENT_SKILLS;
use crate::freelance::coverage::Coverage;
use crate::freelance::job::Job;
use crate::freelance::money::listed;
use crate::freelance::profile::Profile;
use crate::freelance::skill::{Skill, recognize};
use crate::freelance::standing::near_jobs;
use crate::kernel::fixed::rounded;

/// The most skills one piece of advice names.
pub const SKILLS_NAMED_MAX: usize = 3;
/// Share of the near jobs that must ask for a skill before it is advised; assumed: what fewer ask for
/// is one client's taste.
pub const ASKED_SHARE_MIN: f64 = 0.25;
/// Hours to learn a neighboring skill far enough to show it once.
const SKILL_HOURS: f64 = 10.0;
/// Hours to write down skills that are held.
const LISTING_HOURS: f64 = 0.5;
/// How much a skill that was shown once counts beside one that was practiced; assumed.
const FIRST_SHOWN: f64 = 0.5;

/// Judges the skills against the jobs that are near and name any: 20 points; none where no job does.
pub fn demand(profile: &Profile, jobs: &[Job]) -> Option<Item> {
    let covered = near_jobs(profile, jobs);
    if covered.is_empty() {
        return None;
    }
    let count = covered.len();
    let mean_share = covered.iter().map(|(_, coverage)| coverage.share).sum::<f64>() / count as f64;
    // With nothing missing, what is left are spellings that differ.
    let is_met = covered.iter().all(|(_, coverage)| coverage.missing.is_empty());
    let asked = most_asked(&covered, jobs);
    let history = shown_in(profile);
    let read_at = covered.iter().map(|(job, _)| job.pointer.clone()).collect();
    let share = if is_met { 1.0 } else { mean_share };
    let mut item = item("asked_skills", Part::Demand, 20.0, share, read_at, || {
        let counts: Vec<String> = asked
            .iter()
            .map(|(skill, jobs)| format!("{} in {jobs} of {count}", skill.name))
            .collect();
        let (shown, new): (Vec<&Skill>, Vec<&Skill>) =
            asked.iter().map(|(skill, _)| skill).partition(|skill| history.contains(&skill.key));
        let detail = format!("The near jobs given ask for them: {}", counts.join(", "));
        Fix {
            size: Some((rounded(FIRST_SHOWN * fit_gained(&covered, &asked), 4), "fit")),
            provides: vec![CURRENT_SKILLS],
            ..fix(&title(&shown, &new), detail, hours(&shown, &new), "skills")
        }
    });
    if asked.is_empty() {
        item.fix = None;
    }
    Some(item)
}

/// Says what to do about skills: list those that the history shows, take up the others.
fn title(shown: &[&Skill], new: &[&Skill]) -> String {
    let names = |skills: &[&Skill]| -> Vec<String> {
        skills.iter().map(|skill| skill.name.clone()).collect()
    };
    let update = format!("Update skills with trending technologies: {}", names(new).join(", "));
    let list = format!("ist the skills that your work shows: {}", listed(&names(shown)));
    match (shown, new) {
        ([], _) => update,
        (_, []) => format!("L{list}"),
        _ => format!("{update}; l{list}"),
    }
}

/// Returns the work it takes [hours]: to learn a skill far enough to show it once, or to write it down.
fn hours(shown: &[&Skill], new: &[&Skill]) -> f64 {
    let listing = if shown.is_empty() { 0.0 } else { LISTING_HOURS };
    listing + SKILL_HOURS * new.len() as f64
}

/// Returns the keys of the skills that a profile's own texts name, listed or not.
fn shown_in(profile: &Profile) -> BTreeSet<String> {
    let pieces = || profile.work.iter().chain(&profile.portfolio);
    let shown = pieces().flat_map(|piece| &piece.skills).map(|skill| skill.value.key.clone());
    let said = profile.bio.iter().chain(&profile.title).flat_map(|text| recognize(&text.value));
    shown.chain(said.map(|(skill, _)| skill.key)).collect()
}

/// Returns the missing skills that enough jobs ask for, of the near ones and of all given, the most
/// asked first, with how many near ones do.
fn most_asked(covered: &[(&Job, Coverage)], jobs: &[Job]) -> Vec<(Skill, usize)> {
    let mut missing: BTreeMap<&Skill, usize> = BTreeMap::new();
    for skill in covered.iter().flat_map(|(_, coverage)| &coverage.missing) {
        *missing.entry(skill).or_default() += 1;
    }
    let asks =
        |job: &Job, skill: &Skill| job.skills.iter().any(|asked| asked.value.key == skill.key);
    let is_asked = |skill: &Skill, near: usize| {
        let all = jobs.iter().filter(|job| asks(job, skill)).count();
        near as f64 >= ASKED_SHARE_MIN * covered.len() as f64
            && all as f64 >= gap::ASKED_SHARE_MIN * jobs.len() as f64
    };
    let enough = missing.into_iter().filter(|(skill, near)| is_asked(skill, *near));
    let mut asked: Vec<(Skill, usize)> =
        enough.map(|(skill, jobs)| (skill.clone(), jobs)).collect();
    asked.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    asked.truncate(SKILLS_NAMED_MAX);
    asked
}

/// Returns by how much holding some skills would raise the mean coverage of the jobs.
fn fit_gained(covered: &[(&Job, Coverage)], skills: &[(Skill, usize)]) -> f64 {
    let gained = |coverage: &Coverage| {
        let held = coverage
            .missing
            .iter()
            .filter(|missing| skills.iter().any(|(skill, _)| skill == *missing));
        let asked = coverage.matched.len() + coverage.missing.len();
        held.count() as f64 / asked.max(1) as f64
    };
    covered.iter().map(|(_, coverage)| gained(coverage)).sum::<f64>() / covered.len().max(1) as f64
}
