//! The help sheet: each term defined once, the marks, the keys.

use leptos::html;
use leptos::prelude::*;

use super::classroom::{ClassSwitches, Classroom};
use super::keys::KEYS;

/// The terms of the workbench, each defined once, in the words that all panels use.
const TERMS: [(&str, &str); 23] = [
    (
        "Turn",
        "One actor reads its new messages and acts once. Everything that happens belongs to a turn.",
    ),
    (
        "Virtual time",
        "The clock of the simulated run. Work and messages take virtual time; turns happen at moments of it.",
    ),
    (
        "Event",
        "One thing that happened in a turn, with what caused it and what it used. All panels are made of events.",
    ),
    ("Orchestrator", "Announces tasks, collects bids, awards. It does no work and leads no task."),
    (
        "Auction",
        "A call for proposals to every agent of a role. Each answers with a bid or refuses; the highest score wins.",
    ),
    (
        "Bid score",
        "0 to 100: capability, free capacity, performance and urgency fit, weighted. What an agent offers for one auction.",
    ),
    (
        "Performance score",
        "0 to 100: how well an agent's past results turned out. One of the four terms of its bids.",
    ),
    (
        "Slots",
        "How many roles an agent can hold at once. One is held from an award until the result is accepted.",
    ),
    (
        "Coordinator",
        "The winner with the highest performance score. It drives the task from the assignment to the answer.",
    ),
    ("Dependency", "A subtask that needs another's result before it can start."),
    (
        "Hidden dependency",
        "A read from the blackboard that no dependency orders. Had the two been faster or slower, it would have read something else.",
    ),
    (
        "Critical path",
        "The chain of dependent subtasks that takes longest. Nothing ends before it does.",
    ),
    (
        "Contract net",
        "How an auction talks: a call (cfp), propose or refuse, accept or reject, done or decline.",
    ),
    (
        "Level, slack",
        "A level is one more than the highest of what a subtask depends on. Slack is how much later it could end without delaying the whole.",
    ),
    (
        "Happened before",
        "Everything an event rests on, by causes and reads: without it, it could have been otherwise.",
    ),
    ("Utilization", "The share of an agent's slots' time that it spent working."),
    (
        "Evidence",
        "What a recommendation rests on: your input, a job, the blackboard, the pay table; each with the tag of its origin.",
    ),
    (
        "Pattern",
        "A difference in outcome that the history supports beyond chance, told with count, size and interval.",
    ),
    ("Calibration error", "How far confidences missed the outcomes, on average."),
    ("Blackboard", "Where agents write what they found for others to read."),
    (
        "Synergy, conflict",
        "Recommendations that help each other, and those that cannot all stand; a conflict is resolved by scaling, deferring or dropping.",
    ),
    ("Confidence", "0 to 1: the mean of the agents' own, a missing subtask counting zero."),
    (
        "Digest",
        "A fingerprint of everything up to this turn. The same scenario, seed and commands give the same digest on every machine.",
    ),
];

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
