//! What the given jobs ask for, and how near each is to what a profile holds.

use std::collections::{BTreeMap, BTreeSet};

use super::facts;
use crate::freelance::beliefs::{Beliefs, Bid};
use crate::freelance::coverage::{Coverage, coverage};
use crate::freelance::job::Job;
use crate::freelance::profile::Profile;
use crate::freelance::skill::{Skill, recognize};

/// Nearness from which a job is near: below a third of what it asks it is another trade; assumed.
pub const NEAR_FROM: f64 = 0.35;

/// What a skill counts for nearness that is not held but builds on what is: React for someone with
/// JavaScript; assumed.
const NEXT_SHARE: f64 = 0.5;

/// Share of the near jobs that must ask for a skill before it counts as demand; assumed: what one
/// posting of ten asks for may be that client's taste.
pub const DEMAND_SHARE_MIN: f64 = 0.1;

/// Jobs that the share of all given jobs counts for when few are near; assumed.
const PRIOR_JOBS: f64 = 10.0;

/// Share of all given jobs that must ask for a skill, near or not; assumed: below one in twelve it
/// is a neighbor's trade that shows up now and then.
pub const ASKED_SHARE_MIN: f64 = 0.08;

/// One job near the profile.
#[derive(Clone, Debug, PartialEq)]
struct Need {
    /// Share of what it asks that is held.
    fit: f64,
    /// How many skills it asks for that count.
    asked: f64,
    /// Keys of what it asks beyond the profile.
    missing: BTreeSet<String>,
    rivals: f64,
}

/// How often a skill is asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// The skill.
    pub skill: Skill,
    /// Ids of the given jobs that ask for it.
    pub jobs: Vec<String>,
    /// How many of them are near.
    pub near: usize,
}

/// What the given jobs ask for.
#[derive(Clone, Debug, PartialEq)]
pub struct Demand {
    /// How many jobs were given.
    pub given: usize,
    /// How many of them name skills.
    pub naming_skills: usize,
    /// The best fit of any.
    pub best_fit: f64,
    /// Skills asked for, by key.
    pub asked: BTreeMap<String, Asked>,
    /// Keys of what is held, told by what is held, or its foundation.
    pub held: BTreeSet<String>,
    near: Vec<Need>,
    strength: Option<f64>,
}

impl Demand {
    /// Counts what the given jobs ask for; with a role to get into, the jobs of that role are the near ones.
    pub fn count(
        profile: &Profile,
        jobs: &[Job],
        role: Option<&str>,
        strength: Option<f64>,
    ) -> Demand {
        let mut demand = Demand {
            given: jobs.len(),
            naming_skills: 0,
            best_fit: 0.0,
            asked: BTreeMap::new(),
            held: held(profile),
            near: Vec::new(),
            strength,
        };
        for job in jobs {
            demand.add(profile, job, role);
        }
        demand
    }

    /// Says whether a job is near: enough of what it asks is held, or builds on what is held.
    fn is_near(&self, coverage: &Coverage) -> bool {
        let builds = |skill: &&Skill| {
            let needs = facts::needs_of(&skill.key);
            !needs.is_empty() && needs.iter().all(|key| self.held.contains(key))
        };
        let held: f64 = coverage.matched.iter().map(|matched| 1.0 - matched.distance).sum();
        let next = coverage.missing.iter().filter(builds).count() as f64;
        let asked = (coverage.matched.len() + coverage.missing.len()) as f64;
        (held + next * NEXT_SHARE) / asked.max(1.0) >= NEAR_FROM && held > 0.0
    }

    fn add(&mut self, profile: &Profile, job: &Job, role: Option<&str>) {
        let coverage = coverage(profile, job);
        if !coverage.known {
            return;
        }
        self.naming_skills += 1;
        self.best_fit = self.best_fit.max(coverage.share);
        let near = role.map_or_else(|| self.is_near(&coverage), |role| is_of_role(job, role));
        self.held.extend(coverage.matched.iter().map(|matched| matched.asked.key.clone()));
        for asked in job.skills.iter().map(|at| &at.value).filter(|skill| !skill.generic) {
            let entry = self.asked.entry(asked.key.clone()).or_insert_with(|| Asked {
                skill: asked.clone(),
                jobs: Vec::new(),
                near: 0,
            });
            entry.jobs.push(job.id.clone());
            entry.near += usize::from(near);
        }
        if near {
            self.near.push(Need {
                fit: coverage.share,
                asked: (coverage.matched.len() + coverage.missing.len()) as f64,
                missing: coverage.missing.into_iter().map(|skill| skill.key).collect(),
                rivals: job.proposals.map_or(Beliefs::default().rivals_unknown, f64::from),
            });
        }
    }

    /// Returns how many of the given jobs are near.
    pub fn near(&self) -> usize {
        self.near.len()
    }

