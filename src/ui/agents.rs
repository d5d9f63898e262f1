//! The agents: a list at the left, idle ones compact, and a panel with all of each.

use leptos::prelude::*;

use super::icon::{Glyph, Icon, RoleMark};
use super::intervene::AgentMenu;
use super::panel::Panel;
use super::pick::{Pick, classes};
use crate::view::agents::{AgentRow, AgentState, Agents, Proficiency};

/// Lists the agents beside the canvas: those at work in full, idle ones on one line each.
#[component]
pub fn AgentList(#[prop(into)] model: Signal<Agents>, pick: Pick) -> impl IntoView {
    let engaged = move || {
        let rows = model.with(|model| model.engaged.clone());
        rows.into_iter().map(|row| list_row(row, pick, false)).collect_view()
    };
    let idle = move || {
        let rows = model.with(|model| model.idle.clone());
        rows.into_iter().map(|row| list_row(row, pick, true)).collect_view()
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
                <p class="agents-head">"At work"<span>"performance score"</span></p>
            </Show>
            <ul class="agents">{engaged}</ul>
            <Show when=has_idle>
                <p class="agents-head">"Idle"<span>"performance score"</span></p>
            </Show>
            <ul class="agents agents-idle">{idle}</ul>
        </section>
    }
}

fn list_row(row: AgentRow, pick: Pick, compact: bool) -> impl IntoView {
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

/// Shows all of every agent.
#[component]
pub fn AgentsPanel(#[prop(into)] model: Signal<Agents>, pick: Pick) -> impl IntoView {
    let summary = Signal::derive(move || model.with(|model| model.summary.clone()));
    let cards = move || {
        let (engaged, idle) = model.with(|model| (model.engaged.clone(), model.idle.clone()));
        engaged.into_iter().chain(idle).map(|row| card(row, pick)).collect_view()
    };
    view! {
        <Panel title="Agents" summary=summary large=true on_open=None>
            <ul class="cards">{cards}</ul>
        </Panel>
    }
}

fn card(row: AgentRow, pick: Pick) -> impl IntoView {
    let (event, named, fresh) = (row.event, row.named, row.fresh);
    let own = format!("card agent-{}", row.state.name());
    let doing = doing(&row);
    let performance = if row.change.is_empty() {
        row.performance
    } else {
        format!("{} ({})", row.performance, row.change)
    };
    let coordinates = row.coordinates.then(|| {
        view! { <span class="badge"><Icon glyph=Glyph::Hub />"coordinator"</span> }
    });
    let skills = row.proficiencies.into_iter().map(proficiency).collect_view();
    view! {
        <li class=move || classes(&own, named, fresh, pick.is_some(event))>
            <header>
                <button
                    type="button"
                    class="card-name"
                    disabled=event.is_none()
                    on:click=move |_| pick.choose(event)
                >
                    <RoleMark mark=row.mark />
                    <b>{row.agent_id}</b>
                </button>
                {coordinates}
            </header>
            <p>{doing}</p>
            <dl class="facts">
                <div><dt>"Performance score"</dt><dd>{performance}</dd></div>
                <div><dt>"Slots held"</dt><dd><Slots held=row.held capacity=row.capacity /></dd></div>
                <div><dt>"Tasks completed"</dt><dd>{row.completed}</dd></div>
                <div><dt>"Messages"</dt><dd>{row.messages}</dd></div>
                <div><dt>"Time worked"</dt><dd>{row.worked}</dd></div>
            </dl>
            <ul class="skills" aria-label="Proficiency">{skills}</ul>
        </li>
    }
}

fn proficiency(skill: Proficiency) -> impl IntoView {
    view! {
        <li class="meter">
            <span class="meter-name">{skill.name}</span>
            <span class="meter-track"><i style:width=format!("{}%", skill.percent)></i></span>
            <span class="meter-value">{skill.value}</span>
        </li>
    }
}
