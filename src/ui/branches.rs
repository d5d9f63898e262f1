//! The branches under the scrubber: a line for each, drawn on its scale, with its name and what can be done with it.

use leptos::html;
use leptos::prelude::*;
use leptos::web_sys;

use super::icon::{Glyph, Icon};
use crate::view::branches::{BranchRow, Branches};

/// What is done with a branch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BranchAct {
    /// Shows it; at a turn where one is pointed at.
    Show(String, Option<u64>),
    /// Gives it another name.
    Rename(String, String),
    /// Deletes it.
    Delete(String),
    /// Begins another where the cursor stands.
    Fork,
    /// Puts it beside the current one.
    Compare(Option<String>),
}

/// The rows under the scrubber.
#[component]
pub fn BranchList(
    #[prop(into)] model: Signal<Branches>,
    /// The current turn.
    #[prop(into)]
    turn: Signal<u64>,
    on_branch: Callback<BranchAct>,
) -> impl IntoView {
    let naming = RwSignal::new(None::<String>);
    let many = move || model.with(|model| model.rows.len() > 1);
    let rows = move || {
        let Branches { rows, scale, .. } = model.get();
        rows.into_iter()
            .map(|row| view! { <Row row=row scale=scale turn=turn naming=naming on_branch=on_branch /> })
            .collect_view()
    };
    view! {
        <section class="branches" class:is-many=many aria-label="Branches">
            <div class="branch-acts">
                <button
                    type="button"
                    class="button-small"
                    data-testid="fork"
                    title="Begin another branch where you stand (f)"
                    on:click=move |_| on_branch.run(BranchAct::Fork)
                >
                    <Icon glyph=Glyph::Fork />
                    "Fork here"
                </button>
                <button
                    type="button"
                    class="button-small"
                    data-testid="compare"
                    title="Put two branches side by side"
                    aria-disabled=move || (!many()).to_string()
                    on:click=move |_| on_branch.run(BranchAct::Compare(None))
                >
                    "Compare"
                </button>
                <p class="branch-differs">{move || model.with(|model| model.differs.clone())}</p>
            </div>
            <ul class="branch-rows">{rows}</ul>
        </section>
    }
}

/// One branch: its line, its name, its menu.
#[component]
fn Row(
    row: BranchRow,
    scale: u64,
    turn: Signal<u64>,
    naming: RwSignal<Option<String>>,
    on_branch: Callback<BranchAct>,
) -> impl IntoView {
    let BranchRow { id, name, current, up, from, to, commands, outcome, spoken, .. } = row;
    let id = StoredValue::new(id);
    let at = move |turn: u64| turn as f64 / scale.max(1) as f64 * 100.0;
    let joint = (up > 0).then(|| {
        let style = format!("left:{:.3}%;--up:{up}", at(from));
        view! { <i class="branch-joint" style=style></i> }
    });
    let marks = commands
        .into_iter()
        .map(|turn| view! { <i class="branch-command" style=format!("left:{:.3}%", at(turn)) title=format!("a command, turn {turn}")></i> })
        .collect_view();
    let stretch = format!("left:{:.3}%;width:{:.3}%", at(from), at(to) - at(from));
    let knob = current.then(|| {
        view! { <i class="branch-now" style:left=move || format!("{:.3}%", at(turn.get()))></i> }
    });
    let point = move |event: web_sys::MouseEvent| {
        let Some(line) = event.current_target() else { return };
        let box_ = leptos::wasm_bindgen::JsCast::unchecked_into::<web_sys::Element>(line)
            .get_bounding_client_rect();
        let share = (f64::from(event.client_x()) - box_.left()) / box_.width().max(1.0);
        let turn = (share * scale as f64).round().clamp(0.0, to as f64) as u64;
        on_branch.run(BranchAct::Show(id.get_value(), Some(turn)));
    };
    let is_naming = move || naming.with(|naming| naming.as_ref() == Some(&id.get_value()));
    let label = StoredValue::new((name, spoken, outcome));
    let words = move || {
        if is_naming() {
            let name = label.with_value(|label| label.0.clone());
            view! { <NameField name=name id=id naming=naming on_branch=on_branch /> }.into_any()
        } else {
            let (name, spoken, outcome) = label.get_value();
            view! {
                <button
                    type="button"
                    class="branch-name"
                    data-testid="branch"
                    data-branch=id.get_value()
                    data-turns=to
                    data-from=from
                    aria-label=spoken.clone()
                    title=spoken
                    aria-current=current.then_some("true")
                    on:click=move |_| on_branch.run(BranchAct::Show(id.get_value(), None))
                >
                    <span>{name}</span>
                    <small>{outcome}</small>
                </button>
            }
            .into_any()
        }
    };
    view! {
        <li class="branch" class:is-current=current>
            <div class="branch-line" on:click=point aria-hidden="true">
                {joint}
                <i class="branch-stretch" style=stretch></i>
                {marks}
                {knob}
            </div>
            <div class="branch-words">
                {words}
                <RowMenu id=id current=current naming=naming on_branch=on_branch />
            </div>
        </li>
    }
}

#[component]
fn RowMenu(
    id: StoredValue<String>,
    current: bool,
    naming: RwSignal<Option<String>>,
    on_branch: Callback<BranchAct>,
) -> impl IntoView {
    let compare = (!current).then(|| {
        view! {
            <button
                type="button"
                class="button-quiet"
                aria-label="Compare with the branch shown"
                title="Compare with the branch shown"
                on:click=move |_| on_branch.run(BranchAct::Compare(Some(id.get_value())))
            >
                <Icon glyph=Glyph::Beside />
            </button>
        }
    });
    view! {
        <span class="branch-tools">
            {compare}
            <button
                type="button"
                class="button-quiet"
                data-testid="branch-rename"
                aria-label="Rename this branch"
                title="Rename this branch"
                on:click=move |_| naming.set(Some(id.get_value()))
            >
                <Icon glyph=Glyph::Pen />
            </button>
            <button
                type="button"
                class="button-quiet"
                data-testid="branch-delete"
                aria-label="Delete this branch"
                title="Delete this branch"
                on:click=move |_| on_branch.run(BranchAct::Delete(id.get_value()))
            >
                <Icon glyph=Glyph::Cross />
            </button>
        </span>
    }
}

/// Where a branch's name is typed.
#[component]
fn NameField(
    name: String,
    id: StoredValue<String>,
    naming: RwSignal<Option<String>>,
    on_branch: Callback<BranchAct>,
) -> impl IntoView {
    let field: NodeRef<html::Input> = NodeRef::new();
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            // A field that cannot take the focus can still be clicked.
            let _ = field.focus();
            field.select();
        }
    });
    let done = move |keep: bool| {
        if naming.get_untracked().is_none() {
            return;
        }
        naming.set(None);
        if let (true, Some(field)) = (keep, field.get_untracked()) {
            on_branch.run(BranchAct::Rename(id.get_value(), field.value()));
        }
    };
    view! {
        <input
            class="control branch-field"
            type="text"
            maxlength="80"
            aria-label="The branch's name"
            data-testid="branch-field"
            value=name
            node_ref=field
            on:blur=move |_| done(true)
            on:keydown=move |event| match event.key().as_str() {
                "Enter" => done(true),
                "Escape" => done(false),
                _ => {}
            }
        />
    }
}
