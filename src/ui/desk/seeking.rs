//! What would have decided otherwise: looked for between the frames while the turn that decided is shown.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;

use super::Desk;
use super::drawn::Part;
use crate::model::id::TaskIx;
use crate::session::otherwise::{Found, Search};
use crate::view::lens::Lens;
use crate::view::story::{Story, reveal, story_with};
use crate::web::rest;

/// How long the cursor stays at a turn before anything is looked for: who plays fast does not read it.
const STAY: Duration = Duration::from_millis(60);
/// How long a slice takes before the page may listen again [ms].
const SLICE_MS: f64 = 8.0;
/// What is done between two looks at the clock [turns].
const TURNS_AT_ONCE: u64 = 20;
/// Most decisions that are remembered.
const KEPT_MAX: usize = 500;

/// A decision: the digest of the turn that made it, and the task that is shown.
type Key = (u64, Option<TaskIx>);

/// What is being looked for, and what was found. Copies are handles to the same.
#[derive(Clone, Copy)]
pub(super) struct Seeking {
    found: RwSignal<BTreeMap<Key, Arc<Found>>>,
    search: StoredValue<Option<(Key, Search)>, LocalStorage>,
    /// What was asked for last.
    asked: StoredValue<Option<Key>>,
    /// Counts the searches, so that only the latest goes on.
    number: StoredValue<u64>,
}

impl Seeking {
    /// Starts with nothing.
    pub fn nothing() -> Seeking {
        Seeking {
            found: RwSignal::new(BTreeMap::new()),
            search: StoredValue::new_local(None),
            asked: StoredValue::new(None),
            number: StoredValue::new(0),
        }
    }

    /// Tells the story with what was found so far; whoever asks is told again when more is.
    pub fn story(self, lens: &Lens<'_>) -> Story {
        let key = key(lens);
        let found = self.found.with(|found| found.get(&key).cloned());
        story_with(lens, found.as_deref())
    }

    /// Lets go of the search that is under way; returns the number of the next.
    fn ask(self, asked: Option<Key>) -> u64 {
        // Once the page is gone there is nothing to let go of.
        self.search.try_set_value(None);
        self.asked.try_set_value(asked);
        let next = self.number.try_update_value(|number| {
            *number += 1;
            *number
        });
        next.unwrap_or(0)
    }
}

fn key(lens: &Lens<'_>) -> Key {
    (lens.session.digest().0, lens.task)
}

impl Desk {
    /// Looks for what would have decided otherwise whenever the story says that it is looked for, as
    /// long as the reactive owner of this call lives.
    pub fn seek_otherwise(self) {
        let seeking = self.seeking;
        Effect::new(move |_| {
            // Another branch may tell the same story.
            self.drawn.track(Part::Rest);
            let sought = self
                .story
                .with(|story| story.reveal.as_ref().is_some_and(|reveal| reveal.otherwise.sought));
            let asked = sought.then(|| self.host.with_value(|host| host.look(key)));
            if seeking.asked.get_value() == asked {
                return;
            }
            let number = seeking.ask(asked);
            if asked.is_some() {
                set_timeout(move || rest::when_loaded(move || self.begin_search(number)), STAY);
            }
        });
        on_cleanup(move || {
            seeking.ask(None);
        });
    }

    fn begin_search(self, number: u64) {
        if self.seeking.number.try_get_value() != Some(number) {
            return;
        }
        let begun = self.host.with_value(|host| {
            host.look(|lens| {
                let search = Search::new(lens.session, lens.task?, reveal::sought(lens)?);
                Some((key(lens), search))
            })
        });
        if begun.is_some() {
            self.seeking.search.set_value(begun);
            self.go_on_searching(number);
        }
    }

    fn go_on_searching(self, number: u64) {
        let seeking = self.seeking;
        if seeking.number.try_get_value() != Some(number) {
            return;
        }
        let found = seeking.search.try_update_value(|search| search_for_a_slice(search.as_mut()));
        match found.flatten() {
            Some((key, found)) => {
                seeking.search.set_value(None);
                seeking.found.update(|kept| {
                    if kept.len() >= KEPT_MAX {
                        kept.clear();
                    }
                    kept.insert(key, found);
                });
            }
            None => set_timeout(move || self.go_on_searching(number), Duration::ZERO),
        }
    }
}

/// Goes on until a slice of time is over; returns what was found once it is.
fn search_for_a_slice(search: Option<&mut (Key, Search)>) -> Option<(Key, Arc<Found>)> {
    let now = || window().performance().map_or(f64::INFINITY, |clock| clock.now());
    let (key, search) = search?;
    let end = now() + SLICE_MS;
    loop {
        if let Some(found) = search.go_on(TURNS_AT_ONCE) {
            return Some((*key, Arc::new(found.clone())));
        }
        if now() >= end {
            return None;
        }
    }
}
