//! The question before a decision: what could be decided, from what is known at the cursor alone.

use std::collections::BTreeSet;

use super::{Decision, decision};
use crate::kernel::fixed::Hundredths;
use crate::model::id::{AgentIx, AuctionIx, SubtaskIx, TaskIx, TurnIx};
use crate::model::message::Payload;
use crate::model::recommendation::{Recommendation, RecommendationRef};
use crate::sim::event::EventKind;
use crate::sim::world::auction::AuctionStage;
use crate::sim::world::task::SubtaskStage;
use crate::text::{names, units};
use crate::view::lens::Lens;
use crate::view::mark::Mark;

/// What a question is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AskKind {
    /// Who wins an auction.
    Award,
    /// Who coordinates.
    Lead,
    /// Which subtask starts next.
    Start,
    /// What becomes of the riskiest advice.
    Merge,
    /// Whether the plan pays.
    Outcome,
}

impl AskKind {
    /// Returns the name that scripts look for.
    pub fn name(self) -> &'static str {
        match self {
            AskKind::Award => "award",
            AskKind::Lead => "lead",
            AskKind::Start => "start",
            AskKind::Merge => "merge",
            AskKind::Outcome => "outcome",
        }
    }
}

/// One way it could go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What tells it from the others.
    pub key: String,
    /// Its words.
    pub label: String,
    /// What is known of it; may be empty.
    pub note: String,
    /// The mark of its role, where it has one.
    pub mark: Option<Mark>,
}

/// A question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// What it is about.
    pub kind: AskKind,
    /// How things stand before it, in a sentence or two.
    pub setting: String,
    /// The question.
    pub title: String,
    /// What helps to answer it.
    pub hint: String,
    /// The answers to choose from, at least two.
    pub choices: Vec<Choice>,
    /// What going on shows, on the button that does it.
    pub step: &'static str,
    /// The turn that decides it.
    pub turn: u64,
}

/// What can become of a piece of advice, by key, in the words of a choice.
pub(super) const FATES: [(&str, &str); 5] = [
    ("keep", "It stands as it is"),
    ("scale", "Less of it"),
    ("defer", "All of it, but later"),
    ("scale_and_defer", "Less of it, and later"),
    ("drop", "It is dropped"),
];

/// How a plan can turn out, by key, in the words of a choice.
pub(super) const OUTCOMES: [(&str, &str); 3] = [
    ("better", "Better than without it"),
    ("same", "No difference"),
    ("worse", "Worse than without it"),
];

/// Most choices; more could not be answered by number keys or by heart.
const CHOICES_MAX: usize = 6;

/// Asks what the next turn decides; none where it decides nothing, or nothing that is open.
pub fn question(lens: &Lens<'_>) -> Option<Question> {
    let task = lens.task?;
    let next = TurnIx(lens.session.turn().0.checked_add(1)?);
    if next > lens.session.turns() {
        return None;
    }
    let asked = match decision(lens.session, task, next)? {
        Decision::Award(auction) => award(lens, auction),
        Decision::Lead => lead(lens),
        Decision::Start(started) => start(lens, task, &started),
        Decision::Merge => merge(lens),
        Decision::Outcome => Some(outcome()),
    }?;
    Some(Question { turn: u64::from(next.0), ..asked }).filter(|asked| asked.choices.len() > 1)
}

