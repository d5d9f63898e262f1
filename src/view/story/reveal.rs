//! What a turn decided, why, and the smallest change that would have decided otherwise.

use super::ask::{AskKind, FATES, OUTCOMES, riskiest, start_is_telling};
use super::{Decision, decision, events};
use crate::kernel::fixed::{Hundredths, Ppm};
use crate::mechanism::domain::{Aggregation, Remedy, Resolution};
use crate::model::bid::{BidTerms, Weights};
use crate::model::id::{AgentIx, ArtifactIx, AuctionIx, SubtaskIx, TaskIx, TurnIx};
use crate::model::message::Payload;
use crate::model::recommendation::RecommendationRef;
use crate::session::margin::{Term, TermChange, changes, needed};
use crate::sim::event::EventKind;
use crate::sim::world::auction::{AuctionState, BidState};
use crate::text::remedy::{self, Advice};
use crate::text::{names, units};
use crate::view::lens::Lens;

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
    /// What stands above the changes below; empty where there are none.
    pub otherwise: String,
    /// The smallest changes, any one of which would have decided otherwise.
    pub changes: Vec<String>,
}

/// Tells what this turn decided; none where it decided nothing that is asked about.
pub fn reveal(lens: &Lens<'_>) -> Option<Reveal> {
    match decision(lens.session, lens.task?, lens.session.turn())? {
        Decision::Award(auction) => award(lens, auction),
        Decision::Lead => lead(lens),
        Decision::Start(started) => start(lens, &started),
        Decision::Merge => merge(lens),
        Decision::Outcome => outcome(lens),
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

/// A bid that was in the running.
struct Bid {
    agent: AgentIx,
    id: String,
    terms: BidTerms,
    score: Hundredths,
}

fn award(lens: &Lens<'_>, ix: AuctionIx) -> Option<Reveal> {
    let (winner, tied) =
        events(lens.session, lens.session.turn()).find_map(|(_, kind)| match kind {
            EventKind::Awarded { auction, agent, tied, .. } if auction == ix => Some((agent, tied)),
            _ => None,
        })?;
    let state = lens.world().environment.auction(ix)?;
    let weights = weights(lens, state);
    let bid = |bid: &BidState| Bid {
        agent: bid.agent,
        id: lens.agent_id(bid.agent),
        terms: bid.terms,
        score: bid.score,
    };
    let won = state.bids.iter().find(|bid| bid.agent == winner).map(bid)?;
    let mut others: Vec<Bid> =
        state.bids.iter().filter(|bid| bid.agent != winner && !bid.out).map(bid).collect();
    others.sort_by(|a, b| b.score.cmp(&a.score).then_with(|| a.id.cmp(&b.id)));
    let mut changes: Vec<String> = on_its_way(lens, ix, state, &won).into_iter().collect();
    if let Some(next) = others.first() {
        changes.extend(swings(lens, &weights, &won, next));
    }
    let otherwise = match (changes.len(), others.first()) {
        (0, None) => String::new(),
        (0, Some(next)) => format!("No change of a single term could have made {} win.", next.id),
        (1, _) => "The smallest change that would have decided otherwise:".to_owned(),
        _ => "Any one of these would have decided otherwise:".to_owned(),
    };
    Some(Reveal {
        kind: AskKind::Award,
        title: format!("{} wins", won.id),
        right: vec![won.id.clone()],
        reason: why(&won, others.first(), &weights, tied),
        otherwise,
        changes,
    })
}

fn weights(lens: &Lens<'_>, state: &AuctionState) -> Weights {
    match lens.session.store().payload(state.call).as_deref() {
        Some(Payload::Call { weights, .. }) => *weights,
        _ => lens.world().policies.weights,
    }
}

/// What the four terms are called in a sentence.
const TERM_NAMES: [&str; 4] = ["capability", "free capacity", "performance", "urgency fit"];

/// Says by how much the best bid leads, and by what.
fn why(won: &Bid, next: Option<&Bid>, weights: &Weights, tied: bool) -> String {
    let Some(next) = next else {
        return format!("Its bid of {} points is the only one in the running.", won.score);
    };
    if tied {
        return format!(
            "It and {} both score {} points; of equal bids the id that sorts first wins.",
            next.id, won.score
        );
    }
    let lead = Hundredths(won.score.0.saturating_sub(next.score.0));
    let mut ahead = Vec::new();
    let mut behind = Vec::new();
    let parts = won.terms.parts(weights).into_iter().zip(next.terms.parts(weights));
    for ((mine, theirs), name) in parts.zip(TERM_NAMES) {
        let points = Hundredths(
            u32::try_from((mine.abs_diff(theirs) + 50_000_000) / 100_000_000).unwrap_or(u32::MAX),
        );
        let said = format!("{name} by {points}");
        match mine.cmp(&theirs) {
            _ if points.0 == 0 => {}
            std::cmp::Ordering::Greater => ahead.push(said),
            std::cmp::Ordering::Less => behind.push(said),
            std::cmp::Ordering::Equal => {}
        }
    }
    let ahead = format!("It is ahead in {}", names::list(&ahead));
    let behind = if behind.is_empty() {
        String::new()
    } else {
        format!(", behind in {}", names::list(&behind))
    };
    format!(
        "{} points against {} of {}: {lead} more. {ahead}{behind}.",
        won.score, next.score, next.id
    )
}

/// Lists the smallest change of each term that would have won, in the units people think in.
fn swings(lens: &Lens<'_>, weights: &Weights, won: &Bid, rival: &Bid) -> Vec<String> {
    let need = needed(&rival.id, &won.id, won.score);
    let capacity = lens.world().agent(rival.agent).map_or(1, |agent| agent.spec.capacity.max(1));
    let said = |TermChange { term, from, to }: TermChange| {
        let to = to.filter(|to| *to != from)?;
        let change = match term {
            Term::Capability => {
                format!("a capability of {} instead of {}", units_up(to), units::share(from))
            }
            // Slots are whole: what is less than one takes one.
            Term::Workload => {
                let less = u64::from(from.0 - to.0.min(from.0)) * u64::from(capacity);
                let slots = less.div_ceil(1_000_000);
                let held = (u64::from(from.0) * u64::from(capacity) + 500_000) / 1_000_000;
                if slots > held {
                    return None;
                }
                let slots = usize::try_from(slots).unwrap_or(usize::MAX);
                format!("{} fewer in hand", units::count(slots, "slot", "slots"))
            }
            Term::Performance => format!(
                "a performance score of {} instead of {}",
                Hundredths(to.0.div_ceil(100)),
                Hundredths(from.0 / 100)
            ),
            Term::Priority => {
                format!("an urgency fit of {} instead of {}", units_up(to), units::share(from))
            }
        };
        Some(format!("{} with {change}", rival.id))
    };
    changes(&rival.terms, weights, need).into_iter().filter_map(said).collect()
}

/// Writes a share with as few decimals, at least two, as do not fall short of it.
fn units_up(share: Ppm) -> String {
    Hundredths(share.0.div_ceil(10_000)).to_string()
}

/// Names a bid that was sent, not read in time, and would have won.
fn on_its_way(lens: &Lens<'_>, ix: AuctionIx, state: &AuctionState, won: &Bid) -> Option<String> {
    let sent = lens.history.auction(ix)?.bids.iter();
    let unread = sent.filter(|bid| !state.bids.iter().any(|read| read.agent == bid.agent));
    unread
        .filter_map(|bid| {
            let payload = lens.session.store().payload(bid.payload)?;
            let Payload::Bid { score, .. } = *payload else { return None };
            let id = lens.agent_id(bid.agent);
            (score >= needed(&id, &won.id, won.score)).then_some((score, id))
        })
        .max()
        .map(|(score, id)| {
            format!("the {score} points of {id}, had they been there in time; they were still on their way")
        })
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
        otherwise: if change.is_some() {
            "This would have chosen another:".to_owned()
        } else {
            String::new()
        },
        changes: change.into_iter().collect(),
    })
}

