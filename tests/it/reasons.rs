//! Why, why not, and what would have been: checked on every event and by replay.

use std::collections::BTreeSet;

use agora::kernel::fixed::Ppm;
use agora::model::id::{AgentIx, AuctionIx, EventId, TaskIx, TurnIx};
use agora::session::catalog::BUILT_IN;
use agora::session::counterfactual::{awards_with_terms, awards_without};
use agora::session::margin::Term;
use agora::session::waiting::{Awaited, waiting};
use agora::session::why::{Root, why};
use agora::session::why_not::{WhyNot, runner_up, why_not};
use agora::session::{Session, advice, catalog, random, wiring};
use agora::sim::event::EventKind;
use agora::sim::world::task::SubtaskStage;
use agora::text;

fn built_in(name: &str) -> Session {
    Session::new(catalog::setup(name, None).expect("a built-in scenario is legal"))
}

fn ended(mut session: Session) -> Session {
    while session.step() {}
    session
}

/// The built-in scenarios at their end, and some random ones.
fn runs(random: std::ops::Range<u64>) -> impl Iterator<Item = (String, Session)> {
    let built_in = BUILT_IN.iter().map(|one| (one.name.to_owned(), built_in(one.name)));
    let random = random.map(|number| {
        let setup = wiring::document(random::scenario(number), None).expect("legal");
        (format!("random-{number}"), Session::new(setup))
    });
    built_in.chain(random).map(|(name, session)| (name, ended(session)))
}

fn auctions(session: &Session) -> impl Iterator<Item = AuctionIx> + use<> {
    (0..session.world().environment.agent_proposals.len()).map(AuctionIx::from)
}

#[test]
fn every_event_is_explained_down_to_turn_0_or_a_command() {
    for (name, mut session) in runs(0..20) {
        let fault = serde_json::json!({"kind": "send_message", "to": "*", "message_type": "broadcast", "text": "hello"});
        session
            .command(&serde_json::from_value(fault).expect("a command"))
            .expect("it is possible");
        while session.step() {}
        let mut commands = 0;
        for event in (0..session.log().len()).map(EventId::from) {
            let why = why(&session, event).expect("the event is known");
            let last = *why.chain.last().expect("the event itself at least");
            match why.root {
                Root::Scenario => {
                    assert_eq!(session.log().turn_of(last), TurnIx(0), "{name} {event:?}")
                }
                Root::Command => {
                    commands += 1;
                    let kind = session.log().kind(last);
                    assert!(
                        matches!(kind, Some(EventKind::CommandApplied { .. })),
                        "{name} {event:?}"
                    );
                }
            }
            let known: BTreeSet<EventId> = why.graph.iter().map(|reason| reason.event).collect();
            assert!(why.is_cut || known.len() == why.graph.len());
            for reason in why.graph.iter().filter(|_| !why.is_cut) {
                let before = reason.cause.iter().chain(&reason.reads);
                assert!(before.into_iter().all(|other| known.contains(other)), "{name} {event:?}");
                let record = session.log().record(reason.event).expect("known");
                assert_eq!((record.cause, record.turn), (reason.cause, reason.turn));
                assert_eq!(record.reads.iter().collect::<Vec<_>>(), reason.reads);
            }
            if event.0.is_multiple_of(7) {
                let steps = text::why::steps(&session, &why, true);
                assert!(steps.iter().all(|step| step.sentence.len() > 3), "{name} {event:?}");
                assert!(why.chain.iter().all(|link| steps.iter().any(|step| step.event == *link)));
            }
        }
        assert!(commands > 1, "{name}: the command is the root of what came of it");
    }
}

#[test]
fn every_agent_is_told_what_kept_it_from_every_award() {
    let mut seen = BTreeSet::new();
    for (name, session) in runs(0..60) {
        for auction in auctions(&session) {
            for agent in (0..session.world().agents.len()).map(AgentIx::from) {
                let why = why_not(&session, agent, auction).expect("both are known");
                let winner = session
                    .world()
                    .environment
                    .auction(auction)
                    .and_then(|auction| auction.winner());
                assert_eq!(
                    winner == Some(agent),
                    why == WhyNot::Won,
                    "{name} {auction:?} {agent:?}"
                );
                assert!(why != WhyNot::Pending, "{name}: nothing is open at the end");
                let told = text::why::why_not(&session, agent, auction, &why);
                assert!(told.iter().all(|sentence| sentence.len() > 10), "{told:?}");
                let debug = format!("{why:?}");
                seen.insert(debug.split(['(', ' ']).next().unwrap_or_default().to_owned());
            }
        }
    }
    for kind in [
        "NotTheRole",
        "Refused",
        "Late",
        "Silent",
        "Declined",
        "Unanswered",
        "Outscored",
        "Won",
        "FailedBefore",
    ] {
        assert!(seen.contains(kind), "{kind} was never seen: {seen:?}");
    }
}

