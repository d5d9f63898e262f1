//! The collective answer: what is advised, what helps what, what clashed, and how sure the team is.

mod advice;
mod plain;
pub mod step;

use self::step::EvidenceRow;
use super::focus::Name;
use super::lens::Lens;
use crate::kernel::fixed::Ppm;
use crate::mechanism::domain::{Aggregation, ConfidenceParts, Phase};
use crate::model::figure::Tag;
use crate::model::id::{AgentIx, EventId, SubtaskIx, TaskIx};
use crate::sim::world::task::{SubtaskStage, TaskState};
use crate::text::remedy::{self, Advice as Titles};
use crate::text::{names, units, value};

use super::mark::Mark;

/// Where figures come from: the weakest tag of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The tag's name.
    pub name: &'static str,
    /// What it means, and the sources where they are named.
    pub meaning: String,
}

/// One line of the recommendation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advice {
    /// What it is about.
    pub name: String,
    /// What is advised, one line or several.
    pub lines: Vec<String>,
    /// Where its figures come from; none where it has no figure.
    pub origin: Option<Origin>,
}

/// One agent's part of the confidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfidencePart {
    /// The agent, or the missing subtask.
    pub who: String,
    /// Its mark.
    pub mark: Option<Mark>,
    /// Its confidence, two decimals.
    pub value: String,
    /// The same in whole percent, for a bar.
    pub percent: u32,
    /// The last event of its result.
    pub event: Option<u64>,
}

/// How sure the team is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confidence {
    /// The mean, two decimals.
    pub mean: String,
    /// The same in whole percent, for a bar.
    pub percent: u32,
    /// Its spread, in words.
    pub spread: String,
    /// How far past confidences matched outcomes, in words.
    pub calibration: String,
    /// Each agent's.
    pub parts: Vec<ConfidencePart>,
}

/// Two pieces of advice that help each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SynergyRow {
    /// The one that provides.
    pub from: String,
    /// The one that gains.
    pub to: String,
    /// What passes between them.
    pub what: String,
    /// What it is predicted to bring.
    pub gain: String,
    /// The event that found it.
    pub event: Option<u64>,
}

/// One way out of a conflict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlternativeRow {
    /// What would be done.
    pub what: String,
    /// What the whole plan is predicted to gain under it.
    pub gain: String,
    /// The whole plan's risk under it.
    pub risk: String,
    /// Whether that risk is within the bound.
    pub admissible: bool,
    /// Whether it was taken.
    pub chosen: bool,
}

/// A conflict and how it was resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConflictRow {
    /// What clashes.
    pub what: String,
    /// Why.
    pub why: String,
    /// What was done about it.
    pub resolution: String,
    /// All that was weighed.
    pub alternatives: Vec<AlternativeRow>,
    /// The event that resolved it.
    pub event: Option<u64>,
}

/// One step of the phased plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepRow {
    /// What to do.
    pub title: String,
    /// The same in full.
    pub detail: String,
    /// Hours it takes.
    pub effort: String,
    /// How to try it safely: test, watch, step back; empty where nothing can go wrong.
    pub safety: Vec<(&'static str, String)>,
    /// Whose advice it is; empty where that is not known.
    pub who: String,
    /// The adviser's mark.
    pub mark: Option<Mark>,
    /// How sure the adviser is, two decimals.
    pub confidence: String,
    /// What it is predicted to bring on its own, by the team's beliefs.
    pub gain: String,
    /// The chance that it does harm, two decimals.
    pub risk: String,
    /// The weakest tag of what it rests on.
    pub origin: Option<Origin>,
    /// What it rests on.
    pub evidence: Vec<EvidenceRow>,
}

/// Steps that can be done together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanPhase {
    /// Its number and what it is about.
    pub title: String,
    /// Its weeks, such as `weeks 1–3`.
    pub weeks: String,
    /// What to do.
    pub steps: Vec<StepRow>,
}

/// What one subtask has brought so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartRow {
    /// The subtask, in words.
    pub title: String,
    /// Who does it.
    pub agent_id: String,
    /// Its role's mark.
    pub mark: Mark,
    /// What it found, or what it waits for.
    pub what: String,
    /// Its confidence, two decimals; empty until it is accepted.
    pub confidence: String,
    /// The event that last concerned it.
    pub event: Option<u64>,
    /// Whether it is done.
    pub done: bool,
    /// Whether this turn changed it.
    pub fresh: bool,
}

