//! The brief behind a proposal: the job's needs against the profile's proof, gaps, the question, the price.

use serde::Serialize;

use super::Case;
use super::price::{Price, price};
use super::question::{Question, questions};
use super::sentences::{sentences, shortened};
use crate::freelance::coverage::MatchedSkill;
use crate::freelance::money::{amount, listed, percent};
use crate::freelance::profile::HeldSkill;
use crate::freelance::skill::recognize;
use crate::freelance::words::{is_non_latin, lists};

/// What people ask for.
const DOING: &str = "
    add audit build clean convert create design develop draw edit evaluate find fix help
    implement improve integrate lead look maintain make manage migrate model move need optimize
    own port prepare produce put rebuild record replace review rewrite scale set ship take test
    train translate turn upgrade want write";
/// Words that tell of the role and not of the company.
const ROLE_WORDS: &str = "
    candidate contractor freelancer hire hiring looking responsible role seeking seeks will
    would you'll";
/// Words that point back to another sentence.
const DANGLING: &str = "
    it them these they this why";
/// Characters of a sentence of the posting that are repeated at most.
const ASK_CHARS_MAX: usize = 180;
/// Days after which a posting may be filled.
const STALE_DAYS: i64 = 30;
/// Proofs kept in a brief.
const PROOFS_MAX: usize = 3;

/// A sentence with the place it comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[cfg_attr(not(target_arch = "wasm32"), schemars(rename = "Quote"))]
pub struct Quoted {
    /// The sentence.
    pub text: String,
    /// Where it stands.
    pub source: String,
}

/// One thing the job asks for.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[cfg_attr(not(target_arch = "wasm32"), schemars(rename = "BriefNeed"))]
pub struct Need {
    /// The skill, as the job writes it.
    pub skill: String,
    /// Whether the profile holds it.
    pub held: bool,
    /// The held skill that stands for it, where it is another one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub through: Option<String>,
    /// Years with it, where given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub years: Option<f64>,
    /// The strongest sentence of the profile that names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proof: Option<Quoted>,
    /// The fields it was read from.
    pub sources: Vec<String>,
}

/// What is known of a job's competition.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Odds {
    /// Expected rivals.
    pub rivals: f64,
    /// Chance to win.
    pub win_probability: f64,
}

/// The brief.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[cfg_attr(not(target_arch = "wasm32"), schemars(rename = "ProposalBrief"))]
pub struct Brief {
    /// What the client asks for, in the posting's own words.
    pub ask: Option<Quoted>,
    /// The job's skills, in its order.
    pub needs: Vec<Need>,
    /// The profile's strongest sentences for this job.
    pub strongest: Vec<Quoted>,
    /// Skills that are asked for and not held.
    pub gaps: Vec<String>,
    /// The question to ask.
    pub question: Question,
    /// More that is open.
    pub also_ask: Vec<Question>,
    /// The price to name.
    pub price: Option<Price>,
    /// The odds, where the competition was analyzed.
    pub odds: Option<Odds>,
    /// What to know before sending.
    pub notes: Vec<String>,
}

/// Writes the brief of a case.
pub fn brief(case: &Case<'_>) -> Brief {
    let price = price(case);
    let mut open = questions(case, price.as_ref());
    let question = if open.is_empty() { Question::fallback(case) } else { open.remove(0) };
    let strongest = case
        .shown
        .iter()
        .take(PROOFS_MAX)
        .map(|shown| quoted(&shown.proof.text, &shown.proof.pointer));
    Brief {
        ask: ask(case),
        needs: needs(case),
        strongest: strongest.collect(),
        gaps: case.coverage.missing.iter().map(|skill| skill.name.clone()).collect(),
        question,
        also_ask: open,
        notes: notes(case, price.as_ref()),
        price,
        odds: case.odds.clone(),
    }
}

fn quoted(text: &str, source: &str) -> Quoted {
    Quoted { text: text.to_owned(), source: source.to_owned() }
}

