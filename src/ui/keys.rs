//! The keyboard: single keys for the transport and the panels, which give way to the focused control.

use leptos::ev;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys;

/// What a key or a button of the transport asks for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Action {
    /// Starts or stops playback.
    PlayPause,
    /// Goes so many turns on; back where negative.
    Step(i64),
    /// Goes so many phases on; back where negative.
    Phase(i64),
    /// Goes to the next decision.
    NextDecision,
    /// Goes to the previous decision.
    LastDecision,
    /// Goes to the next moment of the story.
    NextMoment,
    /// Goes to turn 0.
    Start,
    /// Goes to the last turn.
    End,
    /// Begins another branch where the cursor stands.
    Fork,
    /// Goes so many branches down; up where negative.
    Branch(i64),
    /// Opens or closes the forms for commands.
    Intervene,
    /// Opens the search.
    Search,
    /// Opens or closes the help.
    Help,
    /// The digit 1 to 9: brings a panel to the front, or answers a question.
    Digit(usize),
}

/// Returns what a key asks for; none for keys that ask for nothing.
///
/// `key` is the name of the key as the browser gives it; `shift` whether shift is held.
pub fn action_of(key: &str, shift: bool) -> Option<Action> {
    match (key, shift) {
        (" ", _) => Some(Action::PlayPause),
        ("ArrowRight", false) => Some(Action::Step(1)),
        ("ArrowLeft", false) => Some(Action::Step(-1)),
        ("ArrowRight", true) => Some(Action::Phase(1)),
        ("ArrowLeft", true) => Some(Action::Phase(-1)),
        (".", _) => Some(Action::NextDecision),
        (",", _) => Some(Action::LastDecision),
        ("Enter", false) => Some(Action::NextMoment),
        ("Home", _) => Some(Action::Start),
        ("End", _) => Some(Action::End),
        ("f", false) => Some(Action::Fork),
        ("[", _) => Some(Action::Branch(-1)),
        ("]", _) => Some(Action::Branch(1)),
        ("i", false) => Some(Action::Intervene),
        ("/", _) => Some(Action::Search),
        ("?", _) => Some(Action::Help),
        (digit, false) => {
            let digit: usize = digit.parse().ok()?;
            (1..=9).contains(&digit).then_some(Action::Digit(digit))
        }
        _ => None,
    }
}

/// The table of keys as the help shows it.
pub const KEYS: [(&str, &str); 13] = [
    ("Space", "play or pause"),
    ("← →", "one turn back or on"),
    ("Shift ← →", "one phase back or on"),
    (", .", "previous or next decision: award, failure, conflict, revision, result"),
    ("Home End", "to the start or the end"),
    ("f", "begin another branch here"),
    ("[ ]", "previous or next branch"),
    ("i", "do something to the run"),
    ("/", "search events"),
    ("1 – 9", "story: answer the question; workbench: open a panel"),
    ("Enter", "story: go on to the next moment"),
    ("?", "this help"),
    ("Esc", "close it"),
];

/// Listens to the keyboard while `enabled`; the focused control comes first.
pub fn listen(enabled: Signal<bool>, on_act: Callback<Action>) {
    let handle = window_event_listener(ev::keydown, move |event| {
        let with_others = event.ctrl_key() || event.alt_key() || event.meta_key();
        if with_others || event.default_prevented() || !enabled.get_untracked() {
            return;
        }
        let Some(action) = action_of(&event.key(), event.shift_key()) else {
            return;
        };
        if !taken_by_focus(&event) {
            event.prevent_default();
            on_act.run(action);
        }
    });
    on_cleanup(move || handle.remove());
}

/// Says whether the control that has the focus uses this key itself.
fn taken_by_focus(event: &web_sys::KeyboardEvent) -> bool {
    let Some(target) = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok())
    else {
        return false;
    };
    let key = event.key();
    let inside = |selector: &str| matches!(target.closest(selector), Ok(Some(_)));
    let writes =
        inside("textarea, select, [contenteditable], input:not([type=range]):not([type=checkbox])");
    let slides =
        inside("input[type=range]") && (key.starts_with("Arrow") || key == "Home" || key == "End");
    let presses =
        (key == " " || key == "Enter") && inside("button, summary, a, input, [role=button]");
    // An open dialog keeps everything but the key that closes it.
    let dialog = key != "?" && inside("dialog");
    writes || slides || presses || dialog
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_do_what_the_help_says() {
        assert_eq!(action_of(" ", false), Some(Action::PlayPause));
        assert_eq!(action_of("ArrowLeft", true), Some(Action::Phase(-1)));
        assert_eq!(action_of("f", false), Some(Action::Fork));
        assert_eq!(action_of("]", false), Some(Action::Branch(1)));
        assert_eq!(action_of("/", true), Some(Action::Search), "a shifted key on some keyboards");
        assert_eq!(action_of("1", false), Some(Action::Digit(1)));
        assert_eq!(action_of("9", false), Some(Action::Digit(9)));
        assert_eq!(action_of("Enter", false), Some(Action::NextMoment));
        for key in ["0", "10", "x", ""] {
            assert_eq!(action_of(key, false), None, "{key}");
        }
    }
}