/// The merged answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// How the task ended, in words.
    pub standing: String,
    /// What is advised, what people ask for first.
    pub advice: Vec<Advice>,
    /// The figures it rests on.
    pub figures: Vec<Advice>,
    /// The whole answer as indented JSON.
    pub full: String,
    /// How sure.
    pub confidence: Confidence,
    /// What helps what.
    pub synergies: Vec<SynergyRow>,
    /// What clashed.
    pub conflicts: Vec<ConflictRow>,
    /// The phased plan.
    pub phases: Vec<PlanPhase>,
    /// What is missing, in words; empty where nothing is.
    pub missing: String,
    /// How well the team worked together, in words.
    pub coordination: String,
    /// How the plan turned out in the simulation; none until it did.
    pub outcome: Option<(Origin, String)>,
    /// The event that completed the task.
    pub event: Option<u64>,
    /// The same as plain text, to be copied.
    pub text: String,
    /// Whether this turn brought it.
    pub fresh: bool,
}

/// The result as far as it has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResultModel {
    /// What stands there in one line.
    pub summary: String,
    /// The answer; none until the team has merged its parts.
    pub answer: Option<Answer>,
    /// What each subtask brought.
    pub parts: Vec<PartRow>,
}

/// Shows the result of the selected task as far as it has come.
pub fn result(lens: &Lens<'_>) -> ResultModel {
    let Some((ix, task)) = lens.task.zip(lens.task_state()) else {
        return ResultModel { summary: String::new(), answer: None, parts: Vec::new() };
    };
    let made = task.answer.and_then(|answer| lens.session.store().answer(answer));
    let parts: Vec<PartRow> =
        task.subtasks().filter_map(|subtask| part(lens, task, subtask)).collect();
    let done = parts.iter().filter(|part| part.done).count();
    let summary = match made {
        Some(answer) => format!("confidence {}", units::number(answer.confidence.mean, 2)),
        None => format!(
            "{done} of {} in, not merged yet",
            units::count(parts.len(), "result", "results")
        ),
    };
    ResultModel { summary, answer: made.map(|answer| self::answer(lens, ix, task, answer)), parts }
}

fn part(lens: &Lens<'_>, task: &TaskState, subtask: SubtaskIx) -> Option<PartRow> {
    let state = lens.world().subtasks.get(subtask.at())?;
    let trace = lens.history.subtask(subtask);
    let work = state.work.and_then(|work| lens.session.store().work(work));
    let what = match (state.stage, work) {
        (SubtaskStage::Done, Some(work)) => value::brief(&work.result),
        (SubtaskStage::Running, _) => "being worked on".to_owned(),
        (SubtaskStage::Finished, _) => "handed in, not accepted yet".to_owned(),
        (SubtaskStage::Failed(reason) | SubtaskStage::Missing(reason), _) => {
            names::failure(reason).to_owned()
        }
        _ => "not begun".to_owned(),
    };
    let sure = work.map(|work| units::number(work.confidence, 2));
    Some(PartRow {
        title: lens.subtask_title(subtask),
        agent_id: state.holder.map(|agent| lens.agent_id(agent)).unwrap_or_default(),
        mark: lens.mark_of_role(state.role),
        what,
        confidence: sure.unwrap_or_default(),
        event: Some(u64::from(trace.and_then(|trace| trace.last).unwrap_or(task.created).0)),
        done: state.stage == SubtaskStage::Done,
        fresh: lens.fresh(Name::Subtask(subtask)),
    })
}

fn answer(lens: &Lens<'_>, ix: TaskIx, task: &TaskState, made: &Aggregation) -> Answer {
    let titles = Titles::of_task(lens.world(), lens.session.store(), ix);
    let trace = lens.history.task(ix);
    let event_of = |events: Option<&Vec<EventId>>, index: usize| {
        events.and_then(|events| events.get(index)).map(|event| u64::from(event.0))
    };
    let standing = match task.ended {
        Some(ended) => {
            format!("{} at {}", units::title(ended.status.name()), units::time(ended.at))
        }
        None => "Merged, on its way to the orchestrator".to_owned(),
    };
    let synergies = made.synergies.iter().enumerate().map(|(index, synergy)| SynergyRow {
        from: titles.title(&synergy.from),
        to: titles.title(&synergy.to),
        what: remedy::synergy(synergy),
        gain: beyond(synergy.gain),
        event: event_of(trace.map(|trace| &trace.synergies), index),
    });
    let conflicts = (0..made.conflicts.len()).filter_map(|index| {
        let event = event_of(trace.map(|trace| &trace.conflicts), index);
        conflict(&titles, made, index, event)
    });
    let last = trace.and_then(|trace| trace.last);
    let (advice, figures) = advice::advice(&made.recommendation, &made.provenance);
    let outcome = task.outcome.and_then(|outcome| lens.session.store().outcome(outcome));
    let mut answer = Answer {
        standing,
        advice,
        figures,
        full: serde_json::to_string_pretty(&made.recommendation).unwrap_or_default(),
        confidence: confidence(lens, &made.confidence),
        synergies: synergies.collect(),
        conflicts: conflicts.collect(),
        phases: made.phases.iter().map(|one| phase(lens, task, one)).collect(),
        text: String::new(),
        missing: missing(&made.missing),
        coordination: format!(
            "Coordination quality: {}.",
            units::phrase(&made.coordination_quality)
        ),
        outcome: outcome.map(|outcome| {
            let (with, without) =
                (units::number(outcome.with_plan, 0), units::number(outcome.without_plan, 0));
            let told = format!(
                "{with} with the plan, {without} without it, on the same draws ({})",
                outcome.unit
            );
            (advice::origin(Tag::Simulated, ""), told)
        }),
        event: last.map(|event| u64::from(event.0)),
        fresh: last.is_some_and(|event| lens.session.log().turn_of(event) == lens.session.turn()),
    };
    answer.text = plain::text(&answer);
    answer
}

