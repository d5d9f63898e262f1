//! The agents: a list at the left, idle ones compact, and a panel with the mind of one of them.

mod mind;

use leptos::html;
use leptos::prelude::*;

use self::mind::mind_of;
use super::icon::RoleMark;
use super::intervene::AgentMenu;
use super::panel::Panel;
use super::pick::{Pick, classes};
use super::rows::window_of;
use super::terms::Means;
use crate::view::agents::mind::Mind;
use crate::view::agents::{AgentRow, AgentState, Agents};

/// Lists the agents beside the canvas: those at work in full, idle ones on one line each.
#[component]
pub fn AgentList(#[prop(into)] model: Signal<Agents>, pick: Pick) -> impl IntoView {
    // Where many are at work, each takes one line, so that both lists can be drawn in part.
    let short = Memo::new(move |_| model.with(|model| model.engaged.len() <= SHORT_MAX));
    let engaged = move || {
        let rows = model.with(|model| model.engaged.clone());
        rows.into_iter().map(|row| list_row(row, pick, false, None)).collect_view()
    };
    let busy = move || {
        if short.get() {
            return view! { <ul class="agents">{engaged}</ul> }.into_any();
        }
        view! { <LongList model=model rows=|model| &model.engaged pick=pick /> }.into_any()
    };
    let has_engaged = move || model.with(|model| !model.engaged.is_empty());
    let has_idle = move || model.with(|model| !model.idle.is_empty());
    view! {
        <section class="side-section" aria-label="Agents at a glance">
            <header class="side-head">
                <h2>"Agents"</h2>
                <p class="dim">{move || model.with(|model| model.summary.clone())}</p>
            </header>
            <Show when=has_engaged>
                <p class="agents-head">"At work"<span><Means of="Performance score" words="performance score" /></span></p>
            </Show>
            {busy}
            <Show when=has_idle>
                <p class="agents-head">
                    "Idle"
                    <Show when=move || !has_engaged()>
                        <span><Means of="Performance score" words="performance score" /></span>
                    </Show>
                </p>
            </Show>
            <LongList model=model rows=|model| &model.idle pick=pick />
        </section>
    }
}

/// Agents at work that are shown in full; more are shown on a line each.
const SHORT_MAX: usize = 24;
/// How high a compact line of the list is [px]; the style sheet says the same.
const COMPACT_PX: f64 = 24.0;

/// Draws those of many agents that are in view, a line each.
#[component]
fn LongList(
    model: Signal<Agents>,
    /// Which of the agents.
    rows: fn(&Agents) -> &Vec<AgentRow>,
    pick: Pick,
) -> impl IntoView {
    let node: NodeRef<html::Div> = NodeRef::new();
    let count = Memo::new(move |_| model.with(|model| rows(model).len()));
    let seen = window_of(node, COMPACT_PX, count.into());
    let drawn = move || {
        let seen = seen.get();
        model.with(|model| {
            let part = rows(model).iter().enumerate().take(seen.end).skip(seen.first);
            part.map(|(at, row)| list_row(row.clone(), pick, true, Some(at as f64 * COMPACT_PX)))
                .collect_view()
        })
    };
    view! {
        <div node_ref=node>
            <ul
                class="agents agents-idle"
                style:height=move || format!("{}px", count.get() as f64 * COMPACT_PX)
            >
                {drawn}
            </ul>
        </div>
    }
}

fn list_row(row: AgentRow, pick: Pick, compact: bool, top: Option<f64>) -> impl IntoView {
    let (event, named, fresh, state) = (row.event, row.named, row.fresh, row.state.name());
    let own = format!("agent agent-{state}");
    let agent_id = row.agent_id.clone();
    let menu_of = row.agent_id.clone();
    let more = (!compact).then(|| {
        view! {
            <span class="agent-doing">{doing(&row)}</span>
            <Slots held=row.held capacity=row.capacity />
        }
    });
    view! {
        <li
            class=move || classes(&own, named, fresh, pick.is_some(event))
            style:top=top.map(|top| format!("{top}px"))
            data-testid="agent"
            data-agent=agent_id
            data-role=row.role
            data-state=state
        >
            <button
                type="button"
                disabled=event.is_none()
                title=format!("{}, {}", row.role_title, row.doing)
                on:click=move |_| pick.choose(event)
            >
                <RoleMark mark=row.mark />
                <span class="agent-id">{row.agent_id}</span>
                <span class="agent-score" title="Performance score, 0 to 100">{row.performance}</span>
                {more}
            </button>
            <AgentMenu agent_id=menu_of />
        </li>
    }
}

