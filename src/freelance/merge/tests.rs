//! Tests of the merged answers.

use serde_json::{Value, json};

use super::*;

#[test]
fn peek() {
    let text = include_str!("../../../scenarios/walkthrough.input.json");
    let input: Value = serde_json::from_str(text).unwrap();
    let team = crate::freelance::merge::tests::run("optimize_freelancer_profile", &input);
    for (role, work) in &team.0 {
        println!(
            "== {role} {}\n{}",
            work.confidence,
            serde_json::to_string_pretty(&work.result).unwrap()
        );
        for r in &work.recommendations {
            println!(
                "{} lever {} size {} {} gain {} risk {} hours {} needs {:?} provides {:?}",
                r.id, r.lever, r.size, r.unit, r.gain, r.risk, r.effort_hours, r.needs, r.provides
            );
        }
    }
    println!("{}", serde_json::to_string_pretty(&team.1).unwrap());
}

fn run(
    task: &str,
    input: &Value,
) -> (Vec<(&'static str, crate::mechanism::domain::Work)>, Aggregation) {
    use crate::kernel::date::Date;
    use crate::kernel::fixed::Ppm;
    use crate::mechanism::domain::*;
    let as_of = Date::new(2026, 5, 17).unwrap();
    let subtask = PlannedSubtask {
        name: "x".into(),
        role: "x".into(),
        description: String::new(),
        depends_on: vec![],
        capabilities: vec![],
        duration: None,
    };
    let market = json!({});
    let order = |known: &[Known<'_>], f: fn(&WorkOrder<'_>) -> Result<Work, WorkFailure>| {
        f(&WorkOrder {
            luck: Luck { seed: 1, names: ["t", "s", "a"], attempt: 0 },
            as_of,
            task_type: task,
            subtask: &subtask,
            input,
            goals: &[],
            market: &market,
            marketplace: &[],
            known,
            fit: Ppm::ONE,
        })
        .unwrap()
    };
    let profile = order(&[], crate::freelance::profile_optimizer::work);
    let mk = order(&[], crate::freelance::market_analyst::work);
    let values: Vec<(String, Value, &str)> = profile
        .findings
        .iter()
        .map(|f| (f.key.clone(), f.value.clone(), "profile_optimizer"))
        .chain(mk.findings.iter().map(|f| (f.key.clone(), f.value.clone(), "market_analyst")))
        .collect();
    let known: Vec<Known<'_>> =
        values.iter().map(|(k, v, r)| Known { key: k, value: v, by_role: r }).collect();
    let pricing = order(&known, crate::freelance::pricing_strategist::work);
    let all = vec![
        ("profile_optimizer", profile),
        ("pricing_strategist", pricing),
        ("market_analyst", mk),
    ];
    let names = ["profile", "pricing", "market"];
    let contributions: Vec<Contribution<'_>> = all
        .iter()
        .zip(names)
        .map(|((role, work), name)| Contribution {
            subtask: name,
            role,
            agent: role,
            work: Some(work),
        })
        .collect();
    let merge = Merge {
        as_of,
        task_type: task,
        input,
        goals: &[],
        market: &market,
        marketplace: &[],
        contributions: &contributions,
        calibration_error: None,
    };
    let out = aggregate(&merge);
    (all, out)
}
