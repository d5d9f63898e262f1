//! The schedule: when each subtask was really worked on, by whom, in virtual time.

pub mod coming;

use self::coming::Coming;
use super::focus::Name;
use super::lens::Lens;
use super::mark::Mark;
use super::plan::NodeState;
use super::plan::{CriticalPath, node_state};
use crate::kernel::time::Micros;
use crate::model::id::SubtaskIx;
use crate::session::yardstick::{Yardstick, makespan};
use crate::sim::world::task::TaskState;
use crate::text::units;

/// One stretch of work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// The subtask.
    pub subtask_id: String,
    /// Its name in words.
    pub title: String,
    /// Who works.
    pub agent_id: String,
    /// The role's mark.
    pub mark: Mark,
    /// When it started [µs].
    pub start_us: u64,
    /// When it ended, or now while it runs [µs].
    pub end_us: u64,
    /// How long, in words.
    pub length: String,
    /// Where the subtask stands.
    pub state: NodeState,
    /// Whether it lies on the critical path.
    pub critical: bool,
    /// The event that started it.
    pub event: u64,
    /// Whether the narration names it.
    pub named: bool,
}

/// A mark on the time axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tick {
    /// Where [µs].
    pub at_us: u64,
    /// What it says.
    pub label: String,
}

/// The selected task's schedule so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// Sum of work over time taken, in words.
    pub summary: String,
    /// What the time taken is held against, once all is done: the lower bound and HEFT.
    pub yardstick: String,
    /// In the order of their starts.
    pub bars: Vec<Bar>,
    /// What has not begun, by its expected start.
    pub coming: Vec<Coming>,
    /// Where the axis begins [µs].
    pub from_us: u64,
    /// Where the axis ends [µs].
    pub to_us: u64,
    /// Now [µs].
    pub now_us: u64,
    /// Round times in between.
    pub ticks: Vec<Tick>,
}

/// Returns round times between two, about as many as wished for.
///
/// The step is 1, 2 or 5 times a power of ten below a minute, else a round number of minutes.
pub fn ticks(from_us: u64, to_us: u64, wished: u64) -> Vec<Tick> {
    let span = to_us.saturating_sub(from_us);
    if span == 0 {
        return Vec::new();
    }
    let step = round_step(span / wished.max(1));
    let first = from_us.div_ceil(step);
    // A label at the very end would have no room.
    let last = (to_us - span / 20) / step;
    (first..=last).map(|n| Tick { at_us: n * step, label: axis_time(n * step, step) }).collect()
}

fn round_step(least: u64) -> u64 {
    const MINUTE: u64 = 60_000_000;
    const LONG: [u64; 8] = [1, 2, 5, 10, 30, 60, 120, 360];
    let mut scale = 1_u64;
    while scale <= 10_000_000 {
        for factor in [1, 2, 5] {
            if scale * factor >= least {
                return scale * factor;
            }
        }
        scale *= 10;
    }
    let long = LONG.iter().map(|minutes| minutes * MINUTE).find(|step| *step >= least);
    long.unwrap_or_else(|| least.div_ceil(360 * MINUTE).max(1) * 360 * MINUTE)
}

/// Writes a time on an axis with no more decimals than its step needs.
fn axis_time(us: u64, step: u64) -> String {
    const SECOND: u64 = 1_000_000;
    if step >= 60 * SECOND {
        let minutes = us / (60 * SECOND);
        return if minutes >= 60 {
            format!("{} h {:02}", minutes / 60, minutes % 60)
        } else {
            format!("{minutes} min")
        };
    }
    if step >= SECOND {
        return format!("{} s", us / SECOND);
    }
    if step >= 10_000 {
        let decimals = if step >= 100_000 { 1 } else { 2 };
        let scale = 10_u64.pow(decimals as u32);
        let parts = us * scale / SECOND;
        return format!("{}.{:0decimals$} s", parts / scale, parts % scale);
    }
    if step >= 1_000 { format!("{} ms", us / 1_000) } else { format!("{us} µs") }
}