fn needs(case: &Case<'_>) -> Vec<Need> {
    let asked = case.job.skills.iter().filter(|asked| !asked.value.generic);
    asked
        .map(|asked| {
            let name = &asked.value.name;
            let met = case
                .coverage
                .matched
                .iter()
                .find(|met| met.asked_pointer == asked.pointer && met.asked.name == *name);
            let shown = case.shown.iter().find(|shown| shown.skills.contains(name));
            let held = met.and_then(|met| held_skill(case, met));
            Need {
                skill: name.clone(),
                held: met.is_some(),
                through: met.filter(|met| met.implied).map(|met| met.held.name.clone()),
                years: held.and_then(|held| held.years),
                proof: shown.map(|shown| quoted(&shown.proof.text, &shown.proof.pointer)),
                sources: met
                    .map(|met| met.held_pointer.clone())
                    .into_iter()
                    .chain([asked.pointer.clone()])
                    .collect(),
            }
        })
        .collect()
}

/// Returns the profile's entry of a matched skill.
pub fn held_skill<'a>(case: &Case<'a>, met: &MatchedSkill) -> Option<&'a HeldSkill> {
    case.profile
        .skills
        .iter()
        .find(|held| held.pointer == met.held_pointer && held.skill.key == met.held.key)
}

/// Picks the sentence of the posting that says most of what is to be done.
///
/// What a company says of itself is no request: a sentence counts that is said in the client's own voice,
/// opens with what to do, or speaks of the role.
fn ask(case: &Case<'_>) -> Option<Quoted> {
    let mut all = sentences(&case.job.description);
    // The last sentence of a cut-off text is half a thought.
    let cut_off = all.last().is_some_and(|last| !last.ends_with(['.', '!', '?', '。', ')']));
    if cut_off && all.len() > 1 {
        all.pop();
    }
    let mut best: Option<(usize, String)> = None;
    for sentence in &all {
        let Some((points, short)) =
            shortened(sentence, ASK_CHARS_MAX).and_then(|short| Some((worth(&short)?, short)))
        else {
            continue;
        };
        if best.as_ref().is_none_or(|(most, _)| points > *most) {
            best = Some((points, short));
        }
    }
    best.map(|(_, text)| Quoted { text, source: case.field("description") })
}

/// Says how much a sentence says of what is to be done; none where it is no request.
fn worth(sentence: &str) -> Option<usize> {
    let lower = sentence.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| !(c.is_alphanumeric() || c == '\''))
        .filter(|w| !w.is_empty())
        .collect();
    let own_voice = super::sentences::said_to_client(sentence).is_some();
    let imperative = words.first().is_some_and(|first| lists(DOING, first));
    let of_the_role = words.iter().any(|word| lists(ROLE_WORDS, word));
    if !(own_voice || imperative || of_the_role) {
        return None;
    }
    let doing = words.iter().filter(|word| lists(DOING, word)).count().min(2);
    let skills = recognize(sentence).len().min(3);
    // What points back to the sentence before cannot stand alone.
    let dangling = words.iter().filter(|word| lists(DANGLING, word)).count().min(2);
    let points = doing + skills + if own_voice { 4 } else { 2 };
    Some(points.saturating_sub(dangling))
}

fn notes(case: &Case<'_>, price: Option<&Price>) -> Vec<String> {
    let mut notes = Vec::new();
    let days = case.job.posted.map(|posted| case.as_of.days_since(posted));
    if let Some(days) = days.filter(|days| *days > STALE_DAYS) {
        notes.push(format!("Posted {days} days ago: see that it is still open."));
    }
    if is_non_latin(&case.job.description) || is_non_latin(&case.job.title) {
        notes.push(
            "The posting is not in English: translate the draft before you send it.".to_owned(),
        );
    }
    if case.shown.iter().take(PROOFS_MAX).any(|shown| is_non_latin(&shown.proof.text)) {
        notes.push(
            "Your strongest proof is not in English: translate it, it is left out of the draft."
                .to_owned(),
        );
    }
    let unlisted: Vec<String> = case
        .coverage
        .matched
        .iter()
        .filter(|met| held_skill(case, met).is_none())
        .map(|met| met.held.name.clone())
        .collect();
    if !unlisted.is_empty() {
        notes.push(format!(
            "Your work shows {}, which your skills do not list: add it there.",
            listed(&unlisted)
        ));
    }
    if price.is_none() {
        notes.push(
            "No price is named: neither the profile nor the pricing gives a rate.".to_owned(),
        );
    }
    if let Some(odds) = &case.odds {
        notes.push(format!(
            "About {} rivals; chance {}.",
            amount(odds.rivals, 0),
            percent(odds.win_probability)
        ));
    }
    notes
}
