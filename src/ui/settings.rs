//! What the browser remembers of a user's taste: the theme, whether single keys act, whether the story stops.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys;

const THEME: &str = "agora.theme";
const KEYS: &str = "agora.keys";
const STOPS: &str = "agora.stops";

/// A user's taste.
#[derive(Clone, Copy)]
pub struct Settings {
    /// Whether the page is dark; none follows the system.
    pub dark: RwSignal<Option<bool>>,
    /// Whether single keys act.
    pub keys: RwSignal<bool>,
    /// Whether playing the story stops at its questions.
    pub stops: RwSignal<bool>,
}

impl Settings {
    /// Reads what was kept, and keeps what changes.
    pub fn load() -> Settings {
        let dark = kept(THEME).map(|theme| theme == "dark");
        let keys = kept(KEYS).is_none_or(|keys| keys != "off");
        let stops = kept(STOPS).is_none_or(|stops| stops != "off");
        let settings = Settings {
            dark: RwSignal::new(dark),
            keys: RwSignal::new(keys),
            stops: RwSignal::new(stops),
        };
        Effect::new(move |_| apply_theme(settings.dark.get()));
        Effect::new(move |_| keep(KEYS, (!settings.keys.get()).then_some("off")));
        Effect::new(move |_| keep(STOPS, (!settings.stops.get()).then_some("off")));
        settings
    }

    /// Goes from dark to light or back, starting from what the system prefers.
    pub fn switch_theme(self) {
        let dark = self.dark.get_untracked().unwrap_or_else(system_is_dark);
        // What equals the system's own preference is forgotten, so that it is followed again.
        let chosen = (dark == system_is_dark()).then_some(!dark);
        self.dark.set(chosen);
    }
}

fn system_is_dark() -> bool {
    let query = window().match_media("(prefers-color-scheme: dark)");
    matches!(query, Ok(Some(list)) if list.matches())
}

fn apply_theme(dark: Option<bool>) {
    let name = dark.map(|dark| if dark { "dark" } else { "light" });
    keep(THEME, name);
    let Some(root) = document().document_element() else {
        return;
    };
    // A page that cannot be themed is still a page: there is nothing to do about a refusal.
    let _ = match name {
        Some(name) => root.set_attribute("data-theme", name),
        None => root.remove_attribute("data-theme"),
    };
}

/// Says how long motions take [s], for the style sheets.
pub fn set_beat(seconds: f64) {
    let root =
        document().document_element().and_then(|root| root.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(root) = root {
        // A page that cannot be styled moves at its usual pace.
        let _ =
            web_sys::HtmlElement::style(&root).set_property("--beat", &format!("{seconds:.3}s"));
    }
}

/// Says whether the run plays too fast for motions to be seen, for the style sheets.
pub fn set_hurried(hurried: bool) {
    if let Some(root) = document().document_element() {
        // A page that cannot be styled moves as it does otherwise.
        let _ = root.toggle_attribute_with_force("data-hurried", hurried);
    }
}

/// Returns the browser's storage; none where the user has forbidden it.
fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

fn kept(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

fn keep(key: &str, value: Option<&str>) {
    let Some(storage) = storage() else { return };
    // A full or forbidden storage loses a preference, nothing more.
    let _ = match value {
        Some(value) => storage.set_item(key, value),
        None => storage.remove_item(key),
    };
}