/// Shows how the selected task was worked on so far.
pub fn schedule(lens: &Lens<'_>) -> Schedule {
    let Some(task) = lens.task_state() else {
        let (from_us, to_us, now_us) = (0, 0, 0);
        return Schedule {
            summary: String::new(),
            yardstick: String::new(),
            bars: Vec::new(),
            coming: Vec::new(),
            from_us,
            to_us,
            now_us,
            ticks: Vec::new(),
        };
    };
    let path = CriticalPath::of(lens, task);
    let now = task.ended.map_or(lens.world().now, |ended| ended.at.min(lens.world().now));
    let spans = lens.history.work.iter().filter(|span| holds(task, span.subtask));
    let mut bars = Vec::new();
    let mut sum = Micros::ZERO;
    let mut first = None;
    for span in spans {
        let Some(state) = lens.world().subtasks.get(span.subtask.at()) else { continue };
        let end = span.end.unwrap_or(now).max(span.start);
        first.get_or_insert(span.start);
        sum = sum.after(end.since(span.start));
        let title = lens.subtask_title(span.subtask);
        bars.push(Bar {
            subtask_id: lens.world().subtask_text(span.subtask),
            title: if span.revision { format!("{title}, revised") } else { title },
            agent_id: lens.agent_id(span.agent),
            mark: lens.mark_of(span.agent),
            start_us: span.start.0,
            end_us: end.0,
            length: units::time(end.since(span.start)),
            state: if span.end.is_none() {
                NodeState::Running
            } else {
                node_state(lens, task, span.subtask, state)
            },
            critical: !span.revision && path.holds(state.position),
            event: u64::from(span.event.0),
            named: lens.named(Name::Subtask(span.subtask)),
        });
    }
    // The axis is as long as the plan is expected to take, so that bars grow instead of the scale.
    let expected = first.unwrap_or(now).after(path.length);
    let coming = coming::coming(lens, task, &path, now);
    let last = coming.iter().map(|coming| coming.end_us).max().unwrap_or(0);
    let (from_us, to_us) = (task.created_at.0, now.max(expected).0.max(last));
    let summary = summary(sum, now.since(first.unwrap_or(now)));
    let (yardstick, ticks) = (yardstick(lens, task), ticks(from_us, to_us, 5));
    Schedule { summary, yardstick, bars, coming, from_us, to_us, now_us: now.0, ticks }
}

/// Says how good the schedule was: beside what no schedule could beat, and a good one on the same team.
fn yardstick(lens: &Lens<'_>, task: &TaskState) -> String {
    if task.ended.is_none() {
        return String::new();
    }
    let domain = &*lens.session.setup().domain;
    let yardstick = Yardstick::of(lens.world(), task, domain);
    if !yardstick.is_done() {
        return String::new();
    }
    let heft = yardstick.heft().map(|heft| format!(", a schedule by HEFT {}", units::time(heft)));
    format!(
        "Makespan {}; no schedule is under {}{}",
        units::time(makespan(lens.world(), task)),
        units::time(yardstick.lower_bound()),
        heft.unwrap_or_default()
    )
}

/// Says whether a subtask is one of a task's.
fn holds(task: &TaskState, subtask: SubtaskIx) -> bool {
    let place = subtask.at().checked_sub(task.first_subtask.at());
    place.is_some_and(|place| place < task.planned.plan.len())
}

fn summary(work: Micros, taken: Micros) -> String {
    if taken == Micros::ZERO {
        return String::new();
    }
    let at_once = units::number(work.0 as f64 / taken.0 as f64, 1);
    format!("{} of work in {}: {at_once} at once on average", units::time(work), units::time(taken))
}

#[cfg(test)]
mod tests {
    use super::super::lens::tests::at_every_turn;
    use super::*;

    #[test]
    fn ticks_are_round_and_few() {
        let labels = |from, to| {
            let ticks = ticks(from, to, 4);
            ticks.into_iter().map(|tick| tick.label).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(labels(0, 1_600_000), "0.0 s 0.5 s 1.0 s 1.5 s");
        assert_eq!(labels(0, 90_000_000), "0 s 50 s");
        assert_eq!(labels(0, 0), "");
        assert!(ticks(0, u64::MAX / 2, 4).len() <= 6);
        assert!(ticks(5, 10, 4).len() <= 6);
    }

    #[test]
    fn bars_stay_on_the_axis() {
        let mut most = 0;
        at_every_turn("generic-team", |lens| {
            let shown = schedule(lens);
            for bar in &shown.bars {
                assert!(
                    shown.from_us <= bar.start_us
                        && bar.start_us <= bar.end_us
                        && bar.end_us <= shown.to_us
                );
            }
            most = most.max(shown.bars.len());
        });
        assert!(most >= 5);
    }
}