fn award(lens: &Lens<'_>, ix: AuctionIx) -> Option<Question> {
    let state = lens.world().environment.auction(ix)?;
    let out: BTreeSet<AgentIx> =
        state.bids.iter().filter(|bid| bid.out).map(|bid| bid.agent).collect();
    // Whoever holds the award that is not answered is about to lose it.
    let held = match state.stage {
        AuctionStage::Awarded(agent) => Some(agent),
        _ => None,
    };
    let sent = lens.history.auction(ix).map(|trace| trace.bids.as_slice()).unwrap_or_default();
    let bidders: BTreeSet<AgentIx> = sent.iter().map(|bid| bid.agent).collect();
    let again = held.is_some() || !out.is_empty();
    let still = bidders.iter().filter(|agent| !out.contains(agent) && Some(**agent) != held);
    let mut still: Vec<AgentIx> = still.copied().collect();
    // Of many, those that score highest; what an agent bids is known once it is sent.
    if still.len() > CHOICES_MAX {
        still.sort_by_key(|agent| std::cmp::Reverse(score_sent(lens, ix, *agent)));
        still.truncate(CHOICES_MAX);
    }
    if !still.contains(&taker(lens, ix)?) {
        return None;
    }
    let mut choices: Vec<Choice> =
        still.iter().map(|agent| of_agent(lens, *agent, String::new())).collect();
    choices.sort_by(|a, b| a.key.cmp(&b.key));
    let (title, hint) = if again {
        (
            "Who is next in line?",
            "The first award did not hold. The best of the other bids gets it. Choose, or just go on.",
        )
    } else {
        (
            "Who wins?",
            "Choose, or just go on. Then: why, and the smallest change that would have made another one win.",
        )
    };
    let read = state.bids.iter().filter(|bid| bidders.contains(&bid.agent)).count();
    let role = lens.role_title(state.role).to_lowercase();
    let read = match read {
        all if all == bidders.len() => "all the bids".to_owned(),
        some => format!("{} of the bids", units::number_word(some)),
    };
    let many = names::capital(&units::number_word(bidders.len()));
    let setting = if again {
        format!(
            "The award of the auction for {role} did not hold. The orchestrator turns to the other bids."
        )
    } else {
        format!(
            "{many} agents want to be the {role}. Each scored itself; the orchestrator has read {read} and awards next."
        )
    };
    Some(Question {
        kind: AskKind::Award,
        setting,
        title: title.to_owned(),
        hint: hint.to_owned(),
        choices,
        step: "See who wins",
        turn: 0,
    })
}

/// Returns whom the next turn awards an auction to, to make sure that the question has an answer.
fn taker(lens: &Lens<'_>, ix: AuctionIx) -> Option<AgentIx> {
    let next = TurnIx(lens.session.turn().0 + 1);
    super::events(lens.session, next).find_map(|(_, kind)| match kind {
        EventKind::Awarded { auction, agent, .. } if auction == ix => Some(agent),
        _ => None,
    })
}

/// Returns the score of the bid that an agent sent.
fn score_sent(lens: &Lens<'_>, ix: AuctionIx, agent: AgentIx) -> Option<Hundredths> {
    let trace = lens.history.auction(ix)?;
    let bid = trace.bids.iter().find(|bid| bid.agent == agent)?;
    match *lens.session.store().payload(bid.payload)? {
        Payload::Bid { score, .. } => Some(score),
        _ => None,
    }
}

fn of_agent(lens: &Lens<'_>, agent: AgentIx, note: String) -> Choice {
    let id = lens.agent_id(agent);
    Choice { key: id.clone(), label: id, note, mark: Some(lens.mark_of(agent)) }
}

fn lead(lens: &Lens<'_>) -> Option<Question> {
    let mut choices: Vec<Choice> = Vec::new();
    for agent in winners(lens) {
        let role = lens.world().agent(agent).map(|agent| agent.role);
        let note = role.map(|role| format!("won {}", lens.role_title(role).to_lowercase()));
        choices.push(of_agent(lens, agent, note.unwrap_or_default()));
    }
    let many = names::capital(&units::number_word(choices.len()));
    Some(Question {
        kind: AskKind::Lead,
        setting: format!(
            "{many} agents won. The orchestrator now gives the work out and steps back; one of them takes over."
        ),
        title: "Who leads the team?".to_owned(),
        hint: "One of the winners coordinates the others: the one whose past work turned out best."
            .to_owned(),
        choices,
        step: "See who leads",
        turn: 0,
    })
}

/// Returns who won an auction of the task so far, each once, in the order of the auctions.
fn winners(lens: &Lens<'_>) -> Vec<AgentIx> {
    let auctions = lens.task_state().into_iter().flat_map(|task| &task.auctions);
    let states = auctions.filter_map(|auction| lens.world().environment.auction(*auction));
    let mut found: Vec<AgentIx> = Vec::new();
    for state in states {
        if let AuctionStage::Awarded(agent) | AuctionStage::Settled(agent) = state.stage
            && !found.contains(&agent)
        {
            found.push(agent);
        }
    }
    found
}

/// Says whether a start is worth a question: the first of a task, or one that waited for something.
pub(super) fn start_is_telling(lens: &Lens<'_>, started: &[SubtaskIx]) -> bool {
    let Some(task) = lens.task_state() else { return false };
    let waited = started.iter().any(|subtask| task.dependencies(*subtask).next().is_some());
    let before = lens.history.work.iter().any(|span| {
        !started.contains(&span.subtask) && task.subtasks().any(|subtask| subtask == span.subtask)
    });
    waited || !before
}

