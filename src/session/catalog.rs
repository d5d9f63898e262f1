//! The built-in scenarios.

use super::{contract_net, wiring};
use crate::model::fault::Fault;
use crate::sim::run::Setup;

/// A built-in scenario.
#[derive(Clone, Copy, Debug)]
pub struct BuiltIn {
    /// The name it is called by.
    pub name: &'static str,
    /// The name people read, as in its file.
    pub title: &'static str,
    /// Gives its file's text: a function each, so that the page need not load them all to show one.
    read: fn() -> &'static str,
}

impl BuiltIn {
    /// Returns its file's text.
    pub fn text(&self) -> &'static str {
        (self.read)()
    }
}

macro_rules! built_in {
    ($($name:literal: $title:literal),* $(,)?) => {
        /// The built-in scenarios, the one that opens first in front.
        pub const BUILT_IN: &[BuiltIn] = &[
            $(BuiltIn {
                name: $name,
                title: $title,
                read: || include_str!(concat!("../../scenarios/", $name, ".json")),
            }),*
        ];
    };
}

built_in!(
    "competition": "A developer asks: a better profile and a better rate",
    "walkthrough": "A translator asks: a better profile and a better rate",
    "eager-bidder": "Two tasks at once, and one bidder too eager",
    "find-and-apply": "A developer looks for work, and applies",
    "career-growth": "A year ahead: what to learn, what to charge",
    "negotiation": "An offer is on the table",
    "launch": "All eight specialists launch a freelancer",
    "generic-team": "A newsroom gets a story out by the evening",
);

/// Returns a built-in scenario.
pub fn find(name: &str) -> Option<BuiltIn> {
    BUILT_IN.iter().find(|built_in| built_in.name == name).copied()
}

/// Makes a setup of a built-in scenario, or of a contract net by its name, such as
/// `contract-net-200-25000`, which no list shows.
///
/// # Errors
/// A name that is not built in, with the names that are.
pub fn setup(name: &str, seed: Option<u64>) -> Result<Setup, Vec<Fault>> {
    match find(name) {
        Some(built_in) => wiring::shipped(built_in.text(), seed),
        None => {
            if let Some(net) = contract_net::named(name) {
                return net.map(|net| Setup { seed: seed.unwrap_or(net.seed), ..net });
            }
            let names: Vec<&str> = BUILT_IN.iter().map(|built_in| built_in.name).collect();
            let detail =
                format!("no scenario is named {name:?}; built in are {}", names.join(", "));
            Err(vec![Fault::new("", detail)])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ships_is_legal_and_read_the_same_without_the_checks() {
        for built_in in BUILT_IN {
            let checked = wiring::read(built_in.text(), None).expect(built_in.name);
            let shipped = setup(built_in.name, None).expect(built_in.name);
            assert_eq!(checked.scenario, shipped.scenario, "{}", built_in.name);
            assert_eq!(checked.seed, shipped.seed);
            assert_eq!(built_in.title, shipped.scenario.title);
        }
    }
}
