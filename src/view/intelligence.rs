//! How well the whole works and what it has learned: measures, their course, agents, pairs, patterns.

mod course;

use super::focus::Name;
use super::lens::Lens;
use super::mark::Mark;
use crate::kernel::time::Micros;
use crate::session::metrics::fold::Fold;
use crate::session::metrics::pattern::Subject;
use crate::session::metrics::{self, Indicator, Mean, Metrics, Pattern};
use crate::text::units;

pub use self::course::{Course, Point};

/// One measure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    /// The name that scripts look for.
    pub name: &'static str,
    /// What people call it.
    pub title: &'static str,
    /// Its value with its unit, or that it is unknown yet.
    pub value: String,
    /// What it rests on: how many, with which interval; may be empty.
    pub basis: String,
    /// What it means, in a sentence.
    pub meaning: &'static str,
    /// The event that changed it last.
    pub event: Option<u64>,
}

/// One agent among the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    /// The agent.
    pub agent_id: String,
    /// Its mark.
    pub mark: Mark,
    /// Performance score, two decimals.
    pub performance: String,
    /// The same in whole percent, for a bar.
    pub performance_percent: u32,
    /// Share of its slots' time spent working.
    pub utilization: String,
    /// The same in whole percent, for a bar.
    pub utilization_percent: u32,
    /// Tasks completed.
    pub tasks: u32,
    /// Share of its messages that were read in time to matter.
    pub communication: String,
    /// Share of the knowledge read by others that it wrote.
    pub knowledge: String,
    /// What its work cost.
    pub cost: String,
    /// Whether this turn touches it.
    pub fresh: bool,
    /// The last event that concerned it.
    pub event: Option<u64>,
}

/// Two roles that worked together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Collaboration {
    /// The two, as people read them.
    pub roles: String,
    /// Tasks with both, and how many succeeded.
    pub tasks: String,
    /// How those turned out, with interval.
    pub quality: String,
    /// The outcome that changed it last.
    pub event: Option<u64>,
}

/// A pattern that the history supports beyond chance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatternRow {
    /// What it says, with count, size and interval.
    pub sentence: String,
    /// The effect, signed.
    pub effect: String,
    /// Its 95 % interval.
    pub interval: String,
    /// Tasks with and without.
    pub count: String,
    /// Probability by chance alone; empty for what is measured.
    pub chance: String,
    /// The outcome that it rests on last.
    pub event: Option<u64>,
}

/// The measures of the whole system at this turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Intelligence {
    /// One line that sums it up.
    pub summary: String,
    /// The system's measures.
    pub measures: Vec<Measure>,
    /// Measures over time.
    pub courses: Vec<Course>,
    /// The agents, the best performance first.
    pub agents: Vec<Compared>,
    /// Pairs of roles with a success, the most first.
    pub collaborations: Vec<Collaboration>,
    /// What was found beyond chance.
    pub patterns: Vec<PatternRow>,
    /// What a pattern would need, where there is none.
    pub without_patterns: String,
}

/// Agents and pairs that are compared at most.
const COMPARED_MAX: usize = 40;

/// Shows the measures at the cursor, with the log up to there folded already.
pub fn intelligence(lens: &Lens<'_>, fold: &Fold) -> Intelligence {
    let metrics = metrics::with(lens.session, fold);
    let ended = metrics.tasks.iter().filter(|task| task.status.is_some()).count();
    let patterns: Vec<PatternRow> =
        metrics.patterns.iter().map(|pattern| pattern_row(lens, pattern)).collect();
    Intelligence {
        summary: format!(
            "{} ended, {}",
            units::count(ended, "task", "tasks"),
            units::count(patterns.len(), "pattern", "patterns")
        ),
        measures: measures(lens, &metrics),
        courses: course::courses(lens, &metrics),
        agents: agents(lens, &metrics),
        collaborations: collaborations(lens, &metrics),
        without_patterns: format!(
            "No pattern yet. A difference is told only once {} tasks of a kind have it, {} have not, and it passes a false-discovery control of {} %; time saved is told from {} tasks.",
            metrics::pattern::SIDE_MIN,
            metrics::pattern::SIDE_MIN,
            units::number(metrics::pattern::FALSE_DISCOVERY_MAX * 100.0, 0),
            metrics::pattern::MEASURED_FROM,
        ),
        patterns,
    }
}

/// What stands where a measure has no value yet.
const UNKNOWN: &str = "not known yet";

fn share(value: Option<f64>) -> String {
    value.map_or_else(
        || UNKNOWN.to_owned(),
        |value| format!("{} %", units::number(value * 100.0, 1)),
    )
}

fn mean(value: Option<Mean>, show: impl Fn(f64) -> String) -> (String, String) {
    match value {
        None => (UNKNOWN.to_owned(), String::new()),
        Some(mean) => {
            let of = units::count(mean.count, "value", "values");
            let basis = match mean.half_width {
                Some(half) => format!("± {} (95 %), {of}", show(half)),
                None => of,
            };
            (show(mean.value), basis)
        }
    }
}

