//! How a sentence of a profile is told in a letter: as what I did, what I was, what the thing is, or as a quote.

use super::proof::{Place, Proof};
use super::sentences::{sentences, shortened, uncapitalized, unstopped};

/// Characters of a proof in a letter at most.
const CHARS_MAX: usize = 190;

/// Past tenses that do not end in -ed.
const IRREGULAR: &[&str] = &[
    "beat", "became", "began", "bought", "broke", "brought", "built", "caught", "chose", "cut", "dealt", "drew",
    "drove", "found", "gave", "got", "grew", "held", "kept", "laid", "led", "left", "made", "met", "oversaw", "paid",
    "put", "ran", "rebuilt", "redid", "rewrote", "saw", "sent", "set", "sold", "split", "spoke", "spun", "taught",
    "told", "took", "undertook", "upheld", "went", "won", "wrote",
];
/// Words in -ed that open a sentence without being its verb.
const NOT_VERBS: &[&str] = &[
    "advanced", "automated", "based", "certified", "dedicated", "detailed", "distributed", "embedded", "experienced",
    "feed", "focused", "high-speed", "motivated", "need", "related", "seasoned", "seed", "skilled", "speed",
    "talented", "unlimited",
];
/// Verbs that stand before a preposition in the active voice.
const INTRANSITIVE: &[&str] = &[
    "acted", "advised", "assisted", "collaborated", "communicated", "competed", "contributed", "cooperated", "dealt",
    "experimented", "focused", "graduated", "helped", "interned", "joined", "led", "liaised", "migrated", "moved",
    "participated", "partnered", "presented", "ran", "reported", "served", "specialized", "spoke", "switched",
    "taught", "volunteered", "worked", "wrote",
];
/// Prepositions after which a past tense without an object is a passive.
const PREPOSITIONS: &[&str] = &["as", "at", "by", "for", "from", "in", "into", "of", "on", "to", "using", "with"];
/// What people are, in the words of resumes.
const ROLES: &[&str] = &[
    "administrator", "analyst", "architect", "consultant", "designer", "developer", "editor", "engineer", "founder",
    "head", "lead", "manager", "owner", "translator", "writer",
];

/// Tells a proof as its freelancer would in a letter; none where it cannot be told without bending it.
pub fn tell(proof: &Proof<'_>) -> Option<String> {
    let text = shortened(unstopped(&proof.text), CHARS_MAX)?;
    let text = unstopped(&text);
    let words: Vec<String> = text.split_whitespace().map(bare).collect();
    let first = words.first()?.as_str();
    let after_adverb = usize::from(first.ends_with("ly") && words.get(1).is_some_and(|second| is_past(second)));
    let verb = words.get(after_adverb)?.as_str();
    let next = words.get(after_adverb + 1).map(String::as_str).unwrap_or_default();
    let rest = uncapitalized(text);
    match proof.place {
        Place::Bio if matches!(first, "i" | "i've" | "i'm") => Some(format!("{text}.")),
        Place::Bio => None,
        _ if matches!(first, "i" | "i've") => Some(format!("{}{text}.", opening(proof)?)),
        _ if is_past(verb) && PREPOSITIONS.contains(&next) && !INTRANSITIVE.contains(&verb) => {
            passive(proof, &rest)
        }
        _ if is_past(verb) => Some(format!("{}I {rest}.", opening(proof)?)),
        _ if first == "responsible" => Some(format!("{}I was {rest}.", opening(proof)?)),
        Place::Work(_) if is_role(&words) => Some(format!("{}I was {}{rest}.", opening(proof)?, article(text))),
        Place::Portfolio(piece) if matches!(first, "a" | "an") && !piece.title.is_empty() => {
            Some(format!("{}, one of my projects, is {rest}.", piece.title))
        }
        _ => None,
    }
}

/// Tells `Built with React` of a project as what the project was.
fn passive(proof: &Proof<'_>, rest: &str) -> Option<String> {
    let Place::Portfolio(piece) = proof.place else { return None };
    (!piece.title.is_empty()).then(|| format!("My project {} was {rest}.", title(&piece.title)))
}

/// Says where something was done: `At Acme, `.
fn opening(proof: &Proof<'_>) -> Option<String> {
    let piece = proof.place.piece()?;
    let organization = organization(&piece.organization);
    Some(match (proof.place, organization, title(&piece.title)) {
        (Place::Work(_), Some(organization), _) => format!("At {organization} "),
        (Place::Work(_), None, "") => String::new(),
        (Place::Work(_), None, title) => format!("As {} ", uncapitalized(title)),
        (_, Some(organization), "") => format!("For {organization} "),
        (_, None, "") => String::new(),
        (_, _, title) => format!("For my project {title} "),
    })
}

/// Returns a name that can stand in a sentence: some people put the whole story into it.
pub fn organization(name: &str) -> Option<&str> {
    let name = name.trim();
    let named = !name.is_empty() && name.chars().count() <= 40 && sentences(name).len() == 1 && !name.contains('\n');
    named.then(|| name.trim_end_matches('.'))
}

fn title(title: &str) -> &str {
    title.trim().trim_end_matches(['.', ':'])
}

fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().replace('\u{2019}', "'")
}

fn is_past(word: &str) -> bool {
    let regular = word.len() > 4 && word.ends_with("ed") && !NOT_VERBS.contains(&word);
    regular || IRREGULAR.contains(&word)
}

/// Says whether a text opens with what someone was: `Tech lead for …`, `Developer of …`.
fn is_role(words: &[String]) -> bool {
    let at = words.iter().take(4).position(|word| ROLES.contains(&word.as_str()));
    at.and_then(|at| words.get(at + 1)).is_some_and(|next| {
        PREPOSITIONS.contains(&next.as_str()) || next.ends_with("ing")
    })
}

fn article(text: &str) -> &'static str {
    let lower = text.to_lowercase();
    match lower.chars().next() {
        _ if ["lead ", "tech lead", "technical lead", "head ", "owner ", "product owner"].iter().any(|role| lower.starts_with(role)) => "",
        Some('a' | 'e' | 'i' | 'o' | 'u') => "an ",
        _ => "a ",
    }
}
