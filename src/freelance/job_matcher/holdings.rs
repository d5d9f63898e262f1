//! What a profile holds of a job's skills: listed, named by a piece of work, or told in its words.

use std::collections::BTreeSet;

use crate::freelance::coverage::{Coverage, MatchedSkill, coverage};
use crate::freelance::job::Job;
use crate::freelance::profile::Profile;
use crate::freelance::proposal_writer::sentences::sentences;
use crate::freelance::skill::Skill;
use crate::freelance::words::{names_all, words};

/// Distance at which a skill counts that a piece of work names and the skill list does not; assumed:
/// whoever led a move to TypeScript knows it, a little less surely than who lists it.
const UNLISTED_DISTANCE: f64 = 0.1;
/// Distance at which a skill counts that only other forms of its words tell, as `coordinated travel`
/// tells of travel coordination; assumed.
const TOLD_DISTANCE: f64 = 0.3;

/// A profile, ready to be compared with many jobs.
pub struct Holdings<'a> {
    profile: &'a Profile,
    /// Words of each skill and of each sentence on a piece of work, with its place.
    texts: Vec<(BTreeSet<String>, String)>,
}

impl<'a> Holdings<'a> {
    /// Gathers what a profile tells of itself; the bio is left out, since it claims more than it shows.
    pub fn of(profile: &'a Profile) -> Holdings<'a> {
        let mut texts = Vec::new();
        let mut note = |text: &str, pointer: &str| {
            texts.push((words(text).into_iter().collect(), pointer.to_owned()));
        };
        for held in &profile.skills {
            note(&held.skill.name, &held.pointer);
        }
        for piece in profile.work.iter().chain(&profile.portfolio) {
            note(&piece.title, &piece.pointer);
            for text in &piece.texts {
                sentences(&text.value).iter().for_each(|sentence| note(sentence, &text.pointer));
            }
        }
        Holdings { profile, texts }
    }

    /// Compares a job's skills with the profile's.
    pub fn coverage(&self, job: &Job) -> Coverage {
        let mut met = coverage(self.profile, job);
        let count = (met.matched.len() + met.missing.len()) as f64;
        for skill in std::mem::take(&mut met.missing) {
            let asked = job.skills.iter().find(|asked| asked.value.key == skill.key);
            let found = asked.and_then(|asked| self.elsewhere(&skill, &asked.pointer));
            match found {
                Some(found) => met.matched.push(found),
                None => met.missing.push(skill),
            }
        }
        if met.known {
            let held: f64 = met.matched.iter().map(|met| 1.0 - met.distance).sum();
            met.share = (held / count).clamp(0.0, 1.0);
        }
        met.matched.sort_by_key(|met| {
            job.skills.iter().position(|asked| asked.value.key == met.asked.key)
        });
        met
    }

    /// Finds a skill beside the list of skills.
    fn elsewhere(&self, skill: &Skill, asked_pointer: &str) -> Option<MatchedSkill> {
        let found = |held: &Skill, held_pointer: &str, distance: f64| MatchedSkill {
            asked: skill.clone(),
            asked_pointer: asked_pointer.to_owned(),
            implied: held.key != skill.key,
            held: held.clone(),
            held_pointer: held_pointer.to_owned(),
            distance,
        };
        let pieces = self.profile.work.iter().chain(&self.profile.portfolio);
        let named = pieces
            .flat_map(|piece| &piece.skills)
            .find(|named| named.value.key == skill.key || named.value.implies(skill));
        if let Some(named) = named {
            return Some(found(&named.value, &named.pointer, UNLISTED_DISTANCE));
        }
        // A name of the vocabulary is recognized where it stands; only other names are sought by words.
        let told = self.texts.iter().find(|(text, _)| names_all(text, &skill.name));
        told.filter(|_| !skill.is_known()).map(|(_, place)| found(skill, place, TOLD_DISTANCE))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::freelance::job::read_jobs;
    use crate::kernel::date::Date;

    #[test]
    fn work_speaks_for_skills_that_the_list_leaves_out() {
        let input = json!({
            "profile_data": {
                "skills": ["Python"],
                "work": [{"position": "Clerk", "highlights": ["Coordinated travel for 40 players", "Moved us to TypeScript"]}],
            },
            "jobs": [{"title": "x", "required_skills": ["TypeScript", "Travel coordination", "Go", "Python"]}],
        });
        let profile = Profile::read(&input, Date::new(2026, 5, 18).unwrap());
        let jobs = read_jobs(&input, &[]);
        let met = Holdings::of(&profile).coverage(&jobs[0]);
        let distances: Vec<f64> = met.matched.iter().map(|met| met.distance).collect();
        assert_eq!(distances, [UNLISTED_DISTANCE, TOLD_DISTANCE, 0.0]);
        assert_eq!(met.missing.len(), 1);
        assert!((met.share - 0.65).abs() < 1e-9);
        assert_eq!(met.matched[1].held_pointer, "/profile_data/work/0/highlights/0");
    }
}
