//! A bench on which tests put one specialist or a whole team to work without the engine.

use serde_json::{Value, json};

use super::merge;
use super::team::Freelance;
use crate::kernel::date::Date;
use crate::kernel::fixed::Ppm;
use crate::mechanism::domain::{
    Aggregation, Contribution, Domain, Known, Luck, Merge, Outcome, PlannedSubtask, Trial, Work,
    WorkOrder,
};
use crate::model::figure::Provenance;

/// What a test gives a team.
#[derive(Clone)]
pub struct Bench {
    /// The task's input.
    pub input: Value,
    /// The environment's market.
    pub market: Value,
    /// The environment's jobs.
    pub marketplace: Vec<Value>,
    /// The run's seed.
    pub seed: u64,
    /// The kind of task.
    pub task_type: &'static str,
}

/// What a team made of it.
pub struct Done {
    /// Each subtask's name and role, with its work.
    pub parts: Vec<(PlannedSubtask, Option<Work>)>,
    /// The answer.
    pub answer: Aggregation,
}

impl Bench {
    /// Puts an input on the bench.
    pub fn new(input: Value) -> Bench {
        let (market, marketplace) = (json!({}), Vec::new());
        Bench { input, market, marketplace, seed: 7, task_type: "optimize_freelancer_profile" }
    }

    /// Puts the walkthrough's input on the bench.
    pub fn walkthrough() -> Bench {
        let text = include_str!("../../scenarios/walkthrough.json");
        let scenario: Value = serde_json::from_str(text).expect("the walkthrough is JSON");
        Bench::new(scenario["inputs"]["maya"].clone())
    }

    /// Changes the input at a pointer, which must exist.
    pub fn with(mut self, pointer: &str, value: Value) -> Bench {
        *self.input.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer}")) = value;
        self
    }

    /// Takes the member of an object away.
    pub fn without(mut self, object: &str, member: &str) -> Bench {
        self.input
            .pointer_mut(object)
            .and_then(Value::as_object_mut)
            .map(|object| object.remove(member));
        self
    }

    /// Lets one role work, with what is known.
    pub fn work(&self, role: &str, known: &[(&str, Value)]) -> Work {
        let known: Vec<Known<'_>> =
            known.iter().map(|(key, value)| Known { key, value, by_role: "another" }).collect();
        let subtask = PlannedSubtask {
            name: role.into(),
            role: role.into(),
            description: String::new(),
            depends_on: Vec::new(),
            capabilities: Vec::new(),
            duration: None,
        };
        self.order(&subtask, &known)
    }

    fn order(&self, subtask: &PlannedSubtask, known: &[Known<'_>]) -> Work {
        let order = WorkOrder {
            luck: Luck { seed: self.seed, names: ["task", &subtask.name, "agent"], attempt: 0 },
            as_of: as_of(),
            task_type: self.task_type,
            subtask,
            input: &self.input,
            goals: &[],
            market: &self.market,
            marketplace: &self.marketplace,
            known,
            fit: Ppm::ONE,
        };
        Freelance::default().work(&order).unwrap_or_else(|failure| panic!("{}", failure.reason))
    }

    /// Lets the whole team of the task work, each after the roles it reads, but for those left out.
    pub fn run_without(&self, left_out: &[&str]) -> Done {
        let domain = Freelance::default();
        let plan = domain.plan(self.task_type, &[]).expect("a task type with a plan");
        let mut known: Vec<(String, Value)> = Vec::new();
        let mut works: Vec<Option<Work>> = vec![None; plan.len()];
        // Roles in an order in which everyone finds what they read: `uses` is acyclic.
        let provides = |role: &str, key: &String| {
            domain.role(role).is_some_and(|role| role.provides.contains(key))
        };
        let mut open: Vec<usize> =
            (0..plan.len()).filter(|at| !left_out.contains(&plan[*at].role.as_str())).collect();
        while !open.is_empty() {
            let is_ready = |at: &&usize| {
                let uses = &domain.role(&plan[**at].role).expect("a role of the domain").uses;
                !open.iter().any(|other| {
                    other != *at && uses.iter().any(|key| provides(&plan[*other].role, key))
                })
            };
            let at = *open.iter().find(is_ready).expect("uses without a cycle");
            let view: Vec<Known<'_>> =
                known.iter().map(|(key, value)| Known { key, value, by_role: "another" }).collect();
            let work = self.order(&plan[at], &view);
            known.extend(
                work.findings.iter().map(|finding| (finding.key.clone(), finding.value.clone())),
            );
            works[at] = Some(work);
            open.retain(|other| *other != at);
        }
        let parts: Vec<(PlannedSubtask, Option<Work>)> = plan.into_iter().zip(works).collect();
        let answer = merge::aggregate(&Merge {
            as_of: as_of(),
            task_type: self.task_type,
            input: &self.input,
            goals: &[],
            market: &self.market,
            marketplace: &self.marketplace,
            contributions: &contributions(&parts),
            calibration_error: None,
        });
        Done { parts, answer }
    }

    /// Lets the whole team of the task work.
    pub fn run(&self) -> Done {
        self.run_without(&[])
    }

    /// Plays how an answer turns out.
    pub fn outcome(&self, done: &Done, parameters: &Value) -> Outcome {
        super::outcome::outcome(&Trial {
            luck: Luck { seed: self.seed, names: ["task", "", ""], attempt: 0 },
            task_type: self.task_type,
            input: &self.input,
            outcome: parameters,
            marketplace: &self.marketplace,
            answer: &done.answer,
            contributions: &contributions(&done.parts),
        })
    }
}

