//! The draft: a short letter for one job, every sentence with the fields it was made from.

use serde::Serialize;

use super::Case;
use super::brief::{Brief, held_skill};
use super::price::price_sentence;
use super::proof::Place;
use super::sentences::{said_to_client, uncapitalized, unstopped};
use super::voice::{background, organization, tell, tell_there};
use crate::freelance::coverage::MatchedSkill;
use crate::freelance::money::{amount, counted, listed};
use crate::freelance::profile::Piece;
use crate::freelance::words::{is_non_latin, lists};

/// Proofs told in a letter; a third is read by nobody.
const PROOFS_TOLD: usize = 2;
/// The share of the job's weighted words from which a second proof without its skills is to the point.
const SHARE_TO_THE_POINT: f64 = 0.12;
/// Skills named in a letter.
const SKILLS_NAMED: usize = 5;
/// Missing skills named in a letter.
const GAPS_NAMED: usize = 5;
/// Years with a skill from which they are worth telling.
const YEARS_TOLD: f64 = 2.0;
/// Reviews and rating from which they are worth telling.
const REVIEWS_TOLD: (u32, f64) = (3, 4.5);
/// Strength below which a small first step is offered, since the record alone will not carry a bid.
const STRENGTH_ENOUGH: f64 = 50.0;
/// Names that hide a client.
const NAMELESS: &str = "
    anonymous client company confidential n/a none private stealth unknown";

/// One sentence of a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[cfg_attr(not(target_arch = "wasm32"), schemars(rename = "ProposalSentence"))]
pub struct Sentence {
    /// The sentence.
    pub text: String,
    /// The fields of the task's input it was made from, as JSON pointers.
    pub sources: Vec<String>,
    /// The knowledge it was made from, by key.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub knowledge: Vec<String>,
}

/// A draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The letter, its paragraphs parted by empty lines.
    pub text: String,
    /// Its sentences in order.
    pub sentences: Vec<Sentence>,
    /// Whether a sentence of the profile that shows the work is told.
    pub proven: bool,
}

fn sentence(text: impl Into<String>, sources: Vec<String>) -> Sentence {
    Sentence { text: text.into(), sources, knowledge: Vec::new() }
}

/// Composes the letter of a case from its brief.
pub fn draft(case: &Case<'_>, brief: &Brief) -> Draft {
    let proofs = told_proofs(case);
    let proven = proofs
        .iter()
        .any(|told| case.shown.iter().any(|shown| told.sources.contains(&shown.proof.pointer)));
    let paragraphs = [
        vec![greeting(case)],
        opening(case, brief).into_iter().chain(proofs).collect(),
        skills(case).into_iter().chain(reviews(case)).chain(terms(case, brief)).collect(),
        vec![sentence(brief.question.text.clone(), brief.question.sources.clone())],
    ];
    let paragraphs: Vec<Vec<Sentence>> =
        paragraphs.into_iter().filter(|sentences| !sentences.is_empty()).collect();
    let joined = |sentences: &Vec<Sentence>| {
        sentences.iter().map(|sentence| sentence.text.as_str()).collect::<Vec<_>>().join(" ")
    };
    let text = paragraphs.iter().map(joined).collect::<Vec<_>>().join("\n\n");
    Draft { text, sentences: paragraphs.into_iter().flatten().collect(), proven }
}

fn greeting(case: &Case<'_>) -> Sentence {
    let name = case.job.client.name.split('(').next().and_then(organization).filter(|name| {
        let hidden = name
            .split(|c: char| !(c.is_alphanumeric() || c == '/'))
            .any(|word| lists(NAMELESS, &word.to_lowercase()));
        !hidden
            && name
                .chars()
                .next()
                .is_some_and(|c| c.is_uppercase() || c.is_numeric() || !c.is_ascii())
    });
    let text = name.map_or_else(|| "Hello,".to_owned(), |name| format!("Hello {name},"));
    sentence(text, vec![case.job.pointer.clone()])
}

/// Says back what the client asks for, in their own words.
fn opening(case: &Case<'_>, brief: &Brief) -> Option<Sentence> {
    let Some(ask) = &brief.ask else {
        let title = case.job.title.trim();
        return (!title.is_empty()).then(|| {
            sentence(
                format!("I am writing about your post \u{201c}{title}\u{201d}."),
                vec![case.field("title")],
            )
        });
    };
    let text = match said_to_client(unstopped(&ask.text)) {
        Some(turned) if turned.starts_with("Your") => {
            format!("You write that {}.", uncapitalized(&turned))
        }
        Some(turned) => format!("{turned}."),
        None => format!("Your post says: \u{201c}{}\u{201d}.", unstopped(&ask.text)),
    };
    Some(sentence(text, vec![ask.source.clone()]))
}

/// Tells the strongest proofs that can be told.
fn told_proofs(case: &Case<'_>) -> Vec<Sentence> {
    let mut told = Vec::new();
    let mut before = None;
    for shown in &case.shown {
        // The first may be near, the next has to be to the point.
        let to_the_point = shown.exact || shown.share >= SHARE_TO_THE_POINT;
        if told.len() >= PROOFS_TOLD || !(told.is_empty() || to_the_point) {
            break;
        }
        let Some(text) = tell(shown.proof, before).filter(|text| !is_non_latin(text)) else {
            continue;
        };
        let piece = shown.proof.place.piece();
        let link = match shown.proof.place {
            Place::Portfolio(piece) if told.is_empty() => piece.url.as_deref(),
            _ => None,
        };
        let text =
            link.map_or_else(|| text.clone(), |url| format!("{} ({url}).", unstopped(&text)));
        let sources = [shown.proof.pointer.clone()]
            .into_iter()
            .chain(piece.map(|piece| piece.pointer.clone()));
        told.push(sentence(text, sources.collect()));
        before = Some(shown.proof);
    }
    if told.is_empty() { background_sentences(case) } else { told }
}

