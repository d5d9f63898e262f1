//! Two branches side by side: the first turn that differs, and what differs since.

use std::collections::{BTreeMap, BTreeSet};

use crate::kernel::time::Micros;
use crate::model::id::{AgentIx, AuctionIx, TaskIx};
use crate::model::message::MessageType;
use crate::session::Session;
use crate::session::compare::first_difference;
use crate::session::metrics::{self, fold::Fold};
use crate::sim::world::World;
use crate::sim::world::auction::{AuctionStage, AuctionState};
use crate::text::{names, units, value};

/// One thing in both branches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What it is.
    pub what: String,
    /// What it is in the first; empty where there is none.
    pub a: String,
    /// What it is in the second.
    pub b: String,
    /// Whether the two differ.
    pub differs: bool,
}

/// Rows of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// What they are about.
    pub title: &'static str,
    /// How many of them differ, in words.
    pub summary: String,
    /// The rows.
    pub rows: Vec<Row>,
}

/// Two branches side by side.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// The id of the first.
    pub a: String,
    /// Its name.
    pub a_name: String,
    /// The id of the second.
    pub b: String,
    /// Its name.
    pub b_name: String,
    /// Where the two stand, such as `turn 86, 1.90 s`.
    pub a_when: String,
    /// The same of the second.
    pub b_when: String,
    /// The first turn that differs; none where they do not.
    pub first: Option<u64>,
    /// The same in a sentence, with what each does there.
    pub verdict: String,
    /// What each does at the first turn that differs.
    pub there: Vec<(String, String)>,
    /// What differs since.
    pub groups: Vec<Group>,
}

/// Compares two branches, each as its session shows it at its cursor.
pub fn compare(a: &Session, b: &Session) -> Comparison {
    let first = first_difference(a.current(), b.current());
    let (a_name, b_name) = (a.current().name().to_owned(), b.current().name().to_owned());
    let there = first.map_or_else(Vec::new, |turn| {
        let told = |session: &Session| {
            if turn > session.turns() {
                "has not come this far".to_owned()
            } else {
                crate::text::narration(session, turn)
            }
        };
        vec![(a_name.clone(), told(a)), (b_name.clone(), told(b))]
    });
    let verdict = match first {
        Some(turn) => format!("Turn {} is the first that differs.", turn.0),
        None => "Nothing differs in what is known of them.".to_owned(),
    };
    let when = |session: &Session| {
        format!("turn {}, {}", session.turn().0, units::time(session.world().now))
    };
    Comparison {
        a: a.current().id().text(),
        b: b.current().id().text(),
        a_when: when(a),
        b_when: when(b),
        a_name,
        b_name,
        first: first.map(|turn| u64::from(turn.0)),
        verdict,
        there,
        groups: [
            ("Awards", awards(a, b)),
            ("Results", results(a, b)),
            ("Blackboard", blackboard(a, b)),
            ("Messages", messages(a.world(), b.world())),
            ("Cost", cost(a.world(), b.world())),
            ("Metrics", measures(a, b)),
        ]
        .into_iter()
        .filter(|(_, rows)| !rows.is_empty())
        .map(|(title, rows)| Group { title, summary: summary(&rows), rows })
        .collect(),
    }
}

fn summary(rows: &[Row]) -> String {
    match rows.iter().filter(|row| row.differs).count() {
        0 => "all alike".to_owned(),
        n => format!("{} of {} differ", n, rows.len()),
    }
}

/// Puts two tables side by side by their keys, in the keys' order.
fn beside(mut a: BTreeMap<String, String>, mut b: BTreeMap<String, String>) -> Vec<Row> {
    let keys: BTreeSet<String> = a.keys().chain(b.keys()).cloned().collect();
    keys.into_iter()
        .map(|what| {
            let a = a.remove(&what).unwrap_or_default();
            let b = b.remove(&what).unwrap_or_default();
            Row { differs: a != b, what, a, b }
        })
        .collect()
}

fn row(what: &str, a: String, b: String) -> Row {
    Row { what: what.to_owned(), differs: a != b, a, b }
}

fn awards(a: &Session, b: &Session) -> Vec<Row> {
    beside(awards_of(a), awards_of(b))
}

/// Returns who won what; an auction that was held again stands behind the one before.
fn awards_of(session: &Session) -> BTreeMap<String, String> {
    let world = session.world();
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    for (auction, at) in world.environment.agent_proposals.iter().zip(0..) {
        let mut what = format!("{}, {}", auction.task.text(), names::role(session, auction.role));
        if let Some(subtask) = auction.subtask {
            what = format!("{what}, {}", names::subtask_plain(session, subtask));
        }
        let outcome = outcome(world, auction, AuctionIx(at));
        let said = found.entry(what).or_default();
        if !said.is_empty() {
            said.push_str(", then ");
        }
        said.push_str(&outcome);
    }
    found
}