fn start(lens: &Lens<'_>, started: &[SubtaskIx]) -> Option<Reveal> {
    if !start_is_telling(lens, started) {
        return None;
    }
    let task = lens.task_state()?;
    let titles: Vec<String> = started.iter().map(|subtask| lens.subtask_title(*subtask)).collect();
    let first = *started.first()?;
    let before: Vec<String> =
        task.dependencies(first).map(|before| names::subtask(lens.session, before)).collect();
    let holder = lens.world().subtasks.get(first.at()).and_then(|state| state.holder);
    let holder = holder.map(|agent| lens.agent_id(agent)).unwrap_or_default();
    let reason = if before.is_empty() {
        format!("It depends on nothing, and word of the assignment reached {holder} first.")
    } else {
        format!("What it needs is there now: {}.", names::list(&before))
    };
    let waiting =
        task.subtasks().filter(|subtask| !started.contains(subtask)).filter_map(|subtask| {
            let missing: Vec<String> = task
                .dependencies(subtask)
                .filter(|before| {
                    let stage = lens.world().subtasks.get(before.at()).map(|state| state.stage);
                    stage != Some(crate::sim::world::task::SubtaskStage::Done)
                })
                .map(|before| names::subtask(lens.session, before))
                .collect();
            let state = lens.world().subtasks.get(subtask.at())?;
            let not_begun = state.started_at.is_none();
            match (missing.is_empty(), not_begun) {
                (_, false) => None,
                (true, true) => Some(format!(
                    "word reaching {} sooner, for {}",
                    state.holder.map(|agent| lens.agent_id(agent)).unwrap_or_default(),
                    names::subtask(lens.session, subtask)
                )),
                (false, true) => Some(format!(
                    "{} done sooner, for {}",
                    names::list(&missing),
                    names::subtask(lens.session, subtask)
                )),
            }
        });
    let changes: Vec<String> = waiting.take(3).collect();
    let otherwise = if changes.is_empty() {
        String::new()
    } else {
        "Another would have started first with:".to_owned()
    };
    Some(Reveal {
        kind: AskKind::Start,
        title: format!(
            "{} {}",
            names::list(&titles),
            if titles.len() == 1 { "starts" } else { "start" }
        ),
        right: started.iter().map(|subtask| lens.world().subtask_text(*subtask)).collect(),
        reason,
        otherwise,
        changes,
    })
}

