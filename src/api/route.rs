//! The routes: which method and path does what.

use super::problem::Problem;

/// The methods that routes use.
pub const METHODS: [&str; 3] = ["GET", "POST", "DELETE"];

/// What a request can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Route {
    /// Creates a task.
    CreateTask,
    /// Shows a task.
    GetTask,
    /// Lets a task run to its end.
    ExecuteTask,
    /// Optimizes a freelancer's profile.
    OptimizeFreelancer,
    /// Finds jobs and prepares the applications.
    FindAndApply,
    /// Plans a career.
    CareerGrowth,
    /// Shows the system's metrics.
    Intelligence,
    /// Shows the agents.
    AgentStatus,
    /// Shows the messages.
    MessageBus,
    /// Shows who works well with whom.
    Patterns,
    /// Shows the blackboard.
    Knowledge,
    /// Shows a whole task from creation to result.
    Demo,
    /// Adds an agent.
    AddAgent,
    /// Removes an agent.
    RemoveAgent,
    /// Shows the API's description.
    OpenApi,
}

impl Route {
    /// Returns the name of the type of its body; none for a route without one.
    pub fn body_name(self) -> Option<&'static str> {
        match self {
            Route::CreateTask => Some("CreateTask"),
            Route::OptimizeFreelancer => Some("OptimizeFreelancer"),
            Route::FindAndApply => Some("FindAndApply"),
            Route::CareerGrowth => Some("CareerGrowth"),
            Route::AddAgent => Some("AddAgent"),
            _ => None,
        }
    }
}

/// One row of the table of routes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// What it does.
    pub route: Route,
    /// The method.
    pub method: &'static str,
    /// The path below the base; a part in braces stands for an id.
    pub path: &'static str,
    /// What it does, in a few words.
    pub summary: &'static str,
}

const fn row(route: Route, method: &'static str, path: &'static str, summary: &'static str) -> Row {
    Row { route, method, path, summary }
}

/// Every route, in the order they are shown.
pub const ROUTES: [Row; 15] = [
    row(Route::CreateTask, "POST", "/collaborative-task/create", "Create a collaborative task"),
    row(Route::GetTask, "GET", "/collaborative-task/{task_id}", "Show a task as it stands"),
    row(
        Route::ExecuteTask,
        "POST",
        "/collaborative-task/{task_id}/execute",
        "Run until a task ends",
    ),
    row(
        Route::OptimizeFreelancer,
        "POST",
        "/optimize-freelancer/multi-agent",
        "Optimize a freelancer's profile",
    ),
    row(
        Route::FindAndApply,
        "POST",
        "/find-and-apply-jobs/multi-agent",
        "Find jobs and prepare applications",
    ),
    row(Route::CareerGrowth, "POST", "/career-growth-plan/multi-agent", "Plan a career"),
    row(
        Route::Intelligence,
        "GET",
        "/system/intelligence",
        "Show the system's collective intelligence",
    ),
    row(Route::AgentStatus, "GET", "/agents/status", "Show the agents"),
    row(Route::MessageBus, "GET", "/communication/message-bus", "Show the messages"),
    row(Route::Patterns, "GET", "/collaboration/patterns", "Show who works well with whom"),
    row(Route::Knowledge, "GET", "/knowledge-base/shared", "Show the blackboard"),
    row(Route::Demo, "GET", "/demo/complete-workflow", "Run the example from task to result"),
    row(Route::AddAgent, "POST", "/agents", "Add an agent"),
    row(Route::RemoveAgent, "DELETE", "/agents/{agent_id}", "Remove an agent"),
    row(Route::OpenApi, "GET", "/openapi.json", "Show this API's description"),
];

/// Finds the route of a method and a path below the base, with the id the path holds, if any.
///
/// # Errors
/// 404 for a path that is not there, 405 with the allowed methods for a method it does not take.
/// A literal path wins over a pattern, also where its methods differ.
pub fn find(method: &str, path: &str) -> Result<(Route, String), Problem> {
    let matching: Vec<(&Row, Option<String>)> =
        ROUTES.iter().filter_map(|row| Some((row, fits(row.path, path)?))).collect();
    let is_literal = matching.iter().any(|(_, id)| id.is_none());
    let mut candidates =
        matching.into_iter().filter(|(_, id)| !is_literal || id.is_none()).peekable();
    if candidates.peek().is_none() {
        return Err(Problem::no_path(path));
    }
    let mut allowed = Vec::new();
    for (row, id) in candidates {
        if row.method == method {
            return Ok((row.route, id.unwrap_or_default()));
        }
        allowed.push(row.method);
    }
    Err(Problem::wrong_method(method, &allowed))
}

/// Says whether a path fits a pattern, and with which id.
fn fits(pattern: &str, path: &str) -> Option<Option<String>> {
    let mut id = None;
    let (mut parts, mut given) = (pattern.split('/'), path.split('/'));
    loop {
        match (parts.next(), given.next()) {
            (None, None) => return Some(id),
            (Some(part), Some(own)) if part.starts_with('{') => {
                if own.is_empty() {
                    return None;
                }
                id = Some(super::query::decoded(own));
            }
            (Some(part), Some(own)) if part == own => {}
            _ => return None,
        }
    }
}