/// Says what the freelancer is or was last and what came of it, by the latest piece of work that has to
/// do with the trade.
fn background_sentences(case: &Case<'_>) -> Vec<Sentence> {
    let of_the_trade = |piece: &&Piece| !piece.skills.is_empty() && !is_non_latin(&piece.title);
    let end = |piece: &&Piece| piece.span_days.map_or(i64::MIN, |(_, end)| end);
    let Some(latest) = case.profile.work.iter().filter(of_the_trade).rev().max_by_key(end) else {
        return Vec::new();
    };
    let Some(text) = background(latest, case.as_of) else { return Vec::new() };
    let result =
        case.proofs.iter().filter(|proof| proof.place == Place::Work(latest)).find_map(|proof| {
            let figure = proof.text.chars().any(|c| c.is_ascii_digit());
            tell_there(proof)
                .filter(|text| figure && !is_non_latin(text))
                .map(|text| (text, proof.pointer.clone()))
        });
    let mut said = vec![sentence(text, vec![latest.pointer.clone()])];
    said.extend(
        result.map(|(text, pointer)| sentence(text, vec![pointer, latest.pointer.clone()])),
    );
    said
}

/// Says which of the job's skills are held, with years, and which cannot be shown.
fn skills(case: &Case<'_>) -> Vec<Sentence> {
    let (matched, missing) = (&case.coverage.matched, &case.coverage.missing);
    if matched.is_empty() {
        return Vec::new();
    }
    let named: Vec<String> =
        matched.iter().take(SKILLS_NAMED).map(|met| skill_words(case, met)).collect();
    let more = matched.len().saturating_sub(SKILLS_NAMED);
    let list =
        if more > 0 { format!("{} and {more} more", named.join(", ")) } else { listed(&named) };
    let sources = matched
        .iter()
        .flat_map(|met| [met.held_pointer.clone(), met.asked_pointer.clone()])
        .collect();
    let total = matched.len() + missing.len();
    let text = match (missing.is_empty(), total) {
        (true, 1) => format!("I work with {list}."),
        (true, _) => format!("I work with all you ask for: {list}."),
        (false, _) => format!("Of the {} you name I work with {list}.", counted(total, "skill")),
    };
    let mut said = vec![sentence(text, sources)];
    said.extend(gap(case));
    said
}

fn skill_words(case: &Case<'_>, met: &MatchedSkill) -> String {
    let name = &met.asked.name;
    if met.implied {
        return format!("{name} (through {})", met.held.name);
    }
    let years =
        held_skill(case, met).and_then(|held| held.years).filter(|years| *years >= YEARS_TOLD);
    years.map_or_else(
        || name.clone(),
        |years| format!("{name} ({} years)", amount(libm::floor(years), 0)),
    )
}

/// Names the gaps, at most `GAPS_NAMED` of them: a client sees the others anyway.
fn gaps_listed(mut missing: Vec<String>) -> String {
    if missing.len() > GAPS_NAMED {
        missing.truncate(GAPS_NAMED);
        missing.push("others".to_owned());
    }
    listed(&missing)
}

/// Owns up to what is missing, so that nobody finds out later.
fn gap(case: &Case<'_>) -> Option<Sentence> {
    let missing: Vec<String> =
        case.coverage.missing.iter().map(|skill| skill.name.clone()).collect();
    if missing.is_empty() {
        return None;
    }
    let text = format!("I have no work to show you in {}.", gaps_listed(missing));
    let asked = case.job.skills.iter().filter(|asked| case.coverage.missing.contains(&asked.value));
    Some(sentence(text, asked.map(|asked| asked.pointer.clone()).collect()))
}

fn reviews(case: &Case<'_>) -> Option<Sentence> {
    let reviews = case.profile.reviews.as_ref()?;
    let rating = reviews.value.rating.filter(|rating| *rating >= REVIEWS_TOLD.1)?;
    (reviews.value.count >= REVIEWS_TOLD.0).then(|| {
        let text = format!(
            "Clients rate me {} of 5, over {} reviews.",
            amount(rating, 1),
            reviews.value.count
        );
        sentence(text, vec![reviews.pointer.clone()])
    })
}

/// Names price and hours, and a small first step where the record is thin.
fn terms(case: &Case<'_>, brief: &Brief) -> Vec<Sentence> {
    let mut said = Vec::new();
    if let Some(price) = &brief.price {
        said.push(Sentence {
            text: price_sentence(price),
            sources: price.sources.clone(),
            knowledge: price.knowledge.clone(),
        });
    }
    if let Some(hours) = case.profile.availability_hours.as_ref().filter(|hours| hours.value > 0.0)
    {
        let text = format!("I have {} hours a week.", amount(hours.value, 0));
        said.push(sentence(text, vec![hours.pointer.clone()]));
    }
    if case.strength.is_some_and(|strength| strength < STRENGTH_ENOUGH) {
        said.push(Sentence {
            text: "If you like, start me on one small paid piece and judge by that.".into(),
            sources: Vec::new(),
            knowledge: vec!["profile.strength".into()],
        });
    }
    said
}