fn merge(lens: &Lens<'_>) -> Option<Reveal> {
    let (task, artifact) = made(lens)?;
    let answer = lens.session.store().answer(artifact)?;
    let (what, advice) = riskiest(lens)?;
    let titles = Advice::of_task(lens.world(), lens.session.store(), task);
    let touching = answer.resolutions.iter().find_map(|resolution| {
        let chosen = resolution.alternatives.get(resolution.chosen)?;
        let fate = fate(&chosen.remedy, &what)?;
        Some((resolution, &chosen.remedy, fate))
    });
    let (key, reason) = match touching {
        Some((resolution, remedy, key)) => {
            let why = conflict(answer, resolution);
            let did = remedy::remedy(&titles, remedy);
            (
                key,
                format!(
                    "It clashed: {why}. The way that loses least within the allowed risk is to {did}."
                ),
            )
        }
        None => {
            let clashes = answer.conflicts.iter().any(|conflict| conflict.between.contains(&what));
            let reason = if clashes {
                "It clashed, and keeping all as they are loses least within the allowed risk."
                    .to_owned()
            } else {
                "Nothing that was advised stands against it, and what it needs is provided."
                    .to_owned()
            };
            ("keep", reason)
        }
    };
    let words = FATES.iter().find(|(fate, _)| *fate == key).map_or("", |(_, words)| words);
    let mut changes: Vec<String> = Vec::new();
    if let Some((resolution, ..)) = touching {
        changes = alternatives(&titles, resolution);
    }
    Some(Reveal {
        kind: AskKind::Merge,
        title: format!("“{}”: {}", advice.title.trim_end_matches('.'), lower(words)),
        right: vec![key.to_owned()],
        reason,
        otherwise: if changes.is_empty() {
            String::new()
        } else {
            "What else was weighed:".to_owned()
        },
        changes,
    })
}

