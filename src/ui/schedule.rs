//! The schedule: bars of work over virtual time, what is still to come as outlines, a line at now.

use leptos::html;
use leptos::prelude::*;

use super::icon::RoleMark;
use super::pick::{Pick, classes};
use super::plan::link::Link;
use super::rows::window_of;
use crate::view::schedule::coming::Coming;
use crate::view::schedule::{Bar, Schedule};

/// How high a row is [px]; the style sheet says the same.
const ROW_PX: f64 = 25.0;

/// Shows when each subtask was worked on, and when the others can be expected.
#[component]
pub fn ScheduleChart(
    #[prop(into)] model: Signal<Schedule>,
    pick: Pick,
    link: Link,
) -> impl IntoView {
    let node: NodeRef<html::Div> = NodeRef::new();
    let count = Memo::new(move |_| model.with(|model| model.bars.len() + model.coming.len()));
    let seen = window_of(node, ROW_PX, count.into());
    let summary = move || model.with(|model| model.summary.clone());
    let yardstick = move || {
        let words = model.with(|model| model.yardstick.clone());
        (!words.is_empty())
            .then(|| view! { <p class="panel-summary" data-testid="yardstick">{words}</p> })
    };
    let axis = move || {
        model.with(|schedule| {
            let ticks = schedule.ticks.iter().map(|tick| {
                let left = along(schedule, tick.at_us);
                // Where no room is left to its right, a label stands at the left of its line.
                let late = tick.at_us.saturating_sub(schedule.from_us) * 8
                    > schedule.to_us.saturating_sub(schedule.from_us) * 7;
                let class = if late { "tick tick-late" } else { "tick" };
                view! { <span class=class style:left=left>{tick.label.clone()}</span> }
            });
            let now = along(schedule, schedule.now_us);
            view! {
                {ticks.collect_view()}
                <span class="gantt-now" style:left=now></span>
            }
        })
    };
    let rows = move || {
        let seen = seen.get();
        model.with(|schedule| {
            let bars = schedule.bars.len();
            let drawn = (seen.first..seen.end.min(bars + schedule.coming.len())).filter_map(|at| {
                let top = format!("{}px", at as f64 * ROW_PX);
                if let Some(bar) = schedule.bars.get(at) {
                    return Some(bar_row(schedule, bar.clone(), top, pick, link).into_any());
                }
                let coming = schedule.coming.get(at - bars)?;
                Some(coming_row(schedule, coming.clone(), top, pick, link).into_any())
            });
            drawn.collect_view()
        })
    };
    view! {
        <Show when=move || { count.get() > 0 }>
            <section class="gantt" aria-label="Schedule">
                <header class="gantt-head">
                    <h3>"Schedule"</h3>
                    <p class="panel-summary">{summary}</p>
                </header>
                {yardstick}
                <div class="gantt-rows">
                    <div class="gantt-axis" aria-hidden="true">{axis}</div>
                    <div
                        class="gantt-list"
                        node_ref=node
                        style:height=move || format!("{}px", count.get() as f64 * ROW_PX)
                    >
                        {rows}
                    </div>
                </div>
            </section>
        </Show>
    }
}

/// Returns how far along the axis a time stands, in percent.
fn along(schedule: &Schedule, at_us: u64) -> String {
    let span = schedule.to_us.saturating_sub(schedule.from_us).max(1);
    let passed = at_us.saturating_sub(schedule.from_us).min(span);
    format!("{:.3}%", passed as f64 / span as f64 * 100.0)
}

/// Returns how wide a stretch is on the axis, in percent.
fn width(schedule: &Schedule, from_us: u64, to_us: u64) -> String {
    along(schedule, schedule.from_us.saturating_add(to_us.saturating_sub(from_us)))
}

fn bar_row(
    schedule: &Schedule,
    bar: Bar,
    top: String,
    pick: Pick,
    link: Link,
) -> impl IntoView + use<> {
    let left = along(schedule, bar.start_us);
    let width = width(schedule, bar.start_us, bar.end_us);
    let state = bar.state.name();
    let critical = if bar.critical { " bar-critical" } else { "" };
    let own = format!("gantt-bar bar-{state}{critical} hue-{}", bar.mark.hue);
    let spoken = format!("{}: {} by {}, {state}", bar.title, bar.length, bar.agent_id);
    let (event, named) = (bar.event, bar.named);
    let id = StoredValue::new(bar.subtask_id.clone());
    view! {
        <div class="gantt-row" class:is-linked=move || id.with_value(|id| link.is(id)) style:top=top>
            <span class="gantt-label">
                <RoleMark mark=bar.mark />
                {bar.title}
            </span>
            <span class="gantt-track">
                <button
                    type="button"
                    class=move || classes(&own, named, false, pick.is(event))
                    style:left=left
                    style:width=width
                    title=spoken.clone()
                    aria-label=spoken.clone()
                    data-testid="gantt-bar"
                    data-subtask=bar.subtask_id
                    data-agent=bar.agent_id.clone()
                    data-start-us=bar.start_us
                    data-end-us=bar.end_us
                    on:mouseenter=move |_| id.with_value(|id| link.enter(id))
                    on:mouseleave=move |_| link.leave()
                    on:click=move |_| {
                        id.with_value(|id| link.keep(id));
                        pick.select.run(event);
                    }
                >
                    <span class="gantt-words">{format!("{} · {}", bar.agent_id, bar.length)}</span>
                </button>
            </span>
        </div>
    }
}

fn coming_row(
    schedule: &Schedule,
    coming: Coming,
    top: String,
    pick: Pick,
    link: Link,
) -> impl IntoView + use<> {
    let left = along(schedule, coming.start_us);
    let long = width(schedule, coming.start_us, coming.end_us);
    let after = along(schedule, coming.end_us);
    let spare = width(schedule, coming.end_us, coming.latest_us.min(schedule.to_us));
    let critical = if coming.critical { " bar-critical" } else { "" };
    let own = format!("gantt-coming{critical}");
    let (event, named) = (coming.event, coming.named);
    let id = StoredValue::new(coming.subtask_id.clone());
    let slack = (coming.latest_us > coming.end_us).then(|| {
        view! { <i class="gantt-slack" style:left=after style:width=spare></i> }
    });
    view! {
        <div class="gantt-row" class:is-linked=move || id.with_value(|id| link.is(id)) style:top=top>
            <span class="gantt-label">
                <RoleMark mark=coming.mark />
                {coming.title}
            </span>
            <span class="gantt-track">
                {slack}
                <button
                    type="button"
                    class=move || classes(&own, named, false, pick.is_some(event))
                    style:left=left
                    style:width=long
                    title=coming.words.clone()
                    aria-label=coming.words
                    data-coming=coming.subtask_id
                    on:mouseenter=move |_| id.with_value(|id| link.enter(id))
                    on:mouseleave=move |_| link.leave()
                    on:click=move |_| {
                        id.with_value(|id| link.keep(id));
                        pick.choose(event);
                    }
                >
                    <span class="gantt-words">{coming.state.name()}</span>
                </button>
            </span>
        </div>
    }
}
