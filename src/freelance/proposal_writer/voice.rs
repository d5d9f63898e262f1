//! How a sentence of a profile is told in a letter: as what I did, what I was, what the thing is, or as a quote.

use super::proof::{Place, Proof};
use super::sentences::{sentences, shortened, uncapitalized, unstopped};
use crate::freelance::profile::Piece;
use crate::freelance::words::lists;
use crate::kernel::date::Date;

/// Characters of a proof in a letter at most.
const CHARS_MAX: usize = 190;

/// Past tenses that do not end in -ed.
const IRREGULAR: &str = "
    beat became began bought broke brought built caught chose cut dealt drew drove found gave
    got grew held kept laid led left made met oversaw paid put ran rebuilt redid rewrote saw
    sent set sold split spoke spun taught told took undertook upheld went won wrote";
/// Words in -ed that open a sentence without being its verb.
const NOT_VERBS: &str = "
    advanced automated based certified dedicated detailed distributed embedded experienced feed
    focused high-speed motivated need related seasoned seed skilled speed talented unlimited";
/// Verbs that stand before a preposition in the active voice.
const INTRANSITIVE: &str = "
    acted advised assisted collaborated communicated competed contributed cooperated dealt
    experimented focused graduated helped interned joined led liaised migrated moved
    participated partnered presented ran reported served specialized spoke switched taught
    volunteered worked wrote";
/// Prepositions after which a past tense without an object is a passive.
const PREPOSITIONS: &str = "
    as at by for from in into of on to using with";
/// Words that end the object of a sentence.
const ENDS_OBJECT: &str = "
    adopted and resulting so that through used via when where which while";
/// Words that stand where an article would.
const DETERMINERS: &str = "
    a all an another any both customers each every her his its many multiple my our several some
    that the their these this two three four five various";
/// Things that are built, counted, and need an article in the singular.
const COUNTED: &str = "
    api app application bot calendar cli cluster component course dashboard engine extension
    framework game harness integration interface layer library marketplace migration module mvp
    package pipeline platform plugin portal product project prototype scheduler script server
    service shop site solution storefront suite system team theme tool toolkit website widget
    workflow";
/// What people are, in the words of resumes.
const ROLES: &str = "
    administrator analyst architect consultant designer developer editor engineer founder head
    lead manager owner translator writer";

/// Tells a proof as its freelancer would in a letter, after the one told before; none where it cannot
/// be told without bending it.
pub fn tell(proof: &Proof<'_>, before: Option<&Proof<'_>>) -> Option<String> {
    let text = shortened(unstopped(&proof.text), CHARS_MAX)?;
    let text = unstopped(&text);
    let words: Vec<String> = text.split_whitespace().map(bare).collect();
    let first = words.first()?.as_str();
    let after_adverb =
        usize::from(first.ends_with("ly") && words.get(1).is_some_and(|second| is_past(second)));
    let verb = words.get(after_adverb)?.as_str();
    let next = words.get(after_adverb + 1).map(String::as_str).unwrap_or_default();
    let rest = with_article(&uncapitalized(text));
    match proof.place {
        Place::Bio if matches!(first, "i" | "i've" | "i'm") => Some(format!("{text}.")),
        Place::Bio => None,
        _ if matches!(first, "i" | "i've") => Some(format!("{}{text}.", opening(proof, before)?)),
        _ if is_past(verb) && lists(PREPOSITIONS, next) && !lists(INTRANSITIVE, verb) => {
            passive(proof, &rest)
        }
        _ if is_past(verb) && same_piece(proof, before) => Some(format!("There I also {rest}.")),
        _ if is_past(verb) => Some(format!("{}I {rest}.", opening(proof, before)?)),
        _ if first == "responsible" => Some(format!("{}I was {rest}.", opening(proof, before)?)),
        Place::Work(_) if is_role(&words) => {
            Some(format!("{}I was {}{rest}.", opening(proof, before)?, article(text)))
        }
        Place::Portfolio(piece) if matches!(first, "a" | "an") && !piece.title.is_empty() => {
            Some(format!("{}, one of my projects, is {rest}.", piece.title))
        }
        _ => None,
    }
}

/// Tells a proof right after its place was named: `There I built …`.
pub fn tell_there(proof: &Proof<'_>) -> Option<String> {
    let told = tell(proof, Some(proof))?;
    told.strip_prefix("There I also ").map(|rest| format!("There I {rest}"))
}

/// Tells `Built with React` of a project as what the project was.
fn passive(proof: &Proof<'_>, rest: &str) -> Option<String> {
    let Place::Portfolio(piece) = proof.place else { return None };
    (!piece.title.is_empty()).then(|| format!("My project {} was {rest}.", title(&piece.title)))
}

/// Says whether two proofs are told of one piece of work.
fn same_piece(proof: &Proof<'_>, before: Option<&Proof<'_>>) -> bool {
    let pointer = |proof: &Proof<'_>| proof.place.piece().map(|piece| piece.pointer.clone());
    before.is_some_and(|before| pointer(before).is_some() && pointer(before) == pointer(proof))
}

