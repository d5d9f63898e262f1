//! The rubric's first two parts: what a profile says, and whether any other would say the same.

use super::{Fix, Item, Part, fix, item, pointer, ratio};
use crate::freelance::conditions::CLEAR_POSITIONING;
use crate::freelance::market::Market;
use crate::freelance::money::{counted, listed};
use crate::freelance::profile::Profile;
use crate::freelance::skill::{recognize, words};

/// Skills from which a list is complete: what a posting asks for, five to eight, should fit in.
pub const SKILLS_WANTED: usize = 5;
/// Words from which a bio says something, and beyond which few read on.
pub const BIO_WORDS: (usize, usize) = (40, 250);
/// The freelancer's own skills a bio should name.
pub const BIO_SKILLS_WANTED: usize = 3;

/// Judges what is simply there or not: 24 points.
pub fn completeness(profile: &Profile) -> Vec<Item> {
    let listed = profile.skills.len();
    let skills = profile.skills.iter().map(|skill| skill.pointer.clone()).collect();
    let title = pointer(&profile.title);
    let bio = pointer(&profile.bio);
    let rate = pointer(&profile.hourly_rate);
    let hours = pointer(&profile.availability_hours);
    let country = pointer(&profile.country);
    let languages = profile.languages.first().map(|language| language.pointer.clone());
    vec![
        // What is missing here is mended by `specific_title` and `focused_bio`.
        stated("title", 4.0, title, None),
        stated("bio", 4.0, bio, None),
        item(
            "listed_skills",
            Part::Completeness,
            5.0,
            ratio(listed, SKILLS_WANTED as f64),
            skills,
            || {
                let missing = SKILLS_WANTED.saturating_sub(listed);
                let title = format!("List {} that you have", counted(missing, "more skill"));
                fix(&title, format!("{listed} of {SKILLS_WANTED} are listed"), 0.5, "skills")
            },
        ),
        stated("stated_rate", 4.0, rate, Some(("State an hourly rate", "rate"))),
        stated(
            "stated_availability",
            3.0,
            hours,
            Some(("State the hours you have each week", "availability")),
        ),
        stated("stated_country", 2.0, country, Some(("State the country you work from", "bio"))),
        stated(
            "stated_languages",
            2.0,
            languages,
            Some(("State the languages you work in", "bio")),
        ),
    ]
}

/// Judges one field that is there or not; naming it takes minutes.
fn stated(
    id: &'static str,
    max: f64,
    at: Option<String>,
    mend: Option<(&str, &'static str)>,
) -> Item {
    let share = if at.is_some() { 1.0 } else { 0.0 };
    let mut item = item(id, Part::Completeness, max, share, at.into_iter().collect(), || {
        let (title, lever) = mend.unwrap_or_default();
        fix(title, "The profile does not say".to_owned(), 0.1, lever)
    });
    if mend.is_none() {
        item.fix = None;
    }
    item
}

/// Judges whether title, bio and skills say something of their own: 21 points.
pub fn specificity(profile: &Profile) -> [Item; 3] {
    [specific_title(profile), focused_bio(profile), skill_depth(profile)]
}

fn specific_title(profile: &Profile) -> Item {
    let text = profile.title.as_ref().map_or("", |title| title.value.as_str());
    let names_skill = recognize(text).iter().any(|(skill, _)| !skill.generic);
    let names_field = Market::field_of(text, &[]).is_some();
    let share = match (names_skill, names_field) {
        (true, _) => 1.0,
        (false, true) => 0.5,
        (false, false) => 0.0,
    };
    item(
        "specific_title",
        Part::Specificity,
        6.0,
        share,
        pointer(&profile.title).into_iter().collect(),
        || {
            let (title, detail, also) = match &profile.title {
                None => (
                    "Add a title that names your field and your main skill",
                    "There is none".into(),
                    Some("title"),
                ),
                Some(title) => (
                    "Name your field and your main skill in the title",
                    format!("It reads: {}", title.value),
                    None,
                ),
            };
            Fix { provides: vec![CLEAR_POSITIONING], also, ..fix(title, detail, 0.5, "bio") }
        },
    )
}

fn focused_bio(profile: &Profile) -> Item {
    let text = profile.bio.as_ref().map_or("", |bio| bio.value.as_str());
    let count = words(text).len();
    let (least, most) = BIO_WORDS;
    let length_share =
        if count > most { ratio(most, count as f64) } else { ratio(count, least as f64) };
    let in_bio = recognize(text);
    let is_named = |key: &str| in_bio.iter().any(|(skill, _)| skill.key == key);
    let named = profile.skills.iter().filter(|held| is_named(&held.skill.key)).count();
    let wanted = BIO_SKILLS_WANTED.min(profile.skills.len()).max(1);
    let share = 0.5 * length_share + 0.5 * ratio(named, wanted as f64);
    item(
        "focused_bio",
        Part::Specificity,
        8.0,
        share,
        pointer(&profile.bio).into_iter().collect(),
        || {
            let is_absent = profile.bio.is_none();
            let unnamed = profile.skills.iter().map(|held| &held.skill);
            let unnamed = unnamed.filter(|skill| !skill.generic && !is_named(&skill.key));
            let unnamed: Vec<String> = unnamed
                .map(|skill| skill.name.clone())
                .take(wanted.saturating_sub(named))
                .collect();
            let title = if is_absent {
                format!("Write a bio in {least} to {most} words around your main skills")
            } else if length_share < 1.0 || unnamed.is_empty() {
                format!("Rewrite the bio in {least} to {most} words around your main skills")
            } else {
                format!("Name in the bio what you are best at, such as {}", listed(&unnamed))
            };
            let detail = format!("It has {count} words and names {named} of the skills listed");
            let also = is_absent.then_some("bio");
            Fix { provides: vec![CLEAR_POSITIONING], also, ..fix(&title, detail, 2.0, "bio") }
        },
    )
}

fn skill_depth(profile: &Profile) -> Item {
    let deep: Vec<String> = profile
        .skills
        .iter()
        .filter(|skill| skill.level.is_some() || skill.years.is_some())
        .map(|skill| skill.pointer.clone())
        .collect();
    let listed = profile.skills.len();
    let known = deep.len();
    let mut item = item(
        "skill_depth",
        Part::Specificity,
        7.0,
        ratio(known, listed.max(1) as f64),
        deep,
        || {
            let detail = format!("{known} of {listed} skills say it");
            fix("Say the level or the years of each skill", detail, 1.0, "skills")
        },
    );
    if listed == 0 {
        item.fix = None;
    }
    item
}
