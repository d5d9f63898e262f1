//! The panel that puts two branches side by side.

use leptos::prelude::*;

use super::panel::{Nothing, Panel};
use super::pick::Pick;
use super::plan::PlanPanel;
use crate::view::branches::Branches;
use crate::view::compare::{Comparison, Group, Row};
use crate::view::glance::Glance;

/// Which branches are compared, and when. Copies are handles to the same one.
#[derive(Clone, Copy)]
pub struct Pair {
    /// The ids of the two; none until someone asks.
    pub ids: RwSignal<Option<(String, String)>>,
    /// Whether both are shown at the virtual time of the cursor; else as far as each is known.
    pub now: RwSignal<bool>,
}

impl Pair {
    /// Starts with none.
    pub fn none() -> Pair {
        Pair { ids: RwSignal::new(None), now: RwSignal::new(false) }
    }
}

/// Shows the comparison.
#[component]
pub fn ComparePanel(
    #[prop(into)] model: Signal<Option<Comparison>>,
    #[prop(into)] branches: Signal<Branches>,
    /// Both at the moment of the cursor.
    #[prop(into)]
    glances: Signal<Vec<Glance>>,
    pair: Pair,
    /// Goes to a turn of a branch.
    on_visit: Callback<(String, u64)>,
) -> impl IntoView {
    let body = move || {
        match model.get() {
        None => view! { <Nothing words="There is one branch. Fork, or intervene in the past, and compare what becomes of it." /> }.into_any(),
        Some(found) => table(found, on_visit).into_any(),
    }
    };
    let pictures = move || {
        pair.now.get().then(|| {
            let side = move |glance: Glance| view! { <Side glance=glance on_visit=on_visit /> };
            let sides = glances.get().into_iter().map(side).collect_view();
            view! { <div class="compare-sides">{sides}</div> }
        })
    };
    view! {
        <Panel title="Compare" summary=String::new() large=true on_open=None>
            <div class="compare-head">
                <Chooser label="First branch" branches=branches pair=pair first=true />
                <Chooser label="Second branch" branches=branches pair=pair first=false />
                <div class="compare-when" role="group" aria-label="When">
                    <When words="As far as known" now=false pair=pair />
                    <When words="At this virtual time" now=true pair=pair />
                </div>
            </div>
            {pictures}
            {body}
        </Panel>
    }
}

#[component]
fn When(words: &'static str, now: bool, pair: Pair) -> impl IntoView {
    view! {
        <button
            type="button"
            class="button-small"
            data-testid=if now { "compare-now" } else { "compare-end" }
            aria-pressed=move || (pair.now.get() == now).to_string()
            on:click=move |_| pair.now.set(now)
        >
            {words}
        </button>
    }
}

#[component]
fn Chooser(
    label: &'static str,
    branches: Signal<Branches>,
    pair: Pair,
    first: bool,
) -> impl IntoView {
    let chosen = move || {
        let of = |(a, b): (String, String)| if first { a } else { b };
        pair.ids.get().map(of).unwrap_or_default()
    };
    let options = move || {
        let chosen = chosen();
        let rows = branches.get().rows;
        rows.into_iter()
            .map(|row| {
                let selected = row.id == chosen;
                view! { <option value=row.id selected=selected>{row.name}</option> }
            })
            .collect_view()
    };
    let choose = move |id: String| {
        pair.ids.update(|ids| {
            if let Some((a, b)) = ids {
                *if first { a } else { b } = id;
            }
        });
    };
    view! {
        <label class="field">
            <span class="sr">{label}</span>
            <select class="control" on:change=move |event| choose(event_target_value(&event))>
                {options}
            </select>
        </label>
    }
}

/// One branch at the moment.
#[component]
fn Side(glance: Glance, on_visit: Callback<(String, u64)>) -> impl IntoView {
    let Glance { branch, name, turn, when, phase, narration, plan, schedule } = glance;
    let visited = branch.clone();
    let visit = move || on_visit.run((visited.clone(), turn));
    // Events have other numbers in another branch, so nothing is selected from here.
    let pick = Pick { selected: Signal::stored(None), select: Callback::new(|_| ()) };
    view! {
        <section class="compare-side" data-testid="compare-side" data-branch=branch>
            <header>
                <h3>{name}</h3>
                <button type="button" class="button-small" on:click=move |_| visit()>"Go there"</button>
            </header>
            <p class="dim">{format!("{when} · {phase}")}</p>
            <p class="compare-told">{narration}</p>
            <PlanPanel model=Signal::stored(plan) schedule=Signal::stored(schedule) pick=pick large=false on_open=None />
        </section>
    }
}

fn table(found: Comparison, on_visit: Callback<(String, u64)>) -> impl IntoView {
    let Comparison { a, a_name, b_name, a_when, b_when, first, verdict, there, groups, .. } = found;
    let go = first.map(|turn| {
        let before = turn.saturating_sub(1);
        view! {
            <button
                type="button"
                class="button-small"
                data-testid="first-difference"
                data-turn=turn
                on:click=move |_| on_visit.run((a.clone(), before))
            >
                "Go before it"
            </button>
        }
    });
    let told = there
        .into_iter()
        .map(|(name, told)| view! { <div><dt>{name}</dt><dd>{told}</dd></div> })
        .collect_view();
    view! {
        <p class="compare-verdict" data-testid="compare-verdict">{verdict}" "{go}</p>
        <dl class="compare-there">{told}</dl>
        <table class="compare-table">
            <thead>
                <tr>
                    <td></td>
                    <th scope="col">{a_name}<small>{a_when}</small></th>
                    <th scope="col">{b_name}<small>{b_when}</small></th>
                </tr>
            </thead>
            {groups.into_iter().map(group).collect_view()}
        </table>
    }
}

fn group(group: Group) -> impl IntoView {
    let Group { title, summary, rows } = group;
    view! {
        <tbody>
            <tr class="compare-group">
                <th scope="rowgroup" colspan="3">{title}<small>{summary}</small></th>
            </tr>
            {rows.into_iter().map(line).collect_view()}
        </tbody>
    }
}

fn line(row: Row) -> impl IntoView {
    let Row { what, a, b, differs } = row;
    let mark = differs.then(|| view! { <span class="compare-mark" title="They differ">"≠"</span> });
    view! {
        <tr class:is-different=differs>
            <th scope="row">{mark}{what}</th>
            <td>{a}</td>
            <td>{b}</td>
        </tr>
    }
}
