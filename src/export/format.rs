//! The formats a run can be carried away in: what each is called, and one function that writes them.

use super::{chrome_trace, event_lines, plan_graph, sequence, shiviz};
use crate::session::Session;

/// A format to export a run in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// Messages as a sequence diagram in Mermaid's words.
    Sequence,
    /// Plans as flowcharts in Mermaid's words.
    PlanMermaid,
    /// Plans as graphs for Graphviz.
    PlanDot,
    /// The schedule in the Trace Event Format, which Perfetto opens.
    Trace,
    /// Events with vector clocks, for ShiViz.
    Shiviz,
    /// Every event, one JSON object a line.
    Events,
}

impl Format {
    /// All formats, in the order in which they are offered.
    pub const ALL: [Format; 6] = [
        Format::Sequence,
        Format::PlanMermaid,
        Format::PlanDot,
        Format::Trace,
        Format::Shiviz,
        Format::Events,
    ];

    /// Returns the name that programs ask for it by.
    pub fn name(self) -> &'static str {
        match self {
            Format::Sequence => "sequence",
            Format::PlanMermaid => "plan-mermaid",
            Format::PlanDot => "plan-dot",
            Format::Trace => "trace",
            Format::Shiviz => "shiviz",
            Format::Events => "events",
        }
    }

    /// Returns the words a menu offers it with.
    pub fn title(self) -> &'static str {
        match self {
            Format::Sequence => "Messages as a Mermaid sequence diagram",
            Format::PlanMermaid => "Plan as a Mermaid flowchart",
            Format::PlanDot => "Plan as a DOT graph for Graphviz",
            Format::Trace => "Schedule as a Chrome trace, for Perfetto",
            Format::Shiviz => "Messages as a ShiViz log, with vector clocks",
            Format::Events => "Events as JSON lines",
        }
    }

    /// Returns the media type of its files.
    pub fn media_type(self) -> &'static str {
        match self {
            Format::Sequence | Format::PlanMermaid => "text/vnd.mermaid",
            Format::PlanDot => "text/vnd.graphviz",
            Format::Trace => "application/json",
            Format::Shiviz => "text/plain",
            Format::Events => "application/x-ndjson",
        }
    }

    /// Returns the name of the file for a session, such as `launch-turn-40.messages.mmd`.
    pub fn file_name(self, session: &Session) -> String {
        let ending = match self {
            Format::Sequence => "messages.mmd",
            Format::PlanMermaid => "plan.mmd",
            Format::PlanDot => "plan.dot",
            Format::Trace => "trace.json",
            Format::Shiviz => "shiviz.log",
            Format::Events => "events.ndjson",
        };
        format!("{}-turn-{}.{ending}", session.setup().scenario.name, session.turn().0)
    }

    /// Returns the format of a name.
    ///
    /// # Errors
    /// The names there are.
    pub fn of(name: &str) -> Result<Format, String> {
        let found = Format::ALL.into_iter().find(|format| format.name() == name);
        found.ok_or_else(|| {
            let names: Vec<&str> = Format::ALL.iter().map(|format| format.name()).collect();
            format!("no format is named {name:?}; there are {}", names.join(", "))
        })
    }
}

/// Writes a session, up to the turn at its cursor, in a format.
pub fn export(session: &Session, format: Format) -> String {
    match format {
        Format::Sequence => sequence::diagram(session),
        Format::PlanMermaid => plan_graph::mermaid(session),
        Format::PlanDot => plan_graph::dot(session),
        Format::Trace => chrome_trace::trace(session),
        Format::Shiviz => shiviz::log(session),
        Format::Events => event_lines::lines(session),
    }
}
