//! The schedule: bars of work over virtual time, with a line at now.

use leptos::prelude::*;

use super::icon::RoleMark;
use super::pick::{Pick, classes};
use crate::view::schedule::{Bar, Schedule};

/// Shows when each subtask was worked on.
#[component]
pub fn ScheduleChart(#[prop(into)] model: Signal<Schedule>, pick: Pick) -> impl IntoView {
    let chart = move || {
        let schedule = model.get();
        if schedule.bars.is_empty() {
            return None;
        }
        let ticks = schedule.ticks.iter().map(|tick| {
            let left = along(&schedule, tick.at_us);
            view! { <span class="tick" style:left=left>{tick.label.clone()}</span> }
        });
        let ticks = ticks.collect_view();
        let now = along(&schedule, schedule.now_us);
        let bars =
            schedule.bars.iter().map(|bar| bar_row(&schedule, bar.clone(), pick)).collect_view();
        let yardstick = (!schedule.yardstick.is_empty()).then(|| {
            let words = schedule.yardstick.clone();
            view! { <p class="panel-summary" data-testid="yardstick">{words}</p> }
        });
        Some(view! {
            <section class="gantt" aria-label="Schedule">
                <header class="gantt-head">
                    <h3>"Schedule"</h3>
                    <p class="panel-summary">{schedule.summary.clone()}</p>
                </header>
                {yardstick}
                <div class="gantt-rows">
                    <div class="gantt-axis" aria-hidden="true">
                        {ticks}
                        <span class="gantt-now" style:left=now></span>
                    </div>
                    {bars}
                </div>
            </section>
        })
    };
    view! { {chart} }
}

/// Returns how far along the axis a time stands, in percent.
fn along(schedule: &Schedule, at_us: u64) -> String {
    let span = schedule.to_us.saturating_sub(schedule.from_us).max(1);
    let passed = at_us.saturating_sub(schedule.from_us).min(span);
    format!("{:.3}%", passed as f64 / span as f64 * 100.0)
}

fn bar_row(schedule: &Schedule, bar: Bar, pick: Pick) -> impl IntoView + use<> {
    let left = along(schedule, bar.start_us);
    let from_start = schedule.from_us.saturating_add(bar.end_us.saturating_sub(bar.start_us));
    let width = along(schedule, from_start);
    let state = bar.state.name();
    let critical = if bar.critical { " bar-critical" } else { "" };
    let own = format!("gantt-bar bar-{state}{critical} hue-{}", bar.mark.hue);
    let spoken = format!("{}: {} by {}, {state}", bar.title, bar.length, bar.agent_id);
    let (event, named) = (bar.event, bar.named);
    view! {
        <div class="gantt-row">
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
                    on:click=move |_| pick.select.run(event)
                >
                    <span class="gantt-words">{format!("{} · {}", bar.agent_id, bar.length)}</span>
                </button>
            </span>
        </div>
    }
}