/// Returns the answer that this turn made.
fn made(lens: &Lens<'_>) -> Option<(crate::model::id::TaskIx, ArtifactIx)> {
    events(lens.session, lens.session.turn()).find_map(|(_, kind)| match kind {
        EventKind::AnswerMade { task, answer } if Some(task) == lens.task => Some((task, answer)),
        _ => None,
    })
}

fn conflict(answer: &Aggregation, resolution: &Resolution) -> String {
    let found = answer.conflicts.iter().find(|conflict| conflict.id == resolution.conflict);
    found.map_or_else(|| units::phrase(&resolution.conflict), remedy::conflict)
}

/// Returns what a remedy does to one recommendation; none where it leaves it alone.
fn fate(remedy: &Remedy, to: &RecommendationRef) -> Option<&'static str> {
    match remedy {
        Remedy::Scale { what, .. } if what == to => Some("scale"),
        Remedy::Defer { what, .. } if what == to => Some("defer"),
        Remedy::ScaleAndDefer { what, .. } if what == to => Some("scale_and_defer"),
        Remedy::Drop { what } if what == to => Some("drop"),
        _ => None,
    }
}

/// Lists the ways that were not taken, with what each was worth.
fn alternatives(titles: &Advice<'_>, resolution: &Resolution) -> Vec<String> {
    let taken = resolution.alternatives.get(resolution.chosen);
    let taken_gain = taken.map_or(0.0, |taken| taken.predicted_gain);
    let others =
        resolution.alternatives.iter().enumerate().filter(|(at, _)| *at != resolution.chosen);
    let said = others.map(|(_, other)| {
        let what = remedy::remedy(titles, &other.remedy);
        let verdict = if other.admissible {
            format!(
                "{} instead of {}",
                remedy::gain(other.predicted_gain),
                remedy::gain(taken_gain)
            )
        } else {
            format!("too risky, at {}", units::percent(Ppm::from_f64(other.risk)))
        };
        format!("{what}: {verdict}")
    });
    said.take(4).collect()
}

fn outcome(lens: &Lens<'_>) -> Option<Reveal> {
    let artifact = lens.task_state()?.outcome?;
    let outcome = lens.session.store().outcome(artifact)?;
    let (with, without) = (outcome.with_plan, outcome.without_plan);
    let key = if with > without {
        "better"
    } else if with < without {
        "worse"
    } else {
        "same"
    };
    let words = OUTCOMES.iter().find(|(outcome, _)| *outcome == key).map_or("", |(_, words)| words);
    let unit = units::unit(&outcome.unit);
    let change = if without > 0.0 {
        format!(", {}", remedy::gain(with / without - 1.0))
    } else {
        String::new()
    };
    Some(Reveal {
        kind: AskKind::Outcome,
        title: format!("{} in the simulation", (*words).to_owned()),
        right: vec![key.to_owned()],
        reason: format!(
            "With the plan {} {unit}, without it {}{change}. Performance scores follow how each part turned out.",
            units::number(with, 0),
            units::number(without, 0)
        ),
        otherwise: String::new(),
        changes: Vec::new(),
    })
}

fn lower(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::lens::tests::through_a_known_run;

    #[test]
    fn the_competition_tells_what_would_have_turned_each_award() {
        let mut told: Vec<(String, Vec<String>)> = Vec::new();
        through_a_known_run("competition", |lens| {
            let found = reveal(lens).filter(|reveal| reveal.kind == AskKind::Award);
            told.extend(found.map(|reveal| (reveal.title, reveal.changes)));
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
}