impl Done {
    /// Returns the work of a role.
    pub fn of(&self, role: &str) -> &Work {
        let part = self.parts.iter().find(|(subtask, _)| subtask.role == role);
        part.and_then(|(_, work)| work.as_ref()).unwrap_or_else(|| panic!("{role}"))
    }

    /// Returns a part of the collective recommendation.
    pub fn said(&self, pointer: &str) -> &Value {
        self.answer.recommendation.pointer(pointer).unwrap_or_else(|| panic!("{pointer}"))
    }
}

fn contributions(parts: &[(PlannedSubtask, Option<Work>)]) -> Vec<Contribution<'_>> {
    parts
        .iter()
        .map(|(subtask, work)| Contribution {
            subtask: &subtask.name,
            role: &subtask.role,
            agent: &subtask.role,
            work: work.as_ref(),
        })
        .collect()
}

/// Returns the day of the walkthrough.
fn as_of() -> Date {
    Date::new(2026, 5, 17).expect("a day")
}

/// Fails where a number of a result has no origin noted at its place or above it.
pub fn assert_tagged(result: &Value, provenance: &Provenance) {
    let mut open = vec![(String::new(), result)];
    while let Some((pointer, value)) = open.pop() {
        match value {
            Value::Object(members) => {
                let escaped = |key: &str| key.replace('~', "~0").replace('/', "~1");
                open.extend(
                    members
                        .iter()
                        .map(|(key, value)| (format!("{pointer}/{}", escaped(key)), value)),
                );
            }
            Value::Array(items) => {
                open.extend(
                    items.iter().enumerate().map(|(at, value)| (format!("{pointer}/{at}"), value)),
                );
            }
            Value::Number(_) => {
                let places = pointer
                    .match_indices('/')
                    .map(|(at, _)| &pointer[..at])
                    .chain([pointer.as_str()]);
                let is_noted = places.into_iter().any(|place| provenance.0.contains_key(place));
                assert!(is_noted || is_ordinal(&pointer), "{pointer} has no tag");
            }
            _ => {}
        }
    }
}

/// Says whether a number only counts places, as the months of a roadmap do.
fn is_ordinal(pointer: &str) -> bool {
    ["/month", "/phase", "/order", "/from_week", "/to_week"]
        .iter()
        .any(|name| pointer.ends_with(name))
}
