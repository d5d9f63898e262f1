//! A freelancer's profile, from Agora's own shape or from a JSON Resume.

mod pieces;
mod relevance;
mod skills;
mod terms;

use serde_json::Value;

use super::input::{Node, Notes, clipped, kind, meant};
use super::skill::Skill;
use crate::kernel::date::Date;
use crate::model::fault::Fault;

/// Where a task's input may hold its profile, the first that is there; else the input itself is it.
const PLACES: [&str; 4] = ["profile_data", "freelancer_profile", "current_stats", "profile"];

/// Members of a profile that are read here.
const READ: &[&str] = &[
    "availability_hours",
    "basics",
    "bio",
    "country",
    "currency",
    "experience_years",
    "headline",
    "hourly_rate",
    "hours_per_week",
    "label",
    "languages",
    "location",
    "overview",
    "portfolio",
    "projects",
    "reviews",
    "skills",
    "summary",
    "title",
    "work",
    "years_of_experience",
];

/// Members of a profile that say nothing any specialist asks for.
const PASSED_OVER: &[&str] = &[
    "$schema",
    "awards",
    "certificates",
    "education",
    "email",
    "freelancer_id",
    "id",
    "image",
    "interests",
    "meta",
    "name",
    "phone",
    "profiles",
    "publications",
    "references",
    "url",
    "volunteer",
    "website",
];

/// A value with the JSON pointer into the task's input where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct At<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub pointer: String,
}

/// A skill someone says they have.
#[derive(Clone, Debug, PartialEq)]
pub struct HeldSkill {
    /// The skill.
    pub skill: Skill,
    /// Level from 0 to 1, where one was given.
    pub level: Option<f64>,
    /// Years, where given.
    pub years: Option<f64>,
    /// Where it stands.
    pub pointer: String,
}

/// A piece of work or a project.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Piece {
    /// Title: a position, a project's name.
    pub title: String,
    /// What is said of it: summary and highlights.
    pub texts: Vec<At<String>>,
    /// Client, employer; may be empty.
    pub organization: String,
    /// Start and end as days since 1970, where given; an open end is the run's "today".
    pub span_days: Option<(i64, i64)>,
    /// Whether it can be looked at.
    pub url: Option<String>,
    /// Where it stands.
    pub pointer: String,
    /// Skills it names, as keywords or in its texts, without repeats.
    pub skills: Vec<At<Skill>>,
}

/// What clients said.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reviews {
    /// How many.
    pub count: u32,
    /// Mean rating, 0 to 5.
    pub rating: Option<f64>,
}

/// A freelancer as the specialists see them; whatever was not given is none or empty.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Profile {
    /// Where the profile stands in the input, such as `/profile_data`.
    pub pointer: String,
    /// Headline.
    pub title: Option<At<String>>,
    /// Bio or summary.
    pub bio: Option<At<String>>,
    /// Skills, without repeats.
    pub skills: Vec<HeldSkill>,
    /// Work done for others.
    pub work: Vec<Piece>,
    /// Portfolio pieces and projects.
    pub portfolio: Vec<Piece>,
    /// Reviews.
    pub reviews: Option<At<Reviews>>,
    /// Current rate per hour, in `currency`.
    pub hourly_rate: Option<At<f64>>,
    /// ISO 4217 code.
    pub currency: Option<At<String>>,
    /// ISO 3166-1 alpha-2 code.
    pub country: Option<At<String>>,
    /// Years of relevant work: given, or the union of the intervals of relevant work.
    pub experience_years: Option<At<f64>>,
    /// Hours a week.
    pub availability_hours: Option<At<f64>>,
    /// Languages, as given.
    pub languages: Vec<At<String>>,
    /// What of the input was not understood, in words with its pointer.
    pub unread: Vec<crate::model::fault::Fault>,
}

impl Profile {
    /// Reads the profile in a task's input as of a day.
    ///
    /// It stands under `profile_data`, `freelancer_profile`, `current_stats` or `profile`, else the
    /// input itself is it; Agora's own shape and JSON Resume v1 are read alike, and where both say
    /// something Agora's counts. What was not understood is kept in `unread`; nothing panics.
    ///
    /// Experience is what is given, else the union of the intervals of relevant work (see
    /// `relevance.rs`), in years rounded to a tenth. A resume without work but with projects done
    /// for a client counts those.
    pub fn read(input: &Value, as_of: Date) -> Profile {
        let place = place_of(input);
        let (mut profile, notes) = gather(&place, as_of);
        profile.unread = notes.into_unread(&place.pointer);
        profile
    }
}

