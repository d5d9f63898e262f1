//! What the jobs near a profile ask beyond it, and which of that is worth learning.

use std::collections::{BTreeMap, BTreeSet};

use super::facts::{self, KIN_SHARE, UNKNOWN_HOURS};
use super::goals::Goals;
use crate::freelance::beliefs::{Beliefs, Bid};
use crate::freelance::coverage::coverage;
use crate::freelance::job::Job;
use crate::freelance::profile::Profile;
use crate::freelance::skill::Skill;

/// Fit from which a job is near: below a quarter of what it asks it is another trade; assumed.
pub const NEAR_FIT: f64 = 0.25;

/// Share of the near jobs that must ask for a skill before it counts as demand; assumed: what one
/// posting of ten asks for may be that client's taste.
pub const DEMAND_SHARE_MIN: f64 = 0.1;

/// Skills a plan takes on at most; assumed: more at once are learned by nobody.
pub const SKILLS_MAX: usize = 4;

/// Relative gain in expected wins below which a skill is not worth its hours; assumed.
pub const GAIN_MIN: f64 = 0.03;

/// Skills weighed at most, the most asked for first.
const CANDIDATES_MAX: usize = 60;

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

/// A skill to learn.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The skill.
    pub skill: Skill,
    /// Hours it takes.
    pub hours: f64,
    /// Whether the hours come from the table.
    pub tabled: bool,
    /// A held skill of the same kind, which makes it quicker.
    pub kin: Option<Skill>,
    /// Keys of what is learned before in this plan.
    pub needs: Vec<String>,
    /// The skill it is a foundation of, where it is there for nothing else.
    pub foundation_of: Option<Skill>,
    /// Whether a goal names it.
    pub wanted: bool,
    /// Near jobs within reach once it is learned, with all before it.
    pub within_reach: usize,
    /// Relative gain in expected wins over the near jobs, by the team's beliefs.
    pub gain: f64,
}

/// What is learned, and what was wanted but does not fit in.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Choice {
    /// In the order it is learned.
    pub steps: Vec<Step>,
    /// Wanted skills that take more hours than are left, with their hours.
    pub too_long: Vec<(Skill, f64)>,
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
            held: profile.skills.iter().map(|held| held.skill.key.clone()).collect(),
            near: Vec::new(),
            strength,
        };
        for job in jobs {
            demand.add(profile, job, role);
        }
        demand.close_held(profile);
        demand
    }

    fn add(&mut self, profile: &Profile, job: &Job, role: Option<&str>) {
        let coverage = coverage(profile, job);
        if !coverage.known {
            return;
        }
        self.naming_skills += 1;
        self.best_fit = self.best_fit.max(coverage.share);
        let near = role.map_or(coverage.share >= NEAR_FIT, |role| is_of_role(&job.title, role));
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

    /// Adds what the held skills tell: what they imply, and what nobody holds them without.
    fn close_held(&mut self, profile: &Profile) {
        let implied = facts::facts()
            .values()
            .filter(|fact| profile.skills.iter().any(|held| held.skill.implies(&fact.skill)));
        self.held.extend(implied.map(|fact| fact.skill.key.clone()));
        let below: BTreeSet<&str> =
            self.held.iter().flat_map(|key| facts::foundations(key)).collect();
        self.held.extend(below.into_iter().map(str::to_owned));
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
    fn wins(&self, learned: &BTreeSet<String>) -> f64 {
        let beliefs = Beliefs::default();
        let strength = self.strength.unwrap_or(beliefs.rival.strength);
        let chance = |need: &Need| {
            let bid =
                Bid { fit: need.fit_with(learned), rivals: need.rivals, strength, ..beliefs.rival };
            beliefs.win_chance(&bid)
        };
        self.near.iter().map(chance).sum()
    }

    /// Chooses what to learn within the hours: first what the goals name, then, one after the
    /// other, what adds most expected wins per hour, foundations included, ties by key.
    pub fn choose(&self, goals: &Goals, skills_max: usize, hours_max: f64) -> Choice {
        let mut plan =
            Plan { demand: self, learned: BTreeSet::new(), hours: 0.0, choice: Choice::default() };
        let wanted = goals.wanted.iter().map(|at| &at.value);
        for skill in wanted.filter(|skill| !skill.generic && !self.held.contains(&skill.key)) {
            let bundle = plan.bundle(skill);
            if plan.hours + bundle.hours <= hours_max {
                plan.take(&bundle, true);
            } else if !plan.learned.contains(&skill.key) {
                plan.choice.too_long.push((skill.clone(), bundle.hours));
            }
        }
        let candidates = self.candidates(goals);
        while plan.choice.steps.len() < skills_max {
            let Some(bundle) = plan.best(&candidates, hours_max, skills_max) else { break };
            plan.take(&bundle, false);
        }
        plan.choice
    }

    /// Lists what can be learned: asked for by enough near jobs, not held, not to be avoided.
    fn candidates(&self, goals: &Goals) -> Vec<Skill> {
        let minimum = self.demand_min();
        let mut open: Vec<&Asked> = self
            .asked
            .values()
            .filter(|asked| asked.near >= minimum && !self.held.contains(&asked.skill.key))
            .filter(|asked| goals.avoided.iter().all(|at| at.value.key != asked.skill.key))
            .collect();
        open.sort_by(|a, b| b.near.cmp(&a.near).then(a.skill.key.cmp(&b.skill.key)));
        open.into_iter().take(CANDIDATES_MAX).map(|asked| asked.skill.clone()).collect()
    }
}

impl Need {
    fn fit_with(&self, learned: &BTreeSet<String>) -> f64 {
        let gained = self.missing.iter().filter(|key| learned.contains(*key)).count() as f64;
        (self.fit + gained / self.asked.max(1.0)).min(1.0)
    }
}

/// A skill with the foundations that are still missing, in the order they are learned.
struct Bundle {
    skills: Vec<Skill>,
    hours: f64,
}

/// A plan while it is being made.
struct Plan<'a> {
    demand: &'a Demand,
    learned: BTreeSet<String>,
    hours: f64,
    choice: Choice,
}

