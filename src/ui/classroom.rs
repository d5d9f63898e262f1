//! What a class needs: large type for a projector, a future that is hidden, one panel in another page.

use leptos::prelude::*;

use super::panel::Tab;

/// What a page in another page shows; none where it is a page of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Embed {
    /// The story.
    Story,
    /// One panel of the workbench.
    Panel(Tab),
}

impl Embed {
    /// Reads what the address asks for, such as `?embed=auction`.
    pub fn of_page() -> Option<Embed> {
        asked("embed").as_deref().and_then(Embed::named)
    }

    /// Returns what goes by a name: `story`, or a panel's title in lower case.
    fn named(name: &str) -> Option<Embed> {
        if name == "story" {
            return Some(Embed::Story);
        }
        let titled = |tab: &Tab| tab.title().eq_ignore_ascii_case(name);
        Tab::ALL.into_iter().find(titled).map(Embed::Panel)
    }

    /// Returns the panel to open.
    pub fn tab(self) -> Option<Tab> {
        match self {
            Embed::Story => None,
            Embed::Panel(tab) => Some(tab),
        }
    }

    /// Lets the address name the face that it lies on, unless it names one already, and the page know.
    pub fn settle(self) {
        mark("data-embed", true);
        let location = window().location();
        if location.hash().is_ok_and(|hash| hash.is_empty()) {
            let face = if self == Embed::Story { "#/story" } else { "#/workbench" };
            // An address that cannot be changed leaves the face that opens first.
            let _ = location.replace(face);
        }
    }
}

/// The switches of a class.
#[derive(Clone, Copy)]
pub struct Classroom {
    /// Whether type is large and the stage alone.
    pub projector: RwSignal<bool>,
    /// Whether turns that are yet to come are kept from view.
    pub future_hidden: RwSignal<bool>,
}

impl Classroom {
    /// Starts as the address asks: `?projector`, `?future=hidden`.
    pub fn of_page() -> Classroom {
        let class = Classroom {
            projector: RwSignal::new(asked("projector").is_some_and(|value| value != "off")),
            future_hidden: RwSignal::new(asked("future").is_some_and(|value| value == "hidden")),
        };
        Effect::new(move |_| mark("data-projector", class.projector.get()));
        Effect::new(move |_| mark("data-future-hidden", class.future_hidden.get()));
        class
    }
}

/// The switches, for the help sheet.
#[component]
pub fn ClassSwitches(class: Classroom) -> impl IntoView {
    let switch = |on: RwSignal<bool>, testid: &'static str, words: &'static str| {
        view! {
            <label class="check">
                <input
                    type="checkbox"
                    data-testid=testid
                    prop:checked=move || on.get()
                    on:change=move |event| on.set(event_target_checked(&event))
                />
                {words}
            </label>
        }
    };
    view! {
        <h3>"For a class"</h3>
        {switch(class.projector, "projector", "Projector: large type, one stage")}
        {switch(class.future_hidden, "future-hidden", "Hide turns that are yet to come")}
        <p class="dim">
            "In another page: " <code>"<iframe sandbox=\"allow-scripts\" src=\"…?embed=story\">"</code>
            ", or a panel's name in the place of story."
        </p>
    }
}

/// Returns what the address gives a name, as in `?name=value`; empty for a name alone.
fn asked(name: &str) -> Option<String> {
    let search = window().location().search().ok()?;
    value_of(&search, name).map(str::to_owned)
}

fn value_of<'a>(search: &'a str, name: &str) -> Option<&'a str> {
    let pairs = search.trim_start_matches('?').split('&');
    pairs
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

/// Sets or takes a mark of the whole document, which the style sheets look at.
fn mark(name: &str, on: bool) {
    let Some(root) = document().document_element() else { return };
    // A document that takes no marks stays as it is.
    let _ = if on { root.set_attribute(name, "") } else { root.remove_attribute(name) };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_what_it_asks_for() {
        assert_eq!(value_of("?embed=auction&projector", "embed"), Some("auction"));
        assert_eq!(value_of("?embed=auction&projector", "projector"), Some(""));
        assert_eq!(value_of("", "embed"), None);
        assert_eq!(Embed::named("story"), Some(Embed::Story));
        assert_eq!(Embed::named("plan"), Some(Embed::Panel(Tab::Plan)));
        assert_eq!(Embed::named("nothing"), None);
    }
}
