//! Tests of the metrics: against counts made otherwise, on planted effects and on none.

use super::*;
use crate::kernel::draw::{Draw, Key};
use crate::model::id::TaskIx;
use crate::session::catalog;

fn finished(name: &str) -> Session {
    let setup = catalog::setup(name, None).expect("a built-in scenario is legal");
    let mut session = Session::new(setup);
    session.extend(100_000);
    session.seek(session.turns());
    session
}

#[test]
fn counts_agree_with_the_worlds_own() {
    for built_in in catalog::BUILT_IN {
        let session = finished(built_in.name);
        let metrics = of(&session);
        let world = session.world();
        let counts = &world.environment.metrics;
        assert_eq!(metrics.system.by_status, counts.tasks, "{}", built_in.name);
        let read: u64 = Fold::of(&session).communication.values().map(|one| one.read).sum();
        assert_eq!(read, counts.read, "{}", built_in.name);
        assert_eq!(metrics.collective.knowledge.entries, counts.knowledge_added);
        assert!(metrics.agents.iter().all(|agent| {
            agent.communication.efficiency.is_none_or(|share| (0.0..=1.0).contains(&share))
                && agent.utilization.is_none_or(|share| (0.0..=1.0).contains(&share))
                && agent.communication.effective <= agent.communication.delivered
        }));
    }
}

#[test]
fn nothing_is_known_at_the_start_and_all_of_it_at_the_end() {
    let mut session = finished("walkthrough");
    let end = of(&session);
    assert_eq!(end.system.success_rate, Some(1.0));
    assert_eq!(end.pairs.len(), 3);
    assert!(end.patterns.is_empty(), "one task shows no pattern");
    assert!(end.agents.iter().any(|agent| agent.knowledge.reads_by_others > 0));
    session.seek(crate::model::id::TurnIx(0));
    let start = of(&session);
    assert_eq!(start.system.success_rate, None);
    assert_eq!(start.system.messages, 0);
    assert!(start.agents.iter().all(|agent| agent.collaboration_quality.is_none()));
    session.seek(session.turns());
    assert_eq!(of(&session), end, "metrics are a function of the turn");
}

fn history(count: u64, effect: f64) -> Vec<TaskMetrics> {
    let one = |n: u64| {
        let mut luck = Draw::new(n, "history", &[Key::Count(count)]);
        let knowledge_reads = luck.below(2);
        let noise = luck.below(1000) as f64 / 1000.0 - 0.5;
        let mut roles = vec!["a".to_owned(), "b".to_owned()];
        if luck.chance(0.5) {
            roles.push("c".to_owned());
        }
        TaskMetrics {
            task: TaskIx(n as u32),
            task_type: if luck.chance(0.5) { "one".into() } else { "other".into() },
            status: Some(TaskStatus::Success),
            completion_us: Some(2_000),
            makespan_us: Some(1_000),
            work_us: 1_000,
            agents: vec![AgentIx(0), AgentIx(1)],
            roles,
            confidence: Some(0.7),
            quality: Some(0.5 + 0.3 * noise + effect * knowledge_reads as f64),
            parts: Vec::new(),
            conflicts: 0,
            settled: 0,
            synergies: 0,
            knowledge_reads,
            revisions: 0,
        }
    };
    (0..count).map(one).collect()
}

#[test]
fn a_planted_effect_is_found_and_none_without_one() {
    // Of a hundred intervals of 95 % some 95 hold what was planted; 88 to 99 is what chance allows.
    let mut holding = 0;
    for count in 180..280 {
        let found = pattern::all(&history(count, 0.15));
        let is_planted = |one: &&Pattern| one.subject == pattern::Subject::KnowledgeRead;
        let planted = found.iter().find(is_planted).expect("it is far beyond chance");
        assert!(planted.low > 0.0, "{planted:?}");
        holding += usize::from((planted.low..=planted.high).contains(&0.15));
    }
    assert!((88..=99).contains(&holding), "{holding} of 100");
    let told = (100..140).filter(|&count| !pattern::all(&history(count, 0.0)).is_empty()).count();
    assert!(told <= 4, "{told} of 40 histories without effect tell one");
    assert!(pattern::all(&history(12, 0.15)).is_empty(), "twelve tasks are too few");
}

#[test]
fn a_trend_is_the_median_slope() {
    assert_eq!(Trend::of(&[1.0, 2.0, 3.0]), None);
    let trend = Trend::of(&[1.0, 2.0, 90.0, 4.0, 5.0]).expect("five values");
    assert!((trend.per_step - 1.0).abs() < 1e-9, "{trend:?}");
}
