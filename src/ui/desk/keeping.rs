//! Sessions that outlive the page: links, files, and what the browser keeps as the user works.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Desk;
use crate::session::saved::Look;
use crate::session::{Session, link};
use crate::sim::command::Command;
use crate::ui::classroom::Embed;
use crate::ui::notice::Notice;
use crate::ui::panel::Tab;
use crate::ui::route;
use crate::ui::sessions::{KeptList, KeptRow, SessionAct};
use crate::ui::share::{ShareAct, Sharing};
use crate::view::verdict;
use crate::web::rest;
use crate::web::storage::{self, Kept, Trouble};
use crate::web::{entropy, exports, hand};

/// How long a change must rest before it is kept.
const REST: Duration = Duration::from_millis(700);
/// Looked-at sessions without a change of the user's own that are kept; older ones are dropped.
const VISITS_MAX: usize = 4;
/// What this tab remembers by itself: its session's id, the link it opened, a command that is being carried out.
const TAB_SESSION: &str = "agora.session";
const TAB_LINK: &str = "agora.link";
const TAB_PENDING: &str = "agora.pending";
/// What the id of a session begins with in which nothing was changed yet.
const VISIT: &str = "visit-";

/// The session as it is kept and shared. Copies are handles to the same one.
#[derive(Clone, Copy)]
pub struct Keeping {
    /// The panel in front, which links carry.
    pub tab: RwSignal<Tab>,
    /// The name it is kept under; empty for one made of the scenario's title.
    pub name: RwSignal<String>,
    /// What is kept.
    pub list: RwSignal<KeptList>,
    /// Whether the sheet of sessions is open.
    pub open: RwSignal<bool>,
    /// The link that is being handed on.
    pub sharing: RwSignal<Option<Sharing>>,
    /// What opening a link or a file found: empty, `verified`, or where it diverged.
    pub verdict: RwSignal<String>,
    id: RwSignal<String>,
    /// Counts changes, so that only the last of a burst is kept.
    changes: StoredValue<u64>,
    /// What went wrong last, so that it is said once.
    trouble: StoredValue<Option<Trouble>>,
}

impl Keeping {
    /// Starts with nothing kept.
    pub fn nothing() -> Keeping {
        Keeping {
            tab: RwSignal::new(Tab::Overview),
            name: RwSignal::new(String::new()),
            list: RwSignal::new(KeptList::default()),
            open: RwSignal::new(false),
            sharing: RwSignal::new(None),
            verdict: RwSignal::new(String::new()),
            id: RwSignal::new(fresh_id(true)),
            changes: StoredValue::new(0),
            trouble: StoredValue::new(None),
        }
    }
}

/// Makes an id that no other session has: the time, and chance where the browser has any.
fn fresh_id(visit: bool) -> String {
    let chance = entropy::fresh_seed().unwrap_or_default();
    let kind = if visit { VISIT } else { "" };
    format!("{kind}{:x}-{chance:x}", hand::now_ms() as u64)
}

/// Handing on.
impl Desk {
    fn look(self) -> Look {
        let selection = self.pick.selected.get_untracked();
        Look {
            face: route::face_now().name().to_owned(),
            panel: self.keeping.tab.get_untracked().name(),
            selection: selection.map_or_else(String::new, |event| format!("event:{event}")),
        }
    }

    /// Makes a link to this moment, and copies it unless it carries what a person put in.
    pub fn share(self) {
        let look = self.look();
        let made =
            self.host.with_value(|host| host.with_session(|session| link::link(session, look)));
        let clock = self.clock.get_untracked();
        let asks = made.fits && made.carries_own_data;
        self.keeping.sharing.set(Some(Sharing {
            link: made.fits.then(|| format!("{}{}", hand::address(), made.fragment)),
            digest: clock.digest,
            turn: clock.turn,
            asks,
            copied: false,
        }));
        if made.fits && !asks {
            self.copy_link();
        }
    }

    fn copy_link(self) {
        let sharing = self.keeping.sharing;
        let Some(text) = sharing.get_untracked().and_then(|now| now.link) else { return };
        spawn_local(async move {
            let copied = hand::copy(&text).await;
            sharing.update(|now| {
                if let Some(now) = now {
                    now.asks = false;
                    now.copied = copied;
                }
            });
        });
    }

    /// Does what the box with the link asks for.
    pub fn share_act(self, act: ShareAct) {
        match act {
            ShareAct::Copy => self.copy_link(),
            ShareAct::File => self.save_file(),
        }
    }

