//! Whose task it is, what was asked, and what came out so far.

/// One of the run's tasks, to choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskChoice {
    /// The task.
    pub task_id: String,
    /// Its kind and its client, short.
    pub label: String,
    /// Whether the panels show it.
    pub shown: bool,
}

/// How far a task got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It has not arrived.
    Waiting,
    /// It is under way.
    Open,
    /// It ended with everything done.
    Success,
    /// It ended with parts missing.
    Partial,
    /// It ended with nothing.
    Failed,
}

/// The line that says what all of this is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskLine {
    /// All tasks that have arrived; the line offers a choice where there is more than one.
    pub choices: Vec<TaskChoice>,
    /// The task shown; empty before the first arrives.
    pub task_id: String,
    /// Whose it is: the client, in a few words.
    pub who: String,
    /// What was asked.
    pub asked: String,
    /// Its priority, such as `High`.
    pub priority: String,
    /// What came out so far.
    pub came_out: String,
    /// How far it got.
    pub standing: Standing,
}