fn plain(value: f64) -> String {
    units::number(value, 2)
}

fn percent(value: f64) -> String {
    format!("{} %", units::number(value * 100.0, 1))
}

fn time(us: f64) -> String {
    units::time(Micros(if us > 0.0 { us as u64 } else { 0 }))
}

fn indicator(value: Indicator, show: impl Fn(f64) -> String) -> (String, String) {
    let (said, basis) = mean(value.mean, show);
    let trend = value.trend.map(|trend| {
        let way = if trend.per_step > 0.0 {
            "rising"
        } else if trend.per_step < 0.0 {
            "falling"
        } else {
            "steady"
        };
        format!("{way} by {} a task", units::number(trend.per_step.abs(), 3))
    });
    let parts = [basis, trend.unwrap_or_default()];
    (said, super::lens::joined(&parts))
}

fn measures(lens: &Lens<'_>, metrics: &Metrics) -> Vec<Measure> {
    let system = &metrics.system;
    let whole = &metrics.collective;
    let [success, partial, failed] = system.by_status;
    let plain_of = |value: String| (value, String::new());
    let rows: [(&'static str, &'static str, (String, String), &'static str); 16] = [
        (
            "total_tasks_completed",
            "Tasks ended",
            (
                system.tasks_completed.to_string(),
                format!("{success} success, {partial} partial, {failed} failed"),
            ),
            "Tasks that ended, however they ended.",
        ),
        (
            "success_rate",
            "Success rate",
            plain_of(share(system.success_rate)),
            "Tasks that ended with success, of all that ended.",
        ),
        (
            "outcome_quality",
            "Outcome quality",
            mean(system.outcome_quality, plain),
            "How well the answers turned out in the simulation, 0 to 1.",
        ),
        (
            "collective_confidence",
            "Confidence",
            mean(system.collective_confidence, plain),
            "How sure the team was of its answers, 0 to 1.",
        ),
        (
            "calibration_error",
            "Calibration error",
            mean(system.calibration_error, plain),
            "How far confidences missed the outcomes, on average.",
        ),
        (
            "avg_task_completion_time",
            "Completion time",
            mean(system.completion_time_us, time),
            "Virtual time from a task's creation to its end.",
        ),
        (
            "time_saved",
            "Time saved",
            mean(whole.time_saved, percent),
            "Share of the working time that working at once saved: one minus makespan over work.",
        ),
        (
            "active_agents",
            "Active agents",
            plain_of(format!("{} of {}", system.active_agents, system.agents)),
            "Agents that are up, of those in the team.",
        ),
        (
            "avg_agent_performance",
            "Mean performance score",
            plain_of(system.avg_agent_performance.map_or_else(|| UNKNOWN.to_owned(), plain)),
            "Mean of the agents' performance scores, 0 to 100.",
        ),
        (
            "total_messages",
            "Messages",
            plain_of(system.messages.to_string()),
            "Messages sent; a broadcast counts once.",
        ),
        (
            "knowledge_entries",
            "Knowledge",
            (
                units::count(whole.knowledge.entries as usize, "entry", "entries"),
                units::count(whole.knowledge.reads as usize, "reading", "readings"),
            ),
            "Entries of the blackboard, and how often they were read.",
        ),
        (
            "collaboration",
            "Collaboration",
            indicator(whole.collaboration, plain),
            "How much of what agents found others used, by task.",
        ),
        (
            "conflict_resolution",
            "Conflicts settled",
            {
                let (said, basis) = indicator(whole.conflict_resolution, percent);
                let [found, settled] = whole.conflicts;
                (said, super::lens::joined(&[format!("{settled} of {found}"), basis]))
            },
            "Conflicts resolved within the risk bound, of those found.",
        ),
        (
            "synergies",
            "Synergies",
            plain_of(whole.synergies.to_string()),
            "Pairs of recommendations that help each other.",
        ),
        (
            "adaptation",
            "Adaptation time",
            indicator(whole.adaptation, time),
            "Virtual time from a failure to the new assignment, and from changed knowledge to the revision.",
        ),
        (
            "emergent_patterns",
            "Patterns",
            plain_of(system.emergent_patterns.to_string()),
            "Differences in outcome that the history supports beyond chance.",
        ),
    ];
    rows.into_iter()
        .map(|(name, title, (value, basis), meaning)| Measure {
            name,
            title,
            value,
            basis,
            meaning,
            event: changed_by(lens, name),
        })
        .collect()
}

/// Returns the event that changed a measure last.
fn changed_by(lens: &Lens<'_>, measure: &str) -> Option<u64> {
    let latest = &lens.history.latest;
    let event = match measure {
        "total_messages" => latest.message,
        "knowledge_entries" => latest.knowledge,
        "synergies" => latest.synergy,
        "conflict_resolution" => latest.conflict,
        "adaptation" => latest.adapted,
        "active_agents" => latest.team,
        "avg_agent_performance" => lens.history.performance.last().copied().or(latest.team),
        "outcome_quality" | "calibration_error" | "emergent_patterns" => latest.outcome,
        _ => latest.ended,
    };
    event.map(|event| u64::from(event.0))
}

fn agents(lens: &Lens<'_>, metrics: &Metrics) -> Vec<Compared> {
    let mut sorted: Vec<_> = metrics.agents.iter().collect();
    sorted.sort_by(|a, b| {
        b.completed_tasks
            .cmp(&a.completed_tasks)
            .then_with(|| b.performance_score.total_cmp(&a.performance_score))
            .then_with(|| a.agent_id.cmp(&b.agent_id))
    });
    let whole = |share: f64| (share.clamp(0.0, 1.0) * 100.0) as u32;
    sorted
        .into_iter()
        .take(COMPARED_MAX)
        .map(|agent| Compared {
            agent_id: agent.agent_id.clone(),
            mark: lens.mark_of(agent.agent),
            performance: format!("{:.2}", agent.performance_score),
            performance_percent: whole(agent.performance_score / 100.0),
            utilization: share(agent.utilization),
            utilization_percent: agent.utilization.map_or(0, whole),
            tasks: agent.completed_tasks,
            communication: share(agent.communication.efficiency),
            knowledge: share(agent.knowledge.share),
            cost: format!("{} units", units::number(agent.cost_units, 2)),
            fresh: lens.fresh(Name::Agent(agent.agent)),
            event: lens
                .history
                .agents
                .get(agent.agent.at())
                .and_then(|trace| trace.last)
                .map(|event| u64::from(event.0)),
        })
        .collect()
}

fn role_title(lens: &Lens<'_>, role: &str) -> String {
    lens.session
        .head()
        .role_ix(role)
        .map_or_else(|| units::title(role), |role| lens.role_title(role))
}

fn collaborations(lens: &Lens<'_>, metrics: &Metrics) -> Vec<Collaboration> {
    let row = |pair: &metrics::PairMetrics| {
        let [one, other] = &pair.roles;
        let (quality, basis) = mean(pair.quality, plain);
        Collaboration {
            roles: format!("{} and {}", role_title(lens, one), role_title(lens, other)),
            tasks: format!("{} of {} succeeded", pair.successes, pair.tasks),
            quality: if basis.is_empty() { quality } else { format!("{quality} ({basis})") },
            event: changed_by(lens, "outcome_quality"),
        }
    };
    metrics.pairs.iter().take(COMPARED_MAX).map(row).collect()
}

fn pattern_row(lens: &Lens<'_>, pattern: &Pattern) -> PatternRow {
    let measured = pattern.subject == Subject::Parallel;
    let show = |value: f64| if measured { percent(value) } else { plain(value) };
    let signed = |value: f64| {
        if value < 0.0 { format!("−{}", show(-value)) } else { format!("+{}", show(value)) }
    };
    let what = match &pattern.subject {
        Subject::Pair([one, other]) => {
            format!("With {} and {} together", role_title(lens, one), role_title(lens, other))
        }
        Subject::KnowledgeRead => "Where knowledge was read from the blackboard".to_owned(),
        Subject::Parallel => "Working at once".to_owned(),
    };
    let (low, high) = (signed(pattern.low), signed(pattern.high));
    let count = match pattern.without {
        0 => units::count(pattern.with, "task", "tasks"),
        without => format!("{} with, {without} without", pattern.with),
    };
    let sentence = if measured {
        format!(
            "{what} saved {} of the working time ({low} to {high}, {count}).",
            show(pattern.effect)
        )
    } else {
        let way = if pattern.effect < 0.0 { "worse" } else { "better" };
        format!(
            "{what}, outcomes were {} {way} ({low} to {high}, {count}).",
            show(pattern.effect.abs())
        )
    };
    PatternRow {
        sentence,
        effect: signed(pattern.effect),
        interval: format!("{low} to {high}"),
        count,
        chance: pattern.p_value.map(|p| format!("p = {}", units::number(p, 4))).unwrap_or_default(),
        event: changed_by(lens, "emergent_patterns"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::lens::tests::at_every_turn;

    #[test]
    fn measures_become_known_and_agents_are_all_there() {
        let mut last = None;
        at_every_turn("competition", |lens| {
            if lens.session.turn().0.is_multiple_of(16) || lens.session.turn().0 > 75 {
                let shown = intelligence(lens, &Fold::of(lens.session));
                assert_eq!(shown.agents.len(), lens.world().agents.len().min(COMPARED_MAX));
                assert!(shown.measures.iter().all(|measure| !measure.value.is_empty()));
                last = Some(shown);
            }
        });
        let last = last.expect("a run has turns");
        let value = |name: &str| {
            last.measures.iter().find(|measure| measure.name == name).map(|m| m.value.clone())
        };
        assert_eq!(value("total_tasks_completed").as_deref(), Some("1"));
        assert!(!last.collaborations.is_empty() && !last.courses.is_empty());
        assert!(last.patterns.is_empty(), "one task supports no pattern: {:?}", last.patterns);
    }
}
