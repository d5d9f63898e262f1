//! Chooses what to learn: what the goals name, then what adds most expected wins per hour.

use std::collections::BTreeSet;

use super::facts::{self, KIN_SHARE, UNKNOWN_HOURS};
use super::gap::{Asked, Demand};
use super::goals::Goals;
use crate::freelance::skill::Skill;

/// Skills a plan takes on at most; assumed: more at once are learned by nobody.
pub const SKILLS_MAX: usize = 4;

/// Relative gain in expected wins below which a skill is not worth its hours; assumed.
pub const GAIN_MIN: f64 = 0.03;

/// Skills weighed at most, the most asked for first.
const CANDIDATES_MAX: usize = 60;

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
    /// What it adds to the mean fit of the near jobs.
    pub fit_gain: f64,
    /// Relative gain in expected wins over the near jobs, by the team's beliefs.
    pub gain: f64,
}

/// What is learned, and what was wanted but does not fit in.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Choice {
    /// In the order it is learned.
    pub steps: Vec<Step>,
    /// Keys of what is known then beside what was held: what is learned, and what that tells.
    pub learned: BTreeSet<String>,
    /// Wanted skills that take more hours than are left, with their hours.
    pub too_long: Vec<(Skill, f64)>,
}

/// Chooses what to learn within the hours: first what the goals name, then, one after the
/// other, what adds most expected wins per hour, foundations included, ties by key.
pub fn choose(demand: &Demand, goals: &Goals, skills_max: usize, hours_max: f64) -> Choice {
    let mut plan = Plan { demand, hours: 0.0, choice: Choice::default() };
    let wanted = goals.wanted.iter().map(|at| &at.value);
    for skill in wanted.filter(|skill| !skill.generic && !demand.held.contains(&skill.key)) {
        let bundle = plan.bundle(skill);
        if plan.hours + bundle.hours <= hours_max {
            plan.take(&bundle, true);
        } else if !plan.choice.learned.contains(&skill.key) {
            plan.choice.too_long.push((skill.clone(), bundle.hours));
        }
    }
    let candidates = candidates(demand, goals);
    while plan.choice.steps.len() < skills_max {
        let Some(bundle) = plan.best(&candidates, hours_max, skills_max) else { break };
        plan.take(&bundle, false);
    }
    plan.choice
}

/// Lists what can be learned: asked for by enough near jobs, not held, not to be avoided.
fn candidates(demand: &Demand, goals: &Goals) -> Vec<Skill> {
    let (near_min, all_min) = (demand.demand_min(), demand.asked_min());
    let mut open: Vec<&Asked> = demand
        .asked
        .values()
        .filter(|asked| {
            asked.near >= near_min
                && asked.jobs.len() >= all_min
                && !demand.held.contains(&asked.skill.key)
        })
        .filter(|asked| goals.avoided.iter().all(|at| at.value.key != asked.skill.key))
        .collect();
    open.sort_by(|a, b| b.near.cmp(&a.near).then(a.skill.key.cmp(&b.skill.key)));
    open.into_iter().take(CANDIDATES_MAX).map(|asked| asked.skill.clone()).collect()
}

/// A skill with the foundations that are still missing, in the order they are learned.
struct Bundle {
    skills: Vec<Skill>,
    hours: f64,
}

/// A plan while it is being made.
struct Plan<'a> {
    demand: &'a Demand,
    hours: f64,
    choice: Choice,
}

impl Plan<'_> {
    fn knows(&self, key: &str) -> bool {
        self.demand.held.contains(key) || self.choice.learned.contains(key)
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

    /// Says whether the plan teaches a skill of the same kind: one cloud a year is enough.
    fn has_kin_in_plan(&self, skill: &Skill) -> bool {
        let kin = |key: &str| facts::facts().get(key).and_then(|fact| fact.kin);
        let own = kin(&skill.key);
        own.is_some() && self.choice.steps.iter().any(|step| kin(&step.skill.key) == own)
    }

    /// Finds the bundle that adds most expected wins per hour and is worth its hours.
    fn best(&self, candidates: &[Skill], hours_max: f64, skills_max: usize) -> Option<Bundle> {
        let before = self.demand.wins(&self.choice.learned);
        let mut best: Option<(f64, Bundle)> = None;
        let open = candidates.iter().filter(|skill| !self.choice.learned.contains(&skill.key));
        for skill in open.filter(|skill| !self.has_kin_in_plan(skill)) {
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
        let mut learned = self.choice.learned.clone();
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
            let before = self.demand.wins(&self.choice.learned);
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
                fit_gain: self.demand.mean_fit(&learned)
                    - self.demand.mean_fit(&self.choice.learned),
                within_reach: self.demand.within_reach(&learned),
                gain,
                skill: skill.clone(),
            };
            self.hours += hours;
            self.choice.learned = learned;
            self.choice.steps.push(step);
        }
    }
}