/// Says where something was done: `At Acme `.
fn opening(proof: &Proof<'_>, before: Option<&Proof<'_>>) -> Option<String> {
    let piece = proof.place.piece()?;
    let organization = organization(&piece.organization);
    Some(match (proof.place, organization, title(&piece.title)) {
        (Place::Work(_), Some(organization), _) if is_self(organization) => {
            "As a freelancer ".to_owned()
        }
        (Place::Work(_), Some(organization), _) => format!("At {organization} "),
        (Place::Work(_), None, "") => String::new(),
        (Place::Work(_), None, title) => format!("As {} ", uncapitalized(title)),
        (_, Some(organization), "") => format!("For {organization} "),
        (_, None, "") => String::new(),
        (_, _, title)
            if before.is_some_and(|before| matches!(before.place, Place::Portfolio(_))) =>
        {
            format!("For {title} ")
        }
        (_, _, title) => format!("For my project {title} "),
    })
}

/// Says whether a name is no employer's.
fn is_self(organization: &str) -> bool {
    let lower = organization.to_lowercase();
    ["freelance", "self-employed", "self employed", "selbstst"]
        .iter()
        .any(|name| lower.contains(name))
}

/// Returns a name that can stand in a sentence: some people put the whole story into it.
pub fn organization(name: &str) -> Option<&str> {
    let name = name.trim();
    let named = !name.is_empty()
        && name.chars().count() <= 40
        && sentences(name).len() == 1
        && !name.contains('\n');
    named.then(|| name.trim_end_matches('.'))
}

fn title(title: &str) -> &str {
    title.trim().trim_end_matches(['.', ':'])
}

fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().replace('\u{2019}', "'")
}

fn is_past(word: &str) -> bool {
    let regular = word.len() > 4 && word.ends_with("ed") && !lists(NOT_VERBS, word);
    regular || lists(IRREGULAR, word)
}

/// Gives the object of a resume's clipped sentence its article: `built payment system` becomes
/// `built a payment system`; only before things that can be counted and stand in the singular.
fn with_article(text: &str) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let low = |at: usize| words.get(at).map(|word| bare(word)).unwrap_or_default();
    let mut start = usize::from(low(0).ends_with("ly") && is_past(&low(1)));
    while is_past(&low(start)) || (low(start) == "and" && is_past(&low(start + 1))) {
        start += 1;
    }
    let ends = |word: &str| lists(PREPOSITIONS, word) || lists(ENDS_OBJECT, word);
    let object = || (start..words.len()).take_while(|&at| !ends(&low(at)));
    // The object ends with a thing that no further noun follows: `a processing system handling …`.
    let head = object().find(|&at| {
        let next = low(at + 1);
        lists(COUNTED, &low(at)) && (next.is_empty() || ends(&next) || next.ends_with("ing"))
    });
    let first = low(start);
    let determined = lists(DETERMINERS, &first) || first.chars().any(|c| c.is_ascii_digit());
    let listed = object().any(|at| words.get(at).is_some_and(|word| word.ends_with(',')));
    if start == 0 || determined || listed || head.is_none() {
        return text.to_owned();
    }
    let spoken = words.get(start).copied().unwrap_or_default();
    let (done, rest) = words.split_at(start);
    format!("{} {}{}", done.join(" "), an(spoken), rest.join(" "))
}

/// Returns `a ` or `an `, by the sound a word begins with.
fn an(word: &str) -> &'static str {
    let spelled_out = word.chars().count() > 1 && word.chars().all(char::is_uppercase);
    let vowels = if spelled_out { "AEFHILMNORSX" } else { "aeioAEIO" };
    let begins = word.chars().next().is_some_and(|c| vowels.contains(c));
    let unvoiced = word
        .get(..2)
        .is_some_and(|start| start.eq_ignore_ascii_case("un") || start.eq_ignore_ascii_case("up"));
    if begins || unvoiced { "an " } else { "a " }
}

/// Says whether a text opens with what someone was: `Tech lead for …`, `Developer of …`.
fn is_role(words: &[String]) -> bool {
    let at = words.iter().take(4).position(|word| lists(ROLES, word));
    at.and_then(|at| words.get(at + 1))
        .is_some_and(|next| lists(PREPOSITIONS, next) || next.ends_with("ing"))
}

/// Returns the article of a role; there is one lead and one head, and many engineers.
fn article(text: &str) -> &'static str {
    let lower = text.to_lowercase();
    let single = ["lead ", "tech lead", "technical lead", "head ", "owner ", "product owner"];
    if single.iter().any(|role| lower.starts_with(role)) {
        ""
    } else {
        an(text.split(' ').next().unwrap_or_default())
    }
}

/// Says what someone is or was last, where no proof can be told: `I work as Data Engineer at Acme.`
pub fn background(piece: &Piece, as_of: Date) -> Option<String> {
    let role = title(&piece.title);
    let known = !role.is_empty() && role.chars().count() <= CHARS_MAX / 2;
    let at =
        organization(&piece.organization).map(|name| format!(" at {name}")).unwrap_or_default();
    let now = piece.span_days.is_some_and(|(_, end)| end >= as_of.days());
    known.then(|| {
        if now {
            format!("I work as {role}{at}.")
        } else {
            format!("My last position was {role}{at}.")
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clipped_sentences_get_their_article() {
        let told = [
            (
                "built payment processing system handling 5M",
                "built a payment processing system handling 5M",
            ),
            (
                "architected and implemented new microservices platform using Go",
                "architected and implemented a new microservices platform using Go",
            ),
            ("developed MVP that grew", "developed an MVP that grew"),
            ("mentored team of 6 engineers", "mentored a team of 6 engineers"),
            ("reduced response time by 40%", "reduced response time by 40%"),
            ("built a dashboard in React", "built a dashboard in React"),
            ("shipped 12 plugins", "shipped 12 plugins"),
        ];
        for (clipped, full) in told {
            assert_eq!(with_article(clipped), full);
        }
    }
}
