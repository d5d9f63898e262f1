//! The help sheet: each term defined once, the marks, the keys.

use leptos::html;
use leptos::prelude::*;

use super::classroom::{ClassSwitches, Classroom};
use super::keys::KEYS;
use crate::view::terms::TERMS;

/// What the marks mean; the classes show the mark itself.
const MARKS: [(&str, &str); 4] = [
    ("sample-now", "now: where the run stands in virtual time"),
    ("sample-select", "selected: what the pane at the right explains"),
    ("sample-named", "named: what the narration speaks of"),
    ("sample-fresh", "changed: what this turn brought"),
];

/// Shows the help in a dialog.
#[component]
pub fn Help(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// Whether single keys act.
    keys: RwSignal<bool>,
    /// The switches of a class.
    class: Classroom,
) -> impl IntoView {
    let node: NodeRef<html::Dialog> = NodeRef::new();
    Effect::new(move |_| {
        let Some(dialog) = node.get() else { return };
        match (open.get(), dialog.open()) {
            // Showing what is shown already is refused by the browser, to no harm.
            (true, false) => drop(dialog.show_modal()),
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    let terms = TERMS.into_iter().map(|(term, meaning)| {
        view! { <div><dt>{term}</dt><dd>{meaning}</dd></div> }
    });
    let marks = MARKS.into_iter().map(|(class, meaning)| {
        view! { <li><i class=class aria-hidden="true">"Aa"</i>{meaning}</li> }
    });
    let keys_table = KEYS.into_iter().map(|(key, what)| {
        view! { <div><dt><kbd>{key}</kbd></dt><dd>{what}</dd></div> }
    });
    view! {
        <dialog class="help" node_ref=node aria-label="Help" on:close=move |_| open.set(false)>
            <header class="help-head">
                <h2>"Help"</h2>
                <button type="button" class="control" on:click=move |_| open.set(false)>"Close"</button>
            </header>
            <div class="help-body">
                <section>
                    <h3>"Terms"</h3>
                    <dl class="help-terms">{terms.collect_view()}</dl>
                </section>
                <section>
                    <h3>"Marks"</h3>
                    <ul class="help-marks">{marks.collect_view()}</ul>
                    <h3>"Keys"</h3>
                    <dl class="help-keys">{keys_table.collect_view()}</dl>
                    <label class="check">
                        <input
                            type="checkbox"
                            prop:checked=move || keys.get()
                            on:change=move |event| keys.set(event_target_checked(&event))
                        />
                        "Single keys act"
                    </label>
                    <ClassSwitches class=class />
                </section>
            </div>
        </dialog>
    }
}