fn doing(row: &AgentRow) -> String {
    match row.state {
        AgentState::Idle | AgentState::Busy => row.doing.clone(),
        trouble => format!("{} · {}", trouble.name(), row.doing),
    }
}

/// Draws an agent's slots, held ones filled, with the words beside them.
#[component]
pub fn Slots(held: u32, capacity: u32) -> impl IntoView {
    let words = format!("{held} of {capacity} slots");
    // More than a hand of little boxes cannot be counted at a glance; words can.
    let boxes = (capacity <= 5).then(|| {
        let boxes =
            (0..capacity).map(|slot| view! { <i class:is-held=slot < held></i> }).collect_view();
        view! { <span class="slot-boxes" aria-hidden="true">{boxes}</span> }
    });
    view! { <span class="slots">{boxes} {words}</span> }
}

/// How high an agent's line in the panel is [px]; the style sheet says the same.
const LINE_PX: f64 = 44.0;

/// Lists the agents, and shows the mind of one of them.
#[component]
pub fn AgentsPanel(
    #[prop(into)] model: Signal<Agents>,
    /// The mind that is shown; none where there is no agent.
    #[prop(into)]
    mind: Signal<Option<Mind>>,
    /// The agent that the user chose; without one the turn decides.
    chosen: RwSignal<Option<String>>,
    pick: Pick,
) -> impl IntoView {
    let summary = Signal::derive(move || model.with(|model| model.summary.clone()));
    let node: NodeRef<html::Div> = NodeRef::new();
    let count = Memo::new(move |_| model.with(|model| model.engaged.len() + model.idle.len()));
    let seen = window_of(node, LINE_PX, count.into());
    let shown =
        Memo::new(move |_| mind.with(|mind| mind.as_ref().map(|mind| mind.row.agent_id.clone())));
    let rows = move || {
        let seen = seen.get();
        let current = shown.get();
        model.with(|model| {
            let all = model.engaged.iter().chain(&model.idle).enumerate();
            let part = all.skip(seen.first).take(seen.end.saturating_sub(seen.first));
            part.map(|(at, row)| {
                let is_current = current.as_deref() == Some(&row.agent_id);
                line(row.clone(), at as f64 * LINE_PX, is_current, chosen)
            })
            .collect_view()
        })
    };
    let follows = move || chosen.with(Option::is_none);
    view! {
        <Panel title="Agents" summary=summary large=true on_open=None>
            <div class="minds">
                <div class="mind-list">
                    <button
                        type="button"
                        class="button-small"
                        aria-pressed=move || follows().to_string()
                        on:click=move |_| chosen.set(None)
                    >
                        {move || if follows() { "Follows whoever acts" } else { "Follow whoever acts" }}
                    </button>
                    <div
                        class="mind-lines"
                        role="group"
                        aria-label="Agents"
                        node_ref=node
                        style:height=move || format!("{}px", count.get() as f64 * LINE_PX)
                    >
                        {rows}
                    </div>
                </div>
                {move || mind.get().map(|mind| mind_of(mind, pick))}
            </div>
        </Panel>
    }
}

fn line(row: AgentRow, top: f64, current: bool, chosen: RwSignal<Option<String>>) -> impl IntoView {
    let own = format!("mind-line agent-{}", row.state.name());
    let class = classes(&own, row.named, row.fresh, false);
    let said = doing(&row);
    let title = format!("{}, {said}", row.role_title);
    let id = row.agent_id.clone();
    view! {
        <button
            type="button"
            class=class
            class:is-current=current
            aria-pressed=current.to_string()
            style:top=format!("{top}px")
            title=title
            on:click=move |_| chosen.set(Some(id.clone()))
        >
            <RoleMark mark=row.mark />
            <span class="agent-id">{row.agent_id}</span>
            <span class="agent-score" title="Performance score, 0 to 100">{row.performance}</span>
            <span class="mind-doing">{said}</span>
        </button>
    }
}