fn outcome(world: &World, auction: &AuctionState, ix: AuctionIx) -> String {
    let with_score = |agent: AgentIx| {
        let bid = auction.bids.iter().find(|bid| bid.agent == agent);
        let id = world.agent_id(agent);
        bid.map_or_else(|| id.to_owned(), |bid| format!("{id} {}", bid.score))
    };
    match auction.stage {
        AuctionStage::Open => format!("{} open", ix.text()),
        AuctionStage::Awarded(agent) => format!("{}, not answered yet", with_score(agent)),
        AuctionStage::Settled(agent) => with_score(agent),
        AuctionStage::Unfilled(reason) => names::failure(reason).to_owned(),
    }
}

fn results(a: &Session, b: &Session) -> Vec<Row> {
    beside(results_of(a), results_of(b))
}

fn results_of(session: &Session) -> BTreeMap<String, String> {
    let world = session.world();
    let mut found = BTreeMap::new();
    for (task, at) in world.tasks.iter().zip(0..) {
        let id = TaskIx(at).text();
        let ended = task.ended.map_or_else(
            || "open".to_owned(),
            |ended| format!("{} {}", ended.status.name(), units::share(ended.confidence)),
        );
        found.insert(id.clone(), ended);
        if let Some(lead) = task.coordinator() {
            found.insert(format!("{id}, coordinator"), world.agent_id(lead).to_owned());
        }
        if let Some(ended) = task.ended {
            let took = ended.at.since(task.created_at);
            found.insert(format!("{id}, time taken"), units::time(took));
        }
        for subtask in task.subtasks() {
            let Some(state) = world.subtasks.get(subtask.at()) else { continue };
            let holder = state.holder.map_or("nobody", |holder| world.agent_id(holder));
            let work = state.work.and_then(|work| session.store().work(work));
            let sure = work.map_or_else(
                || "no result".to_owned(),
                |work| format!("confidence {}", units::number(work.confidence, 2)),
            );
            let what = format!("{id}, {}", names::subtask_plain(session, subtask));
            found.insert(what, format!("{holder}, {sure}"));
        }
    }
    found
}

/// Compares the latest entry of every key.
fn blackboard(a: &Session, b: &Session) -> Vec<Row> {
    let entries = |session: &Session| -> BTreeMap<String, String> {
        let entries = session.world().environment.knowledge_base.entries.iter();
        entries
            .map(|entry| {
                let key = format!("{}, {}", entry.task.text(), entry.finding.key);
                let said = value::under(&key, &entry.finding.value);
                (key, said)
            })
            .collect()
    };
    beside(entries(a), entries(b))
}

fn messages(a: &World, b: &World) -> Vec<Row> {
    let (a, b) = (&a.environment.metrics, &b.environment.metrics);
    let total = |sent: &[u64]| sent.iter().sum::<u64>().to_string();
    let mut rows = vec![
        row("sent", total(&a.sent), total(&b.sent)),
        row("read", a.read.to_string(), b.read.to_string()),
        row("lost", a.lost.to_string(), b.lost.to_string()),
    ];
    for (kind, (a, b)) in MessageType::ALL.into_iter().zip(a.sent.iter().zip(&b.sent)) {
        if a != b {
            rows.push(row(&units::phrase(kind.name()), a.to_string(), b.to_string()));
        }
    }
    rows
}

fn cost(a: &World, b: &World) -> Vec<Row> {
    let units_of = |milli: u64| units::number(milli as f64 / 1000.0, 2);
    let total = |world: &World| world.agents.iter().map(|agent| agent.milli_units).sum::<u64>();
    let tokens = |world: &World| world.agents.iter().map(|agent| agent.tokens).sum::<u64>();
    let busy = |world: &World| Micros(world.agents.iter().map(|agent| agent.busy.0).sum());
    let mut rows = vec![
        row("units", units_of(total(a)), units_of(total(b))),
        row("tokens", tokens(a).to_string(), tokens(b).to_string()),
        row("time worked", units::time(busy(a)), units::time(busy(b))),
    ];
    let per_agent = |world: &World| -> BTreeMap<String, String> {
        let agents = world.agents.iter().filter(|agent| agent.busy > Micros::ZERO);
        agents
            .map(|agent| {
                let worked = units::time(agent.busy);
                (agent.spec.id.clone(), format!("{} units, {worked}", units_of(agent.milli_units)))
            })
            .collect()
    };
    rows.extend(beside(per_agent(a), per_agent(b)).into_iter().filter(|row| row.differs));
    rows
}

