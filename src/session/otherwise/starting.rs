//! What would have made another subtask start first: work or word that takes longer or less long.

mod past;
mod trial;

use self::trial::{Candidate, Trial};
use super::super::Session;
use super::search::{Meter, least};
use crate::kernel::fixed::Hundredths;
use crate::kernel::time::Micros;
use crate::model::id::{AgentIx, SubtaskIx, TaskIx};

/// Steps in which a change is looked for [µs]: what two digits of a time show.
const STEPS_US: [u64; 3] = [10_000, 100, 1];
/// Most changes that are told.
const CHANGES_MAX: usize = 2;

/// What would have been longer or shorter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StartFigure {
    /// The work on a subtask takes so much longer.
    WorkLonger(SubtaskIx),
    /// The work on a subtask takes so much less.
    WorkShorter(SubtaskIx),
    /// Word of the assignment takes so much longer to an agent.
    WordLater(AgentIx),
    /// Word of the assignment takes so much less to an agent.
    WordSooner(AgentIx),
    /// An agent has this performance score and so leads, which lets it hear first.
    Leads(AgentIx, Hundredths),
}

/// The smallest change of one figure after which another subtask starts first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StartChange {
    /// Which figure.
    pub figure: StartFigure,
    /// By how much time; a step less leaves the order as it was. None where the figure is no time.
    pub by: Micros,
    /// What starts first with it.
    pub first: SubtaskIx,
}

/// Returns the smallest changes after each of which another subtask of the task would have started
/// before all that started at the cursor, the smallest first.
pub(super) async fn changes(session: &Session, task: TaskIx, meter: &Meter) -> Vec<StartChange> {
    let Some(trial) = Trial::of(session, task, meter).await else { return Vec::new() };
    let mut found: Vec<StartChange> = Vec::new();
    for candidate in trial.candidates().await {
        if candidate.is_follow_up && found.iter().any(is_of_work) {
            continue;
        }
        // What would be greater than those that are told already is not looked for in full.
        let most = found.get(CHANGES_MAX - 1).map(|change| change.by);
        let Some(change) = smallest(&trial, candidate, most).await else { continue };
        let place = found.partition_point(|other| other.by <= change.by);
        found.insert(place, change);
        found.truncate(CHANGES_MAX);
    }
    // Times come first: to change a score is another thing.
    if found.len() < CHANGES_MAX {
        found.extend(trial.leading().await);
    }
    found
}

fn is_of_work(change: &StartChange) -> bool {
    matches!(change.figure, StartFigure::WorkLonger(_) | StartFigure::WorkShorter(_))
}

/// Looks for the smallest change of a figure in ever finer steps; none where it is greater than `most`.
async fn smallest(
    trial: &Trial<'_>,
    candidate: Candidate,
    most: Option<Micros>,
) -> Option<StartChange> {
    let base = trial.base(candidate).await;
    // Done again with the figure as it was, the run has to be the one that was.
    if trial.otherwise(&base, candidate, Micros(0)).await.is_some() {
        return None;
    }
    if let Some(most) = most.filter(|most| *most < candidate.most) {
        trial.otherwise(&base, candidate, most).await?;
    }
    let mut most = candidate.most.0;
    for step in STEPS_US {
        // The greatest change itself is tried, whatever the steps.
        let steps = most.div_ceil(step);
        let by = |steps: u64| Micros((steps * step).min(candidate.most.0));
        let flips = async |steps| trial.otherwise(&base, candidate, by(steps)).await.is_some();
        let found = least(steps, flips).await?;
        // Ten steps or more are told without the finer ones.
        if found >= 10 || step == 1 {
            let by = by(found);
            let first = trial.otherwise(&base, candidate, by).await?;
            return Some(StartChange { figure: candidate.figure, by, first });
        }
        most = found * step;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::super::catalog;
    use super::super::search::tests::at_once;
    use super::*;

    #[test]
    fn a_change_that_is_told_lets_another_start_first_and_a_step_less_does_not() {
        let (mut tried, mut coarse) = (0, 0);
        for name in ["career-growth", "generic-team", "find-and-apply"] {
            let setup = catalog::setup(name, None).expect("a built-in scenario is legal");
            let mut session = Session::new(setup);
            while session.step() {
                let told = at_once(async |meter| {
                    let Some(trial) = Trial::of(&session, TaskIx(0), meter).await else {
                        return Vec::new();
                    };
                    let mut told = Vec::new();
                    for candidate in trial.candidates().await {
                        if candidate.is_follow_up && told.iter().any(is_of_work) {
                            continue;
                        }
                        let Some(change) = smallest(&trial, candidate, None).await else {
                            continue;
                        };
                        // What is told in hundredths of a second is the least such time.
                        let less = match change.by.0 {
                            100_000.. => 10_000,
                            1_000.. => 100,
                            _ => 1,
                        };
                        let base = trial.base(candidate).await;
                        let with = trial.otherwise(&base, candidate, change.by).await;
                        assert_eq!(with, Some(change.first), "{name}: {change:?}");
                        let less = Micros(change.by.0 - less);
                        let without = trial.otherwise(&base, candidate, less).await;
                        assert_eq!(without, None, "{name}: {change:?}");
                        told.push(change);
                    }
                    told
                });
                coarse += told.iter().filter(|change| change.by.0 >= 1_000).count();
                tried += told.len();
                // Leaving out what cannot be among the smallest leaves the smallest as they are.
                let mut all = told;
                all.sort_by_key(|change| change.by);
                all.truncate(CHANGES_MAX);
                let some = at_once(async |meter| changes(&session, TaskIx(0), meter).await);
                assert!(some.starts_with(&all), "{name}: {some:?} for {all:?}");
            }
        }
        assert!(tried > 2 && coarse > 0, "{tried}, {coarse}");
    }
}
