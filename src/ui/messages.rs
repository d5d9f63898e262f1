//! The messages panel: rows of words beside a space-time diagram of who told whom when.

mod art;
mod heads;
mod tools;
mod words;

use leptos::html;
use leptos::prelude::*;
use leptos::web_sys;

use self::art::Drawing;
use self::heads::Heads;
use self::tools::Tools;
use self::words::Rows;
use super::panel::{Nothing, Panel};
use super::pick::Pick;
use super::rows::window_of;
use crate::view::messages::Messages;
use crate::view::messages::query::{Filter, Part};

/// How high a row is [px]; the style sheet's `--row` says the same.
pub(super) const ROW_PX: f64 = 26.0;

/// What the user looks at in the talk. Copies are handles to the same.
#[derive(Clone, Copy)]
pub struct TalkChoice {
    /// What passes.
    pub filter: RwSignal<Filter>,
    /// Which rows are in view, and the lanes.
    pub part: RwSignal<Part>,
}

impl TalkChoice {
    /// Looks at everything, from the beginning.
    pub fn everything() -> TalkChoice {
        TalkChoice {
            filter: RwSignal::new(Filter::default()),
            part: RwSignal::new(Part { end: 64, ..Part::default() }),
        }
    }

    /// Looks at everything again.
    pub fn forget(self) {
        self.filter.set(Filter::default());
        self.part.set(Part { end: 64, ..Part::default() });
    }
}

/// Shows the last messages of the selected task, without filters.
#[component]
pub fn MessagesPanel(
    #[prop(into)] model: Signal<Messages>,
    pick: Pick,
    large: bool,
    #[prop(optional_no_strip)] on_open: Option<Callback<()>>,
) -> impl IntoView {
    let summary = Signal::derive(move || model.with(|model| model.summary.clone()));
    let end: NodeRef<html::P> = NodeRef::new();
    // The last row is what is going on: whenever rows come or go, it is brought into view.
    let count = Memo::new(move |_| model.with(|model| (model.total, model.now.clone())));
    Effect::new(move |_| {
        count.track();
        if let Some(end) = end.get() {
            scroll_to(end);
        }
    });
    let some = Memo::new(move |_| model.with(|model| !model.rows.is_empty()));
    let shown = Memo::new(move |_| model.with(|model| model.rows.len()));
    let lanes = Memo::new(move |_| model.with(|model| model.lanes.clone()));
    // The first of the rows shown stands at the top.
    let origin = Memo::new(move |_| model.with(|model| model.earlier));
    let heads = move || lanes.get().into_iter().map(heads::plain).collect_view();
    view! {
        <Panel title="Messages" summary=summary large=large on_open=on_open>
            <Show
                when=move || some.get()
                fallback=|| view! { <Nothing words="Nobody has said anything yet." /> }
            >
                <div class="talk" style=move || format!("--lanes:{}", lanes.with(Vec::len))>
                    <div class="talk-head" aria-hidden="true">{heads}</div>
                    <div
                        class="talk-body"
                        style:height=move || format!("{}px", shown.get() as f64 * ROW_PX + 20.0)
                    >
                        <Rows model=model origin=origin pick=pick />
                        <Drawing model=model origin=origin past=false />
                        <p class="talk-now" node_ref=end>
                            <span>{move || count.with(|(_, now)| now.clone())}</span>
                        </p>
                    </div>
                </div>
            </Show>
        </Panel>
    }
}

/// Scrolls the panel, and nothing around it, to its end, once its neighbors have taken their room: a
/// diagram is as high as it will be in the frame after the one in which its width is told.
fn scroll_to(end: web_sys::HtmlParagraphElement) {
    let scroll = move || {
        if let Ok(Some(body)) = end.closest(".panel-body") {
            body.set_scroll_top(body.scroll_height());
        }
    };
    request_animation_frame(move || request_animation_frame(scroll));
}

/// Shows the whole talk: filters, lanes that move and hide, only the rows in view drawn.
#[component]
pub fn TalkPanel(
    #[prop(into)] model: Signal<Messages>,
    choice: TalkChoice,
    pick: Pick,
    /// Whether a selected event's past is set apart.
    #[prop(into)]
    past: Signal<bool>,
) -> impl IntoView {
    let summary = Signal::derive(move || model.with(|model| model.summary.clone()));
    let some = Memo::new(move |_| model.with(|model| model.of > 0));
    let total = Memo::new(move |_| model.with(|model| model.total));
    let lanes = Memo::new(move |_| model.with(|model| model.lanes.clone()));
    let now = Memo::new(move |_| model.with(|model| model.now.clone()));
    let node: NodeRef<html::Div> = NodeRef::new();
    let end: NodeRef<html::P> = NodeRef::new();
    let seen = window_of(node, ROW_PX, total.into());
    Effect::new(move |_| {
        let seen = seen.get();
        choice.part.update(|part| (part.first, part.end) = (seen.first, seen.end));
    });
    // Who looks at the end stays there while rows come; who looks elsewhere is left alone.
    Effect::new(move |before: Option<usize>| {
        let total = total.get();
        let followed = before.is_none_or(|before| seen.get_untracked().shows_end(before));
        if let (Some(end), true) = (end.get(), followed) {
            scroll_to(end);
        }
        total
    });
    view! {
        <Panel title="Messages" summary=summary large=true on_open=None>
            <Show
                when=move || some.get()
                fallback=|| view! { <Nothing words="Nobody has said anything yet." /> }
            >
                <div
                    class="talk talk-whole"
                    class:is-past=move || past.get()
                    style=move || format!("--lanes:{}", lanes.with(Vec::len))
                >
                    <div class="talk-top">
                        <Tools model=model choice=choice past=past />
                        <Heads lanes=lanes choice=choice />
                    </div>
                    <div
                        class="talk-body"
                        node_ref=node
                        style:height=move || format!("{}px", total.get() as f64 * ROW_PX + 20.0)
                    >
                        <Rows model=model origin=0 pick=pick />
                        <Drawing model=model origin=0 past=past />
                        <p class="talk-now" node_ref=end><span>{move || now.get()}</span></p>
                    </div>
                </div>
            </Show>
        </Panel>
    }
}