/// Most skills that a profile may name.
const SKILLS_MAX: usize = 1000;

/// Returns what is plainly wrong with the profile in a task's input, with what would mend it.
pub fn profile_faults(input: &Value) -> Vec<Fault> {
    // No day is too late: only what is impossible on any day is a fault.
    let last_day = Date::new(9999, 12, 31);
    last_day.map(|day| gather(&place_of(input), day).1.wrong).unwrap_or_default()
}

fn place_of(input: &Value) -> Node<'_> {
    let root = Node::root(input);
    root.first(&PLACES).unwrap_or(root)
}

fn gather(place: &Node<'_>, as_of: Date) -> (Profile, Notes) {
    let mut notes = Notes::default();
    let mut profile = Profile { pointer: place.pointer.clone(), ..Profile::default() };
    if !place.value.is_object() {
        notes.wrong(place, format!("expected a profile as an object, found {}", kind(place.value)));
        return (profile, notes);
    }
    let basics = place.get("basics");
    read_words(place, basics.as_ref(), &mut profile, &mut notes);
    terms::read(place, &mut profile, &mut notes);
    let list = place.get("skills");
    if let Some(list) = list.as_ref().filter(|list| list.items().len() > SKILLS_MAX) {
        let count = list.items().len();
        notes.wrong(
            list,
            format!(
                "has {count} skills, expected at most {SKILLS_MAX}; keep those that clients ask for"
            ),
        );
    }
    let groups = list.map(|list| skills::read(&list, &mut notes)).unwrap_or_default();
    profile.skills = groups.held;
    profile.work = pieces::read(place, &["work"], as_of, &mut notes);
    profile.portfolio = pieces::read(place, &["portfolio", "projects"], as_of, &mut notes);
    profile.experience_years = terms::years(place, &mut notes)
        .or_else(|| relevance::experience(&profile, &groups.names, &mut notes));
    remark_strangers(place, &mut notes);
    (profile, notes)
}

/// Reads title, bio, country and languages.
fn read_words(
    place: &Node<'_>,
    basics: Option<&Node<'_>>,
    profile: &mut Profile,
    notes: &mut Notes,
) {
    let either = |own: &[&str], theirs: &[&str]| {
        place.first(own).or_else(|| basics.and_then(|basics| basics.first(theirs)))
    };
    profile.title = either(&["title", "headline", "label"], &["label"]).and_then(|n| n.text(notes));
    profile.bio = either(&["bio", "summary", "overview"], &["summary"]).and_then(|n| n.text(notes));
    let country = place.get("country").or_else(|| {
        let location = either(&["location"], &["location"])?;
        let code = location.first(&["countryCode", "country", "addressCountry"]);
        code.or(Some(location).filter(|place| place.value.is_string()))
    });
    profile.country = country.and_then(|node| node.country(notes));
    if let Some(list) = place.get("languages") {
        profile.languages = read_languages(&list, notes);
    }
}

/// Reads languages as `Spanish (Fluent)`, from texts or `{language, fluency}`.
fn read_languages(list: &Node<'_>, notes: &mut Notes) -> Vec<At<String>> {
    if !list.value.is_array() {
        notes.wrong(list, format!("expected a list of languages, found {}", kind(list.value)));
    }
    let mut languages = Vec::new();
    for item in list.items() {
        let name = item.first(&["language", "name"]).unwrap_or_else(|| item.clone());
        let Some(name) = name.text(notes) else {
            continue;
        };
        let fluency = item.first(&["fluency", "level"]);
        let full = match fluency.as_ref().and_then(Node::str) {
            Some(fluency) => format!("{} ({fluency})", name.value),
            None => name.value,
        };
        languages.push(item.at(full));
    }
    languages
}

/// Notes members that nothing here reads, such as a misspelled one; not where the whole input is
/// the profile, since an input holds other things beside it.
fn remark_strangers(place: &Node<'_>, notes: &mut Notes) {
    if place.pointer.is_empty() {
        return;
    }
    let aliases = ["hourlyRate", "current_rate", "rate"];
    for (name, member) in place.members() {
        if [READ, PASSED_OVER, &aliases].iter().any(|names| names.contains(&name)) {
            continue;
        }
        let detail = match meant(name, READ) {
            Some(known) => format!("no field a profile has: {:?}; {known} is meant", clipped(name)),
            None => format!("no field a profile has: {:?}", clipped(name)),
        };
        notes.remark(&member.pointer, detail);
    }
}

#[cfg(test)]
mod tests;