    fn save_file(self) {
        let look = self.look();
        let (name, text) = self.host.with_value(|host| {
            host.with_session(|session| {
                let name = format!(
                    "{}-{}.agora.json",
                    session.setup().scenario.name,
                    session.setup().seed
                );
                (name, link::file(session, look))
            })
        });
        self.offered(hand::offer_file(&name, "application/json", &text));
    }

    fn offered(self, done: bool) {
        if !done {
            let words = "The browser does not let the page save a file.".to_owned();
            self.notice.set(Some(Notice::Problem(words, Vec::new())));
        }
    }
}

/// Opening.
impl Desk {
    /// Opens a link or a file's text, verified by replaying it; what cannot be opened changes nothing.
    pub fn open_text(self, text: &str) {
        if self.open_saved(text, "This cannot be opened; the run before stays.") {
            self.keeping.id.set(fresh_id(false));
            self.keeping.name.set(String::new());
            self.keep_soon();
        }
    }

    fn open_saved(self, text: &str, refusal: &str) -> bool {
        let opened = link::read(text).and_then(|saved| Ok((saved.open()?, saved.look)));
        let (opened, look) = match opened {
            Ok(opened) => opened,
            Err(reason) => {
                let words = vec![reason.to_string()];
                self.notice.set(Some(Notice::Problem(refusal.to_owned(), words)));
                return false;
            }
        };
        self.show_opened(opened.session, &look);
        let digest = self.clock.get_untracked().digest;
        let told = verdict::told(&opened.verdict, &digest);
        self.keeping.verdict.set(told.short);
        self.notice.set(Some(if told.verified {
            Notice::Done(told.words)
        } else {
            Notice::Problem(told.words, told.more)
        }));
        true
    }

    fn show_opened(self, session: Session, look: &Look) {
        self.begin(|host| host.put(session));
        let event = look.selection.strip_prefix("event:").and_then(|event| event.parse().ok());
        self.selected.set(event);
        if let Some(tab) = Tab::named(&look.panel) {
            self.keeping.tab.set(tab);
        }
    }

    /// Opens what the page's address carries, else what this tab was at before it was loaded again.
    pub fn arrive(self) {
        let fragment = hand::fragment();
        let has_run = fragment.contains(link::PARAMETER);
        let known = hand::remembered(TAB_LINK).is_some_and(|known| known == fragment);
        let id = hand::remembered(TAB_SESSION).filter(|_| known || !has_run);
        match id {
            Some(id) => self.restore(id, has_run.then_some(fragment)),
            None if has_run => self.open_fragment(&fragment),
            None => self.tell_pending(),
        }
        // It listens as long as there is a page.
        window_event_listener(leptos::ev::hashchange, move |_| {
            let fragment = hand::fragment();
            if fragment.contains(link::PARAMETER) {
                self.open_fragment(&fragment);
            }
        });
    }

    fn open_fragment(self, fragment: &str) {
        if self.open_saved(fragment, "This link cannot be opened; the page goes on without it.") {
            hand::remember(TAB_LINK, Some(fragment));
            self.keeping.id.set(fresh_id(false));
            self.keep_soon();
        }
    }

    fn restore(self, id: String, fragment: Option<String>) {
        spawn_local(async move {
            match storage::find(&id).await {
                Ok(Some(kept)) => self.go_on_with(&kept),
                // Nothing was kept under it, or nothing can be: then the link is all there is.
                _ => {
                    if let Some(fragment) = fragment {
                        self.open_fragment(&fragment);
                    }
                }
            }
            self.tell_pending();
        });
    }

    fn go_on_with(self, kept: &Kept) {
        if self.open_saved(&kept.text, "A kept session cannot be opened; it is left as it is.") {
            self.keeping.id.set(kept.id.clone());
            let made = self.host.with_value(|host| host.title());
            self.keeping.name.set(if kept.name == made {
                String::new()
            } else {
                kept.name.clone()
            });
            hand::remember(TAB_SESSION, Some(&kept.id));
            if self.keeping.verdict.get_untracked() == "verified" {
                self.notice.set(None);
            }
        }
    }

    /// Says that the page stopped while it carried a command out, if it did.
    fn tell_pending(self) {
        let Some(command) = hand::remembered(TAB_PENDING) else { return };
        hand::remember(TAB_PENDING, None);
        let words =
            "The page stopped while it carried out a command. All that came before is here.";
        self.notice.set(Some(Notice::Problem(words.to_owned(), vec![command])));
    }
}

/// Keeping.
impl Desk {
    /// Notes a command outside the page's memory before it is carried out.
    pub(super) fn before_command(self, command: &Command) {
        let text = serde_json::to_string(command).unwrap_or_default();
        hand::remember(TAB_PENDING, Some(&text));
    }