/// With the smallest change of a term the award goes to the agent, and with one part less it does not.
#[test]
fn the_smallest_change_of_each_term_flips_the_award_and_a_little_less_does_not() {
    let (mut flipped, mut hopeless) = (0, 0);
    for (name, session) in runs(100..180) {
        for auction in auctions(&session) {
            for agent in (0..session.world().agents.len()).map(AgentIx::from) {
                let Some(WhyNot::Outscored(margin)) = why_not(&session, agent, auction) else {
                    continue;
                };
                for change in margin.changes {
                    let wins = |value: Ppm| {
                        let terms = change.term.with(&margin.terms, value);
                        let awards = awards_with_terms(&session, agent, auction, terms);
                        awards.expect("it bid").contains(&agent)
                    };
                    let Some(to) = change.to else {
                        let best = if change.term == Term::Workload { Ppm::ZERO } else { Ppm::ONE };
                        assert!(!wins(best), "{name} {auction:?} {agent:?} {change:?}");
                        hopeless += 1;
                        continue;
                    };
                    let less = if change.term == Term::Workload { to.0 + 1 } else { to.0 - 1 };
                    assert!(wins(to), "{name} {auction:?} {agent:?} {change:?}");
                    assert!(!wins(Ppm(less)), "{name} {auction:?} {agent:?} {change:?}");
                    flipped += 1;
                }
            }
        }
    }
    assert!(flipped > 200 && hopeless > 20, "{flipped} flipped, {hopeless} could not");
}

/// Without its winner, an award goes to the agent that is named as next.
#[test]
fn without_the_winner_the_award_goes_to_the_runner_up() {
    let mut tried = 0;
    for (name, mut session) in runs(200..260) {
        let awarded: Vec<(TurnIx, AuctionIx, AgentIx)> = session
            .log()
            .records(0..session.log().len())
            .filter_map(|record| match record.kind {
                EventKind::Awarded { auction, agent, .. } => Some((record.turn, auction, agent)),
                _ => None,
            })
            .collect();
        let places = awarded.clone();
        for (at, (turn, auction, winner)) in awarded.into_iter().enumerate() {
            session.seek(turn);
            let next = runner_up(&session, auction);
            let place = places[..at].iter().filter(|(_, other, _)| *other == auction).count();
            let awards =
                awards_without(&session, winner, auction).expect("the winner can be removed");
            // One that declined because it held another award may keep this one instead, when all
            // have answered sooner: then there is no second award.
            if place > 0 && awards.len() <= place && next.is_some() {
                continue;
            }
            let got = awards.get(place).copied();
            assert_eq!(got, next, "{name} {auction:?} award {place} at turn {}", turn.0);
            tried += 1;
        }
    }
    assert!(tried > 150, "{tried} awards were tried");
}

#[test]
fn what_has_not_begun_says_what_it_waits_for() {
    let mut seen = BTreeSet::new();
    for (name, mut session) in runs(300..320) {
        for turn in (0..=session.turns().0).map(TurnIx) {
            session.seek(turn);
            let now = session.world().now;
            for task in (0..session.world().tasks.len()).map(TaskIx::from) {
                let open = session.world().tasks[task.at()].ended.is_none();
                let waits = waiting(&session, task);
                let idle = session.world().tasks[task.at()].subtasks().filter(|subtask| {
                    let stage = session.world().subtasks[subtask.at()].stage;
                    !matches!(
                        stage,
                        SubtaskStage::Running | SubtaskStage::Done | SubtaskStage::Missing(_)
                    )
                });
                for subtask in idle.filter(|_| open) {
                    let told = waits.iter().any(|(other, _)| *other == subtask);
                    assert!(told, "{name}, turn {}: {subtask:?} waits for nothing", turn.0);
                }
                for (subtask, waits) in &waits {
                    for wait in waits {
                        assert!(wait.since <= now && wait.event < session.horizon(), "{wait:?}");
                        assert!(wait.until.is_none_or(|until| until >= now), "{name} {wait:?}");
                        assert!(text::why::wait(&session, *subtask, wait).contains("waits for"));
                        if let Awaited::Dependency { subtask } = wait.on {
                            let stage = session.world().subtasks[subtask.at()].stage;
                            assert_ne!(stage, SubtaskStage::Done);
                        }
                        let debug = format!("{:?}", wait.on);
                        seen.insert(debug.split(' ').next().unwrap_or_default().to_owned());
                    }
                }
            }
        }
    }
    for kind in [
        "Announcement",
        "Bids",
        "AwardAnswer",
        "OtherAuction",
        "Dependency",
        "Word",
        "Holder",
        "Acceptance",
    ] {
        assert!(seen.contains(kind), "{kind} was never awaited: {seen:?}");
    }
}

#[test]
fn advice_that_was_changed_says_what_else_was_weighed() {
    let mut changed = 0;
    for (name, session) in runs(0..0) {
        for task in (0..session.world().tasks.len()).map(TaskIx::from) {
            let answer = advice::answer(&session, task);
            for settled in advice::settled(&session, task) {
                changed += 1;
                let resolution = &answer.expect("it has an answer").resolutions[settled.conflict];
                assert_eq!(settled.others.len() + 1, resolution.alternatives.len(), "{name}");
                assert!(settled.event.is_some(), "{name}");
                assert_eq!(advice::changed(&settled.chosen.remedy), Some(&settled.what));
                assert!(text::why::settled(&session, task, &settled).len() >= 2, "{name}");
            }
        }
    }
    assert!(changed > 0, "some advice of the built-in scenarios is changed");
}