fn measures(one: &Session, other: &Session) -> Vec<Row> {
    let (a, b) = (one.world(), other.world());
    let ended = |world: &World| {
        let [success, partial, failed] = world.environment.metrics.tasks;
        format!("{success} success, {partial} partial, {failed} failed")
    };
    let knowledge = |world: &World| {
        let metrics = &world.environment.metrics;
        format!("{} written, {} read", metrics.knowledge_added, metrics.knowledge_read)
    };
    let team = |world: &World| {
        let up = world.agents.iter().filter(|agent| agent.is_up()).count();
        units::count(up, "agent up", "agents up")
    };
    let mut rows = vec![
        row("virtual time", units::time(a.now), units::time(b.now)),
        row("tasks", ended(a), ended(b)),
        row("knowledge", knowledge(a), knowledge(b)),
        row("team", team(a), team(b)),
    ];
    rows.extend(system(one, other));
    let performance = |world: &World| -> BTreeMap<String, String> {
        let score = |agent: &crate::sim::world::agent::AgentState| {
            (format!("performance of {}", agent.spec.id), agent.performance.to_string())
        };
        world.agents.iter().map(score).collect()
    };
    rows.extend(beside(performance(a), performance(b)).into_iter().filter(|row| row.differs));
    rows
}

/// Compares the system's metrics, those that neither has left out.
fn system(a: &Session, b: &Session) -> Vec<Row> {
    // None of these rests on the log, so nothing need be folded for them.
    let none = Fold::default();
    let (a, b) = (metrics::with(a, &none).system, metrics::with(b, &none).system);
    let share =
        |value: Option<f64>| value.map_or_else(String::new, |value| units::number(value, 2));
    let rows = [
        row("success rate", share(a.success_rate), share(b.success_rate)),
        row("mean performance", share(a.avg_agent_performance), share(b.avg_agent_performance)),
        row(
            "mean confidence",
            share(a.collective_confidence.as_ref().map(|mean| mean.value)),
            share(b.collective_confidence.as_ref().map(|mean| mean.value)),
        ),
        row(
            "outcome quality",
            share(a.outcome_quality.as_ref().map(|mean| mean.value)),
            share(b.outcome_quality.as_ref().map(|mean| mean.value)),
        ),
    ];
    rows.into_iter().filter(|row| !(row.a.is_empty() && row.b.is_empty())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::id::TurnIx;
    use crate::session::catalog;
    use crate::sim::command::Command;

    /// Returns the first turn whose events are not the same, by looking at all of them.
    fn by_looking(a: &Session, b: &Session) -> Option<TurnIx> {
        let longest = a.turns().max(b.turns()).0;
        let told = |session: &Session, turn: TurnIx| {
            let log = session.log();
            (turn <= session.turns()).then(|| {
                let events = log.records(log.span(turn));
                let events: Vec<String> = events.map(|record| format!("{record:?}")).collect();
                (log.turn(turn).map(|turn| (turn.time, turn.actor)), events)
            })
        };
        (0..=longest).map(TurnIx).find(|&turn| told(a, turn) != told(b, turn))
    }

    #[test]
    fn the_first_turn_that_differs_is_the_one_that_looking_finds() {
        let setup = catalog::setup("competition", None).expect("a built-in scenario is legal");
        let mut session = Session::new(setup);
        session.extend(u32::MAX);
        let main = session.current().id();
        for turn in [3, 20, 47] {
            session.switch(main);
            session.seek(TurnIx(turn));
            let agent_id = "pricing_strategist_01".to_owned();
            assert_eq!(session.command(&Command::RemoveAgent { agent_id }), Ok(()));
            session.extend(u32::MAX);
            let end = session.turns();
            let fork = session.beside(session.current().id(), end).expect("it is there");
            let known = session.branch(main).map_or(TurnIx(0), |main| main.turns());
            let main = session.beside(main, known).expect("it is there");
            let found = compare(&main, &fork);
            let looked = by_looking(&main, &fork).map(|turn| u64::from(turn.0));
            assert_eq!(found.first, looked);
            assert_eq!(found.first, Some(u64::from(turn) + 1));
            let awards = found.groups.iter().find(|group| group.title == "Awards");
            assert!(awards.is_some_and(|group| !group.rows.is_empty()));
            let same = compare(&main, &main);
            assert_eq!(same.first, None);
            assert!(same.groups.iter().flat_map(|group| &group.rows).all(|row| !row.differs));
        }
    }
}
