//! The rubric of profile strength: what is looked at, how many points it is worth, and what would mend it.
//!
//! The points are assumed: evidence of results weighs most (35), since a client can check it; then that
//! everything is there (24), that it is specific (21), and that it meets the given jobs (20).

use std::collections::BTreeMap;

use super::results::quantified;
use crate::freelance::conditions::{
    CLEAR_POSITIONING, CURRENT_SKILLS, PORTFOLIO_PROOF, VERIFIED_RESULTS,
};
use crate::freelance::coverage::coverage;
use crate::freelance::job::Job;
use crate::freelance::market::Market;
use crate::freelance::profile::{At, Piece, Profile};
use crate::freelance::skill::{Skill, recognize, words};

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
    /// How many items it adds; none where it is measured in points.
    pub items: Option<f64>,
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

/// Skills from which a list is complete: what a posting asks for, five to eight, should fit in.
pub const SKILLS_WANTED: usize = 5;
/// Words from which a bio says something, and beyond which few read on.
pub const BIO_WORDS: (usize, usize) = (40, 250);
/// The freelancer's own skills a bio should name.
pub const BIO_SKILLS_WANTED: usize = 3;
/// Quantified results a bio should hold: one may be an accident.
pub const BIO_RESULTS_WANTED: usize = 2;
/// Portfolio pieces from which more add nothing: a client looks at half a dozen.
pub const PIECES_WANTED: usize = 6;
/// Share of pieces and positions that should show a quantified result.
pub const PIECE_RESULTS_WANTED: f64 = 0.5;
/// Reviews from which a rating is believed.
pub const REVIEWS_WANTED: u32 = 10;
/// The most skills one piece of advice names.
pub const SKILLS_NAMED_MAX: usize = 3;

/// Hours to write a portfolio piece up, the work itself being done already.
const PIECE_HOURS: f64 = 6.0;
/// Hours to learn a neighboring skill far enough to show it once.
const SKILL_HOURS: f64 = 10.0;

