//! A sheet over the page: a titled dialog whose content is made when it opens.

use leptos::html;
use leptos::prelude::*;

/// A dialog that keeps the focus until it is closed.
#[component]
pub fn Sheet(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// Its title.
    title: &'static str,
    /// Its own class.
    class: &'static str,
    /// What it holds.
    children: ChildrenFn,
) -> impl IntoView {
    let node: NodeRef<html::Dialog> = NodeRef::new();
    let shown = Memo::new(move |_| open.get());
    Effect::new(move |_| {
        let Some(dialog) = node.get() else { return };
        match (shown.get(), dialog.open()) {
            // Showing what is shown already is refused by the browser, to no harm.
            (true, false) => drop(dialog.show_modal()),
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    let children = StoredValue::new(children);
    view! {
        <dialog class=format!("sheet {class}") node_ref=node aria-label=title on:close=move |_| open.set(false)>
            <header class="sheet-head">
                <h2>{title}</h2>
                <button type="button" class="control" on:click=move |_| open.set(false)>"Close"</button>
            </header>
            <Show when=move || shown.get()>
                <div class="sheet-body">{children.with_value(|children| children())}</div>
            </Show>
        </dialog>
    }
}
