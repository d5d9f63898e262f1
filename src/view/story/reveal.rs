//! What a turn decided, why, and the smallest change that would have decided otherwise.

mod award;
mod merge;
mod outcome;
mod start;

use super::ask::{AskKind, riskiest, start_is_telling};
use super::{Decision, decision, events};
use crate::kernel::fixed::Hundredths;
use crate::model::id::{AgentIx, TaskIx, TurnIx};
use crate::session::margin::needed;
use crate::session::otherwise::{Found, Sought};
use crate::sim::event::EventKind;
use crate::text::names;
use crate::view::lens::Lens;

/// What stands above one change that would have decided otherwise.
const OTHERWISE_ONE: &str = "The smallest change that would have decided otherwise:";
/// What stands there while they are looked for.
const OTHERWISE_SOUGHT: &str =
    "Looking for the smallest change that would have decided otherwise …";
/// What stands above several such changes.
const OTHERWISE_SEVERAL: &str = "Any one of these would have decided otherwise:";

/// A decision that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reveal {
    /// What it was about.
    pub kind: AskKind,
    /// What was decided.
    pub title: String,
    /// The keys of the choices that were right.
    pub right: Vec<String>,
    /// Why, in a sentence or two.
    pub reason: String,
    /// What would have decided otherwise.
    pub otherwise: Otherwise,
    /// The other ways that were weighed, each with what it was worth.
    pub weighed: Vec<String>,
}

/// What would have decided otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Otherwise {
    /// What stands above the lines below; empty where there is nothing to say.
    pub head: String,
    /// The smallest changes, any one of which would have decided otherwise.
    pub changes: Vec<String>,
    /// Where there is none: what kept each of the others.
    pub kept: Vec<String>,
    /// Whether it is still being looked for.
    pub sought: bool,
}

impl Otherwise {
    /// Says that it is being looked for.
    fn sought() -> Otherwise {
        Otherwise { head: OTHERWISE_SOUGHT.to_owned(), sought: true, ..Otherwise::default() }
    }

    /// Tells the smallest changes, or says what there is to say without one.
    fn of(changes: Vec<String>, without: &str) -> Otherwise {
        let head = match changes.len() {
            0 => without,
            1 => OTHERWISE_ONE,
            _ => OTHERWISE_SEVERAL,
        };
        Otherwise { head: head.to_owned(), changes, ..Otherwise::default() }
    }
}

/// Tells what this turn decided; none where it decided nothing that is asked about.
///
/// `found` is what was found of what [`sought`] says is to be looked for; none while that goes on.
pub fn reveal(lens: &Lens<'_>, found: Option<&Found>) -> Option<Reveal> {
    match decision(lens.session, lens.task?, lens.session.turn())? {
        Decision::Award(auction) => award::award(lens, auction),
        Decision::Lead => lead(lens),
        Decision::Start(started) => start::start(lens, &started, found),
        Decision::Merge => merge::merge(lens, found),
        Decision::Outcome => outcome::outcome(lens, found),
    }
}

/// Says what is to be looked for before all that this turn decided can be told.
pub fn sought(lens: &Lens<'_>) -> Option<Sought> {
    match decision(lens.session, lens.task?, lens.session.turn())? {
        Decision::Award(_) | Decision::Lead => None,
        Decision::Start(started) => start_is_telling(lens, &started).then_some(Sought::Start),
        Decision::Merge => riskiest(lens).map(|(what, _)| Sought::Merge(what)),
        Decision::Outcome => Some(Sought::Outcome),
    }
}

/// Says in a few words what a turn that has passed decided about a task.
pub(super) fn in_few_words(lens: &Lens<'_>, task: TaskIx, turn: TurnIx) -> Option<String> {
    let session = lens.session;
    match decision(session, task, turn)? {
        Decision::Award(_) => events(session, turn).find_map(|(_, kind)| match kind {
            EventKind::Awarded { agent, score, .. } => {
                Some(format!("{} wins with {score} points", lens.agent_id(agent)))
            }
            _ => None,
        }),
        Decision::Lead => events(session, turn).find_map(|(_, kind)| match kind {
            EventKind::CoordinatorSelected { agent, .. } => {
                Some(format!("{} leads", lens.agent_id(agent)))
            }
            _ => None,
        }),
        Decision::Start(started) => {
            let titles: Vec<String> =
                started.iter().map(|subtask| lens.subtask_title(*subtask)).collect();
            let verb = if titles.len() == 1 { "starts" } else { "start" };
            Some(format!("{} {verb}", names::list(&titles)))
        }
        Decision::Merge => Some("The parts become one answer".to_owned()),
        Decision::Outcome => None,
    }
}

