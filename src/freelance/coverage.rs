//! How much of what a job asks for a profile holds, skill by skill.

use std::collections::BTreeMap;

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
    let held = Held::new(&profile.skills);
    let mut coverage = Coverage::default();
    let mut held_share = 0.0;
    let mut asked_count = 0_u32;
    for asked in job.skills.iter().filter(|asked| !asked.value.generic) {
        asked_count += 1;
        match held.nearest(&asked.value) {
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

/// The skills of a profile, ready to be asked for.
struct Held<'a> {
    all: &'a [HeldSkill],
    by_key: BTreeMap<&'a str, &'a HeldSkill>,
    known: Vec<&'a HeldSkill>,
}

impl<'a> Held<'a> {
    fn new(all: &'a [HeldSkill]) -> Held<'a> {
        let by_key = all.iter().map(|held| (held.skill.key.as_str(), held)).collect();
        let known = all.iter().filter(|held| held.skill.is_known()).collect();
        Held { all, by_key, known }
    }

    /// Returns the held skill nearest to the one asked for, the first of equals, with its distance
    /// and whether it is another that implies the one asked for.
    fn nearest(&self, asked: &Skill) -> Option<(&'a HeldSkill, f64, bool)> {
        if let Some(held) = self.by_key.get(asked.key.as_str()) {
            return Some((held, 0.0, false));
        }
        let alike = self
            .all
            .iter()
            .filter_map(|held| held.skill.meets(asked).map(|met| (held, met.distance, false)));
        if let Some(found) = alike.min_by(|a, b| a.1.total_cmp(&b.1)) {
            return Some(found);
        }
        let implying = self.known.iter().find(|held| held.skill.implies(asked));
        implying.map(|held| (*held, IMPLIED_DISTANCE, true))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::freelance::job::read_jobs;
    use crate::kernel::date::Date;

    fn met(held: &[&str], asked: &[&str]) -> Coverage {
        let day = Date::new(2026, 7, 20).expect("a date");
        let profile = Profile::read(&json!({"skills": held}), day);
        let jobs = read_jobs(&json!({"jobs": [{"title": "T", "required_skills": asked}]}), &[]);
        coverage(&profile, &jobs[0])
    }

    #[test]
    fn what_is_asked_is_held_implied_or_missing() {
        let coverage =
            met(&["Next.js", "Postgres", "Slack"], &["React", "PostgreSQL", "Rust", "Slack"]);
        let matched: Vec<(&str, &str, bool)> = coverage
            .matched
            .iter()
            .map(|one| (one.asked.name.as_str(), one.held_pointer.as_str(), one.implied))
            .collect();
        assert_eq!(matched, [("React", "/skills/0", true), ("PostgreSQL", "/skills/1", false)]);
        assert_eq!(coverage.missing, [Skill::new("Rust")]);
        assert!((coverage.share - (2.0 - IMPLIED_DISTANCE) / 3.0).abs() < 1e-12);
        assert!(coverage.known);
    }

    #[test]
    fn a_job_of_generic_tools_says_nothing() {
        let coverage = met(&["Slack"], &["Slack", "Jira"]);
        assert_eq!(coverage, Coverage::default());
    }

    #[test]
    fn a_slip_counts_less_than_the_name() {
        let coverage = met(&["Kubernets"], &["Kubernetes"]);
        assert_eq!((coverage.share, coverage.missing.len()), (0.9, 0));
    }

    #[test]
    fn ten_thousand_skills_are_compared() {
        let held: Vec<String> = (0..10_000).map(|at| format!("craft{at}y")).collect();
        let held: Vec<&str> = held.iter().map(String::as_str).collect();
        let coverage = met(&held, &["carpentry", "craft9999y", "Rust"]);
        assert_eq!((coverage.matched.len(), coverage.missing.len()), (1, 2));
    }
}
