//! The story of a task: its chapter, the one stage that belongs to it, and the question before each decision.

pub mod ask;
pub mod beat;
pub mod contest;
pub mod reveal;

use super::lens::Lens;
use super::phases::{Lead, PhaseState, phases};
use crate::model::id::{AuctionIx, EventId, SubtaskIx, TaskIx, TurnIx};
use crate::session::Session;
use crate::session::otherwise::{Found, Search};
use crate::sim::event::EventKind;

use ask::{AskKind, Question};
use contest::Contest;
use reveal::Reveal;

/// What the one stage shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// What was asked, and the plan it became.
    Brief,
    /// An auction.
    Contest,
    /// The plan with its messages.
    Work,
    /// The answer.
    Answer,
}

impl Stage {
    /// Returns the name that style sheets and scripts look for.
    pub fn name(self) -> &'static str {
        match self {
            Stage::Brief => "brief",
            Stage::Contest => "contest",
            Stage::Work => "work",
            Stage::Answer => "answer",
        }
    }
}

/// One chapter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chapter {
    /// The phase as scripts look for it.
    pub phase: &'static str,
    /// What happens in it, two or three words.
    pub title: &'static str,
    /// Where it stands.
    pub state: PhaseState,
    /// Whether it is the one being told.
    pub current: bool,
    /// Its first turn, to go to; none where it has not begun.
    pub from: Option<u64>,
}

/// Something that was decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Past {
    /// The turn that decided it, to go to.
    pub turn: u64,
    /// What it decided, a few words.
    pub words: String,
}

/// Most decisions that are told again.
const PAST_MAX: usize = 5;
/// Turns that are looked through for them.
const PAST_TURNS_MAX: u32 = 300;

/// The story at one turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Story {
    /// The six chapters.
    pub chapters: Vec<Chapter>,
    /// What this chapter is about, in one sentence.
    pub aside: &'static str,
    /// What the stage shows.
    pub stage: Stage,
    /// The auction on the stage.
    pub contest: Option<Contest>,
    /// What is about to be decided.
    pub ask: Option<Question>,
    /// What this turn decided, and why.
    pub reveal: Option<Reveal>,
    /// What was decided before, the latest first.
    pub past: Vec<Past>,
    /// What going on leads to, on the button that does it.
    pub next: &'static str,
    /// The turn.
    pub turn: u64,
}

/// The chapters' titles and what each is about, in the phases' order.
pub(super) const CHAPTERS: [(&str, &str); 6] = [
    (
        "A task arrives",
        "Somebody asks for something. A plan says which roles it takes, and what must come first.",
    ),
    (
        "Agents bid",
        "Nobody assigns work here. Agents see a call for proposals and answer it, or refuse.",
    ),
    (
        "Work is given out",
        "The winners get their subtasks, and the one with the best record leads.",
    ),
    ("They work", "What does not depend on each other runs at the same time."),
    (
        "They talk",
        "They read what others found, share what they can, and answer again where it changes something.",
    ),
    (
        "One answer",
        "The leader merges the parts: what helps each other, what clashes, and in which order.",
    ),
];

/// Tells the story at the cursor, all that it looks for included.
pub fn story(lens: &Lens<'_>) -> Story {
    let sought = reveal::sought(lens).zip(lens.task);
    let found = sought.map(|(sought, task)| Search::whole(lens.session, task, sought));
    story_with(lens, found.as_ref())
}

/// Tells the story at the cursor, with what was found of what [`reveal::sought`] says is looked for.
pub fn story_with(lens: &Lens<'_>, found: Option<&Found>) -> Story {
    let shown = phases(lens);
    let latest = shown
        .rows
        .iter()
        .enumerate()
        .filter_map(|(place, row)| Some((row.from?, place)))
        .max()
        .map_or(0, |(_, place)| place);
    let chapters = shown.rows.iter().zip(CHAPTERS).enumerate();
    let chapters = chapters.map(|(place, (row, (title, _)))| Chapter {
        phase: row.name,
        title,
        state: row.state,
        current: place == latest,
        from: row.from,
    });
    let chapters: Vec<Chapter> = chapters.collect();
    let ask = ask::question(lens);
    let reveal = reveal::reveal(lens, found);
    let contested = |kind: AskKind| matches!(kind, AskKind::Award | AskKind::Lead);
    let stage = match (&ask, &reveal, shown.lead) {
        (Some(ask), _, _) if contested(ask.kind) => Stage::Contest,
        (None, Some(reveal), _) if contested(reveal.kind) => Stage::Contest,
        (_, _, Lead::Auction) => Stage::Contest,
        (_, _, Lead::Result) => Stage::Answer,
        (_, _, Lead::Plan) if latest == 0 => Stage::Brief,
        _ => Stage::Work,
    };
    let next = match &ask {
        Some(ask) => ask.step,
        None if lens.session.turn() == TurnIx(0) => "Begin",
        None if lens.session.turn() >= lens.session.turns() => "The end",
        None => "Next",
    };
    Story {
        aside: CHAPTERS.get(latest).map_or("", |(_, aside)| aside),
        contest: (stage == Stage::Contest).then(|| contest::contest(lens, ask.as_ref())).flatten(),
        chapters,
        stage,
        ask,
        reveal,
        past: past(lens),
        next,
        turn: u64::from(lens.session.turn().0),
    }
}

