//! The intelligence panel: measures, their course, agents compared, pairs of roles, patterns.

use leptos::prelude::*;

use super::chart::{Dot, LineChart};
use super::icon::RoleMark;
use super::panel::Panel;
use super::pick::{Pick, classes};
use super::terms::{Explained, Means};
use crate::view::intelligence::{
    Collaboration, Compared, Course, Intelligence, Measure, PatternRow, Point,
};

/// Shows how well the whole works and what it has learned.
#[component]
pub fn IntelligencePanel(#[prop(into)] model: Signal<Intelligence>, pick: Pick) -> impl IntoView {
    let summary = Signal::derive(move || model.with(|model| model.summary.clone()));
    let measures = Memo::new(move |_| model.with(|model| model.measures.clone()));
    let courses = Memo::new(move |_| model.with(|model| model.courses.clone()));
    let agents = Memo::new(move |_| model.with(|model| model.agents.clone()));
    let pairs = Memo::new(move |_| model.with(|model| model.collaborations.clone()));
    let patterns = Memo::new(move |_| model.with(|model| model.patterns.clone()));
    let nothing = move || model.with(|model| model.without_patterns.clone());
    view! {
        <Panel title="Intelligence" summary=summary large=true on_open=None>
            <div class="intel">
                <dl class="metrics">
                    {move || measures.get().into_iter().map(|row| measure(row, pick)).collect_view()}
                </dl>
                <section>
                    <h3>"Over the run"</h3>
                    <div class="charts">{move || courses.get().into_iter().map(|course| chart(course, pick)).collect_view()}</div>
                </section>
                <section>
                    <h3><Means of="Pattern" words="Patterns" /></h3>
                    {move || {
                        let patterns = patterns.get();
                        if patterns.is_empty() {
                            view! { <p class="dim">{nothing()}</p> }.into_any()
                        } else {
                            let rows = patterns.into_iter().map(|row| pattern(row, pick)).collect_view();
                            view! { <ol class="patterns">{rows}</ol> }.into_any()
                        }
                    }}
                </section>
                <section>
                    <h3>"Collaborations with the most success"</h3>
                    {move || {
                        let pairs = pairs.get();
                        if pairs.is_empty() {
                            view! { <p class="dim">"No task with two roles has succeeded yet."</p> }.into_any()
                        } else {
                            let rows = pairs.into_iter().map(|row| pair(row, pick)).collect_view();
                            view! {
                                <table class="table">
                                    <thead><tr><th>"Roles"</th><th>"Tasks"</th><th>"Outcome quality"</th></tr></thead>
                                    <tbody>{rows}</tbody>
                                </table>
                            }
                            .into_any()
                        }
                    }}
                </section>
                <section class="intel-agents">
                    <h3>"Agents compared"</h3>
                    <table class="table">
                        <thead>
                            <tr>
                                <th>"Agent"</th>
                                <th><Means of="Performance score" /></th>
                                <th><Means of="Utilization" /></th>
                                <th class="figure">"Tasks"</th>
                                <th class="figure"><Explained words="Communication" meaning="Share of its messages that were read in time to matter." /></th>
                                <th class="figure"><Explained words="Knowledge" meaning="Share of the knowledge read by others that it wrote." /></th>
                                <th class="figure">"Work cost"</th>
                            </tr>
                        </thead>
                        <tbody>{move || agents.get().into_iter().map(|row| agent(row, pick)).collect_view()}</tbody>
                    </table>
                </section>
            </div>
        </Panel>
    }
}

fn measure(measure: Measure, pick: Pick) -> impl IntoView {
    let Measure { name, title, value, basis, meaning, event } = measure;
    view! {
        <div
            class=move || classes("metric", false, false, pick.is_some(event))
            data-testid="metric"
            data-metric=name
        >
            <dt><Explained words=title meaning=meaning /></dt>
            <dd>
                <button type="button" disabled=event.is_none() on:click=move |_| pick.choose(event)>
                    <b>{value}</b> <span class="dim">{basis}</span>
                </button>
            </dd>
        </div>
    }
}

fn chart(course: Course, pick: Pick) -> impl IntoView {
    let Course { title, meaning, top, points, last } = course;
    let dot = |point: Point| {
        let Point { x, y, when, value, event } = point;
        Dot { x, y, when, value, event }
    };
    let dots = points.into_iter().map(dot).collect::<Vec<_>>();
    view! { <LineChart title=title top=top last=last meaning=meaning dots=dots pick=pick /> }
}

fn pattern(row: PatternRow, pick: Pick) -> impl IntoView {
    let PatternRow { sentence, effect, interval, count, chance, event } = row;
    view! {
        <li class=move || classes("pattern", false, false, pick.is_some(event)) data-testid="pattern">
            <p>
                <button type="button" disabled=event.is_none() on:click=move |_| pick.choose(event)>{sentence}</button>
            </p>
            <p class="dim">
                <span>{format!("size {effect}")}</span>
                <span>{format!("95 % interval {interval}")}</span>
                <span>{count}</span>
                <span>{chance}</span>
            </p>
        </li>
    }
}

fn pair(row: Collaboration, pick: Pick) -> impl IntoView {
    let event = row.event;
    view! {
        <tr class=move || classes("is-pickable", false, false, pick.is_some(event)) on:click=move |_| pick.choose(event)>
            <td><button type="button" disabled=event.is_none()>{row.roles}</button></td>
            <td>{row.tasks}</td>
            <td>{row.quality}</td>
        </tr>
    }
}

fn agent(row: Compared, pick: Pick) -> impl IntoView {
    let (event, fresh) = (row.event, row.fresh);
    let bar = |percent: u32, words: String| {
        view! {
            <span class="cell-bar">
                <span class="meter-track"><i style:width=format!("{percent}%")></i></span>
                {words}
            </span>
        }
    };
    view! {
        <tr
            class=move || classes("is-pickable", false, fresh, pick.is_some(event))
            on:click=move |_| pick.choose(event)
        >
            <th scope="row">
                <button type="button" class="cell-agent" disabled=event.is_none()>
                    <RoleMark mark=row.mark /> {row.agent_id}
                </button>
            </th>
            <td>{bar(row.performance_percent, row.performance)}</td>
            <td>{bar(row.utilization_percent, row.utilization)}</td>
            <td class="figure">{row.tasks}</td>
            <td class="figure">{row.communication}</td>
            <td class="figure">{row.knowledge}</td>
            <td class="figure">{row.cost}</td>
        </tr>
    }
}
