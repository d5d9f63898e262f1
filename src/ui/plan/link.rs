//! What ties the graph to the schedule: the subtask under the pointer, the focus, or last chosen.

use leptos::prelude::*;

/// The subtask that both show. Copies are handles to the same.
#[derive(Clone, Copy)]
pub struct Link {
    over: RwSignal<Option<String>>,
    kept: RwSignal<Option<String>>,
}

impl Link {
    /// Starts without.
    pub fn none() -> Link {
        Link { over: RwSignal::new(None), kept: RwSignal::new(None) }
    }

    /// Shows a subtask while it is pointed at.
    pub fn enter(self, subtask_id: &str) {
        self.over.set(Some(subtask_id.to_owned()));
    }

    /// Stops that.
    pub fn leave(self) {
        self.over.set(None);
    }

    /// Keeps showing a subtask.
    pub fn keep(self, subtask_id: &str) {
        self.kept.set(Some(subtask_id.to_owned()));
    }

    /// Says whether a subtask is the one, reactively.
    pub fn is(self, subtask_id: &str) -> bool {
        let over = self.over.with(|over| over.as_deref().map(|over| over == subtask_id));
        over.unwrap_or_else(|| self.kept.with(|kept| kept.as_deref() == Some(subtask_id)))
    }
}