fn lead(lens: &Lens<'_>) -> Option<Reveal> {
    let leader = lens.task_state()?.coordinator()?;
    let performance = |agent: AgentIx| lens.world().agent(agent).map(|agent| agent.performance);
    let mut holders: Vec<AgentIx> = Vec::new();
    for subtask in lens.task_state()?.subtasks() {
        let holder = lens.world().subtasks.get(subtask.at()).and_then(|state| state.holder);
        holders.extend(holder.filter(|holder| !holders.contains(holder)));
    }
    let mut others: Vec<(Hundredths, String)> = holders
        .iter()
        .filter(|holder| **holder != leader)
        .filter_map(|holder| Some((performance(*holder)?, lens.agent_id(*holder))))
        .collect();
    others.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let (id, best) = (lens.agent_id(leader), performance(leader)?);
    let reason = match others.first() {
        Some((next, other)) => format!(
            "Its performance score is {best}, the highest among the winners; {other} follows with {next}."
        ),
        None => format!("It is the only winner, with a performance score of {best}."),
    };
    let change = others.first().map(|(_, other)| {
        let need = needed(other, &id, best);
        format!("{other} with a performance score of {need}")
    });
    Some(Reveal {
        kind: AskKind::Lead,
        title: format!("{id} leads"),
        right: vec![id],
        reason,
        otherwise: Otherwise::of(change.into_iter().collect(), ""),
        weighed: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::otherwise::Search;
    use crate::view::lens::tests::through_a_known_run;

    fn reveal(lens: &Lens<'_>) -> Option<Reveal> {
        let sought = sought(lens).zip(lens.task);
        let found = sought.map(|(sought, task)| Search::whole(lens.session, task, sought));
        let early = super::reveal(lens, None);
        let late = super::reveal(lens, found.as_ref());
        // What is told at once stays as it is.
        let rest = |reveal: &Option<Reveal>| {
            reveal.clone().map(|reveal| Reveal { otherwise: Otherwise::default(), ..reveal })
        };
        assert_eq!(rest(&early), rest(&late));
        assert_eq!(early.is_some_and(|early| early.otherwise.sought), found.is_some());
        assert!(late.as_ref().is_none_or(|late| !late.otherwise.sought));
        late
    }

    #[test]
    fn the_competition_tells_what_would_have_turned_each_award() {
        let mut told: Vec<(String, Vec<String>)> = Vec::new();
        through_a_known_run("competition", |lens| {
            let found = reveal(lens).filter(|reveal| reveal.kind == AskKind::Award);
            told.extend(found.map(|reveal| (reveal.title, reveal.otherwise.changes)));
        });
        let [pricing, profile, market] = told.as_slice() else { panic!("{told:?}") };
        assert_eq!(pricing.0, "pricing_strategist_01 wins");
        assert_eq!(pricing.1, ["pricing_strategist_02 with 1 slot fewer in hand"]);
        assert_eq!(profile.0, "profile_optimizer_03 wins");
        // The best bid of all was late: that comes first.
        assert!(
            market.1.first().is_some_and(|late| late.contains("market_analyst_03")),
            "{market:?}"
        );
        assert!(market.1.len() > 1, "{market:?}");
    }
    /// Gathers what every built-in scenario tells after its questions of a kind.
    fn told(kind: AskKind) -> Vec<(&'static str, Reveal)> {
        let mut told = Vec::new();
        for built_in in crate::session::catalog::BUILT_IN {
            through_a_known_run(built_in.name, |lens| {
                let found = reveal(lens).filter(|reveal| reveal.kind == kind);
                told.extend(found.map(|reveal| (built_in.name, reveal)));
            });
        }
        told
    }

    #[test]
    fn starts_mergings_and_outcomes_tell_what_would_have_turned_them() {
        for kind in [AskKind::Start, AskKind::Merge, AskKind::Outcome] {
            let told = told(kind);
            for (name, reveal) in &told {
                let Otherwise { head, changes, kept, .. } = &reveal.otherwise;
                println!(
                    "{name}: {} | {head} | {changes:?} | {:?} | {kept:?}",
                    reveal.title, reveal.weighed
                );
                let lines = changes.len() + kept.len();
                assert_eq!(lines > 0, head.ends_with(':'), "{name}: {reveal:?}");
                assert!(changes.is_empty() || kept.is_empty(), "{name}: {reveal:?}");
            }
            let turned =
                told.iter().filter(|(_, reveal)| !reveal.otherwise.changes.is_empty()).count();
            assert!(turned > 2, "{}: {turned} of {}", kind.name(), told.len());
        }
    }
}
