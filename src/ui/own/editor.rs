//! A scenario as text: its faults are marked as it is typed, on the line where they stand.

use std::time::Duration;

use leptos::html;
use leptos::prelude::*;

use super::drop::FileButton;
use super::paste::REST;
use super::{OwnHost, Taken};
use crate::ui::top::ScenarioChoice;
use crate::view::own::Problem;
use crate::view::own::editor::{Mark, Piece, marks, pieces};

/// How long typing must rest before faults are looked for.
const LOOK: Duration = Duration::from_millis(160);

/// Takes a scenario or a trace.
#[component]
pub fn ScenarioSection(
    host: OwnHost,
    #[prop(into)] built_in: Signal<Vec<ScenarioChoice>>,
    dropped: Signal<Option<String>>,
) -> impl IntoView {
    let text = RwSignal::new(String::new());
    let found: RwSignal<Vec<Mark>> = RwSignal::new(Vec::new());
    let area: NodeRef<html::Textarea> = NodeRef::new();
    let look = move || found.set(text.with_untracked(|text| marks(text)));
    let load = move || {
        let whole = text.get_untracked();
        if whole.trim().is_empty() {
            return;
        }
        look();
        let problems: Vec<Problem> =
            found.with_untracked(|marks| marks.iter().cloned().map(Problem::from).collect());
        if problems.is_empty() {
            host.load.run(whole);
        } else {
            host.taken.set(Taken::Refused(problems));
        }
    };
    let mut look_soon = debounce(LOOK, move |()| look());
    let mut load_soon = debounce(REST, move |()| load());
    let typed = move |event| {
        text.set(event_target_value(&event));
        look_soon(());
        load_soon(());
    };
    let put = move |whole: String| {
        text.set(whole);
        load();
    };
    Effect::new(move |_| {
        if let Some(whole) = dropped.get() {
            put(whole);
        }
    });
    // A built-in scenario is there to be changed; it is not run before it is.
    let start = move |event| {
        let name = event_target_value(&event);
        if !name.is_empty() {
            text.set(host.source.run(name));
            look();
        }
    };
    let options = move || {
        let option =
            |choice: ScenarioChoice| view! { <option value=choice.name>{choice.title}</option> };
        built_in.get().into_iter().map(option).collect_view()
    };
    let back = move || {
        let pieces = text.with(|text| found.with(|found| pieces(text, found)));
        pieces
            .into_iter()
            .map(|Piece { text, marked }| match marked {
                true => view! { <mark>{text}</mark> }.into_any(),
                false => text.into_any(),
            })
            .collect_view()
    };
    let list = move || {
        let rows = found.get().into_iter().map(|mark| row(mark, text, area)).collect_view();
        view! { <ol class="editor-faults">{rows}</ol> }
    };
    let numbers = move || {
        let faulty: Vec<usize> = found.with(|found| found.iter().map(|mark| mark.line).collect());
        let lines = text.with(|text| text.matches('\n').count() + 1);
        (1..=lines)
            .map(|line| view! { <span class:is-faulty=faulty.contains(&line)>{line}"\n"</span> })
            .collect_view()
    };
    view! {
        <section class="own-section own-scenario">
            <header class="own-section-head">
                <h3>"A whole scenario, or a workflow trace"</h3>
                <label class="field">
                    <span>"Start from"</span>
                    <select class="control" data-testid="own-start" on:change=start>
                        <option value="">"…"</option>
                        {options}
                    </select>
                </label>
                <FileButton label="Choose a file" on_text=Callback::new(put) />
            </header>
            <p class="dim">"Your own team, roles, plans and faults. Paste or drop a scenario, or the trace of a workflow in WfFormat. Faults are marked as you type."</p>
            <div class="editor">
                <pre class="editor-numbers" aria-hidden="true">{numbers}</pre>
                <div class="editor-sheet">
                    <pre class="editor-back" aria-hidden="true">{back}"\n"</pre>
                    <textarea
                        class="editor-text"
                        aria-label="Scenario as JSON"
                        spellcheck="false"
                        autocomplete="off"
                        autocapitalize="off"
                        wrap="off"
                        data-testid="own-scenario"
                        node_ref=area
                        prop:value=text
                        on:input=typed
                        aria-invalid=move || (!found.with(Vec::is_empty)).to_string()
                    ></textarea>
                </div>
            </div>
            {list}
        </section>
    }
}

/// A fault in the list; it leads to its place in the text.
fn row(mark: Mark, text: RwSignal<String>, area: NodeRef<html::Textarea>) -> impl IntoView {
    let Mark { span, line, pointer, detail } = mark;
    let go = move |_| {
        let Some(area) = area.get_untracked() else { return };
        // The browser counts in UTF-16.
        let units = |end: usize| {
            text.with_untracked(|text| {
                text.get(..end).map_or(0, |part| part.encode_utf16().count())
            })
        };
        let at = |end: usize| u32::try_from(units(end)).unwrap_or(u32::MAX);
        // A place that cannot be selected is read in the list all the same.
        let _ = area.focus();
        let _ = area.set_selection_range(at(span.start), at(span.end));
    };
    view! {
        <li>
            <button type="button" on:click=go>
                <b>{format!("line {line}")}</b>
                <code>{pointer}</code>
                <span>{detail}</span>
            </button>
        </li>
    }
}
