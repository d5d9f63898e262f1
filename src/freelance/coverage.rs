//! How much of what a job asks for a profile holds, skill by skill.

use super::job::Job;
use super::profile::{HeldSkill, Profile};
use super::skill::Skill;

/// Distance at which a skill counts that another one implies; assumed.
///
/// Whoever works with Next.js knows React, a little less surely than who names it.
pub const IMPLIED_DISTANCE: f64 = 0.1;

/// A skill that is asked for and held.
#[derive(Clone, Debug, PartialEq)]
pub struct MatchedSkill {
    /// The skill the job asks for.
    pub asked: Skill,
    /// Where the job asks for it.
    pub asked_pointer: String,
    /// The skill the profile holds.
    pub held: Skill,
    /// Where the profile holds it.
    pub held_pointer: String,
    /// 0 for the same name; the share of letters that differ; or [`IMPLIED_DISTANCE`].
    pub distance: f64,
    /// Whether the held skill is another one that implies the asked one.
    pub implied: bool,
}

/// How a profile covers a job's skills; generic tools weigh nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Coverage {
    /// The share of the skills asked for that are held, each by 1 less its distance; 0 to 1.
    pub share: f64,
    /// Whether the job names any skill that counts; without one the share is 0 and says nothing.
    pub known: bool,
    /// What is asked and held, in the job's order.
    pub matched: Vec<MatchedSkill>,
    /// What is asked and not held, in the job's order.
    pub missing: Vec<Skill>,
}

/// Compares what a job asks for with what a profile holds.
pub fn coverage(profile: &Profile, job: &Job) -> Coverage {
    let mut coverage = Coverage::default();
    let mut held_share = 0.0;
    let mut asked_count = 0_u32;
    for asked in job.skills.iter().filter(|asked| !asked.value.generic) {
        asked_count += 1;
        match best(&profile.skills, &asked.value) {
            Some((held, distance, implied)) => {
                held_share += 1.0 - distance;
                coverage.matched.push(MatchedSkill {
                    asked: asked.value.clone(),
                    asked_pointer: asked.pointer.clone(),
                    held: held.skill.clone(),
                    held_pointer: held.pointer.clone(),
                    distance,
                    implied,
                });
            }
            None => coverage.missing.push(asked.value.clone()),
        }
    }
    coverage.known = asked_count > 0;
    if coverage.known {
        coverage.share = held_share / f64::from(asked_count);
    }
    coverage
}

/// Returns the held skill nearest to the one asked for, the first of equals.
fn best<'a>(held: &'a [HeldSkill], asked: &Skill) -> Option<(&'a HeldSkill, f64, bool)> {
    let near = held.iter().filter_map(|one| {
        let met = one.skill.meets(asked).map(|met| (one, met.distance, false));
        met.or_else(|| one.skill.implies(asked).then_some((one, IMPLIED_DISTANCE, true)))
    });
    near.min_by(|a, b| a.1.total_cmp(&b.1))
}
