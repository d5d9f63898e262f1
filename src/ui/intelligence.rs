//! The intelligence panel: measures, their course, agents compared, pairs of roles, patterns.

use leptos::prelude::*;

use super::chart::{Dot, LineChart};
use super::icon::RoleMark;
use super::panel::Panel;
use super::pick::classes;
use super::terms::{Explained, Means};
use crate::view::intelligence::{
    Collaboration, Compared, Course, Intelligence, Measure, PatternRow, Point,
};

/// Shows how well the whole works and what it has learned.
#[component]
pub fn IntelligencePanel(#[prop(into)] model: Signal<Intelligence>) -> impl IntoView {
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
                    {move || measures.get().into_iter().map(measure).collect_view()}
                </dl>
                <section>
                    <h3>"Over the run"</h3>
                    <div class="charts">{move || courses.get().into_iter().map(chart).collect_view()}</div>
                </section>
                <section>
                    <h3><Means of="Pattern" words="Patterns" /></h3>
                    {move || {
                        let patterns = patterns.get();
                        if patterns.is_empty() {
                            view! { <p class="dim">{nothing()}</p> }.into_any()
                        } else {
                            let rows = patterns.into_iter().map(pattern).collect_view();
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
                            let rows = pairs.into_iter().map(pair).collect_view();
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
                        <tbody>{move || agents.get().into_iter().map(agent).collect_view()}</tbody>
                    </table>
                </section>
            </div>
        </Panel>
    }
}

fn measure(measure: Measure) -> impl IntoView {
    let Measure { name, title, value, basis, meaning } = measure;
    view! {
        <div class="metric" data-testid="metric" data-metric=name>
            <dt><Explained words=title meaning=meaning /></dt>
            <dd><b>{value}</b> <span class="dim">{basis}</span></dd>
        </div>
    }
}

fn chart(course: Course) -> impl IntoView {
    let Course { title, meaning, top, points, last } = course;
    let dot = |point: Point| {
        let Point { x, y, when, value } = point;
        Dot { x, y, when, value }
    };
    let dots = points.into_iter().map(dot).collect::<Vec<_>>();
    view! { <LineChart title=title top=top last=last meaning=meaning dots=dots /> }
}

fn pattern(row: PatternRow) -> impl IntoView {
    let PatternRow { sentence, effect, interval, count, chance } = row;
    view! {
        <li class="pattern" data-testid="pattern">
            <p>{sentence}</p>
            <p class="dim">
                <span>{format!("size {effect}")}</span>
                <span>{format!("95 % interval {interval}")}</span>
                <span>{count}</span>
                <span>{chance}</span>
            </p>
        </li>
    }
}

fn pair(row: Collaboration) -> impl IntoView {
    view! { <tr><td>{row.roles}</td><td>{row.tasks}</td><td>{row.quality}</td></tr> }
}

fn agent(row: Compared) -> impl IntoView {
    let bar = |percent: u32, words: String| {
        view! {
            <span class="cell-bar">
                <span class="meter-track"><i style:width=format!("{percent}%")></i></span>
                {words}
            </span>
        }
    };
    view! {
        <tr class=classes("", false, row.fresh, false)>
            <th scope="row"><span class="cell-agent"><RoleMark mark=row.mark /> {row.agent_id}</span></th>
            <td>{bar(row.performance_percent, row.performance)}</td>
            <td>{bar(row.utilization_percent, row.utilization)}</td>
            <td class="figure">{row.tasks}</td>
            <td class="figure">{row.communication}</td>
            <td class="figure">{row.knowledge}</td>
            <td class="figure">{row.cost}</td>
        </tr>
    }
}