/// Lists what was decided about the task before this turn, the latest first.
fn past(lens: &Lens<'_>) -> Vec<Past> {
    let Some(task) = lens.task else { return Vec::new() };
    let here = lens.session.turn().0;
    let turns = (here.saturating_sub(PAST_TURNS_MAX)..here).rev().map(TurnIx);
    let told = turns.filter_map(|turn| {
        let words = reveal::in_few_words(lens, task, turn)?;
        Some(Past { turn: u64::from(turn.0), words })
    });
    told.take(PAST_MAX).collect()
}

/// Something that a turn decides about a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Decision {
    /// An auction is awarded.
    Award(AuctionIx),
    /// A coordinator is chosen.
    Lead,
    /// Subtasks start.
    Start(Vec<SubtaskIx>),
    /// The parts are merged.
    Merge,
    /// The environment shows how it turned out.
    Outcome,
}

/// Returns a turn's events.
pub(super) fn events(
    session: &Session,
    turn: TurnIx,
) -> impl Iterator<Item = (EventId, EventKind)> + '_ {
    let log = session.log();
    log.records(log.span(turn)).map(|record| (record.id, record.kind))
}

/// Returns the decision of a turn that people can be asked about, the most telling one.
pub(super) fn decision(session: &Session, task: TaskIx, turn: TurnIx) -> Option<Decision> {
    let mut started = Vec::new();
    let mut found = None;
    for (_, kind) in events(session, turn) {
        match kind {
            EventKind::Awarded { auction, .. } => {
                let of = session.head().environment.auction(auction).map(|state| state.task);
                if of == Some(task) {
                    return Some(Decision::Award(auction));
                }
            }
            EventKind::CoordinatorSelected { task: of, .. } if of == task => {
                found = Some(Decision::Lead);
            }
            EventKind::AnswerMade { task: of, .. } if of == task => found = Some(Decision::Merge),
            EventKind::OutcomeObserved { task: of, .. } if of == task => {
                found = Some(Decision::Outcome);
            }
            EventKind::SubtaskStarted { task: of, subtask, .. } if of == task => {
                started.push(subtask);
            }
            _ => {}
        }
    }
    found.or((!started.is_empty()).then_some(Decision::Start(started)))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::lens::tests::through_a_known_run;
    use super::*;
    use crate::session::catalog;

    #[test]
    fn every_question_of_every_scenario_is_answered_by_one_of_its_choices() {
        for built_in in catalog::BUILT_IN {
            let mut asked: Option<Question> = None;
            let mut kinds: BTreeMap<&'static str, usize> = BTreeMap::new();
            through_a_known_run(built_in.name, |lens| {
                let told = story(lens);
                let place = format!("{}, turn {}", built_in.name, told.turn);
                assert_eq!(told, story(lens), "{place}");
                assert_eq!(told.chapters.iter().filter(|chapter| chapter.current).count(), 1);
                if let Some(asked) = asked.take() {
                    let reveal =
                        told.reveal.as_ref().unwrap_or_else(|| panic!("{place}: {asked:?}"));
                    assert_eq!(reveal.kind, asked.kind, "{place}");
                    let known =
                        |key: &String| asked.choices.iter().any(|choice| choice.key == *key);
                    assert!(
                        !reveal.right.is_empty() && reveal.right.iter().all(known),
                        "{place}: {reveal:?} of {asked:?}"
                    );
                    assert!(reveal.reason.ends_with('.'), "{place}: {}", reveal.reason);
                    *kinds.entry(asked.kind.name()).or_default() += 1;
                }
                if let Some(ask) = &told.ask {
                    assert!(ask.choices.len() > 1, "{place}: nothing to choose from");
                    assert!(told.stage == Stage::Contest || told.contest.is_none());
                }
                asked = told.ask;
            });
            // Generic teams give results without advice: there is nothing to ask about.
            let advises = built_in.name != "generic-team";
            assert_eq!(kinds.contains_key("merge"), advises, "{}: {kinds:?}", built_in.name);
            assert!(kinds.contains_key("outcome"), "{}: {kinds:?}", built_in.name);
        }
    }

    #[test]
    fn a_question_shows_nothing_that_is_not_known_yet() {
        through_a_known_run("competition", |lens| {
            let told = story(lens);
            let open = told.contest.as_ref().filter(|contest| !contest.decided);
            if told.ask.as_ref().is_some_and(|ask| ask.kind == AskKind::Award) {
                let open =
                    open.unwrap_or_else(|| panic!("turn {}: decided before asked", told.turn));
                for row in &open.rows {
                    let outcome = row.bid.as_ref().map(|bid| bid.outcome.name());
                    assert!(outcome.is_none_or(|outcome| outcome == "pending"), "{row:?}");
                }
            }
            for row in open.into_iter().flat_map(|contest| &contest.rows) {
                let events = row.bid.iter().map(|bid| bid.event);
                let events = events.chain(row.absent.iter().filter_map(|absent| absent.event));
                for event in events {
                    assert!(event < u64::from(lens.session.horizon().0), "turn {}", told.turn);
                }
            }
        });
    }
}