    /// Forgets that note.
    pub(super) fn after_command(self) {
        hand::remember(TAB_PENDING, None);
    }

    /// Lets what comes next be kept by itself, under a name of its own; a mere visit is replaced.
    pub(super) fn forget_kept(self) {
        self.keeping.verdict.set(String::new());
        self.keeping.name.set(String::new());
        hand::remember(TAB_LINK, None);
        if !self.keeping.id.get_untracked().starts_with(VISIT) {
            self.keeping.id.set(fresh_id(true));
        }
    }

    /// Keeps the session once nothing has changed for a while.
    pub(super) fn keep_soon(self) {
        let change = self.keeping.changes.try_update_value(|changes| {
            *changes += 1;
            *changes
        });
        let settle = move || {
            if change.is_some() && self.keeping.changes.try_get_value() == change {
                rest::when_loaded(move || self.keep());
            }
        };
        set_timeout(settle, REST);
    }

    fn keep(self) {
        let look = self.look();
        let kept = self.host.with_value(|host| {
            let name = self.keeping.name.get_untracked();
            let name = if name.is_empty() { host.title() } else { name };
            let is_visit = name == host.title() && !host.has_own_changes();
            let id = self.keeping.id.get_untracked();
            // A session that was only looked at becomes one of the user's own by the first change.
            let id = match id.strip_prefix(VISIT) {
                Some(own) if !is_visit => own.to_owned(),
                _ => id,
            };
            let text = host.with_session(|session| link::file(session, look));
            Kept { id, name, saved_ms: hand::now_ms(), text }
        });
        let before = self.keeping.id.get_untracked();
        self.keeping.id.set(kept.id.clone());
        hand::remember(TAB_SESSION, Some(&kept.id));
        spawn_local(async move {
            let mut done = storage::keep(&kept).await;
            if done.is_ok() && before != kept.id {
                done = storage::forget(&before).await;
            }
            self.hear_of(done.err());
            if self.keeping.open.get_untracked() {
                self.list().await;
            }
        });
    }

    /// Says what is wrong with the storage, once; the page goes on without.
    fn hear_of(self, trouble: Option<Trouble>) {
        let before = self.keeping.trouble.get_value();
        self.keeping.trouble.set_value(trouble);
        self.keeping.list.update(|list| {
            trouble.map_or("", Trouble::words).clone_into(&mut list.trouble);
        });
        // A page within another page is not where sessions are kept, so it keeps quiet about it.
        let quiet = trouble == before || Embed::of_page().is_some();
        if let Some(trouble) = trouble.filter(|_| !quiet) {
            self.notice.set(Some(Notice::Problem(trouble.words().to_owned(), Vec::new())));
        }
    }

    async fn list(self) {
        match storage::list().await {
            Ok(all) => {
                let current = self.keeping.id.get_untracked();
                let is_visit = |kept: &&Kept| kept.id.starts_with(VISIT) && kept.id != current;
                for old in all.iter().filter(is_visit).skip(VISITS_MAX) {
                    // One that cannot be dropped is dropped another time.
                    let _ = storage::forget(&old.id).await;
                }
                let row = |kept: Kept| KeptRow {
                    current: kept.id == current,
                    when: hand::date(kept.saved_ms),
                    id: kept.id,
                    name: kept.name,
                };
                let rows = all.into_iter().map(row).collect();
                self.keeping.list.update(|list| list.rows = rows);
            }
            Err(trouble) => self.hear_of(Some(trouble)),
        }
    }

    /// Opens the sheet of sessions.
    pub fn open_sessions(self) {
        self.keeping.open.set(true);
        spawn_local(self.list());
    }

    /// Does what the sheet asks for.
    pub fn session_act(self, act: SessionAct) {
        match act {
            SessionAct::Open(id) => spawn_local(async move {
                match storage::find(&id).await {
                    Ok(Some(kept)) => self.go_on_with(&kept),
                    Ok(None) => self.list().await,
                    Err(trouble) => self.hear_of(Some(trouble)),
                }
            }),
            SessionAct::Delete(id) => spawn_local(async move {
                self.hear_of(storage::forget(&id).await.err());
                self.list().await;
            }),
            SessionAct::Name(name) => {
                self.keeping.name.set(name.trim().to_owned());
                self.keep_soon();
            }
            SessionAct::SaveFile => self.save_file(),
            SessionAct::OpenText(text) => self.open_text(&text),
            SessionAct::Export(name) => {
                let made = self
                    .host
                    .with_value(|host| host.with_session(|session| exports::text(session, name)));
                let done = made.is_some_and(|made| {
                    hand::offer_file(&made.file_name, made.media_type, &made.text)
                });
                self.offered(done);
            }
        }
    }
}