/// Judges a profile; the demand part is left out where no given job names a skill.
pub fn judge(profile: &Profile, jobs: &[Job]) -> Vec<Item> {
    let mut items = completeness(profile);
    items.push(specific_title(profile));
    items.push(focused_bio(profile));
    items.push(skill_depth(profile));
    items.push(bio_results(profile));
    items.push(portfolio_pieces(profile));
    items.push(piece_results(profile));
    items.push(reviews(profile));
    items.extend(asked_skills(profile, jobs));
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

/// Judges what is simply there or not: 24 points.
fn completeness(profile: &Profile) -> Vec<Item> {
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
                let title = format!(
                    "List {} more skills that you have",
                    SKILLS_WANTED.saturating_sub(listed)
                );
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
            let verb = if is_absent { "Write a" } else { "Rewrite the" };
            let title = format!("{verb} bio in {least} to {most} words around your main skills");
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

fn bio_results(profile: &Profile) -> Item {
    let found = profile.bio.as_ref().map_or_else(Vec::new, |bio| quantified(&bio.value)).len();
    let share = ratio(found, BIO_RESULTS_WANTED as f64);
    item(
        "bio_results",
        Part::Evidence,
        8.0,
        share,
        pointer(&profile.bio).into_iter().collect(),
        || Fix {
            provides: vec![VERIFIED_RESULTS],
            ..fix(
                "Enhance bio with quantifiable achievements",
                format!("It holds {found} of the {BIO_RESULTS_WANTED} figures a client can weigh"),
                1.5,
                "bio",
            )
        },
    )
}

fn portfolio_pieces(profile: &Profile) -> Item {
    let there = profile.portfolio.len();
    let missing = PIECES_WANTED.saturating_sub(there);
    let share = ratio(there, PIECES_WANTED as f64);
    let read_at = profile.portfolio.iter().map(|piece| piece.pointer.clone()).collect();
    item("portfolio_pieces", Part::Evidence, 12.0, share, read_at, || Fix {
        items: Some(missing as f64),
        provides: vec![PORTFOLIO_PROOF],
        ..fix(
            &format!("Add {missing} more portfolio piece{}", if missing == 1 { "" } else { "s" }),
            format!("{there} of {PIECES_WANTED} are there"),
            PIECE_HOURS * missing as f64,
            "portfolio",
        )
    })
}

fn piece_results(profile: &Profile) -> Item {
    let pieces: Vec<&Piece> = profile.portfolio.iter().chain(&profile.work).collect();
    let shown: Vec<String> = pieces
        .iter()
        .filter(|piece| piece.texts.iter().any(|text| !quantified(&text.value).is_empty()))
        .map(|piece| piece.pointer.clone())
        .collect();
    let wanted = libm::ceil(pieces.len().max(2) as f64 * PIECE_RESULTS_WANTED);
    let found = shown.len();
    let mut item =
        item("piece_results", Part::Evidence, 8.0, ratio(found, wanted), shown, || Fix {
            provides: vec![VERIFIED_RESULTS],
            ..fix(
                "Say the result in figures for your projects and positions",
                format!("{found} of {} do", pieces.len()),
                wanted - found as f64,
                "portfolio",
            )
        });
    if pieces.is_empty() {
        item.fix = None;
    }
    item
}

/// Judges reviews by their count, and by how far the rating lies above the middle of its scale.
fn reviews(profile: &Profile) -> Item {
    let reviews = profile.reviews.as_ref();
    let count = reviews.map_or(0, |reviews| reviews.value.count);
    let rating = reviews.and_then(|reviews| reviews.value.rating);
    // A rating nobody gave counts as one in the middle between 2.5 and 5.
    let regard = rating.map_or(0.5, |rating| ((rating - 2.5) / 2.5 / 0.9).clamp(0.0, 1.0));
    let share = ratio(count as usize, f64::from(REVIEWS_WANTED)) * regard;
    let read_at = reviews.map(|reviews| reviews.pointer.clone()).into_iter().collect();
    let title = if count < REVIEWS_WANTED {
        "Ask past clients for reviews"
    } else {
        "Follow up with unhappy clients"
    };
    let shown =
        rating.map_or_else(|| "no rating".to_owned(), |rating| format!("a rating of {rating}"));
    item("reviews", Part::Evidence, 7.0, share, read_at, || Fix {
        provides: vec![VERIFIED_RESULTS],
        ..fix(title, format!("{count} reviews, {shown}"), 2.0, "reviews")
    })
}

/// Judges the skills against the jobs that name any.
fn asked_skills(profile: &Profile, jobs: &[Job]) -> Option<Item> {
    let covered: Vec<_> =
        jobs.iter().map(|job| (job, coverage(profile, job))).filter(|(_, c)| c.known).collect();
    if covered.is_empty() {
        return None;
    }
    let mean_share =
        covered.iter().map(|(_, coverage)| coverage.share).sum::<f64>() / covered.len() as f64;
    let mut missing: BTreeMap<&Skill, usize> = BTreeMap::new();
    for skill in covered.iter().flat_map(|(_, coverage)| &coverage.missing) {
        *missing.entry(skill).or_default() += 1;
    }
    let mut missing: Vec<(&Skill, usize)> = missing.into_iter().collect();
    missing.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    missing.truncate(SKILLS_NAMED_MAX);
    // With nothing missing, what is left are spellings that differ.
    let share = if missing.is_empty() { 1.0 } else { mean_share };
    let names: Vec<&str> = missing.iter().map(|(skill, _)| skill.name.as_str()).collect();
    let counts: Vec<String> = missing
        .iter()
        .map(|(skill, count)| format!("{} in {count} of {}", skill.name, covered.len()))
        .collect();
    let read_at = covered.iter().map(|(job, _)| job.pointer.clone()).collect();
    Some(item("asked_skills", Part::Demand, 20.0, share, read_at, || Fix {
        items: Some(names.len() as f64),
        provides: vec![CURRENT_SKILLS],
        ..fix(
            &format!("Update skills with trending technologies: {}", names.join(", ")),
            format!(
                "The given jobs ask for them ({}); list what you know, learn the first of the others",
                counts.join(", ")
            ),
            SKILL_HOURS * names.len() as f64,
            "skills",
        )
    }))
}

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

fn fix(title: &str, detail: String, hours: f64, lever: &'static str) -> Fix {
    Fix {
        title: title.to_owned(),
        detail,
        hours,
        lever,
        items: None,
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
