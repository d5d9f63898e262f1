//! Reads every resume and job of the shared data and checks what must hold of each reading.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use agora::freelance::coverage::coverage;
use agora::freelance::job::{self, Job};
use agora::freelance::market::{Market, PayQuery};
use agora::freelance::profile::{self, Profile};
use agora::freelance::skill::Skill;
use agora::kernel::date::Date;
use serde_json::{Value, json};

fn json_files(folder: &str) -> Vec<(String, Value)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(folder);
    let Ok(entries) = std::fs::read_dir(&path) else {
        println!("skipped: no shared data at {}", path.display());
        return Vec::new();
    };
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    let read = |file: &PathBuf| {
        let text = std::fs::read_to_string(file).expect("a file");
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        (name, serde_json::from_str(&text).expect("JSON"))
    };
    files.iter().map(read).collect()
}

fn resumes() -> Vec<(String, Value)> {
    let mut files = json_files("resumes");
    files.retain(|(name, _)| name != "schema.json");
    files
}

/// Returns the jobs of one file; those of schema.org lie in a wrapper each.
fn jobs(file: &str) -> Value {
    let found = json_files("jobs").into_iter().find(|(name, _)| name == file);
    let items = found.and_then(|(_, value)| value.as_array().cloned()).unwrap_or_default();
    items.into_iter().map(|item| item.get("jsonld").cloned().unwrap_or(item)).collect()
}

fn as_of() -> Date {
    Date::new(2026, 7, 20).expect("a date")
}

#[test]
fn every_resume_is_read() {
    for (name, resume) in resumes() {
        for input in [json!({"profile_data": resume}), resume] {
            let profile = Profile::read(&input, as_of());
            assert_eq!(profile::profile_faults(&input), [], "{name} is refused");
            assert!(!profile.skills.is_empty(), "{name} has no skills");
            check_profile(&name, &input, &profile);
        }
    }
}

fn check_profile(name: &str, input: &Value, profile: &Profile) {
    for held in &profile.skills {
        assert!(!held.skill.key.is_empty(), "{name}");
        assert!(input.pointer(&held.pointer).is_some(), "{name}: {}", held.pointer);
        assert!(held.level.is_none_or(|level| (0.0..=1.0).contains(&level)), "{name}");
    }
    let keys: BTreeSet<&str> = profile.skills.iter().map(|held| held.skill.key.as_str()).collect();
    assert_eq!(keys.len(), profile.skills.len(), "{name} has a skill twice");
    for piece in profile.work.iter().chain(&profile.portfolio) {
        assert!(input.pointer(&piece.pointer).is_some(), "{name}: {}", piece.pointer);
        let in_order = |(start, end)| start <= end && end <= as_of().days();
        assert!(piece.span_days.is_none_or(in_order), "{name}: {}", piece.pointer);
        for text in &piece.texts {
            let there = input.pointer(&text.pointer).and_then(Value::as_str).map(str::trim);
            assert_eq!(there, Some(text.value.as_str()), "{name}");
        }
    }
    for fault in &profile.unread {
        assert!(input.pointer(&fault.pointer).is_some(), "{name}: {fault}");
        assert!(!fault.detail.is_empty() && !fault.detail.ends_with('.'), "{name}: {fault}");
    }
}

#[test]
fn every_job_is_read() {
    for file in ["real_jobs_60.json", "schemaorg_jobposting_examples.json"] {
        let input = json!({"jobs": jobs(file)});
        let read = job::read_jobs(&input, &[]);
        assert_eq!(job::job_faults(&input), [], "{file} is refused");
        assert_eq!(read.len(), input["jobs"].as_array().map_or(0, Vec::len), "{file}");
        let ids: BTreeSet<&str> = read.iter().map(|job| job.id.as_str()).collect();
        assert_eq!(ids.len(), read.len(), "{file}: ids repeat");
        for job in &read {
            check_job(&input, job);
        }
    }
}

fn check_job(input: &Value, job: &Job) {
    assert!(input.pointer(&job.pointer).is_some(), "{}", job.id);
    for skill in &job.skills {
        assert!(input.pointer(&skill.pointer).is_some(), "{}: {}", job.id, skill.pointer);
    }
    if let Some(pay) = &job.pay {
        assert!(pay.min.or(pay.max).is_some_and(|amount| amount > 0.0), "{job:?}");
        assert!(pay.min.zip(pay.max).is_none_or(|(min, max)| min <= max), "{job:?}");
        assert!(pay.hourly().is_none_or(|(low, high)| low > 3.0 && high < 500.0), "{job:?}");
    }
}

#[test]
fn resumes_meet_jobs_and_the_market() {
    let input = json!({"jobs": jobs("real_jobs_60.json")});
    let jobs = job::read_jobs(&input, &[]);
    for (name, resume) in resumes() {
        let profile = Profile::read(&resume, as_of());
        for job in &jobs {
            let met = coverage(&profile, job);
            assert!((0.0..=1.0).contains(&met.share), "{name}");
            let counted = job.skills.iter().filter(|skill| !skill.value.generic).count();
            assert_eq!(met.matched.len() + met.missing.len(), counted, "{name}");
        }
        let skills: Vec<&Skill> = profile.skills.iter().map(|held| &held.skill).collect();
        let country = profile.country.as_ref().map(|country| country.value.as_str());
        let query = PayQuery {
            skills: &skills,
            title: profile.title.as_ref().map_or("", |title| &title.value),
            years: profile.experience_years.as_ref().map(|years| years.value),
            country,
        };
        let row = Market::default().pay(&query);
        let foreign = country.is_some_and(|country| country != "US");
        assert!(!foreign || row.is_none(), "{name} got US figures for {country:?}");
    }
}