impl Plan<'_> {
    fn knows(&self, key: &str) -> bool {
        self.demand.held.contains(key) || self.learned.contains(key)
    }

    /// Gathers a skill and what it needs, foundations first.
    fn bundle(&self, skill: &Skill) -> Bundle {
        let mut skills: Vec<Skill> = Vec::new();
        self.add_with_needs(&skill.key, Some(skill), &mut skills);
        let hours = skills.iter().map(|skill| self.hours_of(skill)).sum();
        Bundle { skills, hours }
    }

    fn add_with_needs(&self, key: &str, skill: Option<&Skill>, skills: &mut Vec<Skill>) {
        if self.knows(key) || skills.iter().any(|one| one.key == key) {
            return;
        }
        for need in facts::needs_of(key) {
            self.add_with_needs(need, None, skills);
        }
        let named = skill.or_else(|| facts::facts().get(key).map(|fact| &fact.skill));
        skills.extend(named.cloned());
    }

    fn hours_of(&self, skill: &Skill) -> f64 {
        let hours = facts::facts().get(&skill.key).map_or(UNKNOWN_HOURS, |fact| fact.hours);
        if self.kin_of(skill).is_some() { hours * KIN_SHARE } else { hours }
    }

    /// Returns a skill of the same kind that is known already, the first by key.
    fn kin_of(&self, skill: &Skill) -> Option<Skill> {
        let kin = facts::facts().get(&skill.key)?.kin?;
        let kindred = facts::facts().values().filter(|fact| fact.kin == Some(kin));
        kindred.map(|fact| &fact.skill).find(|one| self.knows(&one.key)).cloned()
    }

    /// Finds the bundle that adds most expected wins per hour and is worth its hours.
    fn best(&self, candidates: &[Skill], hours_max: f64, skills_max: usize) -> Option<Bundle> {
        let before = self.demand.wins(&self.learned);
        let mut best: Option<(f64, Bundle)> = None;
        for skill in candidates.iter().filter(|skill| !self.learned.contains(&skill.key)) {
            let bundle = self.bundle(skill);
            let fits = self.hours + bundle.hours <= hours_max
                && self.choice.steps.len() + bundle.skills.len() <= skills_max;
            let gain =
                self.demand.wins(&self.with(&bundle.skills)) / before.max(f64::MIN_POSITIVE) - 1.0;
            let worth = gain / bundle.hours.max(1.0);
            let better = best.as_ref().is_none_or(|(most, _)| worth > *most);
            if fits && gain >= GAIN_MIN && better {
                best = Some((worth, bundle));
            }
        }
        best.map(|(_, bundle)| bundle)
    }

    /// Returns what is learned with these added, and what they imply.
    fn with(&self, skills: &[Skill]) -> BTreeSet<String> {
        let mut learned = self.learned.clone();
        for skill in skills {
            learned.insert(skill.key.clone());
            let told = self.demand.asked.values().filter(|asked| skill.implies(&asked.skill));
            learned.extend(told.map(|asked| asked.skill.key.clone()));
        }
        learned
    }

    fn take(&mut self, bundle: &Bundle, wanted: bool) {
        let Some(target) = bundle.skills.last() else { return };
        for (at, skill) in bundle.skills.iter().enumerate() {
            let before = self.demand.wins(&self.learned);
            let learned = self.with(std::slice::from_ref(skill));
            let gain = if before > 0.0 { self.demand.wins(&learned) / before - 1.0 } else { 0.0 };
            let taken =
                |key: &&String| self.choice.steps.iter().any(|step| step.skill.key == **key);
            let hours = self.hours_of(skill);
            let step = Step {
                hours,
                tabled: facts::facts().contains_key(&skill.key),
                kin: self.kin_of(skill),
                needs: facts::needs_of(&skill.key).iter().filter(taken).cloned().collect(),
                foundation_of: (at + 1 < bundle.skills.len()).then(|| target.clone()),
                wanted: wanted && at + 1 == bundle.skills.len(),
                within_reach: self.demand.within_reach(&learned),
                gain,
                skill: skill.clone(),
            };
            self.hours += hours;
            self.learned = learned;
            self.choice.steps.push(step);
        }
    }
}

/// Says whether a job's title holds every word of a role, in any order.
fn is_of_role(title: &str, role: &str) -> bool {
    let words = |text: &str| -> BTreeSet<String> {
        let parts = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        parts.map(str::to_lowercase).collect()
    };
    let wanted = words(role);
    !wanted.is_empty() && wanted.is_subset(&words(title))
}