/// Says what two are predicted to bring beyond each alone.
fn beyond(gain: f64) -> String {
    match remedy::gain(gain).as_str() {
        "0 %" => "no gain predicted beyond the two alone".to_owned(),
        share => format!("{share} of income predicted beyond the two alone"),
    }
}

fn missing(names: &[String]) -> String {
    if names.is_empty() {
        return String::new();
    }
    let names: Vec<String> = names.iter().map(|name| units::phrase(name)).collect();
    format!("Missing: {}. Each counts as zero confidence.", names::list(&names))
}

fn confidence(lens: &Lens<'_>, parts: &ConfidenceParts) -> Confidence {
    let percent = |share: f64| Ppm::from_f64(share).clamped().0 / 10_000;
    let agents = &lens.session.head().agent_ids;
    let part = |(who, share): (&String, &f64)| ConfidencePart {
        who: who.clone(),
        mark: agents.get(who).map(|agent| lens.mark_of(*agent)),
        value: units::number(*share, 2),
        percent: percent(*share),
        event: agents.get(who).and_then(|agent| handed_in(lens, *agent)),
    };
    Confidence {
        mean: units::number(parts.mean, 2),
        percent: percent(parts.mean),
        spread: format!(
            "Spread between the agents: {} (standard deviation).",
            units::number(parts.spread, 2)
        ),
        calibration: match parts.calibration_error {
            Some(error) => format!(
                "Past confidences missed the outcomes by {} on average.",
                units::number(error, 2)
            ),
            None => "No past outcome to compare confidences with.".to_owned(),
        },
        parts: parts.by_agent.iter().map(part).collect(),
    }
}

/// Returns the event that accepted an agent's result, the last of the selected task.
fn handed_in(lens: &Lens<'_>, agent: AgentIx) -> Option<u64> {
    let task = lens.task_state()?;
    let own = task.subtasks().filter(|subtask| {
        let state = lens.world().subtasks.get(subtask.at());
        state.is_some_and(|state| state.holder == Some(agent))
    });
    let last = lens.history.subtask(own.last()?)?.last?;
    Some(u64::from(last.0))
}

fn conflict(
    titles: &Titles<'_>,
    made: &Aggregation,
    index: usize,
    event: Option<u64>,
) -> Option<ConflictRow> {
    let conflict = made.conflicts.get(index)?;
    let between: Vec<String> = conflict.between.iter().map(|what| titles.title(what)).collect();
    let weighed = made.resolutions.get(index);
    let row = |(place, way): (usize, &crate::mechanism::domain::Alternative)| AlternativeRow {
        what: units::title(&remedy::remedy(titles, &way.remedy)),
        gain: remedy::gain(way.predicted_gain),
        risk: units::number(way.risk, 2),
        admissible: way.admissible,
        chosen: weighed.is_some_and(|weighed| weighed.chosen == place),
    };
    let resolved = remedy::resolution(titles, made, index);
    Some(ConflictRow {
        what: names::list(&between),
        why: remedy::conflict(conflict),
        resolution: resolved
            .map_or_else(|| "Not resolved.".to_owned(), |way| format!("Resolved: {way}.")),
        alternatives: weighed
            .map(|weighed| weighed.alternatives.iter().enumerate().map(row).collect())
            .unwrap_or_default(),
        event,
    })
}

fn phase(lens: &Lens<'_>, task: &TaskState, phase: &Phase) -> PlanPhase {
    let (from, to) = (units::number(phase.from_week, 1), units::number(phase.to_week, 1));
    PlanPhase {
        title: format!("{}. {}", phase.number, phase.title),
        weeks: if from == to { format!("week {from}") } else { format!("weeks {from}–{to}") },
        steps: phase.steps.iter().map(|one| step::step(lens, task, one)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::lens::tests::at_every_turn;
    use super::*;

    #[test]
    fn the_answer_comes_last_and_says_how_sure_it_is() {
        let mut last = None;
        at_every_turn("generic-team", |lens| {
            let shown = result(lens);
            if let Some(answer) = &shown.answer {
                assert!(
                    shown.parts.iter().all(|part| part.done),
                    "all parts are in before they are merged"
                );
                assert!(answer.confidence.percent <= 100 && !answer.advice.is_empty());
            }
            last = shown.answer;
        });
        assert!(last.is_some());
    }
}