fn start(lens: &Lens<'_>, task: TaskIx, started: &[SubtaskIx]) -> Option<Question> {
    if !start_is_telling(lens, started) {
        return None;
    }
    let state = lens.world().tasks.get(task.at())?;
    let stage =
        |subtask: SubtaskIx| lens.world().subtasks.get(subtask.at()).map(|state| state.stage);
    let waiting = |subtask: &SubtaskIx| {
        matches!(stage(*subtask), Some(SubtaskStage::Planned | SubtaskStage::Assigned))
    };
    let ready = |subtask: &SubtaskIx| {
        state.dependencies(*subtask).all(|before| stage(before) == Some(SubtaskStage::Done))
    };
    let mut open: Vec<SubtaskIx> = state.subtasks().filter(waiting).collect();
    if open.len() > CHOICES_MAX {
        open.sort_by_key(|subtask| (!ready(subtask), *subtask));
        open.truncate(CHOICES_MAX);
        open.sort();
    }
    if !started.iter().all(|subtask| open.contains(subtask)) {
        return None;
    }
    let choices = open.iter().map(|subtask| {
        let holder = lens.world().subtasks.get(subtask.at()).and_then(|state| state.holder);
        let role = lens.world().subtasks.get(subtask.at()).map(|state| state.role);
        Choice {
            key: lens.world().subtask_text(*subtask),
            label: lens.subtask_title(*subtask),
            note: holder.map(|agent| lens.agent_id(agent)).unwrap_or_default(),
            mark: role.map(|role| lens.mark_of_role(role)),
        }
    });
    let under_way = lens
        .history
        .work
        .iter()
        .any(|span| state.subtasks().any(|subtask| subtask == span.subtask));
    let setting = if under_way {
        "Some of the work is done or under way. What it brings lets other work begin."
    } else {
        "Everybody knows their part, or is about to. Nothing has been started yet."
    };
    Some(Question {
        kind: AskKind::Start,
        setting: setting.to_owned(),
        title: "What starts next?".to_owned(),
        hint: "Work starts when what it depends on is there, and when word of it has arrived."
            .to_owned(),
        choices: choices.collect(),
        step: "See what starts",
        turn: 0,
    })
}

/// Returns the riskiest advice among the accepted results, the first of several; it is what a
/// merging most likely touches, and known before it.
pub(super) fn riskiest<'a>(lens: &Lens<'a>) -> Option<(RecommendationRef, &'a Recommendation)> {
    let task = lens.task_state()?;
    let mut found: Option<(RecommendationRef, &Recommendation)> = None;
    for subtask in task.subtasks() {
        let Some(work) = lens.world().subtasks.get(subtask.at()).and_then(|state| state.work)
        else {
            continue;
        };
        let Some(work) = lens.session.store().work(work) else { continue };
        let name = lens.world().planned(subtask).map_or("", |planned| planned.name.as_str());
        for advice in &work.recommendations {
            if found.as_ref().is_none_or(|(_, best)| advice.risk > best.risk) {
                let what = RecommendationRef { subtask: name.to_owned(), id: advice.id.clone() };
                found = Some((what, advice));
            }
        }
    }
    found
}

fn merge(lens: &Lens<'_>) -> Option<Question> {
    let (_, advice) = riskiest(lens)?;
    let choices = FATES.into_iter().map(plain);
    let leader = lens.task_state().and_then(|task| task.coordinator());
    let leader = leader.map(|leader| lens.agent_id(leader)).unwrap_or_default();
    Some(Question {
        kind: AskKind::Merge,
        setting: format!(
            "The parts are in. {leader} lays all advice side by side: some of it helps other advice, some of it stands in the way."
        ),
        title: format!("What becomes of “{}”?", advice.title.trim_end_matches('.')),
        hint:
            "It is the riskiest advice on the table. The coordinator now weighs all of it together."
                .to_owned(),
        choices: choices.collect(),
        step: "See the answer",
        turn: 0,
    })
}

fn outcome() -> Question {
    Question {
        kind: AskKind::Outcome,
        setting: "The answer is out. Now it meets what no agent could see: the environment."
            .to_owned(),
        title: "Does the plan pay off?".to_owned(),
        hint:
            "The simulated environment runs twice on the same luck: with the plan, and without it."
                .to_owned(),
        choices: OUTCOMES.into_iter().map(plain).collect(),
        step: "See how it turns out",
        turn: 0,
    }
}

fn plain((key, label): (&str, &str)) -> Choice {
    Choice { key: key.to_owned(), label: label.to_owned(), note: String::new(), mark: None }
}
