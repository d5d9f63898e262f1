//! What the user chose to look at within panels; a new run starts without.

use leptos::prelude::*;

use crate::ui::messages::TalkChoice;

/// Choices that panels' models depend on. Copies are handles to the same ones.
#[derive(Clone, Copy)]
pub struct Choices {
    /// The auction shown in full where they are many.
    pub auction: RwSignal<Option<String>>,
    /// The agent whose mind is shown.
    pub agent: RwSignal<Option<String>>,
    /// The entry of the blackboard shown in full.
    pub entry: RwSignal<Option<String>>,
    /// The rows and lanes of the talk.
    pub talk: TalkChoice,
}

impl Choices {
    /// Starts without any.
    pub fn none() -> Choices {
        Choices {
            auction: RwSignal::new(None),
            agent: RwSignal::new(None),
            entry: RwSignal::new(None),
            talk: TalkChoice::everything(),
        }
    }

    /// Forgets them.
    pub fn forget(self) {
        self.auction.set(None);
        self.agent.set(None);
        self.entry.set(None);
        self.talk.forget();
    }
}
