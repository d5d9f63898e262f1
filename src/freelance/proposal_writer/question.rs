//! The question a proposal asks: the one whose answer decides most whether the work fits.

use serde::Serialize;

use super::Case;
use super::price::{Price, Stand};
use crate::freelance::job_matcher::place::{Abroad, abroad};
use crate::freelance::money::listed;
use crate::freelance::profile::At;
use crate::freelance::skill::{Skill, recognize};
use crate::freelance::words::lists;

/// Words of a title that offers more than one job.
const SEVERAL: &str = "
    multiple roles openings positions";
/// Missing skills named in a question.
const NAMED: usize = 2;

/// A question to the client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Question {
    /// The question, as it could be sent.
    pub text: String,
    /// Why it is asked.
    pub reason: String,
    /// The fields it comes from.
    pub sources: Vec<String>,
}

impl Question {
    fn new(text: impl Into<String>, reason: impl Into<String>, sources: Vec<String>) -> Question {
        Question { text: text.into(), reason: reason.into(), sources }
    }

    /// Asks who knows the work so far, where nothing else is open.
    pub fn fallback(case: &Case<'_>) -> Question {
        let job = case.job;
        let named = recognize(&job.title);
        let in_title =
            |skill: &&At<Skill>| named.iter().any(|(named, _)| named.key == skill.value.key);
        let skills = || job.skills.iter().filter(|skill| !skill.value.generic);
        let skill = skills().find(in_title).or_else(|| skills().next());
        let text = match skill {
            Some(skill) => {
                format!(
                    "Who has looked after the {} side so far, and could I ask them things?",
                    skill.value.name
                )
            }
            None => "Who has looked after it so far, and could I ask them things?".into(),
        };
        let source = skill.map_or_else(|| job.pointer.clone(), |skill| skill.pointer.clone());
        Question::new(text, "everything else the posting answers", vec![source])
    }
}

/// Returns what is open on a job, what decides most first: which of several jobs, the place, whether
/// they take contractors, the tools, missing skills, the budget.
pub fn questions(case: &Case<'_>, price: Option<&Price>) -> Vec<Question> {
    let found =
        [several(case), place(case), salary(case), tools(case), gap(case), budget(case, price)];
    found.into_iter().flatten().collect()
}

fn several(case: &Case<'_>) -> Option<Question> {
    let lower = case.job.title.to_lowercase();
    let several = lower.split(|c: char| !c.is_alphanumeric()).any(|word| lists(SEVERAL, word))
        || lower.contains(';');
    several.then(|| {
        let text = match case.coverage.matched.first() {
            Some(met) => format!(
                "You list several roles: which of them would the {} work belong to?",
                met.asked.name
            ),
            None => "You list several roles: which of them is most urgent?".into(),
        };
        Question::new(text, "the posting offers more than one job", vec![case.field("title")])
    })
}

fn place(case: &Case<'_>) -> Option<Question> {
    let (theirs, own) = (case.job.country.as_ref()?, case.profile.country.as_ref()?);
    (abroad(case.profile, case.job)? == Abroad::Unsaid).then(|| {
        Question::new(
            "Your post names a place and I would work from elsewhere: does the job have to be done on site?",
            format!("the job is in {theirs}, the profile in {}", own.value),
            vec![case.job.pointer.clone(), own.pointer.clone()],
        )
    })
}

fn salary(case: &Case<'_>) -> Option<Question> {
    let pay = case.job.pay.as_ref()?;
    use crate::freelance::job::PayUnit;
    let period = match pay.unit {
        PayUnit::Year => "yearly",
        PayUnit::Month => "monthly",
        PayUnit::Hour | PayUnit::Fixed => return None,
    };
    Some(Question::new(
        format!(
            "Your post gives a {period} salary: would you also take someone on contract, by the hour?"
        ),
        "the posting offers a salary, not a contract",
        vec![pay.pointer.clone()],
    ))
}

fn tools(case: &Case<'_>) -> Option<Question> {
    (!case.coverage.known).then(|| {
        Question::new(
            "Your post names no tools: is anything fixed, or may I choose?",
            "the posting lists no skills",
            vec![case.job.pointer.clone()],
        )
    })
}

fn gap(case: &Case<'_>) -> Option<Question> {
    let missing: Vec<String> =
        case.coverage.missing.iter().take(NAMED).map(|skill| skill.name.clone()).collect();
    (!missing.is_empty()).then(|| {
        let named = listed(&missing);
        let (text, reason) = if missing.len() == 1 {
            (
                format!("How much of the work needs {named}?"),
                format!("the profile does not name {named}"),
            )
        } else {
            (
                format!(
                    "How much of the work needs {named}, and could someone else cover that part?"
                ),
                format!("the profile does not name {named}"),
            )
        };
        let asked = case.job.skills.iter().filter(|skill| missing.contains(&skill.value.name));
        Question::new(text, reason, asked.map(|skill| skill.pointer.clone()).collect())
    })
}

fn budget(case: &Case<'_>, price: Option<&Price>) -> Option<Question> {
    let sources = vec![case.job.pointer.clone()];
    match (case.job.pay.as_ref(), price.map(|price| price.stand)) {
        (None, _) => Some(Question::new(
            "What budget have you set aside for it?",
            "the posting names no pay",
            sources,
        )),
        (Some(pay), Some(Stand::Open)) if pay.currency.is_some() => {
            let theirs = pay.currency.clone().unwrap_or_default();
            Some(Question::new(
                format!("Would you like a quote in {theirs}?"),
                format!("the posting pays in {theirs}, the rate is in another currency"),
                vec![pay.pointer.clone()],
            ))
        }
        _ => None,
    }
}