    /// Returns how often a skill is asked for: in all given jobs, and in the near ones.
    pub fn counts(&self, key: &str) -> (usize, usize) {
        self.asked.get(key).map_or((0, 0), |asked| (asked.jobs.len(), asked.near))
    }

    /// Returns how many near jobs ask at least for a skill to count.
    pub fn demand_min(&self) -> usize {
        (libm::ceil(self.near.len() as f64 * DEMAND_SHARE_MIN) as usize).max(1)
    }

    /// Returns by how much the near jobs' wish for a skill is to be believed: their share drawn towards
    /// that of all given jobs, as if `PRIOR_JOBS` more had been near, over the share as counted.
    pub fn credence(&self, key: &str) -> f64 {
        let (all, near) = self.counts(key);
        if near == 0 {
            return 1.0;
        }
        let count = self.near.len() as f64;
        let everywhere = all as f64 / self.naming_skills.max(1) as f64;
        let drawn = (near as f64 + PRIOR_JOBS * everywhere) / (count + PRIOR_JOBS);
        drawn * count / near as f64
    }

    /// Returns how many given jobs ask at least for a skill to count.
    pub fn asked_min(&self) -> usize {
        (libm::ceil(self.given as f64 * ASKED_SHARE_MIN) as usize).max(1)
    }

    /// Returns how many near jobs are fitted as well as the usual rival fits them, with these learned.
    pub fn within_reach(&self, learned: &BTreeSet<String>) -> usize {
        let reach = Beliefs::default().rival.fit;
        self.near.iter().filter(|need| need.fit_with(learned) >= reach).count()
    }

    /// Returns the mean fit of the near jobs, with these learned.
    pub fn mean_fit(&self, learned: &BTreeSet<String>) -> f64 {
        let sum: f64 = self.near.iter().map(|need| need.fit_with(learned)).sum();
        sum / self.near.len().max(1) as f64
    }

    /// Returns the expected wins over the near jobs, one proposal each, by the team's beliefs.
    pub fn wins(&self, learned: &BTreeSet<String>) -> f64 {
        let beliefs = Beliefs::default();
        let strength = self.strength.unwrap_or(beliefs.rival.strength);
        let chance = |need: &Need| {
            let bid =
                Bid { fit: need.fit_with(learned), rivals: need.rivals, strength, ..beliefs.rival };
            beliefs.win_chance(&bid)
        };
        self.near.iter().map(chance).sum()
    }
}

impl Need {
    fn fit_with(&self, learned: &BTreeSet<String>) -> f64 {
        let gained = self.missing.iter().filter(|key| learned.contains(*key)).count() as f64;
        (self.fit + gained / self.asked.max(1.0)).min(1.0)
    }
}

/// Returns the keys of what a profile tells: what it names, what that implies, and what nobody holds
/// either without.
fn held(profile: &Profile) -> BTreeSet<String> {
    let told: Vec<&Skill> = told_of(profile).collect();
    let implied = facts::facts().values().map(|fact| &fact.skill);
    let implied = implied.filter(|skill| told.iter().any(|one| one.implies(skill)));
    let mut held: BTreeSet<String> =
        told.iter().copied().chain(implied).map(|skill| skill.key.clone()).collect();
    let also: BTreeSet<&Skill> = held.iter().flat_map(|key| facts::told_by(key)).collect();
    held.extend(also.into_iter().map(|skill| skill.key.clone()));
    let below: BTreeSet<&str> = held.iter().flat_map(|key| facts::foundations(key)).collect();
    held.extend(below.into_iter().map(str::to_owned));
    held
}

/// Returns the skills a profile tells of: those listed, and those its work and projects name.
fn told_of(profile: &Profile) -> impl Iterator<Item = &Skill> {
    let pieces = profile.work.iter().chain(&profile.portfolio).flat_map(|piece| &piece.skills);
    profile.skills.iter().map(|held| &held.skill).chain(pieces.map(|at| &at.value))
}

/// Words of a role that say nothing of the kind of work.
const RANKS: [&str; 14] = [
    "a",
    "an",
    "as",
    "consultant",
    "developer",
    "engineer",
    "expert",
    "freelance",
    "freelancer",
    "junior",
    "lead",
    "principal",
    "senior",
    "specialist",
];

/// Says whether a job is of a role: its title holds every word that tells the kind of work, or it
/// asks for a skill that the role names.
fn is_of_role(job: &Job, role: &str) -> bool {
    let words = |text: &str| -> BTreeSet<String> {
        let parts = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        parts.map(str::to_lowercase).collect()
    };
    let mut wanted = words(role);
    wanted.retain(|word| !RANKS.contains(&word.as_str()));
    if !wanted.is_empty() && wanted.is_subset(&words(&job.title)) {
        return true;
    }
    let named: Vec<Skill> = recognize(role).into_iter().map(|(skill, _)| skill).collect();
    let asks = |skill: &Skill| {
        job.skills.iter().any(|asked| asked.value.key == skill.key || asked.value.implies(skill))
    };
    named.iter().any(asks)
}
