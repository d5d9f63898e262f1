//! What opening a link or a file found: that it replays to what it says, or where it does not.

use crate::session::saved::Verdict;
use crate::sim::run::ENGINE_VERSION;
use crate::text::divergence;

/// What was found, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Whether it replays to what it says.
    pub verified: bool,
    /// A word or two, to stand beside the digest.
    pub short: String,
    /// A sentence.
    pub words: String,
    /// What there is to add, a sentence each.
    pub more: Vec<String>,
}

/// Says what was found, with the digest that the page shows.
pub fn told(verdict: &Verdict, digest: &str) -> Told {
    let found = match verdict {
        Verdict::Verified => {
            return Told {
                verified: true,
                short: "verified".to_owned(),
                words: format!("Verified: replayed here, it comes to the same digest, {digest}."),
                more: Vec::new(),
            };
        }
        Verdict::Diverged(found) => found,
    };
    let turn = divergence::turn(found);
    let agrees = found.agrees_to.map(|last| format!("Up to turn {} it agrees.", last.0));
    let made = if found.engine == ENGINE_VERSION {
        format!("It was made with this engine, {ENGINE_VERSION}.")
    } else {
        format!("It was made with engine {}, and this is engine {ENGINE_VERSION}.", found.engine)
    };
    Told {
        verified: false,
        short: format!("diverged at turn {}", found.turn.0),
        words: format!("Not verified: it runs differently here, from {turn} on."),
        more: agrees.into_iter().chain([made]).collect(),
    }
}
